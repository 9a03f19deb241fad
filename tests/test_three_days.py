"""Do the commands in docs/three-days.md do what the text says?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def commands() -> list[tuple[str, int]]:
    """Every command with its exit code, in order."""
    text = (ROOT / "docs" / "three-days.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    lines = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    return [(line.partition(" # ")[0], int(line.partition(" # ")[2] or 0)) for line in lines]


def test_every_command_ends_with_the_code_it_is_told_to(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    tool = tmp_path / "bin" / "regnskabstjek"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m checker "$@"\n')
    tool.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    found = []
    for command, _ in commands():
        done = subprocess.run(
            ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        found.append((command, done.returncode))
        assert "Traceback" not in done.stderr, done.stderr
    assert found == commands()
    assert len(found) >= 20
    for made in (
        "rapport.html",
        "regnskab.kontrol.xlsx",
        "waivers.yaml",
        "rapporter/oversigt.html",
        "arbejdspapir.xlsx",
    ):
        assert (tmp_path / made).stat().st_size > 0
