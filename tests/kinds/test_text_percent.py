"""Does the kind `text_percent` hold a per cent that a sentence states against the amounts it is made of?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.model.rules import Derived, Grounding, Relation, Term
from checker.model.submission import PERCENT, Fact
from tests.build import KR, PROPERTY, TKR, exactly, fact, ground, of_facts, rule, run, told

SHARE = rule("text_percent")
NOTHING = Grounding(unbound="plan.no_percents_in_text")
ONE = 1_000_000
"""One per cent in steps."""

TABLES = """
| I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| Skoler | 1.000 | 900 | 100 |
| SFO | 500 | 520 | -20 |

"""


def share(
    value: int, unit: int = ONE // 10, basis: str | None = "over_underskud/korrigeret_budget", **changes: Any
) -> Fact:
    own = {"statement": "P1", "measure": "andel", "text": True, "dimension": PERCENT, "basis": basis}
    return fact(value, unit, **own | changes)


def amounts(result: int, budget: int, unit: int = TKR, **changes: Any) -> tuple[Fact, Fact]:
    deviation = fact(result, unit, measure="over_underskud", basis="korrigeret_budget", **changes)
    return deviation, fact(budget, unit, measure="korrigeret_budget", **changes)


def test_the_relation_and_the_quotient_in_full() -> None:
    text = "Skoler\n\nDer er et mindreforbrug på 100.000 kr., svarende til 10,0 pct. af budgettet."
    key, quotient, line = "R/P1.A2", "R/P1.A2/quotient", (None, "skoler")
    assert ground(rule("text_percent", missing="zero"), TABLES + text) == Grounding(
        (Relation(key, "R", "=", "beside", (), "zero"),),
        (
            Term(quotient, 1, None, *line, "over_underskud", "korrigeret_budget", 2023, clip="abs"),
            Term(quotient, -1, None, *line, "korrigeret_budget", None, 2023, clip="abs"),
            Term(key, 1, measure=quotient, label="@derived.quotient"),
            Term(
                key, -1, "P1", *line, "andel", "over_underskud/korrigeret_budget", 2023,
                stated=True, label="@report.in_text",
            ),
        ),
        derived=(Derived(quotient, "R", "quotient", "across", (), "percent", scale=100 * ONE),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("per_cent", "status"), [("4", "passed"), ("4,0", "passed"), ("4,1", "failed"), ("3,8", "failed"), ("5", "failed")]
)
def test_the_sign_of_a_deficit_does_not_matter(per_cent: str, status: str) -> None:
    text = f"SFO\n\nDer er et merforbrug på 20.000 kr., svarende til {per_cent} pct. af budgettet."
    assert [line.split(":")[0] for line in told(TABLES + text, SHARE)] == [f"{status} P1 SFO andel 2023"]


def test_the_calculation_says_how_many_per_cent_it_is() -> None:
    facts = (*amounts(20 * KR, 300 * KR, 0), share(7 * ONE, ONE))
    assert exactly(of_facts(*facts), SHARE) == ["passed P1 Skoler andel 2023: stated 7 computed 20/3 off 1/3 most 0.5"]
    facts = (*amounts(20 * KR, 300 * KR, 0), share(6 * ONE, ONE))
    assert exactly(of_facts(*facts), SHARE) == ["failed P1 Skoler andel 2023: stated 6 computed 20/3 off -2/3 most 0.5"]


@pytest.mark.parametrize(
    "basis", [None, "over_underskud", "over_underskud/", "/korrigeret_budget", "regnskab/korrigeret_budget"]
)
def test_a_per_cent_of_what_is_not_known_is_not_checked(basis: str | None) -> None:
    assert ground(SHARE, of_facts(*amounts(TKR, 10 * TKR), share(10 * ONE, basis=basis))) == NOTHING


def test_both_amounts_must_be_known_of_the_line_and_year_of_the_per_cent() -> None:
    result, budget = amounts(TKR, 10 * TKR)
    assert len(ground(SHARE, of_facts(result, budget, share(10 * ONE))).relations) == 1
    assert ground(SHARE, of_facts(result, share(10 * ONE))) == NOTHING
    assert ground(SHARE, of_facts(budget, share(10 * ONE))) == NOTHING
    for moved in ({"line": "2"}, {"year": 2022}, {"scope": "drift"}, {"entity": "Skoler"}):
        assert ground(SHARE, of_facts(result, budget, share(10 * ONE, **moved))) == NOTHING
        assert ground(SHARE, of_facts(replace(result, **moved), budget, share(10 * ONE))) == NOTHING


def test_only_a_deviation_is_looked_for_by_what_it_is_measured_against() -> None:
    made = ground(
        SHARE, of_facts(fact(9 * TKR), *amounts(TKR, 10 * TKR), share(90 * ONE, basis="regnskab/korrigeret_budget"))
    )
    assert [(t.measure, t.basis) for t in made.terms[:2]] == [("regnskab", None), ("korrigeret_budget", None)]
    made = ground(
        SHARE, of_facts(fact(9 * TKR), *amounts(TKR, 10 * TKR), share(11 * ONE, basis="over_underskud/regnskab"))
    )
    assert [(t.measure, t.basis) for t in made.terms[:2]] == [("over_underskud", "regnskab"), ("regnskab", None)]


def test_a_per_cent_of_a_table_and_other_amounts_of_a_text_are_other_rules() -> None:
    assert ground(SHARE, of_facts(*amounts(TKR, 10 * TKR), share(10 * ONE, text=False))) == NOTHING
    assert ground(SHARE, TABLES + "Skoler\n\nDer er et mindreforbrug på 100.000 kr.") == NOTHING


def test_a_rule_of_one_scope_looks_at_no_other() -> None:
    drift = (*amounts(TKR, 10 * TKR, scope="drift"), share(10 * ONE, scope="drift"))
    none = (*amounts(TKR, 10 * TKR, line="2"), share(10 * ONE, line="2"))
    assert [r.id for r in ground(rule("text_percent", scopes=("drift",)), of_facts(*none, *drift)).relations] == [
        "R/P1.1.andel.2023"
    ]
    assert len(ground(SHARE, of_facts(*none, *drift)).relations) == 2


def test_a_budget_of_nothing_leaves_it_undecided() -> None:
    (outcome,) = run(of_facts(*amounts(TKR, 0), share(10 * ONE)), SHARE).outcomes
    assert (outcome.status, outcome.reason) == ("not_evaluated", "reason.division_by_zero")


@PROPERTY
@given(st.integers(-90, 90), st.integers(2, 90), st.integers(0, 2000), st.sampled_from((0, KR, TKR)))
def test_a_per_cent_is_wrong_where_no_amounts_within_their_rounding_make_it(
    result: int, budget: int, tenths: int, unit: int
) -> None:
    """The share lies between the least result of the largest budget and the largest of the least."""
    (outcome,) = run(of_facts(*amounts(result * TKR, budget * TKR, unit), share(tenths * ONE // 10)), SHARE).outcomes
    half = Fraction(unit, 2)
    size, of = abs(result) * TKR, budget * TKR
    low, high = 100 * max(size - half, Fraction(0)) / (of + half), 100 * (size + half) / (of - half)
    stated = Fraction(tenths, 10)
    assert (outcome.status == "failed") == (stated + Fraction(1, 20) < low or stated - Fraction(1, 20) > high)


def test_it_has_no_settings() -> None:
    kind = KINDS["text_percent"]
    assert (kind.predicate, dict(kind.settings), kind.where) == (False, {}, ("scope",))
