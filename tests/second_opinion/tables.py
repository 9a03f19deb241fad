"""Facts, relations and terms as three DuckDB tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
from sqlglot import exp

from checker.facts import DIMENSIONS
from checker.model.rules import Relation, Term
from checker.model.submission import Fact

_TEXT, _BIG, _HUGE, _FLAG = "VARCHAR", "BIGINT", "HUGEINT", "BOOLEAN"

_FACT = {
    "fact_id": _TEXT, "entity": _TEXT, "scope": _TEXT, "statement": _TEXT, "line": _TEXT, "measure": _TEXT,
    "year": _BIG, "basis": _TEXT, "as_of": _TEXT, "price_year": _BIG,
    "value": _HUGE, "unit": _HUGE, "dimension": _TEXT, "unit_known": _FLAG, "text": _FLAG, "coarse": _HUGE,
}  # fmt: skip
_RELATION = {
    "id": _TEXT, "op": _TEXT, "mode": _TEXT, "statement": _TEXT, "missing": _TEXT, "blocked": _TEXT,
    "constant": _HUGE, "exact": _FLAG,
}  # fmt: skip
_FREE = {f"free_{name}": _FLAG for name in DIMENSIONS}
_TERM = {
    "relation": _TEXT, "weight": _HUGE, "statement": _TEXT, "source": _TEXT,
    "scope": _TEXT, "line": _TEXT, "measure": _TEXT, "basis": _TEXT,
    "year": _BIG, "year_offset": _BIG, "clip": _TEXT, "stated": _FLAG, "required": _FLAG,
}  # fmt: skip


def load(
    connection: duckdb.DuckDBPyConnection, facts: Sequence[Fact], relations: Sequence[Relation], terms: Sequence[Term]
) -> None:
    """Replace the tables `fact`, `relation` and `term`; `ord` is the place of a row in its sequence."""
    free = {f"free_{name}": [name in r.free for r in relations] for name in DIMENSIONS}
    _fill(connection, "fact", _FACT, _columns(_FACT, facts))
    _fill(connection, "relation", _RELATION | _FREE, _columns(_RELATION, relations) | free)
    _fill(connection, "term", _TERM, _columns(_TERM, terms))


def _columns(names: Mapping[str, str], rows: Sequence[Fact | Relation | Term]) -> dict[str, list[Any]]:
    return {name: [getattr(row, name) for row in rows] for name in names}


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, types: Mapping[str, str], columns: Mapping[str, list[Any]]
) -> None:
    length = len(next(iter(columns.values())))
    values = [list(range(length)), *(columns[name] for name in types)]
    connection.execute(_create(table, (("ord", _BIG), *types.items())), values)


@cache
def _create(table: str, types: tuple[tuple[str, str], ...]) -> str:
    """CREATE OR REPLACE TABLE with one unnested list parameter per column (executemany is 1.000 times slower)."""
    select = exp.select(
        *(
            exp.Explode(this=exp.cast(exp.Placeholder(this=str(number)), f"{type_}[]", dialect="duckdb")).as_(name)
            for number, (name, type_) in enumerate(types, 1)
        )
    )
    return exp.Create(this=exp.to_table(table), kind="TABLE", replace=True, expression=select).sql("duckdb")
