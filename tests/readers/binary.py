"""Workbooks in the binary formats, made byte by byte: no library writes .xls and .xlsb, and a test needs both."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


class Formula:
    """A formula cell: its stored result, or none."""

    def __init__(self, result: float | None) -> None:
        self.result = result


class Error:
    """An error cell by Excel's code (0x17 is #REF!)."""

    def __init__(self, code: int) -> None:
        self.code = code


Value = float | int | str | bool | Formula | Error
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
    fat_sectors = -(-(sectors + 2) // 128)
    while -(-(sectors + 1 + fat_sectors) // 128) > fat_sectors:
        fat_sectors += 1
    chain = [*range(1, sectors), END, END, *[FAT] * fat_sectors]
    chain += [FREE] * (fat_sectors * 128 - len(chain))
    first_fat = sectors + 1
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, sectors, 0, 4096, END, 0, END, 0)
    header += struct.pack(f"<{fat_sectors}I", *range(first_fat, first_fat + fat_sectors))
    header = header.ljust(SECTOR, b"\xff")
    return header + stream.ljust(sectors * SECTOR, b"\0") + b"".join(entries) + struct.pack(f"<{len(chain)}I", *chain)


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
) -> bytes:
    """An .xls file (BIFF8): cell format 0 is General, 1 … are `formats`; merges are (top, bottom, left, right)."""
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
    sizes = [12 + 2 * len(name) for name in parts]
    at = len(head) + sum(sizes) + 4
    for name, part in parts.items():
        body = struct.pack("<IBBBB", at, name in hidden, 0, len(name), 1) + name.encode("utf-16-le")
        head += _record(0x85, body)
        at += len(part)
    return compound(head + _record(0x0A) + b"".join(parts.values()))


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
    if isinstance(value, Formula):
        result = b"\x03\0\0\0\0\0\xff\xff" if value.result is None else struct.pack("<d", value.result)
        return _record(0x06, at + result + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\0")
    return _record(0x203, at + struct.pack("<d", value))


def xlsb(
    sheets: Mapping[str, Cells],
    formats: Sequence[str] = (),
    hidden: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    merges: Sequence[tuple[int, int, int, int]] = (),
) -> bytes:
    """An .xlsb file, by the same arguments as `xls`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT)
        archive.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.bin")]))
        related = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)]
        related.append(("rIdS", "styles", "styles.bin"))
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
    if isinstance(value, Formula):
        return _part(9, at + struct.pack("<dHI", value.result or 0.0, 0, 0))
    return _part(5, at + struct.pack("<d", value))
