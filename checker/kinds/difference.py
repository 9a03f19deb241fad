"""Is a printed difference the difference of its columns (over_underskud = korrigeret_budget - regnskab)?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting, tables_of
from checker.model.rules import Grounding, Relation, Rule, Term
from checker.model.submission import Column, Statement, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per difference column; line and year are free.

    `minuend: basis` takes what the column is measured against (its heading, a note or the table's only budget).
    """
    relations: list[Relation] = []
    terms: list[Term] = []
    for statement in tables_of(rule, submission):
        for column in statement.columns:
            if column.measure != rule.settings["stated"] or column.empty:
                continue
            minuend = column.basis if rule.settings["minuend"] == "basis" else rule.settings["minuend"]
            key = f"{rule.id}/{statement.id}/{column.measure}/{column.basis or ''}/{column.index}"
            made = _terms(key, statement, column, minuend, rule.settings["subtrahend"])
            reason = "" if made else "reason.no_basis_column"
            relations.append(
                Relation(key, rule.id, "=", "within", ("scope", "line", "year"), rule.missing, statement.id, blocked=reason)
            )
            terms += made or [Term(key, -1, statement.id, measure=column.measure, basis=column.basis, stated=True)]
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_difference")


def _terms(key: str, statement: Statement, column: Column, minuend: str | None, subtrahend: str) -> list[Term]:
    """The three terms, or none where the table lacks one of the two columns in the deviation's year."""
    held = {(c.measure, c.year) for c in statement.columns if not c.empty}
    if minuend is None or (minuend, column.year) not in held or (subtrahend, column.year) not in held:
        return []
    return [
        Term(key, 1, statement.id, measure=minuend, year=column.year),
        Term(key, -1, statement.id, measure=subtrahend, year=column.year),
        Term(key, -1, statement.id, measure=column.measure, basis=column.basis, year=column.year, stated=True),
    ]


KIND = Kind(
    ground,
    {
        "stated": Setting("measure", required=True),
        "minuend": Setting("measure", required=True, choices=("basis",)),
        "subtrahend": Setting("measure", required=True),
    },
)
