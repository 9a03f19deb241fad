"""A PostgreSQL server of our own, for as long as a test needs it. Fails where PostgreSQL is not installed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

SETTINGS = (
    *("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off", "jit = off"),
    *("shared_buffers = 64MB", "max_connections = 20"),
)
TYPES = {"year": "integer", "value": "numeric(22,2)", "unit": "numeric(22,2)"}
USER = "postgres"


@contextmanager
def server() -> Iterator[str]:
    """The address of a new, empty database on 127.0.0.1."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    assert found, "PostgreSQL is not installed"
    tools = found[-1]
    folder = Path(tempfile.mkdtemp(prefix="pg_"))
    try:
        if os.geteuid() == 0:
            owner = pwd.getpwnam(USER)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = folder / "d"
        _run([str(tools / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"], folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as stream:
            own = ("listen_addresses = '127.0.0.1'", f"port = {port}", f"unix_socket_directories = '{folder}'")
            stream.write("\n".join([*SETTINGS, *own]) + "\n")
        control = [str(tools / "pg_ctl"), "-D", str(data), "-w"]
        _run([*control, "-l", str(folder / "log"), "start"], folder)
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: Sequence[str], folder: Path) -> None:
    own = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*own, *command],
        cwd=folder,
        check=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    )


def load(address: str, path: Path, table: str = "facts") -> None:
    """Put the facts of a Parquet file into a table."""
    import psycopg
    from psycopg import sql

    with duckdb.connect() as con:
        result = con.execute(f"FROM '{path}'")
        names = [d[0] for d in result.description or ()]
        rows = result.fetchall()
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(TYPES.get(name, "text"))) for name in names
    )
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(table)))
        cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(table), columns))
        with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
            for row in rows:
                copy.write_row(row)
