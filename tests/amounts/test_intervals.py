"""Is the arithmetic contract (ROUNDING.md) kept: what can a rounded figure truly be, and can a relation hold?"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import checker
from checker.amounts.intervals import Interval, clipped, holds, improbable, interval, total
from tests.build import PROPERTY

STEPS = 8
"""Grid points per unit of value when an interval is listed point by point."""

values = st.integers(-6, 6)
units = st.integers(0, 3)
weights = st.sampled_from([-2, -1, 1, 2])
figures = st.tuples(weights, values, units)


def true_values(value: int, unit: int, truncated: bool) -> set[int]:
    """By definition, everything a printed figure may truly be, on a grid of STEPS per unit of value."""
    value, unit = value * STEPS, unit * STEPS
    if not truncated or unit == 0:
        return set(range(value - unit // 2, value + unit // 2 + 1))
    up, down = set(range(value, value + unit)), set(range(value - unit + 1, value + 1))
    return up | down if value == 0 else up if value > 0 else down


def points(span: Interval) -> set[int]:
    """The grid points of an interval (which counts in half units of value)."""
    lo, hi = span.lo * STEPS // 2, span.hi * STEPS // 2
    return set(range(lo + span.lo_open, hi - span.hi_open + 1))


def summed(parts: Sequence[set[int]]) -> set[int]:
    """Every sum of one element of each."""
    sums = {0}
    for part in parts:
        sums = {s + p for s in sums for p in part}
    return sums


def test_a_rounded_figure_is_closed_at_both_ends() -> None:
    assert interval(69_631, 1_000) == Interval(138_262, 140_262, False, False)
    assert interval(10, 1) == Interval(19, 21)
    assert interval(-10, 1) == Interval(-21, -19)
    assert interval(0, 4) == Interval(-4, 4)


def test_an_exact_figure_is_a_point() -> None:
    assert interval(10, 0) == interval(10, 0, truncated=True) == Interval(20, 20)


def test_a_truncated_figure_lies_away_from_zero_and_is_open_there() -> None:
    assert interval(10, 5, truncated=True) == Interval(20, 30, False, True)
    assert interval(-10, 5, truncated=True) == Interval(-30, -20, True, False)
    assert interval(0, 5, truncated=True) == Interval(-10, 10, True, True)
    assert interval(1, 1, truncated=True) == Interval(2, 4, False, True)
    assert interval(-1, 1, truncated=True) == Interval(-4, -2, True, False)


def test_a_negative_weight_swaps_ends_and_flags() -> None:
    assert Interval(2, 7, False, True).times(-3) == Interval(-21, -6, True, False)
    assert Interval(2, 7, True, False).times(-1) == Interval(-7, -2, False, True)
    assert Interval(2, 7, False, True).times(3) == Interval(6, 21, False, True)
    assert Interval(2, 7, True, False).times(1) == Interval(2, 7, True, False)
    assert Interval(2, 7).times(0) == Interval(0, 0)


def test_an_open_end_of_either_opens_the_end_of_the_sum() -> None:
    assert Interval(1, 2, True, False).plus(Interval(10, 20)) == Interval(11, 22, True, False)
    assert Interval(1, 2).plus(Interval(10, 20, False, True)) == Interval(11, 22, False, True)
    assert total([]) == Interval(0, 0)
    assert total([Interval(1, 2), Interval(3, 5, True, True), Interval(-1, 0)]) == Interval(3, 7, True, True)


@pytest.mark.parametrize(
    ("span", "equal", "at_most"),
    [
        (Interval(-1, 1), True, True),
        (Interval(0, 1), True, True),
        (Interval(0, 1, True, False), False, False),
        (Interval(1, 2), False, False),
        (Interval(-1, 0), True, True),
        (Interval(-1, 0, False, True), False, True),
        (Interval(-2, -1), False, True),
        (Interval(0, 0), True, True),
        (Interval(-1, 1, True, True), True, True),
    ],
)
def test_holds_at_the_ends(span: Interval, equal: bool, at_most: bool) -> None:
    assert (holds("=", span), holds("<=", span)) == (equal, at_most)


@PROPERTY
@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-(10**12), 10**12), st.integers(0, 10**9)), max_size=9))
def test_rounded_figures_follow_the_integer_formula(parts: list[tuple[int, int, int]]) -> None:
    """ROUNDING.md 3 and 4: 2 |sum(w v)| <= sum(|w| u), and 2 sum(w v) <= sum(|w| u) for an inequality."""
    span = total(interval(v, u).times(w) for w, v, u in parts)
    off, bound = sum(w * v for w, v, _ in parts), sum(abs(w) * u for w, _, u in parts)
    assert holds("=", span) == (2 * abs(off) <= bound)
    assert holds("<=", span) == (2 * off <= bound)
    assert type(span.lo) is int and type(span.hi) is int


@PROPERTY
@given(st.integers(1, 60), st.integers(-40, 40), st.integers(1, 1_000_000))
def test_parts_and_total_of_one_unit_may_be_half_their_number_off(parts: int, off: int, unit: int) -> None:
    """ROUNDING.md 3: n parts and a total in the same unit: |difference| <= (n+1)/2 units, the bound included."""
    terms = [interval(unit, unit)] * parts + [interval((parts + off) * unit, unit).times(-1)]
    assert holds("=", total(terms)) == (2 * abs(off) <= parts + 1)


@PROPERTY
@given(st.lists(figures, min_size=1, max_size=3), st.booleans())
def test_a_sum_can_be_zero_exactly_where_true_values_make_it_so(
    parts: list[tuple[int, int, int]], truncated: bool
) -> None:
    span = total(interval(v, u, truncated).times(w) for w, v, u in parts)
    sums = summed([{w * x for x in true_values(v, u, truncated)} for w, v, u in parts])
    assert holds("=", span) == (min(sums) <= 0 <= max(sums))
    assert holds("<=", span) == (min(sums) <= 0)


@PROPERTY
@given(values, units, values, units, st.booleans())
def test_two_statements_meet_where_one_true_value_fits_both(a: int, u: int, b: int, v: int, truncated: bool) -> None:
    one, other = interval(a, u, truncated), interval(b, v, truncated)
    common = true_values(a, u, truncated) & true_values(b, v, truncated)
    assert one.meets(other) == other.meets(one) == bool(common)
    if common:
        assert points(one.met(other)) == points(other.met(one)) == common


def test_the_intersection_keeps_the_ends_and_the_open_ones_of_each() -> None:
    assert Interval(0, 10).met(Interval(2, 12, True, True)) == Interval(2, 10, True, False)
    assert Interval(0, 10, True, True).met(Interval(0, 10)) == Interval(0, 10, True, True)
    assert Interval(0, 10).met(Interval(0, 10, True, True)) == Interval(0, 10, True, True)
    assert Interval(0, 10, True, True).met(Interval(2, 8)) == Interval(2, 8)
    assert Interval(0, 10).meets(Interval(10, 12))
    assert not Interval(0, 10).meets(Interval(10, 12, True, False))
    assert not Interval(0, 10, False, True).meets(Interval(10, 12))
    assert not Interval(0, 9).meets(Interval(10, 12))
    assert not Interval(10, 12).meets(Interval(0, 9))


@PROPERTY
@given(values, units, st.booleans())
def test_clipping_is_the_larger_or_smaller_of_the_figure_and_zero(value: int, unit: int, truncated: bool) -> None:
    span, true = interval(value, unit, truncated), true_values(value, unit, truncated)
    assert points(span.clipped("pos")) == {max(x, 0) for x in true}
    assert points(span.clipped("neg")) == {min(x, 0) for x in true}
    assert span.clipped("") is span
    assert {clipped(x, "pos") for x in true} == {max(x, 0) for x in true}
    assert {clipped(x, "neg") for x in true} == {min(x, 0) for x in true}
    assert {clipped(x, "abs") for x in true} == {abs(x) for x in true}
    assert {clipped(x, "") for x in true} == true


def test_clipping_keeps_an_open_end_only_beyond_zero() -> None:
    assert Interval(-4, 6, True, True).clipped("pos") == Interval(0, 6, False, True)
    assert Interval(-4, 6, True, True).clipped("neg") == Interval(-4, 0, True, False)
    assert Interval(-4, 0, True, True).clipped("pos") == Interval(0, 0)
    assert Interval(0, 4, True, True).clipped("neg") == Interval(0, 0)
    assert Interval(-4, 1, True, True).clipped("pos") == Interval(0, 1, False, True)
    assert Interval(-1, 4, True, True).clipped("neg") == Interval(-1, 0, True, False)
    assert Interval(1, 6, True, True).clipped("pos") == Interval(1, 6, True, True)
    assert Interval(-6, -1, True, True).clipped("neg") == Interval(-6, -1, True, True)
    assert Interval(2, 6, True, True).clipped("neg") == Interval(0, 0)
    assert Interval(-6, -2, True, True).clipped("neg") == Interval(-6, -2, True, True)
    assert Interval(-6, -2, True, True).clipped("pos") == Interval(0, 0)


@PROPERTY
@given(values, units, st.booleans())
def test_the_size_of_a_figure_is_that_of_its_true_values(value: int, unit: int, truncated: bool) -> None:
    span, true = interval(value, unit, truncated), true_values(value, unit, truncated)
    assert points(span.clipped("abs")) == {abs(x) for x in true}


@PROPERTY
@given(st.integers(-6, 6), st.integers(-6, 6), st.booleans(), st.booleans())
def test_the_size_of_any_interval_is_that_of_its_points(a: int, b: int, lo_open: bool, hi_open: bool) -> None:
    lo, hi = min(a, b), max(a, b)
    span = Interval(lo, hi, lo_open and lo < hi, hi_open and lo < hi)
    assert points(span.clipped("abs")) == {abs(x) for x in points(span)}


def test_the_end_farther_from_zero_says_whether_the_size_is_open() -> None:
    assert Interval(-4, 6, True, True).clipped("abs") == Interval(0, 6, False, True)
    assert Interval(-6, 4, True, False).clipped("abs") == Interval(0, 6, False, True)
    assert Interval(-6, 4, False, True).clipped("abs") == Interval(0, 6)
    assert Interval(-4, 6, True, False).clipped("abs") == Interval(0, 6)
    for lo_open, hi_open in ((True, False), (False, True), (False, False)):  # the end that is there closes the size
        assert Interval(-5, 5, lo_open, hi_open).clipped("abs") == Interval(0, 5)
    assert Interval(-5, 5, True, True).clipped("abs") == Interval(0, 5, False, True)
    assert Interval(2, 6, True, True).clipped("abs") == Interval(2, 6, True, True)
    assert Interval(-6, -2, True, False).clipped("abs") == Interval(2, 6, False, True)
    assert Interval(0, 6, False, True).clipped("abs") == Interval(0, 6, False, True)
    assert Interval(-6, 0, True, False).clipped("abs") == Interval(0, 6, False, True)
    assert Interval(0, 0).clipped("abs") == Interval(0, 0)


@PROPERTY
@given(*[st.integers(-9, 9)] * 4)
def test_a_product_reaches_from_the_least_to_the_most_of_all_products(a: int, b: int, c: int, d: int) -> None:
    """On a grid of every whole doubled step; the greatest and the least are at corners, where the grid has points."""
    one, other = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    every = [x * y for x in range(one.lo, one.hi + 1) for y in range(other.lo, other.hi + 1)]
    assert one.product(other) == other.product(one) == Interval(min(every), max(every))


@PROPERTY
@given(values, units, values, units, st.booleans())
def test_the_product_of_two_figures_holds_that_of_their_true_values(
    v: int, u: int, w: int, t: int, truncated: bool
) -> None:
    span = interval(v, u, truncated).product(interval(w, t, truncated))
    ends = (span.lo * STEPS * STEPS // 4, span.hi * STEPS * STEPS // 4)
    true = [x * y for x in true_values(v, u, truncated) for y in true_values(w, t, truncated)]
    assert ends[0] <= min(true) and max(true) <= ends[1]
    if not truncated:
        assert ends == (min(true), max(true))


def test_ends_of_a_product_count_as_closed() -> None:
    assert Interval(1, 3, True, True).product(Interval(2, 4, True, True)) == Interval(2, 12)
    assert Interval(-3, 1).product(Interval(2, 4)) == Interval(-12, 4)
    assert Interval(-3, -1).product(Interval(-4, 2)) == Interval(-6, 12)
    assert Interval(-3, 2).product(Interval(-4, 5)) == Interval(-15, 12)


def test_improbable_is_above_four_standard_deviations() -> None:
    """50 parts and a total: sigma = sqrt(51/12) = 2,06 units, so 8 is inside four sigma (8,25) and 9 is not."""
    assert not improbable(8, [1] * 51)
    assert improbable(9, [1] * 51)
    assert improbable(-9, [1] * 51)
    assert not improbable(-8, [1] * 51)


def test_exactly_four_standard_deviations_is_not_improbable() -> None:
    """3 d^2 = 4 sum(w^2): 3 * 2^2 = 4 * 3 * 1^2, and 3 * 4^2 = 4 * (2^2 + 2^2 + 2^2)."""
    assert not improbable(2, [1, 1, 1])
    assert improbable(3, [1, 1, 1])
    assert not improbable(4, [2, -2, 2])
    assert improbable(5, [2, -2, 2])
    assert not improbable(0, [])


@PROPERTY
@given(st.integers(-(10**9), 10**9), st.lists(st.integers(-(10**6), 10**6), max_size=60))
def test_improbable_formula(difference: int, widths: list[int]) -> None:
    assert improbable(difference, widths) == (3 * difference * difference > 4 * sum(w * w for w in widths))


def test_up_to_four_parts_the_bound_itself_is_probable() -> None:
    """4 sqrt((n+1)/12) is 2,58 for n = 4, bound 2; 2,83 for n = 5, bound 3; 3,06 for n = 6, bound 3."""
    assert [n for n in range(1, 8) if improbable((n + 1) // 2, [1] * (n + 1))] == [5, 7]


EXACT = ("amounts/*.py", "engine/*.py", "kinds/*.py", "facts.py", "confront.py")


def test_no_binary_float_in_the_arithmetic() -> None:
    """No literal with a point, no float(), no round() and no division of anything but a Fraction."""
    package = Path(checker.__file__).parent
    files = sorted(file for pattern in EXACT for file in package.glob(pattern))
    assert len(files) >= 20
    found = []
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            called = isinstance(node, ast.Name) and node.id in ("float", "round")
            divided = (
                isinstance(node, ast.BinOp)
                and isinstance(node.op, ast.Div)
                and not ast.unparse(node.left).startswith("Fraction(")
            )
            if literal or called or divided:
                found.append(f"{file.name}:{ast.unparse(node)}")
    assert found == []
