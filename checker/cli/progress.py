"""Work that takes longer than two seconds says so on a terminal; a file that changes is told."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from checker.messages import text

PATIENCE = 2.0
"""Seconds of silence before something is said."""
PAUSE = 0.5
"""Seconds between two looks at files that are watched."""


class Step(Protocol):
    """Told how far the work is."""

    def __call__(self, number: int, of: int = 0) -> None:
        """So many are done, of so many."""


@contextmanager
def progress(what: str, lang: str, total: int = 0) -> Iterator[Step]:
    """Tells on standard error, where that is a terminal, what is being checked and for how long; wipes it at the end.

    What it gives is called with how many of `total` are done, and with the total where that is known only then.
    """
    done = 0

    def step(number: int, of: int = 0) -> None:
        nonlocal done, total
        done, total = number, of or total

    if not sys.stderr.isatty():
        yield step
        return
    over, start = threading.Event(), time.monotonic()

    def tell() -> None:
        while not over.wait(PATIENCE if time.monotonic() - start < PATIENCE else 1):
            args = {"what": what, "seconds": str(int(time.monotonic() - start)), "done": str(done), "total": str(total)}
            key = "check.progress_many" if total else "check.progress"
            sys.stderr.write(f"\r\x1b[K{text(key, lang, args)}")
            sys.stderr.flush()

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield step
    finally:
        over.set()
        teller.join()
        if time.monotonic() - start >= PATIENCE:
            sys.stderr.write("\r\x1b[K")


def watched(paths: Sequence[Path], lang: str) -> Generator[None]:
    """At once, and whenever a file has changed, until it is interrupted."""
    before: dict[Path, tuple[int, int]] | None = None
    try:
        while True:
            now = _seen(paths)
            if now != before:
                if before is not None and sys.stdout.isatty():
                    sys.stdout.write("\x1b[2J\x1b[H")
                before = now
                yield
                sys.stdout.flush()
                sys.stderr.write(text("check.watching", lang) + "\n")
            time.sleep(PAUSE)
    except KeyboardInterrupt:
        return


def _seen(paths: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Every file with its size and when it was written."""
    files = [f for p in paths for f in (sorted(p.rglob("*")) if p.is_dir() else [p])]
    found = {}
    for file in files:
        if file.is_file() and ".kontrol." not in file.name:
            state = file.stat()
            found[file] = (state.st_size, state.st_mtime_ns)
    return found
