"""Does the command line print, exit and complain by its contract?"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CLEAN = """Regnskab i 1.000 kr.
| Område | Regnskab 2023 |
| Skoler | 100 |
| SFO | 40 |
| I alt | 140 |
"""
WRONG = CLEAN.replace("| I alt | 140 |", "| I alt | 150 |")
NOTED = CLEAN + "Anm.: Regnskab 2022 er i 2022-priser.\n"


def run(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, with its output as text."""
    command = [sys.executable, "-m", "checker", *map(str, args)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "ren.txt": CLEAN,
        "fejl.txt": WRONG,
        "note.txt": NOTED,
        "tom.txt": "",
        "prosa.txt": "Intet.\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "binær.txt").write_bytes(b"PK\x03\x04\x00\x00binary")
    return tmp_path


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("check", "ren.txt"), 0),
        (("check", "fejl.txt"), 1),
        (("check", "note.txt"), 0),
        (("check", "note.txt", "--fail-on", "warning"), 1),
        (("check", "mangler.txt"), 2),
        (("check", "tom.txt"), 2),
        (("check", "prosa.txt"), 2),
        (("check", "binær.txt"), 2),
        (("check", "."), 2),
        (("check", "ren.txt", "--rules", "findes-ikke"), 2),
        (("check", "ren.txt", "--format", "pdf"), 2),
        (("check", "ren.txt", "--lang", "sv"), 2),
        (("check", "ren.txt", "--fail-on", "fejl"), 2),
        (("check", "ren.txt", "--engine", "excel"), 2),
        (("check", "ren.txt", "--min-coverage", "101"), 2),
        (("check", "ren.txt", "--min-coverage", "100"), 0),
        (("check", "ren.txt", "fejl.txt"), 1),
        (("check", "fejl.txt", "mangler.txt"), 2),
        (("check",), 2),
        (("check", "ren.txt", "--ukendt"), 2),
        (("explain", "SUM001"), 0),
        (("explain", "SUM999"), 2),
        (("rules",), 0),
        (("facts", "ren.txt"), 0),
        (("facts", "ren.txt", "--format", "long"), 0),
        (("facts", "ren.txt", "--format", "lang"), 2),
        (("facts", "mangler.txt"), 2),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else str(v),
)
def test_exit_codes(folder: Path, args: tuple[str, ...], code: int) -> None:
    assert run(*args, cwd=folder).returncode == code


def test_a_file_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    done = run("check", "mangler.txt", "fejl.txt", cwd=folder)
    assert "mangler.txt: filen findes ikke" in done.stderr
    assert "SUM001" in done.stdout


def test_nothing_evaluated_is_said_and_is_no_approval(folder: Path) -> None:
    done = run("check", "prosa.txt", cwd=folder)
    assert "ingen beregning kunne kontrolleres" in done.stdout
    assert "prosa.txt" in done.stderr


def test_output_is_plain_when_piped_and_danish_by_default(folder: Path) -> None:
    done = run("check", "fejl.txt", cwd=folder)
    assert "\x1b" not in done.stdout
    assert done.stdout.splitlines()[1] == "fejl.txt, regnskab 2023: ikke klar til aflevering."


def test_english_on_request(folder: Path) -> None:
    done = run("check", "fejl.txt", "--lang", "en", cwd=folder)
    assert "The parts give DKK 1,000 140" in done.stdout or "The parts give 140" in done.stdout
    assert "ERROR  to be corrected before submission" in done.stdout


def test_json_goes_to_the_file_named(folder: Path) -> None:
    done = run("check", "fejl.txt", "--format", "json", "-o", "ud.json", cwd=folder)
    report = json.loads((folder / "ud.json").read_text(encoding="utf-8"))
    assert done.stdout == ""
    assert [f["severity"] for f in report["findings"]] == ["error"]
    assert report["submission"]["files"][0]["path"] == "fejl.txt"


def test_json_of_several_files_is_a_list(folder: Path) -> None:
    done = run("check", "fejl.txt", "ren.txt", "--format", "json", cwd=folder)
    assert [len(r["findings"]) for r in json.loads(done.stdout)] == [1, 0]


def test_a_faulty_rule_set_never_runs_and_names_every_mistake(folder: Path) -> None:
    (folder / "regler.yaml").write_text(
        "ruleset: {id: vores, version: 1, extends: [dk-bemaerkninger]}\n"
        "parameters: {overfoersel_loft_pc: 5}\nregler: []\n",
        encoding="utf-8",
    )
    done = run("check", "ren.txt", "--rules", "regler.yaml", cwd=folder)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        'regnskabstjek: regler.yaml:2:14: parameteren "overfoersel_loft_pc" er ikke kendt. '
        'Mente du "overfoersel_loft_pct"?',
        'regler.yaml:3:1: ukendt nøgle "regler". Mente du "rules"?',
    ]


def test_a_municipality_sets_its_parameter(folder: Path) -> None:
    (folder / "regler.yaml").write_text(
        "ruleset: {id: vores, version: 1, extends: [dk-bemaerkninger]}\nparameters: {overfoersel_loft_pct: 5}\n",
        encoding="utf-8",
    )
    (folder / "overført.txt").write_text(
        "Beløb i 1.000 kr.\n| Område | Korr. budget 2023 | Søgt overført til 2024 |\n| Skoler | 1.000 | 60 |\n",
        encoding="utf-8",
    )
    done = run("check", "overført.txt", "--rules", "regler.yaml", "--fail-on", "warning", cwd=folder)
    assert done.returncode == 1
    assert "OVF003" in done.stdout


def test_a_rule_that_crashes_is_no_finding(folder: Path) -> None:
    script = (
        "import sys\nfrom checker.kinds import total\nfrom checker.kinds.base import Kind\nimport checker.kinds as k\n"
        "def boom(rule, submission):\n    raise ZeroDivisionError('prøve')\n"
        "k.KINDS['total'] = Kind(boom, k.KINDS['total'].settings)\n"
        "sys.argv = ['regnskabstjek', 'check', 'ren.txt']\nfrom checker.cli import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "Reglen SUM001 fejlede; kontrollen er ikke gennemført: ZeroDivisionError: prøve" in done.stdout
    assert "FEJL" not in done.stdout.split("Regler, der fejlede")[0]


def test_text_from_the_submission_cannot_be_a_terminal_escape(folder: Path) -> None:
    (folder / "escape.txt").write_text(WRONG.replace("I alt", "I alt \x1b[2J"), encoding="utf-8")
    assert "\x1b" not in run("check", "escape.txt", "--show-passed", "--show-coverage", cwd=folder).stdout


def test_facts_as_csv_open_in_danish_excel(folder: Path) -> None:
    (folder / "formel.txt").write_text(CLEAN.replace("Skoler", "=1+1"), encoding="utf-8")
    done = run("facts", "formel.txt", "--format", "csv", cwd=folder)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("\ufeffid;tabel;")
    assert "'=1+1" in lines[1]
    assert ";100000,00;1000,00;100;" in lines[1]


def test_facts_in_long_form_are_checked_like_the_file_they_come_from(folder: Path) -> None:
    assert run("facts", "fejl.txt", "--format", "long", "-o", "fakta.txt", cwd=folder).returncode == 0
    done = run("check", "fakta.txt", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert "SUM001" in done.stdout
    assert "LNG001" not in done.stdout
    (folder / "slip.txt").write_bytes((folder / "fakta.txt").read_bytes().replace(b";regnskab;", b";regnskap;", 1))
    slip = run("check", "slip.txt", cwd=folder)
    assert slip.returncode == 2
    assert "Kolonnen „measure“, antal celler 1: værdien er ikke en af de kendte. Fundet: regnskap" in slip.stdout


def test_the_rules_own_cases_run(folder: Path) -> None:
    done = run("test", cwd=folder)
    assert done.returncode == 0
    assert re.fullmatch(r"\d\d\d eksempler på \d\d regler gav det forventede\.\n", done.stdout)
