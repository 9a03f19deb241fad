"""What a binary workbook says of its cells beside their values: number format, indent, error, hidden, merged."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from checker.readers.sheet import Position, Span

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


@dataclass(slots=True)
class SheetDetails:
    """A sheet's cells: numbers with the index of their cell format, the formats of texts, errors by their code."""

    numbers: dict[Position, tuple[float, int]] = field(default_factory=dict)
    texts: dict[Position, int] = field(default_factory=dict)
    errors: dict[Position, int] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Span] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    first_row: int = 1 << 30
    first_column: int = 1 << 30

    def meet(self, row: int, column: int) -> Position:
        """Note that a cell is filled; both from 0 as the files have them. Returns its position from 1."""
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        self.first_row, self.first_column = min(self.first_row, row), min(self.first_column, column)
        return row + 1, column + 1

    @property
    def area(self) -> int:
        """How many cells lie between the first and the last filled one, blank ones included."""
        if self.first_row > self.last_row:
            return 0
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)


@dataclass(slots=True)
class BookDetails:
    """The details of a workbook; `styles` are (number format code, indent) by index, `sheets` go by name."""

    styles: list[tuple[str, int]] = field(default_factory=list)
    sheets: dict[str, SheetDetails] = field(default_factory=dict)
    date_1904: bool = False
    encrypted: bool = False
    links: list[str] = field(default_factory=list)  # workbooks that formulas may take values from


def rk_number(packed: int) -> float:
    """A number in the short form RK: 30 bits of a whole number or of a double, perhaps a hundredth of it."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return value / 100 if packed & 1 else value
