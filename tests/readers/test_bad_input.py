"""Does every file that cannot be read say so clearly, soon and without filling the memory?"""

from __future__ import annotations

import io
import os
import random
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.errors import SubmissionError
from checker.readers import package, read_document, source, text, xlsx_sheet
from tests.readers.binary import Cells, Error, compound, xls, xlsb
from tests.readers.ods import ods
from tests.readers.sheets import outline, read, refused, workbook
from tests.readers.test_workbook import package as made

SHEET = '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row></sheetData></worksheet>'


def file(tmp_path: Path, name: str, raw: bytes) -> Path:
    """A file of these bytes."""
    path = tmp_path / name
    path.write_bytes(raw)
    return path


def good(tmp_path: Path) -> bytes:
    """The bytes of a workbook that can be read."""
    return workbook(tmp_path / "good.xlsx", {"A": [["Linje", "Beløb"], ["a", 1], ["b", 2]]}).read_bytes()


@pytest.mark.parametrize("ending", [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"])
def test_an_empty_file(tmp_path: Path, ending: str) -> None:
    assert refused(file(tmp_path, "a" + ending, b"")) == "input.empty"
    assert refused(file(tmp_path, "b" + ending, b" \r\n\t\n")) == "input.empty"


@pytest.mark.parametrize("name", ["~$regnskab.xlsx", "~$a.xls"])
def test_the_lock_file_of_an_open_workbook(tmp_path: Path, name: str) -> None:
    path = file(tmp_path, name, b"\x05Hansen")
    assert refused(path) == "input.lock_file"
    with pytest.raises(SubmissionError) as error:
        read_document(path)
    assert str(error.value) == (
        f'{name}: er kun Excels mærke for, at "{name[2:]}" er åben; gem og luk projektmappen, og angiv den i stedet'
    )


def test_a_file_without_access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "a.xlsx", b"x")

    def denied(_path: Path) -> tuple[int, int, int]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(source, "_stamp", denied)
    assert refused(path) == "input.no_access"


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "a.csv", b"x")

    def broken(_path: Path) -> tuple[int, int, int]:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(source, "_stamp", broken)
    assert refused(path) == "input.unreadable"


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "a.csv", b"Linje;Beloeb\na;1\n")
    looked: list[int] = []
    stamp = source._stamp

    def changing(at: Path) -> tuple[int, int, int]:
        found = stamp(at)
        if not looked:
            os.utime(at, ns=(0, 0))
        looked.append(1)
        return found

    monkeypatch.setattr(source, "_stamp", changing)
    assert refused(path) == "input.changed"
    assert refused(path) == "read"


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "a.csv", b"Linje;Beloeb\na;1\n")
    stamps: Iterator[tuple[int, int, int]] = iter([(5, 1, 1), (5, 1, 1)])
    monkeypatch.setattr(source, "_stamp", lambda _path: next(stamps))
    assert refused(path) == "input.changed"


def test_sizes_are_checked_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit in (("a.txt", 50_000_000), ("a.csv", 50_000_000), ("a.xlsx", 200_000_000)):
        path = tmp_path / name
        with path.open("wb") as stream:
            stream.truncate(limit + 1)
        monkeypatch.setattr(Path, "open", lambda *_a, **_k: pytest.fail("opened"))
        assert refused(path) == "input.too_large"
        monkeypatch.undo()


@pytest.mark.parametrize("ending", [".txt", ".csv"])
def test_one_endless_line(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_LINE", 1000)
    path = file(tmp_path, "a" + ending, b"Linje;Beloeb\na;1\n" + b"x" * 2000)
    assert refused(path) == "input.line_too_long:3"


@pytest.mark.parametrize(
    "raw", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)), b"PK\x03\x04" + bytes(50), b"a;b\n1;\x81\x8d\n"]
)
def test_a_binary_file_named_csv(tmp_path: Path, raw: bytes) -> None:
    assert refused(file(tmp_path, "a.csv", raw)).startswith("input.not_text")


@pytest.mark.parametrize("ending", [".xlsx", ".xlsm", ".ods", ".xlsb"])
@pytest.mark.parametrize("raw", [b"Hello", b"\x89PNG\r\n\x1a\n\0\0", bytes(range(256)) * 20])
def test_what_is_no_workbook(tmp_path: Path, ending: str, raw: bytes) -> None:
    assert refused(file(tmp_path, "a" + ending, raw)) == "input.no_workbook"


def test_other_files_of_zip_and_ole(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refused(file(tmp_path, "a.xlsx", out.getvalue())) == "input.no_workbook"
    relations = '<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", "<document/>")
    assert refused(file(tmp_path, "b.xlsx", out.getvalue())) == "input.no_workbook"
    assert refused(file(tmp_path, "c.xls", compound(b"x", "WordDocument"))) == "input.no_workbook"


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    import msoffcrypto.format.ooxml

    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(good(tmp_path))).encrypt("hemmelig", out)
    for name in ("a.xlsx", "a.xls", "a.xlsb"):
        assert refused(file(tmp_path, name, out.getvalue())) == "input.encrypted"
    assert refused(file(tmp_path, "b.xls", xls({"A": {(0, 0): ("x", 0)}}, password=True))) == "input.encrypted"
    assert refused(file(tmp_path, "c.ods", ods({"A": ""}, encrypted=True))) == "input.encrypted"


def test_a_truncated_workbook(tmp_path: Path) -> None:
    raw = good(tmp_path)
    for end in (20, 500, len(raw) // 2, len(raw) - 30, len(raw) - 1):
        assert refused(file(tmp_path, "a.xlsx", raw[:end])) == "input.damaged_workbook"


def test_a_truncated_binary_workbook(tmp_path: Path) -> None:
    raw = xls({"A": {(n, 0): (f"x{n}", 0) for n in range(400)}})
    for end in (10, 600, len(raw) // 2, len(raw) - 600):
        assert refused(file(tmp_path, "a.xls", raw[:end])) == "input.damaged_workbook"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods"])
def test_damaged_bytes_are_refused_or_read_but_never_crash(tmp_path: Path, kind: str) -> None:
    cells: Cells = {(0, 0): ("Linje", 0), (1, 0): ("a", 0), (1, 1): (5.0, 0), (2, 1): (Error(0x17), 0)}
    rows = "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
    whole = {
        "xlsx": lambda: stored(good(tmp_path)),
        "xls": lambda: xls({"A": cells}, formats=["#,##0,"], merges=[(0, 0, 0, 1)]),
        "xlsb": lambda: stored(xlsb({"A": cells}, formats=["#,##0,"], merges=[(0, 0, 0, 1)])),
        "ods": lambda: stored(ods({"A": rows})),
    }[kind]()
    dice = random.Random(1)
    results = set()
    for _ in range(150):
        raw = bytearray(whole)
        for _ in range(dice.choice([1, 3, 30])):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        results.add(refused(file(tmp_path, "a." + kind, repaired(bytes(raw)))))
    assert results <= {
        "read",
        "input.damaged_workbook",
        "input.no_workbook",
        "input.no_cells",
        "input.encrypted",
        "input.too_scattered",
        "input.too_many_cells",
        "input.doctype",
        "input.not_text",
        "input.unpacks_too_large",
    }
    assert len(results) > 1


def stored(raw: bytes) -> bytes:
    """A zip with its parts uncompressed, so that damage hits what is in them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    return out.getvalue()


def repaired(raw: bytes) -> bytes:
    """The zip with its checksums put right, or the bytes as they are."""
    try:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
            for info in old.infolist():
                at = info.header_offset + 30 + len(info.filename)
                new.writestr(info.filename, raw[at : at + info.file_size])
        return out.getvalue()
    except Exception:
        return raw


def test_a_zip_bomb_by_its_own_word(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert path.stat().st_size < 100_000
    assert refused(path) == "input.unpacks_too_large"


def test_a_zip_of_too_much_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 2000)
    assert refused(file(tmp_path, "a.xlsx", good(tmp_path))) == "input.unpacks_too_large"


def test_a_zip_that_lies_about_its_size(tmp_path: Path) -> None:
    """The directory says 1.000 bytes, but 50 MB come out."""
    inflated = b"<worksheet>" + b" " * 50_000_000
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(inflated) + packed.flush()
    raw = made(tmp_path / "a.xlsx", SHEET).read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if not info.filename.endswith("sheet1.xml"):
                new.writestr(info.filename, old.read(info))
        new.writestr("xl/worksheets/sheet1.xml", data)
    lied = bytearray(out.getvalue())
    name = b"xl/worksheets/sheet1.xml"
    for signature, method_at, size_at in ((b"PK\x03\x04", 8, 22), (b"PK\x01\x02", 10, 24)):
        at = -1
        while (at := lied.find(signature, at + 1)) >= 0:
            if lied[at:].find(name) in (30, 46):
                struct.pack_into("<H", lied, at + method_at, 8)
                struct.pack_into("<I", lied, at + size_at, 1000)
    path = file(tmp_path, "b.xlsx", bytes(lied))
    tracemalloc.start()
    try:
        assert refused(path) == "input.damaged_workbook"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("where", ["sheet", "texts", "styles", "book"])
def test_a_billion_laughs(tmp_path: Path, where: str) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l9;</x>'
    parts = {"sheet": SHEET} | {where: bomb}
    before = time.perf_counter()
    assert refused(made(tmp_path / "a.xlsx", **parts)) == "input.doctype"
    assert time.perf_counter() - before < 2


def test_xml_that_is_broken(tmp_path: Path) -> None:
    for sheet in ("", "<worksheet>", "x", "<worksheet><row></worksheet>", SHEET.replace("A1", "ABCD1")):
        assert refused(made(tmp_path / "a.xlsx", sheet)) == "input.damaged_workbook"
    assert refused(made(tmp_path / "a.xlsx", SHEET.replace('t="str"', 't="s"'))) == "input.damaged_workbook"
    assert refused(made(tmp_path / "a.xlsx", SHEET.replace('r="1"', 'r="1048577"'))) == "input.damaged_workbook"


def test_a_part_that_is_missing(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", SHEET)
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if not info.filename.endswith("sheet1.xml"):
                new.writestr(info.filename, old.read(info))
    assert refused(file(tmp_path, "b.xlsx", out.getvalue())) == "input.damaged_workbook"


def test_a_cell_of_endless_text(tmp_path: Path) -> None:
    sheet = SHEET.replace("<v>x", "<v>" + "x" * (package.MAX_TEXT + 1))
    assert refused(made(tmp_path / "a.xlsx", sheet)) == "input.damaged_workbook"
    texts = f"<sst><si><t>{'x' * (package.MAX_TEXT + 1)}</t></si></sst>"
    assert refused(made(tmp_path / "b.xlsx", SHEET, texts)) == "input.damaged_workbook"


def test_a_long_text_in_very_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_LONG_TEXTS", 100_000)
    rows = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(20))
    texts = f"<sst><si><t>{'x' * 10_000}</t></si></sst>"
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    assert refused(made(tmp_path / "a.xlsx", sheet, texts)) == "input.too_many_cells"


def test_too_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_CELLS", 5)
    assert refused(file(tmp_path, "a.xlsx", good(tmp_path))) == "input.too_many_cells"


def test_cells_far_apart(tmp_path: Path) -> None:
    """A diagonal of labels and figures would make a table of 64 million cells; two corners are two blocks."""
    rows = "".join(
        f'<row r="{n}"><c r="{_letters(n)}{n}" t="str"><v>l</v></c><c r="{_letters(n + 1)}{n}"><v>1</v></c></row>'
        for n in range(1, 8000)
    )
    path = made(tmp_path / "a.xlsx", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    assert refused(path) == "input.too_scattered"
    two: Cells = {(0, 0): ("x", 0), (1_048_575, 16_383): (5.0, 0)}
    assert refused(file(tmp_path, "b.xlsb", xlsb({"A": two}))) == "read"
    corner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refused(made(tmp_path / "c.xlsx", f"<worksheet><sheetData>{corner}</sheetData></worksheet>")) == "read"


def _letters(column: int) -> str:
    from checker.model.document import cell_name

    return cell_name(1, column)[:-1]


def test_no_cells(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "a.xlsx", {"A": [], "B": []})) == "input.no_cells"
    assert refused(file(tmp_path, "a.xls", xls({"A": {}}))) == "input.no_cells"
    assert refused(file(tmp_path, "a.ods", ods({"A": ""}))) == "input.no_cells"


def test_excel_2003_xml(tmp_path: Path) -> None:
    raw = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
    assert refused(file(tmp_path, "a.xls", raw)) == "input.old_xml"


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    raw = b'Linje;Beloeb\na;1\n"b;2\n' + b"c;3\n" * 300
    assert refused(file(tmp_path, "a.csv", raw)) == "input.quote_not_closed:3"


def test_a_name_for_the_report(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv", b"Linje;Beloeb\na;1\n")
    assert read_document(path, "mappe/a.csv").file == "mappe/a.csv"
    assert outline(read(path)) == ["T", "1 | Linje | Beloeb", "2 | a | 1"]
