"""Which streams does an OLE container hold? (.xls, and .xlsx behind a password)"""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks, no sectors."""


class OleError(Exception):
    """The container is damaged."""


class Ole:
    """The streams of a container by name; raises OleError where it is damaged, chains in circles included."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        try:
            self._open()
        except (struct.error, IndexError) as error:
            raise OleError from error

    def _open(self) -> None:
        raw = self._raw
        shift, self._mini_shift = struct.unpack_from("<HH", raw, 30)
        if not raw.startswith(MAGIC) or shift not in (9, 12) or self._mini_shift > shift:
            raise OleError
        self._size = 1 << shift
        directory, self._cutoff, mini_fat, _, more, _ = struct.unpack_from("<I4xIIIII", raw, 48)
        sectors = list(struct.unpack_from("<109I", raw, 76))
        seen: set[int] = set()
        while more < _LAST:
            if more in seen:
                raise OleError
            seen.add(more)
            *found, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            sectors += found
        table = b"".join(self._sector(number) for number in sectors if number < _LAST)
        self._fat = struct.unpack(f"<{len(table) // 4}I", table)
        self.streams: dict[str, tuple[int, int]] = {}
        root = 0
        entries = self._chain(directory)
        for at in range(0, len(entries) - 127, 128):
            name_length, kind = struct.unpack_from("<HB", entries, at + 64)
            start, size = struct.unpack_from("<II", entries, at + 116)
            if kind == 5:
                root = start
            elif kind == 2:
                name = entries[at : at + max(0, min(name_length, 64) - 2)].decode("utf-16-le", "replace")
                self.streams.setdefault(name, (start, size))
        self._mini = self._chain(root) if root < _LAST else b""
        table = self._chain(mini_fat) if mini_fat < _LAST else b""
        self._mini_fat = struct.unpack(f"<{len(table) // 4}I", table)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        found = self._raw[at : at + self._size]
        if not found:
            raise OleError
        return found.ljust(self._size, b"\0")

    def _chain(self, start: int) -> bytes:
        found: list[bytes] = []
        while start < _LAST:
            if len(found) > len(self._fat):
                raise OleError
            found.append(self._sector(start))
            start = self._fat[start]
        return b"".join(found)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream."""
        start, size = self.streams[name]
        try:
            if size >= self._cutoff:
                return self._chain(start)[:size]
            found: list[bytes] = []
            width = 1 << self._mini_shift
            while start < _LAST:
                if len(found) > len(self._mini_fat):
                    raise OleError
                found.append(self._mini[start * width : (start + 1) * width])
                start = self._mini_fat[start]
            return b"".join(found)[:size]
        except IndexError as error:
            raise OleError from error
