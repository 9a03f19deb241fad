"""Do the right cells get the right marks and notes, wherever and however they are written in the sheet?"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from checker import run
from checker.annotate import annotate
from checker.annotate.marks import LIGHT, STRONG, entries
from checker.model.accepted import Waiver
from checker.model.document import Place
from checker.model.rules import ERROR, NOTE, WARNING
from tests.annotate.books import (
    FILE,
    MAIN,
    SAMPLES,
    hard,
    notes,
    opened,
    parts,
    remark,
    report,
    sheet_xml,
    small,
    with_waiver,
)


def fills(raw: bytes) -> dict[str, str]:
    """'Ark1!A1' -> fill of every marked cell."""
    book = opened(raw)
    known = {
        fill: f"{name} {severity}"
        for name, t in (("strong", STRONG), ("light", LIGHT))
        for severity, (fill, _) in t.items()
    }
    found = {}
    for sheet in book.worksheets[:-1]:
        for row in sheet.iter_rows():
            for cell in row:
                if (colour := str(cell.fill.fgColor.rgb)[2:]) in known:
                    found[f"{sheet.title}!{cell.coordinate}"] = known[colour]
    return found


def marked(data: str, *cells: str, after: str = "", root: str = "") -> str:
    """What becomes of a sheet with this content in sheetData; numbers of formats are left out."""
    raw = small({"Ark1": sheet_xml(data, after, root)})
    xml = parts(annotate(raw, report(remark(*cells)), FILE))["xl/worksheets/s1.xml"].decode()
    opened(annotate(raw, report(remark(*cells)), FILE))
    return _without(xml.partition(">")[2].removesuffix("</worksheet>"))


def _without(xml: str) -> str:
    """XML without the numbers of formats and the links back to the sheet for following up."""
    return re.sub(r'(?<=\bs=")\d+', "n", re.sub(r"<(x:)?hyperlinks>.*?</(x:)?hyperlinks>", "", xml))


HOOK = f'<legacyDrawing xmlns:r="{"http://schemas.openxmlformats.org/officeDocument/2006/relationships"}" r:id="rId2"/>'


def test_the_suspect_is_marked_strongly_and_what_speaks_against_it_lightly() -> None:
    path = next(p for p in SAMPLES if "social-mio-2024" in p.parts)
    copy = annotate(path.read_bytes(), run.check(path), path.name)
    assert fills(copy) == {"Regnskab 2024!F10": "strong error", "Overførsler!B7": "light error"}
    assert list(notes(copy)["sheet1.xml"]) == ["F10"]
    assert notes(copy)["sheet1.xml"]["F10"].splitlines() == [
        "✗ fejl · FIG001 Et tal passer ikke med de øvrige",
        "Hjælpemidler, over-/underskud 2024:",
        "Der står 0,9. Det er det eneste tal, der alene kan forklare fejlen.",
        "Efter alt at dømme skal der stå -0,9, med modsat fortegn.",
        "  „Regnskab 2024“ F10   0,9 mio. kr.",
        "  Overførsler B7       -0,9 mio. kr.",
        "Næste skridt: Slå Hjælpemidler, over-/underskud 2024 op i økonomisystemet. Står der -0,9, så ret 0,9.",
        "Se nr. 1 i arket Opfølgning.",
    ]


def test_where_several_may_be_wrong_each_is_marked_and_the_stated_one_tells_why(tmp_path: Path) -> None:
    path = hard(tmp_path / FILE)
    copy = annotate(path.read_bytes(), run.check(path), FILE)
    assert fills(copy) == {f"Regnskab 2023!D{row}": "strong error" for row in (6, 7, 8, 9)}
    found = notes(copy)["sheet1.xml"]
    assert list(found) == ["A2", "D9", "D6", "D7", "D8"]
    assert found["A2"] == "En note & et <tegn>"
    assert found["D9"].startswith("Tallet er afstemt\nmed banken\n– – – – –\n✗ fejl · SUM001 Delposterne giver ikke")
    assert "= beregnet" in found["D9"]
    assert found["D6"].splitlines()[1:] == [
        "Kan være det forkerte tal, men det kan også være et af de øvrige; se noten ved „Regnskab 2023“ D9.",
        "Se nr. 1 i arket Opfølgning.",
    ]


def test_a_note_that_was_there_grows_and_its_place_stays(tmp_path: Path) -> None:
    path = hard(tmp_path / FILE)
    raw = path.read_bytes()
    drawings = [parts(b)["xl/drawings/vmlDrawing1.vml"].decode() for b in (raw, annotate(raw, run.check(path), FILE))]
    places = [re.findall(r"<x:Anchor>\s*([\d, ]+)</x:Anchor>", xml) for xml in drawings]
    assert len(places[0]) == 2 and len(places[1]) == 5
    assert places[0][0] == places[1][0]  # the note of A2 is as it was
    old, new = ([int(n) for n in p[1].split(",")] for p in places)
    assert new[:4] == old[:4] and new[6] > old[6] + 10
    assert 'data="1,2"' in drawings[1]
    ids = re.findall(r'id="_x0000_s(\d+)"', drawings[1])
    assert len(set(ids)) == 5 and ids[2:] == ["2049", "2050", "2051"]


def test_strong_marks_come_before_light_ones_and_grave_before_mild() -> None:
    raw = small({"Ark1": sheet_xml('<row r="1"><c r="A1"/><c r="B1"/><c r="C1"/></row>')})
    waiver = Waiver("f", "v", "Aftalt med revisor", "Anna", "2026-01-05")
    accepted = with_waiver(remark("C1"), waiver)
    made = report(remark("A1", "B1", severity=NOTE), remark("A1", severity=WARNING), accepted)
    copy = annotate(raw, made, FILE)
    assert fills(copy) == {"Ark1!A1": "strong warning", "Ark1!B1": "strong note", "Ark1!C1": "light error"}
    found = notes(copy)["s1.xml"]
    assert found["A1"].count("– – – – –") == 1
    assert [line for line in found["A1"].splitlines() if line.startswith("Se nr.")] == [
        "Se nr. 2 i arket Opfølgning.",
        "Se nr. 1 i arket Opfølgning.",
    ]
    assert "Accepteret med begrundelse: Aftalt med revisor (Anna, 2026-01-05)" in found["C1"]


def test_cells_are_put_in_where_they_belong() -> None:
    assert marked('<row r="2"><c r="B2"><v>1</v></c><c r="D2"/></row>', "B2") == (
        f'<sheetData><row r="2"><c r="B2" s="n"><v>1</v></c><c r="D2"/></row></sheetData>{HOOK}'
    )
    assert marked('<row r="2"><c r="B2"><v>1</v></c><c r="D2"/></row>', "A2", "C2", "E2", "F2") == (
        '<sheetData><row r="2"><c r="A2" s="n"/><c r="B2"><v>1</v></c><c r="C2" s="n"/><c r="D2"/>'
        f'<c r="E2" s="n"/><c r="F2" s="n"/></row></sheetData>{HOOK}'
    )
    assert marked('<row r="3"><c r="A3"/></row>', "A1", "B1", "A2", "A4") == (
        '<sheetData><row r="1"><c r="A1" s="n"/><c r="B1" s="n"/></row><row r="2"><c r="A2" s="n"/></row>'
        f'<row r="3"><c r="A3"/></row><row r="4"><c r="A4" s="n"/></row></sheetData>{HOOK}'
    )
    assert marked('<row r="3" ht="20" />', "A3", "B3") == (
        f'<sheetData><row r="3" ht="20"><c r="A3" s="n"/><c r="B3" s="n"/></row></sheetData>{HOOK}'
    )


def test_cells_without_addresses_stand_behind_each_other() -> None:
    assert marked("<row><c><v>1</v></c><c><v>2</v></c></row><row><c t='b'><v>1</v></c></row>", "B1", "A2") == (
        '<sheetData><row><c><v>1</v></c><c s="n"><v>2</v></c></row><row><c t=\'b\' s="n"><v>1</v></c></row></sheetData>'
        + HOOK
    )


def test_an_empty_sheet_and_odd_writing() -> None:
    raw = small({"Ark1": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData /><x:extLst/></x:worksheet>'})
    xml = parts(annotate(raw, report(remark("B2")), FILE))["xl/worksheets/s1.xml"].decode()
    assert _without(xml) == (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" s="n"/></x:row></x:sheetData>'
        f"<x:{HOOK[1:]}<x:extLst/></x:worksheet>"
    )
    odd = "<row r='1'><c\n r = 'A1'\n s='0' xml:space='a&gt;b>c'><f>1>0</f><v>1</v></c><!-- <c r=\"B1\"/> --></row>"
    assert "<c\n r = 'A1'\n s=\"n\" xml:space='a&gt;b>c'><f>1>0</f>" in marked(odd, "A1")


def test_the_hook_of_notes_stands_where_excel_wants_it() -> None:
    root = ' xmlns:q="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    after = '<mergeCells><mergeCell ref=\'A1:B2\'/></mergeCells><pageMargins left="1"/><tableParts count="0"/><extLst/>'
    xml = marked('<row r="1"><c r="A1"/></row>', "B2", after=after, root=root)
    assert '<c r="A1" s="n"/>' in xml  # what shows a merged cell is its first
    assert '<pageMargins left="1"/><legacyDrawing q:id="rId2"/><tableParts count="0"/>' in xml


def test_a_missing_cell_looks_as_its_row_or_column_does(tmp_path: Path) -> None:
    path = hard(tmp_path / FILE)
    copy = annotate(path.read_bytes(), report(remark("E13", "B20", sheet="Regnskab 2023")), FILE)
    sheet = opened(copy)["Regnskab 2023"]
    assert sheet["E13"].font.b is True  # the row is bold
    assert sheet["B20"].font.b is False


def test_a_sheet_in_utf_16_becomes_utf_8() -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?>' + sheet_xml(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Æ</t></is></c></row>'
    )
    raw = small({"Ark1": ""}, {"xl/worksheets/s1.xml": xml.encode("utf-16")})
    made = parts(annotate(raw, report(remark("A1")), FILE))["xl/worksheets/s1.xml"]
    assert made.startswith(b'<?xml version="1.0" encoding="UTF-8"?><worksheet') and "Æ".encode() in made


def test_a_thread_of_comments_is_left_alone() -> None:
    """Excel writes the note of such a cell anew from the thread, so ours would be lost: only the fill is set."""
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/t1.xml"/></Relationships>'
    )
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1" id="{1}"><text>Hvorfor?</text></threadedComment></ThreadedComments>'
    )
    raw = small(
        {"Ark1": sheet_xml('<row r="1"><c r="A1"/></row>')},
        {"xl/worksheets/_rels/s1.xml.rels": rels.encode(), "xl/threadedComments/t1.xml": thread.encode()},
    )
    copy = annotate(raw, report(remark("A1"), remark("B1")), FILE)
    assert fills(copy) == {"Ark1!A1": "strong error", "Ark1!B1": "strong error"}
    assert list(notes(copy)["s1.xml"]) == ["B1"]
    assert parts(copy)["xl/threadedComments/t1.xml"] == thread.encode()


def test_findings_keep_the_numbers_of_the_report_and_those_of_other_files_are_left_out() -> None:
    other, ours, nowhere = remark("A1", file="andet.xlsx"), remark("A1", severity=WARNING), remark()
    found = entries(report(ours, other, nowhere), FILE)
    assert [(e.number, e.finding) for e in found] == [(3, nowhere), (1, ours)]
    hidden = replace(remark(), outcomes=(replace(remark().outcomes[0], places=(Place(FILE, sheet="Ark1"),)),))
    (entry,) = entries(report(hidden), FILE)
    assert entry.strong == (Place(FILE, sheet="Ark1"),)


@pytest.mark.parametrize("severity", [ERROR, WARNING, NOTE])
def test_texts_can_be_read_on_their_fills(severity: str) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for fill, text in (STRONG[severity], LIGHT[severity]):
        assert (light(fill) + 0.05) / (light(text) + 0.05) >= 4.5


def test_many_notes_have_numbers_of_their_own() -> None:
    cells = [f"A{n}" for n in range(1, 1_101)]
    raw = small({"Ark1": sheet_xml(""), "Ark2": sheet_xml("")})
    copy = annotate(raw, report(*(remark(c) for c in cells), remark("A1", sheet="Ark2")), FILE)
    drawings = [data.decode() for name, data in parts(copy).items() if name.endswith(".vml")]
    ids = [int(n) for xml in drawings for n in re.findall(r'id="_x0000_s(\d+)"', xml)]
    assert len(set(ids)) == 1_101
    assert [re.findall(r'idmap v:ext="edit" data="([\d,]+)"', xml) for xml in drawings] == [["1,2"], ["3"]]
    assert {n // 1024 for n in ids} == {1, 2, 3} and all(n % 1024 for n in ids)


LINKED = '<hyperlink ref="A1:A2" location="Ark1!B9"/>'


@pytest.mark.parametrize(
    ("after", "before"),
    [
        ("", "</sheetData>"),
        ('<mergeCells count="0"/><pageMargins left="1"/>', '<mergeCells count="0"/>'),
        (f"<hyperlinks>{LINKED}</hyperlinks><pageMargins/>", f"<hyperlinks>{LINKED}"),
        ("<hyperlinks/><pageMargins/>", "</sheetData><hyperlinks>"),
    ],
)
def test_a_marked_cell_leads_back_to_its_row_and_keeps_a_link_of_its_own(after: str, before: str) -> None:
    raw = small({"Ark1": sheet_xml('<row r="1"><c r="A1"/><c r="B1"/></row>', after)})
    copy = annotate(raw, report(remark("A1", "B1")), FILE)
    xml = parts(copy)["xl/worksheets/s1.xml"].decode()
    own = LINKED in after
    link = '<hyperlink ref="{}" location="\'Opfølgning\'!A7" tooltip="Opfølgning, 7"/>'
    wanted = link.format("B1") if own else link.format("A1") + link.format("B1")
    assert (
        f"{before}{'' if before.endswith('>') and 'hyperlinks' in before else '<hyperlinks>'}{wanted}</hyperlinks>"
        in xml
    )
    assert opened(copy)["Ark1"]["B1"].hyperlink.location == "'Opfølgning'!A7"
    if own:
        assert opened(copy)["Ark1"]["A1"].hyperlink.location == "Ark1!B9"
