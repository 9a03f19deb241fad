"""The hard cases, put to both plans: bounds, doubles, gaps, units, sums beyond 64 bits, weights, years."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from checker.rulefile import load_rules
from tests.scale.build import Row, as_csv, as_parquet, by_plans, by_python

TKR, KR = Decimal(1000), Decimal(1)
TREE = {"i alt": ("total", None), **{f"L{n}": (None, "i alt") for n in range(1, 5)}}


def table(
    values: str, unit: Decimal | None = TKR, entity: str = "Nord", measure: str = "regnskab", **more: object
) -> list[Row]:
    """'i alt=5 L1=2' in kr. times 1.000, of 2023."""
    made = []
    for pair in values.replace("i alt", "i_alt").split():
        line, value = pair.split("=")
        name = line.replace("_", " ")
        amount = Decimal(value) * TKR if value != "-" else None
        made.append(Row(entity, "Regnskab", name, measure, 2023, amount, unit, None, *TREE[name])._replace(**more))  # type: ignore[arg-type]
    return made


def huge(rows: list[Row]) -> list[Row]:
    """The same with values near the limit."""
    return [r._replace(value=(r.value or 0) * HUGE) for r in rows]


HUGE = Decimal(39) * 10**12  # 3,9e16 kr. are 3,9e18 øre: three of them leave 64 bits
CASES: dict[str, list[Row]] = {
    "exactly what rounding explains": table("i alt=6 L1=1 L2=1 L3=1 L4=1"),
    "one unit past it": table("i alt=7 L1=1 L2=1 L3=1 L4=1"),
    "an exact duplicate": [*table("i alt=2 L1=1 L2=1"), *table("L1=1")],
    "a duplicate that differs": [*table("i alt=2 L1=1 L2=1"), *table("L1=2")],
    "null": table("i alt=2 L1=1 L2=-"),
    "a missing total": [*table("L1=1 L2=1"), *table("i alt=3 L1=1 L2=2", measure="korrigeret_budget")],
    "a missing part": [*table("i alt=2 L1=1"), *table("i alt=3 L1=1 L2=2", measure="korrigeret_budget")],
    "only a total": [*table("i alt=2"), *table("i alt=3 L1=1 L2=2", measure="korrigeret_budget")],
    "an unknown measure": [*table("i alt=2 L1=1 L2=1"), *table("L1=1", measure="regnskap")],
    "two units that meet": [*table("i alt=2 L1=1 L2=1"), *table("i alt=1.6 L1=1.4 L2=0.6", unit=KR, statement="B")],
    "two units that do not": [*table("i alt=2 L1=1 L2=1"), *table("i alt=1.4 L1=1 L2=1", unit=KR, statement="B")],
    "a unit and none": [*table("i alt=2 L1=1 L2=1"), *table("i alt=2 L1=1 L2=1", unit=None, statement="B")],
    "digits below the unit": table("i alt=2.5 L1=1 L2=1"),
    "sums beyond 64 bits": [
        r._replace(value=(r.value or 0) * HUGE) for r in table("i alt=0.02 L1=0.01 L2=0.01 L3=0.01 L4=-0.01")
    ],
    "values beyond the limit": huge(table("i alt=2 L1=1 L2=1")),
    "sums beyond 64 bits that fail": [
        r._replace(value=(r.value or 0) * HUGE) for r in table("i alt=0.001 L1=0.001 L2=0.001 L3=0.001 L4=0.001")
    ],
    "weight minus one": [
        *table("L1=5 L2=7", measure="korrigeret_budget"),
        *table("L1=3 L2=9"),
        *table("L1=2 L2=-1", measure="over_underskud", basis="korrigeret_budget"),
    ],
    "a line that one area lacks": [*table("i alt=3 L1=1 L2=2"), *table("i alt=3 L1=3", entity="Syd")],
    "a year that one area lacks": [*table("i alt=3 L1=1 L2=2"), *table("i alt=3 L1=1 L2=2", entity="Syd", year=2022)],
    "opening and closing": [
        *table("L1=5 L2=7", measure="ultimo", year=2022),
        *table("L1=5 L2=6", measure="primo"),
        *table("L1=1", measure="ultimo"),
    ],
    "carried more than the surplus": [
        *table("L1=5 L2=-2", measure="over_underskud", basis="korrigeret_budget"),
        *table("L1=6 L2=1", measure="overfoersel_soegt", statement="B"),
    ],
    "names with odd signs": [r._replace(entity="Nord · 'æ\"%{}$'", line=r.line) for r in table("i alt=3 L1=1 L2=1")],
    "no area": [r._replace(entity="") for r in table("i alt=3 L1=1 L2=1")],
}


@pytest.mark.parametrize("name", CASES)
def test_both_plans_say_what_the_ordinary_path_says(name: str, tmp_path: Path) -> None:
    rows = CASES[name]
    expected, _ = by_python(rows, load_rules())
    for found in by_plans(as_parquet(rows, tmp_path / "f.parquet"), load_rules()):
        assert dict(found) == dict(expected)


@pytest.mark.parametrize("name", CASES)
def test_the_same_of_a_text_file(name: str, tmp_path: Path) -> None:
    rows = CASES[name]
    (tmp_path / "f.csv").write_text(as_csv(rows), encoding="utf-8")
    expected, _ = by_python(rows, load_rules())
    for found in by_plans(tmp_path / "f.csv", load_rules()):
        assert dict(found) == dict(expected)


@pytest.mark.parametrize("name", [name for name in CASES if "64 bits" not in name and "limit" not in name])
def test_the_same_of_binary_numbers(name: str, tmp_path: Path) -> None:
    exact, binary = as_parquet(CASES[name], tmp_path / "f.parquet"), tmp_path / "g.parquet"
    duckdb.sql(f"COPY (SELECT * REPLACE (value::DOUBLE AS value) FROM '{exact}') TO '{binary}'")
    expected, _ = by_python(CASES[name], load_rules())
    for found in by_plans(binary, load_rules()):
        assert dict(found) == dict(expected)


def test_a_blank_cell_without_a_unit_in_a_text_file(tmp_path: Path) -> None:
    rows = [*table("i alt=2 L1=1 L2=1", unit=None), *table("L3=-", unit=None)]
    (tmp_path / "f.csv").write_text(as_csv(rows), encoding="utf-8")
    expected, _ = by_python(rows, load_rules())
    for found in by_plans(tmp_path / "f.csv", load_rules()):
        assert dict(found) == dict(expected)


def test_the_cases_are_of_every_status() -> None:
    said = {status for rows in CASES.values() for _, status in by_python(rows, load_rules())[0]}
    assert {"passed", "passed_rounding", "failed", "not_evaluated"} <= said


ALMOST = (("Nord", TKR, "6"), ("Syd", KR, "6.999"), ("Vest", 100 * KR, "6.9"))
"""Areas that state their balances in units of their own, each a unit off from one year to the next."""


def balances(second: Decimal | None) -> list[Row]:
    """Closing and opening balances of the areas; where a second unit is given, also in a table of that unit."""
    rows = []
    for entity, unit, opening in ALMOST:
        for own, statement in ((unit, "Balance"), *([(second, "Bilag")] if second else [])):
            said = opening if own == unit else "7"
            rows += table("L1=5 L2=7", own, entity, "ultimo", year=2022, statement=statement)
            rows += table(f"L1=5 L2={said}", own, entity, "primo", statement=statement)
    return rows


@pytest.mark.parametrize("second", [None, TKR, 100 * TKR])
@pytest.mark.parametrize("order", [1, -1])
def test_what_must_hold_as_printed_is_judged_by_the_units_of_each_area(
    second: Decimal | None, order: int, tmp_path: Path
) -> None:
    rows, rules = balances(second)[::order], load_rules("dk-balance")
    expected, _ = by_python(rows, rules)
    assert expected["BAL004", "failed"] == 3 or second
    for found in by_plans(as_parquet(rows, tmp_path / "f.parquet"), rules):
        assert dict(found) == dict(expected)
