"""Hostile, damaged and mistaken Word files: each ends in its own error, and nothing else comes out."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest

from checker.errors import SubmissionError
from checker.readers import docx_tree, package, read_document, source
from tests.readers.binary import compound
from tests.readers.sheets import refused
from tests.readers.test_bad_input import file, good, repaired, stored
from tests.readers.test_docx import item, notes, numbering, reference
from tests.readers.word import deleted, docx, field, p, part, r, relations, tbl, tc, tr
from tests.readers.word import package as zipped


@pytest.mark.parametrize("ending", [".docx", ".docm"])
def test_files_that_are_no_word_documents(tmp_path: Path, ending: str) -> None:
    def made(raw: bytes) -> str:
        return refused(file(tmp_path, "a" + ending, raw))

    assert made(b"") == "input.empty"
    assert made(b" \r\n ") == "input.empty"
    for raw in (
        b"Hej",
        b"{\\rtf1 hej}",
        b"<html><p>hej</p></html>",
        b"%PDF-1.7",
        b"<?xml version='1.0'?><w:wordDocument/>",
    ):
        assert made(raw) == "input.no_word"
    assert made(good(tmp_path)) == "input.no_word"
    assert made(compound(b"x", "WordDocument")) == "input.old_doc"
    assert made(compound(b"x", "Workbook")) == "input.no_word"
    assert made(compound(b"x", "EncryptedPackage")) == "input.encrypted"
    assert made(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)) == "input.damaged_word"


def test_other_zips(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    assert refused(zipped(path, {"a.txt": "x"})) == "input.no_word"
    assert refused(zipped(path, {"mimetype": "application/vnd.oasis.opendocument.text"})) == "input.no_word"
    links = relations({"a": ("officeDocument", "word/document.xml")})
    assert refused(zipped(path, {"_rels/.rels": links})) == "input.no_word"
    for root in ("w:glossaryDocument", "workbook", "w:p"):
        assert refused(zipped(path, {"_rels/.rels": links, "word/document.xml": part(root, p("x"))})) == "input.no_word"


@pytest.mark.parametrize("name", ["~$gnskab.docx", "~$a.docm"])
def test_the_lock_file_of_an_open_document(tmp_path: Path, name: str) -> None:
    with pytest.raises(SubmissionError) as error:
        read_document(file(tmp_path, name, b"\x05Hansen"))
    assert str(error.value) == (
        f"{name}: er kun Words mærke for, at et dokument er åbent; gem og luk dokumentet, og angiv det i stedet"
    )


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamps = iter([(5, 1, 1), (5, 1, 2)])
    monkeypatch.setattr(source, "_stamp", lambda _path: next(stamps))
    assert refused(file(tmp_path, "a.docx", b"PK\x03\x04x")) == "input.word_changed"


def test_a_document_without_text(tmp_path: Path) -> None:
    picture = "<w:r><w:drawing/></w:r>"
    for body in ("", p(), p(picture), tbl(["", ""]), p(deleted("væk")), p(r("skjult", "<w:vanish/>"))):
        assert refused(docx(tmp_path / "a.docx", body)) == "input.word_no_text"


def test_text_that_stands_in_other_files(tmp_path: Path) -> None:
    for element in ("altChunk", "subDoc"):
        assert refused(docx(tmp_path / "a.docx", p("x") + f'<w:{element} r:id="a"/>')) == "input.word_parts_outside"


def test_a_truncated_document(tmp_path: Path) -> None:
    raw = docx(tmp_path / "a.docx", "".join(p(f"afsnit {n}") for n in range(500))).read_bytes()
    for end in (20, 500, len(raw) // 2, len(raw) - 30, len(raw) - 1):
        assert refused(file(tmp_path, "b.docx", raw[:end])) == "input.damaged_word"


def test_xml_that_is_not_whole(tmp_path: Path) -> None:
    for body in ("<w:p>", "<w:p></w:r></w:p>", p("a & b").replace("&amp;", "&"), p("\x01"), "<w:p a='1' a='2'/>"):
        assert refused(docx(tmp_path / "a.docx", body)) == "input.damaged_word"
    for name in ("styles", "numbering", "footnotes", "settings", "comments"):
        assert refused(docx(tmp_path / "a.docx", p("x"), None, **{name: "<w:p>"})) == "input.damaged_word"


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    )
    outside = bomb.replace('"ha"', 'SYSTEM "file:///etc/passwd"')
    links = relations({"a": ("officeDocument", "word/document.xml")})
    for xml in (bomb, outside):
        path = zipped(tmp_path / "a.docx", {"_rels/.rels": links, "word/document.xml": xml})
        assert refused(path) == "input.word_doctype"


def test_missing_parts_leave_the_rest(tmp_path: Path) -> None:
    links = {
        "s": ("styles", "styles.xml"),
        "n": ("numbering", "x.xml"),
        "f": ("footnotes", "f.xml"),
        "h": ("header", "h"),
    }
    body = (
        p("Tekst", reference(1), style="Overskrift1")
        + item("punkt")
        + '<w:sectPr><w:headerReference r:id="h"/></w:sectPr>'
    )
    files = {
        "_rels/.rels": relations({"a": ("officeDocument", "word/document.xml")}),
        "word/document.xml": part("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(links),
    }
    assert refused(zipped(tmp_path / "a.docx", files)) == "read"
    assert [getattr(b, "text", "") for b in read_document(tmp_path / "a.docx").blocks] == ["Tekst", "punkt"]


def test_zip_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    assert path.stat().st_size < 100_000
    assert refused(path) == "input.word_unpacks_too_large"
    monkeypatch.setattr(package, "MAX_UNPACKED", 500)
    assert refused(docx(path, p("x" * 500))) == "input.word_unpacks_too_large"


def test_elements_within_each_other_without_end(tmp_path: Path) -> None:
    def nested(start: str, end: str, times: int) -> str:
        return start * times + p("x") + end * times

    path = tmp_path / "a.docx"
    table = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
    assert refused(docx(path, nested(*table, 40))) == "read"
    for start, end in (
        table,
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        ("<w:p><w:ins>", "</w:ins></w:p>"),
        ("<w:p><w:r>", "</w:r></w:p>"),
        ("<w:sdtPr>", "</w:sdtPr>"),
        ("<w:tabs><w:del>", "</w:del></w:tabs>"),
    ):
        assert refused(docx(path, nested(start, end, 5000))) == "input.word_too_deep", start
    for element in ("ins", "del", "r", "fldSimple"):
        inner = f"<w:{element}>" * 149 + f"</w:{element}>" * 149
        assert refused(docx(path, f"<w:p>{inner}</w:p>")) == "input.word_too_deep"
        assert refused(docx(path, p("x") + f"<w:p>{f'<w:{element}>' * 140 + f'</w:{element}>' * 140}</w:p>")) == "read"


def test_more_than_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = docx(tmp_path / "a.docx", p("x" * 50) * 30 + tbl(*[["a", "b"]] * 30))
    for limit, number in (("MAX_ELEMENTS", 300), ("MAX_KEPT", 150), ("MAX_CHARACTERS", 1500)):
        with monkeypatch.context() as patch:
            patch.setattr(docx_tree, limit, number)
            assert refused(path) == "input.word_too_many_elements", limit
    monkeypatch.setattr(docx_tree, "MAX_KEPT", 400)
    assert refused(path) == "read"


def test_numbers_out_of_all_bounds(tmp_path: Path) -> None:
    wild = ("999999999", "-999999999", "9" * 5000, "x", "", "1e9", "٣")
    for said in wild:
        body = "".join(
            (
                tbl(
                    tr(
                        tc("a", properties=f'<w:gridSpan w:val="{said}"/>'),
                        "1",
                        properties=f'<w:gridBefore w:val="{said}"/>',
                    ),
                    ["b", "2"],
                    widths=(1, 2),
                ),
                p("x", properties=f'<w:numPr><w:ilvl w:val="{said}"/><w:numId w:val="1"/></w:numPr>'),
                p("y", properties=f'<w:outlineLvl w:val="{said}"/><w:ind w:left="{said}"/>'),
                p("z", properties=f'<w:numPr><w:numId w:val="{said}"/></w:numPr>'),
            )
        )
        kind = numbering("lowerLetter %1.", "decimal " + "%1" * 500).replace(
            'w:start w:val="1"', f'w:start w:val="{said}"'
        )
        assert refused(docx(tmp_path / "a.docx", body, numbering=kind)) == "read", said


def test_circles(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("ab", "ba", "cc")
    )
    kind = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    footnotes = notes("footnote", p("se", reference(1), reference(2)), p("og", reference(1)))
    body = p("x", reference(1), style="a") + p("y", style="c") + item("z")
    assert refused(docx(tmp_path / "a.docx", body, styles=styles, numbering=kind, footnotes=footnotes)) == "read"


HOSTILE = {
    "fields that are never ended": lambda: p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + r("x" * 9) * 20_000
    ),
    "results that are never ended": lambda: p(
        '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>' * 20_000 + r("x") * 20_000
    ),
    "paragraphs that are all joined": lambda: p("x ", properties="<w:rPr><w:del/></w:rPr>") * 20_000,
    "a long code": lambda: p(field("A" * 200_000, r("x"))) * 20,
    "changes": lambda: p((deleted("a") + r("b")) * 20_000),
    "rows of a cell each, ever farther to the right": lambda: tbl(
        *(tr("a", properties=f'<w:gridBefore w:val="{n}"/>') for n in range(1500))
    ),
    "tabs": lambda: p("<w:r>" + "<w:tab/>" * 50_000 + "<w:t>1</w:t></w:r>") * 2,
    "blanks": lambda: p(" " * 500_000 + "1" + " " * 500_000),
    "digits": lambda: p("1 " * 200_000) + p("1." * 200_000) + p("9" * 200_000),
    "text boxes": lambda: p(f"<w:r><w:txbxContent>{p('x')}</w:txbxContent></w:r>" * 20_000),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_nothing_takes_long(tmp_path: Path, case: str) -> None:
    path = docx(tmp_path / "a.docx", HOSTILE[case]() + p("slut 1"))
    began = time.process_time()
    assert refused(path) in ("read", "input.word_table_too_large")
    assert time.process_time() - began < 10


def rich(tmp_path: Path) -> Path:
    """A document with something of everything."""
    body = (
        p("Overskrift", style="Overskrift1")
        + item("punkt")
        + p("kr. 1.200", reference(1), deleted("1"), field("PAGE", r("2")))
        + tbl(["Linje", "Kr."], tr(tc("a", properties='<w:gridSpan w:val="2"/><w:vMerge/>'), "1"), ["b", "2"])
        + p(f"<w:r><w:txbxContent>{p('boks')}</w:txbxContent></w:r>")
        + '<w:sectPr><w:headerReference w:type="default" r:id="h1"/></w:sectPr>'
    )
    styles = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/></w:style>'
    return docx(
        tmp_path / "whole.docx",
        body,
        {"h1": p("hoved")},
        styles=styles,
        numbering=numbering("decimal %1."),
        footnotes=notes("footnote", p("note")),
        comments='<w:comment w:id="1"/>',
    )


def test_damaged_bytes_are_refused_or_read_but_never_crash(tmp_path: Path) -> None:
    whole = stored(rich(tmp_path).read_bytes())
    dice = random.Random(1)
    results = set()
    for _ in range(400):
        raw = bytearray(whole)
        for _ in range(dice.choice([1, 3, 30])):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        results.add(refused(file(tmp_path, "a.docx", repaired(bytes(raw)))))
    assert results <= {"read", "input.damaged_word", "input.no_word", "input.word_doctype", "input.word_no_text"}
    assert len(results) > 1


def test_elements_put_at_random_are_refused_or_read_but_never_crash(tmp_path: Path) -> None:
    """Whatever stands within whatever: the walk takes nothing for granted."""
    names = sorted(
        docx_tree._KEPT | {"t", "tab", "br", "delText", "instrText", "AlternateContent", "Choice", "Fallback", "sym"}
    )
    dice = random.Random(2)

    def element(depth: int) -> str:
        name = dice.choice(names)
        value = dice.choice(["1", "0", "restart", "begin", "separate", "end", "superscript", "A", ""])
        inner = "".join(element(depth + 1) for _ in range(dice.randrange(4))) if depth < 6 else "5"
        attributes = f'w:val="{value}" w:id="{value}" w:fldCharType="{value}" w:styleId="{value}" w:ilvl="{value}"'
        return f"<w:{name} {attributes}>{inner}</w:{name}>"

    for _ in range(150):
        pieces = ["".join(element(0) for _ in range(8)) for _ in range(5)]
        body = "".join(p(element(1), element(2)) + tbl(tr(tc(element(1)))) + element(0) for _ in range(4))
        path = docx(
            tmp_path / "a.docx",
            body,
            styles=pieces[0],
            numbering=pieces[1],
            footnotes=pieces[2],
            settings=pieces[3],
            comments=pieces[4],
        )
        assert refused(path) in ("read", "input.word_no_text", "input.word_parts_outside")


def test_a_zip_with_two_parts_of_one_name_is_read_by_the_last(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("først"))
    out = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("WORD/Document.xml", part("w:document", f"<w:body>{p('sidst')}</w:body>"))
    path.write_bytes(out.getvalue())
    assert [getattr(b, "text", "") for b in read_document(path).blocks] == ["sidst"]
