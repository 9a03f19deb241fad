"""Do exports run for real: in PostgreSQL, and as a project of Great Expectations?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benchmarks.big_facts import write
from checker.exports import gx
from checker.exports.export import UNKNOWN, export
from checker.exports.source import opened, table_of
from checker.rulefile import load_rules
from tests.exports.build import DOUBLES, Found, Ready, as_found, expected, ready, sqlite_of, strange_rows
from tests.exports.server import load, server
from tests.exports.test_escaping import NASTY, nasty
from tests.scale.build import Row, as_parquet
from tests.scale.test_adversarial import CASES

pytestmark = pytest.mark.outside
MANY = 230
"""More failures of one rule than the 200 rows that Great Expectations fetches."""
TKR = Decimal(1000)
RUN = """
import json, os, sys
os.environ["GX_ANALYTICS_ENABLED"] = "false"
import great_expectations
context = great_expectations.get_context(mode="file", project_root_dir=sys.argv[1])
result = context.checkpoints.get("rules").run()
found = {}
for suite in result.run_results.values():
    for each in suite.results:
        said = each.expectation_config
        found[said.meta["rule_id"]] = [each.success, each.result.get("observed_value"), said.severity.value,
            str(each.exception_info) if each.exception_info.get("raised_exception") is not False else ""]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of our own."""
    with server() as own:
        yield own


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About 5.000 facts of two areas, with planted slips."""
    path = tmp_path_factory.mktemp("big") / "f.parquet"
    write(path, 5_000)
    return path


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Areas whose total is wrong, more than 200 of them, and ten whose total is right."""
    tree = {"i alt": ("total", None), "A": (None, "i alt"), "B": (None, "i alt")}
    rows = [
        Row(f"Område {n}", "Regnskab", line, "regnskab", 2023, TKR * value, TKR, None, *tree[line])
        for n in range(MANY + 10)
        for line, value in (("i alt", 9 if n < MANY else 5), ("A", 2), ("B", 3))
    ]
    return as_parquet(rows, tmp_path_factory.mktemp("many") / "f.parquet")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Areas and lines with signs in their names that mean something to someone."""
    return as_parquet(nasty(NASTY), tmp_path_factory.mktemp("odd") / "f.parquet")


def by_postgres(it: Ready, address: str) -> Found:
    """What the queries find in the server's table."""
    import psycopg

    made = it.export("postgres", "public.facts")
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        answers: dict[str, list[tuple[Any, ...]]] = {}
        for query in made.queries:
            cursor.execute(query.sql.encode())
            answers[query.rule.id] = cursor.fetchall()
        cursor.execute(made.strange.encode())
        assert sum(row[-1] for row in cursor) == strange_rows(it)
    return as_found(made, answers)


@pytest.mark.parametrize("name", [*CASES, "big", "odd"])
def test_postgres_finds_what_the_program_finds(
    name: str, address: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = request.getfixturevalue(name) if name not in CASES else as_parquet(CASES[name], tmp_path / "f.parquet")
    load(address, path)
    with ready(path) as it:
        assert by_postgres(it, address) == expected(it)


def test_an_export_made_from_the_table_itself(address: str, big: Path) -> None:
    load(address, big)
    backend = opened(f"{address}?table=public.facts")
    try:
        made = export(backend, load_rules(), "postgres", table_of("public.facts", "postgres"))
    finally:
        backend.close()
    with ready(big) as it:
        same = it.export("postgres", "public.facts")
    assert {q.rule.id: q.sql for q in made.queries} == {q.rule.id: q.sql for q in same.queries}
    assert made.strange == same.strange and "@" not in made.source


def by_script(folder: Path, address: str, *script: str) -> subprocess.CompletedProcess[str]:
    """A script of the project, told where the database is."""
    return subprocess.run(
        [sys.executable, *script],
        env={**os.environ, gx.ADDRESS: address},
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def run_gx(folder: Path, address: str) -> dict[str, list[Any]]:
    """Each rule: whether it holds, how many rows it has, how grave it is, and what went wrong."""
    script = folder / "asked.py"  # not -c: pyspark without grpc ends a process that has no file
    script.write_text(RUN, encoding="utf-8")
    asked = by_script(folder, address, str(script), str(folder))
    assert asked.returncode == 0, asked.stderr
    found: dict[str, list[Any]] = json.loads(asked.stdout.splitlines()[-1])
    return found


def put(it: Ready, folder: Path, kind: str, table: str) -> None:
    """Write the project."""
    made = it.export(gx.DATASOURCES[kind], gx.TABLE)
    for name, content in gx.files(made, kind, table_of(table, gx.DATASOURCES[kind]), "da").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
@pytest.mark.parametrize("facts", ["big", "many", "odd"])
def test_great_expectations_finds_what_the_program_finds(
    kind: str, facts: str, address: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(facts)
    with ready(path) as it:
        put(it, tmp_path, kind, "facts")
        told = {rule: rows.total() for rule, rows in expected(it).items()}
        bad = strange_rows(it)
    if kind == "sqlite":
        sqlite_of(path, tmp_path / "facts.db").close()
        url = f"sqlite:///{tmp_path}/facts.db"
    else:
        load(address, path)
        url = address.replace("postgresql:", "postgresql+psycopg2:")
    found = run_gx(tmp_path, url)
    assert {rule: said[3] for rule, said in found.items() if said[3]} == {}
    assert {rule: count for rule, (_, count, _, _) in found.items() if count and rule not in (UNKNOWN, DOUBLES)} == {
        rule: n for rule, n in told.items() if rule != DOUBLES
    }
    assert {rule for rule, said in found.items() if not said[0]} - {UNKNOWN} == set(told)
    assert found[UNKNOWN][0] == (bad == 0)
    if facts == "many":
        assert found["SUM001"][:3] == [False, MANY, "critical"]
    code = by_script(tmp_path, url, "run.py")
    assert code.returncode == 1, code.stderr
    assert code.stdout.splitlines()[-1].startswith(("SUM", "unknown"))
    assert (tmp_path / "gx/uncommitted/data_docs/local_site/index.html").is_file()
