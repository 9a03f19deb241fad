"""Does a check open no connection and leave nothing behind?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent.parent / "samples" / "naestved-it-2021" / "regnskab.txt"
NO_NETWORK = """
import socket, sys
def refuse(*_, **__):
    raise RuntimeError("a connection was opened")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
from checker.cli import main
sys.argv = ["regnskabstjek", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("args", [("--format", "html", "-o", "r.html"), ("--format", "xlsx", "-o", "r.xlsx"), ()])
def test_a_check_uses_no_network_and_writes_only_what_it_is_asked_to(tmp_path: Path, args: tuple[str, ...]) -> None:
    file = tmp_path / "regnskab.txt"
    file.write_bytes(SAMPLE.read_bytes())
    command = [sys.executable, "-c", NO_NETWORK, "check", file.name, *args]
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = {"TMPDIR": str(temporary), "PYTHONPATH": str(Path(__file__).parent.parent), "PATH": ""}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert {p.name for p in tmp_path.iterdir()} == {"regnskab.txt", "tmp", *args[3:4]}
    assert list(temporary.iterdir()) == []
