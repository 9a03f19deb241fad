"""Is each line's stated share its part of the column's total, and do the shares make 100 per cent?"""

from __future__ import annotations

from checker.kinds.base import Kind, tables_of
from checker.kinds.columns import LineKey, own_lines, term, total_line
from checker.model.rules import WITHIN, Derived, Grounding, Relation, Rule, Term
from checker.model.submission import PERCENT, SCALE, Column, Statement, Submission

HUNDRED = 100 * SCALE[PERCENT]


def ground(rule: Rule, submission: Submission) -> Grounding:
    """Per column of shares: one relation over its lines, and one that they add up to 100 per cent.

    The column's total is the printed one, else the sum of the lines that are no sums themselves.
    """
    relations: list[Relation] = []
    terms: list[Term] = []
    derived: list[Derived] = []
    for statement in tables_of(rule, submission):
        for column in statement.columns:
            measure, _, over = (column.basis or "").partition("/")
            part = next(
                (c for c in statement.columns if (c.measure, c.year) == (measure, column.year) and not c.empty), None
            )
            if column.measure != "andel" or column.empty or over != "sum" or part is None:
                continue
            key = f"{rule.id}/{statement.id}/{column.index}"
            relations += _relations(rule, key, statement)
            derived += _derived(rule, key, statement, part)
            terms += _terms(key, statement, column, part, submission)
    return Grounding(tuple(relations), tuple(terms), (), tuple(derived), "" if relations else "plan.no_shares")


def _relations(rule: Rule, key: str, statement: Statement) -> list[Relation]:
    return [
        Relation(key, rule.id, "=", WITHIN, ("scope", "line"), rule.missing, statement.id),
        Relation(f"{key}/100", rule.id, "=", WITHIN, (), rule.missing, statement.id, constant=HUNDRED),
    ]


def _derived(rule: Rule, key: str, statement: Statement, part: Column) -> list[Derived]:
    free = ("scope", "line")
    return [
        Derived(f"{key}/total", rule.id, "sum", WITHIN, (), part.dimension, statement.id),
        Derived(f"{key}/share", rule.id, "quotient", WITHIN, free, PERCENT, statement.id, HUNDRED),
    ]


def _terms(key: str, statement: Statement, column: Column, part: Column, submission: Submission) -> list[Term]:
    total, lines = total_line(statement), own_lines(statement, submission)
    held, shared = _stating(part, statement, submission), _stating(column, statement, submission)
    named = [line for line in lines if line in held | shared]  # a line that lacks one of the two is missing, not zero
    summed = [total] if total in held and total is not None else named
    return [
        *(term(f"{key}/total", 1, statement, part, at=at) for at in summed),
        term(f"{key}/share", 1, statement, part, "abs"),
        Term(f"{key}/share", -1, statement.id, measure=f"{key}/total", clip="abs", label="@derived.sum"),
        Term(key, 1, statement.id, measure=f"{key}/share", label="@derived.quotient"),
        term(key, -1, statement, column, "abs", stated=True),
        *(term(f"{key}/100", 1, statement, column, at=at) for at in named),
    ]


def _stating(column: Column, statement: Statement, submission: Submission) -> set[LineKey]:
    """The lines that have a figure in the column."""
    about = (statement.id, column.measure, column.year, column.basis)
    return {(f.scope, f.line) for f in submission.facts if (f.statement, f.measure, f.year, f.basis) == about}


KIND = Kind(ground)
