"""How much may a diagnosis cost?"""

from __future__ import annotations


class Exhausted(Exception):
    """The work that one diagnosis may cost is used up."""


class Work:
    """How much may still be done, counted in steps of the solver and not by the clock: the same on every machine.

    A step is a non-zero of the system in one iteration, somewhat above a nanosecond.
    """

    def __init__(self, most: int) -> None:
        self.left = most

    def spend(self, amount: int) -> None:
        """Raises Exhausted where nothing is left."""
        self.left -= amount
        if self.left < 0:
            raise Exhausted
