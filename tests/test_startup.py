"""Does checking a text load only what it needs?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "samples" / "naestved-it-2021" / "regnskab.txt"
HEAVY = ("pandas", "pandera", "duckdb", "great_expectations", "sqlglot", "jsonschema", "rich.console", "scipy")
SOLVER = ("numpy", "highspy")


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
    assert loaded >= set(SOLVER)  # something fails in the sample, and its causes are looked for


def test_a_text_in_which_all_adds_up_to_the_last_digit_loads_no_solver(tmp_path: Path) -> None:
    clean = tmp_path / "regnskab.txt"
    clean.write_text("I 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 100 |\n| SFO | 40 |\n| I alt | 140 |\n")
    script = f"import checker\nprint(checker.check({str(clean)!r}).count('passed'), 'passed')"
    loaded = _loaded_after(script)
    assert "0" not in loaded
    assert loaded & {*HEAVY, *SOLVER} == set()


def test_importing_the_package_loads_nothing_of_it() -> None:
    loaded = {m for m in _loaded_after("import checker") if m.startswith("checker")}
    assert loaded == {"checker", "checker.version"}
