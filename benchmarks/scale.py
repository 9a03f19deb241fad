"""How long does a sheet of 60.000 rows take, and a rule set of 300 rules, and how much memory?

Run with `python -m benchmarks.scale`. Each is measured in a process of its own; machines are noisy, so the ratio to
a tenth of the size is what to look at: 10 is linear.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter
import yaml

from checker.resources import data_dir

GROUPS = 600
LINES = 99
SAMPLE = Path(__file__).parent.parent / "samples" / "naestved-it-2021" / "regnskab.txt"
_MEASURE = """
import resource, sys, time
from checker import check
start = time.perf_counter()
report = check(sys.argv[1], sys.argv[2])
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, len(report.outcomes))
"""


def workbook(path: Path, groups: int) -> int:
    """A sheet of `groups` sums over 99 lines each, five columns of amounts; returns its rows."""
    numbers = random.Random(1)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet, shown = book.add_worksheet("Ark1"), book.add_format({"num_format": "#,##0"})
    sheet.write_row(0, 0, ["Politikområde Skole"])
    heads = ("Regnskab 2022", "Oprindeligt budget 2023", "Korrigeret budget 2023", "Regnskab 2023")
    sheet.write_row(1, 0, ["I 1.000 kr.", "", *heads, "Over-/underskud 2023"])
    at = 2
    for group in range(1, groups + 1):
        sums = [0] * 5
        for line in range(1, LINES + 2):
            values = [numbers.randint(0, 9999) for _ in heads]
            values = sums if line > LINES else [*values, values[2] - values[3]]
            sheet.write_string(at, 0, "" if line > LINES else f"{group}.{line}")
            sheet.write_string(at, 1, f"Gruppe {group} i alt" if line > LINES else f"Konto {group} {line}")
            for column, value in enumerate(values):
                sheet.write_number(at, 2 + column, value, shown)
            sums = [a + b for a, b in zip(sums, values, strict=True)]
            at += 1
    book.close()
    return at


def rules(path: Path, count: int) -> None:
    """A rule file of `count` rules: those of the common set again and again under other ids."""
    shipped = yaml.safe_load((data_dir("rules") / "dk-faelles.yaml").read_text(encoding="utf-8"))["rules"]
    made = [
        {**shipped[number % len(shipped)], "id": f"AAA{number:03d}", "name": f"copy-number-{number}"}
        for number in range(count)
    ]
    content = {"ruleset": {"id": "bench", "version": "1"}, "rules": made}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def measure(path: Path, ruleset: str) -> tuple[float, int, int]:
    """Seconds, megabytes and outcomes of one check."""
    command = [sys.executable, "-c", _MEASURE, str(path), ruleset]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory, outcomes = done.stdout.split()
    return float(seconds), int(memory), int(outcomes)


def main() -> None:
    """Print the measurements."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        times = []
        for groups in (GROUPS // 10, GROUPS):
            rows = workbook(root / "stort.xlsx", groups)
            seconds, memory, outcomes = measure(root / "stort.xlsx", "dk-bemaerkninger")
            times.append(seconds)
            print(f"workbook of {rows} rows: {seconds:.1f} s, {memory} MB, {outcomes} outcomes")
        print(f"ten times the rows take {times[1] / times[0]:.1f} times as long")
        base = measure(SAMPLE, "dk-bemaerkninger")[0]
        rules(root / "mange.yaml", 300)
        seconds, memory, outcomes = measure(SAMPLE, str(root / "mange.yaml"))
        print(f"300 rules on one document: {seconds:.2f} s, {memory} MB, {outcomes} outcomes")
        print(f"against the default set on the same document: {seconds / base:.1f} times")


if __name__ == "__main__":
    main()
