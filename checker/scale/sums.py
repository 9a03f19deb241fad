"""What the points of a check add up to, in SQL, and what that says. ROUNDING.md 3, 4 and 7."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlglot import exp

from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING
from checker.scale.binding import Binding
from checker.scale.model import Backend, Instance
from checker.scale.points import with_class
from checker.scale.tree import WIDE, ZERO, case, col, number

INCOMPLETE, SILENT = "incomplete", "none"
"""In place of a status: the entity lacks a figure of the check; nothing is said."""
STATUSES = (PASSED, PASSED_ROUNDING, FAILED, NOT_EVALUATED, INCOMPLETE, SILENT)
"""Statuses are numbers in SQL, their places here: ten million texts take longer."""


def rule_ids(binding: Binding) -> list[str]:
    """The rules that are bound, in a fixed order."""
    return list(dict.fromkeys(i.rule.id for i in (*binding.instances, *binding.agreements)))


def code(status: str) -> exp.Expr:
    """A status as its number."""
    return number(STATUSES.index(status))


def members(backend: Backend, binding: Binding, own: Sequence[Instance], name: str) -> exp.Table:
    """The members of checks: which point, with which weight, clip and unit, and what it adds to `verdict.code`."""
    rows = [(i, n) for i in own for n in range(len(i.points))]
    table: exp.Table = backend.small(
        name,
        {
            "instance": ("INTEGER", [i.id for i, _ in rows]),
            "class": ("INTEGER", [i.scope for i, _ in rows]),
            "point": ("INTEGER", [i.points[n] for i, n in rows]),
            "weight": ("BIGINT", [i.weights[n] for i, n in rows]),
            "up": ("BIGINT", [max(i.weights[n], 0) for i, n in rows]),
            "down": ("BIGINT", [min(i.weights[n], 0) for i, n in rows]),
            "clip": ("VARCHAR", [i.clips[n] for i, n in rows]),
            "unit": ("BIGINT", [binding.unit(i.points[n], i.scope) for i, n in rows]),
            "code": ("BIGINT", [i.codes[n] for i, n in rows]),
        },
    )
    return table


def summed(
    backend: Backend,
    of: Sequence[int],
    binding: Binding,
    own: Sequence[Instance],
    name: str,
    sums: Mapping[str, exp.Expr],
) -> exp.Select:
    """Points joined with the members of checks of the entity's class, added up by entity and check. ROUNDING.md 3."""
    bound = members(backend, binding, own, name)
    table = exp.select(
        col("entity", "p"),
        col("instance", "b"),
        exp.Count(this=exp.Star()).as_("figures"),
        exp.Max(this=col("wrong", "p")).as_("wrong"),
        *(made.as_(n) for n, made in sums.items()),
    ).from_(exp.alias_(exp.to_table("point"), "p", table=True))
    table, same = with_class(backend, table, "p", "b", of)
    on = exp.and_(col("point", "p").eq(col("point", "b")), *same)
    table = table.join(exp.alias_(bound, "b", table=True), on=on)
    return table.group_by(col("entity", "p"), col("instance", "b"))


def printed() -> exp.Expr:
    """A value with its weight."""
    return col("weight", "b") * col("value", "p")


def clipped(own: Sequence[Instance]) -> dict[str, exp.Expr]:
    """The weighted sums of values and of the ends of intervals, each after its clip. ROUNDING.md 3 and 4."""
    value, low, high = _clip(any(clip for i in own for clip in i.clips))
    up, down = col("up", "b"), col("down", "b")
    return {
        "printed": exp.Sum(this=col("weight", "b") * value),
        "low": exp.Sum(this=up * low + down * high),
        "high": exp.Sum(this=up.copy() * high.copy() + down.copy() * low.copy()),
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


def judged(backend: Backend, binding: Binding, own: Sequence[Instance], name: str, shown: bool) -> exp.Select:
    """The status of every sum that has all its members; what lacks one is looked at again (`incomplete`).

    Where they are to be shown, also the sum and the ends of its interval.
    """
    rules = {rule: n for n, rule in enumerate(rule_ids(binding))}
    units = [[binding.unit(p, i.scope) for p in i.points] for i in own]
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
            "known": ("INTEGER", [_known(i) for i in own]),
        },
    )
    constant, known, added = col("constant", "i"), col("known", "i"), col("printed", "s")
    low: exp.Expr = col("low", "s")
    high: exp.Expr = col("high", "s")
    if name == "flat":
        low, high = added * 2 - col("width", "i"), added * 2 + col("width", "i")
    off, equal = exp.paren(added.copy() - constant), col("equal", "i")
    above = exp.paren(low.copy() - constant.copy() * 2) > 0
    beyond = exp.or_(above, exp.and_(equal, exp.paren(high.copy() - constant.copy() * 2) < 0))
    ends = (("printed", added.copy()), ("low", low.copy()), ("high", high.copy()))
    status = case(
        (col("figures", "s").neq(col("members", "i")), code(INCOMPLETE)),
        (exp.and_(known >= 0, known.neq(code(FAILED))), known.copy()),
        (col("wrong", "s") > 0, code(NOT_EVALUATED)),
        (known.copy() >= 0, known.copy()),
        (case((equal.copy(), off.eq(0)), otherwise=off.copy() <= 0), code(PASSED)),
        (exp.or_(col("strict", "i"), beyond), code(FAILED)),
        otherwise=code(PASSED_ROUNDING),
    )
    return (
        exp.select(
            col("entity", "s"),
            col("instance", "s"),
            col("rule", "i"),
            status.as_("status"),
            *(exp.cast(each, WIDE).as_(n) for n, each in ends if shown),
        )
        .from_(exp.alias_(exp.to_table(f"summed_{name}"), "s", table=True))
        .join(exp.alias_(checks, "i", table=True), on=col("instance", "s").eq(col("instance", "i")))
    )


def _known(instance: Instance) -> int:
    """The number of the status that no value decides, -1 where the values do."""
    if instance.status == "":
        return -1
    return STATUSES.index(SILENT if instance.status is None else instance.status)


def agreed(backend: Backend, binding: Binding) -> exp.Select:
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
        (wrong > 1, code(NOT_EVALUATED)),
        (wrong > 0, code(FAILED)),
        (col("twice", "p") < 2, code(PASSED)),
        otherwise=code(PASSED_ROUNDING),
    )
    return (
        exp.select(col("entity", "p"), col("instance", "a"), col("rule", "a"), status.as_("status"))
        .from_(exp.alias_(exp.to_table("point"), "p", table=True))
        .join(exp.alias_(compared, "a", table=True), on=col("point", "p").eq(col("point", "a")))
        .where(col("twice", "p") > 0)
    )
