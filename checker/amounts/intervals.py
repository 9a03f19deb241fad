"""Does a relation between rounded figures hold? The arithmetic contract (ROUNDING.md) on doubled integers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """Everything a figure may truly be, in doubled steps so that half units stay whole; ends may be open."""

    lo: int
    hi: int
    lo_open: bool = False
    hi_open: bool = False

    def times(self, weight: int) -> Interval:
        """The interval of `weight` times the figure; a negative weight swaps the ends and their flags."""
        if weight >= 0:
            return Interval(weight * self.lo, weight * self.hi, self.lo_open, self.hi_open)
        return Interval(weight * self.hi, weight * self.lo, self.hi_open, self.lo_open)

    def plus(self, other: Interval) -> Interval:
        """The interval of the sum of two figures; an open end on either side opens the end of the sum."""
        return Interval(
            self.lo + other.lo, self.hi + other.hi, self.lo_open or other.lo_open, self.hi_open or other.hi_open
        )

    def clipped(self, clip: str) -> Interval:
        """The interval of max(figure, 0) for 'pos', min(figure, 0) for 'neg', |figure| for 'abs', itself for ''."""
        if clip == "abs":
            return self._absolute()
        if clip == "pos":
            return Interval(
                max(self.lo, 0), max(self.hi, 0), self.lo > 0 and self.lo_open, self.hi > 0 and self.hi_open
            )
        if clip == "neg":
            return Interval(
                min(self.lo, 0), min(self.hi, 0), self.lo < 0 and self.lo_open, self.hi < 0 and self.hi_open
            )
        return self

    def _absolute(self) -> Interval:
        if self.lo >= 0:
            return self
        if self.hi <= 0:
            return self.times(-1)
        far = self if self.hi >= -self.lo else self.times(-1)
        return Interval(0, far.hi, False, far.hi_open and not (self.hi == -self.lo and not far.lo_open))

    def product(self, other: Interval) -> Interval:
        """The interval of the product of two figures, in quadrupled steps; ends count as closed."""
        corners = [a * b for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Interval(min(corners), max(corners))

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return not _beyond(self.plus(other.times(-1)))

    def met(self, other: Interval) -> Interval:
        """What lies in both; only sensible where they meet."""
        lo, hi = max(self.lo, other.lo), min(self.hi, other.hi)
        return Interval(
            lo,
            hi,
            any(i.lo == lo and i.lo_open for i in (self, other)),
            any(i.hi == hi and i.hi_open for i in (self, other)),
        )


def clipped(value: int, clip: str) -> int:
    """max(value, 0) for 'pos', min(value, 0) for 'neg', |value| for 'abs', itself for ''."""
    if clip == "abs":
        return abs(value)
    return max(value, 0) if clip == "pos" else min(value, 0) if clip == "neg" else value


def interval(value: int, unit: int, truncated: bool = False) -> Interval:
    """The interval of a figure printed as `value` after rounding to `unit` (0 = exact).

    Rounded: [v - u/2, v + u/2], both ends closed, since any halving convention may have been used. Truncated:
    [v, v + u) away from zero, and (-u, u) for a printed 0.
    """
    if not truncated or unit == 0:
        return Interval(2 * value - unit, 2 * value + unit)
    if value == 0:
        return Interval(-2 * unit, 2 * unit, True, True)
    if value > 0:
        return Interval(2 * value, 2 * (value + unit), False, True)
    return Interval(2 * (value - unit), 2 * value, True, False)


def total(parts: Iterable[Interval]) -> Interval:
    """The interval of a sum."""
    result = Interval(0, 0)
    for part in parts:
        result = result.plus(part)
    return result


def _above(s: Interval) -> bool:
    return s.lo > 0 or (s.lo == 0 and s.lo_open)


def _beyond(s: Interval) -> bool:
    return _above(s) or s.hi < 0 or (s.hi == 0 and s.hi_open)


def holds(op: str, s: Interval) -> bool:
    """Whether `sum op 0` is possible for the interval `s` of the weighted sum; `op` is '=' or '<='."""
    return not (_beyond(s) if op == "=" else _above(s))


def improbable(difference: int, widths: Iterable[int]) -> bool:
    """Whether a difference inside its bound lies above four standard deviations of the rounding errors.

    `3 d^2 > 4 sum((w u)^2)`; both in the same steps. Source: ROUNDING.md 9.
    """
    return 3 * difference**2 > 4 * sum(width**2 for width in widths)
