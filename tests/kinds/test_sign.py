"""Does the kind `sign` ask every figure of a measure for the sign it must have?"""

from __future__ import annotations

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Grounding, Relation, Term
from tests.build import ground, rule, submission, told

PRICES = """
| Aktivitet | Antal 2023 | Pris i kr. 2023 | Regnskab 2023 | Budget 2023 |
| Dagpleje | 120 | -1 | 100 | |
| Vuggestue | -1 | 0 | 100 | |
| Klub | -0 | 5 | 100 | |
"""

POSITIVE = rule("sign", {"measures": ["maengde", "pris"]})


def test_one_relation_per_table_and_measure() -> None:
    free = ("scope", "line", "year", "basis", "as_of")
    assert ground(rule("sign", {"measures": ["pris", "maengde"]}, missing="zero"), PRICES) == Grounding(
        (
            Relation("R/T1/maengde", "R", "<=", "within", free, "zero", "T1"),
            Relation("R/T1/pris", "R", "<=", "within", free, "zero", "T1"),
        ),
        (
            Term("R/T1/maengde", -1, "T1", measure="maengde", stated=True),
            Term("R/T1/pris", -1, "T1", measure="pris", stated=True),
        ),
    )


def test_measures_come_in_the_same_order_on_every_run() -> None:
    text = "| I kr. | Rest 2023 | Omplacering 2023 | Budget 2023 | Regnskab 2023 | Tillægsbevilling 2023 |\n"
    text += "| Skoler | 1 | 2 | 3 | 4 | 5 |\n"
    measures = ["tillaegsbevilling", "regnskab", "rest", "budget", "omplacering"]
    made = ground(rule("sign", {"measures": measures}), text)
    assert [t.measure for t in made.terms] == ["budget", "omplacering", "regnskab", "rest", "tillaegsbevilling"]


def test_a_printed_zero_has_every_sign_and_a_count_is_exact() -> None:
    assert told(PRICES, POSITIVE) == [
        "passed T1 Dagpleje maengde 2023: stated 120 computed 0 off 120 most 0",
        "failed T1 Dagpleje pris 2023: stated -1 computed 0 off -1 most 0,5",
        "failed T1 Vuggestue maengde 2023: stated -1 computed 0 off -1 most 0",
        "passed T1 Vuggestue pris 2023: stated 0 computed 0 off 0 most 0,5",
        "passed T1 Klub maengde 2023: stated 0 computed 0 off 0 most 0",
        "passed T1 Klub pris 2023: stated 5 computed 0 off 5 most 0,5",
    ]


def test_negative_is_the_other_way_round() -> None:
    negative = rule("sign", {"measures": ["pris"], "must_be": "negative"})
    assert ground(negative, PRICES).terms == (Term("R/T1/pris", 1, "T1", measure="pris", stated=True),)
    assert told(PRICES, negative) == [
        "passed T1 Dagpleje pris 2023: stated -1 computed 0 off -1 most 0,5",
        "passed T1 Vuggestue pris 2023: stated 0 computed 0 off 0 most 0,5",
        "failed T1 Klub pris 2023: stated 5 computed 0 off 5 most 0,5",
    ]


def test_an_empty_column_or_another_layout_has_nothing_to_check() -> None:
    assert ground(rule("sign", {"measures": ["budget", "rest"]}), PRICES) == Grounding(unbound="plan.no_measures")
    elsewhere = rule("sign", {"measures": ["pris"]}, tables=("overfoersler",))
    assert ground(elsewhere, PRICES) == Grounding(unbound="plan.no_measures")
    here = rule("sign", {"measures": ["pris"]}, tables=(submission(PRICES).statements[0].layout,))
    assert [r.id for r in ground(here, PRICES).relations] == ["R/T1/pris"]


def test_the_settings() -> None:
    assert KINDS["sign"].settings == {
        "measures": Setting("measures", required=True),
        "must_be": Setting("choice", choices=("positive", "negative"), default="positive"),
    }
    assert not KINDS["sign"].predicate
    assert KINDS["sign"].where == ("table",)
