"""PostgreSQL: the facts are a table or view of a database, and are summed there, in read-only transactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg import postgres
from sqlglot import exp, parse_one

from checker.errors import RequestError, SubmissionError
from checker.scale.columns import matched
from checker.scale.model import Presence, Source
from checker.scale.tree import shapes_by_entity, told, with_steps

FETCH = 10_000
_TYPES = {"INTEGER": "int", "BIGINT": "bigint", "VARCHAR": "text", "BOOLEAN": "boolean"}
"""Types of small tables -> those of PostgreSQL."""
_STORED = {"int2": "INTEGER", "int4": "INTEGER", "int8": "INTEGER", "float4": "DOUBLE", "float8": "DOUBLE"}
_STORED |= {"bool": "BOOLEAN", "date": "DATE"}


class Postgres:
    """A read-only connection. The address is `postgresql://user@host/db?table=schema.table`, else as libpq reads it.

    Nothing is created in the database: small tables and steps stand in front of each query. The planner does not know
    how long the lists are that small tables come as, and guesses ten rows: by its guess it would sort groups and nest
    loops, which takes ten times as long as hashing.
    """

    dialect = "postgres"

    def __init__(self, address: str) -> None:
        connect, table, name = _parted(address)
        options = "-c default_transaction_read_only=on -c enable_sort=off -c enable_nestloop=off -c jit=off"
        try:
            self.connection = psycopg.connect(connect, options=options, application_name="regnskabstjek")
        except psycopg.Error as error:
            raise SubmissionError(name, "scale.unreadable", why=_first_line(error)) from error
        self._small: dict[str, tuple[exp.Query, list[Any]]] = {}
        self._kept: dict[str, exp.Query] = {}
        self.source = self._described(name, table)

    def rows(self, query: exp.Query) -> Iterator[tuple[Any, ...]]:
        """The rows of a query as they come; a cursor of the server would forbid it to work in parallel.

        They are to be read to their end before anything else is asked.
        """
        sql, values = self._written(query)
        with psycopg.RawCursor(self.connection) as cursor:
            yield from cursor.stream(sql.encode(), values)

    def small(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> exp.Table:
        """A small table that every query that names it is given, as one list for each column."""
        listed = ", ".join(f"${n}::{_type(sort)}[]" for n, (sort, _) in enumerate(columns.values(), 1))
        named = ", ".join(exp.to_identifier(column, quoted=True).sql(self.dialect) for column in columns)
        query = parse_one(f"SELECT * FROM unnest({listed}) AS t({named})", dialect=self.dialect)
        assert isinstance(query, exp.Query)
        self._small[name] = (query, [list(values) for _, values in columns.values()])
        return exp.to_table(name)

    def presence(self, table: exp.Expr, entities: int, shapes: int) -> Presence:
        """Which entities have a fact of which shape, and how many they have: a row for each entity comes back."""
        return told(self.rows(shapes_by_entity(table)), entities, shapes)

    def keep(self, name: str, query: exp.Query) -> exp.Table:
        """A step that stands in front of the queries that name it; nothing is kept in the database."""
        self._kept[name] = query
        return exp.to_table(name)

    def after(self, steps: Mapping[str, exp.Query], query: exp.Query, once: Set[str]) -> exp.Query:
        """The query after WITH."""
        return with_steps(steps, query, once)

    def close(self) -> None:
        """Nothing is left."""
        self.connection.close()

    def _written(self, query: exp.Query) -> tuple[str, list[Any]]:
        """The query with all that it names in front of it, and the lists in the order of their numbers."""
        needed: dict[str, exp.Query] = {}
        self._need(query, needed)
        values: list[Any] = []
        made = query.copy()
        steps: list[tuple[str, exp.Query]] = []
        for name, step in needed.items():
            own = step.copy()
            if name in self._small:
                for parameter in own.find_all(exp.Parameter):
                    parameter.set("this", exp.Literal.number(int(str(parameter.this)) + len(values)))
                values += self._small[name][1]
            steps.append((name, own))
        own_steps = list(made.args["with_"].expressions) if made.args.get("with_") else []
        if made.args.get("with_"):
            made.set("with_", None)
        for name, step in steps:
            made = made.with_(name, as_=step, copy=False)
        for cte in own_steps:
            made = made.with_(cte.alias, as_=cte.this, copy=False)
        return made.sql(self.dialect), values

    def _need(self, query: exp.Query, needed: dict[str, exp.Query]) -> None:
        """What the query names, each after what it names itself."""
        for table in query.find_all(exp.Table):
            name = table.name
            if table.args.get("db") or name in needed:
                continue
            if name in self._kept:
                self._need(self._kept[name], needed)
                needed[name] = self._kept[name]
            elif name in self._small:
                needed[name] = self._small[name][0]

    def _described(self, name: str, table: exp.Table) -> Source:
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(exp.select("*").from_(table.copy()).limit(0).sql(self.dialect).encode())
                described = [(c.name, _stored(c)) for c in cursor.description or ()]
        except psycopg.Error as error:
            raise SubmissionError(name, "scale.unreadable", why=_first_line(error)) from error
        return matched(name, table, described)


def _parted(address: str) -> tuple[str, exp.Table, str]:
    """What libpq is given, the table that `table=` names, and the address without user and password."""
    parts = urlsplit(address)
    asked = parse_qsl(parts.query)
    named = dict(asked).get("table", "")
    if not named:
        raise RequestError("scale.which_table_of_database", what="?table=schema.table")
    *schema, table = named.split(".")
    rest = urlencode([(k, v) for k, v in asked if k != "table"])
    connect = urlunsplit((parts.scheme, parts.netloc, parts.path, rest, ""))
    public = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}?table={named}"
    return connect, exp.table_(table, db=schema[0] if schema else None, quoted=True), public


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _type(sort: str) -> str:
    return _TYPES.get(sort) or sort.lower().replace("decimal", "numeric")


def _stored(column: psycopg.Column) -> str:
    info = postgres.types.get(column.type_code)
    name = info.name if info else ""
    if name == "numeric":
        return f"DECIMAL(38,{column.scale if column.scale is not None else 6})"
    return _STORED.get(name, "VARCHAR")
