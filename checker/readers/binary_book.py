"""What the two binary formats (.xls, .xlsb) have in common: numbers, texts and errors become the cells of a sheet."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from checker.model.document import Cell
from checker.readers.number_format import NumberFormat
from checker.readers.sheet import (
    DATE,
    ERROR,
    MAX_CELLS,
    MAX_COLUMN,
    MAX_ROW,
    NUMBER,
    TEXT,
    Sheet,
    grid_row,
    too_many_cells,
)

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Excel's error values by their code."""

_WHOLE = 1e15


class DamagedError(Exception):
    """The bytes are not what the format says they must be."""


@dataclass(slots=True)
class BinaryBook:
    """Everything that the sheets of a workbook share; `file` is the name to report."""

    file: str
    texts: list[str] = field(default_factory=list)
    styles: list[tuple[NumberFormat, int]] = field(default_factory=list)  # number format and indent of a cell
    date_1904: bool = False
    cells: int = 0
    links: list[str] = field(default_factory=list)  # workbooks that formulas may take values from

    def set_styles(self, codes: list[tuple[str, int]]) -> None:
        """The cell formats in their order, as (number format code, indent)."""
        formats: dict[str, NumberFormat] = {}
        for code, indent in codes:
            if code not in formats:
                formats[code] = NumberFormat(code or "General", self.date_1904)
            self.styles.append((formats[code], indent))

    def style(self, index: int) -> tuple[NumberFormat, int]:
        """A cell format; the default where the file has no such format."""
        if 0 <= index < len(self.styles):
            return self.styles[index]
        if not self.styles:
            self.styles.append((NumberFormat("General", self.date_1904), 0))
        return self.styles[0]

    def text(self, index: int) -> str:
        """A shared text."""
        if index >= len(self.texts):
            raise DamagedError
        return self.texts[index]


class SheetBuilder:
    """A sheet while its records are read; rows and columns count from 0, as the files have them."""

    def __init__(self, book: BinaryBook, name: str, hidden: bool) -> None:
        self.book = book
        self.sheet = Sheet(name, hidden=hidden)
        self._rows: dict[int, dict[int, tuple[Cell, str]]] = {}

    def number(self, row: int, column: int, value: float, style: int) -> None:
        """A number as its cell format shows it."""
        format_ = self.book.style(style)[0]
        text = str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
        shown = format_.show(text)
        if shown is None:  # no number that Excel can have
            raise DamagedError
        self.sheet.note((row + 1, column + 1), shown, format_.code)
        cell = Cell(shown.text, column + 1, shown.stored, shown.scale)
        self._put(row, cell, DATE if shown.is_date else NUMBER)

    def text(self, row: int, column: int, text: str, style: int) -> None:
        """A text with its indent."""
        if text.strip():
            self._put(row, Cell("  " * self.book.style(style)[1] + text, column + 1), TEXT)

    def flag(self, row: int, column: int, value: bool) -> None:
        """A logical value, by its Danish word."""
        self._put(row, Cell("SAND" if value else "FALSK", column + 1), TEXT)

    def error(self, row: int, column: int, code: int) -> None:
        """An error value."""
        self._put(row, Cell(ERRORS.get(code, "#N/A"), column + 1), ERROR)

    def _put(self, row: int, cell: Cell, kind: str) -> None:
        if not (0 <= row < MAX_ROW and cell.column <= MAX_COLUMN):
            raise DamagedError
        self.book.cells += 1
        if self.book.cells > MAX_CELLS:
            raise too_many_cells(self.book.file, self.sheet.name)
        self._rows.setdefault(row, {})[cell.column] = (cell, kind)

    def built(self) -> Sheet:
        """The sheet with its rows in order."""
        self.sheet.rows = [grid_row(row + 1, self._rows[row].values()) for row in sorted(self._rows)]
        return self.sheet


def rk_number(packed: int) -> float:
    """A number in the short form RK: 30 bits of a whole number or of a double, perhaps a hundredth of it."""
    if packed & 2:
        value: float = (packed >> 2) - (1 << 30 if packed & 0x80000000 else 0)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return value / (100 if packed & 1 else 1)
