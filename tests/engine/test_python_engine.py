"""Do relations hold as ROUNDING.md says, and is everything that cannot be judged left undecided with its reason?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.engine.predicates import verdict
from checker.engine.python import Result, evaluate
from checker.facts import Index
from checker.model.rules import Predicate, Relation, Term
from checker.model.submission import Fact
from tests.build import KR, MIO, OERE, PROPERTY, TKR, fact, results

Verdict = tuple[str, int, int]


def total_of(parts: int, **changes: str) -> tuple[Relation, list[Term]]:
    """Lines p0, p1, … of one statement add up to the line 'sum'."""
    relation = Relation("r", "R", "=", "within", ("year",), changes.get("missing", "not_evaluated"), "T1")
    terms = [Term("r", 1, "T1", None, f"p{i}", "regnskab") for i in range(parts)]
    return relation, [*terms, Term("r", -1, "T1", None, "sum", "regnskab", stated=True)]


def column(*values: int | None, unit: int = TKR) -> list[Fact]:
    """Figures of p0, p1, … and last the sum; None is blank."""
    names = [*(f"p{i}" for i in range(len(values) - 1)), "sum"]
    return [fact(v * unit, unit, line=n) for n, v in zip(names, values, strict=True) if v is not None]


def judged(found: list[Result]) -> list[Verdict]:
    """Status, difference and twice the bound of every result."""
    return [(r.status, r.difference, r.tolerance2) for r in found]


def added_up(*values: int | None, unit: int = TKR, truncated: bool = False, missing: str = "") -> Result:
    """The one result of parts against the last value."""
    relation, terms = total_of(len(values) - 1, **({"missing": missing} if missing else {}))
    (result,) = results(column(*values, unit=unit), relation, terms, truncated)
    return result


# ROUNDING.md: the worked examples, and 3 and 9


def test_activities() -> None:
    result = added_up(26_958, 4_869, 10_588, 8_854, 18_363, 69_631)
    assert judged([result]) == [("passed_rounding", 1 * TKR, 6 * TKR)]
    assert not result.improbable


def test_price_table_of_five_areas() -> None:
    assert judged([added_up(26_958, 4_869, 10_589, 8_854, 18_363, 69_631)]) == [("passed_rounding", 2 * TKR, 6 * TKR)]


def test_activities_with_one_figure_wrong() -> None:
    assert judged([added_up(26_958, 4_869, 10_588, 8_854, 18_366, 69_631)]) == [("failed", 4 * TKR, 6 * TKR)]


def test_exactly_at_the_bound() -> None:
    assert judged([added_up(26_958, 4_869, 10_588, 8_854, 18_365, 69_631)]) == [("passed_rounding", 3 * TKR, 6 * TKR)]
    assert judged([added_up(26_958, 4_869, 10_588, 8_854, 18_359, 69_631)]) == [("passed_rounding", -3 * TKR, 6 * TKR)]
    assert judged([added_up(26_958, 4_869, 10_588, 8_854, 18_358, 69_631)]) == [("failed", -4 * TKR, 6 * TKR)]


def difference_of(*facts: Fact) -> list[Result]:
    """over_underskud = korrigeret_budget - regnskab, across tables."""
    relation = Relation("r", "R", "=", "across", ("line", "year"))
    terms = [
        Term("r", 1, measure="korrigeret_budget"),
        Term("r", -1, measure="regnskab"),
        Term("r", -1, measure="over_underskud", stated=True),
    ]
    return results(facts, relation, terms)


def test_row_it_inventar() -> None:
    found = difference_of(
        fact(2_428 * TKR, measure="korrigeret_budget"),
        fact(4_869 * TKR, measure="regnskab"),
        fact(-2_440 * TKR, measure="over_underskud"),
    )
    assert judged(found) == [("passed_rounding", -1 * TKR, 3 * TKR)]


def test_kroner_against_a_table_in_thousands() -> None:
    """328.455 kr. against 2.921 - 2.593 = 328: the bound is 1.000,5 kr."""
    found = difference_of(
        fact(2_921 * TKR, measure="korrigeret_budget"),
        fact(2_593 * TKR, measure="regnskab"),
        fact(328_455 * KR, KR, measure="over_underskud", statement="T2"),
    )
    assert judged(found) == [("passed_rounding", -455 * KR, 2_001 * KR)]


def test_kroner_against_a_whole_million() -> None:
    """746.810 + 216.229 + 50.000 = 1.013.039 against '1 mio. kr.': the bound is 500.001,5 kr."""
    relation, terms = total_of(3)
    parts = [fact(v * KR, KR, line=f"p{i}") for i, v in enumerate((746_810, 216_229, 50_000))]
    found = results([*parts, fact(MIO, MIO, line="sum")], relation, terms)
    assert judged(found) == [("passed_rounding", 13_039 * KR, 1_000_003 * KR)]


def test_the_bridge_between_two_budgets() -> None:
    """1 + 3 + 1,2 + 0,1 + 0,3 mio. against 73.057 - 67.413 = 5.644: 44 off, the bound is 1.151.000 kr."""
    relation, terms = total_of(6)
    terms[5] = Term("r", 1, "T1", None, "p5", "regnskab")
    tenth = MIO // 10
    amounts = [(MIO, MIO), (3 * MIO, MIO), (12 * tenth, tenth), (tenth, tenth), (3 * tenth, tenth), (67_413 * TKR, TKR)]
    parts = [fact(v, u, line=f"p{i}") for i, (v, u) in enumerate(amounts)]
    found = results([*parts, fact(73_057 * TKR, line="sum")], relation, terms)
    assert judged(found) == [("passed_rounding", -44 * TKR, 2_302 * TKR)]


def test_fifty_parts_may_be_25_off_but_from_nine_on_it_is_improbable() -> None:
    """50 parts and a total: the bound is 25,5; four sigma are 8,25."""
    seen = {}
    for off in (0, 8, 9, -9, 25, 26):
        result = added_up(*[10] * 50, 500 - off)
        seen[off] = (result.status, result.difference // TKR, result.tolerance2 // TKR, result.improbable)
    assert seen == {
        0: ("passed", 0, 51, False),
        8: ("passed_rounding", 8, 51, False),
        9: ("passed_rounding", 9, 51, True),
        -9: ("passed_rounding", -9, 51, True),
        25: ("passed_rounding", 25, 51, True),
        26: ("failed", 26, 51, False),
    }


def test_a_weight_counts_in_what_is_improbable() -> None:
    """Twice each of 50 parts: 4 sigma is sqrt(4/3 (50 * 4 + 1)) = 16,37."""
    relation, (*parts, stated) = total_of(50)
    doubled = [*(replace(t, weight=2) for t in parts), stated]

    def unlikely(off: int) -> tuple[str, bool]:
        (result,) = results(column(*[10] * 50, 1_000 - off), relation, doubled)
        return result.status, result.improbable

    assert unlikely(16) == ("passed_rounding", False)
    assert unlikely(17) == ("passed_rounding", True)


def test_exact_figures_admit_nothing() -> None:
    relation, terms = total_of(1)
    exact = [fact(100, 0, line="p0"), fact(101, 0, line="sum")]
    assert judged(results(exact, relation, terms)) == [("failed", -1, 0)]
    assert judged([added_up(100, 100, unit=OERE)]) == [("passed", 0, 2)]
    at_most = Relation("r", "R", "<=", "within", ("year",), statement="T1")
    assert judged(results(exact, at_most, terms)) == [("passed", -1, 0)]
    turned = [fact(101, 0, line="p0"), fact(100, 0, line="sum")]
    assert judged(results(turned, at_most, terms)) == [("failed", 1, 0)]


@PROPERTY
@given(
    st.lists(
        st.tuples(
            st.sampled_from([-3, -2, -1, 1, 2, 3]),
            st.integers(-50, 50),
            st.sampled_from([OERE, 10, KR, 10 * KR]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["=", "<="]),
)
def test_a_relation_follows_the_formula(parts: list[tuple[int, int, int]], op: str) -> None:
    """ROUNDING.md 3, 4 and 9 on facts: exact, inside sum(|w| u) / 2, or beyond."""
    relation = Relation("r", "R", op, "within", ("year",), statement="T1")
    facts = [fact(v * u, u, line=str(i)) for i, (_, v, u) in enumerate(parts)]
    terms = [Term("r", w, "T1", None, str(i), "regnskab", stated=i == 0) for i, (w, _, _) in enumerate(parts)]
    (result,) = results(facts, relation, terms)
    off, bound = sum(w * v * u for w, v, u in parts), sum(abs(w) * u for w, _, u in parts)
    beyond = 2 * abs(off) if op == "=" else 2 * off
    exact = off == 0 if op == "=" else off <= 0
    assert result.status == ("passed" if exact else "passed_rounding" if beyond <= bound else "failed")
    assert (result.key, result.difference, result.tolerance2) == (("IT", 2023), off, bound)
    unlikely = 3 * off * off > 4 * sum((w * u) ** 2 for w, _, u in parts)
    assert result.improbable == (op == "=" and result.status == "passed_rounding" and unlikely)
    assert [p.value for _, p in result.members] == [f.value for f in facts]
    assert type(result.difference) is int and type(result.tolerance2) is int


# ROUNDING.md 4: inequalities, with max(x, 0) and min(x, 0)


def bounded(figure: int, limit: int, clip: str = "", weight: int = 1, truncated: bool = False) -> Verdict:
    """figure <= clip(limit), both in 1.000 kr.; weight -1 turns it round."""
    relation = Relation("r", "R", "<=", "across", ("line", "year"))
    terms = [
        Term("r", weight, measure="overfoersel_soegt", stated=True),
        Term("r", -weight, measure="over_underskud", clip=clip),
    ]
    facts = [fact(figure * TKR, measure="overfoersel_soegt"), fact(limit * TKR, measure="over_underskud")]
    (found,) = judged(results(facts, relation, terms, truncated))
    return found[0], found[1] // TKR, found[2] // TKR


def test_at_most() -> None:
    assert bounded(40, 50) == ("passed", -10, 2)
    assert bounded(50, 50) == ("passed", 0, 2)
    assert bounded(51, 50) == ("passed_rounding", 1, 2)
    assert bounded(52, 50) == ("failed", 2, 2)


def test_at_least() -> None:
    assert bounded(-50, -50, "neg", -1) == ("passed", 0, 2)
    assert bounded(-40, -50, "neg", -1) == ("passed", -10, 2)
    assert bounded(-51, -50, "neg", -1) == ("passed_rounding", 1, 2)
    assert bounded(-52, -50, "neg", -1) == ("failed", 2, 2)
    assert bounded(-2, 50, "neg", -1) == ("failed", 2, 1)


def test_the_larger_of_a_deficit_and_zero_is_an_exact_zero() -> None:
    """A <= max(B, 0) fails only if both A <= B and A <= 0 fail; a clear deficit leaves no rounding of its own."""
    assert bounded(0, -50, "pos") == ("passed", 0, 1)
    assert bounded(1, -50, "pos") == ("failed", 1, 1)
    assert bounded(-3, -50, "pos") == ("passed", -3, 1)
    assert bounded(-3, -50) == ("failed", 47, 2)
    assert bounded(1, 0, "pos") == ("passed_rounding", 1, 2)
    assert bounded(2, 0, "pos") == ("failed", 2, 2)
    assert bounded(-1, 50, "neg") == ("passed", -1, 1)
    assert bounded(1, 50, "neg") == ("failed", 1, 1)


def test_a_difference_inside_an_inequality_is_never_improbable() -> None:
    relation = Relation("r", "R", "<=", "within", ("year",), statement="T1")
    _, terms = total_of(50)
    (result,) = results(column(*[10] * 50, 491), relation, terms)
    assert (result.status, result.difference, result.improbable) == ("passed_rounding", 9 * TKR, False)


# Truncated figures: [v, v + u) away from zero


def test_truncated_parts_may_fall_short_and_never_exceed() -> None:
    """Two parts cut off to 10 each are 20 up to but not including 22, and so is a total of 20 or 21."""
    assert added_up(10, 10, 20, truncated=True).status == "passed"
    assert judged([added_up(10, 10, 21, truncated=True)]) == [("passed_rounding", -1 * TKR, 4 * TKR)]
    assert judged([added_up(10, 10, 22, truncated=True)]) == [("failed", -2 * TKR, 4 * TKR)]
    assert judged([added_up(10, 10, 19, truncated=True)]) == [("failed", 1 * TKR, 2 * TKR)]
    assert judged([added_up(-10, -10, -21, truncated=True)]) == [("passed_rounding", 1 * TKR, 4 * TKR)]
    assert judged([added_up(-10, -10, -19, truncated=True)]) == [("failed", -1 * TKR, 2 * TKR)]
    assert judged([added_up(10, 10, 19, truncated=True, unit=OERE)]) == [("failed", 1, 2)]
    assert judged([added_up(10, 10, 21, truncated=True, unit=OERE)]) == [("passed_rounding", -1, 4)]


def test_truncated_inequality() -> None:
    """A figure cut off to 51 is 51 or more; a limit cut off to 50 is below 51, so it is exceeded."""
    assert bounded(50, 50, truncated=True) == ("passed", 0, 2)
    assert bounded(51, 50, truncated=True) == ("failed", 1, 2)
    assert bounded(-3, -50, "pos", truncated=True) == ("passed", -3, 2)
    assert bounded(3, -50, "pos", truncated=True) == ("failed", 3, 0)


# ROUNDING.md 7: what is missing


def test_a_missing_part_is_undecided_unless_the_rule_says_what_it_means() -> None:
    result = added_up(100, None, 140)
    assert (result.status, result.reason, [t.line for t in result.missing]) == (
        *("not_evaluated", "reason.part_missing"),
        ["p1"],
    )
    assert judged([added_up(100, None, 101, missing="zero")]) == [("passed_rounding", -1 * TKR, 2 * TKR)]
    assert judged([added_up(100, None, 102, missing="zero")]) == [("failed", -2 * TKR, 2 * TKR)]
    failed = added_up(100, None, 100, missing="fail")
    assert (failed.status, failed.reason, failed.difference) == ("failed", "reason.part_missing", 0)
    assert [p.value for _, p in failed.members] == [100 * TKR, 100 * TKR]
    assert [t.line for t in failed.missing] == ["p1"]


@pytest.mark.parametrize("missing", ["not_evaluated", "zero", "fail"])
def test_a_missing_total_or_all_parts_missing_is_never_judged(missing: str) -> None:
    no_total = added_up(100, 40, None, missing=missing)
    assert (no_total.status, no_total.reason, len(no_total.members)) == ("not_evaluated", "reason.total_missing", 2)
    no_parts = added_up(None, None, 140, missing=missing)
    assert (no_parts.status, no_parts.reason, len(no_parts.missing)) == ("not_evaluated", "reason.parts_missing", 2)
    assert [p.value for _, p in no_parts.members] == [140 * TKR]
    no_part = added_up(None, 140, missing=missing)
    assert (no_part.status, no_part.reason) == ("not_evaluated", "reason.parts_missing")


def test_a_relation_that_meets_no_point_says_so() -> None:
    relation, terms = total_of(2)
    (nothing,) = results([], relation, terms)
    assert (nothing.relation, nothing.key, nothing.status, nothing.reason) == (
        *(relation, ()),
        *("not_evaluated", "reason.no_facts"),
    )
    assert (nothing.members, nothing.missing, nothing.difference, nothing.tolerance2) == ((), (), 0, 0)
    assert not nothing.improbable
    assert Result(relation, (), "passed").reason == ""
    assert results([fact(5, statement="T2", line="p0")], relation, terms)[0].reason == "reason.no_facts"
    assert results([fact(5, line="p0")], relation, [])[0].reason == "reason.no_facts"
    nowhere = Relation("r", "R", "=", "within", ())
    assert results([fact(5)], nowhere, [Term("r", 1, stated=True)])[0].reason == "reason.no_facts"


def test_a_blocked_relation_is_left_alone_for_its_reason() -> None:
    _, terms = total_of(1)
    blocked = Relation("r", "R", "=", "within", ("year",), statement="T1", blocked="reason.selected")
    (result,) = results(column(100, 200), blocked, terms)
    assert (result.status, result.reason, result.missing, len(result.members)) == (
        *("not_evaluated", "reason.selected"),
        *((), 2),
    )
    (result,) = results(column(100, None), blocked, terms)
    assert (result.reason, [t.line for t in result.missing]) == ("reason.selected", ["sum"])


# What makes figures unusable


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (fact(60_123 * KR, TKR, line="p0"), fact(TKR, line="sum"), "reason.excess_digits"),
        (fact(TKR, line="p0"), fact(60_123 * KR, TKR, line="sum"), "reason.excess_digits"),
        (fact(TKR, line="p0", unit_known=False), fact(TKR, line="sum"), "reason.unit_unknown"),
        (fact(TKR, line="p0"), fact(TKR, line="sum", unit_known=False), "reason.unit_unknown"),
        (fact(TKR, line="p0", dimension="number"), fact(TKR, line="sum"), "reason.dimensions"),
    ],
)
def test_unusable(first: Fact, second: Fact, reason: str) -> None:
    relation, terms = total_of(1)
    (result,) = results([first, second], relation, terms)
    assert (result.status, result.reason, len(result.members)) == ("not_evaluated", reason, 2)


def test_a_point_its_statements_disagree_on_is_unusable() -> None:
    twice = [fact(TKR, line="p0", fact_id="a"), fact(2 * TKR, line="p0", fact_id="b"), fact(TKR, line="sum")]
    relation, terms = total_of(1)
    (result,) = results(twice, relation, terms)
    assert (result.status, result.reason) == ("not_evaluated", "reason.conflict")


def test_a_point_with_and_without_its_unit_is_unusable() -> None:
    twice = [fact(TKR, line="p0", fact_id="a"), fact(TKR, line="p0", fact_id="b", unit_known=False)]
    relation, terms = total_of(1)
    (result,) = results([*twice, fact(TKR, line="sum")], relation, terms)
    assert (result.status, result.reason) == ("not_evaluated", "reason.unit_unknown")


def test_two_figures_for_one_term_are_ambiguous() -> None:
    relation, terms = total_of(1)
    facts = [fact(TKR, line="p0"), fact(TKR, line="p0", price_year=2020, fact_id="b"), fact(TKR, line="sum")]
    (result,) = results(facts, relation, terms)
    assert (result.status, result.reason, len(result.members)) == ("not_evaluated", "reason.ambiguous", 3)


def test_figures_that_all_lack_their_unit_can_be_added() -> None:
    relation, terms = total_of(1)
    facts = [fact(TKR, line="p0", unit_known=False), fact(TKR, line="sum", unit_known=False)]
    assert judged(results(facts, relation, terms)) == [("passed", 0, 2 * TKR)]


# The join: which points a term takes, and how they are grouped


def test_free_dimensions_group_and_are_sorted() -> None:
    relation = Relation("r", "R", "<=", "within", ("scope", "line", "year", "basis", "as_of"), statement="T1")
    facts = [
        fact(KR, KR, year=2023, line="b"),
        fact(KR, KR, year=999, line="b"),
        fact(KR, KR, year=None, line="b"),
        fact(KR, KR, scope="drift", line="a"),
        fact(KR, KR, basis="budget", line="a"),
        fact(KR, KR, as_of="31 marts", line="a"),
        fact(KR, KR, entity="Aarhus", line="a"),
        fact(KR, KR, line="a"),
    ]
    found = results(facts, relation, [Term("r", 1, "T1", measure="regnskab", stated=True)])
    assert [r.key for r in found] == [
        ("Aarhus", None, "a", 2023, None, None),
        ("IT", None, "a", 2023, None, None),
        ("IT", None, "a", 2023, None, "31 marts"),
        ("IT", None, "a", 2023, "budget", None),
        ("IT", None, "b", None, None, None),
        ("IT", None, "b", 999, None, None),
        ("IT", None, "b", 2023, None, None),
        ("IT", "drift", "a", 2023, None, None),
    ]
    assert {(r.status, r.difference) for r in found} == {("failed", KR)}


def test_a_term_takes_only_what_it_names() -> None:
    relation = Relation("r", "R", "<=", "across", ("line", "year"))
    facts = [
        fact(1 * KR, KR, line="a", scope="drift", basis="b", year=2022),
        fact(2 * KR, KR, line="a", scope="drift", basis="b", year=2023),
        fact(3 * KR, KR, line="a", scope="drift", year=2022),
        fact(4 * KR, KR, line="a", year=2022, basis="b"),
        fact(5 * KR, KR, line="x", scope="drift", basis="b", year=2022),
        fact(6 * KR, KR, line="a", scope="drift", basis="b", year=2022, measure="budget"),
    ]

    def taken(**names: str | int | None) -> list[int]:
        term = Term("r", 1, stated=True, **names)  # type: ignore[arg-type]
        return sorted(p.value // KR for r in results(facts, relation, [term]) for _, p in r.members)

    assert taken(scope="drift", line="a", measure="regnskab", basis="b", year=2022) == [1]
    assert taken(scope="drift", line="a", measure="regnskab", basis="b") == [1, 2]
    assert taken(scope="drift", line="a", measure="regnskab", year=2022) == [1, 3]
    assert taken(line="a", measure="regnskab", basis="b", year=2022) == [4]  # a line brings its scope with it
    assert taken(measure="regnskab", basis="b", year=2022) == [1, 4, 5]
    assert taken(scope="drift", line="a", basis="b", year=2022) == [1, 6]
    assert taken() == [1, 2, 3, 4, 5, 6]
    assert taken(measure="pris") == []


def test_a_year_offset_joins_last_year_with_this_and_invents_no_next() -> None:
    """Opening balance of a year equals the closing balance of the year before; DESIGN.md, the engine."""
    relation = Relation("r", "R", "=", "within", ("line", "year"), statement="T1")
    terms = [
        Term("r", 1, "T1", measure="ultimo", year_offset=-1),
        Term("r", -1, "T1", measure="primo", stated=True),
    ]
    facts = [
        fact(5 * TKR, measure="ultimo", year=2022),
        fact(5 * TKR, measure="primo", year=2023),
        fact(8 * TKR, measure="ultimo", year=2023),
        fact(5 * TKR, measure="ultimo", year=None),
    ]
    found = results(facts, relation, terms)
    assert [(r.key, r.status, r.reason) for r in found] == [(("IT", "1", 2023), "passed", "")]


def test_within_never_borrows_another_tables_figure() -> None:
    relation, terms = total_of(1)
    facts = [fact(100 * TKR, line="p0"), fact(200 * TKR, line="p0", statement="T2"), fact(100 * TKR, line="sum")]
    assert judged(results(facts, relation, terms)) == [("passed", 0, 2 * TKR)]


def test_across_uses_the_best_known_value() -> None:
    """1,3 mio. against 3,4 - 2,0 holds on the prose alone and fails once 3,4 is known to be 3.426."""
    tenth = MIO // 10
    relation = Relation("r", "R", "=", "across", ("line", "year"))
    terms = [
        Term("r", 1, measure="over_underskud"),
        Term("r", -1, measure="overfoersel_soegt"),
        Term("r", -1, measure="rest", stated=True),
    ]
    prose = [
        fact(34 * tenth, tenth, measure="over_underskud"),
        fact(20 * tenth, tenth, measure="overfoersel_soegt"),
        fact(13 * tenth, tenth, measure="rest"),
    ]
    assert judged(results(prose, relation, terms)) == [("passed_rounding", tenth, 3 * tenth)]
    table = fact(3_426 * TKR, measure="over_underskud", statement="T2")
    (result,) = results([*prose, table], relation, terms)
    assert judged([result]) == [("failed", 126 * TKR, 201 * TKR)]
    assert result.members[0][1].facts == (prose[0], table)


def test_relations_come_in_their_order_with_their_own_terms() -> None:
    first, second = Relation("b", "R", "<=", "within", (), statement="T1"), Relation("a", "R", "<=", "across", ())
    terms = [Term("a", 1, measure="regnskab", stated=True), Term("b", -1, "T1", measure="regnskab", stated=True)]
    found = list(evaluate(Index([fact(5 * TKR)]), [first, second], terms))
    assert [(r.relation.id, r.key, r.status, r.difference) for r in found] == [
        ("b", ("IT",), "passed", -5 * TKR),
        ("a", ("IT",), "failed", 5 * TKR),
    ]
    same = Term("r", 1, measure="regnskab")
    mixed = list(evaluate(Index([fact(5 * TKR), fact(5 * TKR, statement="T2")]), [AGREE, first], [same, *terms]))
    assert [(r.relation.id, r.status) for r in mixed] == [("r", "passed"), ("b", "passed")]


# ROUNDING.md 2: statements of one data point


AGREE = Relation("r", "R", "agree", "across", ("scope", "line", "year", "basis", "as_of"))


def agreed(*facts: Fact, truncated: bool = False) -> list[Result]:
    """The results of comparing statements of the measures regnskab and rest."""
    return results(facts, AGREE, [Term("r", 1, measure="regnskab"), Term("r", 1, measure="rest")], truncated)


def test_statements_of_one_unit_are_equal_or_fail() -> None:
    assert judged(agreed(fact(10_588 * TKR), fact(10_588 * TKR, statement="T2"))) == [("passed", 0, 0)]
    assert judged(agreed(fact(10_588 * TKR), fact(10_589 * TKR, statement="T2"))) == [("failed", TKR, 0)]
    assert judged(agreed(fact(10_589 * TKR), fact(10_588 * TKR, statement="T2"))) == [("failed", TKR, 0)]


def test_statements_of_different_units_must_meet() -> None:
    """1,2 mio. and thousands: half of 100.000 and half of 1.000 kr., twice."""
    coarse = fact(12 * MIO // 10, MIO // 10)
    bound = 101 * TKR
    assert judged(agreed(coarse, fact(1_250 * TKR, statement="T2"))) == [("passed_rounding", 50 * TKR, bound)]
    assert judged(agreed(coarse, fact(1_251 * TKR, statement="T2"))) == [("failed", 51 * TKR, bound)]
    assert judged(agreed(coarse, fact(1_149 * TKR, statement="T2"))) == [("failed", 51 * TKR, bound)]
    assert judged(agreed(coarse, fact(1_200 * TKR, statement="T2"))) == [("passed", 0, bound)]
    assert judged(agreed(fact(1_200 * TKR, statement="T2"), coarse)) == [("passed", 0, bound)]


def test_three_statements_are_one_result() -> None:
    three = [fact(12 * MIO // 10, MIO // 10), fact(1_210 * TKR, statement="T2"), fact(1_190 * TKR, statement="T3")]
    (result,) = agreed(*three)
    assert judged([result]) == [("failed", 20 * TKR, 0)]
    assert [p.facts for _, p in result.members] == [(f,) for f in three]
    assert [p.value for _, p in result.members] == [f.value for f in three]
    assert {t.measure for t, _ in result.members} == {"regnskab"}


def test_the_two_statements_that_agree_least_are_told() -> None:
    """1 mio. against 600.000 and 1.399.999 kr.: the latter is 399.999 off, and each pair has its own bound."""
    million = fact(MIO, MIO)
    tenth, krone = fact(6 * MIO // 10, MIO // 10, statement="T2"), fact(1_399_999 * KR, KR, statement="T3")
    for facts in ((million, tenth, krone), (krone, tenth, million), (tenth, million, krone)):
        assert judged(agreed(*facts)) == [("failed", 799_999 * KR, 100_001 * KR)]
    near = [million, fact(9 * MIO // 10, MIO // 10, statement="T2"), fact(950_000 * KR, KR, statement="T3")]
    assert judged(agreed(*near)) == [("passed_rounding", 50_000 * KR, 100_001 * KR)]


def test_how_far_a_pair_is_beyond_its_bound_decides_which_is_told() -> None:
    """Two times the difference less twice the bound; the figures are counts, which have any unit."""

    def told(*stated: tuple[int, int]) -> list[Verdict]:
        return judged(agreed(*(fact(v, u, dimension="number", statement=f"T{i}") for i, (v, u) in enumerate(stated))))

    assert told((0, 100), (100, 50), (70, 1)) == [("failed", 100, 150)]
    assert told((0, 1), (10, 4), (20, 29)) == [("failed", 10, 5)]


def test_truncated_statements_meet_by_their_own_intervals() -> None:
    """Cut off, 1,2 mio. is up to but not including 1.300.000, whatever the thousands were cut from."""
    cut = fact(12 * MIO // 10, MIO // 10)

    def against(thousands: int) -> list[Verdict]:
        return judged(agreed(cut, fact(thousands * TKR, statement="T2"), truncated=True))

    assert against(1_299) == [("passed_rounding", 99 * TKR, 200 * TKR)]
    assert against(1_300) == [("failed", 100 * TKR, 200 * TKR)]
    assert against(1_199) == [("failed", 1 * TKR, 2 * TKR)]
    (result,) = agreed(cut, fact(1_299 * TKR, statement="T2"), truncated=True)
    assert [p.span.hi_open for _, p in result.members] == [True, True]


def test_only_what_is_stated_twice_is_compared_and_keys_are_sorted() -> None:
    facts = [
        fact(1 * TKR, line="b"),
        fact(1 * TKR, line="b", statement="T2"),
        fact(2 * TKR, line="a", measure="rest"),
        fact(2 * TKR, line="a", measure="rest", statement="T2"),
        fact(3 * TKR, line="a", price_year=2020),
        fact(3 * TKR, line="a", price_year=2020, statement="T2"),
        fact(4 * TKR, line="a"),  # in prices of its own year: another data point
        fact(5 * TKR, line="c"),
        fact(6 * TKR, line="d", measure="pris"),
        fact(7 * TKR, line="d", measure="pris", statement="T2"),
    ]
    assert [(r.key, r.status) for r in agreed(*facts)] == [
        (("IT", None, "a", 2023, None, None, "regnskab", 2020), "passed"),
        (("IT", None, "a", 2023, None, None, "rest", None), "passed"),
        (("IT", None, "b", 2023, None, None, "regnskab", None), "passed"),
    ]
    assert agreed() == []


def test_statements_that_cannot_be_compared() -> None:
    excess = agreed(fact(60_123 * KR, TKR), fact(60_000 * KR, TKR, statement="T2"))
    assert [(r.status, r.reason, len(r.members)) for r in excess] == [("not_evaluated", "reason.excess_digits", 2)]
    unknown = agreed(fact(TKR), fact(TKR, statement="T2", unit_known=False))
    assert [(r.status, r.reason, len(r.members)) for r in unknown] == [("not_evaluated", "reason.unit_unknown", 2)]
    mixed = agreed(fact(TKR), fact(TKR, statement="T2", dimension="number"))
    assert [(r.status, r.reason, len(r.members)) for r in mixed] == [("not_evaluated", "reason.dimensions", 2)]
    both = agreed(fact(TKR, unit_known=False), fact(2 * TKR, statement="T2", unit_known=False))
    assert [(r.status, r.reason) for r in both] == [("failed", "")]


# Predicates


def test_everything_found_must_be_allowed() -> None:
    def said(found: tuple[str, ...], allowed: tuple[str, ...], undecided: str = "") -> str:
        return verdict(Predicate("p", "R", "T1", "", found, allowed, undecided=undecided))

    assert said(("2023",), ("2022", "2023")) == "passed"
    assert said((), ()) == "passed"
    assert said(("2023", "2021"), ("2022", "2023")) == "failed"
    assert said(("2023",), ()) == "failed"
    assert said(("2023",), ("2023",), "reason.sign_undecided") == "not_evaluated"
    assert said(("2023",), (), "reason.sign_undecided") == "not_evaluated"
