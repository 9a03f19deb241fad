"""The sheet for following up: one row per finding, with columns for the controller to fill in.

Row KEYS is hidden and holds the names of the columns, so that `readback` finds them wherever they have been moved to;
the hidden columns at the end say which checks a row is about, with the hashes of their figures.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checker.annotate.marks import STRONG, Entry
from checker.annotate.markup import attribute, content
from checker.annotate.styles import Styles
from checker.annotate.told import Teller, Told, say_own
from checker.annotate.typed import DATES, DAY_ONE, TYPED, seal
from checker.model.accepted import Waiver
from checker.model.document import Place, cell_name

MARKER = "regnskabstjek-opfoelgning"
"""Stands above the first hidden column; by it a copy is known."""
KEYS, HEADER = 5, 6
FIRST = HEADER + 1
PER_CELL = 700
"""Checks named in one cell: a name has 45 characters at most, and a cell holds 32.767."""

COLUMNS = (
    *(("number", 5), ("severity", 16), ("rule", 21), ("where", 22), ("what", 46), ("step", 32), ("suggestion", 13)),
    *(("difference", 13), ("unit", 7), ("reason", 30), ("by", 11), ("date", 11), ("approved_by", 12), ("until", 11)),
)
_GREY, _INPUT, _HEADER = "D9D9D9", "FFFFE0", ("1F4E79", "FFFFFF")


class Check(NamedTuple):
    """A failed check of a finding: what a waiver names it by."""

    rule: str
    fingerprint: str
    value_hash: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet."""

    entry: Entry
    told: Told
    checks: Sequence[Check]
    waiver: Waiver | None


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of the sheet's cells."""

    title: int
    words: int
    header: int
    text: int
    centred: int
    link: int
    whole: int
    exact: int
    typed: int
    day: int
    shut: int
    severity: dict[str, int]


def sheet(lines: Sequence[Line], teller: Teller, styles: Styles, main: str, heading: Sequence[str]) -> bytes:
    """The XML of the sheet; `heading` are the lines above the table, four at most."""
    looks = _looks(styles)
    hidden = max((-(-len(line.checks) // PER_CELL) for line in lines), default=1) or 1
    rows = [_row(1, [(1, heading[0], looks.title)], ' ht="22" customHeight="1"')]
    rows += [_row(n, [(1, words, looks.words)]) for n, words in enumerate(heading[1:], 2)]
    names = [*(name for name, _ in COLUMNS), MARKER, *(f"{MARKER}-{n}" for n in range(1, hidden))]
    rows.append(_row(KEYS, [(n, name, looks.words) for n, name in enumerate(names, 1)], ' hidden="1"'))
    shown = [say_own(f"column.{name}", teller.lang) for name, _ in COLUMNS]
    rows.append(_row(HEADER, [(n, name, looks.header) for n, name in enumerate(shown, 1)], ' ht="32" customHeight="1"'))
    rows += [_line(FIRST + n, line, looks, teller) for n, line in enumerate(lines)]
    last = FIRST + len(lines) - 1
    return "".join(
        [
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{main}">',
            '<sheetPr><tabColor rgb="FF1F4E79"/><pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="{HEADER}" '
            f'topLeftCell="A{FIRST}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" '
            f'activeCell="{cell_name(FIRST, _at("reason"))}" sqref="{cell_name(FIRST, _at("reason"))}"/>',
            '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
            _columns(hidden),
            f"<sheetData>{''.join(rows)}</sheetData>",
            _validation(last, teller.lang) if lines else "",
            _links(lines),
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
            '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
            f"<headerFooter><oddFooter>{content(say_own('footer', teller.lang))}</oddFooter></headerFooter>",
            "</worksheet>",
        ]
    ).encode("utf-8")


def _looks(styles: Styles) -> _Looks:
    top = {"vertical": "top", "wrapText": "1"}
    centred = {"vertical": "top", "horizontal": "center"}
    severity = {
        name: styles.made(fill=fill, colour=colour, bold=True, border=_GREY, alignment=top)
        for name, (fill, colour) in STRONG.items()
    }
    return _Looks(
        title=styles.made(bold=True, size=14, alignment={"vertical": "center"}, text=True),
        words=styles.made(alignment={"vertical": "top"}, text=True),
        header=styles.made(
            fill=_HEADER[0],
            colour=_HEADER[1],
            bold=True,
            border=_GREY,
            alignment={"vertical": "center", "wrapText": "1"},
        ),
        text=styles.made(border=_GREY, alignment=top, text=True),
        centred=styles.made(border=_GREY, alignment=centred),
        link=styles.made(colour="0563C1", border=_GREY, alignment=top, text=True),
        whole=styles.made(border=_GREY, number=3, alignment={"vertical": "top"}),
        exact=styles.made(border=_GREY, number=4, alignment={"vertical": "top"}),
        typed=styles.made(fill=_INPUT, border=_GREY, alignment=top),
        day=styles.made(fill=_INPUT, border=_GREY, number=14, alignment={"vertical": "top", "horizontal": "left"}),
        shut=styles.made(fill="EDEDED", colour="595959", border=_GREY, alignment=top),
        severity=severity,
    )


def _line(number: int, line: Line, looks: _Looks, teller: Teller) -> str:
    told, entry = line.told, line.entry
    cells: list[tuple[int, str, int]] = [
        (2, told.severity, looks.severity[entry.finding.severity]),
        (3, told.rule, looks.text),
        (4, told.where, looks.link if _target(line) else looks.text),
        (5, told.what, looks.text),
        (6, told.step, looks.text),
        (7, told.suggestion, looks.text),
        (9, told.unit, looks.text),
    ]
    made = {column: _text(number, column, words, style) for column, words, style in cells}
    made[1] = _number(number, 1, str(entry.number), looks.centred)
    exact = "." in told.difference and told.difference.partition(".")[2].strip("0")
    made[8] = _number(number, 8, told.difference, looks.exact if exact else looks.whole)
    for name in TYPED:
        made[_at(name)] = _typed(number, name, line, looks, teller)
    for n in range(0, len(line.checks), PER_CELL):
        column = len(COLUMNS) + 1 + n // PER_CELL
        keys = " ".join("/".join(check) for check in line.checks[n : n + PER_CELL])
        if line.waiver and not n:
            keys = f"{seal({name: str(getattr(line.waiver, name)) for name in TYPED})} {keys}"
        made[column] = _text(number, column, keys, looks.words)
    high = _height([*((column, words) for column, words, _ in cells), (_at("reason"), _reason(line, teller))])
    return f'<row r="{number}" ht="{high}">{"".join(made[column] for column in sorted(made))}</row>'


def _height(cells: Sequence[tuple[int, str]]) -> int:
    """Points for the longest of these texts; Excel reckons it anew when the row is edited, LibreOffice never does."""
    most = 1
    for column, words in cells:
        letters = max(1, round(COLUMNS[column - 1][1] * 1.05))
        most = max(most, sum(-(-max(len(part), 1) // letters) for part in words.split("\n")))
    return min(15 * most + 3, 405)


def _reason(line: Line, teller: Teller) -> str:
    if not line.checks:
        return say_own("not_acceptable", teller.lang)
    return line.waiver.reason if line.waiver else ""


def _typed(number: int, name: str, line: Line, looks: _Looks, teller: Teller) -> str:
    """A cell to fill in, with what is accepted already; a finding without failed checks cannot be accepted."""
    if not line.checks:
        return _text(number, _at(name), _reason(line, teller) if name == "reason" else "", looks.shut)
    value = str(getattr(line.waiver, name)) if line.waiver else ""
    if name not in DATES:
        return _text(number, _at(name), value, looks.typed)
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        return _text(number, _at(name), value, looks.day)
    return _number(number, _at(name), str((day - DAY_ONE).days), looks.day)


def _row(number: int, cells: Sequence[tuple[int, str, int]], further: str = "") -> str:
    inside = "".join(_text(number, column, words, style) for column, words, style in cells)
    return f'<row r="{number}"{further}>{inside}</row>'


def _text(row: int, column: int, words: str, style: int) -> str:
    """A text that stands in the cell itself, so that the workbook's table of texts is left as it is."""
    at = cell_name(row, column)
    if not words:
        return f'<c r="{at}" s="{style}"/>'
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{content(words)}</t></is></c>'


def _number(row: int, column: int, value: str, style: int) -> str:
    at = cell_name(row, column)
    return f'<c r="{at}" s="{style}"><v>{value}</v></c>' if value else f'<c r="{at}" s="{style}"/>'


def _at(name: str) -> int:
    return next(n for n, (key, _) in enumerate(COLUMNS, 1) if key == name)


def _columns(hidden: int) -> str:
    made = [f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, (_, width) in enumerate(COLUMNS, 1)]
    first = len(COLUMNS) + 1
    made.append(f'<col min="{first}" max="{first + hidden - 1}" width="9" hidden="1" customWidth="1"/>')
    return f"<cols>{''.join(made)}</cols>"


def _target(line: Line) -> Place | None:
    """Where the link of a row leads."""
    return line.entry.first if line.entry.first and line.entry.first.sheet else None


def _links(lines: Sequence[Line]) -> str:
    made = []
    for n, line in enumerate(lines):
        place = _target(line)
        if place is not None and place.sheet is not None:
            cell = place.cell or cell_name(place.line or 1, place.column or 1)
            goal = f"'{place.sheet.replace(chr(39), chr(39) * 2)}'!{cell}"
            made.append(f'<hyperlink ref="{cell_name(FIRST + n, _at("where"))}" location="{attribute(goal)}"/>')
    return f"<hyperlinks>{''.join(made)}</hyperlinks>" if made else ""


def _validation(last: int, lang: str) -> str:
    """A date typed as text is warned of, and may be typed all the same."""
    cells = " ".join(f"{cell_name(FIRST, _at(name))}:{cell_name(last, _at(name))}" for name in DATES)
    return (
        f'<dataValidations count="1"><dataValidation type="date" errorStyle="warning" operator="greaterThan" '
        f'allowBlank="1" showErrorMessage="1" errorTitle="{attribute(say_own("date_title", lang))}" '
        f'error="{attribute(say_own("date_error", lang))}" sqref="{cells}"><formula1>36526</formula1>'
        f"</dataValidation></dataValidations>"
    )
