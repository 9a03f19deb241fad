"""Is every number-like piece of the files accounted for: read as an amount, no amount, or said not to be read?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from checker.amounts.tokens import count
from checker.model.document import Document, Paragraph
from checker.model.submission import Extraction, Fact, NotRead
from checker.recognise.draft import Draft

Where = tuple[str, str]
"""File and sheet or page; '' where the file has neither."""


def account(
    documents: Iterable[Document], drafts: Sequence[Draft], facts: Sequence[Fact], not_read: Sequence[NotRead]
) -> tuple[Extraction, ...]:
    """One row per sheet or page, or per file without either: the reader's own count against what became of the pieces.

    What no block holds (the reader lost it), or a column of amounts holds without being read or listed, stays
    unexplained: `tokens` is then more than the other three.
    """
    read: Counter[Where] = Counter()
    left: Counter[Where] = Counter()
    for fact in facts:
        read[fact.place.file, _part(fact.place.sheet, fact.place.page)] += count(fact.as_printed)
    for item in not_read:
        left[item.place.file, _part(item.place.sheet, item.place.page)] += count(item.text)
    silent: Counter[Where] = Counter()
    for draft in drafts:
        for part, pieces in _silent(draft).items():
            silent[draft.file, part] += pieces
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


def _part(sheet: str | None, page: int | None) -> str:
    return sheet or (str(page) if page else "")


def _held(document: Document) -> Counter[str]:
    """How many pieces stand in the blocks of each sheet or page; what a merge repeats is counted once."""
    held: Counter[str] = Counter()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            held[_part(block.sheet, block.page)] += count(block.text)
        else:
            for row in block.rows:
                held[_part(block.sheet, row.page)] += sum(count(c.text) for c in row.cells if not c.repeated)
    return held


def _silent(draft: Draft) -> dict[str, int]:
    """Pieces in columns of amounts that were neither read nor listed as not read, by sheet or page."""
    columns = [c.index for c in draft.columns if not c.empty]
    there: Counter[str] = Counter()
    for row in draft.grid.body:
        there[_part(draft.sheet, row.page)] += sum(count(row.cells[index]) for index in columns)
    for cell in draft.cells.values():
        there[_part(draft.sheet, cell.place.page)] -= count(cell.printed)
    for item in draft.not_read:
        if item.reason != "unread.text_column":
            there[_part(draft.sheet, item.place.page)] -= count(item.text)
    return {part: max(0, pieces) for part, pieces in there.items()}
