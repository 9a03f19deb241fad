"""What is known of facts that lie elsewhere: how they are stored, what they have in common, what was found in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from checker.model.rules import Relation, Rule

TEXT, NUMBER, FLOAT, FLAG, DATE = "text", "number", "float", "flag", "date"


@dataclass(frozen=True, slots=True)
class Stored:
    """How a source stores a column of the contract: its own name, TEXT, NUMBER … and the decimals of a NUMBER."""

    name: str
    sort: str
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Facts that lie somewhere: `table` is what stands after FROM (a sqlglot expression), `columns` by contract name.

    `others` are columns that the contract does not know; they are named in the report and not used.
    """

    name: str
    table: Any
    columns: Mapping[str, Stored]
    others: tuple[str, ...] = ()
    sha256: str = ""


Presence = tuple[NDArray[np.bool_], NDArray[np.int64]]
"""Which entities (rows) have a fact of which shape (columns); how many facts each entity has."""


class Backend(Protocol):
    """A database that answers queries given as sqlglot trees, in its own dialect."""

    dialect: str
    source: Source

    def rows(self, query: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, in the order of its columns."""

    def small(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> Any:
        """A small table for FROM: column -> (SQL type of DuckDB, values)."""

    def presence(self, table: Any, entities: int, shapes: int) -> Presence:
        """Which entities have a fact of which shape, and how many facts, of a table of entity and shape."""

    def keep(self, name: str, query: Any) -> Any:
        """What a query gives, for FROM: kept where the database can keep it, else the query itself."""

    def after(self, steps: Mapping[str, Any], query: Any, once: Set[str]) -> Any:
        """A query that can name these steps, each of which can name those before it; some are to be made once only."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What facts of many entities have in common; `values` are the contract's columns as the source writes them.

    `facts` counts the rows that have a value, `blank` those that have none; `least` and `most` are values in steps.
    """

    id: int
    values: Mapping[str, Any]
    facts: int
    blank: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Violation:
    """Rows that break the contract in one column: how many, one value that does, and of which shapes they are."""

    column: str
    check: str
    count: int
    example: str
    shapes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Instance:
    """One check of every entity of a class: the relation for one combination of its free dimensions.

    `points` are the points of its members by their place in the plan, `weights`, `clips` and `codes` (see
    `verdict.code`) beside them; `expected` is the sum of the codes. `terms`, `stated` and `required` count the
    relation's terms. `status` is the outcome where no value decides it (something is missing in the whole class), ''
    where the values do; None where nothing is said. `strict`: figures in one unit must hold as printed.
    """

    id: int
    rule: Rule
    relation: Relation
    key: tuple[str | int | None, ...]
    scope: int
    points: tuple[int, ...]
    weights: tuple[int, ...]
    clips: tuple[str, ...]
    codes: tuple[int, ...]
    terms: int
    stated: int
    required: int
    strict: bool = False
    status: str | None = ""
    reason: str = ""

    @property
    def expected(self) -> int:
        """The codes of all members together."""
        return sum(self.codes)


@dataclass(slots=True)
class Tally:
    """How many outcomes each rule has of each status."""

    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, rule: str, status: str, n: int = 1) -> None:
        """Count outcomes."""
        if n:
            self.counts[rule, status] = self.counts.get((rule, status), 0) + n

    def of(self, status: str) -> int:
        """All outcomes of a status."""
        return sum(n for (_, own), n in self.counts.items() if own == status)
