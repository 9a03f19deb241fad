"""Is an amount printed exactly, in the right unit and with the language's separators?"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.amounts.show import base_and_decimals, figure, grouped, plain_decimal
from checker.amounts.units import BILLION, KRONE, MILLION, OERE, THOUSAND, read_amount
from checker.model.submission import KR, NUMBER, PERCENT, SCALE
from tests.build import PROPERTY

POWERS = [10**n for n in range(12)]


@pytest.mark.parametrize(
    ("show", "base", "decimals"),
    [
        (0, KRONE, 2),
        (1, KRONE, 2),
        (2, KRONE, 2),
        (10, KRONE, 1),
        (100, KRONE, 0),
        (1_000, THOUSAND, 2),
        (10_000, THOUSAND, 1),
        (100_000, THOUSAND, 0),
        (1_000_000, MILLION, 2),
        (10_000_000, MILLION, 1),
        (100_000_000, MILLION, 0),
        (1_000_000_000, BILLION, 2),
        (10_000_000_000, BILLION, 1),
        (100_000_000_000, BILLION, 0),
        (1_000_000_000_000, KRONE, 2),
        (50, KRONE, 2),
    ],
)
def test_unit_word_and_decimals(show: int, base: int, decimals: int) -> None:
    assert base_and_decimals(show) == (base, decimals)


@pytest.mark.parametrize(
    ("value", "decimals", "danish", "english"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1_000, 0, "1.000", "1,000"),
        (-1_234_567, 0, "-1.234.567", "-1,234,567"),
        (1_234_567, 2, "12.345,67", "12,345.67"),
        (-5, 2, "-0,05", "-0.05"),
        (5, 1, "0,5", "0.5"),
        (100, 2, "1,00", "1.00"),
    ],
)
def test_separators(value: int, decimals: int, danish: str, english: str) -> None:
    assert grouped(value, decimals, "da") == danish
    assert grouped(value, decimals, "en") == english


def test_a_plus_is_printed_where_the_sign_is_asked_for_and_never_on_zero() -> None:
    assert [grouped(v, 0, "da", signed=True) for v in (1, 0, -1)] == ["+1", "0", "-1"]
    assert [grouped(v, 0, "da") for v in (1, 0, -1)] == ["1", "0", "-1"]


@pytest.mark.parametrize(
    ("value", "show", "danish", "english"),
    [
        (6_963_100_000, THOUSAND, "69.631 t.kr.", "69,631 thousand DKK"),
        (32_845_500, KRONE, "328.455 kr.", "328,455 DKK"),
        (145, OERE, "1,45 kr.", "1.45 DKK"),
        (15, 0, "0,15 kr.", "0.15 DKK"),
        (340_000_000, 10_000_000, "3,4 mio. kr.", "3.4 million DKK"),
        (300_000_000, MILLION, "3 mio. kr.", "3 million DKK"),
        (120_000_000_000, 10_000_000_000, "1,2 mia. kr.", "1.2 billion DKK"),
        (340_000_000, 1_000_000, "3,40 mio. kr.", "3.40 million DKK"),
        # digits are added where the unit cannot show the value
        (-143_652_900, THOUSAND, "-1.436,529 t.kr.", "-1,436.529 thousand DKK"),
        (1, BILLION, "0,00000000001 mia. kr.", "0.00000000001 billion DKK"),
        (0, THOUSAND, "0 t.kr.", "0 thousand DKK"),
    ],
)
def test_money(value: int, show: int, danish: str, english: str) -> None:
    assert figure(value, show, KR, "da") == danish
    assert figure(value, show, KR, "en") == english


def test_halves_signs_and_words() -> None:
    assert figure(6 * THOUSAND, THOUSAND, KR, "da", halves=True) == "3 t.kr."
    assert figure(3 * THOUSAND, THOUSAND, KR, "da", halves=True) == "1,5 t.kr."
    assert figure(1, OERE, KR, "da", halves=True) == "0,005 kr."
    assert figure(1, BILLION, KR, "da", halves=True) == "0,000000000005 mia. kr."
    assert figure(5 * THOUSAND, THOUSAND, KR, "da", signed=True) == "+5 t.kr."
    assert figure(-5 * THOUSAND, THOUSAND, KR, "en", signed=True, word=False) == "-5"
    assert figure(1_234 * KRONE, KRONE, KR, "da", word=False) == "1.234"


def test_counts_and_rates() -> None:
    assert figure(120_000_000, 0, NUMBER, "da") == "120"
    assert figure(12_500_000, 100_000, NUMBER, "da") == "12,5"
    assert figure(12_500_000, 0, NUMBER, "en") == "12.5"
    assert figure(1, 0, NUMBER, "da") == "0,000001"
    assert figure(5_000_000, 1_000_000, PERCENT, "da") == "5 %"
    assert figure(5_500_000, 100_000, PERCENT, "da") == "5,5 %"
    assert figure(5_000_000, 10_000, PERCENT, "en") == "5.00 %"
    assert figure(5_000_000, 1, PERCENT, "da") == "5,000000 %"
    assert figure(5_000_000, 500_000, PERCENT, "da") == "5,0 %"
    assert figure(5_000_001, 1_000_000, PERCENT, "da", word=False) == "5,000001"
    assert figure(1_000_000, 1_000_000, PERCENT, "da", halves=True, signed=True) == "+0,5 %"


@pytest.mark.parametrize(
    ("value", "dimension", "divisor", "text"),
    [
        (0, KR, 1, "0.00"),
        (-143_652_900, KR, 1, "-1436529.00"),
        (340_000_000, KR, 1, "3400000.00"),
        (5, KR, 1, "0.05"),
        (-5, KR, 1, "-0.05"),
        (-1, KR, 1, "-0.01"),
        (1, KR, 2, "0.005"),
        (300_000, KR, 2, "1500.00"),
        (1_000, KR, 40, "0.25"),
        (100, KR, 3, "0.333333333333"),
        (12_500_000, NUMBER, 1, "12.5"),
        (12_000_000, NUMBER, 1, "12"),
        (0, PERCENT, 1, "0"),
        (1, PERCENT, 2, "0.0000005"),
    ],
)
def test_plain_decimal(value: int, dimension: str, divisor: int, text: str) -> None:
    assert plain_decimal(value, dimension, divisor) == text
    if divisor == 1:
        assert plain_decimal(value, dimension) == text


@PROPERTY
@given(st.integers(-(10**17), 10**17), st.sampled_from([0, 2, 50, *POWERS]))
def test_a_printed_amount_is_read_back_as_the_same_amount(value: int, show: int) -> None:
    amount = read_amount(figure(value, show, KR, "da"))
    assert amount is not None
    assert (amount.value, amount.dimension, amount.unit_stated) == (value, KR, True)
    if show in POWERS and value % show == 0:
        assert amount.unit == show
    assert read_amount(figure(value, show, KR, "da", signed=True)) == amount


@PROPERTY
@given(st.integers(-(10**15), 10**15), st.integers(0, 6), st.sampled_from([NUMBER, PERCENT]))
def test_a_printed_count_or_rate_is_read_back(value: int, decimals: int, dimension: str) -> None:
    amount = read_amount(figure(value, 10 ** (6 - decimals), dimension, "da"), None, dimension)
    assert amount is not None
    assert (amount.value, amount.dimension) == (value, dimension)
    if value % 10 ** (6 - decimals) == 0 and (decimals or dimension == PERCENT):
        assert amount.unit == 10 ** (6 - decimals)


@PROPERTY
@given(st.integers(-(10**17), 10**17), st.sampled_from([0, *POWERS]), st.booleans())
def test_languages_differ_in_separators_alone(value: int, show: int, halves: bool) -> None:
    danish, english = (figure(value, show, KR, lang, halves=halves, word=False) for lang in ("da", "en"))
    assert danish == english.translate(str.maketrans(",.", ".,"))
    exact = Fraction(danish.replace(".", "").replace(",", ".")) * base_and_decimals(show)[0]
    assert exact == Fraction(value, 2 if halves else 1)


@PROPERTY
@given(st.integers(-(10**17), 10**17), st.sampled_from([KR, NUMBER, PERCENT]), st.sampled_from([1, 2, 4, 5, 20, 100]))
def test_a_plain_decimal_is_exact_where_it_ends(value: int, dimension: str, divisor: int) -> None:
    text = plain_decimal(value, dimension, divisor)
    assert Fraction(text) == Fraction(value, SCALE[dimension] * divisor)
    assert "," not in text
    if dimension == KR:
        assert len(text.partition(".")[2]) >= 2
    else:
        assert not text.endswith(".") and ("." not in text or text[-1] != "0")
