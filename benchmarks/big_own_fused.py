"""The fused plan."""

from __future__ import annotations

from pathlib import Path

from benchmarks import big_own
from benchmarks.big_shape import Counts, Key
from checker.scale import dense


def run(path: Path) -> Counts:
    """Counts of all outcomes."""
    return big_own.counts(path, dense.run)


def failed(path: Path) -> dict[Key, int | None]:
    """Keys of the outcomes that failed, with their differences."""
    return big_own.keys(path, dense.run)
