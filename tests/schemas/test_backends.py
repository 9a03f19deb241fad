"""Do pandas, Polars and SQL find the same cells that break the contract?"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pandas
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from checker.schemas.sql import Stored, checks, counts, duplicates, rows
from tests.build import PROPERTY
from tests.schemas.build import (
    CORNERS,
    TEXT,
    Frame,
    by_pandas,
    by_polars,
    by_sql,
    frames,
    on_duckdb,
)

EXAMPLES = 15
"""So few, since each makes two schemas: half a second."""


def text_of_pandas(frame: Frame) -> pandas.DataFrame:
    """A frame of text cells."""
    return pandas.DataFrame(frame, dtype="string")


def text_of_polars(frame: Frame) -> polars.DataFrame:
    """A frame of text cells."""
    return polars.DataFrame(frame, schema=dict.fromkeys(frame, polars.String))


def test_all_find_the_same_in_awkward_cells() -> None:
    expected = by_pandas(text_of_pandas(CORNERS))
    assert {check for _, _, check in expected} == {"missing", "unknown", "form", "duplicate"}
    assert 1_000 < len(expected) < len(CORNERS["value"]) * len(CORNERS)
    assert by_polars(text_of_polars(CORNERS)) == expected
    assert by_sql(on_duckdb, CORNERS, TEXT) == expected


@given(frames())
@settings(PROPERTY, max_examples=EXAMPLES)
def test_all_find_the_same_in_any_text(frame: Frame) -> None:
    expected = by_pandas(text_of_pandas(frame))
    assert by_polars(text_of_polars(frame)) == expected
    assert by_sql(on_duckdb, frame, TEXT) == expected


def test_each_check_finds_its_cell_alone() -> None:
    right: dict[str, str | None] = {
        **dict.fromkeys(("entity", "statement", "line"), "T"),
        "measure": "regnskab",
        "year": "2023",
        "value": "1,5",
        "unit": "1000",
        "fact_id": "F1",
        "scope": "drift",
        "page": "7",
        "parent_as": "ladder",
    }
    wrong: list[tuple[str, str | None, str]] = [
        ("statement", " ", "missing"),
        ("line", None, "missing"),
        ("measure", "regnskap", "unknown"),
        ("measure", "\u2003", "missing"),
        ("year", "1969", "form"),
        ("year", "٢٠٢٣", "form"),
        ("value", "1.5.5", "form"),
        ("value", None, "missing"),
        ("unit", "-1", "form"),
        ("scope", "Drift", "unknown"),
        ("page", "2\n3", "form"),
        ("parent_as", "ladderladder", "form"),
    ]
    lines: list[dict[str, str | None]] = [right | {"fact_id": None}]
    lines += [right | {"fact_id": f"F{n}", name: cell} for n, (name, cell, _) in enumerate(wrong)]
    lines += [right | {"fact_id": "F99"}, right | {"fact_id": " F99\n"}, right | {"fact_id": ""}]
    frame: Frame = {name: [line[name] for line in lines] for name in right}
    expected = {(n, name, check) for n, (name, _, check) in enumerate(wrong, 1)}
    expected |= {(n, "fact_id", "duplicate") for n in (len(lines) - 3, len(lines) - 2)}
    assert by_pandas(text_of_pandas(frame)) == expected
    assert by_polars(text_of_polars(frame)) == expected
    assert by_sql(on_duckdb, frame, dict.fromkeys(right, "text")) == expected


# ---- numbers that are stored as numbers


def _amounts(finite: bool) -> st.SearchStrategy[float | None]:
    odd = [0.0, -0.0, 0.5, -1.0, 1e300, 1.0] if not finite else [0.0, 0.5, -1.0, -0.125]
    odd += [] if finite else [float("inf"), float("-inf")]
    return st.none() | st.sampled_from(odd) | st.integers(-(10**9), 10**9).map(float)


def _whole(low: int, high: int) -> st.SearchStrategy[float | None]:
    ends = [float(n) for n in (low - 1, low, high, high + 1)]
    return st.none() | st.sampled_from([*ends, low + 0.5, high + 0.5, -1.0, 0.0]) | st.integers(low, high).map(float)


def _typed(finite: bool) -> st.SearchStrategy[Frame]:
    cells = {
        "value": _amounts(finite),
        "unit": _amounts(finite),
        "year": _whole(1970, 2100),
        "page": _whole(1, 999_999_999),
        "orientation": st.none() | st.sampled_from([1.0, -1.0, 0.0, 1.5, 2.0]),
        "exact_unit": _amounts(finite),
    }
    lines = st.lists(st.tuples(*cells.values()), min_size=1, max_size=8)
    return lines.map(lambda made: {name: list(c) for name, c in zip(cells, zip(*made, strict=True), strict=True)})


def _with_text(frame: Frame) -> Frame:
    size = len(frame["value"])
    return {**dict.fromkeys(("entity", "statement", "line"), ["T"] * size), "measure": ["rest"] * size, **frame}


def _stored(frame: Frame, kind: Stored) -> Mapping[str, Stored]:
    return {name: "text" if isinstance(frame[name][0], str) else kind for name in frame}


@given(_typed(finite=False))
@settings(PROPERTY, max_examples=EXAMPLES)
def test_all_find_the_same_in_binary_numbers(numbers: Frame) -> None:
    frame = _with_text(numbers)
    kinds = {
        name: polars.String if cells[0] == "T" or cells[0] == "rest" else polars.Float64
        for name, cells in frame.items()
    }
    in_pandas = pandas.DataFrame(frame).astype(dict.fromkeys(numbers, "float64"))
    expected = by_pandas(in_pandas)
    assert by_polars(polars.DataFrame(frame, schema=kinds)) == expected
    assert by_sql(on_duckdb, frame, _stored(frame, "float")) == expected


@given(_typed(finite=True))
@settings(PROPERTY, max_examples=EXAMPLES)
def test_all_find_the_same_in_decimal_numbers(numbers: Frame) -> None:
    frame = _with_text(numbers)
    expected = by_pandas(pandas.DataFrame(frame).astype(dict.fromkeys(numbers, "Float64")))
    held = polars.DataFrame(frame, schema={n: polars.Float64 if n in numbers else polars.String for n in frame})
    assert by_polars(held.with_columns(polars.col(polars.Float64).cast(polars.Decimal(20, 3)))) == expected
    assert by_sql(on_duckdb, frame, _stored(frame, "number")) == expected


def test_whole_numbers_are_numbers_and_other_columns_are_text_of_them() -> None:
    frame: Frame = _with_text({"value": [1, -2], "unit": [1000, -1], "year": [2023, 23]})
    frame["line"] = [1, 2]
    expected = {(1, "unit", "form"), (1, "year", "form")}
    assert by_pandas(pandas.DataFrame(frame)) == expected
    assert by_polars(polars.DataFrame(frame)) == expected
    stored: Mapping[str, Stored] = {n: "number" if n in ("value", "unit", "year", "line") else "text" for n in frame}
    assert by_sql(on_duckdb, frame, stored) == expected


def test_what_is_not_a_number_is_blank_in_pandas_and_of_wrong_form_elsewhere() -> None:
    frame = _with_text({"value": [float("nan")], "unit": [float("nan")], "year": [float("nan")]})
    assert by_pandas(pandas.DataFrame(frame)) == {(0, "value", "missing")}
    expected = {(0, "value", "form"), (0, "unit", "form"), (0, "year", "form")}
    assert by_polars(polars.DataFrame(frame)) == expected
    assert by_sql(on_duckdb, frame, _stored(frame, "float")) == expected


def test_dates_and_flags_are_checked_as_their_text() -> None:
    frame = _with_text(
        {"value": [True, None], "unit": ["0", None], "year": ["2023-01-01", None], "as_of": ["2023-12-31", None]}
    )
    stored: Mapping[str, Stored] = {n: {"value": "flag", "year": "date", "as_of": "date"}.get(n, "text") for n in frame}  # type: ignore[misc]
    assert by_sql(on_duckdb, frame, stored) == {(0, "value", "form"), (1, "value", "missing"), (0, "year", "form")}


def test_numbers_in_columns_of_words_are_words() -> None:
    frame = _with_text({"value": ["1"], "unit": ["1"], "year": ["2023"], "scope": [1], "parent_scope": [1]})
    stored: Mapping[str, Stored] = {n: "float" if n in ("scope", "parent_scope") else "text" for n in frame}
    assert by_sql(on_duckdb, frame, stored) == {(0, "scope", "unknown"), (0, "parent_scope", "form")}


# ---- the queries themselves


def test_a_source_may_call_its_columns_anything() -> None:
    with duckdb.connect() as connection:
        connection.execute('CREATE TABLE "Min ""tabel" ("År" TEXT, "værdi; DROP" TEXT, "Id" INTEGER)')
        connection.execute("""INSERT INTO "Min ""tabel" VALUES ('23', '1', 1), ('2023', NULL, 1), ('2024', 'x', 2)""")
        table = exp.table_('Min "tabel', quoted=True)
        broken = checks({"year": "text", "value": "text"}, {"year": "År", "value": "værdi; DROP"})
        assert [(b.column, b.check) for b in broken] == [("year", "form"), ("value", "missing"), ("value", "form")]
        assert connection.execute(counts(broken, table).sql("duckdb")).fetchall() == [(1, 1, 1)]
        found = connection.execute(rows(broken, table, ["Id", "År"]).sql("duckdb")).fetchall()
        assert sorted(found) == [
            (1, "2023", False, True, False),
            (1, "23", True, False, False),
            (2, "2024", False, False, True),
        ]
        twice = duplicates("Id", table, "number").sql("duckdb")
        assert connection.execute(twice).fetchall() == [("1", 2)]
        assert connection.execute(rows([], table, ["Id"]).sql("duckdb")).fetchall() == []


def test_a_column_that_the_contract_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="no column of long form: Year, beloeb; expected some of entity, statement"):
        checks({"beloeb": "text", "Year": "text"})
