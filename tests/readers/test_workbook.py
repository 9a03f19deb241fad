"""Is an xlsx workbook read as it is shown, with what is stored, and is everything said that must be said?"""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from checker.model.document import Place, Table, TokenCount, Trap
from tests.readers.sheets import Rows, Value, outline, read, traps, workbook

SCALED, SHOWN = "#,##0,", "#,##0"


def made(path: Path, write: Callable[[xlsxwriter.Workbook, Any], None], name: str = "Ark1") -> Path:
    """A workbook of one sheet that `write` fills."""
    book = xlsxwriter.Workbook(path)
    write(book, book.add_worksheet(name))
    book.close()
    return path


def test_a_workbook_as_shown(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Hovedtal": [
                ["Politikområde IT"],
                ["I 1.000 kr."],
                ["Område", 2020, 2021],
                ["Løn", (69631470.25, SCALED), (2_000_000, SCALED)],
                ["Varer", (26958.4, SHOWN), (-5, SHOWN)],
                ["I alt", (0.1 + 0.2, "General"), (12.5, '0.0" mio. kr."')],
                [],
                ["Anm.: årets priser"],
            ],
            "Tomt": [],
            "Noter": [["Overskuddet er 1.234 kr. i 2021."]],
        },
    )
    document = read(path)
    assert outline(document) == [
        "P1 Politikområde IT",
        "P2 I 1.000 kr.",
        "T Hovedtal",
        "3 | Område | 2020 | 2021",
        "4 | Løn | 69.631 (69631470.25 : 1000) | 2.000 (None : 1000)",
        "5 | Varer | 26.958 (26958.4 : 1) | -5",
        "6 | I alt | 0,3 | 12,5 mio. kr.",
        "P8 Anm.: årets priser",
        "P1 Overskuddet er 1.234 kr. i 2021.",
    ]
    assert traps(document) == ["scale_in_format #,##0,: B4, C4 @ Hovedtal!B4"]
    assert document.counts == (TokenCount("Hovedtal", 9), TokenCount("Tomt", 0), TokenCount("Noter", 2))
    assert (document.file, document.encoding) == ("a.xlsx", "xlsx")
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_places(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"A": [[None, "Titel"], [], [None, "Linje", "Beløb"], [None, "a", 5]]})
    title, table = read(path).blocks
    assert (title.sheet, getattr(title, "line", 0), getattr(title, "column", 0)) == ("A", 1, 2)
    assert isinstance(table, Table)
    assert (table.sheet, table.separator, [r.line for r in table.rows]) == ("A", "sheet", [3, 4])
    assert [[c.column for c in r.cells] for r in table.rows] == [[2, 3], [2, 3]]


def test_paragraphs_are_numbered_over_the_file(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"A": [["en"], ["to"]], "B": [["tre"]]})
    assert [getattr(b, "number", 0) for b in read(path).blocks] == [1, 2, 3]


def test_indents_become_leading_blanks(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Linje", "Beløb"])
        sheet.write(1, 0, "Løn")
        sheet.write(2, 0, "heraf lærere", book.add_format({"indent": 1}))
        sheet.write(3, 0, " og vikarer", book.add_format({"indent": 2}))
        for row in (1, 2, 3):
            sheet.write(row, 1, row, book.add_format({"indent": 1}))

    assert outline(read(made(tmp_path / "a.xlsx", write)))[1:] == [
        "1 | Linje | Beløb",
        "2 | Løn | 1",
        "3 |   heraf lærere | 2",
        "4 |      og vikarer | 3",
    ]


def test_formulas_are_read_by_their_stored_results(tmp_path: Path) -> None:
    def write(_book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Linje", "Beløb", "Tekst"])
        sheet.write_row(1, 0, ["a", 5])
        sheet.write_formula(1, 2, '="x"', None, "x")
        sheet.write(2, 0, "I alt")
        sheet.write_formula(2, 1, "=SUM(B2:B2)", None, 5)
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
        sheet.write(3, 0, "b")
        sheet.write_formula(3, 2, "=TRUE", None, True)

    document = read(made(tmp_path / "a.xlsx", write))
    assert outline(document)[1:] == [
        "1 | Linje | Beløb | Tekst",
        "2 | a | 5 | x",
        "3 | I alt | 5 | ",
        "4 | b | #DIV/0! | SAND",
    ]
    assert traps(document) == ["error_value #DIV/0! @ Ark1!B4"]


def test_a_formula_without_a_result_is_blank_and_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Linje", "Beløb", "Budget"], ["a", 5, 1], ["b", 7, 2], ["I alt", "=B2+B3", "=C2+C3"], ["x", "=B4", 1]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    document = read(tmp_path / "a.xlsx")
    assert outline(document)[-2:] == ["4 | I alt |  | ", "5 | x |  | 1"]
    assert traps(document) == ["not_calculated B4-B5 @ Sheet!B4", "not_calculated C4 @ Sheet!C4"]


def test_a_formula_whose_result_is_no_text_is_calculated(tmp_path: Path) -> None:
    sheet = (
        '<worksheet><sheetData><row r="1"><c r="A1" t="str"><f>"x"</f><v>x</v></c>'
        '<c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1" t="str"><f>""</f></c><c r="D1"><f>B1</f><v/></c></row></sheetData></worksheet>'
    )
    assert traps(read(package(tmp_path / "a.xlsx", sheet))) == ["not_calculated C1 @ A!C1", "not_calculated D1 @ A!D1"]


def test_every_error_is_said(tmp_path: Path) -> None:
    errors = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]

    def write(_book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Linje", "Beløb"])
        for row, error in enumerate(errors, start=1):
            sheet.write(row, 0, f"l{row}")
            sheet.write_formula(row, 1, "=1", None, error)

    document = read(made(tmp_path / "a.xlsx", write))
    assert traps(document) == [f"error_value {e} @ Ark1!B{n}" for n, e in enumerate(errors, start=2)]
    assert [row.split(" | ")[2] for row in outline(document)[2:]] == errors


def test_texts_that_look_like_numbers_among_numbers(tmp_path: Path) -> None:
    rows: Rows = [
        ["Nr.", "Linje", "2020", "2021", "Kode"],
        ["1", "a", 1, "1.234", "017"],
        ["2", "b", "7", 5, "018"],
        [3, "c", 3, "12 %", "019"],
        ["4", "d", "8", "-", "020"],
        ["5", "2021", 4, "ukendt", "021"],
    ]
    document = read(workbook(tmp_path / "a.xlsx", {"A": rows}))
    assert traps(document) == ["text_number C3, C5 @ A!C3", "text_number D2, D4 @ A!D2"]


def test_very_many_cells_are_not_all_named(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["Linje", "Beløb"]]
    rows += [[f"l{n}", n if n % 2 else str(n)] for n in range(1, 61)]
    document = read(workbook(tmp_path / "a.xlsx", {"A": rows}))
    named = ", ".join(f"B{n}" for n in range(3, 53, 2))
    assert traps(document) == [f"text_number {named}, … (+5) @ A!B3"]


def test_dates_among_numbers(tmp_path: Path) -> None:
    rows: Rows = [
        ["Linje", "Beløb", "Dato"],
        ["a", 1, (44197, "dd-mm-yyyy")],
        ["b", (44200, "d-mmm"), 5],
        ["c", 3, (44201, "yyyy")],
    ]
    document = read(workbook(tmp_path / "a.xlsx", {"A": rows}))
    assert traps(document) == ["ambiguous_date B3 @ A!B3"]
    assert outline(document)[2:] == ["2 | a | 1 | 2021-01-01", "3 | b | 2021-01-04 | 5", "4 | c | 3 | 2021"]


def test_a_format_that_hides_a_minus(tmp_path: Path) -> None:
    rows: Rows = [
        ["Linje", "Beløb"],
        ["a", (-5, "#,##0;#,##0")],
        ["b", (5, "#,##0;#,##0")],
        ["c", (-7, "#,##0;(#,##0)")],
    ]
    document = read(workbook(tmp_path / "a.xlsx", {"A": rows}))
    assert traps(document) == ["minus_hidden B2 @ A!B2"]
    assert outline(document)[2:] == ["2 | a | 5 (-5 : 1)", "3 | b | 5", "4 | c | (7)"]


def test_formats_that_divide_are_said_once_per_sheet(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["Linje", "A", "B"]]
    rows += [[f"l{n}", (n * 1000, SCALED), (n * 1_000_000, "0.0,,")] for n in range(1, 4)]
    document = read(workbook(tmp_path / "a.xlsx", {"A": rows, "B": [["Linje", "A"], ["x", (5000, SCALED)]]}))
    assert traps(document) == [
        "scale_in_format #,##0,: B2-B4; 0.0,,: C2-C4 @ A!B2",
        "scale_in_format #,##0,: B2 @ B!B2",
    ]


def test_what_is_hidden_is_read_and_said(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Linje", "A", "B", "C"])
        for row in range(1, 6):
            sheet.write_row(row, 0, [f"l{row}", row, row + 10, row + 20])
        for row in (2, 3, 5, 40):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        sheet.set_column(20, 30, None, None, {"hidden": True})
        sheet.write(7, 0, "x")
        sheet.write(7, 1, 9, book.add_format({"num_format": ";;;"}))
        other = book.add_worksheet("Hjælp")
        other.write(0, 0, "Sats")
        other.hide()
        empty = book.add_worksheet("Tomt")
        empty.very_hidden()

    document = read(made(tmp_path / "a.xlsx", write))
    assert outline(document)[3] == "3 | l2 | 2 | 12 | 22"
    assert outline(document)[-1] == "P1 Sats"
    assert traps(document) == [
        "hidden 3-4, 6 @ Ark1!row:3",
        "hidden C @ Ark1!column:3",
        "hidden B8 @ Ark1!B8",
        "hidden Hjælp @ Hjælp",
    ]
    assert document.traps[3] == Trap("hidden", "Hjælp", Place("a.xlsx", sheet="Hjælp"))


def test_a_heading_over_several_columns_is_repeated_and_a_title_is_not(tmp_path: Path) -> None:
    def write(_book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.merge_range("A1:E1", "Regnskab 2021")
        sheet.merge_range("A2:A3", "Linje")
        sheet.merge_range("B2:C2", "Budget")
        sheet.merge_range("D2:E2", "Regnskab")
        sheet.write_row("B3", [2020, 2021, 2020, 2021])
        sheet.write_row("A4", ["a", 1, 2, 3, 4])
        sheet.merge_range("A5:E5", "Drift")
        sheet.write_row("A6", ["b", 1, 2, 3, 4])

    assert outline(read(made(tmp_path / "a.xlsx", write))) == [
        "P1 Regnskab 2021",
        "T Ark1",
        "2 | Linje | Budget | Budget | Regnskab | Regnskab",
        "3 |  | 2020 | 2021 | 2020 | 2021",
        "4 | a | 1 | 2 | 3 | 4",
        "5 | Drift |  |  |  | ",
        "6 | b | 1 | 2 | 3 | 4",
    ]


def test_a_title_merged_over_a_heading_that_begins_further_right(tmp_path: Path) -> None:
    def write(_book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.merge_range("B1:C1", "Regnskab 2021")
        sheet.write_row("A2", ["Linje", "Drift", "Anlæg"])
        sheet.write_row("A3", ["a", 1, 2])

    assert outline(read(made(tmp_path / "a.xlsx", write)))[1] == "1 |  | Regnskab 2021 | Regnskab 2021"


def test_labels_merged_downwards_are_repeated_only_where_a_row_has_no_other(tmp_path: Path) -> None:
    def write(_book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_row("A1", ["Område", "Linje", "Beløb", "Budget"])
        sheet.merge_range("A2:A3", "Drift")
        sheet.write_row("B2", ["Løn", 1, 2])
        sheet.write_row("B3", ["Varer", 3, 4])
        sheet.merge_range("A4:A5", "Anlæg")
        sheet.write_row("C4", [5, 6])
        sheet.write_row("C5", [7, 8])

    assert outline(read(made(tmp_path / "a.xlsx", write)))[2:] == [
        "2 | Drift | Løn | 1 | 2",
        "3 |  | Varer | 3 | 4",
        "4 | Anlæg |  | 5 | 6",
        "5 | Anlæg |  | 7 | 8",
    ]


def test_merged_figures_are_said(tmp_path: Path) -> None:
    def write(_book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.merge_range("B1:C1", 2021)
        sheet.write_row("A2", ["Linje", "A", "B"])
        sheet.write_row("A3", ["a", 1, 2])
        sheet.write("A4", "b")
        sheet.merge_range("B4:C4", 7)
        sheet.write("A5", "c")
        sheet.merge_range("B5:B6", 8)

    document = read(made(tmp_path / "a.xlsx", write))
    assert traps(document) == ["merged_figures B4:C4, B5:B6 @ Ark1!B4"]
    assert outline(document)[4] == "4 | b | 7 | "


def test_formulas_with_links_to_other_workbooks(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", {"A": [["Linje", "B", "C"], ["a", 1, 2], ["b", 3, 4], ["c", 5, 6], ["d", 7, 8]]}
    )
    cells = {
        "B2": "<f>[1]Ark1!A1</f>",
        "B3": '<f t="shared" ref="B3:B4" si="0">\'[2]Ark 1\'!A1*2</f>',
        "B4": '<f t="shared" si="0"/>',
        "C2": "<f>Tabel1[2021]+Tabel1[[#This Row],[2020]]!</f>",
        "C5": "<f>SUM([1]!Navn,'[1]Ark'!B1)</f>",
    }
    links = ["regnskab%202020.xlsx", "file:///C:\\data\\budget.xlsx"]
    document = read(with_links(path, cells, links))
    assert traps(document) == [
        "external_link B2 (regnskab 2020.xlsx) @ A!B2",
        "external_link C5 (regnskab 2020.xlsx) @ A!C5",
        "external_link B3-B4 (budget.xlsx) @ A!B3",
    ]


def with_links(path: Path, formulas: dict[str, str], targets: list[str]) -> Path:
    """The workbook with formulas put into its cells and links to other workbooks."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    out = path.with_name("med-" + path.name)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            text = old.read(info).decode()
            if info.filename == "xl/worksheets/sheet1.xml":
                for address, formula in formulas.items():
                    text = text.replace(f'<c r="{address}">', f'<c r="{address}">{formula}')
            elif info.filename == "xl/workbook.xml":
                found = "".join(f'<externalReference r:id="x{n}"/>' for n in range(len(targets)))
                text = text.replace("</sheets>", f"</sheets><externalReferences>{found}</externalReferences>")
            elif info.filename == "xl/_rels/workbook.xml.rels":
                more = "".join(
                    f'<Relationship Id="x{n}" Type="{kind}/externalLink" Target="externalLinks/externalLink{n}.xml"/>'
                    for n in range(len(targets))
                )
                text = text.replace("</Relationships>", more + "</Relationships>")
            new.writestr(info.filename, text)
        for n, target in enumerate(targets):
            new.writestr(f"xl/externalLinks/externalLink{n}.xml", "<externalLink/>")
            new.writestr(
                f"xl/externalLinks/_rels/externalLink{n}.xml.rels",
                f'<Relationships><Relationship Id="rId1" Type="{kind}/externalLinkPath" Target="{target}"'
                ' TargetMode="External"/></Relationships>',
            )
    return out


def package(path: Path, sheet: str, texts: str = "", styles: str = "", book: str = "") -> Path:
    """A workbook with nothing but the XML given, as other programs than Excel write it."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{kind}/officeDocument" Target="/xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": book or '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="s1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="s1" Type="{kind}/worksheet"'
        ' Target="worksheets/Sheet1.xml"/>'
        f'<Relationship Id="t" Type="{kind}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        f'<Relationship Id="u" Type="{kind}/styles" Target="styles.xml"/></Relationships>',
        "xl\\worksheets\\sheet1.xml": sheet,
    }
    if texts:
        parts["xl/sharedStrings.xml"] = texts
    if styles:
        parts["xl/styles.xml"] = styles
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_workbooks_of_other_programs(tmp_path: Path) -> None:
    """No addresses, inline texts, prefixes, runs of text, phonetic guides, slashes either way, no styles."""
    sheet = (
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Li</x:t><x:r><x:t>nje</x:t></x:r>'
        '</x:is></x:c><x:c t="s"><x:v>0</x:v></x:c></x:row><x:row><x:c t="str"><x:v>a_x000D_&#10;_x00E6_</x:v></x:c>'
        '<x:c><x:v>5</x:v></x:c></x:row><x:row r="4"><x:c t="s"><x:v>1</x:v></x:c><x:c t="d"><x:v>2021-12-31T00:00:00'
        '</x:v></x:c></x:row><x:row r="3"><x:c r="B3"><x:v>6</x:v></x:c><x:c r="A3" t="str"><x:v>b</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    texts = "<sst><si><r><t>Be</t></r><r><t>løb</t></r><rPh><t>fonetik</t></rPh></si><si><t>c</t></si></sst>"
    document = read(package(tmp_path / "a.xlsx", sheet, texts))
    assert outline(document) == ["T A", "1 | Linje | Beløb", "2 | a\næ | 5", "3 | b | 6", "4 | c | 2021-12-31"]


def test_a_dimension_that_lies_costs_nothing(tmp_path: Path) -> None:
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>l{n}</v></c><c r="B{n}"><v>{n}</v></c></row>' for n in (1, 2, 3)
    )
    sheet = f'<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData></worksheet>'
    before = time.perf_counter()
    assert outline(read(package(tmp_path / "a.xlsx", sheet))) == ["T A", "1 | l1 | 1", "2 | l2 | 2", "3 | l3 | 3"]
    assert time.perf_counter() - before < 1


def test_cells_with_a_format_and_nothing_in_them_are_none(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}" t="str"><v>  </v></c></row>' for n in range(2, 2000))
    sheet = f'<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row>{blank}</sheetData></worksheet>'
    assert outline(read(package(tmp_path / "a.xlsx", sheet))) == ["P1 x"]


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    book = '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="A" r:id="s1"/></sheets></workbook>'
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    sheet = '<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>42735</v></c></row></sheetData></worksheet>'
    assert outline(read(package(tmp_path / "a.xlsx", sheet, styles=styles, book=book))) == ["P1 2021-01-01"]


def test_columns_hidden_by_no_width_and_rows_by_no_height(tmp_path: Path) -> None:
    sheet = (
        '<worksheet><cols><col min="2" max="16384" width="0"/></cols><sheetData><row r="1" ht="0"><c r="A1" t="str">'
        '<v>a</v></c><c r="B1"><v>5</v></c></row></sheetData></worksheet>'
    )
    assert traps(read(package(tmp_path / "a.xlsx", sheet))) == ["hidden 1 @ A!row:1", "hidden B @ A!column:2"]


def test_text_boxes_are_paragraphs_where_they_stand(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_row("A3", ["Linje", "Beløb"])
        sheet.write_row("A4", ["a", 1])
        sheet.insert_textbox("D1", "Beløb i 1.000 kr.")
        sheet.insert_textbox("A8", "Anm.: årets priser\n12 institutioner")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Ark1!$B$4"})
        sheet.insert_chart("F1", chart)

    document = read(made(tmp_path / "a.xlsx", write))
    assert outline(document) == [
        "P1 Beløb i 1.000 kr.",
        "T Ark1",
        "3 | Linje | Beløb",
        "4 | a | 1",
        "P8 Anm.: årets priser\n12 institutioner",
    ]
    assert [getattr(b, "column", None) for b in document.blocks] == [4, None, 1]
    assert document.counts == (TokenCount("Ark1", 3),)


@pytest.mark.parametrize("ending", [".xlsx", ".xlsm", ".xls", ".XLSX"])
def test_what_the_file_is_counts_and_not_its_ending(tmp_path: Path, ending: str) -> None:
    path = workbook(tmp_path / "a.xlsx", {"A": [["x"]]}).rename(tmp_path / f"b{ending}")
    assert (read(path).encoding, outline(read(path))) == ("xlsx", ["P1 x"])


def test_a_large_sheet_in_bounded_time(tmp_path: Path) -> None:
    """5.000 rows here; 60.000 x 10 cells take about 4 seconds on a slow machine."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("A")
    sheet.write_row(0, 0, ["Konto", "Tekst", *(f"Budget {y}" for y in range(2014, 2022))])
    for row in range(1, 5_001):
        sheet.write_row(row, 0, [100_000 + row, f"Linje {row}", *(row * 1.25 + n for n in range(8))])
    book.close()
    before = time.perf_counter()
    document = read(path)
    (table,) = document.blocks
    assert isinstance(table, Table) and len(table.rows) == 5_001
    assert document.counts == (TokenCount("A", 5_000 * 10 + 8),)
    assert time.perf_counter() - before < 10
