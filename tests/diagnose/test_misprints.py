"""Which values may a figure have had before a slip of the pen or the keyboard?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.diagnose.misprints import LOOSE, SIMPLE, Misprint, is_last_years, misprints, of_parts
from checker.model.submission import NUMBER, PERCENT, PRIOR, Fact
from tests.build import KR, MIO, OERE, PROPERTY, TKR, fact


def values(given_: Fact, kind: str) -> list[int]:
    """The values of one kind of slip, in units of the figure; those that it cannot print are asked for below."""
    step = given_.unit or 1
    return sorted({m.value // step for m in misprints(given_) if m.kind == kind and m.value % step == 0})


def printed(value: int, unit: int = TKR, **changes: object) -> Fact:
    """A figure of so many units."""
    return fact(value * unit, unit, **changes)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("sign", [-204]),
        ("scale", [204_000]),
        ("swapped", [240]),
        ("digit_extra", [20, 24]),
        ("digit", [104, *range(200, 204), *range(205, 210), *range(214, 300, 10), *range(304, 1000, 100)]),
    ],
)
def test_every_slip_of_a_figure(kind: str, found: list[int]) -> None:
    """'024' for swapped and '04' for extra are no figures; '004' is none for a wrong digit."""
    assert values(printed(204), kind) == found


def test_a_missing_digit_may_have_stood_anywhere_but_as_a_zero_in_front() -> None:
    found = values(printed(24), "digit_missing")
    assert found == sorted({*range(124, 1000, 100), *(204 + 10 * n for n in range(10)), *range(240, 250)})
    assert 24 not in found


@pytest.mark.parametrize("value", [204, 1120, 7])
def test_a_negative_figure_has_the_slips_of_a_positive_one_with_its_sign(value: int) -> None:
    for kind in ("sign", "scale", "swapped", "digit", "digit_missing", "digit_extra"):
        assert values(printed(-value), kind) == sorted(-v for v in values(printed(value), kind))


def test_simple_slips_cost_less_than_those_that_lead_to_many_values() -> None:
    costs = {m.kind: m.cost for m in misprints(printed(204))}
    assert costs == {
        **dict.fromkeys(("sign", "scale", "swapped"), SIMPLE),
        **dict.fromkeys(("digit", "digit_missing", "digit_extra"), LOOSE),
    }


def test_nothing_has_no_sign_and_no_other_unit() -> None:
    assert {m.kind for m in misprints(printed(0))} == {"digit", "digit_missing"}
    assert values(printed(0), "digit") == list(range(1, 10))
    assert values(printed(0), "digit_missing") == list(range(10, 100, 10))


def test_one_digit_may_be_wrong_and_nothing_too_much() -> None:
    assert values(printed(5), "digit") == [0, 1, 2, 3, 4, 6, 7, 8, 9]
    assert values(printed(5), "digit_extra") == []
    assert values(printed(5), "swapped") == []


def test_equal_neighbours_cannot_be_swapped() -> None:
    assert values(printed(1122), "swapped") == [1212]
    assert values(printed(777), "swapped") == []


def test_a_figure_in_thousands_may_be_one_in_ones() -> None:
    assert values(printed(482_000), "scale") == [482, 482_000_000]


def test_decimals_are_digits_as_others_are() -> None:
    """12,3 mio. kr. in a column with one decimal."""
    figure = printed(123, MIO // 10)
    assert values(figure, "swapped") == [132, 213]
    assert values(figure, "digit_extra") == [12, 13, 23]
    assert 1239 in values(figure, "digit_missing")
    assert {m.value % (MIO // 10) for m in misprints(figure) if m.kind != "scale"} == {0}


@pytest.mark.parametrize(("value", "step"), [(120_000, 100), (120_050, 1)])
def test_an_exact_amount_counts_kroner_or_where_it_must_oere(value: int, step: int) -> None:
    swapped = {m.value for m in misprints(fact(value, 0)) if m.kind == "swapped"}
    assert swapped == {
        int("".join(text)) * step
        for digits in [str(value // step)]
        for i in range(len(digits) - 1)
        if digits[i] != digits[i + 1]
        for text in [[*digits[:i], digits[i + 1], digits[i], *digits[i + 2 :]]]
        if text[0] != "0"
    }


@pytest.mark.parametrize("dimension", [NUMBER, PERCENT])
def test_what_is_no_amount_is_counted_in_millionths_where_it_is_exact(dimension: str) -> None:
    assert {m.value for m in misprints(fact(12, 0, dimension=dimension)) if m.kind == "swapped"} == {21}
    rounded = fact(12_000_000, 1_000_000, dimension=dimension)
    assert {m.value for m in misprints(rounded) if m.kind == "swapped"} == {21_000_000}


UNITS = st.sampled_from([OERE, KR, TKR, MIO // 10, MIO])


@PROPERTY
@given(st.integers(-99_999, 99_999), UNITS)
def test_no_slip_leaves_a_figure_as_it_is(value: int, unit: int) -> None:
    assert all(m.value != value * unit for m in misprints(printed(value, unit)))


@settings(PROPERTY, max_examples=40)
@given(st.integers(1, 99_999), UNITS)
def test_every_slip_but_an_extra_digit_can_be_made_back(value: int, unit: int) -> None:
    """What swaps, turns or mistypes one figure into the other does so the other way round."""
    back = {"sign": "sign", "swapped": "swapped", "digit": "digit", "digit_missing": "digit_extra"}
    for m in misprints(printed(value, unit)):
        if m.kind in back and m.value:
            before = {(b.kind, b.value) for b in misprints(fact(m.value, unit))}
            assert (back[m.kind], value * unit) in before, m


@PROPERTY
@given(st.integers(1, 99_999), st.sampled_from([KR, TKR, MIO // 10, MIO]))
def test_every_slip_leads_to_what_can_be_printed_in_the_unit(value: int, unit: int) -> None:
    assert all(m.value % unit == 0 for m in misprints(printed(value, unit)))


def test_the_zero_before_a_comma_may_be_swapped() -> None:
    """1,05 mio. kr. for 0,15."""
    assert 15 in values(printed(105, MIO // 100, as_printed="1,05 mio. kr."), "swapped")


def test_a_sum_may_lack_a_part_or_have_it_twice() -> None:
    parts = [printed(40, fact_id="p"), printed(0, fact_id="nothing"), printed(-7, fact_id="q")]
    assert list(of_parts(printed(100), parts)) == [
        Misprint("line_missing", 140 * TKR, TKR, SIMPLE, "p"),
        Misprint("line_twice", 60 * TKR, TKR, SIMPLE, "p"),
        Misprint("line_missing", 93 * TKR, TKR, SIMPLE, "q"),
        Misprint("line_twice", 107 * TKR, TKR, SIMPLE, "q"),
    ]


OWN = printed(100, year=2023)


@pytest.mark.parametrize(
    ("changes", "is_it"),
    [
        ({}, True),
        ({"statement": "prior.T1", "submission": PRIOR}, True),
        ({"statement": "T2"}, False),
        ({"year": 2021}, False),
        ({"year": None}, False),
        ({"line": "2"}, False),
        ({"scope": "anlaeg"}, False),
        ({"measure": "budget"}, False),
        ({"value": 101 * TKR}, False),
        ({"unit": KR}, False),
        ({"entity": "Skole"}, False),
    ],
)
def test_last_years_figure_is_that_of_the_same_line_a_year_before(changes: dict[str, object], is_it: bool) -> None:
    before = replace(OWN, **{"year": 2022} | changes)  # type: ignore[arg-type]
    assert is_last_years(OWN, [OWN, before]) is is_it


def test_nothing_and_what_has_no_year_are_not_last_years() -> None:
    nothing = printed(0, year=2023)
    assert not is_last_years(nothing, [replace(nothing, year=2022)])
    assert not is_last_years(replace(OWN, year=None), [replace(OWN, year=2022)])
