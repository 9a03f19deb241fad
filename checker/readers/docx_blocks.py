"""The items of a Word document as blocks in their order, each with its number, and what is said of them as traps."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.document import Paragraph, Place, Row, Table, Trap
from checker.readers.docx_items import Item, Lines, Mark, Para, together
from checker.readers.docx_table import laid_out
from checker.readers.docx_typed import with_typed_tables


class Blocks:
    """Counts paragraphs and rows together as `line`, paragraphs and tables each by themselves."""

    def __init__(self, file: str, items: Iterable[Item]) -> None:
        self.file = file
        self.blocks: list[Table | Paragraph] = []
        self.traps: list[Trap] = []
        self._line = self._paragraphs = self._tables = 0
        for item in with_typed_tables(laid_out(items, file)):
            if isinstance(item, Para):
                self._paragraph(item)
            elif isinstance(item, Lines):
                self._table(item)

    def _paragraph(self, item: Para) -> None:
        text = "\n".join(item.lines)
        if not text:
            self._say(item.marks, Place(self.file, position=self._line + 1))
            return
        self._line += 1
        self._paragraphs += 1
        self.blocks.append(Paragraph(text, self._line, self._paragraphs, flow=True, level=item.level, kind=item.kind))
        snippet = text.replace("\n", " ")
        self._say(item.marks, Place(self.file, paragraph=self._paragraphs, position=self._line, snippet=snippet))

    def _table(self, item: Lines) -> None:
        self._tables += 1
        rows: list[Row] = []
        for number, row in enumerate(item.rows, start=1):
            self._line += 1
            rows.append(Row(row.cells, self._line))
            snippet = " ".join(" ".join(c.text.split()) for c in row.cells if c.text.strip())
            at = Place(self.file, table=self._tables, row=number, position=self._line, snippet=snippet)
            self._say(row.before, at)
            for column in dict.fromkeys(column for column, _ in row.marks):
                own = Place(self.file, column=column, table=at.table, row=number, position=self._line, snippet=snippet)
                self._say((mark for c, mark in row.marks if c == column), own)
        self.blocks.append(Table(tuple(rows), item.separator, flow=True))

    def _say(self, marks: Iterable[Mark], place: Place) -> None:
        self.traps += [Trap(mark.code, mark.what, place) for mark in together(marks)]
