"""Which lines at the head and foot of pages are running heads and page numbers?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.readers.pdf_cells import is_amount
from checker.readers.pdf_grid import Grid
from checker.readers.pdf_open import Box
from checker.readers.pdf_words import Line

_NUMBER = re.compile(r"\d{1,4}")
_PAGE = re.compile(r"(?:side|s\.|page)?\s*\d{1,4}(?:\s*(?:af|/|of)\s*\d{1,4})?|[-–]\s*\d{1,4}\s*[-–]", re.IGNORECASE)
_AT_EITHER_END = re.compile(r"^(?P<first>\d{1,4})\s+(?P<after>\D.*)$|^(?P<before>.*\D)\s+(?P<last>\d{1,4})$")
_MOST = 5
"""Lines of a running head."""
_HEAD, _FOOT = 0.16, 0.12
"""The part of a page's height that its head and its foot may take."""
_APART = 1.6
"""A running head stands further than this (in sizes of type) from the text; the heading of a table does not."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The furniture of a page, as texts from the top; `lines` are the lines they come from."""

    head: tuple[str, ...]
    foot: tuple[str, ...]
    lines: frozenset[Line]


def margins(pages: Sequence[tuple[Box, Sequence[Line], Sequence[Grid]]]) -> list[Margins]:
    """The furniture of each page: lines that stand at the same height on two pages or more, numbers apart.

    A lone page number at the edge is furniture too. A page number at either end of a line is a text of its own, so
    that the rest is the same on all pages.
    """
    heads = [_edge(lines, box, grids, foot=False) for box, lines, grids in pages]
    feet = [_edge(lines, box, grids, foot=True) for box, lines, grids in pages]
    seen: dict[tuple[str, bool], list[float]] = {}
    for edges, foot in ((heads, False), (feet, True)):
        for edge in edges:
            for line in edge:
                seen.setdefault((_masked(line.text), foot), []).append(line.base)
    result = []
    for (_, lines, grids), head, foot_lines in zip(pages, heads, feet, strict=True):
        top = _furniture(head, lines, grids, seen, foot=False)
        bottom = _furniture(foot_lines, lines, grids, seen, foot=True)
        bottom = [line for line in bottom if line not in top]
        texts = [[t for line in found for t in _texts(line)] for found in (top, bottom[::-1])]
        result.append(Margins(tuple(texts[0]), tuple(texts[1]), frozenset([*top, *bottom])))
    return result


def _edge(lines: Sequence[Line], box: Box, grids: Sequence[Grid], foot: bool) -> list[Line]:
    """The outermost lines of a page, from its edge inwards, up to the first table with rules."""
    height = box[3] - box[1]
    found: list[Line] = []
    for line in lines[: -_MOST - 1 : -1] if foot else lines[:_MOST]:
        inside = line.base > box[3] - _FOOT * height if foot else line.base < box[1] + _HEAD * height
        if (
            not inside
            or sum(is_amount(p.text) for p in line.pieces) > 1
            or any(g.holds((line.x0 + line.x1) / 2, line.base) for g in grids)
        ):
            break
        found.append(line)
    return found


def _masked(text: str) -> str:
    return _NUMBER.sub("#", text).casefold()


def _furniture(
    edge: Sequence[Line],
    lines: Sequence[Line],
    grids: Sequence[Grid],
    seen: dict[tuple[str, bool], list[float]],
    foot: bool,
) -> list[Line]:
    found: list[Line] = []
    for line in edge:
        bases = seen[_masked(line.text), foot]
        repeated = sum(abs(b - line.base) <= 4 for b in bases) > 1
        if not repeated and not _PAGE.fullmatch(line.text):
            break
        found.append(line)
    while found and not _PAGE.fullmatch(found[-1].text) and not _stands_apart(found[-1], lines, grids, foot):
        found.pop()
    return found


def _stands_apart(line: Line, lines: Sequence[Line], grids: Sequence[Grid], foot: bool) -> bool:
    """Whether the next line inwards is further away than lines of one text are."""
    inwards = [other.base for other in lines if (other.base < line.base - 1 if foot else other.base > line.base + 1)]
    inwards += [grid.ys[-1] if foot else grid.ys[0] + line.size for grid in grids]
    return all(abs(base - line.base) > _APART * line.size for base in inwards)


def _texts(line: Line) -> list[str]:
    """The pieces of a running head, page numbers apart."""
    found: list[str] = []
    for piece in line.pieces:
        text = re.sub(r"^[|•·–]\s*|\s*[|•·–]$", "", piece.text)
        match = _AT_EITHER_END.match(text)
        if match is None or _PAGE.fullmatch(text) or re.search(r"\b(?:side|af)\s*\d*$", match["before"] or "", re.I):
            found.append(text)
            continue
        rest = re.sub(r"^[\s|•·–]+|[\s|•·–]+$", "", match["after"] or match["before"])
        number = match["first"] or match["last"]
        if len(number) == 4:  # a year
            found.append(text)
        else:
            found += [number, rest] if match["first"] else [rest, number]
    return [text for text in found if text]
