"""Does lint look at what it is given, tell files by their content, and end with the right code?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker.errors import RequestError
from checker.lint import lint, report
from checker.lint.texts import FOLDER
from checker.messages import catalogue
from checker.resources import data_dir
from checker.rulefile import shipped
from tests.test_rulefile import line_of, write

RULES = "ruleset: {id: x, version: 1, extends: [dk-faelles]}\n"
IDLE = RULES.replace("]}", "], declares: [spare]}") + "parameters: {spare: 1}\n"
FAULTY = RULES + "regler: []\n"
TESTS = Path(__file__).parent


def test_all_that_comes_with_the_tool_is_right_and_none_of_it_idle() -> None:
    found = lint()
    assert (found.complaints, found.warnings) == ((), ())
    schemas = [data_dir("schemas") / f"{name}.yaml" for name in ("layouts", "vocabulary", "narrative")]
    looked = [*shipped().values(), *schemas, FOLDER / "da.yaml", FOLDER / "en.yaml"]
    assert [Path(file).resolve() for file in found.files] == [path.resolve() for path in looked]


def test_files_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.yaml": RULES, "b.yml": FAULTY, "c.txt": "intet", "sub/d.yaml": FAULTY})
    monkeypatch.chdir(tmp_path)
    assert lint([Path("a.yaml")]).files == ("a.yaml",)
    assert lint([Path()]).files == ("a.yaml", "b.yml")
    assert lint([Path("b.yml"), Path(), tmp_path / "b.yml"]).files == ("b.yml", "a.yaml")
    assert [line_of(c) for c in lint([Path("sub"), Path()]).complaints] == [
        "b.yml:2:1 yaml.unknown_key(key=regler) -> rules",
        "sub/d.yaml:2:1 yaml.unknown_key(key=regler) -> rules",
    ]
    (tmp_path / "tom").mkdir()
    for path, key in (("tom", "lint.empty_folder"), ("findes/ikke.yaml", "lint.no_file")):
        with pytest.raises(RequestError) as caught:
            lint([Path("a.yaml"), Path(path)])
        assert (caught.value.key, caught.value.args_) == (key, {"name": path})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ["x.yaml:1:1 lint.unknown_type()"]),
        ("bare tekst", ["x.yaml:1:1 lint.unknown_type()"]),
        ("- ruleset", ["x.yaml:1:1 lint.unknown_type()"]),
        ("zzz: 1\nruleste: {id: x}\n", ["x.yaml:1:1 lint.unknown_type() -> ruleset"]),
        (
            "layout: []\nlayout: []\n",
            ["x.yaml:1:1 lint.unknown_type() -> layouts", "x.yaml:2:1 yaml.duplicate_key(key=layout)"],
        ),
        ("a: [\n", ["x.yaml:2:1 yaml.invalid()"]),
        ("version: 1\nlayouts: 5\n", ["x.yaml:2:10 rulefile.not_a_list()"]),
        ("measures: 5\n", ["x.yaml:1:11 rulefile.not_a_mapping()"]),
        ("ruleset: 5\n", ["x.yaml:1:1 rulefile.no_head()"]),
    ],
)
def test_a_file_is_told_by_its_content(
    content: str, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"x.yaml": content, "y.yaml": RULES})
    monkeypatch.chdir(tmp_path)
    found = [line_of(c) for c in lint([Path("x.yaml"), Path()]).complaints]
    assert [line for line in found if "key_missing" not in line] == expected
    assert ("measures" in content) == any("key_missing" in line for line in found)


def test_a_folder_may_hold_files_of_other_kinds_but_none_that_was_meant_to_be_one_of_these(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": RULES, "andet.yaml": "services: {web: 1}\n"})
    found = lint([tmp_path])
    assert [line_of(c).rpartition("/")[2] for c in found.warnings] == ["andet.yaml:1:1 lint.unknown_type()"]
    assert found.complaints == ()
    write(tmp_path, {"andet.yaml": "rulset: {id: x}\n"})
    found = lint([tmp_path])
    assert [line_of(c).rpartition("/")[2] for c in found.complaints] == [
        "andet.yaml:1:1 lint.unknown_type() -> ruleset"
    ]
    assert found.warnings == ()


def test_what_a_folder_states_of_its_submission_is_looked_at_too(tmp_path: Path) -> None:
    write(tmp_path, {"regnskab.yaml": "område: IT\naar: 2023\n"})
    assert lint([tmp_path]).complaints == ()
    write(tmp_path, {"regnskab.yaml": "omraadet: IT\naar: snart\n"})
    assert [line_of(c).rpartition("/")[2] for c in lint([tmp_path]).complaints] == [
        "regnskab.yaml:1:1 yaml.unknown_key(key=omraadet) -> omraade",
        "regnskab.yaml:2:6 rulefile.not_a_year(found=snart)",
    ]


def test_the_report_is_in_the_order_of_files_and_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.yaml": IDLE + "rule: []\n", "b.yaml": IDLE})
    monkeypatch.chdir(tmp_path)
    assert report(lint([Path()]), "da") == (
        'a.yaml:2:14: advarsel: parameteren "spare" bruges ikke af nogen regel\n'
        'a.yaml:3:1: ukendt nøgle "rule". Mente du "rules"?\n'
        'b.yaml:2:14: advarsel: parameteren "spare" bruges ikke af nogen regel\n'
        "Filer: 2 · fejl: 1 · advarsler: 2\n"
    )
    assert report(lint([Path("b.yaml")]), "en") == (
        'b.yaml:2:14: warning: the parameter "spare" is used by no rule\nFiles: 1 · errors: 0 · warnings: 1\n'
    )


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it."""
    command = [sys.executable, "-m", "checker", "lint", *args]
    env = {**os.environ, "PYTHONPATH": str(TESTS.parent.parent)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "code", "out", "err"),
    [
        (("god.yaml",), 0, "Filer: 1 · fejl: 0 · advarsler: 0", ""),
        (("ledig.yaml",), 0, "Filer: 1 · fejl: 0 · advarsler: 1", ""),
        (("ledig.yaml", "--strict"), 2, "Filer: 1 · fejl: 0 · advarsler: 1", ""),
        (("god.yaml", "--strict"), 0, "Filer: 1 · fejl: 0 · advarsler: 0", ""),
        (("fejl.yaml", "god.yaml"), 2, "Filer: 2 · fejl: 1 · advarsler: 0", ""),
        (("fejl.yaml", "--lang", "en"), 2, "Files: 1 · errors: 1 · warnings: 0", ""),
        (("mangler.yaml",), 2, "", 'regnskabstjek: filen eller mappen "mangler.yaml" findes ikke'),
        (("--lang", "sv"), 2, "", 'regnskabstjek: sproget "sv" findes ikke; kendte: da, en'),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else None,
)
def test_the_command(tmp_path: Path, args: tuple[str, ...], code: int, out: str, err: str) -> None:
    write(tmp_path, {"god.yaml": RULES, "ledig.yaml": IDLE, "fejl.yaml": FAULTY})
    done = run(tmp_path, *args)
    last = done.stdout.splitlines()[-1:] or [""]
    assert (done.returncode, last[0], done.stderr.strip()) == (code, out, err)


def test_every_message_of_lint_is_provoked_here() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in TESTS.glob("*.py"))
    keys = {key for key in catalogue("da") if key.startswith("lint.")} - {"lint.warning", "lint.summary"}
    assert {key for key in keys if key not in text} == set()
