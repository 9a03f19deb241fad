"""Which numbers stand in the decimal columns of long form, and which value and unit do they make?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from checker.amounts.numbers import ENGLISH, Number, column_style, is_ambiguous, read_number
from checker.amounts.units import KRONE, LIMIT, Amount
from checker.model.document import Cell
from checker.model.submission import KR, NUMBER, SCALE, Remark
from checker.recognise.longheader import LongTable
from checker.recognise.longrows import DECIMALS, Rows, place, shortened

_LEAST = 2
"""The unit (øre) of what is finer than an øre and was read to the nearest one. Source: ROUNDING.md 1."""

Numbers = dict[str, list[Number | None]]
"""Decimal column -> the number of every row, None where it is blank or wrong."""


def read_numbers(rows: Rows) -> tuple[Numbers, list[Remark]]:
    """Every number of the decimal columns; a cell that does not fit its column's notation breaks the contract.

    The notation is decided as in any table: by the cells of the column, else by the table's other decimal
    columns, else by the document, else it is Danish; that is said where a cell could be read either way.
    """
    texts = _texts(rows)
    styles = {key: column_style(_at_most_twice(counts)) for key, counts in texts.items()}
    known = {s for s in styles.values() if s}
    common = known.pop() if len(known) == 1 else None
    said: list[Remark] = []
    by_text: dict[tuple[int, str], Mapping[str, Number | None]] = {}
    for (number, column), counts in texts.items():
        beside = {s for (n, _), s in styles.items() if n == number and s}
        style = styles[number, column] or (beside.pop() if len(beside) == 1 else None) or common
        by_text[number, column] = {text: read_number(text, style) for text in counts}
        if style is None and any(is_ambiguous(text) for text in counts):
            table = next(t for t in rows.tables if t.number == number)
            said.append(_assumed(rows, table, column))
    return {c: [_number(rows, r, c, by_text) for r in range(len(rows.at))] for c in DECIMALS if c in rows.cells}, said


def _texts(rows: Rows) -> dict[tuple[int, str], Counter[str]]:
    """How often each text stands in each decimal column of each table, without cells that a sheet has stored."""
    found: dict[tuple[int, str], Counter[str]] = {}
    for column in DECIMALS:
        for row, text in enumerate(rows.cells.get(column, ())):
            if text is not None and not rows.is_bad(row, column) and not _is_stored(rows, row, column):
                found.setdefault((rows.at[row][0].number, column), Counter())[text] += 1
    return found


def _at_most_twice(counts: Counter[str]) -> list[str]:
    """Equal cells, as often as a decision on the notation can ask for."""
    return [text for text, times in counts.items() for _ in range(min(times, 2))]


def _assumed(rows: Rows, table: LongTable, column: str) -> Remark:
    heading = table.header.headings[table.header.columns[column]]
    return Remark("reading.style_assumed", (("column", heading),), place(rows.file, table, table.header.row))


def _is_stored(rows: Rows, row: int, column: str) -> bool:
    cell = rows.shown.get((row, column))
    return cell is not None and cell.stored is not None


def _number(
    rows: Rows, row: int, column: str, by_text: Mapping[tuple[int, str], Mapping[str, Number | None]]
) -> Number | None:
    text = rows.get(row, column)
    if text is None or rows.is_bad(row, column):
        return None
    cell = rows.shown.get((row, column))
    if cell and cell.stored is not None:
        number = read_number(cell.stored, ENGLISH)  # what a sheet holds has a decimal point
    else:
        number = _scaled(by_text[rows.at[row][0].number, column][text], cell)
    if number is None:
        rows.violate(row, column, "notation", shortened(text))
    return number


def _scaled(number: Number | None, cell: Cell | None) -> Number | None:
    """The number of a cell whose format shows thousands ('#,##0,')."""
    if number is None or cell is None or cell.scale == 1:
        return number
    return Number(number.coefficient * cell.scale, number.decimals, number.style)


def amount(value: Number, unit: Number | None, dimension: str) -> Amount | str:
    """Value and unit in steps of the dimension, or the check that they break: 'limit' or 'fine'.

    A blank unit follows from the printed decimals, as in a table without a unit. What is finer than an øre is
    read to the nearest øre with a unit of two at least; of numbers and per cent it is refused.
    """
    steps, finer = _steps(value, dimension)
    if abs(steps) > LIMIT:
        return "limit"
    if unit is None:
        width, stated = _printed_unit(value, dimension), dimension != KR
    else:
        width, coarser = _steps(unit, dimension)
        width, stated, finer = width + (coarser and width == 0), True, finer or coarser
        if width > LIMIT:
            return "limit"
    if dimension != KR:
        return "fine" if finer or width is None else Amount(steps, width, dimension, stated)
    if finer or width is None:
        return Amount(steps, max(width or 0, _LEAST), KR, stated, ("finer_than_oere",))
    return Amount(steps, width, KR, stated)


def _printed_unit(value: Number, dimension: str) -> int | None:
    """The unit that the printed decimals tell: '3,4' is known to a tenth, a whole count is exact."""
    if dimension == NUMBER and value.decimals == 0:
        return 0
    one = KRONE if dimension == KR else SCALE[dimension]
    power = 10**value.decimals
    return one // power if one % power == 0 else None


def _steps(number: Number, dimension: str) -> tuple[int, bool]:
    """A number in steps of its dimension, halves away from zero, and whether anything was rounded off."""
    power = 10**number.decimals
    whole, rest = divmod(abs(number.coefficient) * SCALE[dimension], power)
    whole += 2 * rest >= power
    return (-whole if number.coefficient < 0 else whole), rest > 0


def exact(number: Number | None, dimension: str) -> int | None:
    """The value behind a shown one in steps; None where none is stated."""
    return _steps(number, dimension)[0] if number else None
