"""What the Word reader makes of tables: merged cells, indents, tables in tables, layout, changed and hidden rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.model.document import Table
from checker.readers import docx_table, read_document
from tests.readers.sheets import refused
from tests.readers.test_docx import item, numbering, read
from tests.readers.word import deleted, docx, ins, p, r, tbl, tc, tr


def over(text: str, columns: int) -> str:
    """A cell over several columns."""
    return tc(text, properties=f'<w:gridSpan w:val="{columns}"/>')


def down(text: str = "") -> str:
    """A cell that begins a block of cells merged downwards, or without text goes on in it."""
    return tc(text, properties='<w:vMerge w:val="restart"/>' if text else "<w:vMerge/>")


def test_cells_stand_at_their_grid_column(tmp_path: Path) -> None:
    path = docx(
        tmp_path / "a.docx", tbl(["Linje", "Kr."], tr("Løn", "1.200", properties="<w:tblHeader/>"), ["IT", "4"])
    )
    table = read_document(path).blocks[0]
    assert isinstance(table, Table)
    assert [[(c.column, c.text) for c in row.cells] for row in table.rows] == [
        [(1, "Linje"), (2, "Kr.")], [(1, "Løn"), (2, "1.200")], [(1, "IT"), (2, "4")],
    ]  # fmt: skip
    assert (table.separator, table.flow, table.sheet, [row.page for row in table.rows]) == (
        "word",
        True,
        None,
        [None] * 3,
    )


def test_a_heading_over_columns_is_repeated_and_a_title_is_not(tmp_path: Path) -> None:
    table = tbl(
        tr(over("Resultat 2021", 4)),
        tr(down("Linje"), over("Budget", 2), down("Regnskab")),
        tr(down(), "Oprindeligt", "Korrigeret", down()),
        tr(over("Drift", 4)),
        ["Løn", "1", "2", "3"],
        tr(over("Heraf", 2), "5", "6"),
    )
    assert read(tmp_path, table) == [
        "T word",
        "1 | Resultat 2021 |  |  | ",
        "2 | Linje | Budget | Budget* | Regnskab",
        "3 |  | Oprindeligt | Korrigeret | ",
        "4 | Drift |  |  | ",
        "5 | Løn | 1 | 2 | 3",
        "6 | Heraf |  | 5 | 6",
    ]


def test_a_label_merged_downwards_is_repeated_in_rows_without_one(tmp_path: Path) -> None:
    table = tbl(
        ["Område", "Linje", "Kr."],
        tr(down("Skoler"), "Løn", "1"),
        tr(down(), "IT", "2"),
        tr(down(), "", "3"),
        tr(down("Veje"), "", "4"),
        tr(down(), "", "5"),
        ["", "I alt", "15"],
    )
    assert read(tmp_path, table) == [
        "T word", "1 | Område | Linje | Kr.", "2 | Skoler | Løn | 1", "3 |  | IT | 2", "4 | Skoler* |  | 3",
        "5 | Veje |  | 4", "6 | Veje* |  | 5", "7 |  | I alt | 15",
    ]  # fmt: skip


def test_words_in_a_cell_that_goes_on_downwards_are_not_lost(tmp_path: Path) -> None:
    table = tbl(["Linje", "Kr."], tr(down("a"), "1"), tr(tc("7 b", properties="<w:vMerge/>"), "2"))
    assert read(tmp_path, table) == ["T word", "1 | Linje | Kr.", "2 | a | 1", "3 | 7 b | 2"]


def test_old_merges_and_missing_cells(tmp_path: Path) -> None:
    old = [tc("Budget", properties='<w:hMerge w:val="restart"/>'), tc(properties='<w:hMerge w:val="continue"/>')]
    table = tbl(
        tr("Linje", *old),
        tr("a", "1", "2"),
        tr("3", "4", properties='<w:gridBefore w:val="1"/>'),
        tr("b", "5", properties='<w:gridAfter w:val="1"/>'),
    )
    assert read(tmp_path, table) == [
        "T word", "1 | Linje | Budget | Budget*", "2 | a | 1 | 2", "3 |  | 3 | 4", "4 | b | 5 | ",
    ]  # fmt: skip


def test_edges_that_all_but_meet_are_one(tmp_path: Path) -> None:
    """Rows drawn by hand: the grid has a column of 20 twips between the first and the second."""
    rows = [tr("Linje", over("Kr.", 2)), tr(over("Løn", 2), "1.200"), tr(over("IT", 2), "400")]
    assert read(tmp_path, tbl(*rows, widths=(2000, 20, 1500))) == [
        "T word", "1 | Linje | Kr.", "2 | Løn | 1.200", "3 | IT | 400",
    ]  # fmt: skip
    assert read(tmp_path, tbl(*rows, widths=(2000, 500, 1500)))[1] == "1 | Linje | Kr. | Kr.*"
    assert read(tmp_path, tbl(*rows))[1] == "1 | Linje | Kr. | Kr.*"
    narrow = [["Linje", "", "Kr."], ["Løn", "x", "1.200"]]
    assert read(tmp_path, tbl(*narrow, widths=(2000, 20, 1500)))[2] == "2 | Løn | x | 1.200"
    assert read(tmp_path, tbl(*narrow, widths=(2000, 0, 0)))[2] == "2 | Løn | x | 1.200"


def test_columns_where_no_cell_begins_are_left_out(tmp_path: Path) -> None:
    rows = [tr(over("Linje", 3), over("Kr.", 2)), tr(over("Løn", 3), over("5", 2))]
    path = docx(tmp_path / "a.docx", tbl(*rows))
    table = read_document(path).blocks[0]
    assert isinstance(table, Table)
    assert [[(c.column, c.text) for c in row.cells] for row in table.rows] == [
        [(1, "Linje"), (4, "Kr.")], [(1, "Løn"), (4, "5")],
    ]  # fmt: skip


def test_paragraphs_in_a_cell_are_lines_and_an_indent_is_leading_blanks(tmp_path: Path) -> None:
    styles = '<w:style w:styleId="Ind"><w:name w:val="Ind"/><w:pPr><w:ind w:left="340"/></w:pPr></w:style>'
    table = tbl(
        ["Linje", "Kr."],
        tr(tc(p("Løn"), p(), p("  og pension")), tc(p("1"), p("2"))),
        tr(tc(p("a", properties='<w:ind w:left="227"/>')), "3"),
        tr(tc(p("b", properties='<w:ind w:start="227" w:hanging="113"/>')), "4"),
        tr(tc(p("c", properties='<w:ind w:firstLine="227"/>')), "5"),
        tr(tc(p("d", style="Ind")), "6"),
        tr(tc(p("e", style="Ind", properties='<w:ind w:left="0"/>')), "7"),
        tr(tc(p("  f")), "8"),
        tr(tc(p("<w:r><w:tab/><w:t>g</w:t><w:tab/><w:t>h</w:t></w:r>")), "9"),
        tr(tc(p("i", properties='<w:ind w:left="-227"/>')), "1"),
        tr(tc(p("j", properties='<w:ind w:left="999999999"/>')), "1"),
    )
    assert read(tmp_path, table, styles=styles) == [
        "T word",
        "1 | Linje | Kr.",
        "2 | Løn\nog pension | 1\n2",
        "3 |   a | 3",
        "4 |  b | 4",
        "5 |   c | 5",
        "6 |    d | 6",
        "7 | e | 7",
        "8 |   f | 8",
        "9 |     g h | 9",
        "10 | i | 1",
        f"11 | {' ' * 40}j | 1",
    ]


def test_numbers_that_word_makes_stand_in_their_cells(tmp_path: Path) -> None:
    table = tbl(["Nr.", "Linje", "Kr."], tr(tc(item("")), "Løn", "7"), tr(tc(item("")), tc(item("IT", 1)), "8"))
    made = read(tmp_path, table, p(), item("efter"), numbering=numbering("decimal %1.", "bullet •"))
    assert made == ["T word", "1 | Nr. | Linje | Kr.", "2 | 1. | Løn | 7", "3 | 2. | - IT | 8", "4 [list] 3. efter"]


def test_blank_rows_are_left_out_and_blank_columns_kept(tmp_path: Path) -> None:
    assert read(tmp_path, tbl(["Linje", "", "Kr."], ["", "", ""], ["Løn", "", "1"])) == [
        "T word", "1 | Linje |  | Kr.", "2 | Løn |  | 1",
    ]  # fmt: skip


def test_a_table_in_a_table_comes_after_it(tmp_path: Path) -> None:
    inner = tbl(["x", "1"], ["y", "2"])
    table = tbl(["Linje", "Kr."], tr("Løn", tc(p("100"), inner, p("200"))), tr("IT", "4"))
    assert read(tmp_path, table, p("efter")) == [
        "T word", "1 | Linje | Kr.", "2 | Løn | 100\n200", "3 | IT | 4", "T word", "4 | x | 1", "5 | y | 2", "6 efter",
    ]  # fmt: skip


def test_what_is_only_layout_gives_paragraphs_in_place(tmp_path: Path) -> None:
    long = "Et langt afsnit om driften, som fylder mere end en linje i en tabel og derfor ikke er en række i den. " * 2
    body = [
        tbl(tr(tc(p("Ramme", style="Overskrift1"), p("Tekst 5")))),
        tbl(["Kun"], ["én"], ["kolonne"]),
        tbl(["Kommune", "Regnskab 2021"]),
        tbl(["Drift", long], ["Anlæg", "kort"]),
        tbl(tr(tc(p("Venstre"), tbl(["a", "1"], ["b", "2"])), tc(p("Højre"))), ["c", "d"]),
        tbl(["", ""]),
    ]
    assert read(tmp_path, *body) == [
        "1 [h1] Ramme",
        "2 Tekst 5",
        "3 Kun",
        "4 én",
        "5 kolonne",
        "6 Kommune",
        "7 Regnskab 2021",
        "8 Drift",
        f"9 {long.strip()}",
        "10 Anlæg",
        "11 kort",
        "12 Venstre",
        "T word",
        "13 | a | 1",
        "14 | b | 2",
        "15 Højre",
        "16 c",
        "17 d",
    ]


def test_a_table_of_words_is_a_table(tmp_path: Path) -> None:
    assert read(tmp_path, tbl(["Område", "Ansvarlig"], ["Skoler", "BU"], ["Veje", "TM"]))[0] == "T word"


def test_changes_in_cells_and_rows(tmp_path: Path) -> None:
    table = tbl(
        ["Linje", "Kr."],
        tr("Løn", tc(p(deleted("1.200"), ins(r("1.300"))))),
        tr("Slettet", tc(p(deleted("9.999"))), properties='<w:del w:id="1"/>'),
        tr(tc(p(ins(r("Ny")))), tc(p(ins(r("5")))), properties='<w:ins w:id="1"/>'),
        tr(tc("Celle", properties='<w:cellIns w:id="1"/>'), "6"),
        tr("x", tc("væk", properties='<w:cellDel w:id="1"/>'), "7"),
        tr(tc(p(deleted("tom"))), tc(p())),
        tr(tc(p("samlet"), properties='<w:cellMerge w:vMerge="rest"/>'), "8"),
        tr(tc(properties='<w:cellMerge w:vMerge="cont"/>'), "9"),
        tr("Sidste", "3", properties='<w:del w:id="1"/>'),
    )
    assert read(tmp_path, table) == [
        "T word", "1 | Linje | Kr.", "2 | Løn | 1.300", "3 | Ny | 5", "4 | Celle | 6", "5 | x | 7", "6 | samlet | 8",
        "7 | samlet* | 9",
        'tracked_change @ T1 R2 C2: udgår: "1.200", nyt: "1.300"',
        'tracked_change @ T1 R3: udgår: "Slettet | 9.999"',
        'tracked_change @ T1 R3 C1: nyt: "Ny | 5"',
        'tracked_change @ T1 R4 C1: nyt: "Celle"',
        'tracked_change @ T1 R5: udgår: "væk"',
        'tracked_change @ T1 R6: udgår: "tom"',
        'tracked_change @ T1 R7: udgår: "Sidste | 3"',
    ]  # fmt: skip


def test_a_table_that_is_deleted_is_only_said(tmp_path: Path) -> None:
    gone = '<w:del w:id="1"/>'
    assert read(tmp_path, p("Før"), tbl(tr("a", "1", properties=gone), tr("b", "2", properties=gone))) == [
        "1 Før", 'tracked_change @ before 2: udgår: "a | 1"; udgår: "b | 2"',
    ]  # fmt: skip


def test_hidden_rows_and_hidden_text_in_cells(tmp_path: Path) -> None:
    table = tbl(
        ["Linje", "Kr."],
        tr("Skjult", "5", properties="<w:hidden/>"),
        tr("Vist", "6", properties='<w:hidden w:val="0"/>'),
        tr(tc(p("Løn", r(" 99", "<w:vanish/>"))), "7"),
    )
    assert read(tmp_path, table) == [
        "T word", "1 | Linje | Kr.", "2 | Vist | 6", "3 | Løn | 7",
        "hidden_text @ T1 R2: Skjult | 5", "hidden_text @ T1 R3 C1: 99",
    ]  # fmt: skip


def test_places_of_traps_have_what_a_reader_looks_for(tmp_path: Path) -> None:
    table = tbl(["Linje", "Kr."], tr("Løn", tc(p(deleted("1"), ins(r("2"))))))
    document = read_document(docx(tmp_path / "a.docx", p("Før ", ins(r("nu"))) + table))
    text, cell = (trap.place for trap in document.traps)
    assert (text.file, text.paragraph, text.position, text.snippet) == ("a.docx", 1, 1, "Før nu")
    assert (cell.table, cell.row, cell.column, cell.position, cell.snippet) == (1, 2, 2, 3, "Løn 2")


def test_a_table_of_too_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_table, "MAX_AREA", 11)
    assert refused(docx(tmp_path / "a.docx", tbl(*[["a", "1", "2"]] * 3))) == "read"
    assert refused(docx(tmp_path / "a.docx", tbl(*[["a", "1", "2"]] * 4))) == "input.word_table_too_large"
