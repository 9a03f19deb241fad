"""What do last year's accounts and the accounting system say of a figure that differs from theirs?

They do not say that other figures are right: a table can be made throughout with a figure that was never booked. Only
where all is right with their figure in its place is the printed one a slip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.confront import Confronted
from checker.diagnose.system import GIVEN, bounds, is_of_sources
from checker.model.outcomes import FAILED
from checker.model.submission import Fact


@dataclass(frozen=True, slots=True)
class Against:
    """A figure of the submission that another source gives as `value` (steps, rounded as the figure is)."""

    figure: str
    value: int
    check: int


def against(confronted: Confronted, truncated: bool = False) -> list[Against]:
    """Every figure that differs from last year's or the accounting system's, where these say one thing.

    Where it stands in several places, and is another in all of them, it is no slip of one.
    """
    found = []
    for number, (outcome, result) in enumerate(zip(confronted.outcomes, confronted.results, strict=True)):
        if outcome.status != FAILED or result is None or result.relation.op != "agree" or not is_of_sources(result):
            continue
        facts = [p.facts[0] for _, p in result.members]
        given = [f for f in facts if f.submission in GIVEN]
        own = [f for f in facts if f.submission not in GIVEN]
        differing = _differing(own, given[0], truncated)
        if len({(f.value, f.unit) for f in given}) == len(differing) == 1:
            fact = differing[0]
            found.append(Against(fact.refers or fact.fact_id, _rounded(given[0], fact, truncated), number))
    return found


def _differing(own: Sequence[Fact], given: Fact, truncated: bool) -> list[Fact]:
    low, high = bounds(given)
    ends = [bounds(f, truncated) for f in own]
    return [f for f, (a, b) in zip(own, ends, strict=True) if a > high or b < low or (f.unit == given.unit != 0)]


def _rounded(given: Fact, fact: Fact, truncated: bool) -> int:
    """The other source's figure as this one is rounded, halves away from zero, or cut off where that is the rule."""
    unit = fact.unit or 1
    sign = -1 if given.value < 0 else 1
    half = 0 if truncated else unit
    return sign * ((2 * abs(given.value) + half) // (2 * unit)) * unit
