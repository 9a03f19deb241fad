"""Does the kind `explained_share` hold the amounts that explain a deviation against so many per cent of it?"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import TABLE, Grounding, Relation, Rule, Term
from checker.model.submission import Fact
from tests.build import KR, PROPERTY, TKR, fact, ground, of_facts, relation_lines, rule, run, told

NOTHING = Grounding(unbound="plan.no_amounts_in_text")

TABLES = """
| I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| Skoler | 1.000 | 900 | 100 |
| SFO | 500 | 520 | -20 |

Skoler

"""


def share(per_cent: float = 80, **changes: Any) -> Rule:
    return rule("explained_share", {"percent": per_cent}, **changes)


def result(value: int, unit: int = TKR, **changes: Any) -> Fact:
    return fact(value, unit, **{"measure": "over_underskud", "basis": "korrigeret_budget"} | changes)


def said(value: int, number: int = 1, line: str = "1", **changes: Any) -> Fact:
    own = {"statement": "P1", "text": True, "measure": "forklaret", "line": f"{line}·forklaret·{number}"}
    return fact(value, KR, **own | changes)


def status_of(given_: Rule, *facts: Fact) -> str:
    (outcome,) = run(of_facts(*facts), given_).outcomes
    return outcome.status


def test_the_relation_and_its_terms_in_full() -> None:
    text = "Der er et mindreforbrug på 100.000 kr. Heraf skyldes 50.000 kr. ledige stillinger og 30.000 kr. færre børn."
    key = "R/Skoler//skoler/2023"
    assert ground(share(missing="zero"), TABLES + text) == Grounding(
        (Relation(key, "R", "<=", "beside", (), "zero"),),
        (
            Term(
                key, 4, None, None, "skoler", "over_underskud", "korrigeret_budget", 2023,
                stated=True, label="@measure.over_underskud", source=TABLE,
            ),
            Term(key, -5, "P1", None, "skoler·forklaret·1", "forklaret", None, 2023, label="@measure.forklaret"),
            Term(key, -5, "P1", None, "skoler·forklaret·2", "forklaret", None, 2023, label="@measure.forklaret"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "status", "numbers"),
    [
        ("80.000", "passed", "stated 400.000 computed 400.000 off 0 most 2.002,5 times 4"),
        ("79.600", "passed_rounding", "stated 400.000 computed 398.000 off 2.000 most 2.002,5 times 4"),
        ("79.599", "failed", "stated 400.000 computed 397.995 off 2.005 most 2.002,5 times 4"),
    ],
)
def test_exactly_at_the_bound_and_one_krone_past_it(amount: str, status: str, numbers: str) -> None:
    text = f"Der er et mindreforbrug på 100.000 kr. Heraf skyldes {amount} kr. ledige stillinger."
    assert told(TABLES + text, share()) == [f"{status} T1 Skoler over_underskud 2023: {numbers}"]


def test_a_deficit_is_explained_by_amounts_in_its_own_direction() -> None:
    deficit = result(-100 * TKR)
    assert status_of(share(), deficit, said(-80 * TKR)) == "passed"
    assert status_of(share(), deficit, said(80 * TKR)) == "failed"
    assert status_of(share(), result(100 * TKR), said(-80 * TKR)) == "failed"
    assert relation_lines(ground(share(), of_facts(deficit, said(-80 * TKR)))) == [
        "R/IT//1/2023: -4*(-.-.1.over_underskud.korrigeret_budget.2023.-) "
        "+5(P1.-.1·forklaret·1.forklaret.-.2023.-) <= 0 | beside - free - missing not_evaluated"
    ]


def test_more_than_all_of_it_is_enough() -> None:
    assert status_of(share(100), result(100 * TKR), said(130 * TKR)) == "passed"


def test_amounts_against_each_other_explain_their_difference() -> None:
    facts = (result(100 * TKR), said(130 * TKR), said(-50 * TKR, 2))
    assert [status_of(share(per_cent), *facts) for per_cent in (80, 81)] == ["passed", "failed"]


def test_a_share_with_a_fraction_is_whole_weights() -> None:
    weights = [t.weight for t in ground(share(62.5), of_facts(result(100 * TKR), said(TKR))).terms]
    assert weights == [5, -8]


def test_a_deviation_that_no_table_states_or_that_is_nothing_needs_no_explanation() -> None:
    assert ground(share(), of_facts(said(80 * TKR))) == NOTHING
    assert ground(share(), of_facts(result(0), said(80 * TKR))) == NOTHING
    assert ground(share(), of_facts(result(100 * TKR, text=True, statement="P1"), said(80 * TKR))) == NOTHING
    assert ground(share(), of_facts(result(100 * TKR, year=2022), said(80 * TKR))) == NOTHING
    both = (result(100 * TKR), result(90 * TKR, basis="oprindeligt_budget", fact_id="other"))
    assert ground(share(), of_facts(*both, said(80 * TKR))) == NOTHING


def test_a_line_that_cannot_be_checked_does_not_stop_the_next() -> None:
    facts = (said(TKR), result(100 * TKR, line="2"), said(80 * TKR, line="2"))
    assert [r.id for r in ground(share(), of_facts(*facts)).relations] == ["R/IT//2/2023"]


def test_without_explained_amounts_there_is_nothing_to_hold_against_it() -> None:
    assert ground(share(), TABLES + "Der er et mindreforbrug på 100.000 kr.") == NOTHING
    assert ground(share(), of_facts(result(100 * TKR), said(80 * TKR, text=False))) == NOTHING


def test_a_rule_of_one_scope_looks_at_no_other() -> None:
    drift = (result(100 * TKR, scope="drift"), said(80 * TKR, scope="drift"))
    none = (result(100 * TKR, line="2"), said(80 * TKR, line="2"))
    assert [r.id for r in ground(share(scopes=("drift",)), of_facts(*none, *drift)).relations] == ["R/IT/drift/1/2023"]
    assert [r.id for r in ground(share(), of_facts(*none, *drift)).relations] == ["R/IT//2/2023", "R/IT/drift/1/2023"]


@PROPERTY
@given(
    st.integers(-200, 200).filter(bool),
    st.lists(st.integers(-300_000, 300_000), min_size=1, max_size=3),
    st.integers(1, 120),
)
def test_too_little_is_explained_where_even_the_least_deviation_is_more_than_all_that_rounding_leaves(
    deviation: int, explained: list[int], per_cent: int
) -> None:
    parts = [said(value * KR, number) for number, value in enumerate(explained)]
    direction = 1 if deviation > 0 else -1
    least = abs(deviation) * TKR - Fraction(TKR, 2)
    most = direction * sum(explained) * KR + Fraction(len(explained) * KR, 2)
    failed = status_of(share(per_cent), result(deviation * TKR), *parts) == "failed"
    assert failed == (Fraction(per_cent, 100) * least > most)


@pytest.mark.parametrize("moved", [{"entity": "Havn"}, {"year": 2022}], ids=str)
def test_the_same_line_of_two_entities_or_years_is_checked_apart(moved: dict[str, Any]) -> None:
    facts = (result(100 * TKR), said(80 * TKR), result(50 * TKR, **moved), said(10 * TKR, statement="P2", **moved))
    assert [o.status for o in run(of_facts(*facts), share()).outcomes] == ["passed", "failed"]


def test_its_settings() -> None:
    kind = KINDS["explained_share"]
    assert dict(kind.settings) == {"percent": Setting("number", required=True)}
    assert (kind.predicate, kind.where) == (False, ("scope",))
