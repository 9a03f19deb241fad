"""How do time and memory grow from a hundred thousand to ten million facts?

Run with `python -m benchmarks.big_growth [PICTURE]`: prints a table, and draws CPU seconds and peak memory of the plans
and of the hand-written SQL on logarithmic axes, with a line for growth in proportion.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from subprocess import PIPE

from benchmarks.big_measure import Measured, timed

SIZES = (100_000, 1_000_000, 10_000_000)
WAYS = {"fused": "fused", "batched": "plain in batches", "hand": "hand-written SQL"}
Grown = dict[str, list[tuple[int, float, float]]]
"""By way: facts, CPU seconds, megabytes."""


def grown() -> Grown:
    """The median of three rounds for each way and size."""
    found: Grown = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            file = Path(folder) / f"{size}.parquet"
            # in a process of its own: what this one has used would count as the memory of those that it starts
            subprocess.run(
                [sys.executable, "-m", "benchmarks.big_facts", str(file), str(size)], check=True, stdout=PIPE
            )
            measured: dict[str, Measured] = timed(file, list(WAYS), {})
            for name, each in measured.items():
                found[name].append((size, median(each.cpu), median(each.memory)))
            file.unlink()
    return found


def draw(found: Grown, picture: Path) -> None:
    """Two charts beside each other: CPU seconds and peak memory."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.6), layout="constrained")
    axes = figure.subplots(1, 2)
    for chart, column, title in ((axes[0], 1, "CPU seconds"), (axes[1], 2, "peak memory, MB")):
        for name, label in WAYS.items():
            chart.plot([r[0] for r in found[name]], [r[column] for r in found[name]], marker="o", label=label)
        start = found["fused"][0]
        line = [start[column] * size / SIZES[0] for size in SIZES]
        chart.plot(SIZES, line, linestyle=":", color="grey", label="in proportion")
        chart.set(xscale="log", yscale="log", xlabel="facts", title=title)
        chart.grid(alpha=0.3)
    axes[0].legend()
    figure.savefig(picture, dpi=110)


def main() -> None:
    """Measure, print, and draw if asked."""
    found = grown()
    for name, rows in found.items():
        for size, cpu, memory in rows:
            print(f"{WAYS[name]:20} {size:>10} facts: {cpu:6.2f} CPU s, {memory:5.0f} MB")
    if len(sys.argv) > 1:
        draw(found, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
