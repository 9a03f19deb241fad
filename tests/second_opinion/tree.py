"""Short words for the sqlglot expressions the second opinion is built of."""

from __future__ import annotations

from sqlglot import exp

ZERO, NOTHING = exp.Literal.number(0), exp.Literal.string("")


def col(name: str, table: str | None = None) -> exp.Column:
    """One column."""
    return exp.column(name, table)


def cols(*names: str, table: str | None = None) -> list[exp.Column]:
    """Several columns, of one table."""
    return [exp.column(name, table) for name in names]


def text(value: str) -> exp.Literal:
    """A text."""
    return exp.Literal.string(value)


def call(function: str, *args: exp.Expr) -> exp.Anonymous:
    """A function or an aggregate."""
    return exp.Anonymous(this=function, expressions=list(args))


def count(where: exp.Expr | None = None, different: str | None = None) -> exp.Expr:
    """How many rows, those that meet `where`, or how many different values of a column."""
    what = exp.Distinct(expressions=[col(different)]) if different else exp.Star()
    counted = call("count", what)
    return counted if where is None else exp.Filter(this=counted, expression=exp.Where(this=where))


def over(aggregate: str, column: str, alike: tuple[str, ...]) -> exp.Window:
    """An aggregate beside each row, over the rows that are alike in these columns."""
    return exp.Window(this=call(aggregate, col(column)), partition_by=cols(*alike))


def case(*whens: tuple[exp.Expr, exp.Expr], otherwise: exp.Expr) -> exp.Case:
    """CASE, never GREATEST or LEAST: those treat nulls differently from engine to engine."""
    made = exp.Case()
    for condition, value in whens:
        made = made.when(condition, value)
    return made.else_(otherwise)


def same(left: exp.Expr, right: exp.Expr) -> exp.NullSafeEQ:
    """Equal, or both null."""
    return exp.NullSafeEQ(this=left, expression=right)


def null(expression: exp.Column) -> exp.Expr:
    """Whether a column is null."""
    return expression.is_(exp.null())


def union(first: exp.Query, *others: exp.Query) -> exp.Query:
    """All rows of all queries, duplicates kept."""
    for other in others:
        first = exp.union(first, other, distinct=False)
    return first
