"""Does the workflow of the example repository do what it says, as a runner would run it?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent


def test_the_step_that_checks_writes_reports_and_a_summary_and_keeps_the_code(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples" / "datalager", tmp_path / "lager")
    workflow = yaml.safe_load((tmp_path / "lager/.github/workflows/kontrol.yml").read_text(encoding="utf-8"))
    (step,) = (s for s in workflow["jobs"]["kontrol"]["steps"] if s.get("id") == "kontrol")
    tool = tmp_path / "bin" / "regnskabstjek"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m checker "$@"\n')
    tool.chmod(0o755)
    summary = tmp_path / "summary.md"
    environment = {
        **os.environ,
        "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    command = ["bash", "-e", "-o", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=tmp_path / "lager", env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "3 materialer, heraf 1 ikke i orden." in summary.read_text(encoding="utf-8")
    reports = {
        p.relative_to(tmp_path / "lager" / "rapporter").as_posix() for p in tmp_path.rglob("rapporter/**/*.html")
    }
    assert reports == {"oversigt.html", "2023/skoler.html", "2024/skoler.html", "2024/veje.html"}
    assert "::error file=2024/veje/regnskab.txt,line=10" in done.stdout
