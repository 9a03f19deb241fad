"""Does the command itself meet bad input with one clear message, the right exit code and bounded memory?"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
import xlsxwriter

TABLE = "Regnskab i 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 100 |\n| SFO | 40 |\n| I alt | 140 |\n"
MEMORY = 1_000_000_000
"""Bytes the command may have, the interpreter and its libraries included."""


def run(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command with bounded memory."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(
        [sys.executable, "-m", "checker", *args],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        preexec_fn=bounded,
    )


def book(path: Path, cells: dict[str, object]) -> None:
    """A workbook with a table of one total and whatever cells are given."""
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet("Ark1")
    every = {"A1": "I 1.000 kr.", "B1": "Regnskab 2023", "A2": "Skoler", "B2": 100, "A3": "SFO", "B3": 40}
    for cell, value in {**every, "A4": "I alt", "B4": 140, **cells}.items():
        sheet.write(cell, value)
    made.close()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def _password(path: Path) -> None:
    plain = path.with_name("plain.xlsx")
    book(plain, {})
    with plain.open("rb") as source, path.open("wb") as target:
        msoffcrypto.OfficeFile(source).encrypt("hemmelig", target)
    plain.unlink()


def _long_line(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"1;2;3;4;5;" * 100_000)


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        with made.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(1500):
                part.write(b"0" * 1_000_000)


def _nothing_readable(path: Path) -> None:
    path.mkdir()
    (path / "billede.png").write_bytes(b"\x89PNG")


def _missing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("tom.csv", _empty, "tom.csv: filen er tom"),
        ("binær.csv", _binary, "binær.csv: "),
        ("låst.xlsx", _password, "låst.xlsx: "),
        ("linje.csv", _long_line, "linje.csv: "),
        ("bombe.xlsx", _bomb, "bombe.xlsx: "),
        ("mappe", _nothing_readable, "mappe: mappen har ingen filer, der kan læses"),
        ("findes-ikke.txt", _missing, "findes-ikke.txt: filen findes ikke"),
    ],
)
def test_what_cannot_be_read_is_code_2_with_one_message(
    tmp_path: Path, name: str, make: Callable[[Path], None], said: str
) -> None:
    make(tmp_path / name)
    done = run("check", name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"regnskabstjek: {said}")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_the_other_files_are_checked_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "tom.csv").write_bytes(b"")
    (tmp_path / "god.txt").write_text(TABLE, encoding="utf-8")
    done = run("check", "tom.csv", "god.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "god.txt, regnskab 2023: ingen fejl fundet" in done.stdout or "ingen fejl fundet" in done.stdout
    assert done.stderr.startswith("regnskabstjek: tom.csv: filen er tom")


@pytest.mark.parametrize(
    ("cells", "rule", "code"),
    [
        ({"B2": "100"}, "CEL001", 0),
        ({"B3": "#REF!"}, "CEL003", 2),
    ],
)
def test_traps_in_cells_are_findings(tmp_path: Path, cells: dict[str, object], rule: str, code: int) -> None:
    book(tmp_path / "bog.xlsx", cells)
    if rule == "CEL003":
        _with_error(tmp_path / "bog.xlsx")
    done = run("check", "bog.xlsx", cwd=tmp_path)
    assert rule in done.stdout
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def _with_error(path: Path) -> None:
    made = openpyxl.load_workbook(path)
    sheet = made.active
    assert sheet is not None
    sheet["B3"].value = "#REF!"
    sheet["B3"].data_type = "e"
    made.save(path)


def test_a_formula_that_was_never_calculated(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["I 1.000 kr.", "Regnskab 2023"], ["Skoler", 100], ["SFO", 40], ["I alt", "=B2+B3"]):
        sheet.append(row)
    made.save(tmp_path / "bog.xlsx")
    done = run("check", "bog.xlsx", cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert "CEL002" in done.stdout
    assert "B4" in done.stdout


HEAD = "ruleset: {id: x, version: 1}\n"
ALIASES = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ALIASES, "regler.yaml:"),
        (HEAD + "rules: []\nrules: []\n", 'nøglen "rules" står to gange'),
        (HEAD + "rules:\n  - {id: AAA001, name: a-b, kind: totall, severity: error}\n", 'Mente du "total"?'),
    ],
)
def test_a_faulty_rule_file_is_code_2_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "regler.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "god.txt").write_text(TABLE, encoding="utf-8")
    done = run("check", "god.txt", "--rules", "regler.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "regler.yaml:" in done.stderr
    assert said in done.stderr


def test_a_rule_that_divides_by_zero_is_no_finding_and_no_crash(tmp_path: Path) -> None:
    table = "| I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud | Afvigelse i % |\n"
    (tmp_path / "nul.txt").write_text(
        f"{table}| Skoler | 0 | 40 | -40 | 100,0 |\n| SFO | 200 | 190 | 10 | 5,0 |\n", encoding="utf-8"
    )
    done = run("check", "nul.txt", "--show-coverage", cwd=tmp_path)
    assert done.returncode == 0
    assert "der skulle divideres med nul" in " ".join(done.stdout.split())


def test_a_file_that_goes_away_while_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "god.txt").write_text(TABLE, encoding="utf-8")
    os.mkfifo(tmp_path / "rør.txt")
    (tmp_path / "rør.txt").unlink()
    done = run("check", "rør.txt", "god.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "rør.txt: filen findes ikke" in done.stderr
