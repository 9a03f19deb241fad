"""Plain text -> Document: which lines are rows of a table, by which separator, and which are paragraphs?"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from checker.amounts.tokens import count
from checker.amounts.units import looks_like_figure
from checker.errors import SubmissionError
from checker.model.document import Cell, Document, Paragraph, Row, Table, TokenCount
from checker.readers.aligned import aligned_rows, figure_spans, goes_on, is_data, is_gapped
from checker.readers.source import read_bytes, sha256

MAX_BYTES = 50_000_000
MAX_LINE = 1_000_000
"""Characters in one line."""
_RULE_LINE = re.compile(r"^[\s|+:=_\-–—─━┼│]*[-=_–—─━]{3,}[\s|+:=_\-–—─━┼│]*$")


def read(path: Path, name: str) -> Document:
    """Read a text file in UTF-8 (with or without BOM) or cp1252; the encoding is stated in the document."""
    raw = read_bytes(path, name, MAX_BYTES)
    text, encoding = decode(raw, name)
    check_lines(text, name)
    return Document(name, sha256(raw), encoding, parse(text), counts=token_counts(text))


def check_lines(text: str, name: str) -> None:
    """Raise SubmissionError where a line is longer than any text or list has."""
    if len(text) > MAX_LINE:
        for number, line in enumerate(text.splitlines(), start=1):
            if len(line) > MAX_LINE:
                limit = f"{MAX_LINE:,}".replace(",", ".")
                raise SubmissionError(name, "input.line_too_long", number, limit=limit)


def token_counts(text: str, pages: bool = True) -> tuple[TokenCount, ...]:
    """The number-like pieces of a text, by page ('1', '2' …) where form feeds make pages, else of the whole file."""
    found = text.split("\f") if pages else [text]
    if len(found) == 1:
        return (TokenCount("", sum(count(line) for line in found[0].splitlines())),)
    return tuple(
        TokenCount(str(number), sum(count(line) for line in page.splitlines()))
        for number, page in enumerate(found, start=1)
    )


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """The text of `raw` and its encoding; raises SubmissionError for what is no text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise SubmissionError(name, "input.not_text") from error
    if b"\x00" in raw[:100_000]:
        raise SubmissionError(name, "input.not_text")
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SubmissionError(name, "input.not_text", line) from error


def parse(text: str) -> tuple[Table | Paragraph, ...]:
    """Tables and paragraphs of `text` in order; a form feed ends a line, as a page break does."""
    lines = re.split(r"\r\n|\r|\n|\f", text)
    return tuple(_blocks(lines))


def _blocks(lines: list[str]) -> Iterator[Table | Paragraph]:
    paragraphs = 0
    index = 0
    while index < len(lines):
        if not lines[index].strip():
            index += 1
            continue
        table, end = _table_at(lines, index)
        if table:
            yield table
            index = end
            continue
        if _RULE_LINE.match(lines[index]):
            index += 1
            continue
        end = _paragraph_end(lines, index)
        paragraphs += 1
        yield Paragraph("\n".join(line.strip() for line in lines[index:end]), index + 1, paragraphs)
        index = end


def _paragraph_end(lines: list[str], start: int) -> int:
    """Where a paragraph ends: a long line that ends in no full stop, or is followed by a small letter, goes on."""
    end = start + 1
    while end < len(lines) and lines[end].strip() and _table_at(lines, end)[0] is None:
        above, line = lines[end - 1].strip(), lines[end].strip()
        if len(above) < 55 or not (line[0].islower() or above[-1] not in ".:!?"):
            break
        end += 1
    return end


def _table_at(lines: list[str], start: int) -> tuple[Table | None, int]:
    """The table that begins at line index `start` with the index after it, or None where none begins."""
    for separator, looks in (("tab", _has_tab), ("pipe", _has_pipe), ("semicolon", _has_semicolon)):
        if looks(lines[start]):
            end = start
            while end < len(lines) and (
                looks(lines[end])
                or (end > start and (_is_rule(lines[end], separator) or _is_heading(lines, end, looks)))
            ):
                end += 1
            rows = tuple(_split(lines, start, end, separator))
            if rows and _is_table(rows, separator):
                return Table(rows, separator), end
    if is_gapped(lines[start]) or (lines[start].startswith("  ") and is_gapped(_next(lines, start))):
        return _spaced_table(lines, start)
    return None, start


def _next(lines: list[str], at: int) -> str:
    return lines[at + 1] if at + 1 < len(lines) else ""


def _is_heading(lines: list[str], at: int, looks: Callable[[str], bool]) -> bool:
    """A short line without separators between two rows: a heading row whose empty cells were not written."""
    return 0 < len(lines[at].strip()) <= 60 and at + 1 < len(lines) and looks(lines[at + 1])


def _has_tab(line: str) -> bool:
    return "\t" in line.strip("\r\n ") or bool(re.match(r"\s*\t", line) and line.strip())


def _has_pipe(line: str) -> bool:
    stripped = line.strip()
    bars = stripped.count("|")
    return bars >= 1 and not _RULE_LINE.match(line) and (bars >= 2 or stripped.startswith("|") or " |" in stripped)


def _has_semicolon(line: str) -> bool:
    return ";" in line


def _is_rule(line: str, separator: str) -> bool:
    return bool(_RULE_LINE.match(line)) and (separator == "pipe" or "|" not in line)


def _is_table(rows: tuple[Row, ...], separator: str) -> bool:
    """Tabs always mean a table; the others need rows of like width and a figure or an empty cell."""
    if separator == "tab":
        return True
    if len(rows) < 2:
        return False
    widths = [len(row.cells) for row in rows]
    usual = max(set(widths), key=lambda w: (widths.count(w), w))
    figures = sum(looks_like_figure(c.text) for row in rows for c in row.cells)
    return usual > 1 and 2 * widths.count(usual) >= len(rows) and figures > 0


def _split(lines: list[str], start: int, end: int, separator: str) -> Iterator[Row]:
    kept = [i for i in range(start, end) if not _RULE_LINE.match(lines[i])]
    framed = all(lines[i].strip().startswith("|") for i in kept)  # else a leading pipe is an empty first cell
    closed = all(lines[i].strip().endswith("|") for i in kept)
    for index in kept:
        line = lines[index]
        if separator == "tab":
            texts = line.rstrip("\r\n").split("\t")
        elif separator == "semicolon":
            texts = next(csv.reader([line], delimiter=";"))
        else:
            inner = line.strip()
            texts = inner[1 if framed else 0 : -1 if closed else None].split("|")
        yield Row(tuple(_placed(line, texts)), index + 1)


def _placed(line: str, texts: list[str]) -> Iterator[Cell]:
    at = 0
    for text in texts:
        stripped = text.strip()
        found = line.find(stripped, at) if stripped else at
        found = max(found, at)
        yield Cell(text, found + 1)
        at = found + len(stripped)


def _spaced_table(lines: list[str], start: int) -> tuple[Table | None, int]:
    """A table whose columns are aligned with blanks, with the blank lines inside it.

    After a blank line it goes on only where the next line (or the one under a heading row) is a row whose
    figures stand in the same columns; what comes over a page break is another piece.
    """
    end = _block_end(lines, start)
    spans = figure_spans(line for line in lines[start:end] if is_data(line))
    if not spans:
        return None, start
    while end + 1 < len(lines) and not lines[end].strip():
        following = [i for i in (end + 1, end + 2) if i < len(lines) and lines[i].strip()]
        ahead = next((i for i in following if is_data(lines[i])), None)
        if ahead is None or not goes_on(lines[ahead], spans):
            break
        if ahead != end + 1 and len(lines[end + 1].strip()) > 60:
            break  # running text that happens to stand over a row
        end = _block_end(lines, end + 1)
        spans = figure_spans(line for line in lines[start:end] if is_data(line))
    body = [(i, lines[i]) for i in range(start, end) if lines[i].strip() and not _RULE_LINE.match(lines[i])]
    rows = aligned_rows(body)
    return (Table(rows, "spaces"), end) if rows else (None, start)


def _block_end(lines: list[str], start: int) -> int:
    """The end of the lines that may be rows: up to a blank line, another separator or a line of running text."""
    end = start
    while end < len(lines) and lines[end].strip():
        line = lines[end]
        if _has_tab(line) or line.strip().startswith("|"):
            break
        if end > start and not is_gapped(line) and not _RULE_LINE.match(line) and _is_prose(lines, end):
            break
        end += 1
    return end


def _is_prose(lines: list[str], at: int) -> bool:
    """A line without gaps is a heading row only where a row of the table follows it."""
    return len(lines[at].strip()) > 60 or not (is_gapped(_next(lines, at)) or lines[at].startswith(" "))
