"""What do the parts of a zipped workbook hold, read so that no part can fill the memory or expand without end?"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from checker.errors import SubmissionError

MAX_UNPACKED = 1_000_000_000
"""All parts of one workbook together, in bytes."""
MAX_RATIO = 400
"""How many times larger than packed a part of more than 10 MB may be; sheets are packed 5 to 50 times."""
MAX_COMMON = 30_000_000
"""Bytes in a part that all sheets share, texts aside: cell formats and the like."""
MAX_TEXT = 100_000
"""Characters in one cell; Excel itself allows 32.767."""

_CHUNK = 1 << 18
_SMALL = 10_000_000


Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Characters = Callable[[str], None]


class Element(NamedTuple):
    """One element of XML without prefix, with the name of the one it stands in."""

    name: str
    within: str
    attributes: dict[str, str]

    def get(self, name: str) -> str | None:
        """An attribute, whatever its prefix."""
        for key, value in self.attributes.items():
            if local(key) == name:
                return value
        return None


class Package:
    """A zip archive whose parts are read in pieces, counting what really comes out."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise self.damaged() from error
        self._parts = {_key(info.filename): info for info in self._zip.infolist()}
        for info in self._parts.values():
            if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
                raise self.too_large()
        if sum(info.file_size for info in self._parts.values()) > MAX_UNPACKED:
            raise self.too_large()

    def damaged(self) -> SubmissionError:
        """The error for a workbook that cannot be taken apart."""
        return SubmissionError(self.name, "input.damaged_workbook")

    def too_large(self) -> SubmissionError:
        """The error for a workbook that unpacks to more than is read."""
        return SubmissionError(self.name, "input.unpacks_too_large", limit=str(MAX_UNPACKED // 1_000_000))

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._parts

    def pieces(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, a piece at a time; a part that lies about its size or is broken raises."""
        info = self._parts.get(_key(part))
        if info is None or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.damaged()
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    self._read += len(piece)
                    if self._read > MAX_UNPACKED:
                        raise self.too_large()
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
            raise self.damaged() from error

    def parse(self, part: str, start: Start, end: End | None = None, characters: Characters | None = None) -> None:
        """Run the XML of a part through handlers; a document type is refused, since only those define entities."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = characters
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            for piece in self.pieces(part):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self.damaged() from error
        except (LookupError, ValueError) as error:
            if "encoding" not in str(error):
                raise  # a fault of our own, not of the file
            raise self.damaged() from error

    def elements(self, part: str) -> list[Element]:
        """The elements of a small part in order, or none where the workbook has no such part."""
        if part in self and self._parts[_key(part)].file_size > MAX_COMMON:
            raise self.too_large()
        found: list[Element] = []
        path: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            found.append(Element(local(name), path[-1] if path else "", attributes))
            path.append(local(name))

        def end(_name: str) -> None:
            path.pop()

        if part in self:
            self.parse(part, start, end)
        return found

    def _refuse(self, *_: object) -> None:
        raise SubmissionError(self.name, "input.doctype")


def _key(part: str) -> str:
    """Parts are found whatever their case and slashes, as Excel finds them."""
    return part.replace("\\", "/").lstrip("/").lower()


def local(name: str) -> str:
    """'x:row' as 'row'."""
    return name.rpartition(":")[2]
