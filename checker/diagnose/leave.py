"""What do the other figures leave one to be, and what is all that changes with it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, inf, isfinite

from checker.amounts.intervals import interval
from checker.diagnose.certificate import Bounds
from checker.diagnose.misprints import Misprint, step_of
from checker.diagnose.oracle import Oracle, Put
from checker.diagnose.system import System
from checker.engine.derive import remade
from checker.facts import Point
from checker.model.submission import Fact

_GRID = 25
"""So many values that a figure may have are told apart by how exactly they fit; more are only told as from and to."""
_NEAR = 0.01
"""How exactly the solver's ends are taken, in doubled steps."""


@dataclass(frozen=True, slots=True)
class Leave:
    """What the other figures leave one: the least and largest value it may be printed as (steps), None without end.

    `span` is what its true value may be (doubled steps); `alike` what another statement in the same unit says.
    """

    low: int | None
    high: int | None
    step: int
    span: tuple[float, float] = (-inf, inf)
    alike: int | None = None
    truncated: bool = False

    @property
    def values(self) -> range | None:
        """All values it may be printed as, where they are few."""
        if self.low is None or self.high is None or (self.high - self.low) // self.step >= _GRID:
            return None
        return range(self.low, self.high + 1, self.step)

    @property
    def many(self) -> int:
        """How many values that are, 1.000 where there is no end."""
        return 1000 if self.low is None or self.high is None else max(1, (self.high - self.low) // self.step + 1)

    def takes(self, value: int, unit: int) -> bool:
        """Whether it may be printed so in this unit."""
        if self.alike is not None:
            return value == self.alike
        own = interval(value, unit, self.truncated)
        return own.lo <= self.span[1] + _NEAR and own.hi >= self.span[0] - _NEAR


def leave(oracle: Oracle, figure: str, freed: frozenset[str], put: Put | None = None) -> Leave:
    """What the figures that are not freed leave this one to be printed as."""
    system = oracle.system
    fact = system.lead(figure)
    step = step_of(fact)
    if fact.fact_id not in system.of_fact:
        return Leave(None, None, step, truncated=system.truncated)
    alike = _stated_alike(system, figure, freed)
    if alike is not None:
        return Leave(alike, alike, step, alike=alike)
    span = oracle.span(system.of_fact[fact.fact_id], freed, put)
    free = Leave(None, None, step, span, None, system.truncated)
    low = _end(free, fact, floor((span[0] - 2 * fact.unit) / 2 / step), 1) if isfinite(span[0]) else None
    high = _end(free, fact, ceil((span[1] + 2 * fact.unit) / 2 / step), -1) if isfinite(span[1]) else None
    return replace(free, low=low, high=high)


def _end(left: Leave, fact: Fact, count: int, towards: int) -> int:
    """The first value from here on, so many steps, that may be printed; where none may, the one three steps on."""
    for _ in range(3):
        if left.takes(count * left.step, fact.unit):
            break
        count += towards
    return count * left.step


def _stated_alike(system: System, figure: str, freed: frozenset[str]) -> int | None:
    """What another statement of the figure in the same unit says: they must be equal, whatever rounding explains."""
    fact = system.lead(figure)
    variable = system.of_fact[fact.fact_id]
    for id_, v in system.of_fact.items():
        other = system.facts[id_]
        if v == variable and other.unit == fact.unit and system.figure(other) not in freed | {figure}:
            return other.value
    return None


def bounds_of(system: System, figure: str, value: int, unit: int | None = None) -> dict[int, Bounds]:
    """The bounds of all that a printed amount states and is a part of, were it `value`, printed in `unit`."""
    found: dict[int, Bounds] = {}
    changed = put_right(system, figure, value, unit)
    for fact in changed.values():
        if fact.fact_id in system.of_fact:
            span = interval(fact.value, fact.coarse or fact.unit, system.truncated and not fact.coarse)
            found[system.of_fact[fact.fact_id]] = (span.lo, span.hi)
    known: dict[int, Point] = {}
    for variable, (p, clip) in system.derived.items():
        if any(f.fact_id in changed for f in p.facts):
            made = remade(system.definitions, p, changed, system.truncated, known)
            span, grain = (p if made.bad else made).span.clipped(clip), Fraction(p.grain, made.grain)
            found[variable] = (span.lo * grain, span.hi * grain)
    return found


def put_right(system: System, figure: str, value: int, unit: int | None = None) -> Mapping[str, Fact]:
    """The facts that a printed amount states, were it `value`; what refers back to it keeps its own sign."""
    lead = system.lead(figure)
    made = {}
    for fact in system.stating(figure) or [lead]:
        own = value if fact is lead else (-1 if fact.value < 0 else 1) * abs(value)
        new = fact.unit if unit is None else unit
        made[fact.fact_id] = replace(
            fact, value=own, unit=new, exact=None, coarse=fact.coarse if new == fact.unit else 0
        )
    return made


def bounds_of_slip(system: System, figure: str, slip: Misprint) -> dict[int, Bounds]:
    """The bounds of all that the figure is a part of, had the slip not been made."""
    return bounds_of(system, figure, slip.value, slip.unit)
