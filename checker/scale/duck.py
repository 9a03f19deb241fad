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

from checker.errors import RequestError, SubmissionError
from checker.scale.columns import matched
from checker.scale.csvtext import complaint, written
from checker.scale.model import Presence, Source
from checker.scale.run import sha256_of
from checker.scale.tree import col, number, with_steps

PARQUET, CSV, ARROW, DATABASE = (".parquet",), (".csv", ".csv.gz", ".tsv"), (".arrow", ".feather"), (".duckdb", ".db")
FETCH = 10_000
OBJECT = "facts_in_memory"


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
            self._object = frame if frame is not None else _arrow(path)
            self._seen(self.connection)
            self.source = _source(
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
        """A line of a CSV file that cannot be read is an error of the file, wherever the database comes upon it."""
        try:
            with interruptible():
                yield
        except duckdb.Error as error:
            raise complaint(self._path, error) or error from error

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


def _source(connection: duckdb.DuckDBPyConnection, path: str, in_memory: bool, is_frame: bool, folder: Path) -> Source:
    table = exp.to_table(OBJECT) if in_memory else _table(connection, path, folder)
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {table.sql('duckdb')}").fetchall()
    except duckdb.Error as error:
        first = SubmissionError(path, "scale.unreadable", why=str(error).splitlines()[0])
        raise complaint(path, error) or first from error
    columns = [(str(row[0]), str(row[1])) for row in described]
    return matched(path, table, columns, "" if is_frame else sha256_of(Path(path.partition("#")[0])))


def _arrow(path: str) -> Any:
    """An Arrow file as what DuckDB can read, None for any other."""
    if not path.lower().endswith(ARROW) or not Path(path).exists():
        return None
    try:
        import pyarrow.dataset
    except ImportError as error:
        raise RequestError("scale.needs", what="pyarrow", file=path) from error
    return pyarrow.dataset.dataset(path, format="ipc")


def _table(connection: duckdb.DuckDBPyConnection, path: str, folder: Path) -> exp.Expr:
    """What stands after FROM; what must be written anew is put in the folder."""
    name, _, inner = path.partition("#")
    file = Path(name)
    if file.is_dir():
        return _reader("read_parquet", str(file / "**" / "*.parquet"), hive_partitioning=True, union_by_name=True)
    if not file.exists():
        raise SubmissionError(path, "input.missing")
    lower = file.name.lower()
    if lower.endswith(PARQUET):
        return _reader("read_parquet", name)
    if lower.endswith(CSV):
        text, how = written(file, folder)
        return _reader("read_csv", str(text), all_varchar=True, header=True, strict_mode=True, **how)
    if lower.endswith(DATABASE):
        return _of_database(connection, path, name, inner)
    raise RequestError("scale.unknown_sort", file=path, known=", ".join((*PARQUET, *CSV, *ARROW, *DATABASE)))


def _reader(function: str, path: str, **settings: bool | int | str | list[str]) -> exp.Expr:
    """A table function; a list is columns of text by name."""
    options = [
        exp.EQ(this=exp.column(k), expression=_texts(v) if isinstance(v, list) else exp.convert(v))
        for k, v in settings.items()
    ]
    return exp.Table(this=exp.Anonymous(this=function, expressions=[exp.Literal.string(path), *options]))


def _texts(names: Sequence[str]) -> exp.Expr:
    made = (exp.PropertyEQ(this=exp.to_identifier(n, quoted=True), expression=exp.convert("VARCHAR")) for n in names)
    return exp.Struct(expressions=list(made))


def _of_database(connection: duckdb.DuckDBPyConnection, path: str, file: str, inner: str) -> exp.Expr:
    """The table of a DuckDB file that is named after '#', or the only one there is."""
    quoted = exp.Literal.string(file).sql("duckdb")
    try:
        connection.execute(f"ATTACH {quoted} AS facts_db (READ_ONLY)")
    except duckdb.Error as error:
        raise SubmissionError(path, "scale.unreadable", why=str(error).splitlines()[0]) from error
    query = "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'facts_db' UNION ALL "
    query += "SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'facts_db' AND NOT internal"
    tables = sorted((str(s), str(t)) for s, t in connection.execute(query).fetchall())
    chosen = [t for t in tables if inner in (t[1], ".".join(t))] if inner else tables
    if len(chosen) != 1:
        known = ", ".join(f"{s}.{t}" for s, t in tables)
        raise RequestError("scale.which_table", file=path, known=known or "–")
    schema, table = chosen[0]
    return exp.table_(table, db=schema, catalog="facts_db", quoted=True)
