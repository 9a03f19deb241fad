"""Does a document hold what looks like a person's CPR number? It should not leave the house with the accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from checker.model.document import Document, Place, Table, cell_name
from checker.model.submission import Remark
from checker.recognise.places import of_paragraph

_LIKE = re.compile(r"(?<![\d.,-])(\d{2})(\d{2})(\d{2})-?(\d{4})(?![\d.,-]*\d)")


def cpr_like(document: Document) -> list[Remark]:
    """A remark for every place with ten digits that begin with a date, as CPR numbers do; the digits are not told.

    Account numbers may look so by chance: it is a warning that a person should look, and no verdict.
    """
    return [Remark("reading.cpr", (), place) for place in _places(document)]


def _places(document: Document) -> Iterator[Place]:
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                found = next((c for c in row.cells if _looks(c.text)), None)
                if found is None:
                    continue
                if block.sheet is not None:
                    yield Place(document.file, sheet=block.sheet, cell=cell_name(row.line, found.column))
                else:
                    at = {"position": row.line, "page": row.page} if block.flow else {"line": row.line}
                    yield replace(Place(document.file), **at)
        elif _looks(block.text):
            yield of_paragraph(document.file, block)


def _looks(text: str) -> bool:
    return any(_is_date(*map(int, match.groups()[:3])) for match in _LIKE.finditer(text))


def _is_date(day: int, month: int, year: int) -> bool:
    """Whether it is a day of some century."""
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False
