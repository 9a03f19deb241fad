"""Does `judge`, the arithmetic contract by itself, say of printed figures what ROUNDING.md says?"""

from __future__ import annotations

import doctest
import importlib
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import checker
from checker import judge
from checker.arithmetic import Printed, Verdict
from tests.build import PROPERTY

PACKAGE = Path(checker.__file__).parent
EXAMPLES = sorted(
    ".".join(("checker", *file.relative_to(PACKAGE).with_suffix("").parts))
    for file in PACKAGE.rglob("*.py")
    if ">>>" in file.read_text(encoding="utf-8")
)


def test_there_are_examples_in_docstrings() -> None:
    assert "checker.arithmetic" in EXAMPLES


@pytest.mark.parametrize("module", EXAMPLES)
def test_examples_in_docstrings_give_what_they_say(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert (result.failed, result.attempted > 0) == (0, True)


def said(total: Sequence[Printed], *parts: Sequence[Printed], truncated: bool = False) -> str:
    """The verdict on a sum of parts of weight 1, in one line."""
    verdict = judge(total, [(1, part) for part in parts], truncated)
    off, most = verdict.difference.normalize(), verdict.tolerance.normalize()
    return f"{verdict.status} {verdict.reason or f'{off:f} of {most:f}'}"


def once(value: str, unit: str = "1") -> Sequence[Printed]:
    """A figure stated once."""
    return [(value, unit)]


# ROUNDING.md 3: sums


def test_the_worked_example_of_the_sample_submission() -> None:
    parts = [once(f"{v}000", "1000") for v in (26_958, 4_869, 10_588, 8_854, 18_363)]
    assert said(once("69631000", "1000"), *parts) == "passed_rounding -1000 of 3000"
    assert said(once("69632000", "1000"), *parts) == "passed 0 of 3000"
    assert said(once("69635000", "1000"), *parts) == "passed_rounding 3000 of 3000"
    assert said(once("69636000", "1000"), *parts) == "failed 4000 of 3000"


def test_exact_figures_leave_nothing_to_rounding() -> None:
    assert said(once("3", "0"), once("1", "0"), once("2", "0")) == "passed 0 of 0"
    assert said(once("3.01", "0"), once("1", "0"), once("2", "0")) == "failed 0.01 of 0"
    assert said(once("3"), once("1", "0"), once("2.5", "0")) == "passed_rounding -0.5 of 0.5"
    assert said(once("3"), once("1", "0"), once("2.51", "0")) == "failed -0.51 of 0.5"


def test_weights() -> None:
    assert judge(once("-2440", "1"), [(1, once("2428")), (-1, once("4869"))]) == Verdict(
        "passed_rounding", "", Decimal(1), Decimal("1.5")
    )
    assert judge(once("10"), [(3, once("4")), (0, once("99"))]) == Verdict(
        "passed_rounding", "", Decimal(-2), Decimal(2)
    )
    assert judge(once("9"), [(3, once("4"))]).status == "failed"


# Finer than an øre


@pytest.mark.parametrize(
    ("total", "verdict"),
    [
        ("0.0030", "passed 0 of 0.00015"),
        ("0.0031", "passed_rounding 0.0001 of 0.00015"),
        ("0.0032", "failed 0.0002 of 0.00015"),
        ("0.0028", "failed -0.0002 of 0.00015"),
    ],
)
def test_values_finer_than_an_oere_are_exact(total: str, verdict: str) -> None:
    assert said(once(total, "0.0001"), once("0.0010", "0.0001"), once("0.0020", "0.0001")) == verdict


def test_a_unit_finer_than_the_values_and_one_that_is_no_power_of_ten() -> None:
    assert said(once("2", "0.000002"), once("1", "0"), once("1.000001", "0")) == "passed_rounding -0.000001 of 0.000001"
    assert said(once("2", "0.000002"), once("1", "0"), once("1.0000011", "0")) == "failed -0.0000011 of 0.000001"
    assert said(once("5", "2.5"), once("2.5", "2.5")) == "passed_rounding 2.5 of 2.5"


def test_figures_of_any_length_and_notation() -> None:
    long = "123456789012345678901234567890.01"
    assert said(once(long, "0"), once(long, "0")) == "passed 0 of 0"
    assert said(once("123456789012345678901234567890.02", "0"), once(long, "0")) == "failed 0.01 of 0"
    assert said(once("1e3", "1E+2"), once("9.5e2", "0")) == "passed_rounding 50 of 50"
    assert said(once("-1e-3", "1e-3"), once("0", "0")) == "failed -0.001 of 0.0005"


@pytest.mark.parametrize("text", ["1,5", "en", "", "NaN", "Infinity"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        judge(once(text), [(1, once("1"))])


# What is stated several times, and what is missing


def test_a_figure_stated_twice_is_the_best_known_of_both() -> None:
    millions, thousands = ("3400000", "100000"), ("3426000", "1000")
    parts = (once("2000000", "100000"), once("1300000", "100000"))
    assert said([millions], *parts) == "passed_rounding 100000 of 150000"
    assert said([millions, thousands], *parts) == said([thousands, millions], *parts) == "failed 126000 of 100500"
    assert said([thousands, thousands], once("3426000", "0")) == "passed 0 of 500"


def test_a_figure_whose_statements_disagree_is_not_judged() -> None:
    apart = [("10588", "1"), ("10589", "1")]
    assert said(apart, once("10588")) == said(once("10588"), apart) == "not_evaluated reason.conflict"
    assert said([("3400000", "100000"), ("3351000", "1000")], once("3400000")) != "not_evaluated reason.conflict"
    assert said([("3400000", "100000"), ("3349000", "1000")], once("3400000")) == "not_evaluated reason.conflict"


def test_digits_below_the_unit_are_not_judged() -> None:
    assert said(once("60123", "1000"), once("60000", "1000")) == "not_evaluated reason.excess_digits"
    assert said(once("60000", "1000"), once("60123", "1000")) == "not_evaluated reason.excess_digits"


def test_what_is_missing() -> None:
    assert said([], once("1"), once("2")) == "not_evaluated reason.total_missing"
    assert said([], once("1")) == "not_evaluated reason.total_missing"
    assert said([], []) == "not_evaluated reason.total_missing"
    assert said(once("3"), once("1"), []) == "not_evaluated reason.part_missing"
    assert said(once("3"), [], []) == "not_evaluated reason.parts_missing"
    assert said(once("3")) == said(once("0")) == "not_evaluated reason.parts_missing"
    nothing = judge([], [(1, once("1"))])
    assert (nothing.difference, nothing.tolerance) == (Decimal(0), Decimal(0))


def test_figures_that_are_cut_off() -> None:
    assert said(once("4"), once("1"), once("2"), truncated=True) == "passed_rounding 1 of 2"
    assert said(once("5"), once("1"), once("2"), truncated=True) == "failed 2 of 2"
    assert said(once("2"), once("1"), once("2"), truncated=True) == "failed -1 of 1"
    assert said(once("-4"), once("-1"), once("-2"), truncated=True) == "passed_rounding -1 of 2"


# By definition


@PROPERTY
@given(
    st.lists(
        st.tuples(st.sampled_from([-2, -1, 1, 3]), st.integers(-99, 99), st.integers(0, 3)), min_size=1, max_size=6
    ),
    st.integers(-99, 99),
    st.integers(0, 3),
)
def test_the_integer_formula(parts: list[tuple[int, int, int]], total: int, digits: int) -> None:
    """ROUNDING.md 3: 2 |sum(w v)| <= sum(|w| u), with figures of so many decimals and the total as a term of -1."""
    stated = [(-1, total, digits), *parts]
    off = sum(w * Fraction(v, 10**d) for w, v, d in stated)
    bound = sum(abs(w) * Fraction(1, 10**d) for w, _, d in stated)
    verdict = judge(
        [(f"{total}e-{digits}", f"1e-{digits}")],
        [(w, [(f"{v}e-{d}", f"1e-{d}")]) for w, v, d in parts],
    )
    assert verdict.status == ("passed" if off == 0 else "passed_rounding" if 2 * abs(off) <= bound else "failed")
    assert (Fraction(verdict.difference), Fraction(verdict.tolerance)) == (-off, bound / 2)
