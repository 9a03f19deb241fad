"""Which unit does a text declare, and what interval of kroner does a printed amount stand for?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from checker.amounts.numbers import MINUS, Number, read_number, readings, tidy, without_footnote
from checker.model.submission import KR, NUMBER, PERCENT, SCALE

OERE, KRONE, THOUSAND, MILLION, BILLION = 1, 100, 100_000, 100_000_000, 100_000_000_000
"""Units of money in øre."""

LIMIT = 4 * 10**18
"""No |value| above this (øre) is read: beyond it a 64-bit sum may overflow."""

_END = r"(?![^\W\d_])"  # no letter follows: 'kr' is no part of a word, and 'DKK5' is two
_KR = rf"(?:kr(?:oner?)?{_END}\.?|dkk{_END}|d\.?\s?kr{_END}\.?)"
_WORDS: tuple[tuple[int, str], ...] = (
    (BILLION, rf"(?:mia{_END}\.?|milliard(?:er)?{_END}|mrd{_END}\.?)(?:\s?{_KR})?"),
    (MILLION, rf"(?:mio{_END}\.?|mill{_END}\.?|million(?:er)?{_END})(?:\s?{_KR})?|mkr{_END}\.?|mdkk{_END}"),
    (THOUSAND, rf"(?:t\.\s?|tusinde?r?\s)(?:{_KR})|tkr{_END}\.?|tdkk{_END}|tdkr{_END}\.?|tusinder?{_END}"),
    (KRONE, _KR),
    (OERE, rf"øre{_END}"),
)
_NO_LETTER_BEFORE = r"(?<![^\W\d_])"
MONEY_WORD = "|".join(f"(?P<u{unit}>{words})" for unit, words in _WORDS)
"""Regular expression of every money unit, one named group per unit."""
_MONEY = re.compile(f"{_NO_LETTER_BEFORE}(?:{MONEY_WORD})", re.IGNORECASE)
_DECLARED = re.compile(
    rf"(?<![\d.,])(?:(?P<u{MILLION}k>1[.\s]?000[.\s]?000\s?(?:{_KR}))|(?P<u{100 * THOUSAND}k>100[.\s]?000\s?(?:{_KR}))"
    rf"|(?P<u{THOUSAND}k>1[.\s]?000\s?(?:{_KR})|(?:{_KR})\s?(?:1[.\s]?000(?![.\d])|'000)))|" + _MONEY.pattern,
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"%(?:-?point)?|{_NO_LETTER_BEFORE}(?:procentpoint|procent|pct\.?-?point|pct){_END}\.?", re.IGNORECASE
)
_KR_BEFORE = re.compile(rf"^([{MINUS}+(]?)\s?{_KR}\s?(?=.*\d.*(?:mio|mia|mill|tusind|t\.))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed figure as value and rounding unit, both in steps of `SCALE[dimension]` (øre for kr.).

    `unit` 0 = exact. `unit_stated` is False where nothing said what the digits count.
    """

    value: int
    unit: int
    dimension: str
    unit_stated: bool
    remarks: tuple[str, ...] = ()


def _money(match: re.Match[str]) -> int:
    return int((match.lastgroup or "u100").strip("uk"))


_FILLER = re.compile(
    r"[\W_]|\b(?:i|hele|beløb|beløbene|alle|er|tal|tallene|angives|angivet|opgjort|vises|vist|afrundet|netto|til|tabellen)\b",
    re.IGNORECASE,
)


def declared_unit(text: str) -> int | None:
    """The money unit a heading, title or note declares, in øre ('I 1.000 kr.' 100.000, 'mio. kr.' 10^8), or None.

    None too where different units are named.
    """
    found = [_money(m) for m in _DECLARED.finditer(tidy(text))]
    return found[0] if len(set(found)) == 1 else None


def is_unit_phrase(text: str) -> bool:
    """Whether `text` is nothing but a unit ('1.000 kr.', '(mio. kr.)', 'i t.kr.', '%')."""
    rest = _PERCENT.sub("", _DECLARED.sub("", tidy(text)))
    return rest != tidy(text) and not _FILLER.sub("", rest)


def without_units(text: str) -> str:
    """`text` with unit words removed, for recognising what else a heading says."""
    return tidy(_PERCENT.sub(" ", _DECLARED.sub(" ", tidy(text))))


def is_percent(text: str) -> bool:
    """Whether a heading speaks of per cent."""
    return bool(_PERCENT.search(text))


@lru_cache(maxsize=50_000)
def split_unit(text: str) -> tuple[str, int | str | None, tuple[str, ...]]:
    """A cell's digits, the unit printed with them (øre, 'percent' or None), and remarks (stray_dot).

    The unit may stand before or after, a minus may stand before the unit: '-kr. 5', 'kr. -5', '5 t.kr.', '(5) kr.'.
    """
    if unread := re.search(r"\d\s*[\t\r\n]\s*\d|\d {2,}\d", text):
        return unread.string, None, ()
    text = tidy(text)
    marked = without_footnote(text)
    if marked != text and not re.search(r"\d$", marked):
        found, unit, remarks = split_unit(marked)
        return (found, unit, (*remarks, "footnote_mark")) if unit is not None else (text, None, ())
    text = _KR_BEFORE.sub(r"\1", text)  # 'kr. 3,4 mio.' is 3,4 mio. kr.
    for pattern, percent in ((_PERCENT, True), (_MONEY, False)):
        for match in pattern.finditer(text):
            before, after = text[: match.start()].strip(), text[match.end() :].strip()
            printed: int | str = "percent" if percent else _money(match)
            if before and before[0] == "(" and after == ")":  # the unit stands inside the brackets
                before, after = before + ")", ""
            if before and not after:
                stray = bool(re.fullmatch(r".*\d\.", before)) and not percent
                return (before[:-1] if stray else before), printed, (("stray_dot",) if stray else ())
            if after and (not before or re.fullmatch(rf"[{MINUS}+(]", before)):
                return before + after, printed, ()
    return text, None, ()


def read_amount(text: str, unit: int | None = None, dimension: str = KR, style: str | None = None) -> Amount | None:
    """The amount a cell states, or None where it states none.

    `unit` is the column's unit in øre (None: not stated; the digits are then taken as kroner and
    `unit_stated` is False). A unit printed in the cell wins. What the digits were rounded to follows from the
    printed decimals ('3,4' under mio. kr.: 100.000 kr.). Whole counts are exact. Finer than an øre is read to
    the nearest øre with a unit of two. Source: ROUNDING.md 1 and 7.
    """
    digits, printed, remarks = split_unit(text)
    number = read_number(digits, style)
    if number is None:
        return None
    number = replace(number, remarks=number.remarks + remarks)
    if printed == "percent":
        return _plain(number, PERCENT)
    if isinstance(printed, int):
        return _kr(number, printed, True)
    if "kroner_mark" in number.remarks and dimension == KR and unit is None:
        return _kr(number, KRONE, True)
    if dimension != KR:
        return _plain(number, dimension)
    return _kr(number, KRONE if unit is None else unit, unit is not None)


def stored_value(shown: str, stored: tuple[str, int], unit: int | None, amount: Amount) -> tuple[int, int] | None:
    """The value stored in a cell behind the shown one, in steps: '69631470.25' shown as '69.631' in 1.000 kr.

    `stored` is the exact decimal text and what the number format divides it by before it is shown; `unit` is the
    column's in øre. A share stored as 0,07 and shown as '7 %' is 7 per cent. The second number is what the value
    is rounded to: 0, or two steps where it is finer than a step. Programs store floating numbers, so a thousandth
    of a step is no difference. None beyond the readable range.
    """
    text, scale = stored
    if amount.dimension == PERCENT:
        return None  # a quotient, stored with whatever decimals it was calculated or rounded to
    printed = split_unit(shown)[1]
    one = SCALE[amount.dimension] * (100 if printed == "percent" else 1)
    if amount.dimension == KR:
        one = printed if isinstance(printed, int) else KRONE if unit is None else unit
    value = Fraction(text) * one * Fraction(1, scale)
    steps = round_half_up(value.numerator, value.denominator)
    whole = 1000 * abs(value - steps) <= 1
    return (steps, 0 if whole else 2) if abs(steps) <= LIMIT else None


def round_half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number, halves away from zero."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def _kr(number: Number, unit: int, stated: bool) -> Amount | None:
    power = 10**number.decimals
    value, rest = divmod(abs(number.coefficient) * unit, power)
    sign = -1 if number.coefficient < 0 else 1
    if value > LIMIT:
        return None
    if unit % power == 0:
        return Amount(sign * value, unit // power, KR, stated, number.remarks)
    value += 2 * rest >= power
    return Amount(sign * value, 2, KR, stated, (*number.remarks, "finer_than_oere"))


def _plain(number: Number, dimension: str) -> Amount | None:
    steps = SCALE[dimension]
    power = 10**number.decimals
    if steps % power or abs(number.coefficient) * steps // power > LIMIT:
        return None
    exact = dimension == NUMBER and number.decimals == 0
    return Amount(number.coefficient * steps // power, 0 if exact else steps // power, dimension, True, number.remarks)


@lru_cache(maxsize=20_000)
def looks_like_figure(text: str) -> bool:
    """Whether a cell's text, unit removed, can be read as a number in some style."""
    return bool(readings(split_unit(text)[0]))
