"""Does the kind `roll_forward` let a year begin with what the year before ended with, wherever that is stated?"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from checker.findings import findings
from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Grounding, Relation, Term
from checker.model.submission import PRIOR, Submission
from tests.build import PROPERTY, ground, rule, run, submission, told

BALANCE = rule("roll_forward", {"opening": "primo", "closing": "ultimo"})

TWO_YEARS = """
Balance i 1.000 kr.
| Konto | Primo 2022 | Ultimo 2022 | Primo 2023 | Ultimo 2023 |
| Likvide | 10 | 20 | 20 | 30 |
| Gæld | -10 | -20 | -21 | -30 |
| Hensat | 5 | | 7 | 8 |
| Fonds | 5 | 6 | | 8 |
"""


def test_each_year_begins_where_the_one_before_ended() -> None:
    assert told(TWO_YEARS, BALANCE) == [
        "passed T1 Likvide primo 2023: stated 20 computed 20 off 0 most 0",
        "failed T1 Gæld primo 2023: stated -21 computed -20 off -1 most 0",
        "not_evaluated T1 Hensat primo 2023: reason.parts_missing",
    ]


def test_a_relation_and_its_terms_in_full() -> None:
    made = ground(BALANCE, TWO_YEARS)
    assert made.relations == (Relation("R/2023", "R", "=", "years", ("scope", "line"), exact=True),)
    assert made.terms == (
        Term("R/2023", 1, measure="ultimo", year=2022, year_offset=-1),
        Term("R/2023", -1, measure="primo", year=2023, stated=True),
    )
    assert made.unbound == ""


def test_one_unit_apart_is_as_grave_as_the_rule_says() -> None:
    read = submission(TWO_YEARS)
    assert [f.severity for f in findings(run(read, BALANCE).outcomes, read)] == ["warning"]
    grave = rule("roll_forward", {"opening": "primo", "closing": "ultimo", "one_unit": "error"})
    assert [f.severity for f in findings(run(read, grave).outcomes, read)] == ["error"]
    further = submission(TWO_YEARS.replace("-21", "-22"))
    assert [f.severity for f in findings(run(further, BALANCE).outcomes, further)] == ["error"]


def with_prior(text: str, prior: str) -> Submission:
    """A submission with last year's figures beside it."""
    others = tuple(replace(f, submission=PRIOR, statement="P1") for f in submission(prior).facts)
    return replace(submission(text), others=others)


def test_last_years_submission_states_how_it_ended() -> None:
    this = "Balance i 1.000 kr.\n| Konto | Primo 2023 | Ultimo 2023 |\n| Likvide | 1.251 | 30 |\n| Gæld | -5 | -6 |\n"
    last = "Balance i mio. kr.\n| Konto | Primo 2022 | Ultimo 2022 |\n| Likvide | 0,9 | 1,2 |\n| Gæld | 0,0 | 0,0 |\n"
    read = with_prior(this, last)
    assert told(read, BALANCE) == [
        "failed T1 Likvide primo 2023: stated 1.251 computed 1.200 off 51 most 50,5",
        "passed_rounding T1 Gæld primo 2023: stated -5 computed 0 off -5 most 50,5",
    ]
    evidence = run(read, BALANCE).outcomes[0].evidence
    assert evidence is not None
    assert [(t.label, t.year) for t in evidence.terms] == [("@measure.ultimo", 2022), ("@measure.primo", 2023)]
    extract = replace(read, others=tuple(replace(f, submission="extract") for f in read.others))
    assert ground(BALANCE, extract) == Grounding(unbound="plan.no_year_before")


def test_without_the_year_before_nothing_is_bound() -> None:
    for text in (
        "Balance i 1.000 kr.\n| Konto | Primo 2023 | Ultimo 2023 |\n| Likvide | 10 | 20 |\n",
        "Balance i 1.000 kr.\n| Konto | Primo | Ultimo |\n| Likvide | 10 | 20 |\n",
        "Balance i 1.000 kr.\n| Konto | Ultimo 2022 | Ultimo 2023 |\n| Likvide | 10 | 20 |\n",
    ):
        assert ground(BALANCE, text) == Grounding(unbound="plan.no_year_before")


def test_other_measures_roll_forward_too() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Bevilget overført til 2023 | Overført fra 2022 |
| Skoler | 50 | 50 |
| SFO | 20 | 30 |
"""
    granted = rule("roll_forward", {"opening": "overfoersel_ind", "closing": "overfoersel_bevilget"})
    assert [line.partition(":")[0] for line in told(text, granted)] == [
        "passed T1 Skoler overfoersel_ind 2023",
        "failed T1 SFO overfoersel_ind 2023",
    ]


@PROPERTY
@given(st.integers(-9, 9), st.integers(-9, 9))
def test_in_one_unit_only_equal_figures_pass(ended: int, began: int) -> None:
    text = f"Balance i 1.000 kr.\n| Konto | Ultimo 2022 | Primo 2023 |\n| Likvide | {ended} | {began} |\n"
    (line,) = told(text, BALANCE)
    assert line.partition(" ")[0] == ("passed" if ended == began else "failed")


def test_the_settings() -> None:
    assert KINDS["roll_forward"].settings == {
        "opening": Setting("measure", required=True),
        "closing": Setting("measure", required=True),
        "one_unit": Setting("choice", choices=("note", "warning", "error"), default="warning"),
    }
    assert not KINDS["roll_forward"].predicate
    assert KINDS["roll_forward"].where == ()
