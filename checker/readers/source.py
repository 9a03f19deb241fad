"""Which bytes does a file hold, whole and unchanged while they were read, and no more than a reader can bear?"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checker.errors import SubmissionError, reason

MAX_BYTES = 200_000_000
"""No workbook above this is read; texts have their own, smaller limit."""

_LOCK = "~$"


def read_bytes(path: Path, name: str, limit: int = MAX_BYTES) -> bytes:
    """The whole file; raises SubmissionError where it is empty, too large, locked or changed while it was read."""
    if path.name.startswith(_LOCK):
        raise SubmissionError(name, "input.lock_file", workbook=path.name.removeprefix(_LOCK))
    try:
        before = _stamp(path)
        if before[0] > limit:
            raise too_large(name, before[0], limit)
        with path.open("rb") as stream:
            raw = stream.read(before[0] + 1)
        after = _stamp(path)
    except PermissionError as error:
        raise SubmissionError(name, "input.no_access") from error
    except OSError as error:
        raise SubmissionError(name, "input.unreadable", why=reason(error)) from error
    if before != after or len(raw) != before[0]:
        raise SubmissionError(name, "input.changed")
    if not raw.strip():
        raise SubmissionError(name, "input.empty")
    return raw


def too_large(name: str, size: int, limit: int) -> SubmissionError:
    """The error for a file of `size` bytes above `limit`."""
    return SubmissionError(name, "input.too_large", size=str(size // 1_000_000), limit=str(limit // 1_000_000))


def sha256(raw: bytes) -> str:
    """The hash that a report states of a file."""
    return hashlib.sha256(raw).hexdigest()


@contextmanager
def without_collecting() -> Iterator[None]:
    """No search for cycles while a million cells are made, none of which is in one: it takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _stamp(path: Path) -> tuple[int, int, int]:
    """Size, time of change and identity: a program that saves by replacing the file changes the last one."""
    stat = os.stat(path)  # noqa: PTH116 - one call, so that a test can stand in for it
    return stat.st_size, stat.st_mtime_ns, stat.st_ino
