"""Which cells does an OpenDocument spreadsheet (.ods) hold, as they are shown, and what must be said of them?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from checker.errors import SubmissionError
from checker.model.document import Cell
from checker.readers.as_shown import as_shown
from checker.readers.number_format import Shown
from checker.readers.package import MAX_TEXT, Package, local
from checker.readers.sheet import (
    DATE,
    ERROR,
    MAX_CELLS,
    MAX_COLUMN,
    MAX_ROW,
    NOT_CALCULATED,
    NUMBER,
    TEXT,
    GridRow,
    Sheet,
    Span,
    too_many_cells,
)

CONTENT = "content.xml"
_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_LINK = re.compile(r"'file:[^']*?([^'/\\]+)'#")
_LENGTH = re.compile(r"^([\d.]+)(cm|mm|in|pt)$")
_IN_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 0.0353}
_INDENT_CM = 0.353
_HIDDEN = ("collapse", "filter")
_SHEET_PARTS = ("table-row", "table-column", "table-cell", "covered-table-cell")


def is_ods(package: Package) -> bool:
    """Whether a package says that it is a spreadsheet of this format."""
    return "mimetype" in package and next(package.pieces("mimetype"), b"").startswith(_MIME)


def read_sheets(package: Package) -> list[Sheet]:
    """All sheets; raises SubmissionError for an encrypted or a damaged file."""
    if any(e.name == "encryption-data" for e in package.elements("META-INF/manifest.xml")):
        raise SubmissionError(package.name, "input.encrypted")
    reader = _Reader(package)
    package.parse(CONTENT, reader.start, reader.end, reader.characters)
    return reader.sheets


@dataclass(slots=True)
class _OpenCell:
    """A cell while it is read."""

    attributes: dict[str, str]
    paragraphs: list[str] = field(default_factory=list)
    length: int = 0


class _Reader:
    """The handlers for the content and where they are in it; they run for every element, so they do little."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.sheets: list[Sheet] = []
        self.sheet: Sheet | None = None
        self.row = self.column = self.count = 0
        self.repeat = 1
        self.cells: list[Cell] = []
        self.kinds: list[str] = []
        self.numbers: list[tuple[int, Shown]] = []  # numbers of the row by their columns
        self.links: list[tuple[int, str]] = []  # workbooks that cells of the row link to
        self.cell: _OpenCell | None = None
        self.depth = 0  # of elements inside the cell
        self.own = 0  # the depth at which the cell's own text is left: a comment or a drawing begins
        self.in_dde = False
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.indents: dict[str, int] = {}
        self.names: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        short = self.names.get(name)
        if short is None:
            short = self.names.setdefault(name, local(name))
        if self.cell is not None:
            self.depth += 1
            self._in_cell(self.cell, short, attributes)
        elif short in _SHEET_PARTS and self.sheet is not None:
            self._in_sheet(short, attributes)
        elif short == "table" and not self.in_dde:
            hidden = attributes.get("table:style-name", "") in self.hidden_styles
            self.sheet = Sheet(attributes.get("table:name", ""), hidden=hidden)
            self.sheets.append(self.sheet)
            self.row = self.column = 0
        elif short == "dde-link":
            self.in_dde = True
        elif short == "style":
            self.style = attributes.get("style:name", "")
        elif short == "table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif short == "paragraph-properties" and (length := _LENGTH.match(attributes.get("fo:margin-left", ""))):
            self.indents[self.style] = round(float(length[1]) * _IN_CM[length[2]] / _INDENT_CM)

    def end(self, name: str) -> None:
        if self.cell is not None:
            if self.depth:
                self.depth -= 1
                if self.depth < self.own:
                    self.own = 0
                return
            if self.sheet is not None:
                self._end_cell(self.sheet, self.cell)
            self.cell = None
            return
        short = self.names.get(name, "")
        if short == "table-row" and self.sheet is not None:
            self._end_row(self.sheet)
        elif short == "table":
            self.sheet = None
        elif short == "dde-link":
            self.in_dde = False

    def characters(self, text: str) -> None:
        if self.cell is not None and self.depth and not self.own:
            self._add(self.cell, text)

    def _in_cell(self, cell: _OpenCell, name: str, attributes: dict[str, str]) -> None:
        """Only the paragraphs of the cell itself are its text, not those of a comment or a drawing in it."""
        if self.own:
            return
        if self.depth == 1:
            if name == "p":
                cell.paragraphs.append("")
            else:
                self.own = 1
        elif name == "s":
            self._add(cell, " " * min(_number(attributes.get("text:c")), MAX_TEXT))
        elif name in ("tab", "line-break"):
            self._add(cell, "\t" if name == "tab" else "\n")
        elif name in ("annotation", "frame"):
            self.own = self.depth

    def _add(self, cell: _OpenCell, text: str) -> None:
        cell.length += len(text)
        if cell.length > MAX_TEXT:
            raise self.package.damaged()
        cell.paragraphs[-1] += text

    def _in_sheet(self, name: str, attributes: dict[str, str]) -> None:
        assert self.sheet is not None
        if name == "table-column":
            repeat = _number(attributes.get("table:number-columns-repeated"))
            if attributes.get("table:visibility") in _HIDDEN:
                self.sheet.hidden_columns.append((self.column + 1, self.column + repeat))
            self.column += repeat
        elif name == "table-row":
            self.repeat = _number(attributes.get("table:number-rows-repeated"))
            if attributes.get("table:visibility") in _HIDDEN:
                last = min(self.row + self.repeat, MAX_ROW)
                self.sheet.hidden_rows += range(self.row + 1, last + 1)
            self.row, self.column = self.row + 1, 0
        else:
            self.cell = _OpenCell(attributes)

    def _end_row(self, sheet: Sheet) -> None:
        """A row that is repeated is written once; only those with something in them are laid out again."""
        first, repeat = self.row, self.repeat
        self.row += repeat - 1
        if self.cells:
            self.count += len(self.cells) * repeat
            if self.count > MAX_CELLS:
                raise too_many_cells(self.package.name, sheet.name)
            if self.row > MAX_ROW:
                raise self.package.damaged()
            cells, kinds = tuple(self.cells), "".join(self.kinds)
            sheet.rows += [GridRow(first + n, cells, kinds) for n in range(repeat)]
            for row in range(first, first + repeat):
                for column, shown in self.numbers:
                    sheet.note((row, column), shown, f"1:{shown.scale}")
                for column, link in self.links:
                    sheet.external.setdefault(link, []).append((row, column))
            self.cells, self.kinds, self.numbers, self.links = [], [], [], []

    def _end_cell(self, sheet: Sheet, cell: _OpenCell) -> None:
        at, attributes = self.column + 1, cell.attributes
        repeat = _number(attributes.get("table:number-columns-repeated"))
        self.column += repeat
        wide = _number(attributes.get("table:number-columns-spanned"))
        high = _number(attributes.get("table:number-rows-spanned"))
        if wide > 1 or high > 1:
            sheet.merges.append(Span(self.row, at, self.row + high - 1, at + wide - 1))
        formula = attributes.get("table:formula")
        text = "\n".join(cell.paragraphs)
        if not text.strip() and "office:value" not in attributes and formula is None:
            return
        if self.column > MAX_COLUMN:
            raise self.package.damaged()
        made, kind = self._read(text, formula is not None, attributes, at)
        if kind == TEXT and not made.text.strip():
            return
        for match in _LINK.finditer(formula or ""):
            self.links.append((at, unquote(match[1])))
        for column in range(at, at + repeat):
            self.cells.append(Cell(made.text, column, made.stored, made.scale))
            self.kinds.append(kind)
        self.numbers += [(n, shown) for c, shown in self.numbers if c == at for n in range(at + 1, at + repeat)]

    def _read(self, text: str, is_formula: bool, attributes: dict[str, str], at: int) -> tuple[Cell, str]:
        type_ = attributes.get("office:value-type", "")
        value = attributes.get("office:value")
        if attributes.get("calcext:value-type") == "error" or (is_formula and text.startswith(("Err:", "#"))):
            return Cell(text, at), ERROR
        if value is not None and type_ in ("float", "percentage", "currency"):
            shown = as_shown(text, value)
            if shown is not None:
                self.numbers.append((at, shown))
                return Cell(shown.text, at, shown.stored, shown.scale), NUMBER
        if type_ in ("date", "time"):
            date = attributes.get("office:date-value", "").replace("T00:00:00", "").replace("T", " ")
            return Cell(text if not date or re.fullmatch(r"\d{4}", text) else date, at), DATE
        if is_formula and not type_ and not text:
            return Cell("", at), NOT_CALCULATED
        indent = self.indents.get(attributes.get("table:style-name", ""), 0)
        return Cell("  " * indent + text, at), TEXT


def _number(text: str | None) -> int:
    """A count, one where none is given."""
    return max(1, int(text)) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1
