"""Which cells does an .xls file (Excel 97 to 2003) hold? Source: [MS-XLS].

Formulas are read by their stored results, which Excel always writes. Which cells take their value from another
workbook is not known, only that the workbook has such links.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from checker.errors import SubmissionError
from checker.readers.biff8_texts import long_text, shared_texts, short_text
from checker.readers.binary_book import BinaryBook, DamagedError, SheetBuilder, rk_number
from checker.readers.number_format import BUILT_IN
from checker.readers.ole import Ole, OleError
from checker.readers.sheet import Sheet, Span

_BOF, _EOF, _CONTINUE = 0x0809, 0x0A, 0x3C
_VERSION_8 = 0x0600
_WORKSHEET = 0

Record = tuple[int, list[bytes]]
"""The code of a record and its pieces: a long one goes on in records of its own."""


def read_xls(raw: bytes, name: str) -> tuple[list[Sheet], list[str]]:
    """The sheets of an .xls file and the workbooks it links to; raises SubmissionError where it cannot be read."""
    try:
        ole = Ole(raw)
        if "EncryptedPackage" in ole.streams:
            raise SubmissionError(name, "input.encrypted")
        stream = next((s for s in ("Workbook", "Book") if s in ole.streams), None)
        if stream is None:
            raise SubmissionError(name, "input.no_workbook")
        return _read(ole.stream(stream), BinaryBook(name))
    except (OleError, DamagedError, struct.error, IndexError) as error:
        raise SubmissionError(name, "input.damaged_workbook") from error


def _read(stream: bytes, book: BinaryBook) -> tuple[list[Sheet], list[str]]:
    codes = dict(BUILT_IN)
    formats: list[tuple[int, int]] = []
    sheets: list[tuple[str, bool, int]] = []
    for code, pieces in _records(stream, 0):
        data = pieces[0]
        if code == _BOF:
            if len(data) < 2 or struct.unpack_from("<H", data)[0] != _VERSION_8:
                raise SubmissionError(book.file, "input.old_xls")
        elif code == 0x2F:
            raise SubmissionError(book.file, "input.encrypted")
        elif code == 0x22:
            book.date_1904 = data[:1] == b"\x01"
        elif code == 0x041E:
            codes[struct.unpack_from("<H", data)[0]] = long_text([data[2:]])
        elif code == 0xE0:
            formats.append((struct.unpack_from("<H", data, 2)[0], data[8] & 0x0F))
        elif code == 0xFC:
            book.texts = shared_texts(pieces)
        elif code == 0x85 and data[5] == _WORKSHEET:
            sheets.append((short_text(data[6:]), bool(data[4] & 3), struct.unpack_from("<I", data)[0]))
        elif code == 0x01AE and (link := _link(data)):
            book.links.append(link)
    book.set_styles([(codes.get(number, "General"), indent) for number, indent in formats])
    return [_sheet(stream, at, SheetBuilder(book, name, hidden)) for name, hidden, at in sheets], book.links


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from `at` to the end of what begins there; charts inside a sheet are passed over."""
    depth = 0
    while True:
        code, size = struct.unpack_from("<HH", stream, at)
        if at == 0 and code != _BOF:
            raise DamagedError
        depth += (code == _BOF) - (code == _EOF)
        if depth == 0:
            return
        pieces = [stream[at + 4 : at + 4 + size]]
        at += 4 + size
        while stream[at : at + 2] == b"\x3c\x00":
            size = struct.unpack_from("<H", stream, at + 2)[0]
            pieces.append(stream[at + 4 : at + 4 + size])
            at += 4 + size
        if depth == 1:
            yield code, pieces


def _link(data: bytes) -> str:
    """The file name of a workbook that is linked to; '' for the workbook itself, add-ins and the like."""
    sheets, length = struct.unpack_from("<HH", data)
    if sheets == 0 or length in (0x0401, 0x3A01):
        return ""
    return re.split(r"[\x01-\x08\\/]", long_text([data[2:]]))[-1]


def _sheet(stream: bytes, at: int, into: SheetBuilder) -> Sheet:
    waiting: tuple[int, int, int] | None = None  # a formula whose text comes in a record of its own
    for code, pieces in _records(stream, at):
        data = pieces[0]
        if code == 0x06:
            waiting = _formula(into, data)
        elif code == 0x0207 and waiting:
            into.text(waiting[0], waiting[1], long_text(pieces), waiting[2])
            waiting = None
        elif code == 0xFD:
            row, column, style, index = struct.unpack_from("<HHHI", data)
            into.text(row, column, into.book.text(index), style)
        elif code in (0x0204, 0xD6):
            row, column, style = struct.unpack_from("<HHH", data)
            into.text(row, column, long_text([data[6:], *pieces[1:]]), style)
        elif code == 0x0203:
            into.number(*_at(data), struct.unpack_from("<d", data, 6)[0], _style(data))
        elif code == 0x027E:
            into.number(*_at(data), rk_number(struct.unpack_from("<I", data, 6)[0]), _style(data))
        elif code == 0xBD:
            row, first = _at(data)
            for number in range((len(data) - 6) // 6):
                style, packed = struct.unpack_from("<HI", data, 4 + 6 * number)
                into.number(row, first + number, rk_number(packed), style)
        elif code == 0x0205:
            value, is_error = struct.unpack_from("<BB", data, 6)
            (into.error if is_error else into.flag)(*_at(data), value)
        else:
            _shape(into.sheet, code, data)
    return into.built()


def _at(data: bytes) -> tuple[int, int]:
    row, column = struct.unpack_from("<HH", data)
    return row, column


def _style(data: bytes) -> int:
    return int(struct.unpack_from("<H", data, 4)[0])


def _formula(into: SheetBuilder, data: bytes) -> tuple[int, int, int] | None:
    """The stored result of a formula; its place and style where the result is a text that follows."""
    row, column = _at(data)
    if data[12:14] != b"\xff\xff":
        into.number(row, column, struct.unpack_from("<d", data, 6)[0], _style(data))
    elif data[6] == 2:
        into.error(row, column, data[8])
    elif data[6] == 1:
        into.flag(row, column, bool(data[8]))
    elif data[6] == 0:
        return row, column, _style(data)
    return None


def _shape(sheet: Sheet, code: int, data: bytes) -> None:
    """What is hidden and what is merged."""
    if code == 0x0208:
        row, flags = struct.unpack_from("<H10xH", data)
        if flags & 0x20:
            sheet.hidden_rows.append(row + 1)
    elif code == 0x7D:
        first, last, _, _, flags = struct.unpack_from("<HHHHH", data)
        if flags & 1:
            sheet.hidden_columns.append((first + 1, last + 1))
    elif code == 0xE5:
        for number in range(struct.unpack_from("<H", data)[0]):
            top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * number)
            sheet.merges.append(Span(top + 1, left + 1, bottom + 1, right + 1))
