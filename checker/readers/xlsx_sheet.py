"""Which cells does one sheet of an xlsx workbook hold, as they are shown, and what must be said of them?"""

from __future__ import annotations

import re

from checker.model.document import Cell
from checker.readers.package import MAX_TEXT, local
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
    in_order,
    too_many_cells,
)
from checker.readers.text_boxes import text_boxes
from checker.readers.xlsx_book import Book, SheetPart, Style, unescaped

MAX_LONG_TEXTS = 100_000_000
"""Characters in the long texts of one sheet: a text that is stored once may be shown in a million cells."""
_LONG_TEXT = 1_000

_ADDRESS = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_LINK = re.compile(r"(?<![\w\])}])\[(\d{1,4})\][^\[\]]*?!")
_TRUE = ("1", "true", "on")


def read_sheet(book: Book, part: SheetPart) -> Sheet:
    """The sheet, one row at a time; formulas, values and formats in one pass. The stated dimension is not used."""
    reader = _Reader(book, Sheet(part.name, hidden=part.hidden))
    book.package.parse(part.part, reader.start, reader.end, reader.characters)
    if reader.disordered:
        reader.sheet.rows = in_order(reader.sheet.rows)
    book.cells = reader.count
    reader.sheet.boxes += text_boxes(book.package, part.part)
    return reader.sheet


class _Reader:
    """The handlers for the XML of one sheet; they run for every cell, so they do little and keep little."""

    __slots__ = (
        "book", "cell", "cells", "column", "columns", "count", "disordered", "formula", "kinds", "linked", "long_texts",
        "phonetic", "row", "shared", "sheet", "taking", "value",
    )  # fmt: skip

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.row = self.column = self.long_texts = 0
        self.count = book.cells
        self.cells: list[Cell] = []
        self.kinds: list[str] = []
        self.cell: dict[str, str] | None = None  # the attributes of the cell that is open
        self.value: str | None = None  # None where the cell has no value, '' where it has an empty one
        self.formula: str | None = None
        self.taking = ""  # the name of the element whose text is wanted
        self.shared: str | None = None  # the number of a formula that cells share
        self.phonetic = self.disordered = False
        self.linked: dict[str, list[str]] = {}  # shared formula -> workbooks it links to
        self.columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = local(name)
        if name == "c":
            self.cell, self.value, self.formula = attributes, None, None
        elif self.cell is not None:
            if name == "v" or (name == "t" and not self.phonetic):
                self.taking = name
                if self.value is None:
                    self.value = ""
            elif name == "f":
                self.taking, self.formula = name, ""
                self.shared = attributes.get("si") if attributes.get("t") == "shared" else None
            elif name == "rPh":
                self.phonetic = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col":
            if attributes.get("hidden") in _TRUE or attributes.get("width") == "0":
                self.sheet.hidden_columns.append((_int(attributes.get("min")), _int(attributes.get("max"))))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if ":" in name:
            name = local(name)
        if name == self.taking:
            self.taking = ""
        elif name == "c":
            if self.cell is not None:
                self._end_cell(self.cell)
            self.cell = None
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self.phonetic = False

    def characters(self, text: str) -> None:
        if not self.taking:
            return
        if self.taking == "f":
            self.formula = joined = (self.formula or "") + text
        else:
            self.value = joined = (self.value or "") + text
        if len(joined) > MAX_TEXT:
            raise self.book.package.damaged()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r")
        row = _int(stated) if stated else self.row + 1
        if not 0 < row <= MAX_ROW:
            raise self.book.package.damaged()
        self.disordered |= row <= self.row
        self.row, self.column = row, 0
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self.sheet.hidden_rows.append(row)

    def _end_row(self) -> None:
        if self.cells:
            self.sheet.rows.append(GridRow(self.row, tuple(self.cells), "".join(self.kinds)))
            self.count += len(self.cells)
            self.cells, self.kinds = [], []
        if self.count > MAX_CELLS or self.long_texts > MAX_LONG_TEXTS:
            raise too_many_cells(self.book.package.name, self.sheet.name)

    def _end_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        column = self._column(address) if address else self.column + 1
        if column <= self.column:
            self.disordered = True
            if len(self.cells) > MAX_COLUMN:
                raise self.book.package.damaged()
        self.column = column
        value = self.value
        if self.formula is not None:
            self._links(self.formula)
        elif value is None:
            return
        type_ = attributes.get("t", "n")
        style = attributes.get("s")
        if type_ == "n" and value and (plain := self._style(style).format.plain(value)) is not None:
            self.cells.append(Cell(plain, column))
            self.kinds.append(NUMBER)
            return
        text, kind, stored, scale = self._read(type_, value, style)
        if not kind or (kind == TEXT and not text.strip()):
            return
        if len(text) > _LONG_TEXT:
            self.long_texts += len(text)
        self.cells.append(Cell(text, column, stored, scale))
        self.kinds.append(kind)

    def _read(self, type_: str, value: str | None, style: str | None) -> tuple[str, str, str | None, int]:
        """Text, kind, stored and scale of a cell; the kind is '' where it holds nothing."""
        if type_ == "s" and value is not None:
            return self._indented(self._shared_text(value), style), TEXT, None, 1
        if type_ in ("str", "inlineStr"):
            kind = NOT_CALCULATED if value is None else TEXT
            return self._indented(unescaped(value or ""), style), kind, None, 1
        value = (value or "").strip()
        if not value:
            return "", NOT_CALCULATED if self.formula is not None else "", None, 1
        if type_ == "n":
            return self._number(value, style)
        if type_ == "d":
            return value.replace("T00:00:00", "").replace("T", " "), DATE, None, 1
        if type_ == "b":
            return "SAND" if value in _TRUE else "FALSK", TEXT, None, 1
        return value, ERROR, None, 1

    def _column(self, address: str) -> int:
        letters = address.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            if not (letters.isascii() and letters.isupper() and 0 < column <= MAX_COLUMN and len(letters) <= 3):
                raise self.book.package.damaged()
            self.columns[letters] = column
        return column

    def _shared_text(self, index: str) -> str:
        try:
            return self.book.texts[int(index)]
        except (ValueError, IndexError) as error:
            raise self.book.package.damaged() from error

    def _style(self, style: str | None) -> Style:
        try:
            return self.book.styles[int(style or 0)]
        except (ValueError, IndexError):
            return self.book.styles[0]

    def _indented(self, text: str, style: str | None) -> str:
        indent = self._style(style).indent if style else 0
        return "  " * indent + text if indent else text

    def _number(self, value: str, style: str | None) -> tuple[str, str, str | None, int]:
        format_ = self._style(style).format
        shown = format_.show(value)
        if shown is None:
            return value, TEXT, None, 1
        self.sheet.note((self.row, self.column), shown, format_.code)
        return shown.text, DATE if shown.is_date else NUMBER, shown.stored, shown.scale

    def _links(self, formula: str) -> None:
        """Note what a formula links to; a shared formula says it only in the first of its cells."""
        if "[" in formula:
            found = [self._link(number) for number in dict.fromkeys(_LINK.findall(formula))]
            if self.shared is not None:
                self.linked[self.shared] = found
        else:
            found = self.linked.get(self.shared, []) if self.shared is not None and not formula else []
        for file in found:
            self.sheet.external.setdefault(file, []).append((self.row, self.column))

    def _link(self, number: str) -> str:
        at = int(number) - 1
        return self.book.links[at] if 0 <= at < len(self.book.links) else ""

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        start, end = _ADDRESS.match(first), _ADDRESS.match(last or first)
        if start and end:
            columns = self._column(start[1]), self._column(end[1])
            self.sheet.merges.append(Span(int(start[2]), min(columns), int(end[2]), max(columns)))


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
