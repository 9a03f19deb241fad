"""In which order is a page read: all of it from the top, or one column of text after the other?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.readers.pdf_grid import Grid
from checker.readers.pdf_words import Line, Word

_GUTTER = 10.0
"""Points without a word between two columns of text."""
_LEAST_LINES = 8
_LEAST_HEIGHT = 0.4
"""The part of the text's height that the gutter runs along."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page that is read from its top to its end."""

    words: list[Word]
    grids: list[Grid]


def parts(lines: Sequence[Line], grids: Sequence[Grid]) -> list[Part]:
    """The parts of a page in order: what stands above two columns, the left one, the right one, what stands below."""
    words = [w for line in lines for w in line.words]
    found = _gutter(lines, grids)
    if found is None:
        return [Part(words, list(grids))]
    x, top, bottom = found
    above, left, right, below = (Part([], []) for _ in range(4))
    for word in words:
        side = above if word.base < top else below if word.base > bottom else left if word.middle < x else right
        side.words.append(word)
    for grid in grids:
        middle = (grid.ys[0] + grid.ys[-1]) / 2
        side = above if middle < top else below if middle > bottom else left if grid.xs[-1] <= x + 5 else right
        side.grids.append(grid)
    return [part for part in (above, left, right, below) if part.words or part.grids]


def _gutter(lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[float, float, float] | None:
    """Where a gutter between two columns of running text is, and the height it runs along."""
    if len(lines) < _LEAST_LINES:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    height = lines[-1].base - lines[0].base
    best: tuple[float, float, float] | None = None
    for step in range(30, 71, 2):
        x = left + step * (right - left) / 100
        for run in _runs(lines, grids, x):
            tall = run[-1].base - run[0].base
            if tall >= _LEAST_HEIGHT * height and (best is None or tall > best[2] - best[1]) and _is_text(run, x):
                best = (x, run[0].base - 1, run[-1].base + 1)
    return best


def _runs(lines: Sequence[Line], grids: Sequence[Grid], x: float) -> list[list[Line]]:
    """Lines below each other with no word and no table at x."""
    runs: list[list[Line]] = [[]]
    crossed = [g for g in grids if g.xs[0] < x - 5 and g.xs[-1] > x + 5]
    for line in lines:
        inside = any(w.x0 < x + _GUTTER / 2 and w.x1 > x - _GUTTER / 2 for w in line.words)
        if inside or any(runs[-1] and runs[-1][-1].base < g.ys[0] < line.base for g in crossed):
            runs.append([])
        if not inside:
            runs[-1].append(line)
    return [run for run in runs if len(run) >= _LEAST_LINES]


def _is_text(run: Sequence[Line], x: float) -> bool:
    """Whether words and hardly any figures stand on both sides, most lines of several words."""
    for side in (-1, 1):
        parts = [[w for w in line.words if (w.middle - x) * side > 0] for line in run]
        parts = [part for part in parts if part]
        every = [w for part in parts for w in part]
        figures = sum(any(ch.isdigit() for ch in w.text) for w in every)
        if len(parts) < _LEAST_LINES - 2 or len(every) < 3 * len(parts) or 4 * figures > len(every):
            return False
    return True
