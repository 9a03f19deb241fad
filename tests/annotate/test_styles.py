"""Do marked cells keep all of their format but fill and colour, however the formats are written?"""

from __future__ import annotations

import re

import pytest

from checker.annotate import annotate, read_back
from checker.annotate.marks import STRONG
from checker.model.rules import ERROR
from tests.annotate.books import FILE, MAIN, differing, opened, parts, remark, report, rewrite, sheet_xml, small

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
FILL, COLOUR = STRONG[ERROR]


def styled(styles: str, style: str = "1") -> bytes:
    """A workbook with this part for styles and a cell in one of its formats."""
    plain = small({"Ark1": sheet_xml(f'<row r="1"><c r="A1" s="{style}"><v>1</v></c></row>')})
    link = f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    kind = f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}"/></Types>'
    changes = {
        "xl/_rels/workbook.xml.rels": (b"</Relationships>", link.encode()),
        "[Content_Types].xml": (b"</Types>", kind.encode()),
    }
    raw = rewrite(plain, changes)
    held = parts(raw)
    return small({"Ark1": ""}, {**held, "xl/styles.xml": styles.encode()})


def made(styles: str, style: str = "1") -> tuple[str, str, str]:
    """Font, fill and format that the marked cell has then, as they are written."""
    copy = annotate(styled(styles, style), report(remark("A1")), FILE)
    xml = parts(copy)["xl/styles.xml"].decode()
    number = re.search(r'r="A1" s="(\d+)"', parts(copy)["xl/worksheets/s1.xml"].decode())
    assert number
    listed = re.search(r"<((?:\w+:)?)cellXfs[^>]*>(.*)</\1cellXfs>", xml, re.DOTALL)
    assert listed
    xf = re.findall(r"<(?:\w+:)?xf\b[^>]*?(?:/>|>.*?</(?:\w+:)?xf>)", listed[2], re.DOTALL)[int(number[1])]
    return _listed(xml, "font", xf), _listed(xml, "fill", xf), xf


def _listed(xml: str, kind: str, xf: str) -> str:
    number = re.search(rf'{kind}Id="(\d+)"', xf)
    listed = re.search(rf"<(?:\w+:)?{kind}s[^>]*>(.*)</(?:\w+:)?{kind}s>", xml, re.DOTALL)
    assert number and listed
    pattern = rf"<(?:\w+:)?{kind}\s*/>|<(?:\w+:)?{kind}\b[^>]*>.*?</(?:\w+:)?{kind}>"
    found: list[str] = re.findall(pattern, listed[1], re.DOTALL)
    return found[int(number[1])]


def sheet(fonts: str, xf: str, space: str = f'xmlns="{MAIN}"', p: str = "") -> str:
    """A part for styles with these fonts, two fills, and one format behind the plain one."""
    return (
        f'<{p}styleSheet {space}><{p}fonts count="2">{fonts}</{p}fonts><{p}fills count="2"><{p}fill><{p}patternFill '
        f'patternType="none"/></{p}fill><{p}fill><{p}patternFill patternType="gray125"/></{p}fill></{p}fills>'
        f'<{p}borders count="1"><{p}border/></{p}borders><{p}cellXfs count="2"><{p}xf numFmtId="0" fontId="0" '
        f'fillId="0" borderId="0"/>{xf}</{p}cellXfs><{p}dxfs count="0"/></{p}styleSheet>'
    )


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        ("<font/>", '<font><color rgb="FF9C0006"/></font>'),
        ("<font></font>", '<font><color rgb="FF9C0006"/></font>'),
        (
            '<font><b/><sz val="9"/><name val="Arial"/></font>',
            '<font><b/><sz val="9"/><color rgb="FF9C0006"/><name val="Arial"/></font>',
        ),
        (
            '<font><i/><color theme="1" tint="0.5"/><name val="A"/></font>',
            '<font><i/><color rgb="FF9C0006"/><name val="A"/></font>',
        ),
    ],
)
def test_a_font_changes_its_colour_alone(font: str, expected: str) -> None:
    xf = '<xf numFmtId="3" fontId="1" fillId="0" borderId="0" applyNumberFormat="1"><alignment indent="2"/></xf>'
    found, fill, made_xf = made(sheet(f"<font/>{font}", xf))
    assert found == expected
    assert f'<fgColor rgb="FF{FILL}"/>' in fill
    assert re.sub(r'(fontId|fillId)="\d+"', r'\1="n"', made_xf) == (
        '<xf numFmtId="3" fontId="n" fillId="n" borderId="0" applyNumberFormat="1" applyFill="1" applyFont="1">'
        '<alignment indent="2"/></xf>'
    )


def test_a_format_that_says_little_gets_what_it_lacks() -> None:
    found, fill, xf = made(sheet("<font/><font/>", "<xf applyFill='0'/>"))
    assert COLOUR in found and FILL in fill
    assert re.sub(r"\d+", "n", xf) == '<xf applyFill="n" fillId="n" fontId="n" applyFont="n"/>'


def test_prefixes_of_the_part_are_kept() -> None:
    xml = sheet("<x:font/><x:font/>", '<x:xf fontId="1" fillId="0"/>', f'xmlns:x="{MAIN}"', "x:")
    found, fill, xf = made(xml)
    assert (found[:8], fill[:8], xf[:6]) == ("<x:font>", "<x:fill>", "<x:xf ")
    copy = annotate(styled(xml), report(remark("A1")), FILE)
    assert re.findall(r"<(?!/|x:)", parts(copy)["xl/styles.xml"].decode()) == []


@pytest.mark.parametrize("style", ["7", "99999999"])
def test_a_format_that_is_not_there_is_the_plain_one(style: str) -> None:
    assert FILL in made(sheet("<font/><font/>", "<xf/>"), style)[1]


@pytest.mark.parametrize("inside", ["", "<fonts/><fills/><borders/><cellXfs/>", "<numFmts/><dxfs/><extLst/>"])
def test_lists_that_are_missing_or_empty_are_made_in_their_order(inside: str) -> None:
    copy = annotate(styled(f'<styleSheet xmlns="{MAIN}">{inside}</styleSheet>', "0"), report(remark("A1")), FILE)
    xml = parts(copy)["xl/styles.xml"].decode()
    order = [m for m in re.findall(r"<(fonts|fills|borders|cellXfs|dxfs|extLst)\b", xml) if m]
    assert re.search(r"<fonts[^>]*><font/><font>", xml) and "<borders" in xml and "><border/><border>" in xml
    assert order[:4] == ["fonts", "fills", "borders", "cellXfs"]
    assert re.search(r'<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"', xml)


def test_a_workbook_without_formats_gets_a_part_for_them() -> None:
    raw = small({"Ark1": sheet_xml('<row r="1"><c r="A1"/></row>')})
    copy = annotate(raw, report(remark("A1")), FILE)
    assert "xl/styles.xml" in differing(raw, copy)[1]
    assert opened(copy)["Ark1"]["A1"].fill.fgColor.rgb == f"FF{FILL}"


def test_a_strict_workbook_stays_strict() -> None:
    raw = small({"Ark1": sheet_xml('<row r="1"><c r="A1"/></row>')})
    strict = {MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main", _OFFICE: _STRICT}
    held = parts(raw)
    for old, new in strict.items():
        held = {name: data.replace(old.encode(), new.encode()) for name, data in held.items()}
    raw = small({"Ark1": ""}, held)
    copy = annotate(raw, report(remark("A1")), FILE)
    new_parts = parts(copy)
    assert not [name for name, data in new_parts.items() if MAIN.encode() in data or _OFFICE.encode() in data]
    assert f'<legacyDrawing xmlns:r="{_STRICT}"'.encode() in new_parts["xl/worksheets/s1.xml"]
    assert read_back(copy) == []


_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
