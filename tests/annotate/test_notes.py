"""Do notes that are there stay as they are written, whoever wrote them, and do ours join them?"""

from __future__ import annotations

import re

import pytest

from checker.annotate import annotate
from tests.annotate.books import FILE, MAIN, notes, opened, parts, remark, report, sheet_xml, small

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202"/>{shapes}</xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s1025" type="#_x0000_t202"><v:textbox><div><br></div></v:textbox><x:ClientData '
    'ObjectType="Note"><x:Anchor>1, 15, 0, 2, 3, 15, 3, 16</x:Anchor><x:Row>0</x:Row><x:Column>0</x:Column>'
    "</x:ClientData></v:shape>"
)


def noted(comments: str, shapes: str = _SHAPE, sheet: str = "") -> bytes:
    """A workbook whose A1 has a note; the drawing of notes is not well-formed XML, as Excel sometimes writes it."""
    kinds = [("vmlDrawing", "../drawings/d.vml"), *([("comments", "../c.xml")] if comments else [])]
    rels = "".join(f'<Relationship Id="r{n}" Type="{_OFFICE}/{k}" Target="{t}"/>' for n, (k, t) in enumerate(kinds))
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    root = f' xmlns:r="{_OFFICE}"'
    return small(
        {"Ark1": sheet or sheet_xml('<row r="1"><c r="A1"/></row>', '<legacyDrawing r:id="r0"/>', root)},
        {
            "xl/worksheets/_rels/s1.xml.rels": f"{head}{rels}</Relationships>".encode(),
            "xl/drawings/d.vml": _VML.format(shapes=shapes).encode(),
            **({"xl/c.xml": comments.encode()} if comments else {}),
        },
    )


def comment(text: str, prefix: str = "") -> str:
    """A part for comments with one in A1; names of elements in the text have the prefix already."""
    p = prefix
    space = f"xmlns:{p[:-1]}" if p else "xmlns"
    return (
        f'<{p}comments {space}="{MAIN}"><{p}authors><{p}author>A</{p}author></{p}authors><{p}commentList>'
        f'<{p}comment ref="A1" authorId="0">{text}</{p}comment></{p}commentList></{p}comments>'
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<text><t>Min note</t></text>", "<text><r><t>Min note</t></r><r><rPr>"),
        ("<text><r><t>Min note</t></r></text>", "<text><r><t>Min note</t></r><r><rPr>"),
        ("<text><t>Min </t><r><t>note</t></r></text>", "<text><r><t>Min </t></r><r><t>note</t></r><r><rPr>"),
        (
            '<text><t>Min note</t><rPh sb="0" eb="1"><t>x</t></rPh></text>',
            "<text><r><t>Min note</t></r><r><rPr>",
        ),
    ],
)
def test_our_words_stand_behind_what_was_there(text: str, left: str) -> None:
    copy = annotate(noted(comment(text)), report(remark("A1", "B1")), FILE)
    assert left in parts(copy)["xl/c.xml"].decode()
    found = notes(copy)["s1.xml"]
    assert re.match(r"Min note\n– – – – –\n✗ fejl · CEL001", found["A1"])
    assert list(found) == ["A1", "B1"]
    assert re.findall(r"<author>(\w+)</author>", parts(copy)["xl/c.xml"].decode()) == ["A", "Regnskabstjek"]
    assert opened(copy)["Ark1"]["A1"].comment is not None


@pytest.mark.parametrize("text", ["<text/>", "<text></text>", ""])
def test_a_note_without_text(text: str) -> None:
    found = notes(annotate(noted(comment(text)), report(remark("A1")), FILE))["s1.xml"]
    assert found["A1"].strip().startswith("– – – – –\n✗ fejl")


def test_prefixes_are_those_of_the_part() -> None:
    copy = annotate(noted(comment("<q:text><q:t>Min</q:t></q:text>", "q:")), report(remark("A1", "B1")), FILE)
    xml = parts(copy)["xl/c.xml"].decode()
    assert re.findall(r"<(?!/|q:)", xml) == []
    assert list(notes(copy)["s1.xml"]) == ["A1", "B1"]


def test_the_drawing_keeps_its_shapes_byte_for_byte() -> None:
    raw = noted(comment("<text><t>Min</t></text>"))
    old, new = (parts(b)["xl/drawings/d.vml"].decode() for b in (raw, annotate(raw, report(remark("B1")), FILE)))
    assert _SHAPE in new
    assert new.startswith(old[: old.index('"/></o:shapelayout>')] + ',2"/>')
    assert new.count('_x0000_t202"/>') == 1 and new.endswith("</x:ClientData></v:shape></xml>")


def test_a_sheet_with_buttons_but_no_notes_gets_notes_in_the_same_drawing() -> None:
    button = '<v:shape id="_x0000_s1025"><x:ClientData ObjectType="Button"/></v:shape>'
    raw = noted("", button)
    copy = annotate(raw, report(remark("B1")), FILE)
    assert parts(copy)["xl/worksheets/s1.xml"].count(b"legacyDrawing") == 1
    assert button in parts(copy)["xl/drawings/d.vml"].decode()
    assert list(notes(copy)["s1.xml"]) == ["B1"]
    assert not [name for name in parts(copy) if name.endswith(".vml") and name not in parts(raw)]


def test_no_note_lies_beyond_the_edge_of_the_sheet() -> None:
    raw = small({"Ark1": sheet_xml("")})
    copy = annotate(raw, report(remark("XFD1048576"), remark("A1")), FILE)
    xml = next(data.decode() for name, data in parts(copy).items() if name.endswith(".vml"))
    anchors = [[int(n) for n in a.split(",")] for a in re.findall(r"<x:Anchor>([\d, ]+)<", xml)]
    assert len(anchors) == 2
    assert all(a[0] <= a[4] < 16_384 and a[2] < a[6] < 1_048_576 for a in anchors), anchors


def test_notes_are_as_wide_over_narrow_columns_and_pass_hidden_ones() -> None:
    cols = '<cols><col min="1" max="3" width="2"/><col min="4" max="9" width="20" hidden="1"/></cols>'
    sheet = f'<worksheet xmlns="{MAIN}">{cols}<sheetData/></worksheet>'
    copy = annotate(small({"Ark1": sheet}), report(remark("A2")), FILE)
    xml = next(data.decode() for name, data in parts(copy).items() if name.endswith(".vml"))
    (anchor,) = re.findall(r"<x:Anchor>([\d, ]+)<", xml)
    left, _, top, _, right, _, _, _ = (int(n) for n in anchor.split(","))
    assert (left, top, right) == (1, 0, 14)
