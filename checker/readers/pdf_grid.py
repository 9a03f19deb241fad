"""Which grids of cells do the rules of a page make, and which cells are one because no rule parts them?"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.readers.pdf_rules import SNAP, Rule, Rules

_PARTS = 0.6
"""A rule along this part of two cells' common edge parts them."""
_REACH = 3.0
"""How far from each other rules may end that are meant to meet."""
MAX_CELLS = 20_000
"""In one grid; a page holds a few hundred."""


@dataclass(frozen=True, slots=True)
class Region:
    """Cells of a grid that are one: the rows and columns from the first to before the last, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Edges of columns and rows, and the regions; `ruled_rows` are the inner edges most of whose length is ruled."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    ruled_rows: frozenset[int]
    is_shade: bool  # whether only shades part its columns

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.ys) - 1

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the grid."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def grids(found: Rules) -> list[Grid]:
    """The grids of a page with two columns or more, from the top; without vertical rules there is none."""
    down = [*found.down, *found.weak]
    made = []
    for across, sides, firm in _connected(found.across, down, len(found.down)):
        grid = _grid(across, sides, not firm)
        if grid is not None and grid.columns > 1:
            made.append(grid)
    return sorted(_outermost(made), key=lambda g: (g.ys[0], g.xs[0]))


def _outermost(made: Sequence[Grid]) -> list[Grid]:
    """Without grids that lie inside another one."""
    by_size = sorted(made, key=lambda g: -(g.xs[-1] - g.xs[0]) * (g.ys[-1] - g.ys[0]))
    kept: list[Grid] = []
    for grid in by_size:
        middle = (grid.xs[0] + grid.xs[-1]) / 2, (grid.ys[0] + grid.ys[-1]) / 2
        if not any(other.holds(*middle) for other in kept):
            kept.append(grid)
    return kept


def _connected(
    across: Sequence[Rule], down: Sequence[Rule], firm: int
) -> Iterable[tuple[list[Rule], list[Rule], bool]]:
    """Rules that cross or touch, group by group, and whether one of the first `firm` vertical ones is among them."""
    parent = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    order = sorted(range(len(across)), key=lambda i: across[i].at)
    for number, side in enumerate(down):
        for at in order:
            rule = across[at]
            if rule.at > side.end + _REACH:
                break
            if rule.at >= side.start - _REACH and rule.start - _REACH <= side.at <= rule.end + _REACH:
                parent[root(len(across) + number)] = root(at)
    groups: dict[int, tuple[list[Rule], list[Rule], list[bool]]] = {}
    for at in range(len(parent)):
        group = groups.setdefault(root(at), ([], [], []))
        if at < len(across):
            group[0].append(across[at])
        else:
            group[1].append(down[at - len(across)])
            group[2].append(at - len(across) < firm)
    for rows, sides, firmly in groups.values():
        if rows and sides:
            yield rows, sides, any(firmly)


def _grid(across: Sequence[Rule], down: Sequence[Rule], is_shade: bool) -> Grid | None:
    xs = _edges([r.at for r in down], min(r.start for r in across), max(r.end for r in across))
    ys = _edges([r.at for r in across], min(r.start for r in down), max(r.end for r in down))
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_CELLS:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    beside = [_parted(down, x, ys) for x in xs]
    below = [_parted(across, y, xs) for y in ys]
    regions = _regions(rows, columns, beside, below)
    ruled = frozenset(r for r in range(1, rows) if 2 * sum(below[r]) > columns)
    return Grid(xs, ys, regions, ruled, is_shade)


def _edges(at: Sequence[float], first: float, last: float) -> tuple[float, ...]:
    """The places of rules that are nearly the same as one, with where the rules across them begin and end."""
    groups: list[list[float]] = []
    for place in sorted(at):
        if groups and place - groups[-1][0] <= SNAP:
            groups[-1].append(place)
        else:
            groups.append([place])
    edges = [sum(g) / len(g) for g in groups]
    if first < edges[0] - 2 * SNAP:
        edges.insert(0, first)
    if last > edges[-1] + 2 * SNAP:
        edges.append(last)
    return tuple(edges)


def _parted(found: Sequence[Rule], at: float, edges: Sequence[float]) -> list[bool]:
    """For each interval between edges, whether the rules at this place cover most of it."""
    near = [r for r in found if abs(r.at - at) <= SNAP]
    result = []
    for start, end in itertools.pairwise(edges):
        covered = sum(max(0.0, min(end, r.end) - max(start, r.start)) for r in near)
        result.append(covered >= _PARTS * (end - start))
    return result


def _regions(
    rows: int, columns: int, beside: Sequence[Sequence[bool]], below: Sequence[Sequence[bool]]
) -> tuple[Region, ...]:
    """Cells that no rule parts, as rectangles; where they form none, each row is taken by itself."""
    of: dict[tuple[int, int], int] = {}
    members: dict[int, list[tuple[int, int]]] = {}
    for row in range(rows):
        for column in range(columns):
            joins = []
            if column and not beside[column][row]:
                joins.append(of[row, column - 1])
            if row and not below[row][column]:
                joins.append(of[row - 1, column])
            number = min(joins, default=len(of) + rows * columns)
            members.setdefault(number, []).append((row, column))
            of[row, column] = number
            for other in set(joins) - {number}:
                for cell in members.pop(other):
                    of[cell] = number
                    members[number].append(cell)
    found: list[Region] = []
    for cells in members.values():
        at = [r for r, _ in cells], [c for _, c in cells]
        region = Region(min(at[0]), min(at[1]), max(at[0]) + 1, max(at[1]) + 1)
        if (region.bottom - region.top) * (region.right - region.left) == len(cells):
            found.append(region)
        else:
            found += _by_rows(cells)
    return tuple(sorted(found, key=lambda r: (r.top, r.left)))


def _by_rows(cells: Iterable[tuple[int, int]]) -> list[Region]:
    found: list[Region] = []
    for row, column in sorted(cells):
        if found and found[-1].top == row and found[-1].right == column:
            found[-1] = Region(row, found[-1].left, row + 1, column + 1)
        else:
            found.append(Region(row, column, row + 1, column + 1))
    return found
