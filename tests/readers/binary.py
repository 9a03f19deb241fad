"""Workbooks in the binary formats, made byte by byte: no library writes .xls and .xlsb, and a test needs both."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

SECTOR = 512
FREE, END, FAT, DIFAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC


class Error:
    """An error cell by Excel's code (0x17 is #REF!)."""

    def __init__(self, code: int) -> None:
        self.code = code


class Formula:
    """A formula cell by its stored result."""

    def __init__(self, result: float | str | bool | Error) -> None:
        self.result = result


class Shared:
    """A cell that shows one of the workbook's shared texts."""

    def __init__(self, index: int) -> None:
        self.index = index


Value = float | int | str | bool | Formula | Error | Shared
Cells = Mapping[tuple[int, int], tuple[Value, int]]
"""(row, column), both from 0 -> (value, index of the cell format)."""


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """An OLE container that holds one stream of 4.096 bytes or more."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // SECTOR)
    entries = [
        _entry("Root Entry", 5, child=1, start=END, size=0),
        _entry(name, 2, child=FREE, start=0, size=len(stream)),
        _entry("", 0, FREE, 0, 0),
        _entry("", 0, FREE, 0, 0),
    ]
    fat_sectors, more = 1, 0  # `more` sectors list the sectors of the table beyond the 109 of the header
    while (sectors + 1 + fat_sectors + more) > fat_sectors * 128:
        fat_sectors += 1
        more = max(0, -(-(fat_sectors - 109) // 127))
    chain = [*range(1, sectors), END, END, *[FAT] * fat_sectors, *[DIFAT] * more]
    chain += [FREE] * (fat_sectors * 128 - len(chain))
    first_fat = sectors + 1
    listed = [*range(first_fat, first_fat + fat_sectors)]
    first_more = first_fat + fat_sectors
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    go_on = first_more if more else END
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, sectors, 0, 4096, END, 0, go_on, more)
    header += b"".join(struct.pack("<I", number) for number in listed[:109])
    header = header.ljust(SECTOR, b"\xff")
    table = struct.pack(f"<{len(chain)}I", *chain)
    for number in range(more):
        here = listed[109 + 127 * number : 109 + 127 * (number + 1)]
        after = first_more + number + 1 if number + 1 < more else END
        table += struct.pack("<128I", *here, *[FREE] * (127 - len(here)), after)
    return header + stream.ljust(sectors * SECTOR, b"\0") + b"".join(entries) + table


def mini_compound(stream: bytes, name: str = "Workbook") -> bytes:
    """An OLE container whose one stream is so small that it lies in the stream of short sectors."""
    short = -(-len(stream) // 64)
    size = short * 64
    sectors = -(-size // SECTOR)
    entries = [
        _entry("Root Entry", 5, child=1, start=0, size=size),
        _entry(name, 2, child=FREE, start=0, size=len(stream)),
        _entry("", 0, FREE, 0, 0),
        _entry("", 0, FREE, 0, 0),
    ]
    mini = [*range(1, short), END, *[FREE] * (128 - short)]
    chain = [*range(1, sectors), END, END, END, FAT]
    chain += [FREE] * (128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, sectors, 0, 4096, sectors + 1, 1, END, 0)
    header = (header + struct.pack("<I", sectors + 2)).ljust(SECTOR, b"\xff")
    parts = stream.ljust(sectors * SECTOR, b"\0") + b"".join(entries)
    return header + parts + struct.pack("<128I", *mini) + struct.pack("<128I", *chain)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0" if name else b""
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _record(code: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))


def xls(
    sheets: Mapping[str, Cells],
    formats: Sequence[str] = (),
    hidden: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    merges: Sequence[tuple[int, int, int, int]] = (),
    password: bool = False,
    texts: Sequence[str] = (),
    mini: bool = False,
    extra: bytes = b"",
) -> bytes:
    """An .xls file (BIFF8): cell format 0 is General, 1 … are `formats`; merges are (top, bottom, left, right).

    A cell `Shared(n)` shows the n-th of `texts`; `extra` are more records of the workbook.
    """
    parts = {name: _xls_sheet(cells, hidden_rows, hidden_columns, merges) for name, cells in sheets.items()}
    head = _bof(5)
    if password:
        head += _record(0x2F, struct.pack("<HHH", 0, 0x1234, 0x5678))
    head += _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", 0))
    for at, code in enumerate(formats):
        head += _record(0x41E, struct.pack("<HHB", 164 + at, len(code), 1) + code.encode("utf-16-le"))
    head += _record(0xE0, struct.pack("<HHHHHHIIH", 0, 0, 0xFFF5, 0, 0, 0, 0, 0, 0))
    for at in range(len(formats)):
        head += _record(0xE0, struct.pack("<HHHHHHIIH", 0, 164 + at, 1, 0, 0, 0, 0, 0, 0))
    head += (_shared(texts) if texts else b"") + extra
    sizes = [12 + 2 * len(name) for name in parts]
    at = len(head) + sum(sizes) + 4
    for name, part in parts.items():
        body = struct.pack("<IBBBB", at, name in hidden, 0, len(name), 1) + name.encode("utf-16-le")
        head += _record(0x85, body)
        at += len(part)
    stream = head + _record(0x0A) + b"".join(parts.values())
    return mini_compound(stream) if mini else compound(stream)


def _shared(texts: Sequence[str]) -> bytes:
    """The shared texts, cut into records of at most 200 bytes, also inside a text; every third one has formats."""
    records = [bytearray(struct.pack("<II", len(texts), len(texts)))]
    for number, text in enumerate(texts):
        wide = any(ord(c) > 255 for c in text)
        runs = 2 if number % 3 == 0 else 0
        head = struct.pack("<HB", len(text), wide | (8 if runs else 0)) + (struct.pack("<H", runs) if runs else b"")
        if len(records[-1]) + len(head) > 190:
            records.append(bytearray())
        records[-1] += head
        left = text
        while left:
            room = (200 - len(records[-1])) // (2 if wide else 1)
            records[-1] += left[:room].encode("utf-16-le" if wide else "latin-1")
            left = left[room:]
            if left:
                wide = any(ord(c) > 255 for c in left)
                records.append(bytearray([wide]))
        for byte in bytes(4 * runs):
            if len(records[-1]) >= 200:
                records.append(bytearray())
            records[-1].append(byte)
    first, *rest = records
    return _record(0xFC, bytes(first)) + b"".join(_record(0x3C, bytes(r)) for r in rest)


def _xls_sheet(
    cells: Cells, hidden_rows: Sequence[int], hidden_columns: Sequence[int], merges: Sequence[tuple[int, int, int, int]]
) -> bytes:
    rows, columns = [r for r, _ in cells] or [0], [c for _, c in cells] or [0]
    found = _bof(0x10)
    for column in hidden_columns:
        found += _record(0x7D, struct.pack("<HHHHHH", column, column, 2000, 0, 1, 0))
    found += _record(0x200, struct.pack("<IIHHH", min(rows), max(rows) + 1, min(columns), max(columns) + 1, 0))
    for row in hidden_rows:
        found += _record(0x208, struct.pack("<HHHHHHI", row, 0, 256, 255, 0, 0, 0x20))
    for (row, column), (value, style) in sorted(cells.items()):
        found += _xls_cell(struct.pack("<HHH", row, column, style), value)
    if merges:
        found += _record(0xE5, struct.pack("<H", len(merges)) + b"".join(struct.pack("<HHHH", *m) for m in merges))
    return found + _record(0x0A)


def _xls_cell(at: bytes, value: Value) -> bytes:
    if isinstance(value, str):
        return _record(0x204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    if isinstance(value, bool):
        return _record(0x205, at + struct.pack("<BB", value, 0))
    if isinstance(value, Error):
        return _record(0x205, at + struct.pack("<BB", value.code, 1))
    if isinstance(value, Shared):
        return _record(0xFD, at + struct.pack("<I", value.index))
    if isinstance(value, Formula):
        return _xls_formula(at, value.result)
    if isinstance(value, int):
        return _record(0x27E, at + struct.pack("<I", (value << 2 | 2) & 0xFFFFFFFF))
    return _record(0x203, at + struct.pack("<d", value))


def _xls_formula(at: bytes, result: float | str | bool | Error) -> bytes:
    after = b""
    if isinstance(result, str):
        stored = b"\x00\0\0\0\0\0\xff\xff"
        after = _record(0x207, struct.pack("<HB", len(result), 1) + result.encode("utf-16-le"))
    elif isinstance(result, bool):
        stored = bytes([1, 0, result, 0, 0, 0, 0xFF, 0xFF])
    elif isinstance(result, Error):
        stored = bytes([2, 0, result.code, 0, 0, 0, 0xFF, 0xFF])
    else:
        stored = struct.pack("<d", result)
    return _record(0x06, at + stored + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\0") + after


def xlsb(
    sheets: Mapping[str, Cells],
    formats: Sequence[str] = (),
    hidden: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    merges: Sequence[tuple[int, int, int, int]] = (),
    texts: Sequence[str] = (),
) -> bytes:
    """An .xlsb file, by the same arguments as `xls`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT)
        archive.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.bin")]))
        related = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)]
        related.append(("rIdS", "styles", "styles.bin"))
        if texts:
            related.append(("rIdT", "sharedStrings", "sharedStrings.bin"))
            items = b"".join(_part(19, b"\0" + _wide(text)) for text in texts)
            archive.writestr(
                "xl/sharedStrings.bin", _part(159, struct.pack("<II", len(texts), len(texts))) + items + _part(160)
            )
        archive.writestr("xl/_rels/workbook.bin.rels", _relations(related))
        book = _part(153, struct.pack("<III", 0, 0, 0) + _wide("")) + _part(143)
        for number, name in enumerate(sheets, start=1):
            state = 1 if name in hidden else 0
            book += _part(156, struct.pack("<II", state, number) + _wide(f"rId{number}") + _wide(name))
        archive.writestr("xl/workbook.bin", _part(131) + book + _part(144) + _part(132))
        archive.writestr("xl/styles.bin", _xlsb_styles(formats))
        for number, cells in enumerate(sheets.values(), start=1):
            part = _xlsb_sheet(cells, hidden_rows, hidden_columns, merges)
            archive.writestr(f"xl/worksheets/sheet{number}.bin", part)
    return out.getvalue()


_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def _relations(found: Sequence[tuple[str, str, str]]) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    inner = "".join(f'<Relationship Id="{i}" Type="{kind}/{t}" Target="{p}"/>' for i, t, p in found)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _part(code: int, data: bytes = b"") -> bytes:
    head = bytes([code]) if code < 128 else bytes([code & 0x7F | 0x80, code >> 7])
    size, length = len(data), b""
    while size > 127:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return head + length + bytes([size]) + data


def _xlsb_styles(formats: Sequence[str]) -> bytes:
    found = _part(278) + _part(615, struct.pack("<I", len(formats)))
    for at, code in enumerate(formats):
        found += _part(44, struct.pack("<H", 164 + at) + _wide(code))
    found += _part(616) + _part(617, struct.pack("<I", len(formats) + 1))
    for number in (0, *range(164, 164 + len(formats))):
        found += _part(47, struct.pack("<HHHHHBBHH", 0, number, 0, 0, 0, 0, 0, 0, 0))
    return found + _part(618) + _part(279)


def _xlsb_sheet(
    cells: Cells, hidden_rows: Sequence[int], hidden_columns: Sequence[int], merges: Sequence[tuple[int, int, int, int]]
) -> bytes:
    rows, columns = [r for r, _ in cells] or [0], [c for _, c in cells] or [0]
    found = _part(129) + _part(148, struct.pack("<IIII", min(rows), max(rows), min(columns), max(columns)))
    found += _part(390)
    for column in hidden_columns:
        found += _part(60, struct.pack("<IIIIH", column, column, 2000, 0, 1))
    found += _part(391) + _part(145)
    for row in sorted(set(rows)):
        flags = 0x10 if row in hidden_rows else 0
        found += _part(0, struct.pack("<IIHBBBI", row, 0, 300, 0, flags, 0, 0))
        for (_, column), (value, style) in sorted((k, v) for k, v in cells.items() if k[0] == row):
            found += _xlsb_cell(struct.pack("<II", column, style), value)
    found += _part(146) + _part(177, struct.pack("<I", len(merges)))
    return found + b"".join(_part(176, struct.pack("<IIII", *m)) for m in merges) + _part(178) + _part(130)


def _xlsb_cell(at: bytes, value: Value) -> bytes:
    if isinstance(value, str):
        return _part(6, at + _wide(value))
    if isinstance(value, bool):
        return _part(4, at + bytes([value]))
    if isinstance(value, Error):
        return _part(3, at + bytes([value.code]))
    if isinstance(value, Shared):
        return _part(7, at + struct.pack("<I", value.index))
    if isinstance(value, Formula):
        return _xlsb_formula(at, value.result)
    if isinstance(value, int):
        return _part(2, at + struct.pack("<I", (value << 2 | 2) & 0xFFFFFFFF))
    return _part(5, at + struct.pack("<d", value))


def _xlsb_formula(at: bytes, result: float | str | bool | Error) -> bytes:
    after = struct.pack("<HI", 0, 0)
    if isinstance(result, str):
        return _part(8, at + _wide(result) + after)
    if isinstance(result, bool):
        return _part(10, at + bytes([result]) + after)
    if isinstance(result, Error):
        return _part(11, at + bytes([result.code]) + after)
    return _part(9, at + struct.pack("<d", result) + after)
