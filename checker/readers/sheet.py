"""One sheet as its format holds it: rows of filled cells, and what was seen of them, before any table is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.errors import SubmissionError
from checker.model.document import Cell, cell_name
from checker.readers.number_format import Shown

NUMBER, TEXT, DATE, ERROR, NOT_CALCULATED = "n", "t", "d", "e", "x"
"""What a cell holds, one letter each, so that the kinds of a row are one short text."""

MAX_CELLS = 3_000_000
"""Filled cells in a workbook; what is larger is an extract for a database."""
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384

MAX_NAMED = 25
"""Cells or runs of cells that are named one by one."""

Position = tuple[int, int]
"""(row, column) of a cell, both from 1."""


class GridRow(NamedTuple):
    """The filled cells of one row, left to right; `kinds` has a letter for each."""

    line: int
    cells: tuple[Cell, ...]
    kinds: str


class Span(NamedTuple):
    """A block of merged cells, all ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """A sheet; the lists name cells that must be said, in the order they were met."""

    name: str
    rows: list[GridRow] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Span] = field(default_factory=list)
    external: dict[str, list[Position]] = field(default_factory=dict)  # workbook that is linked to -> cells
    minus_hidden: list[Position] = field(default_factory=list)
    blanked: list[Position] = field(default_factory=list)  # a number that its format shows as nothing
    scaled: dict[str, list[Position]] = field(default_factory=dict)  # number format that divides -> cells
    boxes: list[tuple[int, int, str]] = field(default_factory=list)  # words beside the cells: row, column, text

    def note(self, at: Position, shown: Shown, code: str) -> None:
        """Keep what must be said of a number as it is shown by the format `code`."""
        if shown.minus_hidden:
            self.minus_hidden.append(at)
        if shown.scale > 1:
            self.scaled.setdefault(code, []).append(at)
        if not shown.text and shown.stored not in (None, "0"):
            self.blanked.append(at)


def too_many_cells(file: str, sheet: str) -> SubmissionError:
    """The error for a workbook with more filled cells than are read, met in `sheet`."""
    return SubmissionError(file, "input.too_many_cells", sheet=sheet, limit=f"{MAX_CELLS:,}".replace(",", "."))


def ranges(positions: Iterable[Position]) -> str:
    """Cells as a reader of workbooks names them, downwards: 'B4, B7-B9'; of very many, the first and how many more."""
    found: list[str] = []
    ordered = sorted(set(positions), key=lambda p: (p[1], p[0]))
    at = 0
    while at < len(ordered):
        row, column = ordered[at]
        end = at
        while end + 1 < len(ordered) and ordered[end + 1] == (row + end + 1 - at, column):
            end += 1
        first, last = cell_name(row, column), cell_name(ordered[end][0], column)
        found.append(first if end == at else f"{first}-{last}")
        at = end + 1
    return listed(found)


def listed(names: Sequence[str]) -> str:
    """Names with commas; of very many, the first and how many more: 'B4, B6, … (+997)'."""
    more = len(names) - MAX_NAMED
    return ", ".join(names) if more <= 0 else ", ".join(names[:MAX_NAMED]) + f", … (+{more})"


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as runs without a gap: 4, 5, 6, 9 as (4, 6), (9, 9)."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def in_order(rows: Sequence[GridRow]) -> list[GridRow]:
    """Rows by line, those that a careless writer gave twice put together."""
    merged: dict[int, dict[int, tuple[Cell, str]]] = {}
    for row in rows:
        into = merged.setdefault(row.line, {})
        into.update({cell.column: (cell, kind) for cell, kind in zip(row.cells, row.kinds, strict=True)})
    return [grid_row(line, merged[line].values()) for line in sorted(merged)]


def grid_row(line: int, cells: Iterable[tuple[Cell, str]]) -> GridRow:
    """A row from cells in any order."""
    ordered = sorted(cells, key=lambda c: c[0].column)
    return GridRow(line, tuple(c for c, _ in ordered), "".join(k for _, k in ordered))
