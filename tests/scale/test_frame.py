"""A data frame goes in, outcomes come out as a data frame of the same library."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow.parquet
import pytest

from checker import check
from checker.errors import SubmissionError
from tests.scale.build import Row, as_parquet, by_python
from tests.scale.test_sources import ROWS, TKR


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return as_parquet([*ROWS, ROWS[1]], tmp_path / "f.parquet")  # one figure stands there twice


def read(library: str, file: Path) -> Any:
    if library == "pandas":
        return pandas.read_parquet(file)
    return polars.read_parquet(file) if library == "polars" else pyarrow.parquet.read_table(file)


def rows(frame: Any) -> list[dict[str, Any]]:
    if isinstance(frame, pandas.DataFrame):
        return [
            {str(k): v for k, v in row.items()}
            for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
        ]
    return list(frame.to_dicts() if isinstance(frame, polars.DataFrame) else frame.to_pylist())


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_every_outcome_comes_back_with_its_key_and_exact_amounts(library: str, source: Path) -> None:
    given = read(library, source)
    made = check(given)
    assert type(made) is type(given)
    found = [r for r in rows(made) if r["rule"] == "SUM001"]
    keys = ("entity", "statement", "line", "measure", "year", "status", "difference", "tolerance")
    assert [tuple(r[k] for k in keys) for r in found] == [
        (e, "Regnskab", "i alt", "regnskab", y, status, Decimal(difference), Decimal(1500))
        for e in ("Nord", "Syd")
        for y, status, difference in ((2022, "passed", "0"), (2023, "failed", "-4000"))
    ]
    assert [(r["entity"], r["statement"], r["status"]) for r in rows(made) if r["rule"] == "FIG002"] == [
        ("Nord", "Regnskab", "failed")
    ]


def test_failures_are_those_of_the_ordinary_path(source: Path) -> None:
    expected, _ = by_python([*ROWS, ROWS[1]], __import__("checker").load_rules())
    made = check(pandas.read_parquet(source))
    failed = made[made["status"] == "failed"].groupby("rule").size().to_dict()
    assert failed == {rule: n for (rule, status), n in expected.items() if status == "failed"}


def test_a_frame_that_is_no_long_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="mangler statement"):
        check(pandas.DataFrame({"line": ["a"], "value": [1]}))
    one = as_parquet([Row("Nord", "R", "A", "regnskab", 2023, TKR, TKR)], tmp_path / "f.parquet")
    assert len(check(pandas.read_parquet(one))) == 0


def test_a_path_gives_a_report(tmp_path: Path) -> None:
    text = "Beløb i 1.000 kr.\n| | Regnskab 2023 |\n| A | 1 |\n| B | 1 |\n| I alt | 2 |\n"
    (tmp_path / "f.txt").write_text(text, encoding="utf-8")
    assert check(tmp_path / "f.txt").count("passed") > 0
