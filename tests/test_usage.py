"""Is wrong usage told in the reader's language, with what was found and where help is?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from checker.cli.tongue import danish
from tests.test_cli import run

ENGLISH = ("Usage", "Missing", "No such", "Invalid", "Options:", "Show this", "unexpected", "Did you mean", "required]")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["check"], "der mangler STI..."),
        (["chek", "x"], "kommandoen 'chek' findes ikke; mente du 'check'?"),
        (["check", "--formt", "x"], "valget --formt findes ikke; mente du --format?"),
        (["check", "x", "--min-coverage", "mange"], "ugyldig værdi for --min-coverage: 'mange' er ikke et helt tal"),
        (["check", "x", "--min-coverage"], "valget --min-coverage mangler sin værdi"),
        (["check", "x", "--watch=ja"], "valget --watch tager ingen værdi"),
        (["rules", "x"], "'x' er for meget"),
    ],
)
def test_wrong_usage_is_told_in_danish_and_ends_with_2(args: list[str], said: str, tmp_path: Path) -> None:
    made = run(*args, cwd=tmp_path)
    assert (made.returncode, made.stdout) == (2, "")
    assert said in made.stderr
    assert "--help" in made.stderr
    assert not [word for word in ENGLISH if word in made.stderr]


def test_wrong_usage_is_told_in_english_where_that_is_asked_for(tmp_path: Path) -> None:
    made = run("check", "--lang", "en", cwd=tmp_path)
    assert made.returncode == 2
    assert "Missing argument" in made.stderr


@pytest.mark.parametrize("args", [[], ["--help"], ["check", "--help"], ["waive", "--help"], ["explain", "--help"]])
def test_help_is_danish_and_knows_its_own_words(args: list[str]) -> None:
    made = subprocess.run([sys.executable, "-m", "checker", *args], capture_output=True, check=False)
    shown = (made.stdout + made.stderr).decode("utf-8")
    assert shown.startswith("Brug: ")
    assert not [word for word in ENGLISH if word in shown]


def test_what_is_not_known_is_left_as_it_is() -> None:
    assert danish("Noget helt andet.") == "Noget helt andet."
