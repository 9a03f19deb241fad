"""What a reader hands over: tables of text cells and paragraphs, each with its place, and nothing judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file, in the terms the format has; the rest is None.

    `line` and `column` count from 1 (column in characters for text), `table` and `row` count tables in the
    file and rows in the table from 1, header rows included.
    """

    file: str
    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    sheet: str | None = None
    cell: str | None = None
    page: int | None = None
    paragraph: int | None = None
    snippet: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as text, untouched (leading blanks are kept: they may be the indentation)."""

    text: str
    column: int  # character position in the line, from 1


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row of a table."""

    cells: tuple[Cell, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together with the same separator: 'tab', 'pipe', 'semicolon' or 'spaces'."""

    rows: tuple[Row, ...]
    separator: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text between tables; printed lines that belong together are joined by a line break."""

    text: str
    line: int
    number: int  # paragraph number in the file, from 1


@dataclass(frozen=True, slots=True)
class Document:
    """A file as its reader saw it; `blocks` is in document order."""

    file: str
    sha256: str
    encoding: str
    blocks: tuple[Table | Paragraph, ...]
