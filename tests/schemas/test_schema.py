"""Is there one contract for pandas and Polars, and does it read back as it is written?"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandera.errors import SchemaErrors
from pandera.pandas import Check, DataFrameSchema
from pandera.polars import DataFrameSchema as PolarsSchema

import checker.schemas.contract
from checker.schemas import facts_schema, facts_schema_path, schema_for
from checker.schemas.cells import BrokenCell, broken_cells
from checker.schemas.contract import Bounds, columns, document
from checker.schemas.pandas import stripped as stripped_of_pandas
from checker.schemas.polars import facts_schema as polars_schema
from checker.schemas.polars import stripped as stripped_of_polars
from tests.build import PROPERTY

REQUIRED = ("entity", "statement", "line", "measure", "year", "value", "unit")


def test_the_schema_of_pandas_is_the_file_as_it_stands() -> None:
    assert facts_schema() == DataFrameSchema.from_yaml(facts_schema_path())
    assert tuple(name for name, column in columns().items() if column.required) == REQUIRED


@pytest.mark.parametrize("typed", [(), ("value", "unit", "exact_unit", "orientation")])
def test_the_schema_of_pandas_reads_back_as_it_is_written(typed: tuple[str, ...]) -> None:
    written = facts_schema(typed).to_yaml()
    assert isinstance(written, str)
    assert DataFrameSchema.from_yaml(written) == facts_schema(typed)
    assert (DataFrameSchema.from_yaml(written) == facts_schema()) is (typed == ())


def test_the_schema_of_polars_reads_back_but_for_the_ids() -> None:
    """pandera's own check of ids takes blank ones for repeated, so that ours stands there, which YAML cannot tell."""
    with pytest.warns(UserWarning, match="Check `field_uniqueness` will be skipped"):
        written = polars_schema().to_yaml()
    assert isinstance(written, str)
    again, whole = PolarsSchema.from_yaml(written), polars_schema()
    assert {name for name in whole.columns if again.columns[name] != whole.columns[name]} == {"fact_id"}
    assert again.update_column("fact_id", checks=whole.columns["fact_id"].checks).columns.keys() == whole.columns.keys()
    assert PolarsSchema.from_yaml(document("polars_dataframe")).columns.keys() == whole.columns.keys()


def test_both_schemas_ask_the_same_of_the_same_columns() -> None:
    ours, theirs = facts_schema(), polars_schema()
    assert list(ours.columns) == list(theirs.columns) == list(columns())
    for name, column in ours.columns.items():
        other = theirs.columns[name]
        assert (column.nullable, column.required, column.title) == (other.nullable, other.required, other.title)
        asked = [(check.name, check.statistics) for check in column.checks]
        assert asked == [(c.name, c.statistics) for c in other.checks if c.name != "field_uniqueness"]
    assert [name for name, column in ours.columns.items() if column.unique] == ["fact_id"]
    assert polars_schema() is not polars_schema()


# ---- columns of numbers


def test_which_columns_may_be_numbers_follows_from_their_patterns() -> None:
    year, amount, count = Bounds(1970, 2100, True), Bounds(None, None, False), Bounds(1, 999_999_999, True)
    assert {name: column.bounds for name, column in columns().items() if column.may_be_numbers} == {
        "year": year,
        "value": amount,
        "unit": Bounds(0, None, False),
        "price_year": year,
        "exact": amount,
        "exact_unit": Bounds(0, None, False),
        "orientation": None,
        **dict.fromkeys(("page", "table", "row", "paragraph", "line_no", "column_no"), count),
    }
    assert columns()["orientation"].numerals == (1, -1)


@PROPERTY
@given(st.sampled_from(["year", "page", "unit", "value"]), st.integers(-5, 3_000) | st.integers(0, 2 * 10**9))
def test_the_bounds_of_numbers_are_those_of_the_pattern(name: str, number: int) -> None:
    column = columns()[name]
    form, bounds = column.pattern, column.bounds
    assert form is not None
    assert bounds is not None
    inside = (bounds.low is None or bounds.low <= number) and (bounds.high is None or number <= bounds.high)
    assert inside is (re.match(form, str(number)) is not None)


def test_a_column_that_cannot_be_numbers_is_refused() -> None:
    with pytest.raises(
        ValueError, match="column measure cannot hold numbers; expected some of year, value, unit, price_year"
    ):
        facts_schema(["measure"])
    with pytest.raises(ValueError, match="no column of long form: beloeb; expected some of entity"):
        polars_schema(["beloeb"])


def test_a_check_that_no_backend_knows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = tmp_path / "facts.schema.yaml"
    text = facts_schema_path().read_text(encoding="utf-8")
    changed.write_text(text.replace("      str_matches: ^(19", "      str_startswith: ^(19", 1), encoding="utf-8")
    monkeypatch.setattr(checker.schemas.contract, "facts_schema_path", lambda: changed)
    for cached in (columns, checker.schemas.contract._declared):
        cached.cache_clear()
    try:
        with pytest.raises(ValueError, match="year: str_startswith; expected isin or str_matches"):
            columns()
    finally:
        columns.cache_clear()
        checker.schemas.contract._declared.cache_clear()


def test_the_schema_follows_the_types_of_the_frame() -> None:
    in_pandas = pandas.DataFrame({"value": [1.5], "year": ["2023"], "page": [True], "line": [1], "exact": [Decimal(1)]})
    assert _untyped(schema_for(in_pandas)) == {"value"}
    in_polars = polars.DataFrame({"value": [1.5], "year": ["2023"], "page": [True], "line": [1], "exact": [Decimal(1)]})
    assert _untyped(schema_for(in_polars)) == {"value", "exact"}


def _untyped(schema: DataFrameSchema | PolarsSchema) -> set[str]:
    return {name for name, column in schema.columns.items() if column.dtype is None}


def test_only_frames_that_hold_their_rows_have_a_schema() -> None:
    for other, told in (
        (polars.LazyFrame({"value": ["1"]}), "polars.lazyframe.frame.LazyFrame"),
        (pandas.Series(["1"]), "pandas.core.series.Series"),
        ([1], "builtins.list"),
    ):
        with pytest.raises(TypeError, match=f"{told}: expected a DataFrame of pandas or Polars"):
            schema_for(other)  # type: ignore[call-overload]


# ---- blank cells


def test_text_is_read_without_blanks_at_its_ends() -> None:
    cells = [" a\u00a0b\t", "\x1c", "", None, "\u2003x\n"]
    expected = ["a\u00a0b", None, None, None, "x"]
    made = stripped_of_pandas(pandas.DataFrame({"line": cells, "value": [1.5, 2, 3, 4, 5]}))
    assert [None if cell is pandas.NA else cell for cell in made["line"]] == expected
    assert list(made["value"]) == [1.5, 2, 3, 4, 5]
    same = stripped_of_polars(polars.DataFrame({"line": cells, "value": [1.5, 2, 3, 4, 5]}))
    assert same.to_dict(as_series=False) == {"line": expected, "value": [1.5, 2, 3, 4, 5]}


def test_other_cells_than_text_stay_as_they_are() -> None:
    frame = pandas.DataFrame({"as_of": [date(2023, 1, 1)], "exact": [Decimal("1.50")], "page": [None], "x": [True]})
    assert stripped_of_pandas(frame).equals(frame)
    mixed = stripped_of_pandas(pandas.DataFrame({"line": pandas.Series([1, " b "], dtype="object")}))
    assert list(mixed["line"]) == ["1", "b"]
    words = stripped_of_pandas(pandas.DataFrame({"scope": pandas.Categorical([" drift", ""])}))
    assert list(words["scope"].isna()) == [False, True]


# ---- what was found


def _cells(validate: Callable[[], object]) -> list[BrokenCell]:
    with pytest.raises(SchemaErrors) as caught:
        validate()
    return broken_cells(caught.value)


def test_broken_cells_are_told_in_the_order_of_rows_and_columns() -> None:
    frame = {"entity": ["IT", "IT"], "statement": ["T", None], "measure": ["nan", "rest"], "year": ["2", "2023"]}
    frame |= {"line": ["a", "b"], "value": ["x", "1"]}
    expected = [
        BrokenCell(None, "unit", "column", "unit"),
        BrokenCell(0, "measure", "unknown", "nan"),
        BrokenCell(0, "year", "form", "2"),
        BrokenCell(0, "value", "form", "x"),
        BrokenCell(1, "statement", "missing", ""),
    ]
    ours, theirs = pandas.DataFrame(frame), polars.DataFrame(frame)
    assert _cells(lambda: schema_for(ours).validate(ours, lazy=True)) == expected
    assert _cells(lambda: facts_schema().validate(ours, lazy=True)) == expected
    assert _cells(lambda: schema_for(theirs).validate(theirs, lazy=True)) == expected
    with pytest.raises(polars.exceptions.ColumnNotFoundError, match="unit"):  # why schema_for looks at the frame
        polars_schema().validate(theirs, lazy=True)


def test_a_check_that_a_caller_adds_is_not_the_contracts() -> None:
    frame = pandas.DataFrame({name: ["1"] for name in REQUIRED} | {"measure": ["rest"], "year": ["2023"]})
    schema = facts_schema().update_column("line", checks=[Check.str_startswith("L")])
    with pytest.raises(SchemaErrors) as caught:
        schema.validate(frame, lazy=True)
    with pytest.raises(ValueError, match=r"check str_startswith\('L'\) of column line; expected one of not_nullable"):
        broken_cells(caught.value)


# ---- what is loaded


@pytest.mark.parametrize(
    ("asked", "loaded"),
    [
        ("import checker.schemas", set()),
        ("import checker.schemas.contract", set()),
        ("import checker.schemas.sql", {"sqlglot"}),
        ("from checker.schemas import facts_schema; facts_schema()", {"pandas", "pandera"}),
    ],
)
def test_a_library_is_loaded_when_it_is_asked_for(asked: str, loaded: set[str]) -> None:
    heavy = {"pandas", "polars", "pandera", "sqlglot", "duckdb"}
    script = f"{asked}; import sys; print(*{heavy} & sys.modules.keys())"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == loaded
