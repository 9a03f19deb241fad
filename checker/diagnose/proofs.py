"""Which other checks fail only because of a figure of the text that a check says is wrong?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from checker.engine.python import Result, evaluate
from checker.evidence import evidence_of
from checker.facts import Index
from checker.kinds.told import span, tables
from checker.model.outcomes import FAILED, Outcome
from checker.model.rules import Grounding, Relation, Term
from checker.model.submission import Fact, Submission
from checker.names import Names

OF_ONE = ("text_sign", "text_figure")
"""Kinds that say of one figure of the text that it is wrong."""


def prove(
    outcomes: Sequence[Outcome], submission: Submission, groundings: Mapping[str, Grounding], truncated: bool
) -> tuple[Outcome, ...]:
    """The outcomes, with `proves` and `corrected` set on failed ones that hold once a figure of the text is put right.

    Put right is the sign alone where the words have it wrong, else the figure that the tables make. Each failed check
    proves at most one figure: the first with which it holds.
    """
    facts = {f.fact_id: f for f in submission.facts}
    suspects = {
        i: fact
        for o in outcomes
        if o.kind in OF_ONE and o.status == FAILED
        for i in o.facts
        if facts[i].text and (fact := _right(facts[i], o, submission)) is not None
    }
    relations, terms = _rows(groundings)
    failed = [r for r in evaluate(Index(submission.facts, truncated), relations, terms) if r.status == FAILED]
    names = Names(submission)
    proofs: dict[tuple[str, tuple[str, ...]], tuple[str, Result]] = {}
    for wrong, right in suspects.items():
        changed = Index([right if f.fact_id == wrong else f for f in submission.facts], truncated)
        for result in failed:
            ids = tuple(f.fact_id for _, p in result.members for f in p.facts)
            if wrong not in ids or (result.relation.rule, ids) in proofs:
                continue
            again = _again(changed, result, terms)
            if again is not None:
                proofs[result.relation.rule, ids] = (wrong, again)
    every = Index([suspects.get(f.fact_id, f) for f in submission.facts], truncated)
    for result in failed:  # several wrong figures in one sum: put right together
        ids = tuple(f.fact_id for _, p in result.members for f in p.facts)
        wrong_here = [i for i in ids if i in suspects]
        if len(wrong_here) > 1 and (result.relation.rule, ids) not in proofs:
            again = _again(every, result, terms)
            if again is not None:
                proofs[result.relation.rule, ids] = (wrong_here[0], again)
    return tuple(_with_proof(o, proofs, names) for o in outcomes)


def _again(index: Index, result: Result, terms: Sequence[Term]) -> Result | None:
    """The same check over other figures, where it holds."""
    own = [t for t in terms if t.relation == result.relation.id]
    found = next((r for r in evaluate(index, [result.relation], own) if r.key == result.key), None)
    return found if found is not None and found.status != FAILED and not found.reason else None


def _right(fact: Fact, outcome: Outcome, submission: Submission) -> Fact | None:
    """The figure put right."""
    if outcome.kind == "text_sign":
        return replace(fact, value=-fact.value, orientation=-fact.orientation)
    made = tables(submission).made(fact)
    if not made:
        return None
    known = span(made)
    return replace(fact, value=(known.lo + known.hi) // 4, unit=max(2, (known.hi - known.lo) // 2), coarse=0)


def _rows(groundings: Mapping[str, Grounding]) -> tuple[list[Relation], list[Term]]:
    """Relations whose terms are all points of facts, and their terms; those of one figure alone left out."""
    relations: list[Relation] = []
    terms: list[Term] = []
    for grounding in groundings.values():
        if grounding.derived:
            continue
        own = [r for r in grounding.relations if r.op in ("=", "<=") and r.mode in ("across", "beside") and not r.exact]
        relations += own
        keys = {r.id for r in own}
        terms += [t for t in grounding.terms if t.relation in keys]
    return relations, terms


def _with_proof(
    outcome: Outcome, proofs: Mapping[tuple[str, tuple[str, ...]], tuple[str, Result]], names: Names
) -> Outcome:
    found = proofs.get((outcome.rule_id, outcome.facts))
    if found is None or outcome.status != FAILED or outcome.kind in OF_ONE:
        return outcome
    return replace(outcome, proves=found[0], corrected=evidence_of(found[1], names))
