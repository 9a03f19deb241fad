"""What can pandera say of these facts on Polars? More than on pandas only because Polars says it: the rules on one row.

The pivot, and the join with last year's row, are those of `big_polars`. Sums over other rows and figures that stand
twice are not said, and a check is true or false: nothing is off by rounding, nothing lacks its figures.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.big_polars import cells
from benchmarks.big_polars_rules import ROW, STATED, rows, statuses
from benchmarks.big_shape import ACROSS, COLUMNS, Counts, Key


def run(path: Path) -> Counts:
    """Rule -> failed -> outcomes."""
    found: Counts = {}
    for rule, *_ in sorted(failed(path)):
        found.setdefault(rule, {"failed": 0})["failed"] += 1
    return found


def failed(path: Path) -> set[Key]:
    """The keys of all that failed."""
    import pandera.polars as pa

    cell, _, tree = cells(path)
    frame = rows(cell, tree).collect()
    schema = pa.DataFrameSchema(checks=[pa.Check(_check(e), name=rule) for rule, e in statuses().items()])
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.select("check", "index").unique().drop_nulls()
        return _keys(frame.select(ROW), cases)
    return set()


def _check(status: pl.Expr) -> Any:
    """True where the rule holds or has nothing to say."""
    return lambda data: data.lazyframe.select((status != 2).fill_null(True))


def _keys(frame: pl.DataFrame, cases: pl.DataFrame) -> set[Key]:
    keys: set[Key] = set()
    for check, index in cases.rows():
        rule = str(check)
        statement, measure = COLUMNS[STATED[rule]]
        entity, line, year = frame.row(index)
        keys.add((rule, entity, "" if rule in ACROSS else statement, line, measure, year))
    return keys
