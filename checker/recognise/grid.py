"""Which rows of a table are its heading, which hold figures, and which column is what?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checker.amounts.numbers import is_zero_dash
from checker.amounts.units import is_unit_phrase, looks_like_figure
from checker.model.document import Row, Table
from checker.recognise.align import place_cells
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import any_meets, best, plain, words

_YEAR = re.compile(r"(?:19|20)\d\d")
NUMBERING = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*\.?\s?[a-zæøå]?|[a-zæøå])[.)]?", re.IGNORECASE)


_CODE = re.compile(r"\d{4,8}|\d{2,6}-\d{2,4}")


def is_number_cell(text: str) -> bool:
    """Whether a cell of a number column holds a line number ('1.a', '3.22.01', 'b)') or an account ('615001')."""
    return bool(NUMBERING.fullmatch(text) or _CODE.fullmatch(text))


@dataclass(slots=True)
class BodyRow:
    """A row below the heading, padded to the table's width; `state` is ok, realigned or unreadable."""

    cells: list[str]
    line: int
    number: int  # row in the printed table, from 1
    columns: list[int]  # character position of each cell
    state: str = "ok"
    beyond: tuple[str, ...] = ()  # cells to the right of the table's last column
    stored: Mapping[int, tuple[str, int]] = field(default_factory=dict)  # column -> exact text, format's divisor
    snippet: str = ""  # the row as it is quoted
    page: int | None = None


@dataclass(slots=True)
class Grid:
    """A table taken apart. Column sets hold indices; `labels` are in reading order."""

    header: list[list[str]]
    body: list[BodyRow]
    width: int
    title_rows: list[str] = field(default_factory=list)
    number: int | None = None
    labels: list[int] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    first_line: int = 1
    sheet: str | None = None
    flow: bool = False
    page: int | None = None
    header_at: list[list[tuple[int, int]]] = field(default_factory=list)  # where aligned headings begin and end


def is_amount(text: str) -> bool:
    """Whether a cell holds a figure that is no year and no mere unit."""
    text = plain(text)
    return bool(text) and looks_like_figure(text) and not _YEAR.fullmatch(text) and not is_unit_phrase(text)


def header_length(rows: Sequence[Row]) -> int:
    """How many rows from the top are heading: those before the first figure, less heading rows of the body.

    0 means that the rows continue another table. A heading that says only years counts.
    """
    length = 0
    for row in rows:
        texts = [plain(c.text) for c in row.cells]
        if any(is_amount(t) for t in texts[1:]) and not _is_numbering(texts):
            break
        length += 1
    while length > 1 and _is_section(rows[length - 1]):
        length -= 1
    if length == 1 and _is_section(rows[0]) and len(rows) > 1:
        return 0
    return length


def _is_section(row: Row) -> bool:
    """A heading row of the body: nothing but a label (and its number) at the left; no unit and no year."""
    texts = [plain(c.text) for c in row.cells]
    filled = [i for i, t in enumerate(texts) if t]
    if not filled:
        return True
    if any(is_unit_phrase(texts[i]) or _YEAR.fullmatch(texts[i]) for i in filled if i > 0) or max(filled) > 1:
        return False
    return len(filled) == 1 or bool(NUMBERING.fullmatch(texts[0]))


def _is_numbering(texts: list[str]) -> bool:
    """A row that numbers the columns: (1) (2) (3)."""
    found = [re.sub(r"\D", "", t) for t in texts if t]
    return len(found) > 2 and found == [str(i) for i in range(int(found[0] or 0), int(found[0] or 0) + len(found))]


def build(table: Table, vocab: Vocabulary) -> Grid | None:
    """Take a table apart; None where no row holds a figure."""
    length = header_length(table.rows)
    header = [[plain(c.text) for c in row.cells] for row in table.rows[:length]]
    spans = [[(c.column, c.column + len(c.text.strip())) for c in row.cells] for row in table.rows[:length]]
    body = [row for row in table.rows[length:] if any(plain(c.text) for c in row.cells)]
    if not any(is_amount(c.text) for row in body for c in row.cells):
        return None
    titles: list[str] = []
    while len(header) > 1 and sum(bool(t) for t in header[0]) == 1:
        titles.append(next(t for t in header[0] if t))
        header, spans = header[1:], spans[1:]
    width = _width(header, body)
    header = [(h + [""] * width)[:width] for h in header]
    grid = Grid(header, [], width, titles, first_line=table.rows[0].line, sheet=table.sheet)
    grid.flow, grid.page = table.flow, table.rows[0].page
    grid.header_at = spans if table.separator == "spaces" else []
    offset = len(table.rows) - len(body)
    full = [[c.text for c in row.cells] for row in body if len(row.cells) >= width]
    longest = max(len(row.cells) for row in body)
    lacking = " ".join(row[index] for row in header for index in range(longest, width))
    doubtful = longest < width and _names_measure(lacking, vocab)  # which of the columns has no cells?
    for number, row in enumerate(body, start=offset + 1):
        texts, state = place_cells([c.text for c in row.cells], width, full)
        if doubtful and any(is_amount(t) for t in texts[1:]):
            state = "unreadable"
        at = [c.column for c in row.cells]
        where = _positions(texts, [c.text for c in row.cells], at)
        cells = [t if i == 0 else t.strip() for i, t in enumerate(texts)]
        beyond = tuple(c.text.strip() for c in row.cells[width:] if c.text.strip())
        stored = {i: (c.stored, c.scale) for i, c in enumerate(row.cells[:width]) if c.stored and state == "ok"}
        snippet = " ".join(said for c in cells if (said := plain(c)))
        grid.body.append(BodyRow(cells, row.line, number, where, state, beyond, stored, snippet, row.page))
    _name_columns(grid, vocab)
    return grid


def _positions(texts: list[str], original: list[str], at: list[int]) -> list[int]:
    left = list(zip(original, at, strict=True))
    result = []
    for text in texts:
        match = next((i for i, (o, _) in enumerate(left) if o == text), None)
        result.append(left.pop(match)[1] if match is not None else (at[-1] if at else 1))
    return result


def _width(header: list[list[str]], body: list[Row]) -> int:
    extents = [max((i + 1 for i, t in enumerate(row) if t), default=0) for row in header]
    widths = [len(row.cells) for row in body]
    usual = max(set(widths), key=lambda w: (widths.count(w), w))
    return max([usual, *extents])


def _name_columns(grid: Grid, vocab: Vocabulary) -> None:
    """Sort the columns into number, labels, amounts, texts and empty ones."""
    for index in range(grid.width):
        filled = [t for row in grid.body if (t := plain(row.cells[index]))]
        head = " ".join(row[index] for row in grid.header if row[index])
        said = [t for t in filled if not is_zero_dash(t)] or filled  # a dash among words is no figure
        figures = [t for t in said if is_amount(t) or _YEAR.fullmatch(t)]
        numbered = [t for t in filled if is_number_cell(t)]
        usual = 2 * len(numbered) > len(filled) and (not head or index == 0)
        named_number = bool(words(head)) and any_meets(vocab.lists["number_headers"], words(head)[:1])
        if not filled:
            grid.empty.append(index)
        elif grid.number is None and not grid.amounts and not grid.labels and numbered and (named_number or usual):
            grid.number = index
        elif named_number and grid.labels:
            grid.texts.append(index)  # a column of references to notes
        elif (2 * len(figures) >= len(said) and (grid.labels or index > 0)) or (
            grid.labels and _names_measure(head, vocab)
        ):
            grid.amounts.append(index)
        elif not grid.amounts:
            grid.labels.append(index)
        else:
            grid.texts.append(index)
    if not grid.labels and grid.number is not None:
        grid.labels, grid.number = [grid.number], None  # accounts or letters are all the labels there are
    if len(grid.labels) > 1 and not _is_stair(grid):
        by_text = max(grid.labels, key=lambda i: (len({row.cells[i] for row in grid.body}), -i))
        grid.texts += [i for i in grid.labels if i != by_text]
        grid.labels = [by_text]


def _names_measure(head: str, vocab: Vocabulary) -> bool:
    """Whether a heading says that the column holds amounts, whatever stands in its cells."""
    found = words(head)
    if not found or any_meets(vocab.lists["text_headers"], found[:1]):
        return False
    return best({m: p for m, p in vocab.headers.items() if m != "beloeb"}, found) is not None


def _is_stair(grid: Grid) -> bool:
    """Label columns that show the level: nearly every row has its label in just one of them."""
    counts = [sum(bool(plain(row.cells[i])) for i in grid.labels) for row in grid.body]
    return sum(c <= 1 for c in counts) * 10 >= 9 * len(counts)
