"""The plan that every database runs: from facts to points, to sums of checks, to outcomes that are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING
from checker.scale.binding import Binding
from checker.scale.coded import Coded
from checker.scale.model import Backend, Instance, Tally
from checker.scale.tree import WIDE, case, col, number, text
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
    query = exp.union(query, incomplete(), distinct=False) if "judged" in steps else query
    return with_steps(query, steps)


def with_steps(query: exp.Query, steps: Mapping[str, exp.Query]) -> exp.Query:
    """The query with the steps before it."""
    for name, step in steps.items():
        query = query.with_(name, as_=step, copy=False)
    return query


def outcomes(backend: Backend, coded: Coded, of: Sequence[int], binding: Binding) -> dict[str, exp.Query]:
    """The steps from facts to `outcome`: entity, instance, rule, status; `judged` has the sums, if there are any."""
    used = binding.used
    flat = [i for i in binding.instances if i.points and binding.flat(i)]
    other = [i for i in binding.instances if i.points and not binding.flat(i)]
    branches = [_flat(backend, of, flat)] if flat else []
    branches += [_clipped(backend, of, other)] if other else []
    return {
        "stated": _stated(backend, coded, binding, used),
        "point": _points(any(map(binding.several, used)), binding.wide),
        **({"summed": _united(branches)} if branches else {}),
        **({"judged": _judged(backend, binding)} if branches else {}),
        **({"agreed": _agreed(backend, binding)} if binding.agreements else {}),
        "outcome": _outcomes(bool(branches), bool(binding.agreements)),
    }


def _united(queries: Sequence[exp.Query]) -> exp.Query:
    made, *others = queries
    for other in others:
        made = exp.union(made, other, distinct=False)
    return made


def _stated(backend: Backend, coded: Coded, binding: Binding, used: Sequence[int]) -> exp.Select:
    """What the facts of one sort of unit say of a point: least and most value, how many, whether one is too exact."""
    groups: dict[tuple[int, int], int] = {}
    rows = [(part, groups.setdefault((p, part.sort), len(groups))) for p in used for part in binding.points[p].values()]
    parts = backend.small(
        "part",
        {
            "shape": ("INTEGER", [p.shape for p, _ in rows]),
            "grp": ("INTEGER", [group for _, group in rows]),
            "excess": ("BIGINT", [p.excess for p, _ in rows]),
        },
    )
    first = {group: part for part, group in reversed(rows)}
    sorts = backend.small(
        "grps",
        {
            "grp": ("INTEGER", [*groups.values()]),
            "point": ("INTEGER", [point for point, _ in groups]),
            "unit": ("BIGINT", [first[g].unit for g in groups.values()]),
            "sort": ("INTEGER", [sort for _, sort in groups]),
            "kind": ("INTEGER", [first[g].kind for g in groups.values()]),
        },
    )
    value, excess = col("value", "c"), col("excess", "p")
    rest = exp.Mod(this=value.copy(), expression=exp.func("nullif", excess.copy(), ZERO))
    too_exact = case((exp.and_(excess > 0, rest.neq(0)), ONE), otherwise=ZERO)
    keys = [col("entity", "c"), col("grp", "p")]
    inner = (
        exp.select(
            *keys,
            exp.Min(this=value.copy()).as_("least"),
            exp.Max(this=value.copy()).as_("most"),
            exp.Count(this=exp.Star()).as_("facts"),
            exp.Max(this=too_exact).as_("excess"),
        )
        .from_(exp.alias_(coded.table.copy(), "c", table=True))
        .join(exp.alias_(parts, "p", table=True), on=col("shape", "c").eq(col("shape", "p")))
        .group_by(*(k.copy() for k in keys))
    )
    return (
        exp.select(
            *(col(n, "g") for n in ("point", "unit", "sort", "kind")),
            *(col(n, "a") for n in ("entity", "least", "most", "facts", "excess")),
        )
        .from_(inner.subquery("a"))
        .join(exp.alias_(sorts, "g", table=True), on=col("grp", "a").eq(col("grp", "g")))
    )


def _points(several: bool, wide: bool) -> exp.Select:
    """Points by ROUNDING.md 2: the value of the finest facts, the intersection of all, and why they are not usable.

    `wrong` is 1 where facts contradict each other, 2 where they cannot be compared.
    """
    least, most, unit = (exp.cast(col(n), WIDE) if wide else col(n) for n in ("least", "most", "unit"))
    low, high = most * 2 - unit, least * 2 + unit
    unequal = case((least.neq(most), ONE), otherwise=ZERO)
    key = [col("entity"), col("point")]
    if not several:
        wrong = case((col("excess") > 0, number(2)), (least.neq(most), ONE), otherwise=ZERO)
        one = {"value": least, "low": low, "high": high, "wrong": wrong, "facts": col("facts"), "spread": most - least}
        return exp.select(*key, unit.as_("unit"), *(made.as_(name) for name, made in one.items())).from_("stated")
    order = [exp.Ordered(this=col("unit")), exp.Ordered(this=col("sort"))]
    finest = exp.Window(this=exp.RowNumber(), partition_by=[k.copy() for k in key], order=exp.Order(expressions=order))
    ranked = exp.select(exp.Star(), finest.as_("place")).from_("stated").subquery("r")
    bottom, top = exp.Max(this=low), exp.Min(this=high)
    odd = exp.Min(this=col("kind")).neq(exp.Max(this=col("kind")))
    wrong = case(
        (exp.or_(exp.Max(this=col("excess")) > 0, odd), number(2)),
        (exp.or_(exp.Max(this=unequal) > 0, bottom.copy() > top.copy()), ONE),
        otherwise=ZERO,
    )
    columns = {
        "unit": exp.Min(this=unit.copy()),
        "value": exp.Max(this=exp.case().when(col("place").eq(1), least.copy())),
        "low": bottom,
        "high": top,
        "wrong": wrong,
        "facts": exp.Sum(this=col("facts")),
        "spread": exp.Max(this=most.copy()) - exp.Min(this=least.copy()),
    }
    return (
        exp.select(*key, *(made.as_(name) for name, made in columns.items()))
        .from_(ranked)
        .group_by(*(k.copy() for k in key))
    )


def _bound(backend: Backend, of: Sequence[int], own: Sequence[Instance], name: str) -> exp.Select:
    """Points joined with the members of checks of the entity's class, grouped by entity and check."""
    rows = [(i, n) for i in own for n in range(len(i.points))]
    bound = backend.small(
        name,
        {
            "instance": ("INTEGER", [i.id for i, _ in rows]),
            "class": ("INTEGER", [i.scope for i, _ in rows]),
            "point": ("INTEGER", [i.points[n] for i, n in rows]),
            "weight": ("BIGINT", [i.weights[n] for i, n in rows]),
            "clip": ("VARCHAR", [i.clips[n] for i, n in rows]),
            "code": ("BIGINT", [i.codes[n] for i, n in rows]),
        },
    )
    table = exp.select(
        col("entity", "p"),
        col("instance", "b"),
        exp.Sum(this=col("code", "b")).as_("members"),
        exp.Max(this=col("wrong", "p")).as_("wrong"),
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


def _flat(backend: Backend, of: Sequence[int], own: Sequence[Instance]) -> exp.Query:
    """The weighted sums where every figure has one unit: the ends lie half the sum of the units away. ROUNDING.md 3."""
    weight = col("weight", "b")
    inner = _bound(backend, of, own, "bound_flat").select(
        exp.Sum(this=weight * col("value", "p")).as_("printed"),
        exp.Sum(this=exp.Abs(this=weight.copy()) * col("unit", "p")).as_("width"),
    )
    twice = col("printed") * 2
    return exp.select(
        *(col(n) for n in ("entity", "instance", "members", "wrong", "printed")),
        (twice - col("width")).as_("low"),
        (twice.copy() + col("width")).as_("high"),
    ).from_(inner.subquery("f"))


def _clipped(backend: Backend, of: Sequence[int], own: Sequence[Instance]) -> exp.Query:
    """The weighted sums of values and of the ends of intervals, each after its clip. ROUNDING.md 3 and 4."""
    weight = col("weight", "b")
    value, low, high = _clip(any(clip for i in own for clip in i.clips))
    up = weight >= 0
    return _bound(backend, of, own, "bound_clipped").select(
        exp.Sum(this=weight * value).as_("printed"),
        exp.Sum(this=weight.copy() * case((up, low), otherwise=high)).as_("low"),
        exp.Sum(this=weight.copy() * case((up.copy(), high.copy()), otherwise=low.copy())).as_("high"),
    )


def _clip(clips: bool) -> tuple[exp.Expr, exp.Expr, exp.Expr]:
    """Value and ends of a point after its clip."""
    value, low, high = (col(n, "p") for n in ("value", "low", "high"))
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


def _judged(backend: Backend, binding: Binding) -> exp.Select:
    """The status of every sum that has all its members; what lacks one is handed back as it is."""
    rules = {rule: n for n, rule in enumerate(rule_ids(binding))}
    own = [i for i in binding.instances if i.points]
    checks = backend.small(
        "checks",
        {
            "instance": ("INTEGER", [i.id for i in own]),
            "rule": ("INTEGER", [rules[i.rule.id] for i in own]),
            "expected": ("BIGINT", [i.expected for i in own]),
            "equal": ("BOOLEAN", [i.relation.op == "=" for i in own]),
            "constant": ("BIGINT", [i.relation.constant for i in own]),
            "strict": ("BOOLEAN", [i.strict for i in own]),
            "known": ("VARCHAR", ["none" if i.status is None else i.status for i in own]),
        },
    )
    constant, known = col("constant", "i"), col("known", "i")
    printed, low, high = col("printed", "s") - constant, col("low", "s") - constant * 2, col("high", "s") - constant * 2
    equal = col("equal", "i")
    beyond = exp.or_(exp.paren(low) > 0, exp.and_(equal, exp.paren(high) < 0))
    status = case(
        (col("members", "s").neq(col("expected", "i")), text(INCOMPLETE)),
        (known.neq(""), known.copy()),
        (col("wrong", "s") > 0, text(NOT_EVALUATED)),
        (
            case((equal.copy(), exp.paren(printed).eq(0)), otherwise=exp.paren(printed.copy()) <= 0),
            text(PASSED),
        ),
        (exp.or_(col("strict", "i"), beyond), text(FAILED)),
        otherwise=text(PASSED_ROUNDING),
    )
    return (
        exp.select(
            col("entity", "s"),
            col("instance", "s"),
            col("rule", "i"),
            status.as_("status"),
            *(col(n, "s") for n in ("members", "wrong", "printed", "low", "high")),
        )
        .from_(exp.alias_(exp.to_table("summed"), "s", table=True))
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


def incomplete() -> exp.Select:
    """Checks of entities that lack a figure of them, with what is there; `verdict.judged` says what they are."""
    sums = [exp.cast(col(n), exp.DataType.build("decimal(38,0)")).as_(n) for n in _SUMS]
    return (
        exp.select(text(INCOMPLETE).as_("what"), col("rule"), col("entity"), col("instance"), ONE.as_("n"), *sums)
        .from_("judged")
        .where(col("status").eq(INCOMPLETE))
    )


_SUMS = ("members", "wrong", "printed", "low", "high")


def _zeros() -> list[exp.Expr]:
    return [exp.cast(ZERO, exp.DataType.build("decimal(38,0)")).as_(n) for n in _SUMS]
