"""Does the oracle tell rightly what can be right together, and does each of its conflicts hold by itself?"""

from __future__ import annotations

from fractions import Fraction
from math import inf, isinf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.diagnose.certificate import Certificate
from checker.diagnose.system import Guard, Row, System
from checker.diagnose.work import Exhausted
from tests.build import KR, MIO, OERE, PROPERTY, TKR
from tests.diagnose.build import figure, made, oracle, total
from tests.diagnose.exact import feasible, limits, span

NONE: frozenset[str] = frozenset()


@st.composite
def systems(draw: st.DrawFn, weights: tuple[int, ...] = (-2, -1, 1, 1, 1), shared: bool = True) -> System:
    """Rows over a few figures with units of their own; some state the same variable, some variables nothing does."""
    names = "abcdefg"[: draw(st.integers(2, 6))]
    figures = [figure(n, draw(st.integers(-30, 30)), draw(st.sampled_from([0, 1, 2, 10]))) for n in names]
    rows = draw(
        st.lists(
            st.dictionaries(st.sampled_from(names), st.sampled_from(weights), min_size=2, max_size=4),
            min_size=1,
            max_size=4,
        )
    )
    system = made(figures, *rows)
    if draw(st.booleans()):
        op = draw(st.sampled_from(["=", "<="]))
        n = draw(st.integers(0, len(system.rows) - 1))
        row = system.rows[n]
        system.rows[n] = Row(op, row.coefficients, draw(st.integers(-20, 20)), row.check, row.failed)
    if shared:
        at, value = draw(st.integers(0, len(names) - 1)), draw(st.integers(-30, 30))
        system.guards.append(Guard(at, 2 * value - 10, 2 * value + 10, (frozenset({"again"}),), "again"))
        given_ = draw(st.integers(0, len(names) - 1))
        system.guards.append(Guard(given_, -61, 61, (), "last year's"))
        if draw(st.booleans()):
            pair = frozenset(draw(st.sampled_from(names)) for _ in range(2))
            system.guards.append(
                Guard(draw(st.integers(0, len(names) - 1)), -12, 40, tuple(frozenset({f}) for f in sorted(pair)))
            )
    return system


def freed_of(system: System) -> st.SearchStrategy[frozenset[str]]:
    names = sorted(system.facts)
    return st.frozensets(st.sampled_from(names), max_size=2)


@PROPERTY
@given(st.data())
def test_what_can_be_right_together_is_told_as_elimination_tells_it(data: st.DataObject) -> None:
    system = data.draw(systems())
    asked = oracle(system)
    for freed in (NONE, data.draw(freed_of(system))):
        conflict = asked.conflict(freed)
        assert (conflict is None) is feasible(limits(system, freed), system.variables)
        if conflict is not None:
            assert conflict.figures.isdisjoint(freed)
            assert not feasible(limits(system, kept=conflict.figures), system.variables)


def assert_irreducible(system: System) -> None:
    """With the checks of its conflict alone, each figure of it that is freed makes the others right."""
    conflict = oracle(system).conflict(NONE)
    if conflict is not None and conflict.checks:
        own, checks = conflict.figures, conflict.checks
        assert not feasible(limits(system, kept=own, checks=checks), system.variables)
        for name in own:
            assert feasible(limits(system, kept=own - {name}, checks=checks), system.variables), name


@PROPERTY
@given(systems(weights=(-1, 1, 1), shared=False))
def test_no_figure_of_a_conflict_can_be_left_out(system: System) -> None:
    assume(feasible(limits(system, kept=NONE), system.variables))
    assert_irreducible(system)


def test_no_figure_of_a_conflict_can_be_left_out_with_uneven_weights() -> None:
    """f = 2a + 2b + 2c and a = -f: twice the first and the second have no f in them, and say that c is wrong."""
    figures = [figure("a", 0, 0), figure("b", 0, 0), figure("c", -1, 0), figure("f", 0, 1)]
    system = made(figures, {"f": 1, "a": -2, "b": -2, "c": -2}, {"a": -2, "f": -2})
    assert_irreducible(system)


@PROPERTY
@given(systems(shared=False))
def test_the_calculation_of_a_conflict_is_off_by_more_than_its_figures_explain(system: System) -> None:
    conflict = oracle(system).conflict(NONE)
    if conflict is not None and conflict.figures:
        assert {name for name, _ in conflict.terms} == conflict.figures
        off = 2 * (sum(w * system.facts[n].value for n, w in conflict.terms) - conflict.constant)
        room = sum(abs(w) * system.facts[n].unit for n, w in conflict.terms)
        assert off > room or (off < -room and all(r.op == "=" for r in system.rows))


@PROPERTY
@given(st.data())
def test_what_the_others_leave_a_figure_is_as_elimination_leaves_it(data: st.DataObject) -> None:
    system = data.draw(systems())
    name = data.draw(st.sampled_from(sorted(system.facts)))
    variable = system.of_fact[name]
    exact = span(limits(system, frozenset({name})), system.variables, variable)
    if exact is not None:
        for found, wanted in zip(oracle(system).span(variable, frozenset({name})), exact, strict=True):
            assert found == wanted if isinf(wanted) else abs(found - float(wanted)) < 1e-6


@PROPERTY
@given(st.data())
def test_an_oracle_that_was_asked_before_answers_the_same(data: st.DataObject) -> None:
    system = data.draw(systems())
    questions = data.draw(st.lists(freed_of(system), min_size=2, max_size=4))
    asked = oracle(system)
    for freed in (*questions, *questions):
        asked.span(0, freed)
        assert (asked.conflict(freed) is None) is (oracle(system).conflict(freed) is None)


SUM = total("sum", "a", "b", "c")


@pytest.mark.parametrize("unit", [OERE, KR, TKR, MIO])
@pytest.mark.parametrize("off", [-2, 2])
def test_exactly_at_the_bound_is_right_and_one_past_is_not(unit: int, off: int) -> None:
    """Four rounded figures are at most two units off."""
    parts = [figure("a", 5, unit), figure("b", 7, unit), figure("c", 10, unit)]
    at = made([*parts, figure("sum", 22 + off, unit)], SUM)
    assert oracle(at).conflict(NONE) is None
    past = made([*parts, figure("sum", 22 + off + off // 2, unit)], SUM)
    assert oracle(past).conflict(NONE) == oracle(past).failing()[0]
    assert oracle(past).failing()[0].figures == frozenset({"a", "b", "c", "sum"})


@pytest.mark.parametrize("value", [10**13, -(10**13), 10**15])
def test_one_step_past_the_bound_is_seen_of_large_figures(value: int) -> None:
    """A hundred billion kroner in øre, and figures without rounding."""
    same = made([figure("a", value, 0), figure("b", value, 0)], {"a": 1, "b": -1})
    other = made([figure("a", value, 0), figure("b", value + 1, 0)], {"a": 1, "b": -1})
    assert oracle(same).conflict(NONE) is None
    assert oracle(other).conflict(NONE) == Certificate(
        frozenset("ab"), frozenset({0}), oracle(other).failing()[0].terms, 0
    )


def test_a_conflict_of_two_sums_takes_in_no_figure_between_them() -> None:
    """a = b and b = c each hold by rounding; a and c are two units apart. What stands for b is not needed."""
    figures = [figure("a", 10), figure("b", 1, 10 * TKR), figure("c", 12)]
    system = made(figures, {"a": 1, "b": -1}, {"b": 1, "c": -1})
    conflict = oracle(system).conflict(NONE)
    assert conflict is not None
    assert (conflict.figures, conflict.checks) == (frozenset("ac"), frozenset({0, 1}))
    assert dict(conflict.terms) in ({"a": 1, "c": -1}, {"a": -1, "c": 1})
    assert oracle(system).failing() == []


def test_a_freed_figure_is_no_bound() -> None:
    system = made([figure("a", 10), figure("b", 20)], {"a": 1, "b": -1})
    assert oracle(system).conflict(frozenset("a")) is None
    assert oracle(system).span(0, frozenset("a")) == (2 * 20 * TKR - TKR, 2 * 20 * TKR + TKR)
    assert oracle(system).span(0, frozenset("ab")) == (-inf, inf)


def test_a_figure_put_to_another_value_is_held_to_it() -> None:
    system = made([figure("a", 10), figure("b", 20)], {"a": 1, "b": -1})
    right, wrong = (2 * 20 * TKR - TKR, 2 * 20 * TKR + TKR), (2 * 22 * TKR - TKR, 2 * 22 * TKR + TKR)
    assert oracle(system).conflict(NONE, {"a": {0: right}}) is None
    conflict = oracle(system).conflict(NONE, {"a": {0: wrong}})
    assert conflict is not None
    assert (conflict.figures, conflict.terms) == (frozenset("b"), ())
    assert oracle(system).span(1, frozenset("b"), {"a": {0: wrong}}) == wrong


def test_bounds_may_be_fractions() -> None:
    system = made([figure("a", 10, 0), figure("b", 30, 0)], {"a": 3, "b": -1})
    third = Fraction(61, 3)
    assert oracle(system).conflict(frozenset("b"), {"a": {0: (third, third)}}) is None
    assert oracle(system).conflict(NONE, {"a": {0: (third, third)}}) is not None


def test_two_statements_that_do_not_meet_are_a_conflict_of_no_check() -> None:
    system = made([figure("a", 10)], also=[Guard(0, 30 * TKR, 32 * TKR, (frozenset({"again"}),), "again")])
    assert oracle(system).conflict(NONE) == Certificate(frozenset({"a", "again"}), frozenset())
    assert oracle(system).conflict(frozenset("a")) is None
    assert oracle(system).conflict(frozenset({"again"})) is None


def test_what_is_not_doubted_is_never_in_a_conflict() -> None:
    system = made([figure("a", 10)], also=[Guard(0, 30 * TKR, 32 * TKR, (), "last year's")])
    assert oracle(system).conflict(NONE) == Certificate(frozenset("a"), frozenset())


def test_a_system_without_rows_is_right() -> None:
    assert oracle(made([figure("a", 10)])).conflict(NONE) is None


def test_the_calculation_of_a_conflict_has_the_constant_of_its_check() -> None:
    """Two shares that make 100 per cent, one of them in halves."""
    system = made([figure("a", 60, 0), figure("b", 30, 0)])
    system.rows.append(Row("=", ((0, 1), (1, 1)), 200, 0, True))
    (conflict,) = oracle(system).failing()
    assert sorted(conflict.terms) in ([("a", 1), ("b", 1)], [("a", -1), ("b", -1)])
    assert abs(conflict.constant) == 100


def test_a_relation_of_at_most_is_proven_one_way_only() -> None:
    over = made([figure("a", 10), figure("b", 5)])
    over.rows.append(Row("<=", ((0, 1), (1, -1)), 0, 0, True))
    assert [c.figures for c in oracle(over).failing()] == [frozenset("ab")]
    under = made([figure("a", 5), figure("b", 10)])
    under.rows.append(Row("<=", ((0, 1), (1, -1)), 0, 0, False))
    assert oracle(under).conflict(NONE) is None


def test_little_work_is_used_up() -> None:
    system = made([figure("a", 10), figure("b", 20)], {"a": 1, "b": -1})
    with pytest.raises(Exhausted):
        oracle(system, work=1).conflict(NONE)
    with pytest.raises(Exhausted):
        oracle(system, work=1).span(0, NONE)


def test_the_variables_of_a_figure_are_those_it_bounds() -> None:
    system = made([figure("a", 10), figure("b", 20)], also=[Guard(1, 0, 9, (frozenset("a"),))])
    assert (oracle(system).variables("a"), oracle(system).variables("c")) == ({0, 1}, set())
