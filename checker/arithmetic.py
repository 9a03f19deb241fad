"""The arithmetic contract by itself: may a total and its parts, as printed, belong together?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from checker.engine.python import evaluate
from checker.facts import Index
from checker.model.document import Place
from checker.model.outcomes import NOT_EVALUATED
from checker.model.rules import ACROSS, Relation, Term
from checker.model.submission import KR, Fact

Printed = tuple[str, str]
"""A value and the unit it was rounded to ('0' = exact), as decimal strings in kr."""
Stated = Sequence[Printed]
"""Everything that is stated of one figure: nothing where it is missing, several where it stands in several places."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a sum: a status of outcomes, a reason where it could not be evaluated, and the numbers in kr.

    `difference` is stated - computed; `tolerance` is what rounding explains in that direction. Both are exact, and 0
    where nothing was evaluated.
    """

    status: str
    reason: str
    difference: Decimal
    tolerance: Decimal


def judge(total: Stated, parts: Sequence[tuple[int, Stated]], truncated: bool = False) -> Verdict:
    """Whether `total` can be the weighted sum of `parts`. Source: ROUNDING.md 1-3 and 7.

    >>> judge([("3", "1")], [(1, [("1", "1")]), (1, [("1", "1")])]).status
    'passed_rounding'
    """
    if not parts:
        return _nothing("reason.parts_missing")
    every = [*total, *(printed for _, stated in parts for printed in stated)]
    digits = max([2, *(-exponent for printed in every for n in printed if (exponent := _exponent(n)) < 0)])
    facts = [f for n, stated in enumerate([total, *(s for _, s in parts)]) for f in _facts(str(n), stated, digits)]
    relation = Relation("judge", "judge", "=", ACROSS, ())
    terms = [Term("judge", weight, line=str(n)) for n, (weight, _) in enumerate(parts, start=1)]
    terms.append(Term("judge", -1, line="0", stated=True))
    result = next(evaluate(Index(facts, truncated), [relation], terms), None)
    if result is None or not result.members:
        return _nothing("reason.total_missing")
    difference, tolerance = (Decimal(f"{n}e-{digits + 1}") for n in (-10 * result.difference, 5 * result.tolerance2))
    return Verdict(result.status, result.reason, difference, tolerance)


def _nothing(reason: str) -> Verdict:
    return Verdict(NOT_EVALUATED, reason, Decimal(0), Decimal(0))


def _exponent(number: str) -> int:
    exponent = Decimal(number).as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{number} is no decimal number")
    return exponent


def _facts(line: str, stated: Stated, digits: int) -> list[Fact]:
    """One fact per statement of a figure, in steps of so many decimals of a krone."""
    steps = 10**digits
    return [
        Fact(
            fact_id=f"{line}.{number}",
            entity="",
            scope=None,
            statement=f"{number}",
            line=line,
            label=line,
            number=None,
            measure="beloeb",
            year=None,
            basis=None,
            value=int(Fraction(value) * steps),
            unit=int(Fraction(unit) * steps),
            dimension=KR,
            unit_known=True,
            as_printed=value,
            orientation=1,
            place=Place("", row=number),
        )
        for number, (value, unit) in enumerate(stated)
    ]
