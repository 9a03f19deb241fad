"""Which lines of a page form tables whose cells no rules part, and what are their rows?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.amounts.units import is_unit_phrase
from checker.model.document import Cell
from checker.readers.pdf_cells import cell_text, indents
from checker.readers.pdf_columns import (
    Column,
    column_of,
    figure_columns,
    figures_of,
    is_aligned,
    is_data,
    is_years,
    label_columns,
    text_columns,
)
from checker.readers.pdf_heads import heads, texts, with_empty
from checker.readers.pdf_lines import attached, begins_nothing
from checker.readers.pdf_rules import Rule
from checker.readers.pdf_words import Line, lines

_LEADERS = re.compile(r"\.{4,}|(?:\. ){3,}|…{2,}")
_HEADING_LINES = 8
_BETWEEN = 5
"""Lines without figures that may stand between two rows of a table."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines from `start` to before `end` that are a table, with its rows and columns."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]
    columns: tuple[Column, ...]


def blocks(found: Sequence[Line], across: Sequence[Rule], before: Sequence[Column] = ()) -> list[Block]:
    """The tables among lines that stand below each other.

    `before` are the columns of the table that the page before ended with: a table at the top whose figures stand in
    them has the same ones, also those that are blank in it.
    """
    result: list[Block] = []
    at = 0
    while at < len(found):
        if not _begins(found[at]):
            at += 1
            continue
        data = _rows_from(found, at)
        columns = figure_columns(found[i] for i in data)
        floor = result[-1].end if result else 0
        start = _heading(found, data[0], floor, columns, across)
        rows = [found[i] for i in data]
        goes_on = bool(before) and not result and start <= 1 and _fits(columns, before)
        if not goes_on and not (is_aligned(rows, columns) if len(rows) > 1 else _is_headed(found[start:at], columns)):
            at += 1
            continue
        end = _tail(found, data)
        result.append(_block(found, start, end, data, across, before if goes_on else ()))
        at = end
    return result


def _fits(columns: Sequence[Column], before: Sequence[Column]) -> bool:
    """Whether figures stand in the columns of another table."""
    return all(any(c.figures and c.x0 < own.x1 and abs(c.x1 - own.x1) <= 3 for c in before) for own in columns)


def _is_headed(heading: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether a single row is a table: two figures or more, with a heading over each of them."""
    pieces = [p for line in heading for p in line.pieces]
    return len(columns) > 1 and all(any(c.overlap(p) > 0 for p in pieces) for c in columns)


def _begins(line: Line) -> bool:
    """Whether a line is a row with figures, and none of a table of contents."""
    contents = _LEADERS.search(line.text) and len(figures_of(line)) == 1 and len(line.pieces[-1].text) < 4
    return is_data(line) and not contents


def _rows_from(found: Sequence[Line], at: int) -> list[int]:
    """The rows with figures from the first on, as long as they stand in the same columns and no heading parts them."""
    data = [at]
    columns = figure_columns([found[at]])
    number = at + 1
    while number < len(found) and number - data[-1] <= _BETWEEN + 1:
        line, last = found[number], found[data[-1]]
        if line.base - found[number - 1].base > 4 * line.size or _is_other(line, last, columns):
            break
        if _begins(line):
            pieces = figures_of(line)
            fits = sum(any(c.overlap(p) > -2 or abs(c.x1 - p.x1) <= 2 for c in columns) for p in pieces)
            if 2 * fits < len(pieces):
                break
            data.append(number)
            columns = figure_columns(found[i] for i in data)
        number += 1
    return data


def _is_other(line: Line, last: Line, columns: Sequence[Column]) -> bool:
    """Whether a line between rows is none of the table: running text, a heading of another table or another size."""
    if is_data(line):
        return abs(line.size - last.size) > 2
    if is_years(line) or abs(line.size - last.size) > 1.2:
        return True
    over = [p for p in line.pieces if any(c.overlap(p) > 0 for c in columns)]
    if len(line.pieces) > 1 and over:
        return True
    return bool(over) and len(line.words) > 4


def _heading(found: Sequence[Line], first: int, floor: int, columns: Sequence[Column], across: Sequence[Rule]) -> int:
    """The first line of the heading: above the first row, close to each other, over the columns and no running text."""
    best = at = first
    figures_from = columns[0].x0
    while at > floor and first - at < _HEADING_LINES:
        line, below = found[at - 1], found[at]
        if below.base - line.base > 2.2 * max(line.size, below.size) or abs(line.size - found[first].size) > 1.6:
            break
        if is_data(line) or (best < first and _has_rule(across, line, below, found[first], columns)):
            break
        over = [p for p in line.pieces if p.x1 > figures_from and not _is_running(p, columns)]
        if any(_is_running(p, columns) for p in line.pieces):
            break
        at -= 1
        if over:
            best = at
    return best


def _has_rule(across: Sequence[Rule], line: Line, below: Line, row: Line, columns: Sequence[Column]) -> bool:
    """Whether a rule over the whole table stands between two lines: the heading begins under it."""
    return any(
        line.base < r.at < below.base - 0.5 * below.size and r.start < row.x0 + 10 and r.end > columns[-1].x1 - 5
        for r in across
    )


def _is_running(piece: Line, columns: Sequence[Column]) -> bool:
    """Whether a piece runs from the labels into the figures as a sentence or a title does."""
    inside = piece.x0 < columns[0].x0 - 20 and piece.x1 > columns[0].x0 + 5
    return (inside and len(piece.words) > 3) or len(piece.text) > 60 or (piece.text.endswith((".", ":")) and inside)


def _tail(found: Sequence[Line], data: Sequence[int]) -> int:
    """The end of the table: the last row, with the second line of its label."""
    last = data[-1]
    rows = [found[i] for i in data]
    pitch = min((b.base - a.base for a, b in itertools.pairwise(rows)), default=0.0)
    end = last + 1
    while end < len(found):
        line, above = found[end], found[end - 1]
        close = line.base - above.base <= min(1.5 * line.size, max(pitch, 1.25 * line.size) + 0.5)
        goes_on = begins_nothing(line) or line.base - above.base < 0.8 * pitch
        if not (close and goes_on and len(line.pieces) == 1 and line.x1 < figures_of(found[last])[0].x0):
            break
        end += 1
    return end


def _block(
    found: Sequence[Line], start: int, end: int, data: Sequence[int], across: Sequence[Rule], before: Sequence[Column]
) -> Block:
    first = data[0]
    while first > start and _is_label(found[first - 1], found[data[0]]):
        first -= 1  # a heading of the body, or the first line of a label
    heading, body = found[start:first], found[first:end]
    rows = [found[i] for i in data]
    columns = list(before) or _columns(rows, [line for line in body if not is_data(line)], heading)
    labels = _label_lines(body, columns)
    bases = [line.base for line in rows]
    levels: dict[float, list[list[Line]]] = {base: [[] for _ in columns] for base in bases}
    for line, base in attached(labels, bases):
        row = levels.setdefault(base, [[] for _ in columns])
        for number, piece in enumerate(line.pieces):
            row[column_of(piece, columns, number == 0)].append(piece)
    for line in rows:
        if line not in labels:
            for piece in line.pieces:
                levels[line.base][column_of(piece, columns, False)].append(piece)
    made = [levels[base] for base in sorted(levels)]
    body_texts = [[_text(cell) for cell in row] for row in made]
    for number, indent in indents([row[0] for row in made], 0).items():
        body_texts[number][0] = indent + body_texts[number][0]
    result = [
        tuple(Cell(text, n + 1, repeated=again) for n, (text, again) in enumerate(texts(row, len(columns))))
        for row in heads(heading, columns, across)
    ]
    result += [tuple(Cell(text, n + 1) for n, text in enumerate(row)) for row in body_texts]
    return Block(start, end, tuple(result), tuple(columns))


def _columns(rows: Sequence[Line], others: Sequence[Line], heading: Sequence[Line]) -> list[Column]:
    figures = figure_columns(rows)
    found = [*label_columns(rows, figures, others), *figures, *text_columns(rows, figures)]
    return with_empty(sorted(found, key=lambda c: c.x0), heading)


def _is_label(line: Line, data: Line) -> bool:
    figures = figures_of(data)
    alone = len(line.pieces) == 1 and not is_years(line) and not is_unit_phrase(line.text)
    return alone and bool(figures) and line.x1 < figures[0].x0 - 5


def _label_lines(body: Sequence[Line], columns: Sequence[Column]) -> list[Line]:
    """The lines that have a label, with their figures; those without are rows of figures alone."""
    start = min(c.x0 for c in columns if c.figures)
    return [line for line in body if line.x0 < start]


def _text(cell: Sequence[Line]) -> str:
    """The pieces of a cell: those on one line with blanks between them, lines with line breaks."""
    return cell_text(lines([w for piece in cell for w in piece.words]))
