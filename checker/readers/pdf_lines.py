"""Which printed lines are one row of a table, where no rule parts the rows?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from checker.readers.pdf_words import Line

Cells = list[list[Line]]
"""One row: the lines of each cell."""
_GOES_ON = ("og", "eller", "samt", "af", "til", "for", "på", "med", "i", "under", "herunder", "vedr.")
_LETTERED = re.compile(r"\(?[a-zæøå]{1,2}[.)]")


def split_rows(cells: Cells) -> list[Cells]:
    """The rows in one row of a grid: as many as there are lines of figures, where labels stand beside them."""
    figures = [c for c in range(1, len(cells)) if cells[c] and all(line.is_figure for line in cells[c])]
    bases = _levels([line for c in figures for line in cells[c]])
    if len(bases) < 2 or not any(len(cells[c]) > 1 for c in figures):
        return [cells]
    texts = [c for c in range(len(cells)) if cells[c] and c not in figures]
    beside = max((sum(_level(line, bases) is not None for line in cells[c]) for c in texts), default=0)
    if 10 * beside < 8 * len(bases):
        return [cells]
    label = next(c for c in texts if 10 * sum(_level(line, bases) is not None for line in cells[c]) >= 8 * len(bases))
    rows: dict[float, Cells] = {base: [[] for _ in cells] for base in bases}
    for line, base in attached(cells[label], bases):
        rows.setdefault(base, [[] for _ in cells])[label].append(line)
    for column in {*figures, *texts} - {label}:
        for line in cells[column]:
            at = _level(line, bases)
            near = at if at is not None else min(rows, key=lambda base: abs(base - line.base))
            rows[near][column].append(line)
    return [rows[base] for base in sorted(rows)]


def _levels(found: Sequence[Line]) -> list[float]:
    bases: list[float] = []
    for line in sorted(found, key=lambda each: each.base):
        if not bases or line.base - bases[-1] > 0.4 * line.size:
            bases.append(line.base)
    return bases


def _level(line: Line, bases: Sequence[float]) -> float | None:
    near = min(bases, key=lambda base: abs(base - line.base))
    return near if abs(near - line.base) <= 0.4 * line.size else None


def attached(labels: Sequence[Line], bases: Sequence[float]) -> list[tuple[Line, float]]:
    """Each label with the level of its row: that of its figures, that of the label it goes on, or its own.

    A line without figures goes on the label above it where it begins with a small letter or stands closer to it
    than rows do; it begins the one below where that goes on it in this way.
    """
    result: list[tuple[Line, float]] = []
    waiting: list[Line] = []  # lines that the label below goes on
    full = [(line, _level(line, bases) is not None) for line in labels]
    pitch = min((b.base - a.base for (a, at_a), (b, at_b) in itertools.pairwise(full) if at_a and at_b), default=0.0)
    for number, line in enumerate(labels):
        level = _level(line, bases)
        below = labels[number + 1] if number + 1 < len(labels) else None
        above = result[-1] if result and not waiting else None
        if level is None and above and _goes_on(above[0], line, pitch) and not _is_free(above[1], bases):
            level = above[1]
        elif level is None and below is not None and _goes_on(line, below, pitch):
            waiting.append(line)
            continue
        level = line.base if level is None else level
        result += [(earlier, level) for earlier in waiting] + [(line, level)]
        waiting = []
    return result


def begins_nothing(line: Line) -> bool:
    """Whether no label of its own begins like this: with a small letter that is no number, '&' or a bracket."""
    text = line.text
    return (text[:1].islower() and not _LETTERED.match(text)) or (text[:1] in "&/(" and not _LETTERED.match(text))


def _is_free(level: float, bases: Sequence[float]) -> bool:
    """Whether a row has no figures: nothing goes on a heading."""
    return all(abs(level - base) > 1 for base in bases)


def _goes_on(above: Line, line: Line, pitch: float) -> bool:
    """Whether a label is the second line of the one above it."""
    apart = line.base - above.base
    if apart > 1.6 * line.size or abs(line.size - above.size) > 1:
        return False
    last = above.pieces[0].text.rsplit(" ", 1)[-1]
    open_ended = last.lower() in _GOES_ON or last.endswith(("-", ",", "/", "\u00ad"))
    return begins_nothing(line) or open_ended or apart < 0.8 * pitch
