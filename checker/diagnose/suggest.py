"""What should a suspect figure be? Slips that would make all the rest right, and what the other figures leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf

from checker.diagnose.leave import Leave, bounds_of_slip, leave
from checker.diagnose.misprints import SIMPLE, Misprint, is_last_years, misprints, of_parts
from checker.diagnose.oracle import Oracle, Put
from checker.model.submission import Fact, Submission

_MANY = 12
_WIDE = 60
"""Where more slips than these fit one of several figures, only simple ones are tried with the others."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One slip for each of the figures of an explanation; cost 3 where no slip is known, only what is left."""

    slips: tuple[Misprint, ...]

    @property
    def cost(self) -> int:
        """The cost of all."""
        return sum(s.cost for s in self.slips)


@dataclass
class Context:
    """What slips may be about: the parts of every sum, and all figures."""

    submission: Submission
    _parts: dict[tuple[str, str | None, str], set[tuple[str | None, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for p in self.submission.structure:
            scopes = p.part_scopes or (p.scope,) * len(p.parts)
            self._parts.setdefault((p.statement, p.scope, p.whole), set()).update(zip(scopes, p.parts, strict=True))

    def fact(self, figure: str) -> Fact:
        """The fact of a printed amount."""
        return next(f for f in self.submission.facts if f.fact_id == figure)

    def parts(self, fact: Fact) -> Iterator[Fact]:
        """The figures that a sum is made of, in its own column."""
        lines = self._parts.get((fact.statement, fact.scope, fact.line), set())
        for f in self.submission.facts if lines else ():
            same = (f.statement, f.measure, f.year, f.basis) == (fact.statement, fact.measure, fact.year, fact.basis)
            if same and (f.scope, f.line) in lines:
                yield f

    def slips(self, fact: Fact) -> list[Misprint]:
        """Every slip the figure may be, one for each value: the simplest."""
        every = [*misprints(fact), *of_parts(fact, self.parts(fact))]
        best: dict[tuple[int, int], Misprint] = {}
        for slip in every:
            known = best.get((slip.value, slip.unit))
            if known is None or slip.cost < known.cost:
                best[slip.value, slip.unit] = slip
        return sorted(best.values(), key=lambda s: (s.cost, s.value))

    def last_years(self, fact: Fact) -> bool:
        """Whether last year's figure stands there."""
        return is_last_years(fact, (*self.submission.facts, *self.submission.others))


def luck(fact: Fact, slip: Misprint | None, slips: Iterable[Misprint], left: Leave) -> float:
    """How often, of figures wrong by about as much, some slip as simple as this would fit by chance.

    So many values do such slips lead to between half and twice as far away, of so many there are, and so many of
    these the other figures leave: 1 where no slip is known, or the last digit alone is wrong.
    """
    if slip is None:
        return 1.0
    step = left.step
    far = max(1.0, abs(slip.value - fact.value) / step)
    near = sum(far / 2 <= abs(s.value - fact.value) / step <= 2 * far for s in slips if s.cost <= slip.cost)
    return min(1.0, max(1, near) * left.many / (3 * far))


def guesses(
    oracle: Oracle, figures: Sequence[str], freed: frozenset[str], context: Context, among: int = 1
) -> list[Guess]:
    """Every way in which one slip in each of the figures makes all the rest right, the cheapest.

    Of a figure that is one of many (`among`) and of which the others say nothing, only simple slips are tried: no
    other would tell it from them.
    """
    found = sorted(_guesses(oracle, list(figures), freed, context, {}, among > _MANY), key=lambda g: g.cost)
    return [g for g in found if g.cost == found[0].cost]


def _guesses(
    oracle: Oracle, figures: list[str], freed: frozenset[str], context: Context, put: Put, many: bool
) -> Iterator[Guess]:
    left = freed | set(figures)
    spans = {f: leave(oracle, f, left, put) for f in figures}
    first = min(figures, key=lambda f: (_width(spans[f]), f))
    fact = oracle.system.lead(first)
    fitting = [s for s in context.slips(fact) if spans[first].takes(s.value, s.unit)]
    rest = [f for f in figures if f != first]
    if (rest and len(fitting) > _WIDE) or (many and _width(spans[first]) == inf):
        fitting = [s for s in fitting if s.cost == SIMPLE]
    for slip in fitting:
        now: Put = {**put, first: bounds_of_slip(oracle.system, first, slip)}
        if oracle.conflict(freed | set(rest), now) is not None:
            continue
        if not rest:
            yield Guess((slip,))
            continue
        for further in _guesses(oracle, rest, freed, context, now, many):
            yield Guess(_placed(slip, further, figures, first))


def _placed(slip: Misprint, further: Guess, figures: Sequence[str], first: str) -> tuple[Misprint, ...]:
    """The slips in the order of the figures."""
    others = iter(further.slips)
    return tuple(slip if f == first else next(others) for f in figures)


def _width(span: Leave) -> float:
    return inf if span.low is None or span.high is None else (span.high - span.low) / span.step
