"""The contract of long form as SQL, for tables that no data frame holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from sqlglot import exp

from checker.schemas.contract import SPACE, Bounds, Column, known
from checker.schemas.contract import columns as declared
from checker.schemas.patterns import RAGGED, SOMETHING, padded, words

Stored = Literal["text", "number", "float", "date", "flag"]
"""How a source stores a column; 'number' is of whole or decimal numbers, 'float' of binary ones."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One check of the contract on one column.

    `column` is its name in the contract, `check` 'missing', 'unknown' or 'form'; `test` is true for a row that
    breaks it, false for any other, never null. It renders for DuckDB, PostgreSQL and Spark.
    """

    column: str
    check: str
    test: exp.Expression


def checks(columns: Mapping[str, Stored], names: Mapping[str, str] | None = None) -> list[Broken]:
    """Every check on the columns that a source has, in their order there; of repeated ids see `duplicates`.

    `columns` tells how each is stored, `names` what the source calls it (as the contract where not told). Text is
    read without blanks at its ends, and nothing left is null. Of numbers nulls and bounds are checked; not a number
    and infinity are of wrong form. A date or flag is checked as the text it is cast to. A required column that the
    source lacks is the caller's to report. ValueError where a column is none of the contract's.
    """
    known(columns)
    found = []
    for name, stored in columns.items():
        cell = exp.column((names or {}).get(name, name), quoted=True)
        found += _checks(declared()[name], cell, stored)
    return found


def _checks(column: Column, cell: exp.Expression, stored: Stored) -> list[Broken]:
    numbers = stored in {"number", "float"} and column.may_be_numbers
    value = cell if numbers or stored == "text" else exp.cast(cell, exp.DataType.Type.TEXT)
    found = []
    if not column.nullable:
        blank = _is_null(value) if numbers else exp.Or(this=_is_null(value), expression=_not(_has(value, SOMETHING)))
        found.append(Broken(column.name, "missing", exp.Paren(this=blank)))
    if column.choices:
        among = exp.In(this=value.copy(), expressions=[_number(n) for n in column.numerals])
        holds = among if numbers else _has(value, words(column.choices))
        found.append(Broken(column.name, "unknown", _unless(value, holds)))
    if column.pattern is not None:
        bounds = column.bounds if numbers else None
        holds = _within(bounds, value) if bounds else _has(value, padded(column.pattern))
        found.append(Broken(column.name, "form", _unless(value, holds)))
    return found


def _has(text: exp.Expression, pattern: str) -> exp.Expression:
    return exp.RegexpLike(this=text.copy(), expression=exp.Literal.string(pattern))


def _within(bounds: Bounds, number: exp.Expression) -> exp.Expression:
    """Whether a number that is not null keeps to the bounds; false for infinity and for what is not a number."""
    ends: list[exp.Expression] = []
    if bounds.low is not None:
        ends.append(exp.GTE(this=number.copy(), expression=_number(bounds.low)))
    if bounds.high is not None:
        ends.append(exp.LTE(this=number.copy(), expression=_number(bounds.high)))
    if not bounds.whole:
        nothing = exp.Sub(this=number.copy(), expression=number.copy())  # of infinity it is not a number
        return _all(*ends, exp.EQ(this=nothing, expression=_number(0)))
    whole = exp.EQ(this=number.copy(), expression=exp.Floor(this=number.copy()))
    inside = exp.If(this=_all(*ends), true=whole)  # floor is asked of small numbers only: Spark's is a bigint
    return exp.Case(ifs=[inside], default=exp.false())


def _number(number: int) -> exp.Expression:
    return exp.Literal.number(number)


def _is_null(value: exp.Expression) -> exp.Expression:
    return exp.Is(this=value.copy(), expression=exp.null())


def _unless(value: exp.Expression, holds: exp.Expression) -> exp.Expression:
    """True where a value is there and does not hold. False AND null is false, so that it is never null."""
    return exp.Paren(this=_all(_not(_is_null(value)), _not(holds)))


def _not(test: exp.Expression) -> exp.Expression:
    return exp.Not(this=exp.Paren(this=test))


def _all(*tests: exp.Expression) -> exp.Expression:
    return reduce(lambda left, right: exp.And(this=left, expression=right), tests)


def duplicates(name: str, table: exp.Table, stored: Stored = "text") -> exp.Select:
    """Ids that stand in more than one row of `table`, as `id` and `times` (how many rows); blank ones do not count.

    `name` is what the source calls the column of ids.
    """
    cell: exp.Expression = exp.column(name, quoted=True)
    text = cell if stored == "text" else exp.cast(cell, exp.DataType.Type.TEXT)
    read = exp.select(exp.alias_(_stripped(text), "id")).from_(table).subquery("read")
    times = exp.Count(this=exp.Star())
    return (
        exp.select("id", exp.alias_(times, "times"))
        .from_(read)
        .where(_not(_is_null(exp.column("id"))))
        .group_by("id")
        .having(exp.GT(this=times.copy(), expression=_number(1)))
    )


def _stripped(text: exp.Expression) -> exp.Expression:
    """The text without blanks at its ends, null where nothing is left; only what has some is trimmed, which is slow."""
    trimmed = exp.Trim(this=text.copy(), expression=exp.Literal.string(SPACE))
    bare = exp.Case(ifs=[exp.If(this=_has(text, RAGGED), true=trimmed)], default=text.copy())
    return exp.Nullif(this=bare, expression=exp.Literal.string(""))


def counts(broken: Sequence[Broken], table: exp.Table) -> exp.Select:
    """How many rows break each check, in one scan of `table`: one row, one column per check, in their order."""
    ones = (exp.Case(ifs=[exp.If(this=each.test.copy(), true=_number(1))]) for each in broken)
    return exp.select(*(exp.alias_(exp.Count(this=one), f"n{n}") for n, one in enumerate(ones))).from_(table)


def rows(broken: Sequence[Broken], table: exp.Table, shown: Sequence[str]) -> exp.Select:
    """The rows of `table` that break any check: the columns named in `shown`, then a flag per check, in their order."""
    keys = [exp.column(name, quoted=True) for name in shown]
    flags = [exp.alias_(each.test.copy(), f"b{n}") for n, each in enumerate(broken)]
    return exp.select(*keys, *flags).from_(table).where(exp.or_(exp.false(), *(each.test.copy() for each in broken)))
