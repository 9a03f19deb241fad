"""Which number or bullet does Word show before a paragraph of a list?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.readers.docx_styles import Styles
from checker.readers.docx_tree import Node, integer

LEVELS = 9
_LONGEST = 100
"""Characters of a pattern for numbers; Word writes a few."""
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Level(NamedTuple):
    """One level of a list. `restart` is the level (from 1) that starts it anew, 0 none, None any above it."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False  # all numbers in the pattern as 1, 2, 3
    style: str = ""
    picture: bool = False


@dataclass(slots=True)
class _List:
    """A list by its number: which levels it has and where it counts (lists of one kind count together)."""

    counters: list[int | None]
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)  # levels that begin anew when this list first uses them


class Numbering:
    """The lists of a document, counting on with each paragraph that is asked about in document order."""

    def __init__(self, root: Node | None, styles: Styles) -> None:
        self._lists: dict[int, _List] = {}
        if root is None:
            return
        kinds = {integer(n.attributes.get("abstractNumId"), -1): n for n in root.nodes("abstractNum")}
        kind_of = {
            integer(n.attributes.get("numId"), -1): integer(n.val("abstractNumId"), -1) for n in root.nodes("num")
        }
        counters: dict[int, list[int | None]] = {kind: [None] * LEVELS for kind in kinds}
        for num in root.nodes("num"):
            number = integer(num.attributes.get("numId"), -1)
            kind = kinds.get(kind_of[number])
            link = kind.val("numStyleLink") if kind else None
            if link:
                kind = kinds.get(kind_of.get(styles.numbering_of(link) or -1, -1), kind)
            if kind is None:
                continue
            at = integer(kind.attributes.get("abstractNumId"), -1)
            made = _List(counters[at], {_depth(level): _level(level) for level in kind.nodes("lvl")})
            for override in num.nodes("lvlOverride"):
                depth = _depth(override)
                own = override.first("lvl")
                if own is not None:
                    made.levels[depth] = _level(own)
                if override.first("startOverride"):
                    start = made.starts[depth] = integer(override.val("startOverride"))
                    made.levels[depth] = made.levels.get(depth, Level())._replace(start=start)
            self._lists[number] = made

    def depth_of(self, number: int, style: str) -> int | None:
        """The level of a list that belongs to a style."""
        found = self._lists.get(number)
        return next((d for d, level in found.levels.items() if level.style == style), None) if found else None

    def label(self, number: int, depth: int) -> str:
        """What Word shows before the next paragraph on a level, with a blank where something follows; it counts on.

        Bullets are '- '. Levels above that had no paragraph yet are taken to have had their first one, as LibreOffice
        takes them.
        """
        found = self._lists.get(number)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        counters, now = found.counters, found.counters[depth]
        for above in range(depth):
            if counters[above] is None and above in found.levels:
                counters[above] = found.levels[above].start
        counters[depth] = found.starts.pop(depth, level.start if now is None else now + 1)
        for below in range(depth + 1, LEVELS):
            restart = found.levels[below].restart if below in found.levels else None
            if restart is None or depth < restart:
                counters[below] = None
        after = "" if level.suffix == "nothing" else " "
        if level.format == "bullet":
            return "- " if level.pattern.strip() or level.picture else ""
        said = re.sub("%([1-9])", lambda m: self._number(found, int(m[1]) - 1, level.legal), level.pattern)
        return said + after if said.strip() else ""

    def _number(self, found: _List, depth: int, legal: bool) -> str:
        level = found.levels.get(depth, Level())
        now = found.counters[depth]
        return shown(level.start if now is None else now, "decimal" if legal else level.format)


def shown(number: int, form: str) -> str:
    """A number as a list shows it; forms that are not known, and numbers too large for theirs, are shown as 1, 2, 3."""
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        letter = chr(ord("a" if form == "lowerLetter" else "A") + (number - 1) % 26)
        return letter * ((number - 1) // 26 + 1)
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        said = ""
        for value, sign in (*_ROMAN, *_ROMAN_ONES):
            said += sign * (number // value)
            number %= value
        return said if form == "lowerRoman" else said.upper()
    if form == "decimalZero":
        return f"{number:02}"
    return f"{number}." if form == "ordinal" else str(number)


def _depth(node: Node) -> int:
    return min(max(integer(node.attributes.get("ilvl")), 0), LEVELS - 1)


def _level(node: Node) -> Level:
    pattern = node.first("lvlText")
    return Level(
        integer(node.val("start"), 0),
        node.val("numFmt") or "decimal",
        (pattern.attributes.get("val", "") if pattern else "")[:_LONGEST],
        node.val("suff") or "tab",
        integer(node.val("lvlRestart")) if node.first("lvlRestart") else None,
        bool(node.on("isLgl")),
        node.val("pStyle") or "",
        node.first("lvlPicBulletId") is not None,
    )
