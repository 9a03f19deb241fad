"""A PostgreSQL server and a Spark session of a test's own; both leave nothing behind."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_LOG = """\
rootLogger.level=error
rootLogger.appenderRef.c.ref=c
appender.c.type=Console
appender.c.name=c
appender.c.target=SYSTEM_ERR
appender.c.layout.type=PatternLayout
appender.c.layout.pattern=%p %c{1}: %m%n
logger.repl.name=org.apache.spark.api.python.PythonGatewayServer
logger.repl.level=error
"""


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
    """A local session of PySpark (needs Java 17). Its JVM ends with it, and says nothing on stderr at start."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    folder = Path(tempfile.mkdtemp(prefix="spark_"))
    try:
        (folder / "log4j2.properties").write_text(_LOG, encoding="utf-8")
        os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
        java = (
            f"-Dlog4j2.configurationFile=file:{folder}/log4j2.properties -Dderby.system.home={folder} "
            f"-Djava.io.tmpdir={folder} -Duser.timezone=UTC -XX:-UsePerfData"
        )
        options = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.extraJavaOptions": java,
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.warehouse.dir": f"{folder}/warehouse",
            "spark.local.dir": f"{folder}/local",
            "spark.sql.ansi.enabled": "true",
            "spark.sql.variable.substitute": "false",  # else '${x}' in a literal is emptied
        }
        builder: Any = SparkSession.builder.master("local[2]").appName("schemas")
        for name, value in options.items():
            builder = builder.config(name, value)
        with _stderr_to(folder / "stderr"):
            session = builder.getOrCreate()
        gateway: Any = SparkContext._gateway
        try:
            yield session
        finally:
            session.stop()
            gateway.shutdown()
            gateway.proc.stdin.close()  # the JVM ends when its input does
            gateway.proc.wait(30)
            SparkContext._gateway = SparkContext._jvm = None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _stderr_to(path: Path) -> Iterator[None]:
    """A program that is started here inherits the file as its stderr."""
    sys.stderr.flush()
    keep = os.dup(2)
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.dup2(file, 2)
        yield
    finally:
        os.dup2(keep, 2)
        os.close(keep)
        os.close(file)
