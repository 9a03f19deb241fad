"""The arithmetic of `checker.scale.plain` and `checker.scale.verdict`, said in full by SQL."""

from __future__ import annotations

from sqlglot import exp

from checker.exports.constants import Constants
from checker.exports.folded import Condition, choose, either, every, no
from checker.exports.words import Words
from checker.model.outcomes import FAILED
from checker.scale.tree import case, col, number

ZERO, ONE = number(0), number(1)


def point(parts: Constants, places: int) -> exp.Select:
    """Facts (rt_fact) to points by ROUNDING.md 2: value, low, high (twice the ends), wrong, facts, spread."""
    value, unit, excess = col("value", "v"), parts("unit", "p"), parts("excess", "p")
    low = exp.Max(this=value.copy() * 2 - unit)
    high = exp.Min(this=value.copy() * 2 + unit.copy())
    own = [_of_place(value, parts, n) for n in range(places)] if places > 1 else [value]
    unequal = [exp.Min(this=each.copy()).neq(exp.Max(this=each.copy())) for each in own]
    useless: list[exp.Expr] = []
    if parts.same.get("excess") != 0:
        rest = exp.Mod(this=value.copy(), expression=exp.func("nullif", excess, ZERO.copy()))
        useless.append(exp.Max(this=case((rest.neq(0), ONE.copy()), otherwise=ZERO.copy())) > 0)
    if "kind" not in parts.same:
        useless.append(exp.Min(this=parts("kind", "p")).neq(exp.Max(this=parts("kind", "p"))))
    wrong = case(
        *([(exp.or_(*useless), number(2))] if useless else []),
        (exp.or_(*unequal, low.copy() > high.copy()), ONE.copy()),
        otherwise=ZERO.copy(),
    )
    greatest = [exp.Max(this=each.copy()) for each in own]
    keys = [col("entity", "v"), col("base", "p"), col("y", "v")]
    made = {
        "value": exp.func("coalesce", *greatest) if places > 1 else greatest[0],
        "low": low,
        "high": high,
        "wrong": wrong,
        "facts": exp.Count(this=exp.Star()),
        "spread": exp.Max(this=value.copy()) - exp.Min(this=value.copy()),
    }
    on = exp.and_(col("l", "v").eq(col("l", "p")), col("c", "v").eq(col("c", "p")))
    return (
        exp.select(*keys, *(each.as_(name, quoted=True) for name, each in made.items()))
        .from_(exp.alias_(exp.to_table("rt_fact"), "v", table=True))
        .join(parts.as_("p"), on=on)
        .where(value.copy().is_(exp.null()).not_())
        .group_by(*(k.copy() for k in keys))
    )


def _of_place(value: exp.Expr, parts: Constants, place: int) -> exp.Expr:
    return exp.case().when(parts("place", "p").eq(place), value.copy())


def clipped(members: Constants, words: Words) -> dict[str, exp.Expr]:
    """The weighted sums of values and of twice the ends of intervals, each after its clip. ROUNDING.md 3 and 4."""
    weight = members("weight", "m")
    value, low, high = _clip(members)
    up: Condition = weight >= 0
    if "weight" in members.same:
        up = int(members.same["weight"]) >= 0
    sums = {
        "printed": weight * value,
        "low": weight.copy() * choose((up, low), otherwise=high),
        "high": weight.copy() * choose((up, high), otherwise=low),
    }
    return {name: exp.Sum(this=words.wide(each)) for name, each in sums.items()}


def _clip(members: Constants) -> tuple[exp.Expr, exp.Expr, exp.Expr]:
    """Value and ends of a point: 'pos' cuts what is below zero, 'neg' what is above, 'abs' takes the size."""
    value, low, high = (col(n, "p") for n in ("value", "low", "high"))
    pos, neg, size = (members.is_("clip", "m", word) for word in ("pos", "neg", "abs"))
    neg_low, neg_high = exp.Neg(this=low.copy()), exp.Neg(this=high.copy())
    shown = choose(
        (either(every(pos, value < 0), every(neg, value > 0)), ZERO),
        (every(size, value < 0), exp.Neg(this=value.copy())),
        otherwise=value,
    )
    bottom = choose(
        (either(every(pos, low < 0), every(neg, low > 0)), ZERO),
        (every(size, high <= 0), neg_high),
        (every(size, low < 0), ZERO),
        otherwise=low,
    )
    top = choose(
        (either(every(pos, high < 0), every(neg, high > 0)), ZERO),
        (every(size, neg_low > high), neg_low),
        otherwise=high,
    )
    return shown, bottom, top


def failed(checks: Constants) -> Condition:
    """What `verdict.judged` says is failed: of a check with all its figures, or by what is missing. ROUNDING.md 7."""
    figures = col("figures", "z")
    whole = figures.eq(checks("members", "i"))
    sound = col("wrong", "z").eq(0)
    decided = _decided(checks)
    complete = either(checks.is_("known", "i", FAILED), every(checks.is_("known", "i", ""), sound, decided))
    enough = col("required", "z") >= checks("all_required", "i")
    partial = every(
        col("anchored", "z") > 0,
        checks.is_("blocked", "i", 0),
        col("stated", "z") >= checks("all_stated", "i"),
        either(_single(checks), exp.paren(figures - col("stated", "z")) > 0),
        sound,
        either(
            every(_lacking(checks), checks.is_("missing", "i", "fail")),
            every(either(no(_lacking(checks)), every(checks.is_("missing", "i", "zero"), enough)), decided),
        ),
    )
    return either(every(whole, complete), every(no(whole), partial))


def _single(checks: Constants) -> Condition:
    """Whether a relation has one term, so that there are no parts."""
    if "terms" in checks.same:
        return int(checks.same["terms"]) <= 1
    return checks("terms", "i") <= 1


def _lacking(checks: Constants) -> Condition:
    return col("figures", "z") < checks("terms", "i")


def _decided(checks: Constants) -> Condition:
    """`verdict.decided` says failed."""
    printed, low, high = _off(checks, "printed"), _off(checks, "low", 2), _off(checks, "high", 2)
    equal = checks.is_("op", "i", "=")
    not_printed = printed.neq(0) if equal is True else either(every(equal, printed.neq(0)), printed > 0)
    return every(not_printed, either(checks.is_("strict", "i", 1), low > 0, every(equal, high < 0)))


def _off(checks: Constants, name: str, times: int = 1) -> exp.Expr:
    """A sum less the constant of the relation."""
    if checks.same.get("constant") == 0:
        return col(name, "z")
    constant = checks("constant", "i")
    return exp.paren(col(name, "z") - (constant * times if times > 1 else constant))


def difference(checks: Constants, words: Words) -> exp.Expr:
    """How far the figures are off as printed, null where it is a missing figure that fails."""
    return _where_decided(checks, words.shown(_off(checks, "printed"), checks("steps", "i"), 1))


def tolerance(checks: Constants, words: Words) -> exp.Expr:
    """What rounding explains of it on that side."""
    printed, low, high = _off(checks, "printed"), _off(checks, "low", 2), _off(checks, "high", 2)
    upper = either(printed > 0, checks.is_("op", "i", "<="))
    width = choose(
        (checks.is_("strict", "i", 1), ZERO),
        (upper, printed * 2 - low),
        otherwise=high - printed.copy() * 2,
    )
    return _where_decided(checks, words.shown(exp.paren(width), checks("steps", "i"), 2))


def _where_decided(checks: Constants, value: exp.Expr) -> exp.Expr:
    unseen = either(
        checks.is_("known", "i", FAILED),
        every(_lacking(checks), checks.is_("missing", "i", "fail")),
    )
    return choose((no(unseen), value))
