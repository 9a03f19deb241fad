"""Are the files that exports write what dbt, Great Expectations and a reader need?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pytest
import sqlglot
import yaml
from sqlglot import exp
from typer.testing import CliRunner

import checker.cli.export
from checker.cli.shared import app
from checker.errors import RequestError
from checker.exports import dbt, gx, sqlfiles
from checker.exports.export import UNKNOWN, Export
from checker.exports.source import table_of
from checker.exports.words import DIALECTS
from tests.exports.build import Found, as_found, expected, ready
from tests.scale.build import Row, as_csv, as_parquet
from tests.scale.test_adversarial import CASES, table

assert checker.cli.export
ROWS = [
    *table("i alt=3 L1=1 L2=1"),
    *table("i alt=2 L1=1 L2=1", year=2022),
    *table("i alt=3 L1=1", entity="Syd"),
    *CASES["carried more than the surplus"],
]
ABSENT = {
    "bigquery": ("VALUES", "::", "DECIMAL(", "||", '"'),
    "snowflake": ("MATERIALIZED", "FILTER(", "BIGNUMERIC"),
    "tsql": ("TRUE", "FALSE", "::", "||", "LIMIT", "MATERIALIZED", "BOOLEAN", "USING (", '"'),
    "spark": ("MATERIALIZED", "::", "NUMERIC("),
}
"""What a dialect has not, or means something else by."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts with a wrong total."""
    return as_parquet(ROWS, tmp_path_factory.mktemp("facts") / "f.parquet")


def exported(path: Path, dialect: str, table_: str = "facts") -> tuple[Export, Found]:
    """The export, and what it must find."""
    with ready(path) as it:
        return it.export(dialect, table_), expected(it)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_query_is_one_select_of_the_dialect(dialect: str, path: Path) -> None:
    made, _ = exported(path, dialect, "dbo.facts")
    assert {q.rule.id for q in made.queries} >= {"SUM001", "FIG001", "FIG002", "OVF001"}
    for sql in (*(q.sql for q in made.queries), made.strange):
        tree = sqlglot.parse_one(sql, dialect=dialect)
        assert isinstance(tree, exp.Select)
        assert [t.name for t in tree.find_all(exp.Table) if t.db == "dbo"] == ["facts"]
        names = {c.alias for c in tree.find_all(exp.CTE)}
        assert {t.name for t in tree.find_all(exp.Table) if not t.db and t.name.startswith("rt_")} <= names
        assert [word for word in ABSENT.get(dialect, ()) if word in sql] == []


def test_a_new_line_year_or_area_is_not_passed_over(path: Path, tmp_path: Path) -> None:
    made, _ = exported(path, "duckdb")
    new = [
        *table("L3=1"),
        *table("L1=1", year=2024),
        *table("L1=1 L2=1", entity="Vest"),
        *table("L2=-", year=2022),
        *table("L1=80000000000000"),
    ]
    later = as_parquet([*ROWS, *new], tmp_path / "g.parquet")
    with duckdb.connect() as con:
        con.execute(f"CREATE VIEW facts AS FROM '{path}'")
        assert con.execute(made.strange).fetchall() == []
        con.execute(f"CREATE OR REPLACE VIEW facts AS FROM '{later}'")
        found = {(row[0], *row[2:5], *row[-2:]) for row in con.execute(made.strange).fetchall()}
    assert found == {
        ("shape", "L3", "regnskab", 2023, 1, 1),
        ("shape", "L1", "regnskab", 2024, 1, 1),
        ("shape", "L1", "regnskab", 2023, 1, 1),
        ("shape", "L2", "regnskab", 2023, 1, 1),
        ("value", "L2", "regnskab", 2022, 1, 1),
        ("value", "L1", "regnskab", 2023, 1, 1),
    }


def test_dbt_renders_the_table_and_nothing_else(path: Path) -> None:
    made, told = exported(path, "duckdb", dbt.TABLE)
    files = dbt.files(made, dbt.jinja("facts"), "da")
    assert dbt.jinja("erp.facts") == "source('erp', 'facts')"
    with pytest.raises(RequestError):
        dbt.jinja("a') }}")
    answers: dict[str, list[tuple[Any, ...]]] = {}
    configs: dict[str, Mapping[str, Any]] = {}
    with duckdb.connect() as con:
        con.execute(f"CREATE VIEW facts AS FROM '{path}'")
        for query in made.queries:
            name = f"tests/{query.rule.id}_{query.rule.name.replace('-', '_')}.sql"
            given: dict[str, Any] = {}
            template = jinja2.Environment().from_string(files[name])
            sql = template.render(ref=lambda n: n, config=lambda given=given, **k: given.update(k) or "")
            answers[query.rule.id] = con.execute(f"SELECT * FROM ({sql}\n) AS dbt_internal_test").fetchall()
            configs[query.rule.id] = given
        template = jinja2.Environment().from_string(files[f"tests/{UNKNOWN}.sql"])
        assert con.execute(template.render(ref=lambda n: n, config=lambda **_: "")).fetchall() == []
    assert as_found(made, answers) == told
    assert configs["SUM001"] == {"severity": "error"}
    assert "LNG001" in files["README.md"] and "UNI001" in files["README.md"]


@pytest.mark.parametrize("kind", gx.DATASOURCES)
def test_a_project_of_great_expectations(kind: str, path: Path) -> None:
    dialect = gx.DATASOURCES[kind] or "duckdb"
    made, _ = exported(path, dialect, gx.TABLE)
    files = gx.files(made, kind, table_of("public.facts", dialect), "en")
    assert files == gx.files(made, kind, table_of("public.facts", dialect), "en")
    context = yaml.safe_load(files["gx/great_expectations.yml"])
    assert context["analytics_enabled"] is False
    suite = json.loads(files["gx/expectations/rules.json"])
    definition = json.loads(files["gx/validation_definitions/rules.json"])
    assert definition["suite"] == {"name": suite["name"], "id": suite["id"]}
    assert json.loads(files["gx/checkpoints/rules.json"])["result_format"] == "SUMMARY"
    own = {e["meta"]["rule_id"]: e for e in suite["expectations"]}
    if kind == "pandas":
        assert {e["type"] for e in own.values()} <= {"expect_column_to_exist", "expect_column_values_to_not_be_null"}
        assert "UnexpectedRowsExpectation" in files["README.md"] and "SUM001" in files["README.md"]
        return
    assert set(own) == {*(q.rule.id for q in made.queries), UNKNOWN}
    assert own["SUM001"]["severity"] == "critical"
    for each in own.values():
        text = each["kwargs"]["unexpected_rows_query"]
        assert text.count("{batch}") == 1 and " JOIN " in text.replace("\n", " ") and "--" not in text
    source = context["fluent_datasources"]["facts"]
    if kind != "spark":
        assert source["connection_string"] == "${FACTS_URL}"
        assert source["assets"]["facts"]["schema_name"] == "public"
    odd = gx.files(made, kind, table_of('"S X"."$T"', "postgres"), "en")
    assert kind == "spark" or 'SELECT * FROM "S X"."\\$T"' in odd["gx/great_expectations.yml"].replace("\\\\", "\\")


def test_files_of_sql_say_what_they_are(path: Path) -> None:
    made, _ = exported(path, "duckdb")
    files = sqlfiles.files(made, "en")
    head = files["SUM001.sql"].splitlines()[:2]
    assert head[0] == "-- SUM001 (error): Parts do not add up to their total"
    assert "LNG001" in files[f"{UNKNOWN}.sql"] and files["SUM001.sql"].endswith(";\n")
    assert sqlfiles.one(made, "en").count(";\n") == len(files)


def test_the_commands(path: Path, tmp_path: Path) -> None:
    run = CliRunner()
    shown = run.invoke(app, ["export", "sql", str(path), "--table", "erp.facts"])
    assert shown.exit_code == 0 and "FROM erp.facts AS t" in shown.stdout
    for args in (
        ["sql", str(path), "-o", str(tmp_path / "sql"), "--dialect", "tsql"],
        ["dbt", str(path), "-o", str(tmp_path / "dbt"), "--table", "erp.facts"],
        ["gx", str(path), str(tmp_path / "gx"), "--datasource", "pandas", "--lang", "en"],
    ):
        asked = run.invoke(app, ["export", *args])
        assert asked.exit_code == 0, asked.output
        assert "LNG001" in asked.stderr
    assert "SUM001" in asked.stderr.splitlines()[-1]
    (tmp_path / "sql" / "XXX999.sql").write_text("-- ours", encoding="utf-8")
    again = run.invoke(app, ["export", "sql", str(path), "-o", str(tmp_path / "sql")])
    assert "XXX999.sql" in again.stderr and (tmp_path / "sql" / "XXX999.sql").exists()
    assert "source('erp', 'facts')" in (tmp_path / "dbt/tests" / f"{UNKNOWN}.sql").read_text(encoding="utf-8")
    for args in (
        ["sql", str(path), "--table", "a b c; drop"],
        ["sql", str(path), "--dialect", "oracle"],
        ["gx", str(path), str(tmp_path), "--datasource", "oracle"],
        ["dbt", str(path), "-o", str(tmp_path), "--table", "a.b.c"],
    ):
        assert isinstance(run.invoke(app, ["export", *args]).exception, RequestError)


def test_values_that_are_text_are_read_where_patterns_are_known(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    cent = Decimal("0.01")
    rows = [
        Row("Nord", "R", line, "regnskab", 2023, Decimal(v), cent, None, role, parent)
        for line, v, role, parent in (
            ("i alt", "1234.56", "total", None),
            ("A", "1000", None, "i alt"),
            ("B", "234.50", None, "i alt"),
        )
    ]
    file.write_text(as_csv(rows), encoding="utf-8")
    with ready(file) as it:
        made, told = it.export("duckdb"), expected(it)
        assert told["SUM001"]
        with pytest.raises(RequestError, match="tekst"):
            it.export("tsql")
    with duckdb.connect() as con:
        con.execute(f"CREATE VIEW facts AS FROM read_csv('{file}', all_varchar = true)")
        assert as_found(made, {q.rule.id: con.execute(q.sql).fetchall() for q in made.queries}) == told


pytestmark = pytest.mark.filterwarnings("error")
