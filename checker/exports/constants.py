"""Tables of constants in a query: a column that is the same in all rows is no column but a constant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from checker.exports.folded import Condition
from checker.exports.words import Constant, Words
from checker.scale.tree import col


class Constants:
    """Rows by column; `keys` are always columns, others only where they differ."""

    def __init__(self, words: Words, name: str, keys: Sequence[str], columns: Mapping[str, Sequence[Constant]]) -> None:
        self._words, self.name = words, name
        self.same = {n: v[0] for n, v in columns.items() if n not in keys and len(set(v)) == 1}
        self._columns = {n: v for n, v in columns.items() if n not in self.same}

    def values(self, column: str) -> set[Constant]:
        """What stands in a column."""
        return {self.same[column]} if column in self.same else set(self._columns[column])

    @property
    def cte(self) -> exp.CTE:
        """The table."""
        return self._words.table(self.name, list(self._columns), list(zip(*self._columns.values(), strict=True)))

    def __call__(self, column: str, alias: str) -> exp.Expr:
        """A column of it, in a query that joins it under this alias."""
        if column in self.same:
            return self._words.constant(self.same[column])
        return col(column, alias)

    def as_(self, alias: str) -> exp.Expr:
        """The table under an alias, for a join."""
        return exp.alias_(exp.to_table(self.name), alias, table=True)

    def is_(self, column: str, alias: str, value: Constant) -> Condition:
        """Whether a column is this: known already where all rows have it, or none."""
        values = self.values(column)
        if len(values) == 1 or value not in values:
            return value in values
        return col(column, alias).eq(self._words.constant(value))
