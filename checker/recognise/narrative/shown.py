"""What the tables show of a line fills in what a sentence leaves open: which budget, against what, which sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checker.amounts.units import KRONE, THOUSAND
from checker.model.submission import KR, Fact
from checker.recognise.narrative.amounts import Said
from checker.recognise.narrative.claim import Claim
from checker.recognise.narrative.mentions import LineRef
from checker.recognise.vocabulary import DEVIATIONS, LEVELS

_BUDGETS = ("korrigeret_budget", "budget", "oprindeligt_budget")
_PRICE = 50_000
"""A level so many times smaller than the area's largest figure is a price."""


class Shown:
    """The facts of the tables, by entity and by line; `year` is the year of the accounts."""

    def __init__(self, tables: Sequence[Fact], year: int | None) -> None:
        self.year = year
        self.by_entity: dict[str, list[Fact]] = {}
        self.by_line: dict[tuple[str, str | None, str], list[Fact]] = {}
        for f in tables:
            self.by_entity.setdefault(f.entity, []).append(f)
            self.by_line.setdefault((f.entity, f.scope, f.line), []).append(f)

    def of(self, line: LineRef) -> list[Fact]:
        """The facts of one line."""
        return self.by_line.get((line.entity, line.scope, line.key), [])

    def of_area(self, line: LineRef) -> list[Fact]:
        """The facts of the line's whole area."""
        return self.by_entity.get(line.entity, [])

    def is_too_small(self, claim: Claim, line: LineRef) -> bool:
        """A price or a fee: less than half of what the tables of the line's area are rounded to."""
        if claim.said is None or claim.back:
            return False
        own = [f for f in self.of_area(line) if f.dimension == KR and f.unit]
        if not own or claim.said.unit > KRONE:
            return False
        if claim.measure in LEVELS and _PRICE * abs(claim.said.value) < max(abs(f.value) for f in own):
            return True
        return 2 * abs(claim.said.value) < min(f.unit for f in own)

    def measure(self, claim: Claim, line: LineRef) -> str:
        """The measure of a claim; where the words say 'budget' only, the budget that the figure or the table is of."""
        held = {f.measure for f in self.of_area(line)}
        if claim.measure == DEVIATIONS[0] and DEVIATIONS[0] not in held and DEVIATIONS[1] in held:
            return DEVIATIONS[1]  # a follow-up in the year: every deviation is an expected one
        if claim.measure != "budget":
            return claim.measure
        own = {f.measure: f for f in self.of(line) if f.year == self.year}
        if claim.said and "oprindeligt_budget" in own and "korrigeret_budget" in own:
            fits = [m for m in ("korrigeret_budget", "oprindeligt_budget") if _meets(claim.said, own[m])]
            if fits == ["oprindeligt_budget"]:
                return fits[0]  # 'budgettet' says not which; the figure does
        return next((m for m in _BUDGETS if m in held), "budget")

    def basis(self, claim: Claim, measure: str, line: LineRef) -> str | None:
        """What a deviation is measured against: what the words say, else what the tables measure against."""
        if measure == "andel":
            return claim.basis
        if measure not in DEVIATIONS:
            return None
        if claim.basis and measure == "over_underskud":
            return claim.basis
        held = Counter(f.basis for f in self.of_area(line) if f.measure == measure)
        if held and "korrigeret_budget" not in held:
            return held.most_common(1)[0][0]
        measures = {f.measure for f in self.of_area(line)}
        return "korrigeret_budget" if held else next((m for m in _BUDGETS if m in measures), "korrigeret_budget")

    def value(
        self, claim: Claim, measure: str, line: LineRef, year: int | None, basis: str | None
    ) -> tuple[int, int, int]:
        """Value and unit in oere, and orientation; what the words leave open of the sign is as in the table."""
        if claim.said is None:
            unit = next((f.unit for f in self.of_area(line) if f.dimension == KR and f.unit), THOUSAND)
            return 0, 2 * unit, 1
        value, unit = claim.said.value, claim.said.unit
        own = (f for f in self.of(line) if f.measure == measure and f.year == year and f.basis in (basis, None))
        twin = next(own, None)
        if measure in LEVELS and claim.income and twin is not None and twin.value > 0:
            return -value, unit, -1
        if measure in LEVELS:
            negative = twin.value < 0 if twin and twin.value else claim.income
            return (-value, unit, -1) if negative and value > 0 else (value, unit, 1)
        if claim.sign == 0 and measure in DEVIATIONS:
            if value < 0:  # a printed minus means what it means in the table
                turned = twin.orientation if twin is not None else 1
                return turned * value, unit, turned
            return (-value, unit, -1) if twin is not None and twin.value < 0 else (value, unit, 1)
        compared = claim.hit is not None and claim.hit.cue.sign in ("more", "less")
        if compared and self._is_income_line(line) and not claim.income:
            return (value, unit, 1) if claim.sign < 0 else (-value, unit, -1)
        if claim.sign < 0 and value < 0 and measure in ("overfoersel_soegt", "rest_efter_overfoersel", "forklaret"):
            return value, unit, 1  # '-5 mio. kr. overføres': the minus is printed
        return (-value, unit, -1) if claim.sign < 0 else (value, unit, 1)

    def is_gross(self, fact: Fact, claim: Claim) -> bool:
        """Income of a line that the tables show as an expense: a part of it, not the line's own figure."""
        own = self.by_line.get((fact.entity, fact.scope, fact.line), [])
        shown = [f.value for f in own if f.measure == fact.measure and f.value]
        return claim.income and fact.measure in LEVELS and bool(shown) and all(v > 0 for v in shown)

    def _is_income_line(self, line: LineRef) -> bool:
        """Whether the tables show the line as income: more of it is better."""
        own = [f.value for f in self.of(line) if f.measure in LEVELS]
        return bool(own) and all(v < 0 for v in own)


def _meets(said: Said, fact: Fact) -> bool:
    return 2 * abs(abs(said.value) - abs(fact.value)) <= max(said.unit, said.coarse) + fact.unit
