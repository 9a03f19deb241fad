"""One rule as one SELECT: a row for each failed check, none where the rule holds. See ROUNDING.md."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from checker.exports.arithmetic import clipped, difference, failed, point, tolerance
from checker.exports.constants import Constants
from checker.exports.facts import Table, facts
from checker.exports.folded import where
from checker.exports.plan import UNDATED, Plan
from checker.exports.words import Constant, Words
from checker.model.rules import Rule
from checker.scale.check import Scaled
from checker.scale.tree import both, col, number

ABOUT = ("statement", "scope", "line", "measure")


def sums(scaled: Scaled, table: Table, words: Words, rule: Rule, made: Plan) -> exp.Select:
    """Checks that sums and intervals decide."""
    listed = [(n, m) for n, f in enumerate(made.families) for m in f.members]
    members = Constants(
        words,
        "rt_member",
        ("f", "base"),
        {
            "f": [n for n, _ in listed],
            **{name: [getattr(m, name) for _, m in listed] for name in ("base", "later", "weight", "clip")},
            **{name: [getattr(m, name) for _, m in listed] for name in ("stated", "required", "anchored")},
        },
    )
    ctes, point_ = _points(scaled, table, words, made)
    applied, span = _applied(words, made)
    classes = class_of(scaled, words)
    ctes += [members.cte, applied.cte, span.cte, *([classes.cte] if classes else [])]
    year: exp.Expr = col("y", "p")
    if members.same.get("later") != 0:
        year = exp.paren(year - members("later", "m"))
    on = [col("f", "w").eq(col("f", "m"))]
    query = exp.Select().from_(exp.alias_(exp.to_table(point_), "p", table=True))
    query = query.join(members.as_("m"), on=col("base", "p").eq(col("base", "m")))
    if classes:
        query = query.join(classes.as_("k"), on=col("entity", "p").eq(col("entity", "k")))
        on.append(applied("class", "w").eq(col("class", "k")))
    query = query.join(applied.as_("w"), on=both(on))
    query = query.join(span.as_("s"), on=exp.and_(span("span", "s").eq(applied("span", "w")), col("y", "s").eq(year)))
    summed = query.select(
        col("entity", "p"),
        col("f", "m"),
        col("y", "s"),
        exp.Count(this=exp.Star()).as_("figures", quoted=True),
        exp.Max(this=col("wrong", "p")).as_("wrong", quoted=True),
        *(exp.Sum(this=members(name, "m")).as_(name, quoted=True) for name in ("stated", "required", "anchored")),
        *(each.as_(name, quoted=True) for name, each in clipped(members, words).items()),
    ).group_by(col("entity", "p"), col("f", "m"), col("y", "s"))
    checks = _checks(words, made)
    ctes += [checks.cte, words.step("rt_sum", summed)]
    last = _told(words, rule, checks, "z").from_(exp.alias_(exp.to_table("rt_sum"), "z", table=True))
    last = last.join(checks.as_("i"), on=col("f", "z").eq(col("f", "i")))
    last = last.select(
        difference(checks, words).as_("difference", quoted=True), tolerance(checks, words).as_("tolerance", quoted=True)
    )
    return with_tables(where(last, failed(checks)), ctes)


def compared(scaled: Scaled, table: Table, words: Words, rule: Rule, made: Plan, doubled: bool) -> exp.Select:
    """Points whose facts contradict each other; or, if `doubled`, those that two facts state."""
    ctes, point_ = _points(scaled, table, words, made)
    checks = _checks(words, made, [f.members[0].base for f in made.families])
    applied, span = _applied(words, made)
    ctes += [checks.cte, applied.cte, span.cte]
    query = _told(words, rule, checks, "p").from_(exp.alias_(exp.to_table(point_), "p", table=True))
    query = query.join(checks.as_("i"), on=col("base", "p").eq(checks("base", "i")))
    query = query.join(applied.as_("w"), on=col("f", "i").eq(col("f", "w")))
    on = exp.and_(span("span", "s").eq(applied("span", "w")), col("y", "s").eq(col("y", "p")))
    query = query.join(span.as_("s"), on=on).where(col("facts", "p") > 1)
    query = query.select(words.shown(col("spread", "p"), checks("steps", "i"), 1).as_("difference", quoted=True))
    several = any(piece.place for pieces in made.bases for piece in pieces)
    none = exp.cast(exp.null(), "decimal(38,3)" if words.exact else "text")
    query = query.select((none if several else words.zero()).as_("tolerance", quoted=True))
    return with_tables(query if doubled else query.where(col("wrong", "p").eq(1)), ctes)


def with_tables(query: exp.Select, ctes: Sequence[exp.CTE]) -> exp.Select:
    """The query with its steps before it."""
    query.set("with_", exp.With(expressions=list(ctes)))
    return query


def class_of(scaled: Scaled, words: Words) -> Constants | None:
    """The class of each entity; None where all are alike."""
    listed = [(name, c) for name, c in zip(scaled.coded.entities, scaled.of, strict=True) if c >= 0]
    if len({c for _, c in listed}) < 2:
        return None
    return Constants(
        words, "rt_class", ("entity", "class"), {"entity": [e for e, _ in listed], "class": [c for _, c in listed]}
    )


def _points(scaled: Scaled, table: Table, words: Words, made: Plan) -> tuple[list[exp.CTE], str]:
    """The steps from the table to points, and the name of the last."""
    listed = [(n, piece) for n, pieces in enumerate(made.bases) for piece in pieces]
    parts = Constants(
        words,
        "rt_part",
        ("base", "l", "c"),
        {
            "base": [n for n, _ in listed],
            "l": [p.row for _, p in listed],
            "c": [p.column for _, p in listed],
            **{name: [getattr(p, name) for _, p in listed] for name in ("unit", "excess", "kind", "place")},
        },
    )
    rows = facts(scaled, table, words, made.grid)
    places = max(p.place for _, p in listed) + 1
    ctes = [*made.grid.tables(words), parts.cte, words.step("rt_fact", rows)]
    return [*ctes, words.step("rt_point", point(parts, places))], "rt_point"


def _applied(words: Words, made: Plan) -> tuple[Constants, Constants]:
    families, classes, spans = zip(*made.applied, strict=True)
    applied = Constants(words, "rt_when", ("f",), {"f": families, "class": classes, "span": spans})
    years = [(n, y) for n, span in enumerate(made.spans) for y in span]
    return applied, Constants(words, "rt_span", ("y",), {"span": [n for n, _ in years], "y": [y for _, y in years]})


def _checks(words: Words, made: Plan, bases: Sequence[int] = ()) -> Constants:
    own = made.families
    names = ["op", "constant", "missing", "blocked", "terms", "strict", "known"] if not bases else []
    columns: dict[str, Sequence[Constant]] = {"f": list(range(len(own)))}
    columns |= {name: [getattr(f, name) for f in own] for name in (*names, *ABOUT, "year", "steps")}
    if bases:
        columns["base"] = list(bases)
    else:
        columns["members"] = [len(f.members) for f in own]
        columns |= {f"all_{n}": [getattr(f, n) for f in own] for n in ("stated", "required")}
    return Constants(words, "rt_check", ("f",), columns)


def _told(words: Words, rule: Rule, checks: Constants, of: str) -> exp.Select:
    later = checks("year", "i")
    said: exp.Expr = col("y", of) if checks.same.get("year") == 0 else col("y", of) + later
    if checks.same.get("year") == UNDATED:
        said = exp.cast(exp.null(), "int")
    elif "year" not in checks.same:
        said = exp.case().when(later.copy().neq(number(UNDATED)), said)
    return exp.select(
        col("entity", of).as_("entity", quoted=True),
        words.constant(rule.id).as_("rule", quoted=True),
        *(checks(name, "i").as_(name, quoted=True) for name in ABOUT),
        said.as_("year", quoted=True),
    )
