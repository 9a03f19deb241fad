"""Workbooks and grids made in a test, and a document as short lines to compare whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from checker.errors import SubmissionError
from checker.model.document import Cell, Document, Paragraph, Table, Trap
from checker.readers import read_document
from checker.readers.lines import YEAR
from checker.readers.sheet import NUMBER, TEXT, GridRow, grid_row
from checker.readers.sheetlike import blocks, pieces

Value = str | float | int | None | tuple[Any, str]
"""A cell: blank, a text ('=…' is a formula), a number, or (either, number format)."""

Rows = Sequence[Sequence[Value]]


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """An xlsx file written cell by cell."""
    book = xlsxwriter.Workbook(path)
    formats: dict[str, Any] = {}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, tuple):
                    value, code = value  # noqa: PLW2901
                    style = formats.setdefault(code, book.add_format({"num_format": code}))
                    sheet.write(line, column, value, style)
                elif isinstance(value, str) and not value.startswith("="):
                    sheet.write_string(line, column, value)
                elif value is not None:
                    sheet.write(line, column, value)
    book.close()
    return path


def read(path: Path) -> Document:
    """What the readers make of a file."""
    return read_document(path)


def refused(path: Path) -> str:
    """Key and line of the error that reading a file gives; the message must exist in both languages."""
    try:
        read_document(path)
    except SubmissionError as error:
        for lang in ("da", "en"):
            said = error.render(lang)
            assert said.startswith(path.name) and "{" not in said, said
        return error.key if error.line is None else f"{error.key}:{error.line}"
    return "read"


def outline(made: Document | Sequence[Table | Paragraph]) -> list[str]:
    """Each paragraph and each row of a table as a line: 'P3 text', 'T' before a table, '4 | a | b'.

    A stored value stands behind what is shown: '69.631 (69631470.25 : 1000)'.
    """
    found: list[str] = []
    for block in made.blocks if isinstance(made, Document) else made:
        if isinstance(block, Paragraph):
            found.append(f"P{block.line} {block.text}")
            continue
        found.append(f"T {block.sheet}" if block.sheet else "T")
        found += [" | ".join([str(row.line), *map(_shown, row.cells)]) for row in block.rows]
    return found


def _shown(cell: Cell) -> str:
    if cell.stored is None and cell.scale == 1:
        return cell.text
    return f"{cell.text} ({cell.stored} : {cell.scale})"


def traps(document: Document) -> list[str]:
    """Each trap as 'code what @ sheet!cell' (or row:line, column:number)."""
    return [f"{trap.code} {trap.what} @ {_place(trap)}" for trap in document.traps]


def _place(trap: Trap) -> str:
    place = trap.place
    within = place.cell or (f"row:{place.line}" if place.line else f"column:{place.column}" if place.column else "")
    return f"{place.sheet}!{within}" if within else str(place.sheet)


def grid(rows: Rows) -> list[GridRow]:
    """Rows as a reader of sheets gives them: numbers and texts, from A1."""
    found = []
    for line, row in enumerate(rows, start=1):
        cells = []
        for column, value in enumerate(row, start=1):
            if isinstance(value, str):
                cells.append((Cell(value, column), TEXT))
            elif isinstance(value, (int, float)):
                plain = str(value) if YEAR.match(str(value)) else f"{value:,}".replace(",", ".")
                cells.append((Cell(plain, column), NUMBER))
        if cells:
            found.append(grid_row(line, cells))
    return found


def laid_out(rows: Rows) -> list[str]:
    """The outline of the tables and paragraphs that rows make."""
    return outline(blocks(pieces(grid(rows))))
