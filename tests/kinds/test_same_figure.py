"""Does the kind `same_figure` compare every data point that is stated twice, and nothing else?"""

from __future__ import annotations

from dataclasses import replace

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Grounding, Relation, Term
from tests.build import fact, ground, rule, submission, told

TWO_TABLES = """
Oversigt i mio. kr.
| Nr. | Område | Regnskab 2023 | Andel % | Pris 2023 |
| 1 | Skoler | 1,2 | 5 | 10 |
| 2 | SFO | 0,4 | 6 | 20 |
| 3 | Klub | 0,3 | 7 | 30 |

Specifikation i 1.000 kr.
| Nr. | Område | Regnskab 2023 | Andel % | Pris 2023 |
| 1 | Skoler | 1.250 | 8 | 11 |
| 2 | SFO | 451 | 6 | 20 |
| 3 | Klub | 300 | 7 | 30 |
"""


def test_one_relation_compares_every_measure_but_shares_and_those_left_out() -> None:
    assert ground(rule("same_figure"), TWO_TABLES) == Grounding(
        (Relation("R/agree", "R", "agree", "across", ("scope", "line", "year", "basis", "as_of")),),
        (Term("R/agree", 1, measure="regnskab", source="table"),),
    )
    prices = ground(rule("same_figure", {"except": ["beloeb"]}), TWO_TABLES)
    assert [t.measure for t in prices.terms] == ["pris", "regnskab"]


def test_measures_come_in_the_same_order_on_every_run() -> None:
    measures = ["rest", "budget", "pris", "omplacering", "regnskab", "andel", "beloeb", "maengde"]
    facts = tuple(fact(5, measure=m, dimension="percent" if m == "andel" else "kr") for m in measures)
    read = replace(submission(TWO_TABLES), facts=facts)
    assert [t.measure for t in ground(rule("same_figure"), read).terms] == [
        *("budget", "maengde", "omplacering", "regnskab", "rest")
    ]


def test_figures_of_two_precisions_must_meet() -> None:
    """1,2 mio. may be 1.250.000; 0,4 mio. cannot be 451.000."""
    *apart, equal = told(TWO_TABLES, rule("same_figure"))
    assert apart == [
        "passed_rounding T2 1 Skoler regnskab 2023: stated 1.250 computed 1.200 off 50 most 50,5",
        "failed T2 2 SFO regnskab 2023: stated 451 computed 400 off 51 most 50,5",
    ]
    assert equal.startswith("passed T2 3 Klub regnskab 2023: stated 300 computed 300 off 0 ")


def test_figures_of_one_precision_must_be_equal() -> None:
    assert told(TWO_TABLES, rule("same_figure", {"except": ["regnskab"]})) == [
        "failed T2 1 Skoler pris 2023: stated 11 computed 10 off 1 most 0",
        "passed T2 2 SFO pris 2023: stated 20 computed 20 off 0 most 0",
        "passed T2 3 Klub pris 2023: stated 30 computed 30 off 0 most 0",
    ]


def test_one_table_has_nothing_to_compare() -> None:
    one = TWO_TABLES.partition("\nSpecifikation")[0]
    assert ground(rule("same_figure"), one) == Grounding(unbound="plan.one_table")
    assert ground(rule("same_figure"), "Ingen tal.") == Grounding(unbound="plan.one_table")


def test_nothing_left_to_compare() -> None:
    everything = rule("same_figure", {"except": ["regnskab", "pris", "andel"]})
    assert ground(everything, TWO_TABLES) == Grounding(unbound="plan.one_table")


def test_the_settings() -> None:
    assert KINDS["same_figure"].settings == {
        "except": Setting("measures", default=("beloeb", "pris")),
        "one_unit": Setting("choice", choices=("note", "warning", "error"), default="warning"),
    }
    assert not KINDS["same_figure"].predicate
    assert KINDS["same_figure"].where == ()
