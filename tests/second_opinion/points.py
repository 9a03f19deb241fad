"""Facts -> points in SQL: what the statements of a data point make of it, to each who looks at them (`seen`).

* 'within': the facts of one statement, a table or a paragraph; only there `statement` is not null.
* 'table', 'text': the facts of all tables, those of all sentences.
* 'all': every fact there is.
* 'across': what is best known. A sentence makes a figure of a table more exact, or states one that no table has; where
  it contradicts the tables, or is measured against another basis than theirs, it does not count.
"""

from __future__ import annotations

from sqlglot import exp

from checker.facts import DIMENSIONS
from tests.second_opinion.tree import NOTHING, ZERO, call, case, col, cols, count, null, over, same, text, union

KEY = ("entity", *DIMENSIONS)
POINT = (*KEY, "measure", "price_year")
SEEN = ("seen", "statement")
READ = ("", "round_")
"""Prefixes of the ends of intervals: as printed, and where round amounts are taken as rounded."""
_FIGURE = ("entity", "scope", "line", "measure", "year")
"""What a figure is about, whatever it is measured against."""
_OWN_BASES = ("korrigeret_budget", "budget")
"""What a deviation is measured against where nothing else is said."""


def stated(truncated: bool) -> exp.Select:
    """Facts as intervals, by ROUNDING.md 1; excess: kroner with digits finer than the unit they were rounded to.

    `round_…` is the interval where a round amount of a sentence (605.000 kr.) is taken as rounded to its zeros.
    """
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
        *cols("ord", *KEY, "measure", "statement", "value", "unit", "dimension", "unit_known", "text"),
        call("nullif", col("price_year"), col("year")).as_("price_year"),
        low.as_("lo"),
        high.as_("hi"),
        low_open.as_("lo_open"),
        high_open.as_("hi_open"),
        exp.and_(col("dimension").eq("kr"), unit > 2, (value % divisor).neq(0)).as_("excess"),
        col("coarse"),
        case((col("coarse") > 0, value * 2 - col("coarse")), otherwise=low).as_("round_lo"),
        case((col("coarse") > 0, value * 2 + col("coarse")), otherwise=high).as_("round_hi"),
        exp.and_(col("coarse").eq(0), low_open).as_("round_lo_open"),
        exp.and_(col("coarse").eq(0), high_open).as_("round_hi_open"),
    ).from_("fact")


def placed() -> exp.Query:
    """Every fact three times: within its own statement, among those of its sort, and among all."""
    sort = case((col("text"), text("text")), otherwise=text("table"))
    within = exp.select(exp.Star(), text("within").as_("seen")).from_("stated")
    return union(within, *(_nowhere(seen, "stated") for seen in (sort, text("all"))))


def _nowhere(seen: exp.Expr, table: str) -> exp.Select:
    """All rows of a table as `seen`, of no statement."""
    return exp.select(exp.Star(replace=[exp.cast(exp.null(), "text").as_("statement")]), seen.as_("seen")).from_(table)


def narrowed() -> exp.Select:
    """Beside each fact the intersection over its point, and whether its point gives its unit two values."""
    alike = (*SEEN, *POINT)
    least, most = (over(end, "value", (*alike, "unit")) for end in ("min", "max"))
    return exp.select(
        "*",
        *(over("max", f"{read}lo", alike).as_(f"best_{read}lo") for read in READ),
        *(over("min", f"{read}hi", alike).as_(f"best_{read}hi") for read in READ),
        least.neq(most).as_("unequal"),
    ).from_("placed")


def made() -> exp.Select:
    """Points by ROUNDING.md 2: the value of the finest fact, the intersection, or why there is none (`bad`).

    `spread` is of the facts against each other: the highest value less the lowest. `at_odds`: they disagree.
    """
    ends = {read: _met(read) for read in READ}
    low, high, low_open, high_open = ends[""]
    apart = exp.or_(low > high, exp.and_(low.eq(high), exp.or_(low_open, high_open)))
    at_odds = exp.or_(apart, call("bool_or", col("unequal")))
    bad = case(
        (call("bool_or", col("excess")), text("reason.excess_digits")),
        (call("bool_or", col("unit_known")).neq(call("bool_and", col("unit_known"))), text("reason.unit_unknown")),
        (at_odds, text("reason.conflict")),
        otherwise=NOTHING,
    )
    return (
        exp.select(
            *cols(*SEEN, *POINT),
            call("arg_min", col("value"), col("unit")).as_("value"),
            call("min", col("unit")).as_("unit"),
            *(
                end.as_(f"{read}{name}")
                for read, found in ends.items()
                for name, end in zip(("lo", "hi", "lo_open", "hi_open"), found, strict=True)
            ),
            call("max", col("coarse")).as_("coarse"),
            bad.as_("bad"),
            at_odds.as_("at_odds"),
            call("bool_and", col("unit_known")).as_("all_known"),
            call("bool_or", col("unit_known")).as_("any_known"),
            call("min", col("dimension")).as_("first_dimension"),
            call("max", col("dimension")).as_("last_dimension"),
            count().as_("facts"),
            count(exp.not_(col("text"))).as_("tables"),
            (call("max", col("value")) - call("min", col("value"))).as_("spread"),
        )
        .from_("narrowed")
        .group_by(*cols(*SEEN, *POINT))
    )


def _met(read: str) -> tuple[exp.Expr, exp.Expr, exp.Expr, exp.Expr]:
    """What lies in the intervals of all facts of a point: its ends, and whether they are open."""
    low, high = f"{read}lo", f"{read}hi"
    return (
        call("min", col(f"best_{low}")),
        call("min", col(f"best_{high}")),
        call("bool_or", exp.and_(col(f"{low}_open"), col(low).eq(col(f"best_{low}")))),
        call("bool_or", exp.and_(col(f"{high}_open"), col(high).eq(col(f"best_{high}")))),
    )


def weighed() -> exp.Select:
    """Of every data point, who knows it best: 'all', the tables alone, or nobody where only a stray sentence does."""
    in_tables = exp.Window(this=call("sum", col("tables")), partition_by=cols(*_FIGURE)) > 0
    unmeasured = exp.or_(null(col("basis")), col("basis").eq(NOTHING))
    fits = exp.or_(unmeasured, exp.and_(exp.not_(in_tables), col("basis").isin(*_OWN_BASES)))
    best = case(
        (
            exp.and_(col("tables") > 0, exp.or_(col("at_odds"), col("any_known").neq(col("all_known")))),
            text("table"),
        ),
        (exp.or_(col("tables") > 0, fits), text("all")),
        otherwise=exp.null(),
    )
    return exp.select(*cols(*POINT), best.as_("best")).from_("made").where(col("seen").eq("all"))


def points() -> exp.Query:
    """Every point as each sees it; 'across' is the one of those who know it best."""
    alike = [same(col(name, "p"), col(name, "w")) for name in POINT]
    best = (
        exp.select(exp.Column(this=exp.Star(replace=[text("across").as_("seen")]), table=exp.to_identifier("p")))
        .from_(exp.to_table("made").as_("p"))
        .join(exp.to_table("weighed").as_("w"), on=exp.and_(col("seen", "p").eq(col("best", "w")), *alike))
    )
    return union(exp.select(exp.Star()).from_("made"), best)
