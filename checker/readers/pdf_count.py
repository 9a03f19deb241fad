"""How many number-like pieces does a page show, seen without any idea of its tables?"""

from __future__ import annotations

from collections.abc import Sequence

from pdfplumber.utils.text import extract_words

from checker.amounts.tokens import count
from checker.readers.pdf_open import Thing


def pieces(chars: Sequence[Thing]) -> int:
    """The pieces of a page's characters by pdfplumber's own words; those that stand apart are not one number."""
    readable = [c for c in chars if not str(c["text"]).startswith("(cid:")]
    text = ""
    last: Thing | None = None
    for word in extract_words(readable, x_tolerance_ratio=0.17, y_tolerance=2, extra_attrs=["size"]):
        near = last is not None and abs(word["bottom"] - last["bottom"]) < 2
        close = near and last is not None and -1 < word["x0"] - last["x1"] < 0.45 * word["size"]
        text += (" " if close else "\n") + word["text"]
        last = word
    return sum(count(line) for line in text.split("\n"))
