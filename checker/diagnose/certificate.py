"""Do relations, each taken so many times, prove in whole numbers that figures cannot all be right?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from checker.diagnose.system import System

Bounds = tuple[int | Fraction, int | Fraction]
End = tuple[int | Fraction, frozenset[str], str]
"""A bound, the figures it is by, and the fact that states it ('' for what is derived)."""
_DENOMINATORS = (1_000, 12, 10**6)


class Unproven(Exception):
    """The solver gave no answer that could be proven."""


@dataclass(frozen=True)
class Certificate:
    """Figures that cannot all be right, the checks that show it, and what these make when added up.

    `terms` are facts with whole weights, empty where something derived is among them.
    """

    figures: frozenset[str]
    checks: frozenset[int]
    terms: tuple[tuple[str, int], ...] = ()
    constant: int = 0


def certified(
    system: System, ray: Iterable[float], active: Mapping[int, tuple[End, End]], scales: Sequence[int]
) -> Certificate:
    """The certificate that the solver's ray stands for; it saw each row divided by its scale.

    Raises Unproven where it proves nothing exactly.
    """
    sizes = list(map(float, ray))
    largest = max(map(abs, sizes), default=0.0)
    if not largest:
        raise Unproven
    smallest = min(abs(x) for x in sizes if abs(x) > 1e-9 * largest)
    for scale in (largest, smallest):
        for denominator in _DENOMINATORS:
            weights = [
                Fraction(x / scale).limit_denominator(denominator) / by for x, by in zip(sizes, scales, strict=True)
            ]
            for sign in (1, -1):
                found = proof(system, {n: sign * w for n, w in enumerate(weights) if w}, active)
                if found is not None:
                    return found
    raise Unproven


def proof(system: System, weights: Mapping[int, Fraction], active: Mapping[int, tuple[End, End]]) -> Certificate | None:
    """The figures of a sum of rows that is above nothing whatever they truly are; None where it is not."""
    total: dict[int, Fraction] = {}
    constant = Fraction(0)
    checks = set[int]()
    for n, weight in weights.items():
        row = system.rows[n]
        if row.op == "<=" and weight < 0:
            return None
        checks.add(row.check)
        constant += weight * row.constant
        for v, coefficient in row.coefficients:
            total[v] = total.get(v, Fraction(0)) + weight * coefficient
    least = -constant
    figures = frozenset[str]()
    terms: dict[str, Fraction] = {}
    for v, c in sorted(total.items()):
        if not c:
            continue
        if v not in active:
            return None
        end = active[v][0] if c > 0 else active[v][1]
        least += c * Fraction(end[0])
        figures |= end[1]
        terms[end[2]] = c
    if least <= 0:
        return None
    whole = lcm((constant / 2).denominator, *(c.denominator for c in terms.values()))
    told = () if "" in terms else tuple((fact, int(c * whole)) for fact, c in terms.items())
    return Certificate(figures, frozenset(checks), told, int(constant * whole) // 2)


def narrow(
    found: dict[int, tuple[End, End]], variable: int, bounds: Bounds, figures: frozenset[str], fact: str
) -> None:
    """Takes the bounds for a variable into account."""
    lower, upper = found.get(variable, ((bounds[0], figures, fact), (bounds[1], figures, fact)))
    if bounds[0] > lower[0]:
        lower = (bounds[0], figures, fact)
    if bounds[1] < upper[0]:
        upper = (bounds[1], figures, fact)
    found[variable] = (lower, upper)
