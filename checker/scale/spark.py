"""Spark: the facts are Parquet or a table of the catalog, on this machine or, in an active session, on a cluster."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyspark import SparkContext
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from sqlglot import exp

from checker.errors import SubmissionError
from checker.scale.columns import matched
from checker.scale.model import Presence, Source
from checker.scale.run import sha256_of
from checker.scale.tree import shapes_by_entity, told

_TYPES = {"INTEGER": "int", "BIGINT": "bigint", "VARCHAR": "string", "BOOLEAN": "boolean"}
_STORED = {"int": "INTEGER", "string": "VARCHAR", "double": "DOUBLE", "float": "FLOAT"}
_QUIET = """rootLogger.level=error
rootLogger.appenderRef.c.ref=c
appender.c.type=Console
appender.c.name=c
appender.c.target=SYSTEM_ERR
appender.c.layout.type=PatternLayout
appender.c.layout.pattern=%p %c{1}: %m%n
"""
TABLE = "spark:"
"""Before the name of a table of the catalog."""


_SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""Set by spark-submit: what session there is to be stands in its own settings."""
_MEANING = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.variable.substitute": "false",  # else '${…}' in a name would become ''
}


class Spark:
    """A session beside the active one or that of spark-submit, else one on this machine that ends with the run.

    Beside: with settings and views of its own, so that nothing of the user's is changed.
    """

    dialect = "spark"

    def __init__(self, path: str, memory: int = 0) -> None:
        active: Any = SparkSession.getActiveSession()
        if active is None and _SUBMITTED in os.environ:
            active = SparkSession.Builder().appName("regnskabstjek").getOrCreate()
        self._own = active is None
        self._folder = Path(tempfile.mkdtemp(prefix="regnskabstjek-"))
        self.session: Any = started(self._folder, memory) if self._own else beside(active)
        self._kept: dict[str, Any] = {}
        try:
            self.source = self._described(path)
        except BaseException:
            self.close()
            raise

    def rows(self, query: exp.Query) -> Iterator[tuple[Any, ...]]:
        """The rows of a query."""
        return (tuple(row) for row in self.session.sql(query.sql(self.dialect)).toLocalIterator())

    def small(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> exp.Table:
        """A view of a small table."""
        schema = ", ".join(f"`{column}` {_type(sort)}" for column, (sort, _) in columns.items())
        rows = list(zip(*(values for _, values in columns.values()), strict=True))
        self.session.createDataFrame(rows, schema).createOrReplaceTempView(name)
        return exp.to_table(name)

    def presence(self, table: exp.Expr, entities: int, shapes: int) -> Presence:
        """Which entities have a fact of which shape, and how many they have: a row for each entity comes back."""
        return told(self.rows(shapes_by_entity(table)), entities, shapes)

    def keep(self, name: str, query: exp.Query) -> exp.Table:
        """A view of what the query gives, kept in memory and on disk."""
        kept = self._view(name, query).persist()
        if before := self._kept.get(name):
            before.unpersist()
        self._kept[name] = kept
        return exp.to_table(name)

    def after(self, steps: Mapping[str, exp.Query], query: exp.Query, once: Set[str]) -> exp.Query:
        """The query alone: steps are views, since after WITH a step would be made anew whenever it is named."""
        for name, step in steps.items():
            if name in once:
                self.keep(name, step)
            else:
                self._view(name, step)
        return query

    def _view(self, name: str, query: exp.Query) -> Any:
        made = self.session.sql(query.sql(self.dialect))
        made.createOrReplaceTempView(name)
        return made

    def close(self) -> None:
        """Nothing is left; a session that was there stays."""
        for kept in self._kept.values():
            kept.unpersist()
        if self._own:
            stopped(self.session)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _described(self, path: str) -> Source:
        file = Path(path)
        try:
            if path.startswith(TABLE):
                frame, table = self.session.table(path.removeprefix(TABLE)), exp.to_table(path.removeprefix(TABLE))
            else:
                if "://" not in path and not file.exists():
                    raise SubmissionError(path, "input.missing")
                frame, table = self.session.read.parquet(path), exp.to_table("facts_source")
                frame.createOrReplaceTempView("facts_source")
        except PySparkException as error:
            raise SubmissionError(path, "scale.unreadable", why=str(error).splitlines()[0]) from error
        described = [(n, _STORED.get(t, t.upper())) for n, t in frame.dtypes]
        return matched(path, table, described, sha256_of(file) if file.exists() else "")


def beside(active: Any) -> Any:
    """A session of the same cluster with views and settings of its own."""
    made = active.newSession()
    for name, value in _MEANING.items():
        made.conf.set(name, value)
    return made


def started(folder: Path, memory: int) -> Any:
    """A quiet session on this machine whose files all lie in one folder."""
    (folder / "log4j2.properties").write_text(_QUIET, encoding="utf-8")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    java = f"-Dlog4j2.configurationFile=file:{folder}/log4j2.properties -Dderby.system.home={folder} "
    java += f"-Djava.io.tmpdir={folder} -Duser.timezone=UTC -XX:-UsePerfData"
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": f"{memory or 2048}m",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": java,
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.local.dir": f"{folder}/local",
        "spark.jars.ivy": f"{folder}/ivy",
        "spark.sql.catalogImplementation": "in-memory",
        **_MEANING,
    }
    builder: Any = SparkSession.builder
    builder = builder.master("local[*]").appName("regnskabstjek")
    for name, value in settings.items():
        builder = builder.config(name, value)
    with _errors_to(folder / "java.txt"):
        return builder.getOrCreate()


@contextmanager
def _errors_to(file: Path) -> Iterator[None]:
    """What the Java machine says while it starts goes to a file."""
    sys.stderr.flush()
    kept, put = os.dup(2), os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.dup2(put, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(put)


def stopped(session: Any) -> None:
    """End the session and its Java machine now, not when Python ends."""
    context: Any = SparkContext
    gateway = context._gateway
    session.stop()
    if gateway is not None:
        gateway.shutdown()
        if gateway.proc.stdin:
            gateway.proc.stdin.close()
        gateway.proc.wait(20)
        context._gateway = context._jvm = None


def _type(sort: str) -> str:
    return _TYPES.get(sort, sort.lower())
