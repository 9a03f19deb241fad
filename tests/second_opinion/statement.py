"""The one SQL statement that confronts the tables `fact`, `relation` and `term`, built as a typed tree.

Written from DESIGN.md 'The engine' and ROUNDING.md: every end of an interval is doubled, so that half units stay
whole; whether it is open is a flag beside it.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sqlglot import exp

from checker.facts import DIMENSIONS
from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING
from tests.second_opinion.points import KEY, POINT, READ, made, narrowed, placed, points, stated, weighed
from tests.second_opinion.tree import NOTHING, ZERO, call, case, col, cols, count, null, same, text, union

RESULT = ("relation", *POINT, "status", "reason", "difference", "tolerance2", "coarse")
"""The columns of the answer; `relation` is its place in the table, the key is all null where it met no fact."""


@cache
def statement(truncated: bool) -> str:
    """The statement for figures that are rounded, or cut off where `truncated`; one row per result."""
    steps: dict[str, exp.Query] = {
        "stated": stated(truncated),
        "placed": placed(),
        "narrowed": narrowed(),
        "made": made(),
        "weighed": weighed(),
        "point": points(),
        "size": _sizes(),
        "member": _members(),
        "weighted": _weighted(),
        "summed": _summed(),
        "judged": _judged(),
    }
    query = union(_verdicts(), _unmet(), _agreements())
    for name, step in steps.items():
        query = query.with_(name, as_=step, copy=False)
    return query.sql("duckdb")


def _sizes() -> exp.Select:
    """How many terms a relation has, how many of them are stated figures, and how many must be there."""
    counted = exp.select(
        col("relation"),
        count().as_("terms"),
        *(count(col(name)).as_(name) for name in ("stated", "required")),
        count(exp.not_(null(col("statement")))).as_("named"),
    )
    return counted.from_("term").group_by(col("relation"))


def _members() -> exp.Select:
    """The join of points with terms: a null of a term takes all, a term with a line takes its scope too."""
    seen, where = _sees()
    line = exp.and_(col("line", "t").eq(col("line", "p")), same(col("scope", "t"), col("scope", "p")))
    taken = [exp.or_(null(col("line", "t")), line)] + [
        exp.or_(null(col(name, "t")), col(name, "t").eq(col(name, "p"))) for name in ("measure", "basis", "year")
    ]
    free: dict[str, exp.Expr] = {name: col(name, "p") for name in DIMENSIONS}
    free["year"] = col("year", "p") - col("year_offset", "t")
    return (
        exp.select(
            col("ord", "r").as_("relation"),
            col("ord", "t").as_("term"),
            *cols("weight", "clip", "stated", "required", "year_offset", table="t"),
            exp.not_(null(col("statement", "t"))).as_("named"),
            col("entity", "p"),
            *(case((col(f"free_{name}", "r"), free[name]), otherwise=exp.null()).as_(name) for name in DIMENSIONS),
            *cols("value", "unit", *(f"{read}{end}" for read in READ for end in _ENDS), "coarse", "bad", table="p"),
            *cols("all_known", "any_known", "first_dimension", "last_dimension", table="p"),
        )
        .from_(exp.to_table("relation").as_("r"))
        .join(exp.to_table("term").as_("t"), on=col("relation", "t").eq(col("id", "r")))
        .join(
            exp.to_table("point").as_("p"),
            on=exp.and_(col("seen", "p").eq(seen), same(col("statement", "p"), where), *taken),
        )
        .where(col("op", "r").neq("agree"))
    )


def _sees() -> tuple[exp.Expr, exp.Expr]:
    """Whose points the term `t` of the relation `r` takes, and of which statement: an equal `seen` and `statement`.

    Beside each other each term says it itself: its statement, else its source, else what is best known.
    """
    mode, own, source = col("mode", "r"), col("statement", "t"), col("source", "t")
    beside = mode.eq("beside")
    seen = case(
        (mode.eq("years"), text("table")),
        (mode.eq("across"), text("across")),
        (exp.and_(beside, null(own)), case((source.neq(NOTHING), source), otherwise=text("across"))),
        otherwise=text("within"),
    )
    where = case(
        (beside, own),
        (mode.isin("across", "years"), exp.null()),
        otherwise=call("coalesce", col("statement", "r"), NOTHING),
    )
    return seen, where


_ENDS = ("lo", "hi", "lo_open", "hi_open")
_SUMMED = ("low", "high", "low_open", "high_open")


class Cut(NamedTuple):
    """The ends of a figure's interval after its clip."""

    low: exp.Expr
    high: exp.Expr
    low_open: exp.Expr
    high_open: exp.Expr


def _cut_value() -> exp.Expr:
    """max(figure, 0), min(figure, 0), |figure| or the figure itself."""
    clip, value = col("clip"), col("value")
    return case(
        (exp.or_(exp.and_(clip.eq("pos"), value < 0), exp.and_(clip.eq("neg"), value > 0)), ZERO),
        (clip.eq("abs"), call("abs", value)),
        otherwise=value,
    )


def _cut(read: str) -> Cut:
    """What the clip makes of the interval; an end that moves to 0 is closed."""
    clip = col("clip")
    low, high, low_open, high_open = cols(*(f"{read}{end}" for end in _ENDS))
    pos, neg, absolute = clip.eq("pos"), clip.eq("neg"), clip.eq("abs")
    below, above = exp.and_(absolute, high <= 0), exp.and_(absolute, low >= 0)
    far = case((high > -low, high_open), (high < -low, low_open), otherwise=exp.and_(low_open, high_open))
    moved_low = exp.or_(exp.and_(pos, low < 0), exp.and_(neg, low > 0))
    moved_high = exp.or_(exp.and_(pos, high < 0), exp.and_(neg, high > 0))
    return Cut(
        case((below, -high), (above, low), (exp.or_(absolute, moved_low), ZERO), otherwise=low),
        case((below, -low), (absolute, call("greatest", -low, high)), (moved_high, ZERO), otherwise=high),
        case(
            (below, high_open),
            (above, low_open),
            (absolute, exp.false()),
            otherwise=exp.and_(low_open, exp.not_(moved_low)),
        ),
        case(
            (below, low_open), (above, high_open), (absolute, far), otherwise=exp.and_(high_open, exp.not_(moved_high))
        ),
    )


def _weighted() -> exp.Select:
    """Members clipped and times their weight: a negative weight swaps the ends and their flags. ROUNDING.md 3.

    An end that a clip moves to 0 is closed; an open end is never at 0 before (ROUNDING.md 1).
    """
    weight = col("weight")
    ends = [end.as_(f"{read}{name}") for read in READ for name, end in zip(_SUMMED, _times(read), strict=True)]
    printed = (weight * _cut_value()).as_("printed")
    return exp.select("*", printed, *ends).from_("member")


def _times(read: str) -> Cut:
    weight, up, cut = col("weight"), col("weight") >= 0, _cut(read)
    return Cut(
        weight * case((up, cut.low), otherwise=cut.high),
        weight * case((up, cut.high), otherwise=cut.low),
        exp.and_(weight.neq(0), case((up, cut.low_open), otherwise=cut.high_open)),
        exp.and_(weight.neq(0), case((up, cut.high_open), otherwise=cut.low_open)),
    )


def _summed() -> exp.Select:
    """One row per relation and key."""
    bad = exp.Filter(this=call("arg_min", col("bad"), col("term")), expression=exp.Where(this=col("bad").neq(NOTHING)))
    return (
        exp.select(
            *cols("relation", *KEY),
            count().as_("figures"),
            call("bool_or", col("year_offset").eq(0)).as_("anchored"),
            count(different="term").as_("bound"),
            *(
                exp.Filter(this=count(different="term"), expression=exp.Where(this=col(name))).as_(f"{name}_bound")
                for name in ("stated", "required", "named")
            ),
            bad.as_("bad"),
            exp.and_(call("bool_or", col("any_known")), exp.not_(call("bool_and", col("all_known")))).as_("mixed"),
            call("min", col("unit")).eq(call("max", col("unit"))).as_("one_unit"),
            call("min", col("first_dimension")).neq(call("max", col("last_dimension"))).as_("unlike"),
            (call("max", col("coarse")) > 0).as_("round_amount"),
            *(call("sum", column).as_(column.name) for column in cols("printed", *_doubled())),
            *(call("bool_or", col(f"{read}{end}")).as_(f"{read}{end}") for read in READ for end in _SUMMED[2:]),
        )
        .from_("weighted")
        .group_by(*cols("relation", *KEY))
    )


def _doubled() -> list[str]:
    """The columns of sums in half steps."""
    return [f"{read}{end}" for read in READ for end in _SUMMED[:2]]


def _judged() -> exp.Select:
    """The reason why a sum cannot be judged, in order of precedence; nothing is said of one figure of several."""
    stated_missing = col("stated_bound", "s") < col("stated", "z")
    no_part = exp.and_(col("terms", "z") > 1, col("bound", "s").eq(col("stated_bound", "s")))
    needed = exp.or_(col("missing", "r").neq("zero"), col("required_bound", "s") < col("required", "z"))
    part_missing = exp.and_(col("bound", "s") < col("terms", "z"), needed)
    reason = case(
        (col("blocked", "r").neq(NOTHING), col("blocked", "r")),
        (stated_missing, text("reason.total_missing")),
        (no_part, text("reason.parts_missing")),
        (col("figures", "s") > col("bound", "s"), text("reason.ambiguous")),
        (exp.not_(null(col("bad", "s"))), col("bad", "s")),
        (col("mixed", "s"), text("reason.unit_unknown")),
        (col("unlike", "s"), text("reason.dimensions")),
        (part_missing, text("reason.part_missing")),
        otherwise=NOTHING,
    )
    elsewhere = exp.and_(col("named", "z") > 0, col("named_bound", "s").eq(0))
    alone = exp.and_(col("blocked", "r").eq(NOTHING), stated_missing, col("figures", "s") < 2)
    return (
        exp.select(
            exp.Star(except_=[exp.to_identifier(name) for name in ("printed", *_doubled())]),
            (col("printed", "s") - col("constant", "r")).as_("printed"),
            *((col(name, "s") - col("constant", "r") * 2).as_(name) for name in _doubled()),
            reason.as_("reason"),
        )
        .from_(exp.to_table("summed").as_("s"))
        .join(exp.to_table("relation").as_("r"), on=col("ord", "r").eq(col("relation", "s")))
        .join(exp.to_table("size").as_("z"), on=col("relation", "z").eq(col("id", "r")))
        .where(exp.not_(alone), exp.not_(elsewhere), col("anchored", "s"))
    )


def _verdicts() -> exp.Select:
    """ROUNDING.md 3, 4 and 7: exact, explained by rounding, beyond it, or not judged."""
    low, high, printed, equal = col("low"), col("high"), col("printed"), col("op").eq("=")
    beyond = {read: _beyond(read) for read in READ}
    judged = col("reason").eq(NOTHING)
    must_be_there = exp.and_(
        col("missing").eq("fail"), col("blocked").eq(NOTHING), col("reason").eq("reason.part_missing")
    )
    strict = exp.and_(col("exact"), col("one_unit"))
    status = case(
        (must_be_there, text(FAILED)),
        (exp.not_(judged), text(NOT_EVALUATED)),
        (case((equal, printed.eq(0)), otherwise=printed <= 0), text(PASSED)),
        (exp.or_(strict, beyond[""]), text(FAILED)),
        otherwise=text(PASSED_ROUNDING),
    )
    upwards = exp.or_(printed > 0, exp.not_(equal))
    tolerance2 = case((strict, ZERO), (upwards, printed * 2 - low), otherwise=high - printed * 2)
    return exp.select(
        *cols("relation", *KEY),
        exp.null().as_("measure"),
        exp.null().as_("price_year"),
        status.as_("status"),
        col("reason"),
        case((judged, printed), otherwise=ZERO).as_("difference"),
        case((judged, tolerance2), otherwise=ZERO).as_("tolerance2"),
        exp.and_(judged, status.eq(FAILED), col("round_amount"), exp.not_(beyond["round_"])).as_("coarse"),
    ).from_("judged")


def _beyond(read: str) -> exp.Expr:
    """Whether no value of the sum's interval does what the relation says. ROUNDING.md 3 and 4."""
    low, high, low_open, high_open = cols(*(f"{read}{end}" for end in _SUMMED))
    above = exp.or_(low > 0, exp.and_(low.eq(0), low_open))
    below = exp.or_(high < 0, exp.and_(high.eq(0), high_open))
    return exp.or_(above, exp.and_(col("op").eq("="), below))


def _unmet() -> exp.Select:
    """Relations that no figure met: an inner join never shows them."""
    return (
        exp.select(
            col("ord", "r").as_("relation"),
            *(exp.null().as_(name) for name in POINT),
            text(NOT_EVALUATED).as_("status"),
            text("reason.no_facts").as_("reason"),
            ZERO.as_("difference"),
            ZERO.as_("tolerance2"),
            exp.false().as_("coarse"),
        )
        .from_(exp.to_table("relation").as_("r"))
        .join(exp.to_table("summed").as_("s"), on=col("relation", "s").eq(col("ord", "r")), join_type="anti")
        .where(col("op", "r").neq("agree"))
    )


def _agreements() -> exp.Select:
    """Points that two facts or more of a term's source state, and whether these agree. ROUNDING.md 2."""
    bad, spread = col("bad", "p"), col("spread", "p")
    reason = case(
        (bad.eq("reason.excess_digits"), bad),
        (exp.and_(col("any_known", "p"), exp.not_(col("all_known", "p"))), text("reason.unit_unknown")),
        (col("first_dimension", "p").neq(col("last_dimension", "p")), text("reason.dimensions")),
        otherwise=NOTHING,
    )
    judged = reason.eq(NOTHING)
    status = case(
        (exp.not_(judged), text(NOT_EVALUATED)),
        (bad.neq(NOTHING), text(FAILED)),
        (spread.eq(0), text(PASSED)),
        otherwise=text(PASSED_ROUNDING),
    )
    measures = exp.select(*cols("relation", "measure", "source")).distinct().from_("term").subquery("t")
    source = case((col("source", "t").eq(NOTHING), text("all")), otherwise=col("source", "t"))
    stating = exp.and_(col("measure", "p").eq(col("measure", "t")), col("seen", "p").eq(source))
    return (
        exp.select(
            col("ord", "r").as_("relation"),
            *cols(*POINT, table="p"),
            status.as_("status"),
            reason.as_("reason"),
            ZERO.as_("difference"),
            ZERO.as_("tolerance2"),
            exp.false().as_("coarse"),
        )
        .from_(exp.to_table("relation").as_("r"))
        .join(measures, on=col("relation", "t").eq(col("id", "r")))
        .join(exp.to_table("point").as_("p"), on=stating)
        .where(col("op", "r").eq("agree"), col("facts", "p") > 1)
    )
