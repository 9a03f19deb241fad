"""The fused plan: blocks of entities as arrays of whole numbers, a row for each figure; every check on all at once.

The arrays are int64, never floating; where a sum could be too large for that the plain plan is taken. The rows are the
same as those of the plain plan: members of checks are there lists in tables, and here indices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING
from checker.scale.binding import Binding
from checker.scale.block import Block, Figures, Whole
from checker.scale.coded import Coded
from checker.scale.model import Instance, Tally
from checker.scale.plain import Found, Step, no_step
from checker.scale.tree import col, number
from checker.scale.verdict import judged

BLOCK = 32 << 20
"""So many bytes may the values of one block have."""
_STATUSES = (PASSED, PASSED_ROUNDING, FAILED, NOT_EVALUATED)


class Failed(dict[str, list[tuple[int, int]]]):
    """The failures of a block by rule: entity and instance."""

    def add(self, rule: str, entity: int, instance: int) -> None:
        """Note one."""
        self.setdefault(rule, []).append((entity, instance))


def run(
    backend: Any, coded: Coded, of: Sequence[int], binding: Binding, most: int, step: Step = no_step, at_once: int = 0
) -> Found:
    """Evaluate everything that is bound, block by block; the same outcomes as `plain.run`, and told as there."""
    found = Found(doubled=set())
    figures = Figures(binding, [shape for shapes in binding.shapes for shape in shapes])
    checks = {scope: _checks(binding, figures, scope) for scope in sorted({c for c in of if c >= 0})}
    compared = _Compared(binding, figures)
    classes = np.array(of, dtype=np.int64)
    for first, last, arrays in _blocks(backend, coded, figures, at_once):
        ordered = first + np.argsort(classes[first:last], kind="stable")  # entities of one class beside each other
        block, failed = Block(figures, ordered, arrays), Failed()
        for scope, sets in checks.items():
            low, high = np.searchsorted(classes[ordered], [scope, scope + 1])
            if low < high:
                part, own = block.part(int(low), int(high)), ordered[low:high]
                for each in sets:
                    each.judge(part, own, found.tally, failed)
        compared.judge(block, ordered, found.tally, failed)
        found.twice(block.doubled(ordered))
        for rule, listed in failed.items():
            for entity, instance in listed:
                found.fail(rule, entity, instance)
        found.cut(most)
        step(last, len(coded.entities))
    return found


def _blocks(backend: Any, coded: Coded, figures: Figures, at_once: int) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    size = at_once or max(16, BLOCK // (8 * max(figures.rows, 1)))
    for first in range(0, len(coded.entities), size):
        last = min(first + size, len(coded.entities))
        entity = col("entity")
        query = exp.select(*(col(n) for n in ("entity", "shape", "value"))).from_(coded.table.copy())
        query = query.where(entity >= number(first), entity.copy() < number(last))
        yield first, last, backend.arrays(query)


class _Checks:
    """Checks of one class that have equally many members and the same operator; arrays have a row for each check."""

    def __init__(self, instances: list[Instance], binding: Binding, figures: Figures) -> None:
        self.instances = instances
        self.members = np.array([[figures.row(p) for p in i.points] for i in instances], dtype=np.int64)
        self.weights = np.array([i.weights for i in instances], dtype=np.int64)
        self.clips = np.array([i.clips for i in instances])
        self.codes = np.array([i.codes for i in instances], dtype=np.int64)
        self.constant = np.array([i.relation.constant for i in instances], dtype=np.int64)[:, None]
        self.equal = instances[0].relation.op == "="
        self.flat = all(map(binding.flat, instances))
        self.strict = np.array([i.strict for i in instances])[:, None]
        unit = np.array([[binding.unit(p, i.scope) for p in i.points] for i in instances], dtype=np.int64)
        width = (np.abs(self.weights) * unit).sum(axis=1)[:, None]
        self.width = np.where(self.strict, 0, width)
        known = [-1 if i.status == "" else 4 if i.status is None else _STATUSES.index(i.status) for i in instances]
        self.known = np.array(known, dtype=np.int8)

    def judge(self, block: Block, own: Whole, tally: Tally, failed: Failed) -> None:
        """Count the outcomes of all entities of the block: those that have every figure at once, the others singly."""
        odd = np.zeros((len(self.instances), len(own)), dtype=bool)
        for m in range(self.members.shape[1]):
            odd |= block.odd[self.members[:, m]]
        exact, wrong = self._by_width(block) if self.flat else self._by_ends(block)
        exact &= ~odd
        wrong &= ~odd
        passed, missed, strange = (each.sum(axis=1) for each in (exact, wrong, odd))
        for n, instance in enumerate(self.instances):
            whole = len(own) - int(strange[n])
            if self.known[n] >= 0:
                if self.known[n] < 4:
                    tally.add(instance.rule.id, _STATUSES[self.known[n]], whole)
                continue
            tally.add(instance.rule.id, PASSED, int(passed[n]))
            tally.add(instance.rule.id, FAILED, int(missed[n]))
            tally.add(instance.rule.id, PASSED_ROUNDING, whole - int(passed[n]) - int(missed[n]))
        failing = [n for n, i in enumerate(self.instances) if self.known[n] == _STATUSES.index(FAILED)]
        wrong[failing] = ~odd[failing]
        wrong[(self.known >= 0) & (self.known != _STATUSES.index(FAILED))] = False
        for n, column in zip(*np.nonzero(wrong), strict=True):
            failed.add(self.instances[n].rule.id, int(own[column]), self.instances[n].id)
        if odd.any():
            self._singly(block, own, odd, tally, failed)

    def _by_width(self, block: Block) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which sums hold as printed, and which beyond rounding do not, where rounding explains a known amount."""
        off = -np.repeat(self.constant, block.value.shape[1], axis=1)
        for m in range(self.members.shape[1]):
            weight, value = self.weights[:, m], block.value[self.members[:, m]]
            if (weight == 1).all():
                off += value
            elif (weight == -1).all():
                off -= value
            else:
                off += weight[:, None] * value
        if self.equal:
            return off == 0, 2 * np.abs(off) > self.width
        return off <= 0, 2 * off > self.width

    def _by_ends(self, block: Block) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """The same, where the ends of intervals must be added: figures cut at zero, or stated in several units."""
        shape = (len(self.instances), block.value.shape[1])
        printed, low, high = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        for m in range(self.members.shape[1]):
            value, bottom, top = self._member(block, m, self.members[:, m])
            weight = self.weights[:, m, None]
            printed += weight * value
            low += np.where(weight >= 0, weight * bottom, weight * top)
            high += np.where(weight >= 0, weight * top, weight * bottom)
        printed -= self.constant
        beyond = self.strict | (low > 2 * self.constant)
        if self.equal:
            return printed == 0, (printed != 0) & (beyond | (high < 2 * self.constant))
        return printed <= 0, (printed > 0) & beyond

    def _member(self, block: Block, m: int, rows: Whole) -> tuple[Whole, Whole, Whole]:
        value, (bottom, top) = block.value[rows], block.ends(rows, slice(None))
        return _clip(self.clips[:, m, None], value, bottom, top) if self.clips[:, m].any() else (value, bottom, top)

    def _singly(self, block: Block, own: Whole, odd: NDArray[np.bool_], tally: Tally, failed: Failed) -> None:
        """Entities that lack a figure of a check, or have one that cannot be used."""
        checks, columns = np.nonzero(odd)
        members, printed, low, high = (np.zeros(len(checks), dtype=np.int64) for _ in range(4))
        wrong = np.zeros(len(checks), dtype=np.int8)
        for m in range(self.members.shape[1]):
            rows, weight = self.members[checks, m], self.weights[checks, m]
            there = block.facts(rows, columns) > 0
            value, (bottom, top) = block.value[rows, columns], block.ends(rows, columns)
            if self.clips[:, m].any():
                value, bottom, top = _clip(self.clips[checks, m], value, bottom, top)
            members += there * self.codes[checks, m]
            np.maximum(wrong, np.where(there, block.wrong(rows, columns), 0), out=wrong)
            printed += there * weight * value
            low += there * np.where(weight >= 0, weight * bottom, weight * top)
            high += there * np.where(weight >= 0, weight * top, weight * bottom)
        sums = (each.tolist() for each in (members, wrong, printed, low, high))
        for n, column, *numbers in zip(checks.tolist(), columns.tolist(), *sums, strict=True):
            said = judged(self.instances[n], *numbers) if numbers[0] else None
            if said is not None:
                tally.add(self.instances[n].rule.id, said)
            if said == FAILED:
                failed.add(self.instances[n].rule.id, int(own[column]), self.instances[n].id)


def _clip(clip: NDArray[np.str_], value: Whole, low: Whole, high: Whole) -> tuple[Whole, Whole, Whole]:
    pos, neg, size = clip == "pos", clip == "neg", clip == "abs"
    shown = np.where(pos, np.maximum(value, 0), np.where(neg, np.minimum(value, 0), np.where(size, abs(value), value)))
    inside = np.where((low < 0) & (high > 0), 0, np.where(high <= 0, -high, low))
    bottom = np.where(pos, np.maximum(low, 0), np.where(neg, np.minimum(low, 0), np.where(size, inside, low)))
    far = np.maximum(-low, high)
    top = np.where(pos, np.maximum(high, 0), np.where(neg, np.minimum(high, 0), np.where(size, far, high)))
    return shown, bottom, top


def _checks(binding: Binding, figures: Figures, scope: int) -> list[_Checks]:
    alike: dict[tuple[int, str, bool], list[Instance]] = {}
    for instance in binding.instances:
        if instance.points and instance.scope == scope:
            key = (len(instance.points), instance.relation.op, binding.flat(instance))
            alike.setdefault(key, []).append(instance)
    return [_Checks(own, binding, figures) for own in alike.values()]


class _Compared:
    """Points that two facts or more may state, and whether these agree. ROUNDING.md 2."""

    def __init__(self, binding: Binding, figures: Figures) -> None:
        self.rules = [a.rule.id for a in binding.agreements]
        rows = [figures.row(a.points[0]) for a in binding.agreements]
        self.single = [(n, row) for n, row in enumerate(rows) if row < figures.shapes]
        self.several = np.array([n for n, row in enumerate(rows) if row >= figures.shapes], dtype=np.int64)
        self.rows = np.array([row for row in rows if row >= figures.shapes], dtype=np.int64)

    def judge(self, block: Block, own: Whole, tally: Tally, failed: Failed) -> None:
        """Count the outcomes of all entities of the block."""
        if len(self.rows):
            at = self.rows - block.figures.shapes
            status = _agreement(block.several_facts[at], block.several_wrong[at], block.spread[at])
            self._count(self.several, status, own, tally, failed)
        if not block.any_double:  # a figure of one table is compared only where it stands there twice
            return
        twice = [(n, row) for n, row in self.single if (block.shape_facts[row] > 1).any()]
        for n, row in twice:
            status = _agreement(block.shape_facts[row], block.shape_wrong[row], np.zeros(len(own), dtype=np.int64))
            self._count(np.array([n]), status[None], own, tally, failed)

    def _count(self, numbers: Whole, status: Whole, own: Whole, tally: Tally, failed: Failed) -> None:
        for code, word in enumerate(_STATUSES):
            for n, count in zip(numbers, (status == code).sum(axis=1), strict=True):
                tally.add(self.rules[n], word, int(count))
        for place, column in zip(*np.nonzero(status == 2), strict=True):
            n = int(numbers[place])
            failed.add(self.rules[n], int(own[column]), -1 - n)


def _agreement(facts: Whole, wrong: Any, spread: Whole) -> Whole:
    """A status as its place among the statuses, 4 for none."""
    status = np.where(wrong > 1, 3, np.where(wrong > 0, 2, np.where(spread == 0, 0, 1)))
    return np.where(facts > 1, status, 4)
