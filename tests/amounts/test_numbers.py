"""Is every printed number read as what it says, and nothing else read as a number?"""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.amounts.numbers import (
    DANISH,
    ENGLISH,
    MINUS,
    PLAIN,
    Number,
    column_style,
    is_ambiguous,
    is_zero_dash,
    read_number,
    readings,
    tidy,
    without_footnote,
)
from tests.build import PROPERTY

ONE_READING = {
    # whole numbers, read alike in both languages
    "0": Number(0, 0, PLAIN),
    "7": Number(7, 0, PLAIN),
    "1234567": Number(1234567, 0, PLAIN),
    "1 234": Number(1234, 0, PLAIN),
    "12 345 678": Number(12345678, 0, PLAIN),
    "1'234": Number(1234, 0, PLAIN),
    "1\u2019234\u2019567": Number(1234567, 0, PLAIN),
    # groups and decimals that only one language writes
    "1.234.567": Number(1234567, 0, DANISH),
    "1.234,5": Number(12345, 1, DANISH),
    "1.234,567": Number(1234567, 3, DANISH),
    "12,5": Number(125, 1, DANISH),
    "12,50": Number(1250, 2, DANISH),
    ",5": Number(5, 1, DANISH),
    "0,123": Number(123, 3, DANISH),
    "1 234,5": Number(12345, 1, DANISH),
    "1 234,567": Number(1234567, 3, DANISH),
    "1'234,50": Number(123450, 2, DANISH),
    "1,234,567": Number(1234567, 0, ENGLISH),
    "1,234.5": Number(12345, 1, ENGLISH),
    "3.4": Number(34, 1, ENGLISH),
    ".5": Number(5, 1, ENGLISH),
    "0.123": Number(123, 3, ENGLISH),
    "1234.567": Number(1234567, 3, ENGLISH),
    "1 234.5": Number(12345, 1, ENGLISH),
    # one sign, wherever it stands
    "-5": Number(-5, 0, PLAIN),
    "- 5": Number(-5, 0, PLAIN),
    "5-": Number(-5, 0, PLAIN),
    "5 -": Number(-5, 0, PLAIN),
    "(5)": Number(-5, 0, PLAIN),
    "( 5 )": Number(-5, 0, PLAIN),
    "÷5": Number(-5, 0, PLAIN),
    "minus 5": Number(-5, 0, PLAIN),
    "Minus 5,5": Number(-55, 1, DANISH),
    "./. 5": Number(-5, 0, PLAIN),
    "./.5": Number(-5, 0, PLAIN),
    "+5": Number(5, 0, PLAIN),
    "5+": Number(5, 0, PLAIN),
    "-0": Number(0, 0, PLAIN),
    "\u2212" + "1.234,50": Number(-123450, 2, DANISH),
    "\u00ad5": Number(-5, 0, PLAIN, ("soft_hyphen",)),
    "5\u00ad": Number(-5, 0, PLAIN, ("soft_hyphen",)),
    # whole kroner
    "5,-": Number(5, 0, DANISH, ("kroner_mark",)),
    "5.-": Number(5, 0, DANISH, ("kroner_mark",)),
    "5,--": Number(5, 0, DANISH, ("kroner_mark",)),
    "5, -": Number(5, 0, DANISH, ("kroner_mark",)),
    "1.234,-": Number(1234, 0, DANISH, ("kroner_mark",)),
    "1.234,\u2013": Number(1234, 0, DANISH, ("kroner_mark",)),
    "-1.234,-": Number(-1234, 0, DANISH, ("kroner_mark",)),
    # footnote marks
    "5*": Number(5, 0, PLAIN, ("footnote_mark",)),
    "5 **": Number(5, 0, PLAIN, ("footnote_mark",)),
    "5 1)": Number(5, 0, PLAIN, ("footnote_mark",)),
    "5 (1)": Number(5, 0, PLAIN, ("footnote_mark",)),
    "5 a)": Number(5, 0, PLAIN, ("footnote_mark",)),
    "5\u00b2": Number(5, 0, PLAIN, ("footnote_mark",)),
    "5 \u2020": Number(5, 0, PLAIN, ("footnote_mark",)),
    "(5)*": Number(-5, 0, PLAIN, ("footnote_mark",)),
    "5-\u00b9": Number(-5, 0, PLAIN, ("footnote_mark",)),
    "5,-*": Number(5, 0, DANISH, ("footnote_mark", "kroner_mark")),
    # a lone dash is zero
    "-": Number(0, 0, PLAIN, ("dash_zero",)),
    "\u2014": Number(0, 0, PLAIN, ("dash_zero",)),
    "--": Number(0, 0, PLAIN, ("dash_zero",)),
    "-,--": Number(0, 0, PLAIN, ("dash_zero",)),
    "(-)": Number(0, 0, PLAIN, ("dash_zero",)),
    "-*": Number(0, 0, PLAIN, ("dash_zero", "footnote_mark")),
    # what spreadsheets, PDF and web pages leave behind
    "  5\u00a0": Number(5, 0, PLAIN),
    "1\u202f234": Number(1234, 0, PLAIN),
    "1\u200b234": Number(1234, 0, PLAIN),
    "\ufeff5": Number(5, 0, PLAIN),
    "\uff11\uff12\uff13": Number(123, 0, PLAIN),
    '"5"': Number(5, 0, PLAIN),
    "'5": Number(5, 0, PLAIN),
}

TWO_READINGS = {
    "1.234": (Number(1234, 0, DANISH), Number(1234, 3, ENGLISH)),
    "1,234": (Number(1234, 3, DANISH), Number(1234, 0, ENGLISH)),
    "-12.345": (Number(-12345, 0, DANISH), Number(-12345, 3, ENGLISH)),
    "(1.234)": (Number(-1234, 0, DANISH), Number(-1234, 3, ENGLISH)),
    "1.234*": (Number(1234, 0, DANISH, ("footnote_mark",)), Number(1234, 3, ENGLISH, ("footnote_mark",))),
}

NO_NUMBER = (
    *("", " ", "abc", "5 kr", "5%", "1/2", "5 pr. stk"),
    *("1.23.456", "1.2345.678", "12.34,5", "1234.567.890", "1,23,456", "0.123.456", "01", "00", "007"),  # groups
    *("12 34", "1 2", "1 2345", "1 234 56", "1 234.567", "1 234'567", "1  234", "0 123"),  # groups of blanks
    *("-5-", "(-5)", "(5-)", "+-5", "-+5", "+5+", "+5-", "-5+", "(+5)", "--5", "5--"),  # more than one sign
    *("X5", "5X", "(5", "5)", "((5))", ")5(", "5.", "5,", ".", ",", ",-", "+", "()", "*"),
    *("12.03.2021", "2021-03-12", "12-3", "3.22.01", "33 12 34 56", "1\t2", "1\n2", "5\r\n6"),  # dates, codes, cells
    *("1,5,-", ",5,-", ".5,-", "1,234,567,-", "minus5", "minus minus 5"),
)


@pytest.mark.parametrize(("text", "number"), ONE_READING.items())
def test_one_reading(text: str, number: Number) -> None:
    assert readings(text) == (number,)


@pytest.mark.parametrize(("text", "numbers"), TWO_READINGS.items())
def test_two_readings_danish_first(text: str, numbers: tuple[Number, Number]) -> None:
    assert readings(text) == numbers
    assert is_ambiguous(text)
    assert read_number(text) == read_number(text, DANISH) == numbers[0]
    assert read_number(text, ENGLISH) == numbers[1]


@pytest.mark.parametrize("text", NO_NUMBER)
def test_no_number(text: str) -> None:
    assert readings(text) == ()
    assert read_number(text) is None
    assert read_number(text, DANISH) is None
    assert not is_ambiguous(text)


def test_the_column_decides_which_reading_counts() -> None:
    assert read_number("3.4") == Number(34, 1, ENGLISH)
    assert read_number("3.4", ENGLISH) == Number(34, 1, ENGLISH)
    assert read_number("3.4", DANISH) is None
    assert read_number("3,4", ENGLISH) is None
    assert read_number("34", DANISH) == read_number("34", ENGLISH) == Number(34, 0, PLAIN)


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["1.234", "1.234,5"], DANISH),
        (["3.4", "12", ""], ENGLISH),
        (["1,234,567"], ENGLISH),
        (["1.234", "2.345"], None),  # ambiguous all of them
        (["12", "-"], None),
        (["1,5", "1.5", "2.5"], DANISH),  # one Danish cell makes the column Danish
        (["3.4", "1.234"], DANISH),  # one slip must not turn those that can be read both ways
        (["3.4", "3.5", "1.234"], ENGLISH),
        (["3.4"], ENGLISH),
        ([], None),
    ],
)
def test_column_style(texts: list[str], style: str | None) -> None:
    assert column_style(texts) == style


def test_the_names_of_the_styles() -> None:
    assert (DANISH, ENGLISH, PLAIN) == ("da", "en", "plain")


def test_the_value_is_an_exact_fraction() -> None:
    assert Number(-12345, 2, DANISH).value == Fraction(-2469, 20)


def test_zero_dash() -> None:
    assert [t for t in ("-", "(\u2013)", "-,-", "-*", "", "5", "-5", "\u00f7", "\u00ad", "---") if is_zero_dash(t)] == [
        *("-", "(\u2013)", "-,-", "-*", "---")
    ]


def test_tidy() -> None:
    assert tidy("\u00a0 a\u2003\n\tb \u200b\uff5e") == "a b ~"
    full_width = "".join(chr(code) for code in range(0xFF00, 0xFF61))
    assert tidy(full_width) == "\uff00" + "".join(chr(code) for code in range(0x21, 0x7F)) + "\uff5f\uff60"
    assert without_footnote(" 5 kr.\u00b9 ") == "5 kr."
    assert without_footnote("5 kr. 2)") == "5 kr."
    assert without_footnote("Skoleby *") == "Skoleby *"


GROUPING = ("", ".", " ", "\u00a0", "\u2009", "\u202f", "'", "\u2019")
NEGATIVE = (
    *(f"{sign}{{}}" for sign in MINUS),
    *(f"{sign} {{}}" for sign in MINUS),
    *(f"{{}}{sign}" for sign in MINUS),
    *(f"{{}} {sign}" for sign in MINUS),
    *("({})", "( {} )", "minus {}", "MINUS {}", "./.{}", "./. {}"),
)
POSITIVE = ("{}", "+{}", "+ {}", "{}+", " {} ", "\u200b{}", '"{}"')
FOOTNOTES = ("", "*", " *", "**", "\u00b9", " \u00b2)", " 1)", " (2)", " a)", " \u2020", "\u2021")


def danish(coefficient: int, decimals: int, grouping: str) -> str:
    """`coefficient / 10**decimals` without its sign as a Dane prints it."""
    whole, rest = divmod(abs(coefficient), 10**decimals)
    text = f"{whole:,}".replace(",", grouping)
    return f"{text},{rest:0{decimals}d}" if decimals else text


@PROPERTY
@given(
    st.integers(-(10**15), 10**15),
    st.integers(0, 6),
    st.sampled_from(GROUPING),
    st.sampled_from(NEGATIVE),
    st.sampled_from(POSITIVE),
    st.sampled_from(FOOTNOTES),
)
def test_what_is_printed_in_danish_is_read_back(
    coefficient: int, decimals: int, grouping: str, negative: str, positive: str, footnote: str
) -> None:
    text = (negative if coefficient < 0 else positive).format(danish(coefficient, decimals, grouping))
    if text[-1].isdigit() or text[-1] in ")-":
        text += footnote
    for style in (None, DANISH):
        number = read_number(text, style)
        assert number is not None
        assert (number.coefficient, number.decimals) == (coefficient, decimals)
        assert type(number.coefficient) is int


@PROPERTY
@given(st.integers(0, 10**12), st.sampled_from(GROUPING), st.sampled_from((",-", ".-", ",--", ", -", ",\u2013")))
def test_the_mark_for_whole_kroner_changes_no_value(whole: int, grouping: str, mark: str) -> None:
    number = read_number(danish(whole, 0, grouping) + mark)
    assert number is not None
    assert (number.coefficient, number.decimals, number.remarks) == (whole, 0, ("kroner_mark",))


SCRAPS = st.text(st.sampled_from("0123456789.,-\u2212()+ '*\t\u00ad%kr"), max_size=12)


@PROPERTY
@given(st.one_of(st.text(max_size=40), SCRAPS))
def test_any_text_states_no_number_or_one_or_two_that_differ(text: str) -> None:
    found = readings(text)
    assert all(type(n.coefficient) is int and type(n.decimals) is int and n.decimals >= 0 for n in found)
    if len(found) == 2:
        assert [n.style for n in found] == [DANISH, ENGLISH]
        assert (found[0].coefficient, found[0].decimals) != (found[1].coefficient, found[1].decimals)
    assert len(found) <= 2
    assert is_ambiguous(text) == (len(found) == 2)
    assert read_number(text) == (found[0] if found else None)
    assert all(read_number(text, n.style) == n for n in found if n.style != PLAIN)


@PROPERTY
@given(SCRAPS, st.sampled_from(MINUS))
def test_a_minus_before_an_unsigned_number_turns_it(text: str, minus: str) -> None:
    if not re.match(r"[\d.,]", text):
        text = "1" + text
    plain, turned = readings(text), readings(minus + text)
    if re.fullmatch(r"[\d.,' ]*", text.strip()):
        assert [(-n.coefficient, n.decimals, n.style) for n in plain] == [
            (n.coefficient, n.decimals, n.style) for n in turned
        ]
    elif any(n.coefficient < 0 for n in plain):
        assert turned == ()
