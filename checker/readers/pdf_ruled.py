"""Which rows and cells does a table with ruled cells have?"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from checker.model.document import Cell
from checker.readers.pdf_cells import body_start, cell_text, indents, is_amount
from checker.readers.pdf_grid import Grid, Region
from checker.readers.pdf_lines import split_rows
from checker.readers.pdf_words import Line, Word, lines

_NARROW = 8.0
"""A column narrower than this that holds nothing is the gap between double rules."""
Placed = dict[Region, list[Word]]


def ruled_rows(grid: Grid, found: Iterable[Word]) -> list[tuple[Cell, ...]]:
    """The rows of the table that stands in a grid, without blank ones; none where what stands there is no table.

    A cell has the number of its column in the grid, from 1. A heading over several columns is repeated in each of
    them, unless it is over all of them; a label over several rows in those that have no other label.
    """
    placed = _placed(grid, found)
    placed = _split(grid, placed)
    if not _is_table(grid, placed):
        return []
    kept = [
        c
        for c in range(grid.columns)
        if grid.xs[c + 1] - grid.xs[c] >= _NARROW or any(w and r.left <= c < r.right for r, w in placed.items())
    ]
    rows: list[list[list[Line]]] = []
    at: list[int] = []  # the row of the grid that a row comes from
    for number in range(grid.rows):
        cells: list[list[Line]] = [[] for _ in range(grid.columns)]
        tall = False
        for region, words in placed.items():
            if region.top == number:
                cells[region.left] = lines(words)
                tall |= region.bottom - region.top > 1 and bool(words)
        for row in [cells] if tall else split_rows(cells):
            rows.append(row)
            at.append(number)
    texts = [[cell_text(cell) for cell in row] for row in rows]
    start = body_start(texts)
    for number, indent in indents([row[0] for row in rows], start).items():
        texts[number][0] = indent + texts[number][0]
    repeated = _repeated(grid, placed, texts, at, start)
    result = []
    for number, printed in enumerate(texts):
        again = [(number, c) in repeated for c in kept]
        if any(printed[c].strip() for c in kept):
            said = [repeated.get((number, c), printed[c]) for c in kept]
            result.append(tuple(Cell(t, c + 1, repeated=a) for t, c, a in zip(said, kept, again, strict=True)))
    return result


def with_heading(grid: Grid, found: Iterable[Word]) -> Grid:
    """The grid with a row for the heading that stands above it without rules, where its first row holds figures."""
    inside = [w for w in found if grid.holds(w.middle, w.base - 0.3 * w.size)]
    top = [w for w in inside if w.base < grid.ys[1]]
    beside = [w for w in found if grid.ys[0] - 60 < w.base <= grid.ys[0] and grid.xs[0] <= w.middle <= grid.xs[-1]]
    if not beside or not any(is_amount(line.text) for line in _by_column(grid, top)):
        return grid
    at, size = grid.ys[0], top[0].size
    for line in reversed(lines(beside)):
        parts = _by_column(grid, line.words)
        fits = all(part.x1 - part.x0 < 200 and _column(grid, part.x0) == _column(grid, part.x1) for part in parts)
        over = len(parts) > 1 and not any(is_amount(part.text) for part in parts)
        if not fits or not over or at - line.base > 1.2 * size or abs(line.size - size) > 1:
            break
        at = line.base - size
    if at == grid.ys[0]:
        return grid
    moved = [Region(r.top + 1, r.left, r.bottom + 1, r.right) for r in grid.regions]
    heading = [Region(0, c, 1, c + 1) for c in range(grid.columns)]
    ruled = frozenset(r + 1 for r in grid.ruled_rows) | {1}
    return Grid(grid.xs, (at, *grid.ys), (*heading, *moved), ruled, grid.is_shade)


def _column(grid: Grid, x: float) -> int:
    return bisect_right(grid.xs, x)


def _by_column(grid: Grid, words: Sequence[Word]) -> list[Line]:
    """The words in each column right of the first, and those in the first."""
    of: dict[int, list[Word]] = {}
    for word in words:
        of.setdefault(_column(grid, word.middle), []).append(word)
    return [line for _, inside in sorted(of.items()) for line in lines(inside)]


def _placed(grid: Grid, found: Iterable[Word]) -> Placed:
    """The words of each region, by their middles."""
    of = {(r, c): region for region in grid.regions for r in _rows(region) for c in _columns(region)}
    placed: Placed = {region: [] for region in grid.regions}
    for word in found:
        row = bisect_right(grid.ys, word.base - 0.3 * word.size) - 1
        column = bisect_right(grid.xs, word.middle) - 1
        region = of.get((min(max(row, 0), grid.rows - 1), min(max(column, 0), grid.columns - 1)))
        if region is not None:
            placed[region].append(word)
    return placed


def _rows(region: Region) -> range:
    return range(region.top, region.bottom)


def _columns(region: Region) -> range:
    return range(region.left, region.right)


def _split(grid: Grid, placed: Placed) -> Placed:
    """Regions that only lack a rule, parted where their words stand apart as the columns and rows around them do."""
    result: Placed = {}
    for region, words in placed.items():
        cuts = [c for c in range(region.left + 1, region.right) if _is_gap(words, grid.xs[c])]
        edges = [region.left, *cuts, region.right]
        for left, right in itertools.pairwise(edges):
            part = [w for w in words if _between(w.middle, grid.xs[left], grid.xs[right], not cuts)]
            rows = [
                r
                for r in range(region.top + 1, region.bottom)
                if r not in grid.ruled_rows and _is_level(part, grid.ys[r])
            ]
            levels = [region.top, *rows, region.bottom]
            for top, bottom in itertools.pairwise(levels):
                inside = [w for w in part if _between(w.base - 1, grid.ys[top], grid.ys[bottom], not rows)]
                result[Region(top, left, bottom, right)] = inside
    return dict(sorted(result.items(), key=lambda item: (item[0].top, item[0].left)))


def _between(at: float, start: float, end: float, all_of_it: bool) -> bool:
    return all_of_it or start <= at < end


def _is_gap(words: Sequence[Word], x: float) -> bool:
    """Whether words stand on both sides of a column's edge, further from each other than words of one text do."""
    if any(w.x0 < x - 1 and w.x1 > x + 1 for w in words):
        return False
    left, right = [w for w in words if w.middle < x], [w for w in words if w.middle >= x]
    if not left or not right:
        return False
    for word in left:
        beside = [w for w in right if abs(w.base - word.base) < 0.5 * word.size]
        ends = max(w.x1 for w in left if abs(w.base - word.base) < 0.5 * word.size)
        if beside and min(w.x0 for w in beside) - ends < word.size:
            return False
    return True


def _is_level(words: Sequence[Word], y: float) -> bool:
    above = [w for w in words if w.base - 1 < y]
    return 0 < len(above) < len(words)


def _is_table(grid: Grid, placed: Placed) -> bool:
    """Whether enough of the grid holds words in two columns, side by side: a box or a drawing does not."""
    filled = [region for region, words in placed.items() if words]
    columns = {region.left for region in filled}
    beside = [r for r in range(grid.rows) if sum(region.top <= r < region.bottom for region in filled) > 1]
    figures = any(is_amount(cell_text(lines(placed[region]))) for region in filled if region.left)
    least = 2 if grid.is_shade else 1
    return (
        len(columns) > 1 and len(beside) >= least and 6 * len(filled) >= len(placed) and (figures or not grid.is_shade)
    )


def _repeated(
    grid: Grid, placed: Placed, texts: Sequence[Sequence[str]], at: Sequence[int], start: int
) -> dict[tuple[int, int], str]:
    """The texts of merged cells by (row, column) of the other cells that they cover."""
    result: dict[tuple[int, int], str] = {}
    first = next((c for c in range(1, grid.columns) if any(is_amount(row[c]) for row in texts[start:])), grid.columns)
    for region, words in placed.items():
        number = at.index(region.top)
        text = texts[number][region.left] if words else ""
        if not text:
            continue
        if number < start:
            if region.right - region.left < grid.columns:
                result |= {(number, c): text for c in _columns(region) if c > region.left}
        elif region.bottom - region.top > 1 and region.left < first:
            for row, from_ in enumerate(at):
                if region.top < from_ < region.bottom and not any(t.strip() for t in texts[row][:first]):
                    result[row, region.left] = text
    return result
