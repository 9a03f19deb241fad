"""Does the kind `explained` demand a reason for exactly the deviations that are surely above the limit?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.document import Place
from checker.model.rules import Grounding, Predicate
from checker.model.submission import Claim, Fact, Parts, Statement, Submission
from tests.build import KR, PROPERTY, TKR, fact, ground, rule, submission, told

NOTHING = Grounding(unbound="plan.nothing_material")

TABLES = """
| Nr. | I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| 1 | Skoler | 1.000 | 900 | 100 |
| 2 | SFO | 500 | 520 | -20 |

"""
PLACE = Place("case", line=3)
TEXT_OF = (Statement("P1", "", "text", "", PLACE, None, (), ()),)
EMPTY = Submission((), "IT", 2023, (), (), (), (), texts=TEXT_OF)


def limit(kroner: int | None = None, per_cent: int | float | None = None, **changes: Any) -> Any:
    return rule("explained", {"limit_kr": kroner, "limit_percent": per_cent}, **changes)


def read(*facts: Fact, reasons: tuple[tuple[str, str], ...] = (), **changes: Any) -> Submission:
    claims = tuple(Claim("text_explained", "", about, line, PLACE) for about, line in reasons)
    return replace(EMPTY, facts=facts, claims=claims, **changes)


def result(value: int, unit: int = TKR, **changes: Any) -> Fact:
    return fact(value, unit, **{"measure": "over_underskud", "basis": "korrigeret_budget"} | changes)


def budget(value: int, unit: int = TKR, **changes: Any) -> Fact:
    return fact(value, unit, measure="korrigeret_budget", **changes)


def asked(given_: Any, made: Submission) -> list[tuple[str, bool]]:
    """The ids of what must be explained, and whether it is."""
    return [(p.id, not p.found) for p in ground(given_, made).predicates]


def test_a_predicate_in_full() -> None:
    made = submission(TABLES + "1. Skoler\n\nDer er et mindreforbrug på 100.000 kr.")
    (stated,) = [f for f in made.facts if f.measure == "over_underskud" and f.line == "1" and not f.text]
    assert ground(limit(50_000), made) == Grounding(
        predicates=(
            Predicate(
                "R/1/", "R", "T1", "1 Skoler", ("1 Skoler",), (),
                facts=(stated.fact_id,), args=(("amount", "100"),), places=(stated.place,),
            ),
        )
    )  # fmt: skip
    assert told(made, limit(50_000)) == ["failed T1 1 Skoler: found [1 Skoler] allowed []"]


def test_a_reason_in_the_section_of_the_line_explains_it() -> None:
    because = TABLES + "1. Skoler\n\nMindreforbruget på 100.000 kr. skyldes ledige stillinger."
    assert told(because, limit(50_000)) == ["passed T1 1 Skoler: found [] allowed []"]
    assert told(because, limit(10_000)) == [
        "passed T1 1 Skoler: found [] allowed []",
        "failed T1 2 SFO: found [2 SFO] allowed []",
    ]


def test_the_reason_must_be_given_for_the_line_of_that_entity() -> None:
    facts = (result(100 * TKR), result(100 * TKR, entity="Havn"))
    assert asked(limit(50_000), read(*facts, reasons=(("Havn", "1"),))) == [("R/1/", False), ("R/1/", True)]
    assert asked(limit(50_000), read(facts[0], reasons=(("IT", "2"),))) == [("R/1/", False)]
    other = Claim("text_contradiction", "", "IT", "1", PLACE)
    assert asked(limit(50_000), replace(read(facts[0]), claims=(other,))) == [("R/1/", False)]


def test_a_reason_for_a_part_explains_the_whole_and_not_the_other_way() -> None:
    group = Parts("T1", "1", ("1.a", "1.b"), "numbering", "Skoler", part_scopes=(None, None))
    facts = (result(100 * TKR), result(100 * TKR, line="1.b"))
    made = read(*facts, structure=(group,), reasons=(("IT", "1.b"),))
    assert asked(limit(50_000), made) == [("R/1/", True), ("R/1.b/", True)]
    made = read(*facts, structure=(group,), reasons=(("IT", "1"),))
    assert asked(limit(50_000), made) == [("R/1/", True), ("R/1.b/", False)]
    elsewhere = replace(group, scope="drift")
    assert asked(limit(50_000), read(*facts, structure=(elsewhere,), reasons=(("IT", "1.b"),)))[0] == ("R/1/", False)


def test_a_line_is_called_by_its_number_and_name_and_told_by_all_its_facts() -> None:
    first = result(100 * TKR, as_printed="100")
    again = result(100 * TKR, statement="T2", as_printed="100,0")
    (predicate,) = ground(limit(50_000), read(first, again)).predicates
    assert (predicate.about, predicate.facts) == ("Skoler", (first.fact_id, again.fact_id))
    assert (predicate.statement, predicate.args) == ("T1", (("amount", "100"),))
    (numbered,) = ground(limit(50_000), read(result(100 * TKR, number="4", scope="drift"))).predicates
    assert (numbered.id, numbered.found) == ("R/1/drift", ("4 Skoler",))


def test_only_a_deviation_of_the_year_of_the_accounts_and_of_one_basis_is_asked_for() -> None:
    assert ground(limit(50_000), read(fact(100 * TKR), budget(100 * TKR))) == NOTHING
    assert ground(limit(50_000), read(result(100 * TKR, year=2022))) == NOTHING
    both = (result(100 * TKR), result(300 * TKR, basis="oprindeligt_budget", fact_id="other"))
    assert ground(limit(50_000), read(*both)) == NOTHING
    assert ground(limit(50_000), read(result(100 * TKR, statement="P1", text=True))) == NOTHING
    next_line = result(200 * TKR, line="2")
    assert asked(limit(50_000), read(*both, result(100 * TKR, line="3", year=2022), next_line)) == [("R/2/", False)]


def test_without_a_text_nothing_is_asked_for() -> None:
    assert ground(limit(50_000), read(result(100 * TKR), texts=())) == NOTHING
    assert ground(limit(50_000), TABLES) == NOTHING


def test_a_rule_of_one_scope_looks_at_no_other() -> None:
    made = read(result(100 * TKR), result(100 * TKR, scope="drift", line="2"))
    assert asked(limit(50_000, scopes=("drift",)), made) == [("R/2/drift", False)]
    assert asked(limit(50_000), made) == [("R/1/", False), ("R/2/drift", False)]
    assert ground(limit(50_000, scopes=("anlaeg",)), made) == NOTHING


@pytest.mark.parametrize(
    ("kroner", "per_cent", "material"),
    [
        (99_499, None, True),
        (99_500, None, False),
        (None, 9, True),
        (None, 9.9, True),
        (None, 9.95, False),
        (99_499, 9, True),
        (99_499, 10, False),
        (99_500, 9, False),
    ],
)
def test_both_limits_are_to_be_exceeded_surely(kroner: int | None, per_cent: float | None, material: bool) -> None:
    """100 of 1.000 in 1.000 kr. is 99.500 kr. at least."""
    made = read(result(100 * TKR), budget(1000 * TKR))
    assert (ground(limit(kroner, per_cent), made) != NOTHING) == material
    assert (ground(limit(kroner, per_cent), read(result(-100 * TKR), budget(-1000 * TKR))) != NOTHING) == material


def test_without_a_limit_in_kroner_one_krone_is_above_no_per_cent() -> None:
    assert asked(limit(None, 0), read(result(KR, 0))) == [("R/1/", False)]


def test_per_cents_ask_for_a_budget_of_the_line() -> None:
    assert ground(limit(1, 50), read(result(100 * TKR), budget(1000 * TKR))) == NOTHING
    assert asked(limit(1, 50), read(result(100 * TKR), budget(1000 * TKR, line="2"))) == []


@PROPERTY
@given(
    st.integers(1, 400), st.integers(-5000, 5000), st.integers(0, 300_000), st.integers(0, 30), st.booleans(),
    st.sampled_from((KR, TKR)),
)  # fmt: skip
def test_what_is_asked_for_is_above_both_limits_in_its_whole_interval(
    value: int, of: int, kroner: int, per_cent: int, deficit: bool, unit: int
) -> None:
    made = read(result((-value if deficit else value) * TKR, unit), budget(of * TKR))
    least = max(Fraction(kroner * KR), Fraction(abs(of) * TKR * per_cent, 100))
    assert (ground(limit(kroner, per_cent), made) != NOTHING) == (value * TKR - Fraction(unit, 2) > least)


def test_a_printed_zero_is_no_material_deviation() -> None:
    """0 in 1.000 kr. is 500 kr. at most and may be nothing; it is not surely above 300 kr."""
    assert ground(limit(300), read(result(0))) == NOTHING


def test_its_settings() -> None:
    kind = KINDS["explained"]
    assert dict(kind.settings) == {"limit_kr": Setting("number"), "limit_percent": Setting("number")}
    assert (kind.predicate, kind.where) == (True, ("scope",))
