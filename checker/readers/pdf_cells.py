"""What do the printed lines of a table's cells say: their text, how far they are set in, where the figures begin?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.amounts.units import is_unit_phrase, looks_like_figure
from checker.readers.pdf_words import Line, joined

_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_HEADING = re.compile(r"(?:19|20)\d\d[,.]?(?:\s+\D*)?|1\.000(?:\.000)?", re.ASCII)
_STEP = 6.0
"""Points for which a label is set in by two blanks."""


def is_amount(text: str) -> bool:
    """Whether a cell holds a figure that is no year and no mere unit."""
    text = text.strip()
    return bool(text) and looks_like_figure(text) and not _YEAR.fullmatch(text) and not is_unit_phrase(text)


def is_of_heading(text: str) -> bool:
    """Whether a figure is such as headings have: a year, also with a unit ('2023, mio. kr.'), or '1.000' of a unit."""
    return bool(_OF_HEADING.fullmatch(text.strip()))


def cell_text(found: Sequence[Line]) -> str:
    """The lines of a cell with line breaks between them, broken words made whole."""
    return joined([line.text for line in found], "\n")


def body_start(texts: Sequence[Sequence[str]]) -> int:
    """The first row with an amount right of its first cell; 0 where there is none."""
    for number, row in enumerate(texts):
        if any(is_amount(text) for text in row[1:]):
            return number
    return 0


def indents(labels: Sequence[Sequence[Line]], start: int) -> dict[int, str]:
    """The blanks that stand for how far the labels of a table are set in, by row; what is centred is not set in."""
    at = {number: lines[0] for number, lines in enumerate(labels) if number >= start and lines}
    at = {number: line for number, line in at.items() if not line.is_figure}
    if len(at) < 2:
        return {}
    left = min(line.x0 for line in at.values())
    if _spread([line.x0 for line in at.values()]) > 2 * min(
        _spread([line.x1 for line in at.values()]), _spread([(line.x0 + line.x1) / 2 for line in at.values()])
    ):
        return {}
    return {
        number: "  " * max(1, round((line.x0 - left) / _STEP)) for number, line in at.items() if line.x0 - left >= 3
    }


def _spread(values: Sequence[float]) -> float:
    middle = sum(values) / len(values)
    return sum(abs(v - middle) for v in values)
