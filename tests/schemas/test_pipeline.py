"""Does the example pipeline say what breaks the contract, and go on with the rows that hold?"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pandera.errors import SchemaErrors

from samples.pipeline.pipeline import main

FILE = Path(__file__).parent.parent.parent / "samples" / "pipeline" / "fakta.csv"
SAID = """\
Række 3, kolonne measure: „regnskap“ er ikke et af kontraktens ord.
Række 4, kolonne year: „23“ er skrevet på en måde, som kontrakten ikke tillader.
Række 5, kolonne value: cellen er tom, men skal udfyldes.
Række 6, kolonne unit: „tusind“ er skrevet på en måde, som kontrakten ikke tillader.
Række 7, kolonne fact_id: „F6“ står i flere rækker.
Række 8, kolonne fact_id: „F6“ står i flere rækker.
3 af 9 rækker overholder kontrakten og går videre:
  Budget: 2
  Resultat: 1
"""


def test_the_example_says_what_is_wrong_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(FILE) == 1
    assert capsys.readouterr().out == SAID


def test_the_example_runs_as_its_docstring_says() -> None:
    command = [sys.executable, "-X", "utf8", "-m", "samples.pipeline.pipeline", str(FILE)]
    run = subprocess.run(command, cwd=FILE.parents[2], capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stdout, run.stderr) == (1, SAID, "")


def test_where_every_row_holds_all_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "fakta.csv"
    file.write_text("entity;statement;line;measure;year;value;unit\nIT;T;NA;rest;;5,0;\n", encoding="utf-8-sig")
    assert main(file) == 0
    assert capsys.readouterr().out == "1 af 1 rækker overholder kontrakten og går videre:\n  T: 1\n"


def test_without_a_column_no_row_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "fakta.csv"
    file.write_text("entity;statement;line;measure;year;value\nIT;T;a;rest;;5,0\n", encoding="utf-8")
    assert main(file) == 1
    assert capsys.readouterr().out == "Kolonnen unit mangler.\n0 af 1 rækker overholder kontrakten og går videre:\n"


def test_the_code_of_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (FILE.parents[2] / "docs" / "pandera.md").read_text(encoding="utf-8")
    of_pandas, of_polars, of_the_file, of_sql = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    text = "entity;statement;line;measure;year;value;unit\nIT;T;01;rest;;5,0;\nIT;T;NA;regnskap;;5,0;\n"
    (tmp_path / "fakta.csv").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(of_pandas, {})
    assert capsys.readouterr().out == "1 measure unknown regnskap\n"
    with pytest.raises(SchemaErrors, match="regnskap"):
        exec(of_polars, {})
    exec(re.sub(r"^(facts_schema.*?)  +# True$", r"assert \1", of_the_file, flags=re.MULTILINE), {})
    exec(of_sql, made := {})  # type: ignore[var-annotated]
    assert [b.column for b in made["broken"]] == ["measure", "measure", "year", "value", "value"]
