"""The facts as three numbers each (entity, shape, value in steps), and which entities are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from checker.amounts.units import LIMIT
from checker.model.submission import KR, SCALE
from checker.scale.model import NUMBER, TEXT, Backend, Shape
from checker.scale.notation import Notation
from checker.scale.shapes import Shapes, is_fine, scale_of
from checker.scale.tree import BIG, both, col, number, select_from, steps, text

CODED = "coded"
_ROW = ("scope", "line", "submission", "role", "parent", "parent_scope", "parent_as", "number")


@dataclass(frozen=True, slots=True)
class Coded:
    """`table` has the columns entity, shape, value; `entities` are the names by number, as the source writes them.

    `odd` are (entity, shape) of rows that are no facts: they break the contract, have no value, or one that is too
    large; `beyond` counts the last.
    """

    table: Any
    entities: Sequence[str]
    odd: Sequence[tuple[int, int]] = ()
    beyond: int = 0


def code(backend: Backend, found: Shapes, good: frozenset[int], notation: Notation) -> Coded:
    """Join the facts with the shapes that keep the contract, and with the entities; what has no value is left out."""
    source = backend.source
    names = [n for n in found.varying if n in source.columns]
    columns: dict[str, tuple[str, list[Any]]] = {"s_id": ("INTEGER", [s.id for s in found.all])}
    for name in names:
        sort, missing = _stored(backend, name)
        columns[f"s_{name}"] = (sort, [missing if s.values.get(name) is None else s.values[name] for s in found.all])
    columns["s_scale"] = ("BIGINT", [scale_of(s.values) for s in found.all])
    columns["s_good"] = ("BOOLEAN", [s.id in good for s in found.all])
    if found.fine:
        columns["s_fine"] = ("BOOLEAN", [bool(s.values.get("fine")) for s in found.all])
    decimals = notation.decimals(source)
    if decimals is not None:
        columns["s_decimals"] = ("INTEGER", [int(s.values["decimals"]) for s in found.all])
    entities = _entities(backend, "entity" in source.columns, found.no_entity)
    shape = backend.small("shapes", columns)
    named = backend.small("entities", {"e_id": ("INTEGER", [*range(len(entities))]), "e_name": ("VARCHAR", entities)})
    value = notation.value(source)
    on = [_same(backend, name) for name in names]
    if (fine := is_fine(source, value)) is not None:
        on.append(fine.eq(col("s_fine", "s")))
    if decimals is not None:
        on.append(decimals.eq(col("s_decimals", "s")))
    query = select_from(source).join(exp.alias_(shape, "s", table=True), on=both(on) if on else exp.true())
    entity: exp.Expr = number(0)
    if "entity" in source.columns:
        entity = col("e_id", "e")
        named_so = exp.func("coalesce", col(source.columns["entity"].name), text(""))
        query = query.join(exp.alias_(named, "e", table=True), on=named_so.eq(col("e_name", "e")))
    scales = {scale_of(s.values) for s in found.all if s.id in good} or {SCALE[KR]}
    scale = col("s_scale", "s") if len(scales) > 1 else number(next(iter(scales)))
    made = _steps(value, source.columns["value"], scale)
    beyond = 0
    large = any(max(abs(s.least), abs(s.most)) > LIMIT for s in found.all)
    if large:
        number_ = exp.cast(value.copy(), exp.DataType.build("decimal(38,6)"))
        inside = exp.Between(this=number_, low=exp.Neg(this=_most(scale)), high=_most(scale))
        outside = exp.and_(value.copy().is_(exp.null()).not_(), col("s_good", "s"), exp.not_(inside.copy()))
        beyond = int(next(backend.rows(query.select(exp.Count(this=exp.Star())).where(outside)))[0])
        made = exp.case().when(inside, made)
    if len(good) < len(found.all):
        made = exp.case().when(col("s_good", "s"), made)
    rows = query.select(entity.as_("entity"), col("s_id", "s").as_("shape"), made.as_("value"))
    table = backend.keep(CODED, rows)
    if len(good) == len(found.all) and not large and not any(s.blank for s in found.all):
        return Coded(table, entities)
    nothing = col("value").is_(exp.null())
    odd = exp.select(col("entity"), col("shape")).distinct().from_(table.copy()).where(nothing)
    facts = exp.select(*(col(n) for n in ("entity", "shape", "value"))).from_(table).where(exp.not_(nothing.copy()))
    return Coded(facts.subquery("facts"), entities, sorted((int(e), int(s)) for e, s in backend.rows(odd)), beyond)


def _most(scale: exp.Expr) -> exp.Expr:
    """The largest value there may be, in kr. (or whatever is counted)."""
    return exp.paren(exp.cast(number(LIMIT), exp.DataType.build("decimal(38,6)")) / scale.copy())


def _steps(value: exp.Expr, stored: Any, scale: exp.Expr) -> exp.Expr:
    if stored.sort == NUMBER and isinstance(scale, exp.Literal):
        return steps(value.copy(), stored, int(scale.this))
    return exp.cast(exp.Round(this=exp.paren(value.copy() * scale), decimals=number(0)), BIG)


def _stored(backend: Backend, name: str) -> tuple[str, Any]:
    """The type of a column of the shapes, and what stands for null in it."""
    stored = backend.source.columns[name]
    if stored.sort == NUMBER:
        return (f"DECIMAL(38,{stored.decimals})", Decimal(-1)) if stored.decimals else ("BIGINT", -1)
    return "VARCHAR", ""


def _same(backend: Backend, name: str) -> exp.Expr:
    """A column of the source equal to that of the shape, null to null."""
    stored = backend.source.columns[name]
    own: exp.Expr = col(stored.name)
    if stored.sort not in (NUMBER, TEXT):
        own = exp.cast(own, exp.DataType.build("varchar"))
    missing = number(-1) if stored.sort == NUMBER else text("")
    return exp.func("coalesce", own, missing).eq(col(f"s_{name}", "s"))


def _entities(backend: Backend, named: bool, nobody: int) -> list[str]:
    """The names of all entities; where some rows name one, rows that name none belong to nobody."""
    if not named:
        return [""]
    own = col(backend.source.columns["entity"].name)
    query = select_from(backend.source).select(exp.func("coalesce", own, text("")).as_("name")).distinct()
    found = sorted(str(row[0]) for row in backend.rows(query))
    return [name for name in found if name.strip()] if len(found) > 1 and nobody else found


class Classes(NamedTuple):
    """Entities that are alike: the shapes of each class, the class of each entity (-1: none), and which are `crowded`:
    have two facts of one shape. `facts` counts the rows that are facts.

    Shapes are True, or False where they only tell of a line that has no fact.
    """

    alike: list[dict[int, bool]]
    of: list[int]
    crowded: list[int]
    facts: int


def classes(backend: Backend, coded: Coded, found: Shapes) -> Classes:
    """Entities with the same lines and the same columns are alike.

    A figure that an entity lacks does not set it apart, as long as its line and its column have others.
    """
    rows = _numbered(found, _ROW)
    heads = _numbered(found, [n for n in found.varying if n not in (*_ROW, "statement")])
    there, facts = backend.presence(coded.table, len(coded.entities), len(found.all))
    odd = np.zeros_like(there)
    for entity, shape in coded.odd:
        odd[entity, shape] = True
    lines = _any(there | odd, [rows[s.id] for s in found.all])  # what is no fact makes a line all the same
    columns = _any(there, [heads[s.id] for s in found.all])
    some = (there | odd).any(axis=1)
    _, first, number_ = np.unique(np.hstack([lines, columns])[some], axis=0, return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))  # classes in the order of their first entities
    of = np.full(len(coded.entities), -1)
    of[some] = order[number_.reshape(-1)]
    made = []
    for class_ in range(len(first)):
        own = there[of == class_].any(axis=0)
        known = {rows[int(shape)] for shape in np.flatnonzero(own)}
        lacking = (int(s) for s in np.flatnonzero(odd[of == class_].any(axis=0)) if rows[int(s)] not in known)
        made.append({int(shape): True for shape in np.flatnonzero(own)} | dict.fromkeys(lacking, False))
    return Classes(made, of.tolist(), np.flatnonzero(facts > there.sum(axis=1)).tolist(), int(facts.sum()))


def _any(there: NDArray[np.bool_], groups: Sequence[int]) -> NDArray[np.bool_]:
    """Which entities have any shape of each group."""
    made = np.zeros((len(there), max(groups, default=0) + 1), dtype=bool)
    for group in range(made.shape[1]):
        made[:, group] = there[:, np.flatnonzero(np.array(groups) == group)].any(axis=1)
    return made


def _numbered(found: Shapes, names: Sequence[str]) -> dict[int, int]:
    numbers: dict[str, int] = {}

    def key(shape: Shape) -> str:
        return repr([shape.values.get(n) for n in ("statement", *names)])

    return {s.id: numbers.setdefault(key(s), len(numbers)) for s in found.all}
