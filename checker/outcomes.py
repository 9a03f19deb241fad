"""A result or predicate -> an outcome with its calculation, places and message."""

from __future__ import annotations

from collections.abc import Sequence

from checker.amounts.show import figure
from checker.engine.python import Result
from checker.evidence import best, evidence_of, made_of, round_half
from checker.model.document import Place
from checker.model.outcomes import FAILED, NOT_EVALUATED, At, Evidence, EvidenceTerm, Figure, Message, Outcome
from checker.model.rules import ERROR, NOTE, WARNING, Predicate, Rule
from checker.model.submission import THIS, Claim
from checker.names import Names, numbered
from checker.printed import printed


def from_result(rule: Rule, result: Result, names: Names) -> Outcome:
    """The outcome of a relation for one key."""
    evidence = evidence_of(result, names)
    at = _at(result, names)
    severity = rule.severity
    if "one_unit" in rule.settings and result.status == FAILED and _one_unit_apart(result):
        severity = rule.settings["one_unit"]
    if result.coarse and severity == ERROR:
        severity = WARNING
    if result.status == FAILED and any(p.facts and not any(f.sure for f in p.facts) for _, p in result.members):
        severity = NOTE  # what the sentence means is a reading that may be wrong
    stated = next((t for t in evidence.terms if t.stated), _last_own(evidence.terms, result))
    ordered = ([stated.place] if stated else []) + [t.place for t in evidence.terms if t is not stated]
    return Outcome(
        rule.id,
        rule.name,
        rule.kind,
        severity,
        result.status,
        at,
        _message(rule, result, evidence, at, names),
        evidence,
        tuple(ordered),
        result.reason,
        scale_slip=_scale_slip(result),
        facts=tuple(f.fact_id for _, p in result.members for f in p.facts),
        group=result.relation.group,
        coarse=result.coarse,
    )


def _last_own(terms: Sequence[EvidenceTerm], result: Result) -> EvidenceTerm | None:
    """The last figure of the submission itself: what is to be mended, where another source says otherwise."""
    own = {f.fact_id for _, p in result.members for f in p.facts if f.submission == THIS}
    return next((t for t in reversed(terms) if t.fact_id in own), terms[-1] if terms else None)


def _at(result: Result, names: Names) -> At:
    """What the check is about: the stated figure, where it is there or not, else the last figure of the submission."""
    stated = next((p for t, p in result.members if t.stated), None)
    absent = None if stated else next((t for t in result.missing if t.stated), None)
    own = [p for _, p in result.members if any(f.submission == THIS for f in p.facts)]
    anchor = stated or next(reversed(own or [p for _, p in result.members]), None)
    first = made_of(anchor)[0] if anchor else None
    fact = first.facts[-1] if first else None
    by_line = absent is not None and "line" in result.relation.free  # the figures that are there are of its line
    of_all = stated is None and result.relation.op != "agree" and not by_line  # set by the rule: of no single line
    of_many = of_all or (anchor is not None and "line" in anchor.over)
    id_ = result.relation.statement or (fact.statement if fact else "")
    label = result.relation.label or (numbered(fact.number, fact.label) if fact and not of_many else "")
    entity = str(result.key[0]) if result.key else ""
    return At(
        entity,
        id_,
        names.title(id_),
        anchor.line if anchor and not of_many else "",
        label,
        (absent.measure if absent and not absent.label else None) or (first.measure if first else ""),
        anchor.year if anchor else None,
        first.scope if first else None,
    )


def _one_unit_apart(result: Result) -> bool:
    units = {p.unit for _, p in result.members}
    return len(units) == 1 and abs(result.difference) == units.pop()


def _scale_slip(result: Result) -> str:
    """The fact that fits when taken 1.000 times larger or smaller, if exactly one does. Source: ROUNDING.md."""
    if result.status != FAILED or result.relation.op != "=" or result.reason or any(p.op for _, p in result.members):
        return ""
    fitting = []
    for term, p in result.members:
        for larger in (p.value * 1000, p.value // 1000):
            difference = result.difference + term.weight * (larger - p.value)
            slack = result.tolerance2 + abs(term.weight) * p.unit * 1000
            if p.value and larger and 2 * abs(difference) <= slack < abs(result.difference):
                fitting.append(best(p).fact_id)
    return fitting[0] if len(fitting) == 1 else ""


def _message(rule: Rule, result: Result, evidence: Evidence, at: At, names: Names) -> Message:
    args: dict[str, str | Figure] = {"label": at.label, "table": at.title, "measure": f"@measure.{at.measure}"}
    if result.status == NOT_EVALUATED:
        key = "outcome.not_evaluated" if evidence.missing else "outcome.undecided"
        return Message(key, {**args, "reason": f"@{result.reason}", "missing": _list(evidence.missing)})
    if result.reason:
        return Message("outcome.part_missing", {**args, "missing": _list(evidence.missing)})

    def shown(value: int | None, halves: bool = False, signed: bool = False) -> Figure:
        whole = round_half(value or 0, evidence.divisor)
        if result.grain > 1 and (step := max(1, evidence.show // 1000)):
            whole = step * round_half(whole, step)
        return Figure(whole, evidence.show, evidence.dimension, halves, evidence.unit_known, signed)

    read = printed(evidence)
    args |= {
        "stated": shown(read.stated),
        "computed": shown(read.computed),
        "difference": shown(read.difference, signed=evidence.op != "agree"),
        "tolerance": shown(evidence.tolerance2, halves=True),
        "first": evidence.terms[0].as_printed if evidence.terms else "",
        "other": "; ".join(f"{_table(t, evidence, names)}: {_printed(t, evidence)}" for t in evidence.terms),
    }
    return Message(f"outcome.{rule.kind}.{result.status}", args)


def _table(term: EvidenceTerm, evidence: Evidence, names: Names) -> str:
    return names.title(term.statement) if evidence.op == "agree" else term.label


def _printed(term: EvidenceTerm, evidence: Evidence) -> str:
    """The figure as printed; rows added up are printed nowhere, and are written as Danish accounts would."""
    return term.as_printed or figure(term.value, term.unit, term.dimension or evidence.dimension, "da", word=False)


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)


SORTS = ("what", "trap")
"""Settings of predicates that choose the message, by what is demanded."""
OWN_WORDS = ("unmapped",)
"""What predicates of kinds that have relations too are about; each has its own message."""


def from_predicate(rule: Rule, predicate: Predicate, status: str, names: Names) -> Outcome:
    """The outcome of a predicate; its places are its own and those of the claims it is about."""
    claims: list[Claim] = [names.submission.claims[i] for i in predicate.claims]
    statement = names.statement(predicate.statement)
    places: tuple[Place, ...] = tuple(dict.fromkeys((*(c.place for c in claims), *predicate.places))) or (
        (statement.place,) if statement else ()
    )
    at = At(
        names.submission.entity,
        predicate.statement,
        names.title(predicate.statement),
        "",
        predicate.about,
        "",
        None,
        None,
    )
    args: dict[str, str | Figure] = {
        **dict(predicate.args),
        "found": _list(predicate.found),
        "allowed": _list(predicate.allowed),
        "about": dict(predicate.args).get("about", predicate.about),
        "table": at.title,
        "label": predicate.about,
        "reason": f"@{predicate.undecided}" if predicate.undecided else "",
        "missing": "",
    }
    sort = next((str(rule.settings[key]) for key in SORTS if rule.settings.get(key)), "")
    what = sort or (predicate.about if predicate.about in OWN_WORDS else "")
    key = f"outcome.{rule.kind}.{what}.{status}" if what else f"outcome.{rule.kind}.{status}"
    if status == NOT_EVALUATED:
        key = "outcome.undecided"
    doubtful = status == FAILED and not names.unsure.isdisjoint(predicate.facts)
    return Outcome(
        rule.id,
        rule.name,
        rule.kind,
        NOTE if doubtful else rule.severity,
        status,
        at,
        Message(key, args),
        None,
        places,
        predicate.undecided,
        facts=predicate.facts,
        predicate=True,
    )
