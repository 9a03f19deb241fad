"""Which tables can a layout be, and which measures can such a table hold?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from checker.recognise.layouts import points
from checker.recognise.vocabulary import Layout

GENERIC = "generic"
_MOST = 6
"""Of so many alternative measures every combination is tried; of more, each alone and all together."""


def wins(layout: Layout, layouts: Sequence[Layout], held: frozenset[str] = frozenset()) -> bool:
    """Whether some table that holds these measures, and perhaps others, is taken for this layout.

    Its title may be any; titles of other layouts are taken not to fit, which is what favours this one.
    """
    at = layouts.index(layout)
    for measures in _tables(layout, held):
        own = points(layout, measures, bool(layout.titles))
        others = [points(other, measures, False) for other in layouts]
        if own > max(others[:at], default=0) and own >= max(others[at + 1 :], default=0):
            return True
    return False


def _tables(layout: Layout, held: frozenset[str]) -> Iterator[frozenset[str]]:
    least, choices = held | layout.all, sorted(layout.any)
    sizes = range(len(choices) + 1) if len(choices) <= _MOST else (0, 1, len(choices))
    for size in sizes:
        for chosen in combinations(choices, size):
            yield least | frozenset(chosen)


def held_by(layouts: Sequence[Layout], measures: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each layout, and for tables of unknown type, the measures that such a table can hold."""
    held = {layout.id: tuple(m for m in measures if wins(layout, layouts, frozenset((m,)))) for layout in layouts}
    unknown = tuple(m for m in measures if not any(points(layout, {m}, False) for layout in layouts))
    return {**held, GENERIC: unknown}
