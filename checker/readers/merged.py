"""Where else does the text of merged cells stand? Over each column of a heading, and beside rows without a label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.model.document import Cell
from checker.readers.sheet import Span

if TYPE_CHECKING:
    from checker.readers.sheetlike import TableDraft


def fill(draft: TableDraft, filled: Sequence[dict[int, Cell]], merges: Sequence[Span]) -> None:
    """Write merged texts into the cells they cover.

    A heading over several columns is repeated in each of them, unless it covers the whole table: then it is a
    title. A label merged downwards is repeated only in rows that have no other label: elsewhere it names the
    group that the rows' own labels stand in, as it does in print.
    """
    if not merges:
        return
    at = {line.line: index for index, line in enumerate(draft.lines)}
    first, last = draft.lines[0].line, draft.lines[-1].line
    for span in merges:
        if span.bottom < first or span.top > last or span.top not in at:
            continue
        index = at[span.top]
        cell = filled[index].get(span.left)
        if cell is None or not cell.text.strip():
            continue
        if index < draft.heading:
            _across(filled[index], cell, span)
        elif span.bottom > span.top and draft.columns and span.left < min(draft.columns):
            for row in range(span.top + 1, min(span.bottom, last) + 1):
                if row in at:
                    _down(filled[at[row]], cell, min(draft.columns))


def _across(cells: dict[int, Cell], cell: Cell, span: Span) -> None:
    if span.left <= min(cells) and span.right >= max(cells):
        return
    for column, there in cells.items():
        if span.left < column <= span.right and not there.text:
            cells[column] = Cell(cell.text, column, repeated=True)


def _down(cells: dict[int, Cell], cell: Cell, first_figure: int) -> None:
    if not any(c.text.strip() for column, c in cells.items() if column < first_figure):
        cells[cell.column] = replace(cell, repeated=True)
