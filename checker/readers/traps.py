"""What about the cells of a sheet must be said before any arithmetic: errors, hidden rows, texts for numbers …?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.amounts.units import is_unit_phrase
from checker.model.document import Place, Trap, cell_name
from checker.readers.lines import YEAR, Line
from checker.readers.sheet import DATE, ERROR, NOT_CALCULATED, NUMBER, TEXT, Position, Sheet, listed, ranges, runs
from checker.readers.sheetlike import Piece, TableDraft


def traps(file: str, sheet: Sheet, drafts: Sequence[Piece]) -> list[Trap]:
    """The traps of a sheet in a fixed order. Each code is said once per column, errors are said each.

    What is hidden has a place without a cell: the sheet alone, a row (`line`) or a column (`column`). Cells whose
    number format shows nothing at all count as hidden too.
    """
    found = [*_hidden(file, sheet)]
    found += _by_column(file, sheet, "hidden", sheet.blanked)
    found += _errors(file, sheet)
    found += _by_column(file, sheet, "not_calculated", _of_kind(sheet, NOT_CALCULATED))
    found += _merged_figures(file, sheet)
    for link, cells in sheet.external.items():
        found += _by_column(file, sheet, "external_link", cells, f" ({link})" if link else "")
    found += _by_column(file, sheet, "minus_hidden", sheet.minus_hidden)
    if sheet.scaled:
        what = "; ".join(f"{code}: {ranges(cells)}" for code, cells in sheet.scaled.items())
        row, column = next(iter(sheet.scaled.values()))[0]
        found.append(Trap("scale_in_format", what, Place(file, sheet=sheet.name, cell=cell_name(row, column))))
    texts, dates = _odd_ones(drafts)
    found += _by_column(file, sheet, "text_number", texts)
    found += _by_column(file, sheet, "ambiguous_date", dates)
    return found


def _by_column(file: str, sheet: Sheet, code: str, cells: Iterable[Position], after: str = "") -> Iterator[Trap]:
    columns: dict[int, list[Position]] = {}
    for row, column in sorted(set(cells)):
        columns.setdefault(column, []).append((row, column))
    for column in sorted(columns):
        place = Place(file, sheet=sheet.name, cell=cell_name(*columns[column][0]))
        yield Trap(code, ranges(columns[column]) + after, place)


def _of_kind(sheet: Sheet, kind: str) -> Iterator[Position]:
    for row in sheet.rows:
        if kind in row.kinds:
            yield from ((row.line, c.column) for c, k in zip(row.cells, row.kinds, strict=True) if k == kind)


def _errors(file: str, sheet: Sheet) -> Iterator[Trap]:
    for row in sheet.rows:
        if ERROR in row.kinds:
            for cell, kind in zip(row.cells, row.kinds, strict=True):
                if kind == ERROR:
                    yield Trap(
                        "error_value", cell.text, Place(file, sheet=sheet.name, cell=cell_name(row.line, cell.column))
                    )


def _hidden(file: str, sheet: Sheet) -> Iterator[Trap]:
    if not sheet.rows:
        return
    if sheet.hidden:
        yield Trap("hidden", sheet.name, Place(file, sheet=sheet.name))
    hidden = set(sheet.hidden_rows)
    rows = runs(row.line for row in sheet.rows if row.line in hidden) if hidden else []
    if rows:
        what = listed([str(a) if a == b else f"{a}-{b}" for a, b in rows])
        yield Trap("hidden", what, Place(file, line=rows[0][0], sheet=sheet.name))
    if sheet.hidden_columns:
        used = {cell.column for row in sheet.rows for cell in row.cells}
        columns = runs(c for c in used if any(a <= c <= b for a, b in sheet.hidden_columns))
        if columns:
            names = [(cell_name(1, a)[:-1], cell_name(1, b)[:-1]) for a, b in columns]
            what = listed([a if a == b else f"{a}-{b}" for a, b in names])
            yield Trap("hidden", what, Place(file, column=columns[0][0], sheet=sheet.name))


def _merged_figures(file: str, sheet: Sheet) -> Iterator[Trap]:
    """Merged cells that hold an amount; a year over several columns is a heading."""
    if not sheet.merges:
        return
    corners = {(span.top, span.left): span for span in sheet.merges}
    columns: dict[int, list[str]] = {}
    for row in sheet.rows:
        for cell, kind in zip(row.cells, row.kinds, strict=True):
            span = corners.get((row.line, cell.column))
            if span and kind in (NUMBER, NOT_CALCULATED) and not YEAR.match(cell.text):
                what = f"{cell_name(span.top, span.left)}:{cell_name(span.bottom, span.right)}"
                columns.setdefault(cell.column, []).append(what)
    for column in sorted(columns):
        cell_ = columns[column][0].partition(":")[0]
        yield Trap("merged_figures", listed(columns[column]), Place(file, sheet=sheet.name, cell=cell_))


def _odd_ones(drafts: Sequence[Piece]) -> tuple[list[Position], list[Position]]:
    """Texts that look like numbers, and dates, in columns of numbers (in the body of a table, right of its labels)."""
    texts: list[Position] = []
    dates: list[Position] = []
    for draft in drafts:
        if not isinstance(draft, TableDraft) or not any(_is_odd(line) for line in draft.body):
            continue
        kinds: dict[int, dict[str, list[int]]] = {}
        labels: dict[int, int] = {}
        for line in draft.body:
            for cell, kind in zip(line.row.cells, line.row.kinds, strict=True):
                seen = _seen_as(line, cell.column, kind)
                kinds.setdefault(cell.column, {}).setdefault(seen, []).append(line.line)
                labels[cell.column] = labels.get(cell.column, 0) + (seen == "words")
        first = min((c for c, n in labels.items() if 2 * n > len(draft.body)), default=min(kinds, default=0))
        for column, of in kinds.items():
            if column > first and of.get(NUMBER):
                texts += [(row, column) for row in of.get(TEXT, ())]
                if len(of[NUMBER]) > len(of.get(DATE, ())):
                    dates += [(row, column) for row in of.get(DATE, ())]
    return texts, dates


def _is_odd(line: Line) -> bool:
    """Whether a row has a date, or a figure that is a text; nearly all rows of large sheets have neither."""
    kinds = line.row.kinds
    return DATE in kinds or len(line.figures) > sum(kinds.count(kind) for kind in (NUMBER, ERROR, NOT_CALCULATED))


def _seen_as(line: Line, column: int, kind: str) -> str:
    """The kind of a cell, or 'words' for a text that looks like no number; a dash for zero is neither."""
    if kind != TEXT:
        return kind
    if column not in line.figures:
        return "words"
    text = next(c.text for c in line.row.cells if c.column == column)
    if is_unit_phrase(text):
        return "words"  # '1.000 kr.' in a row of units is no figure
    return TEXT if any(c.isdigit() for c in text) else "dash"
