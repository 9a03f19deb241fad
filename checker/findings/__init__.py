"""Outcomes -> findings as a reader meets them, how many amounts were checked, and what a gate makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from checker.diagnose.repair import Symptom
from checker.findings.causes import cause_finding
from checker.kinds import KINDS
from checker.kinds.cell_trap import OF_DOCUMENTS
from checker.kinds.text_claim import WHAT
from checker.kinds.told import OF_ONE
from checker.model.causes import NOTHING, Diagnosis
from checker.model.outcomes import (
    ERROR_STATUS,
    FAILED,
    NOT_EVALUATED,
    PASSED,
    PASSED_ROUNDING,
    At,
    Coverage,
    Finding,
    Message,
    Outcome,
    Report,
    Unchecked,
)
from checker.model.rules import NOTE, SEVERITIES, WARNING
from checker.model.submission import Submission
from checker.names import Names

EVALUATED = (PASSED, PASSED_ROUNDING, FAILED)
OWN_STEPS = (
    *(f"next.presence_{what}" for what in ("unit", "sign_note", "price_year", "footnotes")),
    *(
        f"next.cell_trap_{what}"
        for what in ("text_number", "not_calculated", "hidden", "external_link", "scale_in_format", *OF_DOCUMENTS)
    ),
    "next.reconcile_unmapped",
    *(f"next.text_claim_{what}" for what in WHAT),
)
"""What is told to do where the kind alone says too little."""


def findings(
    outcomes: Sequence[Outcome],
    submission: Submission,
    diagnosis: Diagnosis = NOTHING,
    symptoms: Sequence[Sequence[Symptom]] = (),
) -> tuple[Finding, ...]:
    """One finding per cause, one per failed outcome that no cause explains, one note per improbable rounding.

    Gravest first, then the surest, then the largest. A total that adds up in no column, in a table that could be read
    otherwise, is one warning, not many errors: a line is missing, or the total covers other lines than it seems to. So
    is a bridge that leads nowhere in any row.
    """
    names = Names(submission)
    found: list[Finding] = []
    inner: set[int] = set()
    for cause, own in zip(diagnosis.causes, symptoms, strict=True):
        explained = sorted((outcomes[s.check] for s in own), key=_telling)
        inner |= {id(o) for o in explained}
        plain = _finding(explained[0], submission, explained[1:]) if explained else None
        told = explained or [outcomes[n] for n in cause.conflicts[0].checks]
        if told and (explained or cause.joint):  # two statements of one figure are reported by their own check
            found.append(cause_finding(cause, told, plain, submission, names))
    failed = [o for o in outcomes if o.status == FAILED and id(o) not in inner]
    levels = _levels(failed)
    inner |= {id(o) for below in levels.values() for o in below}
    found += [_finding(o, submission, levels.get(id(o), [])) for o in failed if not o.group and id(o) not in inner]
    found += [
        _unclear([o for o in failed if o.group == group]) for group in dict.fromkeys(o.group for o in failed if o.group)
    ]
    found += [
        Finding("improbable", NOTE, (o,), o.message, Message("next.improbable"))
        for o in outcomes
        if o.status == PASSED_ROUNDING and o.evidence and o.evidence.odds
    ]
    return tuple(sorted(found, key=_rank))


def _telling(outcome: Outcome) -> tuple[bool, int, int]:
    """What says most of a cause comes first: which figure of the text is wrong, then the gravest and the largest."""
    size = abs(outcome.evidence.difference or 0) // outcome.evidence.divisor if outcome.evidence else 0
    return (outcome.kind not in OF_ONE, -SEVERITIES.index(outcome.severity), -size)


def _levels(failed: Sequence[Outcome]) -> dict[int, list[Outcome]]:
    """Sums over several levels that fail with a sum on one level of the same column: the same error again."""
    found: dict[int, list[Outcome]] = {}
    for outcome in failed:
        if outcome.kind == "leaves":
            same = (o for o in failed if o.kind == "total" and _column(o.at) == _column(outcome.at))
            if (first := next(same, None)) is not None:
                found.setdefault(id(first), []).append(outcome)
    return found


def _column(at: At) -> tuple[str, str, str, int | None]:
    return (at.entity, at.statement, at.measure, at.year)


def _rank(finding: Finding) -> tuple[int, int, int, tuple[str, int, int, int, int], str]:
    """Severity, then how sure it is which figure is wrong, then kroner, then place."""
    first = finding.outcomes[0]
    size = finding.off or max(
        (abs(o.evidence.difference or 0) // o.evidence.divisor for o in finding.outcomes if o.evidence), default=0
    )
    order = first.places[0].order if first.places else ("", 0, 0, 0, 0)
    unsure = SURENESS.index(finding.cause) if finding.cause in SURENESS else 0
    return (-SEVERITIES.index(finding.severity), unsure, -size, order, first.rule_id)


SURENESS = ("figure", "one_of", "joint", "improbable")
"""Causes from the surest to the least sure; those not named are as sure as the first."""


def _unclear(outcomes: Sequence[Outcome]) -> Finding:
    first = outcomes[0]
    message = Message(f"outcome.{first.kind}.unclear", {"label": first.at.label, "n": str(len(outcomes))})
    step = "next.bridge_unclear" if first.kind == "bridge" else "next.structure"
    return Finding("structure", WARNING, tuple(outcomes), message, Message(step))


def _finding(outcome: Outcome, submission: Submission, further: Sequence[Outcome]) -> Finding:
    every = (outcome, *further)
    if outcome.scale_slip:
        fact = next(f for f in submission.facts if f.fact_id == outcome.scale_slip)
        return Finding(
            "unit", outcome.severity, every, outcome.message, Message("next.scale", {"printed": fact.as_printed})
        )
    if outcome.coarse:
        return Finding("", outcome.severity, every, outcome.message, Message("next.coarse"))
    own = f"next.{outcome.kind}_{outcome.at.label}"
    key = own if own in OWN_STEPS else f"next.{outcome.kind}"
    return Finding("", outcome.severity, every, outcome.message, Message(key))


def coverage(outcomes: Sequence[Outcome], submission: Submission) -> Coverage:
    """Amounts in the submission, those covered by an evaluated check, and the others with their reasons.

    An amount that could not be read, or of which a sentence leaves open what it is, counts as one that is not checked.
    What only refers back to an amount ('Beløbet søges overført') is no amount more.
    """
    printed = [f for f in submission.facts if not f.refers]
    own = {f.fact_id for f in printed}  # last year's figures and an extract's are of other files
    checked = own & {i for o in outcomes if o.status in EVALUATED for i in o.facts}
    tried = {i for o in outcomes if o.status == NOT_EVALUATED for i in o.facts}
    unchecked = [
        Unchecked(f.place, f.as_printed, "reason.rule_not_evaluated" if f.fact_id in tried else "reason.no_rule", f)
        for f in printed
        if f.fact_id not in checked
    ]
    unread = [n for n in submission.not_read if n.is_amount]
    unchecked += [
        Unchecked(n.place, n.text, "reason.text_not_read" if n.reason == "unread.sentence" else n.reason)
        for n in unread
    ]
    unchecked.sort(key=lambda u: u.place.order)
    return Coverage(len(printed) + len(unread), len(checked), tuple(unchecked))


def nothing_evaluated(report: Report) -> bool:
    """Whether no calculation could be carried out: then nothing is approved, whatever else was found."""
    if report.tally is not None:
        predicates = {r.id for r in report.rules if KINDS[r.kind].predicate}
        return not any(
            n for (rule, status), n in report.tally.items() if status in EVALUATED and rule not in predicates
        )
    return not any(o.status in EVALUATED and not o.predicate for o in report.outcomes)


def exit_code(report: Report, fail_on: str = "error", min_coverage: int = 0) -> int:
    """The exit code by the contract.

    0 nothing at or above `fail_on` that is not accepted; 1 findings; 2 a file could not be read, nothing was evaluated
    or coverage (per cent) is too low; 3 a crash.
    """
    codes = [0]
    if any(not f.accepted and SEVERITIES.index(f.severity) >= SEVERITIES.index(fail_on) for f in report.findings):
        codes.append(1)
    if (
        report.submission.faults
        or nothing_evaluated(report)
        or 100 * report.coverage.checked < min_coverage * report.coverage.facts
    ):
        codes.append(2)
    if any(o.status == ERROR_STATUS for o in report.outcomes):
        codes.append(3)
    return max(codes)
