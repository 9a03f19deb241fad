"""The rows of the user's table as facts: whose they are, where they stand in the grid, and their value in steps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlglot import exp

from checker.amounts.units import LIMIT
from checker.errors import RequestError
from checker.exports.grid import SCALE, Grid
from checker.exports.words import SQLITE, WITH_PATTERNS, Words
from checker.scale.check import Scaled
from checker.scale.model import FLOAT, NUMBER, TEXT, Source
from checker.scale.notation import Notation
from checker.scale.tree import col, number, text

_SIX = exp.DataType.build("decimal(38,6)")
LARGEST = 1 << 53
"""The largest value in øre that SQLite is trusted with: up to there binary numbers are exact, and sums of hundreds of
them stay whole."""


@dataclass(frozen=True, slots=True)
class Table:
    """The table that the queries read: `name` is what stands after FROM."""

    name: exp.Expr
    source: Source
    notation: Notation

    def rows(self) -> exp.Select:
        """FROM the table, as t."""
        return exp.Select().from_(exp.alias_(self.name.copy(), "t", table=True))


def refuse(scaled: Scaled, table: Table, words: Words) -> None:
    """Raises RequestError where the dialect cannot read the values as the source has them, or not add them up."""
    if words.dialect == SQLITE and any(max(abs(s.least), abs(s.most)) > LARGEST for s in scaled.shapes.all):
        raise RequestError("export.too_large", dialect=words.dialect)
    if table.source.columns["value"].sort == TEXT and words.dialect not in WITH_PATTERNS:
        raise RequestError("export.text_values", dialect=words.dialect, known=", ".join(WITH_PATTERNS))


def entity(table: Table, words: Words) -> exp.Expr:
    """Whose a row is, as the source writes it; '' where it says nothing."""
    stored = table.source.columns.get("entity")
    if stored is None:
        return text("")
    own = words.own(stored.name)
    made: exp.Expr = own if stored.sort == TEXT else exp.cast(own, "varchar")
    return exp.func("coalesce", words.binary(made), text(""))


def nobodys(scaled: Scaled, table: Table, words: Words) -> exp.Expr | None:
    """Where rows that name nobody are nobody's: the condition that a row is somebody's."""
    if "entity" not in table.source.columns or "" in scaled.coded.entities:
        return None
    return exp.Trim(this=entity(table, words)).neq("")


def facts(scaled: Scaled, table: Table, words: Words, grid: Grid) -> exp.Select:
    """entity, l, c, y and value (in steps, null where there is none that counts) of the rows of the grid's shapes.

    Where the database must not guess how many these are, other rows stay, without a place.
    """
    read = amount(table, words)
    somebody = nobodys(scaled, table, words)
    how = "left" if words.guesses and grid.apart else ""
    query = grid.joined(table.rows(), words, fine(read, words), how)
    query = query.where(somebody) if somebody is not None else query
    places = zip(grid.number_of(), ("l", "c", "y"), strict=True)
    return query.select(
        entity(table, words).as_("entity", quoted=True),
        *(place.as_(name, quoted=True) for place, name in places),
        value(table, words, grid).as_("value", quoted=True),
    )


def amount(table: Table, words: Words) -> exp.Expr:
    """The value as a number."""
    stored = table.source.columns["value"]
    if words.dialect == SQLITE:
        return words.own(stored.name)
    read = table.notation.value(table.source)
    for each in list(read.find_all(exp.Column)):
        if each is read:
            return words.own(stored.name)
        each.replace(words.own(each.name))
    return read


def fine(read: exp.Expr, words: Words) -> exp.Expr:
    """1 where a value is finer than an øre, else 0."""
    hundred: exp.Expr = exp.paren(read.copy() * number(100))
    if words.dialect == SQLITE:
        hundred = exp.Round(this=hundred, decimals=number(4))
    whole = exp.Round(this=hundred.copy(), decimals=number(0))
    return exp.case().when(whole.neq(hundred.copy()), number(1)).else_(number(0))


def value(table: Table, words: Words, grid: Grid) -> exp.Expr:
    """The value in steps, null where there is none or one too large."""
    read = amount(table, words)
    if not grid.several_scales:
        return exp.case().when(_inside(read, grid.scale, words), _steps(table, read, grid.scale, words))
    made = exp.case()
    for scale in sorted(set(grid.scales.values())):
        of_scale = exp.and_(col(f"k_{SCALE}", "c").eq(number(scale)), _inside(read, scale, words))
        made = made.when(of_scale, _steps(table, read, scale, words))
    return made


def _inside(read: exp.Expr, scale: int, words: Words) -> exp.Expr:
    most = Decimal(LIMIT if words.exact else LARGEST) / scale
    end = words.constant(int(most) if most == int(most) else most)
    return exp.Between(this=read.copy(), low=exp.Neg(this=end.copy()), high=end)


def _steps(table: Table, read: exp.Expr, scale: int, words: Words) -> exp.Expr:
    stored = table.source.columns["value"]
    if words.dialect == SQLITE:  # a whole number is one, whatever the column is declared as; others are binary
        binary = exp.Round(this=read.copy() * number(scale), decimals=number(4))
        rounded = words.wide(exp.Round(this=binary))
        whole = exp.Anonymous(this="TYPEOF", expressions=[read.copy()]).eq("integer")
        return exp.case().when(whole, read.copy() * number(scale)).else_(rounded)
    if stored.sort == NUMBER and not stored.decimals:
        return words.wide(read.copy()) * number(scale)
    exact = exp.cast(read.copy(), _SIX) if stored.sort == FLOAT else read.copy()
    return words.wide(exp.Round(this=exact * number(scale), decimals=number(0)))
