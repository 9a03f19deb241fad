"""Does the wheel work where nothing of the project is: rules and schemas inside, a sample checked?"""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def _run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    built = _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_rules_schemas_and_messages(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"checker/data/rules/{p.name}" for p in (ROOT / "rules").iterdir()}
    wanted |= {f"checker/data/schemas/{p.name}" for p in (ROOT / "schemas").iterdir()}
    wanted |= {"checker/messages/da.yaml", "checker/messages/en.yaml", "checker/py.typed"}
    assert wanted - names == set()


def test_the_wheel_checks_a_sample_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    bin_ = tmp_path / "env" / "bin"
    installed = _run(bin_ / "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    sample = tmp_path / "regnskab.txt"
    sample.write_text((ROOT / "samples/havn-og-vej-2023/regnskab.txt").read_text(encoding="utf-8"), encoding="utf-8")
    done = _run(bin_ / "regnskabstjek", "check", sample.name, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "OVF001" in done.stdout
    for format_, name in (("html", "r.html"), ("xlsx", "r.xlsx")):
        assert (
            _run(bin_ / "regnskabstjek", "check", sample.name, "--format", format_, "-o", name, cwd=tmp_path).returncode
            == 1
        )
        assert (tmp_path / name).stat().st_size > 5_000
    listed = _run(bin_ / "pip", "list", "--format=freeze", cwd=tmp_path).stdout.lower()
    assert not {"great-expectations", "polars", "psycopg", "pyspark", "selenium"} & {
        line.split("==")[0] for line in listed.split()
    }
