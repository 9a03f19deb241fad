"""How does any text become part of XML without being read as anything but text?"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.sax.saxutils import escape

MAX_CELL = 32_000
"""Characters in a cell; Excel allows 32.767."""

_NOT_ALLOWED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, halves of characters, and those that turn the direction of what follows."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Run(NamedTuple):
    """A piece of a note in one type."""

    text: str
    bold: bool = False
    mono: bool = False


def plain(text: str) -> str:
    """The text without what XML cannot hold; line breaks are one character."""
    return _NOT_ALLOWED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def attribute(text: str) -> str:
    """For an attribute in double quotes."""
    return escape(plain(text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def content(text: str, most: int = MAX_CELL) -> str:
    """For a text element of a workbook: '_x000D_' in a text would be read as a character, so it is escaped."""
    return escape(_ESCAPE.sub("_x005F_", shortened(plain(text), most)))


def shortened(text: str, most: int) -> str:
    """The text, cut between words where it is longer."""
    if len(text) <= most:
        return text
    cut = max(text.rfind(" ", 0, most), text.rfind("\n", 0, most))
    return text[: cut if cut > most // 2 else most - 1].rstrip(" .,;:…\n") + "…"
