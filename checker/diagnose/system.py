"""All relations of a submission as one system: which true values within the printed intervals satisfy them all?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, islice, product
from math import lcm

from checker.amounts.intervals import interval
from checker.confront import Confronted
from checker.diagnose.shared import Shared
from checker.engine.python import Result
from checker.evidence import made_of
from checker.facts import Point, stored_agrees
from checker.kinds import KINDS
from checker.model.outcomes import FAILED, PASSED, PASSED_ROUNDING, Outcome
from checker.model.rules import NOTE, Derived
from checker.model.submission import EXTRACT, PRIOR, Fact

GIVEN = (PRIOR, EXTRACT)
"""Figures of last year's approved accounts and of the accounting system are not doubted."""


@dataclass(frozen=True, slots=True)
class Row:
    """`sum(coefficient * variable) op constant`, all in doubled steps; `check` is the number of its outcome."""

    op: str
    coefficients: tuple[tuple[int, int], ...]
    constant: int
    check: int
    failed: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """A variable lies between `lo` and `hi` (doubled steps) unless all figures of one of `groups` are wrong.

    A group are figures that state the same, each alone; what is derived has a group for each figure it is made of.
    `fact` states it; '' where it is derived.
    """

    variable: int
    lo: int
    hi: int
    groups: tuple[frozenset[str], ...]
    fact: str = ""

    @property
    def figures(self) -> frozenset[str]:
        """The figures of all groups."""
        return frozenset[str]().union(*self.groups)

    def holds(self, freed: Set[str]) -> bool:
        """Whether it still holds where these figures may be anything."""
        return not any(group <= freed for group in self.groups)


@dataclass
class System:
    """Variables by number, what is printed of them, and the relations between them.

    A figure is one printed amount: its id is that of its fact, or of the fact that a sentence refers back to.
    `contradictions` are sets of figures that cannot all be right whatever rounding explains, with their checks: two
    statements of one figure in the same unit that differ, what must hold as printed.
    """

    facts: dict[str, Fact] = field(default_factory=dict)
    variables: int = 0
    rows: list[Row] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)
    contradictions: list[tuple[frozenset[str], int]] = field(default_factory=list)
    of_fact: dict[str, int] = field(default_factory=dict)
    derived: dict[int, tuple[Point, str]] = field(default_factory=dict)  # variable -> what is made of figures, its clip
    definitions: Mapping[str, Derived] = field(default_factory=dict)
    truncated: bool = False

    @cached_property
    def printed(self) -> dict[int, int]:
        """What stands for each variable (doubled steps): the middle of the narrowest of its bounds."""
        narrowest: dict[int, Guard] = {}
        for guard in self.guards:
            known = narrowest.get(guard.variable)
            if known is None or guard.hi - guard.lo < known.hi - known.lo:
                narrowest[guard.variable] = guard
        return {v: (g.lo + g.hi) // 2 for v, g in narrowest.items()}

    def figure(self, fact: Fact) -> str:
        """The id of the printed amount that a fact is."""
        return fact.refers if fact.refers in self.facts else fact.fact_id

    def lead(self, figure: str) -> Fact:
        """The fact that a printed amount is first of all: itself, where a relation looks at it."""
        if figure in self.of_fact:
            return self.facts[figure]
        return next(iter(self.stating(figure)), self.facts[figure])

    def stating(self, figure: str) -> list[Fact]:
        """The facts that one printed amount states, with variables."""
        return [self.facts[i] for i in self.of_fact if self.figure(self.facts[i]) == figure]


def lawful(outcome: Outcome, result: Result | None) -> bool:
    """Whether a check says which figures can all be right: arithmetic that was judged, no policy, no doubtful reading.

    A note is no law, nor is a sum whose structure is uncertain. Round amounts of sentences may be rounded ones here.
    That a figure differs from last year's or the accounting system's says which source it is not from, not which
    figure does not fit the others (see `against`).
    """
    if result is None:
        return False
    if outcome.reason == CONFLICT:  # two statements of one figure differ: which of them fits is what is asked
        judged = not result.missing and not any(p.op and p.bad for _, p in result.members)
    else:
        judged = outcome.status in (PASSED, PASSED_ROUNDING, FAILED) and not outcome.reason
    if not judged or outcome.severity == NOTE or not KINDS[outcome.kind].law:
        return False
    if outcome.status == FAILED and (outcome.group or is_of_sources(result)):
        return False
    return result.relation.op == "agree" or len(result.members) > 1


CONFLICT = "reason.conflict"


def is_of_sources(result: Result) -> bool:
    """Whether a check holds the submission against last year's or against the accounting system."""
    return any(f.submission in GIVEN for _, p in result.members for f in p.facts)


def build(facts: Sequence[Fact], confronted: Confronted, truncated: bool) -> System:
    """The system of all lawful checks. Every fact is a variable; facts of one point share theirs."""
    outcomes, results = confronted.outcomes, confronted.results
    definitions = {d.id: d for g in confronted.groundings.values() for d in g.derived}
    system = System({f.fact_id: f for f in facts}, definitions=definitions, truncated=truncated)
    twice = [o for o in outcomes if o.kind == "text_twice" and o.status == FAILED and o.severity != NOTE]
    lawful_ones = [(n, r) for n, (o, r) in enumerate(zip(outcomes, results, strict=True)) if r and lawful(o, r)]
    differing = twice + [outcomes[n] for n, r in lawful_ones if r.relation.op == "agree"]
    told_apart = [frozenset(o.facts) for o in differing if o.status == FAILED]
    lawful_ones = [(n, r) for n, r in lawful_ones if outcomes[n].reason != CONFLICT or _asked(r, told_apart)]
    shared = Shared()
    for _, result in lawful_ones:
        if result.relation.op == "agree":
            shared.join([p.facts[0].fact_id for _, p in result.members])
        for _, p in result.members:
            for leaf in made_of(p) if p.bad else [] if p.op else [p]:
                shared.join([f.fact_id for f in leaf.facts])
    for outcome in twice:
        shared.join(list(outcome.facts))
    system.of_fact = shared.numbers()
    system.variables = 1 + max(system.of_fact.values(), default=-1)
    for id_, variable in system.of_fact.items():
        fact = system.facts[id_]
        lo, hi = bounds(fact, truncated)
        free = () if fact.submission in GIVEN else (frozenset({system.figure(fact)}),)
        system.guards.append(Guard(variable, lo, hi, free, id_))
    for number, outcome in enumerate(outcomes):
        if outcome in twice:
            told_twice = [system.facts[i] for i in outcome.facts]
            system.contradictions += [(pair, number) for pair in _unequal(system, told_twice)]
    made: dict[tuple[str, ...], int] = {}
    signs = {o.facts[0]: n for n, o in enumerate(outcomes) if o.kind == "text_sign" and o.status == FAILED}
    for number, result in lawful_ones:
        told = next((p.facts[0].fact_id for t, p in result.members if t.stated and result.relation.turned), "")
        if told in signs:  # its size is right, and another check says that its sign is not
            row = _row(system, signs[told], result, True, made, turned=True)
            system.rows.append(row)
            continue
        failed = outcomes[number].status == FAILED and not outcomes[number].coarse
        if result.relation.op == "agree":
            if failed:
                stating = [p.facts[0] for _, p in result.members]
                system.contradictions += [(pair, number) for pair in _unequal(system, stating)]
            continue
        row = _row(system, number, result, failed, made)
        if row.coefficients:  # else it says the same figure on both sides
            system.rows.append(row)
        if failed and result.relation.exact:
            system.contradictions += [(figures, number) for figures in _choices(system, result)]
    return system


def _choices(system: System, result: Result) -> Iterator[frozenset[str]]:
    """Figures that as printed contradict each other: for each choice of one statement of every point."""
    own = [[f for f in p.facts if f.submission not in GIVEN] for _, p in result.members]
    for choice in islice(product(*(facts for facts in own if facts)), _CHOICES):
        yield frozenset(map(system.figure, choice))


_CHOICES = 50
"""Of points that many statements agree on, so many choices are enough to tell that all of them speak."""


def _asked(result: Result, told_apart: Sequence[frozenset[str]]) -> bool:
    """Whether the statements of a figure that differ are a failed check themselves."""
    bad = [frozenset(f.fact_id for f in q.facts) for _, p in result.members if p.bad for q in made_of(p)]
    return all(any(facts <= told for told in told_apart) for facts in bad)


def bounds(fact: Fact, truncated: bool = False) -> tuple[int, int]:
    """What a figure may truly be, in doubled steps; a round amount of a sentence may be a rounded one."""
    if fact.exact is not None and stored_agrees(fact, truncated):
        span = interval(fact.exact, fact.exact_unit)
    else:
        span = interval(fact.value, fact.coarse or fact.unit, truncated and not fact.coarse)
    return span.lo, span.hi


def _row(
    system: System,
    number: int,
    result: Result,
    failed: bool,
    made: dict[tuple[str, ...], int],
    turned: bool = False,
) -> Row:
    grain = lcm(*(p.grain for _, p in result.members))
    coefficients: dict[int, int] = {}
    for term, p in result.members:
        weight = term.weight * grain // p.grain
        if term.stated and turned:
            weight = -weight
        variable = _variable(system, p, term.clip, made)
        coefficients[variable] = coefficients.get(variable, 0) + weight
    kept = tuple(sorted((v, c) for v, c in coefficients.items() if c))
    return Row(result.relation.op, kept, 2 * grain * result.relation.constant, number, failed)


def _variable(system: System, p: Point, clip: str, made: dict[tuple[str, ...], int]) -> int:
    """The variable of a figure; one of its own for what is made of figures or cut off at zero, bounded as those say."""
    if not p.op and not clip:
        return system.of_fact[p.facts[0].fact_id]
    key = (p.op, p.measure, clip, str(p.grain), *(f.fact_id for f in p.facts))
    if key not in made:
        made[key] = system.variables
        system.derived[made[key]] = (p, clip)
        system.variables += 1
        span = p.span.clipped(clip)
        groups = tuple(dict.fromkeys(g for q in made_of(p) for g in _groups(system, q)))
        system.guards.append(Guard(made[key], span.lo, span.hi, groups))
    return made[key]


def _groups(system: System, p: Point) -> Iterator[frozenset[str]]:
    """Figures that state a point: together where they say the same, each alone where one is the more exact."""
    own = [f for f in p.facts if f.submission not in GIVEN]
    if len(own) < len(p.facts):
        return  # what is given holds, whatever the submission says
    if len({(f.value, f.unit, f.exact) for f in own}) == 1:
        yield frozenset(map(system.figure, own))
    else:
        yield from (frozenset({system.figure(f)}) for f in own)


def _unequal(system: System, facts: Sequence[Fact]) -> Iterator[frozenset[str]]:
    """Statements of one figure in the same unit that differ, or in two units that rounding cannot explain."""
    for one, other in combinations(facts, 2):
        (low, high), (least, most) = bounds(one), bounds(other)
        if (one.unit == other.unit and one.value != other.value) or low > most or least > high:
            yield frozenset(system.figure(f) for f in (one, other) if f.submission not in GIVEN)
