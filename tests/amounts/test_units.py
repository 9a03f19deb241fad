"""Is the unit of a printed amount found, and what it was rounded to?"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.amounts.numbers import ENGLISH
from checker.amounts.units import (
    BILLION,
    KRONE,
    LIMIT,
    MILLION,
    OERE,
    THOUSAND,
    Amount,
    declared_unit,
    is_percent,
    is_unit_phrase,
    looks_like_figure,
    read_amount,
    round_half_up,
    split_unit,
    stored_value,
    without_units,
)
from checker.model.submission import KR, NUMBER, PERCENT
from tests.build import PROPERTY


def kr(value: int, unit: int, *remarks: str, stated: bool = True) -> Amount:
    """An amount of money in øre."""
    return Amount(value, unit, KR, stated, remarks)


def test_the_units_in_oere() -> None:
    assert [OERE, KRONE, THOUSAND, MILLION, BILLION] == [1, 100, 100_000, 100_000_000, 100_000_000_000]
    assert LIMIT == 4_000_000_000_000_000_000


IN_THE_CELL = {
    "5 øre": kr(5, 1),
    "5 kr.": kr(500, 100),
    "5 kr": kr(500, 100),
    "5 kroner": kr(500, 100),
    "5 DKK": kr(500, 100),
    "5DKK": kr(500, 100),
    "DKK5": kr(500, 100),
    "5 d.kr.": kr(500, 100),
    "kr. 5": kr(500, 100),
    "5,50 kr.": kr(550, 1),
    "5,5 kr.": kr(550, 10),
    "1.234 t.kr.": kr(123_400_000, 100_000),
    "1.234 tkr.": kr(123_400_000, 100_000),
    "1.234 tkr": kr(123_400_000, 100_000),
    "1.234 TDKK": kr(123_400_000, 100_000),
    "5 tdkr": kr(500_000, 100_000),
    "5 tusinde": kr(500_000, 100_000),
    "5 tusind kr.": kr(500_000, 100_000),
    "0,5 t.kr.": kr(50_000, 10_000),
    "3,4 mio. kr.": kr(340_000_000, 10_000_000),
    "3,4 mio.": kr(340_000_000, 10_000_000),
    "3,40 mill. kr.": kr(340_000_000, 1_000_000),
    "3 millioner kroner": kr(300_000_000, 100_000_000),
    "3 million": kr(300_000_000, 100_000_000),
    "3 mkr.": kr(300_000_000, 100_000_000),
    "3 mdkk": kr(300_000_000, 100_000_000),
    "kr. 3,4 mio.": kr(340_000_000, 10_000_000),
    "-kr. 3,4 mio.": kr(-340_000_000, 10_000_000),
    "1,2 mia. kr.": kr(120_000_000_000, 10_000_000_000),
    "1 milliard": kr(100_000_000_000, 100_000_000_000),
    "2 mrd.": kr(200_000_000_000, 100_000_000_000),
    # a sign before the unit, after it, or brackets around digits, or around both
    "-kr. 5": kr(-500, 100),
    "kr. -5": kr(-500, 100),
    "-5 kr.": kr(-500, 100),
    "-1 øre": kr(-1, 1),
    "-1 kr.": kr(-100, 100),
    "(5) kr.": kr(-500, 100),
    "(5 kr.)": kr(-500, 100),
    "(kr. 15)": kr(-1_500, 100),
    "+kr. 5": kr(500, 100),
    "kr. 5,-": kr(500, 100, "kroner_mark"),
    # marks that belong to the text, not to the amount
    "3. mio. kr.": kr(300_000_000, 100_000_000, "stray_dot"),
    "5 kr.*": kr(500, 100, "footnote_mark"),
    "5 kr.\u00b9": kr(500, 100, "footnote_mark"),
    "5 kr. 1)": kr(500, 100, "footnote_mark"),
    "5* kr.": kr(500, 100, "footnote_mark"),
    # per cent is no money
    "5 %": Amount(5_000_000, 1_000_000, PERCENT, True),
    "5%": Amount(5_000_000, 1_000_000, PERCENT, True),
    "-5,5 pct.": Amount(-5_500_000, 100_000, PERCENT, True),
    "5,25 procent": Amount(5_250_000, 10_000, PERCENT, True),
    "2 procentpoint": Amount(2_000_000, 1_000_000, PERCENT, True),
    "2 pct.-point": Amount(2_000_000, 1_000_000, PERCENT, True),
    "5 %-point": Amount(5_000_000, 1_000_000, PERCENT, True),
    "(5 %)": Amount(-5_000_000, 1_000_000, PERCENT, True),
}


@pytest.mark.parametrize(("text", "amount"), IN_THE_CELL.items())
@pytest.mark.parametrize("column", [None, KRONE, MILLION])
def test_a_unit_printed_in_the_cell_wins(text: str, amount: Amount, column: int | None) -> None:
    assert read_amount(text, column) == amount
    assert read_amount(text, column, NUMBER) == amount
    assert looks_like_figure(text)


UNDER_A_COLUMN = {
    ("3.115.835", THOUSAND): kr(311_583_500_000, 100_000),
    ("3,4", THOUSAND): kr(340_000, 10_000),
    ("3,4", MILLION): kr(340_000_000, 10_000_000),
    ("69.631", THOUSAND): kr(6_963_100_000, 100_000),
    ("328.455", KRONE): kr(32_845_500, 100),
    ("5,25", KRONE): kr(525, 1),
    ("12", OERE): kr(12, 1),
    ("-", THOUSAND): kr(0, 100_000, "dash_zero"),
    ("0", THOUSAND): kr(0, 100_000),
    ("5,-", THOUSAND): kr(500_000, 100_000, "kroner_mark"),
    ("5*", THOUSAND): kr(500_000, 100_000, "footnote_mark"),
}


@pytest.mark.parametrize(("text", "unit"), UNDER_A_COLUMN)
def test_the_column_gives_the_unit(text: str, unit: int) -> None:
    assert read_amount(text, unit) == UNDER_A_COLUMN[text, unit]


def test_where_nothing_gives_the_unit_the_digits_are_kroner_and_that_is_said() -> None:
    assert read_amount("1.234") == kr(123_400, 100, stated=False)
    assert read_amount("1,5") == kr(150, 10, stated=False)
    assert read_amount("-") == kr(0, 100, "dash_zero", stated=False)
    assert read_amount("5,-") == kr(500, 100, "kroner_mark")


def test_counts_are_exact_and_rates_have_the_unit_of_their_digits() -> None:
    assert read_amount("120", None, NUMBER) == Amount(120_000_000, 0, NUMBER, True)
    assert read_amount("-5", THOUSAND, NUMBER) == Amount(-5_000_000, 0, NUMBER, True)
    assert read_amount("12,5", None, NUMBER) == Amount(12_500_000, 100_000, NUMBER, True)
    assert read_amount("12,50", None, NUMBER) == Amount(12_500_000, 10_000, NUMBER, True)
    assert read_amount("0", None, NUMBER) == Amount(0, 0, NUMBER, True)
    assert read_amount("5", None, PERCENT) == Amount(5_000_000, 1_000_000, PERCENT, True)
    assert read_amount("5,-", None, NUMBER) == Amount(5_000_000, 0, NUMBER, True, ("kroner_mark",))
    assert read_amount("1,123456", None, NUMBER) == Amount(1_123_456, 1, NUMBER, True)
    assert read_amount("1,1234567", None, NUMBER) is None


def test_the_style_of_the_column_is_obeyed() -> None:
    assert read_amount("1.234", THOUSAND, style=ENGLISH) == kr(123_400, 100)
    assert read_amount("1,234", THOUSAND, style=ENGLISH) == kr(123_400_000, 100_000)
    assert read_amount("1,2", THOUSAND, style=ENGLISH) is None
    assert read_amount("1,2 mio. kr.", style=ENGLISH) is None


def test_finer_than_an_oere_is_read_to_the_nearest_with_a_unit_of_two() -> None:
    assert read_amount("1,234", KRONE) == kr(123, 2, "finer_than_oere")
    assert read_amount("1,235", KRONE) == kr(124, 2, "finer_than_oere")
    assert read_amount("-1,235", KRONE) == kr(-124, 2, "finer_than_oere")
    assert read_amount("0,4", OERE) == kr(0, 2, "finer_than_oere")
    assert read_amount("0,5", OERE) == kr(1, 2, "finer_than_oere")
    assert read_amount("1,23456", THOUSAND) == kr(123_456, 1)
    assert read_amount("1,234567", THOUSAND) == kr(123_457, 2, "finer_than_oere")


def test_no_amount_beyond_what_a_sum_of_64_bits_can_hold() -> None:
    assert read_amount("40.000.000.000.000.000") == kr(LIMIT, 100, stated=False)
    assert read_amount("-40.000.000.000.000.000") == kr(-LIMIT, 100, stated=False)
    assert read_amount("40.000.000.000.000.000,01") is None
    assert read_amount("40.000.000.000.000.001") is None
    assert read_amount("-40.000.000.000.000.001") is None
    assert read_amount("40.000.001 mia. kr.") is None
    assert read_amount("4.000.000.000.000", None, NUMBER) == Amount(LIMIT, 0, NUMBER, True)
    assert read_amount("4.000.000.000.001", None, NUMBER) is None
    assert read_amount("-4.000.000.000.001", None, PERCENT) is None


@pytest.mark.parametrize("text", ["", "kr.", "%", "kr. x", "2 1/2 mio.", "5 pr. stk", "skoler", "5 kr. 6", "1  2 kr."])
def test_no_amount(text: str) -> None:
    assert read_amount(text, THOUSAND) is None
    assert not looks_like_figure(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("5 t.kr.", ("5", THOUSAND, ())),
        ("kr. 5", ("5", KRONE, ())),
        ("-kr. 5", ("-5", KRONE, ())),
        ("(5 kr.)", ("(5)", KRONE, ())),
        ("(kr. 15)", ("(15)", KRONE, ())),
        ("5 %", ("5", "percent", ())),
        ("3. mio.", ("3", MILLION, ("stray_dot",))),
        ("3. %", ("3.", "percent", ())),
        ("5 kr.*", ("5", KRONE, ("footnote_mark",))),
        ("5*", ("5*", None, ())),
        ("(5)*", ("(5)*", None, ())),
        ("5 kr.)", ("5 kr.)", None, ())),
        ("Skoler kr. 5", ("Skoler kr. 5", None, ())),
        ("5\t6 kr.", ("5\t6 kr.", None, ())),
        ("5  6 kr.", ("5  6 kr.", None, ())),
        ("kr.", ("kr.", None, ())),
    ],
)
def test_split_unit(text: str, parts: tuple[str, int | str | None, tuple[str, ...]]) -> None:
    assert split_unit(text) == parts


DECLARED = {
    "I 1.000 kr.": THOUSAND,
    "i 1000 kr.": THOUSAND,
    "I 1 000 kr.": THOUSAND,
    "(1.000 kr.)": THOUSAND,
    "Beløb i hele 1.000 DKK": THOUSAND,
    "i t.kr.": THOUSAND,
    "tusinde kroner": THOUSAND,
    "mio. kr.": MILLION,
    "Alle tal er i mio. kr. og vises afrundet i mio.": MILLION,
    "(mia. kr.)": BILLION,
    "i kroner": KRONE,
    "Regnskab 2023 (kr.)": KRONE,
    "øre": OERE,
    "I 1.000.000 kr.": MILLION,
    "i 1 000 000 kr.": MILLION,
    "1000000 DKK": MILLION,
    "(100.000 kr.)": 100 * THOUSAND,
    "100000 kr.": 100 * THOUSAND,
    "kr. 1.000": THOUSAND,
    "DKK '000": THOUSAND,
    "11.000.000 kr.": KRONE,
    "1.100.000 kr.": KRONE,
    "kr. 1.000.000": KRONE,
    "21.000 kr.": KRONE,
    "11.000 kr.": KRONE,
    "2021 1.000 kr.": THOUSAND,
    "Beløb i 1.000 kr. og mio. kr.": None,
    "1.000": None,
    "krav til kriser": None,
    "omiokr": None,
    "Regnskab": None,
    "": None,
    "%": None,
}


@pytest.mark.parametrize(("text", "unit"), DECLARED.items())
def test_declared_unit(text: str, unit: int | None) -> None:
    assert declared_unit(text) == unit


def test_unit_phrase() -> None:
    phrases = ["1.000 kr.", "(mio. kr.)", "i t.kr.", "%", "pct.", "Beløb i 1.000 kr.", "hele kr.", "Alle tal er i kr."]
    others = ["", "Regnskab i kr.", "1.000", "i", "kr. pr. elev", "Skoler", "( )"]
    assert [t for t in phrases + others if is_unit_phrase(t)] == phrases


def test_heading_without_its_unit() -> None:
    assert without_units("Regnskab 2023 i 1.000 kr.") == "Regnskab 2023 i"
    assert without_units("Afvigelse i %") == "Afvigelse i"
    assert without_units("krav") == "krav"


def test_percent() -> None:
    texts = ["%", "i pct.", "procent", "Afvigelse (%-point)", "pct", "procentvis", "kr.", "opct"]
    assert [t for t in texts if is_percent(t)] == ["%", "i pct.", "procent", "Afvigelse (%-point)", "pct"]


def printed(coefficient: int, decimals: int) -> str:
    """A decimal in Danish with groups."""
    whole, rest = divmod(abs(coefficient), 10**decimals)
    text = f"{whole:,}".replace(",", ".") + (f",{rest:0{decimals}d}" if decimals else "")
    return f"-{text}" if coefficient < 0 else text


WORDS = {OERE: "øre", KRONE: "kr.", THOUSAND: "t.kr.", MILLION: "mio. kr.", BILLION: "mia. kr."}


@PROPERTY
@given(st.integers(-(10**9), 10**9), st.integers(0, 12), st.sampled_from(list(WORDS)), st.booleans())
def test_the_unit_of_rounding_follows_from_the_printed_decimals(
    coefficient: int, decimals: int, unit: int, in_cell: bool
) -> None:
    text = printed(coefficient, decimals)
    amount = read_amount(f"{text} {WORDS[unit]}", MILLION) if in_cell else read_amount(text, unit)
    power = 10**decimals
    if abs(coefficient) * unit > LIMIT * power:
        assert amount is None
        return
    assert amount is not None
    assert (type(amount.value), type(amount.unit), amount.dimension, amount.unit_stated) == (int, int, KR, True)
    if unit % power == 0:
        assert amount.unit * power == unit
        assert amount.value * power == coefficient * unit
        assert amount.remarks == ()
    else:
        assert amount.unit == 2
        assert 2 * abs(amount.value * power - coefficient * unit) <= power
        assert amount.remarks == ("finer_than_oere",)


@PROPERTY
@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.sampled_from([NUMBER, PERCENT]))
def test_counts_and_rates_keep_their_digits(coefficient: int, decimals: int, dimension: str) -> None:
    step = 10 ** (6 - decimals)
    exact = dimension == NUMBER and decimals == 0
    assert read_amount(printed(coefficient, decimals), None, dimension) == Amount(
        coefficient * step, 0 if exact else step, dimension, True
    )


SCRAPS = ("1", "2.000", "3,4", "kr.", "mio.", "t.kr.", "%", "-", "(", ")", "1)", "*", "DKK", ",-", "pct")


@PROPERTY
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(st.sampled_from(SCRAPS), max_size=6).map(" ".join),
    ),
    st.sampled_from([None, KRONE, THOUSAND]),
)
def test_any_text_is_an_amount_or_none(text: str, unit: int | None) -> None:
    amount = read_amount(text, unit)
    declared = declared_unit(text)
    assert declared is None or declared in WORDS
    assert amount is None or (type(amount.value) is int and type(amount.unit) is int and amount.unit >= 0)
    assert amount is None or looks_like_figure(text)
    assert not is_unit_phrase(text) or without_units(text) != text


@pytest.mark.parametrize(
    ("shown", "stored", "unit", "dimension", "expected"),
    [
        ("69.631", ("69631.47025", 1), 100_000, KR, (6_963_147_025, 0)),
        ("69.631", ("69631470.25", 1000), 100_000, KR, (6_963_147_025, 0)),
        ("37.455", ("37455.318420000003", 1), 100_000, KR, (3_745_531_842, 0)),  # a float is off by a hair
        ("37.455", ("37455.318425", 1), 100_000, KR, (3_745_531_843, 2)),  # half an øre is not known exactly
        ("98,8 %", ("0.9879411392", 1), None, PERCENT, None),  # a quotient, stored with whatever decimals
        ("7 %", ("0.0725", 1), None, PERCENT, None),
        ("12", ("12.3333333333333", 1), None, NUMBER, (12_333_333, 2)),
        ("1", ("9" * 20, 1), 100_000, KR, None),
    ],
)
def test_a_stored_value_is_exact_where_it_is_a_whole_number_of_steps(
    shown: str, stored: tuple[str, int], unit: int | None, dimension: str, expected: tuple[int, int] | None
) -> None:
    amount = read_amount(shown, unit, dimension)
    assert amount is not None
    assert stored_value(shown, stored, unit, amount) == expected


@PROPERTY
@given(st.integers(-(10**6), 10**6), st.integers(1, 60))
def test_the_nearest_whole_number_halves_away_from_zero(numerator: int, denominator: int) -> None:
    """By definition: of the whole numbers nearest to the fraction, the one farthest from zero."""
    true = Fraction(numerator, denominator)
    near = range(int(true) - 2, int(true) + 3)
    least = min(abs(n - true) for n in near)
    assert round_half_up(numerator, denominator) == max((n for n in near if abs(n - true) == least), key=abs)


def test_halves() -> None:
    assert [round_half_up(n, 2) for n in range(-5, 6)] == [-3, -2, -2, -1, -1, 0, 1, 1, 2, 2, 3]
    assert [round_half_up(n, 4) for n in (1, 2, 3, -1, -2, -3)] == [0, 1, 1, 0, -1, -1]
