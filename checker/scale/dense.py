"""The fused plan: blocks of entities as arrays of whole numbers, a row for each shape, and every check on them at once.

The arrays are int64, never floating; where a sum could be too large for that the plain plan is taken. The rows are the
same as those of the plain plan: `part`, `bound` and `checks` are there lists, and here arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING
from checker.scale.binding import Binding
from checker.scale.coded import Coded
from checker.scale.model import Instance, Tally
from checker.scale.plain import Found, Step, no_step
from checker.scale.tree import col, number
from checker.scale.verdict import judged

Whole = NDArray[np.int64]
BLOCK = 64 << 20
"""So many bytes may the values of one block have."""
_STATUSES = (PASSED, PASSED_ROUNDING, FAILED, NOT_EVALUATED)


def run(
    backend: Any, coded: Coded, of: Sequence[int], binding: Binding, most: int, step: Step = no_step, at_once: int = 0
) -> Found:
    """Evaluate everything that is bound, block by block; the same outcomes as `plain.run`, and told as there."""
    found = Found()
    points = _Points(binding)
    if not points.shapes:
        return found
    checks = {scope: _checks(binding, scope) for scope in sorted({c for c in of if c >= 0})}
    for first, last, arrays in _blocks(backend, coded, points, at_once):
        for scope, sets in checks.items():
            own = np.array([n for n in range(first, last) if of[n] == scope], dtype=np.int64)
            if len(own):
                block, failed = _Block(points, own, arrays), Failed()
                for each in sets:
                    each.judge(block, own, found.tally, failed)
                _agreements(binding, block, own, found.tally, failed)
                for rule, listed in failed.items():
                    for entity, instance in sorted(listed):
                        found.fail(rule, entity, instance, most)
        step(last, len(coded.entities))
    return found


class Failed(dict[str, list[tuple[int, int]]]):
    """The failures of a block by rule: entity and instance."""

    def add(self, rule: str, entity: int, instance: int) -> None:
        """Note one."""
        self.setdefault(rule, []).append((entity, instance))


def _blocks(backend: Any, coded: Coded, points: _Points, at_once: int) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    size = at_once or max(16, BLOCK // (8 * max(len(points.shapes), len(points.parts), 1)))
    for first in range(0, len(coded.entities), size):
        last = min(first + size, len(coded.entities))
        entity = col("entity")
        query = exp.select(*(col(n) for n in ("entity", "shape", "value"))).from_(coded.table.copy())
        query = query.where(entity >= number(first), entity.copy() < number(last))
        yield first, last, backend.arrays(query)


class _Points:
    """The points that are asked for, by how many shapes may state them; `place` is that of a shape among the used."""

    def __init__(self, binding: Binding) -> None:
        used = binding.used
        self.place_of = {point: n for n, point in enumerate(used)}
        self.parts = [sorted(binding.points[p].values(), key=lambda part: (part.unit, part.sort)) for p in used]
        self.shapes = sorted({part.shape for parts in self.parts for part in parts})
        place = {shape: n for n, shape in enumerate(self.shapes)}
        self.rows = np.full(max(self.shapes, default=0) + 1, -1, dtype=np.int64)
        self.rows[self.shapes] = np.arange(len(self.shapes))
        self.excess = np.zeros(len(self.shapes), dtype=np.int64)
        for parts in self.parts:
            for part in parts:
                self.excess[place[part.shape]] = part.excess
        self.unit = np.array([parts[0].unit for parts in self.parts], dtype=np.int64)
        by_size: dict[int, list[int]] = {}
        for n, parts in enumerate(self.parts):
            by_size.setdefault(len(parts), []).append(n)
        self.sets = [
            (
                np.array(own),
                np.array([[place[part.shape] for part in self.parts[n]] for n in own]),
                np.array([[part.unit for part in self.parts[n]] for n in own], dtype=np.int64),
                np.array([[part.sort for part in self.parts[n]] for n in own], dtype=np.int64),
                np.array([[part.kind for part in self.parts[n]] for n in own], dtype=np.int64),
            )
            for own in by_size.values()
        ]


class _Block:
    """Points (rows) of the entities of one class in a block (columns): value, ends, and what is wrong with them."""

    def __init__(self, points: _Points, own: Whole, arrays: Mapping[str, Any]) -> None:
        self.points, n = points, len(own)
        entity, shape = np.asarray(arrays["entity"], dtype=np.int64), np.asarray(arrays["shape"], dtype=np.int64)
        column = np.searchsorted(own, entity)
        column[column == n] = 0
        row = np.where(shape < len(points.rows), points.rows[np.minimum(shape, len(points.rows) - 1)], -1)
        kept = (own[column] == entity) & (row >= 0)
        at = row[kept] * n + column[kept]
        values = np.asarray(arrays["value"], dtype=np.int64)[kept]
        size = len(points.shapes)
        self._facts = np.bincount(at, minlength=size * n).reshape(size, n)
        flat = np.zeros(size * n, dtype=np.int64)
        flat[at] = values
        unlike = np.zeros(size * n, dtype=bool)
        unlike[at[flat[at] != values]] = True  # two facts of one shape: the last was kept, another has another value
        self._values, self._unlike = flat.reshape(size, n), unlike.reshape(size, n)
        count = len(points.parts)
        self.value, self.low, self.high = (np.zeros((count, n), dtype=np.int64) for _ in range(3))
        self.facts, self.spread = (np.zeros((count, n), dtype=np.int64) for _ in range(2))
        self.wrong = np.zeros((count, n), dtype=np.int8)
        exact, grain = np.zeros(size * n, dtype=bool), points.excess[row[kept]]
        exact[at[(grain > 0) & (values % np.maximum(grain, 1) != 0)]] = True
        self._exact = exact.reshape(size, n)
        for each in points.sets:
            self._fill(*each)

    def _fill(self, numbers: Whole, shapes: Whole, units: Whole, sorts: Whole, kinds: Whole) -> None:
        first = shapes[:, 0]
        if shapes.shape[1] == 1:
            value, there = self._values[first], self._facts[first] > 0
            self.value[numbers] = value
            self.low[numbers] = np.where(there, 2 * value - units, 0)
            self.high[numbers] = np.where(there, 2 * value + units, 0)
            self.facts[numbers] = self._facts[first]
            self.wrong[numbers] = np.where(self._exact[first], 2, self._unlike[first])
            return
        there = np.stack([self._facts[s] > 0 for s in shapes.T])
        values = np.stack([self._values[s] for s in shapes.T])
        unit, sort, kind = (each.T[:, :, None] for each in (units, sorts, kinds))
        far = np.iinfo(np.int64)
        low = np.where(there, 2 * values - unit, far.min).max(axis=0)
        high = np.where(there, 2 * values + unit, far.max).min(axis=0)
        top, bottom = np.where(there, values, far.min).max(axis=0), np.where(there, values, far.max).min(axis=0)
        any_ = there.any(axis=0)
        unlike = np.stack([self._unlike[s] for s in shapes.T]).any(axis=0)
        odd = np.zeros(any_.shape, dtype=bool)
        for a in range(len(there)):
            for b in range(a + 1, len(there)):
                both, same = there[a] & there[b], sort[a] == sort[b]
                unlike |= both & same & (values[a] != values[b])
                odd |= both & (kind[a] != kind[b])
        exact = np.stack([self._exact[s] for s in shapes.T]).any(axis=0)
        self.value[numbers] = np.where(any_, np.take_along_axis(values, there.argmax(axis=0)[None], 0)[0], 0)
        self.low[numbers], self.high[numbers] = np.where(any_, low, 0), np.where(any_, high, 0)
        self.facts[numbers] = sum(self._facts[s] for s in shapes.T)
        self.spread[numbers] = np.where(any_, np.where(any_, top, 0) - np.where(any_, bottom, 0), 0)
        self.wrong[numbers] = np.where(exact | odd, 2, unlike | (any_ & (low > high)))


@dataclass(slots=True)
class _Checks:
    """Checks of one class with equally many members; arrays have a row for each check."""

    instances: list[Instance]
    points: Whole
    weights: Whole
    clips: NDArray[np.str_]
    codes: Whole
    expected: Whole = field(init=False)
    constant: Whole = field(init=False)
    equal: NDArray[np.bool_] = field(init=False)
    strict: NDArray[np.bool_] = field(init=False)
    known: NDArray[np.int8] = field(init=False)

    def __post_init__(self) -> None:
        self.expected = self.codes.sum(axis=1)
        self.constant = np.array([i.relation.constant for i in self.instances], dtype=np.int64)[:, None]
        self.equal = np.array([i.relation.op == "=" for i in self.instances])[:, None]
        self.strict = np.array([i.strict for i in self.instances])[:, None]
        known = [-1 if i.status == "" else 4 if i.status is None else _STATUSES.index(i.status) for i in self.instances]
        self.known = np.array(known, dtype=np.int8)[:, None]

    def judge(self, block: _Block, own: Whole, tally: Tally, failed: Failed) -> None:
        """Count the outcomes of all entities of the block."""
        shape = (len(self.instances), len(own))
        members, printed, low, high = (np.zeros(shape, dtype=np.int64) for _ in range(4))
        wrong = np.zeros(shape, dtype=np.int8)
        for m in range(self.points.shape[1]):
            at, weight = self.points[:, m], self.weights[:, m, None]
            value, bottom, top = block.value[at], block.low[at], block.high[at]
            if self.clips.size and self.clips[:, m].any():
                value, bottom, top = _clip(self.clips[:, m, None], value, bottom, top)
            members += (block.facts[at] > 0) * self.codes[:, m, None]
            np.maximum(wrong, block.wrong[at], out=wrong)
            printed += weight * value
            low += np.where(weight >= 0, weight * bottom, weight * top)
            high += np.where(weight >= 0, weight * top, weight * bottom)
        status = self._status(members, wrong, printed, low, high)
        partial = (members != self.expected[:, None]) & (members > 0)
        status[(members == 0) | partial] = 4
        for code, word in enumerate(_STATUSES):
            for n, count in enumerate((status == code).sum(axis=1)):
                tally.add(self.instances[n].rule.id, word, int(count))
        for n, column in zip(*np.nonzero(status == _STATUSES.index(FAILED)), strict=True):
            failed.add(self.instances[n].rule.id, int(own[column]), self.instances[n].id)
        for n, column in zip(*np.nonzero(partial), strict=True):
            numbers = (int(a[n, column]) for a in (members, wrong, printed, low, high))
            said = judged(self.instances[n], *numbers)
            if said is not None:
                tally.add(self.instances[n].rule.id, said)
            if said == FAILED:
                failed.add(self.instances[n].rule.id, int(own[column]), self.instances[n].id)

    def _status(self, members: Whole, wrong: NDArray[np.int8], printed: Whole, low: Whole, high: Whole) -> Any:
        """A status as its place among the statuses, 4 for none; see `verdict.decided`."""
        del members
        printed, low, high = printed - self.constant, low - 2 * self.constant, high - 2 * self.constant
        exact = np.where(self.equal, printed == 0, printed <= 0)
        beyond = self.strict | (low > 0) | (self.equal & (high < 0))
        status = np.where(exact, 0, np.where(beyond, 2, 1))
        status = np.where(wrong > 0, 3, status)
        return np.where(self.known >= 0, self.known, status)


def _clip(clip: NDArray[np.str_], value: Whole, low: Whole, high: Whole) -> tuple[Whole, Whole, Whole]:
    pos, neg, size = clip == "pos", clip == "neg", clip == "abs"
    shown = np.where(pos, np.maximum(value, 0), np.where(neg, np.minimum(value, 0), np.where(size, abs(value), value)))
    inside = np.where((low < 0) & (high > 0), 0, np.where(high <= 0, -high, low))
    bottom = np.where(pos, np.maximum(low, 0), np.where(neg, np.minimum(low, 0), np.where(size, inside, low)))
    far = np.maximum(-low, high)
    top = np.where(pos, np.maximum(high, 0), np.where(neg, np.minimum(high, 0), np.where(size, far, high)))
    return shown, bottom, top


def _checks(binding: Binding, scope: int) -> list[_Checks]:
    place = {point: n for n, point in enumerate(binding.used)}
    by_size: dict[int, list[Instance]] = {}
    for instance in binding.instances:
        if instance.points and instance.scope == scope:
            by_size.setdefault(len(instance.points), []).append(instance)
    return [
        _Checks(
            own,
            np.array([[place[p] for p in i.points] for i in own], dtype=np.int64),
            np.array([i.weights for i in own], dtype=np.int64),
            np.array([i.clips for i in own]),
            np.array([i.codes for i in own], dtype=np.int64),
        )
        for own in by_size.values()
    ]


def _agreements(binding: Binding, block: _Block, own: Whole, tally: Tally, failed: Failed) -> None:
    """Points that two facts or more state, and whether these agree. ROUNDING.md 2."""
    if not binding.agreements:
        return
    at = np.array([block.points.place_of[a.points[0]] for a in binding.agreements])
    several, wrong, spread = block.facts[at] > 1, block.wrong[at], block.spread[at]
    status = np.where(wrong > 1, 3, np.where(wrong > 0, 2, np.where(spread == 0, 0, 1)))
    status = np.where(several, status, 4)
    for code, word in enumerate(_STATUSES):
        for n, count in enumerate((status == code).sum(axis=1)):
            tally.add(binding.agreements[n].rule.id, word, int(count))
    for n, column in zip(*np.nonzero(status == 2), strict=True):
        failed.add(binding.agreements[n].rule.id, int(own[column]), -1 - int(n))
