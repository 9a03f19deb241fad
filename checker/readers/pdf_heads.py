"""Which columns do the heading lines over a table without ruled cells stand over?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.readers.pdf_columns import Column
from checker.readers.pdf_rules import Rule
from checker.readers.pdf_words import Line, Word, joined


@dataclass(slots=True)
class Head:
    """A heading text and the columns it stands over, the first to before the last."""

    piece: Line
    first: int
    last: int


def with_empty(columns: Sequence[Column], heading: Sequence[Line]) -> list[Column]:
    """The columns with those that have a heading and no figures, in order.

    The lines are taken from the lowest, so that a text over several columns finds them there.
    """
    start = min(c.x0 for c in columns if c.figures)
    labels = [c for c in columns if not c.figures and c.x0 < start]
    others = [c for c in columns if c not in labels]
    named = [p.x1 for line in heading for p in line.pieces if p.x0 <= labels[-1].x0 + 5]
    end = max(named, default=labels[-1].x0) + 5
    for line in reversed(heading):
        for piece in line.pieces:
            if piece.x0 > end and all(c.overlap(piece) < -1 for c in others):
                others.append(Column(piece.x0, piece.x1, True))
    return [*labels, *sorted(others, key=lambda c: c.x0)]


def heads(heading: Sequence[Line], columns: Sequence[Column], across: Sequence[Rule]) -> list[list[Head]]:
    """The rows of the heading: lines that only go on each other are one, a text over several columns stands alone."""
    rows: list[list[Head]] = []
    wraps: list[Head] = []
    for number, line in enumerate(heading):
        below = heading[number + 1] if number + 1 < len(heading) else None
        found = [h for piece in line.pieces for h in _heads(piece, columns, below is None)]
        found = _spread(found, columns, line, below, across)
        if any(h.last - h.first > 1 for h in found):
            if wraps:
                rows.append(wraps)
            rows.append(found)
            wraps = []
        else:
            wraps += found
    return [*rows, wraps] if wraps else rows


def texts(row: Sequence[Head], width: int) -> list[tuple[str, bool]]:
    """The text of each column in a row of the heading, and whether it is repeated there."""
    result = []
    for column in range(width):
        over = [h for h in row if h.first <= column < h.last]
        text = joined([h.piece.text for h in over], "\n")
        result.append((text, bool(over) and all(h.first < column for h in over)))
    return result


def _heads(piece: Line, columns: Sequence[Column], lowest: bool) -> list[Head]:
    """The columns of a piece: the one whose figures end where it ends, else what it stands over.

    In the lowest line the words of a piece over two columns part.
    """
    same = [i for i, c in enumerate(columns) if c.figures and abs(c.x1 - piece.x1) <= 3]
    start = min(c.x0 for c in columns if c.figures)
    label = max((c.x0 for c in columns if not c.figures and c.x0 < start), default=0.0)
    among = [i for i, c in enumerate(columns) if piece.x0 <= label + 5 or c.x0 > label]
    over = [i for i in among if columns[i].overlap(piece) > 0]
    if len(over) < 2:
        near = same[0] if same else max(among, key=lambda i: columns[i].overlap(piece))
        return [Head(piece, near, near + 1)]
    if lowest and len(piece.words) > 1:
        parts: dict[int, list[Word]] = {}
        for word in piece.words:
            near = max(over, key=lambda i: columns[i].overlap(Line((word,))))
            parts.setdefault(near, []).append(word)
        if len(parts) > 1:
            return [Head(Line(tuple(words)), i, i + 1) for i, words in sorted(parts.items())]
    return [Head(piece, over[0], over[-1] + 1)]


def _spread(
    found: list[Head], columns: Sequence[Column], line: Line, below: Line | None, across: Sequence[Rule]
) -> list[Head]:
    """Texts over several columns: those with a rule under them that spans these, and those that stand in the middle."""
    if below is None:
        return found
    for head in found:
        rule = next(
            (
                r
                for r in across
                if line.base - 1 < r.at < below.base - 0.5 * below.size
                and r.start - 2 <= head.piece.x0
                and head.piece.x1 <= r.end + 2
                and sum(r.start - 2 <= h.piece.x0 and h.piece.x1 <= r.end + 2 for h in found) == 1
            ),
            None,
        )
        under = [i for i, c in enumerate(columns) if c.figures and rule and rule.start <= (c.x0 + c.x1) / 2 <= rule.end]
        if rule is not None and 1 < len(under) < sum(c.figures for c in columns):
            head.first, head.last = under[0], under[-1] + 1
    figures = [i for i, c in enumerate(columns) if c.figures]
    over = [h for h in found if columns[h.first].figures]
    if any(h.last - h.first > 1 for h in over) or len(over) < 2 or 2 * len(over) > len(figures):
        return found
    groups: list[list[int]] = [[] for _ in over]
    for index in figures:
        middle = (columns[index].x0 + columns[index].x1) / 2
        nearest = min(range(len(over)), key=lambda k: abs((over[k].piece.x0 + over[k].piece.x1) / 2 - middle))
        groups[nearest].append(index)
    if all(
        len(g) > 1 and _is_middle(h.piece, columns[g[0]], columns[g[-1]]) for h, g in zip(over, groups, strict=True)
    ):
        for head, group in zip(over, groups, strict=True):
            head.first, head.last = group[0], group[-1] + 1
    return found


def _is_middle(piece: Line, first: Column, last: Column) -> bool:
    middle = (first.x0 + last.x1) / 2
    return abs((piece.x0 + piece.x1) / 2 - middle) < 0.2 * (last.x1 - first.x0)
