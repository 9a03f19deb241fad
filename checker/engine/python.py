"""Do the relations hold? Plain Python over relation and term rows: the path of one document, the others' oracle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from math import lcm

from checker.amounts.intervals import Interval, clipped, holds, improbable, interval, total
from checker.engine.derive import NONLINEAR, derive
from checker.engine.join import Key, Members, group, sortable, taken
from checker.facts import Index, Point, Pool, agree, has_excess_digits, point
from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING
from checker.model.rules import ACROSS, EXTRACT, PRIOR, TABLE, TEXT, Derived, Relation, Term
from checker.model.submission import KR, Fact


@dataclass(frozen=True, slots=True)
class Result:
    """What one relation says of one combination of its free dimensions.

    `key` is the entity and then the free dimensions in the relation's order. `difference` is the weighted sum
    of the printed values less the constant, `tolerance2` twice what rounding explains in that direction (both in
    steps divided by `grain`, which is 1 unless a point is derived).
    """

    relation: Relation
    key: Key
    status: str
    members: tuple[tuple[Term, Point], ...] = ()
    missing: tuple[Term, ...] = ()
    reason: str = ""
    difference: int = 0
    tolerance2: int = 0
    improbable: bool = False
    grain: int = 1
    coarse: bool = False  # failed, but a round amount of a sentence agrees where it is taken as rounded


def evaluate(
    index: Index, relations: Iterable[Relation], terms: Iterable[Term], derived: Sequence[Derived] = ()
) -> Iterator[Result]:
    """Every result of every relation, relations in the given order, keys sorted.

    A relation that meets no point at all gives one result, not evaluated, with an empty key.
    """
    own: dict[str, list[Term]] = {}
    for term in terms:
        own.setdefault(term.relation, []).append(term)
    made = Pool(derive(index, derived, own) if derived else [])
    for relation in relations:
        mine = own.get(relation.id, [])
        if relation.op == "agree":
            yield from _agreements(index, relation, mine)
            continue
        pools = {id(term): (index.pool_of(relation, term), made) for term in mine}
        groups = group(relation.free, mine, pools)
        if not groups and not any(True for t in mine for _ in taken(t, pools[id(t)])):
            yield Result(relation, (), NOT_EVALUATED, reason="reason.no_facts")
        for key in sorted(groups, key=sortable):
            if result := judge(relation, key, mine, groups[key], index.truncated):
                yield result


def judge(relation: Relation, key: Key, terms: Sequence[Term], members: Members, truncated: bool) -> Result | None:
    """The verdict for one key, or None where too little is there to speak of a check (one figure of several)."""
    bound = {id(t) for t, _ in members}
    missing = tuple(t for t in terms if id(t) not in bound)
    named = [t for t in terms if t.statement is not None]
    if named and not any(id(t) in bound for t in named):
        return None  # the sentence or table it is about is another entity's
    if relation.blocked:
        return Result(relation, key, NOT_EVALUATED, tuple(members), missing, relation.blocked)
    stated_missing = any(t.stated for t in missing)
    if stated_missing and len(members) < 2:
        return None
    reason = _unusable(terms, members, missing, stated_missing)
    if not reason and missing:
        if relation.missing == "fail":
            return Result(relation, key, FAILED, tuple(members), missing, "reason.part_missing")
        if relation.missing != "zero" or any(t.required for t in missing):
            reason = "reason.part_missing"
    if reason:
        return Result(relation, key, NOT_EVALUATED, tuple(members), missing, reason)
    return _verdict(relation, key, members, missing, truncated)


def _unusable(terms: Sequence[Term], members: Members, missing: tuple[Term, ...], stated_missing: bool) -> str:
    if stated_missing:
        return "reason.total_missing"
    without = {id(t) for t in missing}
    if len(terms) > 1 and all(id(t) in without for t in terms if not t.stated):
        return "reason.parts_missing"
    if len({id(t) for t, _ in members}) < len(members):
        return "reason.ambiguous"
    bad = next((p.bad for _, p in members if p.bad), "")
    if bad:
        return bad
    if len({f.unit_known for _, p in members for f in p.facts if f.dimension == KR or not p.op}) > 1:
        return "reason.unit_unknown"
    if len({kind for _, p in members for kind in ([p.kind] if p.op else [f.dimension for f in p.facts])}) > 1:
        return "reason.dimensions"
    return ""


def _verdict(relation: Relation, key: Key, members: Members, missing: tuple[Term, ...], truncated: bool) -> Result:
    """Passed as printed, passed by rounding, or failed; see ROUNDING.md 3, 4 and 6."""
    grain = lcm(*(p.grain for _, p in members))
    own = [(t, p, t.weight * grain // p.grain) for t, p in members]
    printed = sum(w * clipped(p.value, t.clip) for t, p, w in own) - grain * relation.constant
    less = Interval(-2 * grain * relation.constant, -2 * grain * relation.constant)
    span: Interval = total([less, *(p.span.clipped(t.clip).times(w) for t, p, w in own)])
    made = any(p.op in NONLINEAR for _, p in members)
    exact = printed <= 0 if relation.op == "<=" else _rounds_to(own, less) if made else printed == 0
    strict = relation.exact and len({p.unit for _, p in members}) == 1
    explained = not strict and holds(relation.op, span)
    status = PASSED if exact else PASSED_ROUNDING if explained else FAILED
    tolerance2 = 2 * printed - span.lo if printed > 0 or relation.op == "<=" else span.hi - 2 * printed
    tolerance2 = 0 if strict else tolerance2
    unlikely = (
        status == PASSED_ROUNDING
        and relation.op == "="
        and not any(p.op for _, p in members)
        and improbable(printed, (w * p.unit for _, p, w in own))
    )
    coarse = status == FAILED and _holds_rounded(relation, own, less, truncated)
    return Result(relation, key, status, tuple(members), missing, "", printed, tolerance2, unlikely, grain, coarse)


def _holds_rounded(relation: Relation, own: Sequence[tuple[Term, Point, int]], less: Interval, truncated: bool) -> bool:
    """Whether the relation holds where round amounts of sentences (605.000 kr.) are taken as rounded."""
    if not any(f.coarse for _, p, _ in own for f in p.facts):
        return False
    spans = [_rounded(p, truncated).clipped(t.clip).times(w) for t, p, w in own]
    return holds(relation.op, total([less, *spans]))


def _rounded(p: Point, truncated: bool) -> Interval:
    """What is left where round amounts count as rounded: what the other facts of the point say still holds."""
    if not any(f.coarse for f in p.facts):
        return p.span
    spans = [interval(f.value, f.coarse or f.unit, truncated and not f.coarse) for f in p.facts]
    return reduce(Interval.met, spans)


def _rounds_to(own: Sequence[tuple[Term, Point, int]], less: Interval) -> bool:
    """Whether what the printed figures make lies where the stated figure may: a product rounds to what is printed."""
    spans = [(p.span if t.stated else interval(p.value, 0)).clipped(t.clip).times(w) for t, p, w in own]
    return holds("=", total([less, *spans]))


def _agreements(index: Index, relation: Relation, terms: Sequence[Term]) -> Iterator[Result]:
    """One result per data point that two facts or more state; with PRIOR or EXTRACT, that both sides state.

    The submission's own facts come last: an outcome is about the last of them.
    """
    by_measure = {t.measure: t for t in terms}
    grouped: dict[Key, list[Fact]] = {}
    others = [] if relation.mode == ACROSS else [f for f in index.others if f.submission == relation.mode]
    for fact in [*others, *index.facts]:
        if fact.measure in by_measure and by_measure[fact.measure].source in ("", TEXT if fact.text else TABLE):
            p = fact.point
            key: Key = (p.entity, p.scope, p.line, p.year, p.basis, p.as_of, p.measure, p.price_year)
            grouped.setdefault(key, []).append(fact)
    for key in sorted(grouped, key=sortable):
        stating = grouped[key]
        one_side = relation.mode in (PRIOR, EXTRACT) and len({f.submission for f in stating}) < 2
        if len(stating) < 2 or one_side:
            continue
        term = by_measure[stating[0].measure]
        members = tuple((term, point((f,), index.truncated)) for f in stating)
        if any(has_excess_digits(f) for f in stating):
            yield Result(relation, key, NOT_EVALUATED, members, reason="reason.excess_digits")
        elif len({f.unit_known for f in stating}) > 1:
            yield Result(relation, key, NOT_EVALUATED, members, reason="reason.unit_unknown")
        elif len({f.dimension for f in stating}) > 1:
            yield Result(relation, key, NOT_EVALUATED, members, reason="reason.dimensions")
        else:
            yield _agreement(relation, key, stating, members, index.truncated)


def _agreement(
    relation: Relation,
    key: Key,
    group: Sequence[Fact],
    members: tuple[tuple[Term, Point], ...],
    truncated: bool,
) -> Result:
    """The verdict, with the difference and tolerance of the two facts that agree least."""
    spread = max(f.value for f in group) - min(f.value for f in group)
    status = FAILED if not agree(group, truncated) else PASSED if spread == 0 else PASSED_ROUNDING
    difference, tolerance2 = max(
        (_apart(one, other, truncated) for one, other in combinations(sorted(group, key=_finest), 2)),
        key=lambda pair: (2 * pair[0] - pair[1], pair[0]),
    )
    return Result(relation, key, status, members, (), "", difference, tolerance2)


def _finest(fact: Fact) -> tuple[int, int]:
    return (fact.unit, fact.value)


def _apart(one: Fact, other: Fact, truncated: bool) -> tuple[int, int]:
    """How far two statements are apart, and twice how far their intervals let them be; nothing for equal units."""
    low, high = sorted((one, other), key=lambda f: f.value)
    if one.unit == other.unit:
        return high.value - low.value, 0
    below, above = interval(low.value, low.unit, truncated), interval(high.value, high.unit, truncated)
    return high.value - low.value, (below.hi - 2 * low.value) + (2 * high.value - above.lo)
