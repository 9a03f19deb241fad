"""Which kind of statement is a table?"""

from __future__ import annotations

from collections.abc import Set

from checker.recognise.draft import Draft
from checker.recognise.vocabulary import Layout, Vocabulary
from checker.recognise.words import any_meets, words


def points(layout: Layout, held: Set[str], fits: bool) -> int:
    """How much a layout asks of a table that holds these measures and meets it; 0 where the table does not."""
    met = layout.all <= held and (not layout.any or bool(layout.any & held))
    if not met or (layout.title_required and not fits):
        return 0
    return 10 * fits + 2 * len(layout.all) + 2 * len(layout.any & held) + 1


def choose_layout(item: Draft, vocab: Vocabulary) -> None:
    """The layout that asks most and is met; a title that fits counts more than any measure. Unknown is said."""
    held = {c.measure for c in item.columns}
    item.layout = layout_of(item.title, held, vocab)
    if item.layout == "generic":
        looked = ", ".join(f"@layout.{layout.id}" for layout in vocab.layouts)
        found = ", ".join(sorted(f"@measure.{m}" for m in held)) or "–"
        item.remark("reading.unknown_layout", looked=looked, found=found)


def layout_of(title: str, held: Set[str], vocab: Vocabulary) -> str:
    """The layout of a table with this title that holds these measures; 'generic' where none is met."""
    found = words(title)
    best, weight = "generic", 0
    for layout in vocab.layouts:
        asked = points(layout, held, any_meets(layout.titles, found))
        if asked > weight:
            best, weight = layout.id, asked
    return best
