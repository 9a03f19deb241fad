"""Does the kind `reconcile` hold printed figures against an extract of the accounting system, row by row?"""

from __future__ import annotations

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Grounding, Predicate, Relation, Term
from tests.build import gathered, ground, line_of, predicate_line, rule, run, told

RECONCILE = rule("reconcile")

PRINTED = """
| Nr | I 1.000 kr. | Regnskab 2023 |
| 1 | Skoler | 60 |
| 2 | SFO | 10 |
"""

HEAD = "Nr;Navn;Regnskab 2023 i kr.\n"
MAPPED = "passed unmapped: found [] allowed []"


def booked(skoler: str, sfo: str = "10.000,00") -> str:
    """An extract of two rows."""
    return f"{HEAD}1;Skoler;{skoler}\n2;SFO;{sfo}\n"


def said(extract: str, printed: str = PRINTED, manifest: str = "") -> list[str]:
    """Every outcome but that on rows, which are all mapped."""
    lines = told(gathered(printed, "", extract, manifest), RECONCILE)
    assert MAPPED in lines
    return [line for line in lines if line != MAPPED]


def test_the_relation_its_terms_and_the_predicate_in_full() -> None:
    made = ground(RECONCILE, gathered(PRINTED, "", booked("60.000,00") + "7;Klub;5,00\n8;Bus;6,00\n"))
    key = "R/extract"
    assert made == Grounding(
        relations=(Relation(key, "R", "agree", "extract", ("scope", "line", "year", "basis", "as_of")),),
        terms=(Term(key, 1, measure="regnskab", source="table"),),
        predicates=(Predicate("R/unmapped", "R", "", "unmapped", ("7 Klub", "8 Bus"), (), (1, 2)),),
    )


@pytest.mark.parametrize(
    ("kroner", "told_of_it"),
    [
        ("60.000,00", "passed T1 1 Skoler regnskab 2023: stated 60.000,00 computed 60.000,00 off 0,00 most 500,00"),
        (
            "60.500,00",
            "passed_rounding T1 1 Skoler regnskab 2023: stated 60.500,00 computed 60.000,00 off 500,00 most 500,00",
        ),
        ("60.500,01", "failed T1 1 Skoler regnskab 2023: stated 60.500,01 computed 60.000,00 off 500,01 most 500,00"),
        (
            "59.500,00",
            "passed_rounding T1 1 Skoler regnskab 2023: stated 60.000,00 computed 59.500,00 off 500,00 most 500,00",
        ),
        ("59.499,99", "failed T1 1 Skoler regnskab 2023: stated 60.000,00 computed 59.499,99 off 500,01 most 500,00"),
    ],
)
def test_the_extract_is_exact_and_the_printed_figure_is_not(kroner: str, told_of_it: str) -> None:
    assert said(booked(kroner))[0] == told_of_it
    assert said(booked(kroner))[1].startswith("passed T1 2 SFO")


def test_figures_printed_in_oere_are_equal_or_fail_whatever_one_unit_is() -> None:
    printed = PRINTED.replace("I 1.000 kr.", "I kr.").replace("| 60 |", "| 60,00 |").replace("| 10 |", "| 10,00 |")
    outcomes = run(gathered(printed, "", booked("60,00", "10,01")), RECONCILE).outcomes
    assert [(o.severity, line_of(o)) for o in outcomes if not o.predicate] == [
        ("error", "passed T1 1 Skoler regnskab 2023: stated 60,00 computed 60,00 off 0,00 most 0,005"),
        ("error", "failed T1 2 SFO regnskab 2023: stated 10,01 computed 10,00 off 0,01 most 0,005"),
    ]


def test_rows_of_a_line_are_added() -> None:
    rows = HEAD + "1;Skoler;59.999.999,00\n1;Skoler;-59.939.998,50\n2;SFO;10.000,00\n"
    assert said(rows)[0] == (
        "passed_rounding T1 1 Skoler regnskab 2023: stated 60.000,50 computed 60.000,00 off 0,50 most 500,00"
    )


def test_rows_that_belong_to_no_line_are_one_finding_with_all_their_places() -> None:
    read = gathered(PRINTED, "", booked("60.000,00") + "7;Klub;4.000,00\n8;Bus;1,00\n")
    (predicate,) = ground(RECONCILE, read).predicates
    assert predicate_line(predicate) == ("R/unmapped: unmapped found ['7 Klub', '8 Bus'] allowed [] claims [1, 2]")
    (wrong,) = [o for o in run(read, RECONCILE).outcomes if o.status == "failed"]
    assert line_of(wrong) == "failed unmapped: found [7 Klub, 8 Bus] allowed []"
    assert [(p.file, p.line) for p in wrong.places] == [("extract", 4), ("extract", 5)]
    assert wrong.message.key == "outcome.reconcile.unmapped.failed"


def test_an_outcome_is_about_the_printed_figure() -> None:
    read = gathered(PRINTED, "", booked("70.000,00"))
    (wrong,) = [o for o in run(read, RECONCILE).outcomes if o.status == "failed"]
    assert [(p.file, p.line) for p in wrong.places] == [("this", 3), ("extract", 2)]
    assert (wrong.at.statement, wrong.at.label) == ("T1", "1 Skoler")


def test_a_line_that_the_extract_lacks_is_not_compared() -> None:
    assert [line.partition(":")[0] for line in said(HEAD + "1;Skoler;60.000,00\n")] == [
        "passed T1 1 Skoler regnskab 2023"
    ]


def test_last_years_submission_is_no_extract() -> None:
    none = Grounding(unbound="plan.no_extract")
    assert ground(RECONCILE, gathered(PRINTED)) == none
    assert ground(RECONCILE, gathered(PRINTED, PRINTED)) == none


def test_the_settings() -> None:
    assert KINDS["reconcile"].settings == {
        "except": Setting("measures", default=("beloeb", "pris")),
        "one_unit": Setting("choice", choices=("note", "warning", "error"), default="error"),
    }
    assert not KINDS["reconcile"].predicate
    assert KINDS["reconcile"].where == ()
