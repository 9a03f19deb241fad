"""How do the tables and paragraphs of a document look as a text, a CSV file and a workbook, in several layouts each?

Word and PDF files are written by `samples.make.docx_form` and `samples.make.pdf_form`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.model.document import Document, Paragraph, Table
from checker.recognise.grid import header_length
from samples.make import docx_form, pdf_form
from samples.make.book import Book

Rows = list[list[str]]
Writer = Callable[[Document, Path, str], None]
_MARKUP = re.compile(r"</?[a-z]+>|\*\*|^#+\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file, one of its layouts, the file's ending and what writes it."""

    name: str
    layout: str
    ending: str
    write: Writer


def forms() -> Iterator[Form]:
    """Every form in every layout."""
    for name, ending, layouts, write in (
        ("text", ".txt", ("tabs", "bars", "blanks"), write_text),
        ("csv", ".csv", ("semicolons", "tabs"), write_csv),
        ("xlsx", ".xlsx", ("texts", "numbers"), write_xlsx),
        ("docx", ".docx", docx_form.LAYOUTS, docx_form.write),
    ):
        yield from (Form(name, layout, ending, write) for layout in layouts)
    for layout in pdf_form.LAYOUTS:
        yield Form(f"pdf {layout.partition('-')[0]}", layout, ".pdf", pdf_form.write)


def write_text(document: Document, path: Path, layout: str) -> None:
    """Cells parted by tabs, by bars with a rule under the heading, or set under each other with blanks."""
    made = {"tabs": _tabs, "bars": _bars, "blanks": _blanks}[layout]
    parts = ["\n".join(made(_rows(b), _head(b)) if isinstance(b, Table) else [b.text]) for b in document.blocks]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def write_csv(document: Document, path: Path, layout: str) -> None:
    """Semicolons in UTF-8 with its mark, or tabs in cp1252 with rows filled up to the widest."""
    rows: Rows = []
    for block in document.blocks:
        rows += [*(_rows(block) if isinstance(block, Table) else _lines(block)), []]
    width = max(map(len, rows)) if layout == "tabs" else 0
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t" if layout == "tabs" else ";", lineterminator="\r\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    path.write_bytes(out.getvalue().encode("cp1252" if layout == "tabs" else "utf-8-sig", errors="replace"))


def write_xlsx(document: Document, path: Path, layout: str) -> None:
    """All cells texts, from A1; or figures as numbers with the format that shows them so, headings merged, from B3."""
    book = Book(path, "Økonomi")
    by = (0, 0) if layout == "texts" else (2, 1)
    book.add("Ark1", 40, top=by[0], left=by[1])
    for block in document.blocks:
        if isinstance(block, Paragraph):
            book.words(*(line[0] for line in _lines(block)), skip=1)
        elif layout == "texts":
            for row in _rows(block):
                for column, text in enumerate(row):
                    if text:
                        book.sheet.write_string(book.row, column, text)
                book.row += 1
            book.row += 1
        else:
            rows, head = _rows(block), _head(block)
            book.heading(*rows[:head], merge=True)
            book.body(rows[head:])
    book.close()


def _rows(table: Table) -> Rows:
    return [[_MARKUP.sub("", cell.text) for cell in row.cells] for row in table.rows]


def _head(table: Table) -> int:
    return header_length(table.rows)


def _lines(block: Paragraph) -> Rows:
    return [[_MARKUP.sub("", line)] for line in block.text.split("\n")]


def _tabs(rows: Rows, _head: int) -> list[str]:
    return ["\t".join(row) for row in rows]


def _bars(rows: Rows, head: int) -> list[str]:
    width = max(map(len, rows))
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return [*lines[:head], "|" + "---|" * width, *lines[head:]]


def _blanks(rows: Rows, _head: int) -> list[str]:
    """The first column of words to the left, figures to the right, two blanks between columns at least."""
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    widths = [max(len(row[c]) for row in full) for c in range(width)]
    label = max(range(min(2, width)), key=lambda c: widths[c])
    return ["  ".join(_set(row, widths, label)).rstrip() for row in full]


def _set(row: Sequence[str], widths: Sequence[int], label: int) -> Iterator[str]:
    for column, (text, width) in enumerate(zip(row, widths, strict=True)):
        yield text.ljust(width) if column <= label else text.rjust(width)
