"""Workbooks that hold everything a careless writer drops, reports that point at cells, and a look into zips."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import xlsxwriter

from checker.model.document import Place
from checker.model.outcomes import FAILED, At, Coverage, Finding, Message, Outcome, Report, RuleInfo
from checker.model.rules import ERROR
from checker.model.submission import SourceFile, Submission

FILE = "regnskab.xlsx"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SAMPLES = sorted((Path(__file__).parent.parent.parent / "samples").rglob("*.xlsx"))
ROWS = (
    ("1", "Skoler", 12_300.4, 12_250.2),
    ("2", "SFO", 7_600.2, 7_500.1),
    ("3", "Dagtilbud", 9_100.3, 9_050.2),
    ("", "I alt", 29_000.9, 38_800.5),
)


def hard(path: Path) -> Path:
    """Accounts whose last total is wrong (D9), in a workbook with all that Excel users put into one."""
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    sheet, other, hidden = (book.add_worksheet(n) for n in ("Regnskab 2023", "Noter & 'bilag' mv.", "Skjult"))
    hidden.hide()
    number = book.add_format({"num_format": "#,##0", "top": 1, "italic": True})
    bold = book.add_format({"bold": True, "font_color": "#0000FF", "bg_color": "#EEEEEE"})
    sheet.merge_range("A1:D1", "Børn og Unge, regnskab 2023", bold)
    sheet.write("A2", "Beløb i 1.000 kr.")
    for column, words in enumerate(("Nr.", "Område", "Korrigeret budget 2023", "Regnskab 2023")):
        sheet.write(4, column, words, bold)
    for line, row in enumerate(ROWS, start=5):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(line, column, value, number if column > 1 else None)
    sheet.write_formula("C9", "=SUM(C6:C8)", number, 29_000.9)
    sheet.write_formula("F9", "=C9-D9", number, -9_799.6)
    sheet.write_rich_string("A12", "En ", bold, "fed", " note")
    sheet.write_comment("D9", "Tallet er afstemt\nmed banken", {"author": "Controller"})
    sheet.write_comment("A2", "En note & et <tegn>", {"author": "Kollega"})
    sheet.set_column("A:A", 6)
    sheet.set_column("B:B", 30)
    sheet.set_row(12, 30, bold)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Regnskab 2023'!$D$6:$D$8"})
    sheet.insert_chart("H2", chart)
    sheet.insert_textbox("H20", "Kun til intern brug")
    sheet.insert_image("H30", "prik.png", {"image_data": io.BytesIO(_picture())})
    sheet.add_sparkline("G6", {"range": "'Regnskab 2023'!C6:D6"})
    sheet.conditional_format("C6:D9", {"type": "cell", "criteria": ">", "value": 10_000, "format": bold})
    sheet.data_validation("E6", {"validate": "list", "source": ["ja", "nej"]})
    sheet.autofilter("A5:D9")
    sheet.freeze_panes(5, 0)
    other.write("B2", "Noter")
    other.add_table("B4:C6", {"data": [["a", 1], ["b", 2]]})
    hidden.write("A1", "Grundlag")
    book.define_name("Total", "='Regnskab 2023'!$D$9")
    book.define_name("'Regnskab 2023'!Lokal", "='Regnskab 2023'!$C$9")
    if path.suffix == ".xlsm":
        stub = path.with_name("vbaProject.bin")
        stub.write_bytes(bytes(range(256)) * 20)
        book.add_vba_project(str(stub))
    book.close()
    return path


def _picture() -> bytes:
    """One red point as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    )


def small(sheets: Mapping[str, str], further: Mapping[str, bytes] | None = None, flags: int = 0) -> bytes:
    """A workbook whose sheets are given as XML, with no styles and no shared texts; each part may be replaced."""
    rows = [f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1)]
    rels = [
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    ]
    overrides = [
        f'<Override PartName="/xl/worksheets/s{n}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    ]
    made = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
        f'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{"".join(overrides)}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{"".join(rows)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{''.join(rels)}</Relationships>",
        **{f"xl/worksheets/s{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
    }
    parts = {name: xml.encode() for name, xml in made.items()} | dict(further or {})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2024, 2, 29, 12, 30, 10))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.comment = name.encode()
            with archive.open(info, "w", force_zip64=bool(flags)) as stream:
                stream.write(data)
        archive.comment = b"made by hand"
    return target.getvalue()


def sheet_xml(data: str, after: str = "", root: str = "") -> str:
    """A sheet in its plainest form."""
    return f'<worksheet xmlns="{MAIN}"{root}><sheetData>{data}</sheetData>{after}</worksheet>'


def remark(
    *cells: str, sheet: str = "Ark1", severity: str = ERROR, said: str = "Her er noget galt", file: str = FILE
) -> Finding:
    """A finding of a rule without arithmetic that is about these cells."""
    places = tuple(Place(file, sheet=sheet, cell=cell) for cell in cells)
    message = Message("report.quoted", {"text": said})
    outcome = Outcome("CEL001", "celle", "cell_trap", severity, FAILED, At(), message, places=places, predicate=True)
    return Finding("", severity, (outcome,), message, Message("report.quoted", {"text": f"Se efter: {said}"}))


def report(*findings: Finding, file: str = FILE, title: str = "Titel") -> Report:
    """A report with these findings and nothing else."""
    rule = RuleInfo("CEL001", "celle", ERROR, {"da": title, "en": title}, {"da": "", "en": ""}, "", "cell_trap")
    submission = Submission((SourceFile(file, "", "xlsx"),), "", None, (), (), (), ())
    outcomes = tuple(o for f in findings for o in f.outcomes)
    return Report("1", "t", "1", "", (rule,), submission, outcomes, findings, Coverage(0, 0), ())


def with_waiver(finding: Finding, waiver: object) -> Finding:
    """The same, accepted."""
    return replace(finding, outcomes=tuple(replace(o, waiver=waiver) for o in finding.outcomes))  # type: ignore[arg-type]


def opened(raw: bytes, values: bool = False) -> openpyxl.Workbook:
    """The workbook as openpyxl reads it, without its words on what it would lose if it saved it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(raw), data_only=values)


def parts(raw: bytes) -> dict[str, bytes]:
    """Name -> content, in the order of the archive; every checksum is looked at."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def packed(raw: bytes, name: str) -> bytes:
    """The bytes of a member as they lie in the archive."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        info = archive.getinfo(name)
    lengths = struct.unpack("<HH", raw[info.header_offset + 26 : info.header_offset + 30])
    start = info.header_offset + 30 + sum(lengths)
    return raw[start : start + info.compress_size]


def differing(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """Names of parts that changed, and of those that are new."""
    old, new = parts(before), parts(after)
    assert list(new)[: len(old)] == list(old)
    return [n for n in old if old[n] != new[n]], list(new)[len(old) :]


def notes(raw: bytes) -> dict[str, dict[str, str]]:
    """Sheet part -> cell -> text of its note, by the relationships."""
    found: dict[str, dict[str, str]] = {}
    held = parts(raw)
    for name, data in held.items():
        if "/_rels/sheet" in name or "/_rels/s" in name:
            for link in ElementTree.fromstring(data):
                if link.attrib["Type"].endswith("/comments"):
                    part = "xl/" + link.attrib["Target"].removeprefix("../").removeprefix("/xl/")
                    sheet = name.rpartition("/")[2].removesuffix(".rels")
                    found[sheet] = _texts(held[part])
    return found


def _texts(xml: bytes) -> dict[str, str]:
    root = ElementTree.fromstring(xml)
    space = root.tag.partition("}")[0] + "}"
    return {c.attrib["ref"]: "".join(t.text or "" for t in c.iter(f"{space}t")) for c in root.iter(f"{space}comment")}


def rewrite(raw: bytes, changes: Mapping[str, Sequence[bytes]]) -> bytes:
    """The archive with (old, new) replaced in some parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(raw).items():
            old, new = changes.get(name, (b"", b""))
            assert not old or old in data, name
            archive.writestr(name, data.replace(old, new) if old else data)
    return target.getvalue()
