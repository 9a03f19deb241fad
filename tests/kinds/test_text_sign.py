"""Does the kind `text_sign` hold a word such as 'overskud' against the sign that the tables show?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.model.document import Place
from checker.model.rules import Grounding, Predicate
from checker.model.submission import Fact, Submission
from tests.build import KR, MIO, PROPERTY, TKR, fact, ground, of_facts, rule, submission, told

SIGN = rule("text_sign")
NOTHING = Grounding(unbound="plan.no_amounts_in_text")
BETTER, WORSE = "@sign_word.bedre", "@sign_word.daarligere"

TABLES = """
| Nr. | I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| 1 | Skoler | 1.000 | 900 | 100 |
| 2 | SFO | 500 | 520 | -20 |

1. Skoler

"""


def said(value: int, unit: int = KR, **changes: Any) -> Fact:
    own = {"statement": "P1", "measure": "over_underskud", "text": True, "sign_word": "overskud"}
    return fact(value, unit, **own | changes)


def stated(value: int, unit: int = TKR, **changes: Any) -> Fact:
    return fact(value, unit, measure="over_underskud", **changes)


def words(given_: Submission) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(p.found, p.allowed) for p in ground(SIGN, given_).predicates]


def test_a_predicate_in_full() -> None:
    made = submission(TABLES + "Der er et underskud på 100.000 kr.")
    (place,) = [f.place for f in made.facts if f.text]
    assert ground(SIGN, made) == Grounding(
        predicates=(
            Predicate(
                "R/P1.A1", "R", "P1", "1 Skoler", (WORSE,), (BETTER,),
                facts=("P1.A1",), args=(("amount", "100.000 kr."),), places=(place,),
            ),
        )
    )  # fmt: skip
    assert (place.line, place.snippet) == (8, "Der er et underskud på 100.000 kr.")


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("Der er et overskud på 100.000 kr.", f"passed P1 1 Skoler: found [{BETTER}] allowed [{BETTER}]"),
        ("Der er et underskud på 100.000 kr.", f"failed P1 1 Skoler: found [{WORSE}] allowed [{BETTER}]"),
        ("Der er et merforbrug på 0,1 mio. kr.", f"failed P1 1 Skoler: found [{WORSE}] allowed [{BETTER}]"),
    ],
)
def test_a_word_against_a_surplus(sentence: str, line: str) -> None:
    assert told(TABLES + sentence, SIGN) == [line]


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("merforbrug", f"passed P1 2 SFO: found [{WORSE}] allowed [{WORSE}]"),
        ("mindreforbrug", f"failed P1 2 SFO: found [{BETTER}] allowed [{WORSE}]"),
    ],
)
def test_a_word_against_a_deficit(word: str, line: str) -> None:
    text = TABLES.replace("1. Skoler\n", "2. SFO\n") + f"Der er et {word} på 20.000 kr."
    assert told(text, SIGN) == [line]


def test_a_line_without_a_number_is_called_by_its_name() -> None:
    place = Place("case", line=9)
    (one,) = ground(SIGN, of_facts(stated(TKR * 5), said(5 * TKR, place=place))).predicates
    (two,) = ground(SIGN, of_facts(stated(TKR * 5), said(5 * TKR, number="7"))).predicates
    assert (one.about, one.places, two.about) == ("Skoler", (place,), "7 Skoler")


def test_an_amount_of_another_size_says_nothing_of_the_sign() -> None:
    assert ground(SIGN, TABLES + "Der er et underskud på 70.000 kr.") == NOTHING
    assert ground(SIGN, of_facts(stated(5 * TKR), said(-5501 * KR))) == NOTHING
    assert words(of_facts(stated(5 * TKR), said(-5500 * KR))) == [((WORSE,), (BETTER,))]


def test_a_deviation_that_may_be_zero_decides_no_sign() -> None:
    assert ground(SIGN, of_facts(stated(0), said(-400 * KR))) == NOTHING
    assert ground(SIGN, of_facts(stated(TKR, 2 * TKR), said(-500 * KR))) == NOTHING
    assert ground(SIGN, of_facts(stated(-TKR, 2 * TKR), said(500 * KR))) == NOTHING
    assert words(of_facts(stated(-TKR, TKR), said(-TKR))) == [((WORSE,), (WORSE,))]


def test_an_amount_without_a_word_or_of_another_measure_or_without_a_table_is_left_alone() -> None:
    assert ground(SIGN, of_facts(stated(5 * TKR), said(-5 * TKR, sign_word=""))) == NOTHING
    assert ground(SIGN, of_facts(fact(5 * TKR), said(-5 * TKR, measure="regnskab"))) == NOTHING
    assert ground(SIGN, of_facts(said(-5 * TKR))) == NOTHING


def test_what_is_left_alone_does_not_stop_the_next() -> None:
    first = (
        said(-5 * TKR, sign_word=""),
        said(-5 * TKR, line="9"),
        said(-70 * TKR, line="3"),
        said(TKR // 4, line="4"),
    )
    known = (stated(5 * TKR), stated(5 * TKR, line="3"), stated(0, line="4"), stated(5 * TKR, line="5"))
    made = ground(SIGN, of_facts(*known, *first, said(-5 * TKR, line="5")))
    assert [p.id for p in made.predicates] == ["R/P1.5.over_underskud.2023"]


def test_a_rule_of_one_scope_looks_at_no_other() -> None:
    drift, none = stated(5 * TKR, scope="drift"), stated(5 * TKR, line="2")
    given_ = of_facts(drift, none, said(5 * TKR, scope="drift"), said(5 * TKR, line="2"))
    assert [p.id for p in ground(rule("text_sign", scopes=("drift",)), given_).predicates] == [
        "R/P1.1.over_underskud.2023"
    ]
    assert len(ground(SIGN, given_).predicates) == 2


@PROPERTY
@given(st.integers(-60, 60), st.integers(-60, 60), st.sampled_from((KR, TKR)), st.sampled_from((KR, TKR, MIO // 10)))
def test_the_word_is_right_exactly_where_it_has_the_sign_of_budget_less_accounts(
    budget: int, accounts: int, unit: int, own: int
) -> None:
    """The word of the right size in either sign: one is always right and the other wrong."""
    result = (budget - accounts) * TKR
    known = (fact(budget * TKR, unit, measure="korrigeret_budget"), fact(accounts * TKR, unit))
    if abs(result) <= unit:
        assert words(of_facts(*known, said(result, own))) == []
        return
    sign = BETTER if result > 0 else WORSE
    assert words(of_facts(*known, said(result, own))) == [((sign,), (sign,))]
    turned = words(of_facts(*known, said(-result, own)))
    wrong = WORSE if result > 0 else BETTER
    spread = 4 * abs(result) > 2 * unit + own  # else the wide amount of the text meets the tables in both signs
    assert turned == [((wrong,), (sign if spread else wrong,))]


def test_the_right_word_with_a_round_amount_is_not_wrong() -> None:
    text = TABLES.replace("| 900 | 100 |", "| 880 | 120 |") + "Der er et overskud på 100.000 kr."
    assert told(text, SIGN) == [f"passed P1 1 Skoler: found [{BETTER}] allowed [{BETTER}]"]


def test_it_is_a_predicate_without_settings() -> None:
    kind = KINDS["text_sign"]
    assert (kind.predicate, dict(kind.settings), kind.where) == (True, {}, ("scope",))
