"""What kinds about running text share: the figures that sentences state, and those of tables they are held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from checker.amounts.intervals import Interval, interval, total
from checker.facts import Index, Point
from checker.model.rules import TABLE, Rule, Term
from checker.model.submission import Fact, Submission

OF_ONE = ("text_sign", "text_figure")
"""Kinds that say of one figure of the text that it is wrong."""

LineKey = tuple[str, str | None, str]
"""Entity, scope and key of a line."""

FORMULAS: dict[str, tuple[tuple[str, int], ...]] = {
    "over_underskud": (("korrigeret_budget", 1), ("regnskab", -1)),
    "rest": (("korrigeret_budget", 1), ("regnskab", -1)),
    "budgetaendring": (("korrigeret_budget", 1), ("oprindeligt_budget", -1)),
    "forventet_over_underskud": (("korrigeret_budget", 1), ("forventet_regnskab", -1)),
}
"""What a figure is made of where no table states it; the first of a deviation is what it is measured against."""


def told(submission: Submission, *measures: str, referring: bool = False) -> Iterator[Fact]:
    """The figures of sentences, of these measures where any are named; those that refer back only where wanted.

    'Beløbet er søgt overført' is a carry-forward as any other, but its amount is told elsewhere.
    """
    for fact in submission.facts:
        if fact.text and (referring or not fact.refers) and (not measures or fact.measure in measures):
            yield fact


def line_of(fact: Fact) -> LineKey:
    """The line a figure is about."""
    return (fact.entity, fact.scope, fact.line)


def in_scopes(rule: Rule, fact: Fact) -> bool:
    """Whether the rule looks at the figure's scope."""
    return not rule.scopes or fact.scope in rule.scopes


class Tables:
    """The best known values of all tables, by what they are about."""

    def __init__(self, submission: Submission) -> None:
        self.points: dict[tuple[LineKey, str, int | None], list[Point]] = {}
        index = Index([f for f in submission.facts if not f.text])
        for p in index.across:
            key = ((p.entity, p.scope, p.line), p.measure, p.year)
            self.points.setdefault(key, []).append(p)

    def figure(self, line: LineKey, measure: str, year: int | None, basis: str | None = None) -> Point | None:
        """The figure of a line, of that basis where it has one; None where no table states it, or several do."""
        found = [p for p in self.points.get((line, measure, year), ()) if basis is None or p.basis in (None, basis)]
        return found[0] if len(found) == 1 else None

    def made(self, fact: Fact) -> list[tuple[Point, int]]:
        """The figures of tables that a figure of the text must be: itself, else what it is made of; else none."""
        line = line_of(fact)
        own = self.figure(line, fact.measure, fact.year, fact.basis)
        if own is not None:
            return [(own, 1)]
        steps = FORMULAS.get(fact.measure, ())
        if fact.measure == "over_underskud" and fact.basis:
            steps = ((fact.basis, 1), ("regnskab", -1))
        found = [(p, sign) for measure, sign in steps if (p := self.figure(line, measure, fact.year)) is not None]
        return found if len(found) == len(steps) else []


@lru_cache(maxsize=4)
def tables(submission: Submission) -> Tables:
    """The tables of a submission, made once for all rules."""
    return Tables(submission)


def span(made: Sequence[tuple[Point, int]]) -> Interval:
    """The interval that figures of tables make."""
    return total(p.span.times(sign) for p, sign in made)


def size_meets(fact: Fact, made: Sequence[tuple[Point, int]]) -> bool:
    """Whether a figure of the text has the size that the tables say, whatever its sign."""
    own = interval(fact.value, fact.coarse or fact.unit)
    return span(made).meets(own) or span(made).meets(own.times(-1))


def opposite(fact: Fact, made: Sequence[tuple[Point, int]]) -> bool:
    """Whether the size is right and the sign surely is not."""
    own = interval(fact.value, fact.coarse or fact.unit)
    known = span(made)
    decided = known.lo > 0 or known.hi < 0
    return decided and fact.value != 0 and not known.meets(own) and known.meets(own.times(-1))


def term_of(relation: str, weight: int, fact: Fact, label: str = "", stated: bool = False, clip: str = "") -> Term:
    """The term that takes exactly the figure of one sentence's paragraph."""
    return Term(
        relation, weight, fact.statement, fact.scope, fact.line, fact.measure, fact.basis, fact.year,
        clip=clip, stated=stated, label=label,
    )  # fmt: skip


def table_term(relation: str, weight: int, point: Point, label: str = "") -> Term:
    """The term that takes the best known value of the tables."""
    return Term(
        relation, weight, None, point.scope, point.line, point.measure, point.basis, point.year,
        label=label, source=TABLE,
    )  # fmt: skip
