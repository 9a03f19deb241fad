"""Where the same figure differs between tables: does anything else say which one is wrong?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from checker.engine.python import evaluate
from checker.facts import Index
from checker.model.outcomes import FAILED, Outcome
from checker.model.rules import Grounding, Relation, Term
from checker.model.submission import Fact, Submission


def name_suspects(
    outcomes: Sequence[Outcome], submission: Submission, groundings: Mapping[str, Grounding], truncated: bool
) -> tuple[Outcome, ...]:
    """The outcomes, with `suspect` set on a failed same_figure where exactly one statement does not fit.

    A value is put in every place of the data point; the one under which fewest relations fail is kept if it
    stands alone, else the one that most statements give. Undecided stays undecided, and so do tables that differ
    in several figures: each table may then be consistent in itself.
    """
    facts = {f.fact_id: f for f in submission.facts}
    failed = [o for o in outcomes if o.kind == "same_figure" and o.status == FAILED]
    tables = [frozenset(facts[i].statement for i in o.facts) for o in failed]
    alone = {id(o) for o, own in zip(failed, tables, strict=True) if sum(len(own & t) > 1 for t in tables) == 1}
    return tuple(
        replace(o, suspect=_suspect([facts[i] for i in o.facts], submission, groundings, truncated))
        if id(o) in alone
        else o
        for o in outcomes
    )


def _suspect(
    group: Sequence[Fact], submission: Submission, groundings: Mapping[str, Grounding], truncated: bool
) -> str:
    candidates = sorted({(f.value, f.unit) for f in group})
    failures = {c: _failures(group, c, submission, groundings, truncated) for c in candidates}
    least = min(failures.values())
    kept = [c for c in candidates if failures[c] == least]
    if len(kept) > 1:
        counts = Counter((f.value, f.unit) for f in group)
        most = max(counts.values())
        kept = [c for c in kept if counts[c] == most]
    if len(kept) != 1:
        return ""
    others = [f for f in group if (f.value, f.unit) != kept[0]]
    return others[0].fact_id if len(others) == 1 else ""


def _failures(
    group: Sequence[Fact],
    candidate: tuple[int, int],
    submission: Submission,
    groundings: Mapping[str, Grounding],
    truncated: bool,
) -> int:
    ids = {f.fact_id for f in group}
    statements = {f.statement for f in group}
    value, unit = candidate
    changed = [replace(f, value=value, unit=unit, exact=None) if f.fact_id in ids else f for f in submission.facts]
    relations: list[Relation] = []
    terms: list[Term] = []
    for grounding in groundings.values():
        own = [r for r in grounding.relations if r.op == "=" and (r.mode == "across" or r.statement in statements)]
        relations += own
        keys = {r.id for r in own}
        terms += [t for t in grounding.terms if t.relation in keys]
    return sum(r.status == FAILED for r in evaluate(Index(changed, truncated), relations, terms))
