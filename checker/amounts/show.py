"""How is an amount printed for a reader, in Danish or English?"""

from __future__ import annotations

from checker.amounts.units import BILLION, KRONE, MILLION, THOUSAND
from checker.model.submission import KR, PERCENT, SCALE

_WORD = {
    "da": {KRONE: "kr.", THOUSAND: "t.kr.", MILLION: "mio. kr.", BILLION: "mia. kr."},
    "en": {KRONE: "DKK", THOUSAND: "thousand DKK", MILLION: "million DKK", BILLION: "billion DKK"},
}


def base_and_decimals(show: int) -> tuple[int, int]:
    """The unit word (in øre) and the decimals that print figures rounded to `show` øre without loss.

    1.000 kr. -> (t.kr., 0); 100.000 kr. -> (mio. kr., 1); 1 kr. -> (kr., 0); 1 øre or exact -> (kr., 2).
    """
    if show <= 1:
        return KRONE, 2
    for decimals in range(3):
        for base in (BILLION, MILLION, THOUSAND, KRONE):
            if show * 10**decimals == base:
                return base, decimals
    return KRONE, 2


def grouped(value: int, decimals: int, lang: str, signed: bool = False) -> str:
    """`value / 10**decimals` with the language's separators: 1.234,5 or 1,234.5."""
    whole, rest = divmod(abs(value), 10**decimals)
    point, comma = (".", ",") if lang == "da" else (",", ".")
    text = f"{whole:,}".replace(",", point)
    if decimals:
        text += f"{comma}{rest:0{decimals}d}"
    sign = "-" if value < 0 else "+" if signed and value > 0 else ""
    return sign + text


def figure(
    value: int, show: int, dimension: str, lang: str, halves: bool = False, signed: bool = False, word: bool = True
) -> str:
    """An amount in the unit `show` (steps of the dimension), with its unit word unless `word` is False.

    `halves` says that `value` is doubled. Digits are added, never dropped, where the unit cannot show the value.
    """
    if dimension == KR:
        base, decimals = base_and_decimals(show)
        steps = base
    else:
        steps = SCALE[dimension]
        base, decimals = 0, 0
        while decimals < 6 and show and steps // 10**decimals > show:
            decimals += 1
    numerator, divisor = value * 10**decimals, steps * (2 if halves else 1)
    while numerator % divisor and decimals < 12:
        decimals += 1
        numerator *= 10
    text = grouped(numerator // divisor, decimals, lang, signed)
    if not word:
        return text
    if dimension == KR:
        return f"{text} {_WORD[lang][base]}"
    return f"{text} %" if dimension == PERCENT else text


def plain_decimal(value: int, dimension: str, divisor: int = 1) -> str:
    """The exact amount as a decimal string in kr. (or number, per cent): '-1436529.00', '3400000.00', '12.5'.

    `divisor` divides further (a doubled tolerance, a share); what does not end is cut at twelve decimals.
    """
    steps = SCALE[dimension] * divisor
    least = 2 if dimension == KR else 0
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value), steps)
    digits = ""
    while (rest or len(digits) < least) and len(digits) < 12:
        rest *= 10
        digits += str(rest // steps)
        rest %= steps
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"
