"""What do the common parts of an xlsx workbook say: sheets, texts, number formats, indents, linked workbooks?"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from checker.errors import SubmissionError
from checker.readers.number_format import BUILT_IN, NumberFormat
from checker.readers.package import MAX_TEXT, Package, local

MAX_TEXTS = 5_000_000
"""Different texts in a workbook."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Style(NamedTuple):
    """How a cell shows its number, and how far its text is set in."""

    format: NumberFormat
    indent: int


class SheetPart(NamedTuple):
    """A sheet by name and by the part of the package that holds it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Book:
    """Everything that the sheets of a workbook share."""

    package: Package
    sheets: list[SheetPart] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    cells: int = 0  # filled ones in the sheets that were read
    links: list[str] = field(default_factory=list)  # of [1], [2] …: the workbook's file name


def open_book(package: Package) -> Book:
    """Read the common parts; raises SubmissionError where the package is no workbook."""
    start = next((t for k, t in targets(package, "").values() if k == "officeDocument"), "xl/workbook.xml")
    if start not in package:
        raise SubmissionError(package.name, "input.no_workbook")
    elements = package.elements(start)
    if not elements or elements[0].name != "workbook":
        raise SubmissionError(package.name, "input.no_workbook")
    related = targets(package, start)
    book = Book(package)
    date_1904 = any(e.name == "workbookPr" and e.get("date1904") in ("1", "true") for e in elements)
    for element in elements:
        if element.name == "sheet" and element.within == "sheets":
            kind, part = related.get(element.get("id") or "", ("", ""))
            if kind == "worksheet":
                hidden = (element.get("state") or "visible") != "visible"
                book.sheets.append(SheetPart(element.get("name") or "", part, hidden))
        elif element.name == "externalReference":
            book.links.append(linked_workbook(package, related.get(element.get("id") or "", ("", ""))[1]))
    parts = dict(related.values())
    book.texts = _texts(package, parts.get("sharedStrings", ""))
    book.styles = _styles(package, parts.get("styles", ""), date_1904)
    return book


def targets(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relationships of a part: id -> (last word of the type, part or address they lead to)."""
    folder, _, file = part.rpartition("/")
    found: dict[str, tuple[str, str]] = {}
    for element in package.elements(posixpath.join(folder, "_rels", file + ".rels")):
        kind = (element.get("Type") or "").rpartition("/")[2]
        target = element.get("Target") or ""
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        found[element.get("Id") or ""] = (kind, target)
    return found


def linked_workbook(package: Package, part: str) -> str:
    """The file name of a linked workbook, '' where it is not told."""
    paths = [t for k, t in targets(package, part).values() if k.startswith("externalLinkPath")] if part else []
    return re.split(r"[\\/]", unquote(paths[0]))[-1] if paths else ""


def unescaped(text: str) -> str:
    """`text` with characters that were written as _x00E6_; control characters are left out."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    found = chr(int(match[1], 16))
    return found if found.isprintable() or found in "\n\t" else ""


def _texts(package: Package, part: str) -> list[str]:
    """The shared texts; runs of one text are put together, phonetic guides are left out."""
    found: list[str] = []
    pieces: list[str] = []
    state = {"in_t": False, "phonetic": False}
    length = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "t":
            state["in_t"] = not state["phonetic"]
        elif name == "rPh":
            state["phonetic"] = True

    def end(name: str) -> None:
        nonlocal length
        name = local(name)
        if name == "t":
            state["in_t"] = False
        elif name == "rPh":
            state["phonetic"] = False
        elif name == "si":
            if len(found) >= MAX_TEXTS:
                raise package.too_large()
            found.append(unescaped("".join(pieces)))
            pieces.clear()
            length = 0

    def characters(text: str) -> None:
        nonlocal length
        if state["in_t"]:
            length += len(text)
            if length > MAX_TEXT:
                raise package.damaged()
            pieces.append(text)

    if part in package:
        package.parse(part, start, end, characters)
    return found


def _styles(package: Package, part: str, date_1904: bool) -> list[Style]:
    """The cell formats in their order; at least the default one."""
    codes: dict[int, str] = dict(BUILT_IN)
    formats: dict[str, NumberFormat] = {}
    styles: list[Style] = []
    for element in package.elements(part):
        if element.name == "numFmt" and element.within == "numFmts":
            codes[_int(element.get("numFmtId"))] = unescaped(element.get("formatCode") or "")
        elif element.name == "xf" and element.within == "cellXfs":
            code = codes.get(_int(element.get("numFmtId")), "General") or "General"
            if code not in formats:
                formats[code] = NumberFormat(code, date_1904)
            styles.append(Style(formats[code], 0))
        elif element.name == "alignment" and element.within == "xf" and styles:
            styles[-1] = styles[-1]._replace(indent=min(_int(element.get("indent")), 250))
    return styles or [Style(NumberFormat("General", date_1904), 0)]


def _int(text: str | None) -> int:
    try:
        return int(text or "0")
    except ValueError:
        return 0
