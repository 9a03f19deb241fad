"""Do the relations hold? Plain Python over relation and term rows: the path of one document, the others' oracle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from checker.amounts.intervals import Interval, holds, improbable, interval, total
from checker.facts import Index, Point, agree, has_excess_digits, point
from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING
from checker.model.rules import Relation, Term
from checker.model.submission import Fact

Key = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What one relation says of one combination of its free dimensions.

    `key` is the entity and then the free dimensions in the relation's order. `difference` is the weighted sum
    of the printed values, `tolerance2` twice what rounding explains in that direction (both in steps).
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


@dataclass(slots=True)
class _Group:
    members: list[tuple[Term, Point]] = field(default_factory=list)


def evaluate(index: Index, relations: Iterable[Relation], terms: Iterable[Term]) -> Iterator[Result]:
    """Every result of every relation, relations in the given order, keys sorted.

    A relation that meets no point at all gives one result, not evaluated, with an empty key.
    """
    own: dict[str, list[Term]] = {}
    for term in terms:
        own.setdefault(term.relation, []).append(term)
    for relation in relations:
        if relation.op == "agree":
            yield from _agreements(index, relation, own.get(relation.id, []))
            continue
        points = index.across if relation.mode == "across" else index.within.get(relation.statement or "", [])
        groups = _groups(relation, own.get(relation.id, []), points)
        if not groups:
            yield Result(relation, (), NOT_EVALUATED, reason="reason.no_facts")
        for key in sorted(groups, key=_sortable):
            if result := _judge(relation, key, own[relation.id], groups[key].members):
                yield result


def _sortable(key: Key) -> tuple[tuple[bool, str], ...]:
    return tuple((part is not None, f"{part:020d}" if isinstance(part, int) else str(part)) for part in key)


def _groups(relation: Relation, terms: Sequence[Term], points: Sequence[Point]) -> dict[Key, _Group]:
    """The join of points with terms, grouped by entity and free dimensions."""
    by_measure: dict[str, list[Point]] = {}
    for p in points:
        by_measure.setdefault(p.measure, []).append(p)
    groups: dict[Key, _Group] = {}
    for term in terms:
        for p in by_measure.get(term.measure, []) if term.measure is not None else points:
            if _matches(term, p):
                key = (p.entity, *(_free(name, p, term) for name in relation.free))
                groups.setdefault(key, _Group()).members.append((term, p))
    return groups


def _matches(term: Term, p: Point) -> bool:
    return (
        (term.line is None or (term.line == p.line and term.scope == p.scope))
        and (term.basis is None or term.basis == p.basis)
        and (term.year is None or term.year == p.year)
    )


def _free(name: str, p: Point, term: Term) -> str | int | None:
    value = p.dimension(name)
    return value - term.year_offset if name == "year" and isinstance(value, int) else value


def _judge(relation: Relation, key: Key, terms: Sequence[Term], members: list[tuple[Term, Point]]) -> Result | None:
    """The verdict for one key, or None where too little is there to speak of a check (one figure of several)."""
    bound = [t for t, _ in members]
    missing = tuple(t for t in terms if t not in bound)
    if relation.blocked:
        return Result(relation, key, NOT_EVALUATED, tuple(members), missing, relation.blocked)
    stated_missing = any(t.stated for t in missing)
    if stated_missing and len(members) < 2:
        return None
    reason = _unusable(terms, members, missing, stated_missing)
    if not reason and missing:
        if relation.missing == "fail":
            return Result(relation, key, FAILED, tuple(members), missing, "reason.part_missing")
        if relation.missing != "zero":
            reason = "reason.part_missing"
    if reason:
        return Result(relation, key, NOT_EVALUATED, tuple(members), missing, reason)
    return _verdict(relation, key, members, missing)


def _unusable(
    terms: Sequence[Term], members: list[tuple[Term, Point]], missing: tuple[Term, ...], stated_missing: bool
) -> str:
    if stated_missing:
        return "reason.total_missing"
    if len(terms) > 1 and all(t in missing for t in terms if not t.stated):
        return "reason.parts_missing"
    if len({id(t) for t, _ in members}) < len(members):
        return "reason.ambiguous"
    bad = next((p.bad for _, p in members if p.bad), "")
    if bad:
        return bad
    if len({f.unit_known for _, p in members for f in p.facts}) > 1:
        return "reason.unit_unknown"
    if len({f.dimension for _, p in members for f in p.facts}) > 1:
        return "reason.dimensions"
    return ""


def _clipped(value: int, clip: str) -> int:
    return max(value, 0) if clip == "pos" else min(value, 0) if clip == "neg" else value


def _verdict(relation: Relation, key: Key, members: list[tuple[Term, Point]], missing: tuple[Term, ...]) -> Result:
    """Passed as printed, passed by rounding, or failed; see ROUNDING.md 3 and 4."""
    printed = sum(t.weight * _clipped(p.value, t.clip) for t, p in members)
    span: Interval = total(p.span.clipped(t.clip).times(t.weight) for t, p in members)
    exact = printed == 0 if relation.op == "=" else printed <= 0
    status = PASSED if exact else PASSED_ROUNDING if holds(relation.op, span) else FAILED
    tolerance2 = 2 * printed - span.lo if printed > 0 or relation.op == "<=" else span.hi - 2 * printed
    unlikely = status == PASSED_ROUNDING and improbable(printed, (t.weight * p.unit for t, p in members))
    return Result(
        relation, key, status, tuple(members), missing, "", printed, tolerance2, unlikely and relation.op == "="
    )


def _agreements(index: Index, relation: Relation, terms: Sequence[Term]) -> Iterator[Result]:
    """One result per data point that two facts or more state."""
    by_measure = {t.measure: t for t in terms}
    grouped: dict[Key, list[Fact]] = {}
    for fact in index.facts:
        if fact.measure in by_measure:
            p = fact.point
            key: Key = (p.entity, p.scope, p.line, p.year, p.basis, p.as_of, p.measure, p.price_year)
            grouped.setdefault(key, []).append(fact)
    for key in sorted(grouped, key=_sortable):
        group = grouped[key]
        if len(group) < 2:
            continue
        term = by_measure[group[0].measure]
        members = tuple((term, point((f,), index.truncated)) for f in group)
        if any(has_excess_digits(f) for f in group):
            yield Result(relation, key, NOT_EVALUATED, members, reason="reason.excess_digits")
        elif len({f.unit_known for f in group}) > 1:
            yield Result(relation, key, NOT_EVALUATED, members, reason="reason.unit_unknown")
        elif len({f.dimension for f in group}) > 1:
            yield Result(relation, key, NOT_EVALUATED, members, reason="reason.dimensions")
        else:
            yield _agreement(relation, key, group, members, index.truncated)


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
