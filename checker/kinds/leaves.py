"""Do the lines at the bottom add up to a total above subtotals, past the rounding of each level?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting, tables_of
from checker.kinds.total import additive_columns
from checker.model.rules import WITHIN, Grounding, Relation, Rule, Term
from checker.model.submission import Parts, Submission

LineKey = tuple[str | None, str]


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per total with subtotals among its parts and per additive measure; the year is free.

    Only where every level is certain and complete: what is doubtful on one level is left to the rule on totals.
    """
    relations: list[Relation] = []
    terms: list[Term] = []
    for statement in tables_of(rule, submission):
        groups = [p for p in submission.structure if p.statement == statement.id and p.seen_by != "ladder"]
        by_whole = {(p.scope, p.whole): p for p in groups}
        for number, group in enumerate(groups):
            leaves = _leaves(group, by_whole)
            if leaves is None:
                continue
            for measure, basis in additive_columns(statement, frozenset(rule.settings["except"])):
                key = f"{rule.id}/{statement.id}/{number}/{measure}/{basis or ''}"
                free = ("year", "as_of")
                relations.append(
                    Relation(key, rule.id, "=", WITHIN, free, rule.missing, statement.id, group.whole_label)
                )
                terms += [Term(key, 1, statement.id, scope, line, measure, basis) for scope, line in leaves]
                terms.append(Term(key, -1, statement.id, group.scope, group.whole, measure, basis, stated=True))
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_levels")


def _leaves(group: Parts, by_whole: dict[LineKey, Parts]) -> list[LineKey] | None:
    """The lines below a total that have no parts; None where no part has any, or a level is doubtful."""
    parts = list(zip(group.part_scopes, group.parts, strict=True))
    if not any(part in by_whole for part in parts):
        return None
    leaves: list[LineKey] = []
    open_, seen = parts, {(group.scope, group.whole)}
    doubtful = group.selected or not group.certain
    while open_:
        part, *open_ = open_
        below = by_whole.get(part)
        if below is None or part in seen:
            leaves.append(part)
            continue
        seen.add(part)
        doubtful = doubtful or below.selected or not below.certain
        open_ = [*zip(below.part_scopes, below.parts, strict=True), *open_]
    return None if doubtful else leaves


KIND = Kind(ground, {"except": Setting("measures", default=("pris",))})
