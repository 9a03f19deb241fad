"""Does the kind `column_filled` ask for a word beside a figure only where the table and the row call for one?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.kinds.columns import heads
from checker.model.rules import Grounding, Predicate, Rule
from checker.wording import both
from tests.build import PROPERTY, ground, rule, run, submission, told


def financed(**check: Any) -> Rule:
    """Every supplementary grant says how it is financed."""
    return rule("column_filled", {"figure": "tillaegsbevilling", "texts": ["dækning", "finansiering"], **check})


GRANTS = """
Tillægsbevillinger i 1.000 kr.
| Nr. | Område | Tillægsbevilling 2023 | Dækning |
| 1 | Skoler | 100 | Kassen |
| 2 | SFO | -40 | |
| 3 | Klub | 0 | |
| 4 | Havn | | |
| 5 | Vej | 5 | - |
| | I alt | 65 | |
"""


def test_a_figure_without_its_word_is_named_with_its_place() -> None:
    read = submission(GRANTS)
    places = tuple(f.place for f in read.facts if f.number in ("2", "5"))
    args = (("column", "Dækning"),)
    assert ground(financed(), read).predicates == (
        Predicate("R/T1", "R", "T1", "", ("2 SFO", "5 Vej"), (), args=args, places=places),
    )
    (outcome,) = run(read, financed()).outcomes
    assert outcome.places == places
    assert both(outcome.message) == {
        "da": "Kolonnen „Dækning“ er ikke udfyldt for: 2 SFO, 5 Vej.",
        "en": 'The column "Dækning" is not filled in for: 2 SFO, 5 Vej.',
    }


def test_only_what_is_above_zero_may_count() -> None:
    assert told(GRANTS, financed(when="positive")) == ["failed T1: found [5 Vej] allowed []"]
    filled = GRANTS.replace("| -40 | |", "| -40 | Kassen |").replace("| 5 | - |", "| 5 | Puljen |")
    assert told(filled, financed()) == ["passed T1: found [] allowed []"]


def test_a_column_that_nobody_has_filled_in_lacks_in_every_row() -> None:
    text = (
        "Tillægsbevillinger i kr.\n| Område | Tillægsbevilling 2023 | Finansiering |\n| Skoler | 1 | |\n| SFO | 2 | |\n"
    )
    assert told(text, financed()) == ["failed T1: found [Skoler, SFO] allowed []"]


def test_any_of_several_columns_will_do() -> None:
    text = """
Tillægsbevillinger i kr.
| Område | Tillægsbevilling 2023 | Dækning | Bemærkning om finansieringen |
| Skoler | 1 | | Puljen |
| SFO | 2 | Kassen | |
| Klub | 3 | | |
"""
    assert told(text, financed()) == ["failed T1: found [Klub] allowed []"]


def test_without_the_column_or_a_figure_there_is_nothing_to_ask() -> None:
    nothing = Grounding(unbound="plan.no_text_column")
    assert ground(financed(texts=["beslutning"]), GRANTS) == nothing
    assert ground(financed(texts=None), GRANTS) == nothing
    assert ground(financed(figure="omplacering"), GRANTS) == nothing
    zeros = "Budget i kr.\n| Område | Tillægsbevilling 2023 | Dækning |\n| Skoler | 0 | |\n| SFO | 0 | Kassen |\n"
    assert ground(financed(), zeros) == nothing
    assert ground(replace(financed(), tables=("overfoersler",)), GRANTS) == nothing


def test_tables_are_asked_apart() -> None:
    anlaeg = (
        "\nPå anlæg i 1.000 kr.\n| Projekt | Tillægsbevilling 2023 | Dækning |\n| Bro | 7 | |\n| Sti | 8 | Kassen |\n"
    )
    assert [p.statement for p in ground(financed(), GRANTS + anlaeg).predicates] == ["T1", "T2"]
    assert told(GRANTS + anlaeg, financed())[1] == "failed T2: found [Bro] allowed []"


def test_the_column_may_hold_another_figure() -> None:
    given_ = rule("column_filled", {"figure": "forbrug_samlet", "measure": "anlaegsbevilling"})
    text = """
Anlæg i 1.000 kr.
| Projekt | Anlægsbevilling | Samlet forbrug |
| Sti | 0 | 90 |
| Bro | | 10 |
"""
    (outcome,) = run(text, given_).outcomes
    assert both(outcome.message)["da"] == "Kolonnen „anlægsbevilling“ er ikke udfyldt for: Bro."
    assert ground(given_, text.replace("Anlægsbevilling", "Korr. budget 2023")).unbound == "plan.no_text_column"
    empty = "Anlæg i kr.\n| Projekt | Anlægsbevilling | Samlet forbrug |\n| Sti | | 90 |\n| Bro | | 10 |\n"
    assert told(empty, given_) == ["failed T1: found [Sti, Bro] allowed []"]


CAPPED = """
Overførsler i 1.000 kr.
| Område | Korr. budget 2023 | Korr. budget 2024 | Søgt overført til 2024 | Dispensation |
| Skoler | {budget} | 10 | {carried} | |
| SFO | | 10 | 900 | |
"""


def above(percent: object = 5) -> Rule:
    """Above so many per cent of the revised budget a dispensation is needed."""
    return rule(
        "column_filled",
        {"figure": "overfoersel_soegt", "texts": ["dispens"], "above_percent": percent, "of": "korrigeret_budget"},
    )


def test_only_what_is_surely_above_a_share_of_another_figure_of_its_year_counts() -> None:
    assert told(CAPPED.format(budget="990", carried="51"), above()) == ["failed T1: found [Skoler] allowed []"]
    assert ground(above(), CAPPED.format(budget="990", carried="50")).unbound == "plan.no_text_column"
    assert told(CAPPED.format(budget="-990", carried="-51"), above()) == ["failed T1: found [Skoler] allowed []"]
    assert ground(above(), CAPPED.format(budget="", carried="51")).unbound == "plan.no_text_column"


@PROPERTY
@given(st.integers(1, 200), st.integers(1, 200), st.integers(0, 100))
def test_rounding_is_given_the_benefit_of_the_doubt(budget: int, carried: int, percent: int) -> None:
    """Both in whole thousands: half a unit less is carried, of half a unit more."""
    asked = bool(ground(above(percent), CAPPED.format(budget=budget, carried=carried)).predicates)
    assert asked == (100 * (2 * carried - 1) > percent * (2 * budget + 1))


@pytest.mark.parametrize(
    ("heading", "text", "meets"),
    [
        ("Dækning", "dækning", True),
        ("Dækningsforslag", "dækning", True),
        ("Dato for beslutningen", "beslutning", True),
        ("Politisk beslutning", "politisk besl", True),
        ("Beslutning, politisk", "politisk besl", False),
        ("Afdækning", "dækning", False),
        ("", "dækning", False),
    ],
)
def test_what_a_heading_says(heading: str, text: str, meets: bool) -> None:
    assert heads(heading, text) is meets


def test_the_settings() -> None:
    assert KINDS["column_filled"].settings == {
        "figure": Setting("measure", required=True),
        "when": Setting("choice", choices=("not_zero", "positive"), default="not_zero"),
        "texts": Setting("texts"),
        "measure": Setting("measure"),
        "above_percent": Setting("number"),
        "of": Setting("measure"),
    }
    assert KINDS["column_filled"].predicate
    assert KINDS["column_filled"].where == ("table",)
