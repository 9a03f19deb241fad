"""Do the exported queries find what this program finds?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.big_facts import write
from checker.errors import RequestError
from checker.exports.export import Export
from checker.rulefile import load_rules
from tests.exports.build import DOUBLES, Found, by_duckdb, by_sqlite, expected, ready, strange_rows
from tests.scale.build import Row, as_parquet, by_python
from tests.scale.test_adversarial import CASES
from tests.scale.test_same import facts

Run = Callable[[Export, Path], tuple[Found, list[tuple[Any, ...]]]]
PLACES: dict[str, Run] = {"duckdb": by_duckdb, "sqlite": by_sqlite}
TOO_LARGE = {"sums beyond 64 bits", "values beyond the limit"}
"""What SQLite, which has no decimals, is not trusted with."""


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About 5.000 facts of two areas, with planted slips."""
    path = tmp_path_factory.mktemp("big") / "f.parquet"
    write(path, 5_000)
    return path


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", CASES)
def test_each_case_fails_where_the_program_says(name: str, place: str, tmp_path: Path) -> None:
    path = as_parquet(CASES[name], tmp_path / "f.parquet")
    with ready(path) as it:
        if place == "sqlite" and name in TOO_LARGE:
            with pytest.raises(RequestError, match="decimaltal"):
                it.export(place)
            return
        found, strange = PLACES[place](it.export(place), path)
        assert found == expected(it)
        assert sum(row[-1] for row in strange) == strange_rows(it)
    _, failed = by_python(CASES[name], load_rules())
    own = {(rule, *row[:4]) for rule, rows in found.items() if rule != DOUBLES for row in rows}
    assert own == {row for row in failed if row[0] not in (DOUBLES, "LNG001", "UNI001")}


@pytest.mark.parametrize("place", PLACES)
def test_a_file_with_planted_slips(place: str, big: Path) -> None:
    with ready(big) as it:
        found, strange = PLACES[place](it.export(place), big)
        told = expected(it)
        assert found == told
        assert len(found) > 10
        assert sum(row[-1] for row in strange) == strange_rows(it) > 0


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts())
def test_facts_by_chance(rows: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        path = as_parquet(rows, Path(folder) / "f.parquet")
        with ready(path) as it:
            told = expected(it)
            for place, run in PLACES.items():
                if it.scaled.skeleton.facts:
                    assert run(it.export(place), path)[0] == told
