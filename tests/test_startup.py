"""Does checking a text load only what it needs?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "samples" / "naestved-it-2021" / "regnskab.txt"
HEAVY = ("pandas", "pandera", "duckdb", "great_expectations", "sqlglot", "jsonschema", "rich.console", "numpy")


def _loaded_after(script: str) -> set[str]:
    probe = f"{script}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_checking_a_text_loads_no_heavy_library() -> None:
    script = (
        "import checker, checker.cli\nfrom checker.reports import FORMATS, View\n"
        f"FORMATS['text'](checker.check({str(SAMPLE)!r}), View())"
    )
    loaded = _loaded_after(script)
    assert "checker.recognise" in loaded
    assert loaded & set(HEAVY) == set()


def test_importing_the_package_loads_nothing_of_it() -> None:
    loaded = {m for m in _loaded_after("import checker") if m.startswith("checker")}
    assert loaded == {"checker", "checker.version"}
