"""Which straight rules stand on a page: drawn as lines, as thin rectangles, as frames or as the edges of shades?"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from checker.readers.pdf_open import Box, Thing

THIN = 3.0
"""A rectangle thinner than this (points) is a rule."""
SNAP = 2.5
"""Rules nearer to each other than this are one: double lines, and the two borders of neighbouring cells."""
_SHORTEST = 5.0
_MANY = 2_000
"""A page with more rules than this is a drawing."""


class Rule(NamedTuple):
    """A horizontal rule at y `at` from left to right, or a vertical one at x `at` from top to bottom."""

    at: float
    start: float
    end: float


class Rules(NamedTuple):
    """The rules of a page; `weak` are those that only shades side by side make."""

    across: list[Rule]
    down: list[Rule]
    weak: list[Rule]


def rules(shapes: Iterable[Thing], page: Box) -> Rules:
    """The rules of a page, pieces of the same one joined."""
    across: list[Rule] = []
    down: list[Rule] = []
    shades: list[Box] = []
    for shape in shapes:
        box = (float(shape["x0"]), float(shape["top"]), float(shape["x1"]), float(shape["bottom"]))
        if len(across) + len(down) > 4 * _MANY:
            return Rules([], [], [])
        _take(shape, box, page, across, down, shades)
    weak = [*_between(shades), *_at_rules(shades, down)]
    for x0, top, x1, bottom in shades:
        across += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
    found = Rules(_joined(across), _joined(down), _joined(weak))
    return found if sum(map(len, found)) <= _MANY else Rules([], [], [])


def _take(shape: Thing, box: Box, page: Box, across: list[Rule], down: list[Rule], shades: list[Box]) -> None:
    x0, top, x1, bottom = box
    width, height = x1 - x0, bottom - top
    stroked, filled = bool(shape.get("stroke")), bool(shape.get("fill"))
    if not (stroked or filled) or not _is_straight(shape, box):
        return
    if height < THIN and width < THIN:  # a dot of a dotted rule, or a corner
        across.append(Rule((top + bottom) / 2, x0, x1))
        down.append(Rule((x0 + x1) / 2, top, bottom))
    elif height < THIN:
        across.append(Rule((top + bottom) / 2, x0, x1))
    elif width < THIN:
        down.append(Rule((x0 + x1) / 2, top, bottom))
    elif shape["object_type"] != "line":
        if stroked:
            across += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
            down += [Rule(x0, top, bottom), Rule(x1, top, bottom)]
        elif height < 0.4 * (page[3] - page[1]):
            shades.append(box)


def _is_straight(shape: Thing, box: Box) -> bool:
    """Whether a shape is made of nothing but straight lines along the page."""
    if shape["object_type"] == "rect":
        return True
    points = shape.get("pts") or ()
    if shape["object_type"] == "line":
        return True  # a slanted one is neither thin nor a rectangle
    return len(points) in (4, 5) and all(
        min(abs(x - box[0]), abs(x - box[2])) < 0.5 and min(abs(y - box[1]), abs(y - box[3])) < 0.5 for x, y in points
    )


def _between(shades: Sequence[Box]) -> list[Rule]:
    """The edges between shades of the same height that stand side by side: cells of a table without borders."""
    found: list[Rule] = []
    ordered = sorted(shades, key=lambda s: (round(s[1]), round(s[3]), s[0]))
    for left, right in itertools.pairwise(ordered):
        level = abs(left[1] - right[1]) < 1 and abs(left[3] - right[3]) < 1
        if level and abs(right[0] - left[2]) < THIN:
            found.append(Rule((left[2] + right[0]) / 2, left[1], left[3]))
    return found


def _at_rules(shades: Sequence[Box], down: Sequence[Rule]) -> list[Rule]:
    """The sides of shades that carry a rule on: a shaded heading over a table with rules belongs to it."""
    at = sorted(rule.at for rule in down)
    found = [Rule(x, top, bottom) for x0, top, x1, bottom in shades for x in (x0, x1)]
    return [r for r in found if bisect_right(at, r.at + SNAP) > bisect_left(at, r.at - SNAP)]


def _joined(found: Sequence[Rule]) -> list[Rule]:
    """Rules on the same line whose pieces meet, as one; specks are dropped."""
    lines: list[list[Rule]] = []
    for rule in sorted(found):
        if lines and rule.at - lines[-1][-1].at <= 0.75 and rule.at - lines[-1][0].at <= SNAP:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    result: list[Rule] = []
    for line in lines:
        at = line[len(line) // 2].at
        start = end = None
        for rule in sorted(line, key=lambda r: (r.start, r.end)):
            if end is not None and start is not None and rule.start <= end + THIN:
                end = max(end, rule.end)
                continue
            if end is not None and start is not None:
                result.append(Rule(at, start, end))
            start, end = rule.start, rule.end
        if end is not None and start is not None:
            result.append(Rule(at, start, end))
    return [r for r in result if r.end - r.start >= _SHORTEST]
