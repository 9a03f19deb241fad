"""Which columns do lines have whose cells are aligned with blanks?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.amounts.units import looks_like_figure
from checker.model.document import Cell, Row

_TOKEN = re.compile(r"\S+(?:[ \u00a0]\S+)*")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line between gaps of two blanks or more; `end` is the position after its last character."""

    text: str
    start: int
    end: int

    @property
    def is_figure(self) -> bool:
        """Whether the piece can be read as a number."""
        return looks_like_figure(self.text)


def tokens(line: str) -> list[Token]:
    """The pieces of a line."""
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(line)]


def is_gapped(line: str) -> bool:
    """Whether a line has at least two pieces and is no sentence with a stray double blank."""
    found = tokens(line)
    if len(found) < 2:
        return False
    return any(t.is_figure for t in found[1:]) or all(len(t.text) <= 45 for t in found)


def is_data(line: str) -> bool:
    """Whether a line holds a figure behind its label."""
    return any(t.is_figure for t in tokens(line)[1:])


def figure_spans(lines: Iterable[str]) -> list[Span]:
    """The columns of figures, from left to right: figures that overlap sideways share one.

    The first piece of a line counts only where the line begins far to the right (a row without a label).
    """
    found: list[Token] = []
    for line in lines:
        pieces = tokens(line)
        found += [t for t in pieces[1:] if t.is_figure]
    return _clusters(found)


def _clusters(found: Sequence[Token]) -> list[Span]:
    spans: list[Span] = []
    for token in sorted(found, key=lambda t: (t.start, t.end)):
        if spans and token.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], token.end))
        else:
            spans.append((token.start, token.end))
    return spans


def goes_on(line: str, spans: Sequence[Span]) -> bool:
    """Whether every figure of a line stands in one of the columns: a row of the same table."""
    figures = [t for t in tokens(line)[1:] if t.is_figure]
    return bool(figures) and all(any(_overlap(t, s) > 0 for s in spans) for t in figures)


def aligned_rows(lines: Sequence[tuple[int, str]]) -> tuple[Row, ...]:
    """Rows of cells for (line index, text), or none where the lines do not form a table.

    Figures make the columns; text left of them is number and label, text elsewhere a column of its own or part
    of the column it stands over (a heading). A table needs two rows with figures.
    """
    data = [line for _, line in lines if is_data(line)]
    if len(data) < 2:
        return ()
    figures = figure_spans(data)
    texts = _clusters(
        [
            t
            for line in data
            for at, t in enumerate(tokens(line))
            if not t.is_figure and (at == 0 or not _touches(t, figures))
        ]
        + [found[0] for line in data if (found := tokens(line))[0].is_figure and not _touches(found[0], figures)]
    )
    left = [s for s in texts if s[0] < figures[0][0]]
    left = [(a, min(b, figures[0][0])) for a, b in left] or [(0, figures[0][0])]
    right = [s for s in texts if s[0] >= figures[0][0]]
    spans = sorted({*left, *figures, *right})
    return tuple(_row(index, line, spans) for index, line in lines)


def _touches(token: Token, spans: Sequence[Span]) -> bool:
    return any(_overlap(token, s) > 0 for s in spans)


def _overlap(token: Token, span: Span) -> int:
    return min(token.end, span[1]) - max(token.start, span[0])


def _row(index: int, line: str, spans: Sequence[Span]) -> Row:
    groups: list[list[Token]] = [[] for _ in spans]
    for number, token in enumerate(tokens(line)):
        groups[_column_of(token, spans, first=number == 0)].append(token)
    cells = tuple(
        Cell(_cell_text(line, group, first=number == 0), group[0].start + 1 if group else spans[number][0] + 1)
        for number, group in enumerate(groups)
    )
    return Row(cells, index + 1)


def _cell_text(line: str, group: Sequence[Token], first: bool) -> str:
    """The cell's text; the first cell keeps its leading blanks, which are its indentation."""
    if not group:
        return ""
    return line[0 if first else group[0].start : group[-1].end]


def _column_of(token: Token, spans: Sequence[Span], first: bool) -> int:
    """The column the piece overlaps most, else the nearest to its left.

    A long label that reaches into the figures stays where it begins.
    """
    overlaps = [_overlap(token, s) for s in spans]
    best = max(range(len(spans)), key=lambda i: (overlaps[i], -i))
    begins = [i for i, s in enumerate(spans) if s[0] <= token.start]
    if overlaps[best] > 0 and (token.is_figure or not first or not begins or overlaps[begins[-1]] <= 0):
        return best
    return begins[-1] if begins else 0
