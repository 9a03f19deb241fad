"""Does the copy hold everything that the workbook holds, part by part, and does each reader still read the same?"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from checker import run
from checker.annotate import annotate
from tests.annotate.books import SAMPLES, differing, hard, opened, packed, parts, remark, report, sheet_xml, small

_MAY_CHANGE = re.compile(
    r"\[Content_Types\]\.xml|xl/styles\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml"
    r"|xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/comments\d+\.xml|xl/drawings/vmlDrawing\d+\.vml"
)


def copied(path: Path) -> tuple[bytes, bytes]:
    """A workbook and its copy, as it is checked."""
    raw = path.read_bytes()
    return raw, annotate(raw, run.check(path), path.name)


@pytest.fixture(params=["regnskab.xlsx", "regnskab.xlsm"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[bytes, bytes]:
    return copied(hard(tmp_path / request.param))


def without_marks(xml: bytes) -> bytes:
    """A sheet without the formats of its cells the hook of its notes and the links back."""
    xml = re.sub(rb"<hyperlink ref=[^>]*tooltip=[^>]*/>", b"", xml).replace(b"<hyperlinks></hyperlinks>", b"")
    return re.sub(rb'(<c\b[^>]*?) s="\d+"|<legacyDrawing [^>]*/>', rb"\1", xml)


def test_only_the_parts_that_may_differ_do(book: tuple[bytes, bytes]) -> None:
    changed, new = differing(*book)
    assert [n for n in (*changed, *new) if not _MAY_CHANGE.fullmatch(n)] == []
    assert sorted(changed) == [
        *("[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"),
        *("xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"),
    ]
    assert new == ["xl/worksheets/sheet4.xml"]
    for name in set(parts(book[0])) - set(changed):
        assert packed(book[0], name) == packed(book[1], name), name


def test_a_marked_sheet_differs_in_formats_of_cells_alone(book: tuple[bytes, bytes]) -> None:
    old, new = (parts(raw)["xl/worksheets/sheet1.xml"] for raw in book)
    assert old != new
    assert without_marks(old) == without_marks(new)
    assert b"x14:sparkline" in new and b"conditionalFormatting" in new and b"dataValidation" in new


def test_formats_are_added_behind_the_others(book: tuple[bytes, bytes]) -> None:
    old, new = (parts(raw)["xl/styles.xml"].decode() for raw in book)
    for kind in ("fonts", "fills", "borders", "cellXfs"):
        before, after = (re.search(rf'<{kind} count="(\d+)">(.*?)</{kind}>', xml, re.DOTALL) for xml in (old, new))
        assert before and after and after[2].startswith(before[2])
        child = {"cellXfs": "xf"}.get(kind, kind[:-1])
        assert len(re.findall(rf"<{child}\b", after[2])) == int(after[1]) > int(before[1])


def test_openpyxl_and_calamine_read_the_same(book: tuple[bytes, bytes]) -> None:
    for values in (True, False):
        old, new = (opened(raw, values) for raw in book)
        assert new.sheetnames == [*old.sheetnames, "Opfølgning"]
        for sheet in old.sheetnames:
            assert list(old[sheet].values) == list(new[sheet].values)
            assert old[sheet].merged_cells.ranges == new[sheet].merged_cells.ranges
            assert old[sheet].sheet_state == new[sheet].sheet_state
        assert set(old.defined_names) == set(new.defined_names) == {"Total"}
        for cell in ("D6", "D9"):
            was, now = old["Regnskab 2023"][cell], new["Regnskab 2023"][cell]
            assert was.number_format == now.number_format == "#,##0"
            assert repr(was.border) == repr(now.border) and was.font.i and now.font.i
    sheets = [CalamineWorkbook.from_filelike(io.BytesIO(raw)) for raw in book]
    for name in sheets[0].sheet_names:
        assert sheets[0].get_sheet_by_name(name).to_python() == sheets[1].get_sheet_by_name(name).to_python()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.parts[-3] + "-" + p.parts[-2])
def test_samples_keep_what_they_hold(path: Path) -> None:
    raw, copy = copied(path)
    changed, new = differing(raw, copy)
    assert [n for n in (*changed, *new) if not _MAY_CHANGE.fullmatch(n)] == []
    for name in changed:
        if "/worksheets/sheet" in name and not name.endswith(".rels"):
            assert without_marks(parts(raw)[name]) == without_marks(parts(copy)[name])
    old, made = (opened(b, values=True) for b in (raw, copy))
    assert [list(old[s].values) for s in old.sheetnames] == [list(made[s].values) for s in old.sheetnames]


def test_dates_comments_and_sizes_told_twice_in_the_zip() -> None:
    """A zip made for streaming: each size stands in fields for more than 4 GB, and again behind the data."""
    raw = small({"Ark1": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')}, flags=1)
    copy = annotate(raw, report(remark("A1")), "regnskab.xlsx")
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(io.BytesIO(copy)) as new:
        assert new.testzip() is None
        assert new.comment == b"made by hand"
        for info in old.infolist():
            made = new.getinfo(info.filename)
            assert (made.date_time, made.comment, made.flag_bits) == (info.date_time, info.filename.encode(), 0)
    assert differing(raw, copy)[0] == [
        *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/s1.xml"),
    ]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    path = hard(tmp_path / "regnskab.xlsx")
    assert copied(path)[1] == copied(path)[1]
