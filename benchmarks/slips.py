"""Which slips does a writer make with an amount in a sentence? Each as a copy of the document with that slip alone.

Amounts and sentences are found here by their looks, without the reader that is measured: a number with a money unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import pairwise

from checker.model.document import Document, Paragraph

KINDS = ("digits swapped", "leading digit", "last digit", "unit x1000", "sign word")
SIGN = KINDS[-1]

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_UNITS = {"mia. kr.": 10**9, "mio. kr.": 10**6, "1.000 kr.": 1000, "t.kr.": 1000, "kr.": 1}
_MILLIONS = dict.fromkeys(("millioner kroner", "millioner kr.", "mill. kr."), "mio. kr.")
_SAME = {"t. kr.": "t.kr.", "tkr.": "t.kr.", "kroner": "kr.", **_MILLIONS}
_WORDS = "|".join(re.escape(w).replace("\\ ", r"\s") for w in sorted([*_UNITS, *_SAME], key=len, reverse=True))
_AMOUNT = re.compile(rf"(?<![\d.,\w])(?P<number>{_NUMBER})\.?\s(?P<unit>{_WORDS})", re.IGNORECASE)
_ONLY_A_UNIT = re.compile(r"(?:\bi|\bhele)\s*$", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÆØÅ])")
_SLIPS = {
    "mio. kr.": ("1.000 kr.", "t.kr."),
    "t.kr.": ("kr.", "mio. kr."),
    "kr.": ("t.kr.",),
    "mia. kr.": ("mio. kr.",),
}
"""Units that are taken for another 1.000 times larger or smaller."""

_OPPOSITE = (("over", "under"), ("mer", "mindre"), ("mere", "mindre"), ("højere", "lavere"))
_OTHER = {**dict(_OPPOSITE), **{b: a for a, b in _OPPOSITE}}
_SIGN_WORD = re.compile(
    r"(?:(?P<stem>over|under)(?=skud)|\b(?P<more>mer|mindre)(?=forbrug|udgift|indtægt)"
    r"|\b(?P<than>mere|mindre|højere|lavere)(?=\s+(?:\w+\s+){0,2}end\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a sentence: the paragraph's place among the blocks, the characters, value and precision in øre."""

    block: int
    start: int
    end: int
    text: str
    sentence: tuple[int, int]
    value: int
    unit: int


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: what was exchanged for what, the sentence after it and the document; value and unit in øre.

    Of a sign word, `amount` is the nearest in the sentence, and its value stays; `at` is where the word begins.
    """

    kind: str
    amount: Amount
    was: str
    made: str
    sentence: str
    document: Document
    value: int
    unit: int
    at: int


def amounts(document: Document) -> list[Amount]:
    """Every amount outside tables, in order."""
    found = []
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            continue
        ends = [0, *(m.end() for m in _END.finditer(block.text)), len(block.text)]
        for match in _AMOUNT.finditer(block.text):
            if match["number"] in ("1.000", "1.000.000") and _ONLY_A_UNIT.search(block.text[: match.start()]):
                continue
            whole = next((a, b) for a, b in pairwise(ends) if a <= match.start() < b)
            value, unit = _worth(match["number"], match["unit"])
            found.append(Amount(number, match.start(), match.end(), match.group(), whole, value, unit))
    return found


def slips(document: Document) -> Iterator[Slip]:
    """Every slip, amount by amount, then those of the sign words of each sentence."""
    found = amounts(document)
    for amount in found:
        for kind, printed in _misprints(amount.text):
            match = _AMOUNT.fullmatch(printed)
            value, unit = _worth(match["number"], match["unit"]) if match else (amount.value, amount.unit)
            yield _slip(document, kind, amount, (amount.start, amount.end), printed, value, unit)
    for sentence in dict.fromkeys((a.block, a.sentence) for a in found):
        yield from _signs(document, [a for a in found if (a.block, a.sentence) == sentence])


def _misprints(text: str) -> Iterator[tuple[str, str]]:
    """The amount with neighbouring digits swapped (first and last pair that differ), a digit or the unit changed."""
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return
    number, rest = match["number"], text[match.end("number") :]
    digits = [i for i, c in enumerate(number) if c.isdigit()]
    differ = [(i, j) for i, j in pairwise(digits) if number[i] != number[j] and not (i == 0 and number[j] == "0")]
    for i, j in dict.fromkeys([*differ[:1], *differ[-1:]]):
        yield KINDS[0], number[:i] + number[j] + number[i + 1 : j] + number[i] + number[j + 1 :] + rest
    yield KINDS[1], str(int(number[0]) % 9 + 1) + number[1:] + rest
    if len(digits) > 1:
        yield KINDS[2], number[:-1] + str((int(number[-1]) + 3) % 10) + rest
    own = _unit(match["unit"])
    for other in _SLIPS.get(own, ()):
        yield KINDS[3], f"{number} {other}"


def _signs(document: Document, found: list[Amount]) -> Iterator[Slip]:
    """Each sign word of one sentence that is the nearest of an amount, exchanged for its opposite."""
    (start, end), block = found[0].sentence, document.blocks[found[0].block]
    words = list(_SIGN_WORD.finditer(block.text if isinstance(block, Paragraph) else "", start, end))
    nearest = {min(words, key=partial(_apart, amount)).start() for amount in found if words}
    for match in (w for w in words if w.start() in nearest):
        amount = min(found, key=partial(_apart, word=match))
        was = match.group()
        other = "mere" if match["than"] and was.lower() == "mindre" else _OTHER[was.lower()]
        if match["more"] and was.lower() == "mindre":
            other = "mer"
        made = other.capitalize() if was[0].isupper() else other
        yield _slip(document, SIGN, amount, match.span(), made, amount.value, amount.unit)


def _apart(amount: Amount, word: re.Match[str]) -> int:
    return min(abs(amount.start - word.end()), abs(word.start() - amount.end))


def _slip(
    document: Document, kind: str, amount: Amount, span: tuple[int, int], printed: str, value: int, unit: int
) -> Slip:
    block = document.blocks[amount.block]
    if not isinstance(block, Paragraph):
        raise TypeError(block)
    text = block.text[: span[0]] + printed + block.text[span[1] :]
    longer = len(printed) - (span[1] - span[0])
    sentence = " ".join(text[amount.sentence[0] : amount.sentence[1] + longer].split())
    blocks = (*document.blocks[: amount.block], replace(block, text=text), *document.blocks[amount.block + 1 :])
    was = block.text[span[0] : span[1]]
    return Slip(kind, amount, was, printed, sentence, replace(document, blocks=blocks), value, unit, span[0])


def _unit(word: str) -> str:
    tidy = " ".join(word.lower().split())
    return _SAME.get(tidy, tidy)


def _worth(number: str, unit: str) -> tuple[int, int]:
    """Value and the step of the last printed digit, in øre."""
    scale = 100 * _UNITS[_unit(unit)]
    digits = number.replace(".", "").replace(",", ".")
    decimals = len(digits.partition(".")[2])
    return int(Decimal(digits) * scale), max(1, scale // 10**decimals)
