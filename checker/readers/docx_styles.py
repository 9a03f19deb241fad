"""What do the styles of a Word file say of a paragraph or a run: heading level, numbering, indent, hidden, raised?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.readers.docx_tree import Node, integer

_LONGEST = 30
"""Styles based on each other that are followed."""
_HEADING = re.compile(r"(?:heading|overskrift)\s?([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|titel", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|indholdsfortegnelse|table ?of ?(?:figures|authorities))\s?\d?", re.IGNORECASE)


class Look(NamedTuple):
    """What a style gives its paragraphs; `indents` are in twips by name, `numbered_by` the style that says `number`."""

    level: int = 0
    number: int | None = None
    depth: int | None = None
    numbered_by: str = ""
    indents: tuple[tuple[str, int], ...] = ()
    hidden: bool = False
    contents: bool = False


class Styles:
    """The styles of a document; one that is not there says what its own name says."""

    def __init__(self, root: Node | None) -> None:
        found = list(root.nodes("style")) if root else []
        self._styles = {s.attributes.get("styleId", ""): s for s in found}
        self._default = next(
            (
                s.attributes.get("styleId", "")
                for s in found
                if s.attributes.get("type") == "paragraph" and s.attributes.get("default") in ("1", "true", "on")
            ),
            "",
        )
        self._looks: dict[str, Look] = {}
        self._flags: dict[tuple[str, str], bool | None] = {}

    def look(self, properties: Node | None) -> Look:
        """What the style of a paragraph with these properties gives it."""
        style = self.name(properties)
        if style not in self._looks:
            self._looks[style] = self._look(style)
        return self._looks[style]

    def name(self, properties: Node | None) -> str:
        """The style of a paragraph."""
        return (properties.val("pStyle") if properties else None) or self._default

    def hidden(self, run: Node | None, look: Look) -> bool:
        """Whether a run with these properties is not shown; a hidden character style in a hidden paragraph is."""
        own = run.on("vanish") if run else None
        if own is not None:
            return own
        return look.hidden != bool(self._flag(run, "vanish"))

    def raised(self, run: Node | None) -> bool:
        """Whether a run stands as superscript."""
        if run is None:
            return False
        own = run.val("vertAlign")
        return own == "superscript" if own is not None else bool(self._flag(run, "vertAlign"))

    def numbering_of(self, style: str) -> int | None:
        """The list that a style of lists stands for."""
        found = self._styles.get(style)
        properties = found.first("pPr") if found else None
        numbered = properties.first("numPr") if properties else None
        return integer(numbered.val("numId"), -1) if numbered else None

    def _chain(self, style: str) -> Iterator[tuple[str, Node]]:
        """The style and those it is based on, nearest first."""
        seen: set[str] = set()
        while style in self._styles and style not in seen and len(seen) < _LONGEST:
            seen.add(style)
            yield style, self._styles[style]
            style = self._styles[style].val("basedOn") or ""

    def _look(self, style: str) -> Look:
        level = _level_of(style) if style not in self._styles else None
        contents = bool(_CONTENTS.fullmatch(style))
        number, depth, numbered_by = None, None, ""
        indents: dict[str, int] = {}
        hidden: bool | None = None
        for at, found in self._chain(style):
            name = found.val("name") or at
            contents = contents or bool(_CONTENTS.fullmatch(name))
            run, properties = found.first("rPr"), found.first("pPr")
            hidden = run.on("vanish") if hidden is None and run else hidden
            outline = properties.val("outlineLvl") if properties else None
            if level is None:
                level = outline_level(outline) if outline is not None else _level_of(name)
            if properties is None:
                continue
            numbered = properties.first("numPr")
            if numbered is not None and number is None and numbered.first("numId"):
                number, numbered_by = integer(numbered.val("numId"), -1), at
                depth = integer(numbered.val("ilvl")) if numbered.first("ilvl") else None
            indents = {**indents_of(properties), **indents}
        return Look(level or 0, number, depth, numbered_by, tuple(indents.items()), bool(hidden), contents)

    def _flag(self, run: Node | None, name: str) -> bool | None:
        style = (run.val("rStyle") if run else None) or ""
        if not style:
            return None
        if (style, name) not in self._flags:
            said = None
            for _, found in self._chain(style):
                own = found.first("rPr")
                if said is None and own is not None and own.first(name):
                    said = own.on(name) if name == "vanish" else own.val(name) == "superscript"
            self._flags[style, name] = said
        return self._flags[style, name]


def outline_level(said: str | None) -> int:
    """The level of a heading from 1, 0 for running text; `said` counts from 0 and has 9 for running text."""
    level = integer(said, 9)
    return level + 1 if 0 <= level < 9 else 0


def indents_of(properties: Node | None) -> dict[str, int]:
    """What a paragraph says of its own indent: left, hanging and firstLine in twips."""
    found = properties.first("ind") if properties else None
    if found is None:
        return {}
    said = {"left" if k == "start" else k: integer(v) for k, v in found.attributes.items()}
    kept = {k: v for k, v in said.items() if k in ("left", "hanging", "firstLine")}
    if "hanging" in kept:
        kept["firstLine"] = -kept.pop("hanging")
    return kept


def _level_of(name: str) -> int | None:
    """The level that the name of a style tells."""
    if found := _HEADING.fullmatch(name):
        return int(found[1])
    return 1 if _TITLE.fullmatch(name) else None
