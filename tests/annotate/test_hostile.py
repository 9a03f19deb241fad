"""Can a text of the submission, or a workbook made to do harm, become markup, a formula or a broken copy?"""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from random import Random
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.annotate import annotate, read_back
from checker.annotate.followup import FIRST
from checker.annotate.markup import MAX_CELL, content, plain, shortened
from checker.errors import SubmissionError
from checker.readers.xlsx_book import unescaped
from tests.annotate.books import FILE, hard, notes, opened, parts, remark, report, rewrite, sheet_xml, small
from tests.build import PROPERTY

PLAIN = small({"Ark1": sheet_xml('<row r="1"><c r="A1"/></row>')})
HOSTILE = [
    '=HYPERLINK("http://ond.dk";"klik")',
    "=cmd|'/c calc'!A1",
    "+1+1",
    "@SUM(A1)",
    "</t></is></c><c r='Z9'><f>1+1</f></c>",
    "]]><!-- &amp; & \" ' <",
    "a_x000D_b _x0041_ _xZZZZ_",
    "\x00\x01\x1f\x7f\ufffe nul",
    "linje\r\nny\rlinje\tog tab",
    "{0} {x} %s @report.and",
    "x" * 50_000,
    "\u202edsk\u202c",
]


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_texts_stay_texts(said: str) -> None:
    copy = annotate(PLAIN, report(remark("A1", said=said), title=said), FILE)
    for name, data in parts(copy).items():
        ElementTree.fromstring(data)
        assert b"<f>" not in data, name
    sheet = opened(copy).worksheets[-1]
    cells = [c for row in sheet.iter_rows(min_row=FIRST) for c in row if c.value is not None]
    assert {c.data_type for c in cells} <= {"s", "n", "inlineStr"} and all(c.data_type != "f" for c in cells)
    assert all(len(str(c.value)) <= 32_767 for c in cells)
    wanted = plain(said)[:200]
    assert wanted.split()[0] in str(sheet.cell(FIRST, 5).value).replace("_x005F_", "_")
    assert len(notes(copy)["s1.xml"]["A1"]) < 4_500
    assert read_back(copy) == []


@PROPERTY
@given(st.text(max_size=80))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    xml = f"<t>{content(text)}</t>"
    assert unescaped(ElementTree.fromstring(xml).text or "") == plain(text)


def test_what_cannot_be_written_is_dropped_and_long_texts_are_cut_between_words() -> None:
    assert plain("a\ud800b\x00c\u202ed") == "abcd"  # half a character cannot be written at all
    assert shortened("et to tre fire", 8) == "et to…"
    assert shortened("x" * 20, 5) == "xxxx…"
    assert len(content("ord " * 20_000)) <= MAX_CELL + 1


def test_names_of_sheets_and_files_stay_names() -> None:
    name = "A&B <'x'> mv"
    raw = small({name.replace("&", "&amp;").replace("<", "&lt;"): sheet_xml("")})
    copy = annotate(raw, report(remark("B2", sheet=name), file="a&b<.xlsx"), FILE)
    assert opened(copy).sheetnames == [name, "Opfølgning"]
    link = opened(copy).worksheets[-1].cell(FIRST, 4).hyperlink
    assert link is not None and link.location == "'A&B <''x''> mv'!B2"


DOCTYPE = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]>'


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/s1.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_document_type_is_refused(part: str) -> None:
    raw = small({"Ark1": sheet_xml("")}, {part: DOCTYPE + parts(PLAIN)[part]})
    with pytest.raises(SubmissionError):
        annotate(raw, report(remark("A1")), FILE)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/s1.xml", b"</worksheet>", b""),
        ("xl/worksheets/s1.xml", b"</sheetData>", b"</sheetData><legacyDrawing id='rId9'/>"),
        ("xl/workbook.xml", b"sheets>", b"blade>"),
        ("xl/workbook.xml", b"</workbook>", b"<"),
        ("[Content_Types].xml", b"</Types>", b""),
    ],
)
def test_broken_parts_stop_with_a_message(part: str, old: bytes, new: bytes) -> None:
    with pytest.raises(SubmissionError):
        annotate(rewrite(PLAIN, {part: (old, new)}), report(remark("A1")), FILE)


@pytest.mark.parametrize("seed", range(60))
def test_changed_bytes_give_a_copy_or_a_message(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "hostile.xlsx"
    raw = path.read_bytes() if path.exists() else hard(path).read_bytes()
    random = Random(seed)
    held = parts(raw)
    name = random.choice([n for n in held if n.endswith((".xml", ".rels", ".vml"))])
    data = bytearray(held[name])
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(data))
        data[at : at + random.randint(0, 9)] = random.choice([b"", b"<", b"'", b'"', b"/>", b"9", b"-1", "²".encode()])
    with suppress(SubmissionError):  # a part that is copied as it is may be broken in the copy too
        copy = annotate(small({"Ark1": ""}, {**held, name: bytes(data)}), report(remark("D9", "Z99")), FILE)
        assert read_back(copy) == []


def test_what_is_no_xlsx_is_told() -> None:
    odd = io.BytesIO()
    with zipfile.ZipFile(odd, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    for raw, key in (
        (b"\xd0\xcf\x11\xe0", "copy.only_xlsx"),
        (odd.getvalue(), "copy.only_xlsx"),
        (b"PK..", "input.damaged_workbook"),
    ):
        with pytest.raises(SubmissionError) as error:
            annotate(raw, report(), FILE)
        assert error.value.key == key


def test_a_place_that_is_not_there_marks_nothing() -> None:
    copy = annotate(PLAIN, report(remark("A1", sheet="Findes ikke")), FILE)
    assert parts(copy)["xl/worksheets/s1.xml"] == parts(PLAIN)["xl/worksheets/s1.xml"]
    assert opened(copy).worksheets[-1].cell(FIRST, 4).value == "„Findes ikke“ A1"
