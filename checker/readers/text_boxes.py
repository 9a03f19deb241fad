"""Which words stand in text boxes on a sheet of an xlsx workbook? Units and notes often do."""

from __future__ import annotations

from typing import NamedTuple

from checker.readers.package import MAX_TEXT, Package, local
from checker.readers.xlsx_book import targets


class TextBox(NamedTuple):
    """The words of a box and the cell its upper left corner lies in, from 1."""

    row: int
    column: int
    text: str


def text_boxes(package: Package, sheet_part: str) -> list[TextBox]:
    """The boxes of a sheet, top down; those that only hold a picture or a chart are none."""
    found: list[TextBox] = []
    for kind, part in targets(package, sheet_part).values():
        if kind == "drawing" and part in package:
            reader = _Drawing(package)
            package.parse(part, reader.start, reader.end, reader.characters)
            found += reader.found
    return sorted(found)


class _Drawing:
    """The handlers for a drawing; what an older program is to show instead is passed over."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.found: list[TextBox] = []
        self.corner: dict[str, int] = {}
        self.paragraphs: list[str] = []
        self.taking = ""
        self.in_from = False
        self.instead = 0
        self.length = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "Fallback" or self.instead:
            self.instead += 1
        elif name in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            self.corner = {}
        elif name == "from":
            self.in_from = True
        elif name == "sp":
            self.paragraphs = []
        elif name == "p":
            self.paragraphs.append("")
        elif name == "br" and self.paragraphs:
            self.paragraphs[-1] += "\n"
        elif name == "t" or (name in ("row", "col") and self.in_from):
            self.taking = name

    def end(self, name: str) -> None:
        name = local(name)
        self.taking = ""
        if self.instead:
            self.instead -= 1
        elif name == "from":
            self.in_from = False
        elif name == "sp":
            text = "\n".join(line.strip() for line in self.paragraphs if line.strip())
            if text:
                self.found.append(TextBox(self.corner.get("row", 0) + 1, self.corner.get("col", 0) + 1, text))

    def characters(self, text: str) -> None:
        if self.taking == "t" and self.paragraphs:
            self.length += len(text)
            if self.length > MAX_TEXT:
                raise self.package.damaged()
            self.paragraphs[-1] += text
        elif self.taking in ("row", "col") and text.isascii() and text.isdigit() and len(text) < 8:
            self.corner[self.taking] = int(text)
