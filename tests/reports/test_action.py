"""Do the GitHub Action and the pre-commit hook run what they say, with the exit code of the check?"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.messages import LANGUAGES
from checker.readers import READERS
from checker.reports import FORMATS
from tests.diagnose.texts import accounts
from tests.reports.made import WRONG

ROOT = Path(__file__).parent.parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"]}
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


def step(folder: Path, **given: str) -> tuple[int, str, dict[str, str], str]:
    """The check as a runner runs it: exit code, log, outputs and summary."""
    inputs = {key: str(value.get("default", "")) for key, value in ACTION["inputs"].items()} | given
    files = {name: folder / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    env = dict(os.environ) | {name: str(path) for name, path in files.items()}
    for name, value in STEPS["check"]["env"].items():
        made = re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: inputs[m[1]], value)
        env[name] = made.replace("${{ steps.python.outputs.python-path }}", sys.executable)
    script = folder / "step.sh"
    script.write_text(STEPS["check"]["run"], encoding="utf-8")
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]  # as runners call it
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, encoding="utf-8")
    told = {name: path.read_text(encoding="utf-8") if path.exists() else "" for name, path in files.items()}
    outputs = dict(row.split("=", 1) for row in told["GITHUB_OUTPUT"].splitlines())
    return done.returncode, done.stdout, outputs, told["GITHUB_STEP_SUMMARY"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Accounts that are right and accounts that are not, the latter under a name with blanks."""
    (tmp_path / "regnskab.txt").write_text(accounts(), encoding="utf-8")
    (tmp_path / "regnskab med fejl.txt").write_text(WRONG, encoding="utf-8")
    (tmp_path / "checker").mkdir()  # a folder of the same name must not be taken for the tool
    (tmp_path / "checker" / "__init__.py").write_text("raise SystemExit(9)\n", encoding="utf-8")
    return tmp_path


def test_the_action_has_the_shape_of_a_composite_one() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert set(ACTION) == {"name", "description", "inputs", "outputs", "runs"}
    assert {"paths", "rules", "fail-on", "min-coverage", "format", "summary", "sarif"} <= set(ACTION["inputs"])
    assert [key for key, given in ACTION["inputs"].items() if given.get("required")] == ["paths"]
    assert ACTION["inputs"]["format"]["default"] in FORMATS and ACTION["inputs"]["lang"]["default"] in LANGUAGES
    assert all(given["description"] for given in (*ACTION["inputs"].values(), *ACTION["outputs"].values()))
    assert all("shell" in made for made in STEPS.values() if "run" in made)
    assert all("${{" not in made.get("run", "") for made in STEPS.values())  # what is given is never read as a script
    assert '-m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"' in STEPS["install"]["run"]
    used = set(re.findall(r"inputs\.([\w-]+)", str(STEPS["check"]["env"])))
    assert used == set(ACTION["inputs"])
    assert all(f"steps.check.outputs.{key} " in given["value"] for key, given in ACTION["outputs"].items())


@needs_bash
def test_findings_are_annotated_summed_up_and_keep_their_exit_code(folder: Path) -> None:
    code, log, outputs, summary = step(folder, paths="  regnskab med fejl.txt\r\n\n")
    assert code == 1
    assert log.startswith("::error file=regnskab med fejl.txt,line=")
    assert outputs == {"exit-code": "1", "sarif": "regnskabstjek.sarif"}
    assert summary.startswith("## ") and "ikke klar til aflevering" in summary
    (run,) = json.loads((folder / "regnskabstjek.sarif").read_text(encoding="utf-8"))["runs"]
    assert any(r["level"] == "error" for r in run["results"])


@needs_bash
def test_what_is_right_ends_with_0_and_what_is_asked_for_is_done(folder: Path) -> None:
    code, log, outputs, summary = step(
        folder, paths="regnskab.txt", format="concise", summary="false", sarif="", lang="en", rules="dk-regnskab-none"
    )
    assert (code, log, outputs, summary) == (2, "", {"exit-code": "2"}, "")
    code, log, outputs, summary = step(folder, paths="regnskab.txt", format="concise", summary="false", sarif="")
    assert (code, log, outputs["exit-code"], summary) == (0, "", "0", "")


@needs_bash
def test_no_path_is_no_check(folder: Path) -> None:
    code, log, outputs, _ = step(folder, paths=" \n\n")
    assert (code, outputs) == (2, {}) and log.startswith("::error ")
    code, *_ = step(folder, paths="$(touch hacked)\n--lang=en", summary="false", sarif="")
    assert code == 2 and not (folder / "hacked").exists()


def test_the_hook_runs_the_command_on_files_of_accounts() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(HOOK) == {"id", "name", "description", "entry", "language", "files", "require_serial"}
    assert (HOOK["language"], HOOK["entry"].split()[0]) == ("python", next(iter(project["scripts"])))
    assert all(re.search(HOOK["files"], f"2024/regnskab-it{ending}") for ending in READERS)
    for other in ("regnskab.yaml", "data/priser.csv", "regnskab/noter.txt", "regnskab.txt.bak"):
        assert not re.search(HOOK["files"], other)


def test_the_hook_tells_a_finding_on_one_line(folder: Path) -> None:
    arguments = HOOK["entry"].split()[1:]
    command = [sys.executable, "-P", "-m", "checker", *arguments, "regnskab.txt", "regnskab med fejl.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 1
    assert all(row.startswith("regnskab med fejl.txt:") for row in done.stdout.splitlines())
