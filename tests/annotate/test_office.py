"""Does LibreOffice open the copy without mending it, and is what it saves read back?"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from checker import run
from checker.annotate import annotate, read_back
from checker.annotate.followup import FIRST
from tests.annotate.books import SAMPLES, hard, notes, opened
from tests.annotate.test_followup import typed

pytestmark = pytest.mark.outside


def office(path: Path, kind: str) -> Path:
    """The file as LibreOffice makes another of it."""
    program = shutil.which("soffice") or pytest.fail("LibreOffice (soffice) is needed; .ci/run installs it")
    target = path.parent / "gemt"
    profile = f"-env:UserInstallation=file://{path.parent / 'profil'}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(target), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    made = target / f"{path.stem}.{kind}"
    assert done.returncode == 0 and made.exists(), done.stderr
    return made


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = hard(tmp_path / "regnskab.xlsx")
    target = tmp_path / "regnskab.kontrol.xlsx"
    target.write_bytes(annotate(path.read_bytes(), run.check(path), path.name))
    return target


def test_it_is_opened_saved_and_read_back(copy: Path) -> None:
    copy.write_bytes(typed(copy.read_bytes(), {"reason": "Aftalt", "by": "Anna", "date": "5-1-2026"}))
    saved = office(copy, "xlsx").read_bytes()
    assert [(w.rule, w.reason, w.by, w.date, w.line) for w in read_back(saved)] == [
        ("SUM001", "Aftalt", "Anna", "2026-01-05", FIRST)
    ]


def test_values_notes_and_marks_are_seen(copy: Path) -> None:
    saved = office(copy, "xlsx").read_bytes()
    old, new = opened(copy.read_bytes(), values=True), opened(saved, values=True)
    assert new.sheetnames == old.sheetnames
    assert new["Regnskab 2023"]["D9"].value == 38_800.5
    assert new["Regnskab 2023"]["D9"].fill.fgColor.rgb == "FFFFC7CE"
    found = next(iter(notes(saved).values()))
    assert found["A2"] == "En note & et <tegn>"
    assert found["D9"].startswith("Tallet er afstemt") and "Se nr. 1 i arket Opfølgning." in found["D9"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.parts[-3] + "-" + p.parts[-2])
def test_samples_are_printed(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "regnskab.kontrol.xlsx"
    target.write_bytes(annotate(path.read_bytes(), run.check(path), path.name))
    assert office(target, "pdf").read_bytes().startswith(b"%PDF")
