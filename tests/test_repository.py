"""Which folders of a repository are submissions, which have changed, and is checking all of them the same as each?"""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from checker.errors import RequestError
from checker.reports import View
from checker.reports.overview import Entry, as_html, as_json, as_markdown
from checker.repository import Request, changed_since, check_all, entry, submissions

CLEAN = "Regnskab i 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 100 |\n| SFO | 40 |\n| I alt | 140 |\n"
WRONG = CLEAN.replace("140", "150")
ASKED = Request(None, "text", View())


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two areas over two years, a folder without a file to read, and one that cannot be read."""
    for name, text in {
        "2023/skoler/regnskab.txt": CLEAN,
        "2024/skoler/regnskab.txt": WRONG,
        "2024/skoler/gammelt/regnskab.txt": CLEAN,
        "2024/veje/regnskab.yaml": "sidste_år: ../../2023/skoler\n",
        "2024/veje/regnskab.txt": CLEAN,
        "2024/ødelagt/bog.xlsx": "no workbook",
        "docs/laesmig.rst": "Intet.",
        ".git-lignende/x/regnskab.txt": CLEAN,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def names(root: Path, paths: list[Path]) -> list[str]:
    """The paths as they are told."""
    return [p.relative_to(root).as_posix() for p in paths]


def test_every_folder_with_files_of_its_own_is_a_submission(repository: Path) -> None:
    assert names(repository, submissions(repository)) == ["2023/skoler", "2024/skoler", "2024/veje", "2024/ødelagt"]


def test_a_folder_with_files_is_one_submission_and_not_many(repository: Path) -> None:
    assert submissions(repository / "2024" / "skoler") == []
    assert submissions(repository / "2024" / "skoler" / "regnskab.txt") == []


@pytest.mark.parametrize("processes", [1, 2])
def test_all_are_checked_in_order_and_one_that_cannot_be_read_stops_none(repository: Path, processes: int) -> None:
    found = list(check_all(repository, submissions(repository), ASKED, processes))
    assert [(e.path, e.code, e.errors) for e in found] == [
        ("2023/skoler", 0, 0),
        ("2024/skoler", 1, 1),
        ("2024/veje", 0, 0),
        ("2024/ødelagt", 2, 0),
    ]
    assert "bog.xlsx" in found[-1].fault
    assert all("Regelsæt" in e.text for e in found[:-1])


def test_a_cached_result_is_the_same_and_any_change_makes_it_anew(repository: Path, tmp_path: Path) -> None:
    path, asked = repository / "2024" / "veje", replace(ASKED, cache=str(tmp_path / "cache"))
    first = entry(repository, path, asked)
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text(json.dumps(json.loads(kept.read_text("utf-8")) | {"verdict": "fra cachen"}), encoding="utf-8")
    assert entry(repository, path, asked) == replace(first, verdict="fra cachen")
    assert entry(repository, path, replace(asked, fail_on="note")).verdict == first.verdict
    (repository / "2023" / "skoler" / "regnskab.txt").write_text(WRONG, encoding="utf-8")
    assert entry(repository, path, asked).verdict != "fra cachen"


def git(folder: Path, *command: str) -> None:
    """A git command as nobody in particular."""
    own = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, "-C", str(folder), *command], check=True, capture_output=True)


def test_only_what_has_changed_since_a_revision_or_is_held_against_it(repository: Path) -> None:
    git(repository, "init", "-q")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "first")
    every = submissions(repository)
    assert changed_since(every, "HEAD") == []
    (repository / "2023" / "skoler" / "regnskab.txt").write_text(WRONG, encoding="utf-8")
    assert names(repository, changed_since(every, "HEAD")) == ["2023/skoler", "2024/veje"]
    (repository / "2024" / "ødelagt" / "ny.txt").write_text(CLEAN, encoding="utf-8")
    assert names(repository, changed_since(every, "HEAD")) == ["2023/skoler", "2024/veje", "2024/ødelagt"]
    with pytest.raises(RequestError, match="findes-ikke"):
        changed_since(every, "findes-ikke")


ENTRIES = [
    Entry("2024/<b>|x", 1, "A: ikke klar til aflevering.", 2, 1, 3, 1, 10, 12),
    Entry("2024/y", 2, fault="y/bog.xlsx: kan ikke læses"),
]


def test_the_overview_tells_every_submission_and_is_no_markup() -> None:
    html, markdown, data = as_html(ENTRIES, "da", ".html"), as_markdown(ENTRIES, "da"), json.loads(as_json(ENTRIES))
    assert "<b>" not in html and "2024/&lt;b&gt;|x" in html
    assert 'href="2024/%3Cb%3E%7Cx.html"' in html
    assert "y/bog.xlsx: kan ikke læses" in html
    assert r"2024/\<b\>\|x" in markdown
    assert "2 materialer, heraf 2 ikke i orden." in markdown
    assert [(s["path"], s["code"], s["errors"]) for s in data["submissions"]] == [
        ("2024/<b>|x", 1, 2),
        ("2024/y", 2, 0),
    ]
    assert "text" not in data["submissions"][0]
