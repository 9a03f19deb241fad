"""What has a controller typed in the sheet for following up, however Excel or LibreOffice saved it?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.annotate.archive import names
from checker.annotate.followup import MARKER
from checker.annotate.typed import DATES, TYPED, day, seal, words
from checker.model.accepted import Waiver
from checker.readers.package import Package
from checker.readers.sheet import GridRow
from checker.readers.xlsx_book import Book, open_book
from checker.readers.xlsx_sheet import read_sheet

_CHECK = re.compile(r"^([^/\s]+)/([0-9a-f]{16})/([0-9a-f]{16})$")
Told = dict[str, tuple[str, str]]
"""Name of a column -> kind and text of the cell."""


def is_copy(raw: bytes, package: Package) -> bool:
    """Whether the workbook has a sheet for following up already."""
    return any(_holds(package, part) for part in sorted(names(raw)) if part.endswith(".xml") and "/" in part)


def read_back(copy: bytes, name: str = "") -> list[Waiver]:
    """The rows in which something is typed, as proposed waivers: one for each failed check of the finding.

    A row that stands as it was filled in when the copy was made, since the finding is accepted already, is not among
    them; one that was changed is.

    Nothing is judged: a reason or a name that is missing is '', a date that is none stands as it was typed. `line` is
    the row of the sheet. Raises SubmissionError for what is no workbook; a workbook without the sheet gives nothing.
    """
    book = open_book(Package(copy, name))
    for rows in _sheets(book):
        columns: dict[int, str] = {}
        found: list[Waiver] = []
        for row in rows:
            if not columns:
                columns = _columns(row)
            else:
                found += _waivers(row.line, _told(row, columns))
        if columns:
            return found
    return []


def _sheets(book: Book) -> Iterator[list[GridRow]]:
    """The sheets that may be the one: its marker stands in itself, or among the texts that all sheets share."""
    shared = any(text.startswith(MARKER) for text in book.texts)
    for part in reversed(book.sheets):  # it was the last one
        if shared or _holds(book.package, part.part):
            yield read_sheet(book, part).rows


def _holds(package: Package, part: str) -> bool:
    before, wanted = b"", MARKER.encode()
    for piece in package.pieces(part):
        if wanted in before + piece:
            return True
        before = piece[-len(wanted) :]
    return False


def _columns(row: GridRow) -> dict[int, str]:
    """Column -> its name, where this is the hidden row of names; of the columns with checks there may be several."""
    found = {cell.column: cell.text.strip() for cell in row.cells}
    return found if MARKER in found.values() else {}


def _told(row: GridRow, columns: dict[int, str]) -> Told:
    cells = zip(row.cells, row.kinds, strict=True)
    return {columns[c.column]: (kind, words(c.text)) for c, kind in cells if c.column in columns and c.text.strip()}


def _waivers(line: int, told: Told) -> list[Waiver]:
    typed = {name: told.get(name, ("", ""))[1] for name in TYPED}
    if not any(typed.values()):
        return []
    typed |= {name: day(*told[name]) for name in DATES if name in told}
    keys = " ".join(text for name, (_, text) in sorted(told.items()) if name.startswith(MARKER))
    if seal(typed) in keys.split():
        return []
    checks = [match for key in keys.split() if (match := _CHECK.match(key))]
    rule, where = (told.get(name, ("", ""))[1] for name in ("rule", "where"))
    about = ": ".join(said.replace("\n", " ") for said in (where, rule.partition(" ")[2]) if said)
    return [
        Waiver(fingerprint, value_hash, **typed, rule=rule_id, about=about, line=line)
        for rule_id, fingerprint, value_hash in (m.groups() for m in checks)
    ]
