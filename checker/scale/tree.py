"""Short words for the SQL of large sources, as typed trees that every dialect can be written from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
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


def told(rows: Iterable[tuple[Any, ...]], entities: int, shapes: int) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """What `shapes_by_entity` gives, as `Backend.presence` says it."""
    made = np.zeros((entities, shapes), dtype=bool)
    facts = np.zeros(entities, dtype=np.int64)
    for entity, own, count in rows:
        made[entity, np.asarray(own, dtype=np.int64)] = True
        facts[entity] = count
    return made, facts


def shapes_by_entity(table: exp.Expr) -> exp.Select:
    """A row for each entity: the shapes it has as one list, and how many facts it has."""
    count = exp.Count(this=exp.Star()).as_("n")
    each = exp.select(col("entity"), col("shape"), count).from_(table.copy()).group_by(col("entity"), col("shape"))
    facts = exp.cast(exp.Sum(this=col("n")), BIG).as_("facts")
    listed = exp.ArrayAgg(this=col("shape")).as_("shapes")
    return exp.select(col("entity"), listed, facts).from_(each.subquery("p")).group_by(col("entity"))


def with_steps(steps: Mapping[str, exp.Query], query: exp.Query, once: Set[str]) -> exp.Query:
    """The query after WITH; steps that are to be made once are said to be materialised."""
    for name, step in steps.items():
        query = query.with_(name, as_=step, materialized=name in once or None, copy=False)
    return query


def select_from(source: Source) -> exp.Select:
    """SELECT … FROM the source, without columns yet."""
    return exp.Select().from_(source.table.copy())


def united(queries: Sequence[exp.Query]) -> exp.Query:
    """All rows of all queries, duplicates kept."""
    made, *others = queries
    for other in others:
        made = exp.union(made, other, distinct=False)
    return made
