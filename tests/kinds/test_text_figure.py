"""Does the kind `text_figure` hold amounts of sentences against what tables state or make?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import TABLE, Grounding, Relation, Term
from checker.model.submission import PERCENT, Fact
from tests.build import KR, PROPERTY, TKR, fact, ground, of_facts, relation_lines, rule, run, submission, told

FIGURE = rule("text_figure")
NOTHING = Grounding(unbound="plan.no_amounts_in_text")

TABLES = """
| I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| Skoler | 1.000 | 900 | 100 |
| SFO | 500 | 520 | -20 |

Skoler

"""
TWO_COLUMNS = """
| I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 |
| Skoler | 1.000 | 900 |
| SFO | 500 | 520 |

Skoler

"""


def said(value: int, unit: int = KR, **changes: Any) -> Fact:
    own = {"statement": "P1", "measure": "over_underskud", "basis": "korrigeret_budget", "text": True}
    return fact(value, unit, **own | changes)


def stated(value: int, unit: int = TKR) -> Fact:
    return fact(value, unit, measure="over_underskud", basis="korrigeret_budget")


def budget_and_accounts(budget: int, accounts: int, unit: int = TKR) -> tuple[Fact, Fact]:
    return fact(budget, unit, measure="korrigeret_budget"), fact(accounts, unit)


def test_a_figure_of_a_table_and_that_of_the_sentence_in_full() -> None:
    made = ground(rule("text_figure", missing="fail"), TABLES + "Skolerne viser et mindreforbrug på 100.000 kr.")
    key, about = "R/P1.A1", (None, "skoler", "over_underskud", "korrigeret_budget", 2023)
    assert made == Grounding(
        (Relation(key, "R", "=", "beside", (), "fail", exact=True),),
        (
            Term(key, -1, None, *about, label="@report.in_table", source=TABLE),
            Term(key, 1, "P1", *about, stated=True, label="@report.in_text"),
        ),
    )


def test_what_a_figure_is_made_of_and_that_of_the_sentence_in_full() -> None:
    made = ground(FIGURE, TWO_COLUMNS + "Skolerne viser et mindreforbrug på 100.000 kr.")
    key, line = "R/P1.A1", (None, "skoler")
    budget, accounts, basis = "@measure.korrigeret_budget", "@measure.regnskab", "korrigeret_budget"
    assert made == Grounding(
        (Relation(key, "R", "=", "beside", (), exact=False),),
        (
            Term(key, -1, None, *line, "korrigeret_budget", year=2023, label=budget, source=TABLE),
            Term(key, 1, None, *line, "regnskab", year=2023, label=accounts, source=TABLE),
            Term(key, 1, "P1", *line, "over_underskud", basis, 2023, stated=True, label="@report.in_text"),
        ),
    )


@pytest.mark.parametrize(
    ("tables", "amount", "status", "numbers"),
    [
        (TABLES, "100.000", "passed", "stated 100.000 computed 100.000 off 0 most 500,5"),
        (TABLES, "100.500", "passed_rounding", "stated 100.500 computed 100.000 off 500 most 500,5"),
        (TABLES, "100.501", "failed", "stated 100.501 computed 100.000 off 501 most 500,5"),
        (TABLES, "99.499", "failed", "stated 99.499 computed 100.000 off -501 most 500,5"),
        (TWO_COLUMNS, "101.000", "passed_rounding", "stated 101.000 computed 100.000 off 1.000 most 1.000,5"),
        (TWO_COLUMNS, "101.001", "failed", "stated 101.001 computed 100.000 off 1.001 most 1.000,5"),
    ],
)
def test_exactly_at_the_bound_and_one_krone_past_it(tables: str, amount: str, status: str, numbers: str) -> None:
    assert told(f"{tables}Skolerne viser et mindreforbrug på {amount} kr.", FIGURE) == [
        f"{status} P1 Skoler over_underskud 2023: {numbers}"
    ]


def test_a_word_for_the_wrong_sign_is_left_to_the_rule_of_signs() -> None:
    wrong = TABLES + "Skolerne viser et merforbrug på 100.000 kr."
    (line,) = relation_lines(ground(FIGURE, wrong))
    assert line.split(" = ")[0] == (
        "R/P1.A1: -1(-.-.skoler.over_underskud.korrigeret_budget.2023.-)"
        " -1*(P1.-.skoler.over_underskud.korrigeret_budget.2023.-)"
    )
    assert told(wrong, FIGURE)[0].startswith("passed P1 Skoler")
    (far,) = relation_lines(ground(FIGURE, wrong.replace("på 100.000", "på 70.000")))
    assert " +1*(P1." in far
    assert told(wrong.replace("på 100.000", "på 70.000"), FIGURE)[0].startswith("failed P1 Skoler")


def test_a_figure_that_no_table_states_or_makes_is_not_held_against_anything() -> None:
    assert ground(FIGURE, of_facts(said(10 * TKR), fact(90 * TKR))) == NOTHING
    assert ground(FIGURE, of_facts(stated(10 * TKR))) == NOTHING
    assert ground(FIGURE, TABLES + "Der er ingen bemærkninger.") == NOTHING


def test_measures_left_out_are_not_compared() -> None:
    share: dict[str, Any] = {"measure": "andel", "basis": "over_underskud/korrigeret_budget", "dimension": PERCENT}
    facts = (fact(10_000_000, 100_000, **share), fact(12_000_000, 100_000, statement="P1", text=True, **share))
    assert ground(FIGURE, of_facts(*facts)) == NOTHING
    assert len(ground(rule("text_figure", {"except": ()}), of_facts(*facts)).relations) == 1
    without = rule("text_figure", {"except": ("over_underskud",)})
    assert ground(without, of_facts(stated(10 * TKR), said(10 * TKR))) == NOTHING
    assert [r.id for r in ground(without, of_facts(*facts)).relations] == ["R/P1.1.andel.2023"]


def test_a_rule_of_one_scope_looks_at_no_other() -> None:
    drift = replace(stated(10 * TKR), scope="drift"), said(10 * TKR, scope="drift")
    none = replace(stated(20 * TKR), line="2"), said(20 * TKR, line="2")
    only = rule("text_figure", scopes=("drift",))
    assert [r.id for r in ground(only, of_facts(*drift, *none)).relations] == ["R/P1.1.over_underskud.2023"]
    assert [r.id for r in ground(FIGURE, of_facts(*drift, *none)).relations] == [
        "R/P1.1.over_underskud.2023",
        "R/P1.2.over_underskud.2023",
    ]


def test_what_refers_back_to_an_amount_is_not_compared_again() -> None:
    first = said(10 * TKR)
    again = said(10 * TKR, statement="P2", refers=first.fact_id)
    assert [r.id for r in ground(FIGURE, of_facts(stated(10 * TKR), first, again)).relations] == [f"R/{first.fact_id}"]


def test_the_severity_where_both_differ_by_exactly_one_unit() -> None:
    def severity(value: int, **check: Any) -> list[str]:
        return [
            o.severity for o in run(of_facts(stated(10 * TKR), said(value, TKR)), rule("text_figure", check)).outcomes
        ]

    assert [severity(11 * TKR), severity(12 * TKR)] == [["warning"], ["error"]]
    assert severity(11 * TKR, one_unit="note") == ["note"]


@PROPERTY
@given(st.integers(-40, 40), st.integers(1, 40), st.booleans())
def test_in_one_unit_the_sizes_must_be_equal(text: int, table: int, deficit: bool) -> None:
    """Only the size counts where the sign alone differs; a size is never off by more than a unit to pass."""
    shown = -table if deficit else table
    (outcome,) = run(of_facts(stated(shown * TKR), said(text * TKR, TKR)), FIGURE).outcomes
    assert outcome.status == ("passed" if abs(text) == table else "failed")


@PROPERTY
@given(st.integers(-60, 60), st.integers(-60, 60), st.integers(-3000, 3000))
def test_of_what_is_made_of_two_the_rounding_of_all_three_is_allowed_for(budget: int, accounts: int, off: int) -> None:
    """Two figures of a table in 1.000 kr. and an amount in kr.: 1.000,5 kr. at most, with the sign or against it."""
    result = (budget - accounts) * TKR
    value = result + off * KR
    (outcome,) = run(of_facts(*budget_and_accounts(budget * TKR, accounts * TKR), said(value)), FIGURE).outcomes
    sure = abs(result) > TKR and value != 0  # the sign of what may be zero is not another rule's
    near = min(abs(value - result), abs(value + result)) if sure else abs(value - result)
    assert (outcome.status == "failed") == (2 * near > 2 * TKR + KR)


def test_a_round_amount_with_the_right_sign_is_compared_with_its_sign() -> None:
    """100.000 kr. of 120.000 kr. is 20.000 kr. too little, not 220.000 kr. off."""
    text = TABLES.replace("| 900 | 100 |", "| 880 | 120 |") + "Skolerne viser et mindreforbrug på 100.000 kr."
    assert told(text, FIGURE) == [
        "failed P1 Skoler over_underskud 2023: stated 100.000 computed 120.000 off -20.000 most 500,5"
    ]


def test_the_texts_and_tables_of_a_submission_give_one_relation_per_sentence() -> None:
    made = submission(
        TABLES + "Skolerne viser et mindreforbrug på 100.000 kr.\n\nSFO\n\nDer er et merforbrug på 20.000 kr."
    )
    assert [r.id for r in ground(FIGURE, made).relations] == ["R/P1.A1", "R/P2.A1"]
    assert [line.split(":")[0] for line in told(made, FIGURE)] == [
        "passed P1 Skoler over_underskud 2023",
        "passed P2 SFO over_underskud 2023",
    ]


def test_its_settings() -> None:
    kind = KINDS["text_figure"]
    assert dict(kind.settings) == {
        "except": Setting("measures", default=("andel",)),
        "one_unit": Setting("choice", choices=("note", "warning", "error"), default="warning"),
    }
    assert (kind.predicate, kind.where) == (False, ("scope",))
