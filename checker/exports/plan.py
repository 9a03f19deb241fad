"""The checks of one rule with the years taken out: what repeats every year is said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checker.exports.grid import Grid
from checker.model.submission import SCALE, Fact
from checker.scale.binding import Part
from checker.scale.check import Scaled
from checker.scale.model import Instance, Source
from checker.scale.verdict import PLACE

Points = Sequence[Mapping[int, Part]]
"""Of each point the shapes whose facts state it."""
UNDATED = -1_000_000
"""Stands for the year of a check that has none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A figure of one unit that states a base; `place` is that of its sort of unit, the finest first."""

    row: int
    column: int
    unit: int
    excess: int
    kind: int
    place: int


@dataclass(frozen=True, slots=True)
class Member:
    """A base in a check, so many years from the year of the check."""

    base: int
    later: int
    weight: int
    clip: str
    stated: int
    required: int
    anchored: int


@dataclass(frozen=True, slots=True)
class Family:
    """A check of every year alike. `known` is its status where no value decides it ('none': nothing is said).

    `year` is what is added to the year of the check to get the one that it is told by, UNDATED if it has none. `steps`
    make one kr., or one of what is counted.
    """

    members: tuple[Member, ...]
    op: str
    constant: int
    missing: str
    blocked: int
    terms: int
    stated: int
    required: int
    strict: int
    known: str
    statement: str
    scope: str
    line: str
    measure: str
    year: int
    steps: int


@dataclass(slots=True)
class Plan:
    """Everything one rule asks: bases, families, and which families are checked of which class in which years.

    `compared` are the families that are agreements: all facts of their only member are compared.
    """

    grid: Grid
    bases: list[tuple[Piece, ...]] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    applied: list[tuple[int, int, int]] = field(default_factory=list)  # family, class, span
    spans: list[tuple[int, ...]] = field(default_factory=list)


def plan(scaled: Scaled, source: Source, instances: Sequence[Instance], points: Points) -> Plan:
    """The checks of one rule; agreements and sums are not to be mixed. `points` are by their number in instances."""
    used = {p for i in instances for p in i.points}
    made = Plan(Grid(scaled, source, (s for p in used for s in points[p])))
    bases: dict[tuple[Piece, ...], int] = {}
    families: dict[Family, int] = {}
    years: dict[tuple[int, int], set[int]] = {}
    told = _Told(scaled, points)
    for instance in instances:
        own = [_base(made.grid, points[p]) for p in instance.points]
        at = [(bases.setdefault(pieces, len(bases)), year) for pieces, year in own]
        anchor = at[_anchor(instance)][1]
        family = _family(instance, at, anchor, told)
        number = families.setdefault(family, len(families))
        years.setdefault((number, instance.scope), set()).add(anchor)
    made.bases, made.families = list(bases), list(families)
    spans: dict[tuple[int, ...], int] = {}
    made.applied = [(f, c, spans.setdefault(tuple(sorted(of)), len(spans))) for (f, c), of in years.items()]
    made.spans = list(spans)
    return made


def _base(grid: Grid, parts: Mapping[int, Part]) -> tuple[tuple[Piece, ...], int]:
    """The pieces that state a point, and its year."""
    sorts = dict.fromkeys(p.sort for p in sorted(parts.values(), key=lambda p: (p.unit, p.sort)))
    places = {sort: n for n, sort in enumerate(sorts)}
    pieces, years = [], set()
    for part in parts.values():
        row, column, year = grid.at[part.shape]
        pieces.append(Piece(row, column, part.unit, part.excess, part.kind, places[part.sort]))
        years.add(year)
    assert len(years) == 1, "the shapes of a point are of one year"
    return tuple(sorted(set(pieces), key=lambda p: (p.row, p.column))), years.pop()


def _anchor(instance: Instance) -> int:
    """The member that a check is told by: the stated one, else the last."""
    stated = (n for n, code in enumerate(instance.codes) if code // PLACE % PLACE)
    return next(stated, len(instance.points) - 1)


def _family(instance: Instance, at: Sequence[tuple[int, int]], anchor: int, told: _Told) -> Family:
    relation = instance.relation
    members = tuple(
        Member(
            base,
            year - anchor,
            weight,
            clip,
            code // PLACE % PLACE,
            code // PLACE**2 % PLACE,
            code // PLACE**3 % PLACE,
        )
        for (base, year), weight, clip, code in zip(at, instance.weights, instance.clips, instance.codes, strict=True)
    )
    fact = told.fact(instance)
    return Family(
        members,
        relation.op,
        relation.constant,
        relation.missing,
        int(bool(relation.blocked)),
        instance.terms,
        instance.stated,
        instance.required,
        int(instance.strict),
        "none" if instance.status is None else instance.status,
        told.plain.get(relation.statement or fact.statement, fact.statement),
        fact.scope or "",
        fact.line,
        fact.measure,
        UNDATED if fact.year is None else fact.year - anchor,
        SCALE.get(fact.dimension, 100),
    )


class _Told:
    """What a check is told by: a fact of its anchor."""

    def __init__(self, scaled: Scaled, points: Points) -> None:
        self._scaled, self._points = scaled, points
        submission = scaled.skeleton.submission
        own = (*submission.statements, *submission.other_statements)
        self.plain = {s.id: s.id.removesuffix(f" · {s.entity}") for s in own}
        self._any: dict[int, Fact] = {}
        for (_, shape), fact in scaled.skeleton.facts.items():
            self._any.setdefault(shape, fact)

    def fact(self, instance: Instance) -> Fact:
        """The last fact of the anchor, of the class of the check where it has one."""
        shapes = list(self._points[instance.points[_anchor(instance)]])
        own = (self._scaled.skeleton.facts.get((instance.scope, s)) for s in reversed(shapes))
        return next((f for f in own if f), self._any[shapes[-1]])
