"""The facts as three numbers each (entity, shape, value in steps), and which entities are alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from checker.model.submission import KR, SCALE
from checker.scale.model import NUMBER, TEXT, Backend, Shape
from checker.scale.notation import Notation
from checker.scale.shapes import Shapes, scale_of
from checker.scale.tree import BIG, both, col, number, select_from, steps, text

CODED = "coded"
_ROW = ("scope", "line", "submission", "role", "parent", "parent_scope", "parent_as", "number")


@dataclass(frozen=True, slots=True)
class Coded:
    """`table` has the columns entity, shape, value; `entities` are the names by number, as the source writes them.

    `odd` are (entity, shape) of rows that are no facts: they break the contract, or have no value.
    """

    table: Any
    entities: Sequence[str]
    odd: Sequence[tuple[int, int]] = ()


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
    entities = _entities(backend, "entity" in source.columns, found.no_entity)
    shape = backend.small("shapes", columns)
    named = backend.small("entities", {"e_id": ("INTEGER", [*range(len(entities))]), "e_name": ("VARCHAR", entities)})
    value = notation.value(source)
    on = [_same(backend, name) for name in names]
    if found.fine:
        hundred = exp.paren(value.copy() * number(100))
        on.append(exp.Round(this=hundred, decimals=number(0)).neq(hundred.copy()).eq(col("s_fine", "s")))
    query = select_from(source).join(exp.alias_(shape, "s", table=True), on=both(on) if on else exp.true())
    entity: exp.Expr = number(0)
    if "entity" in source.columns:
        entity = col("e_id", "e")
        named_so = exp.func("coalesce", col(source.columns["entity"].name), text(""))
        query = query.join(exp.alias_(named, "e", table=True), on=named_so.eq(col("e_name", "e")))
    kept: list[exp.Expr] = [value.copy().is_(exp.null()).not_()]
    if len(good) < len(found.all):
        kept.append(col("s_good", "s"))
    scales = {scale_of(s.values) for s in found.all if s.id in good} or {SCALE[KR]}
    scale = col("s_scale", "s") if len(scales) > 1 else number(next(iter(scales)))
    facts = query.select(
        entity.as_("entity"), col("s_id", "s").as_("shape"), _steps(value, source.columns["value"], scale).as_("value")
    ).where(both(kept))
    table = backend.keep(CODED, facts)
    odd = query.select(entity.as_("entity"), col("s_id", "s").as_("shape")).where(exp.not_(both(kept))).distinct()
    some = len(good) < len(found.all) or any(s.blank for s in found.all)
    return Coded(table, entities, [(int(e), int(s)) for e, s in backend.rows(odd)] if some else [])


def _steps(value: exp.Expr, stored: Any, scale: exp.Expr) -> exp.Expr:
    if stored.sort == NUMBER and isinstance(scale, exp.Literal):
        return steps(value.copy(), stored, int(scale.this))
    return exp.cast(exp.Round(this=exp.paren(value.copy() * scale), decimals=number(0)), BIG)


def _stored(backend: Backend, name: str) -> tuple[str, Any]:
    """The type of a column of the shapes, and what stands for null in it."""
    stored = backend.source.columns[name]
    if stored.sort == NUMBER:
        return (f"DECIMAL(38,{stored.decimals})" if stored.decimals else "BIGINT"), -1
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


def classes(backend: Backend, coded: Coded, found: Shapes) -> tuple[list[dict[int, bool]], list[int]]:
    """Entities with the same lines and the same columns are alike: the shapes of each class, and each entity's class.

    A figure that an entity lacks does not set it apart, as long as its line and its column have others.
    """
    rows, columns = (
        _numbered(found, _ROW),
        _numbered(found, [n for n in found.varying if n not in (*_ROW, "statement")]),
    )
    part = backend.small(
        "parts",
        {
            "shape": ("INTEGER", [s.id for s in found.all]),
            "line": ("INTEGER", [rows[s.id] for s in found.all]),
            "head": ("INTEGER", [columns[s.id] for s in found.all]),
        },
    )
    having: dict[int, list[set[int]]] = {}
    for place, name in enumerate(("line", "head")):
        query = (
            exp.select(col("entity", "c"), col(name, "p"))
            .distinct()
            .from_(exp.alias_(coded.table.copy(), "c", table=True))
            .join(exp.alias_(part.copy(), "p", table=True), on=col("shape", "c").eq(col("shape", "p")))
        )
        for entity, value in backend.rows(query):
            having.setdefault(int(entity), [set(), set()])[place].add(int(value))
    for entity, shape in coded.odd:  # what is no fact makes a line all the same, but no column
        having.setdefault(entity, [set(), set()])[0].add(rows[shape])
    known: dict[tuple[frozenset[int], frozenset[int]], int] = {}
    of = [-1] * len(coded.entities)
    for entity in sorted(having):
        signature = (frozenset(having[entity][0]), frozenset(having[entity][1]))
        of[entity] = known.setdefault(signature, len(known))
    return _shapes_of(backend, coded, of, len(known), rows), of


def _shapes_of(
    backend: Backend, coded: Coded, of: Sequence[int], count: int, rows: Mapping[int, int]
) -> list[dict[int, bool]]:
    """The shapes that some entity of each class has; False for those that only tell of a line that has no fact."""
    listed = [(n, c) for n, c in enumerate(of) if c >= 0]
    table = backend.small(
        "classes", {"entity": ("INTEGER", [n for n, _ in listed]), "class": ("INTEGER", [c for _, c in listed])}
    )
    query = (
        exp.select(col("class", "k"), col("shape", "c"))
        .distinct()
        .from_(exp.alias_(coded.table.copy(), "c", table=True))
        .join(exp.alias_(table, "k", table=True), on=col("entity", "c").eq(col("entity", "k")))
    )
    made: list[dict[int, bool]] = [{} for _ in range(count)]
    for class_, shape in sorted((int(a), int(b)) for a, b in backend.rows(query)):
        made[class_][shape] = True
    lines = [{rows[shape] for shape in own} for own in made]
    for entity, shape in coded.odd:
        if rows[shape] not in lines[of[entity]]:
            made[of[entity]].setdefault(shape, False)
    return made


def _numbered(found: Shapes, names: Sequence[str]) -> dict[int, int]:
    numbers: dict[str, int] = {}

    def key(shape: Shape) -> str:
        return repr([shape.values.get(n) for n in ("statement", *names)])

    return {s.id: numbers.setdefault(key(s), len(numbers)) for s in found.all}
