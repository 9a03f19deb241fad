"""The figures of some entities as arrays: a row for each shape and each point of several, a column for each entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.scale.binding import Binding

Whole = NDArray[np.int64]


class Figures:
    """Which row is which: the first `shapes` rows are shapes, the others points that several shapes may state."""

    def __init__(self, binding: Binding, more: Sequence[int] = ()) -> None:
        used = binding.used
        parts = {p: sorted(binding.points[p].values(), key=lambda part: (part.unit, part.sort)) for p in used}
        known = sorted({part.shape for own in parts.values() for part in own} | set(more))
        self.known = np.array(known, dtype=np.int64)
        place = {shape: n for n, shape in enumerate(known)}
        several = [p for p in used if len(parts[p]) > 1]
        self.shapes, self.rows = len(known), len(known) + len(several)
        self._row = {p: place[parts[p][0].shape] for p in used if len(parts[p]) == 1}
        self._row |= {p: self.shapes + n for n, p in enumerate(several)}
        self.of_shape = np.full(max(known, default=0) + 1, -1, dtype=np.int64)
        self.of_shape[known] = np.arange(len(known))
        self.excess, self.unit = np.zeros(self.shapes, dtype=np.int64), np.zeros(self.rows, dtype=np.int64)
        for own in parts.values():
            for part in own:
                self.excess[place[part.shape]], self.unit[place[part.shape]] = part.excess, part.unit
        for n, p in enumerate(several):
            self.unit[self.shapes + n] = parts[p][0].unit
        by_size: dict[int, list[int]] = {}
        for n, p in enumerate(several):
            by_size.setdefault(len(parts[p]), []).append(n)
        self.sets = [
            (
                np.array(own),
                np.array([[place[part.shape] for part in parts[several[n]]] for n in own]).T,
                *(
                    np.array([[getattr(part, name) for part in parts[several[n]]] for n in own], dtype=np.int64).T
                    for name in ("unit", "sort", "kind")
                ),
            )
            for own in by_size.values()
        ]

    def row(self, point: int) -> int:
        """The row of a point."""
        return self._row[point]


class Block:
    """The figures of the entities `own`, a range of numbers in some order; `arrays` are entity, shape and value."""

    def __init__(self, figures: Figures, own: Whole, arrays: Mapping[str, Any]) -> None:
        self.figures, n, size = figures, len(own), figures.shapes
        entity, shape = np.asarray(arrays["entity"]), np.asarray(arrays["shape"])
        first = int(own.min())
        column_of = np.empty(n, dtype=np.int64)
        column_of[own - first] = np.arange(n)
        column = column_of[entity - first]
        row = figures.of_shape[np.minimum(shape, len(figures.of_shape) - 1)]
        kept = (row >= 0) & (shape < len(figures.of_shape))
        if not kept.all():
            row, column = row[kept], column[kept]
        values = np.asarray(arrays["value"], dtype=np.int64)
        values = values if kept.all() else values[kept]
        at = row * n + column
        self.shape_facts = np.bincount(at, minlength=size * n).reshape(size, n)
        self.value = np.zeros((figures.rows, n), dtype=np.int64)
        flat = self.value[:size].reshape(-1)
        flat[at] = values
        self.any_double = len(at) > np.count_nonzero(self.shape_facts)
        wrong = np.zeros(size * n, dtype=np.int8)
        if self.any_double:  # of two facts of one shape the last was kept; another with another value contradicts it
            wrong[at[flat[at] != values]] = 1
        grain = figures.excess[row]
        graded = np.flatnonzero(grain)
        wrong[at[graded[values[graded] % grain[graded] != 0]]] = 2
        self.shape_wrong = wrong.reshape(size, n)
        several = figures.rows - size
        self._low, self._high, self.spread, self.several_facts = (
            np.zeros((several, n), dtype=np.int64) for _ in range(4)
        )
        self.several_wrong = np.zeros((several, n), dtype=np.int8)
        for each in figures.sets:
            self._meet(*each)
        self.odd = np.concatenate(
            [(self.shape_facts == 0) | (self.shape_wrong > 0), (self.several_facts == 0) | (self.several_wrong > 0)]
        )

    def _meet(self, numbers: Whole, shapes: Whole, units: Whole, sorts: Whole, kinds: Whole) -> None:
        """Points that several shapes may state: the value of the finest, what all leave open. ROUNDING.md 2."""
        far = np.iinfo(np.int64)
        value = np.zeros((len(numbers), self.value.shape[1]), dtype=np.int64)
        low, top = (np.full(value.shape, far.min) for _ in range(2))
        high, bottom = (np.full(value.shape, far.max) for _ in range(2))
        facts = np.zeros(value.shape, dtype=np.int64)
        wrong = np.zeros(value.shape, dtype=np.int8)
        for n in reversed(range(len(shapes))):  # the finest last
            own, there = self.value[shapes[n]], self.shape_facts[shapes[n]] > 0
            unit = units[n][:, None]
            value = np.where(there, own, value)
            low = np.where(there, np.maximum(low, 2 * own - unit), low)
            high = np.where(there, np.minimum(high, 2 * own + unit), high)
            top, bottom = np.where(there, np.maximum(top, own), top), np.where(there, np.minimum(bottom, own), bottom)
            facts += self.shape_facts[shapes[n]]
            np.maximum(wrong, self.shape_wrong[shapes[n]], out=wrong)
            for other in range(n):
                both = there & (self.shape_facts[shapes[other]] > 0)
                same = (sorts[n] == sorts[other])[:, None]
                apart = both & same & (own != self.value[shapes[other]])
                alien = both & (kinds[n] != kinds[other])[:, None]
                np.maximum(wrong, np.where(alien, 2, apart).astype(np.int8), out=wrong)
        some = facts > 0
        wrong = np.maximum(wrong, (some & (low > high)).astype(np.int8))
        self.value[self.figures.shapes + numbers] = value
        self._low[numbers], self._high[numbers] = np.where(some, low, 0), np.where(some, high, 0)
        self.spread[numbers] = np.where(some, np.where(some, top, 0) - np.where(some, bottom, 0), 0)
        self.several_facts[numbers], self.several_wrong[numbers] = facts, wrong

    def part(self, first: int, last: int) -> Block:
        """The same of some entities, by their places; nothing is copied."""
        made = copy(self)
        for name, array in vars(self).items():
            if isinstance(array, np.ndarray):
                setattr(made, name, array[:, first:last])
        return made

    def doubled(self, own: Whole) -> list[tuple[int, int]]:
        """Entities with the shapes of which they have two facts or more."""
        if not self.any_double:
            return []
        rows, columns = np.nonzero(self.shape_facts > 1)
        return list(zip(own[columns].tolist(), self.figures.known[rows].tolist(), strict=True))

    def facts(self, rows: Whole, columns: Whole) -> Whole:
        """How many facts state the figures of these rows for these entities, pair by pair."""
        return self._either(self.shape_facts, self.several_facts, rows, columns)

    def wrong(self, rows: Whole, columns: Whole) -> Whole:
        """0 where it can be used, 1 where its facts contradict each other, 2 where they cannot be compared."""
        return self._either(self.shape_wrong, self.several_wrong, rows, columns)

    def _either(self, single: Any, several: Any, rows: Whole, columns: Whole) -> Whole:
        size = self.figures.shapes
        made: Whole = single[np.minimum(rows, size - 1), columns]
        other = rows >= size
        made[other] = several[rows[other] - size, columns[other]]
        return made

    def ends(self, rows: Whole, columns: Any) -> tuple[Whole, Whole]:
        """Twice the ends of the intervals of these rows, for all entities (`slice(None)`) or pair by pair."""
        pairs = not isinstance(columns, slice)
        value, unit = self.value[rows, columns], self.figures.unit[rows]
        unit = unit if pairs else unit[:, None]
        low, high = 2 * value - unit, 2 * value + unit
        several = np.flatnonzero(rows >= self.figures.shapes)
        if len(several):
            at = rows[several] - self.figures.shapes
            which = (at, columns[several]) if pairs else (at, slice(None))
            low[several], high[several] = self._low[which], self._high[which]
        return low, high
