"""What may a figure have been before a slip: a sign turned, digits swapped, wrong, lost or doubled, another unit?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from checker.model.submission import PRIOR, SCALE, Fact

SIMPLE, LOOSE = 1, 2
"""What slips cost: those that leave one value each before those that leave many, so that chance fits less easily."""


@dataclass(frozen=True, slots=True)
class Misprint:
    """A value (steps) that a figure may have had before a slip of this kind, and the unit it is printed in then."""

    kind: str
    value: int
    unit: int
    cost: int
    other: str = ""


def misprints(fact: Fact) -> Iterator[Misprint]:
    """Every value that one slip of the pen or the keyboard turns into what is printed."""
    step = step_of(fact)
    sign = -1 if fact.value < 0 else 1
    decimals = len(re.sub(r"\D+$", "", fact.as_printed).rpartition(",")[2]) if "," in fact.as_printed else 0
    digits = str(abs(fact.value) // step).zfill(decimals + 1)
    if fact.value:
        yield Misprint("sign", -fact.value, fact.unit, SIMPLE)
        yield from _rescaled(fact, step)
    for kind, cost, made in _respelled(digits):
        if made != digits and (made[0] != "0" or len(made) == decimals + 1):
            yield Misprint(kind, sign * int(made) * step, fact.unit, cost)


def _rescaled(fact: Fact, step: int) -> Iterator[Misprint]:
    """A thousand times larger or smaller: by its digits, in a sentence also by the word of its unit."""
    if fact.text and fact.unit:
        yield Misprint("scale", fact.value * 1000, fact.unit * 1000, SIMPLE)
        if fact.value % 1000 == 0 and fact.unit % 1000 == 0:
            yield Misprint("scale", fact.value // 1000, fact.unit // 1000, SIMPLE)
    yield Misprint("scale", fact.value * 1000, fact.unit, SIMPLE)
    size = (abs(fact.value) // 1000 + step // 2) // step * step
    if size:
        yield Misprint("scale", -size if fact.value < 0 else size, fact.unit, SIMPLE)


def _respelled(digits: str) -> Iterator[tuple[str, int, str]]:
    for i, (a, b) in enumerate(pairwise(digits)):
        if a != b:
            yield "swapped", SIMPLE, digits[:i] + b + a + digits[i + 2 :]
    for i in range(len(digits)):
        for other in "0123456789":
            if other != digits[i]:
                yield "digit", LOOSE, digits[:i] + other + digits[i + 1 :]
    for i in range(len(digits) + 1):
        for more in "0123456789":
            yield "digit_missing", LOOSE, digits[:i] + more + digits[i:]
    if len(digits) > 1:
        for i in range(len(digits)):
            yield "digit_extra", LOOSE, digits[:i] + digits[i + 1 :]


def step_of(fact: Fact) -> int:
    """What the last printed digit counts, in steps: the unit, else a krone or one, else an øre or a millionth."""
    if fact.unit:
        return fact.unit
    step = SCALE[fact.dimension]
    return step if fact.value % step == 0 else 1


def of_parts(fact: Fact, parts: Iterable[Fact]) -> Iterator[Misprint]:
    """What a sum would be had one of its parts, in the same column, not been left out or not been added twice."""
    for part in parts:
        if part.value:
            yield Misprint("line_missing", fact.value + part.value, fact.unit, SIMPLE, part.fact_id)
            yield Misprint("line_twice", fact.value - part.value, fact.unit, SIMPLE, part.fact_id)


def is_last_years(fact: Fact, facts: Iterable[Fact]) -> bool:
    """Whether the figure is that of the year before for the same line, in its own table or in last year's file."""
    if fact.year is None or not fact.value:
        return False
    own = (fact.measure, fact.line, fact.scope, fact.entity, fact.value, fact.unit, fact.year - 1)
    return any(
        (f.measure, f.line, f.scope, f.entity, f.value, f.unit, f.year) == own
        and (f.statement == fact.statement or f.submission == PRIOR)
        for f in facts
    )
