"""Which row, which column and which year is each shape? So a query needs to name each of them only once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlglot import exp

from checker.exports.words import Constant, Words
from checker.scale.check import Scaled
from checker.scale.model import FLOAT, NUMBER, TEXT, Shape, Source
from checker.scale.shapes import KEY, scale_of
from checker.scale.tree import both, col, number, text

ROW = ("statement", "scope", "line", "submission", "role", "parent", "parent_scope", "parent_as", "number", "layout")
FINE, SCALE = "fine", "scale"
_SIX = exp.DataType.build("decimal(38,6)")
NO_YEAR = 0


class Grid:
    """Some shapes of a source by the columns that tell them apart.

    `at` is the row, the column and the year of each; `fixed` are columns in which all are alike. Where a year cannot be
    told from what the source writes alone, it is part of the column, and all have the year NO_YEAR. `several_scales`
    says that not all are counted in the same steps.
    """

    def __init__(self, scaled: Scaled, source: Source, shapes: Iterable[int]) -> None:
        self.source = source
        own = [scaled.shapes.all[s] for s in sorted(set(shapes))]
        self.scales = {s.id: scale_of(s.values) for s in own}
        self._fine = scaled.shapes.fine
        self.several_scales = len(set(self.scales.values())) > 1
        names = [n for n in KEY if n in source.columns]
        raw = {s.id: {n: constant(s.values.get(n), source.columns[n].sort) for n in names} for s in own}
        self.fixed = {n: raw[own[0].id][n] for n in names if len({values[n] for values in raw.values()}) == 1}
        varying = [n for n in names if n not in self.fixed]
        years = _years(scaled, own, raw) if "year" in varying else None
        self.row_names = [n for n in varying if n in ROW]
        self.column_names = [n for n in varying if n not in ROW and (n != "year" or years is None)]
        rows: dict[tuple[Constant, ...], int] = {}
        columns: dict[tuple[Constant, ...], int] = {}
        self.at: dict[int, tuple[int, int, int]] = {}
        for shape in own:
            values = raw[shape.id]
            row = tuple(values[n] for n in self.row_names)
            column = (*(values[n] for n in self.column_names), *self._more(shape))
            year = years[values["year"]] if years is not None else NO_YEAR
            self.at[shape.id] = (rows.setdefault(row, len(rows)), columns.setdefault(column, len(columns)), year)
        self.rows, self.columns = list(rows), list(columns)
        self.years = sorted(((y, said) for said, y in (years or {}).items()), key=str)

    def _more(self, shape: Shape) -> tuple[int, ...]:
        fine = (int(bool(shape.values.get(FINE))),) if self._fine else ()
        return (*fine, *((self.scales[shape.id],) if self.several_scales else ()))

    @property
    def scale(self) -> int:
        """How many steps make one, where it is the same for all."""
        return next(iter(self.scales.values()))

    def tables(self, words: Words) -> list[exp.CTE]:
        """Rows, columns and years as tables of constants."""
        made = []
        if self.row_names:
            made.append(words.table("rt_row", ["rt_l", *_prefixed(self.row_names)], _numbered(self.rows)))
        heads = self._column_heads()
        if heads:
            made.append(words.table("rt_column", ["rt_c", *_prefixed(heads)], _numbered(self.columns)))
        if self.years:
            made.append(words.table("rt_year", ["rt_y", "k_year"], self.years))
        return made

    @property
    def apart(self) -> bool:
        """Whether there is any table."""
        return bool(self.row_names or self._column_heads() or self.years)

    def _column_heads(self) -> list[str]:
        return [*self.column_names, *([FINE] if self._fine else []), *([SCALE] if self.several_scales else [])]

    def joined(self, query: exp.Select, words: Words, fine: exp.Expr | None, how: str = "") -> exp.Select:
        """The query (FROM the source as t) joined with them; `how` is 'left' to keep rows of no known shape."""
        alike: list[exp.Expr] = [self._is(n, words).eq(words.constant(v)) for n, v in self.fixed.items()]
        for table, alias, names in (
            ("rt_row", "l", self.row_names),
            ("rt_column", "c", self._column_heads()),
            ("rt_year", "y", ["year"] if self.years else []),
        ):
            on: list[exp.Expr] = [self._is(n, words).eq(col(f"k_{n}", alias)) for n in names if n not in (FINE, SCALE)]
            if FINE in names and fine is not None:
                on.append(fine.copy().eq(col(f"k_{FINE}", alias)))
            if not names:
                continue
            if how and alike:
                on, alike = [*alike, *on], []
            there = both(on) if on else number(1).eq(number(1))
            query = query.join(exp.alias_(exp.to_table(table), alias, table=True), on=there, join_type=how or "inner")
        return query.where(*alike) if alike and not how else query

    def number_of(self) -> tuple[exp.Expr, exp.Expr, exp.Expr]:
        """Row, column and year of a fact, after the join."""
        return (
            col("rt_l", "l") if self.row_names else number(0),
            col("rt_c", "c") if self._column_heads() else number(0),
            col("rt_y", "y") if self.years else number(NO_YEAR),
        )

    def unlike(self, words: Words) -> list[exp.Expr]:
        """What does not hold of a row of the source that is in none of the tables."""
        return [self._is(n, words).neq(words.constant(v)) for n, v in self.fixed.items()]

    def _is(self, name: str, words: Words) -> exp.Expr:
        """What a row of the source has in a column, as it is compared."""
        stored = self.source.columns[name]
        own: exp.Expr = words.own(stored.name)
        if stored.sort == TEXT:
            return exp.func("coalesce", words.binary(own), text(""))
        if stored.sort in (NUMBER, FLOAT):
            exact = exp.cast(own, _SIX) if stored.sort == FLOAT and words.exact else own
            return exp.func("coalesce", exact, number(-1))
        return exp.func("coalesce", exp.cast(own, "varchar"), text(""))


def constant(value: Any, sort: str) -> Constant:
    """What the source has in a column of a shape, as a constant; -1 or '' where it has nothing."""
    if sort in (NUMBER, FLOAT):
        made = Decimal(-1) if value is None else Decimal(str(value))
        made = round(made, 6) if sort == FLOAT and made.is_finite() else made
        return int(made) if made == made.to_integral_value() else made.normalize()
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def years_of(scaled: Scaled) -> dict[int, int]:
    """The year that the reader of long form finds each shape to be of."""
    return {shape: fact.year or NO_YEAR for (_, shape), fact in scaled.skeleton.facts.items()}


def _years(
    scaled: Scaled, own: Sequence[Shape], raw: Mapping[int, Mapping[str, Constant]]
) -> dict[Constant, int] | None:
    """What the source writes -> the year; None where one way of writing it stands for two years."""
    read, said = years_of(scaled), dict[Constant, int]()
    for shape in own:
        year = read.get(shape.id)
        if year is not None and said.setdefault(raw[shape.id]["year"], year) != year:
            return None
    return said if all(raw[s.id]["year"] in said for s in own) else None


def _prefixed(names: Sequence[str]) -> list[str]:
    return [f"k_{n}" for n in names]


def _numbered(rows: Sequence[tuple[Constant, ...]]) -> list[tuple[Constant, ...]]:
    return [(n, *row) for n, row in enumerate(rows)]
