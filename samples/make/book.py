"""How does a controller's workbook, or what Excel saves of it as CSV, come from cells as they are shown?

Figures are written as they are shown ('41.487', '-8,4', '6,0%') and become numbers with the format that shows them so.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

Cells = Sequence[str]
_MADE = datetime.datetime(2026, 1, 5, 8, 0, tzinfo=datetime.UTC)
_NUMBER = re.compile(r"-?[\d.]*\d(,\d+)?%?")
_DASH = '#,##0;-#,##0;"-"'


class Book:
    """A workbook in which a controller has laid out tables; rows are put one below the other."""

    def __init__(self, path: Path, author: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book = xlsxwriter.Workbook(path, {"in_memory": True})
        self.book.set_properties({"author": author, "created": _MADE})
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.sheet: Any = None
        self.row = self.left = 0

    def look(self, **wanted: Any) -> Any:
        """The cell format with these properties."""
        key = tuple(sorted(wanted.items()))
        if wanted and key not in self.formats:
            self.formats[key] = self.book.add_format(wanted)
        return self.formats.get(key)

    def add(self, name: str, *widths: int, hidden: bool = False, top: int = 0, left: int = 0) -> None:
        """Begin a sheet with columns of these widths; what follows begins `top` rows down and `left` columns in."""
        self.sheet, self.row, self.left = self.book.add_worksheet(name), top, left
        for column, width in enumerate(widths):
            self.sheet.set_column(column + left, column + left, width)
        if hidden:
            self.sheet.hide()

    def words(self, *lines: str, bold: bool = False, skip: int = 0, over: int = 0) -> None:
        """Lines of words in the first column, or merged `over` several, with blank rows after them."""
        look = self.look(bold=True) if bold else None
        for line in lines:
            if over:
                self.sheet.merge_range(self.row, self.left, self.row, self.left + over - 1, line, look)
            else:
                self.sheet.write_string(self.row, self.left, line, look)
            self.row += 1
        self.row += skip

    def heading(self, *rows: Cells, merge: bool = False) -> None:
        """Heading rows; `merge` joins a cell of the upper rows with the blank ones to its right."""
        look = self.look(bold=True, text_wrap=True, align="center", bottom=1)
        for level, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if not cell:
                    continue
                end = column
                while merge and level < len(rows) - 1 and end + 1 < len(cells) and not cells[end + 1]:
                    end += 1
                at = (self.row, column + self.left)
                if end > column > 0:
                    self.sheet.merge_range(*at, self.row, end + self.left, cell, look)
                elif cell.isdigit():
                    self.sheet.write_number(*at, int(cell), look)
                else:
                    self.sheet.write_string(*at, cell, look)
            self.row += 1

    def body(self, rows: Iterable[Cells], bold: Sequence[str] = ("i alt",), skip: int = 1) -> None:
        """Rows of a table; blanks before a label become an indent, rows that name a total are bold."""
        for cells in rows:
            strong = {"bold": True, "top": 1} if any(word in " ".join(cells) for word in bold) else {}
            for column, cell in enumerate(cells):
                self.put(column, cell, strong)
            self.row += 1
        self.row += skip

    def put(self, column: int, cell: str, strong: dict[str, Any]) -> None:
        """One cell: a number with its format, a label, or nothing; 'stored|shown' keeps more than it shows."""
        stored, _, shown = cell.rpartition("|")
        at = (self.row, column + self.left)
        if not cell:
            return
        if not column and cell.isdigit():
            self.sheet.write_number(*at, int(cell), self.look(**strong))
        elif shown == "-":
            self.sheet.write_number(*at, 0, self.look(num_format=_DASH, **strong))
        elif _NUMBER.fullmatch(shown) and column:
            look = self.look(num_format=number_format(shown), **strong)
            self.sheet.write_number(*at, number(stored or shown), look)
        else:
            indent = (len(cell) - len(cell.lstrip())) // 2
            look = self.look(**strong, **({"indent": indent} if indent else {}))
            self.sheet.write_string(*at, cell.strip(), look)

    def formulas(self, label: str, cells: Iterable[tuple[str, Decimal, str]], strong: bool = False) -> None:
        """A row of formulas, each with the value Excel has calculated and its number format."""
        look = {"bold": True, "top": 1} if strong else {}
        self.put(0, label, look)
        for column, (formula, value, code) in enumerate(cells, start=self.left + 1):
            self.sheet.write_formula(self.row, column, formula, self.look(num_format=code, **look), float(value))
        self.row += 1

    def close(self) -> None:
        """Write the file."""
        self.book.close()


def number(text: str) -> float:
    """'1.234,5' as 1234.5 and '6,0%' as 0.06."""
    value = Decimal(text.rstrip("%").replace(".", "").replace(",", "."))
    return float(value / 100 if text.endswith("%") else value)


def number_format(text: str) -> str:
    """The format of a number that is shown like this."""
    decimals = len(text.rstrip("%").rpartition(",")[2]) if "," in text else 0
    return ("#,##0" if "%" not in text else "0") + ("." + "0" * decimals if decimals else "") + "%" * text.endswith("%")


def csv_text(rows: Iterable[Cells], pad: bool) -> str:
    """Rows as Excel saves them: parted by semicolons, filled up to the widest row if `pad`, quoted where needed."""
    listed = [list(row) for row in rows]
    width = max(map(len, listed)) if pad else 0
    lines = [";".join(map(_quoted, row + [""] * (width - len(row)))) for row in listed]
    return "\r\n".join(lines) + "\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if ";" in cell or '"' in cell else cell
