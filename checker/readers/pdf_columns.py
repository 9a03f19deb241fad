"""Which columns do lines without rules have, and in which of them does each piece of a line stand?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.readers.pdf_cells import is_of_heading
from checker.readers.pdf_words import Line

_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*\.?\s?[a-zæøå]?|[a-zæøå])[.)]?|\d{4,8}", re.IGNORECASE)
_NEAR = 2.0
"""Right edges of figures that stand over each other differ by no more points than this."""


@dataclass(slots=True)
class Column:
    """Where a column's pieces stand; of figures, labels or other words."""

    x0: float
    x1: float
    figures: bool = False

    def overlap(self, piece: Line) -> float:
        """How many points of a piece stand in the column; below 0 how far away it is."""
        return min(self.x1, piece.x1) - max(self.x0, piece.x0)

    def reach(self, piece: Line) -> None:
        """Make room for a piece."""
        self.x0, self.x1 = min(self.x0, piece.x0), max(self.x1, piece.x1)


def figures_of(line: Line) -> list[Line]:
    """The pieces of a row that are its figures: behind a label, or all of them where there is none."""
    pieces = line.pieces
    behind = [p for p in pieces[1:] if p.is_figure]
    if pieces[0].is_figure and len(behind) == len(pieces) - 1 and not _NUMBER.fullmatch(pieces[0].text):
        return list(pieces) if len(pieces) > 1 else []
    return behind


def is_years(line: Line) -> bool:
    """Whether a line is a heading of years or units."""
    figures = [p for p in line.pieces if p.is_figure]
    return bool(figures) and all(is_of_heading(p.text) for p in figures)


def is_data(line: Line) -> bool:
    """Whether a line is a row with figures."""
    return bool(figures_of(line)) and not is_years(line)


def figure_columns(data: Iterable[Line]) -> list[Column]:
    """The columns of figures, from left to right: what overlaps is one, unless two figures of a row stand in it."""
    rows = [figures_of(line) for line in data]
    found: list[Column] = []
    for piece in sorted((p for row in rows for p in row), key=lambda p: (p.x0, p.x1)):
        if found and piece.x0 < found[-1].x1:
            found[-1].reach(piece)
        else:
            found.append(Column(piece.x0, piece.x1, True))
    result: list[Column] = []
    for column in found:
        inside = [[p for p in row if column.overlap(p) > 0] for row in rows]
        result += _by_right_edges(inside) if any(len(row) > 1 for row in inside) else [column]
    return result


def _by_right_edges(rows: Sequence[Sequence[Line]]) -> list[Column]:
    """Columns that stand so close that figures of one reach under those of the next."""
    found: list[Column] = []
    last = -1e9
    for piece in sorted((p for row in rows for p in row), key=lambda p: p.x1):
        if piece.x1 - last > _NEAR:
            found.append(Column(piece.x0, piece.x1, True))
        else:
            found[-1].reach(piece)
        last = piece.x1
    return found


def is_aligned(data: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether in most columns half the figures, two at least, end or begin at one place, brackets and marks aside."""
    good = 0
    for column in columns:
        pieces = [p for line in data for p in figures_of(line) if column.overlap(p) > 0]
        good += _is_level([_end(p) for p in pieces]) or _is_level([p.x0 for p in pieces])
    return 2 * good > len(columns)


def _is_level(places: Sequence[float]) -> bool:
    pairs = sum(b - a <= _NEAR for a, b in itertools.pairwise(sorted(places)))
    return pairs >= 1 and 2 * (pairs + 1) >= len(places)


def _end(piece: Line) -> float:
    """Where the last digit of a figure ends, about."""
    text = piece.words[-1].text
    tail = len(text) - len(text.rstrip(")%*-–"))
    return piece.x1 - tail * 0.3 * piece.size


def label_columns(data: Sequence[Line], figures: Sequence[Column], others: Sequence[Line]) -> list[Column]:
    """The columns left of the figures: a label, and before it a number where rows have both."""
    left = [[p for p in line.pieces if p.x1 <= figures[0].x0 + 1 and not _stands_in(p, figures)] for line in data]
    left = [row for row in left if row]
    alone = [p for line in others for p in line.pieces if p.x0 < figures[0].x0]
    begin = min((p.x0 for p in [*(row[0] for row in left), *alone]), default=figures[0].x0 - 10)
    numbered = [row for row in left if len(row) > 1 and _NUMBER.fullmatch(row[0].text)]
    if 3 * len(numbered) > len(left) and len(numbered) > 1:
        second = min(row[1].x0 for row in numbered)
        if all(row[0].x1 < second for row in numbered):
            return [Column(begin, second - 1), Column(second, max(row[-1].x1 for row in left))]
    double = [row for row in left if len(row) == 2]
    if 2 * len(double) > len(left) and len(double) > 1:
        second = min(row[1].x0 for row in double)
        level = all(row[1].x0 - second < 4 for row in double)
        if level and all(row[0].x1 < second for row in left):
            return [Column(begin, second - 1), Column(second, max(row[-1].x1 for row in left))]
    return [Column(begin, max((row[-1].x1 for row in left), default=figures[0].x0 - 5))]


def text_columns(data: Sequence[Line], figures: Sequence[Column]) -> list[Column]:
    """Columns of words between or behind the figures, that two rows or more have."""
    found: list[tuple[Column, int]] = []
    pieces = [
        p
        for line in data
        for p in line.pieces[1:]
        if not p.is_figure and p.x0 > figures[0].x0 and not _stands_in(p, figures)
    ]
    for piece in sorted(pieces, key=lambda p: p.x0):
        if found and piece.x0 < found[-1][0].x1:
            found[-1][0].reach(piece)
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((Column(piece.x0, piece.x1), 1))
    return [column for column, count in found if count > 1]


def _stands_in(piece: Line, columns: Sequence[Column]) -> bool:
    return any(c.overlap(piece) > 0 for c in columns)


def column_of(piece: Line, columns: Sequence[Column], first: bool) -> int:
    """The column that a piece overlaps most, else the nearest; a long label stays where it begins."""
    if first and not piece.is_figure:
        begins = [i for i, c in enumerate(columns) if not c.figures and c.x0 - 1 <= piece.x0]
        if begins and piece.x0 < min((c.x0 for c in columns if c.figures), default=0.0):
            return begins[-1]
    return max(range(len(columns)), key=lambda i: (columns[i].overlap(piece), -i))
