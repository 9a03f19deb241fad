"""What should a suspect figure be: which slips make all the rest right, and what do the other figures leave?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.diagnose.fit import best_fit, exactly
from checker.diagnose.leave import Leave, bounds_of, leave, put_right
from checker.diagnose.misprints import Misprint
from checker.diagnose.suggest import Context, guesses, luck
from checker.diagnose.system import System
from checker.model.causes import CERTAIN, LIKELY, POSSIBLE
from checker.model.submission import Fact
from tests.build import KR, PROPERTY, TKR, gathered, of_facts, submission
from tests.diagnose.build import figure, labels, made, only, oracle, report, slip, total
from tests.diagnose.texts import (
    ALL,
    BEFORE,
    BUDGET,
    KLUB,
    LINES,
    NOW,
    REGNSKAB,
    REST,
    SFO,
    SKOLER,
    accounts,
    last_years,
    one_sum,
    two_years,
)

SLIPS = [
    (SKOLER, REGNSKAB, "1.153", "swapped", 1135),
    (SKOLER, REGNSKAB, "1.185", "digit", 1135),
    (SKOLER, REGNSKAB, "135", "digit_missing", 1135),
    (SFO, REGNSKAB, "4.882", "digit_extra", 482),
    (SFO, REGNSKAB, "482.000", "scale", 482),
    (KLUB, REST, "11", "sign", -11),
    (SKOLER, REST, "-65", "sign", 65),
    (ALL, REGNSKAB, "1.446", "line_missing", 1928),
    (ALL, REGNSKAB, "2.410", "line_twice", 1928),
    (ALL, BUDGET, "2.100", "swapped", 2010),
    (SKOLER, BUDGET, "1.777", "sums", 1200),
]


@pytest.mark.parametrize(("line", "column", "printed", "kind", "value"), SLIPS)
def test_the_slip_of_the_only_wrong_figure_is_told(line: int, column: int, printed: str, kind: str, value: int) -> None:
    made_ = report(accounts((line, column, printed)))
    (option,) = only(made_).options
    measure = {BUDGET: "budget", REGNSKAB: "regnskab", REST: "over_underskud"}[column]
    assert labels(made_, option) == (f"{LINES[line][1]} {measure} {printed}",)
    assert [slip(s) for s in option.suggestions] == [(kind, LIKELY, value)]
    assert all(s.low is not None and s.high is not None and s.low <= value * TKR <= s.high for s in option.suggestions)


@pytest.mark.parametrize(("printed", "other"), [("1.446", "SFO"), ("1.617", "Klub"), ("793", "Skoler")])
def test_the_line_that_a_sum_lacks_is_named(printed: str, other: str) -> None:
    made_ = report(accounts((ALL, REGNSKAB, printed)))
    (suggestion,) = only(made_).options[0].suggestions
    facts = {f.fact_id: f for f in made_.submission.facts}
    assert (suggestion.kind, facts[suggestion.other].label) == ("line_missing", other)


def test_last_years_figure_that_was_left_is_told() -> None:
    made_ = report(two_years(BEFORE, ("1.135", "457", "311", "1.928")))
    first, *others = only(made_).options
    assert labels(made_, first) == ("SFO regnskab 457",)
    assert [slip(s) for s in first.suggestions] == [("last_year", LIKELY, 482)]
    assert {s.certainty for o in others for s in o.suggestions} == {POSSIBLE}


def test_last_years_figure_may_stand_in_last_years_submission_alone() -> None:
    made_ = report(gathered(one_sum("1.135", "457", "311", "1.928"), last_years(*BEFORE)))
    first = only(made_).options[0]
    assert labels(made_, first) == ("SFO regnskab 457",)
    assert [slip(s) for s in first.suggestions] == [("last_year", LIKELY, 482)]


def test_of_one_sum_alone_nothing_is_told_as_likely_where_no_slip_is_telling() -> None:
    made_ = report(one_sum("1.135", "482", "311", "1.937"))
    cause = only(made_)
    assert len(cause.options) == 4
    assert {s.certainty for o in cause.options for s in o.suggestions} == {POSSIBLE}


@pytest.mark.parametrize(
    ("printed", "kind", "label"),
    [
        (("1.135", "482.000", "311", "1.928"), "scale", "SFO regnskab 482.000"),
        (("1.135", "482", "311", "2.410"), "line_twice", "I alt regnskab 2.410"),
        (("1.135", "482", "-311", "1.928"), "sign", "Klub regnskab -311"),
    ],
)
def test_of_one_sum_alone_a_telling_slip_is_likely_and_never_certain(
    printed: tuple[str, ...], kind: str, label: str
) -> None:
    made_ = report(one_sum(*printed))
    first, *others = only(made_).options
    assert labels(made_, first) == (label,)
    assert [(s.kind, s.certainty) for s in first.suggestions] == [(kind, LIKELY)]
    assert {s.certainty for o in others for s in o.suggestions} <= {POSSIBLE}
    assert len(others) == 3


def test_what_another_statement_says_in_the_same_unit_is_certain() -> None:
    made_ = report(one_sum("1.135", "482", "311", "1.928") + one_sum("1.135", "428", "311", "", title="Bilag"))
    (option,) = only(made_).options
    assert labels(made_, option) == ("SFO regnskab 428",)
    assert [slip(s) for s in option.suggestions] == [("swapped", CERTAIN, 482)]
    assert option.suggestions[0].low == option.suggestions[0].high == 482 * TKR


def test_two_statements_alone_tell_nothing() -> None:
    made_ = report(one_sum("1.135", "482", "311", "") + one_sum("1.135", "428", "311", "", title="Bilag"))
    options = only(made_).options
    assert [labels(made_, o) for o in options] == [("SFO regnskab 482",), ("SFO regnskab 428",)]
    assert {s.certainty for o in options for s in o.suggestions} == {POSSIBLE}


def wrong_in_a_table(wrong: dict[str, int], unit: int = TKR) -> System:
    """a + b = s, c + d = t, s + t = all and a + c = e, some figures wrong."""
    right = {"a": 135, "b": 482, "s": 617, "c": 311, "d": 62, "t": 373, "all": 990, "e": 446}
    rows = (total("s", "a", "b"), total("t", "c", "d"), total("all", "s", "t"), total("e", "a", "c"))
    return made([figure(n, v, unit) for n, v in (right | wrong).items()], *rows)


def context(system: System) -> Context:
    return Context(of_facts(*system.facts.values()))


@settings(PROPERTY, max_examples=60)
@given(st.sampled_from(["a", "s", "c", "t"]), st.integers(-999, 9999))
def test_a_slip_is_offered_only_where_all_is_right_with_it(name: str, value: int) -> None:
    system = wrong_in_a_table({name: value})
    asked = oracle(system)
    left = leave(asked, name, frozenset({name}))
    for guess in guesses(asked, [name], frozenset(), context(system)):
        (one,) = guess.slips
        assert left.takes(one.value, one.unit)
        assert asked.conflict(frozenset(), {name: bounds_of(system, name, one.value)}) is None
        again = wrong_in_a_table({name: one.value // TKR})
        assert one.value % TKR or oracle(again).conflict(frozenset()) is None


@settings(PROPERTY, max_examples=60)
@given(st.sampled_from(["a", "s", "c", "t"]), st.sampled_from([0, KR, TKR]))
def test_the_others_leave_exactly_the_values_with_which_all_is_right(name: str, unit: int) -> None:
    system = wrong_in_a_table({name: 7}, unit)
    left = leave(oracle(system), name, frozenset({name}))
    assert left.values is not None
    right = [
        value
        for value in range(left.values[0] - 2 * left.step, left.values[-1] + 3 * left.step, left.step)
        if oracle(wrong_in_a_table({name: value // (unit or 1)}, unit)).conflict(frozenset()) is None
    ]
    assert right == list(left.values)


def test_two_figures_of_one_explanation_each_have_a_slip() -> None:
    """a = 12 and b = 34 are printed as 21 and 43; c and d say what they are."""
    system = made(
        [figure("a", 21, 0), figure("b", 43, 0), figure("c", 12, 0), figure("d", 34, 0)],
        {"a": 1, "c": -1},
        {"b": 1, "d": -1},
    )
    (guess,) = guesses(oracle(system), ["b", "a"], frozenset(), context(system))
    assert [(s.kind, s.value) for s in guess.slips] == [("swapped", 34), ("swapped", 12)]
    assert guess.cost == 2


def test_without_a_slip_that_makes_all_right_there_is_no_guess() -> None:
    system = wrong_in_a_table({"s": 5})
    assert guesses(oracle(system), ["s"], frozenset(), context(system)) == []


def test_simpler_slips_come_before_others() -> None:
    """'176' for 617 is two slips; '671' is two digits swapped and also one wrong digit of none."""
    system = wrong_in_a_table({"s": 671})
    (guess,) = guesses(oracle(system), ["s"], frozenset(), context(system))
    assert [(s.kind, s.value) for s in guess.slips] == [("swapped", 617 * TKR)]


def test_what_is_left_open_has_no_end() -> None:
    system = made([figure("a", 10), figure("b", 20)], {"a": 1, "b": -1})
    assert leave(oracle(system), "a", frozenset("ab")) == Leave(None, None, TKR)
    assert Leave(None, None, TKR).takes(-5, 1)
    assert Leave(None, None, TKR).values is None
    assert [Leave(0, 4, 1, (0, 8)).takes(v, 1) for v in (-1, 0, 4, 5)] == [False, True, True, False]
    assert Leave(0, 100, 1).values is None
    assert list(Leave(0, 24, 12).values or ()) == [0, 12, 24]


def test_what_refers_back_keeps_its_own_sign() -> None:
    """'Et underskud på 10 … Underskuddet' with the amount put right to 12."""
    own, again = figure("P1.A1", -10, text=True), figure("P1.A2", -10, text=True, refers="P1.A1")
    system = made([own, again])
    assert {i: f.value for i, f in put_right(system, "P1.A1", 12 * TKR).items()} == {
        "P1.A1": 12 * TKR,
        "P1.A2": -12 * TKR,
    }


def test_the_others_leave_a_figure_that_is_cut_off_what_it_is_cut_off_to() -> None:
    """12.900 kr. cut off to thousands is 12; rounded it would be 13."""
    system = made([figure("a", 21), replace(figure("b", 0, 0), value=12_900 * KR)], {"a": 1, "b": -1})
    system.truncated = True
    system.guards = [
        replace(system.guards[0], lo=2 * 21 * TKR, hi=2 * 22 * TKR),
        replace(system.guards[1], lo=2 * 12_900 * KR, hi=2 * 12_900 * KR),
    ]
    left = leave(oracle(system), "a", frozenset("a"))
    assert (left.low, left.high, left.step) == (12 * TKR, 12 * TKR, TKR)


def test_the_value_with_which_most_holds_as_printed_fits_best() -> None:
    system = wrong_in_a_table({"s": 700})
    assert best_fit(oracle(system), "s", [n * TKR for n in (616, 617, 618)]) == 617 * TKR
    assert best_fit(oracle(system), "s", [616 * TKR, 618 * TKR]) is None
    assert best_fit(oracle(system), "s", []) is None
    assert exactly(system, {"s": 617 * TKR}) == 2
    assert exactly(system, {"s": 616 * TKR}) == 0


def chance(fact: Fact, kind: str, value: int, left: Leave) -> float:
    slips = context(made([fact])).slips(fact)
    return luck(fact, next(s for s in slips if (s.kind, s.value) == (kind, value)), slips, left)


def test_what_fits_by_chance_is_told_from_what_does_not() -> None:
    wide, narrow = Leave(480 * TKR, 484 * TKR, TKR), Leave(482 * TKR, 482 * TKR, TKR)
    far, near = figure("a", 482_000), figure("a", 485)
    assert chance(far, "scale", 482 * TKR, narrow) < 0.0001
    assert chance(near, "digit", 482 * TKR, wide) == 1.0
    assert chance(near, "digit", 482 * TKR, narrow) < chance(near, "digit", 482 * TKR, wide)
    assert luck(near, None, [], narrow) == 1.0


def test_of_slips_that_lead_to_one_value_the_simplest_is_kept() -> None:
    slips = context(made([figure("a", 21)])).slips(figure("a", 21))
    assert len({s.value for s in slips}) == len(slips)
    assert [s.cost for s in slips] == sorted(s.cost for s in slips)
    assert [s.kind for s in slips if s.value == 12 * TKR] == ["swapped"]


def test_the_parts_of_a_sum_are_those_of_its_own_column() -> None:
    read = submission(accounts())
    facts = {(f.label, f.measure): f for f in read.facts}
    parts = list(Context(read).parts(facts["I alt", "regnskab"]))
    assert [(f.label, f.measure) for f in parts] == [(n, "regnskab") for n in ("Skoler", "SFO", "Klub")]
    assert list(Context(read).parts(facts["SFO", "regnskab"])) == []
    missing = Misprint("line_missing", (1928 + 482) * TKR, TKR, 1, facts["SFO", "regnskab"].fact_id)
    assert missing in Context(read).slips(facts["I alt", "regnskab"])


def test_of_one_sum_alone_a_line_that_it_lacks_is_likely() -> None:
    made_ = report(one_sum("1.135", "482", "311", "1.446"))
    first = only(made_).options[0]
    assert labels(made_, first) == ("I alt regnskab 1.446",)
    assert [slip(s) for s in first.suggestions] == [("line_missing", LIKELY, 1928)]


def test_a_line_that_the_sums_of_all_columns_lack_is_told() -> None:
    """SFO is left out of every sum, as where a range in a spreadsheet is one row too short."""
    made_ = report(accounts((ALL, BUDGET, "1.500"), (ALL, REGNSKAB, "1.446"), (ALL, REST, "54")))
    first = only(made_).options[0]
    assert [s.kind for s in first.suggestions] == ["line_missing"] * 3


def test_now_and_before_are_right() -> None:
    assert report(two_years(BEFORE, NOW)).diagnosis.causes == ()
    assert report(accounts()).findings == ()
