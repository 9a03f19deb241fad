"""Frames of long form, right and wrong, and what every backend finds in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import duckdb
import pandas
import polars
from hypothesis import strategies as st
from pandera.errors import SchemaErrors
from sqlglot import exp

from checker.schemas import schema_for
from checker.schemas.cells import broken_cells
from checker.schemas.contract import SPACE, columns
from checker.schemas.pandas import stripped as stripped_of_pandas
from checker.schemas.polars import stripped as stripped_of_polars
from checker.schemas.sql import Stored, checks, duplicates

Cell = str | int | float | bool | None
Frame = dict[str, list[Cell]]
Found = set[tuple[int, str, str]]
Rows = list[tuple[object, ...]]
Run = Callable[[Frame, Mapping[str, Stored], Sequence[exp.Select]], list[Rows]]
"""Load a frame as table `facts` (its columns, and `n`, the number of the row) and run queries on it."""

COLUMNS = (
    *("entity", "statement", "line", "measure", "year", "value", "unit"),
    *("fact_id", "scope", "dimension", "price_year", "parent_scope", "parent_as", "orientation", "page"),
)
TEXT: Mapping[str, Stored] = dict.fromkeys(COLUMNS, "text")
FACTS = exp.table_("facts")

RIGHT: Mapping[str, Sequence[str]] = {
    "year": ("1970", "1999", "2023", "2100"),
    "value": ("1", "-1", "−1", "+1", "1.000", "1 000,5", "1\u00a0000", "1,000.50", "0", "1000000", "12,", "1,0,0"),
    "unit": ("0", "1000", "1.000", "0,5", "-1", "+1"),
    "parent_scope": ("drift", "anlaeg|-", "-", "||", "drift|", "drift anlaeg"),
    "parent_as": (
        "ladder",
        "ladder+selected",
        "uncertain|ladder+",
        "|",
        "|ladder",
        "ladderselected",
        "+ladder",
        "ladder++",
    ),
    "orientation": ("1", "-1", "+1", "1.0", "−1"),
    "page": ("1", "999999999", "1000000000", "0", "01", "7"),
    "fact_id": ("F1", "F2", "F3", "f1"),
}
"""Texts in or near the form of a column."""
ALPHABET = (
    " .,+-−|0123456789"
    + "\u00a0\t\n\r\x0b\x1c\x1f\x85\u2028\u200b\ufeff"
    + "٣५²½"
    + "aæøÅdrift'\"\\%_$^[]{}()*?&~#;:\u0301\U0001f600"
)
BLANKS = ("", " ", "\t", "\u00a0", "\u2003 \n", "\x1c", "\x85\u2028", "\u3000\u1680")


def _cells(name: str) -> st.SearchStrategy[str | None]:
    near = st.sampled_from((*RIGHT.get(name, ("a", "b")), *columns()[name].choices))
    around = st.sampled_from(("", "", "", *BLANKS, "\n", "x", "٣", "\u200b", "'", "\\"))
    text = st.builds(lambda left, middle, right: left + middle + right, around, near, around)
    odd = st.text(ALPHABET, max_size=6)
    return st.one_of(near, text, odd, st.sampled_from(BLANKS), st.none())


def frames(least: int = 1, most: int = 8) -> st.SearchStrategy[Frame]:
    """Frames of text, most of whose cells are in or near the form that the contract asks."""
    rows = st.lists(st.tuples(*(_cells(name) for name in COLUMNS)), min_size=least, max_size=most)
    return rows.map(
        lambda made: {name: list(cells) for name, cells in zip(COLUMNS, zip(*made, strict=True), strict=True)}
    )


CORNERS: Frame = {
    name: [
        *RIGHT.get(name, ("a",)),
        *columns()[name].choices[:3],
        *BLANKS,
        *(
            f"{c}{text}{d}"
            for text in RIGHT.get(name, ("drift",))
            for c, d in (("", "\n"), ("\u00a0", "x"), ("٣", ""), ("", "\u2028"))
        ),
        *(c for c in ALPHABET),
        *(f"1{c}000" for c in ALPHABET),
        None,
    ]
    for name in COLUMNS
}
for _name, _made in CORNERS.items():
    CORNERS[_name] = [_made[n % len(_made)] for n in range(max(map(len, CORNERS.values())))]


def by_pandas(frame: pandas.DataFrame) -> Found:
    """What pandera finds in a pandas frame, as row, column and check."""
    stripped = stripped_of_pandas(frame)
    return _found(lambda: schema_for(stripped).validate(stripped, lazy=True))


def by_polars(frame: polars.DataFrame) -> Found:
    """What pandera finds in a Polars frame."""
    stripped = stripped_of_polars(frame)
    return _found(lambda: schema_for(stripped).validate(stripped, lazy=True))


def _found(validate: Callable[[], object]) -> Found:
    try:
        validate()
    except SchemaErrors as error:
        cells = broken_cells(error)
        assert all(cell.row is not None for cell in cells)
        return {(cell.row or 0, cell.column, cell.check) for cell in cells}
    return set()


def by_sql(run: Run, frame: Frame, stored: Mapping[str, Stored]) -> Found:
    """What the queries find, with every row of a repeated id. Every test must be true or false."""
    broken = checks(stored)
    flags = exp.select("n", *(exp.alias_(b.test, f"b{i}") for i, b in enumerate(broken))).from_(FACTS)
    queries = [flags, duplicates("fact_id", FACTS, stored["fact_id"])] if "fact_id" in stored else [flags]
    rows, *repeated = run(frame, stored, queries)
    found: Found = set()
    for number, *tests in rows:
        assert isinstance(number, int)
        assert all(isinstance(test, bool) for test in tests)
        found |= {(number, b.column, b.check) for b, test in zip(broken, tests, strict=True) if test}
    assert len(rows) == len(next(iter(frame.values())))
    for ids in repeated:
        ours = [str(cell).strip(SPACE) if cell is not None else None for cell in frame["fact_id"]]
        where = {str(id_): [n for n, cell in enumerate(ours) if cell == id_] for id_, _ in ids}
        assert {str(id_): times for id_, times in ids} == {id_: len(places) for id_, places in where.items()}
        found |= {(n, "fact_id", "duplicate") for places in where.values() for n in places}
    return found


SQL_TYPES: Mapping[Stored, str] = {
    "text": "TEXT",
    "number": "DECIMAL(20, 3)",
    "float": "DOUBLE",
    "date": "DATE",
    "flag": "BOOLEAN",
}


def on_duckdb(frame: Frame, stored: Mapping[str, Stored], queries: Sequence[exp.Select]) -> list[Rows]:
    """Run queries on DuckDB."""
    with duckdb.connect() as connection:
        held = ", ".join(f'"{name}" {SQL_TYPES[kind]}' for name, kind in stored.items())
        connection.execute(f"CREATE TABLE facts (n INTEGER, {held})")
        marks = ", ".join("?" * (len(stored) + 1))
        connection.executemany(f"INSERT INTO facts VALUES ({marks})", numbered(frame, stored))
        return [connection.execute(query.sql("duckdb")).fetchall() for query in queries]


def numbered(frame: Frame, stored: Mapping[str, Stored]) -> list[tuple[Cell, ...]]:
    """The rows of a frame with their numbers in front."""
    cells = zip(*(frame[name] for name in stored), strict=True)
    return [(n, *row) for n, row in enumerate(cells)]
