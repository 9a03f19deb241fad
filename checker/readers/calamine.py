"""Which cells does a binary workbook (.xls, .xlsb) hold? Values by calamine, number formats by a look of our own.

Calamine gives values and texts but no formats, no errors and nothing hidden; `biff8` and `biff12` read those from
the same bytes. A number is shown by its format only where both see the same value; elsewhere, and in files older
than Excel 97, the shown text is the value with its own decimals. Formulas are not read: which cells take their
value from another workbook is not known, only that the workbook has such links; and Excel always stores results.
"""

from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.errors import SubmissionError
from checker.model.document import Cell
from checker.readers import biff8, biff12
from checker.readers.details import ERRORS, BookDetails, SheetDetails
from checker.readers.number_format import NumberFormat, Shown, decimal_text, exact
from checker.readers.ole import Ole, OleError
from checker.readers.package import Package
from checker.readers.sheet import DATE, ERROR, NUMBER, TEXT, Sheet, grid_row

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAX_AREA = 20_000_000
"""Cells between the first and the last filled one of a sheet, blank ones included: calamine holds them all."""

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read_xls(raw: bytes, name: str) -> tuple[list[Sheet], list[str]]:
    """The sheets of an .xls file and the workbooks it links to; raises SubmissionError where it cannot be read."""
    try:
        ole = Ole(raw)
        if "EncryptedPackage" in ole.streams:
            raise SubmissionError(name, "input.encrypted")
        stream = next((s for s in ("Workbook", "Book") if s in ole.streams), None)
        if stream is None:
            raise SubmissionError(name, "input.no_workbook")
        details = biff8.read_details(ole.stream(stream))
    except (OleError, struct.error, IndexError) as error:
        raise SubmissionError(name, "input.damaged_workbook") from error
    if details.encrypted:
        raise SubmissionError(name, "input.encrypted")
    return _sheets(raw, name, details), details.links


def read_xlsb(raw: bytes, package: Package) -> tuple[list[Sheet], list[str]]:
    """The sheets of an .xlsb file and the workbooks it links to."""
    try:
        details = biff12.read_details(package)
    except (struct.error, IndexError) as error:
        raise package.damaged() from error
    return _sheets(raw, package.name, details), details.links


def _sheets(raw: bytes, name: str, details: BookDetails) -> list[Sheet]:
    for sheet, of in details.sheets.items():
        if of.area > MAX_AREA:
            raise SubmissionError(name, "input.too_scattered", sheet=sheet)
    formats: dict[str, NumberFormat] = {}
    styles = [(formats.setdefault(code, NumberFormat(code, details.date_1904)), i) for code, i in details.styles]
    try:
        return list(_with_calamine(raw, details, styles))
    except Exception as error:
        raise _error(name, error) from error
    except BaseException as error:  # a panic in Rust is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise SubmissionError(name, "input.damaged_workbook") from error


def _error(name: str, error: Exception) -> SubmissionError:
    if isinstance(error, SubmissionError):
        return error
    password = type(error).__name__ == "PasswordError"
    return SubmissionError(name, "input.encrypted" if password else "input.damaged_workbook")


def _with_calamine(raw: bytes, details: BookDetails, styles: list[tuple[NumberFormat, int]]) -> Iterator[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    book: CalamineWorkbook = load_workbook(io.BytesIO(raw))
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        of = details.sheets.get(about.name, SheetDetails())
        sheet = Sheet(about.name, hidden=about.visible != SheetVisibleEnum.Visible)
        sheet.hidden_rows, sheet.hidden_columns, sheet.merges = of.hidden_rows, of.hidden_columns, of.merges
        _fill(sheet, book.get_sheet_by_name(about.name), of, styles)
        yield sheet


def _fill(sheet: Sheet, source: CalamineSheet, of: SheetDetails, styles: list[tuple[NumberFormat, int]]) -> None:
    errors: dict[int, list[tuple[Cell, str]]] = {}
    for (line, column), code in of.errors.items():
        errors.setdefault(line, []).append((Cell(ERRORS.get(code, "#N/A"), column), ERROR))
    for line, values in enumerate(source.to_python(skip_empty_area=False), start=1):
        cells = []
        for column, value in enumerate(values, start=1):
            if value != "" and (cell := _cell(sheet, (line, column), value, of, styles)):
                cells.append(cell)
        if line in errors:
            cells += errors.pop(line)
        if cells:
            sheet.rows.append(grid_row(line, cells))
    sheet.rows += [grid_row(line, errors[line]) for line in sorted(errors)]


def _cell(
    sheet: Sheet, at: tuple[int, int], value: Value, of: SheetDetails, styles: list[tuple[NumberFormat, int]]
) -> tuple[Cell, str] | None:
    """A cell with its kind, None where it is blank."""
    if isinstance(value, str):
        if not value.strip():
            return None
        style = of.texts.get(at, -1)
        indent = styles[style][1] if 0 <= style < len(styles) else 0
        return Cell("  " * indent + value, at[1]), TEXT
    if isinstance(value, bool):
        return Cell("SAND" if value else "FALSK", at[1]), TEXT
    stored, style = of.numbers.get(at, (None, -1))
    is_number = isinstance(value, (int, float))
    if stored is not None and 0 <= style < len(styles) and (not is_number or stored == value):
        shown = styles[style][0].show(repr(stored))
        if shown is not None:
            _note(sheet, at, shown, styles[style][0])
            return Cell(shown.text, at[1], shown.stored, shown.scale), DATE if shown.is_date else NUMBER
    if not is_number:
        return Cell(_iso(value), at[1]), DATE
    number = exact(repr(value))
    return (Cell(decimal_text(*number, ","), at[1]), NUMBER) if number else None


def _note(sheet: Sheet, at: tuple[int, int], shown: Shown, format_: NumberFormat) -> None:
    if shown.minus_hidden:
        sheet.minus_hidden.append(at)
    if shown.scale > 1:
        sheet.scaled.setdefault(format_.code, []).append(at)
    if not shown.text and shown.stored != "0":
        sheet.blanked.append(at)


def _iso(value: Value) -> str:
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else str(value)
