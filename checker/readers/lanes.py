"""Which tables of a sheet stand side by side, and which rows does each of them have?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from checker.readers.lines import Line, line_of
from checker.readers.sheet import GridRow

_LARGE = 400
"""Rows of a band that are looked at to find its lanes; a longer one is decided by these from its top."""


class Band(NamedTuple):
    """Rows without a blank row between them; `starts` are the first columns of the lanes, the first of them 1."""

    rows: list[GridRow]
    gap: int
    starts: tuple[int, ...]
    has_figures: bool


def lanes(rows: Sequence[GridRow]) -> list[list[Line]]:
    """The rows of a sheet as streams that are read one after the other: all of a lane, then the lane to its right.

    Two tables stand side by side where a blank column parts them and each has labels and figures of its own.
    Words above or below them go to the lane in whose columns they stand.
    """
    streams: list[list[Line]] = []
    for group in _groups(_bands(rows)):
        starts = group[0].starts
        for at, start in enumerate(starts):
            end = starts[at + 1] if at + 1 < len(starts) else None
            stream = list(_stream(group, start, end))
            if stream:
                streams.append(stream)
    return streams


def _stream(group: Iterable[Band], start: int, end: int | None) -> Iterable[Line]:
    last = 0
    for band in group:
        for row in band.rows:
            part = row if start == 1 and end is None else _slice(row, start, end)
            if part.cells:
                yield line_of(part, part.line - last - 1)
                last = part.line


def _slice(row: GridRow, start: int, end: int | None) -> GridRow:
    kept = [
        (c, k) for c, k in zip(row.cells, row.kinds, strict=True) if c.column >= start and (not end or c.column < end)
    ]
    return GridRow(row.line, tuple(c for c, _ in kept), "".join(k for _, k in kept))


def _bands(rows: Sequence[GridRow]) -> list[Band]:
    found: list[list[GridRow]] = []
    for row in rows:
        if found and row.line == found[-1][-1].line + 1:
            found[-1].append(row)
        else:
            found.append([row])
    bands = []
    for at, band in enumerate(found):
        gap = band[0].line - (found[at - 1][-1].line if at else 0) - 1
        lines = [line_of(row, 0) for row in band[:_LARGE]]
        bands.append(Band(band, gap, _starts(lines), any(line.is_data() for line in lines)))
    return bands


def _starts(lines: Sequence[Line]) -> tuple[int, ...]:
    """The first column of each lane: a block of columns is one where it has labels and figures of its own."""
    used = sorted({c.column for line in lines if len(line.row.cells) > 1 for c in line.row.cells})
    blocks: list[tuple[int, int]] = []
    for column in used:
        if blocks and blocks[-1][1] == column - 1:
            blocks[-1] = (blocks[-1][0], column)
        else:
            blocks.append((column, column))
    if len(blocks) < 2:
        return (1,)
    starts = [1]
    left = blocks[0]
    for block in blocks[1:]:
        if _stands_alone(lines, *left) and _stands_alone(lines, *block):
            starts.append(block[0])
            left = block
        else:
            left = (left[0], block[1])
    return tuple(starts)


def _stands_alone(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether most rows with figures in these columns have words before them there, and not the same few words.

    A column of units ('stk.', 'timer') before figures is no column of labels.
    """
    with_figures = 0
    labels: list[str] = []
    for line in lines:
        figures = [c for c in line.amounts if first <= c <= last]
        if figures:
            with_figures += 1
            words = [
                c.text for c in line.row.cells if first <= c.column < min(figures) and c.column not in line.figures
            ]
            labels += words[:1]
    return 2 * len(labels) > with_figures > 0 and 3 * len(set(labels)) >= 2 * len(labels)


def _groups(bands: Sequence[Band]) -> list[list[Band]]:
    """Bands with the same lanes, one after the other; bands of words take the lanes of what stands next to them."""
    settled = list(bands)
    for at in range(len(settled) - 2, -1, -1):
        below = settled[at + 1]
        if not settled[at].has_figures and len(below.starts) > 1 and below.gap <= 2:
            settled[at] = settled[at]._replace(starts=below.starts)
    groups: list[list[Band]] = []
    for band in settled:
        above = groups[-1][0].starts if groups else ()
        if len(above) > 1 and not band.has_figures and len(band.starts) == 1 and _in_lanes(band, above) > 1:
            band = band._replace(starts=above)  # noqa: PLW2901 - notes under tables side by side
        if groups and band.starts == above:
            groups[-1].append(band)
        else:
            groups.append([band])
    return groups


def _in_lanes(band: Band, starts: Sequence[int]) -> int:
    return len({max(s for s in starts if s <= c.column) for row in band.rows for c in row.cells})
