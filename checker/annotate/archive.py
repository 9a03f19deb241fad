"""How is a zip written again with some members changed and all others as they are, byte for byte?"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from checker.errors import SubmissionError

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LATER, _UTF8, _ENCRYPTED = 0x08, 0x800, 0x01
"""Flags: sizes stand after the data; the name is UTF-8; the data is encrypted."""
_ZIP64 = 1
_PLAIN = (1980, 1, 1, 0, 0, 0)


class _Member(NamedTuple):
    """What is written of one member: its head, its packed data, and what only the list at the end says of it."""

    name: bytes
    info: zipfile.ZipInfo
    method: int
    crc: int
    size: int
    data: bytes


def key(part: str) -> str:
    """Parts are found whatever their case and slashes, as Excel finds them."""
    return part.replace("\\", "/").lstrip("/").lower()


def names(raw: bytes) -> set[str]:
    """The parts of an archive that is known to be one."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {key(info.filename) for info in archive.infolist()}


def rewritten(raw: bytes, parts: Mapping[str, bytes], name: str) -> bytes:
    """The archive with the content of `parts` (by part name) in place of its own; new parts come last.

    Packed data of every other member is copied as it is. Order, names, dates, attributes and comments are kept.
    Raises SubmissionError for an archive with encrypted members.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        infos, comment = archive.infolist(), archive.comment
    changed = {key(part): (part, data) for part, data in parts.items()}
    members = [_member(raw, info, changed.get(key(info.filename)), name) for info in infos]
    known = {key(info.filename) for info in infos}
    dated = infos[0].date_time if infos else _PLAIN
    members += [_new(part, data, dated) for at, (part, data) in changed.items() if at not in known]
    return _written(members, comment)


def _member(raw: bytes, info: zipfile.ZipInfo, change: tuple[str, bytes] | None, name: str) -> _Member:
    if info.flag_bits & _ENCRYPTED:
        raise SubmissionError(name, "input.damaged_workbook")
    label = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
    if change is not None:
        return _packed(label, info, change[1])
    at = info.header_offset
    if raw[at : at + 4] != _LOCAL:
        raise SubmissionError(name, "input.damaged_workbook")
    begin = at + 30 + sum(struct.unpack("<HH", raw[at + 26 : at + 30]))
    data = raw[begin : begin + info.compress_size]
    if len(data) != info.compress_size:
        raise SubmissionError(name, "input.damaged_workbook")
    return _Member(label, info, info.compress_type, info.CRC, info.file_size, data)


def _new(part: str, data: bytes, dated: tuple[int, int, int, int, int, int]) -> _Member:
    info = zipfile.ZipInfo(part, dated)
    info.create_system, info.external_attr = 0, 0
    return _packed(part.encode("ascii"), info, data)


def _packed(label: bytes, info: zipfile.ZipInfo, data: bytes) -> _Member:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = deflate.compress(data) + deflate.flush()
    return _Member(label, info, zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data), packed)


def _written(members: list[_Member], comment: bytes) -> bytes:
    """The archive; a workbook that may be read at all needs none of the fields for more than 4 GB."""
    body, listed = io.BytesIO(), io.BytesIO()
    for m in members:
        year, month, day, hour, minute, second = m.info.date_time
        clock = hour << 11 | minute << 5 | second // 2
        date = max(year - 1980, 0) << 9 | month << 5 | day
        head = struct.pack(
            "<HHHHHIII",
            max(m.info.extract_version, 20),
            m.info.flag_bits & ~_LATER,
            m.method,
            clock,
            date,
            m.crc,
            len(m.data),
            m.size,
        )
        extra = _without_zip64(m.info.extra)
        note = m.info.comment
        made_by = struct.pack("<BB", max(m.info.create_version, 20), m.info.create_system)
        tail = struct.pack(
            "<HHHHHII",
            len(m.name),
            len(extra),
            len(note),
            0,
            m.info.internal_attr,
            m.info.external_attr,
            body.tell(),
        )
        listed.write(_CENTRAL + made_by + head + tail + m.name + extra + note)
        body.write(_LOCAL + head + struct.pack("<HH", len(m.name), 0) + m.name + m.data)
    directory = listed.getvalue()
    count = len(members)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), body.tell(), len(comment))
    return body.getvalue() + directory + _END + end + comment


def _without_zip64(extra: bytes) -> bytes:
    """The further fields of a member, but not its sizes once more."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack("<HH", extra[at : at + 4])
        if kind != _ZIP64:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept
