"""The big benchmark files: the same for the same seed, with exactly the slips that were planted."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from benchmarks import big_hand
from benchmarks.big_facts import Planted, write
from benchmarks.big_shape import ABSENT, EDITS, FAILED, RULES
from benchmarks.big_truth import confronted, counts_of, failed_of, unexplained

FACTS = 2_600
YEARS = 3


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("big")
    write(folder / "facts.csv", FACTS, years=YEARS)
    return write(folder / "facts.parquet", FACTS, years=YEARS)


def rows(path: Path) -> list[tuple[object, ...]]:
    with duckdb.connect() as base:
        return base.execute(f"FROM '{path}'").fetchall()


def test_the_same_seed_gives_the_same_rows_and_another_does_not(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write(tmp_path / f"{name}.parquet", FACTS, seed=seed, years=YEARS)
    one, again, other = (rows(tmp_path / f"{name}.parquet") for name in "abc")
    assert one == again
    assert one != other


def test_every_kind_of_slip_is_planted(tmp_path: Path) -> None:
    many = write(tmp_path / "many.parquet", 60_000)
    assert set(many.counts()) == {edit.kind for edit in EDITS}
    assert big_hand.failed(tmp_path / "many.parquet").keys() == many.keys(FAILED)


def test_hand_written_sql_finds_what_is_planted_and_nothing_else(planted: Planted) -> None:
    path = planted.expected.with_name("facts.parquet")
    assert big_hand.failed(path).keys() == planted.keys(FAILED)
    assert set(big_hand.run(path)) == set(RULES)


def test_nothing_fails_where_nothing_is_planted(tmp_path: Path) -> None:
    clean = write(tmp_path / "clean.parquet", FACTS, errors=False, years=YEARS)
    assert clean.counts() == {}
    assert big_hand.failed(tmp_path / "clean.parquet") == {}
    statuses = {status for rule in big_hand.run(tmp_path / "clean.parquet").values() for status in rule}
    assert statuses == {"passed", "passed_rounding"}


def test_the_python_path_says_of_every_slip_what_is_planted(planted: Planted) -> None:
    found = confronted(planted.expected.with_name("facts.csv"))
    path = planted.expected.with_name("facts.parquet")
    assert unexplained(found, planted) == []
    assert planted.keys(ABSENT)
    assert counts_of(found) == big_hand.run(path)
    assert failed_of(found) == big_hand.failed(path).keys()


def test_a_folder_split_by_year_holds_the_same_facts(planted: Planted, tmp_path: Path) -> None:
    write(tmp_path / "split", FACTS, years=YEARS)
    assert big_hand.run(tmp_path / "split") == big_hand.run(planted.expected.with_name("facts.parquet"))
