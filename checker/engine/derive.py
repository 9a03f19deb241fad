"""Which points are made of others: sums, products, quotients, the greatest, and what quotients have in common?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

from checker.amounts.intervals import Interval
from checker.engine.join import Key, Members, group
from checker.facts import DIMENSIONS, Index, Point, Pool, point
from checker.model.rules import Derived, Term
from checker.model.submission import Fact

NONLINEAR = ("product", "quotient", "common")
"""What is made so agrees exactly with a printed figure where it rounds to it."""


def derive(index: Index, derived: Iterable[Derived], terms: Mapping[str, Sequence[Term]]) -> list[Point]:
    """Every derived point, in the order of the definitions; an operand may be one that was made earlier."""
    made: list[Point] = []
    for definition in derived:
        own = terms.get(definition.id, ())
        earlier = {t.measure for t in own}
        before = Pool([p for p in made if p.measure in earlier])
        pools = dict.fromkeys(map(id, own), (index.pool(definition.mode, definition.statement), before))
        for key, members in group(definition.free, own, pools).items():
            if point := _make(definition, key, members, own):
                made.append(point)
    return made


def _make(definition: Derived, key: Key, members: Members, own: Sequence[Term]) -> Point | None:
    common, several = definition.op == "common", definition.op in ("sum", "greatest", "common")
    if not common and {id(t) for t, _ in members} != {id(t) for t in own}:
        return None  # an operand is missing
    if common:  # a line of nothing has no rate; its own check says whether its amount is nothing too
        members = [m for m in members if not m[1].bad] or members
    points = tuple(p for _, p in members)
    bad = next((p.bad for p in points if p.bad), "")
    if not several and len(members) > len(own):
        bad = bad or "reason.ambiguous"
    value, span, why = (_ZERO, (_ZERO, _ZERO), bad) if bad else _OPS[definition.op](definition, members)
    grain = lcm(value.denominator, *(end.denominator for end in span))
    named = dict(zip(definition.free, key[1:], strict=True))

    def at(name: str) -> str | None:
        return str(found) if (found := named.get(name)) is not None else None

    year = named.get("year")
    return Point(
        str(key[0]),
        at("scope"),
        at("line") or "",
        definition.id,
        year if isinstance(year, int) else None,
        at("basis"),
        at("as_of"),
        tuple(f for p in points for f in p.facts),
        int(value * grain),
        0,
        Interval(int(2 * span[0] * grain), int(2 * span[1] * grain)),
        why,
        grain,
        definition.op,
        points,
        definition.dimension,
        tuple(t for t, _ in members),
        tuple(name for name in DIMENSIONS if name not in definition.free),
    )


def remade(
    definitions: Mapping[str, Derived],
    p: Point,
    facts: Mapping[str, Fact],
    truncated: bool,
    known: dict[int, Point] | None = None,
) -> Point:
    """A point, some of whose facts are others now; with `bad` set where it can no longer be made.

    `known` are points made anew already, by the `id` of the old ones: a sum is an operand of many shares.
    """
    known = {} if known is None else known
    if id(p) not in known:
        known[id(p)] = _remade(definitions, p, facts, truncated, known)
    return known[id(p)]


def _remade(
    definitions: Mapping[str, Derived], p: Point, facts: Mapping[str, Fact], truncated: bool, known: dict[int, Point]
) -> Point:
    if not any(f.fact_id in facts for f in p.facts):
        return p
    if not p.op:
        return point(tuple(facts.get(f.fact_id, f) for f in p.facts), truncated)
    members = [(t, remade(definitions, q, facts, truncated, known)) for t, q in zip(p.terms, p.members, strict=True)]
    bad = next((q.bad for _, q in members if q.bad), "")
    value, span, why = (_ZERO, (_ZERO, _ZERO), bad) if bad else _OPS[p.op](definitions[p.measure], members)
    grain = lcm(value.denominator, *(end.denominator for end in span))
    return replace(
        p,
        facts=tuple(f for _, q in members for f in q.facts),
        value=int(value * grain),
        span=Interval(int(2 * span[0] * grain), int(2 * span[1] * grain)),
        bad=why,
        grain=grain,
        members=tuple(q for _, q in members),
    )


Made = tuple[Fraction, tuple[Fraction, Fraction], str]
"""Value, the ends of what it may be, and why it cannot be used ('' where it can)."""
_ZERO = Fraction(0)


def _value(term: Term, p: Point) -> Fraction:
    value = Fraction(p.value, p.grain)
    return {"pos": max(value, _ZERO), "neg": min(value, _ZERO), "abs": abs(value)}.get(term.clip, value)


def _ends(term: Term, p: Point) -> tuple[Fraction, Fraction]:
    """The ends of a point's interval in whole steps; open ends count as closed."""
    span = p.span.clipped(term.clip)
    return Fraction(span.lo, 2 * p.grain), Fraction(span.hi, 2 * p.grain)


def _sum(_: Derived, members: Members) -> Made:
    value = sum((t.weight * _value(t, p) for t, p in members), _ZERO)
    ends = [sorted(t.weight * end for end in _ends(t, p)) for t, p in members]
    return value, (sum((e[0] for e in ends), _ZERO), sum((e[1] for e in ends), _ZERO)), ""


def _greatest(definition: Derived, members: Members) -> Made:
    least = [] if definition.constant is None else [Fraction(definition.constant)]
    ends = [sorted(Fraction(t.weight, definition.scale) * end for end in _ends(t, p)) for t, p in members]
    value = max([*(Fraction(t.weight, definition.scale) * _value(t, p) for t, p in members), *least])
    return value, (max([*(e[0] for e in ends), *least]), max([*(e[1] for e in ends), *least])), ""


def _difference(_: Derived, members: Members) -> Made:
    (t, a), (s, b) = sorted(members, key=lambda m: m[0].weight, reverse=True)
    (low, high), (least, most) = _ends(t, a), _ends(s, b)
    return _value(t, a) - _value(s, b), (low - most, high - least), ""


def _product(definition: Derived, members: Members) -> Made:
    (t, a), (s, b) = members
    corners = [Fraction(x * y, definition.scale) for x in _ends(t, a) for y in _ends(s, b)]
    return Fraction(_value(t, a) * _value(s, b), definition.scale), (min(corners), max(corners)), ""


def _quotient(definition: Derived, members: Members) -> Made:
    (t, a), (s, b) = sorted(members, key=lambda m: m[0].weight, reverse=True)
    low, high = _ends(s, b)
    if low <= 0 <= high or _value(s, b) == 0:
        return _ZERO, (_ZERO, _ZERO), "reason.division_by_zero"
    corners = [Fraction(x * definition.scale, y) for x in _ends(t, a) for y in (low, high)]
    return Fraction(_value(t, a) * definition.scale, _value(s, b)), (min(corners), max(corners)), ""


def _common(definition: Derived, members: Members) -> Made:
    """The values that most intervals share; nothing where too many lines lie outside, or two groups are as large."""
    ends = [_ends(t, p) for t, p in members]
    counts = {at: sum(lo <= at <= hi for lo, hi in ends) for at, _ in ends}
    most = max(counts.values())
    outside = len(ends) - most
    if most < definition.least or 100 * (outside - 1) >= definition.outliers * len(ends):
        return _ZERO, (_ZERO, _ZERO), "reason.no_common_rate"
    shared = [[e for e in ends if e[0] <= at <= e[1]] for at, count in counts.items() if count == most]
    groups = {tuple(sorted(s)) for s in shared}
    if len(groups) != 1:
        return _ZERO, (_ZERO, _ZERO), "reason.no_common_rate"
    low, high = max(e[0] for e in shared[0]), min(e[1] for e in shared[0])
    return Fraction(low + high, 2), (low, high), ""


_OPS = {
    "sum": _sum,
    "difference": _difference,
    "greatest": _greatest,
    "product": _product,
    "quotient": _quotient,
    "common": _common,
}
