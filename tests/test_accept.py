"""Are reasons typed in the follow-up sheet accepted, and incomplete ones refused with their row?"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from checker.errors import RequestError
from checker.run import check
from checker.waivers import as_typed, propose

ROOT = Path(__file__).parent.parent
TABLE = """
Regnskab i 1.000 kr.
| Område | Regnskab 2023 |
| Skoler | 100 |
| SFO | 40 |
| I alt | 150 |
"""
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


TYPED = {"Accepteret_med_begrundelse": "Rettes i trykken", "Hvem": "Anne Holm"}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Dato": "2999-01-01"}, "datoen 2999-01-01 er ikke kommet endnu"),
        ({"Dato": "2026-02-30"}, '"2026-02-30" er ikke en dato'),
        ({"Dato": "2026-02-03", "Gælder_til": "2026-02-01"}, "slutdatoen 2026-02-01 ligger før"),
    ],
)
def test_dates_that_cannot_be_are_refused_by_their_row(folder: Path, cells: dict[str, str], said: str) -> None:
    typed(folder, **TYPED, **cells)
    done = run(folder, "waive", "regnskab.xlsx", "--from", "regnskab.kontrol.xlsx")
    assert done.returncode == 2
    assert said in done.stderr and "Opfølgning række" in done.stderr
    assert not (folder / "waivers.yaml").exists()


def test_a_copy_of_other_figures_accepts_nothing(folder: Path) -> None:
    typed(folder, **TYPED)
    book = openpyxl.load_workbook(folder / "regnskab.xlsx")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float) and cell.value not in range(1990, 2100):
                    cell.value += 7 * (cell.row or 0)
    book.save(folder / "regnskab.xlsx")
    done = run(folder, "waive", "regnskab.xlsx", "--from", "regnskab.kontrol.xlsx")
    assert done.returncode == 2
    assert "materialet er ikke det samme, som kopien er lavet af" in done.stderr
    assert not (folder / "waivers.yaml").exists()


def test_two_people_are_two_in_the_sheet_too(tmp_path: Path) -> None:
    (tmp_path / "regnskab.txt").write_text(TABLE, encoding="utf-8")
    report = replace(check(tmp_path / "regnskab.txt"), two_people=True)
    failed = propose(report, 1, "Rettes", "Anne Holm", date(2026, 4, 1))[0]
    row = replace(failed, approved_by="anne  holm", date="", line=4)
    with pytest.raises(RequestError) as raised:
        as_typed(report, [row], "b.xlsx", date(2026, 4, 1))
    assert 'Opfølgning række 4: "Anne Holm" kan ikke både acceptere og godkende' in raised.value.render("da")
    (made,) = as_typed(report, [replace(row, approved_by="Bo Lund")], "b.xlsx", date(2026, 4, 1))
    assert (made.date, made.approved_by) == ("2026-04-01", "Bo Lund")
