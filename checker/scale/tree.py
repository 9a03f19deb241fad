"""Short words for the SQL of large sources, as typed trees that every dialect can be written from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from checker.model.submission import KR, SCALE
from checker.scale.model import FLOAT, NUMBER, TEXT, Source, Stored

ZERO, ONE = exp.Literal.number(0), exp.Literal.number(1)
WIDE = exp.DataType.build("decimal(38,0)")
BIG = exp.DataType.build("bigint")


def col(name: str, table: str | None = None) -> exp.Column:
    """A column by its name, quoted."""
    return exp.column(exp.to_identifier(name, quoted=True), table)


def number(value: int) -> exp.Expr:
    """A whole number."""
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def text(value: str) -> exp.Literal:
    """A text."""
    return exp.Literal.string(value)


def case(*whens: tuple[exp.Expr, exp.Expr], otherwise: exp.Expr) -> exp.Case:
    """CASE, never GREATEST or LEAST: those treat nulls differently from engine to engine."""
    made = exp.Case()
    for condition, value in whens:
        made = made.when(condition, value)
    return made.else_(otherwise)


def total(expression: exp.Expr) -> exp.Expr:
    """A sum that does not overflow."""
    return exp.Sum(this=exp.cast(expression, WIDE))


def both(conditions: Sequence[exp.Expr]) -> exp.Expr:
    """All of them."""
    return exp.and_(*conditions)


def value_of(stored: Stored) -> exp.Expr:
    """A kr. value in øre as a whole number, halves away from zero."""
    return steps(col(stored.name), stored, SCALE[KR])


def steps(value: exp.Expr, stored: Stored, scale: int) -> exp.Expr:
    """A stored number in steps (øre)."""
    if stored.sort == NUMBER and not stored.decimals:
        return exp.cast(value, BIG) * number(scale)
    if stored.sort == FLOAT:
        value = exp.cast(value, exp.DataType.build("decimal(38,6)"))
    return exp.cast(exp.Round(this=value * number(scale), decimals=number(0)), BIG)


def blank_as(stored: Stored, name: str | None = None, table: str | None = None) -> exp.Expr:
    """A column of the shape so that two nulls are equal: a join on it may be hashed in every database."""
    own = col(name or stored.name, table)
    return exp.func("coalesce", own, text("") if stored.sort == TEXT else number(-1))


def pairs(rows: Iterable[tuple[Any, ...]], entities: int, shapes: int) -> NDArray[np.bool_]:
    """Which entities have a fact of which shape, by a list of such pairs."""
    made = np.zeros((entities, shapes), dtype=bool)
    for entity, shape in rows:
        made[int(entity), int(shape)] = True
    return made


def distinct_pairs(table: exp.Expr) -> exp.Select:
    """The pairs of entity and shape of a table."""
    return exp.select(col("entity"), col("shape")).distinct().from_(table.copy())


def select_from(source: Source) -> exp.Select:
    """SELECT … FROM the source, without columns yet."""
    return exp.Select().from_(source.table.copy())


def united(queries: Sequence[exp.Query]) -> exp.Query:
    """All rows of all queries, duplicates kept."""
    made, *others = queries
    for other in others:
        made = exp.union(made, other, distinct=False)
    return made
