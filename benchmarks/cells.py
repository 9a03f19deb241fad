"""How many cells of the samples' tables are read right from each form of file?

Tables are compared one by one in their order, rows by what they say, cells by their column; text is equal after white
space is tidied. A heading of several rows counts as one, since print does not tell it from one of several lines.
"""

from __future__ import annotations

import importlib
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

import xlsxwriter

from checker.model.document import Document, Table
from checker.readers import read_document
from checker.recognise.grid import header_length

ROOT = Path(__file__).resolve().parent.parent
Rows = list[list[str]]
Writer = Callable[[Document, Path, str], None]
_TAGS = re.compile(r"</?[a-z]+>|\*\*", re.IGNORECASE)


def sources() -> list[Path]:
    """The samples that are texts."""
    return sorted(p for p in ROOT.glob("samples/**/*.txt") if "golden" not in p.parts)


def tables(document: Document) -> list[Rows]:
    """The cells of each table without what a merge repeats: the heading as one row, pieces over page breaks joined."""
    found: list[Rows] = []
    page: int | None = None
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        head = header_length(block.rows)
        rows = [["" if c.repeated else tidy(c.text) for c in row.cells] for row in block.rows]
        heading = [" ".join(filter(None, column)) for column in zip_longest(*rows[:head], fillvalue="")]
        again = bool(found) and heading == found[-1][0] and page != block.rows[0].page
        if found and (not head or again):
            found[-1] += rows[head:]
        else:
            found.append([heading, *rows[head:]])
        page = block.rows[-1].page
    return found


def tidy(text: str) -> str:
    """The text without tags, with single blanks, and a hyphen for every minus."""
    return " ".join(_TAGS.sub("", text).replace("\u2212", "-").split())


def rows_right(wanted: Rows, got: Rows) -> tuple[int, int]:
    """Filled cells and those of them that are right; rows pair where most of their cells do."""
    total = sum(bool(c) for row in wanted for c in row)
    matcher = SequenceMatcher(None, [_said(row) for row in wanted], [_said(row) for row in got], autojunk=False)
    right = 0
    for _, a0, a1, b0, b1 in matcher.get_opcodes():
        for row, other in zip(wanted[a0:a1], got[b0:b1], strict=False):
            right += sum(bool(c) and at < len(other) and other[at] == c for at, c in enumerate(row))
    return total, right


def _said(row: Sequence[str]) -> str:
    return " ".join(c for c in row if c)


def compare(wanted: Sequence[Rows], got: Sequence[Rows]) -> tuple[int, int]:
    """Filled cells of all tables and those read right; a table pairs with the one of the same place in order."""
    found = [rows_right(rows, got[at] if at < len(got) else []) for at, rows in enumerate(wanted)]
    return sum(cells for cells, _ in found), sum(right for _, right in found)


def forms() -> Iterator[tuple[str, str, Writer | None, str]]:
    """Name, ending and writer of each form and its layout; no writer where it does not exist here."""
    yield "text", ".txt", _text, ""
    for layout in ("a", "b"):
        yield f"csv {layout}", ".csv", _csv, layout
        yield f"xlsx {layout}", ".xlsx", _xlsx, layout
    for kind, ending, module in (("docx", ".docx", "docx_form"), ("pdf", ".pdf", "pdf_form")):
        try:
            made = importlib.import_module(f"samples.make.{module}")
        except ImportError:
            yield kind, ending, None, ""
            continue
        for layout in getattr(made, "LAYOUTS", ("a", "b")):
            yield f"{kind} {layout}", ending, made.write, layout


def _text(document: Document, path: Path, _layout: str) -> None:
    path.write_bytes(Path(document.file).read_bytes())


def _lines(document: Document) -> Iterator[list[str]]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield []
            yield from ([_TAGS.sub("", c.text) for c in row.cells] for row in block.rows)
            yield []
        else:
            yield from ([line] for line in block.text.split("\n"))


def _csv(document: Document, path: Path, layout: str) -> None:
    """'a' with semicolons, 'b' with tabs."""
    mark = ";" if layout == "a" else "\t"
    lines = (mark.join('"' + c + '"' if mark in c else c for c in row) for row in _lines(document))
    path.write_text("\n".join(lines), encoding="utf-8")


def _xlsx(document: Document, path: Path, layout: str) -> None:
    """Texts in cells, from A1 or ('b') from B3."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    by = 0 if layout == "a" else 2
    for number, row in enumerate(_lines(document)):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(number + by, column + by // 2, text)
    book.close()


def main() -> None:
    """Print a line for each form."""
    with tempfile.TemporaryDirectory() as folder:
        for name, ending, write, layout in forms():
            if write is None:
                print(f"{name:<16} not there")
                continue
            total = right = 0
            for source in sources():
                document = replace(read_document(source), file=str(source))
                path = Path(folder) / f"form{ending}"
                write(document, path, layout)
                cells, good = compare(tables(document), tables(read_document(path)))
                total, right = total + cells, right + good
            print(f"{name:<16} {right:>5} of {total:>5} cells right ({100 * right / total:.1f} %)")


if __name__ == "__main__":
    main()
