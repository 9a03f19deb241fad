"""Which texts stand in the records of an .xls file, also where one goes on in the next record? [MS-XLS] 2.5.293."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from checker.readers.binary_book import DamagedError

MAX_TEXTS = 5_000_000


def short_text(data: bytes) -> str:
    """A text with its length in one byte (the name of a sheet)."""
    return _Pieces([data]).text(data[0], 1)


def long_text(pieces: Sequence[bytes]) -> str:
    """A text with its length in two bytes."""
    reader = _Pieces(pieces)
    return reader.text(reader.number("<H"))


def shared_texts(pieces: Sequence[bytes]) -> list[str]:
    """The texts that the cells of all sheets share."""
    reader = _Pieces(pieces)
    reader.number("<I")
    count = reader.number("<I")
    if count > MAX_TEXTS:
        raise DamagedError
    return [reader.text(reader.number("<H")) for _ in range(count)]


class _Pieces:
    """A reader of records that go on in others; characters that go on begin anew with how wide they are."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self.pieces = pieces
        self.piece = self.at = 0

    def number(self, form: str) -> int:
        """A whole number; it never goes on in another record."""
        self._settle()
        value = int(struct.unpack_from(form, self.pieces[self.piece], self.at)[0])
        self.at += struct.calcsize(form)
        return value

    def text(self, length: int, skip: int = 0) -> str:
        """A text of so many characters; formats and phonetic guides after it are passed over."""
        self.at += skip
        flags = self.number("<B")
        runs = self.number("<H") if flags & 8 else 0
        extra = self.number("<I") if flags & 4 else 0
        found: list[str] = []
        wide = flags & 1
        while length:
            data = self.pieces[self.piece]
            width = 2 if wide else 1
            here = min(length, (len(data) - self.at) // width)
            end = self.at + here * width
            found.append(data[self.at : end].decode("utf-16-le" if wide else "latin-1", "replace"))
            self.at, length = end, length - here
            if length:
                self._next()
                wide = self.number("<B") & 1
        self._skip(4 * runs + extra)
        return "".join(found)

    def _settle(self) -> None:
        if self.at >= len(self.pieces[self.piece]):
            self._next()

    def _next(self) -> None:
        self.piece, self.at = self.piece + 1, 0
        if self.piece >= len(self.pieces):
            raise DamagedError

    def _skip(self, size: int) -> None:
        while size:
            here = min(size, len(self.pieces[self.piece]) - self.at)
            self.at, size = self.at + here, size - here
            if size:
                self._next()
