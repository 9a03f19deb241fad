"""Is each way a text may state its figures read: separators, units, headings, structure, page breaks, ragged rows?"""

from __future__ import annotations

import pytest

from checker.model.document import Document
from checker.model.submission import Submission
from checker.readers.text import parse
from checker.recognise import recognise


def submit(text: str) -> Submission:
    """A submission from text."""
    return recognise(Document("prøve.txt", "", "utf-8", parse(text)))


def facts(text: str) -> list[tuple[str, str, int | None, int]]:
    """Label, measure, year and value in kr. of everything read."""
    return [(f.label, f.measure, f.year, f.value // 100) for f in submit(text).facts]


TWO = [("Skoler", "regnskab", 2023, 1_234_000), ("SFO", "regnskab", 2023, -5_000)]


@pytest.mark.parametrize(
    "text",
    [
        "Beløb i 1.000 kr.\nOmråde\tRegnskab 2023\nSkoler\t1.234\nSFO\t-5",
        "Beløb i 1.000 kr.\n| Område | Regnskab 2023 |\n|---|---:|\n| Skoler | 1.234 |\n| SFO | -5 |",
        "Beløb i 1.000 kr.\nOmråde | Regnskab 2023\nSkoler | 1.234\nSFO | (5)",
        'Beløb i 1.000 kr.\n"Område";"Regnskab 2023"\n"Skoler";1.234\n"SFO";5-',
        "Beløb i 1.000 kr.\n\nOmråde      Regnskab 2023\nSkoler              1 234\nSFO                    −5",
        "Område (i 1.000 kr.);Regnskab 2023\nSkoler;1.234\nSFO;–5",
        "Område;Regnskab 2023 (t.kr.)\nSkoler;1.234\nSFO;-5",
        "Område;Regnskab 2023\n;1.000 kr.\nSkoler;1.234\nSFO;-5",
        "Område;Regnskab 2023\nSkoler;1.234\nSFO;-5\nBeløb i 1.000 kr.;",
        "Område;Regnskab 2023\nSkoler;1.234 t.kr.\nSFO;-5 t.kr.",
        "Område;Regnskab 2023\nSkoler;kr. 1.234.000\nSFO;kr. -5.000",
        "Regnskab i t.kr.\nOmråde;2023\nSkoler;1.234\nSFO;-5",
        "Beløb i 1.000 kr.\nOmråde;R2023\nSkoler;1.234\nSFO;-5",
        "Beløb i 1.000 kr.\nOmråde;Regnskab\n;2023\nSkoler;1.234\nSFO;-5",
    ],
)
def test_separators_units_and_headings(text: str) -> None:
    assert facts(text) == TWO


def test_millions_with_one_decimal_are_known_to_100_000() -> None:
    (fact,) = submit("Område (mio. kr.);Regnskab 2023\nSkoler;3,4").facts
    assert (fact.value, fact.unit) == (340_000_000, 10_000_000)


def parts(text: str) -> dict[str, tuple[str, ...]]:
    """Whole -> parts of everything seen."""
    return {p.whole: p.parts for p in submit(text).structure}


def test_structure_from_numbering_and_a_total_at_the_end() -> None:
    text = "Nr.;Område;Budget 2023\n1;Skoler;30\n1.a;Løn;20\n1.b;Drift;10\n2;SFO;5\n;I alt;35"
    assert parts(text) == {"1": ("1.a", "1.b"), "i alt": ("1", "2")}


def test_structure_from_totals_first() -> None:
    text = "Område;Budget 2023\nUdvalget i alt;35\nDrift i alt;30\nSkoler;20\nSFO;10\nAnlæg i alt;5\nTag;5"
    assert set(parts(text).values()) == {("drift", "anlæg"), ("skoler", "sfo"), ("tag",)}


def test_structure_from_indentation() -> None:
    text = "Område      Budget 2023\nSkoler               30\n  Løn                20\n  Drift              10"
    assert parts(text) == {"skoler": ("løn", "drift")}


def test_structure_from_headings_and_netto() -> None:
    text = (
        "Post;Budget 2023\nDagpleje;100\nForældrebetaling;-30\nNetto Dagplejen;70\n"
        "Institutioner;300\nForældrebetaling;-90\nNetto Institutioner;210\nTotal;280"
    )
    assert parts(text)["netto dagplejen"] == ("dagpleje", "forældrebetaling (1)")
    assert parts(text)["i alt"] == ("netto dagplejen", "netto institutioner")


def test_of_which_rows_are_no_parts() -> None:
    text = "Område;Budget 2023\nSkoler;30\nheraf løn;20\nSFO;5\nI alt;35"
    assert parts(text) == {"i alt": ("skoler", "sfo")}


def test_the_same_label_under_drift_and_anlaeg_is_two_lines() -> None:
    text = "Område;Budget 2023\nDrift;\nSkoler;30\nAnlæg;\nSkoler;5"
    assert [(f.scope, f.line) for f in submit(text).facts] == [("drift", "skoler"), ("anlaeg", "skoler")]


def test_a_table_goes_on_over_a_page_break_with_furniture() -> None:
    page = "Skoleudvalget\n\n"
    text = f"{page}Område\tBudget 2023\nSkoler\t30\nSFO\t5\n\nSide 1 af 2\n\n{page}Klub\t2\nI alt\t37"
    submission = submit(text)
    assert [f.label for f in submission.facts] == ["Skoler", "SFO", "Klub", "I alt"]
    assert "reading.joined" in [r.key for r in submission.remarks]


def test_a_row_with_a_lost_cell_is_moved_into_place_by_the_pattern_of_its_columns() -> None:
    rows = "\n".join(f"{n}\tLinje {n}\t\t{n}00\t\t{n}50" for n in range(1, 6))
    submission = submit(f"Nr.\tNavn\tEnhed\tBudget 2023\tPris\tRegnskab 2023\n{rows}\n6\tLinje 6\t\t600\t650")
    assert [(f.measure, f.value // 100) for f in submission.facts][-2:] == [("budget", 600), ("regnskab", 650)]
    assert [r.place.line for r in submission.remarks if r.key == "reading.realigned"] == [7]


def test_a_row_that_fits_two_places_is_not_read_and_is_said() -> None:
    submission = submit("Navn\tBudget 2023\tRegnskab 2023\tForbrug 2022\nA\t1\t2\t3\nB\t4\t5\t6\nC\t7\t8")
    assert [f.label for f in submission.facts if f.label == "C"] == []
    assert [(n.text, n.reason) for n in submission.not_read] == [("7", "unread.ragged"), ("8", "unread.ragged")]


def test_merged_headings_cover_the_columns_under_them() -> None:
    text = (
        "Nr.\tNavn\tBudget 2023\t\tRegnskab 2023\t\n"
        "\t\tAntal\tBudget i 1.000 kr.\tAntal\tRegnskab i 1.000 kr.\n1\tPladser\t12\t600\t11\t580"
    )
    found = [(f.measure, f.basis, f.year, f.dimension) for f in submit(text).facts]
    assert found == [
        ("maengde", "budget", 2023, "number"),
        ("budget", None, 2023, "kr"),
        ("maengde", "regnskab", 2023, "number"),
        ("regnskab", None, 2023, "kr"),
    ]


@pytest.mark.parametrize(
    ("header", "rows", "orientation"),
    [
        ("Afvigelse", ["Skoler;100;90;10", "SFO;50;56;-6"], 1),
        ("Afvigelse", ["Skoler;100;90;-10", "SFO;50;56;6"], -1),
        ("Mer-/mindreforbrug", ["Skoler;100;90;-10"], -1),
        ("Over-/underskud", ["Skoler;100;90;10"], 1),
    ],
)
def test_a_deviation_column_is_turned_as_its_rows_subtract(header: str, rows: list[str], orientation: int) -> None:
    text = f"Område;Korr. budget 2023;Regnskab 2023;{header}\n" + "\n".join(rows)
    deviations = [f for f in submit(text).facts if f.measure == "over_underskud"]
    assert {f.orientation for f in deviations} == {orientation}
    assert deviations[0].value == 1000
    assert {f.basis for f in deviations} == {"korrigeret_budget"}


def test_one_wrong_sign_does_not_turn_the_column() -> None:
    rows = "Skoler;100;90;10\nSFO;50;56;-6\nKlub;20;18;2\nBus;30;25;-5"
    text = f"Område;Korr. budget 2023;Regnskab 2023;Afvigelse\n{rows}"
    assert [f.value // 100 for f in submit(text).facts if f.measure == "over_underskud"] == [10, -6, 2, -5]


def test_a_column_headed_only_budget_is_decided_by_its_whole_column() -> None:
    first = "Nr.;Område;Opr. budget 2023;Korr. budget 2023\n1;Skoler;10;12\n2;SFO;5;6\n3;Klub;3;3"
    second = "Nr.;Område;Budget 2023;Regnskab 2023\n1;Skoler;12;11\n2;SFO;6;6\n3;Klub;4;2"
    submission = submit(f"Oversigt\n{first}\n\nSpecifikation\n{second}")
    assert {f.measure for f in submission.facts if f.statement == "T2"} == {"korrigeret_budget", "regnskab"}
    assert "reading.budget_decided" in [r.key for r in submission.remarks]


def test_tables_that_share_only_names_are_not_compared() -> None:
    one = "Regnskab for Bakkeskolen\nPost;Regnskab 2023\nLøn;100\nVarer;20\nHusleje;30"
    other = "Regnskab for Engskolen\nPost;Regnskab 2023\nLøn;90\nVarer;25\nHusleje;35"
    submission = submit(f"{one}\n\n{other}")
    assert len({f.line for f in submission.facts}) == 6
    assert [r.key for r in submission.remarks if r.key == "reading.same_names"] == ["reading.same_names"]


def test_a_table_no_layout_knows_is_read_and_the_report_says_what_was_looked_for() -> None:
    submission = submit("Ting;Stykker pr. hus\nSkoler;30\nSFO;5\nI alt;35")
    assert len(submission.facts) == 3
    submission = submit("Ting;Noget\nSkoler;30\nSFO;5\nI alt;35")
    (remark,) = [r for r in submission.remarks if r.key == "reading.unknown_layout"]
    assert "@layout.regnskab_mod_budget" in dict(remark.args)["looked"]
    assert submission.statements[0].layout == "generic"


def test_amounts_in_sentences_are_listed_with_their_place_and_other_numbers_are_not() -> None:
    text = (
        "Den 3. maj 2023 (sag 23/1234, § 12) blev der givet 1.200.000 kr. til 14 pladser,\nog senere 0,3 mio. kr. mere."
    )
    found = [(n.text, n.place.line) for n in submit(text).not_read]
    assert found == [("1.200.000 kr.", 1), ("0,3 mio. kr.", 2)]


def test_a_wrapped_label_is_one_row() -> None:
    text = (
        "Område           Budget 2023\nSærligt tilrettelagt\n  uddannelse              30\nSkoler                     5"
    )
    assert facts(text) == [("Særligt tilrettelagt uddannelse", "budget", 2023, 30), ("Skoler", "budget", 2023, 5)]


@pytest.mark.parametrize(
    ("heading", "entity"),
    [
        ("Politikområde IT", "IT"),
        ("Teknik- og Miljøudvalget", "Teknik- og Miljøudvalget"),
        ("Område/Veje", "Område/Veje"),
        ("Note: + = overskud", ""),
    ],
)
def test_whose_accounts_they_are(heading: str, entity: str) -> None:
    assert submit(f"{heading}\n\nOmråde;Budget 2023\nSkoler;30\nSFO;5").entity == entity


def test_under_a_title_of_counts_a_budget_is_a_count_unless_something_says_money() -> None:
    table = "| Tilbud | Budget 2023 | Regnskab 2023 |\n| Dagpleje | 418 | 405 |\n"
    read = submit(f"Antal børn i gennemsnit\n\n{table}").facts
    assert [(f.measure, f.basis, f.dimension, f.value) for f in read] == [
        ("maengde", "budget", "number", 418_000_000),
        ("maengde", "regnskab", "number", 405_000_000),
    ]
    money = (
        f"Børn og unge\n\n{table}",
        f"Mængder og priser\n\n{table}",
        f"Antal børn, 1.000 kr.\n\n{table}",
        f"Antal børn\n\n{table.replace('Tilbud', 'I 1.000 kr.')}",
        f"Antal børn\n\n{table.replace('Budget 2023', 'Budget 2023 i kr.')}",
        "Antal børn\n\n| Tilbud | Antal | Regnskab 2023 |\n| Dagpleje | 418 | 405 |\n",
    )
    assert [[f.measure for f in submit(text).facts if f.measure == "regnskab"] for text in money] == [["regnskab"]] * 6


def test_a_dash_was_rounded_as_the_other_figures_of_its_column() -> None:
    facts = submit("| Mio. kr. | Budget 2023 | Regnskab 2023 |\n| A | 3,4 | - |\n| B | - | 2 |\n").facts
    assert [(f.value, f.unit) for f in facts] == [
        (340_000_000, 10_000_000),
        (0, 100_000_000),
        (0, 10_000_000),
        (200_000_000, 100_000_000),
    ]
