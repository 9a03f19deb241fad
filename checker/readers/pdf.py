"""PDF -> Document: what stands on each page, which of it is a table, and what cannot be read?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.amounts.tokens import count
from checker.errors import SubmissionError
from checker.model.document import Cell, Document, Paragraph, Place, Row, Table, TokenCount, Trap
from checker.readers.pdf_columns import Column
from checker.readers.pdf_count import pieces
from checker.readers.pdf_glyphs import Seen, seen
from checker.readers.pdf_grid import Grid, grids
from checker.readers.pdf_margins import Margins, margins
from checker.readers.pdf_open import Box, RawPage, raw_pages
from checker.readers.pdf_order import Part, parts
from checker.readers.pdf_paragraphs import Draft, body_size, footnotes_from, go_on, paragraphs, right_edge, set_levels
from checker.readers.pdf_ruled import ruled_rows, with_heading
from checker.readers.pdf_rules import Rule, rules
from checker.readers.pdf_unruled import blocks
from checker.readers.pdf_words import Line, Word, lines, words
from checker.readers.source import read_bytes, sha256

MAX_BYTES = 100_000_000


@dataclass(slots=True)
class _Page:
    """A page after the first look."""

    number: int
    box: Box
    lines: list[Line]  # outside ruled tables
    tables: list[tuple[Grid, list[tuple[Cell, ...]]]]
    across: list[Rule]
    pieces: int


@dataclass(slots=True)
class _Found:
    """A table on its way."""

    rows: list[tuple[Cell, ...]]
    page: int
    separator: str
    columns: tuple[Column, ...] = ()


def read(path: Path, name: str) -> Document:
    """Read a PDF file page by page; raises SubmissionError where no page of it can be read.

    Nothing is drawn: only what the file says in characters and rules is read, pictures are not.
    """
    data = read_bytes(path, name, MAX_BYTES)
    pages: list[_Page] = []
    traps: list[Trap] = []
    for raw in raw_pages(data, name):
        what = seen(raw)
        traps += _traps(raw, what, name)
        pages.append(_page(raw, what))
    if not any(page.lines or page.tables for page in pages):
        raise SubmissionError(name, "input.pdf_without_text" if traps else "input.pdf_blank")
    found = _flow(pages)
    counts = _counts(pages, found)
    return Document(name, sha256(data), "pdf", tuple(_numbered(found)), tuple(traps), counts)


def _traps(raw: RawPage, what: Seen, name: str) -> Iterator[Trap]:
    """What of a page is not read, each with the page it stands on."""
    place = Place(name, page=raw.number)
    if raw.failed or what.is_picture:
        yield Trap("page_not_read", f"side {raw.number}", place)
    if what.turned:
        yield Trap("page_not_read", "drejet tekst", place)
    if raw.fields:
        yield Trap("page_not_read", "udfyldte felter", place)
    if what.hidden:
        yield Trap("hidden_text", f"{what.hidden} tegn", place)
    if raw.comments:
        yield Trap("comment", str(raw.comments), place)


def _page(raw: RawPage, what: Seen) -> _Page:
    ruled = rules(raw.shapes, raw.box)
    borders = sorted((r.at, r.start, r.end) for r in ruled.down)
    rest = words(what.glyphs, borders)
    tables = []
    for found in grids(ruled):
        grid = with_heading(found, rest)
        inside = [w for w in rest if _is_in(grid, w)]
        rows = ruled_rows(grid, inside) if inside else []
        if rows:
            tables.append((grid, rows))
            rest = [w for w in rest if not _is_in(grid, w)]
    return _Page(raw.number, raw.box, lines(rest), tables, ruled.across, pieces(what.chars))


def _is_in(grid: Grid, word: Word) -> bool:
    return grid.holds(word.middle, word.base - 0.3 * word.size)


def _flow(pages: Sequence[_Page]) -> list[Draft | _Found]:
    """Tables and paragraphs in the order they are read, paragraphs joined over page breaks."""
    edges = margins([(p.box, p.lines, [g for g, _ in p.tables]) for p in pages])
    body = body_size(line for page in pages for line in page.lines)
    found: list[Draft | _Found] = []
    last: Draft | _Found | None = None
    for page, edge in zip(pages, edges, strict=True):
        found += [Draft(text, page.number, "furniture") for text in edge.head]
        columns = last.columns if isinstance(last, _Found) else ()
        inside = list(_of_page(page, edge, body, columns))
        first = inside[0] if inside else None
        if isinstance(last, Draft) and isinstance(first, Draft) and go_on(last, first):
            last.tail += " " + first.text
            last.text += " " + first.text
            inside = inside[1:]
        found += inside
        found += [Draft(text, page.number, "furniture") for text in edge.foot]
        flowing = [f for f in inside if not (isinstance(f, Draft) and f.kind == "footnote")]
        last = flowing[-1] if flowing else last
    in_tables = sum(len(c.text) for f in found if isinstance(f, _Found) for row in f.rows for c in row)
    set_levels([f for f in found if isinstance(f, Draft)], body, in_tables)
    return found


def _of_page(page: _Page, edge: Margins, body: float, columns: Sequence[Column]) -> Iterator[Draft | _Found]:
    tables = dict(page.tables)
    kept = [line for line in page.lines if line not in edge.lines]
    every = parts(kept, list(tables))
    for number, part in enumerate(every):
        is_last = number == len(every) - 1
        yield from _of_part(page, part, tables, body, () if number else columns, is_last)


def _of_part(
    page: _Page,
    part: Part,
    tables: dict[Grid, list[tuple[Cell, ...]]],
    body: float,
    columns: Sequence[Column],
    is_last: bool,
) -> Iterator[Draft | _Found]:
    rest = lines(part.words)
    right = right_edge(rest, page.box)
    for grid in part.grids:
        above = [line for line in rest if line.base < grid.ys[0] + 0.5 * line.size]
        yield from _of_lines(page, above, right, body, columns, False)
        yield _Found(tables[grid], page.number, "ruled")
        rest, columns = rest[len(above) :], ()
    yield from _of_lines(page, rest, right, body, columns, is_last)


def _of_lines(
    page: _Page, found: Sequence[Line], right: float, body: float, columns: Sequence[Column], is_last: bool
) -> Iterator[Draft | _Found]:
    notes = footnotes_from(found, body) if is_last else len(found)
    text, at = found[:notes], 0
    for block in blocks(text, page.across, columns):
        yield from paragraphs(text[at : block.start], page.number, right)
        yield _Found(list(block.rows), page.number, "unruled", block.columns)
        at = block.end
    yield from paragraphs(text[at:], page.number, right)
    yield from paragraphs(found[notes:], page.number, right, "footnote")


def _counts(pages: Sequence[_Page], found: Sequence[Draft | _Found]) -> tuple[TokenCount, ...]:
    """The pieces of each page; what a paragraph has on its next page is counted where it begins."""
    counts = {page.number: page.pieces for page in pages}
    for each in found:
        if isinstance(each, Draft) and each.tail and (moved := count(each.tail)):
            counts[each.page] += moved
            after = next((n for n in sorted(counts) if n > each.page), each.page)
            counts[after] -= moved
    return tuple(TokenCount(str(number), max(0, n)) for number, n in counts.items())


def _numbered(found: Sequence[Draft | _Found]) -> Iterator[Table | Paragraph]:
    line = number = 0
    for each in found:
        if isinstance(each, _Found):
            rows = []
            for cells in each.rows:
                line += 1
                rows.append(Row(cells, line, each.page))
            yield Table(tuple(rows), each.separator, flow=True)
        else:
            line += 1
            number += 1
            yield Paragraph(each.text, line, number, flow=True, page=each.page, level=each.level, kind=each.kind)
