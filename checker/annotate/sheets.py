"""Which sheets does the workbook list, and how is one more listed behind them?"""

from __future__ import annotations

from checker.annotate.followup import HEADER
from checker.annotate.markup import attribute, content
from checker.annotate.parts import Parts
from checker.annotate.spots import Edits, first, spots

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BEFORE_NAMES = {
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups"),
    "externalReferences",
}
"""What stands before the defined names of a workbook. Source: ECMA-376 part 1, 18.2.27."""
_LONGEST = 31


class Sheets:
    """The sheets of a workbook; `parts` is name -> part of those with cells."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._xml = parts, parts.read(parts.book)
        self._spots = spots(self._xml, parts.name)
        listed = first(self._spots, "sheets")
        if self._spots[0].name != "workbook" or listed is None:
            raise parts.package.damaged()
        self._listed = listed
        number = self._spots.index(listed)
        self._sheets = [s for s in self._spots if s.name == "sheet" and s.parent == number]
        self.names = [s.get("name") or "" for s in self._sheets]
        self.parts: dict[str, str] = {}
        for spot, name in zip(self._sheets, self.names, strict=True):
            kind, part = parts.targets(parts.book).get(spot.get("id") or "", ("", ""))
            if kind == "worksheet" and parts.has(part):
                self.parts.setdefault(name, part)

    def free(self, wanted: str) -> str:
        """The name, with a number where another sheet has it; Excel does not tell capitals from small letters."""
        taken = {name.casefold() for name in self.names}
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            after = f" ({number})"
            name = wanted[: _LONGEST - len(after)] + after
        return name

    def add(self, name: str, xml: bytes) -> None:
        """Add a sheet at the end; its heading is repeated on every printed page."""
        parts = self._parts
        part = parts.free("worksheets/sheet{n}.xml")
        parts.put(part, xml)
        parts.declare(part, _TYPE)
        id_ = parts.relate(parts.book, "worksheet", part)
        root, edits = self._spots[0], Edits(self._xml)
        prefix = root.prefix
        known = (k.partition(":")[2] for k, v in root.attributes.items() if v == parts.relations and k[:6] == "xmlns:")
        relations = next(known, "")
        declared = "" if relations else f' xmlns:r="{parts.relations}"'
        numbers = [int(n) for s in self._sheets if (n := s.get("sheetId") or "").isdecimal()]
        new = f'<{prefix}sheet{declared} name="{attribute(name)}" sheetId="{max(numbers, default=0) + 1}"'
        edits.extend(self._listed, f'{new} {relations or "r"}:id="{id_}"/>'.encode())
        goal = "'" + name.replace("'", "''") + f"'!${HEADER}:${HEADER}"
        titles = (
            f'<{prefix}definedName name="_xlnm.Print_Titles" localSheetId="{len(self._sheets)}">'
            f"{content(goal)}</{prefix}definedName>"
        )
        names = first(self._spots, "definedNames")
        if names is not None:
            edits.extend(names, titles.encode())
        else:
            at = max(s.end for s in self._spots if s.parent == 0 and s.name in _BEFORE_NAMES)
            edits.put(at, at, f"<{prefix}definedNames>{titles}</{prefix}definedNames>".encode())
        parts.put(parts.book, edits.made())
