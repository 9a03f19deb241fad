"""The plan that every database runs, in a PostgreSQL server of its own; starting and loading it is part of it.

The server's own CPU time is that of other processes, which are not counted: look at the wall time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from benchmarks import big_own
from benchmarks.big_shape import Counts, Key
from checker.scale.postgres import Postgres
from tests.schemas.servers import postgres


@contextmanager
def _loaded(path: Path) -> Iterator[Postgres]:
    with postgres() as server:
        con = duckdb.connect()
        described = con.execute(f"DESCRIBE FROM '{path}'").fetchall()
        types = {"VARCHAR": "text", "INTEGER": "int"}
        columns = ", ".join(f'"{n}" {types.get(t, t.replace("DECIMAL", "numeric"))}' for n, t, *_ in described)
        server.execute(f"CREATE TABLE facts ({columns})")
        with server.cursor() as cursor, cursor.copy("COPY facts FROM STDIN") as copy:
            rows = con.execute(f"FROM '{path}'")
            while batch := rows.fetchmany(10_000):
                for row in batch:
                    copy.write_row(row)
        server.commit()
        info = server.info
        yield Postgres(f"postgresql://{info.user}@/{info.dbname}?host={info.host}&port={info.port}&table=facts")


def run(path: Path) -> Counts:
    """Counts of all outcomes."""
    with _loaded(path) as backend:
        return big_own.counted(backend)


def failed(path: Path) -> dict[Key, int | None]:
    """Keys of the outcomes that failed, with their differences."""
    with _loaded(path) as backend:
        return big_own.listed(backend)
