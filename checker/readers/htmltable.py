"""A web page saved as .xls -> rows of cells: many systems export a table of HTML under Excel's ending."""

from __future__ import annotations

from html.parser import HTMLParser

from checker.errors import SubmissionError
from checker.model.document import Cell
from checker.readers.as_shown import as_shown
from checker.readers.package import MAX_TEXT
from checker.readers.sheet import MAX_CELLS, MAX_COLUMN, TEXT, Sheet, Span, grid_row, too_many_cells

_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "li")
_SILENT = ("script", "style", "head", "title", "xml")


def is_html(text: str) -> bool:
    """Whether a text begins as a web page with a table does."""
    head = text[:4096].lstrip().lower()
    return head.startswith("<") and any(mark in head for mark in ("<html", "<table", "<!doctype html"))


def read_html(text: str, name: str) -> Sheet:
    """The tables and the words between them as one sheet without a name; rows are counted as they are shown.

    A number that Excel wrote beside its shown text (`x:num`) is the stored value; all else is text, whatever it is.
    """
    parser = _Tables(name)
    parser.feed(text)
    parser.close()
    parser.finish_row()
    return parser.sheet


class _Tables(HTMLParser):
    """Every row of a table is a row of the sheet; words outside are rows of one cell."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.sheet = Sheet("")
        self.line = 1
        self.depth = self.count = 0
        self.silent = ""
        self.row: list[tuple[Cell, str]] = []
        self.column = 0
        self.taken: dict[int, int] = {}  # column -> last line that a cell above still covers
        self.words: list[str] = []
        self.open: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent = self.silent or tag
        elif tag in ("td", "th"):
            self._end_cell()
            self.open = dict(attrs)
        elif tag == "tr":
            self.finish_row()
        elif tag == "table":
            self.finish_row()
            self.depth += 1
            self.line += 1 if self.sheet.rows else 0
        elif tag == "br":
            self.words.append("\n")
        elif tag in _BLOCKS and not self.depth:
            self.finish_row()

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self.finish_row()
            if tag == "table":
                self.depth = max(0, self.depth - 1)
                self.line += 1
                self.taken = {}
        elif tag in _BLOCKS and not self.depth:
            self.finish_row()

    def handle_data(self, data: str) -> None:
        if not self.silent and (self.open is not None or not self.depth):
            self.words.append(data)

    def finish_row(self) -> None:
        """End the row that is open; words outside a table are a row of their own."""
        self._end_cell()
        if not self.depth and not self.row:
            text = " ".join("".join(self.words).split())
            if text:
                self.row.append((Cell(text, 1), TEXT))
            self.words = []
        if self.row:
            self.sheet.rows.append(grid_row(self.line, self.row))
            self.row = []
            self.column = self.column or 1
        if self.column:
            self.line += 1
        self.column = 0

    def _end_cell(self) -> None:
        if self.open is None:
            return
        attributes, self.open = self.open, None
        text = "\n".join(" ".join(part.split()) for part in "".join(self.words).split("\n")).strip()
        self.words = []
        self.column += 1
        while self.taken.get(self.column, 0) >= self.line:
            self.column += 1
        wide, high = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        first, self.column = self.column, self.column + wide - 1
        if high > 1:
            self.taken.update(dict.fromkeys(range(first, min(self.column, MAX_COLUMN) + 1), self.line + high - 1))
        if not text:
            return
        self.count += 1
        if self.count > MAX_CELLS:
            raise too_many_cells(self.name, "HTML")
        if self.column > MAX_COLUMN or len(text) > MAX_TEXT:
            raise SubmissionError(self.name, "input.damaged_workbook")
        if wide > 1 or high > 1:
            self.sheet.merges.append(Span(self.line, first, self.line + high - 1, self.column))
        stored = attributes.get("x:num")
        shown = as_shown(text, stored) if stored else None
        cell = Cell(shown.text, first, shown.stored, shown.scale) if shown else Cell(text, first)
        self.row.append((cell, TEXT))


def _span(text: str | None) -> int:
    return min(max(1, int(text)), MAX_COLUMN) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1
