"""How often is a sum of rounded figures off by so much?"""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, sqrt


def odds(difference: int, widths: Sequence[int]) -> int:
    """One in how many sums, at least, is off by so much or more through rounding alone: two digits, rounded down.

    By the normal law over the sum of the rounding errors, half of the widest step taken off the difference, since what
    is printed moves in steps: a little more often than is true. Source: ROUNDING.md 9.
    """
    spread = sqrt(sum(width**2 for width in widths) / 12)
    beyond = abs(difference) - max(map(abs, widths)) / 2
    often = erfc(beyond / spread / sqrt(2))
    number = int(min(1 / often, 1e12)) if often else int(1e12)
    step = int(10 ** max(0, len(str(number)) - 2))
    return number // step * step
