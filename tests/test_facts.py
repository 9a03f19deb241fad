"""Which point does a fact state, when do facts agree, and what is the best known interval?"""

from __future__ import annotations

import dataclasses
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import confront, errors, facts
from checker.amounts import intervals, numbers, units
from checker.amounts.intervals import Interval, interval
from checker.engine import python
from checker.facts import DIMENSIONS, Index, Point, agree, has_excess_digits, point
from checker.kinds import base
from checker.model import document, outcomes, rules, submission
from checker.model.submission import DataPoint
from tests.build import KR, MIO, OERE, PROPERTY, TKR, fact


@pytest.mark.parametrize(
    "module",
    [document, outcomes, rules, submission, facts, confront, errors, intervals, numbers, units, base, python],
    ids=lambda module: module.__name__,
)
def test_what_passes_between_stages_is_frozen_and_slotted(module: ModuleType) -> None:
    classes = [c for c in vars(module).values() if isinstance(c, type) and c.__module__ == module.__name__]
    public = [c for c in classes if dataclasses.is_dataclass(c) and not c.__name__.startswith("_")]
    assert public
    for each in public:
        assert each.__dataclass_params__.frozen, each  # type: ignore[attr-defined]
        assert "__slots__" in vars(each), each


def test_a_data_point_is_what_a_figure_is_about() -> None:
    made = fact(5, scope="drift", basis="korrigeret_budget", as_of="31 marts", price_year=2020)
    assert made.point == DataPoint("IT", "drift", "1", "regnskab", 2023, "korrigeret_budget", 2020, "31 marts")
    assert fact(5, price_year=2023).point == fact(9, KR, statement="T2").point
    assert fact(5, price_year=2022).point != fact(5).point


@pytest.mark.parametrize(
    ("value", "unit", "dimension", "excess"),
    [
        (60_123 * KR, TKR, "kr", True),
        (60_000 * KR, TKR, "kr", False),
        (0, TKR, "kr", False),
        (-60_123 * KR, TKR, "kr", True),
        (5, 2, "kr", False),  # read to the nearest øre: the unit of two is the reader's own
        (5, 3, "kr", True),
        (5, OERE, "kr", False),
        (5, 0, "kr", False),
        (5, TKR, "number", False),
        (5, TKR, "percent", False),
    ],
)
def test_excess_digits(value: int, unit: int, dimension: str, excess: bool) -> None:
    assert has_excess_digits(fact(value, unit, dimension=dimension)) is excess


def test_the_same_unit_admits_no_difference() -> None:
    """ROUNDING.md 2: 10.588 against 10.589 in two tables has failed."""
    assert not agree([fact(10_588 * TKR), fact(10_589 * TKR)])
    assert agree([fact(10_588 * TKR), fact(10_588 * TKR)])
    assert agree([fact(10_588 * TKR)])
    assert agree([])


def test_different_units_must_meet_ends_included() -> None:
    coarse = fact(12 * MIO // 10, MIO // 10)
    assert agree([coarse, fact(1_250 * TKR)])
    assert agree([coarse, fact(1_150 * TKR)])
    assert not agree([coarse, fact(1_251 * TKR)])
    assert not agree([coarse, fact(1_149 * TKR)])


def test_all_statements_must_share_a_value_not_only_each_with_the_first() -> None:
    """1 mio. is 0,5 to 1,5; both 0,6 and 1,4 meet it and yet not each other, though their units differ."""
    million = fact(MIO, MIO)
    assert agree([million, fact(6 * MIO // 10, MIO // 10)])
    assert agree([million, fact(140 * MIO // 100, MIO // 100)])
    assert not agree([million, fact(6 * MIO // 10, MIO // 10), fact(140 * MIO // 100, MIO // 100)])
    assert not agree([fact(6 * MIO // 10, MIO // 10), million, fact(140 * MIO // 100, MIO // 100)])


def test_truncated_statements_meet_away_from_zero_and_not_at_the_open_end() -> None:
    cut = fact(12 * MIO // 10, MIO // 10)
    assert agree([cut, fact(1_299 * TKR)], truncated=True)
    assert not agree([cut, fact(1_300 * TKR)], truncated=True)
    assert agree([cut, fact(1_200 * TKR)], truncated=True)
    assert not agree([cut, fact(1_199 * TKR)], truncated=True)


def test_a_point_is_the_most_precise_fact_and_the_intersection_of_all() -> None:
    """3,4 mio. and 3.426 t.kr. of one data point: the value is 3.426, known to half a thousand."""
    coarse = fact(34 * MIO // 10, MIO // 10, statement="T2", scope="drift", basis="b", as_of="d")
    fine = fact(3_426 * TKR, statement="T1", scope="drift", basis="b", as_of="d")
    expected = Point(
        *("IT", "drift", "1", "regnskab", 2023, "b", "d"),
        facts=(coarse, fine),
        value=3_426 * TKR,
        unit=TKR,
        span=Interval(6_851 * TKR, 6_853 * TKR),
        kind="kr",
    )
    assert point((coarse, fine)) == expected
    assert [expected.coordinate(name) for name in DIMENSIONS] == ["drift", "1", 2023, "b", "d"]


def test_the_intersection_can_be_narrower_than_each_statement() -> None:
    """1,2 mio. is 1.150 to 1.250; 1.250 is 1.249,5 to 1.250,5: together 1.249,5 to 1.250."""
    both = point((fact(12 * MIO // 10, MIO // 10), fact(1_250 * TKR, fact_id="b")))
    assert (both.value, both.unit, both.span, both.bad) == (
        *(1_250 * TKR, TKR),
        *(Interval(2_499 * TKR, 2_500 * TKR), ""),
    )


def test_among_equally_precise_facts_the_first_id_speaks() -> None:
    one, other = fact(5 * TKR, fact_id="b", as_printed="5"), fact(5 * TKR, fact_id="a", as_printed="5,-", line="2")
    assert point((one, other)).line == "2"
    assert point((other, one)).line == "2"


def test_a_truncated_point() -> None:
    assert point((fact(5 * TKR),), truncated=True).span == Interval(10 * TKR, 12 * TKR, False, True)
    assert point((fact(5 * TKR), fact(6 * TKR)), truncated=True).bad == "reason.conflict"


def test_why_a_point_cannot_be_used() -> None:
    assert point((fact(5 * TKR), fact(6 * TKR))).bad == "reason.conflict"
    assert point((fact(5 * TKR), fact(5 * TKR + KR))).bad == "reason.excess_digits"
    assert point((fact(5 * TKR, unit_known=False), fact(5 * TKR))).bad == "reason.unit_unknown"
    assert point((fact(5 * TKR, unit_known=False), fact(5 * TKR, unit_known=False))).bad == ""
    assert point((fact(5 * TKR + KR, unit_known=False), fact(5 * TKR))).bad == "reason.excess_digits"
    assert point((fact(5 * TKR, unit_known=False), fact(6 * TKR))).bad == "reason.unit_unknown"
    assert point((fact(5 * TKR),)).bad == ""
    assert point((fact(5 * TKR), fact(6 * TKR))).span == interval(5 * TKR, TKR)


def test_within_keeps_statements_apart_and_across_joins_them() -> None:
    here, there = fact(5 * TKR), fact(5_001 * KR, KR, statement="T2")
    other = fact(7 * TKR, line="2", statement="T2")
    index = Index((here, there, other))
    assert index.within == {"T1": [point((here,))], "T2": [point((there,)), point((other,))]}
    assert index.across == [point((here, there)), point((other,))]
    assert Index((here,), truncated=True).within["T1"][0].span.hi_open
    assert Index((here,), truncated=True).across[0].span.hi_open


def test_twice_in_one_table_is_one_point_there_too() -> None:
    twice = (fact(5 * TKR, fact_id="a"), fact(6 * TKR, fact_id="b"))
    assert Index(twice).within == {"T1": [point(twice)]}
    assert Index(twice).within["T1"][0].bad == "reason.conflict"


statements = st.lists(
    st.tuples(st.integers(-40, 40), st.sampled_from([1, 2, 10])).map(lambda p: (p[0] * p[1], p[1])),
    min_size=1,
    max_size=4,
)


@PROPERTY
@given(statements)
def test_facts_agree_where_equal_units_are_equal_and_one_value_fits_all(stated: list[tuple[int, int]]) -> None:
    made = [fact(v, u, fact_id=str(i)) for i, (v, u) in enumerate(stated)]
    low, high = max(2 * v - u for v, u in stated), min(2 * v + u for v, u in stated)
    equal = all(v == w for v, u in stated for w, x in stated if u == x)
    assert agree(made) == agree(reversed(made)) == (equal and low <= high)
    if agree(made):
        assert point(tuple(made)).span == Interval(low, high)
