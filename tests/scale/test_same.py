"""Do the plans for large sources say what the ordinary path says of the same facts?"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.model.rules import RuleSet
from checker.rulefile import load_rules
from tests.scale.build import Row, as_csv, as_parquet, by_plans, by_python

TKR, KR = Decimal(1000), Decimal(1)
LINES = {"i alt": ("total", None), "A": (None, "i alt"), "B": (None, "i alt"), "C": (None, None)}
MEASURES = ("regnskab", "korrigeret_budget", "over_underskud", "overfoersel_soegt", "oprindeligt_budget")


@cache
def rules() -> RuleSet:
    """The shipped rules."""
    return load_rules()


@st.composite
def facts(draw: st.DrawFn) -> list[Row]:
    """Up to three areas, two tables, four lines, five measures, two years; a few missing, double, contradicting."""
    measures = draw(st.lists(st.sampled_from(MEASURES), min_size=1, max_size=4, unique=True))
    years = draw(st.sampled_from([[2023], [2022, 2023]]))
    made: list[Row] = []
    for entity in ("Nord", "Syd", "Øst")[: draw(st.integers(1, 3))]:
        for statement in ("Regnskab", "Overførsler")[: draw(st.integers(1, 2))]:
            unit = draw(st.sampled_from([TKR, KR, Decimal(0), None]))
            for line, (role, parent) in LINES.items():
                for measure in measures:
                    for year in years:
                        value = draw(st.integers(-4, 4)) * (unit or KR)
                        made.append(Row(entity, statement, line, measure, year, value, unit, None, role, parent))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(made) - 1))
        what = draw(st.sampled_from(["drop", "twice", "other", "odd", "blank", "word"]))
        row = made[at]
        change = {
            "twice": [row, row],
            "other": [row, row._replace(value=(row.value or KR) + TKR)],
            "odd": [row._replace(value=(row.value or KR) + Decimal("0.5"))],
            "blank": [row._replace(value=None)],
            "word": [row._replace(measure="regnskap")],
            "drop": [],
        }[what]
        made[at : at + 1] = change
        if not made:
            return [row]
    return made


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts())
def test_both_plans_say_what_the_ordinary_path_says(rows: list[Row]) -> None:
    expected, _ = by_python(rows, rules())
    with TemporaryDirectory() as folder:
        text = Path(folder) / "f.csv"
        text.write_text(as_csv(rows), encoding="utf-8")
        for file in (as_parquet(rows, Path(folder) / "f.parquet"), text):
            for found in by_plans(file, rules()):
                assert dict(found) == dict(expected)


def test_a_wrong_total_is_found_and_shown_with_its_calculation(tmp_path: Path) -> None:
    rows = [
        Row(entity, "R", line, "regnskab", 2023, TKR * value, TKR, None, *LINES[line])
        for entity, total in (("Nord", 5), ("Syd", 9))
        for line, value in (("i alt", total), ("A", 2), ("B", 3))
    ]
    expected, failed = by_python(rows, rules())
    assert failed == {("SUM001", "Syd", "i alt", "regnskab", 2023)}
    for found in by_plans(as_parquet(rows, tmp_path / "f.parquet"), rules()):
        assert dict(found) == dict(expected)


pytestmark = pytest.mark.filterwarnings("error")
