"""What should a suspect figure be? Slips that would make all the rest right, and what the other figures leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor, isfinite

from checker.amounts.intervals import interval
from checker.diagnose.misprints import SIMPLE, Misprint, is_last_years, misprints, of_parts
from checker.diagnose.oracle import Bounds, Oracle, Put
from checker.diagnose.system import System
from checker.engine.derive import derive
from checker.facts import Index, Point, point
from checker.model.rules import Term
from checker.model.submission import Fact, Submission

_GRID = 25
"""So many values that a figure may have are told apart by how exactly they fit; more are only told as from and to."""
_WIDE = 60
"""Where more slips than these fit one of several figures, only simple ones are tried with the others."""


@dataclass(frozen=True, slots=True)
class Leave:
    """What the other figures leave one: the least and largest value it may be printed as (steps), None without end."""

    low: int | None
    high: int | None
    step: int

    @property
    def values(self) -> range | None:
        """All values it may be printed as, where they are few."""
        if self.low is None or self.high is None or (self.high - self.low) // self.step >= _GRID:
            return None
        return range(self.low, self.high + 1, self.step)

    def takes(self, value: int) -> bool:
        """Whether it may be printed so."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


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
        best: dict[int, Misprint] = {}
        for slip in every:
            if slip.value not in best or slip.cost < best[slip.value].cost:
                best[slip.value] = slip
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
    far = abs(slip.value - fact.value) / step
    near = sum(far / 2 <= abs(s.value - fact.value) / step <= 2 * far for s in slips if s.cost <= slip.cost)
    allowed = 1000 if left.low is None or left.high is None else (left.high - left.low) // step + 1
    return min(1.0, near * allowed / (3 * far))


def leave(oracle: Oracle, figure: str, freed: frozenset[str], put: Put | None = None) -> Leave:
    """What the figures that are not freed leave this one to be printed as."""
    fact = oracle.system.lead(figure)
    step = fact.unit or 1
    if fact.fact_id not in oracle.system.of_fact:
        return Leave(None, None, step)
    same = _stated_alike(oracle.system, figure, freed)
    if same is not None:
        return Leave(same, same, step)
    low, high = oracle.span(oracle.system.of_fact[fact.fact_id], freed, put)
    least = ceil((low - fact.unit) / 2 / step - 0.005) * step if isfinite(low) else None
    most = floor((high + fact.unit) / 2 / step + 0.005) * step if isfinite(high) else None
    return Leave(least, most, step)


def _stated_alike(system: System, figure: str, freed: frozenset[str]) -> int | None:
    """What another statement of the figure in the same unit says: they must be equal, whatever rounding explains."""
    fact = system.lead(figure)
    variable = system.of_fact[fact.fact_id]
    for id_, v in system.of_fact.items():
        other = system.facts[id_]
        if v == variable and other.unit == fact.unit and system.figure(other) not in freed | {figure}:
            return other.value
    return None


def bounds_of(system: System, figure: str, value: int) -> dict[int, Bounds]:
    """The bounds of all that a printed amount states and is a part of, were it `value`."""
    found: dict[int, Bounds] = {}
    changed = put_right(system, figure, value)
    for fact in changed.values():
        if fact.fact_id in system.of_fact:
            span = interval(fact.value, fact.coarse or fact.unit)
            found[system.of_fact[fact.fact_id]] = (span.lo, span.hi)
    for variable, (p, clip) in system.derived.items():
        if any(f.fact_id in changed for f in p.facts):
            made = remade(system, p, changed)
            span, grain = made.span.clipped(clip), Fraction(p.grain, made.grain)
            found[variable] = (span.lo * grain, span.hi * grain)
    return found


def put_right(system: System, figure: str, value: int) -> dict[str, Fact]:
    """The facts that a printed amount states, were it `value`; what refers back to it keeps its own sign."""
    lead = system.lead(figure)
    stating = system.stating(figure) or [lead]
    made = {}
    for fact in stating:
        own = value if fact is lead else (-1 if fact.value < 0 else 1) * abs(value)
        made[fact.fact_id] = replace(fact, value=own, exact=None)
    return made


def remade(system: System, p: Point, changed: Mapping[str, Fact]) -> Point:
    """A derived point made of changed facts; as it was where it can no longer be made."""
    facts = [changed.get(f.fact_id, f) for f in p.facts]
    if not p.op:
        return point(tuple(facts), system.truncated)
    grounding = next(g for g in system.groundings.values() if any(d.id == p.measure for d in g.derived))
    terms: dict[str, list[Term]] = {}
    for term in grounding.terms:
        terms.setdefault(term.relation, []).append(term)
    where = (p.entity, p.scope, p.line, p.measure, p.year, p.basis, p.as_of)
    for made in derive(Index(facts, system.truncated, facts), grounding.derived, terms):
        if where == (made.entity, made.scope, made.line, made.measure, made.year, made.basis, made.as_of):
            return p if made.bad else made
    return p


def guesses(oracle: Oracle, figures: Sequence[str], freed: frozenset[str], context: Context) -> list[Guess]:
    """Every way in which one slip in each of the figures makes all the rest right, the cheapest first."""
    found = sorted(_guesses(oracle, list(figures), freed, context, {}), key=lambda g: g.cost)
    return [g for g in found if g.cost == found[0].cost]


def _guesses(oracle: Oracle, figures: list[str], freed: frozenset[str], context: Context, put: Put) -> Iterator[Guess]:
    left = freed | set(figures)
    spans = {f: leave(oracle, f, left, put) for f in figures}
    first = min(figures, key=lambda f: (_width(spans[f]), f))
    fact = oracle.system.lead(first)
    fitting = [s for s in context.slips(fact) if spans[first].takes(s.value)]
    rest = [f for f in figures if f != first]
    if rest and len(fitting) > _WIDE:
        fitting = [s for s in fitting if s.cost == SIMPLE]
    for slip in fitting:
        now: Put = {**put, first: bounds_of(oracle.system, first, slip.value)}
        if oracle.conflict(freed | set(rest), now) is not None:
            continue
        if not rest:
            yield Guess((slip,))
            continue
        for further in _guesses(oracle, rest, freed, context, now):
            yield Guess(_placed(slip, further, figures, first))


def _placed(slip: Misprint, further: Guess, figures: Sequence[str], first: str) -> tuple[Misprint, ...]:
    """The slips in the order of the figures."""
    others = iter(further.slips)
    return tuple(slip if f == first else next(others) for f in figures)


def _width(span: Leave) -> float:
    return float("inf") if span.low is None or span.high is None else (span.high - span.low) / span.step


def best_fit(oracle: Oracle, figure: str, values: Iterable[int]) -> int | None:
    """The value with which most checks hold as printed, and the others come nearest; None where several do equally."""
    system = oracle.system
    if system.lead(figure).fact_id not in system.of_fact:
        return None
    scores = {value: (exactly(system, {figure: value}), -_off(system, figure, value)) for value in values}
    most = max(scores.values(), default=(0, 0))
    best = [value for value, score in scores.items() if score == most]
    return best[0] if len(best) == 1 else None


def exactly(system: System, values: Mapping[str, int]) -> int:
    """How many relations hold to the last digit with what is printed, these figures set to other values."""
    return sum(not off for off in _residuals(system, values))


def _off(system: System, figure: str, value: int) -> int:
    """By how much all relations of a figure together are off as printed."""
    return sum(map(abs, _residuals(system, {figure: value})))


def _residuals(system: System, values: Mapping[str, int]) -> list[int]:
    changed = {system.of_fact[system.lead(f).fact_id]: 2 * value for f, value in values.items()}
    printed = system.printed | changed
    rows = [r for r in system.rows if r.op == "=" and any(v in changed for v, _ in r.coefficients)]
    return [sum(c * printed[v] for v, c in row.coefficients) - row.constant for row in rows]


__all__ = ["Context", "Guess", "Leave", "Misprint", "best_fit", "bounds_of", "exactly", "guesses", "leave", "luck"]
