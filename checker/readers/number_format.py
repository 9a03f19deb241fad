"""What does Danish Excel show for a stored number and its number format, and what does that leave out?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from checker.readers.format_code import BUILT_IN, PLACEHOLDERS, Section, sections

__all__ = ["BUILT_IN", "NumberFormat", "Shown", "exact"]

SIGNIFICANT = 15
"""Excel computes and shows no more digits than these; what stands beyond them is noise of binary fractions."""

_PLAIN = re.compile(r"^(-?)(\d+)(?:\.(\d+))?$", re.ASCII)
_FLOAT = re.compile(r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?0*\d{1,4})?$", re.ASCII)
_LARGEST = 300
"""The exponent of the largest number that a workbook holds, about."""
_WIDEST_GENERAL = 11
_GENERAL = Section("general")
_MINUS = re.compile(r"[-–−‒(]|minus", re.IGNORECASE)
_CACHED = 50_000
_GENERAL_ONLY = sections("General")
_USUAL = tuple(sections(code) for code in ("0", "0.0", "0.00", "#,##0", "#,##0.0", "#,##0.00"))


class Shown(NamedTuple):
    """A stored number as it is shown.

    `stored` is its exact decimal text only where `text` says less; of per cent it is the fraction that is stored
    (0.1234 behind '12,3%'). `scale` is what the format divides by.
    """

    text: str
    stored: str | None = None
    scale: int = 1
    is_date: bool = False
    minus_hidden: bool = False


def exact(text: str) -> tuple[int, int] | None:
    """A stored number as (coefficient, decimals), cleaned to 15 significant digits; None for what is no number."""
    match = _PLAIN.match(text)
    if match is None:
        if not _FLOAT.match(text):
            return None
        number = Decimal(text)
        if number and abs(number.adjusted()) > _LARGEST:
            return None if number.adjusted() > 0 else (0, 0)
        match = _PLAIN.match(f"{number:f}")
        if match is None:
            return None
    sign, whole, fraction = match[1], match[2], match[3] or ""
    digits = (whole + fraction).lstrip("0")
    decimals = len(fraction)
    coefficient = int(digits or "0")
    if len(digits) > SIGNIFICANT:
        excess = len(digits) - SIGNIFICANT
        coefficient = _rounded(coefficient, 10**excess)
        decimals -= excess
        if decimals < 0:
            coefficient, decimals = coefficient * 10**-decimals, 0
    while decimals and coefficient % 10 == 0:
        coefficient, decimals = coefficient // 10, decimals - 1
    return (-coefficient if sign else coefficient), decimals


def decimal_text(coefficient: int, decimals: int, point: str = ".") -> str:
    """(-123, 2) as '-1.23'."""
    digits = str(abs(coefficient)).rjust(decimals + 1, "0")
    whole, fraction = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    return ("-" if coefficient < 0 else "") + whole + (point + fraction if fraction else "")


def _rounded(coefficient: int, divisor: int) -> int:
    """`coefficient / divisor`, half away from zero; not negative."""
    quotient, rest = divmod(coefficient, divisor)
    return quotient + (2 * rest >= divisor)


@dataclass(slots=True)
class NumberFormat:
    """A compiled number format; `show` keeps what it has shown, `plain` is quick."""

    code: str
    date_1904: bool = False
    sections: tuple[Section, ...] = ()
    _seen: dict[str, Shown] = field(default_factory=dict)
    _short: bool = False

    def __post_init__(self) -> None:
        self.sections = sections(self.code)
        self._short = self.sections in (_GENERAL_ONLY, *_USUAL)

    @property
    def is_date(self) -> bool:
        """Whether positive numbers are shown as a date or a time."""
        return self.sections[0].kind == "date"

    def show(self, text: str) -> Shown | None:
        """A number as stored in the file ('69631470.25', '1E-3') as it is shown; None where it is no number."""
        shown = self._seen.get(text)
        if shown is None:
            number = exact(text)
            if number is None:
                return None
            shown = self._show(*number)
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            self._seen[text] = shown
        return shown

    def plain(self, text: str) -> str | None:
        """The short way for what nearly all cells are: the text shown, where it says all; None for the long way."""
        match = _PLAIN.match(text) if self._short else None
        if match is None:
            return None
        minus, whole, fraction = match.groups("")
        if len(whole) + len(fraction) > SIGNIFICANT or (whole[0] == "0" and len(whole) > 1):
            return None
        section = self.sections[0]
        places = section.most_decimals
        if section.kind == "general":
            if (len(whole) + len(fraction) >= _WIDEST_GENERAL and fraction) or fraction[-1:] == "0":
                return None
            return minus + whole + ("," + fraction if fraction else "")
        if len(fraction) > places:
            return None
        if section.grouped and len(whole) > 3:
            whole = f"{int(whole):,}".replace(",", ".")
        return minus + whole + ("," + fraction.ljust(places, "0") if places else "")

    def _show(self, coefficient: int, decimals: int) -> Shown:
        section, signed = self._choose(coefficient, decimals)
        if section.kind == "date":
            text = date_text(coefficient, decimals, section.date_letters, self.date_1904)
            if text is not None:
                return Shown(text, is_date=True)
            section, signed = _GENERAL, True
        stored = decimal_text(coefficient, decimals)
        if section.kind == "literal":
            text = (section.prefix + section.suffix).strip()
            says_zero = coefficient == 0 and "-" in text
            return Shown(text, None if says_zero else stored, 1, False, False)
        power, decimals_shown, digits = _digits(section, abs(coefficient), decimals)
        negative = coefficient < 0 and (not signed or power > 0)
        text = section.prefix + digits + section.suffix
        text = ("-" if signed and negative else "") + text.strip()
        says_all = power * 1000**section.thousands * 10**decimals == (
            abs(coefficient) * 10**decimals_shown * 100**section.percents
        )
        turned = bool(_MINUS.search(section.prefix + section.suffix))  # '(#,##0)' prints a plus as minus
        hidden = coefficient < 0 and power > 0 and not signed and not turned
        says_all = says_all and bool(text) and not hidden and not (coefficient > 0 and turned)
        return Shown(text, None if says_all else stored, 1000**section.thousands, False, hidden)

    def _choose(self, coefficient: int, decimals: int) -> tuple[Section, bool]:
        """The section for a number, and whether Excel puts the minus before it by itself."""
        numeric = self.sections[:3]
        if any(s.condition for s in numeric):
            value = Fraction(coefficient, 10**decimals)
            for at, section in enumerate(numeric):
                if at == 1 and len(numeric) == 3 and section.condition is None and value >= 0:
                    continue
                if section.meets(value):
                    return section, not section.only_negative
            return _GENERAL, True
        if coefficient < 0 and len(numeric) > 1:
            return numeric[1], False
        if coefficient == 0 and len(numeric) > 2:
            return numeric[2], False
        return numeric[0], True


def _digits(section: Section, coefficient: int, decimals: int) -> tuple[int, int, str]:
    """What is shown of a number that is not negative: its coefficient and decimals as shown, and its digits."""
    if section.kind in ("general", "text", "fraction"):
        return _general(coefficient, decimals)
    if section.kind == "scientific":
        return _scientific(section, coefficient, decimals)
    coefficient *= 100**section.percents
    decimals += 3 * section.thousands
    places = section.most_decimals
    if decimals > places:
        coefficient = _rounded(coefficient, 10 ** (decimals - places))
    else:
        coefficient *= 10 ** (places - decimals)
    whole, fraction = divmod(coefficient, 10**places)
    printed = str(fraction).rjust(places, "0") if places else ""
    while len(printed) > section.least_decimals and printed.endswith("0"):
        printed = printed[:-1]
    comma = "," if printed else ""  # Excel shows '5,' of 5 by '0.##'; nobody reads the comma
    return coefficient, places, _whole(section, str(whole) if whole else "") + comma + printed


def _whole(section: Section, digits: str) -> str:
    """The integer part in its placeholders, from the right; the leftmost takes all that are left."""
    least = sum(p == "0" for p in section.whole)
    if all(p in PLACEHOLDERS for p in section.whole):
        digits = digits.rjust(least, "0")
        return f"{int(digits):,}".replace(",", ".").rjust(least, "0") if section.grouped and digits else digits
    result, taken, slots = "", 0, sum(p in PLACEHOLDERS for p in section.whole)
    for piece in reversed(section.whole):
        if piece not in PLACEHOLDERS or not piece:
            result = piece + result
            continue
        slots -= 1
        end = len(digits) - taken
        printed = digits[: max(end, 0)] if not slots else digits[max(end - 1, 0) : max(end, 0)]
        taken += len(printed)
        result = (printed or ("0" if piece == "0" else "")) + result
    return result


def _general(coefficient: int, decimals: int) -> tuple[int, int, str]:
    """As in a wide cell: eleven characters with the comma; whole numbers in full, never in powers of ten."""
    room = max(0, _WIDEST_GENERAL - 1 - max(1, len(str(coefficient)) - decimals))
    if decimals > room:
        coefficient, decimals = _rounded(coefficient, 10 ** (decimals - room)), room
    while decimals and coefficient % 10 == 0:
        coefficient, decimals = coefficient // 10, decimals - 1
    return coefficient, decimals, decimal_text(coefficient, decimals, ",")


def _scientific(section: Section, coefficient: int, decimals: int) -> tuple[int, int, str]:
    digits = str(coefficient)
    exponent = len(digits) - 1 - decimals if coefficient else 0
    places = section.most_decimals
    excess = len(digits) - 1 - places
    mantissa = _rounded(coefficient, 10**excess) if excess > 0 else coefficient * 10**-excess
    if len(str(mantissa)) > places + 1:
        mantissa, exponent = mantissa // 10, exponent + 1
    text = f"{decimal_text(mantissa, places, ',')}E{'-' if exponent < 0 else '+'}{abs(exponent):02d}"
    shift = exponent - places
    return (mantissa * 10**shift, 0, text) if shift >= 0 else (mantissa, -shift, text)


def date_text(coefficient: int, decimals: int, letters: str, date_1904: bool) -> str | None:
    """A serial number as '2021-12-31', '2021-12-31 14:30' or '14:30:00'; None where no such date exists.

    A format of nothing but the year gives the year, since that is what stands in the cell.
    """
    days = Fraction(coefficient, 10**decimals)
    if days < 0 or days >= 2_958_466:
        return None
    seconds = int(days * 86_400 + Fraction(1, 2))
    if not set(letters) & set("yd") and ("h" in letters or "s" in letters):
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    start = datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 31 if days < 60 else 30)
    try:
        moment = start + timedelta(seconds=seconds)
    except OverflowError:
        return None
    if set(letters) == {"y"}:
        return f"{moment.year:04d}"
    day = f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"
    return day if seconds % 86_400 == 0 else f"{day} {moment.hour:02d}:{moment.minute:02d}"
