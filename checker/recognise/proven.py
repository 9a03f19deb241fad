"""Which tables with columns seen only from where words stand are shown to be read rightly? Others are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.model.document import Trap
from checker.model.submission import NotRead
from checker.recognise.draft import Draft
from checker.recognise.structure import adds_up
from checker.recognise.vocabulary import DEVIATIONS, LEVELS

UNRULED = "unruled"
"""The separator of such tables: a page of a PDF without lines between columns."""


@dataclass(slots=True)
class Refused:
    """What is said of tables that were refused, and their figures."""

    traps: list[Trap] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)


def proven(drafts: list[Draft], every: list[Draft]) -> tuple[list[Draft], Refused]:
    """The drafts without tables that do not foot, taken out of `every` too, and what is said of those."""
    refused = Refused()
    for item in list(drafts):
        if item.chunk is None or item.chunk.table.separator != UNRULED or _foots(item):
            continue
        refused.traps.append(Trap("table_not_read", item.title or item.id, item.place()))
        refused.not_read += [
            NotRead("unread.table_not_proven", cell.printed, cell.place) for cell in item.cells.values()
        ]
        drafts = [d for d in drafts if d is not item]
        every[:] = [d for d in every if d is not item]
    return drafts, refused


def _foots(item: Draft) -> bool:
    """Whether sums or deviations hold in more than half of the columns, or rows, where they can be tried."""
    values = [item.values(row) for row in range(len(item.rows))]
    tried = held = 0
    for whole in item.wholes:
        for column in range(len(values[whole.row])):
            if values[whole.row][column] is not None and any(values[p][column] is not None for p in whole.parts):
                tried += 1
                held += adds_up(whole.row, whole.parts, values, column)
    if tried:
        return 2 * held > tried
    return _deviations_hold(item)


def _deviations_hold(item: Draft) -> bool:
    """Whether a deviation is the difference of two columns in most rows, two at least."""
    deviations = [c.index for c in item.columns if c.measure in DEVIATIONS]
    flows = [c.index for c in item.columns if c.measure in LEVELS]
    return any(_holds(item, deviations, one, other) for one in flows for other in flows if one < other)


def _holds(item: Draft, deviations: Sequence[int], one: int, other: int) -> bool:
    tried = held = 0
    for row in range(len(item.rows)):
        for index in deviations:
            found = [item.cells.get((row, i)) for i in (one, other, index)]
            if all(found):
                a, b, d = (cell.amount for cell in found if cell)
                tried += 1
                held += 2 * abs(abs(a.value - b.value) - abs(d.value)) <= a.unit + b.unit + d.unit
    return held >= 2 and 2 * held > tried
