"""Which number does a printed text state? Danish first, English where the digits or the column say so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

_DASH = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"
MINUS = _DASH + "\u2052\u00ad\u00f7"
"""Every sign printed for minus: hyphens, dashes, the minus signs, a soft hyphen (from PDF) and the old Danish ÷."""

_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_TWO_CELLS = re.compile(r"\d\s*[\t\r\n]\s*\d|\d {2,}\d")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOOTNOTE = re.compile(r"(?<=[\d\-)%.r])(?:\s?\*+|\s?[†‡]|\s?[¹²³⁰⁴-⁹]+[)⁾]?|\s+\(?(?:\d|[a-z])\))$")
_M = f"[{MINUS}]"
_SIGNED = re.compile(
    rf"^(?:(?P<open>\()\s?)?(?P<lead>{_M}|\+)?\s?(?P<body>\d[\d.,' \u2019]*?|[.,]\d+)"
    rf"(?P<mark>[.,]\s?{_M}{{1,2}})?(?:\s?(?P<trail>{_M}|\+))?(?P<close>\s?\))?$"
)
_ZERO_DASH = re.compile(rf"^\(?[{_DASH}](?:,?[{_DASH}]{{1,2}})?\)?$")
_MINUS_WORD = re.compile(r"^(?:minus\s|\./\.)\s*", re.IGNORECASE)
_GROUPS = r"[1-9]\d{0,2}"
_DANISH = re.compile(rf"^(?:{_GROUPS}(?:\.\d{{3}})+|0|[1-9]\d*)?(?:,(?P<dec>\d+))?$")
_ENGLISH = re.compile(rf"^(?:{_GROUPS}(?:,\d{{3}})+|0|[1-9]\d*)?(?:\.(?P<dec>\d+))?$")
_SPACED = re.compile(
    rf"^{_GROUPS}(?:([ '\u2019])\d{{3}})(?:\1\d{{3}})*(?:,(?P<dec>\d+)|\.(?P<endec>(?!\d{{3}}$)\d+))?$"
)

DANISH, ENGLISH, PLAIN = "da", "en", "plain"


@dataclass(frozen=True, slots=True)
class Number:
    """`coefficient / 10**decimals` exactly; `decimals` is what was printed ('1,50' has 2).

    `style` is 'da', 'en' or 'plain' (the same in both). `remarks` are catalogue keys of what is worth saying:
    dash_zero, kroner_mark (',-'), footnote_mark, soft_hyphen.
    """

    coefficient: int
    decimals: int
    style: str
    remarks: tuple[str, ...] = ()

    @property
    def value(self) -> Fraction:
        """The number as an exact fraction."""
        return Fraction(self.coefficient, 10**self.decimals)


@lru_cache(maxsize=50_000)
def tidy(text: str) -> str:
    """Every kind of white space as one blank, full-width forms as plain ones, invisible characters gone."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text).translate(_FULL_WIDTH)).strip()


def without_footnote(text: str) -> str:
    """Tidy `text` without the footnote mark at its end ('1.234*', '1.234 1)', '5 kr.¹')."""
    return _FOOTNOTE.sub("", tidy(text))


@lru_cache(maxsize=50_000)
def readings(text: str) -> tuple[Number, ...]:
    """All numbers `text` may state: none, one, or the Danish and then the English reading of '1.234'.

    A minus may lead, trail or be brackets, but only one of them: '(-5)' and '-5-' state no number. A lone dash
    is zero. Blank text, dates, account codes, phone numbers and malformed groups ('1.23.456') state none.
    """
    if _TWO_CELLS.search(text.strip()):
        return ()
    remarks: list[str] = []
    text = tidy(text).strip('"').removeprefix("'")
    if (bare := without_footnote(text)) != text:
        remarks.append("footnote_mark")
        text = bare
    if _ZERO_DASH.match(text):
        return (Number(0, 0, PLAIN, ("dash_zero", *remarks)),)
    match = _SIGNED.match(_MINUS_WORD.sub("-", text))
    if not match:
        return ()
    brackets = bool(match["open"])
    if brackets != bool(match["close"]):
        return ()
    lead, trail = match["lead"] or "", match["trail"] or ""
    minuses = brackets + (lead not in ("", "+")) + (trail not in ("", "+"))
    if minuses > 1 or ("+" in lead + trail and (minuses or lead == trail)):
        return ()
    if "\u00ad" in (lead, trail):
        remarks.append("soft_hyphen")
    body = match["body"].rstrip()
    if match["mark"]:
        if body.startswith((".", ",")):
            return ()
        remarks.append("kroner_mark")
    found = [n for style in (DANISH, ENGLISH) if (n := _digits(body, style, -1 if minuses else 1, tuple(remarks)))]
    if match["mark"]:  # '1.234,-' is Danish for whole kroner, whatever the column does
        found = [n for n in found if n.style != ENGLISH and n.decimals == 0]
    if len(found) == 2 and found[0].value == found[1].value and found[0].decimals == found[1].decimals:
        first = found[0]
        return (Number(first.coefficient, first.decimals, PLAIN, first.remarks),)
    return tuple(found)


def _digits(body: str, style: str, sign: int, remarks: tuple[str, ...]) -> Number | None:
    """The reading of unsigned digits in one style, or None where the groups do not fit it."""
    spaced = _SPACED.match(body)
    if spaced:
        if spaced["endec" if style == DANISH else "dec"]:
            return None
        decimals = len(spaced["dec"] or spaced["endec"] or "")
    elif match := (_DANISH if style == DANISH else _ENGLISH).match(body):
        decimals = len(match["dec"] or "")
    else:
        return None
    digits = re.sub(r"\D", "", body)
    return Number(sign * int(digits), decimals, style, remarks)


def column_style(texts: Iterable[str]) -> str | None:
    """'da' or 'en' where the cells decide it together, None where nothing does.

    A cell decides when only one style can read it ('1.234,5', '3.4', '1,234,567'). One Danish cell makes the
    column Danish. It is English by two such cells, or by one where no other can be read both ways: a single slip
    of the pen among '1.234' and '2.345' must not turn them all. Source: USERS.md 2.
    """
    found = [readings(text) for text in texts]
    styles = [only[0].style for only in found if len(only) == 1]
    if DANISH in styles:
        return DANISH
    if styles.count(ENGLISH) > 1 or (ENGLISH in styles and not any(len(both) == 2 for both in found)):
        return ENGLISH
    return DANISH if ENGLISH in styles else None


def is_zero_dash(text: str) -> bool:
    """Whether a cell holds only a dash, which stands for zero."""
    return bool(_ZERO_DASH.match(without_footnote(text)))


def is_ambiguous(text: str) -> bool:
    """Whether `text` alone can be read as thousands or as decimals ('1.234')."""
    return len(readings(text)) == 2


def read_number(text: str, style: str | None = None) -> Number | None:
    """The number `text` states in `style` (that of its column), Danish where no style is given; None if none.

    Where only the other style can read it, that reading is taken when no style is given, else there is none.
    """
    found = readings(text)
    if not found:
        return None
    if style is None:
        return found[0]
    return next((n for n in found if n.style in (style, PLAIN)), None)
