"""Does the kind `text_bridge` hold the steps that a text tells against the change of the budget?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import TABLE, Grounding, Relation, Term
from checker.model.submission import Fact, Submission, TextParts
from tests.build import EMPTY, KR, PROPERTY, TKR, fact, ground, relation_lines, rule, run, told

BRIDGE = rule("text_bridge")
NOTHING = Grounding(unbound="plan.no_bridge_in_text")

TABLE_OF = """
| I 1.000 kr. | Opr. budget 2023 | Korr. budget 2023 | Regnskab 2023 |
| Skoler | 900 | 1.000 | 950 |
| I alt | 900 | 1.000 | 950 |

"""
STEPS = (
    "Forskellen mellem oprindeligt og korrigeret budget er på 100.000 kr. Der er overført {} kr. fra 2022, "
    "og der er givet en tillægsbevilling på {} kr."
)


def read(*facts: Fact, parts: tuple[TextParts, ...] = ()) -> Submission:
    return replace(EMPTY, facts=facts, text_parts=parts)


def said(measure: str, value: int, unit: int = KR, **changes: Any) -> Fact:
    return fact(value, unit, **{"statement": "P1", "text": True, "measure": measure} | changes)


def change(value: int = 100 * TKR, **changes: Any) -> Fact:
    return said("budgetaendring", value, **changes)


def carried(value: int = 60 * TKR, **changes: Any) -> Fact:
    return said("overfoersel_ind", value, **changes)


def grant(value: int = 40 * TKR, **changes: Any) -> Fact:
    return said("tillaegsbevilling", value, **{"line": "1·tillaegsbevilling·1"} | changes)


def budgets(original: int, revised: int, unit: int = TKR) -> tuple[Fact, Fact]:
    return fact(original, unit, measure="oprindeligt_budget"), fact(revised, unit, measure="korrigeret_budget")


def test_the_steps_against_the_tables_in_full() -> None:
    key, line = "R/P1.A1", (None, "i alt")
    made = ground(rule("text_bridge", missing="zero"), TABLE_OF + STEPS.format("60.000", "40.000"))
    assert made == Grounding(
        (Relation(key, "R", "=", "beside", (), "zero"),),
        (
            Term(key, 1, "P1", *line, "overfoersel_ind", None, 2023, label="@measure.overfoersel_ind"),
            Term(
                key, 1, "P1", None, "i alt·tillaegsbevilling·1", "tillaegsbevilling", None, 2023,
                label="@measure.tillaegsbevilling",
            ),
            Term(
                key, -1, None, *line, "korrigeret_budget", None, 2023,
                stated=True, label="@measure.korrigeret_budget", source=TABLE,
            ),
            Term(
                key, 1, None, *line, "oprindeligt_budget", None, 2023,
                label="@measure.oprindeligt_budget", source=TABLE,
            ),
        ),
    )  # fmt: skip


def test_without_both_budgets_the_steps_are_held_against_the_change_that_is_told() -> None:
    made = ground(BRIDGE, read(change(), carried(), grant(), budgets(900 * TKR, 1000 * TKR)[0]))
    assert made.terms[-1] == Term(
        "R/P1.1.budgetaendring.2023", -1, "P1", None, "1", "budgetaendring", None, 2023,
        stated=True, label="@measure.budgetaendring",
    )  # fmt: skip
    assert relation_lines(made) == [
        "R/P1.1.budgetaendring.2023: +1(P1.-.1.overfoersel_ind.-.2023.-)"
        " +1(P1.-.1·tillaegsbevilling·1.tillaegsbevilling.-.2023.-) -1*(P1.-.1.budgetaendring.-.2023.-) = 0"
        " | beside - free - missing not_evaluated"
    ]


def test_a_change_that_a_table_states_itself_leaves_the_steps_to_the_text() -> None:
    column = fact(100 * TKR, measure="budgetaendring")
    made = ground(BRIDGE, read(change(), carried(), grant(), column, *budgets(900 * TKR, 1000 * TKR)))
    assert [(t.measure, t.source, t.stated) for t in made.terms[2:]] == [("budgetaendring", "", True)]


@pytest.mark.parametrize(
    ("carried_in", "granted", "status"),
    [
        ("60.000", "40.000", "passed"),
        ("60.001", "41.000", "passed_rounding"),
        ("60.001", "41.001", "failed"),
        ("30.000", "40.000", "failed"),
    ],
)
def test_exactly_at_the_bound_of_two_amounts_and_two_budgets_and_past_it(
    carried_in: str, granted: str, status: str
) -> None:
    """Two budgets in 1.000 kr. and two amounts in kr. are 1.001 kr. off at most."""
    (line,) = told(TABLE_OF + STEPS.format(carried_in, granted), BRIDGE)
    assert line.split(":")[0] == f"{status} T1 I alt korrigeret_budget 2023"


def test_a_step_that_is_told_twice_counts_once() -> None:
    again = carried(statement="P2")
    made = ground(BRIDGE, read(change(), carried(), again, grant()))
    assert [t.statement for t in made.terms if t.measure == "overfoersel_ind"] == ["P1"]
    more = carried(61 * TKR, statement="P2")
    other = said("omplacering", 60 * TKR, line="1·omplacering·1")
    made = ground(BRIDGE, read(change(), carried(), more, other, grant()))
    assert [t.measure for t in made.terms] == [
        "overfoersel_ind", "overfoersel_ind", "omplacering", "tillaegsbevilling", "budgetaendring",
    ]  # fmt: skip


def test_parts_of_what_was_carried_are_no_steps() -> None:
    part = carried(20 * TKR, line="1·overfoersel_ind·1")
    group = TextParts(carried().fact_id, (part.fact_id,), "overfoersel_ind")
    assert len(ground(BRIDGE, read(change(), carried(), part, grant())).terms) == 4
    assert len(ground(BRIDGE, read(change(), carried(), part, grant(), parts=(group,))).terms) == 3
    assert ground(BRIDGE, read(change(), carried(), part, parts=(group,))) == NOTHING
    other = replace(group, measure="tillaegsbevilling")
    assert len(ground(BRIDGE, read(change(), carried(), part, grant(), parts=(other,))).terms) == 4


def test_with_too_few_steps_the_text_does_not_tell_the_way() -> None:
    one = read(change(), carried())
    assert ground(BRIDGE, one) == NOTHING
    assert len(ground(rule("text_bridge", {"least_steps": 1}), one).relations) == 1
    assert ground(rule("text_bridge", {"least_steps": 3}), read(change(), carried(), grant())) == NOTHING


def test_without_the_change_of_the_line_and_year_nothing_is_checked() -> None:
    assert ground(BRIDGE, read(carried(), grant(), *budgets(900 * TKR, 1000 * TKR))) == NOTHING
    assert ground(BRIDGE, read(change(line="2"), carried(), grant())) == NOTHING
    assert ground(BRIDGE, read(change(year=2022), carried(), grant())) == NOTHING
    assert ground(BRIDGE, read(change(), carried(year=2022), grant())) == NOTHING
    assert ground(BRIDGE, read(change(), grant(), carried(scope="drift"))) == NOTHING


def test_the_first_of_several_changes_is_the_one() -> None:
    later = change(90 * TKR, statement="P2")
    assert [r.id for r in ground(BRIDGE, read(change(), later, carried(), grant())).relations] == [
        "R/P1.1.budgetaendring.2023"
    ]


def test_a_line_that_cannot_be_checked_does_not_stop_the_next() -> None:
    alone = carried(line="0")
    drift = [replace(f, scope="drift", fact_id=f"drift {f.fact_id}") for f in (change(), carried(), grant())]
    given_ = read(alone, *drift, change(), carried(), grant())
    assert [r.id for r in ground(BRIDGE, given_).relations] == [
        "R/drift P1.1.budgetaendring.2023",
        "R/P1.1.budgetaendring.2023",
    ]
    only = rule("text_bridge", scopes=("drift",))
    assert [r.id for r in ground(only, given_).relations] == ["R/drift P1.1.budgetaendring.2023"]
    assert ground(rule("text_bridge", scopes=("anlaeg",)), given_) == NOTHING


def test_steps_told_with_heraf_are_at_most_the_change() -> None:
    within = read(change(), carried(of_which=True), grant(), *budgets(900 * TKR, 1000 * TKR))
    assert relation_lines(ground(BRIDGE, within)) == [
        "R/P1.1.budgetaendring.2023: +1(P1.-.1.overfoersel_ind.-.2023.-)"
        " +1(P1.-.1·tillaegsbevilling·1.tillaegsbevilling.-.2023.-) -1*(P1.-.1.budgetaendring.-.2023.-) <= 0"
        " | beside - free - missing not_evaluated"
    ]
    statuses = [
        run(read(change(), carried(of_which=True), grant(value)), BRIDGE).outcomes[0].status
        for value in (1 * TKR, 40 * TKR, 40 * TKR + KR, 40 * TKR + 2 * KR)
    ]
    assert statuses == ["passed", "passed", "passed_rounding", "failed"]


def test_steps_told_with_heraf_of_a_budget_that_fell_or_against_each_other_say_nothing() -> None:
    assert ground(BRIDGE, read(change(-100 * TKR), carried(of_which=True), grant())) == NOTHING
    assert ground(BRIDGE, read(change(0), carried(of_which=True), grant())) == NOTHING
    assert ground(BRIDGE, read(change(), carried(of_which=True), grant(-40 * TKR))) == NOTHING
    assert ground(BRIDGE, read(change(), carried(of_which=True), grant(0))) == NOTHING


@PROPERTY
@given(
    st.lists(st.integers(-99, 99).filter(bool), min_size=2, max_size=5, unique=True),
    st.integers(-9, 9),
    st.sampled_from((KR, TKR)),
)
def test_the_steps_make_the_change_but_for_half_of_each_unit(values: list[int], off: int, unit: int) -> None:
    steps = [said("omplacering", v * TKR, line=f"1·omplacering·{i}") for i, v in enumerate(values)]
    (outcome,) = run(read(change(sum(values) * TKR + off * KR, unit=unit, exact=None), *steps), BRIDGE).outcomes
    if unit == TKR and off:
        assert (outcome.status, outcome.reason) == ("not_evaluated", "reason.excess_digits")
    else:
        assert (outcome.status == "failed") == (2 * abs(off) * KR > unit + len(values) * KR)


@PROPERTY
@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-2000, 2000))
def test_the_tables_decide_where_they_state_both_budgets(original: int, revised: int, off: int) -> None:
    """The change as told is not used: two budgets in 1.000 kr. and two steps in kr. are 1.001 kr. off at most."""
    first, second = carried(7 * TKR), grant((revised - original - 7) * TKR + off * KR)
    made = read(change(999 * TKR), first, second, *budgets(original * TKR, revised * TKR))
    (outcome,) = run(made, BRIDGE).outcomes
    assert (outcome.status == "failed") == (abs(off) > 1001)


def test_its_settings() -> None:
    kind = KINDS["text_bridge"]
    assert dict(kind.settings) == {"least_steps": Setting("number", default=2)}
    assert (kind.predicate, kind.where) == (False, ("scope",))
