"""Does the kind `text_split` hold what is carried forward and what is left, as a text tells it, against the result?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.model.rules import Grounding, Relation, Term
from checker.model.submission import Fact
from tests.build import KR, PROPERTY, TKR, fact, ground, of_facts, relation_lines, rule, run, told

SPLIT = rule("text_split")
NOTHING = Grounding(unbound="plan.no_remainder_in_text")

TABLES = """
| I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| Skoler | 1.000 | 900 | 100 |
| SFO | 500 | 520 | -20 |

Skoler

"""


def said(value: int, measure: str = "rest_efter_overfoersel", unit: int = KR, **changes: Any) -> Fact:
    return fact(value, unit, **{"statement": "P1", "text": True, "measure": measure} | changes)


def carried(value: int, **changes: Any) -> Fact:
    return said(value, "overfoersel_soegt", **changes)


def result(value: int, basis: str | None = "korrigeret_budget", unit: int = TKR, **changes: Any) -> Fact:
    return fact(value, unit, measure="over_underskud", basis=basis, fact_id=f"result {basis} {value}", **changes)


def test_the_relation_and_its_terms_in_full() -> None:
    text = "Af overskuddet på 100.000 kr. søges 60.000 kr. overført til 2024. De resterende 40.000 kr. tilgår kassen."
    key, line = "R/P1.A3", (None, "skoler")
    assert ground(rule("text_split", missing="fail"), TABLES + text) == Grounding(
        (Relation(key, "R", "=", "across", (), "fail"),),
        (
            Term(key, 1, None, *line, "over_underskud", "korrigeret_budget", 2023, label="@measure.over_underskud"),
            Term(key, -1, None, *line, "overfoersel_soegt", None, 2023, label="@measure.overfoersel_soegt"),
            Term(
                key, -1, None, *line, "rest_efter_overfoersel", None, 2023,
                stated=True, label="@measure.rest_efter_overfoersel",
            ),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("left", "line"),
    [
        ("40.000", "passed P1 Skoler rest_efter_overfoersel 2023: stated 40.000 computed 40.000 off 0 most 1,5"),
        (
            "40.001",
            "passed_rounding P1 Skoler rest_efter_overfoersel 2023: stated 40.001 computed 40.000 off 1 most 1,5",
        ),
        ("40.002", "failed P1 Skoler rest_efter_overfoersel 2023: stated 40.002 computed 40.000 off 2 most 1,5"),
        ("60.000", "failed P1 Skoler rest_efter_overfoersel 2023: stated 60.000 computed 40.000 off 20.000 most 1,5"),
    ],
)
def test_exactly_at_the_bound_and_one_krone_past_it(left: str, line: str) -> None:
    text = f"Af overskuddet på 100.000 kr. søges 60.000 kr. overført til 2024. De resterende {left} kr. tilgår kassen."
    assert told(TABLES + text, SPLIT) == [line]


def test_all_three_must_be_known_of_one_line_and_year() -> None:
    whole = (result(100 * TKR), carried(60 * TKR), said(40 * TKR))
    assert len(ground(SPLIT, of_facts(*whole)).relations) == 1
    for missing in whole:
        assert ground(SPLIT, of_facts(*(f for f in whole if f is not missing))) == NOTHING
    first, second, third = whole
    for moved in ({"line": "2"}, {"year": 2022}, {"scope": "drift"}, {"entity": "Skoler"}):
        assert ground(SPLIT, of_facts(replace(first, **moved), second, third)) == NOTHING
        assert ground(SPLIT, of_facts(first, replace(second, **moved), third)) == NOTHING
        assert ground(SPLIT, of_facts(first, second, replace(third, **moved))) == NOTHING


def test_what_a_table_says_is_left_is_not_told() -> None:
    assert ground(SPLIT, of_facts(result(TKR), carried(TKR), fact(0, measure="rest_efter_overfoersel"))) == NOTHING


def test_a_result_against_the_original_budget_is_not_what_is_divided() -> None:
    told_of = (carried(60 * TKR), said(40 * TKR))
    assert ground(SPLIT, of_facts(result(100 * TKR, "oprindeligt_budget"), *told_of)) == NOTHING
    made = ground(SPLIT, of_facts(result(7 * TKR, "oprindeligt_budget"), result(100 * TKR), *told_of))
    assert relation_lines(made)[0].startswith(
        "R/P1.1.rest_efter_overfoersel.2023: +1(-.-.1.over_underskud.korrigeret_budget"
    )


def test_the_first_result_of_a_line_says_what_it_is_measured_against() -> None:
    told_of = (carried(60 * TKR), said(40 * TKR))
    first = ground(SPLIT, of_facts(result(100 * TKR, None), result(100 * TKR), *told_of)).terms[0]
    other = ground(SPLIT, of_facts(result(100 * TKR), result(100 * TKR, None), *told_of)).terms[0]
    assert (first.basis, other.basis) == (None, "korrigeret_budget")


def test_a_remainder_that_is_told_twice_is_checked_once() -> None:
    again = said(40 * TKR, statement="P2")
    made = ground(SPLIT, of_facts(result(100 * TKR), carried(60 * TKR), said(40 * TKR), again))
    assert [r.id for r in made.relations] == ["R/P1.1.rest_efter_overfoersel.2023"]
    other = said(40 * TKR, line="2"), result(90 * TKR, line="2"), carried(50 * TKR, line="2")
    made = ground(SPLIT, of_facts(result(100 * TKR), carried(60 * TKR), said(40 * TKR), again, *other))
    assert [r.id for r in made.relations] == [
        "R/P1.1.rest_efter_overfoersel.2023",
        "R/P1.2.rest_efter_overfoersel.2023",
    ]


def test_a_rule_of_one_scope_looks_at_no_other() -> None:
    drift: dict[str, Any] = {"scope": "drift"}
    facts = (result(100 * TKR, **drift), carried(60 * TKR, **drift), said(40 * TKR, **drift))
    none = (result(90 * TKR, line="2"), carried(50 * TKR, line="2"), said(40 * TKR, line="2"))
    assert [t.scope for t in ground(rule("text_split", scopes=("drift",)), of_facts(*none, *facts)).terms] == [
        "drift"
    ] * 3
    assert ground(rule("text_split", scopes=("anlaeg",)), of_facts(*none, *facts)) == NOTHING


@PROPERTY
@given(st.integers(-500, 500), st.integers(-500, 500), st.integers(-3000, 3000), st.sampled_from((KR, TKR)))
def test_the_three_may_be_off_by_half_of_each_unit(whole: int, part: int, off: int, unit: int) -> None:
    left = (whole - part) * TKR + off * KR
    facts = (result(whole * TKR, unit=unit), carried(part * TKR), said(left))
    (outcome,) = run(of_facts(*facts), SPLIT).outcomes
    assert (outcome.status == "failed") == (2 * abs(off) * KR > unit + 2 * KR)


def test_it_has_no_settings() -> None:
    kind = KINDS["text_split"]
    assert (kind.predicate, dict(kind.settings), kind.where) == (False, {}, ("scope",))
