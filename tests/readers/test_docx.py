"""What the Word reader makes of paragraphs: words, numbers, changes, notes, boxes, running heads."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from checker.amounts.tokens import count
from checker.model.document import Document, Paragraph
from checker.readers import read_document
from tests.readers.word import deleted, docx, field, ins, p, r, said, t, tbl, tc, tr

HEADINGS = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="O1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Vores"/><w:basedOn w:val="O1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Niveau"><w:name w:val="Afsnit"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Brod"><w:name w:val="Brød"/><w:basedOn w:val="O1"/>'
    '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="INDHOLD"><w:name w:val="toc 1"/></w:style>'
)


def read(tmp_path: Path, *body: str, heads: dict[str, str] | None = None, **parts: str) -> list[str]:
    """What is read of a body; the reader's own count must be that of what it gives."""
    path = docx(tmp_path / "a.docx", "".join(body), heads, **parts)
    document = read_document(path)
    assert [c.tokens for c in document.counts] == [held(document)]
    return said(path)


def held(document: Document) -> int:
    """The number-like pieces in all blocks."""
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    cells = [c for b in document.blocks if not isinstance(b, Paragraph) for row in b.rows for c in row.cells]
    return sum(count(text) for text in texts) + sum(count(c.text) for c in cells if not c.repeated)


def test_paragraphs_and_rows_are_numbered_together(tmp_path: Path) -> None:
    body = [p("Regnskab 2021"), p(), p("  "), tbl(["Linje", "Beløb"], ["Løn", "1.200"]), p("Slut ", r("på det"))]
    assert read(tmp_path, *body) == [
        "1 Regnskab 2021",
        "T word",
        "2 | Linje | Beløb",
        "3 | Løn | 1.200",
        "4 Slut på det",
    ]


def test_the_document_says_how_it_was_read(tmp_path: Path) -> None:
    document = read_document(docx(tmp_path / "a.DOCX", p("Regnskab 2021 og 2022")), "mappe/a.DOCX")
    assert (document.file, document.encoding, document.traps) == ("mappe/a.DOCX", "docx", ())
    assert [(c.where, c.tokens) for c in document.counts] == [("", 2)]
    assert len(document.sha256) == 64
    assert [(b.page, b.flow) for b in document.blocks if isinstance(b, Paragraph)] == [(None, True)]


def test_headings_by_style_name_by_style_based_on_it_and_by_outline_level(tmp_path: Path) -> None:
    body = [
        p("a", style="Titel"),
        p("b", style="O1"),
        p("c", style="Egen"),
        p("d", style="Niveau"),
        p("e", style="Brod"),
        p("f", properties='<w:outlineLvl w:val="1"/>'),
        p("g", style="O1", properties='<w:outlineLvl w:val="9"/>'),
        p("h", style="Overskrift9"),
        p("i", style="Heading 2"),
        p("j"),
        p("k", style="ukendt"),
    ]
    assert read(tmp_path, *body, styles=HEADINGS) == [
        "1 [h1] a",
        "2 [h1] b",
        "3 [h1] c",
        "4 [h4] d",
        "5 e",
        "6 [h2] f",
        "7 g",
        "8 [h9] h",
        "9 [h2] i",
        "10 j",
        "11 k",
    ]


def test_marks_inside_words(tmp_path: Path) -> None:
    odd = t("f\u00adg\u2011h 1\u00a0200")
    inner = (
        f"<w:r>{t('a')}<w:br/>{t('b')}<w:tab/>{t('c')}<w:noBreakHyphen/>{t('d')}<w:softHyphen/>{t('e')}<w:cr/></w:r>"
        f"<w:r>{odd}<w:br w:type='page'/>{t('  i ')}<w:ptab/>{t('1')}<w:tab/>{t('200')}</w:r>"
        '<w:r><w:sym w:font="Symbol" w:char="F02D"/><w:sym w:font="Wingdings" w:char="F02D"/><w:t> j </w:t></w:r>'
    )
    assert read(tmp_path, p(inner)) == ["1 a\nb c-de\nfg-h 1\u00a0200\ni  1  200−j"]


def test_what_only_wraps_is_passed_through(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtPr><w:rPr/><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = [
        control.format(
            p("blok ", control.format(r("løb")), '<w:hyperlink r:id="x">' + r(" henvisning") + "</w:hyperlink>")
        ),
        f"<w:customXml>{p('<w:smartTag>' + r('mærke') + '</w:smartTag>')}</w:customXml>",
        tbl(
            control.format(tr("a", control.format(tc("1.000")))),
            tr("b", control.format(tc(control.format(p("2.000"))))),
        ),
        p('<w:bdo w:val="rtl">' + r("bdo") + "</w:bdo>", '<w:proofErr w:type="x"/><w:bookmarkStart w:id="1"/>'),
    ]
    assert read(tmp_path, *body) == [
        "1 blok løb henvisning", "2 mærke", "T word", "3 | a | 1.000", "4 | b | 2.000", "5 bdo",
    ]  # fmt: skip


def test_fields_show_their_result(tmp_path: Path) -> None:
    body = [
        p("Sum ", field(" =SUM(ABOVE) ", r("1.200")), " kr."),
        p('<w:fldSimple w:instr=" REF a "><w:r>' + t("henvist") + "</w:r></w:fldSimple>"),
        p(field(" IF " + "</w:instrText></w:r>" + field("DOCPROPERTY x", r("99")) + '<w:r><w:instrText>"a"', r("ja"))),
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("koden slutter aldrig")),
        p("Næste"),
        p(field(" PAGE ", r("7"))),
    ]
    assert read(tmp_path, *body) == ["1 Sum 1.200 kr.", "2 henvist", "3 ja", "4 Næste", "5 7"]


def test_a_field_may_go_on_over_paragraphs(tmp_path: Path) -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    line = f"<w:r>{t('Indledning')}<w:tab/>{t('3')}</w:r>"
    body = [
        p(begin, line, style="INDHOLD"),
        p(line, style="INDHOLD"),
        p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "Efter"),
    ]
    assert read(tmp_path, *body, styles=HEADINGS) == [
        "1 [furniture] Indledning 3", "2 [furniture] Indledning 3", "3 Efter",
    ]  # fmt: skip


def test_tracked_changes_are_read_as_accepted_and_said(tmp_path: Path) -> None:
    move = '<w:{0} w:id="1" w:author="A"><w:r><w:t xml:space="preserve">flyttet </w:t></w:r></w:{0}>'
    body = [
        p("Forbruget er ", deleted("1.200"), ins(r("1.300")), " kr."),
        p(move.format("moveFrom"), "blev"),
        p("er ", move.format("moveTo"), "hertil"),
        p(deleted("En"), ins(r("To")), " og ", deleted("tre"), ins(r("fire"))),
        p("Uændret ", ins(deleted("foreslået og fortrudt"))),
        p(r("Ny form", '<w:b/><w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange>')),
        p(deleted("x" * 70)),
        p("Sidste"),
    ]
    assert read(tmp_path, *body) == [
        "1 Forbruget er 1.300 kr.",
        "2 blev",
        "3 er flyttet hertil",
        "4 To og fire",
        "5 Uændret",
        "6 Ny form",
        "7 Sidste",
        'tracked_change @ P1: udgår: "1.200", nyt: "1.300"',
        'tracked_change @ P2: udgår: "flyttet"',
        'tracked_change @ P3: nyt: "flyttet"',
        'tracked_change @ P4: udgår: "En … tre", nyt: "To … fire"',
        'tracked_change @ P5: udgår: "foreslået og fortrudt"',
        f'tracked_change @ before 7: udgår: "{"x" * 59}…"',
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    body = [
        p("Et afsnit ", properties=gone),
        p("der går videre"),
        p("Et til", properties=gone),
        tbl(["a", "1"], ["b", "2"]),
        p("Det sidste", properties=gone),
    ]
    assert read(tmp_path, *body) == [
        "1 Et afsnit der går videre", "2 Et til", "T word", "3 | a | 1", "4 | b | 2", "5 Det sidste",
        'tracked_change @ P1: udgår: "¶"', 'tracked_change @ P2: udgår: "¶"', 'tracked_change @ P3: udgår: "¶"',
    ]  # fmt: skip


def test_a_hidden_mark_and_a_large_first_letter_join_paragraphs_too(tmp_path: Path) -> None:
    body = [
        p("Indløbende.", properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>"),
        p(" Teksten"),
        p("D", properties='<w:framePr w:dropCap="drop" w:lines="3"/>'),
        p("riften"),
    ]
    assert read(tmp_path, *body) == ["1 Indløbende. Teksten", "2 Driften"]


def test_hidden_text_is_said_and_not_read(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Skjult"><w:name w:val="s"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Hel"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Arvet"><w:name w:val="a"/><w:basedOn w:val="Hel"/></w:style>'
    )
    body = [
        p("Vist ", r("1.200", "<w:vanish/>"), r("og mere", '<w:vanish w:val="0"/>')),
        p(r("af stil", '<w:rStyle w:val="Skjult"/>'), r(" "), "men"),
        p("hele afsnittet 5", style="Arvet"),
        p(r("vist alligevel", '<w:vanish w:val="false"/>'), r(" dobbelt", '<w:rStyle w:val="Skjult"/>'), style="Hel"),
        p(r("  ", "<w:vanish/>"), "blanke er intet"),
    ]
    assert read(tmp_path, *body, styles=styles) == [
        "1 Vist og mere",
        "2 men",
        "3 vist alligevel dobbelt",
        "4 blanke er intet",
        "hidden_text @ P1: 1.200",
        "hidden_text @ P2: af stil",
        "hidden_text @ before 3: hele afsnittet 5",
    ]


def test_of_alternatives_one_is_read(tmp_path: Path) -> None:
    def choose(*inner: str) -> str:
        return f"<mc:AlternateContent>{''.join(inner)}</mc:AlternateContent>"

    def choice(inner: str) -> str:
        return f"<mc:Choice Requires='wps'>{inner}</mc:Choice>"

    def instead(inner: str) -> str:
        return f"<mc:Fallback>{inner}</mc:Fallback>"

    body = [
        p(choose(choice(r("1")), instead(r("2")))),
        p(choose(instead(r("3")))),
        p(choose(choice(choose(choice(r("4")), instead(r("5")))), choice(r("6")))),
    ]
    assert read(tmp_path, *body) == ["1 1", "2 3", "3 4"]


def box(inner: str) -> str:
    """A text box as Word writes it, with the same once more for older programs."""
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp>"
    new = f"<w:drawing><wp:inline><a:graphic>{shape}</a:graphic></wp:inline></w:drawing>"
    both = f"<mc:Choice Requires='wps'>{new}</mc:Choice><mc:Fallback>{old_box(inner)}</mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"


def old_box(inner: str) -> str:
    """A text box of older programs."""
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"


def test_text_boxes_come_after_the_paragraph_they_are_anchored_in(tmp_path: Path) -> None:
    old = f"<w:r>{old_box(p('Gammel boks'))}</w:r>"
    table = tbl(["Linje", "Kr."], ["Løn", "1.200"])
    body = [
        p("Før ", box(p("I boks 5") + table + p("under")), "efter"),
        p(old),
        tbl(tr("Løn", tc(p("100", box(p("ved cellen")))))),
        p(ins(box(p("indsat"))), f"<w:del>{box(p('slettet'))}</w:del>"),
    ]
    assert read(tmp_path, *body) == [
        "1 Før efter", "2 [text_box] I boks 5", "T word", "3 | Linje | Kr.", "4 | Løn | 1.200", "5 [text_box] under",
        "6 [text_box] Gammel boks", "T word", "7 | Løn | 100", "8 [text_box] ved cellen", "9 [text_box] indsat",
    ]  # fmt: skip


def reference(number: int, kind: str = "footnote", own: str = "") -> str:
    """The mark of a note in the text."""
    extra = ' w:customMarkFollows="1"' if own else ""
    look = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return f'<w:r>{look}<w:{kind}Reference{extra} w:id="{number}"/>{t(own) if own else ""}</w:r>'


def notes(kind: str, *texts: str) -> str:
    """The notes part, with the line that Word keeps there and notes from id 1."""
    line = f'<w:{kind} w:type="separator" w:id="-1">{p("streg 1")}</w:{kind}>'
    return line + "".join(f'<w:{kind} w:id="{n}">{text}</w:{kind}>' for n, text in enumerate(texts, 1))


def test_notes_come_after_the_paragraph_or_table_they_belong_to(tmp_path: Path) -> None:
    mark = "<w:r><w:footnoteRef/></w:r>"
    body = [
        p("Forbruget er 1.234", reference(2), " kr.", reference(1, "endnote")),
        tbl(["Linje", "Kr."], tr("Løn", tc(p("500", reference(1)), p("600")))),
        p("Egen", reference(3, own="*"), deleted("x") + f"<w:del>{reference(4)}</w:del>", reference(99)),
        p("Igen", reference(2)),
    ]
    made = read(
        tmp_path,
        *body,
        footnotes=notes(
            "footnote", p(mark, " Foreløbig"), p(mark, " Af 5 mio.") + p("to afsnit"), p("* Egen note"), p("slettet 9")
        ),
        endnotes=notes("endnote", p("Slutnote 7")),
    )
    assert made == [
        "1 Forbruget er 1.234 kr.",
        "2 [footnote] 1) Af 5 mio.\nto afsnit",
        "3 [footnote] i) Slutnote 7",
        "T word",
        "4 | Linje | Kr.",
        "5 | Løn | 500\n600",
        "6 [footnote] 2) Foreløbig",
        "7 Egen",
        "8 [footnote] * Egen note",
        "9 Igen",
        'tracked_change @ P5: udgår: "x"',
    ]


def test_the_form_and_start_of_note_numbers_are_settings(tmp_path: Path) -> None:
    settings = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    body = p("Se", reference(1), " og", reference(2))
    made = read(tmp_path, body, footnotes=notes("footnote", p("en"), p("to")), settings=settings)
    assert made == ["1 Se og", "2 [footnote] c) en", "3 [footnote] d) to"]


def test_a_note_may_hold_a_table_or_nothing(tmp_path: Path) -> None:
    held_ = notes("footnote", p("Af det:") + tbl(["a", "1"], tr("b", tc(p("2"), tbl(["c", "3"])))) + p(), p())
    made = read(tmp_path, p("Se", reference(1), reference(2)), footnotes=held_)
    assert made == ["1 Se", "2 [footnote] 1) Af det:\na\n1\nb\n2\nc\n3"]


def test_raised_figures_are_no_part_of_a_number(tmp_path: Path) -> None:
    def up(text: str) -> str:
        return r(text, '<w:vertAlign w:val="superscript"/>')

    styles = (
        '<w:style w:type="character" w:styleId="Ref"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    body = [
        p("1.234", up("1"), " kr. og 567", up("2"), up(")"), " kr."),
        p("Enhed", up("1)"), " og m", up("2"), r("3", '<w:rStyle w:val="Ref"/>')),
        p(up("1"), " Foreløbige tal"),
        p("Løn", up("a"), r("1", '<w:rStyle w:val="Ref"/><w:vertAlign w:val="baseline"/>')),
    ]
    assert read(tmp_path, *body, styles=styles) == [
        "1 1.234¹ kr. og 567 2) kr.", "2 Enhed 1) og m²³", "3 ¹ Foreløbige tal", "4 Løn a)1",
    ]  # fmt: skip


def test_running_heads_are_read_once_each_at_the_end(tmp_path: Path) -> None:
    def section(*heads: tuple[str, str, str], more: str = "") -> str:
        inner = "".join(f'<w:{kind}Reference w:type="{of}" r:id="{part}"/>' for kind, of, part in heads)
        return f"<w:sectPr>{inner}{more}</w:sectPr>"

    body = [
        p("Et", properties=section(("header", "default", "h1"), ("header", "first", "h2"), ("header", "even", "h3"))),
        p(
            "To",
            properties=section(("header", "default", "h1"), ("footer", "default", "f1"), ("footer", "default", "x")),
        ),
        section(("header", "first", "h4"), more="<w:titlePg/>"),
    ]
    heads = {
        "h1": p("Regnskab 2021"),
        "h2": p("vises ikke"),
        "h3": p("heller ikke"),
        "h4": tbl(["Logo", "Sag 12"]),
        "f1": p(
            "Side ", field(" PAGE ", r("3")), " af ", '<w:fldSimple w:instr="NUMPAGES">' + r("12") + "</w:fldSimple>"
        ),
    }
    assert read(tmp_path, *body, heads=heads) == [
        "1 Et",
        "2 To",
        "3 [furniture] Regnskab 2021",
        "4 [furniture] Side  af",
        "5 [furniture] Logo",
        "6 [furniture] Sag 12",
    ]
    made = read(tmp_path, *body, heads=heads, settings="<w:evenAndOddHeaders/>")
    assert made[3] == "4 [furniture] heller ikke"


def test_comments_are_counted_and_not_read(tmp_path: Path) -> None:
    body = p('<w:commentRangeStart w:id="1"/>', "Vist", '<w:r><w:commentReference w:id="1"/></w:r>')
    comments = "".join(f'<w:comment w:id="{n}">{p("Kommentar 500")}</w:comment>' for n in range(3))
    assert read(tmp_path, body, comments=comments) == ["1 Vist", "comment @ file: 3"]
    assert read(tmp_path, body, comments="") == ["1 Vist"]


def test_pictures_and_equations(tmp_path: Path) -> None:
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    picture = "<w:r><w:drawing><wp:inline><wp:docPr name='Billede 1' descr='Tekst 5'/></wp:inline></w:drawing></w:r>"
    assert read(tmp_path, p("Halvdelen er ", fraction), p(picture)) == ["1 Halvdelen er 1/2"]


def numbering(*levels: str, more: str = "") -> str:
    """A list with these levels: format and pattern, and more elements after a blank."""
    made = ""
    for at, level in enumerate(levels):
        form, pattern, *rest = level.split(" ", 2)
        made += (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>'
            f"{''.join(rest)}</w:lvl>"
        )
    return (
        f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def item(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def labels(lines: list[str]) -> list[str]:
    """The lines without their running number and kind."""
    return [line.split(" ", 1)[1].removeprefix("[list] ") for line in lines]


def test_numbers_of_lists_as_word_shows_them(tmp_path: Path) -> None:
    body = [
        item("Udvikling"), item("Pulje", 1), item("DIGIT", 1), item("Under", 2),
        p("Imellem"), item("IT"), item("Nyt", 1), item("Dybt", 3), item("", 1), item("Tredje", 1),
    ]  # fmt: skip
    made = read(tmp_path, *body, numbering=numbering("decimal %1.", "lowerLetter %1%2.", "lowerRoman (%3)", "bullet •"))
    assert made == [
        "1 [list] 1. Udvikling", "2 [list] 1a. Pulje", "3 [list] 1b. DIGIT", "4 [list] (i) Under", "5 Imellem",
        "6 [list] 2. IT", "7 [list] 2a. Nyt", "8 [list] - Dybt", "9 [list] 2c. Tredje",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "start", "shown"),
    [
        ("decimal", "7", "7"),
        ("decimalZero", "7", "07"),
        ("lowerLetter", "28", "bb"),
        ("upperLetter", "3", "C"),
        ("lowerRoman", "14", "xiv"),
        ("upperRoman", "1999", "MCMXCIX"),
        ("ordinal", "2", "2."),
        ("none", "2", ""),
        ("chineseCounting", "5", "5"),
        ("lowerLetter", "999999999", "999999999"),
        ("upperRoman", "999999999", "999999999"),
        ("lowerLetter", "0", "0"),
    ],
)
def test_forms_of_numbers(tmp_path: Path, form: str, start: str, shown: str) -> None:
    kind = numbering(f"{form} [%1]").replace('<w:start w:val="1"/>', f'<w:start w:val="{start}"/>')
    assert labels(read(tmp_path, item("x"), numbering=kind)) == [f"[{shown}] x"]


def test_patterns_suffixes_and_bullets(tmp_path: Path) -> None:
    kind = numbering(
        'decimal Mål_%1: <w:suff w:val="nothing"/>'.replace("_", "\u00a0"),
        'upperRoman %1.%2 <w:suff w:val="space"/>',
        "decimal %1.%2.%3 <w:isLgl/>",
        "decimal %4",
        "bullet ",
        'bullet  <w:lvlPicBulletId w:val="0"/>',
        "decimal ",
    )
    body = [
        item("a"),
        item("b", 1),
        item("c", 2),
        item("200 børn", 3),
        item("d", 4),
        item("e", 5),
        item("f", 6),
        item("g", 8),
    ]
    assert labels(read(tmp_path, *body, numbering=kind)) == [
        "Mål\u00a01:a", "1.I b", "1.1.1 c", "1. 200 børn", "d", "- e", "f", "g",
    ]  # fmt: skip


def test_lists_go_on_restart_and_begin_elsewhere(tmp_path: Path) -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride></w:num>'
        '<w:num w:numId="5"><w:abstractNumId w:val="77"/></w:num>'
    )
    kind = numbering("decimal %1.", 'decimal %1.%2. <w:lvlRestart w:val="0"/>', more=more)
    body = [
        item("a"), item("b", 0, 2), item("c", 1), item("d"), item("e", 1), item("f", 0, 3), item("g", 0, 3),
        item("h", 0, 4), item("i", 0, 5), item("j", 0, 0), item("k", 0, 88),
    ]  # fmt: skip
    assert labels(read(tmp_path, *body, numbering=kind)) == [
        "1. a", "2. b", "2.1. c", "3. d", "3.2. e", "5. f", "6. g", "G) h", "i", "j", "k",
    ]  # fmt: skip


def test_a_level_without_those_above_it_counts_as_if_they_had_begun(tmp_path: Path) -> None:
    body = [item("a", 1), item("b"), item("c", 1)]
    made = read(tmp_path, *body, numbering=numbering("decimal %1.", "decimal %1.%2."))
    assert labels(made) == ["1.1. a", "2. b", "2.1. c"]


def test_headings_and_lists_numbered_by_their_styles(tmp_path: Path) -> None:
    def style(name: str, shown: str, inner: str, based: str = "") -> str:
        above = f'<w:basedOn w:val="{based}"/>' if based else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>{above}'
            f"<w:pPr><w:numPr>{inner}</w:numPr></w:pPr></w:style>"
        )

    styles = (
        style("O1", "heading 1", '<w:numId w:val="1"/>')
        + style("O2", "heading 2", '<w:ilvl w:val="1"/><w:numId w:val="1"/>')
        + style("O3", "heading 3", '<w:numId w:val="1"/>')
        + style("Egen", "Egen", "", based="O2")
        + style("Uden", "Uden", '<w:numId w:val="0"/>', based="O1")
        + style("Liste", "Liste", '<w:numId w:val="1"/>')
    )
    more = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Liste"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num>'
    )
    kind = numbering("decimal %1", "decimal %1.%2", 'decimal %1.%2.%3 <w:pStyle w:val="O3"/>', more=more)
    body = [
        p("Drift", style="O1"),
        p("Skoler", style="O2"),
        p("Lærere", style="O3"),
        p("Anlæg", style="Egen"),
        p("Uden nummer", style="Uden"),
        p("Slået fra", style="O1", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        p("Videre", style="O1"),
        item("gennem stil", 0, 9),
    ]
    assert read(tmp_path, *body, styles=styles, numbering=kind) == [
        "1 [h1] 1 Drift", "2 [h2] 1.1 Skoler", "3 [h3] 1.1.1 Lærere", "4 [h2] 1.2 Anlæg", "5 [h1] Uden nummer",
        "6 [h1] Slået fra", "7 [h1] 2 Videre", "8 [list] 3 gennem stil",
    ]  # fmt: skip


def test_deleted_and_hidden_paragraphs_of_a_list_are_not_counted(tmp_path: Path) -> None:
    of = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    body = [
        item("a"),
        p(deleted("væk"), properties=of + '<w:rPr><w:del w:id="1"/></w:rPr>'),
        p(r("skjult", "<w:vanish/>"), properties=of + "<w:rPr><w:vanish/></w:rPr>"),
        item("b"),
    ]
    assert labels(read(tmp_path, *body, numbering=numbering("decimal %1."))[:2]) == ["1. a", "2. b"]


def test_lines_typed_with_tabs_are_a_table(tmp_path: Path) -> None:
    def line(*cells: str) -> str:
        return p("<w:r>" + "<w:tab/>".join(t(cell) for cell in cells) + "</w:r>")

    body = [
        p("I 1.000 kr."),
        line("Linje", "Regnskab", "Budget"),
        p("Drift"),
        line("Løn", "1.200", "1.300"),
        line("IT", "", "400"),
        p(),
        line("Navn", "Titel"),
        line("Hansen", "direktør"),
        p(),
        p("Brev\t"),
        p(),
        line("I alt", "1", "700"),
    ]
    assert read(tmp_path, *body) == [
        "1 I 1.000 kr.",
        "T tab",
        "2 | Linje | Regnskab | Budget",
        "3 | Drift",
        "4 | Løn | 1.200 | 1.300",
        "5 | IT |  | 400",
        "6 Navn Titel",
        "7 Hansen direktør",
        "8 Brev",
        "9 I alt 1  700",
    ]


def test_several_tabs_to_reach_a_column_are_one(tmp_path: Path) -> None:
    rows = ["Linje\tKr.", "Løn\t\t\t1.200", "Administration\t400", "  Heraf IT\t\t100"]
    made = read(tmp_path, *(p("<w:r>" + "<w:tab/>".join(map(t, row.split("\t"))) + "</w:r>") for row in rows))
    assert made == ["T tab", "1 | Linje | Kr.", "2 | Løn | 1.200", "3 | Administration | 400", "4 |   Heraf IT | 100"]


def test_one_paragraph_of_lines_with_tabs_is_a_table(tmp_path: Path) -> None:
    inner = f"<w:r>{t('Løn')}<w:tab/>{t('1')}<w:br/>{t('IT')}<w:tab/>{t('2')}</w:r>"
    body = [p(inner, deleted("Varme")), p(deleted("slettet"), properties='<w:rPr><w:del w:id="1"/></w:rPr>'), p(inner)]
    assert read(tmp_path, *body) == [
        "T tab", "1 | Løn | 1", "2 | IT | 2", "3 | Løn | 1", "4 | IT | 2",
        'tracked_change @ T1 R1: udgår: "Varme"', 'tracked_change @ T1 R3: udgår: "slettet"',
    ]  # fmt: skip


def test_a_strict_file_with_other_prefixes_is_read(tmp_path: Path) -> None:
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "_rels/.rels", f'<Relationships><Relationship Type="{kind}" Target="/indhold/dok.xml"/></Relationships>'
        )
        archive.writestr(
            "indhold/dok.xml",
            f'<document xmlns="{space}"><body><p><pPr><ind start="1"/></pPr><r><t>Hej</t></r></p></body></document>',
        )
    path = tmp_path / "a.docm"
    path.write_bytes(out.getvalue())
    assert said(path) == ["1 Hej"]
