"""Is an OpenDocument spreadsheet read as it is shown, in Danish whatever language it was saved in?"""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import load_workbook

from checker.readers.as_shown import as_shown
from checker.readers.number_format import Shown
from tests.readers.ods import number, ods, row, words
from tests.readers.sheets import outline, read, refused, traps

HEAD = row(words("Område"), words("Budget"), words("Regnskab"))


def written(tmp_path: Path, raw: bytes) -> Path:
    """The bytes as a file."""
    path = tmp_path / "a.ods"
    path.write_bytes(raw)
    return path


STYLES = (
    '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="ce1"><style:paragraph-properties fo:margin-left="0.353cm"/></style:style>'
    '<style:style style:name="ce2"><style:paragraph-properties fo:margin-left="0.28in"/></style:style>'
)
DATE = (
    '<table:table-cell office:value-type="date" office:date-value="2021-12-31"><text:p>31-12-21</text:p>'
    "</table:table-cell>"
)
ERROR = (
    '<table:table-cell table:formula="of:=1/0" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
)
LINK = "table:formula=\"of:='file:///C:/a/andet%20ark.ods'#$Ark1.A1\""
TWICE = 'table:number-columns-repeated="2"'


def test_a_spreadsheet_as_shown(tmp_path: Path) -> None:
    blanks = "a<text:s/>b<text:s text:c='2'/>c<text:tab/>d<text:line-break/>e"
    rows = [
        '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>',
        row(words("Regnskab 2021", 'table:number-columns-spanned="3"'), "<table:covered-table-cell/>" * 2),
        HEAD,
        row(words("Løn", 'table:style-name="ce1"'), number("69631470.25", "69.631"), number("1234.5", "1.234,50 kr.")),
        row(words("Varer", 'table:style-name="ce2"'), number("26958.4", "26.958"), number("-5", "-5")),
        row(words(blanks), number("0.123", "12,3 %", kind="percentage")),
        row(words("Dato"), DATE),
        row(words("Fejl"), ERROR, '<table:table-cell table:formula="of:=[.A1]"/>'),
        row(words("Link"), number("7", "7", LINK)),
        row(words("I alt"), number("5", "5", TWICE), attributes='table:visibility="filter"'),
        row("<table:table-cell/>", attributes='table:number-rows-repeated="1048000"'),
    ]
    document = read(written(tmp_path, ods({"Ark 1": "".join(rows), "Skjult/ta2": row(words("x"))}, STYLES)))
    assert document.encoding == "ods"
    assert outline(document) == [
        "P1 Regnskab 2021",
        "T Ark 1",
        "2 | Område | Budget | Regnskab",
        "3 |   Løn | 69.631 (69631470.25 : 1000) | 1.234,50 kr.",
        "4 |     Varer | 26.958 (26958.4 : 1) | -5",
        "5 | a b  c\td\ne | 12,3 % | ",
        "6 | Dato | 2021-12-31 | ",
        "7 | Fejl | #DIV/0! | ",
        "8 | Link | 7 | ",
        "9 | I alt | 5 | 5",
        "P1 x",
    ]
    assert traps(document) == [
        "hidden 9 @ Ark 1!row:9",
        "hidden B @ Ark 1!column:2",
        "error_value #DIV/0! @ Ark 1!B7",
        "not_calculated C7 @ Ark 1!C7",
        "external_link B8 (andet ark.ods) @ Ark 1!B8",
        "scale_in_format 1:1000: B3 @ Ark 1!B3",
        "ambiguous_date B6 @ Ark 1!B6",
        "hidden Skjult @ Skjult",
    ]


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("1.234,5", "1234.5", Shown("1.234,5")),
        ("1,234.5", "1234.5", Shown("1.234,5")),
        ("69,631", "69631", Shown("69.631")),
        ("69.631", "69631", Shown("69.631")),
        ("69.631", "69.631", Shown("69,631")),
        ("69,631", "69.631", Shown("69,631")),
        ("69,631", "69631470.25", Shown("69.631", "69631470.25", 1000)),
        ("3.4 mio. kr.", "3426000", Shown("3,4 mio. kr.", "3426000", 1_000_000)),
        ("3.4 mio. kr.", "3.4", Shown("3,4 mio. kr.")),
        ("12.3%", "0.123", Shown("12,3%")),
        ("12%", "0.1234", Shown("12%", "0.1234")),
        ("(5)", "-5", Shown("(5)")),
        ("5", "-5", Shown("5", "-5", minus_hidden=True)),
        ("0", "400", Shown("0", "400", 1000)),
        ("-", "0", Shown("-")),
        ("", "7", Shown("", "7")),
        ("###", "1234.5", Shown("1234,5")),
        ("tusind", "1000", Shown("tusind", "1000")),
        ("7", "9", Shown("7", "9")),
    ],
)
def test_what_is_shown_of_what_is_stored(text: str, value: str, shown: Shown) -> None:
    assert as_shown(text, value) == shown


def test_no_number_is_stored() -> None:
    assert as_shown("5", "fem") is None


def test_comments_drawings_and_links_of_old_do_not_count(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>'
        "<draw:frame><text:p>tegning</text:p></draw:frame><text:p>Lin<text:span>je</text:span></text:p>"
        "<text:p>to</text:p></table:table-cell>"
    )
    links = '<table:dde-links><table:dde-link><table:table table:name="L"><table:table-row><table:table-cell>'
    links += (
        "<text:p>gammel</text:p></table:table-cell></table:table-row></table:table></table:dde-link></table:dde-links>"
    )
    document = read(written(tmp_path, ods({"A": row(cell)}, after=links)))
    assert outline(document) == ["P1 Linje\nto"]
    assert [c.where for c in document.counts] == ["A"]


def test_repeated_rows_and_cells(tmp_path: Path) -> None:
    rows = HEAD + row(
        words("a"), number("5", "5", 'table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="3"'
    )
    assert outline(read(written(tmp_path, ods({"A": rows}))))[2:] == ["2 | a | 5 | 5", "3 | a | 5 | 5", "4 | a | 5 | 5"]


@pytest.mark.parametrize("repeat", ["table:number-rows-repeated", "table:number-columns-repeated"])
def test_cells_repeated_without_end(tmp_path: Path, repeat: str) -> None:
    in_row, in_cell = (f'{repeat}="999999999"', "") if "rows" in repeat else ("", f'{repeat}="999999999"')
    raw = ods({"A": row(words("x", in_cell), words("y"), attributes=in_row)})
    assert refused(written(tmp_path, raw)) in ("input.too_many_cells", "input.damaged_workbook")


def test_calamine_reads_the_same_values(tmp_path: Path) -> None:
    path = written(tmp_path, ods({"A": HEAD + row(words("Løn"), number("69631470.25", "69.631"), number("-5", "-5"))}))
    assert load_workbook(path).get_sheet_by_index(0).to_python() == [
        ["Område", "Budget", "Regnskab"],
        ["Løn", 69631470.25, -5.0],
    ]
