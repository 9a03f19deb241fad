"""How does each dialect write what the queries need: exact numbers, texts, tables of constants?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlglot import exp
from sqlglot.generator import Generator

from checker.model.submission import SCALE
from checker.scale.tree import BIG, WIDE, number

Constant = int | str | Decimal
DIALECTS = ("duckdb", "postgres", "spark", "bigquery", "snowflake", "tsql")
SQLITE, POSTGRES, TSQL, BIGQUERY, SNOWFLAKE = "sqlite", "postgres", "tsql", "bigquery", "snowflake"
WITH_PATTERNS = ("duckdb", "postgres", "spark")
"""Dialects whose regular expressions read the numbers of a text column."""
A_LINE = 150
"""Tables of constants are broken into lines of about so many characters."""


@dataclass(frozen=True, slots=True)
class Words:
    """One dialect."""

    dialect: str

    @property
    def exact(self) -> bool:
        """Whether it has decimal numbers; SQLite has none, and counts in whole steps (øre)."""
        return self.dialect != SQLITE

    @property
    def guesses(self) -> bool:
        """Whether it guesses from several conditions that a join gives one row, and then compares each with each.

        PostgreSQL does: 100.000 facts took minutes. It is told to work out the steps one by one, and is given outer
        joins, of which it knows that they give no fewer rows than there are: seconds.
        """
        return self.dialect in (POSTGRES, SQLITE)

    def step(self, name: str, query: exp.Query) -> exp.CTE:
        """A query as a step before another."""
        made = exp.CTE(this=query, alias=exp.TableAlias(this=exp.to_identifier(name)))
        if self.guesses:
            made.set("materialized", True)
        return made

    def wide(self, value: exp.Expr) -> exp.Expr:
        """The value as a whole number that has room for sums."""
        return exp.cast(value, WIDE if self.exact else BIG)

    def zero(self) -> exp.Expr:
        """No tolerance."""
        return exp.cast(number(0), "decimal(38,3)") if self.exact else exp.Literal.string("0.000")

    def shown(self, value: exp.Expr, steps: exp.Expr, halves: int) -> exp.Expr:
        """Steps (or half steps, `halves` 2) as kroner, exactly; by SQLite as text with as many decimals as are due."""
        if isinstance(steps, exp.Literal):
            return self._shown(value, int(steps.this), halves)
        made = exp.case()
        for each in sorted(set(SCALE.values())):
            own = self._shown(value.copy(), each, halves)
            made = made.when(steps.copy().eq(each), exp.cast(own, "decimal(38,7)") if self.exact else own)
        return made

    def _shown(self, value: exp.Expr, steps: int, halves: int) -> exp.Expr:
        digits = len(str(steps)) - 1 + (halves > 1)
        if self.exact:
            share = Decimal(1) / (steps * halves)
            exact = exp.cast(exp.Literal.number(f"{share:f}"), f"decimal({digits + 1},{digits})")
            whole = exp.cast(value, exp.DataType.build("decimal(30,0)"))
            return exp.cast(whole * exact, f"decimal(38,{digits})")
        if halves > 1:
            value = exp.paren(value * number(5))
        size, one = exp.Abs(this=value.copy()), number(10**digits)
        rest = exp.func("substr", exp.cast(exp.paren(one + size % one.copy()), "text"), number(2))
        return exp.DPipe(
            this=exp.DPipe(
                this=exp.case().when(value.copy() < 0, exp.Literal.string("-")).else_(exp.Literal.string("")),
                expression=exp.cast(exp.paren(size.copy() - size.copy() % one.copy()) / one.copy(), "bigint"),
            ),
            expression=exp.DPipe(this=exp.Literal.string("."), expression=rest),
        )

    def own(self, name: str) -> exp.Column:
        """A column of the user's table. Snowflake folds plain names to capitals, and so does a name without quotes."""
        plain = self.dialect == SNOWFLAKE and name.isascii() and name.isidentifier() and name == name.lower()
        return exp.column(exp.to_identifier(name, quoted=not plain), "t")

    def binary(self, value: exp.Expr) -> exp.Expr:
        """A text that is compared letter by letter, whatever the database is set to."""
        if self.dialect != TSQL:
            return value
        return exp.Collate(this=value, expression=exp.Var(this="Latin1_General_100_BIN2"))

    def literal(self, value: Constant) -> str:
        """A constant as it is written. A line break is a mark that the generator makes one of after it has indented."""
        if isinstance(value, Decimal):  # a plain decimal is a binary number to BigQuery
            return f"NUMERIC '{value:f}'" if self.dialect == BIGQUERY else f"{value:f}"
        if isinstance(value, int):
            return str(value)
        if self.dialect == TSQL:  # N for letters of all alphabets; a backslash before a line break would join the lines
            parts = [exp.National(this=part).sql(TSQL) for part in value.split("\n")]
            return " + NCHAR(10) + ".join(parts)
        return exp.Literal.string(value).sql(self.dialect).replace("\n", Generator.SENTINEL_LINE_BREAK)

    def constant(self, value: Constant) -> exp.Expr:
        """The same as a tree."""
        if isinstance(value, int):
            return number(value)
        return exp.Var(this=self.literal(value))

    def table(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Constant]]) -> exp.CTE:
        """A table of constants, to stand in front of a query."""
        quoted = [exp.to_identifier(column, quoted=True) for column in columns]
        heads = [c.sql(self.dialect) for c in quoted]
        if self.dialect == BIGQUERY:
            first = ", ".join(f"{self.literal(v)} AS {head}" for v, head in zip(rows[0], heads, strict=True))
            listed = _lines([f"STRUCT({first})", *map(self._row, rows[1:])])
            return _cte(name, f"UNNEST([{listed}])")
        listed = _lines([*map(self._row, rows)])
        if self.dialect == SQLITE:
            return _cte(name, f"(VALUES {listed})", quoted)
        return _cte(name, f"(VALUES {listed}) AS v({', '.join(heads)})")

    def _row(self, row: Sequence[Constant]) -> str:
        return f"({', '.join(map(self.literal, row))})"


def _cte(name: str, source: str, columns: Sequence[exp.Identifier] = ()) -> exp.CTE:
    query = exp.select("*").from_(exp.Table(this=exp.Var(this=source)))
    return exp.CTE(this=query, alias=exp.TableAlias(this=exp.to_identifier(name), columns=list(columns)))


def _lines(rows: Sequence[str]) -> str:
    lines, length = [], 0
    for n, row in enumerate(rows):
        end = "," if n + 1 < len(rows) else ""
        length += len(row) + 2
        lines.append(f"{row}{end}" + ("\n" if end and length > A_LINE else " " if end else ""))
        length = 0 if length > A_LINE else length
    return "".join(lines)
