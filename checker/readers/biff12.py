"""What does an .xlsb file say of its cells beside their values? Source: [MS-XLSB]."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from checker.readers.details import BookDetails, SheetDetails, rk_number
from checker.readers.number_format import BUILT_IN
from checker.readers.package import Package
from checker.readers.sheet import Span
from checker.readers.xlsx_book import linked_workbook, targets

WORKBOOK = "xl/workbook.bin"


def read_details(package: Package) -> BookDetails:
    """The details of a workbook; struct.error or IndexError where it is damaged."""
    book = BookDetails()
    related = targets(package, WORKBOOK)
    sheets: list[tuple[str, str]] = []
    for code, data in _records(package, WORKBOOK):
        if code == 153:
            book.date_1904 = bool(data[0] & 1)
        elif code == 156:
            relation, at = _text(data, 8)
            name, _ = _text(data, at)
            kind, part = related.get(relation, ("", ""))
            if kind == "worksheet":
                sheets.append((name, part))
    for kind, part in related.values():
        if kind == "styles":
            book.styles = _styles(package, part)
        elif kind == "externalLink" and (link := linked_workbook(package, part)):
            book.links.append(link)
    for name, part in sheets:
        book.sheets[name] = _sheet(package, part)
    return book


def _records(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    """The records of a part; their code and size are written in as many bytes as they need."""
    data = package.whole(part)
    at = 0
    while at < len(data):
        code, at = _packed(data, at, 2)
        size, at = _packed(data, at, 4)
        yield code, data[at : at + size]
        at += size


def _packed(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for number in range(most):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << 7 * number
        if not byte & 0x80:
            break
    return value, at


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text and the position after it."""
    length = struct.unpack_from("<I", data, at)[0]
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _styles(package: Package, part: str) -> list[tuple[str, int]]:
    codes = dict(BUILT_IN)
    found: list[tuple[str, int]] = []
    of_cells = False
    for code, data in _records(package, part):
        if code == 44:
            codes[struct.unpack_from("<H", data)[0]] = _text(data, 2)[0]
        elif code in (617, 618):
            of_cells = code == 617
        elif code == 47 and of_cells:
            found.append((codes.get(struct.unpack_from("<H", data, 2)[0], "General"), data[11]))
    return found


def _sheet(package: Package, part: str) -> SheetDetails:
    found = SheetDetails()
    row = 0
    for code, data in _records(package, part):
        if code == 0:
            row = struct.unpack_from("<I", data)[0]
            if data[11] & 0x10:
                found.hidden_rows.append(row + 1)
        elif 2 <= code <= 11:
            _cell(found, code, row, data)
        elif code == 60:
            first, last, flags = struct.unpack_from("<II8xH", data)
            if flags & 1:
                found.hidden_columns.append((first + 1, last + 1))
        elif code == 176:
            top, bottom, left, right = struct.unpack_from("<IIII", data)
            found.merges.append(Span(top + 1, left + 1, bottom + 1, right + 1))
    return found


def _cell(found: SheetDetails, code: int, row: int, data: bytes) -> None:
    column, style = struct.unpack_from("<II", data)
    position = found.meet(row, column)
    style &= 0xFFFFFF
    if code == 2:
        found.numbers[position] = (rk_number(struct.unpack_from("<I", data, 8)[0]), style)
    elif code in (5, 9):
        found.numbers[position] = (struct.unpack_from("<d", data, 8)[0], style)
    elif code in (3, 11):
        found.errors[position] = data[8]
    elif code in (6, 7, 8):
        found.texts[position] = style
