"""Does a report name, with their hashes, the files that decide what it says?"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from checker.examine import Extras, examine
from checker.reports import FORMATS, View

FILES = {
    "regnskab.txt": "I 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 100 |\n| SFO | 40 |\n| I alt | 140 |\n",
    "regnskab.yaml": "aar: 2023\n",
    "waivers.yaml": "waivers: []\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission with what it states and with accepted deviations."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content.encode())
    return tmp_path


def test_the_files_that_decide_are_named_with_their_hashes(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    earlier = tmp_path_factory.mktemp("sidst") / "sidst.json"
    earlier.write_text(FORMATS["json"](examine(folder, None, None), View()), encoding="utf-8")
    report = examine(folder, None, None, extras=Extras(baseline=earlier))
    told = json.loads(FORMATS["json"](report, View()))["basis"]
    assert [(f["path"], f["role"]) for f in told] == [
        ("regnskab.yaml", "declared"),
        ("waivers.yaml", "waived"),
        ("sidst.json", "baseline"),
    ]
    raw = [FILES["regnskab.yaml"].encode(), FILES["waivers.yaml"].encode(), earlier.read_bytes()]
    assert [f["sha256"] for f in told] == [hashlib.sha256(each).hexdigest() for each in raw]
    page = FORMATS["html"](report, View())
    assert all(f["path"] in page and page.count(f["sha256"]) >= 2 for f in told)


def test_waivers_that_are_left_out_decide_nothing(folder: Path) -> None:
    report = examine(folder, None, None, extras=Extras(ignore_waivers=True))
    assert [f.role for f in report.basis] == ["declared"]


def test_a_file_alone_has_nothing_beside_it(folder: Path) -> None:
    (folder / "waivers.yaml").unlink()
    report = examine(folder / "regnskab.txt", None, None)
    assert report.basis == ()
    assert "basis" not in json.loads(FORMATS["json"](report, View()))
