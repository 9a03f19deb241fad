"""What does an .xls file (Excel 97 to 2003) say of its cells beside their values? Source: [MS-XLS]."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from checker.readers.details import BookDetails, SheetDetails, rk_number
from checker.readers.number_format import BUILT_IN
from checker.readers.sheet import Span

_BOF, _EOF = 0x0809, 0x0A


def read_details(stream: bytes) -> BookDetails:
    """The details of a workbook stream; struct.error or IndexError where it is damaged, none where it is older."""
    book = BookDetails()
    codes = dict(BUILT_IN)
    formats: list[tuple[int, int]] = []
    sheets: list[tuple[str, int]] = []
    for code, data in _records(stream, 0):
        if code == _BOF and data[:2] != b"\x00\x06":
            return book
        if code == 0x2F:
            book.encrypted = True
            return book
        if code == 0x22:
            book.date_1904 = data[:1] == b"\x01"
        elif code == 0x041E:
            codes[struct.unpack_from("<H", data)[0]] = _text(data, 2, wide=True)
        elif code == 0xE0:
            formats.append((struct.unpack_from("<H", data, 2)[0], data[8] & 0x0F))
        elif code == 0x85:
            sheets.append((_text(data, 6, wide=False), struct.unpack_from("<I", data)[0]))
        elif code == 0x01AE and (link := _link(data)):
            book.links.append(link)
    book.styles = [(codes.get(number, "General"), indent) for number, indent in formats]
    for name, at in sheets:
        book.sheets[name] = _sheet(stream, at)
    return book


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from `at` to the end of what begins there; charts inside a sheet are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, at)
        depth += (code == _BOF) - (code == _EOF)
        if depth == 1:
            yield code, stream[at + 4 : at + 4 + size]
        if depth == 0:
            return
        at += 4 + size


def _text(data: bytes, at: int, wide: bool) -> str:
    """A text with its length before it, in two bytes (`wide`) or one."""
    length = struct.unpack_from("<H", data, at)[0] if wide else data[at]
    at += 2 if wide else 1
    flags = data[at]
    if flags & 1:
        return data[at + 1 : at + 1 + 2 * length].decode("utf-16-le", "replace")
    return data[at + 1 : at + 1 + length].decode("latin-1")


def _link(data: bytes) -> str:
    """The file name of a workbook that is linked to; '' for the workbook itself, add-ins and the like."""
    length = struct.unpack_from("<H", data, 2)[0]
    if len(data) < 6 or length in (0x0401, 0x3A01) or data[:2] == b"\0\0":
        return ""
    return re.split(r"[\x01-\x08\\/]", _text(data, 2, wide=True))[-1]


def _sheet(stream: bytes, at: int) -> SheetDetails:
    found = SheetDetails()
    for code, data in _records(stream, at):
        if code == 0x0203:
            row, column, style, value = struct.unpack_from("<HHHd", data)
            found.numbers[found.meet(row, column)] = (value, style)
        elif code == 0x027E:
            row, column, style, packed = struct.unpack_from("<HHHI", data)
            found.numbers[found.meet(row, column)] = (rk_number(packed), style)
        elif code == 0xBD:
            row, first = struct.unpack_from("<HH", data)
            for number in range((len(data) - 6) // 6):
                style, packed = struct.unpack_from("<HI", data, 4 + 6 * number)
                found.numbers[found.meet(row, first + number)] = (rk_number(packed), style)
        elif code == 0x06:
            _formula(found, data)
        elif code == 0x0205:
            row, column, _, value, is_error = struct.unpack_from("<HHHBB", data)
            if is_error:
                found.errors[found.meet(row, column)] = value
        elif code in (0xFD, 0x0204, 0xD6):
            row, column, style = struct.unpack_from("<HHH", data)
            found.texts[found.meet(row, column)] = style
        elif code == 0x0208:
            row, flags = struct.unpack_from("<H10xH", data)
            if flags & 0x20:
                found.hidden_rows.append(row + 1)
        elif code == 0x7D:
            first, last, _, _, flags = struct.unpack_from("<HHHHH", data)
            if flags & 1:
                found.hidden_columns.append((first + 1, last + 1))
        elif code == 0xE5:
            for number in range(struct.unpack_from("<H", data)[0]):
                top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * number)
                found.merges.append(Span(top + 1, left + 1, bottom + 1, right + 1))
    return found


def _formula(found: SheetDetails, data: bytes) -> None:
    row, column, style = struct.unpack_from("<HHH", data)
    position = found.meet(row, column)
    if data[12:14] != b"\xff\xff":
        found.numbers[position] = (struct.unpack_from("<d", data, 6)[0], style)
    elif data[6] == 2:
        found.errors[position] = data[8]
    else:
        found.texts[position] = style
