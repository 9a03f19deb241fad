"""Where in a sheet's XML do the marked cells stand, or belong, and what lies around them?"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.annotate.spots import guarded, run, tag_at
from checker.model.document import cell_position
from checker.readers.sheet import MAX_COLUMN, MAX_ROW, Position

_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Z]+\d+:[A-Z]+\d+)[\"']")
_BEFORE_LINKS = {
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations"),
}
_BEFORE_NOTES = {
    *_BEFORE_LINKS,
    *("hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing"),
}
"""What stands before the links and before the hook of notes in a sheet. Source: ECMA-376 part 1, 18.3.1.99."""
_TRUE = ("1", "true", "on")


@dataclass(slots=True)
class Row:
    """A row that holds marked cells: where it begins and ends, and where its missing cells belong."""

    start: int
    inner: int
    style: str | None
    close: int = 0
    cells: dict[int, tuple[int, str | None]] = field(default_factory=dict)  # marked column -> start, style
    gaps: dict[int, int] = field(default_factory=dict)  # column of a missing cell -> where it belongs


@dataclass(slots=True)
class Grid:
    """What is needed of a sheet; sizes are in pixels."""

    prefix: str = ""
    rows: dict[int, Row] = field(default_factory=dict)
    gaps: dict[int, int] = field(default_factory=dict)  # number of a missing row -> where it belongs
    data: tuple[int, int] = (0, 0)  # the start tag of sheetData
    column_styles: list[tuple[int, int, str]] = field(default_factory=list)
    widths: list[tuple[int, int, int]] = field(default_factory=list)
    heights: dict[int, int] = field(default_factory=dict)
    width: int = 64
    height: int = 20
    notes: str | None = None  # id of the relationship to the drawing that holds the notes
    notes_at: int = 0  # where that hook belongs
    links: tuple[int, int] = (0, 0)  # where links begin, and where more of them belong; the same where there are none
    relations: str = ""  # prefix of the namespace of relationships, '' where the root declares none

    def style(self, row: Row | None, column: int) -> str | None:
        """The format that a missing cell is shown with: that of its row, else of its column."""
        if row is not None and row.style is not None:
            return row.style
        return next((style for low, high, style in self.column_styles if low <= column <= high), None)

    def column_width(self, column: int) -> int:
        """In pixels; column from 1."""
        return next((width for low, high, width in self.widths if low <= column <= high), self.width)

    def row_height(self, row: int) -> int:
        """In pixels; row from 1."""
        return self.heights.get(row, self.height)


def anchors(xml: bytes, wanted: Iterable[Position]) -> dict[Position, Position]:
    """Of each wanted cell the one that shows it: the first of the cells that are merged with it."""
    spans = []
    for match in _MERGED.finditer(xml):
        first, _, last = match[1].decode().partition(":")
        spans.append((cell_position(first), cell_position(last)))
    found = {}
    for row, column in wanted:
        inside = (a for a, b in spans if a[0] <= row <= b[0] and a[1] <= column <= b[1])
        found[row, column] = next(inside, (row, column))
    return found


def grid(xml: bytes, wanted: Iterable[Position], relations: str, name: str) -> Grid:
    """Look through a sheet for the wanted cells; `relations` is the namespace of relationships."""
    scan = _Scan(xml, wanted, relations)
    parser = guarded(name)
    scan.parser = parser
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    run(parser, xml, name)
    return scan.finished()


class _Scan:
    """The handlers; they run for every cell, so they do little."""

    def __init__(self, xml: bytes, wanted: Iterable[Position], relations: str) -> None:
        self.xml, self.relations = xml, relations
        self.parser = guarded("")
        self.made = Grid()
        self.wanted: dict[int, list[int]] = {}
        for row, column in wanted:
            insort(self.wanted.setdefault(row, []), column)
        self.waiting = sorted(self.wanted)  # rows that were not met yet
        self.row = self.column = self.depth = 0
        self.began, self.inner, self.empty = 0, 0, False  # of the part of the sheet that was met last
        self.here: Row | None = None
        self.pending: list[int] = []  # columns of the open row that were not met yet

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        local = name.rpartition(":")[2]
        if local == "c" and self.depth == 4:
            self._cell(attributes)
        elif local == "row" and self.depth == 3:
            self._row(attributes)
        elif self.depth <= 2:
            self._part(name, local, attributes)
        elif local == "col":
            self._column(attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        local = name.rpartition(":")[2]
        if local == "row" and self.here is not None:
            self._end_row(self.here)
        elif local == "sheetData":
            close = self.parser.CurrentByteIndex
            for number in self.waiting:
                self.made.gaps[number] = close
        if self.depth == 1 and local in _BEFORE_NOTES:
            at = self.parser.CurrentByteIndex  # only of an end tag that is there: <a/> has none
            self.made.notes_at = self.inner if self.empty else at + len(tag_at(self.xml, at))
            if local == "hyperlinks":
                self.made.links = (self.began, self.inner if self.empty else at)
            elif local in _BEFORE_LINKS:
                self.made.links = (self.made.notes_at, self.made.notes_at)

    def finished(self) -> Grid:
        for number, row in self.made.rows.items():
            self.made.gaps.pop(number, None)
            for column in row.cells:
                row.gaps.pop(column, None)
        return self.made

    def _row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r", "")
        self.row = int(stated) if stated.isdecimal() else self.row + 1
        self.column = 0
        at = self.parser.CurrentByteIndex
        while self.waiting and self.waiting[0] <= self.row:
            number = self.waiting.pop(0)
            if number < self.row:
                self.made.gaps[number] = at
        if attributes.get("hidden") in _TRUE:
            self.made.heights[self.row] = 0
        elif height := attributes.get("ht"):
            self.made.heights[self.row] = _pixels(height, 4 / 3)
        self.here, self.pending = None, []
        if self.row in self.wanted:
            style = attributes.get("s") if attributes.get("customFormat") in _TRUE else None
            self.here = Row(at, at + len(tag_at(self.xml, at)), style)
            self.made.rows[self.row] = self.here
            self.pending = list(self.wanted[self.row])

    def _cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        self.column = cell_position(address)[1] if address else self.column + 1
        if self.here is None:
            return
        at = self.parser.CurrentByteIndex
        while self.pending and self.pending[0] <= self.column:
            column = self.pending.pop(0)
            if column < self.column:
                self.here.gaps[column] = at
        if self.column in self.wanted[self.row]:
            self.here.cells[self.column] = (at, attributes.get("s"))

    def _end_row(self, row: Row) -> None:
        row.close = row.inner if self.xml[row.inner - 2 : row.inner] == b"/>" else self.parser.CurrentByteIndex
        for column in self.pending:
            row.gaps[column] = row.close
        self.here = None

    def _part(self, name: str, local: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        self.began, self.inner = at, at + len(tag_at(self.xml, at))
        self.empty = self.xml[self.inner - 2 : self.inner] == b"/>"
        if self.depth == 1:
            self.made.prefix = name[: len(name) - len(local)]
            named = (k.partition(":")[2] for k, v in attributes.items() if v == self.relations and k[:6] == "xmlns:")
            self.made.relations = next(named, "")
            self.made.notes_at = self.inner
            self.made.links = (self.inner, self.inner)
        elif local == "sheetData":
            self.made.data = (at, self.inner)
        elif local == "legacyDrawing":
            self.made.notes = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), None)
        elif local == "sheetFormatPr":
            if attributes.get("defaultRowHeight"):
                self.made.height = _pixels(attributes["defaultRowHeight"], 4 / 3)
            if attributes.get("defaultColWidth"):
                self.made.width = _pixels(attributes["defaultColWidth"], 7) + 5

    def _column(self, attributes: dict[str, str]) -> None:
        low, high = (int(n) if (n := attributes.get(k, "")).isdecimal() else 0 for k in ("min", "max"))
        width = 0 if attributes.get("hidden") in _TRUE else _pixels(attributes.get("width") or "8.43", 7) + 5
        self.made.widths.append((low, min(high, MAX_COLUMN), width))
        if style := attributes.get("style"):
            self.made.column_styles.append((low, high, style))


def _pixels(text: str, factor: float) -> int:
    try:
        return max(0, min(round(float(text) * factor), MAX_ROW))
    except (ValueError, OverflowError):
        return 0
