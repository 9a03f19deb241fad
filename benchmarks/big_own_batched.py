"""The same, in batches and with little memory."""

from __future__ import annotations

from pathlib import Path

from benchmarks import big_own
from benchmarks.big_shape import Counts, Key
from checker.scale import plain


def run(path: Path) -> Counts:
    """Counts of all outcomes."""
    return big_own.counts(path, plain.run, 300, 250)


def failed(path: Path) -> dict[Key, int | None]:
    """Keys of the outcomes that failed, with their differences."""
    return big_own.keys(path, plain.run, 300, 250)
