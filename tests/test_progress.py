"""Does long work say so on a terminal alone, and is a changed file checked again?"""

from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker.cli import progress as module
from checker.cli.progress import progress, watched

CLEAN = "Regnskab i 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 100 |\n| SFO | 40 |\n| I alt | 140 |\n"


class Terminal(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_long_work_tells_how_far_it_is_and_wipes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    with progress("lager", "da", 7) as step:
        step(3)
        time.sleep(0.2)
    assert "kontrollerer lager: 3 af 7, 0 s" in shown.getvalue()
    assert shown.getvalue().endswith("\r\x1b[K")


def test_short_work_and_work_that_nobody_looks_at_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, piped = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    with progress("a", "da"):
        pass
    monkeypatch.setattr(sys, "stderr", piped)
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    with progress("a", "da"):
        time.sleep(0.05)
    assert (shown.getvalue(), piped.getvalue()) == ("", "")


def test_a_file_that_changes_is_told_and_one_of_ours_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.01)
    file = tmp_path / "regnskab.txt"
    file.write_text("a")
    turns = watched([tmp_path], "da")
    next(turns)
    (tmp_path / "regnskab.kontrol.xlsx").write_text("ours")
    file.write_text("ab")
    next(turns)
    turns.close()


@pytest.mark.parametrize(("encoding", "sign"), [("cp1252", "v"), ("ascii", "v"), ("utf-8", "✓")])
def test_a_code_page_without_our_signs_gets_plain_ones(tmp_path: Path, encoding: str, sign: str) -> None:
    file = tmp_path / "r.txt"
    file.write_text(CLEAN.replace("140", "410"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", "r.txt"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": encoding, "PYTHONPATH": str(Path(__file__).parent.parent), "PATH": ""},
    )
    said = done.stdout.decode(encoding)
    assert done.returncode == 1
    assert "I alt" in said and "410" in said
    assert sign in said
