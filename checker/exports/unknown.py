"""Rows that an export does not know: a new line, year or area, or a value that no query counts."""

from __future__ import annotations

from sqlglot import exp

from checker.exports.constants import Constants
from checker.exports.facts import Table, amount, entity, fine, nobodys, value
from checker.exports.grid import Grid
from checker.exports.query import class_of, with_tables
from checker.exports.words import Words
from checker.scale.check import Scaled
from checker.scale.shapes import KEY
from checker.scale.tree import both, col, text

SHOWN = (*KEY[:5], "unit")


def unknown(scaled: Scaled, table: Table, words: Words) -> exp.Select | None:
    """One row for each shape (and reason) that the queries do not count, with how many rows it has.

    The reason is 'shape' (the rule queries do not know it, at least not of this entity) or 'value' (there is none, or
    one that is too large). None where the source has no fact that keeps the contract.
    """
    known = {(c, s) for c, s in scaled.skeleton.facts}
    if not known:
        return None
    grid = Grid(scaled, table.source, (s for _, s in known))
    classes = class_of(scaled, words)
    there: dict[tuple[int, int, int], set[int]] = {}
    for class_, shape in known:
        row, column, year = grid.at[shape]
        there.setdefault((class_ if classes else 0, row, column), set()).add(year)
    spans: dict[tuple[int, ...], int] = {}
    listed = [(*key, spans.setdefault(tuple(sorted(years)), len(spans))) for key, years in sorted(there.items())]
    shapes = Constants(
        words,
        "rt_shape",
        ("class", "l", "c", "span"),
        {name: [row[n] for row in listed] for n, name in enumerate(("class", "l", "c", "span"))},
    )
    years_ = [(n, y) for years, n in spans.items() for y in years]
    span = Constants(words, "rt_span", ("span", "y"), {"span": [n for n, _ in years_], "y": [y for _, y in years_]})
    read = amount(table, words)
    query = grid.joined(table.rows(), words, fine(read, words), "left")
    row_, column_, year_ = grid.number_of()
    on = [col("l", "n").eq(row_), col("c", "n").eq(column_)]
    if classes:
        query = query.join(classes.as_("k"), on=entity(table, words).eq(col("entity", "k")), join_type="left")
        on.append(col("class", "n").eq(col("class", "k")))
    query = query.join(shapes.as_("n"), on=both(on), join_type="left")
    same = exp.and_(col("span", "s").eq(col("span", "n")), col("y", "s").eq(year_))
    query = query.join(span.as_("s"), on=same, join_type="left")
    strange: list[exp.Expr] = [col("y", "s").is_(exp.null()), *grid.unlike(words)]
    somebody = nobodys(scaled, table, words)
    if somebody is not None:
        strange.append(exp.not_(somebody))
    bad = exp.case().when(exp.or_(*strange), text("shape"))
    bad = bad.when(value(table, words, grid).is_(exp.null()), text("value"))
    rows = query.select(
        bad.as_("reason", quoted=True),
        entity(table, words).as_("entity", quoted=True),
        *(words.own(table.source.columns[n].name).as_(n, quoted=True) for n in SHOWN if n in table.source.columns),
    )
    names = ["reason", *(n for n in SHOWN if n in table.source.columns)]
    ctes = [*grid.tables(words), shapes.cte, span.cte, *([classes.cte] if classes else [])]
    ctes.append(words.step("rt_row_of", rows))
    last = (
        exp.select(*(col(n) for n in names))
        .select(exp.Count(this=exp.Distinct(expressions=[col("entity")])).as_("entities", quoted=True))
        .select(exp.Count(this=exp.Star()).as_("rows", quoted=True))
        .from_("rt_row_of")
        .where(col("reason").is_(exp.null()).not_())
        .group_by(*(col(n) for n in names))
    )
    return with_tables(last, ctes)
