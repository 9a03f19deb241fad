"""What kinds that calculate from column to column share: terms of a column, and the lines that are no sums."""

from __future__ import annotations

from checker.model.rules import Term
from checker.model.submission import Column, Statement, Submission

LineKey = tuple[str | None, str | None]


def term(
    relation: str,
    weight: int,
    statement: Statement,
    column: Column,
    clip: str = "",
    at: LineKey = (None, None),
    stated: bool = False,
) -> Term:
    """The term that takes a column's figures: of every line, or of the line `at` (scope and key)."""
    scope, line = at
    return Term(
        relation,
        weight,
        statement.id,
        scope,
        line,
        column.measure,
        column.basis,
        column.year,
        clip=clip,
        stated=stated,
    )


def own_lines(statement: Statement, submission: Submission) -> list[LineKey]:
    """Scope and key of the lines that are no sum, no running result and no part 'of which'."""
    groups = [p for p in submission.structure if p.statement == statement.id]
    wholes = {(p.scope, p.whole) for p in groups}
    return [
        (line.scope, line.key)
        for line in statement.lines
        if line.role in ("line", "subtotal") and (line.scope, line.key) not in wholes
    ]


def total_line(statement: Statement) -> LineKey | None:
    """Scope and key of the row that is the sum of the whole table, if one is."""
    return next(((line.scope, line.key) for line in statement.lines if line.role == "total"), None)
