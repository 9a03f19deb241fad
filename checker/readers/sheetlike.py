"""Which tables and paragraphs do the rows of a sheet make, in the order they are read?

A row with a single cell of words outside a table is a paragraph. A table goes on over blank rows as long as the
figures stand in the same columns and no new heading stands above them; a label without figures between its rows
heads a section and belongs to it. Columns in which no row of the table has anything are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.model.document import Cell, Paragraph, Row, Table
from checker.readers.lanes import lanes
from checker.readers.lines import Line
from checker.readers.merged import fill
from checker.readers.sheet import GridRow, Span

MAX_HEADING = 6
"""Rows of words above the first figures that may be one heading."""
_FAR = 3
"""Blank rows inside a table; more of them end it."""
_LONG = 55
"""A line of words at least this long may go on in the next row."""


class Original(NamedTuple):
    """A row as its file has it, ragged or not, with the line it begins on, and its words as one text."""

    row: Row
    text: str


@dataclass(slots=True)
class TableDraft:
    """A table on its way: its lines, how many of them are heading, and the columns of its figures."""

    lines: list[Line]
    heading: int
    columns: set[int] = field(default_factory=set)

    @property
    def body(self) -> list[Line]:
        """The lines below the heading."""
        return self.lines[self.heading :]

    def add(self, lines: Iterable[Line]) -> None:
        """Take on more rows of the body."""
        for line in lines:
            self.lines.append(line)
            self.columns |= line.figures


Piece = TableDraft | list[Line]
"""A table, or lines of words that are one paragraph."""


def pieces(rows: Sequence[GridRow]) -> list[Piece]:
    """The tables and paragraphs of a sheet as drafts, in the order they are read."""
    found: list[Piece] = []
    for stream in lanes(rows):
        found += _Stream(stream).run()
    return found


def blocks(
    drafts: Iterable[Piece],
    sheet: str | None = None,
    separator: str = "sheet",
    merges: Sequence[Span] = (),
    originals: Mapping[int, Original] | None = None,
    paragraphs: int = 0,
) -> list[Table | Paragraph]:
    """The drafts as blocks. Rows are as wide as their table, or as in `originals` where those are given.

    `paragraphs` is how many the file has had before; merged headings are repeated over their columns.
    """
    made: list[Table | Paragraph] = []
    for draft in drafts:
        if isinstance(draft, TableDraft):
            rows = _rows(draft, merges) if originals is None else _ragged(draft, originals)
            made.append(Table(rows, separator, sheet))
            continue
        paragraphs += 1
        first = draft[0]
        if originals is None:
            text = "\n".join(line.text for line in draft)
            made.append(Paragraph(text, first.line, paragraphs, sheet, first.first))
        else:
            text = "\n".join(originals[line.line].text for line in draft)
            made.append(Paragraph(text, originals[first.line].row.line, paragraphs, sheet))
    return made


def _rows(draft: TableDraft, merges: Sequence[Span]) -> tuple[Row, ...]:
    columns = sorted({c.column for line in draft.lines for c in line.row.cells})
    blank = {column: Cell("", column) for column in columns}
    filled = [_padded(line, blank) for line in draft.lines]
    fill(draft, filled, merges)
    return tuple(Row(tuple(cells.values()), line.line) for line, cells in zip(draft.lines, filled, strict=True))


def _ragged(draft: TableDraft, originals: Mapping[int, Original]) -> tuple[Row, ...]:
    """The rows with the cells they were written with, from the table's first column to its last."""
    used = [c.column for line in draft.lines for c in line.row.cells]
    first, last = min(used), max(used)
    rows = [originals[line.line].row for line in draft.lines]
    return tuple(Row(tuple(c for c in row.cells if first <= c.column <= last), row.line) for row in rows)


def _padded(line: Line, blank: Mapping[int, Cell]) -> dict[int, Cell]:
    cells = dict(blank)
    for cell in line.row.cells:
        cells[cell.column] = cell
    return cells


class _Stream:
    """The lines of one lane on their way into pieces; `waiting` are lines without figures, not yet placed."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.found: list[Piece] = []
        self.table: TableDraft | None = None
        self.waiting: list[Line] = []

    def run(self) -> list[Piece]:
        """All pieces of the lane."""
        for at, line in enumerate(self.lines):
            if not line.is_data(self.table.columns if self.table else ()):
                self.waiting.append(line)
                continue
            if self.table is not None and self._goes_on(self.table, line):
                self.table.add([*self.waiting, line])
            else:
                self._begin(at, line)
            self.waiting = []
        self._close(self.waiting)
        return self.found

    def _goes_on(self, table: TableDraft, line: Line) -> bool:
        """Whether a row with figures, with the rows of words above it, belongs to the table that is open."""
        if any(_is_heading(waiting, table) or waiting.is_title for waiting in self.waiting):
            return False
        gaps = [waiting.gap for waiting in [*self.waiting, line]]
        if not any(gaps):
            return True
        if max(gaps) > _FAR or any(w.is_note or not _left_of(w, table.columns) for w in self.waiting):
            return False
        return bool(line.figures) and line.figures <= table.columns and _same_labels(line, table)

    def _begin(self, at: int, line: Line) -> None:
        """Close what is open and begin a table at a row with figures: which of the rows above are its heading?"""
        columns = set(line.figures)
        for following in self.lines[at + 1 : at + 50]:
            if following.gap or not following.is_data():
                break
            columns |= following.figures
        start = _heading_start(self.waiting, line, columns)
        self._close(self.waiting[:start], next_begins=True)
        heading = self.waiting[start:]
        table = TableDraft([*heading, line], len(heading), set(line.figures))
        sections = 0
        while sections < len(heading) and _left_of(heading[-1 - sections], columns):
            sections += 1
        if sections < len(heading):
            table.heading -= sections
        self.table = table
        self.found.append(table)

    def _close(self, rest: Sequence[Line], next_begins: bool = False) -> None:
        """Place the rows of words that follow the last figures, and end the table."""
        own = 0
        table = self.table
        if table is not None:
            while own < len(rest) and _is_last_row(rest[own], table, after=rest[own + 1 :], next_begins=next_begins):
                own += 1
            table.add(rest[:own])
        self.table = None
        self.found += _loose(rest[own:])


def _is_heading(line: Line, table: TableDraft) -> bool:
    """Whether a row without figures heads a new table: words over two columns of figures, or over the only one."""
    if line.is_years:
        return True
    over = line.words(table.columns)
    return over > 1 or (over == 1 and len(table.columns) == 1 and line.gap > 0)


def _left_of(line: Line, columns: set[int]) -> bool:
    """A label alone: nothing stands in the columns of figures or to the right of the first of them."""
    return line.row.cells[-1].column < min(columns)


def _same_labels(line: Line, table: TableDraft) -> bool:
    """Whether the label stands where the labels of the table stand."""
    labels = {c.column for own in table.body for c in own.row.cells if c.column not in own.figures}
    mine = [c.column for c in line.row.cells if c.column not in line.figures]
    return not mine or mine[0] in labels or line.first in {own.first for own in table.body}


def _heading_start(waiting: Sequence[Line], line: Line, columns: set[int]) -> int:
    """The index of the first heading row among the rows of words above a table's first figures.

    Labels right above the figures are sections under the heading, if there is one; else they are titles.
    """
    below = line
    at = len(waiting)
    while at and _left_of(waiting[at - 1], columns) and below.gap == 0 and not waiting[at - 1].is_note:
        at -= 1
        below = waiting[at]
    start = at
    while start and len(waiting) - start < MAX_HEADING:
        above = waiting[start - 1]
        allowed = 1 if start == at else 0  # a blank row may part the heading from the figures
        if below.gap > allowed or _left_of(above, columns) or _is_field(above) or above.is_note:
            break
        start -= 1
        below = above
    return start if start < at else len(waiting)


def _is_field(line: Line) -> bool:
    """'Kommune:  Næstved' says something of the sheet; it is no heading."""
    return line.row.cells[0].text.rstrip().endswith(":")


def _is_last_row(line: Line, table: TableDraft, after: Sequence[Line], next_begins: bool) -> bool:
    """Whether a row of words under the last figures is still a row of the table, and no note or next title."""
    if line.gap or line.is_note or line.is_title or _is_heading(line, table) or table.lines[-1].is_total:
        return False
    return bool(after and after[0].gap) or not next_begins


def _loose(lines: Sequence[Line]) -> list[Piece]:
    """Rows of words outside tables: three rows of three columns or more are a table of words, others paragraphs."""
    found: list[Piece] = []
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and not lines[end].gap and len(lines[end].row.cells) > 1:
            end += 1
        block = list(lines[at:end])
        if len(block) > 2 and all(len(line.row.cells) > 2 for line in block):
            found.append(TableDraft(block, 1, set()))
            at = end
            continue
        if found and isinstance(found[-1], list) and _continues(found[-1][-1], lines[at]):
            found[-1].append(lines[at])
        else:
            found.append([lines[at]])
        at += 1
    return found


def _continues(above: Line, line: Line) -> bool:
    """Whether a sentence that was cut goes on: a long line, then no gap, and a small letter or no full stop."""
    if line.gap or not (above.is_single and line.is_single) or above.first != line.first:
        return False
    before, text = above.text, line.text
    return len(before) >= _LONG and (text[0].islower() or before[-1] not in ".:!?")
