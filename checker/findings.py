"""Outcomes -> findings as a reader meets them, how many amounts were checked, and what a gate makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from checker.diagnose.proofs import OF_ONE
from checker.kinds.cell_trap import OF_DOCUMENTS
from checker.kinds.text_claim import WHAT
from checker.model.outcomes import (
    ERROR_STATUS,
    FAILED,
    NOT_EVALUATED,
    PASSED,
    PASSED_ROUNDING,
    Coverage,
    Finding,
    Message,
    Outcome,
    Report,
    Unchecked,
)
from checker.model.rules import NOTE, SEVERITIES, WARNING
from checker.model.submission import Submission

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


def findings(outcomes: Sequence[Outcome], submission: Submission) -> tuple[Finding, ...]:
    """One finding per failed outcome, and one note per improbable rounding; gravest and largest first.

    A total that adds up in no column, in a table that could be read otherwise, is one warning, not many errors:
    a line is missing, or the total covers other lines than it seems to. So is a bridge that leads nowhere in any row.
    """
    failed = [o for o in outcomes if o.status == FAILED]
    levels = _levels(failed)
    for main, proofs in _proofs(failed).items():
        levels.setdefault(main, []).extend(proofs)
    inner = {id(o) for below in levels.values() for o in below}
    found = [_finding(o, submission, levels.get(id(o), [])) for o in failed if not o.group and id(o) not in inner]
    found += [
        _unclear([o for o in failed if o.group == group]) for group in dict.fromkeys(o.group for o in failed if o.group)
    ]
    found += [
        Finding("improbable", NOTE, (o,), o.message, Message("next.improbable"))
        for o in outcomes
        if o.status == PASSED_ROUNDING and o.evidence and o.evidence.improbable
    ]
    return tuple(sorted(found, key=_rank))


def _levels(failed: Sequence[Outcome]) -> dict[int, list[Outcome]]:
    """Sums over several levels that fail with a sum on one level of the same column: the same error again."""
    found: dict[int, list[Outcome]] = {}
    for outcome in failed:
        if outcome.kind == "leaves":
            where = (outcome.at.statement, outcome.at.measure, outcome.at.year)
            same = (o for o in failed if o.kind == "total" and (o.at.statement, o.at.measure, o.at.year) == where)
            if (first := next(same, None)) is not None:
                found.setdefault(id(first), []).append(outcome)
    return found


def _proofs(failed: Sequence[Outcome]) -> dict[int, list[Outcome]]:
    """Checks that would hold with a figure of the text put right: proofs of what another check says of it."""
    found: dict[int, list[Outcome]] = {}
    for outcome in failed:
        if outcome.proves:
            main = next(o for o in failed if o.kind in OF_ONE and outcome.proves in o.facts)
            found.setdefault(id(main), []).append(outcome)
    return found


def _rank(finding: Finding) -> tuple[int, int, tuple[str, int, int, int, int], str]:
    first = finding.outcomes[0]
    size = abs(first.evidence.difference or 0) // first.evidence.divisor if first.evidence else 0
    order = first.places[0].order if first.places else ("", 0, 0, 0, 0)
    return (-SEVERITIES.index(finding.severity), -size, order, first.rule_id)


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
    if outcome.suspect:
        fact = next(f for f in submission.facts if f.fact_id == outcome.suspect)
        title = next((s.title or s.id for s in submission.statements if s.id == fact.statement), "")
        step = Message("next.same_figure_suspect", {"table": title})
        return Finding("figure", outcome.severity, every, outcome.message, step)
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
    return not any(o.status in EVALUATED and not o.predicate for o in report.outcomes)


def exit_code(report: Report, fail_on: str = "error", min_coverage: int = 0) -> int:
    """The exit code by the contract.

    0 nothing at or above `fail_on`; 1 findings; 2 a file could not be read, nothing was evaluated or coverage (per
    cent) is too low; 3 a crash.
    """
    codes = [0]
    if any(SEVERITIES.index(f.severity) >= SEVERITIES.index(fail_on) for f in report.findings):
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
