"""A workbook file of any kind -> Document: what is it really, whatever its ending says, and who reads it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from checker.amounts.tokens import count
from checker.errors import SubmissionError
from checker.model.document import Document, Paragraph, Place, Table, TokenCount, Trap
from checker.readers import csvfile, text
from checker.readers.htmltable import is_html, read_html
from checker.readers.ods import is_ods
from checker.readers.ods import read_sheets as ods_sheets
from checker.readers.ole import MAGIC as OLE
from checker.readers.package import Package
from checker.readers.sheet import Sheet
from checker.readers.sheetlike import TableDraft, blocks, pieces
from checker.readers.source import read_bytes, sha256, too_large, without_collecting
from checker.readers.traps import traps

MAX_AREA = 20_000_000
"""Cells of one table, blank ones included."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def read(path: Path, name: str) -> Document:
    """Read a workbook; raises SubmissionError for what is none, is damaged, encrypted or expands without end."""
    raw = read_bytes(path, name)
    with without_collecting():
        if path.suffix.lower() == ".xls" and _is_text(raw):
            return _from_text(raw, name)
        found = _read(raw, name)
        made = document(name, raw, found.encoding, found.sheets)
    if found.links:
        link = Trap("external_link", ", ".join(dict.fromkeys(found.links)), Place(name))
        made = replace(made, traps=(*made.traps, link))
    return made


class _Found(NamedTuple):
    """What a workbook holds: its kind, its sheets, and workbooks it links to where the cells are not known."""

    encoding: str
    sheets: list[Sheet]
    links: list[str]


def _read(raw: bytes, name: str) -> _Found:
    """Look at the bytes, not at the ending: many an .xls is something else."""
    if raw.startswith(_ZIP):
        return _zipped(raw, name)
    if raw.startswith(OLE):
        from checker.readers.biff8 import read_xls

        return _Found("xls", *read_xls(raw, name))
    raise SubmissionError(name, "input.no_workbook")


def _is_text(raw: bytes) -> bool:
    return b"\x00" not in raw[:100_000] or raw.startswith((b"\xff\xfe", b"\xfe\xff"))


def _from_text(raw: bytes, name: str) -> Document:
    """A text under Excel's ending: a web page, the XML of Excel 2003 (not read), or cells parted by a separator."""
    if len(raw) > text.MAX_BYTES:
        raise too_large(name, len(raw), text.MAX_BYTES)
    words, encoding = text.decode(raw, name)
    if is_html(words):
        return document(name, raw, encoding, [read_html(words, name)])
    if "urn:schemas-microsoft-com:office:spreadsheet" in words[:4096]:
        raise SubmissionError(name, "input.old_xml")
    return csvfile.from_text(words, encoding, raw, name)


def _zipped(raw: bytes, name: str) -> _Found:
    package = Package(raw, name)
    if "xl/workbook.bin" in package:
        from checker.readers.biff12 import read_xlsb

        return _Found("xlsb", *read_xlsb(package))
    if is_ods(package):
        return _Found("ods", ods_sheets(package), [])
    from checker.readers.xlsx_book import open_book
    from checker.readers.xlsx_sheet import read_sheet

    book = open_book(package)
    return _Found("xlsx", [read_sheet(book, part) for part in book.sheets], [])


def document(name: str, raw: bytes, encoding: str, sheets: Iterable[Sheet]) -> Document:
    """The sheets as one document; raises SubmissionError where no sheet has a filled cell."""
    made: list[Table | Paragraph] = []
    found: list[Trap] = []
    counts: list[TokenCount] = []
    for sheet in sheets:
        drafts = pieces(sheet.rows)
        if any(len(d.lines) * len(d.width) > MAX_AREA for d in drafts if isinstance(d, TableDraft)):
            raise SubmissionError(name, "input.too_scattered", sheet=sheet.name)
        made += _with_boxes(blocks(drafts, sheet.name or None, merges=sheet.merges), sheet)
        found += traps(name, sheet, drafts)
        counts.append(TokenCount(sheet.name, _tokens(sheet)))
    if not made:
        raise SubmissionError(name, "input.no_cells")
    return Document(name, sha256(raw), encoding, tuple(_numbered(made)), tuple(found), tuple(counts))


def _with_boxes(made: list[Table | Paragraph], sheet: Sheet) -> list[Table | Paragraph]:
    """The words of text boxes as paragraphs, before the first block that begins below them."""
    for row, column, words in reversed(sheet.boxes):
        at = next((n for n, block in enumerate(made) if _first_row(block) > row), len(made))
        made.insert(at, Paragraph(words, row, 0, sheet.name, column))
    return made


def _first_row(block: Table | Paragraph) -> int:
    return block.rows[0].line if isinstance(block, Table) else block.line


def _numbered(made: Iterable[Table | Paragraph]) -> Iterator[Table | Paragraph]:
    number = 0
    for block in made:
        number += isinstance(block, Paragraph)
        yield replace(block, number=number) if isinstance(block, Paragraph) else block


def _tokens(sheet: Sheet) -> int:
    """Counted straight from the cells, not from the tables made of them."""
    in_cells = sum(count("\n".join(cell.text for cell in row.cells)) for row in sheet.rows)
    return in_cells + sum(count(words) for _, _, words in sheet.boxes)
