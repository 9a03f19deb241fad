"""Is a large source checked, reported and refused by the contract of the command line?"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from jsonschema.validators import validator_for

from checker.reports import FORMATS, View
from checker.resources import data_dir
from checker.rulefile import load_rules
from checker.scale import outcomes
from checker.scale.run import check_large
from tests.scale.build import Row, as_parquet
from tests.scale.test_sources import ROWS, TKR
from tests.test_cli import run


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two areas, each with a total of 2023 that is 4.000 kr. too large."""
    return as_parquet(ROWS, tmp_path / "fakta.parquet")


def test_failures_are_shown_with_area_and_calculation(source: Path) -> None:
    made = run("check", source.name, cwd=source.parent)
    assert made.returncode == 1, made.stderr
    assert "Delposterne giver 5 t.kr., men der står 9 t.kr. Forskellen er +4 t.kr." in made.stdout
    assert "Nord" in made.stdout and "Syd" in made.stdout
    assert "12 af 12 beløb kontrolleret" in made.stdout
    english = run("check", source.name, "--lang", "en", cwd=source.parent)
    assert "The parts give 5" in english.stdout


def test_only_some_failures_are_shown_and_all_are_counted(source: Path) -> None:
    made = run("check", source.name, "--max-findings", "1", cwd=source.parent)
    assert made.returncode == 1
    assert made.stdout.count("SUM001 ") == 1
    assert "SUM001: 1 kontrol mere stemmer ikke; den er talt med, men ikke vist (--max-findings)" in made.stdout


def test_json_keeps_its_schema_and_counts_by_rule(source: Path) -> None:
    made = run("check", source.name, "--format", "json", "--max-findings", "1", cwd=source.parent)
    report = json.loads(made.stdout)
    schema = json.loads((data_dir("schemas") / "report.schema.json").read_text(encoding="utf-8"))
    assert list(validator_for(schema)(schema).iter_errors(report)) == []
    (own,) = (r for r in report["by_rule"] if r["rule_id"] == "SUM001")
    assert (own["passed"], own["failed"], own["not_shown"]) == (2, 2, 1)
    assert report["counts"]["failed"] == 2
    assert [o["at"]["entity"] for o in report["outcomes"] if o["status"] == "failed"] == ["Nord"]
    assert run("check", source.name, "--format", "json", "--max-findings", "1", cwd=source.parent).stdout == made.stdout


def test_every_format_tells_of_it(source: Path) -> None:
    report = check_large(str(source), load_rules())
    for format_ in FORMATS:
        assert "SUM001" in FORMATS[format_](report, View()), format_


def test_every_outcome_is_written_to_a_file(source: Path) -> None:
    file = source.parent / "udfald.parquet"
    made = run("check", source.name, "--evidence", file.name, cwd=source.parent)
    assert made.returncode == 1
    rows = duckdb.connect().execute(
        f"SELECT entity, rule, statement, line, measure, year, status, difference, tolerance FROM '{file}' "
        "WHERE rule = 'SUM001' ORDER BY ALL"
    )
    assert [(*r[:7], str(r[7]), str(r[8])) for r in rows.fetchall()] == [
        (e, "SUM001", "Regnskab", "i alt", "regnskab", year, status, difference, "1500.000")
        for e in ("Nord", "Syd")
        for year, status, difference in ((2022, "passed", "0.000"), (2023, "failed", "-4000.000"))
    ]


def test_a_file_that_cannot_be_written_is_told_and_none_is_left(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run("check", source.name, "--evidence", "mappe/udfald.parquet", cwd=source.parent)
    assert made.returncode == 2
    assert "udfald.parquet" in made.stderr and "Traceback" not in made.stderr

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(KeyboardInterrupt):
        check_large(str(source), load_rules(), evidence=source.parent / "udfald.parquet")
    assert sorted(p.name for p in source.parent.iterdir()) == ["fakta.parquet"]
    assert outcomes.KEY[0] == "statement"


def test_rows_that_break_the_contract_are_counted_and_the_others_checked(tmp_path: Path) -> None:
    odd = [ROWS[0]._replace(measure="regnskap"), ROWS[1]._replace(value=None), *ROWS[2:]]
    made = run("check", as_parquet(odd, tmp_path / "f.parquet").name, cwd=tmp_path)
    assert made.returncode == 1
    said = " ".join(made.stdout.split())
    assert (
        "værdien er ikke en af de kendte. Fundet: regnskap (regnskab?) (Nord, Regnskab, i alt, regnskap, 2022)" in said
    )
    assert "cellen skal være udfyldt. Fundet: – (Nord, Regnskab, A, regnskab, 2022)" in said
    assert "LNG001" in made.stdout


def test_a_source_of_nothing_is_never_green(tmp_path: Path) -> None:
    rows = [Row("Nord", "R", "A", "regnskab", 2023, TKR, TKR)]
    made = run("check", as_parquet(rows, tmp_path / "f.parquet").name, cwd=tmp_path)
    assert made.returncode == 2
    assert run("check", as_parquet([], tmp_path / "g.parquet").name, cwd=tmp_path).returncode == 2


def test_an_engine_that_is_not_known_or_not_there_is_told(source: Path) -> None:
    made = run("check", source.name, "--engine", "duckdbb", cwd=source.parent)
    assert made.returncode == 2 and "duckdb" in made.stderr
    assert run("check", source.name, "--engine", "python", cwd=source.parent).returncode == 2


def test_what_is_for_documents_is_refused_and_not_left_out_in_silence(source: Path) -> None:
    made = run("check", source.name, "--redact", "--annotate", cwd=source.parent)
    assert made.returncode == 2
    assert "kan ikke bruges med store mængder fakta: --annotate, --redact" in made.stderr


def test_little_memory_gives_the_same(source: Path) -> None:
    plenty, little = (check_large(str(source), load_rules(), memory=m) for m in (0, 200))
    assert plenty.tally == little.tally
