"""What a Word document holds on its way to blocks: paragraphs and tables, each with what must be said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.model.document import Cell

TRACKED, HIDDEN = "tracked_change", "hidden_text"

_LONGEST = 60
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\t+(?=\d)")


class Mark(NamedTuple):
    """A trap that has no place yet."""

    code: str
    what: str


@dataclass(slots=True)
class Para:
    """A paragraph; tabs and line breaks are in `text` as they were, `indent` is that of its first line in twips.

    An empty one parts what stands around it, and may carry marks of what stood there.
    """

    text: str = ""
    level: int = 0
    kind: str = ""
    marks: list[Mark] = field(default_factory=list)
    indent: int = 0

    @property
    def lines(self) -> list[str]:
        """The lines with words, tabs as blanks: two between digits, which are then no one number."""
        return [said for line in self.text.split("\n") if (said := _blanks(line).strip())]


@dataclass(slots=True)
class WordCell:
    """A cell of a table: its first grid column from 1, how many it covers, and 'restart' or 'continue' downwards."""

    column: int
    span: int
    merged: str
    items: list[Item]

    @property
    def paragraphs(self) -> list[Para]:
        """The paragraphs that stand in the cell itself."""
        return [item for item in self.items if isinstance(item, Para)]

    @property
    def text(self) -> str:
        """The lines of all paragraphs; the indent of the first one as leading blanks."""
        paragraphs = [p for p in self.paragraphs if p.text.strip()]
        said = "\n".join(line for p in paragraphs for line in p.lines)
        return _indent(paragraphs[0]) + said if said else ""

    @property
    def marks(self) -> list[Mark]:
        """What must be said of the cell, each code once."""
        return together(mark for p in self.paragraphs for mark in p.marks)


@dataclass(slots=True)
class WordRow:
    """A row of a table; `marks` are of rows that stood before it and are gone."""

    cells: list[WordCell]
    marks: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table of Word; `widths` are those of its grid columns in twips, `after` the notes and boxes of its cells."""

    rows: list[WordRow]
    widths: list[int]
    after: list[Item]
    marks: list[Mark] = field(default_factory=list)  # of rows that are gone, until there is another row

    def say(self, mark: Mark | None) -> None:
        """Keep a mark for the row that comes next."""
        if mark is not None:
            self.marks.append(mark)


class Printed(NamedTuple):
    """A row as it is read, with the marks of its cells by column, and those of rows that stood before it."""

    cells: tuple[Cell, ...]
    marks: list[tuple[int, Mark]]
    before: list[Mark]


@dataclass(slots=True)
class Lines:
    """A table as it is read; `separator` as in `Table`."""

    rows: list[Printed]
    separator: str


Item = Para | Grid | Lines


def changed(old: str, new: str) -> Mark | None:
    """The mark of a change, None where neither text says anything."""
    said = [f'{word}: "{cut(text)}"' for word, text in (("udgår", old), ("nyt", new)) if text.strip()]
    return Mark(TRACKED, ", ".join(said)) if said else None


def hidden(text: str) -> Mark | None:
    """The mark of text that is not shown, None where it says nothing."""
    return Mark(HIDDEN, cut(text)) if text.strip() else None


def cut(text: str) -> str:
    """A text on one line of at most 60 characters."""
    said = " ".join(text[:1000].split())
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


def together(marks: Iterable[Mark]) -> list[Mark]:
    """One mark for each code, its texts one after the other."""
    found: dict[str, list[str]] = {}
    for mark in marks:
        found.setdefault(mark.code, []).append(mark.what)
    return [Mark(code, "; ".join(what)) for code, what in found.items()]


def paragraphs_in(items: Iterable[Item]) -> Iterator[Para]:
    """All paragraphs, those in the cells of tables too."""
    for item in items:
        if isinstance(item, Para):
            yield item
        elif isinstance(item, Grid):
            for row in item.rows:
                for cell in row.cells:
                    yield from paragraphs_in(cell.items)
            yield from paragraphs_in(item.after)


def _blanks(line: str) -> str:
    return _BETWEEN_DIGITS.sub("  ", line).replace("\t", " ")


def _indent(paragraph: Para) -> str:
    """Leading blanks for the indent: one for each 2 mm, those that were typed, and four for a tab."""
    first = next(line for line in paragraph.text.split("\n") if line.strip())
    typed = first[: len(first) - len(first.lstrip())].replace("\t", "    ")
    return " " * min(max(round(paragraph.indent / 113), 0), 40) + typed[:40]
