"""Which columns do lines have whose cells are aligned with blanks?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.amounts.units import looks_like_figure
from checker.model.document import Cell, Row

_TOKEN = re.compile(r"\S+(?:[ \u00a0]\S+)*")


@dataclass(slots=True)
class _Token:
    text: str
    start: int
    end: int  # position after the last character

    @property
    def is_figure(self) -> bool:
        return looks_like_figure(self.text)


def tokens(line: str) -> list[_Token]:
    """The pieces of a line that are separated by two or more blanks."""
    return [_Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(line)]


def is_gapped(line: str) -> bool:
    """Whether a line has at least two pieces and is no sentence with a stray double blank."""
    found = tokens(line)
    if len(found) < 2:
        return False
    return any(t.is_figure for t in found[1:]) or all(len(t.text) <= 45 for t in found)


def aligned_rows(lines: list[tuple[int, str]]) -> tuple[Row, ...]:
    """Rows of cells for (line index, text), or none where the lines do not form a table.

    Columns are where figures end at the same place (right-aligned) or start at the same place; a table needs
    at least two rows that hold figures in a common column. Headings go to the column they stand over.
    """
    parsed = [(index, line, tokens(line)) for index, line in lines]
    data = [p for p in parsed if len(p[2]) > 1 and any(t.is_figure for t in p[2][1:])]
    if len(data) < 2:
        return ()
    spans = _columns([t for _, _, found in data for t in (found if found[0].is_figure and len(found) > 2 else found[1:]) if t.is_figure])
    if not spans:
        return ()
    label_end = min(start for start, _ in spans)
    rows = []
    for index, line, found in parsed:
        cells: list[list[_Token]] = [[] for _ in range(len(spans) + 1)]
        for token in found:
            cells[_column_of(token, spans, label_end)].append(token)
        rows.append(
            Row(
                tuple(
                    Cell(_cell_text(line, group, first=number == 0), group[0].start + 1 if group else 1)
                    for number, group in enumerate(cells)
                ),
                index + 1,
            )
        )
    return tuple(rows)


def _cell_text(line: str, group: list[_Token], first: bool) -> str:
    """The cell's text; the first cell keeps its leading blanks, which are its indentation."""
    if not group:
        return ""
    start = 0 if first else group[0].start
    return line[start : group[-1].end]


def _columns(figures: list[_Token]) -> list[tuple[int, int]]:
    """Column spans from left to right: figures that overlap sideways share a column."""
    spans: list[tuple[int, int]] = []
    for token in sorted(figures, key=lambda t: (t.start, t.end)):
        if spans and token.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], token.end))
        else:
            spans.append((token.start, token.end))
    return spans


def _column_of(token: _Token, spans: list[tuple[int, int]], label_end: int) -> int:
    """0 for the label, else 1 + the span the token overlaps most or, failing that, stands nearest to."""
    overlaps = [min(token.end, end) - max(token.start, start) for start, end in spans]
    best = max(range(len(spans)), key=lambda i: overlaps[i])
    if overlaps[best] > 0 and not (token.start == 0 and not token.is_figure):
        return best + 1
    if token.start < label_end and token.end <= label_end + 1:
        nearest = label_end - token.end
        return 1 if nearest <= 2 and token.start > 0 and not token.is_figure and token.start > label_end // 2 else 0
    if token.start == 0:
        return 0
    return best + 1
