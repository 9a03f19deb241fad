"""Which parts does the copy change or add: read and kept once, with their relationships and content types?"""

from __future__ import annotations

import posixpath

from checker.annotate.archive import key, names, rewritten
from checker.annotate.markup import attribute
from checker.annotate.spots import Edits, as_utf8, spots
from checker.errors import SubmissionError
from checker.readers.package import Package
from checker.readers.xlsx_book import targets

TYPES = "[Content_Types].xml"
_PLAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Parts:
    """The parts of a workbook as they are to be; what nobody puts stays as it is.

    `book` is the part of the workbook itself, `relations` the namespace of relationships (that of strict workbooks is
    another), `main` that of sheets.
    """

    def __init__(self, raw: bytes, name: str) -> None:
        self.raw, self.name = raw, name
        self.package = Package(raw, name)
        self._read: dict[str, bytes] = {}
        self.changed: dict[str, bytes] = {}
        self._named: dict[str, str] = {}
        self._names = names(raw)
        roots = targets(self.package, "").values()
        self.book = next((t for k, t in roots if k == "officeDocument"), "xl/workbook.xml")
        if not self.book.endswith(".xml") or self.book not in self.package:
            raise SubmissionError(name, "copy.only_xlsx")
        self.strict = _STRICT.encode() in self.read(self.book)
        self.relations = _STRICT if self.strict else _PLAIN
        self.main = (
            "http://purl.oclc.org/ooxml/spreadsheetml/main"
            if self.strict
            else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        )

    def read(self, part: str) -> bytes:
        """The part as it is now, in UTF-8."""
        at = key(part)
        if at in self.changed:
            return self.changed[at]
        if at not in self._read:
            self._read[at] = as_utf8(b"".join(self.package.pieces(part)), self.name)
        return self._read[at]

    def put(self, part: str, content: bytes) -> None:
        """Change or add a part."""
        self.changed[key(part)] = content
        self._named[key(part)] = part

    def has(self, part: str) -> bool:
        """Whether the workbook holds it, or it was added."""
        return part in self.package or key(part) in self.changed

    def free(self, pattern: str) -> str:
        """The first name for a new part: `pattern` has '{n}' for a number, and begins in the workbook's folder."""
        folder = posixpath.dirname(self.book)
        number = 1
        while self.has(name := posixpath.join(folder, pattern.format(n=number))):
            number += 1
        return name

    def listed(self, ending: str) -> list[str]:
        """The parts whose names end so, those that were added included."""
        names = {*self._names, *self.changed}
        return sorted(name for name in names if name.endswith(ending))

    def related(self, part: str, kind: str) -> str | None:
        """The part that this one leads to by a relationship of the kind, if it is there."""
        found = next((t for k, t in self.targets(part).values() if k == kind), None)
        if found is not None and not self.has(found):
            raise self.package.damaged()
        return found

    def target(self, part: str, id_: str) -> str:
        """The part that a relationship leads to."""
        kind_target = self.targets(part).get(id_)
        if kind_target is None or not self.has(kind_target[1]):
            raise self.package.damaged()
        return kind_target[1]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from one part to another; its id."""
        rels = _rels(part)
        path = posixpath.relpath(target, posixpath.dirname(part))
        if not self.has(rels):
            self.put(rels, _HEAD + f'<Relationships xmlns="{_RELS}"></Relationships>'.encode())
        xml = self.read(rels)
        found = spots(xml, self.name)
        taken = {(spot.get("Id") or "").lower() for spot in found}
        number = len(found)
        while (id_ := f"rId{number}").lower() in taken:
            number += 1
        edits = Edits(xml)
        new = f'<{found[0].prefix}Relationship Id="{id_}" Type="{self.relations}/{kind}" Target="{attribute(path)}"/>'
        edits.extend(found[0], new.encode())
        self.put(rels, edits.made())
        return id_

    def declare(self, part: str, content_type: str, ending: bool = False) -> None:
        """State what kind of content a new part has; with `ending` for all parts of its ending, if none is stated."""
        xml = self.read(TYPES)
        found = spots(xml, self.name)
        suffix = part.rpartition(".")[2]
        if ending and any((s.get("Extension") or "").lower() == suffix for s in found):
            return
        named = f'Default Extension="{suffix}"' if ending else f'Override PartName="/{attribute(part)}"'
        edits = Edits(xml)
        edits.extend(found[0], f'<{found[0].prefix}{named} ContentType="{content_type}"/>'.encode())
        self.put(TYPES, edits.made())

    def made(self) -> bytes:
        """The workbook with all that was put."""
        return rewritten(self.raw, {self._named[at]: data for at, data in self.changed.items()}, self.name)

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships to parts within the workbook: id -> (last word of the type, part)."""
        rels = _rels(part)
        if not self.has(rels):
            return {}
        folder = posixpath.dirname(part)
        found = {}
        for spot in spots(self.read(rels), self.name):
            target = spot.get("Target") or ""
            if spot.name == "Relationship" and spot.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found[spot.get("Id") or ""] = ((spot.get("Type") or "").rpartition("/")[2], target)
        return found


def _rels(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return posixpath.join(folder, "_rels", file + ".rels")
