"""How much may a PDF file unpack and draw before it is refused, and which parts of it could not be unpacked?"""

from __future__ import annotations

import logging
import threading
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

MAX_UNPACKED = 150_000_000
"""Bytes of all streams that are unpacked for their text; pictures are not."""
MAX_PACKED_OTHERWISE = 1_000_000
"""Bytes of a stream in a packing other than Flate (LZW, run lengths): a thousandfold of it can be borne."""
MAX_OBJECTS_OF_PAGE = 200_000
MAX_OBJECTS = 3_000_000
"""Characters, lines, pictures and forms that are drawn."""
MAX_DEPTH = 20
"""Forms within forms."""
MAX_CODES = 200_000
"""Characters that one font may have."""
_LOCK = threading.RLock()


class TooMuchError(Exception):
    """The file unpacks or draws more than any set of accounts does."""


class Budget:
    """What one file has used; `damaged` counts streams that could not be unpacked whole."""

    def __init__(self) -> None:
        self.unpacked = self.objects = self.of_page = self.depth = self.damaged = 0

    def begin_page(self) -> None:
        """Begin counting the objects of a page."""
        self.of_page = self.depth = 0

    def draw(self) -> None:
        """Count one object."""
        self.objects += 1
        self.of_page += 1
        if self.of_page > MAX_OBJECTS_OF_PAGE or self.objects > MAX_OBJECTS:
            raise TooMuchError

    def enter(self) -> None:
        """Count one form, within those that are open."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooMuchError
        self.draw()

    def unpack(self, data: bytes) -> bytes:
        """The stream unpacked; raises zlib.error where it is damaged, and TooMuchError long before memory ends."""
        inflate = zlib.decompressobj()
        try:
            found = inflate.decompress(data, MAX_UNPACKED - self.unpacked + 1)
        except zlib.error:
            self.damaged += 1
            raise
        self.count(len(found))
        if not inflate.eof:
            self.damaged += 1
        return found

    def count(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self.unpacked += size
        if self.unpacked > MAX_UNPACKED:
            raise TooMuchError


class _Flate:
    """Stands in for zlib where streams are unpacked."""

    error = zlib.error

    def __init__(self, budget: Budget) -> None:
        self.decompress = budget.unpack
        self.budget = budget

    def decompressobj(self) -> _Piecewise:
        """What unpacks as much of a damaged stream as there is."""
        return _Piecewise(self.budget)


class _Piecewise:
    def __init__(self, budget: Budget) -> None:
        self.inflate, self.budget = zlib.decompressobj(), budget

    def decompress(self, data: bytes) -> bytes:
        found = self.inflate.decompress(data)
        self.budget.count(len(found))
        return found


@contextmanager
def guarded(budget: Budget) -> Iterator[None]:
    """Nothing is unpacked past the budget and nothing written to stderr; one file at a time in a process.

    The library has no limits of its own, so what it unpacks with is exchanged while a file is read.
    """
    from pdfminer import cmapdb, pdffont, pdftypes

    class Codes(cmapdb.FileUnicodeMap):
        """The characters of a font, which a range of codes can make four thousand million of."""

        def add_cid2unichr(self, cid: int, code: Any) -> None:
            if len(self.cid2unichr) > MAX_CODES:
                raise TooMuchError
            super().add_cid2unichr(cid, code)

    exchanged: list[tuple[dict[str, Any], str, Any]] = [
        (vars(pdftypes), "zlib", _Flate(budget)),
        (vars(pdftypes), "lzwdecode", _small(vars(pdftypes)["lzwdecode"])),
        (vars(pdftypes), "rldecode", _small(vars(pdftypes)["rldecode"])),
        (vars(pdftypes), "ccittfaxdecode", lambda _data, _parameters: b""),
        (vars(pdffont), "FileUnicodeMap", Codes),
        (vars(pdffont), "get_widths", _few(pdffont.get_widths, 3)),
        (vars(pdffont), "get_widths2", _few(pdffont.get_widths2, 5)),
    ]
    with _LOCK, warnings.catch_warnings(), _silent("pdfminer"), _silent("pdfplumber"):
        warnings.simplefilter("ignore")
        before = [(names, name, names[name]) for names, name, _ in exchanged]
        try:
            for names, name, new in exchanged:
                names[name] = new
            yield
        finally:
            for names, name, old in before:
                names[name] = old


def _small(unpack: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def bounded(data: bytes) -> bytes:
        if len(data) > MAX_PACKED_OTHERWISE:
            raise TooMuchError
        return unpack(data)

    return bounded


def _few(widths: Callable[[Iterable[object]], Any], size: int) -> Callable[[Iterable[object]], Any]:
    """The widths of a font, where its ranges (`size` numbers each) have no more codes than a font can."""

    def bounded(found: Iterable[object]) -> Any:
        listed = list(found)
        for at in range(len(listed) - size + 1):
            first, last = listed[at], listed[at + 1]
            if isinstance(first, int) and isinstance(last, int) and last - first > MAX_CODES:
                raise TooMuchError
        return widths(listed)

    return bounded


@contextmanager
def _silent(name: str) -> Iterator[None]:
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
