"""Which tables and paragraphs do the rows of a sheet make, in the order they are read?

A row with a single cell of words outside a table is a paragraph. A table goes on over blank rows as long as the
figures stand in the same columns and no new heading stands above them; a label without figures between its rows
heads a section and belongs to it. Blank columns before a table and between tables side by side are left out.
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
    """A table on its way: its lines, how many are heading, the filled columns of its lane, those of its amounts."""

    lines: list[Line]
    heading: int
    lane: Sequence[int]
    columns: set[int] = field(default_factory=set)
    labels: set[int] = field(default_factory=set)  # the columns where its rows begin, and those of their first words

    def __post_init__(self) -> None:
        body, self.lines = self.body, self.lines[: self.heading]
        self.add(body)

    @property
    def width(self) -> list[int]:
        """The columns from the first filled one to the last, without those that are blank in the whole lane."""
        used = {c.column for line in self.lines for c in line.row.cells}
        return [c for c in self.lane if min(used) <= c <= max(used)]

    @property
    def body(self) -> list[Line]:
        """The lines below the heading."""
        return self.lines[self.heading :]

    def add(self, lines: Iterable[Line]) -> None:
        """Take on more rows of the body."""
        for line in lines:
            self.lines.append(line)
            self.columns |= line.values
            self.labels |= {line.first, line.first_word or line.first}


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
    blank = {column: Cell("", column) for column in draft.width}
    if not merges:
        return tuple(Row(_padded(line, blank), line.line) for line in draft.lines)
    filled = [{c.column: c for c in _padded(line, blank)} for line in draft.lines]
    fill(draft, filled, merges)
    return tuple(Row(tuple(cells.values()), line.line) for line, cells in zip(draft.lines, filled, strict=True))


def _ragged(draft: TableDraft, originals: Mapping[int, Original]) -> tuple[Row, ...]:
    """The rows with the cells they were written with, from the table's first column to its last."""
    first, last = draft.width[0], draft.width[-1]
    rows = [originals[line.line].row for line in draft.lines]
    return tuple(Row(tuple(c for c in row.cells if first <= c.column <= last), row.line) for row in rows)


def _padded(line: Line, blank: Mapping[int, Cell]) -> tuple[Cell, ...]:
    if len(line.row.cells) == len(blank):
        return line.row.cells
    cells = dict(blank)
    for cell in line.row.cells:
        cells[cell.column] = cell
    return tuple(cells.values())


class _Stream:
    """The lines of one lane on their way into pieces; `waiting` are lines without figures, not yet placed."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.lane = sorted({c.column for line in lines for c in line.row.cells})
        self.found: list[Piece] = []
        self.table: TableDraft | None = None
        self.waiting: list[Line] = []

    def run(self) -> list[Piece]:
        """All pieces of the lane."""
        for at, line in enumerate(self.lines):
            known = self.table.columns if self.table else ()
            if self.table is not None and line.is_data(known) and self._goes_on(self.table, line):
                self.table.add([*self.waiting, line])
            elif line.is_data():
                self._begin(at, line)
            else:
                self.waiting.append(line)
                continue
            self.waiting = []
        self._close(self.waiting)
        return self.found

    def _goes_on(self, table: TableDraft, line: Line) -> bool:
        """Whether a row with figures, with the rows of words above it, belongs to the table that is open."""
        if not line.amounts and _is_heading(line, table):
            return False  # nothing but a year, and the words of the heading
        titled = table.lines[-1].is_total and bool(self.waiting) and self.waiting[0].is_single
        if any(_is_heading(waiting, table, titled) or waiting.is_title for waiting in self.waiting):
            return False
        gaps = [waiting.gap for waiting in [*self.waiting, line]]
        if not any(gaps):
            return True
        if max(gaps) > _FAR or any(w.is_note or not _left_of(w, table.columns) for w in self.waiting):
            return False
        return bool(line.figures) and line.values <= table.columns and _same_labels(line, table)

    def _begin(self, at: int, line: Line) -> None:
        """Close what is open and begin a table at a row with figures: which of the rows above are its heading?"""
        columns = set(line.values)
        for following in self.lines[at + 1 : at + 50]:
            if following.gap or not following.is_data():
                break
            columns |= following.values
        start = _heading_start(self.waiting, line, columns)
        self._close(self.waiting[:start], next_begins=True)
        heading = self.waiting[start:]
        table = TableDraft([*heading, line], len(heading), self.lane)
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
        self.found += _loose(rest[own:], self.lane)


def _is_heading(line: Line, table: TableDraft, after_title: bool = False) -> bool:
    """Whether a row without amounts heads a new table: words over two columns of amounts, or over the only one.

    Over the only one they may as well be a remark in a row, as years may be amounts: then a blank row, a total or
    a title must part them from the table, or the words of the table's heading stand beside them.
    """
    parted = line.gap > 0 or after_title
    if line.is_years:
        return parted or not line.first_word or table.lines[-1].is_total or _repeats_heading(line, table)
    if line.figures and line.gap:
        return _repeats_heading(line, table)
    over = line.words(table.columns)
    return over > 1 or (over == 1 and len(table.columns) == 1 and parted)


def _repeats_heading(line: Line, table: TableDraft) -> bool:
    """Whether the words of a row are those the heading begins with."""
    words = [c.text for c in line.row.cells if c.column not in line.figures]
    heading = table.lines[table.heading - 1].row.cells if table.heading else ()
    return bool(words) and words == [c.text for c in heading][: len(words)]


def _left_of(line: Line, columns: set[int]) -> bool:
    """A label alone: nothing stands in the columns of figures or to the right of the first of them."""
    return line.row.cells[-1].column < min(columns)


def _same_labels(line: Line, table: TableDraft) -> bool:
    """Whether the label stands where the labels of the table stand."""
    return not line.first_word or line.first_word in table.labels or line.first in table.labels


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


def _loose(lines: Sequence[Line], lane: Sequence[int]) -> list[Piece]:
    """Rows of words outside tables: three rows of three columns or more are a table of words, others paragraphs."""
    found: list[Piece] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and len(lines[end].row.cells) > 2 and (end == at or not lines[end].gap):
            end += 1
        if end > at + 2:
            found.append(TableDraft(list(lines[at:end]), 1, lane))
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
