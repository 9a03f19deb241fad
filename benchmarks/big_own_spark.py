"""The plan that every database runs, on Spark on this machine; starting its Java machine is part of it."""

from __future__ import annotations

from pathlib import Path

from benchmarks import big_own
from benchmarks.big_shape import Counts, Key
from checker.scale.spark import Spark


def run(path: Path) -> Counts:
    """Counts of all outcomes."""
    return big_own.counted(Spark(str(path)))


def failed(path: Path) -> dict[Key, int | None]:
    """Keys of the outcomes that failed, with their differences."""
    return big_own.listed(Spark(str(path)))
