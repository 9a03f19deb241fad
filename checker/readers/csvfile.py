"""A CSV or TSV file -> Document: by which separator are its cells parted, and which lines are tables?"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from checker.errors import SubmissionError
from checker.model.document import Cell, Document, Paragraph, Row, Table
from checker.readers import text as plain_text
from checker.readers.sheet import TEXT, GridRow
from checker.readers.sheetlike import Original, blocks, pieces
from checker.readers.source import read_bytes, sha256, without_collecting

SEPARATORS = ";\t|,"
"""Tried in this order where two fit equally well: a comma may be a decimal comma."""
MAX_LINE = 1_000_000
"""Characters in one line or cell."""
MAX_LINES_IN_CELL = 200
"""A quoted cell over more lines than this is taken for a quote that was never closed."""

_SAMPLE = 300
STATED = re.compile(r'^"?sep=(.|\\t)"?\s*$', re.IGNORECASE)
_DECIMAL = re.compile(r"\d,\d")


class _Record(NamedTuple):
    """A row of cells: its number in the file, blank ones counted, and the line it begins on."""

    number: int
    line: int
    cells: list[str]


def read(path: Path, name: str) -> Document:
    """Read a CSV file in UTF-8, cp1252 or UTF-16 with mark; one without separators is read as plain text.

    Raises SubmissionError for what is no text or cannot be parted into cells.
    """
    raw = read_bytes(path, name, plain_text.MAX_BYTES)
    text, encoding = plain_text.decode(raw, name)
    with without_collecting():
        return from_text(text, encoding, raw, name)


def from_text(text: str, encoding: str, raw: bytes, name: str) -> Document:
    """The document of CSV text that was decoded from `raw`."""
    made = parse(text, name)
    return Document(name, sha256(raw), encoding, made, counts=plain_text.token_counts(text, pages=False))


def parse(text: str, name: str) -> tuple[Table | Paragraph, ...]:
    """Tables and paragraphs of CSV text; rows keep the cells they have."""
    plain_text.check_lines(text, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    stated = STATED.match(first)
    separator = ("\t" if stated[1] == "\\t" else stated[1]) if stated else find_separator(text)
    if separator is None:
        return plain_text.parse(text)
    rows, originals = [], {}
    for record in _records("\n" + rest if stated else text, separator, name):
        cells = tuple(Cell(cell, column) for column, cell in enumerate(record.cells, start=1))
        filled = tuple(cell for cell in cells if cell.text.strip())
        if filled:
            rows.append(GridRow(record.number, filled, TEXT * len(filled)))
            originals[record.number] = Original(Row(cells, record.line), _words(record.cells, separator))
    return tuple(blocks(pieces(rows), separator="csv", originals=originals))


def _words(cells: Sequence[str], separator: str) -> str:
    """The words of a line outside tables: as written where the separator stands in a sentence."""
    sentence = any(cell.startswith(" ") for cell in cells[1:])
    return (separator if sentence else " ").join(cell for cell in cells if cell.strip()).strip()


def find_separator(text: str) -> str | None:
    """The separator that parts the most lines into the same number of cells; None where none parts any.

    Quotes are respected. Commas count only where they do not all stand between digits while another separator
    parts the lines as well.
    """
    sample = "\n".join(text.split("\n", _SAMPLE)[:_SAMPLE])
    best, most = None, 0.0
    for separator in SEPARATORS:
        widths = Counter(len(row) for row in _sample_rows(sample, separator))
        several = {width: n for width, n in widths.items() if width > 1}
        if not several:
            continue
        alike, lines = max(several.values()), sum(widths.values())
        if separator == "," and (2 * alike < lines or (best is not None and _mostly_decimal(sample))):
            continue
        if alike < 2 < lines:
            continue
        score = alike + sum(several.values()) / 2
        if score > most * 1.2:
            best, most = separator, score
    return best


def _sample_rows(sample: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(sample), delimiter=separator)
    try:
        yield from (row for row in reader if row)
    except csv.Error:
        return


def _mostly_decimal(sample: str) -> bool:
    return 2 * len(_DECIMAL.findall(sample)) > sample.count(",")


def _records(text: str, separator: str, name: str) -> list[_Record]:
    """Each record, blank ones too: between tables they count."""
    found: list[_Record] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = csv.field_size_limit(MAX_LINE)
    line = 1
    try:
        for row in reader:
            if reader.line_num - line >= MAX_LINES_IN_CELL:
                raise SubmissionError(name, "input.quote_not_closed", line)
            found.append(_Record(len(found) + 1, line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SubmissionError(name, "input.quote_not_closed", line) from error
    finally:
        csv.field_size_limit(before)
    return found
