"""Which printed lines are one paragraph, and what sort of paragraph is it?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.readers.pdf_open import Box
from checker.readers.pdf_words import Line, joined

_BULLET = re.compile(r"^(?:[•·▪◦‣⁃∙○►➢✓]|[-–—o](?=\s+[^\W\d_]))\s*")
_NOTE_MARK = re.compile(r"^(?:\(?\d{1,2}\)|\d{1,2}\.?|\*{1,3}\)?|[†‡]|[¹²³⁰⁴-⁹]+\)?|[a-z]\))\s+\S")
_ENDS = (".", ":", "!", "?", ";")
_SMALLER = 0.8
_LARGER = 0.7


@dataclass(slots=True)
class Draft:
    """A paragraph on its way; `tail` is what was taken from the next page, whose pieces are counted there."""

    text: str
    page: int
    kind: str = ""
    size: float = 0.0
    bold: bool = False
    printed: int = 1  # lines
    tail: str = ""
    level: int = 0


def body_size(lines: Iterable[Line]) -> float:
    """The size of type that most characters have."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(2 * line.size) / 2] += len(line.text)
    return max(counts, key=lambda size: (counts[size], -size), default=10.0)


def footnotes_from(lines: Sequence[Line], body: float) -> int:
    """Where the footnotes begin among the last lines of a page: smaller type, and a mark; else behind the last."""
    at = len(lines)
    while at and lines[at - 1].size < body - _SMALLER:
        at -= 1
    while at < len(lines) and not _NOTE_MARK.match(lines[at].text):
        at += 1
    return at


def right_edge(lines: Sequence[Line], page: Box) -> float:
    """Where running text ends: where several long lines do, else as far from the page's edge as it begins."""
    furthest = max((line.x1 for line in lines), default=page[2])
    left = min((line.x0 for line in lines), default=page[0])
    near = furthest - 0.1 * (furthest - left)
    if sum(line.x1 >= near and len(line.text) > 25 for line in lines) > 1:
        return furthest
    return max(furthest, page[2] - (left - page[0]))


def paragraphs(lines: Sequence[Line], page: int, right: float, kind: str = "") -> list[Draft]:
    """The paragraphs of lines that stand below each other; `right` is where the text's right edge is."""
    found: list[list[Line]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, right, kind):
            found[-1].append(line)
        else:
            found.append([line])
    return [_draft(part, page, kind) for part in found]


def _draft(part: Sequence[Line], page: int, kind: str) -> Draft:
    text = joined([line.text for line in part], " ")
    if not kind and (match := _BULLET.match(text)):
        text, kind = "- " + text[match.end() :], "list"
    return Draft(text, page, kind, part[0].size, all(line.bold for line in part), len(part))


def _goes_on(part: Sequence[Line], line: Line, right: float, kind: str) -> bool:
    """Whether a line belongs to the paragraph above it."""
    above, first = part[-1], part[0]
    if abs(line.size - above.size) > 0.6 or line.bold != above.bold:
        return False
    apart = line.base - above.base
    usual = part[1].base - first.base if len(part) > 1 else 1.55 * line.size
    if not 0 < apart <= min(1.8 * line.size, 1.15 * usual) or _BULLET.match(line.text):
        return False
    if kind == "footnote" and _NOTE_MARK.match(line.text):
        return False
    gapped = any(len(each.pieces) > 1 and any(p.is_figure for p in each.pieces) for each in (above, line))
    if gapped:
        return False
    ended = above.text.endswith(_ENDS)
    if line.text[:1].islower() and not ended:
        return True
    left = part[1].x0 if len(part) > 1 else min(first.x0, line.x0)
    if ended and line.x0 - left > 8:
        return False
    fits = above.x1 + 0.25 * line.size + line.words[0].x1 - line.words[0].x0 <= right - 1
    return not fits


def go_on(above: Draft, below: Draft) -> bool:
    """Whether the first paragraph of a page is the end of the last one of the page before."""
    if above.kind not in ("", "list") or below.kind or abs(above.size - below.size) > 0.6 or above.bold != below.bold:
        return False
    return not above.text.endswith(_ENDS) and below.text[:1].islower()


def set_levels(drafts: Sequence[Draft], body: float, in_tables: int) -> None:
    """Give headings their level: by size where they are larger than the text, below those where they are bold.

    Bold is no mark of a heading where most of the text is, that of tables (`in_tables` characters) included.
    """
    plain = [d for d in drafts if not d.kind and d.printed <= 3]
    sizes = sorted({round(2 * d.size) / 2 for d in plain if d.size > body + _LARGER}, reverse=True)
    usual = sum(len(d.text) for d in drafts if d.bold) * 2 < sum(len(d.text) for d in drafts) + in_tables
    for draft in plain:
        size = round(2 * draft.size) / 2
        if size in sizes:
            draft.level = sizes.index(size) + 1
        elif draft.bold and usual and draft.printed == 1 and len(draft.text) <= 120 and not draft.text.endswith("."):
            draft.level = len(sizes) + 1
