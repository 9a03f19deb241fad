"""Does the kind `prior_year` hold comparative figures against last year's submission?"""

from __future__ import annotations

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Grounding, Relation, Term
from tests.build import gathered, ground, line_of, relation_lines, rule, run, told

PRIOR_YEAR = rule("prior_year")

NOW = """
| I 1.000 kr. | Regnskab 2022 | Regnskab 2023 | Andel |
| Skoler | 90 | 100 | 69% |
| SFO | 40 | 45 | 31% |
"""

KRONER = "| I kr. | Regnskab 2022 |\n| Skoler | {} |\n"
THOUSANDS = "| I 1.000 kr. | Regnskab 2022 |\n| Skoler | {} |\n| SFO | 40 |\n"


def test_the_relation_and_its_terms_in_full() -> None:
    read = gathered(NOW.replace("Andel |", "Andel | Pris 2023 | Antal 2023 |").replace("% |", "% | 5 | 7 |"), NOW)
    made = ground(rule("prior_year", missing="zero"), read)
    key = "R/prior"
    assert made == Grounding(
        relations=(Relation(key, "R", "agree", "prior", ("scope", "line", "year", "basis", "as_of")),),
        terms=(Term(key, 1, measure="maengde", source="table"), Term(key, 1, measure="regnskab", source="table")),
    )


def test_the_same_figure() -> None:
    assert told(gathered(NOW, THOUSANDS.format("90")), PRIOR_YEAR) == [
        "passed T1 Skoler regnskab 2022: stated 90 computed 90 off 0 most 0",
        "passed T1 SFO regnskab 2022: stated 40 computed 40 off 0 most 0",
    ]


@pytest.mark.parametrize(
    ("kroner", "said"),
    [
        ("90.000", "passed T1 Skoler regnskab 2022: stated 90.000 computed 90.000 off 0 most 500,5"),
        ("90.500", "passed_rounding T1 Skoler regnskab 2022: stated 90.500 computed 90.000 off 500 most 500,5"),
        ("90.501", "failed T1 Skoler regnskab 2022: stated 90.501 computed 90.000 off 501 most 500,5"),
        ("89.500", "passed_rounding T1 Skoler regnskab 2022: stated 90.000 computed 89.500 off 500 most 500,5"),
        ("89.499", "failed T1 Skoler regnskab 2022: stated 90.000 computed 89.499 off 501 most 500,5"),
    ],
)
def test_exactly_at_the_bound_and_one_krone_past_it(kroner: str, said: str) -> None:
    assert told(gathered(NOW, KRONER.format(kroner)), PRIOR_YEAR) == [said]


def test_no_rounding_between_equal_units_and_one_unit_off_is_milder() -> None:
    outcomes = run(gathered(NOW, THOUSANDS.format("91")), PRIOR_YEAR).outcomes
    assert [(o.severity, line_of(o)) for o in outcomes] == [
        ("warning", "failed T1 Skoler regnskab 2022: stated 91 computed 90 off 1 most 0"),
        ("error", "passed T1 SFO regnskab 2022: stated 40 computed 40 off 0 most 0"),
    ]
    two = run(gathered(NOW, THOUSANDS.format("92")), PRIOR_YEAR).outcomes
    assert [o.severity for o in two] == ["error", "error"]
    note = run(gathered(NOW, THOUSANDS.format("91")), rule("prior_year", {"one_unit": "note"})).outcomes
    assert [o.severity for o in note] == ["note", "error"]


def test_an_outcome_is_about_this_years_submission_and_last_years_is_its_other_place() -> None:
    (wrong, _) = run(gathered(NOW, THOUSANDS.format("95")), PRIOR_YEAR).outcomes
    assert [(p.file, p.line) for p in wrong.places] == [("this", 3), ("prior", 2)]
    assert (wrong.at.statement, wrong.at.title, wrong.at.label) == ("T1", "T1", "Skoler")
    assert wrong.evidence is not None
    assert [(t.statement, t.as_printed) for t in wrong.evidence.terms] == [("prior.T1", "95"), ("T1", "90")]


def test_only_what_both_state_is_compared() -> None:
    other = "| I 1.000 kr. | Regnskab 2021 | Budget 2022 |\n| Skoler | 80 | 85 |\n| SFO | 30 | 33 |\n"
    assert told(gathered(NOW, other), PRIOR_YEAR) == []
    other_lines = "| I 1.000 kr. | Regnskab 2022 |\n| Klub | 80 |\n"
    assert told(gathered(NOW, other_lines), PRIOR_YEAR) == []
    twice = NOW + "\nOg igen:\n" + NOW.replace("| 90 |", "| 95 |")
    assert [line.partition(" T")[0] for line in told(gathered(twice, THOUSANDS.format("")), PRIOR_YEAR)] == ["passed"]


def test_two_statements_of_last_year_are_one_comparison() -> None:
    prior = THOUSANDS.format("90") + "\nOg igen:\n" + THOUSANDS.format("93")
    assert told(gathered(NOW, prior), PRIOR_YEAR) == [
        "failed T1 Skoler regnskab 2022: stated 93 computed 90 off 3 most 0",
        "passed T1 SFO regnskab 2022: stated 40 computed 40 off 0 most 0",
    ]


def test_an_extract_is_no_submission_of_last_year() -> None:
    none = Grounding(unbound="plan.no_prior")
    assert ground(PRIOR_YEAR, gathered(NOW)) == none
    assert ground(PRIOR_YEAR, gathered(NOW, "", "Navn;Regnskab 2022 i kr.\nSkoler;90.000,00\n")) == none
    assert ground(PRIOR_YEAR, gathered(NOW, "Ingen tal.")) == none


def test_the_settings() -> None:
    read = gathered(NOW, THOUSANDS.format("90"))
    assert relation_lines(ground(rule("prior_year", {"except": ["regnskab"]}), read)) == [
        "R/prior:  agree 0 | prior - free scope,line,year,basis,as_of missing not_evaluated"
    ]
    assert KINDS["prior_year"].settings == {
        "except": Setting("measures", default=("beloeb", "pris")),
        "one_unit": Setting("choice", choices=("note", "warning", "error"), default="warning"),
    }
    assert not KINDS["prior_year"].predicate
    assert KINDS["prior_year"].where == ()
