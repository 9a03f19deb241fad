"""What does an Excel number format say, section by section? ('#,##0.0,"t.kr.";[Red]-0;"-"')"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '#,##0\\ "kr.";-#,##0\\ "kr."',
    6: '#,##0\\ "kr.";[Red]-#,##0\\ "kr."',
    7: '#,##0.00\\ "kr.";-#,##0.00\\ "kr."',
    8: '#,##0.00\\ "kr.";[Red]-#,##0.00\\ "kr."',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
    42: '_-* #,##0\\ "kr."_-;-* #,##0\\ "kr."_-;_-* "-"\\ "kr."_-;_-@_-',
    43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    44: '_-* #,##0.00\\ "kr."_-;-* #,##0.00\\ "kr."_-;_-* "-"??\\ "kr."_-;_-@_-',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}
"""Formats that a workbook names by number only, as Danish Excel shows them (minus, never brackets)."""

PLACEHOLDERS = "0#?"
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_TESTS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a format.

    `kind` is 'number', 'general', 'date', 'text', 'scientific', 'fraction' or 'literal' (no figure is shown).
    `whole` holds the placeholders of the integer part with the words printed among them; each placeholder is one
    character of PLACEHOLDERS, everything else is a word.
    """

    kind: str
    prefix: str = ""
    suffix: str = ""
    whole: tuple[str, ...] = ()
    least_decimals: int = 0
    most_decimals: int = 0
    grouped: bool = False
    thousands: int = 0  # how many times it is divided by 1.000 before it is shown
    percents: int = 0
    condition: tuple[str, Fraction] | None = None
    date_letters: str = ""

    def meets(self, value: Fraction) -> bool:
        """Whether the section's own condition is met; a section without one is."""
        return self.condition is None or _TESTS[self.condition[0]](value, self.condition[1])

    @property
    def only_negative(self) -> bool:
        """Whether the condition lets nothing but negative numbers through."""
        return self.condition is not None and self.condition[0] in ("<", "<=") and self.condition[1] <= 0


def sections(code: str) -> tuple[Section, ...]:
    """The sections of a format code, one to four; anything that cannot be understood is shown as General."""
    return tuple(_section(part) for part in _split(code))[:4]


def _split(code: str) -> list[str]:
    """Cut at the semicolons that stand neither in quotes, in brackets nor after a backslash."""
    parts, current, index = [], "", 0
    while index < len(code):
        char = code[index]
        end = index + 1
        if char in '"[':
            closing = code.find('"' if char == '"' else "]", index + 1)
            end = closing + 1 if closing >= 0 else len(code)
        elif char in "\\_*":
            end = index + 2
        elif char == ";":
            parts.append(current)
            current, index = "", end
            continue
        current += code[index:end]
        index = end
    return [*parts, current]


@dataclass(slots=True)
class _Pieces:
    """A section on its way: tokens are ('0', …) placeholders, ('.',), (',',), ('%',) and ('word', text)."""

    tokens: list[tuple[str, str]]
    condition: tuple[str, Fraction] | None = None
    date_letters: str = ""
    general: bool = False
    text: bool = False
    exponent: bool = False


def _section(code: str) -> Section:
    pieces = _tokens(code)
    figures = [i for i, (kind, _) in enumerate(pieces.tokens) if kind == "digit"]
    if pieces.date_letters:
        return Section("date", condition=pieces.condition, date_letters=pieces.date_letters)
    if pieces.general or not figures:
        kind = "general" if pieces.general else "text" if pieces.text else "literal"
        at = next((i for i, (k, _) in enumerate(pieces.tokens) if k == "general"), len(pieces.tokens))
        before, after = _words(pieces.tokens[:at]), _words(pieces.tokens[at + 1 :])
        return Section(kind, before, after, condition=pieces.condition, percents=_percents(pieces.tokens))
    first, last = figures[0], figures[-1]
    inner = pieces.tokens[first : last + 1]
    rest = pieces.tokens[last + 1 :]
    thousands = 0
    while rest and rest[0][0] == ",":
        thousands, rest = thousands + 1, rest[1:]
    point = next((i for i, (k, _) in enumerate(inner) if k == "."), len(inner))
    whole, decimals = inner[:point], inner[point + 1 :]
    while whole and whole[-1][0] == "," and point < len(inner):
        thousands, whole = thousands + 1, whole[:-1]
    kind = "scientific" if pieces.exponent else "fraction" if ("word", "/") in inner else "number"
    places = [text for k, text in decimals if k == "digit"]
    return Section(
        kind,
        _words(pieces.tokens[:first]),
        _words(rest),
        tuple(text for k, text in whole if k != ","),
        max((i + 1 for i, p in enumerate(places) if p in "0?"), default=0),
        len(places),
        any(k == "," for k, _ in whole),
        thousands,
        _percents(pieces.tokens),
        pieces.condition,
    )


def _percents(tokens: list[tuple[str, str]]) -> int:
    return sum(kind == "%" for kind, _ in tokens)


def _words(tokens: list[tuple[str, str]]) -> str:
    return "".join(text for kind, text in tokens if kind in ("word", "%"))


def _tokens(code: str) -> _Pieces:
    """Take a section apart; colours, calendars and fill characters are dropped, a blank width is a blank."""
    found = _Pieces([])
    index = 0
    while index < len(code):
        char = code[index]
        lower = char.lower()
        end = index + 1
        if char == '"':
            closing = code.find('"', end)
            stop = closing if closing >= 0 else len(code)
            found.tokens.append(("word", code[end:stop]))
            end = stop + 1
        elif char == "\\":
            found.tokens.append(("word", code[end : end + 1]))
            end += 1
        elif char in "_*":
            found.tokens += [("word", " ")] if char == "_" else []
            end += 1
        elif char == "[":
            closing = code.find("]", end)
            stop = closing if closing >= 0 else len(code)
            _bracket(code[end:stop], found)
            end = stop + 1
        elif code[index : index + 7].lower() == "general":
            found.general = True
            found.tokens.append(("general", ""))
            end = index + 7
        elif char in PLACEHOLDERS:
            found.tokens.append(("digit", char))
        elif char in ".,%":
            found.tokens.append((char, char))
        elif char in "Ee" and code[end : end + 1] in ("+", "-") and any(k == "digit" for k, _ in found.tokens):
            found.exponent = True
            end = len(code)
        elif lower in "dmyhs" and (found.date_letters or not any(k == "digit" for k, _ in found.tokens)):
            found.date_letters += lower  # after digits they are words ('0 stk'), which Excel would have quoted
        elif char == "@":
            found.text = True
        else:
            found.tokens.append(("word", char))
        index = end
    return found


def _bracket(inside: str, found: _Pieces) -> None:
    """A condition, a currency sign or elapsed hours; colours and languages say nothing that is printed."""
    if condition := _CONDITION.match(inside.strip()):
        found.condition = (condition[1], Fraction(condition[2]))
    elif inside.startswith("$"):
        found.tokens.append(("word", inside[1:].partition("-")[0]))
    elif inside and set(inside.lower()) <= set("hms"):
        found.date_letters += inside.lower()
