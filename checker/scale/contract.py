"""Which cells of the shapes break the contract of long form? Asked of DuckDB, by the SQL made of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import duckdb
from sqlglot import exp

from checker.recognise.longheader import contract
from checker.recognise.longrows import Hints, Rows, shortened
from checker.scale.model import Backend, Violation
from checker.scale.shapes import DESCRIBED, KEY
from checker.scale.tree import BIG
from checker.schemas.sql import Stored, checks, counts, duplicates

_ROW = "\u00a7"
"""A column that no contract has: the number of the row."""


def broken(rows: Rows) -> Iterator[tuple[int, str, str, str]]:
    """What pandera would say of these cells (`longform.read_long`): row, column, check, and what is found there.

    Loading pandera takes longer than checking a million rows so; tests hold the two against each other. Ids are not
    looked at: those of shapes are made up.
    """
    if not rows.at:
        return
    found = checks({name: "text" for name in rows.cells if name != "fact_id"})
    columns = [
        exp.cast(exp.Placeholder(this=str(n)), "VARCHAR[]", dialect="duckdb") for n in range(1, len(rows.cells) + 1)
    ]
    cells = exp.select(*(exp.Explode(this=c).as_(n, quoted=True) for c, n in zip(columns, rows.cells, strict=True)))
    numbers = exp.Explode(this=exp.cast(exp.Placeholder(this=str(len(rows.cells) + 1)), "BIGINT[]", dialect="duckdb"))
    table = cells.select(numbers.as_(_ROW, quoted=True)).subquery("cells")
    wrong = exp.or_(*(each.test.copy() for each in found))
    query = exp.select(exp.column(_ROW, quoted=True), *(each.test for each in found)).from_(table).where(wrong)
    with duckdb.connect() as connection:
        values = [*rows.cells.values(), list(range(len(rows.at)))]
        hits = sorted(connection.execute(query.sql("duckdb"), values).fetchall())
    hints = Hints()
    for row, *flags in hits:
        for each, flag in zip(found, flags, strict=True):
            if flag and not (each.check == "missing" and each.column in rows.at[row][0].header.missing):
                text = rows.cells[each.column][row] or ""
                known = contract().choices.get(each.column, ())
                said = "–" if each.check == "missing" else hints.of(text, known) if each.check == "unknown" else text
                yield int(row), each.column, each.check, shortened(said) if each.check == "form" else said


def _listed(number: int, sort: str) -> exp.Expr:
    """The values of a list that is given as a parameter."""
    return exp.Explode(this=exp.cast(exp.Placeholder(this=str(number)), sort, dialect="duckdb"))


def beside(backend: Backend) -> list[Violation]:
    """What is wrong in columns that tell nothing of a figure's meaning, counted in one scan; and ids that stand twice.

    Such rows are facts all the same. Of two rows with one id both count: nothing in a source says which is the first.
    """
    source = backend.source
    told = (*KEY, *DESCRIBED, "entity", "value", "fact_id", "exact", "exact_unit")
    rest = {n: s for n, s in source.columns.items() if n not in told}
    stored: dict[str, Stored] = {n: cast(Stored, s.sort) for n, s in rest.items()}
    asked = checks(stored, {n: s.name for n, s in rest.items()})
    found = []
    if asked:
        numbers = next(iter(backend.rows(counts(asked, source.table))))
        found = [Violation(each.column, each.check, int(n), "–") for each, n in zip(asked, numbers, strict=True) if n]
    if id_ := source.columns.get("fact_id"):
        twice = duplicates(id_.name, source.table, cast(Stored, id_.sort)).subquery("twice")
        again = exp.cast(exp.Sum(this=exp.column("times") - 1), BIG)  # rows beside the first of each id
        ids = exp.select(again, exp.Min(this=exp.column("id"))).from_(twice)
        count, example = next(iter(backend.rows(ids)))
        found += [Violation("fact_id", "duplicate", int(count), str(example))] if count else []
    return found
