"""Facts -> points in SQL: what the statements of a data point make of it, within one statement and across all."""

from __future__ import annotations

from sqlglot import exp

from checker.facts import DIMENSIONS
from tests.second_opinion.tree import NOTHING, ZERO, call, case, col, cols, count, over, text, union

KEY = ("entity", *DIMENSIONS)
POINT = (*KEY, "measure", "price_year")


def stated(truncated: bool) -> exp.Select:
    """Facts as intervals, by ROUNDING.md 1; excess: kroner with digits finer than the unit they were rounded to."""
    value, unit = col("value"), col("unit")
    divisor = call("nullif", unit, ZERO)  # AND may evaluate both sides, and DuckDB 2 stops at a division by zero
    low: exp.Expr = value * 2 - unit
    high: exp.Expr = value * 2 + unit
    low_open: exp.Expr = exp.false()
    high_open: exp.Expr = exp.false()
    if truncated:  # away from zero; what was cut off a printed 0 may lie on either side
        low = case((exp.or_(unit.eq(0), value > 0), value * 2), otherwise=(value - unit) * 2)
        high = case((exp.or_(unit.eq(0), value < 0), value * 2), otherwise=(value + unit) * 2)
        low_open, high_open = exp.and_(unit.neq(0), value <= 0), exp.and_(unit.neq(0), value >= 0)
    return exp.select(
        *cols("ord", *KEY, "measure", "statement", "value", "unit", "dimension", "unit_known"),
        call("nullif", col("price_year"), col("year")).as_("price_year"),
        low.as_("lo"),
        high.as_("hi"),
        low_open.as_("lo_open"),
        high_open.as_("hi_open"),
        exp.and_(col("dimension").eq("kr"), unit > 2, (value % divisor).neq(0)).as_("excess"),
    ).from_("fact")


def placed() -> exp.Query:
    """Every fact twice: within its own statement, and across all (`seen` is null)."""
    within = exp.select("*", col("statement").as_("seen")).from_("stated")
    return union(within, exp.select("*", exp.null().as_("seen")).from_("stated"))


def narrowed() -> exp.Select:
    """Beside each fact the intersection over its point, and whether its point gives its unit two values."""
    alike = ("seen", *POINT)
    least, most = (over(end, "value", (*alike, "unit")) for end in ("min", "max"))
    return exp.select(
        "*",
        over("max", "lo", alike).as_("best_lo"),
        over("min", "hi", alike).as_("best_hi"),
        least.neq(most).as_("unequal"),
    ).from_("placed")


def points() -> exp.Select:
    """Points by ROUNDING.md 2: the value of the finest fact, the intersection, or why there is none (`bad`).

    `spread` is of the facts against each other: the highest value less the lowest.
    """
    low, high = call("min", col("best_lo")), call("min", col("best_hi"))
    low_open = call("bool_or", exp.and_(col("lo_open"), col("lo").eq(col("best_lo"))))
    high_open = call("bool_or", exp.and_(col("hi_open"), col("hi").eq(col("best_hi"))))
    apart = exp.or_(low > high, exp.and_(low.eq(high), exp.or_(low_open, high_open)))
    bad = case(
        (call("bool_or", col("excess")), text("reason.excess_digits")),
        (call("bool_or", col("unit_known")).neq(call("bool_and", col("unit_known"))), text("reason.unit_unknown")),
        (exp.or_(apart, call("bool_or", col("unequal"))), text("reason.conflict")),
        otherwise=NOTHING,
    )
    return (
        exp.select(
            *cols("seen", *POINT),
            call("arg_min", col("value"), col("unit")).as_("value"),
            call("min", col("unit")).as_("unit"),
            low.as_("lo"),
            high.as_("hi"),
            low_open.as_("lo_open"),
            high_open.as_("hi_open"),
            bad.as_("bad"),
            call("bool_and", col("unit_known")).as_("all_known"),
            call("bool_or", col("unit_known")).as_("any_known"),
            call("min", col("dimension")).as_("first_dimension"),
            call("max", col("dimension")).as_("last_dimension"),
            count().as_("facts"),
            (call("max", col("value")) - call("min", col("value"))).as_("spread"),
        )
        .from_("narrowed")
        .group_by(*cols("seen", *POINT))
    )
