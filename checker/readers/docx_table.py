"""Which rows and columns does a table of Word show, and is it a table of figures or only a way to lay out a page?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.errors import SubmissionError
from checker.model.document import Cell
from checker.readers.docx_items import Grid, Item, Lines, Mark, Para, Printed, WordCell, WordRow
from checker.readers.lines import Line, line_of
from checker.readers.merged import fill
from checker.readers.sheet import TEXT, Span, grid_row
from checker.readers.sheetlike import TableDraft

MAX_AREA = 3_000_000
"""Cells of one table, blank ones included."""
_NARROW = 100
"""Twips (1,8 mm) between two edges that are meant to be one: tables put together or drawn by hand have such."""
_LONG = 100
"""Characters of a paragraph in a table without figures that make it layout."""


def laid_out(items: Iterable[Item], file: str) -> Iterator[Item]:
    """The items with tables as lines, each followed by those within it; what is only layout as its paragraphs."""
    for item in items:
        if not isinstance(item, Grid):
            yield item
            continue
        rows = rows_of(item, file)
        if rows is not None:
            yield Lines(rows, "word")
            for row in item.rows:
                for cell in row.cells:
                    yield from laid_out((i for i in cell.items if isinstance(i, Grid)), file)
        else:
            for row in item.rows:
                yield Para(marks=row.marks)
                for cell in row.cells:
                    yield from laid_out([*cell.items, Para()], file)
            yield Para(marks=item.marks)
        yield from laid_out(item.after, file)


def rows_of(grid: Grid, file: str) -> list[Printed] | None:
    """The filled rows, each with a cell in every column; None where the table is only layout.

    Merged cells are treated as those of a sheet (see `merged`). Raises SubmissionError where there are too many cells.
    """
    columns = _columns(grid, file)
    filled = [(row, texts) for row in grid.rows if any((texts := _texts(row, columns)).values())]
    used = sorted({at for _, texts in filled for at in texts})
    lines = [_line(number, texts) for number, (_, texts) in enumerate(filled, start=1)]
    single = len({at for _, texts in filled for at, text in texts.items() if text}) < 2
    if single or (not any(line.is_data() for line in lines) and _is_layout(grid, len(lines))):
        return None
    cells = [{at: Cell(texts.get(at, ""), at) for at in used} for _, texts in filled]
    fill(_draft(lines, used), cells, _spans(grid, filled, columns))
    return _with_marks(grid, columns, filled, cells)


def _is_layout(grid: Grid, rows: int) -> bool:
    """Whether a table without figures holds running text, other tables, or a single row."""
    every = [item for row in grid.rows for cell in row.cells for item in cell.items]
    return rows < 2 or any(not isinstance(i, Para) or len(i.text) > _LONG for i in every)


def _columns(grid: Grid, file: str) -> dict[int, int]:
    """Each grid column where a cell begins -> the column it is read in: those that begin all but together are one."""
    starts = sorted({cell.column for row in grid.rows for cell in row.cells})
    if len(starts) * len(grid.rows) > MAX_AREA:
        raise SubmissionError(file, "input.word_table_too_large", limit=f"{MAX_AREA:,}".replace(",", "."))
    own = {start: start for start in starts}
    if not grid.widths or len(grid.widths) < starts[-1] - 1 if starts else True:
        return own
    edges = [0]
    for width in grid.widths:
        edges.append(edges[-1] + max(width, 0))
    if len(set(edges)) != len(edges):
        return own  # widths that are not told
    found: dict[int, int] = {}
    last = None
    for start in starts:
        near = last is not None and edges[start - 1] - edges[last - 1] < _NARROW
        last = last if near else start
        found[start] = last or start
    apart = all(len({found[c.column] for c in row.cells}) == len(row.cells) for row in grid.rows)
    return found if apart else own


def _texts(row: WordRow, columns: dict[int, int]) -> dict[int, str]:
    """The words of a row by column; those in a cell that goes on downwards too, since they stand nowhere else."""
    return {columns[cell.column]: cell.text for cell in row.cells}


def _line(number: int, texts: dict[int, str]) -> Line:
    return line_of(grid_row(number, [(Cell(text.strip(), at), TEXT) for at, text in texts.items() if text]), 0)


def _draft(lines: Sequence[Line], used: Sequence[int]) -> TableDraft:
    """The table with its heading: the rows above the first figures, less labels that stand right above them."""
    heading = next((at for at, line in enumerate(lines) if line.is_data()), 1)
    figures = min((c for line in lines[heading:] for c in line.values), default=used[-1] + 1)
    sections = 0
    while sections < heading and lines[heading - 1 - sections].row.cells[-1].column < figures:
        sections += 1
    return TableDraft(list(lines), heading - sections if sections < heading else heading, used)


def _spans(grid: Grid, filled: Sequence[tuple[WordRow, dict[int, str]]], columns: dict[int, int]) -> list[Span]:
    """The merged cells, rows as their numbers among those that are filled."""
    numbers = {id(row): number for number, (row, _) in enumerate(filled, start=1)}
    found: list[Span] = []
    open_: dict[int, tuple[int, WordCell, int]] = {}  # column -> first row, cell and last row of a block downwards
    number = 0
    for row in grid.rows:
        is_filled = id(row) in numbers
        number = numbers.get(id(row), number)
        for cell in row.cells:
            if cell.merged == "continue" and cell.column in open_ and not cell.text:
                top, first, _ = open_[cell.column]
                open_[cell.column] = top, first, number
                continue
            if cell.column in open_:
                found += _span(open_.pop(cell.column), columns)
            if is_filled and (cell.merged == "restart" or cell.span > 1):
                open_[cell.column] = number, cell, number
    for block in open_.values():
        found += _span(block, columns)
    return sorted(found)


def _span(block: tuple[int, WordCell, int], columns: dict[int, int]) -> list[Span]:
    top, cell, bottom = block
    last = max((c for at, c in columns.items() if cell.column <= at < cell.column + cell.span), default=cell.column)
    left = columns[cell.column]
    return [Span(top, left, bottom, last)] if last > left or bottom > top else []


def _with_marks(
    grid: Grid,
    columns: dict[int, int],
    filled: Sequence[tuple[WordRow, dict[int, str]]],
    cells: Sequence[dict[int, Cell]],
) -> list[Printed]:
    """The rows with what must be said of them; of rows that are blank or gone it is said at the next one."""
    at = {id(row): index for index, (row, _) in enumerate(filled)}
    made: list[Printed] = []
    waiting: list[Mark] = []
    for row in grid.rows:
        waiting += row.marks
        marks = [(columns[cell.column], mark) for cell in row.cells for mark in cell.marks]
        if id(row) in at:
            made.append(Printed(tuple(cells[at[id(row)]].values()), marks, waiting))
            waiting = []
        else:
            waiting += [mark for _, mark in marks]
    made[-1].before.extend([*waiting, *grid.marks])
    return made
