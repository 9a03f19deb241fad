"""What does the project's own Python path say of a file of facts, and is that what was planted?

Run with `python -m benchmarks.big_truth [FACTS]` (1e5 unless it says): the command line checks a CSV file, its outcomes
are the meaning; every difference from what was planted, and from the hand-written SQL, is printed. About 1 ms a fact.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.big_facts import Planted, write
from benchmarks.big_shape import ABSENT, ACROSS, FAILED, Counts, Key, line_names

_LINE_OF = {label: line for line, label, _, _ in line_names()}
_MEASURE = {"DEV001": "over_underskud"}
"""What a rule is about; where that figure is missing, the report points at one that is there."""
_CHECK = "import sys; from checker.cli import main; sys.argv[0] = 'regnskabstjek'; main()"


def outcomes(path: Path) -> dict[Key, str]:
    """Every outcome of `regnskabstjek check` by key."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-c", _CHECK, "check", str(path), "--format", "json", "-o", str(report)]
        subprocess.run(command, check=False, capture_output=True)
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    rows = path.read_text(encoding="utf-8").splitlines()
    said = [(key_of(o["rule_id"], o["at"], _row(o, rows)), o["status"]) for o in found["outcomes"]]
    if len(dict(said)) < len(said):
        raise ValueError("two outcomes have the same key")
    return dict(said)


def confronted(path: Path) -> dict[Key, str]:
    """The same without the command line, the diagnosis and the report: a quarter of the time."""
    from checker.confront import confront
    from checker.rulefile import load_rules
    from checker.run import read
    from checker.version import DEFAULT_RULES

    rows = path.read_text(encoding="utf-8").splitlines()
    found: dict[Key, str] = {}
    for outcome in confront(read(path), load_rules(DEFAULT_RULES)).outcomes:
        line = outcome.places[0].line if outcome.places else None
        found[key_of(outcome.rule_id, asdict(outcome.at), rows[line - 1] if line else "")] = outcome.status
    return found


def _row(outcome: Mapping[str, Any], rows: Sequence[str]) -> str:
    """The row of the first figure: where the figure that is stated is missing, the report names no line."""
    terms = (outcome["evidence"] or {}).get("terms") or [{}]
    number = (terms[0].get("location") or {}).get("line")
    return rows[number - 1] if number else ""


def key_of(rule: str, at: Mapping[str, Any], row: str = "") -> Key:
    """The key of an outcome: rule, entity, statement, line, measure, year."""
    if rule == "LNG001":
        return (rule, "", "", at["label"], "", 0)
    statement = "" if rule in ACROSS else str(at["title"]).partition(" · ")[0]
    line = at["line"] or _LINE_OF.get(at["label"], "")  # a total that is missing has a name only
    if at["measure"] and not line:
        line = row.split(";")[2]
    entity = str(at["title"]).partition(" · ")[2] or at["entity"]
    return (rule, entity, statement, line, _MEASURE.get(rule, at["measure"]), at["year"] or 0)


def counts_of(found: Mapping[Key, str]) -> Counts:
    """Rule -> status -> outcomes."""
    counted: Counts = {}
    for (rule, status), count in sorted(Counter((key[0], status) for key, status in found.items()).items()):
        counted.setdefault(rule, {})[status] = count
    return counted


def failed_of(found: Mapping[Key, str]) -> set[Key]:
    """The keys that failed."""
    return {key for key, status in found.items() if status == FAILED}


def unexplained(found: Mapping[Key, str], planted: Planted) -> list[str]:
    """Planted slips of which something else is said, and failures that nobody planted."""
    said = []
    for status in ("passed", "passed_rounding", "failed", "not_evaluated"):
        wrong = (key for key in sorted(planted.keys(status)) if found.get(key) != status)
        said += [f"{key}: {found.get(key, ABSENT)} instead of {status}" for key in wrong]
    said += [f"{key}: {found[key]} instead of nothing" for key in sorted(planted.keys(ABSENT)) if key in found]
    said += [f"{key}: failed, not planted" for key in sorted(failed_of(found) - planted.keys(FAILED))]
    return said


def main() -> None:
    """Print the counts and every mismatch."""
    from benchmarks import big_hand

    facts = int(float(sys.argv[1])) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        planted = write(Path(folder) / "facts.csv", facts)
        write(Path(folder) / "facts.parquet", facts)
        found = outcomes(Path(folder) / "facts.csv")
        counts = counts_of(found)
        for rule, statuses in counts.items():
            print(rule, statuses)
        differing = unexplained(found, planted)
        print(f"{len(differing)} mismatches with what was planted", *differing[:20], sep="\n  ")
        hand = big_hand.run(Path(folder) / "facts.parquet")
        print("hand-written SQL: counts", "equal" if hand == counts else f"differ: {hand}")
        same = big_hand.failed(Path(folder) / "facts.parquet").keys() == failed_of(found)
        print("hand-written SQL: failed keys", "equal" if same else "differ")


if __name__ == "__main__":
    main()
