"""A workbook file of any kind -> Document: what is it really, whatever its ending says, and who reads it?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from checker.errors import SubmissionError
from checker.model.document import Document, Paragraph, Table, TokenCount, Trap
from checker.readers.package import Package
from checker.readers.sheet import Sheet
from checker.readers.sheetlike import blocks, pieces
from checker.readers.source import read_bytes, sha256
from checker.readers.tokens import count
from checker.readers.traps import traps

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(path: Path, name: str) -> Document:
    """Read a workbook; raises SubmissionError for what is none, is damaged, encrypted or expands without end."""
    raw = read_bytes(path, name)
    encoding, sheets = _sheets(raw, name)
    return document(name, raw, encoding, sheets)


def _sheets(raw: bytes, name: str) -> tuple[str, list[Sheet]]:
    if raw.startswith(_ZIP):
        package = Package(raw, name)
        from checker.readers.xlsx_book import open_book
        from checker.readers.xlsx_sheet import read_sheet

        book = open_book(package)
        return "xlsx", [read_sheet(book, part) for part in book.sheets]
    if raw.startswith(_OLE) and _ENCRYPTED in raw:
        raise SubmissionError(name, "input.encrypted")
    raise SubmissionError(name, "input.no_workbook")


def document(name: str, raw: bytes, encoding: str, sheets: Iterable[Sheet]) -> Document:
    """The sheets as one document; raises SubmissionError where no sheet has a filled cell."""
    made: list[Table | Paragraph] = []
    found: list[Trap] = []
    counts: list[TokenCount] = []
    paragraphs = 0
    for sheet in sheets:
        drafts = pieces(sheet.rows)
        new = blocks(drafts, sheet.name, merges=sheet.merges, paragraphs=paragraphs)
        paragraphs += sum(isinstance(block, Paragraph) for block in new)
        made += new
        found += traps(name, sheet, drafts)
        counts.append(TokenCount(sheet.name, _tokens(sheet)))
    if not made:
        raise SubmissionError(name, "input.no_cells")
    return Document(name, sha256(raw), encoding, tuple(made), tuple(found), tuple(counts))


def _tokens(sheet: Sheet) -> int:
    """Counted straight from the cells; the same text is looked at once."""
    seen: dict[str, int] = {}
    total = 0
    for row in sheet.rows:
        for cell in row.cells:
            found = seen.get(cell.text)
            if found is None:
                found = count(cell.text)
                if len(seen) < 100_000:
                    seen[cell.text] = found
            total += found
    return total
