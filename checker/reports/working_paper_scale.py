"""In which unit does the working paper write a figure, and with how many decimals?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checker.amounts.show import base_and_decimals
from checker.amounts.units import BILLION, KRONE, MILLION, THOUSAND
from checker.messages import text
from checker.model.submission import KR, NUMBER, SCALE, Fact

_WORDS = {
    KRONE: "paper.unit.kr",
    THOUSAND: "paper.unit.tkr",
    MILLION: "paper.unit.mio",
    BILLION: "paper.unit.mia",
}
_MOST = 6


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit to write figures in: `steps` of `dimension` make one, which is `worth` kroner (1 of what is no money).

    `decimals` shows what figures are rounded to; `grid` is with how many decimals every whole step is exact.
    """

    dimension: str
    steps: int
    decimals: int
    known: bool = True

    @property
    def worth(self) -> Fraction:
        """How many kroner one is."""
        return Fraction(self.steps, SCALE[KR]) if self.dimension == KR else Fraction(1)

    @property
    def grid(self) -> int:
        """Decimals that hold one step."""
        return len(str(self.steps)) - 1

    def of(self, value: int | Fraction) -> Fraction:
        """Steps as a number of this unit."""
        return Fraction(value) / self.steps

    def word(self, lang: str) -> str:
        """The name of the unit."""
        if self.dimension != KR:
            return text("paper.unit.number" if self.dimension == NUMBER else "paper.unit.percent", lang)
        return text(_WORDS[self.steps] if self.known else "paper.unit.unknown", lang)


def scale(show: int, dimension: str, known: bool = True) -> Scale:
    """The unit in which figures that are rounded to `show` steps are printed without loss."""
    if dimension == KR:
        return Scale(KR, *base_and_decimals(show), known)
    steps, decimals = SCALE[dimension], 0
    while decimals < _MOST and show and steps // 10**decimals > show:
        decimals += 1
    return Scale(dimension, steps, decimals)


def scale_of(fact: Fact, unit: int | None = None) -> Scale:
    """The unit of one figure by itself."""
    return scale(fact.unit if unit is None else unit, fact.dimension, fact.unit_known)


def decimals(value: Fraction, least: int) -> int:
    """How many decimals show a number in full; three more than `least` where none do."""
    for found in range(least, least + _MOST):
        if (value * 10**found).denominator == 1:
            return found
    return least + 3
