"""How long does one document take, whole process, against the floor of importing yaml, typer and rich?

Alternated runs, medians, so that a noisy machine disturbs both alike. Prints where the rest goes.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "naestved-it-2021" / "regnskab.txt"
ROUNDS = 15

STAGES = """
import time
start = time.perf_counter()
import checker.cli, checker.run, checker.rulefile, checker.reports.terminal
from checker.messages import catalogue
loaded = time.perf_counter()
rules = checker.rulefile.load_rules()
catalogue("da")
ruled = time.perf_counter()
from pathlib import Path
from checker.readers import read_document
from checker.recognise import recognise
document = read_document(Path({sample!r}))
submission = recognise(document)
recognised = time.perf_counter()
report = checker.run.check_submission(submission, rules)
checked = time.perf_counter()
from checker.reports import View
checker.reports.terminal.render(report, View())
done = time.perf_counter()
print(loaded - start, ruled - loaded, recognised - ruled, checked - recognised, done - checked)
"""


def _timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True)
    return time.perf_counter() - start


def _printed(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Print the floor, ours, the ratio and the stages."""
    floor_command = [sys.executable, "-c", "import yaml, typer, rich"]
    our_command = [sys.executable, "-m", "checker", "check", str(SAMPLE)]
    _timed(floor_command)
    _timed(our_command)
    floors, ours = [], []
    for _ in range(ROUNDS):
        floors.append(_timed(floor_command))
        ours.append(_timed(our_command))
    floor, own = statistics.median(floors), statistics.median(ours)
    print(f"floor (import yaml, typer, rich)  {floor * 1000:6.0f} ms")
    print(f"check of one document             {own * 1000:6.0f} ms   {own / floor:.2f} x the floor (aim: 3)")
    script = STAGES.format(sample=str(SAMPLE))
    runs = [[float(x) for x in _printed([sys.executable, "-c", script]).split()] for _ in range(ROUNDS)]
    names = ("imports", "rules and catalogue", "read and recognise", "ground and confront", "render")
    for name, values in zip(names, zip(*runs, strict=True), strict=True):
        print(f"  of which {name:<22} {statistics.median(values) * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
