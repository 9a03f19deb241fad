"""What facts say of a point together, in SQL: value, interval, and whether it can be used. ROUNDING.md 1 and 2."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from checker.scale.binding import ALL_CLASSES, Binding, Part
from checker.scale.coded import Coded
from checker.scale.model import Backend
from checker.scale.tree import BIG, ONE, WIDE, ZERO, case, col, number, united


def points(backend: Backend, coded: Coded, of: Sequence[int], binding: Binding, used: Sequence[int]) -> exp.Query:
    """Points by ROUNDING.md 2: entity, point, value, low, high, wrong, twice.

    `value` is that of the finest facts. `wrong` is 1 where facts contradict each other, 2 where they cannot be
    compared. `twice` is 0 where one fact states the point, 1 where several state one value, 2 where they differ.
    Of points that facts of one sort of unit state, `low` and `high` are null: the unit tells them.
    """
    classes = sorted({c for c in of if c >= 0})
    mixed = [p for p in used if binding.several(p)]
    alone = [(ALL_CLASSES, p) for p in used if not binding.several(p)]
    by_class = [(c, p) for c in classes for p in mixed if binding.parts(p, c)]
    in_one = [each for each in by_class if not binding.several(each[1], each[0])]
    several = [each for each in by_class if binding.several(each[1], each[0])]
    made = []
    if alone:
        made.append(_alone(_facts(backend, coded, binding, alone, "part_alone"), binding.wide))
    if in_one:
        made.append(_alone(_facts(backend, coded, binding, in_one, "part_in_one", of), binding.wide))
    if several:
        made.append(_several(_facts(backend, coded, binding, several, "part_several", of), binding, several))
    return united(made)


def _facts(
    backend: Backend,
    coded: Coded,
    binding: Binding,
    wanted: Sequence[tuple[int, int]],
    name: str,
    of: Sequence[int] = (),
) -> exp.Select:
    """The facts that state the points, by class where `of` is given, with their units; columns are to be added."""
    rows = [(c, part, point) for c, point in wanted for part in binding.parts(point, c)]
    parts = backend.small(
        name,
        {
            "class": ("INTEGER", [c for c, _, _ in rows]),
            "shape": ("INTEGER", [p.shape for _, p, _ in rows]),
            "point": ("INTEGER", [point for _, _, point in rows]),
            "unit": ("BIGINT", [p.unit for _, p, _ in rows]),
            "excess": ("BIGINT", [p.excess for _, p, _ in rows]),
            "kind": ("INTEGER", [p.kind for _, p, _ in rows]),
            "place": ("INTEGER", [_place(binding.parts(point, c), p.sort) for c, p, point in rows]),
        },
    )
    key = [col("entity", "c"), col("point", "p")]
    query = exp.select(*key).from_(exp.alias_(coded.table.copy(), "c", table=True))
    query, same = with_class(backend, query, "c", "p", of)
    on = exp.and_(col("shape", "c").eq(col("shape", "p")), *same)
    return query.join(exp.alias_(parts, "p", table=True), on=on).group_by(*(k.copy() for k in key))


def with_class(
    backend: Backend, query: exp.Select, entities: str, classed: str, of: Sequence[int]
) -> tuple[exp.Select, list[exp.Expr]]:
    """The query with the class of every entity, and the condition that it is the one wanted; none where all are one."""
    if len({c for c in of if c >= 0}) < 2:
        return query, []
    listed = [(n, c) for n, c in enumerate(of) if c >= 0]
    table = backend.small(
        "class_of", {"entity": ("INTEGER", [n for n, _ in listed]), "class": ("INTEGER", [c for _, c in listed])}
    )
    on = col("entity", entities).eq(col("entity", "k"))
    return query.join(exp.alias_(table, "k", table=True), on=on), [col("class", "k").eq(col("class", classed))]


def _place(parts: Sequence[Part], sort: int) -> int:
    """The place of a sort of unit among those of a point, the finest first."""
    return list(dict.fromkeys(p.sort for p in sorted(parts, key=lambda p: (p.unit, p.sort)))).index(sort)


def _too_exact() -> exp.Expr:
    """Whether some fact has digits below its unit."""
    value, grain = col("value", "c"), col("excess", "p")
    rest = exp.Mod(this=value, expression=exp.func("nullif", grain, ZERO))
    return exp.Max(this=case((exp.and_(grain.copy() > 0, rest.neq(0)), ONE), otherwise=ZERO)) > 0


def _twice(least: exp.Expr, most: exp.Expr) -> exp.Expr:
    one = exp.Count(this=exp.Star()).eq(1)
    return case((one, ZERO), (least.eq(most), ONE), otherwise=number(2)).as_("twice")


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
        _twice(least.copy(), most.copy()),
    )


def _several(facts: exp.Select, binding: Binding, wanted: Sequence[tuple[int, int]]) -> exp.Select:
    value, unit, place = col("value", "c"), col("unit", "p"), col("place", "p")
    value_: exp.Expr = exp.cast(value, WIDE) if binding.wide else value
    low, high = exp.Max(this=value_ * 2 - unit), exp.Min(this=value_.copy() * 2 + unit.copy())
    sorts = range(max(len({part.sort for part in binding.parts(p, c)}) for c, p in wanted))
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
        _twice(exp.Min(this=value_.copy()), exp.Max(this=value_.copy())),
    )
