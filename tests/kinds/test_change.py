"""Does the kind `change` fail only what has moved further than both limits, and only where both years are stated?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.outcomes import Outcome
from checker.model.rules import Derived, Grounding, Relation, Rule, Term
from checker.model.submission import PRIOR, Submission
from checker.reports.calculation import calculation
from checker.wording import both
from tests.build import PROPERTY, ground, rule, run, submission, told


def yearly(limit_kr: object = 5000, limit_pct: object = 10, **changes: Any) -> Rule:
    """The accounts against those of the year before."""
    check = {
        "figure": "regnskab",
        "reference": "regnskab",
        "reference_year": "last_year",
        "limit_kr": limit_kr,
        "limit_pct": limit_pct,
    }
    return rule("change", check, **changes)


EXPECTED = rule(
    "change", {"figure": "regnskab", "reference": "forventet_regnskab", "limit_kr": 5000, "limit_pct": Decimal("2.5")}
)

YEARS = """
Beløb i 1.000 kr.
| Område | Regnskab 2022 | Regnskab 2023 |
| Skoler | 100 | 112 |
| SFO | 100 | 111 |
| Klub | 10 | 15 |
| Havn | -10 | -18 |
| Vej | | 90 |
| Bro | 90 | |
| I alt | 290 | 310 |
"""


def test_above_both_limits_fails_and_a_sum_or_a_line_of_one_year_is_left() -> None:
    assert told(YEARS, yearly()) == [
        "failed T1 Skoler regnskab 2023: stated 12 computed 10 off 2 most 1,05",
        "passed_rounding T1 SFO regnskab 2023: stated 11 computed 10 off 1 most 1,05",
        "passed T1 Klub regnskab 2023: stated 5 computed 5 off 0 most 1",
        "failed T1 Havn regnskab 2023: stated 8 computed 5 off 3 most 1",
    ]


def test_the_relation_its_terms_and_what_they_are_made_of() -> None:
    text = YEARS.partition("| SFO")[0]
    made = ground(yearly(), text)
    free = ("scope", "line", "year")
    assert made.derived == (
        Derived("R/moved", "R", "difference", "years", free, "kr"),
        Derived("R/limit", "R", "greatest", "years", free, "kr", scale=10, constant=500_000),
    )
    assert made.relations == (Relation("R//skoler", "R", "<=", "years", ("year",)),)
    assert made.terms == (
        Term("R/moved", 1, measure="regnskab"),
        Term("R/moved", -1, measure="regnskab", year_offset=-1),
        Term("R/limit", 1, measure="regnskab", clip="abs"),
        Term("R//skoler", 1, line="skoler", measure="R/moved", year=2023, clip="abs", stated=True),
        Term("R//skoler", -1, line="skoler", measure="R/limit", year=2022, year_offset=-1, label="@derived.greatest"),
    )
    assert made.unbound == ""


def test_the_same_year_is_compared_over_all_tables() -> None:
    text = """
Opfølgning i 1.000 kr.
| Nr. | Område | Forventet regnskab 2023 |
| 1 | Skoler | 1.000 |
| 2 | SFO | 1.000 |

Resultat i 1.000 kr.
| Nr. | Område | Regnskab 2023 |
| 1 | Skoler | 1.026 |
| 2 | SFO | 970 |
"""
    made = ground(EXPECTED, text)
    assert {r.mode for r in made.relations} == {d.mode for d in made.derived} == {"across"}
    assert (made.derived[1].scale, made.terms[2].weight) == (40, 1)
    assert told(text, EXPECTED) == [
        "passed_rounding T2 1 Skoler regnskab 2023: stated 26 computed 25 off 1 most 1,0125",
        "failed T2 2 SFO regnskab 2023: stated 30 computed 25 off 5 most 1,0125",
    ]


def with_prior(text: str, prior: str) -> Submission:
    """A submission with last year's figures beside it."""
    others = tuple(replace(f, submission=PRIOR, statement="P1") for f in submission(prior).facts)
    return replace(submission(text), others=others)


THIS = "Beløb i 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 150 |\n| SFO | 50 |\n"


def test_last_years_submission_states_the_year_before() -> None:
    read = with_prior(THIS, THIS.replace("2023", "2022").replace("150", "100"))
    assert told(read, yearly()) == [
        "failed T1 Skoler regnskab 2023: stated 50 computed 10 off 40 most 1,05",
        "passed T1 SFO regnskab 2023: stated 0 computed 5 off -5 most 0,05",
    ]
    extract = replace(read, others=tuple(replace(f, submission="extract") for f in read.others))
    assert ground(yearly(), extract) == Grounding(unbound="plan.no_reference")


def test_the_years_before_the_submissions_own_were_looked_at_then() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Regnskab 2021 | Regnskab 2022 | Regnskab 2023 |
| Skoler | 10 | 100 | 101 |
"""
    assert told(text, yearly()) == ["passed T1 Skoler regnskab 2023: stated 1 computed 10 off -9 most 1,05"]
    undated = replace(submission(text), year=None)
    assert [line.partition(":")[0] for line in told(undated, yearly())] == [
        "failed T1 Skoler regnskab 2022",
        "passed T1 Skoler regnskab 2023",
    ]


def test_figures_without_a_year_have_no_year_before() -> None:
    text = "Beløb i 1.000 kr.\n| Område | Regnskab |\n| Skoler | 100 |\n"
    assert ground(yearly(), text) == Grounding(unbound="plan.no_reference")
    both_undated = "Beløb i 1.000 kr.\n| Område | Forventet regnskab | Regnskab |\n| Skoler | 100 | 120 |\n"
    assert [line.partition(" ")[0] for line in told(both_undated, EXPECTED)] == ["failed"]


def test_without_a_pair_there_is_nothing_to_check() -> None:
    for text in (THIS, THIS.replace("2023", "2022"), "| Område | Budget 2022 | Budget 2023 |\n| Skoler | 1 | 2 |"):
        assert ground(yearly(), text) == Grounding(unbound="plan.no_reference")
    assert ground(replace(yearly(), tables=("overfoersler",)), YEARS).unbound == "plan.no_reference"
    assert ground(replace(yearly(), scopes=("anlaeg",)), YEARS).unbound == "plan.no_reference"


def test_two_expectations_of_one_line_are_ambiguous() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Forventet regnskab 2023 pr. 31. marts | Forventet regnskab 2023 pr. 30. september | Regnskab 2023 |
| Skoler | 100 | 110 | 150 |
"""
    assert told(text, EXPECTED) == ["not_evaluated T1 Skoler regnskab 2023: reason.ambiguous"]


def test_what_is_said_of_a_change() -> None:
    def shown(outcome: Outcome) -> list[str]:
        assert outcome.evidence is not None
        return calculation(outcome.evidence, (), "da")

    skoler, _, _, havn = run(YEARS, yearly()).outcomes
    assert both(skoler.message) == {
        "da": "Ændringen er 12 t.kr.; grænsen for, hvad der skal forklares, er 10 t.kr.",
        "en": "The change is 12 thousand DKK; the limit above which it must be explained is 10 thousand DKK.",
    }
    assert shown(skoler) == [
        "  grænse          10 t.kr.",
        "  regnskab 2023  112 t.kr.",
        "- regnskab 2022  100 t.kr.",
        "  ændring         12 t.kr.",
        "  overskridelse   +2 t.kr.",
        "afrunding kan højst forklare 1,05 t.kr. (2 afrundede tal)",
    ]
    assert shown(havn)[1:4] == [
        "  regnskab 2023  -18 t.kr.",
        "- regnskab 2022  -10 t.kr.",
        "  ændring         -8 t.kr.",
    ]
    assert (skoler.at.line, skoler.at.measure, skoler.at.year, skoler.at.label) == (
        "skoler",
        "regnskab",
        2023,
        "Skoler",
    )
    assert (skoler.places[0].row, skoler.places[0].column) == (2, 18)


@PROPERTY
@given(st.integers(-200, 200), st.integers(-200, 200), st.integers(0, 40), st.integers(0, 50))
def test_a_change_is_judged_as_the_formula_says(before: int, now: int, limit: int, pct: int) -> None:
    """In whole thousands: |now - before| within half a unit of each, and pct of half a unit of the reference."""
    text = f"Beløb i 1.000 kr.\n| Område | Regnskab 2022 | Regnskab 2023 |\n| Skoler | {before} | {now} |\n"
    (line,) = told(text, yearly(limit * 1000, pct))
    moved = abs(now - before)
    largest = max(limit, (2 * abs(before) + 1) * pct / 200)
    expected = (
        "passed"
        if 100 * moved <= max(100 * limit, pct * abs(before))
        else "passed_rounding"
        if moved - 1 <= largest + 1e-9
        else "failed"
    )
    assert line.partition(" ")[0] == expected


def test_the_settings() -> None:
    assert KINDS["change"].settings == {
        "figure": Setting("measure", required=True),
        "reference": Setting("measure", required=True),
        "reference_year": Setting("choice", choices=("same_year", "last_year"), default="same_year"),
        "limit_kr": Setting("number", required=True),
        "limit_pct": Setting("number", required=True),
    }
    assert not KINDS["change"].predicate
    assert KINDS["change"].where == ("table", "scope")
