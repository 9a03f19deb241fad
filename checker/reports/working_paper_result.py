"""What is the result of a check by formulas over its rows, and do they give what the tool found?

Each figure is a formula where it gives the tool's number, else the tool's number itself; `how` says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from checker.model.outcomes import FAILED, PASSED, PASSED_ROUNDING, Evidence, Outcome
from checker.reports.working_paper_scale import Scale, scale
from checker.reports.working_paper_sums import DOWN, PART, UNIT, UP, VALUE, Number, Row, rows
from checker.reports.working_paper_terms import COMMON, OVER, STATED, TIMES, Item, Known, items

IN_STATED, IN_COMPUTED, IN_DIFFERENCE, IN_TOLERANCE = "J", "K", "L", "M"
"""The columns of the sheet of checks that formulas speak of."""

_FURTHER = 4
"""Decimals of a product or quotient beyond those of one step, before it is compared."""


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a check and its figures in `scale`. `verdict` is a formula with the status it gives, or ''."""

    rows: tuple[Row, ...]
    scale: Scale
    demand: str = ""
    stated: Number | None = None
    computed: Number | None = None
    difference: Number | None = None
    tolerance: Number | None = None
    verdict: tuple[str, str] = ("", "")
    how: str = "not_evaluated"


def result(outcome: Outcome, evidence: Evidence, known: Known, first: int, at: int, sheet: str) -> Result:
    """The result of an arithmetic check; its rows begin at row `first` of `sheet`, its figures stand in row `at`."""
    shown = scale(evidence.show, evidence.dimension, evidence.unit_known)
    listed = items(outcome, evidence, known, first)
    if evidence.computed is None or evidence.stated is None or not listed:
        return Result(tuple(rows(listed, evidence, first, sizes=False)), shown)
    found: Result | None = None
    for sizes in (True, False) if any(i.role == OVER for i in listed) else (False,):
        made = tuple(rows(listed, evidence, first, sizes, _rate(listed, evidence)))
        found = _Formulas(outcome, evidence, made, shown, at, f"'{sheet}'!").result()
        if found.how != "tool":
            break
    assert found is not None
    return found


def _rate(listed: Sequence[Item], evidence: Evidence) -> Fraction | None:
    """The common rate to its last decimal: what is computed over the quantity that it was multiplied with."""
    factors = [i for i in listed if i.role == TIMES]
    if len(factors) != 1 or not factors[0].value or not any(i.made == COMMON for i in listed):
        return None
    return Fraction(evidence.computed or 0, evidence.divisor * 100) / factors[0].value


class _Formulas:
    """The formulas of one check."""

    def __init__(
        self, outcome: Outcome, evidence: Evidence, made: tuple[Row, ...], shown: Scale, at: int, sheet: str
    ) -> None:
        self.outcome, self.evidence, self.rows, self.scale, self.at, self.sheet = (
            outcome,
            evidence,
            made,
            shown,
            at,
            sheet,
        )
        self.joined = any(r.item.factor is not None for r in made)
        whole = all(r.item.weight is None or r.item.weight.denominator == 1 for r in made)
        self.digits = shown.grid if whole and not self.joined else shown.grid + _FURTHER
        weight = next((t.weight for t in evidence.terms if t.stated), -1)
        self.at_most = weight > 0
        self.others = [r for r in made if r.item.role != STATED and r.part is not None]
        self.own = next((r for r in made if r.item.role == STATED and r.part is not None), None)

    def result(self) -> Result:
        """All of it, held against the tool's numbers."""
        e = self.evidence
        agree = e.op == "agree"
        made = self._agree() if agree else self._relation()
        demand = "agree" if agree else "equal" if e.op == "=" else "most" if self.at_most else "least"
        stated, computed, difference = (self._tools(v) for v in (e.stated, e.computed, e.difference))
        assert stated is not None and computed is not None and difference is not None
        tool = Result(
            self.rows,
            self.scale,
            demand,
            ("", stated),
            ("", computed),
            ("", difference),
            ("", self._tools(e.tolerance2, 2) or Fraction(0)),
            self._verdict(difference, self._tools(e.tolerance2, 2) or Fraction(0)),
            "tool",
        )
        if made is None or (made[0][1], made[1][1], made[2][1]) != (stated, computed, difference):
            return self._checked(tool)
        tolerance, how = self._tolerance(made[3])
        verdict = self._verdict(difference, tolerance[1])
        return self._checked(Result(self.rows, self.scale, demand, made[0], made[1], made[2], tolerance, verdict, how))

    def _tools(self, value: int | None, halves: int = 1) -> Fraction | None:
        return None if value is None else self.scale.of(Fraction(value, self.evidence.divisor * halves))

    def _checked(self, made: Result) -> Result:
        """A verdict that is another than the tool's (open ends of figures cut off) is the tool's."""
        if made.verdict[1] == self.outcome.status:
            return made
        how = made.how if made.how == "tool" else "verdict"
        return replace(made, verdict=("", self.outcome.status), how=how)

    def _cell(self, column: str, row: Row) -> str:
        return f"{self.sheet}${column}${row.at}"

    def _sum(self, column: str, chosen: Sequence[Row]) -> str:
        if len(chosen) == 1:
            return self._cell(column, chosen[0])
        return f"SUM({self.sheet}${column}${chosen[0].at}:${column}${chosen[-1].at})" if chosen else "0"

    def _minus(self, size: bool = False) -> str:
        apart = f"{IN_STATED}{self.at}-{IN_COMPUTED}{self.at}"
        return f"=ROUND({f'ABS({apart})' if size else apart},{self.digits})"

    def _relation(self) -> tuple[Number, Number, Number, Number | None] | None:
        own = self.own
        if own is None or own.part is None:
            return None
        computed = sum((r.part[1] for r in self.others if r.part), Fraction(0))
        stated = own.part[1]
        return (
            (f"={self._cell(PART, own)}", stated),
            (f"={self._sum(PART, self.others)}", computed),
            (self._minus(), stated - computed),
            self._own_tolerance(own, stated - computed),
        )

    def _own_tolerance(self, own: Row, difference: Fraction) -> Number | None:
        """How far rounding may bring the two together: the half units, or the way that the difference points."""
        every = [*self.others, own]
        moves = [(r.down[1], r.up[1]) for r in every if r.down and r.up]
        if len(moves) < len(every):
            return None
        lower = own.down[1] + sum(r.up[1] for r in self.others if r.up) if own.down else Fraction(0)
        higher = own.up[1] + sum(r.down[1] for r in self.others if r.down) if own.up else Fraction(0)
        digits = self.digits + 1
        if not self.joined and not any(r.item.clip for r in every):
            return f"=ROUND({self._sum(DOWN, every)},{digits})", lower
        down = f"{self._cell(DOWN, own)}+{self._sum(UP, self.others)}"
        up = f"{self._cell(UP, own)}+{self._sum(DOWN, self.others)}"
        if self.evidence.op == "<=":
            return (f"=ROUND({down},{digits})", lower) if self.at_most else (f"=ROUND({up},{digits})", higher)
        sign = ">" if self.at_most else ">="
        lowered = difference > 0 or (difference == 0 and not self.at_most)
        formula = f"=ROUND(IF({IN_DIFFERENCE}{self.at}{sign}0,{down},{up}),{digits})"
        return formula, lower if lowered else higher

    def _tolerance(self, own: Number | None) -> tuple[Number, str]:
        tool = self._tools(self.evidence.tolerance2, 2) or Fraction(0)
        if any(r.item.made == COMMON for r in self.rows):
            return ("", tool), "rate"
        if own is not None and own[1] == tool:
            return own, "formulas"
        return ("", tool), "tolerance" if tool or self.evidence.op != "=" else "strict"

    def _agree(self) -> tuple[Number, Number, Number, Number | None] | None:
        """The two rows that agree least: by how much, and how much their rounding lets them."""
        pairs = [(a, b) for n, a in enumerate(self.rows) for b in self.rows[n + 1 :]]
        if not pairs:
            return None
        a, b = max(pairs, key=lambda p: (2 * _apart(*p) - 2 * _slack(*p), _apart(*p)))
        assert self.evidence.stated is not None and self.evidence.computed is not None
        stated = self._tools(self.evidence.stated)
        one, other = (a, b) if a.value[1] == stated else (b, a)
        units = [f"{self.sheet}${UNIT}${r.at}" for r in (a, b)]
        return (
            (f"={self._cell(VALUE, one)}", one.value[1]),
            (f"={self._cell(VALUE, other)}", other.value[1]),
            (self._minus(size=True), _apart(a, b)),
            (f"=IF({units[0]}={units[1]},0,ROUND(({units[0]}+{units[1]})/2,{self.digits + 1}))", _slack(a, b)),
        )

    def _verdict(self, difference: Fraction, tolerance: Fraction) -> tuple[str, str]:
        """A formula with {passed}, {passed_rounding} and {failed} for the words, and the status it gives."""
        d, t = f"{IN_DIFFERENCE}{self.at}", f"{IN_TOLERANCE}{self.at}"
        if self.evidence.op == "<=":
            sign, over = ("", difference) if self.at_most else ("-", -difference)
            exact, within = f"{sign}{d}<=0", f"{sign}{d}<={t}"
            return _formula(exact, within), _status(over <= 0, over <= tolerance)
        exact, holds = f"{d}=0", difference == 0
        if self.evidence.op == "agree" and len(self.rows) > 2:
            span = f"{self.sheet}${VALUE}${self.rows[0].at}:${VALUE}${self.rows[-1].at}"
            exact = f"ROUND(MAX({span})-MIN({span}),{self.digits})=0"
            holds = len({r.value[1] for r in self.rows}) == 1
        elif self.joined and self.own and self.own.down and self.own.up:
            down, up = self._cell(DOWN, self.own), self._cell(UP, self.own)
            exact = f"IF({d}>0,{d}<={down},-{d}<={up})"
            holds = difference <= self.own.down[1] if difference > 0 else -difference <= self.own.up[1]
        return _formula(exact, f"ABS({d})<={t}"), _status(holds, abs(difference) <= tolerance)


def _apart(a: Row, b: Row) -> Fraction:
    return abs(a.value[1] - b.value[1])


def _slack(a: Row, b: Row) -> Fraction:
    one, other = (r.unit[1] if r.unit else Fraction(0) for r in (a, b))
    return Fraction(0) if one == other else (one + other) / 2


def _formula(exact: str, within: str) -> str:
    return f'=IF({exact},"{{passed}}",IF({within},"{{passed_rounding}}","{{failed}}"))'


def _status(exact: bool, within: bool) -> str:
    return PASSED if exact else PASSED_ROUNDING if within else FAILED
