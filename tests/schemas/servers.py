"""A PostgreSQL server and a Spark session of a test's own; both leave nothing behind."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def postgres() -> Iterator[Any]:
    """A psycopg connection to a server of its own (Debian's package postgresql)."""
    import psycopg

    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp(prefix="pg_"))  # short: the path of a socket has 107 bytes

    def run(*command: str) -> None:
        before = ["runuser", "-u", "postgres", "--"] if root else []
        environment = os.environ | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
        subprocess.run(
            [*before, *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    try:
        if root:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        data = folder / "d"
        run(
            f"{programs}/initdb",
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )
        options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off"}
        with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        run(f"{programs}/pg_ctl", "-D", str(data), "-w", "-t", "60", "-l", str(folder / "log"), "start")
        try:
            with psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres") as connection:
                yield connection
        finally:
            run(f"{programs}/pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def spark() -> Iterator[Any]:
    """A session of PySpark on this machine (needs Java 17); its Java machine ends with it."""
    from checker.scale.spark import started, stopped

    with tempfile.TemporaryDirectory(prefix="spark_") as folder:
        session = started(Path(folder), 0)
        try:
            yield session
        finally:
            stopped(session)
