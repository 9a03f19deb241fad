"""Is a stored number shown as Danish Excel shows it, and is it said what that leaves out?"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.amounts.numbers import read_number
from checker.readers.number_format import NumberFormat, Shown, exact
from tests.build import PROPERTY


def show(code: str, value: str) -> tuple[str, str | None, int]:
    """Text, stored value and scale of a number in a format."""
    shown = NumberFormat(code).show(value)
    assert shown is not None
    return shown.text, shown.stored, shown.scale


@pytest.mark.parametrize(
    ("code", "value", "text", "stored", "scale"),
    [
        # the two of the requirements
        ("#,##0,", "69631470.25", "69.631", "69631470.25", 1000),
        ("#,##0", "26958.4", "26.958", "26958.4", 1),
        # divided, and nothing lost
        ("#,##0,", "2000000", "2.000", None, 1000),
        ("#,##0.0,,", "3426000", "3,4", "3426000", 1_000_000),
        ("0.0,,", "3400000", "3,4", None, 1_000_000),
        ("#,##0,.0", "1500", "1,5", None, 1000),
        ("#,##0,,,", "4499999999", "4", "4499999999", 1_000_000_000),
        ('0.0,, "mio. kr."', "3426000", "3,4 mio. kr.", "3426000", 1_000_000),
        ('0.0 "mio. kr."', "3.4", "3,4 mio. kr.", None, 1),
        # places and groups
        ("0", "1234567", "1234567", None, 1),
        ("#,##0", "1234567", "1.234.567", None, 1),
        ("#,##0", "999", "999", None, 1),
        ("0.00", "1234.5", "1234,50", None, 1),
        ("#,##0.00", "-1234.5", "-1.234,50", None, 1),
        ("#,##0.0#", "1234.5", "1.234,5", None, 1),
        ("#,##0.0#", "1234.567", "1.234,57", "1234.567", 1),
        ("0.###", "5", "5", None, 1),
        ("00000", "42", "00042", None, 1),
        ("#,###", "1234", "1.234", None, 1),
        ("#.00", "0.5", ",50", None, 1),
        # half away from zero on the decimal that is stored, not on a binary fraction near it
        ("0", "0.5", "1", "0.5", 1),
        ("0", "2.5", "3", "2.5", 1),
        ("0", "-2.5", "-3", "-2.5", 1),
        ("0.00", "1.005", "1,01", "1.005", 1),
        ("0.0", "0.25", "0,3", "0.25", 1),
        ("0.00", "2.675", "2,68", "2.675", 1),
        ("#,##0", "999999.5", "1.000.000", "999999.5", 1),
        ("#,##0,", "1499.9999999999998", "2", "1500", 1000),
        # per cent: what is stored is the fraction
        ("0%", "0.5", "50%", None, 1),
        ("0.0%", "0.1234", "12,3%", "0.1234", 1),
        ("0.0 %", "-0.05", "-5,0 %", None, 1),
        # a negative number that rounds to nothing has no minus
        ("0", "-0.4", "0", "-0.4", 1),
        ("#,##0;-#,##0", "-0.4", "-0", "-0.4", 1),
        # sections
        ("#,##0;(#,##0)", "-5", "(5)", None, 1),
        ("#,##0;(#,##0)", "5", "5", None, 1),
        ('#,##0;-#,##0;"-"', "0", "-", None, 1),
        ('#,##0;-#,##0;"nul"', "0", "nul", "0", 1),
        ("#,##0;-#,##0;", "0", "", "0", 1),
        ("#,###", "0", "", "0", 1),
        ("_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", "-1234567", "-1.234.567", None, 1),
        ("_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-", "0", "-", None, 1),
        ("_(#,##0_);_(\\(#,##0\\);_(\"-\"_)", "-7", "(7)", None, 1),
        ("#,##0,;-#,##0,", "-1500", "-2", "-1500", 1000),
        ("#,##0_ ;-#,##0\\ ", "-12", "-12", None, 1),
        # a plus that is printed as minus says something else than what is stored
        ("-#,##0;#,##0", "5", "-5", "5", 1),
        ("(#,##0)", "5", "(5)", "5", 1),
        # words, currencies, colours, conditions
        ('#,##0.00 "kr."', "1234.5", "1.234,50 kr.", None, 1),
        ("[$kr.-406] #,##0.00", "1234.5", "kr. 1.234,50", None, 1),
        ("[$-406]#,##0", "1234", "1.234", None, 1),
        ("#,##0\\ \\k\\r", "5", "5 kr", None, 1),
        ("#,##0;[Red]-#,##0", "-5", "-5", None, 1),
        ("[Color10]#,##0", "5", "5", None, 1),
        ('[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "1500000", "1,5M", None, 1_000_000),
        ('[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "2000", "2,0K", None, 1000),
        ('[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "-5", "-5", None, 1),
        ("[<0]-0.0;0", "-5", "-5,0", None, 1),
        ('"a;b" 0', "5", "a;b 5", None, 1),
        ("0 stk", "5", "5 stk", None, 1),
        # digits among words: accounts, numbers of persons and cases
        ("0\\.00\\.00", "32201", "3.22.01", None, 1),
        ("000000-0000", "101001234", "010100-1234", None, 1),
        ("#\\ ##0", "1234567", "1234 567", None, 1),
        # General, as in a wide cell
        ("General", "1234567", "1234567", None, 1),
        ("General", "26958.4", "26958,4", None, 1),
        ("General", "1234567.891234", "1234567,891", "1234567.891234", 1),
        ("General", "0.123456789012", "0,123456789", "0.123456789012", 1),
        ("General", "123456789012", "123456789012", None, 1),
        ("General", "-0.5", "-0,5", None, 1),
        ("General", "1E-7", "0,0000001", None, 1),
        ('General" stk."', "5", "5 stk.", None, 1),
        ("@", "12.5", "12,5", None, 1),
        ("# ?/?", "0.5", "0,5", None, 1),
        ("0.00E+00", "123456", "1,23E+05", "123456", 1),
        ("0.0E+0", "0.00012", "1,2E-04", None, 1),
        # nothing is shown
        (";;;", "5", "", "5", 1),
        ('"skjult"', "5", "skjult", "5", 1),
        # never noise of binary fractions
        ("General", "0.30000000000000004", "0,3", None, 1),
        ("0.00", "69631.470000000001", "69631,47", None, 1),
        ("#,##0", "1E3", "1.000", None, 1),
        ("#,##0", "12345678901234567", "12.345.678.901.234.600", None, 1),
    ],
)  # fmt: skip
def test_numbers_as_shown(code: str, value: str, text: str, stored: str | None, scale: int) -> None:
    assert show(code, value) == (text, stored, scale)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("dd/mm/yyyy", "44197", "2021-01-01"),
        ("d. mmmm yyyy", "44561.0", "2021-12-31"),
        ("[$-406]d\\. mmmm yyyy", "44561", "2021-12-31"),
        ("yyyy", "44197", "2021"),
        ("mmm-yy", "44197", "2021-01-01"),
        ("yyyy-mm-dd hh:mm", "44197.604166666664", "2021-01-01 14:30"),
        ("h:mm", "0.5", "12:00:00"),
        ("[h]:mm", "1.5", "36:00:00"),
        ("dd/mm/yyyy", "59", "1900-02-28"),
        ("dd/mm/yyyy", "61", "1900-03-01"),
    ],
)
def test_dates_as_iso(code: str, value: str, text: str) -> None:
    assert NumberFormat(code).show(value) == Shown(text, is_date=True)


def test_dates_from_1904() -> None:
    assert NumberFormat("dd/mm/yyyy", date_1904=True).show("42735") == Shown("2021-01-01", is_date=True)


def test_what_is_no_date_is_shown_as_a_number() -> None:
    assert NumberFormat("dd/mm/yyyy").show("-5") == Shown("-5")
    assert NumberFormat("dd/mm/yyyy").show("99999999") == Shown("99999999")


@pytest.mark.parametrize("code", ["#,##0;#,##0", "0;0;0", "#,##0;[Red]#,##0", '0"+";0'])
def test_a_format_that_hides_the_minus(code: str) -> None:
    shown = NumberFormat(code).show("-1234")
    assert shown is not None
    assert (shown.minus_hidden, shown.stored) == (True, "-1234")
    assert "-" not in shown.text


@pytest.mark.parametrize("code", ["#,##0", "#,##0;-#,##0", "#,##0;(#,##0)", "0;−0", '0;"minus "0'])
def test_a_format_that_shows_the_minus(code: str) -> None:
    shown = NumberFormat(code).show("-1234")
    assert shown is not None
    assert (shown.minus_hidden, shown.stored) == (False, None)


@pytest.mark.parametrize(
    "value", ["", "abc", "nan", "inf", "-inf", "1E999999999", "1e400", "0x10", "1_000", "١٢", "1,5"]
)
def test_what_is_no_number(value: str) -> None:
    assert NumberFormat("0").show(value) is None


@pytest.mark.parametrize(
    "code", ["", ";", "[", '"', "\\", "_", "*", "[Red", "0;", ";;;;;", "E+", "0,,,,,,", "%%", "?/?"]
)
def test_any_format_code_shows_something_or_stores_it(code: str) -> None:
    for value in ("0", "-5", "1234.5"):
        shown = NumberFormat(code).show(value)
        assert shown is not None
        assert shown.text or shown.stored


def test_exact_values() -> None:
    assert [exact(v) for v in ("1.50", "-0", "007", "1E2", "1.5e-3", "0.1000000000000000055")] == [
        (15, 1),
        (0, 0),
        (7, 0),
        (100, 0),
        (15, 4),
        (1, 1),
    ]


@PROPERTY
@given(st.integers(-(10**12), 10**12), st.integers(0, 4), st.integers(0, 3), st.booleans())
def test_rounds_as_decimal_does_and_reads_back(coefficient: int, decimals: int, places: int, divided: bool) -> None:
    value = Decimal(coefficient).scaleb(-decimals)
    code = "#,##0" + ("." + "0" * places if places else "") + ("," if divided else "")
    text, stored, scale = show(code, str(value))
    rounded = (value / scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    number = read_number(text, "da")
    assert number is not None
    assert Decimal(number.coefficient).scaleb(-number.decimals) == rounded
    assert (stored is None) == (rounded * scale == value)
    assert stored is None or Decimal(stored) == value


@PROPERTY
@given(st.integers(-(10**9), 10**9), st.integers(0, 3), st.sampled_from(["General", "0", "0.00", "#,##0", "#,##0.0"]))
def test_the_short_way_says_what_the_long_way_says(coefficient: int, decimals: int, code: str) -> None:
    value = str(Decimal(coefficient).scaleb(-decimals))
    short = NumberFormat(code).plain(value)
    if short is not None:
        assert NumberFormat(code).show(value) == Shown(short)
