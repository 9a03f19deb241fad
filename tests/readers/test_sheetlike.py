"""Which tables and paragraphs do the rows of a sheet make?"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.document import Table
from checker.readers.sheetlike import blocks, pieces
from tests.build import PROPERTY
from tests.readers.sheets import Rows, Value, grid, laid_out

HEAD: list[Value] = ["Område", "Budget", "Regnskab"]


def test_titles_above_and_notes_below_are_paragraphs() -> None:
    rows: Rows = [
        ["Regnskab 2021"],
        ["I 1.000 kr."],
        HEAD,
        ["Drift"],
        ["Skoler", 1, 2],
        ["SFO", 3, 4],
        ["I alt", 4, 6],
        ["Anm.: årets priser"],
    ]
    assert laid_out(rows) == [
        "P1 Regnskab 2021",
        "P2 I 1.000 kr.",
        "T",
        "3 | Område | Budget | Regnskab",
        "4 | Drift |  | ",
        "5 | Skoler | 1 | 2",
        "6 | SFO | 3 | 4",
        "7 | I alt | 4 | 6",
        "P8 Anm.: årets priser",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, [], ["Skoler", 1, 2], ["SFO", 3, 4], [], ["I alt", 4, 6]],
        [HEAD, ["Drift"], ["Skoler", 1, 2], [], ["Anlæg"], ["Veje", 3, 4], [], ["I alt", 4, 6]],
        [HEAD, [None, "1.000 kr.", "1.000 kr."], ["Skoler", 1, 2]],
        [HEAD, ["(1)", "(2)", "(3)"], ["Skoler", 1, 2]],
        [[None, "2021"], HEAD, ["Skoler", 1, 2]],
        [[None, "Drift", None], HEAD, ["Skoler", 1, 2], ["SFO", "-", "n/a"], ["Fritid", "i.o.", "-"], ["I alt", 3, 4]],
        [HEAD, ["Skoler", 1, 2], ["SFO"]],
        [HEAD, ["Skoler", 1, 2], [None, 3, 4], [], [None, 4, 6]],
        [["Konto", 2020, 2021], [615001, 1, 2], [615002, 3, 4]],
        [["Bilag", "Dato", "Beløb"], ["a", "2021-01-01", 5], ["b", "2021-02-01", 6]],
        [["Dato", "Bilag", "Tekst", "D", "K"], ["2021-01-01", 17, "Køb", 5], ["2021-01-02", 18, "Salg", None, 7]],
        [["Linje", "Budget", "Bem."], ["a", 1, "ok"], ["b", None, "udgår"], ["c", 2]],
        [["Skoler", 1, 2], ["SFO", 3, 4]],
        [["Område", "Antal"], ["Skoler", 2015], ["SFO", 7]],
    ],
)  # fmt: skip
def test_one_table(rows: Rows) -> None:
    filled = [number for number, row in enumerate(rows, start=1) if any(v is not None for v in row)]
    made = laid_out(rows)
    assert made[0] == "T"
    assert [int(line.split()[0]) for line in made[1:]] == filled


def test_tables_below_each_other_with_and_without_a_blank_row() -> None:
    rows: Rows = [
        ["Tabel 1"],
        HEAD,
        ["Skoler", 1, 2],
        ["I alt", 1, 2],
        ["Tabel 2"],
        HEAD,
        ["Veje", 5, 6],
        [],
        HEAD,
        ["Havn", 7, 8],
    ]
    assert laid_out(rows) == [
        "P1 Tabel 1",
        "T",
        "2 | Område | Budget | Regnskab",
        "3 | Skoler | 1 | 2",
        "4 | I alt | 1 | 2",
        "P5 Tabel 2",
        "T",
        "6 | Område | Budget | Regnskab",
        "7 | Veje | 5 | 6",
        "T",
        "9 | Område | Budget | Regnskab",
        "10 | Havn | 7 | 8",
    ]


@pytest.mark.parametrize(
    "heading",
    [["Linje", 2020, 2021], ["Linje", "2020", "2021"], ["Linje", 2019, 2021], ["Post", "Budget", 2021]],
)
def test_a_new_heading_of_years_begins_a_new_table(heading: list[Value]) -> None:
    rows: Rows = [["Linje", "Budget", "Regnskab"], ["a", 1, 2], [], heading, ["b", 3, 4]]
    made = laid_out(rows)
    assert [made[0], made[3]] == ["T", "T"]
    assert made[5] == "5 | b | 3 | 4"


def test_amounts_that_look_like_years_stay_in_their_table() -> None:
    rows: Rows = [["Linje", "A", "B", "C"], ["a", 5, 6, 7], ["b", 2000, 2001, 2002], ["c", 8, 9, 10]]
    assert len(laid_out(rows)) == 5


def test_a_column_of_one_amount_is_parted_only_where_the_heading_stands_again() -> None:
    rows: Rows = [["Linje", 2021], ["a", 1], ["b", 2], [], ["I alt", 1999], [], ["Linje", 2022], ["c", 4]]
    assert laid_out(rows) == [
        "T",
        "1 | Linje | 2021",
        "2 | a | 1",
        "3 | b | 2",
        "5 | I alt | 1999",
        "T",
        "7 | Linje | 2022",
        "8 | c | 4",
    ]


def test_a_title_under_a_total_begins_a_new_table() -> None:
    rows: Rows = [["Linje", "Beløb"], ["a", 1], ["I alt", 1], ["Personale"], ["Enhed", "Antal"], ["x", 5]]
    assert laid_out(rows) == [
        "T",
        "1 | Linje | Beløb",
        "2 | a | 1",
        "3 | I alt | 1",
        "P4 Personale",
        "T",
        "5 | Enhed | Antal",
        "6 | x | 5",
    ]


def test_tables_side_by_side_are_read_one_after_the_other() -> None:
    rows: Rows = [
        ["Regnskab 2021"],
        [],
        ["Til venstre", None, None, "Til højre"],
        [],
        ["Linje", "Beløb", None, "Post", "Antal"],
        ["a", 1, None, "x", 3],
        ["b", 2, None, "y", 4],
        [],
        ["I alt", 3, None, "I alt", 7],
        [],
        ["Note a", None, None, "Note b"],
    ]
    assert laid_out(rows) == [
        "P1 Regnskab 2021",
        "P3 Til venstre",
        "T",
        "5 | Linje | Beløb",
        "6 | a | 1",
        "7 | b | 2",
        "9 | I alt | 3",
        "P11 Note a",
        "P3 Til højre",
        "T",
        "5 | Post | Antal",
        "6 | x | 3",
        "7 | y | 4",
        "9 | I alt | 7",
        "P11 Note b",
    ]


def test_side_by_side_with_titles_right_above_and_of_different_length() -> None:
    rows: Rows = [
        ["Til venstre", None, None, "Til højre"],
        ["Linje", "Beløb", None, "Post", "Antal"],
        ["a", 1, None, "x", 3],
        ["b", 2],
        ["c", 5],
    ]
    assert laid_out(rows) == [
        "P1 Til venstre",
        "T",
        "2 | Linje | Beløb",
        "3 | a | 1",
        "4 | b | 2",
        "5 | c | 5",
        "P1 Til højre",
        "T",
        "2 | Post | Antal",
        "3 | x | 3",
    ]


def test_a_blank_column_inside_a_table_does_not_part_it() -> None:
    rows: Rows = [["Linje", "2020", None, "2021", None, "Bem."], ["a", 1, None, 2, None, "se"], ["b", 3, None, 4]]
    assert laid_out(rows) == ["T", "1 | Linje | 2020 | 2021 | Bem.", "2 | a | 1 | 2 | se", "3 | b | 3 | 4 | "]


def test_a_column_of_units_after_a_blank_column_does_not_part_the_table() -> None:
    rows: Rows = [["Linje", "Kr.", None, "Enhed", "Antal"], ["a", 5, None, "stk.", 1], ["b", 6, None, "stk.", 2]]
    assert laid_out(rows)[1] == "1 | Linje | Kr. | Enhed | Antal"


def test_a_number_column_away_from_the_labels_does_not_part_the_table() -> None:
    rows: Rows = [["Nr.", None, "Linje", "Beløb"], [1, None, "a", 5], [2, None, "b", 6]]
    assert laid_out(rows) == ["T", "1 | Nr. | Linje | Beløb", "2 | 1 | a | 5", "3 | 2 | b | 6"]


def test_leading_blank_columns_are_left_out_and_true_columns_kept() -> None:
    (table,) = blocks(pieces(grid([[None, None, "Linje", None, "Beløb"], [None, None, "a", None, 5]])))
    assert isinstance(table, Table)
    assert [[c.column for c in row.cells] for row in table.rows] == [[3, 5], [3, 5]]


def test_a_numbered_table_keeps_its_title_apart() -> None:
    rows: Rows = [["Tabel A"], ["Nr.", "Område", "Budget"], [1, "Skoler", 5], ["1.a", "x", 2], [2, "Veje", 6]]
    assert laid_out(rows)[:3] == ["P1 Tabel A", "T", "2 | Nr. | Område | Budget"]


def test_a_piece_below_a_page_break_is_as_wide_as_the_first() -> None:
    head = ["Nr.", "Linje", "Antal", "Pris", "Budget"]
    rows: Rows = [head, ["1", "a", 1, 2, 3], ["Side 4 af 12"], [], ["Regnskab 2021"], [], ["2", "b", None, None, 4]]
    assert laid_out(rows)[-1] == "7 | 2 | b |  |  | 4"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["Kommune:", "Næstved"], ["Regnskabsår:", 2021]], ["P1 Kommune: Næstved", "P2 Regnskabsår: 2021"]),
        ([["Område", "IT"], ["År", 2021], []], ["P1 Område IT", "P2 År 2021"]),
        ([["Næstved"], ["IT"]], ["P1 Næstved", "P2 IT"]),
    ],
)
def test_fields_above_a_table_are_paragraphs(rows: Rows, words: list[str]) -> None:
    assert laid_out([*rows, HEAD, ["Skoler", 1, 2]])[: len(words)] == words


def test_a_sentence_cut_over_two_rows_is_one_paragraph() -> None:
    rows: Rows = [
        ["Det samlede regnskab viser et merforbrug på 3,4 mio. kr., som"],
        ["skyldes flere børn i dagtilbud end forudsat i budgettet."],
        ["Overskrift"],
    ]
    assert laid_out(rows) == [
        "P1 Det samlede regnskab viser et merforbrug på 3,4 mio. kr., som\n"
        "skyldes flere børn i dagtilbud end forudsat i budgettet.",
        "P3 Overskrift",
    ]


@pytest.mark.parametrize(
    "note",
    [
        "Anm.: Beløb i årets priser",
        "Note: Ikke revideret",
        "Kilde: Økonomisystemet",
        "*) Omfatter også de selvejende institutioner",
        "1) Omfatter også de selvejende institutioner",
        "Tallene er opgjort efter de regler, der gjaldt ved årets udgang i kommunen",
        "Tallene er endnu ikke revideret.",
    ],
)
def test_notes_right_under_a_table(note: str) -> None:
    assert laid_out([HEAD, ["Skoler", 1, 2], [note]])[-1] == f"P3 {note}"


def test_a_note_mark_in_a_cell_of_its_own() -> None:
    note = "Omfatter også de selvejende institutioner og de private tilbud"
    assert laid_out([HEAD, ["Skoler", 1, 2], [], ["1)", note]])[-1] == f"P4 1) {note}"


def test_words_only() -> None:
    rows: Rows = [["Navn", "Rolle", "Tlf."], ["a", "b", "c"], ["d", "e", "f"]]
    assert laid_out(rows) == ["T", "1 | Navn | Rolle | Tlf.", "2 | a | b | c", "3 | d | e | f"]
    assert laid_out([["Navn", "Rolle"], ["a", "b"], ["c", "d"]]) == ["P1 Navn Rolle", "P2 a b", "P3 c d"]


def test_what_stands_far_below_is_another_table() -> None:
    made = laid_out([["Linje", "Beløb"], ["a", 1], [], [], [], [], ["b", 2]])
    assert made == ["T", "1 | Linje | Beløb", "2 | a | 1", "T", "7 | b | 2"]


def test_figures_in_other_columns_are_another_table() -> None:
    made = laid_out([["Linje", "Beløb"], ["a", 1], [], ["b", None, None, 2]])
    assert made == ["T", "1 | Linje | Beløb", "2 | a | 1", "T", "4 | b |  | 2"]


def test_a_lone_number_is_a_paragraph() -> None:
    assert laid_out([[7], [], ["Linje", "Beløb"], ["a", 1]])[0] == "P1 7"


def test_nothing() -> None:
    assert laid_out([]) == []
    assert laid_out([[], [None]]) == []


def test_many_rows_with_gaps_and_words_take_linear_time() -> None:
    rows: list[list[Value]] = []
    for number in range(5_000):
        rows += [[f"Afsnit {number}", "x"], [], [f"a{number}", number], []]
    assert len(laid_out(rows)) >= 10_000


CELLS = st.one_of(
    st.none(),
    st.none(),
    st.sampled_from(
        ["Skoler", "I alt", "Tabel 2", "Kommune:", "1)", "Anm.: priser", "-", "2021", "1.a", "5 t.kr.", "x" * 70]
    ),
    st.sampled_from([1, 2021, 2022, 7, 69631, 0]),
)


@PROPERTY
@given(st.lists(st.lists(CELLS, max_size=7), max_size=14))
def test_nothing_is_lost_and_nothing_said_twice(rows: list[list[Value]]) -> None:
    cells = grid(rows)
    found: Counter[str] = Counter()
    for block in blocks(pieces(cells)):
        if isinstance(block, Table):
            found.update(word for row in block.rows for c in row.cells for word in c.text.split())
            assert all([c.column for c in row.cells] == [c.column for c in block.rows[0].cells] for row in block.rows)
            assert [row.line for row in block.rows] == sorted({row.line for row in block.rows})
        else:
            found.update(block.text.split())
    assert found == Counter(word for row in cells for c in row.cells for word in c.text.split())
