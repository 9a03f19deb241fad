"""What DuckDB reads (Parquet, a folder of it, CSV, Arrow, a DuckDB file): what stands after FROM, and its columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from checker.errors import RequestError, SubmissionError
from checker.scale.columns import matched
from checker.scale.csvtext import complaint, written
from checker.scale.model import Source
from checker.scale.run import sha256_of

PARQUET, CSV, ARROW, DATABASE = (".parquet",), (".csv", ".csv.gz", ".tsv"), (".arrow", ".feather"), (".duckdb", ".db")
OBJECT = "facts_in_memory"
"""The name of what is read from memory."""


def source_of(
    connection: duckdb.DuckDBPyConnection, path: str, in_memory: bool, is_frame: bool, folder: Path
) -> Source:
    table = exp.to_table(OBJECT) if in_memory else _table(connection, path, folder)
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {table.sql('duckdb')}").fetchall()
    except duckdb.Error as error:
        raise complaint(path, error) from error
    columns = [(str(row[0]), str(row[1])) for row in described]
    return matched(path, table, columns, "" if is_frame else sha256_of(Path(path.partition("#")[0])))


def arrow(path: str) -> Any:
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
        raise complaint(path, error) from error
    query = "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'facts_db' UNION ALL "
    query += "SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'facts_db' AND NOT internal"
    tables = sorted((str(s), str(t)) for s, t in connection.execute(query).fetchall())
    chosen = [t for t in tables if inner in (t[1], ".".join(t))] if inner else tables
    if len(chosen) != 1:
        known = ", ".join(f"{s}.{t}" for s, t in tables)
        raise RequestError("scale.which_table", file=path, known=known or "–")
    schema, table = chosen[0]
    return exp.table_(table, db=schema, catalog="facts_db", quoted=True)
