"""Which amounts stand in a text: numbers with a money unit, several that share one, ranges, words such as 'knap'?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from checker.amounts.numbers import MINUS
from checker.amounts.units import KRONE, MONEY_WORD, read_amount
from checker.recognise.narrative.lexicon import Lexicon, lexicon

NUMBER = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?"
_FIRST_UNIT = r"(?:(?P<large>mio\.?|mia\.?|mill\.?)\s?)?(?:kr\.?|dkk)"
_AFTER = (
    rf"(?:{_FIRST_UNIT}\s?(?P<after>[{MINUS}]?(?:{NUMBER}))(?:,-)?"
    r"(?:\s?(?P<more>mio|mia|mill|mrd|t)\b\.?)?(?!\s?[\d%]))"
)
_SPELLED = r"(?P<spelled>\b(?:{words})(?=\s(?:mio|mill|mia)))"
_JOIN = (
    rf"(?P<first>{NUMBER})\s?"
    r"(?P<join>og|mod(?:\s(?:et\s)?budget(?:\spå)?)?|til|eller|samt|hhv\.?|hhv|,?\s?henholdsvis|,|[-–])\s?"
)
_MINUS = re.compile(r"\bminus\s$", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_PHRASE = re.compile(r"(?:\bi|\bhele|\bhver|[(,:–-])\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """An amount as it stands in a text: `start` and `end` are characters of the text, value and unit are øre.

    `unit` is what the digits were rounded to, the whole width of a range, or twice that with a word such as 'ca.'
    before it. `coarse` is what a round amount may have been rounded to instead (605.000 kr.: 1.000 kr.), 0 where
    the digits leave no doubt. `hedge` is 'about', 'below', 'above', 'range' or ''.
    """

    text: str
    start: int
    end: int
    value: int
    unit: int
    coarse: int = 0
    hedge: str = ""
    remarks: tuple[str, ...] = ()


def amounts(text: str) -> list[Said]:
    """Every amount with a money unit, its own or one it shares; '1.000 kr.' after 'i' or in brackets is a unit."""
    lex = lexicon()
    found: list[Said] = []
    for match in _pattern().finditer(text):
        number = match["before"] or match["after"] or lex.number_words[" ".join(match["spelled"].lower().split())]
        unit = match.group()[match.end("before") - match.start() :] if match["before"] else _unit(match)
        if number in ("1.000", "1.000.000", "100.000") and _UNIT_PHRASE.search(text[: match.start()]):
            continue
        own = _said(text, match.start(), match.end(), number, unit)
        if own is None:
            continue
        start = match.start("before") if match["before"] else match.start()
        before = list(_sharing(text, start, unit, found[-1].end if found else 0)) if match["before"] else []
        if before and before[0][1] == "range":
            found.append(_range(text, before[0][0], own))
        else:
            found += [said for said, _ in reversed(before)]
            found.append(own)
    return [_hedged(text, said, found[at - 1].end if at else 0, lex) for at, said in enumerate(found)]


@cache
def _pattern() -> re.Pattern[str]:
    spelled = "|".join(sorted((w.replace(" ", r"\s") for w in lexicon().number_words), key=len, reverse=True))
    unit = rf"(?:,-)?\.?\s?(?:{MONEY_WORD})(?!\s?\d{{1,3}}(?:\.\d{{3}})+)"
    number = rf"(?P<before>(?:(?<![^\s(])[{MINUS}])?(?:{NUMBER}))|{_SPELLED.format(words=spelled)}"
    return re.compile(rf"(?<![\d.,\w])(?:{_AFTER}|(?:{number}){unit})", re.IGNORECASE)


def _unit(match: re.Match[str]) -> str:
    if match["spelled"]:
        return match.group()[match.end("spelled") - match.start() :]
    large = match["large"] or match["more"]
    return f" {large}. kr." if large else " kr."


def _said(text: str, start: int, end: int, number: str, unit: str) -> Said | None:
    tidy = re.sub(r"(?<=\d)[\u00a0\u202f ](?=\d)", ".", number)
    amount = read_amount(f"{tidy}{unit if unit.startswith((' ', '.', ',')) else ' ' + unit}".replace(",- ", " "))
    if amount is None or amount.dimension != "kr":
        return None
    printed = text[start:end].rstrip()
    value = -amount.value if amount.value > 0 and _MINUS.search(text[:start]) else amount.value
    return Said(
        printed, start, start + len(printed), value, amount.unit, _coarse(amount.value, amount.unit), "",
        tuple(r for r in amount.remarks if r == "stray_dot"),
    )  # fmt: skip


def _coarse(value: int, unit: int) -> int:
    """What the trailing zeros of whole kroner leave open. Source: ROUNDING.md, on round amounts in prose."""
    zeros = unit
    while value and unit == KRONE and value % (10 * zeros) == 0:
        zeros *= 10
    return zeros if zeros > unit else 0


def _sharing(text: str, start: int, unit: str, least: int) -> Iterator[tuple[Said, str]]:
    """The numbers right before an amount that share its unit, nearest first: '1,2 og 0,8 mio. kr.', '2-3 mio. kr.'."""
    while True:
        match = re.search(rf"(?<![\d.,\w§/-])(?:{_JOIN})$", text[least:start], re.IGNORECASE)
        if match is None or _BARE_YEAR.fullmatch(match["first"]):
            return
        at = least + match.start()
        if re.search(r"(?:§|\bnr\.?|\bpkt\.?|\bstk\.?|\bkap\.?|\bside)\s*$", text[least:at], re.IGNORECASE):
            return
        said = _said(text, at, at + len(match["first"]), match["first"], unit)
        if said is None:
            return
        word = re.search(r"(\w+)\s*$", text[least:at])
        between = word is not None and word[1].lower() in ("mellem", "imellem")
        join = match["join"].lower()
        spans = (
            join in ("-", "–")
            or (join == "og" and between)
            or (join == "til" and word is not None and word[1] == "fra")
        )
        if join == "til" and not spans:
            return
        yield said, "range" if spans else "and"
        if spans:
            return
        start = at


def _range(text: str, low: Said, high: Said) -> Said:
    """One amount that lies between two: the middle, as wide as they are apart."""
    one, other = sorted((low.value, high.value))
    return Said(
        text[low.start : high.end], low.start, high.end, (one + other) // 2, other - one + high.unit, 0, "range"
    )


def _hedged(text: str, said: Said, least: int, lex: Lexicon) -> Said:
    """The amount with the width that 'ca.', 'knap', 'godt' before it give it."""
    before = [w.lower() for w in re.findall(r"\w+", text[max(least, said.start - 40) : said.start])]
    for kind, choices in lex.hedges.items():
        for pattern in choices:
            size = len(pattern.steps)
            if len(before) >= size and all(s.fits(w) for s, w in zip(pattern.steps, before[-size:], strict=True)):
                width = 2 * max(said.unit, said.coarse)
                return Said(said.text, said.start, said.end, said.value, width, 0, said.hedge or kind, said.remarks)
    return said
