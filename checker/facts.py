"""Which point does a fact state, and what is the best known interval of each point?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from checker.amounts.intervals import Interval, interval
from checker.model.rules import ACROSS, BESIDE, TABLE, TEXT, YEARS, Relation, Term
from checker.model.submission import KR, PRIOR, Fact

DIMENSIONS = ("scope", "line", "year", "basis", "as_of")
"""The dimensions a relation may leave free, beside the entity."""

ANY = "*"
"""The coordinate of a derived point that was made over a dimension: it goes with every value of it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One data point as a relation sees it: facts that state it and what they make of it.

    `value` and `unit` are those of the most precise fact; `span` is the intersection of all their intervals.
    `bad` is the reason why the point cannot be used ('' where it can): reason.conflict (its statements disagree),
    reason.excess_digits (digits below the unit it is said to be rounded to).
    A derived point counts `value`, `unit` and `span` in steps divided by `grain`; `facts` are all those it is made
    of, `members` its operands, `op` and `kind` those of its definition; `over` names the dimensions it was made over.
    """

    entity: str
    scope: str | None
    line: str
    measure: str
    year: int | None
    basis: str | None
    as_of: str | None
    facts: tuple[Fact, ...]
    value: int
    unit: int
    span: Interval
    bad: str = ""
    grain: int = 1
    op: str = ""
    members: tuple[Point, ...] = ()
    kind: str = ""  # kr, number or percent
    terms: tuple[Term, ...] = ()  # by which the operands were taken
    over: tuple[str, ...] = ()

    def coordinate(self, name: str) -> str | int | None:
        """The value of one of DIMENSIONS; ANY where a derived point was made over it."""
        if name in self.over:
            return ANY
        return {
            "scope": self.scope,
            "line": self.line,
            "year": self.year,
            "basis": self.basis,
            "as_of": self.as_of,
        }[name]


def has_excess_digits(fact: Fact) -> bool:
    """Whether the value has digits finer than the unit it is said to be rounded to. Source: ROUNDING.md."""
    return fact.dimension == KR and fact.unit > 2 and fact.value % fact.unit != 0


def agree(facts: Iterable[Fact], truncated: bool = False) -> bool:
    """Whether statements of one data point agree: equal where the unit is equal, else intervals that meet.

    Values stored behind shown ones are not compared with each other, only with what is shown.
    """
    by_unit: dict[int, set[int]] = {}
    span: Interval | None = None
    for fact in facts:
        by_unit.setdefault(fact.unit, set()).add(fact.value)
        own = interval(fact.value, fact.unit, truncated)
        if span is not None and not span.meets(own):
            return False
        span = own if span is None else span.met(own)
    return all(len(values) == 1 for values in by_unit.values())


def stored_agrees(fact: Fact, truncated: bool = False) -> bool:
    """Whether the value stored behind a shown one, if any, is shown rightly."""
    return fact.exact is None or interval(fact.exact, fact.exact_unit).meets(interval(fact.value, fact.unit, truncated))


def point(facts: tuple[Fact, ...], truncated: bool = False) -> Point:
    """The point that one or more facts state."""
    if len(facts) == 1 and facts[0].exact is None:
        return _of_one(facts[0], facts, truncated)
    best = min(facts, key=lambda f: (f.unit, f.fact_id))
    span = interval(best.value, best.unit, truncated)
    bad = ""
    if any(has_excess_digits(f) for f in facts):
        bad = "reason.excess_digits"
    elif len({f.unit_known for f in facts}) > 1:
        bad = "reason.unit_unknown"
    elif not agree(facts, truncated):
        bad = "reason.conflict"
    elif not all(stored_agrees(f, truncated) for f in facts):
        bad = "reason.stored_differs"
    else:
        for fact in facts:
            span = span.met(interval(fact.value, fact.unit, truncated))
    own = best.point
    value, unit = best.value, best.unit
    if not bad and len({f.exact for f in facts if f.exact is not None}) == 1:
        value, unit = next((f.exact, f.exact_unit) for f in facts if f.exact is not None)
        span = interval(value, unit)
    return Point(
        own.entity,
        own.scope,
        own.line,
        own.measure,
        own.year,
        own.basis,
        own.as_of,
        facts,
        value,
        unit,
        span,
        bad,
        kind=best.dimension,
    )


def _of_one(fact: Fact, facts: tuple[Fact, ...], truncated: bool) -> Point:
    """The point of one fact with nothing stored behind it."""
    own, bad = fact.point, "reason.excess_digits" if has_excess_digits(fact) else ""
    span = interval(fact.value, fact.unit, truncated)
    about = (own.entity, own.scope, own.line, own.measure, own.year, own.basis, own.as_of)
    return Point(*about, facts, fact.value, fact.unit, span, bad, kind=fact.dimension)


class Pool:
    """Points to choose from, by what a term names: its measure, or its measure and line."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.points = points

    @cached_property
    def _by_measure(self) -> dict[str, list[Point]]:
        found: dict[str, list[Point]] = {}
        for p in self.points:
            found.setdefault(p.measure, []).append(p)
        return found

    @cached_property
    def _by_line(self) -> dict[tuple[str, str | None, str], list[Point]]:
        found: dict[tuple[str, str | None, str], list[Point]] = {}
        for p in self.points:
            found.setdefault((p.measure, p.scope, p.line), []).append(p)
        return found

    def take(self, measure: str | None, scope: str | None, line: str | None) -> Sequence[Point]:
        """The points of a measure (None: any) and, where a line is given, of that line in that scope."""
        if measure is None:
            return [p for p in self.points if line is None or (p.line, p.scope) == (line, scope)]
        return self._by_measure.get(measure, ()) if line is None else self._by_line.get((measure, scope, line), ())


class Index:
    """The facts of a submission as points, made once and when first asked for.

    `truncated` says that the rule set takes printed figures as cut off instead of rounded (ROUNDING.md 1);
    `others` are the facts of last year's submission and of an extract.
    """

    def __init__(self, facts: Sequence[Fact], truncated: bool = False, others: Sequence[Fact] = ()) -> None:
        self.facts, self.truncated, self.others = facts, truncated, others
        self._pools: dict[tuple[str, str | None], Pool] = {}

    def pool(self, mode: str, statement: str | None) -> Pool:
        """The points a relation of this mode sees, made once."""
        key = (mode, None if mode in (YEARS, ACROSS, TABLE, TEXT) else statement)
        if key not in self._pools:
            self._pools[key] = Pool(self.points(mode, statement))
        return self._pools[key]

    def pool_of(self, relation: Relation, term: Term) -> Pool:
        """The points a term of the relation sees."""
        if relation.mode != BESIDE:
            return self.pool(relation.mode, relation.statement)
        return self.pool(BESIDE if term.statement else term.source or ACROSS, term.statement)

    def points(self, mode: str, statement: str | None) -> list[Point]:
        """The points a relation of this mode sees."""
        if mode == YEARS:
            return self.years
        if mode in (TABLE, TEXT):
            own = [f for f in self.facts if f.text == (mode == TEXT)]
            return [point(group, self.truncated) for group in _grouped(own, by_statement=False)]
        return self.across if mode == ACROSS else self.within.get(statement or "", [])

    @cached_property
    def within(self) -> dict[str, list[Point]]:
        """Points per statement, each from the facts of that statement alone."""
        result: dict[str, list[Point]] = {}
        for group in _grouped(self.facts, by_statement=True):
            result.setdefault(group[0].statement, []).append(point(group, self.truncated))
        return result

    @cached_property
    def across(self) -> list[Point]:
        """One point per data point: what all its statements together know.

        A sentence makes a figure of a table more exact, or states one that no table has; where it contradicts the
        tables, or is measured against another basis than theirs, it is left out here and is a finding of its own.
        """
        groups = _grouped(self.facts, by_statement=False)
        measured = {(f.entity, f.scope, f.line, f.measure, f.year) for f in self.facts if not f.text}
        return [point(kept, self.truncated) for group in groups if (kept := _trusted(group, measured, self.truncated))]

    @cached_property
    def years(self) -> list[Point]:
        """One point per data point over the tables of the submission and of last year's."""
        known = [*(f for f in self.facts if not f.text), *(f for f in self.others if f.submission == PRIOR)]
        return [point(group, self.truncated) for group in _grouped(known, by_statement=False)]


def _trusted(group: tuple[Fact, ...], measured: Set[object], truncated: bool) -> tuple[Fact, ...]:
    """The facts of a data point that count where all are taken together; none where only a stray sentence states it."""
    if not any(f.text for f in group):
        return group
    own = tuple(f for f in group if not f.text)
    if own:
        alike = len({f.unit_known for f in group}) == 1
        return group if alike and agree(group, truncated) else own
    first = group[0]
    elsewhere = (first.entity, first.scope, first.line, first.measure, first.year) in measured
    return () if first.basis and (elsewhere or first.basis not in OWN_BASES) else group


OWN_BASES = ("korrigeret_budget", "budget")
"""What a deviation is measured against where a text names nothing else."""


def _grouped(facts: Sequence[Fact], by_statement: bool) -> list[tuple[Fact, ...]]:
    grouped: dict[object, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault((fact.statement if by_statement else "", fact.point), []).append(fact)
    return [tuple(group) for group in grouped.values()]
