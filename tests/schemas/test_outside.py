"""Does the contract as SQL find the same on PostgreSQL and Spark, and what does pandera find on Spark?"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars
import pytest
from hypothesis import given, settings
from sqlglot import exp

from checker.schemas.sql import Stored, checks, counts, rows
from tests.build import PROPERTY
from tests.schemas.build import CORNERS, FACTS, TEXT, Frame, Rows, Run, by_polars, by_sql, frames, numbered, on_duckdb
from tests.schemas.servers import postgres, spark

pytestmark = pytest.mark.outside
INFINITY = float("inf")
NUMBERS: Frame = {
    "value": [1.5, None, INFINITY, -INFINITY, float("nan"), -1e300, 0.0, 1e15],
    "unit": [0.0, -0.5, None, INFINITY, float("nan"), -INFINITY, 1000.0, -0.0],
    "year": [2023.0, 2023.5, None, INFINITY, float("nan"), 1e300, 1969.0, 2100.0],
    "page": [1.0, 0.0, 999999999.0, 1e9, 7.5, -INFINITY, None, 2.0],
    "orientation": [1.0, -1.0, 0.0, 1.5, None, float("nan"), INFINITY, 1.0],
    "line": ["a", "b", "c", "d", "e", "f", "g", None],
}
FLAGS: Frame = {
    "value": [True, None, False],
    "year": ["2023-01-01", None, "1969-12-31"],
    "as_of": ["2023-12-31", None, "2024-01-01"],
    "fact_id": [7, 7, None],
    "measure": ["rest", "\u00a0", "'); --"],
}
FLAGS_STORED: Mapping[str, Stored] = {
    "value": "flag",
    "year": "date",
    "as_of": "date",
    "fact_id": "number",
    "measure": "text",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with postgres() as connection:
        yield connection


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with spark() as made:
        yield made


@pytest.fixture(params=["server", "session"])
def run(request: pytest.FixtureRequest) -> Run:
    engine = request.getfixturevalue(request.param)
    return _on_postgres(engine) if request.param == "server" else _on_spark(engine)


def _on_postgres(connection: Any) -> Run:
    types = {"text": "TEXT", "number": "NUMERIC", "float": "DOUBLE PRECISION", "date": "DATE", "flag": "BOOLEAN"}

    def run(frame: Frame, stored: Mapping[str, Stored], queries: Sequence[exp.Select]) -> list[Rows]:
        held = ", ".join(f'"{name}" {types[kind]}' for name, kind in stored.items())
        marks = ", ".join(["%s"] * (len(stored) + 1))
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS facts")
            cursor.execute(f"CREATE TABLE facts (n INTEGER, {held})")
            cursor.executemany(f"INSERT INTO facts VALUES ({marks})", numbered(frame, stored))
            return [cursor.execute(query.sql("postgres")).fetchall() for query in queries]

    return run


def _on_spark(session: Any) -> Run:
    types = {"text": "string", "number": "double", "float": "double", "date": "string", "flag": "boolean"}
    casts = {"number": "decimal(20, 3)", "date": "date"}

    def run(frame: Frame, stored: Mapping[str, Stored], queries: Sequence[exp.Select]) -> list[Rows]:
        held = ", ".join(f"`{name}` {types[kind]}" for name, kind in stored.items())
        numbers = [name for name, kind in stored.items() if kind == "number"]
        frame = frame | {n: [float(c) if isinstance(c, int) else c for c in frame[n]] for n in numbers}
        made = session.createDataFrame(numbered(frame, stored), f"n int, {held}")
        cast = [f"CAST(`{n}` AS {casts[k]}) AS `{n}`" if k in casts else f"`{n}`" for n, k in stored.items()]
        made.selectExpr("n", *cast).createOrReplaceTempView("facts")
        return [[tuple(row) for row in session.sql(query.sql("spark")).collect()] for query in queries]

    return run


def test_the_same_is_found_in_awkward_cells(run: Run) -> None:
    expected = by_sql(on_duckdb, CORNERS, TEXT)
    assert len(expected) > 1_000
    assert by_sql(run, CORNERS, TEXT) == expected


def test_the_same_is_found_in_any_text(run: Run) -> None:
    @settings(PROPERTY, max_examples=10)
    @given(frames(10, 40))
    def alike(frame: Frame) -> None:
        assert by_sql(run, frame, TEXT) == by_sql(on_duckdb, frame, TEXT)

    alike()


def test_the_same_is_found_in_binary_numbers(run: Run) -> None:
    stored: Mapping[str, Stored] = {name: "text" if name == "line" else "float" for name in NUMBERS}
    expected = by_sql(on_duckdb, NUMBERS, stored)
    assert len(expected) == 22
    assert by_sql(run, NUMBERS, stored) == expected


def test_the_same_is_found_in_decimal_numbers(run: Run) -> None:
    plain = {
        name: [None if str(c) in {"inf", "-inf", "nan", "1e+300", "-1e+300"} else c for c in NUMBERS[name]]
        for name in NUMBERS
    }
    stored: Mapping[str, Stored] = {name: "text" if name == "line" else "number" for name in NUMBERS}
    expected = by_sql(on_duckdb, plain, stored)
    assert {(1, "unit", "form"), (1, "year", "form"), (3, "page", "form"), (3, "orientation", "unknown")} < expected
    assert by_sql(run, plain, stored) == expected


def test_the_same_is_found_in_dates_flags_and_numbers_for_text(run: Run) -> None:
    expected = {
        (0, "value", "form"),
        (2, "value", "form"),
        (1, "value", "missing"),
        (0, "year", "form"),
        (2, "year", "form"),
    }
    expected |= {(1, "measure", "missing"), (2, "measure", "unknown")}
    without_ids = {name: kind for name, kind in FLAGS_STORED.items() if name != "fact_id"}
    assert by_sql(on_duckdb, FLAGS, without_ids) == expected
    assert by_sql(run, FLAGS, without_ids) == expected


def test_decimals_of_postgres_may_be_infinite(server: Any) -> None:
    odd = [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity"), Decimal("1.5")]
    found: Any = {"value": odd, "unit": odd, "year": odd, "orientation": odd}
    stored: Mapping[str, Stored] = dict.fromkeys(found, "number")
    expected = {(n, name, "form") for n in range(3) for name in ("value", "unit", "year")} | {(3, "year", "form")}
    expected |= {(n, "orientation", "unknown") for n in range(4)}
    assert by_sql(_on_postgres(server), found, stored) == expected


def test_broken_rows_are_listed_and_counted_alike(run: Run) -> None:
    broken = checks(TEXT)
    queries = [rows(broken, FACTS, ["n", "value"]), counts(broken, FACTS)]
    (listed, counted), (ours, expected) = (each(CORNERS, TEXT, queries) for each in (run, on_duckdb))
    assert sorted(listed) == sorted(ours)
    assert counted == expected


def test_pandera_of_spark_tells_the_columns_that_break_the_contract(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "ps1", "", raising=False)  # else PySpark takes a worker of xdist for doctest, and exits
    from checker.schemas.spark import facts_schema

    frame: Frame = {name: [*CORNERS[name][:40], None] for name in CORNERS}
    bare = polars.DataFrame(frame, schema=dict.fromkeys(frame, polars.String))
    stripped = _stripped(bare)
    made = session.createDataFrame(stripped.rows(), ", ".join(f"`{name}` string" for name in stripped.columns))
    errors = facts_schema().validate(made, lazy=True).pandera.errors
    told = {(e["column"], e["check"].partition("(")[0]) for kind in errors.values() for es in kind.values() for e in es}
    words = {"not_nullable": "missing", "isin": "unknown", "str_matches": "form"}
    expected = {(column, check) for _, column, check in by_polars(bare) if check != "duplicate"}
    assert {(column, words[check]) for column, check in told} == expected


def _stripped(frame: polars.DataFrame) -> polars.DataFrame:
    from checker.schemas.polars import stripped

    return stripped(frame)
