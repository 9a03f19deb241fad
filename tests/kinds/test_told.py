"""What do kinds about running text take from sentences and tables, and when do the two have the same size and sign?"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from checker.amounts.intervals import Interval
from checker.facts import Point
from checker.kinds.told import (
    Tables,
    in_scopes,
    line_of,
    opposite,
    size_meets,
    span,
    table_term,
    tables,
    term_of,
    told,
)
from checker.model.rules import TABLE, Term
from checker.model.submission import Fact
from tests.build import KR, MIO, PROPERTY, TKR, fact, of_facts, rule

REVISED, ORIGINAL = "korrigeret_budget", "oprindeligt_budget"
VALUES = st.integers(-300, 300).map(lambda n: n * TKR // 2)
UNITS = st.sampled_from((0, KR, TKR, MIO))


def said(value: int, unit: int = KR, **changes: Any) -> Fact:
    return fact(value, unit, **{"statement": "P1", "measure": "over_underskud", "text": True} | changes)


def measures(made: list[tuple[Point, int]]) -> list[tuple[str, int, int]]:
    return [(p.measure, p.value, sign) for p, sign in made]


def test_only_figures_of_sentences_are_told_and_of_the_measures_named() -> None:
    table, result = fact(100 * TKR, measure="over_underskud"), said(100 * TKR)
    carried = said(100 * TKR, measure="overfoersel_soegt")
    given_ = of_facts(table, result, carried)
    assert list(told(given_)) == [result, carried]
    assert list(told(given_, "over_underskud")) == [result]
    assert list(told(given_, "overfoersel_soegt", "over_underskud")) == [result, carried]
    assert list(told(given_, "andel")) == []


def test_what_refers_back_is_told_only_where_it_is_asked_for() -> None:
    result = said(100 * TKR)
    back = said(100 * TKR, measure="overfoersel_soegt", refers=result.fact_id)
    assert list(told(of_facts(result, back))) == [result]
    assert list(told(of_facts(result, back), referring=True)) == [result, back]
    assert list(told(of_facts(result, back), "overfoersel_soegt")) == []


def test_a_rule_without_scopes_looks_at_all_and_one_with_scopes_at_its_own() -> None:
    drift, none = said(TKR, scope="drift"), said(TKR)
    assert [in_scopes(rule("text_figure"), f) for f in (drift, none)] == [True, True]
    assert [in_scopes(rule("text_figure", scopes=("drift",)), f) for f in (drift, none)] == [True, False]
    assert [in_scopes(rule("text_figure", scopes=("anlaeg",)), f) for f in (drift, none)] == [False, False]


def test_a_line_is_entity_scope_and_key() -> None:
    assert line_of(said(TKR, entity="Skoler", scope="drift", line="3")) == ("Skoler", "drift", "3")


def test_a_figure_of_the_tables_is_found_by_line_measure_and_year_and_never_in_a_sentence() -> None:
    known = Tables(of_facts(fact(90 * TKR), said(91 * TKR, measure="regnskab", line="2")))
    line, other = ("IT", None, "1"), ("IT", None, "2")
    found = known.figure(line, "regnskab", 2023)
    assert found is not None
    assert (found.value, found.unit) == (90 * TKR, TKR)
    assert known.figure(other, "regnskab", 2023) is None
    assert known.figure(line, "regnskab", 2022) is None
    assert known.figure(line, REVISED, 2023) is None
    assert known.figure(("IT", "drift", "1"), "regnskab", 2023) is None


def test_a_basis_chooses_among_deviations_and_goes_with_those_that_name_none() -> None:
    line = ("IT", None, "1")
    deviation: dict[str, Any] = {"measure": "over_underskud", "fact_id": "d"}
    revised = fact(10 * TKR, basis=REVISED, **deviation)
    original = fact(-40 * TKR, basis=ORIGINAL, **deviation)
    both, plain = Tables(of_facts(revised, original)), Tables(of_facts(fact(7 * TKR, **deviation)))

    def value(known: Tables, basis: str | None = None) -> int | None:
        found = known.figure(line, "over_underskud", 2023, basis)
        return found.value if found else None

    assert [value(both, REVISED), value(both, ORIGINAL)] == [10 * TKR, -40 * TKR]
    assert value(both) is None  # several
    assert [value(plain), value(plain, REVISED), value(plain, ORIGINAL)] == [7 * TKR] * 3
    assert value(Tables(of_facts(revised)), ORIGINAL) is None


def test_a_figure_is_itself_where_a_table_states_it_and_otherwise_what_it_is_made_of() -> None:
    budget, accounts = fact(100 * TKR, measure=REVISED), fact(90 * TKR)
    deviation = fact(11 * TKR, measure="over_underskud", basis=REVISED)
    about = said(10 * TKR, basis=REVISED)
    assert measures(Tables(of_facts(budget, accounts, deviation)).made(about)) == [("over_underskud", 11 * TKR, 1)]
    assert measures(Tables(of_facts(budget, accounts)).made(about)) == [
        (REVISED, 100 * TKR, 1),
        ("regnskab", 90 * TKR, -1),
    ]


def test_a_deviation_is_made_of_the_basis_it_is_measured_against_and_of_the_revised_budget_where_it_names_none() -> (
    None
):
    known = Tables(of_facts(fact(80 * TKR, measure=ORIGINAL), fact(100 * TKR, measure=REVISED), fact(90 * TKR)))
    assert measures(known.made(said(TKR, basis=ORIGINAL)))[0] == (ORIGINAL, 80 * TKR, 1)
    assert measures(known.made(said(TKR)))[0] == (REVISED, 100 * TKR, 1)
    assert measures(known.made(said(TKR, measure="budgetaendring"))) == [
        (REVISED, 100 * TKR, 1),
        (ORIGINAL, 80 * TKR, -1),
    ]


def test_without_all_of_its_parts_or_without_a_formula_a_figure_is_made_of_nothing() -> None:
    known = Tables(of_facts(fact(90 * TKR)))
    assert known.made(said(TKR, basis=REVISED)) == []
    assert known.made(said(TKR, measure="forklaret")) == []
    assert known.made(said(TKR, measure="regnskab", year=2022)) == []


def test_the_tables_of_a_submission_are_made_once() -> None:
    given_ = of_facts(fact(90 * TKR))
    assert tables(given_) is tables(given_)
    assert tables(given_) is not tables(of_facts(fact(91 * TKR)))


def of(value: int, unit: int, **changes: Any) -> list[tuple[Point, int]]:
    """What a deviation of a table makes."""
    stated = fact(value, unit, measure="over_underskud", **changes)
    return Tables(of_facts(stated)).made(said(0))


@PROPERTY
@given(st.integers(-50, 50), st.integers(-50, 50), st.sampled_from((KR, TKR)), st.sampled_from((KR, TKR)))
def test_the_span_of_budget_less_accounts_is_as_wide_as_both(budget: int, accounts: int, one: int, other: int) -> None:
    known = Tables(of_facts(fact(budget * TKR, one, measure=REVISED), fact(accounts * TKR, other)))
    middle, width = 2 * (budget - accounts) * TKR, one + other
    assert span(known.made(said(0))) == Interval(middle - width, middle + width)


def test_the_span_of_nothing_is_nothing() -> None:
    assert span([]) == Interval(0, 0)


@PROPERTY
@given(VALUES, UNITS, VALUES, UNITS)
def test_a_size_meets_where_half_of_both_units_spans_the_difference_with_or_against_the_sign(
    table: int, unit: int, value: int, own: int
) -> None:
    near = min(abs(table - value), abs(table + value))
    assert size_meets(said(value, own), of(table, unit)) == (2 * near <= unit + own)


@PROPERTY
@given(VALUES, UNITS, VALUES, UNITS)
def test_a_sign_is_opposite_where_it_is_sure_on_both_sides_and_only_the_turned_size_meets(
    table: int, unit: int, value: int, own: int
) -> None:
    decided = 2 * abs(table) > unit and value != 0
    turned = 2 * abs(table - value) > unit + own >= 2 * abs(table + value)
    assert opposite(said(value, own), of(table, unit)) == (decided and turned)


def test_a_round_amount_has_the_size_of_what_it_may_be_rounded_from() -> None:
    table = of(100_400 * KR, KR)
    assert not size_meets(said(100_000 * KR), table)
    assert size_meets(said(100_000 * KR, coarse=TKR), table)
    assert not size_meets(said(99_000 * KR, coarse=TKR), table)
    assert opposite(said(-100_000 * KR, coarse=TKR), table)
    assert not opposite(said(99_000 * KR, coarse=TKR), table)


def test_a_round_amount_with_the_sign_of_the_table_is_not_opposite() -> None:
    assert not opposite(said(100_000 * KR, coarse=TKR), of(100_400 * KR, KR))


def test_nothing_is_opposite_to_a_figure_that_may_be_zero_or_to_a_zero() -> None:
    assert not opposite(said(-500 * KR), of(0, TKR))
    assert not opposite(said(0, MIO), of(-400 * TKR, TKR))
    assert opposite(said(-501 * KR), of(TKR, TKR - 2))


def test_a_term_takes_the_figure_of_one_sentence_s_paragraph() -> None:
    about = said(TKR, scope="drift", line="3", basis=REVISED)
    assert term_of("R/x", -2, about) == Term(
        "R/x", -2, "P1", "drift", "3", "over_underskud", REVISED, 2023, clip="", stated=False, label=""
    )
    assert term_of("R/x", 1, about, "@report.in_text", stated=True, clip="abs") == Term(
        "R/x", 1, "P1", "drift", "3", "over_underskud", REVISED, 2023, clip="abs", stated=True, label="@report.in_text"
    )


def test_a_term_of_a_table_takes_the_best_known_value_of_all_of_them() -> None:
    ((point, _),) = of(TKR, TKR, scope=None, basis=REVISED)
    assert table_term("R/x", 3, point) == Term(
        "R/x", 3, None, None, "1", "over_underskud", REVISED, 2023, label="", source=TABLE
    )
    assert table_term("R/x", 3, point, "here").label == "here"
