"""Do the rows of an extract add up, exactly and with the right sign, on the printed lines they belong to?"""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.submission import EXTRACT, Submission
from tests.build import KR, MIO, OERE, PROPERTY, TKR, gathered, line_of, rule, run

PRINTED = """
| Nr | I 1.000 kr. | Regnskab 2023 |
| 1 | Skoler | 60 |
| 2 | SFO | 10 |
| 3 | Leje af udstyr | 5 |
"""

HEAD = "Nr;Navn;Regnskab 2023 i kr.\n"


def booked(read: Submission) -> dict[str, int | Decimal]:
    """What the extract states of each printed line, in kroner."""
    assert {f.submission for f in read.others} <= {EXTRACT}
    names = [f"{f.scope} {f.line}" if f.scope else f.line for f in read.others]
    assert len(set(names)) == len(names)
    return {name: Decimal(f.value) / 100 for name, f in zip(names, read.others, strict=True)}


def unmapped(read: Submission) -> list[tuple[str, int]]:
    """Rows that belong to no printed line, with the line they stand on."""
    return [(c.value, c.place.line or 0) for c in read.claims if c.kind == "unmapped"]


def said(read: Submission) -> list[str]:
    """What was remarked of the extract."""
    return [r.key for r in read.remarks if r.place.file == EXTRACT]


# Which line a row belongs to


def test_by_number_and_name() -> None:
    read = gathered(PRINTED, "", HEAD + "1;Skoler;60.000,00\n2;SFO og klub;9.000,00\n3;Udstyr, leje af;4.000,00\n")
    assert booked(read) == {"1": 60_000, "2": 9_000, "3": 4_000}
    assert unmapped(read) == []


def test_a_number_with_another_name_is_no_match() -> None:
    read = gathered(PRINTED, "", HEAD + "1;Biblioteker;60.000,00\n2;SFO;9.000,00\n")
    assert booked(read) == {"2": 9_000}
    assert unmapped(read) == [("1 Biblioteker", 2)]


def test_by_name_where_one_side_has_no_number() -> None:
    read = gathered(PRINTED, "", "Navn;Regnskab 2023 i kr.\nskoler;60.000,00\nSFO;9.000,00\nKlub;1,00\n")
    assert (booked(read), unmapped(read)) == ({"1": 60_000, "2": 9_000}, [("Klub", 4)])
    bare = "| I 1.000 kr. | Regnskab 2023 |\n| Skoler | 60 |\n| SFO | 10 |\n"
    read = gathered(bare, "", HEAD + "7;Skoler;60.000,00\n8;SFO;9.000,00\n")
    assert booked(read) == {"skoler": 60_000, "sfo": 9_000}


def test_the_same_name_under_another_number_is_another_line() -> None:
    read = gathered(PRINTED, "", HEAD + "1;Skoler;60.000,00\n7;SFO;9.000,00\n")
    assert (booked(read), unmapped(read)) == ({"1": 60_000}, [("7 SFO", 3)])


def mapped(*lines: str, rows: str) -> Submission:
    """The printed table and an extract of accounts, mapped by regnskab.yaml."""
    manifest = "udtraek:\n  fil: u.csv\n  linjer:\n" + "".join(f"    {line}\n" for line in lines)
    return gathered(PRINTED, "", f"Funktion;Navn;Regnskab 2023 i kr.\n{rows}", manifest)


ACCOUNTS = (
    "5.25.10;Nordskolen;40.000,00\n5.25.11;Sydskolen;20.000,00\n"
    "5.32.01;Løn SFO;9.999,50\n6.45.52;Kopimaskine;4.000,00\n"
)


def test_a_mapping_names_rows_by_the_beginning_of_their_number() -> None:
    read = mapped("1: 5.25*", "SFO: 5.32*", "Leje af udstyr: 6.45.52", rows=ACCOUNTS)
    assert booked(read) == {"1": 60_000, "2": Decimal("9999.50"), "3": 4_000}
    assert unmapped(read) == []


def test_a_mapping_names_rows_by_their_name_in_any_case() -> None:
    read = mapped("skoler: [nordskolen, syd*]", "2: LØN SFO", rows=ACCOUNTS)
    assert booked(read) == {"1": 60_000, "2": Decimal("9999.50")}
    assert unmapped(read) == [("6.45.52 Kopimaskine", 5)]


def test_a_mapping_never_looks_at_amounts() -> None:
    rows = "5.25.10;Nordskolen;40.000,00\n6.45.52;Kopimaskine;5.250,00\n"
    read = mapped("1: 5*", rows=rows)
    assert (booked(read), unmapped(read)) == ({"1": 40_000}, [("6.45.52 Kopimaskine", 3)])


def test_the_first_line_that_a_row_meets_has_it_and_none_but_the_mapping_counts() -> None:
    read = mapped("1: 5.25.10", "2: 5.25*", rows=ACCOUNTS + "3;Leje af udstyr;77,00\n")
    assert booked(read) == {"1": 40_000, "2": 20_000}
    assert unmapped(read) == [("5.32.01 Løn SFO", 4), ("6.45.52 Kopimaskine", 5), ("3 Leje af udstyr", 6)]


def test_a_mapping_to_a_line_that_is_not_printed_leaves_its_rows_over() -> None:
    read = mapped("Biblioteker: 5.25*", "2: 5.32*", rows=ACCOUNTS)
    assert booked(read) == {"2": Decimal("9999.50")}
    assert [name for name, _ in unmapped(read)] == ["5.25.10 Nordskolen", "5.25.11 Sydskolen", "6.45.52 Kopimaskine"]


def test_a_mapping_may_name_a_column_of_texts() -> None:
    rows = "Funktion;Navn;Regnskab 2023 i kr.;Ansvarlig\n5.25.10;Nord;40.000,00;Skole\n5.25.11;Syd;20.000,00;Klub\n"
    read = gathered(PRINTED, "", rows, "udtraek: {fil: u.csv, linjer: {1: Skole, 2: klub}}\n")
    assert booked(read) == {"1": 40_000, "2": 20_000}


SCOPED = """
Drift, i 1.000 kr.
| Nr | Område | Regnskab 2023 |
| 1 | Skoler | 60 |
| 2 | SFO | 10 |

Anlæg, i 1.000 kr.
| Nr | Område | Regnskab 2023 |
| 1 | Skoler | 7 |
| 2 | SFO | 3 |
"""


def test_dranst_tells_drift_from_anlaeg() -> None:
    head = "Nr;Navn;Dranst;Regnskab 2023 i kr.\n"
    rows = "1;Skoler;1;50.000,00\n1;Skoler;2;10.000,00\n1;Skoler;3;7.000,00\n2;SFO;1;10.000,00\n2;SFO;3;3.000,00\n"
    read = gathered(SCOPED, "", head + rows)
    assert booked(read) == {"drift 1": 60_000, "drift 2": 10_000, "anlaeg 1": 7_000, "anlaeg 2": 3_000}
    assert unmapped(read) == []


def test_other_codes_of_dranst_belong_to_neither() -> None:
    head = "Nr;Navn;Dranst;Regnskab 2023 i kr.\n"
    read = gathered(SCOPED, "", f"{head}1;Skoler;1;50.000,00\n1;Skoler;4;99,00\n2;SFO;1;10.000,00\n2;SFO;7;98,00\n")
    assert booked(read) == {"drift 1": 50_000, "drift 2": 10_000}
    assert unmapped(read) == [("1 Skoler", 3), ("2 SFO", 5)]
    unscoped = gathered(PRINTED, "", f"{head}1;Skoler;1;50.000,00\n1;Skoler;4;99,00\n2;SFO;1;10.000,00\n")
    assert booked(unscoped) == {"1": 50_099, "2": 10_000}  # lines of no scope take every code


TWO_AREAS = """
Politikområde Skole

| Nr | I 1.000 kr. | Regnskab 2023 |
| 1 | Skoler | 60 |
| 2 | Løn | 10 |

Politikområde Vej

| Nr | I 1.000 kr. | Regnskab 2023 |
| 1 | Veje | 7 |
| 2 | Løn | 3 |
"""


def test_lines_of_two_areas_are_kept_apart_and_a_row_that_may_be_of_both_is_of_none() -> None:
    read = gathered(TWO_AREAS, "", HEAD + "1;Skoler;60.000,00\n1;Veje;7.000,00\n2;Løn;13.000,00\n")
    assert {(f.entity, f.line): f.value for f in read.others} == {("Skole", "1"): 60_000 * KR, ("Vej", "1"): 7_000 * KR}
    assert unmapped(read) == [("2 Løn", 4)]
    checked = [line_of(o) for o in run(read, rule("reconcile")).outcomes if not o.predicate]
    assert [line.split(":")[0] for line in checked] == [
        "passed T1 1 Skoler regnskab 2023",
        "passed T2 1 Veje regnskab 2023",
    ]


# What the rows add up to


def test_rows_of_one_line_are_added_with_their_signs() -> None:
    rows = "1;Skoler;60.000.000,00\n1;Skoler;-59.940.000,25\n2;SFO;5.000,00\n1;Skoler;0,25\n"
    read = gathered(PRINTED, "", HEAD + rows)
    assert booked(read) == {"1": 60_000, "2": 5_000}
    (many, one) = read.others
    assert (many.unit, many.as_printed, many.label, many.number, many.place.line) == (0, "", "Skoler", "1", 2)
    assert (one.unit, one.as_printed, one.place.line) == (0, "5.000,00", 4)


@PROPERTY
@given(st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_the_sum_of_many_rows_is_exact(oere: list[int], random: Random) -> None:
    rows = [f"1;Skoler;{Decimal(v) / 100:.2f}\n".replace(".", ",") for v in oere] + ["2;SFO;1,00\n"]
    random.shuffle(rows)
    read = gathered(PRINTED, "", HEAD + "".join(rows))
    assert booked(read) == {"1": Decimal(sum(oere)) / 100, "2": 1}


def test_sums_of_other_rows_are_left_out() -> None:
    rows = "1;Skoler;60.000,00\n2;SFO;10.000,00\n;I alt;70.000,00\n"
    assert booked(gathered(PRINTED, "", HEAD + rows)) == {"1": 60_000, "2": 10_000}
    levels = "1;Skoler;60.000,00\n1.1;Nord;40.000,00\n1.2;Syd;20.000,00\n2;SFO;10.000,00\n"
    read = gathered(PRINTED, "", HEAD + levels)
    assert (booked(read), unmapped(read)) == ({"2": 10_000}, [("1.1 Nord", 3), ("1.2 Syd", 4)])
    mapped_levels = gathered(PRINTED, "", HEAD + levels, "udtraek: {fil: u.csv, linjer: {1: 1.*, 2: SFO}}\n")
    assert booked(mapped_levels) == {"1": 60_000, "2": 10_000}


def test_years_and_measures_are_columns_of_their_own() -> None:
    printed = "| Nr | I 1.000 kr. | Budget 2023 | Regnskab 2022 | Regnskab 2023 |\n| 1 | Skoler | 50 | 40 | 60 |\n"
    head = "Nr;Navn;Regnskab 2022 i kr.;Regnskab 2023 i kr.;Budget 2023 i kr.\n"
    read = gathered(printed, "", head + "1;Skoler;40,00;30,00;\n1;Skoler;2,00;30,00;7,00\n")
    assert {(f.measure, f.year): f.value for f in read.others} == {
        ("regnskab", 2022): 42 * KR,
        ("regnskab", 2023): 60 * KR,
        ("budget", 2023): 7 * KR,
    }


def test_columns_of_no_measure_keep_their_headings_apart() -> None:
    read = gathered(PRINTED, "", "Nr;Navn;Debet i kr.;Kredit i kr.\n1;Skoler;40,00;30,00\n2;SFO;5,00;6,00\n")
    assert {(f.line, f.measure, f.basis): f.value // KR for f in read.others} == {
        ("1", "beloeb", "debet i kr"): 40,
        ("1", "beloeb", "kredit i kr"): 30,
        ("2", "beloeb", "debet i kr"): 5,
        ("2", "beloeb", "kredit i kr"): 6,
    }


def test_a_blank_adds_nothing_and_a_row_of_blanks_is_no_row() -> None:
    read = gathered(PRINTED, "", HEAD + "1;Skoler;\n1;Skoler;7,00\n2;SFO;\n9;Klub;\n")
    assert (booked(read), unmapped(read)) == ({"1": 7}, [])


def test_a_cell_that_cannot_be_read_leaves_the_sum_unknown_and_is_told() -> None:
    read = gathered(PRINTED, "", HEAD + "1;Skoler;60.000,00\n1;Skoler;1.23.456\n2;SFO;9,00\n3;Leje af udstyr;ukendt\n")
    assert booked(read) == {"2": 9}
    assert [(n.text, n.place.file, n.place.line, n.is_amount) for n in read.not_read if n.place.file == EXTRACT] == [
        ("1.23.456", EXTRACT, 3, False),
        ("ukendt", EXTRACT, 5, False),
    ]


# Units and signs


@pytest.mark.parametrize("manifest", ["", "enhed: 1.000 kr.\n"])
def test_an_extract_that_states_no_unit_is_in_kroner_whatever_the_submission_is_in(manifest: str) -> None:
    read = gathered(PRINTED, "", "Nr;Navn;Regnskab 2023\n1;Skoler;60.000,00\n2;SFO;10.000,00\n", manifest)
    assert {f.line: (f.value, f.unit, f.unit_known) for f in read.others} == {
        "1": (60_000 * KR, 0, True),
        "2": (10_000 * KR, 0, True),
    }
    assert "reading.extract_in_kroner" in said(read)
    stated = gathered(PRINTED, "", HEAD + "1;Skoler;60.000,00\n", manifest)
    assert "reading.extract_in_kroner" not in said(stated)


def test_whole_kroner_are_exact_too() -> None:
    read = gathered(PRINTED, "", HEAD + "1;Skoler;60.000\n1;Skoler;12\n2;SFO;10.000\n")
    assert {f.line: (f.value, f.unit) for f in read.others} == {"1": (60_012 * KR, 0), "2": (10_000 * KR, 0)}


def test_an_extract_in_thousands_is_rounded_and_several_such_rows_are_not_added() -> None:
    rows = "Nr;Navn;Regnskab 2023 i 1.000 kr.\n1;Skoler;40\n1;Skoler;20\n2;SFO;10\n"
    read = gathered(PRINTED, "", rows)
    assert {f.line: (f.value, f.unit) for f in read.others} == {"2": (10 * TKR, TKR)}
    assert said(read).count("reading.extract_rounded") == 1
    in_millions = gathered(
        PRINTED.replace("1.000 kr.", "mio. kr."), "", "Nr;Navn;Regnskab 2023 i mio. kr.\n1;Skoler;60,0\n"
    )
    assert [(f.value, f.unit) for f in in_millions.others] == [(60 * MIO, MIO // 10)]


TURNED = """
| I 1.000 kr. | Regnskab 2023 |
| Løn | -60 |
| Husleje, udgift | -10 |
| Takstindtægter | 5 |
"""


def test_signs_that_the_extract_does_not_show_follow_the_printed_lines_they_agree_with() -> None:
    """The report prints expenses as minus, which its lines show; the extract lists them under other names."""
    manifest = "udtraek: {fil: u.csv, linjer: {Løn: a*, 'Husleje, udgift': b*, Takstindtægter: c*}}\n"
    head = "Navn;Regnskab 2023 i kr.\n"
    alike = gathered(TURNED, "", head + "aa;-60.000,00\nbb;-10.000,00\ncc;5.000,00\n", manifest)
    assert booked(alike) == {"løn": 60_000, "husleje udgift": 10_000, "takstindtægter": -5_000}
    assert {f.orientation for f in alike.others} == {-1}
    other_way = gathered(TURNED, "", head + "aa;60.000,00\nbb;10.000,00\ncc;-5.000,00\n", manifest)
    assert booked(other_way) == booked(alike)
    assert {f.orientation for f in other_way.others} == {1}
    one_line = gathered(TURNED, "", head + "aa;-60.000,00\nbb;-11.001,00\ncc;8.000,00\n", manifest)
    assert booked(one_line) == {"løn": -60_000, "husleje udgift": -11_001, "takstindtægter": 8_000}


def test_signs_that_the_extract_shows_itself_are_its_own() -> None:
    rows = "Navn;Regnskab 2023 i kr.\nLøn;60.000,00\nHusleje, udgift;10.000,00\nTakstindtægter;-5.000,00\n"
    assert booked(gathered(TURNED, "", rows)) == {"løn": 60_000, "husleje udgift": 10_000, "takstindtægter": -5_000}


def test_per_cents_and_counts_are_not_added() -> None:
    rows = "Nr;Navn;Regnskab 2023 i kr.;Forbrugsprocent;Antal\n1;Skoler;60,00;96,0;4\n2;SFO;10,00;91,0;5\n"
    assert {f.measure for f in gathered(PRINTED, "", rows).others} == {"regnskab"}


def test_an_extract_is_no_part_of_the_submission() -> None:
    read = gathered(PRINTED, "", HEAD + "1;Skoler;60.000,00\n")
    plain = gathered(PRINTED)
    assert (read.facts, read.statements, read.structure, read.entities) == (
        *(plain.facts, plain.statements, plain.structure),
        plain.entities,
    )
    assert [s.id for s in read.other_statements] == ["extract.T1"]
    assert [f.role for f in read.files] == ["this", "extract"]
    assert min(f.unit for f in read.facts) > OERE
