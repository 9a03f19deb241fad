"""Where does something stand, in the terms its file has: line and column, or sheet and A1?"""

from __future__ import annotations

from checker.model.document import Paragraph, Place, cell_name
from checker.recognise.words import plain


def of_cell(
    file: str,
    sheet: str | None,
    line: int,
    column: int | None = None,
    table: int | None = None,
    row: int | None = None,
    snippet: str | None = None,
    flow: bool = False,
    page: int | None = None,
) -> Place:
    """The place of a cell, a row (its first column) or a table (its first row); `flow` as in `Table`."""
    if flow:
        return Place(file, column=column, table=table, row=row, page=page, snippet=snippet, position=line)
    if sheet is not None:
        return Place(file, sheet=sheet, cell=cell_name(line, column or 1), table=table, row=row, snippet=snippet)
    return Place(file, line=line, column=column, table=table, row=row, snippet=snippet)


def of_paragraph(file: str, paragraph: Paragraph, table: int | None = None) -> Place:
    """The place of a paragraph, or of a note that belongs to a table."""
    number = paragraph.number or None
    said = plain(paragraph.text)
    if paragraph.sheet is not None:
        cell = cell_name(paragraph.line, paragraph.column or 1)
        return Place(file, sheet=paragraph.sheet, cell=cell, table=table, paragraph=number, snippet=said)
    if paragraph.flow:
        position, page = paragraph.line, paragraph.page
        return Place(file, table=table, paragraph=number, page=page, snippet=said, position=position)
    return Place(file, line=paragraph.line, table=table, paragraph=number, snippet=said)
