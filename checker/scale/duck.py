"""DuckDB over files: Parquet, CSV, Arrow or a DuckDB file, read where they lie."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from sqlglot import exp

from checker.scale.csvtext import complaint
from checker.scale.files import OBJECT, arrow, source_of
from checker.scale.model import Presence
from checker.scale.tree import col, number, with_steps

FETCH = 10_000


class Duck:
    """A connection of its own, with so much memory (megabytes) and a private folder for what does not fit.

    `frame` is a data frame (pandas, Polars, Arrow) to read instead of a file; `path` is then what reports call it.
    """

    dialect = "duckdb"

    def __init__(self, path: str, memory: int = 0, threads: int = 0, frame: Any = None) -> None:
        self._path = path
        self._spill = tempfile.TemporaryDirectory(prefix="regnskabstjek-")
        settings: dict[str, Any] = {"temp_directory": self._spill.name, "preserve_insertion_order": False}
        if memory:
            settings["memory_limit"] = f"{memory}MB"
        if threads:
            settings["threads"] = threads
        self.connection = duckdb.connect(":memory:", config=settings)
        try:
            self._object = frame if frame is not None else arrow(path)
            self._seen(self.connection)
            self.source = source_of(
                self.connection, path, self._object is not None, frame is not None, Path(self._spill.name)
            )
        except BaseException:
            self.close()
            raise

    def rows(self, query: exp.Query) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, so many at a time."""
        with self._asking():
            found = self._seen(self.connection.cursor()).execute(query.sql(self.dialect))
            while batch := found.fetchmany(FETCH):
                yield from batch

    def _seen(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        """A connection that sees what is read from memory: only the one that it was given to does by itself."""
        if self._object is not None:
            connection.register(OBJECT, self._object)
        return connection

    def arrays(self, query: exp.Query) -> Mapping[str, Any]:
        """The columns of a query as numpy arrays."""
        with self._asking():
            return self.connection.execute(query.sql(self.dialect)).fetchnumpy()

    def small(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> exp.Table:
        """A temporary table; executemany would be 1.000 times slower than one list per column."""
        listed = ", ".join(
            f'unnest(CAST(${n} AS {sort}[])) AS "{column}"' for n, (column, (sort, _)) in enumerate(columns.items(), 1)
        )
        values = [list(v) for _, v in columns.values()]
        self.connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT {listed}', values)
        return exp.to_table(name)

    def presence(self, table: exp.Expr, entities: int, shapes: int) -> Presence:
        """Which entities have a fact of which shape, as one string of bits for each entity, and how many they have."""
        bits = exp.func("bitstring_agg", col("shape"), number(0), number(max(shapes - 1, 0)))
        query = exp.select(col("entity"), bits.as_("bits"), exp.Count(this=exp.Star()).as_("facts"))
        made, facts = np.zeros((entities, shapes), dtype=bool), np.zeros(entities, dtype=np.int64)
        for entity, string, count in self.rows(query.from_(table.copy()).group_by(col("entity"))):
            made[entity] = np.frombuffer(str(string).encode(), dtype=np.uint8) == ord("1")
            facts[entity] = count
        return made, facts

    def keep(self, name: str, query: exp.Query) -> exp.Table:
        """A temporary table of what the query gives."""
        with self._asking():
            self.connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS {query.sql(self.dialect)}')
        return exp.to_table(name)

    def after(self, steps: Mapping[str, exp.Query], query: exp.Query, once: Set[str]) -> exp.Query:
        """The query after WITH."""
        return with_steps(steps, query, once)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """A file that cannot be read on is an error of the file, wherever the database comes upon it."""
        try:
            with interruptible():
                yield
        except (duckdb.InvalidInputException, duckdb.IOException) as error:
            raise complaint(self._path, error) from error

    def close(self) -> None:
        """Nothing is left."""
        self.connection.close()
        self._spill.cleanup()


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C in the middle of a query is that, and no fault."""
    try:
        yield
    except RuntimeError as error:
        if "interrupted" not in str(error).lower():
            raise
        raise KeyboardInterrupt from error
