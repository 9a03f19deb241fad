"""How fast are the ways to check a million or ten million facts, and do they find the same?

Run with `python -m benchmarks.big_measure 1e6 [NAME…]` (`--python NAME=PATH` for one that needs another interpreter).
Every way runs in a process of its own, in turn, three times; what is shown is the median, and the ratio of its CPU
seconds to those of the hand-written SQL. What it finds is compared with that: all counts, the keys that failed, and
their differences where a way tells them.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.big_shape import Counts

ROUNDS, YARDSTICK = 3, "hand"


@dataclass(frozen=True, slots=True)
class Rival:
    """A way to check: a module with `run(path) -> Counts` and `failed(path)` -> keys, or key -> difference in øre.

    `most` is how many facts it is asked for at most; `says` what it is not able to do.
    """

    module: str
    most: float = 1e9
    says: str = ""


RIVALS: dict[str, Rival] = {
    YARDSTICK: Rival("benchmarks.big_hand"),
    "fused": Rival("benchmarks.big_own_fused"),
    "plain": Rival("benchmarks.big_own_plain"),
    "batched": Rival("benchmarks.big_own_batched"),
    "postgres": Rival("benchmarks.big_own_postgres", 2e6, "loading included, CPU of the server not counted"),
    "spark": Rival("benchmarks.big_own_spark", 2e6, "its Java machine and its start included"),
    "scan": Rival("benchmarks.big_scan", says="only reads the columns"),
    "polars": Rival("benchmarks.big_polars"),
    "pandas": Rival("benchmarks.big_pandas", 2e6),
    "pandera": Rival("benchmarks.big_pandera", 2e6, "7 rules on rows, no statuses"),
    "pandera-polars": Rival("benchmarks.big_pandera_polars", 2e7, "10 rules on rows, no statuses"),
    "gx": Rival("benchmarks.big_gx", 2e5, "on SQLite; 14 rules, no statuses"),
    "vtl": Rival("benchmarks.big_vtl", 2e6, "one rule, no statuses"),
}


@dataclass(slots=True)
class Measured:
    """Of every round: CPU seconds (user and system), seconds, megabytes; and what was found."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    counts: Counts = field(default_factory=dict)
    failed: dict[tuple[object, ...], int | None] = field(default_factory=dict)
    error: str = ""


def measure(path: Path, names: Sequence[str], pythons: dict[str, str]) -> dict[str, Measured]:
    """Three rounds of every way in turn, then the keys of what failed, not timed."""
    found = timed(path, names, pythons)
    for name, measured in found.items():
        if not measured.error:
            command = _command(path, name, "failed", pythons.get(name, sys.executable))
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            measured.failed = {tuple(key): value for key, value in json.loads(done.stdout.splitlines()[-1])}
    return found


def timed(path: Path, names: Sequence[str], pythons: dict[str, str]) -> dict[str, Measured]:
    """Three rounds of every way in turn."""
    found = {name: Measured() for name in names}
    for _ in range(ROUNDS):
        for name, measured in found.items():
            if not measured.error:
                _once(path, name, pythons.get(name, sys.executable), measured)
    return found


def _command(path: Path, name: str, what: str, python: str) -> list[str]:
    return [python, "-m", "benchmarks.big_measure", str(path), "--child", RIVALS[name].module, what]


def _once(path: Path, name: str, python: str, measured: Measured) -> None:
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        start = os.times().elapsed
        process = subprocess.Popen(_command(path, name, "run", python), stdout=out, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        measured.wall.append(os.times().elapsed - start)
        measured.cpu.append(used.ru_utime + used.ru_stime)
        measured.memory.append(used.ru_maxrss // 1024)
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            measured.error = (errors.read().strip().splitlines() or ["no message"])[-1]
        else:
            measured.counts = json.loads(out.read().splitlines()[-1])


def verdict(own: Measured, yardstick: Measured) -> str:
    """What the way finds, against the yardstick."""
    if own.error:
        return f"DOES NOT RUN: {own.error}"
    wrong = len(own.failed.keys() - yardstick.failed.keys())
    lost = len(yardstick.failed.keys() - own.failed.keys())
    same = own.counts == yardstick.counts
    known = [(own.failed[key], value) for key, value in yardstick.failed.items() if own.failed.get(key) is not None]
    other = sum(one != value for one, value in known)
    if same and not wrong and not lost and not other:
        values = f", {len(known)} differences" if known else ""
        return f"equal: all counts, {len(own.failed)} failed keys{values}"
    less = [] if same else [f"{_outcomes(own.counts)} of {_outcomes(yardstick.counts)} outcomes"]
    less += [f"misses {lost} of {len(yardstick.failed)} failed keys"] if lost else []
    less += [f"{other} of {len(known)} differences are others"] if other else []
    less += [f"{wrong} keys failed that did not"] if wrong else []
    return "DOES LESS: " + ", ".join(less)


def _outcomes(counts: Counts) -> int:
    return sum(n for statuses in counts.values() for n in statuses.values())


def table(found: dict[str, Measured]) -> str:
    """One line per way."""
    yardstick = found[YARDSTICK]
    lines = [f"{'':16} {'CPU s':>7} {'wall s':>7} {'MB':>6} {'ratio':>6}"]
    for name, own in found.items():
        cpu, wall = statistics.median(own.cpu), statistics.median(own.wall)
        ratio = cpu / statistics.median(yardstick.cpu)
        numbers = f"{cpu:7.2f} {wall:7.2f} {statistics.median(own.memory):6.0f} {ratio:6.2f}"
        says = f" ({RIVALS[name].says})" if RIVALS[name].says else ""
        lines.append(f"{name:16} {numbers}  {verdict(own, yardstick)}{says}")
    return "\n".join(lines)


def child(module: str, what: str, path: Path) -> None:
    """In the process of its own: what the way finds, as JSON."""
    found = getattr(importlib.import_module(module), what)(path)
    if what == "failed":  # keys alone, or with the sizes of the differences
        values = found if isinstance(found, dict) else dict.fromkeys(found)
        found = [[key, values[key]] for key in sorted(values)]
    print(json.dumps(found))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("facts", help="how many, or a file of facts")
    asked.add_argument("names", nargs="*", help=f"of {', '.join(RIVALS)}")
    asked.add_argument("--python", action="append", default=[], metavar="NAME=PATH")
    asked.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.child:
        module, what = given.child
        child(module, what, Path(given.facts))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(given.facts)
        if not path.exists():
            from benchmarks.big_facts import write

            path = Path(folder) / "facts.parquet"
            print(f"{write(path, int(float(given.facts))).facts} facts, {path.stat().st_size / 1e6:.1f} MB of Parquet")
        size = float(given.facts) if not Path(given.facts).exists() else 0
        names = given.names or [name for name, rival in RIVALS.items() if rival.most >= size]
        pythons = dict(pair.split("=", 1) for pair in given.python)
        print(table(measure(path, list(dict.fromkeys([YARDSTICK, *names])), pythons)))


if __name__ == "__main__":
    main()
