"""Do the parts add up to their total, on every level of a table?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting, tables_of
from checker.model.rules import Grounding, Relation, Rule, Term
from checker.model.submission import PERCENT, Parts, Statement, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per part/whole group and additive measure; the year is free.

    A group of a table that says it lists selected parts, and that nothing shows to be complete, is blocked.
    """
    return ground_groups(rule, submission, ladder=False)


def ground_groups(rule: Rule, submission: Submission, ladder: bool) -> Grounding:
    """The relations of sums, or of running results."""
    relations: list[Relation] = []
    terms: list[Term] = []
    left_out = frozenset(rule.settings["except"])
    for statement in tables_of(rule, submission):
        for number, group in enumerate(p for p in submission.structure if p.statement == statement.id):
            if (group.seen_by == "ladder") != ladder or (rule.scopes and group.scope not in rule.scopes):
                continue
            for measure, basis in additive_columns(statement, left_out):
                key = f"{rule.id}/{statement.id}/{number}/{measure}/{basis or ''}"
                relations.append(_relation(key, rule, group))
                terms += _terms(key, group, measure, basis)
    return Grounding(
        tuple(relations), tuple(terms), unbound="" if relations else "plan.no_ladder" if ladder else "plan.no_totals"
    )


def additive_columns(statement: Statement, left_out: frozenset[str]) -> list[tuple[str, str | None]]:
    """Measure and basis of the columns whose figures may be added."""
    found = {
        (c.measure, c.basis): None
        for c in statement.columns
        if not c.empty and c.dimension != PERCENT and c.measure not in left_out
    }
    return list(found)


def _relation(key: str, rule: Rule, group: Parts) -> Relation:
    return Relation(
        key,
        rule.id,
        "=",
        "within",
        ("year", "as_of"),
        rule.missing,
        group.statement,
        group.whole_label,
        group.without_figures,
        _blocked(group),
        "" if group.certain or group.seen_by == "ladder" else f"{group.statement}/{group.scope}/{group.whole}",
    )


def _blocked(group: Parts) -> str:
    if group.seen_by == "ladder" and not group.certain:
        return "reason.ladder_unclear"
    return "reason.selected" if group.selected else ""


def _terms(key: str, group: Parts, measure: str, basis: str | None) -> list[Term]:
    parts = [
        Term(key, 1, group.statement, scope, line, measure, basis)
        for line, scope in zip(group.parts, group.part_scopes, strict=True)
    ]
    return [*parts, Term(key, -1, group.statement, group.scope, group.whole, measure, basis, stated=True)]


KIND = Kind(
    ground,
    {"except": Setting("measures", default=("pris",), help="Measures that are not summed.")},
    where=("table", "scope"),
)
