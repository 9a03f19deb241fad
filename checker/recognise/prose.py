"""Where do amounts stand in running text? Found, not yet understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.amounts.numbers import MINUS
from checker.amounts.units import MONEY_WORD

_NUMBER = rf"[{MINUS}]?\d{{1,3}}(?:[.\u00a0 ]\d{{3}})+(?:,\d+)?|[{MINUS}]?\d+(?:,\d+)?"
_AMOUNT = re.compile(
    rf"(?<![\d.,])(?:(?:kr\.?|dkk)\s?(?P<after>{_NUMBER})(?!\s?[\d%])|(?P<before>{_NUMBER})(?:,-)?\.?\s?(?:{MONEY_WORD}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount as it stands in a text and where it begins (character index)."""

    text: str
    start: int


def amounts_in(text: str) -> list[FoundAmount]:
    """Numbers with a money unit before or after them; '1.000 kr.' after 'i' or in brackets is a unit."""
    found = []
    for match in _AMOUNT.finditer(text):
        if match["before"] in ("1.000", "1.000.000", "100.000") and re.search(
            r"(?:\bi|\bhele|[(,:–-])\s*$", text[: match.start()], re.IGNORECASE
        ):
            continue
        found.append(FoundAmount(match.group().strip(), match.start()))
    return found
