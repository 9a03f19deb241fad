"""Which cells does an .xlsb file hold? Source: [MS-XLSB].

Formulas are read by their stored results; which cells take their value from another workbook is not known, only
that the workbook has such links.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from checker.readers.binary_book import BinaryBook, DamagedError, SheetBuilder, rk_number
from checker.readers.number_format import BUILT_IN
from checker.readers.package import Package
from checker.readers.sheet import Sheet, Span
from checker.readers.xlsx_book import linked_workbook, targets

WORKBOOK = "xl/workbook.bin"
MAX_RECORD = 10_000_000


def read_xlsb(package: Package) -> tuple[list[Sheet], list[str]]:
    """The sheets of an .xlsb file and the workbooks it links to; raises SubmissionError where it is damaged."""
    try:
        return _read(package)
    except (DamagedError, struct.error, IndexError) as error:
        raise package.damaged() from error


def _read(package: Package) -> tuple[list[Sheet], list[str]]:
    book = BinaryBook(package.name)
    related = targets(package, WORKBOOK)
    sheets: list[tuple[str, bool, str]] = []
    for code, data in _records(package, WORKBOOK):
        if code == 153:
            book.date_1904 = bool(data[0] & 1)
        elif code == 156:
            relation, at = _text(data, 8)
            kind, part = related.get(relation, ("", ""))
            if kind == "worksheet":
                sheets.append((_text(data, at)[0], bool(struct.unpack_from("<I", data)[0]), part))
    for kind, part in related.values():
        if kind == "styles":
            book.set_styles(_styles(package, part))
        elif kind == "sharedStrings":
            book.texts = [_text(data, 1)[0] for code, data in _records(package, part) if code == 19]
        elif kind == "externalLink" and (link := linked_workbook(package, part)):
            book.links.append(link)
    return [_sheet(package, part, SheetBuilder(book, name, hidden)) for name, hidden, part in sheets], book.links


def _records(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    """The records of a part, a piece of it at a time; code and size take as many bytes as they need."""
    data = b""
    for piece in package.pieces(part):
        data += piece
        at = 0
        while (record := _record(data, at)) is not None:
            code, start, at = record
            yield code, data[start:at]
        data = data[at:]
        if len(data) > MAX_RECORD:
            raise DamagedError
    if data:
        raise DamagedError


def _record(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Code, start and end of the record at `at`; None where it is not all there yet."""
    try:
        code, start = _packed(data, at, 2)
        size, start = _packed(data, start, 4)
    except IndexError:
        return None
    return (code, start, start + size) if start + size <= len(data) else None


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
    if end > len(data):
        raise DamagedError
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


def _sheet(package: Package, part: str, into: SheetBuilder) -> Sheet:
    row = 0
    for code, data in _records(package, part):
        if code == 0:
            row = struct.unpack_from("<I", data)[0]
            if data[11] & 0x10:
                into.sheet.hidden_rows.append(row + 1)
        elif 2 <= code <= 11 or code == 62:
            _cell(into, code, row, data)
        elif code == 60:
            first, last, flags = struct.unpack_from("<II8xH", data)
            if flags & 1:
                into.sheet.hidden_columns.append((first + 1, last + 1))
        elif code == 176:
            top, bottom, left, right = struct.unpack_from("<IIII", data)
            into.sheet.merges.append(Span(top + 1, left + 1, bottom + 1, right + 1))
    return into.built()


def _cell(into: SheetBuilder, code: int, row: int, data: bytes) -> None:
    column, style = struct.unpack_from("<II", data)
    style &= 0xFFFFFF
    if code == 2:
        into.number(row, column, rk_number(struct.unpack_from("<I", data, 8)[0]), style)
    elif code in (5, 9):
        into.number(row, column, struct.unpack_from("<d", data, 8)[0], style)
    elif code in (3, 11):
        into.error(row, column, data[8])
    elif code in (4, 10):
        into.flag(row, column, bool(data[8]))
    elif code == 7:
        into.text(row, column, into.book.text(struct.unpack_from("<I", data, 8)[0]), style)
    else:
        into.text(row, column, _text(data, 9 if code == 62 else 8)[0], style)
