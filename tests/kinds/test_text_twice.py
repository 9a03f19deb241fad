"""Does the kind `text_twice` hold amounts that a text tells twice against each other?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from checker.amounts.intervals import interval
from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Grounding
from checker.model.submission import Fact
from tests.build import EMPTY, KR, MIO, PROPERTY, TKR, fact, ground, of_facts, rule

TWICE = rule("text_twice", {"measures": ("overfoersel_soegt",)})
NOTHING = Grounding(unbound="plan.told_once")


def said(value: int, unit: int = KR, statement: str = "P1", **changes: Any) -> Fact:
    return fact(value, unit, **{"statement": statement, "measure": "overfoersel_soegt", "text": True, **changes})


def alike(*facts: Fact) -> list[bool]:
    """For every figure told twice, whether it is told alike."""
    found = ground(TWICE, of_facts(*facts)).predicates
    return [set(p.found) <= set(p.allowed) for p in found]


def test_two_amounts_of_one_figure() -> None:
    first = said(500 * TKR, as_printed="500.000 kr.")
    assert alike(first, said(500 * TKR, statement="P2", as_printed="500.000 kr.")) == [True]
    assert alike(first, said(600 * TKR, statement="P2", as_printed="600.000 kr.")) == [False]


def test_a_round_amount_has_the_room_it_may_have_been_rounded_to() -> None:
    exact = said(604_812 * KR, as_printed="604.812 kr.")
    assert alike(said(605 * TKR, coarse=TKR, as_printed="605.000 kr."), exact) == [True]
    assert alike(said(605 * TKR, as_printed="605.000 kr."), exact) == [False]


def test_the_sign_is_left_to_another_rule() -> None:
    assert alike(said(5 * TKR, as_printed="5.000 kr."), said(-5 * TKR, statement="P2", as_printed="-5.000 kr.")) == [
        True
    ]


def test_what_is_told_once_or_not_for_sure_or_stands_in_a_table_is_not_asked() -> None:
    one = said(5 * TKR)
    for other in (
        said(6 * TKR, year=2022), said(6 * TKR, sure=False), said(6 * TKR, refers="P1.A1"), said(6 * TKR, line="2"),
    ):  # fmt: skip
        assert ground(TWICE, replace(EMPTY, facts=(one, other))) == NOTHING
    table = fact(5 * TKR, TKR, measure="overfoersel_soegt")
    assert ground(TWICE, replace(EMPTY, facts=(table, one, said(6 * TKR, statement="P2")))) == NOTHING


@PROPERTY
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from([KR, TKR, MIO // 10])), min_size=2, max_size=4))
def test_amounts_are_alike_exactly_where_each_two_may_be_one(told: list[tuple[int, int]]) -> None:
    facts = [said(100 * TKR + n * KR, unit, f"P{i}", as_printed=f"{i}") for i, (n, unit) in enumerate(told)]
    spans = [interval(f.value, f.unit) for f in facts]
    assert alike(*facts) == [all(a.meets(b) for a in spans for b in spans)]


def test_its_settings() -> None:
    kind = KINDS["text_twice"]
    assert dict(kind.settings) == {"measures": Setting("measures", required=True)}
    assert (kind.predicate, kind.where) == (True, ("scope",))
