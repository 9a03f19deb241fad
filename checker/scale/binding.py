"""Rules grounded in the skeleton: which figures of an entity make which check, as plain rows of numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from checker.confront import not_applicable
from checker.engine.join import Key, Members, group, taken
from checker.engine.python import judge
from checker.facts import Index, Point, Pool
from checker.kinds import KINDS
from checker.model.outcomes import NOT_EVALUATED, PlanRow
from checker.model.rules import ACROSS, BESIDE, WITHIN, YEARS, Grounding, Relation, Rule, RuleSet, Term
from checker.model.submission import Fact
from checker.scale.model import Instance
from checker.scale.skeleton import Skeleton
from checker.scale.verdict import PLACE, code

ALL_CLASSES = -1


@dataclass(frozen=True, slots=True)
class Part:
    """A shape that states a point: its unit in steps, the grain values must have (0: any), its sort of unit,
    and what sorts it may be compared with: those of the same `kind` (stated or not, kroner or not)."""

    shape: int
    unit: int
    excess: int
    sort: int
    kind: int


@dataclass(slots=True)
class Binding:
    """Everything the rules ask of the facts.

    `points` are the shapes whose facts state one data point, of one table or of all; `instances` are checks that sums
    and intervals decide, by class; `agreements` say which points are compared with themselves (their only member);
    `apart` are rules that are left to the Python engine; `plan` tells what met nothing.
    """

    points: list[dict[int, Part]] = field(default_factory=list)
    instances: list[Instance] = field(default_factory=list)
    agreements: list[Instance] = field(default_factory=list)
    apart: list[tuple[Rule, Grounding]] = field(default_factory=list)
    groundings: dict[str, Grounding] = field(default_factory=dict)
    plan: list[PlanRow] = field(default_factory=list)
    crashed: list[tuple[Rule, Exception]] = field(default_factory=list)
    shapes: list[frozenset[int]] = field(default_factory=list)  # of each class, those that are facts
    wide: bool = False  # sums of these figures may leave 64 bits
    _known: dict[Hashable, int] = field(default_factory=dict)
    _sorts: dict[Hashable, int] = field(default_factory=dict)
    _kinds: dict[Hashable, int] = field(default_factory=dict)
    _parts: dict[tuple[int, int], tuple[Part, ...]] = field(default_factory=dict)

    def point(self, statement: Hashable, p: Point) -> int:
        """The number of a point, whatever the class; its facts are those of the statement, or of all."""
        first = p.facts[0].point
        about = (first.scope, first.line, first.measure, first.year, first.basis, first.price_year, first.as_of)
        number = self._known.setdefault((statement, about), len(self.points))
        if number == len(self.points):
            self.points.append({})
        for fact in p.facts:
            shape = int(fact.fact_id.partition(":")[2])
            self.points[number].setdefault(shape, self._part(shape, fact))
        return number

    def _part(self, shape: int, fact: Fact) -> Part:
        sort = self._sorts.setdefault((fact.unit, fact.unit_known, fact.dimension), len(self._sorts))
        kind = self._kinds.setdefault((fact.unit_known, fact.dimension), len(self._kinds))
        return Part(shape, fact.unit, fact.unit if fact.dimension == "kr" and fact.unit > 2 else 0, sort, kind)

    def merge(self) -> None:
        """Make one point of those that the same shapes state: a figure of one table alone is the same to all."""
        first: dict[tuple[int, ...], int] = {}
        same = [first.setdefault(tuple(sorted(parts)), number) for number, parts in enumerate(self.points)]
        for listed in (self.instances, self.agreements):
            listed[:] = [replace(i, points=tuple(same[p] for p in i.points)) for i in listed]

    def parts(self, point: int, scope: int = ALL_CLASSES) -> tuple[Part, ...]:
        """The shapes by which entities of a class may state a point."""
        key = (point, scope)
        if key not in self._parts:
            own = self.points[point]
            there = own if scope == ALL_CLASSES or len(own) == 1 else own.keys() & self.shapes[scope]
            self._parts[key] = tuple(part for shape, part in own.items() if shape in there)
        return self._parts[key]

    def several(self, point: int, scope: int = ALL_CLASSES) -> bool:
        """Whether facts of several sorts of unit may state a point of an entity of the class."""
        return len({part.sort for part in self.parts(point, scope)}) > 1

    def unit(self, point: int, scope: int) -> int:
        """The finest unit in which entities of a class may state a point."""
        return min(part.unit for part in self.parts(point, scope))

    def flat(self, instance: Instance) -> bool:
        """Whether what rounding explains is known without the figures: each of one unit, and none cut at zero."""
        return not any(instance.clips) and not any(self.several(p, instance.scope) for p in set(instance.points))

    def fits(self, largest: int) -> bool:
        """Whether no sum can leave 64 bits where no value is larger than this, whatever weights it has."""
        unit = max((part.unit for parts in self.points for part in parts.values()), default=0)
        weights = max((sum(map(abs, i.weights)) for i in self.instances), default=1)
        constant = max((abs(i.relation.constant) for i in self.instances), default=0)
        return (2 * largest + unit) * max(weights, 1) + 2 * constant < 1 << 62

    @property
    def used(self) -> list[int]:
        """The points that something asks for."""
        return sorted({p for i in (*self.instances, *self.agreements) for p in i.points})


def bind(ruleset: RuleSet, skeleton: Skeleton) -> Binding:
    """Ground every rule. What has derived points, or takes figures for an answer, is left to the Python engine."""
    made = Binding()
    submission = skeleton.submission
    index = Index(submission.facts, ruleset.truncated, submission.others)
    for rule in ruleset.rules:
        if reason := not_applicable(rule, submission):
            made.plan.append(PlanRow(rule.id, "", 0, reason))
            continue
        try:
            grounding = KINDS[rule.kind].ground(rule, submission)
        except Exception as error:  # a rule's own fault must not stop the others
            made.crashed.append((rule, error))
            made.plan.append(PlanRow(rule.id, "", 0, "plan.crashed"))
            continue
        made.groundings[rule.id] = grounding
        if not (grounding.relations or grounding.predicates):
            made.plan.append(PlanRow(rule.id, "", 0, grounding.unbound or "plan.met_nothing"))
        elif _is_apart(rule, grounding, ruleset.truncated) or not _bind(made, rule, grounding, index):
            made.apart.append((rule, grounding))
    made.merge()
    return made


def _is_apart(rule: Rule, grounding: Grounding, truncated: bool) -> bool:
    """Whether sums of single figures do not say it: derived points, cut-off figures, another submission's figures."""
    if grounding.derived or KINDS[rule.kind].by_figures(rule) or truncated:
        return True
    odd = any(r.mode == BESIDE or (r.op == "agree" and r.mode != ACROSS) for r in grounding.relations)
    counts: dict[str, int] = {}
    for term in grounding.terms:
        counts[term.relation] = counts.get(term.relation, 0) + 1
    return odd or max(counts.values(), default=0) >= PLACE


def _bind(made: Binding, rule: Rule, grounding: Grounding, index: Index) -> bool:
    """Bind a rule; False, and nothing is bound, where each entity's own units decide whether rounding counts."""
    instances: list[Instance] = []
    agreements: list[Instance] = []
    own: dict[str, list[Term]] = {}
    for term in grounding.terms:
        own.setdefault(term.relation, []).append(term)
    for relation in grounding.relations:
        terms = own.get(relation.id, [])
        if relation.op == "agree":
            agreements += _agreements(made, rule, relation, terms, index)
            continue
        pools = {id(term): (index.pool_of(relation, term), Pool([])) for term in terms}
        for key, members in group(relation.free, terms, pools).items():
            if relation.exact and any(len({f.unit for f in p.facts}) > 1 for _, p in members):
                return False
            instances.append(_instance(made, rule, relation, key, terms, members))
        if not any(True for t in terms for _ in taken(t, pools[id(t)])):
            nothing = Instance(-1, rule, relation, (), -1, (), (), (), (), len(terms), 0, 0, False, NOT_EVALUATED)
            instances.append(replace(nothing, reason="reason.no_facts"))
    first = len(made.instances)
    made.instances += [replace(each, id=first + n) for n, each in enumerate(instances)]
    made.agreements += agreements
    return True


def _instance(
    made: Binding, rule: Rule, relation: Relation, key: Key, terms: Sequence[Term], members: Members
) -> Instance:
    statement = _statement(relation, members)
    points = tuple(made.point(statement, p) for _, p in members)
    plainly = _plainly(relation, terms, members)
    result = None if plainly else judge(relation, key, terms, members, False)
    decided = not plainly and (result is None or bool(result.reason))
    units = {f.unit for _, p in members for f in p.facts}
    return Instance(
        -1,
        rule,
        relation,
        key[1:],
        int(str(key[0])),
        points,
        tuple(t.weight for t, _ in members),
        tuple(t.clip for t, _ in members),
        tuple(code(t.stated, t.required, not t.year_offset) for t, _ in members),
        len(terms),
        sum(t.stated for t in terms),
        sum(t.required for t in terms),
        relation.exact and len(units) == 1,
        (None if result is None else result.status) if decided else "",
        result.reason if result else "",
    )


def _plainly(relation: Relation, terms: Sequence[Term], members: Members) -> bool:
    """Whether each term has one figure, all of one sort: then only their values decide."""
    if relation.blocked or len(members) != len(terms) or len({id(t) for t, _ in members}) != len(terms):
        return False
    if len(terms) > 1 and all(t.stated for t in terms):
        return False
    first = members[0][1].facts[0]
    sort = (first.unit_known, first.dimension)
    return all(not p.bad and all((f.unit_known, f.dimension) == sort for f in p.facts) for _, p in members)


def _statement(relation: Relation, members: Members) -> Hashable:
    """What sets the points of a table apart from those of another: its id, without the class that it is of."""
    if relation.mode != WITHIN:
        return YEARS if relation.mode == YEARS else ""
    return ("within", *_named(members[0][1].facts[0]))


def _named(fact: Fact) -> tuple[str, ...]:
    return (fact.statement.removesuffix(f" · {fact.entity}"), fact.submission)


def _agreements(
    made: Binding, rule: Rule, relation: Relation, terms: Sequence[Term], index: Index
) -> Iterator[Instance]:
    """One for every data point of a measure that is compared, whatever the class."""
    wanted = {t.measure for t in terms}
    known: set[int] = set()
    for p in index.across:  # no sentence states anything here, so that these are the points of all tables
        if p.measure not in wanted:
            continue
        number = made.point("", p)
        if number in known:
            continue
        known.add(number)
        key = (p.scope, p.line, p.year, p.basis, p.as_of, p.measure, p.facts[0].point.price_year)
        yield Instance(-1, rule, relation, key, -1, (number,), (1,), ("",), (1,), 1, 0, 0)


def shapes_of(terms: Sequence[Term], index: Index, relations: Mapping[str, Relation]) -> set[int]:
    """The shapes of the figures that terms take, of every class."""
    found: set[int] = set()
    for term in terms:
        relation = relations.get(term.relation)
        pool = index.pool_of(relation, term) if relation else None
        for p in taken(term, (pool, Pool([]))) if pool else ():
            found |= {int(f.fact_id.partition(":")[2]) for f in p.facts}
    return found
