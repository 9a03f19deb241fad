"""Which words and lines do the characters of a page form, and which of them are raised marks of footnotes?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from checker.amounts.units import is_unit_phrase, looks_like_figure
from checker.readers.pdf_glyphs import Glyph

_MARK = re.compile(r"[\da-z*†‡,]{1,3}\)?|\([\da-z]\)", re.IGNORECASE)
_BREAK = 0.17
"""Words part where the gap is this part of the size of their type; a narrow blank is a fifth of it."""
_PART = 0.9
"""Pieces of a line part where the gap is this part of the size; a wide blank in a justified line is two thirds."""
_FIGURES_PART = 0.45
"""The same between two figures, where no blank but that of thousands may stand."""


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a blank between them; lengths in points, from the upper left corner of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        """The middle from left to right."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class Line:
    """Words that stand on one line, from the left."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with one blank between them."""
        return " ".join(w.text for w in self.words)

    @cached_property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Where it ends."""
        return max(w.x1 for w in self.words)

    @cached_property
    def base(self) -> float:
        """What most of its letters stand on."""
        return self._usual.base

    @cached_property
    def size(self) -> float:
        """The size of its longest word."""
        return self._usual.size

    @cached_property
    def _usual(self) -> Word:
        return max(self.words, key=lambda w: (len(w.text), -w.x0))

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(w.bold for w in self.words)

    @cached_property
    def is_figure(self) -> bool:
        """Whether it is nothing but a number, and no unit ('1.000 kr.')."""
        return looks_like_figure(self.text) and not is_unit_phrase(self.text)

    @cached_property
    def pieces(self) -> tuple[Line, ...]:
        """Its pieces between wide gaps."""
        return self.parted(_PART)

    def parted(self, part: float) -> tuple[Line, ...]:
        """Its pieces between gaps wider than this part of the size; figures part at smaller ones."""
        parts: list[list[Word]] = [[self.words[0]]]
        for left, right in zip(self.words, self.words[1:], strict=False):
            gap, size = right.x0 - left.x1, max(left.size, right.size)
            wide = gap > part * size
            if not wide and gap > _FIGURES_PART * size:
                wide = looks_like_figure(left.text) and looks_like_figure(right.text)
            if wide:
                parts.append([])
            parts[-1].append(right)
        return tuple(Line(tuple(p)) for p in parts)


def words(glyphs: Sequence[Glyph], borders: Sequence[tuple[float, float, float]] = ()) -> list[Word]:
    """The words of a page; the sorted `borders` (x, top, bottom) part words that stand close on both sides of a rule.

    A raised mark becomes ' 1)' after its word, so that it does not read as a digit of the figure before it.
    """
    found: list[Word] = []
    for row in _rows(glyphs):
        part: list[Glyph] = []
        for glyph in row:
            if glyph.text.isspace():
                found += _word(part)
                part = []
                continue
            if part and (_is_apart(part[-1], glyph) or _is_between(part[-1], glyph, borders)):
                found += _word(part)
                part = []
            part.append(glyph)
        found += _word(part)
    return _with_marks(found)


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters on the same line and of about the same size, from the left."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (round(g.base, 1), g.x0)):
        for row in rows[:-6:-1]:
            same = abs(row[-1].base - glyph.base) <= max(0.1 * glyph.size, 0.3)
            if same and (glyph.text.isspace() or 0.8 < glyph.size / max(row[-1].size, 0.1) < 1.25):
                row.append(glyph)
                break
        else:
            rows.append([glyph])
    for row in rows:
        row.sort(key=lambda g: g.x0)
    return rows


def _is_apart(left: Glyph, right: Glyph) -> bool:
    return right.x0 - left.x1 > _BREAK * max(left.size, right.size)


def _is_between(left: Glyph, right: Glyph, borders: Sequence[tuple[float, float, float]]) -> bool:
    if right.x0 - left.x1 < 0.04 * right.size:
        return False  # one word, written over a rule
    y, end = (left.top + left.bottom) / 2, (right.x0 + right.x1) / 2
    at = bisect_left(borders, ((left.x0 + left.x1) / 2, 0.0, 0.0))
    while at < len(borders) and borders[at][0] < end:
        if borders[at][1] <= y <= borders[at][2]:
            return True
        at += 1
    return False


def _word(part: Sequence[Glyph]) -> list[Word]:
    if not part:
        return []
    text = "".join(g.text for g in part)
    bold = sum(g.bold for g in part) * 2 > len(part)
    sizes = sorted(g.size for g in part)
    return [
        Word(
            text,
            part[0].x0,
            max(g.x1 for g in part),
            min(g.top for g in part),
            max(g.bottom for g in part),
            part[0].base,
            sizes[len(sizes) // 2],
            bold,
        )
    ]


def _with_marks(found: list[Word]) -> list[Word]:
    """Raised and lowered characters put to the word they stand at."""
    marks = [w for w in found if len(w.text) <= 4 and _MARK.fullmatch(w.text)]
    if not marks:
        return found
    smallest = min(w.size for w in marks)
    hosts = sorted((w for w in found if w.size > 1.15 * smallest), key=lambda w: w.base)
    bases = [h.base for h in hosts]
    reach = 0.7 * max((h.size for h in hosts), default=0.0)
    taken: dict[int, Word] = {}
    gone: set[int] = set()
    for mark in marks:
        close = hosts[bisect_left(bases, mark.base - reach) : bisect_left(bases, mark.base + reach)]
        near = [h for h in close if h.size > 1.15 * mark.size and 0.1 < abs(h.base - mark.base) / h.size < 0.7]
        left = min(
            (h for h in near if -0.5 <= mark.x0 - h.x1 < 0.4 * h.size), key=lambda h: mark.x0 - h.x1, default=None
        )
        right = min((h for h in near if -0.5 <= h.x0 - mark.x1 < h.size), key=lambda h: h.x0 - mark.x1, default=None)
        host = left or right
        if host is None:
            continue
        now = taken.get(id(host), host)
        gone.add(id(mark))
        taken[id(host)] = _joined(now, mark, raised=mark.base < host.base, before=left is None)
    return [taken.get(id(w), w) for w in found if id(w) not in gone]


def _joined(host: Word, mark: Word, raised: bool, before: bool) -> Word:
    said = mark.text
    if before:
        text = f"{said if said.endswith(')') or not said.isalnum() else said + ')'} {host.text}"
    elif not raised or not said[0].isalnum() or (said in ("2", "3") and host.text in ("m", "km", "cm")):
        text = host.text + said
    else:
        text = f"{host.text} {said if said.endswith(')') else said + ')'}"
    return replace(host, text=text, x0=min(host.x0, mark.x0), x1=max(host.x1, mark.x1))


def lines(found: Iterable[Word]) -> list[Line]:
    """The words by lines, from the top."""
    rows: list[list[Word]] = []
    for word in sorted(found, key=lambda w: (w.base, w.x0)):
        for row in rows[:-4:-1]:
            if abs(row[0].base - word.base) <= 0.3 * min(row[0].size, word.size):
                row.append(word)
                break
        else:
            rows.append([word])
    made = [Line(tuple(sorted(row, key=lambda w: w.x0))) for row in rows]
    return sorted(made, key=lambda line: (line.base, line.x0))


def joined(texts: Sequence[str], between: str) -> str:
    """Printed lines as one text; a word broken with a hyphen is made whole where a small letter follows.

    'drifts-' before 'og anlægsudgifter' is no broken word, and 'IT-' before 'drift' keeps its hyphen.
    """
    text = texts[0] if texts else ""
    for following in texts[1:]:
        broken = len(text) > 2 and text[-1] in "-\u00ad\u2010" and text[-2].isalpha()
        word = following.split(" ", 1)[0].rstrip(",.;:")
        if broken and following[:1].islower() and word not in ("og", "eller", "samt", "til", "og/eller"):
            text = (text if text[-2].isupper() else text[:-1]) + following
        else:
            text += between + following
    return text
