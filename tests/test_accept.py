"""Are reasons typed in the follow-up sheet accepted, and incomplete ones refused with their row?"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent
BOOK = ROOT / "samples" / "social-mio-2024" / "regnskab.xlsx"


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it."""
    command = [sys.executable, "-m", "checker", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")


def typed(folder: Path, **cells: str) -> None:
    """A controller fills in the yellow cells under these headings and saves."""
    book = openpyxl.load_workbook(folder / "regnskab.kontrol.xlsx")
    sheet = book["Opfølgning"]
    head = next(row for row in sheet.iter_rows() if any(c.value == "Hvem" for c in row))
    columns = {str(c.value): c.column or 0 for c in head}
    for name, value in cells.items():
        sheet.cell((head[0].row or 0) + 1, columns[name.replace("_", " ")]).value = value
    book.save(folder / "regnskab.kontrol.xlsx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a workbook and its marked copy."""
    shutil.copy(BOOK, tmp_path)
    assert run(tmp_path, "check", "regnskab.xlsx", "--annotate").returncode == 1
    return tmp_path


def test_what_is_typed_is_accepted_and_the_gate_opens(folder: Path) -> None:
    typed(folder, Accepteret_med_begrundelse="Rettes i trykken", Hvem="Anne Holm", Godkendt_af="Bo Lund")
    assert run(folder, "waive", "regnskab.xlsx", "--from", "regnskab.kontrol.xlsx").returncode == 0
    done = run(folder, "check", "regnskab.xlsx")
    assert done.returncode == 0
    assert "Rettes i trykken" in done.stdout
    assert run(folder, "check", "regnskab.xlsx", "--ignore-waivers").returncode == 1


def test_a_row_without_a_name_is_refused_by_its_row(folder: Path) -> None:
    typed(folder, Accepteret_med_begrundelse="Rettes i trykken")
    done = run(folder, "waive", "regnskab.xlsx", "--from", "regnskab.kontrol.xlsx")
    assert done.returncode == 2
    assert "det mangler, hvem der accepterer" in done.stderr
    assert not (folder / "waivers.yaml").exists()


def test_nothing_typed_and_nothing_asked_are_told(folder: Path) -> None:
    assert "ingen begrundelser" in run(folder, "waive", "regnskab.xlsx", "--from", "regnskab.kontrol.xlsx").stderr
    assert "--reason" in run(folder, "waive", "regnskab.xlsx", "1").stderr
    assert "kan ikke læses" in run(folder, "waive", "regnskab.xlsx", "--from", "findes-ikke.xlsx").stderr
