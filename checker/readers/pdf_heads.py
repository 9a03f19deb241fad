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
    named = [p.x1 for line in heading for p in _pieces(line) if p.x0 <= labels[-1].x0 + 5]
    end = max(named, default=labels[-1].x0) + 5
    for line in reversed(heading):
        for piece in _pieces(line):
            if piece.x0 > end and all(c.overlap(piece) < -1 for c in others):
                others.append(Column(piece.x0, piece.x1, True))
    return [*labels, *sorted(others, key=lambda c: c.x0)]


def heads(heading: Sequence[Line], columns: Sequence[Column], across: Sequence[Rule]) -> list[list[Head]]:
    """The rows of the heading: lines that only go on each other are one, a text over several columns stands alone."""
    rows: list[list[Head]] = []
    wraps: list[Head] = []
    for number, line in enumerate(heading):
        lower = heading[number + 1 :]
        found = [h for piece in _pieces(line) for h in _heads(piece, columns, not lower)]
        found = _spread(found, columns, line, lower, across)
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


def _pieces(line: Line) -> tuple[Line, ...]:
    """The pieces of a heading line, whose columns may stand closer than those of figures."""
    return line.parted(0.5)


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
    found: list[Head], columns: Sequence[Column], line: Line, lower: Sequence[Line], across: Sequence[Rule]
) -> list[Head]:
    """Texts over several columns: those with a rule under them alone, and those that stand in the middle over them.

    Only columns with a heading of their own in the lines below (`lower`) are spanned.
    """
    named = [
        i
        for i, c in enumerate(columns)
        if c.figures and any(c.overlap(piece) > 0 for each in lower for piece in _pieces(each))
    ]
    if not named:
        return found
    for head in found:
        rule = _rule_under(head, found, line, lower[0], across)
        under = [i for i in named if rule and rule.start <= (columns[i].x0 + columns[i].x1) / 2 <= rule.end]
        if 1 < len(under) < len(named):
            head.first, head.last = under[0], under[-1] + 1
    over = [h for h in found if columns[h.first].figures and h.first in named]
    if any(h.last - h.first > 1 for h in over) or len(over) < 2 or 2 * len(over) > len(named):
        return found
    groups: list[list[int]] = [[] for _ in over]
    for index in named:
        middle = (columns[index].x0 + columns[index].x1) / 2
        nearest = min(range(len(over)), key=lambda k: abs((over[k].piece.x0 + over[k].piece.x1) / 2 - middle))
        groups[nearest].append(index)
    if all(g and _is_middle(h.piece, [columns[i] for i in g]) for h, g in zip(over, groups, strict=True)):
        for head, group in zip(over, groups, strict=True):
            head.first, head.last = group[0], group[-1] + 1
    return found


def _rule_under(head: Head, found: Sequence[Head], line: Line, below: Line, across: Sequence[Rule]) -> Rule | None:
    """The rule between a heading and the next line that lies under no other heading."""
    for rule in across:
        if line.base - 1 < rule.at < below.base - 0.5 * below.size:
            over = [h for h in found if rule.start - 2 <= h.piece.x0 and h.piece.x1 <= rule.end + 2]
            if over == [head]:
                return rule
    return None


def _is_middle(piece: Line, columns: Sequence[Column]) -> bool:
    """Whether a piece stands in the middle over columns, and not at an edge of one as its heading does."""
    middle, width = (columns[0].x0 + columns[-1].x1) / 2, columns[-1].x1 - columns[0].x0
    own = any(min(abs(c.x1 - piece.x1), abs(c.x0 - piece.x0)) <= 3 for c in columns)
    return not own and abs((piece.x0 + piece.x1) / 2 - middle) < 0.2 * width
