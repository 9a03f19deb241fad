"""Do PostgreSQL and Spark say what DuckDB says, on the hard cases and on a hundred thousand facts?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.big_facts import write
from checker.rulefile import load_rules
from checker.scale import dense, plain
from checker.scale.check import evaluate, prepare
from checker.scale.duck import Duck
from checker.scale.run import check_large
from tests.scale.build import COLUMNS, as_parquet
from tests.scale.test_adversarial import CASES
from tests.schemas.servers import postgres, spark

pytestmark = pytest.mark.outside
Said = tuple[dict[tuple[str, str], int], dict[str, list[tuple[int, int]]]]
TEXT = "entity, statement, line, measure, year, value, unit, basis, role, parent"


@pytest.fixture(scope="module")
def every_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All hard cases in one file, each with areas of its own."""
    rows = [r._replace(entity=f"{name}: {r.entity}") for name, case in CASES.items() for r in case]
    return as_parquet(rows, tmp_path_factory.mktemp("f") / "f.parquet")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred thousand facts with planted slips."""
    file = tmp_path_factory.mktemp("mange") / "mange.parquet"
    write(file, 100_000)
    return file


def said(backend: Any) -> Said:
    """What is counted, and the first failures of each rule."""
    scaled = prepare(backend, load_rules())
    found = evaluate(backend, scaled, 50, plain.run)
    return found.tally.counts, {rule: sorted(listed) for rule, listed in found.failed.items()}


def by_duckdb(file: Path) -> Said:
    """The same by DuckDB, both plans of which agree."""
    backend = Duck(str(file))
    made = said(backend)
    fused = evaluate(backend, prepare(backend, load_rules()), 50, dense.run)
    backend.close()
    assert fused.tally.counts == made[0]
    return made


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with postgres() as connection:
        yield connection


def address(server: Any, table: str) -> str:
    info = server.info
    return f"postgresql://{info.user}@/{info.dbname}?host={info.host}&port={info.port}&table={table}"


def copied(server: Any, file: Path, table: str) -> None:
    """The facts of a Parquet file as a table of the server."""
    con = duckdb.connect()
    described = con.execute(f"DESCRIBE FROM '{file}'").fetchall()
    types = {"VARCHAR": "text", "INTEGER": "int"}
    columns = ", ".join(f'"{n}" {types.get(t, t.replace("DECIMAL", "numeric"))}' for n, t, *_ in described)
    server.execute(f'DROP TABLE IF EXISTS "{table}"')
    server.execute(f'CREATE TABLE "{table}" ({columns})')
    names = ", ".join(f'"{n}"' for n, *_ in described)
    with server.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in con.execute(f"FROM '{file}'").fetchall():
            copy.write_row(row)
    server.commit()


@pytest.mark.parametrize("which", ["every_case", "many"])
def test_postgresql_says_the_same(which: str, server: Any, request: pytest.FixtureRequest) -> None:
    from checker.scale.postgres import Postgres

    file = request.getfixturevalue(which)
    copied(server, file, which)
    backend = Postgres(address(server, which))
    found = said(backend)
    backend.close()
    assert found == by_duckdb(file)


def test_a_check_in_the_database_is_read_only_and_gives_a_report(server: Any, every_case: Path) -> None:
    import psycopg

    from checker.scale.postgres import Postgres

    copied(server, every_case, "fakta")
    report = check_large(address(server, "public.fakta"), load_rules(), "postgres")
    assert report.tally == check_large(str(every_case), load_rules(), "duckdb").tally
    assert report.findings
    backend = Postgres(address(server, "fakta"))
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        backend.connection.execute("CREATE TABLE skrevet (x int)")
    backend.close()


def test_spark_says_the_same(every_case: Path, many: Path) -> None:
    from checker.scale.spark import Spark

    with spark():
        for file in (every_case, many):
            backend = Spark(str(file))
            found = said(backend)
            backend.close()
            assert found == by_duckdb(file)


def test_an_active_session_keeps_its_settings_and_views(tmp_path: Path) -> None:
    from checker.scale.spark import Spark

    with spark() as session:
        session.range(1).createOrReplaceTempView("shapes")
        session.conf.set("spark.sql.session.timeZone", "Europe/Copenhagen")
        backend = Spark(str(as_parquet(CASES["a missing part"], tmp_path / "f.parquet")))
        said(backend)
        backend.close()
        assert [table.name for table in session.catalog.listTables()] == ["shapes"]
        assert session.conf.get("spark.sql.session.timeZone") == "Europe/Copenhagen"
        assert session.sql("FROM shapes").count() == 1


def test_spark_submit_decides_where_it_runs(every_case: Path, tmp_path: Path) -> None:
    script = tmp_path / "where.py"
    script.write_text(
        "import sys\nfrom checker.scale.spark import Spark\nbackend = Spark(sys.argv[1])\n"
        "print('master', backend.session.sparkContext.master, backend.session.conf.get('spark.sql.ansi.enabled'))\n",
        encoding="utf-8",
    )
    submit = [str(Path(sys.executable).with_name("spark-submit")), "--master", "local[1]", str(script), str(every_case)]
    done = subprocess.run(
        submit,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=tmp_path,
    )
    assert "master local[1] true" in done.stdout, done.stderr


def test_the_columns_of_the_cases_are_those_of_the_files(every_case: Path) -> None:
    names = [row[0] for row in duckdb.connect().execute(f"DESCRIBE FROM '{every_case}'").fetchall()]
    assert names == list(COLUMNS) == TEXT.split(", ")
