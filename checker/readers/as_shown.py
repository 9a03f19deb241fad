"""What does a shown text say of the number stored behind it, whatever language it was printed in?"""

from __future__ import annotations

import re
from fractions import Fraction

from checker.amounts.numbers import ENGLISH, Number, readings
from checker.amounts.units import is_percent, split_unit
from checker.readers.number_format import NumberFormat, Shown, decimal_text, exact

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,](?=\d)")
_PLAIN = re.compile(r"^(-?)(\d{1,3}(?:([.,])\d{3}(?:\3\d{3})*)?|\d+)(?:(?!\3)([.,])(\d+))?$", re.ASCII)
_GENERAL = NumberFormat("General")
_SCALES = (1, 1_000, 1_000_000, 1_000_000_000)


def as_shown(text: str, value: str) -> Shown | None:
    """The text as Danish, with what it leaves out of `value`; None where `value` is no number.

    A file that stores both, as OpenDocument does, shows numbers in the language of who saved it. Of '69,631' the
    stored value tells whether it is 69 thousand or a little less than 70, and whether it is divided by 1.000.
    """
    number = exact(value)
    if number is None:
        return None
    if (match := _PLAIN.match(text)) and (quick := _exactly(match, *number)) is not None:
        return quick
    stored, of = Fraction(number[0], 10 ** number[1]), decimal_text(*number)
    text = text.strip()
    if not text.strip("#"):  # blank, or '###' in a column too narrow
        return _GENERAL.show(value) if text else Shown("", of)
    per_cent = 100 if is_percent(text) else 1
    for scale in _SCALES:
        for reading in readings(split_unit(text)[0]):
            said = reading.value * scale / per_cent
            step = Fraction(scale, per_cent * 10**reading.decimals)
            if 2 * abs(abs(said) - abs(stored)) <= step:
                hidden = stored < 0 < said
                return Shown(_danish(text, reading), None if said == stored else of, scale, False, hidden)
    return Shown(text, of)


def _exactly(match: re.Match[str], coefficient: int, decimals: int) -> Shown | None:
    """The short way for what most cells are: a text that says all of the number, in either language."""
    sign, whole, group, _, fraction = match.groups("")
    digits = whole.replace(group, "") if group else whole
    if len(fraction) < decimals or int(sign + digits + fraction) != coefficient * 10 ** (len(fraction) - decimals):
        return None
    grouped = whole.replace(group, ".") if group else whole
    return Shown(sign + grouped + ("," + fraction if fraction else ""))


def _danish(text: str, reading: Number) -> str:
    if reading.style != ENGLISH:
        return text
    return _BETWEEN_DIGITS.sub(lambda m: "," if m.group() == "." else ".", text)
