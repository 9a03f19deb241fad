"""Do the engine in plain Python and DuckDB say the same, and what DESIGN.md says they must?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model.rules import Relation, Term
from checker.model.submission import NUMBER, Fact
from tests.second_opinion.build import at_most, fact, facts, relation, term, total
from tests.second_opinion.grounded import Grounded, cases, rows_of, samples
from tests.second_opinion.sql import both
from tests.second_opinion.strategies import question

REACHABLE = {
    *("passed", "passed_rounding", "failed", "not_evaluated"),
    *("ambiguous", "blocked", "conflict", "dimensions", "excess_digits", "no_facts", "part_missing", "parts_missing"),
    *("total_missing", "unit_unknown"),
}
"""Every status and every reason the engines give."""


def say(stated: Sequence[Fact], asked: Relation, terms: Sequence[Term], truncated: bool = False) -> list[str]:
    """What both engines say, one text per key: status, reason and, where judged, 'difference of tolerance'."""
    return [
        f"{row.status} {row.reason or f'{row.difference} of {row.tolerance2 / 2:g}'}"
        for row in both(stated, [asked], terms, truncated)
    ]


# ---- duplicates, blanks and what is missing


def test_exact_duplicates_are_one_figure() -> None:
    twice = facts("a=10 b=20 total=30") + facts("a=10 b=20 total=30")
    assert say(twice, relation(), total("a b")) == ["passed 0 of 15"]
    assert say(twice, relation("agree"), [term(1)]) == ["passed 0 of 0"] * 3


def test_null_dimensions_meet_only_null() -> None:
    stated = facts("a=10 total=10") + facts("a=70", scope="drift") + facts("a=70", basis="forventet")
    assert say(stated[:3], relation(), total("a")) == ["passed 0 of 10"]
    assert say(stated, relation(free="year basis"), total("a")) == ["passed 0 of 10"]
    assert say(stated, relation(), total("a")) == ["not_evaluated reason.ambiguous"]


def test_null_keys_are_groups_of_their_own_and_come_first() -> None:
    free = "scope line year basis as_of"
    dated = facts("total=-10", as_of="2021-05-31") + facts("total=10") + facts("total=10", year=None)
    rows = both(dated, [relation("<=", free)], [term(1, stated=True)])
    assert [(row.key[3:], row.status) for row in rows] == [
        ((None, None, None), "failed"),
        ((2021, None, None), "failed"),
        ((2021, None, "2021-05-31"), "passed"),
    ]


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("not_evaluated", "not_evaluated reason.part_missing"),
        ("zero", "passed_rounding -10 of 10"),
        ("fail", "failed reason.part_missing"),
    ],
)
def test_missing_part(missing: str, expected: str) -> None:
    assert say(facts("a=20 total=30"), relation(missing=missing), total("a b")) == [expected]


def test_missing_part_taken_as_zero_has_no_width_and_a_printed_zero_has() -> None:
    zero = relation(missing="zero")
    assert say(facts("a=20 total=40"), zero, total("a b")) == ["failed -20 of 10"]
    assert say(facts("a=20 b=0 c=0 total=40"), zero, total("a b c")) == ["passed_rounding -20 of 20"]


@pytest.mark.parametrize("missing", ["not_evaluated", "zero", "fail"])
def test_missing_total_is_never_judged(missing: str) -> None:
    assert say(facts("a=10 b=20"), relation(missing=missing), total("a b")) == ["not_evaluated reason.total_missing"]


def test_one_part_without_its_total_is_no_check() -> None:
    assert say(facts("a=10"), relation(), total("a b")) == []


@pytest.mark.parametrize("missing", ["not_evaluated", "zero", "fail"])
def test_all_parts_missing_is_never_judged(missing: str) -> None:
    assert say(facts("total=0"), relation(missing=missing), total("a b")) == ["not_evaluated reason.parts_missing"]


def test_one_part_for_two_places_is_ambiguous() -> None:
    stated = facts("a=10 total=10") + facts("a=10", as_of="2021-05-31")
    assert say(stated, relation(), total("a")) == ["not_evaluated reason.ambiguous"]
    in_prices_of_2019 = facts("a=10 total=10") + facts("a=10", price_year=2019)
    assert say(in_prices_of_2019, relation(), total("a")) == ["not_evaluated reason.ambiguous"]


# ---- what meets nothing


def test_unknown_measure_meets_nothing() -> None:
    stated = facts("a=10 b=20 total=30", measure="ukendt")
    assert say(stated, relation(), total("a b")) == ["not_evaluated reason.no_facts"]
    assert say([*stated, *facts("a=10 b=20 total=30")], relation(), total("a b")) == ["passed 0 of 15"]
    assert say(stated, relation("agree"), [term(1)]) == []


def test_relation_that_meets_no_fact_is_told() -> None:
    stated = facts("a=10 b=20 total=30")
    assert say(stated, relation(statement="t9"), total("a b")) == ["not_evaluated reason.no_facts"]
    assert say(stated, relation(), []) == ["not_evaluated reason.no_facts"]
    assert say([], relation(mode="across"), total("a b")) == ["not_evaluated reason.no_facts"]
    rows = both(stated, [relation(id="R/2"), relation()], total("a b"))
    assert [(row.relation_id, row.key, row.status) for row in rows] == [
        ("R/2", (), "not_evaluated"),
        ("R/1", ("kommunen", 2021), "passed"),
    ]


def test_blocked_relation_is_not_judged() -> None:
    blocked = relation(blocked="reason.selected")
    assert say(facts("a=10 b=20 total=999990"), blocked, total("a b")) == ["not_evaluated reason.selected"]
    assert say(facts("a=10"), blocked, total("a b")) == ["not_evaluated reason.selected"]


def test_entities_are_never_added_together() -> None:
    stated = facts("a=10 total=10", entity="A") + facts("a=20 total=50", entity="B")
    rows = both(stated, [relation()], total("a"))
    assert [(row.key, row.status) for row in rows] == [(("A", 2021), "passed"), (("B", 2021), "failed")]


# ---- one point, several statements


def test_two_units_for_one_point_narrow_it_across_but_not_within() -> None:
    """1,3 mio. against 3,4 - 2,0 passes on the prose alone and fails once 3,4 is known to be 3.426."""
    prose = facts("left=13000 gone=20000 total=34000", unit=1000, statement="t1")
    table = facts("total=34260", unit=10, statement="t2")
    terms = total("left gone")
    assert say(prose + table, relation(), terms) == ["passed_rounding -1000 of 1500"]
    assert say(prose + table, relation(mode="across"), terms) == ["failed -1260 of 1005"]
    assert say(prose + table, relation("agree"), [term(1)]) == ["passed_rounding 260 of 505"]


def test_prices_of_another_year_are_another_figure() -> None:
    stated = facts("a=10") + facts("a=90", statement="t2", price_year=2019)
    assert say(stated, relation("agree"), [term(1)]) == []
    own_year = facts("a=10") + facts("a=90", statement="t2", price_year=2021)
    assert say(own_year, relation("agree"), [term(1)]) == ["failed 80 of 0"]


def test_same_unit_different_values_conflict() -> None:
    stated = facts("a=10580 total=10580") + facts("a=10590", statement="t2")
    assert say(stated, relation("agree"), [term(1)]) == ["failed 10 of 0"]
    assert say(stated, relation(mode="across"), total("a")) == ["not_evaluated reason.conflict"]
    assert say(stated, relation(), total("a")) == ["passed 0 of 10"]


def test_different_units_that_do_not_meet_conflict() -> None:
    apart = facts("a=1000 total=1000", unit=1000) + facts("a=1510", statement="t2")
    assert say(apart, relation("agree"), [term(1)]) == ["failed 510 of 505"]
    assert say(apart, relation(mode="across"), total("a")) == ["not_evaluated reason.conflict"]
    touching = facts("a=1000 total=1000", unit=1000) + facts("a=1500", unit=0, statement="t2")
    assert say(touching, relation("agree"), [term(1)]) == ["passed_rounding 500 of 500"]
    assert say(touching, relation(mode="across"), total("a")) == ["passed_rounding 500 of 500"]


def test_three_statements_need_one_common_value() -> None:
    stated = facts("a=0", unit=10) + facts("a=12", unit=14, statement="t2") + facts("a=13", unit=0, statement="t3")
    excess = say(stated, relation("agree"), [term(1)])
    assert excess == ["not_evaluated reason.excess_digits"]
    plain = [replace(each, dimension=NUMBER) for each in stated]
    assert say(plain, relation("agree"), [term(1)]) == ["failed 13 of 5"]


def test_excess_digits_are_not_used() -> None:
    stated = facts("a=60123 b=10 total=60130", unit=1000)[:1] + facts("b=10 total=60130")
    assert say(stated, relation(), total("a b")) == ["not_evaluated reason.excess_digits"]
    assert say(stated + facts("a=60120", statement="t2"), relation("agree"), [term(1)]) == [
        "not_evaluated reason.excess_digits"
    ]
    odd = facts("a=3 b=5 total=8", unit=2)
    assert say(odd, relation(), total("a b")) == ["passed 0 of 3"]
    assert say([replace(each, unit=3) for each in odd], relation(), total("a b")) == [
        "not_evaluated reason.excess_digits"
    ]


def test_known_and_unknown_units_are_not_mixed() -> None:
    stated = facts("a=10 total=10") + facts("b=0", unit_known=False)
    assert say(stated, relation(), total("a b")) == ["not_evaluated reason.unit_unknown"]
    unknown = [replace(each, unit_known=False) for each in stated]
    assert say(unknown, relation(), total("a b")) == ["passed 0 of 15"]
    other = facts("a=10", statement="t2", unit_known=False)
    assert say(stated[:2] + other, relation("agree"), [term(1)]) == ["not_evaluated reason.unit_unknown"]
    assert say(stated[:2] + other, relation(mode="across"), total("a")) == ["not_evaluated reason.unit_unknown"]


def test_kroner_and_counts_are_not_mixed() -> None:
    stated = facts("a=10 total=10") + facts("b=0", dimension=NUMBER)
    assert say(stated, relation(), total("a b")) == ["not_evaluated reason.dimensions"]


# ---- sums and bounds


def test_sums_beyond_64_bits_are_exact() -> None:
    great = 4 * 10**18
    parts = [fact(name, great, unit=0) for name in "abcde"] + [fact("f", -great, unit=0)]
    stated = [*parts, fact("total", great, unit=0)]
    terms = total("a b c d e f")
    assert say(stated, relation(), terms) == [f"failed {3 * great} of 0"]
    balanced = [*parts[:3], parts[5], fact("total", 2 * great + 1, unit=0)]
    assert say(balanced, relation(), total("a b c f")) == ["failed -1 of 0"]
    weighty = [term(10_000, "a"), term(-10_000, "total", stated=True)]
    assert say([parts[0], fact("total", great - 1, unit=0)], relation(), weighty) == ["failed 10000 of 0"]


@pytest.mark.parametrize(("stated", "expected"), [(150, "passed 0"), (170, "passed_rounding -20"), (180, "failed -30")])
def test_exactly_at_the_bound_and_one_unit_past_it(stated: int, expected: str) -> None:
    for sign in (1, -1):
        printed = facts(f"a={sign * 20} b={sign * 30} c={sign * 100} total={sign * stated}")
        status, difference = expected.split()
        found = say(printed, relation(), total("a b c"))
        assert found == [f"{status} {sign * int(difference)} of 20"]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [(-990, "passed -1020 of 10"), (30, "passed 0 of 10"), (40, "passed_rounding 10 of 10"), (50, "failed 20 of 10")],
)
def test_inequality_fails_only_beyond_the_bound(figure: int, expected: str) -> None:
    assert say(facts(f"a={figure} b=30"), relation("<="), at_most("a", "b")) == [expected]


def test_exact_figures_have_no_tolerance() -> None:
    assert say(facts("a=1 b=2 total=3", unit=0), relation(), total("a b")) == ["passed 0 of 0"]
    assert say(facts("a=1 b=2 total=4", unit=0), relation(), total("a b")) == ["failed -1 of 0"]


def test_difference_with_a_weight_of_minus_one() -> None:
    """Row IT of the sample submission: 2.428 - 4.869 = -2.441, stated -2.440."""
    terms = [term(1, "budget"), term(-1, "used"), term(-1, "total", stated=True)]
    printed = "budget=24280 used=48690 total="
    assert say(facts(f"{printed}-24400"), relation(), terms) == ["passed_rounding -10 of 15"]
    assert say(facts(f"{printed}-24390"), relation(), terms) == ["failed -20 of 15"]


def test_other_weights_widen_the_bound() -> None:
    share = [term(100, "a", stated=True), term(-7, "b")]
    assert say(facts("a=70 b=1000"), relation("<="), share) == ["passed 0 of 535"]
    assert say(facts("a=70 b=930"), relation("<="), share) == ["passed_rounding 490 of 535"]
    assert say(facts("a=70 b=920"), relation("<="), share) == ["failed 560 of 535"]
    nothing = [term(1, "a", stated=True), term(0, "b")]
    assert say(facts("a=10 b=920"), relation("<="), nothing) == ["failed 10 of 5"]


def test_clip_pos_is_the_greater_of_figure_and_zero() -> None:
    terms = at_most("a", "b", clip="pos")
    assert say(facts("a=0 b=-990"), relation("<="), terms) == ["passed 0 of 5"]
    assert say(facts("a=10 b=-990"), relation("<="), terms) == ["failed 10 of 5"]
    assert say(facts("a=10 b=0"), relation("<="), terms) == ["passed_rounding 10 of 10"]
    assert say(facts("a=8 b=-4", unit=10, dimension=NUMBER), relation("<="), terms) == ["failed 8 of 6"]
    assert say(facts("a=6 b=-4", unit=10, dimension=NUMBER), relation("<="), terms) == ["passed_rounding 6 of 6"]


def test_clip_neg_is_the_lesser_of_figure_and_zero() -> None:
    terms = at_most("a", "b", clip="neg")
    assert say(facts("a=-990 b=-990"), relation("<="), terms) == ["passed 0 of 10"]
    assert say(facts("a=-10 b=-30"), relation("<="), terms) == ["failed 20 of 10"]
    assert say(facts("a=0 b=990"), relation("<="), terms) == ["passed 0 of 5"]
    assert say(facts("a=10 b=990"), relation("<="), terms) == ["failed 10 of 5"]


# ---- years


def test_year_offset_compares_with_the_year_before() -> None:
    stated = [
        *facts("close=100", year=2019), *facts("open=100 close=140", year=2020), *facts("open=170", year=2021)
    ]  # fmt: skip
    terms = [term(1, "close", year_offset=-1), term(-1, "open", stated=True)]
    rows = both(stated, [relation()], terms)
    assert [(row.key, row.status) for row in rows] == [
        (("kommunen", 2020), "passed"),
        (("kommunen", 2021), "failed"),
    ]


def test_the_first_year_lacks_its_year_before_and_no_next_year_is_invented() -> None:
    terms = [term(1, "close", year_offset=-1), term(-1, "open", stated=True)]
    assert both(facts("close=140", year=2021), [relation()], terms) == []
    assert say(facts("open=100", year=2021), relation(), terms) == ["not_evaluated reason.parts_missing"]


def test_term_fixes_its_year_and_its_basis() -> None:
    stated = facts("a=10", year=2020) + facts("a=30", year=2021) + facts("total=10", year=2021)
    terms = [term(1, "a", year=2020), term(-1, "total", year=2021, stated=True)]
    assert say(stated, relation(free=""), terms) == ["passed 0 of 10"]
    bases = facts("a=10", basis="budget") + facts("a=30 total=10")
    terms = [term(1, "a", basis="budget"), term(-1, "total", stated=True)]
    assert say(bases, relation(), terms) == ["passed 0 of 10"]


# ---- truncation: open ends


def test_truncated_sum_falls_short_by_less_than_a_unit_per_part() -> None:
    terms = total("a b")
    assert say(facts("a=10 b=20 total=40"), relation(), terms, True) == ["passed_rounding -10 of 20"]
    assert say(facts("a=10 b=20 total=50"), relation(), terms, True) == ["failed -20 of 20"]
    assert say(facts("a=10 b=20 total=20"), relation(), terms, True) == ["failed 10 of 10"]
    assert say(facts("a=-10 b=-20 total=-40"), relation(), terms, True) == ["passed_rounding 10 of 20"]
    assert say(facts("a=-10 b=-20 total=-50"), relation(), terms, True) == ["failed 20 of 20"]


def test_truncated_inequality_tells_what_cutting_off_explains() -> None:
    terms = at_most("a", "b")
    assert say(facts("a=10 b=30"), relation("<="), terms, True) == ["passed -20 of 10"]
    assert say(facts("a=20 b=20"), relation("<="), terms, True) == ["passed 0 of 10"]
    assert say(facts("a=30 b=20"), relation("<="), terms, True) == ["failed 10 of 10"]
    assert say(facts("a=30 b=-20") + facts("a=-20 b=-30", year=2020), relation("<="), terms, True) == [
        "failed 10 of 10",
        "failed 50 of 0",
    ]


def test_truncated_zero_may_come_from_either_side() -> None:
    assert say(facts("a=0 total=-1", unit=1), relation(), total("a"), True) == ["failed 1 of 1"]
    zeros = facts("a=0 b=0 total=10") + facts("a=0 b=0 total=-10", year=2020)
    assert say(zeros, relation(), total("a b"), True) == ["passed_rounding 10 of 20", "passed_rounding -10 of 20"]


def test_truncated_statements_that_only_touch_conflict() -> None:
    apart = facts("a=100", unit=100) + facts("a=200", unit=10, statement="t2")
    assert say(apart, relation("agree"), [term(1)], True) == ["failed 100 of 100"]
    inside = facts("a=100", unit=100) + facts("a=190", unit=10, statement="t2")
    assert [row.status for row in both(inside, [relation("agree")], [term(1)], True)] == ["passed_rounding"]


def test_truncated_and_clipped_end_at_zero_is_closed() -> None:
    terms = at_most("a", "b", clip="pos")
    assert say(facts("a=0 b=-50"), relation("<="), terms, True) == ["passed 0 of 10"]
    assert say(facts("a=10 b=-50"), relation("<="), terms, True) == ["failed 10 of 0"]
    assert say(facts("a=10 b=0"), relation("<="), terms, True) == ["failed 10 of 10"]


# ---- anything, the rules' own cases and the samples


@settings(max_examples=120, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_engines_agree_on_anything(random: Random, relations: int) -> None:
    asked = question(random, relations)
    both(asked.facts, asked.relations, asked.terms, asked.truncated)


def test_engines_agree_on_sixty_seeds_that_reach_every_status_and_reason() -> None:
    seen: set[str] = set()
    for seed in range(60):
        asked = question(Random(seed), 80)
        rows = both(asked.facts, asked.relations, asked.terms, asked.truncated)
        seen |= {row.status for row in rows} | {row.reason.removeprefix("reason.") for row in rows if row.reason}
    assert seen == REACHABLE


name = attrgetter("name")


ASKED = [*((case, False) for case in cases()), *((case, True) for case in cases()[::4])]


@pytest.mark.parametrize(("case", "truncated"), ASKED, ids=lambda v: v.name if isinstance(v, Grounded) else str(v))
def test_engines_agree_on_rule_cases(case: Grounded, truncated: bool) -> None:
    """Every case as rounded; cutting off goes through the same SQL, so every fourth case will do."""
    rows_of(case, truncated)


@pytest.mark.parametrize("truncated", [False, True], ids=["rounded", "truncated"])
@pytest.mark.parametrize("sample", samples(), ids=name)
def test_engines_agree_on_samples(sample: Grounded, truncated: bool) -> None:
    rows = rows_of(sample, truncated)
    assert "golden" in sample.name or any(row.status != "not_evaluated" for row in rows)
