"""Is every number-like piece of the files accounted for: read as an amount, no amount, or said not to be read?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from checker.amounts.tokens import count
from checker.model.document import Document, Paragraph
from checker.model.submission import Extraction, Fact, NotRead
from checker.recognise.draft import Draft

Where = tuple[str, str]
"""File and sheet; '' for the sheet where the file has none."""


def account(
    documents: Iterable[Document], drafts: Sequence[Draft], facts: Sequence[Fact], not_read: Sequence[NotRead]
) -> tuple[Extraction, ...]:
    """One row per sheet, or per file without sheets: the reader's own count against what became of the pieces.

    What no block holds (the reader lost it), or a column of amounts holds without being read or listed, stays
    unexplained: `tokens` is then more than the other three.
    """
    read: Counter[Where] = Counter()
    left: Counter[Where] = Counter()
    for fact in facts:
        read[fact.place.file, fact.place.sheet or ""] += count(fact.as_printed)
    for item in not_read:
        left[item.place.file, item.place.sheet or ""] += count(item.text)
    silent: Counter[Where] = Counter()
    for draft in drafts:
        silent[draft.file, draft.sheet or ""] += _silent(draft)
    result = []
    for document in documents:
        held = _held(document)
        counted: Counter[str] = Counter()
        for each in document.counts:
            counted[each.where if each.where in held else ""] += each.tokens
        for where in dict.fromkeys([*counted, *held]):
            key = (document.file, where)
            other = held[where] - read[key] - left[key] - silent[key]
            result.append(Extraction(document.file, where, counted[where], read[key], other, left[key]))
    return tuple(result)


def _held(document: Document) -> Counter[str]:
    """How many pieces stand in the blocks of each sheet; what a merge repeats is counted once."""
    held: Counter[str] = Counter()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            held[block.sheet or ""] += count(block.text)
        else:
            cells = (cell for row in block.rows for cell in row.cells if not cell.repeated)
            held[block.sheet or ""] += sum(count(cell.text) for cell in cells)
    return held


def _silent(draft: Draft) -> int:
    """Pieces in columns of amounts that were neither read nor listed as not read."""
    columns = [c.index for c in draft.columns if not c.empty]
    there = sum(count(row.cells[index]) for row in draft.grid.body for index in columns)
    read = sum(count(cell.printed) for cell in draft.cells.values())
    listed = sum(count(n.text) for n in draft.not_read if n.reason != "unread.text_column")
    return max(0, there - read - listed)
