"""What does the reader make of PDF files: words, tables with and without rules, order, furniture, what is not read?"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from checker.amounts.tokens import count
from checker.model.document import Document, Table, Trap
from checker.recognise import recognise
from tests.readers.pdfs import HEIGHT, WIDTH, Paper, pdf, read_pdf, said

XS = (60, 200, 280, 360, 440)
HEAD = ("Beløb i 1.000 kr.", "Regnskab 2023", "Budget 2023", "Afvigelse")
BODY = (
    ("Veje", "61.204", "62.500", "1.296"),
    ("Havnen", "-3.190", "-3.200", "-10"),
    ("I alt", "58.014", "59.300", "1.286"),
)
ROWS = (HEAD, *BODY)
PROSE = (
    "Udvalget har ansvaret for kommunens veje, broer og stier og for driften af den kommunale",
    "havn. Året var præget af en mild vinter, og derfor blev der brugt færre penge på saltning og",
    "rydning af sne end ventet, da budgettet blev lagt. Resten er overført.",
)


def held(document: Document) -> dict[str, int]:
    """The number-like pieces of each page's blocks."""
    found: dict[str, int] = {}
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                there = sum(count(c.text) for c in row.cells if not c.repeated)
                found[str(row.page)] = found.get(str(row.page), 0) + there
        else:
            found[str(block.page)] = found.get(str(block.page), 0) + count(block.text)
    return found


def one(tmp_path: Path, *pages: Any) -> list[Any]:
    document = read_pdf(pdf(tmp_path / "a.pdf", *pages))
    assert {c.where: c.tokens for c in document.counts if c.tokens} == {k: v for k, v in held(document).items() if v}
    return said(document)


def rows(*of: tuple[str, ...]) -> list[list[str]]:
    return [list(row) for row in of]


# --- tables with rules


def test_a_full_grid(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.put(60, 60, "Resultat", 14, bold=True)
        paper.text(60, 90, *PROSE)
        paper.grid(XS, 150, ROWS)
        paper.text(60, 240, "Anm.: + er mindreforbrug.")

    document = read_pdf(pdf(tmp_path / "a.pdf", page))
    assert said(document) == ["# Resultat", " ".join(PROSE), ["ruled", *rows(*ROWS)], "Anm.: + er mindreforbrug."]
    table = document.blocks[2]
    assert isinstance(table, Table)
    assert (table.flow, document.encoding) == (True, "pdf")
    assert [(r.line, r.page, [c.column for c in r.cells]) for r in table.rows[:2]] == [
        (3, 1, [1, 2, 3, 4]),
        (4, 1, [1, 2, 3, 4]),
    ]
    after = document.blocks[3]
    assert not isinstance(after, Table)
    assert (after.line, after.number, after.page, after.flow) == (7, 3, 1, True)


def test_rules_drawn_as_thin_rectangles_and_cells_drawn_as_frames(tmp_path: Path) -> None:
    def thin(paper: Paper) -> None:
        for x in XS:
            for number in range(len(ROWS)):  # each border for itself, as Word writes them
                paper.box(x, 100.5 + 14 * number, 0.5, 13.5, 0)
        for number in range(len(ROWS) + 1):
            for left, right in itertools.pairwise(XS):
                paper.box(left + 0.5, 100 + 14 * number, right - left - 0.5, 0.5, 0)
        paper.rows(XS, 110, ROWS)

    def frames(paper: Paper) -> None:
        for number in range(len(ROWS)):
            for left, right in itertools.pairwise(XS):
                paper.box(left, 100 + 14 * number, right - left, 14, 1, edge=True)
        paper.rows(XS, 110, ROWS)

    assert one(tmp_path, thin) == [["ruled", *rows(*ROWS)]]
    assert one(tmp_path, frames) == [["ruled", *rows(*ROWS)]]


def test_a_shaded_heading_without_rules_over_a_grid(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.box(XS[0], 100, XS[-1] - XS[0], 14)
        paper.rows(XS, 110, [HEAD])
        paper.grid(XS, 114, BODY)

    assert one(tmp_path, page) == [["ruled", *rows(*ROWS)]]


def test_a_heading_without_rules_over_a_grid_and_a_title_over_it(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.put(60, 60, "Resultat på udvalgets område", bold=True)
        paper.rows(XS, 78, [("", "Regnskab", "Budget", ""), ("1.000 kr.", "2023", "2023", "Afvigelse")], 12)
        paper.grid(XS, 95, BODY)

    assert one(tmp_path, page) == [
        "# Resultat på udvalgets område",
        ["ruled", ["1.000 kr.", "Regnskab\n2023", "Budget\n2023", "Afvigelse"], *rows(*BODY)],
    ]


def test_cells_that_only_shades_part(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        for number in range(len(ROWS)):
            for left, right in itertools.pairwise(XS):
                paper.box(left, 100 + 15 * number, right - left - 1, 14, 0.9)
        paper.rows(XS, 110, ROWS, 15)

    assert one(tmp_path, page) == [["ruled", *rows(*ROWS)]]


def test_open_sides_and_rows_that_no_rule_parts(tmp_path: Path) -> None:
    body = (
        ("Veje", "61.204", "62.500", "1.296"),
        ("Drift af havnen og", "", "", ""),
        ("dens kajer", "6.221", "6.300", "79"),
    )

    def page(paper: Paper) -> None:
        for x in XS[1:-1]:
            paper.down(x, 100, 114 + 3 * 14)
        for y in (100, 114, 114 + 3 * 14):
            paper.across(y, XS[0], XS[-1])
        paper.rows(XS, 110, (HEAD, *body))

    assert one(tmp_path, page) == [
        ["ruled", *rows(HEAD, body[0], ("Drift af havnen og\ndens kajer", "6.221", "6.300", "79"))]
    ]


def test_merged_cells_of_the_heading_and_a_label_over_two_rows(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        xs = (60, 130, 240, 310, 380, 450)
        for x in xs:
            paper.down(x, 114 if x == 310 else 100, 156 if x == 130 else 170)
        for y in (100, 128, 170):
            paper.across(y, 60, 450)
        paper.across(114, 240, 450)
        for y in (142, 156):
            paper.across(y, 60 if y == 156 else 130, 450)
        paper.put(64, 110, "Sektor")
        paper.put(134, 110, "Område")
        paper.put(275, 110, "Budget 2023", 10)
        paper.put(395, 110, "Regnskab", 10)
        paper.rows((130, 240, 310, 380, 450), 124, [("", "Drift", "Anlæg", "2023")])
        paper.rows((130, 240, 310, 380, 450), 138, [("Veje", "1.200", "300", "1.400"), ("Havn", "400", "100", "450")])
        paper.put(64, 138, "Teknik")
        paper.rows((60, 240, 310, 380, 450), 166, [("I alt for hele udvalget", "1.600", "400", "1.850")])

    assert one(tmp_path, page) == [
        [
            "ruled",
            ["Sektor", "Område", "Budget 2023", "Budget 2023*", "Regnskab"],
            ["", "", "Drift", "Anlæg", "2023"],
            ["Teknik", "Veje", "1.200", "300", "1.400"],
            ["", "Havn", "400", "100", "450"],
            ["I alt for hele udvalget", "", "1.600", "400", "1.850"],
        ]
    ]


def test_lines_in_a_cell_and_labels_set_in(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.grid(
            XS,
            100,
            [("", "", "", ""), ("Veje", "900", "950", "50"), ("  Vintertje-", "", "", ""), ("", "", "", "")],
            28,
        )
        paper.text(64, 110, "Beløb i", "1.000 kr.")
        paper.text(204, 110, "Regnskab", "2023")
        paper.text(284, 110, "Over-/", "underskud")
        paper.text(364, 110, "Drifts-", "og anlæg")
        paper.put(70, 178, "neste")
        paper.put(356, 166, "12", right=True)
        paper.put(76, 194, "Salt")
        paper.put(276, 194, "900", right=True)

    assert one(tmp_path, page) == [
        [
            "ruled",
            ["Beløb i\n1.000 kr.", "Regnskab\n2023", "Over-/\nunderskud", "Drifts-\nog anlæg"],
            ["Veje", "900", "950", "50"],
            ["  Vintertjeneste", "", "12", ""],
            ["    Salt", "900", "", ""],
        ]
    ]


def test_words_on_both_sides_of_a_rule_are_two(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.grid((60, 160, 240, 320), 100, [("Område", "2022", "2023"), ("Veje", "", ""), ("Havn", "3", "4")])
        paper.put(239.6, 124, "61.204", right=True)
        paper.put(240.6, 124, "62.500")

    table = said(read_pdf(pdf(tmp_path / "a.pdf", page)))[0]
    assert table[2] == ["Veje", "61.204", "62.500"]


def test_boxes_and_drawings_are_no_tables(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.box(50, 80, 450, 60, 1, edge=True)
        paper.text(60, 95, *PROSE)
        for x in range(100, 400, 40):  # a chart
            paper.box(x, 300 - x / 4, 20, x / 4, 0.5, edge=True)
            paper.put(x, 312, str(2000 + x // 40), 8)
        for y in range(200, 310, 20):
            paper.across(y, 90, 420)
        paper.down(90, 200, 300)

    found = one(tmp_path, page)
    assert found[0] == " ".join(PROSE)
    assert not any(isinstance(block, list) for block in found)


def test_a_table_over_a_page_break_is_one_with_its_heading_again_and_without(tmp_path: Path) -> None:
    names = [f"Område {letter}" for letter in "ABCDEFGH"]
    first = [(name, f"{n + 1}.100", f"{n + 1}.200", "100") for n, name in enumerate(names)]

    def pages(heading: bool) -> list[Any]:
        def furniture(paper: Paper, number: int) -> None:
            paper.put(60, 40, "Årsberetning 2023", 8)
            paper.put(500, 40, "Teknik", 8)
            paper.put(290, 810, f"Side {number} af 2", 8)

        def top(paper: Paper) -> None:
            furniture(paper, 1)
            paper.put(60, 690, "Resultat", 12, bold=True)
            paper.grid(XS, 700, (HEAD, *first[:4]))

        def bottom(paper: Paper) -> None:
            furniture(paper, 2)
            paper.grid(XS, 60, (HEAD, *first[4:]) if heading else first[4:])

        return [top, bottom]

    for heading in (True, False):
        document = read_pdf(pdf(tmp_path / "a.pdf", *pages(heading)))
        kinds = [b.separator if isinstance(b, Table) else b.kind or b.text for b in document.blocks]
        assert kinds == ["furniture", "furniture", "Resultat", "ruled", *["furniture"] * 3, "ruled", "furniture"]
        submission = recognise(document)
        assert len(submission.statements) == 1
        assert len(submission.facts) == 24
        assert {f.place.page for f in submission.facts} == {1, 2}


# --- tables without rules


def test_columns_of_blanks_bounded_by_text(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.text(60, 60, *PROSE)
        paper.put(60, 110, "Resultat på udvalgets områder", 10, bold=True)
        paper.rows(XS, 135, [("", "Regnskab", "Opr. budget", "Afvigelse"), ("Beløb i 1.000 kr.", "2023", "2023", "")])
        end = paper.rows(XS, 165, [("Driftsudgifter", "", "", ""), ("  Veje", "61.204", "62.500", "1.296")])
        end = paper.rows(
            XS, end, [("  Drift af havnen med kajer", "", "", ""), ("  og moler", "-3.190", "-3.200", "-10")], 12
        )
        end = paper.rows(XS, end + 4, [("  Øvrigt", "(14)", "-", "14*"), ("I alt", "58.000", "59.300", "1.300")])
        paper.text(60, end + 14, *PROSE)

    assert one(tmp_path, page) == [
        " ".join(PROSE),
        "# Resultat på udvalgets områder",
        [
            "unruled",
            ["Beløb i 1.000 kr.", "Regnskab\n2023", "Opr. budget\n2023", "Afvigelse"],
            ["Driftsudgifter", "", "", ""],
            ["  Veje", "61.204", "62.500", "1.296"],
            ["  Drift af havnen med kajer\nog moler", "-3.190", "-3.200", "-10"],
            ["  Øvrigt", "(14)", "-", "14*"],
            ["I alt", "58.000", "59.300", "1.300"],
        ],
        " ".join(PROSE),
    ]


def test_rules_across_alone_with_a_heading_over_two_columns(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        xs = (60, 90, 220, 290, 360, 430, 500)
        paper.across(100, 60, 500)
        paper.put(255, 111, "Budget 2023")
        paper.put(400, 111, "Regnskab 2023")
        paper.across(115, 226, 358)
        paper.across(115, 366, 498)
        for x, text in zip(xs[3:], ("Drift", "Anlæg", "Drift", "Anlæg"), strict=True):
            paper.put(x - 4, 126, text, right=True)
        paper.put(64, 126, "Nr.")
        paper.put(94, 126, "Område")
        paper.across(130, 60, 500)
        for number, (name, *figures) in enumerate(
            [("Veje", "900", "1", "890", "2"), ("Havn", "40", "10", "45", "9")], 1
        ):
            paper.put(64, 127 + 14 * number, f"{number}.")
            paper.put(94, 127 + 14 * number, name)
            for x, figure in zip(xs[3:], figures, strict=True):
                paper.put(x - 4, 127 + 14 * number, figure, right=True)
        paper.put(94, 169, "I alt")
        for x, figure in zip(xs[3:], ("940", "11", "935", "11"), strict=True):
            paper.put(x - 4, 169, figure, right=True)
        paper.across(174, 60, 500)

    assert one(tmp_path, page) == [
        [
            "unruled",
            ["", "", "Budget 2023", "Budget 2023*", "Regnskab 2023", "Regnskab 2023*"],
            ["Nr.", "Område", "Drift", "Anlæg", "Drift", "Anlæg"],
            ["1.", "Veje", "900", "1", "890", "2"],
            ["2.", "Havn", "40", "10", "45", "9"],
            ["", "I alt", "940", "11", "935", "11"],
        ]
    ]


def test_a_row_of_its_own_needs_a_heading_and_contents_are_no_table(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.rows(XS, 100, [HEAD, BODY[0]])
        paper.put(60, 200, "Indledning" + "." * 60 + "3")
        paper.put(60, 214, "Resultat" + "." * 60 + "12")

    assert one(tmp_path, page)[0] == ["unruled", *rows(HEAD, BODY[0])]
    assert not any(isinstance(block, list) for block in one(tmp_path, page)[1:])


def test_rows_without_heading_go_on_in_the_columns_of_the_page_before(tmp_path: Path) -> None:
    def first(paper: Paper) -> None:
        paper.rows(XS, 700, [HEAD, *BODY])

    def second(paper: Paper) -> None:
        paper.rows(XS, 60, [("Broer", "", "2.500", "2.500"), ("Stier", "", "200", "200")])

    assert one(tmp_path, first, second) == [
        ["unruled", *rows(*ROWS)],
        ["unruled", ["Broer", "", "2.500", "2.500"], ["Stier", "", "200", "200"]],
    ]


# --- paragraphs


def test_paragraphs_headings_and_lists(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.put(60, 50, "Teknik- og Miljøudvalget", 18)
        paper.put(60, 80, "Regnskab 2023", 14)
        paper.put(60, 110, "Veje", 10, bold=True)
        y = paper.text(60, 124, PROSE[0][:-9] + "kommu-", "nale " + PROSE[1][:59] + " drifts-", "og anlægssiden.")
        y = paper.text(60, y, *PROSE)
        y = paper.text(60, y + 8, "\u2022 Et punkt om " + PROSE[0][:60], "   med en linje til")
        paper.text(60, y, "\u2022 Et andet punkt", "- = udgift; + = indtægt.")

    assert one(tmp_path, page) == [
        "# Teknik- og Miljøudvalget",
        "## Regnskab 2023",
        "### Veje",
        PROSE[0][:-9] + "kommunale " + PROSE[1][:59] + " drifts- og anlægssiden.",
        " ".join(PROSE),
        "list: - Et punkt om " + PROSE[0][:60].strip() + " med en linje til",
        "list: - Et andet punkt",
        "- = udgift; + = indtægt.",
    ]


def test_raised_marks_and_footnotes(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.text(60, 60, *PROSE, *PROSE)
        paper.grid(XS, 200, ROWS)
        paper.put(276, 224, "", 10)
        paper.put(276.3, 220, "1", 6)
        paper.put(60, 400, "Forbruget blev 3.000")
        paper.put(60 + 96, 396, "2)", 6)
        paper.put(166, 400, "kr. pr. m")
        paper.put(166 + 37, 396, "2", 6)
        paper.put(217, 400, "og CO")
        paper.put(217 + 30, 402, "2", 6)
        paper.put(60, 750, "1", 5)
        paper.text(64, 753, "Foreløbigt tal.", size=8)
        paper.put(60, 763, "2", 5)
        paper.text(64, 766, "Heraf 500 kr. til nye skilte.", size=8)

    assert one(tmp_path, page) == [
        " ".join(PROSE),
        " ".join(PROSE),
        ["ruled", *rows(HEAD, ("Veje", "61.204 1)", "62.500", "1.296"), *BODY[1:])],
        "Forbruget blev 3.000 2) kr. pr. m2 og CO2",
        "footnote: 1) Foreløbigt tal.",
        "footnote: 2) Heraf 500 kr. til nye skilte.",
    ]


def test_two_columns_of_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"Venstre spalte linje {word} og mere tekst" for word in "abcdefghijklmnopqrst"]
    right = [f"Højre spalte linje {word} og mere tekst" for word in "abcdefghijklmnopqrst"]

    def page(paper: Paper) -> None:
        paper.put(60, 60, "En overskrift over begge spalter, som er bred nok til at krydse midten", 14)
        paper.text(60, 90, *left)
        paper.text(310, 90, *right)
        paper.grid(XS, 400, ROWS)

    assert one(tmp_path, page) == [
        "# En overskrift over begge spalter, som er bred nok til at krydse midten",
        " ".join(left),
        " ".join(right),
        ["ruled", *rows(*ROWS)],
    ]


def test_running_heads_and_a_paragraph_over_the_page_break(tmp_path: Path) -> None:
    def page(number: int) -> Any:
        def write(paper: Paper) -> None:
            paper.put(60, 40, f"{number} | Årsregnskab 2023", 8)
            paper.put(60, 800, "Økonomi", 8)
            paper.put(530, 800, str(number), 8)
            if number == 1:
                paper.text(
                    60, 740, *PROSE, "Det skyldes især, at der i 2022 blev købt 2.000 tons salt, og at lageret derfor"
                )
            else:
                paper.text(60, 80, "var på 1.500 tons ved årets begyndelse.", *PROSE)

        return write

    assert one(tmp_path, page(1), page(2)) == [
        "furniture: 1",
        "furniture: Årsregnskab 2023",
        " ".join(PROSE),
        "Det skyldes især, at der i 2022 blev købt 2.000 tons salt, og at lageret derfor"
        " var på 1.500 tons ved årets begyndelse.",
        "furniture: Økonomi",
        "furniture: 1",
        "furniture: 2",
        "furniture: Årsregnskab 2023",
        " ".join(PROSE),
        "furniture: Økonomi",
        "furniture: 2",
    ]


def test_the_heading_of_a_table_on_every_page_is_no_furniture(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.rows(XS, 50, ROWS)

    assert one(tmp_path, page, page) == [["unruled", *rows(*ROWS)], ["unruled", *rows(*ROWS)]]


# --- what is drawn in an unusual way, and what is not read


def traps(tmp_path: Path, *pages: Any) -> list[tuple[str, str, int | None]]:
    return [_trap(t) for t in read_pdf(pdf(tmp_path / "a.pdf", *pages)).traps]


def _trap(trap: Trap) -> tuple[str, str, int | None]:
    return trap.code, trap.what, trap.place.page


def text_page(paper: Paper) -> None:
    paper.text(60, 60, *PROSE)


def scan(paper: Paper) -> None:
    paper.picture(0, 0, WIDTH, HEIGHT)


def test_scanned_pages_are_said_and_recognised_text_behind_them_is_read(tmp_path: Path) -> None:
    def recognised(paper: Paper) -> None:
        scan(paper)
        text = paper.canvas.beginText(60, HEIGHT - 60)
        text.setFont("Helvetica", 10)
        text.setTextRenderMode(3)
        for line in PROSE:
            text.textLine(line)
        paper.canvas.drawText(text)

    assert traps(tmp_path, text_page, text_page, scan) == [("page_not_read", "side 3", 3)]
    assert traps(tmp_path, recognised) == []
    assert one(tmp_path, recognised) == [" ".join(PROSE)]


def test_hidden_text_is_not_read_but_white_on_a_shade_is(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        paper.text(60, 60, *PROSE)
        paper.canvas.setFillGray(1)
        paper.put(60, 200, "99.999")
        paper.box(50, 290, 300, 20, 0.2)
        paper.canvas.setFillGray(1)
        paper.put(60, 304, "Hvid 12.345 på mørk bund")
        paper.canvas.setFillGray(0)
        text = paper.canvas.beginText(60, HEIGHT - 400)
        text.setTextRenderMode(3)
        text.textLine("usynlig")
        paper.canvas.drawText(text)

    assert one(tmp_path, page) == [" ".join(PROSE), "Hvid 12.345 på mørk bund"]
    assert traps(tmp_path, page) == [("hidden_text", "13 tegn", 1)]


def test_turned_pages_are_read_and_turned_text_is_said(tmp_path: Path) -> None:
    def turned_page(paper: Paper) -> None:
        paper.canvas.setPageRotation(90)
        paper.canvas.rotate(90)
        paper.canvas.translate(0, -WIDTH)
        for number, line in enumerate(PROSE):
            paper.canvas.drawString(60, WIDTH - 60 - 12 * number, line)

    def turned_text(paper: Paper) -> None:
        text_page(paper)
        paper.canvas.rotate(90)
        paper.canvas.drawString(300, -500, "UDKAST")

    assert one(tmp_path, turned_page) == [" ".join(PROSE)]
    assert traps(tmp_path, turned_text) == [("page_not_read", "drejet tekst", 1)]


def test_characters_printed_twice_ligatures_and_narrow_blanks(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont("Vera", "Vera.ttf")  # comes with reportlab; it has no narrow blank of its own
    font.face.charToGlyph[0x202F] = font.face.charToGlyph[0x20]
    font.face.charWidths[0x202F] = font.face.charWidths[0x20] // 2
    pdfmetrics.registerFont(font)

    def page(paper: Paper) -> None:
        for by in (0, 0.3):
            paper.put(60 + by, 60, "Fed 41.487 hallo")
        paper.canvas.setFont("Vera", 10)
        paper.canvas.drawString(60, HEIGHT - 100, "ﬁnansiering af ﬂytning 1\u202f234 kr.")

    assert one(tmp_path, page) == ["Fed 41.487 hallo", "finansiering af flytning 1 234 kr."]


def test_comments_and_filled_fields_are_counted(tmp_path: Path) -> None:
    def page(paper: Paper) -> None:
        text_page(paper)
        paper.canvas.textAnnotation("Er 41.487 rigtigt?", (100, 100, 120, 120))
        paper.canvas.textAnnotation("Nej", (100, 200, 120, 220))
        paper.canvas.linkURL("https://www.naestved.dk", (10, 10, 50, 50))
        paper.canvas.acroForm.textfield(name="a", value="61.204", x=100, y=300)

    assert traps(tmp_path, page) == [("page_not_read", "udfyldte felter", 1), ("comment", "2", 1)]


def test_characters_without_letters_are_no_digits(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", text_page, pageCompression=0)
    raw = path.read_bytes().replace(b"/Encoding /WinAnsiEncoding", b"/Encoding /Identity-HHHHHH ")
    path.write_bytes(raw)
    document = read_pdf(path)
    assert not any("cid" in str(block) for block in said(document))
