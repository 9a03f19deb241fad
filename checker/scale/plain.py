"""The plan that every database runs: from facts to points, to sums of checks, to outcomes that are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlglot import exp

from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING
from checker.scale.binding import Binding
from checker.scale.coded import Coded
from checker.scale.model import Backend, Instance, Tally
from checker.scale.tree import BIG, WIDE, case, col, number, text
from checker.scale.verdict import judged

INCOMPLETE, FAILURE = "incomplete", "failure"
ZERO, ONE = number(0), number(1)


Step = Callable[[int, int], None]
"""Told how many entities are done, and of how many."""


def no_step(_: int, __: int) -> None:
    """Nobody is told."""


@dataclass(slots=True)
class Found:
    """Outcomes counted, and those that failed by rule: (entity, instance); an agreement is -1 less its number.

    `doubled` are (entity, shape) with two facts or more, None where the plan did not look.
    """

    tally: Tally = field(default_factory=Tally)
    failed: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    doubled: set[tuple[int, int]] | None = None

    def twice(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Note entities with two facts of one shape."""
        self.doubled = (self.doubled or set()) | set(pairs)

    def fail(self, rule: str, entity: int, instance: int, most: int) -> None:
        """Note a failed check, if there is room."""
        listed = self.failed.setdefault(rule, [])
        if len(listed) < most:
            listed.append((entity, instance))


def run(
    backend: Backend,
    coded: Coded,
    of: Sequence[int],
    binding: Binding,
    most: int,
    step: Step = no_step,
    at_once: int = 0,
) -> Found:
    """Evaluate everything that is bound, in one statement, or in one for every so many entities (`at_once`).

    At most so many failures of each rule are listed. `step` is told how many entities are done.
    """
    found = Found()
    if not any(i.points for i in (*binding.instances, *binding.agreements)):
        return found
    count = len(coded.entities)
    for first in range(0, count, at_once or count):
        part = coded if not at_once else replace(coded, table=_some(coded, first, first + at_once))
        _evaluate(backend, part, of, binding, most, found)
        step(min(first + (at_once or count), count), count)
    return found


def _some(coded: Coded, first: int, last: int) -> exp.Expr:
    """The facts of some of the entities."""
    entity = col("entity")
    query = exp.select(*(col(n) for n in ("entity", "shape", "value"))).from_(coded.table.copy())
    return query.where(entity >= number(first), entity.copy() < number(last)).subquery()


def _evaluate(backend: Backend, coded: Coded, of: Sequence[int], binding: Binding, most: int, found: Found) -> None:
    rules = rule_ids(binding)
    for what, at, entity, instance, count, members, bad, printed, low, high in backend.rows(
        statement(backend, coded, of, binding, most)
    ):
        if what == INCOMPLETE:
            one = binding.instances[int(instance)]
            status = judged(one, int(members), int(bad), int(printed), int(low), int(high))
            if status is not None:
                found.tally.add(one.rule.id, status)
            if status == FAILED:
                found.fail(one.rule.id, int(entity), int(instance), most)
        elif what == FAILURE:
            found.fail(rules[int(at)], int(entity), int(instance), most)
        else:
            found.tally.add(rules[int(at)], str(what), int(count))


def rule_ids(binding: Binding) -> list[str]:
    """The rules that are bound, in a fixed order."""
    return list(dict.fromkeys(i.rule.id for i in (*binding.instances, *binding.agreements)))


def statement(backend: Backend, coded: Coded, of: Sequence[int], binding: Binding, most: int) -> exp.Query:
    """The whole statement; its rows are counts, failures, and checks of entities that lack a figure of it."""
    steps = outcomes(backend, coded, of, binding)
    query: exp.Query = exp.union(_counts(), _failures(most), distinct=False)
    query = exp.union(query, incomplete(binding), distinct=False) if "judged" in steps else query
    return with_steps(query, steps, backend.dialect)


def with_steps(query: exp.Query, steps: Mapping[str, exp.Query], dialect: str) -> exp.Query:
    """The query with the steps before it, each made once where the dialect can say so."""
    once = dialect != "spark" or None
    for name, step in steps.items():
        query = query.with_(name, as_=step, materialized=once, copy=False)
    return query


def outcomes(backend: Backend, coded: Coded, of: Sequence[int], binding: Binding) -> dict[str, exp.Query]:
    """The steps from facts to `outcome`: entity, instance, rule, status; `judged` has the sums, if there are any."""
    used = binding.used
    own = [i for i in binding.instances if i.points]
    flat, other = [i for i in own if binding.flat(i)], [i for i in own if not binding.flat(i)]
    steps: dict[str, exp.Query] = {"point": _points(backend, coded, binding, used)}
    branches = []
    if flat:
        steps["summed_flat"] = _summed(backend, of, binding, flat, "bound_flat", {"printed": exp.Sum(this=_printed())})
        branches.append(_judged(backend, binding, flat, "flat"))
    if other:
        steps["summed_other"] = _summed(backend, of, binding, other, "bound_other", _clipped(other))
        branches.append(_judged(backend, binding, other, "other"))
    if branches:
        steps["judged"] = _united(branches)
        steps["lacking"] = _lacking(backend, binding)
    if binding.agreements:
        steps["agreed"] = _agreed(backend, binding)
    return steps | {"outcome": _outcomes(bool(branches), bool(binding.agreements))}


def _united(queries: Sequence[exp.Query]) -> exp.Query:
    made, *others = queries
    for other in others:
        made = exp.union(made, other, distinct=False)
    return made


def _points(backend: Backend, coded: Coded, binding: Binding, used: Sequence[int]) -> exp.Query:
    """Points by ROUNDING.md 2: entity, point, value, low, high, wrong, facts, spread.

    `value` is that of the finest facts. `wrong` is 1 where facts contradict each other, 2 where they cannot be
    compared. Of points that facts of one sort of unit state, `low` and `high` are null: the unit tells them.
    """
    alone = [p for p in used if not binding.several(p)]
    several = [p for p in used if binding.several(p)]
    made = [_alone(_facts(backend, coded, binding, alone, "part_alone"), binding.wide)] if alone else []
    made += [_several(_facts(backend, coded, binding, several, "part_several"), binding, several)] if several else []
    return _united(made)


def _facts(backend: Backend, coded: Coded, binding: Binding, points: Sequence[int], name: str) -> exp.Select:
    """The facts that state the points, with their units; columns are to be added."""
    rows = [(part, point) for point in points for part in binding.points[point].values()]
    parts = backend.small(
        name,
        {
            "shape": ("INTEGER", [p.shape for p, _ in rows]),
            "point": ("INTEGER", [point for _, point in rows]),
            "unit": ("BIGINT", [p.unit for p, _ in rows]),
            "excess": ("BIGINT", [p.excess for p, _ in rows]),
            "kind": ("INTEGER", [p.kind for p, _ in rows]),
            "place": ("INTEGER", [_place(binding, point, p.sort) for p, point in rows]),
        },
    )
    key = [col("entity", "c"), col("point", "p")]
    return (
        exp.select(*key)
        .from_(exp.alias_(coded.table.copy(), "c", table=True))
        .join(exp.alias_(parts, "p", table=True), on=col("shape", "c").eq(col("shape", "p")))
        .group_by(*(k.copy() for k in key))
    )


def _place(binding: Binding, point: int, sort: int) -> int:
    """The place of a sort of unit among those of a point, the finest first."""
    sorts = dict.fromkeys(p.sort for p in sorted(binding.points[point].values(), key=lambda p: (p.unit, p.sort)))
    return list(sorts).index(sort)


def _too_exact() -> exp.Expr:
    """Whether some fact has digits below its unit."""
    value, grain = col("value", "c"), col("excess", "p")
    rest = exp.Mod(this=value, expression=exp.func("nullif", grain, ZERO))
    return exp.Max(this=case((exp.and_(grain.copy() > 0, rest.neq(0)), ONE), otherwise=ZERO)) > 0


def _alone(facts: exp.Select, wide: bool) -> exp.Select:
    value: exp.Expr = exp.cast(col("value", "c"), WIDE) if wide else col("value", "c")
    least, most = exp.Min(this=value), exp.Max(this=value.copy())
    wrong = case((_too_exact(), number(2)), (least.neq(most), ONE), otherwise=ZERO)
    nothing = exp.cast(exp.null(), WIDE if wide else BIG)
    return facts.select(
        least.copy().as_("value"),
        nothing.as_("low"),
        nothing.copy().as_("high"),
        wrong.as_("wrong"),
        exp.Count(this=exp.Star()).as_("facts"),
        (most.copy() - least.copy()).as_("spread"),
    )


def _several(facts: exp.Select, binding: Binding, points: Sequence[int]) -> exp.Select:
    value, unit, place = col("value", "c"), col("unit", "p"), col("place", "p")
    value_: exp.Expr = exp.cast(value, WIDE) if binding.wide else value
    low, high = exp.Max(this=value_ * 2 - unit), exp.Min(this=value_.copy() * 2 + unit.copy())
    sorts = range(max(len({part.sort for part in binding.points[p].values()}) for p in points))
    own = [exp.case().when(place.copy().eq(n), value_.copy()) for n in sorts]
    unequal = exp.or_(*(exp.Min(this=each.copy()).neq(exp.Max(this=each.copy())) for each in own))
    alien = exp.Min(this=col("kind", "p")).neq(exp.Max(this=col("kind", "p")))
    wrong = case(
        (exp.or_(_too_exact(), alien), number(2)),
        (exp.or_(exp.func("coalesce", unequal, exp.false()), low.copy() > high.copy()), ONE),
        otherwise=ZERO,
    )
    return facts.select(
        exp.func("coalesce", *(exp.Max(this=each.copy()) for each in own)).as_("value"),
        low.as_("low"),
        high.as_("high"),
        wrong.as_("wrong"),
        exp.Count(this=exp.Star()).as_("facts"),
        (exp.Max(this=value_.copy()) - exp.Min(this=value_.copy())).as_("spread"),
    )


def _summed(
    backend: Backend,
    of: Sequence[int],
    binding: Binding,
    own: Sequence[Instance],
    name: str,
    sums: Mapping[str, exp.Expr],
) -> exp.Select:
    """Points joined with the members of checks of the entity's class, added up by entity and check. ROUNDING.md 3."""
    rows = [(i, n) for i in own for n in range(len(i.points))]
    bound = backend.small(
        name,
        {
            "instance": ("INTEGER", [i.id for i, _ in rows]),
            "class": ("INTEGER", [i.scope for i, _ in rows]),
            "point": ("INTEGER", [i.points[n] for i, n in rows]),
            "weight": ("BIGINT", [i.weights[n] for i, n in rows]),
            "clip": ("VARCHAR", [i.clips[n] for i, n in rows]),
            "unit": ("BIGINT", [unit_of(binding, i.points[n]) for i, n in rows]),
        },
    )
    table = exp.select(
        col("entity", "p"),
        col("instance", "b"),
        exp.Count(this=exp.Star()).as_("figures"),
        exp.Max(this=col("wrong", "p")).as_("wrong"),
        *(made.as_(n) for n, made in sums.items()),
    ).from_(exp.alias_(exp.to_table("point"), "p", table=True))
    on: list[exp.Expr] = [col("point", "p").eq(col("point", "b"))]
    if len({c for c in of if c >= 0}) > 1:
        listed = [(n, c) for n, c in enumerate(of) if c >= 0]
        classes = backend.small(
            "class_of", {"entity": ("INTEGER", [n for n, _ in listed]), "class": ("INTEGER", [c for _, c in listed])}
        )
        table = table.join(exp.alias_(classes, "k", table=True), on=col("entity", "p").eq(col("entity", "k")))
        on.append(col("class", "k").eq(col("class", "b")))
    table = table.join(exp.alias_(bound, "b", table=True), on=exp.and_(*on))
    return table.group_by(col("entity", "p"), col("instance", "b"))


def unit_of(binding: Binding, point: int) -> int:
    """The unit of a point that facts of one unit state."""
    return min(part.unit for part in binding.points[point].values())


def _printed() -> exp.Expr:
    return col("weight", "b") * col("value", "p")


def _clipped(own: Sequence[Instance]) -> dict[str, exp.Expr]:
    """The weighted sums of values and of the ends of intervals, each after its clip. ROUNDING.md 3 and 4."""
    weight = col("weight", "b")
    value, low, high = _clip(any(clip for i in own for clip in i.clips))
    up = weight >= 0
    return {
        "printed": exp.Sum(this=weight.copy() * value),
        "low": exp.Sum(this=weight.copy() * case((up, low), otherwise=high)),
        "high": exp.Sum(this=weight.copy() * case((up.copy(), high.copy()), otherwise=low.copy())),
    }


def _clip(clips: bool) -> tuple[exp.Expr, exp.Expr, exp.Expr]:
    """Value and ends of a point after its clip."""
    value: exp.Expr = col("value", "p")
    low: exp.Expr = exp.func("coalesce", col("low", "p"), value.copy() * 2 - col("unit", "b"))
    high: exp.Expr = exp.func("coalesce", col("high", "p"), value.copy() * 2 + col("unit", "b"))
    if not clips:
        return value, low, high
    clip = col("clip", "b")
    pos, neg, size = clip.eq("pos"), clip.eq("neg"), clip.eq("abs")
    zero = ZERO.copy()
    neg_low, neg_high = exp.Neg(this=low.copy()), exp.Neg(this=high.copy())
    shown = case(
        (exp.or_(exp.and_(pos, value < 0), exp.and_(neg, value > 0)), zero),
        (exp.and_(size, value < 0), exp.Neg(this=value.copy())),
        otherwise=value,
    )
    bottom = case(
        (exp.or_(exp.and_(pos.copy(), low < 0), exp.and_(neg.copy(), low > 0)), zero.copy()),
        (exp.and_(size.copy(), high <= 0), neg_high),
        (exp.and_(size.copy(), low < 0), zero.copy()),
        otherwise=low,
    )
    top = case(
        (exp.or_(exp.and_(pos.copy(), high < 0), exp.and_(neg.copy(), high > 0)), zero.copy()),
        (exp.and_(size.copy(), neg_low > high), neg_low.copy()),
        otherwise=high,
    )
    return shown, bottom, top


def _judged(backend: Backend, binding: Binding, own: Sequence[Instance], name: str) -> exp.Select:
    """The status of every sum that has all its members; what lacks one is looked at again (`incomplete`)."""
    rules = {rule: n for n, rule in enumerate(rule_ids(binding))}
    units = [[unit_of(binding, p) for p in i.points] for i in own]
    widths = [sum(abs(w) * u for w, u in zip(i.weights, each, strict=True)) for i, each in zip(own, units, strict=True)]
    checks = backend.small(
        f"checks_{name}",
        {
            "instance": ("INTEGER", [i.id for i in own]),
            "rule": ("INTEGER", [rules[i.rule.id] for i in own]),
            "members": ("BIGINT", [len(i.points) for i in own]),
            "equal": ("BOOLEAN", [i.relation.op == "=" for i in own]),
            "constant": ("BIGINT", [i.relation.constant for i in own]),
            "strict": ("BOOLEAN", [i.strict for i in own]),
            "width": ("DECIMAL(38,0)", [Decimal(width) for width in widths]),
            "known": ("VARCHAR", ["none" if i.status is None else i.status for i in own]),
        },
    )
    constant, known, printed = col("constant", "i"), col("known", "i"), col("printed", "s")
    low: exp.Expr = col("low", "s")
    high: exp.Expr = col("high", "s")
    if name == "flat":
        low, high = printed * 2 - col("width", "i"), printed * 2 + col("width", "i")
    off, equal = exp.paren(printed.copy() - constant), col("equal", "i")
    above = exp.paren(low.copy() - constant.copy() * 2) > 0
    beyond = exp.or_(above, exp.and_(equal, exp.paren(high.copy() - constant.copy() * 2) < 0))
    status = case(
        (col("figures", "s").neq(col("members", "i")), text(INCOMPLETE)),
        (exp.and_(known.neq(""), known.neq(FAILED)), known.copy()),
        (col("wrong", "s") > 0, text(NOT_EVALUATED)),
        (known.copy().neq(""), known.copy()),
        (case((equal.copy(), off.eq(0)), otherwise=off.copy() <= 0), text(PASSED)),
        (exp.or_(col("strict", "i"), beyond), text(FAILED)),
        otherwise=text(PASSED_ROUNDING),
    )
    return (
        exp.select(
            col("entity", "s"),
            col("instance", "s"),
            col("rule", "i"),
            status.as_("status"),
            *(exp.cast(each, WIDE).as_(n) for n, each in (("printed", printed.copy()), ("low", low), ("high", high))),
        )
        .from_(exp.alias_(exp.to_table(f"summed_{name}"), "s", table=True))
        .join(exp.alias_(checks, "i", table=True), on=col("instance", "s").eq(col("instance", "i")))
    )


def _agreed(backend: Backend, binding: Binding) -> exp.Select:
    """Points that two facts or more state, and whether these agree. ROUNDING.md 2."""
    rules = {rule: n for n, rule in enumerate(rule_ids(binding))}
    compared = backend.small(
        "compared",
        {
            "point": ("INTEGER", [a.points[0] for a in binding.agreements]),
            "rule": ("INTEGER", [rules[a.rule.id] for a in binding.agreements]),
            "instance": ("INTEGER", [-1 - n for n in range(len(binding.agreements))]),
        },
    )
    wrong = col("wrong", "p")
    status = case(
        (wrong > 1, text(NOT_EVALUATED)),
        (wrong > 0, text(FAILED)),
        (col("spread", "p").eq(0), text(PASSED)),
        otherwise=text(PASSED_ROUNDING),
    )
    return (
        exp.select(col("entity", "p"), col("instance", "a"), col("rule", "a"), status.as_("status"))
        .from_(exp.alias_(exp.to_table("point"), "p", table=True))
        .join(exp.alias_(compared, "a", table=True), on=col("point", "p").eq(col("point", "a")))
        .where(col("facts", "p") > 1)
    )


def _outcomes(sums: bool, agreements: bool) -> exp.Query:
    columns = [col(n) for n in ("entity", "instance", "rule", "status")]
    judged_ = exp.select(*columns).from_("judged").where(exp.not_(col("status").isin(INCOMPLETE, "none")))
    agreed = exp.select(*(c.copy() for c in columns)).from_("agreed")
    return _united([*([judged_] if sums else []), *([agreed] if agreements else [])])


def _counts() -> exp.Select:
    return (
        exp.select(col("status").as_("what"), col("rule"), ZERO.as_("entity"), ZERO.as_("instance"))
        .select(exp.cast(exp.Count(this=exp.Star()), exp.DataType.build("bigint")).as_("n"), *_zeros())
        .from_("outcome")
        .group_by(col("status"), col("rule"))
    )


def _failures(most: int) -> exp.Select:
    """The first failures of each rule, by entity."""
    order = exp.Order(expressions=[exp.Ordered(this=col("entity")), exp.Ordered(this=col("instance"))])
    place = exp.Window(this=exp.RowNumber(), partition_by=[col("rule")], order=order)
    inner = (
        exp.select(col("rule"), col("entity"), col("instance"), place.as_("place"))
        .from_("outcome")
        .where(col("status").eq(FAILED))
        .subquery("f")
    )
    return (
        exp.select(text(FAILURE).as_("what"), col("rule"), col("entity"), col("instance"), ONE.as_("n"), *_zeros())
        .from_(inner)
        .where(col("place") <= most)
    )


def _lacking(backend: Backend, binding: Binding) -> exp.Select:
    """The members of checks of entities that lack one of them: joined first, so that few points are looked up."""
    own = [(i, n) for i in binding.instances for n in range(len(i.points))]
    members = backend.small(
        "members",
        {
            "instance": ("INTEGER", [i.id for i, _ in own]),
            "point": ("INTEGER", [i.points[n] for i, n in own]),
            "weight": ("BIGINT", [i.weights[n] for i, n in own]),
            "clip": ("VARCHAR", [i.clips[n] for i, n in own]),
            "unit": ("BIGINT", [unit_of(binding, i.points[n]) for i, n in own]),
            "code": ("BIGINT", [i.codes[n] for i, n in own]),
        },
    )
    return (
        exp.select(*(col(n, "j") for n in ("rule", "entity", "instance")))
        .select(*(col(n, "m") for n in ("point", "weight", "clip", "unit", "code")))
        .from_(exp.alias_(exp.to_table("judged"), "j", table=True))
        .join(exp.alias_(members, "m", table=True), on=col("instance", "j").eq(col("instance", "m")))
        .where(col("status", "j").eq(INCOMPLETE))
    )


def incomplete(binding: Binding) -> exp.Select:
    """Checks of entities that lack a figure of them, with what is there; `verdict.judged` says what they are."""
    sums: dict[str, exp.Expr] = {"members": exp.Sum(this=col("code", "b")), "wrong": exp.Max(this=col("wrong", "p"))}
    sums |= _clipped([i for i in binding.instances if i.points])
    keys = [col("rule", "b"), col("entity", "b"), col("instance", "b")]
    there = exp.and_(col("entity", "p").eq(col("entity", "b")), col("point", "p").eq(col("point", "b")))
    return (
        exp.select(text(INCOMPLETE).as_("what"), *keys, ONE.as_("n"))
        .select(*(exp.cast(made, WIDE).as_(n) for n, made in sums.items()))
        .from_(exp.alias_(exp.to_table("lacking"), "b", table=True))
        .join(exp.alias_(exp.to_table("point"), "p", table=True), on=there)
        .group_by(*(k.copy() for k in keys))
    )


_SUMS = ("members", "wrong", "printed", "low", "high")


def _zeros() -> list[exp.Expr]:
    return [exp.cast(ZERO, exp.DataType.build("decimal(38,0)")).as_(n) for n in _SUMS]
