"""What does the reader of PDF say of files that are damaged, locked, blank, scanned or made to do harm?"""

from __future__ import annotations

import random
import zlib
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import pdfencrypt

from checker.errors import SubmissionError
from checker.readers import pdf_guard, pdf_open
from tests.readers.pdfs import HEIGHT, WIDTH, Paper, pdf, read_pdf, said


def text_page(paper: Paper) -> None:
    paper.text(60, 60, "Teknik- og Miljøudvalget", "Veje 41.487")


def blank(_paper: Paper) -> None:
    """Nothing."""


def scan(paper: Paper) -> None:
    paper.picture(0, 0, WIDTH, HEIGHT)


def key_of(path: Path) -> str:
    """The key of the error that reading gives; each must have its text in both languages."""
    with pytest.raises(SubmissionError) as caught:
        read_pdf(path)
    assert caught.value.render("da") != caught.value.render("en")
    return caught.value.key


def raw(path: Path, content: bytes = b"", **objects: bytes) -> Path:
    """A file of one page with this content stream; `objects` (o7=…) stand beside the usual ones, 1 to 5."""
    font = objects.pop("font", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    resources = objects.pop("resources", b"<</Font<</F 5 0 R>>>>")
    every = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources " + resources + b">>",
        4: stream(content),
        5: font,
        **{int(name[1:]): data for name, data in objects.items()},
    }
    out, at = b"%PDF-1.7\n", {}
    for number, data in sorted(every.items()):
        at[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    table = b"xref\n0 1\n0000000000 65535 f \n"
    table += b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in at.items())
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(every) + 1, len(out))
    path.write_bytes(out + table + trailer)
    return path


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


HELLO = b"BT /F 12 Tf 72 720 Td (Veje 41.487) Tj ET "


def test_the_plain_file_of_these_tests_is_read(tmp_path: Path) -> None:
    assert said(read_pdf(raw(tmp_path / "a.pdf", HELLO))) == ["Veje 41.487"]


def test_files_that_are_no_pdf_or_lack_their_end(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", text_page)
    whole = path.read_bytes()
    path.write_bytes(b"PK\x03\x04" + b"x" * 3000)
    assert key_of(path) == "input.no_pdf"
    path.write_bytes(whole[: len(whole) // 2])
    assert key_of(path) == "input.damaged_pdf"
    path.write_bytes(b"%PDF-1.4\n" + b"\0" * 500 + b"%%EOF")
    assert key_of(path) == "input.damaged_pdf"
    path.write_bytes(b"")
    assert key_of(path) == "input.empty"


def test_a_page_less_than_the_file_states_is_damage(tmp_path: Path) -> None:
    path = raw(tmp_path / "a.pdf", HELLO, o2=b"<</Type/Pages/Kids[3 0 R]/Count 3>>")
    assert key_of(path) == "input.damaged_pdf"


def test_passwords(tmp_path: Path) -> None:
    locked = pdfencrypt.StandardEncryption("hemmelig", ownerPassword="ejer", strength=128)
    assert key_of(pdf(tmp_path / "a.pdf", text_page, encrypt=locked)) == "input.encrypted_pdf"
    open_ = pdfencrypt.StandardEncryption("", ownerPassword="ejer", canPrint=0, strength=128)
    document = read_pdf(pdf(tmp_path / "b.pdf", text_page, encrypt=open_))
    assert said(document) == ["Teknik- og Miljøudvalget", "Veje 41.487"]


def test_nothing_but_pictures_and_nothing_at_all(tmp_path: Path) -> None:
    assert key_of(pdf(tmp_path / "a.pdf", scan, scan)) == "input.pdf_without_text"
    assert key_of(pdf(tmp_path / "a.pdf", blank)) == "input.pdf_blank"


def test_a_stream_that_cannot_be_unpacked_is_a_page_that_is_not_read(tmp_path: Path) -> None:
    packed = zlib.compress(HELLO * 50)
    broken = packed[:20] + b"\xff\xff\xff" + packed[23:]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    path = raw(
        tmp_path / "a.pdf",
        HELLO,
        o2=b"<</Type/Pages/Kids[3 0 R 7 0 R]/Count 2>>",
        o6=stream(broken, b"/Filter/FlateDecode"),
        o7=page,
    )
    document = read_pdf(path)
    assert [(t.code, t.what) for t in document.traps] == [("page_not_read", "side 2")]


def test_a_page_that_makes_the_library_fail_is_said(tmp_path: Path) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 (x) 842]/Contents 4 0 R>>"
    path = raw(tmp_path / "a.pdf", HELLO, o2=b"<</Type/Pages/Kids[3 0 R 7 0 R]/Count 2>>", o7=page)
    assert [(t.code, t.what) for t in read_pdf(path).traps] == [("page_not_read", "side 2")]


def test_streams_that_unpack_to_no_end(tmp_path: Path) -> None:
    bomb = zlib.compress(b" " * (pdf_guard.MAX_UNPACKED + 10))
    assert key_of(raw(tmp_path / "a.pdf", o4=stream(bomb, b"/Filter/FlateDecode"))) == "input.pdf_too_much"
    twice = zlib.compress(bomb)
    path = raw(tmp_path / "a.pdf", o4=stream(twice, b"/Filter[/FlateDecode/FlateDecode]"))
    assert key_of(path) == "input.pdf_too_much"
    for other in (b"/LZWDecode", b"/RunLengthDecode"):
        data = b"\x80\x0b" * (pdf_guard.MAX_PACKED_OTHERWISE // 2 + 10)
        assert key_of(raw(tmp_path / "a.pdf", o4=stream(data, b"/Filter" + other))) == "input.pdf_too_much"


def form(inner: bytes, resources: bytes = b"") -> bytes:
    return stream(inner, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + resources)


def test_forms_within_forms(tmp_path: Path) -> None:
    itself = form(b"/X Do", b"/Resources<</XObject<</X 6 0 R>>>>")
    path = raw(tmp_path / "a.pdf", b"/X Do", resources=b"<</XObject<</X 6 0 R>>>>", o6=itself)
    assert key_of(path) in ("input.pdf_too_much", "input.pdf_blank")
    levels: dict[str, bytes] = {}
    for number in range(10, 18):
        inner = b"/X Do " * 12 if number < 17 else HELLO
        levels[f"o{number}"] = form(inner, b"/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>" % (number + 1))
    path = raw(tmp_path / "a.pdf", b"/X Do", resources=b"<</XObject<</X 10 0 R>>>>", **levels)
    assert key_of(path) == "input.pdf_too_much"


def test_fonts_with_thousands_of_millions_of_characters(tmp_path: Path) -> None:
    codes = (
        b"/CIDInit /ProcSet findresource begin begincmap\n1 beginbfrange\n<00000000> <FFFFFFFF> <0041>\n"
        b"endbfrange\nendcmap end"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    assert key_of(raw(tmp_path / "a.pdf", HELLO, font=font, o6=stream(codes))) == "input.pdf_too_much"
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/A>>/W[0 4000000000 500]>>"
    )
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[7 0 R]>>"
    assert key_of(raw(tmp_path / "a.pdf", HELLO, font=font, o7=descendant)) == "input.pdf_too_much"


def test_too_many_pages_and_things_on_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_open, "MAX_PAGES", 3)
    assert key_of(pdf(tmp_path / "a.pdf", *[text_page] * 4)) == "input.too_many_pages"
    monkeypatch.setattr(pdf_guard, "MAX_OBJECTS_OF_PAGE", 100)
    assert key_of(raw(tmp_path / "a.pdf", HELLO * 20)) == "input.pdf_too_much"


def test_pages_that_hold_themselves_and_arrays_without_end(tmp_path: Path) -> None:
    path = raw(tmp_path / "a.pdf", HELLO, o2=b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1>>")
    assert said(read_pdf(path)) == ["Veje 41.487"]
    deep = b"[" * 100_000 + b"]" * 100_000
    path = raw(tmp_path / "a.pdf", HELLO, o3=b"<</Type/Page/Parent 2 0 R/MediaBox " + deep + b"/Contents 4 0 R>>")
    assert key_of(path).startswith("input.")


def test_a_page_full_of_rules_is_a_drawing(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        text_page(paper)
        for number in range(3000):
            paper.across(100 + number * 0.23, 50 + number % 7 * 60, 80 + number % 7 * 60)
            paper.down(50 + number * 0.16, 100, 700)

    assert said(read_pdf(pdf(tmp_path / "a.pdf", page))) == ["Teknik- og Miljøudvalget", "Veje 41.487"]


def test_nothing_is_written_to_stderr(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    read_pdf(raw(tmp_path / "a.pdf", HELLO + b"/Nope gs 1 2 3 Tj (x) Tj BX foo EX 5 0 0 rg ( ) Tf"))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("seed", range(40))
def test_damaged_bytes_give_a_document_or_an_error(tmp_path: Path, seed: int) -> None:
    def page(paper: Paper) -> None:
        text_page(paper)
        paper.grid((60, 200, 280, 360), 150, [("Område", "2022", "2023"), ("Veje", "61.204", "62.500")])

    path = pdf(tmp_path / "a.pdf", page, page, pageCompression=seed % 2)
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(9, len(data) - 6)] = chance.randrange(256)
    path.write_bytes(bytes(data))
    try:
        read_pdf(path)
    except SubmissionError as error:
        assert error.key.startswith("input.")


def test_shape_of_errors_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError) as caught:
        read_pdf(pdf(tmp_path / "bilag.pdf", scan))
    shown: Any = caught.value.render("da")
    assert shown == (
        "bilag.pdf: PDF-filen indeholder ingen tekst, kun billeder af siderne (den er formentlig scannet); "
        "bed om den som Word eller Excel"
    )
