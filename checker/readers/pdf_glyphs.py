"""Which characters can be seen on a page, once each and as plain letters, and which of them cannot be read?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checker.readers.pdf_open import Box, RawPage, Thing

UNREADABLE = "\ufffd"
"""Stands for a character whose letter the file does not tell."""
_PLAIN = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf076\uf02d\u25cf\u25aa\u25a0\u2023\u2043", "\u2022")
    | dict.fromkeys("\u2007\u2008\u2009\u200a\u202f\u2002\u2003\u2004\u2005\u2006", "\u00a0")
)
_BULLET = "(cid:127)"
"""Codes without a letter of their own stand for a bullet in the usual encoding; this is the one programs take."""
_SCAN = 0.5
"""A picture that covers this part of the page may be the page itself."""
_MANY = 1_000
"""On a page with more filled shapes than this, white text is taken to stand on one of them."""


class Glyph(NamedTuple):
    """One character; `base` is the line it stands on."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool


@dataclass(slots=True)
class Seen:
    """The readable characters of a page, and what of it must be said."""

    glyphs: list[Glyph]
    chars: list[Thing]
    turned: int = 0
    hidden: int = 0
    is_picture: bool = False


def seen(page: RawPage) -> Seen:
    """The characters of a page that lie upright and are shown.

    Text drawn invisibly over a picture of the page is what a scanner recognised and is read; elsewhere it is
    hidden, as is white text on nothing. A page is a picture where it shows hardly anything but that.
    """
    covered = _covered(page)
    scanned = covered >= _SCAN
    white = [c for c in page.chars if _is_white(c)]
    shades = _shades(page) if white else []
    unseen = {id(c) for c in white if not _is_over(c, shades)} if len(shades) <= _MANY else set()
    shown = [c for c in page.chars if id(c) not in unseen]
    hidden = [c for c in page.chars if id(c) in unseen]
    if scanned:
        shown += page.unseen
    else:
        hidden += page.unseen
    shown = [c for c in shown if _is_inside(c, page.box)]
    upright = [c for c in shown if c["upright"]]
    kept = _once(upright)
    glyphs = [_glyph(c) for c in kept]
    words = sum(not g.text.isspace() for g in glyphs)
    unreadable = sum(g.text == UNREADABLE for g in glyphs)
    drawn = len(page.shapes) > 300 and not shown  # letters drawn as shapes
    is_picture = (scanned and words < 20) or drawn or (unreadable > 5 and 5 * unreadable > words)
    turned = sum(not c["text"].isspace() for c in shown if not c["upright"])
    chars = kept + _once([c for c in shown if not c["upright"]])
    return Seen(glyphs, chars, turned, sum(not c["text"].isspace() for c in hidden), is_picture)


def _glyph(char: Thing) -> Glyph:
    text = str(char["text"])
    if text == _BULLET:
        text = "\u2022"
    elif text.startswith("(cid:") or not text or (not text.isprintable() and not text.isspace() and text != "\u00ad"):
        text = UNREADABLE
    elif not text.isascii():
        text = text.translate(_PLAIN)
    base = float(char["top"]) + float(char["y1"]) - float(char["matrix"][5])
    font = str(char["fontname"]).lower()
    bold = "bold" in font or "black" in font or "heavy" in font or font.endswith(("-bd", ",bd"))
    return Glyph(text, char["x0"], char["x1"], char["top"], char["bottom"], base, char["size"], bold)


def _once(chars: Sequence[Thing]) -> list[Thing]:
    """Without characters printed again almost where they stand, which makes them look bold."""
    order = sorted(range(len(chars)), key=lambda i: (chars[i]["text"], round(chars[i]["top"]), chars[i]["x0"]))
    again = set()
    last: dict[tuple[str, int], float] = {}
    for at in order:
        char = chars[at]
        near = 0.35 * max(float(char["x1"] - char["x0"]), 0.5)
        row = round(char["top"])
        if any(abs(char["x0"] - last.get((char["text"], row + by), -1e9)) < near for by in (-1, 0, 1)):
            again.add(at)
        else:
            last[char["text"], row] = char["x0"]
    return [char for at, char in enumerate(chars) if at not in again]


def _covered(page: RawPage) -> float:
    """Which part of the page its pictures cover; strips of a scan count together."""
    x0, top, x1, bottom = page.box
    area = sum(
        max(0.0, min(i["x1"], x1) - max(i["x0"], x0)) * max(0.0, min(i["bottom"], bottom) - max(i["top"], top))
        for i in page.images
    )
    return float(area / ((x1 - x0) * (bottom - top)))


def _is_white(thing: Thing) -> bool:
    color = thing.get("non_stroking_color")
    if not isinstance(color, (tuple, list)):
        return False
    numbers = [c for c in color if isinstance(c, (int, float))]
    if len(numbers) != len(color):
        return False
    if len(numbers) == 4:
        return max(numbers) <= 0.02
    return len(numbers) in (1, 3) and min(numbers) >= 0.98


def _shades(page: RawPage) -> list[Box]:
    """What lies under white text that can be seen."""
    filled = [s for s in page.shapes if s.get("fill") and not _is_white(s)]
    return [(s["x0"], s["top"], s["x1"], s["bottom"]) for s in [*filled, *page.images]]


def _is_over(char: Thing, boxes: Iterable[Box]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)


def _is_inside(char: Thing, box: Box) -> bool:
    return _is_over(char, (box,))
