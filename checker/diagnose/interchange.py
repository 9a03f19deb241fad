"""Have two figures of a column or a row changed places?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from checker.diagnose.cases import Case
from checker.diagnose.certificate import Unproven
from checker.diagnose.fit import exactly
from checker.diagnose.leave import bounds_of
from checker.diagnose.work import Exhausted
from checker.model.causes import LIKELY, Option, Suggestion
from checker.model.submission import Fact


@dataclass(frozen=True)
class Pair:
    """Two figures that, interchanged, make all right; and the cases that this explains."""

    one: Fact
    other: Fact
    cases: tuple[Case, ...]

    @property
    def option(self) -> Option:
        """The interchange as an explanation."""
        figures = ((self.one, self.other), (self.other, self.one))
        return Option(
            (self.one.fact_id, self.other.fact_id),
            tuple(Suggestion(a.fact_id, "interchanged", LIKELY, b.value, other=b.fact_id) for a, b in figures),
        )


def between(cases: Sequence[Case]) -> list[Pair]:
    """Pairs that explain two cases at once, or one that takes two figures; each case is explained once."""
    found: list[Pair] = []
    taken: set[int] = set()
    for case in cases:
        two = (sorted(o) for o in case.cluster.options if len(o) == 2)
        pair = _only((case, case, a, b) for a, b in two)
        if pair is not None:
            found.append(pair)
            taken.add(id(case))
    for first, second in combinations([c for c in cases if id(c) not in taken], 2):
        if id(first) in taken or id(second) in taken:
            continue
        pair = _only((first, second, a, b) for a in _singles(first) for b in _singles(second))
        if pair is not None:
            found.append(pair)
            taken |= {id(first), id(second)}
    return found


def within(case: Case) -> Pair | None:
    """The one pair of figures, each of which explains the case, that does so interchanged: a sum and its part."""
    return _only((case, case, a, b) for a, b in combinations(_singles(case), 2))


def _singles(case: Case) -> list[str]:
    return sorted(f for o in case.cluster.options if len(o) == 1 for f in o)


def _only(candidates: Iterable[tuple[Case, Case, str, str]]) -> Pair | None:
    """The one pair that fits; of several the one with which more checks hold to the last digit than with any other."""
    fitting = [c for c in candidates if _fits(*c)]
    if len(fitting) > 1:
        counts = [_exactness(*c) for c in fitting]
        fitting = [c for c, n in zip(fitting, counts, strict=True) if n == max(counts)]
    if len(fitting) != 1:
        return None
    first, second, a, b = fitting[0]
    cases = (first,) if first is second else (first, second)
    return Pair(first.oracle.system.lead(a), second.oracle.system.lead(b), cases)


def _exactness(first: Case, second: Case, a: str, b: str) -> int:
    one, other = first.oracle.system.lead(a), second.oracle.system.lead(b)
    if first.oracle is second.oracle:
        return exactly(first.oracle.system, {a: other.value, b: one.value})
    return exactly(first.oracle.system, {a: other.value}) + exactly(second.oracle.system, {b: one.value})


def _fits(first: Case, second: Case, a: str, b: str) -> bool:
    """Whether all is right once the two figures stand in each other's place."""
    one, other = first.oracle.system.lead(a), second.oracle.system.lead(b)
    columns = ((f.statement, f.measure, f.year, f.basis) for f in (one, other))
    rows = ((f.statement, f.scope, f.line, f.year) for f in (one, other))
    same = (one.unit, one.dimension, one.text) == (other.unit, other.dimension, other.text)
    if (len(set(columns)) > 1 and len(set(rows)) > 1) or not same or one.value == other.value or one.text:
        return False
    put_a = {a: bounds_of(first.oracle.system, a, other.value)}
    put_b = {b: bounds_of(second.oracle.system, b, one.value)}
    try:
        if first.oracle is second.oracle:
            return first.oracle.conflict(first.others & second.others, {**put_a, **put_b}) is None
        return (
            first.oracle.conflict(first.others, put_a) is None and second.oracle.conflict(second.others, put_b) is None
        )
    except (Exhausted, Unproven):
        return False
