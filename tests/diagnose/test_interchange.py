"""Are two figures that have changed places told as one cause, and only where that makes all right?"""

from __future__ import annotations

from typing import Any

import pytest

from checker.diagnose.cases import Case
from checker.diagnose.explain import Cluster
from checker.diagnose.interchange import between, within
from checker.model.causes import LIKELY
from tests.build import TKR
from tests.diagnose.build import figure, labels, made, only, oracle, report, slip
from tests.diagnose.texts import ALL, BUDGET, KLUB, LINES, REGNSKAB, SFO, SKOLER, accounts, one_sum

Cell = tuple[int, int]


def swapped(one: Cell, other: Cell) -> str:
    return accounts((*one, LINES[other[0]][other[1]]), (*other, LINES[one[0]][one[1]]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((SKOLER, REGNSKAB), (SFO, REGNSKAB)),
        ((SKOLER, REGNSKAB), (KLUB, REGNSKAB)),
        ((SKOLER, BUDGET), (SKOLER, REGNSKAB)),
        ((ALL, BUDGET), (ALL, REGNSKAB)),
    ],
)
def test_two_figures_of_a_column_or_a_row_are_one_cause(one: Cell, other: Cell) -> None:
    made_ = report(swapped(one, other))
    (option,) = only(made_).options
    printed = {LINES[line][column] for line, column in (one, other)}
    assert {label.rsplit(" ", 1)[1] for label in labels(made_, option)} == printed
    values = sorted(int(text.replace(".", "")) for text in printed)
    assert sorted(slip(s) for s in option.suggestions) == [("interchanged", LIKELY, v) for v in values]
    assert {s.figure for s in option.suggestions} == {s.other for s in option.suggestions}


def test_figures_of_another_column_and_row_are_two_causes() -> None:
    made_ = report(swapped((SKOLER, BUDGET), (SFO, REGNSKAB)))
    assert {s.kind for c in made_.diagnosis.causes for o in c.options for s in o.suggestions}.isdisjoint(
        {"interchanged"}
    )


def test_a_sum_and_its_part_are_told_where_no_single_slip_is() -> None:
    """412 + 97 + 56 = 565, with 565 and 412 in each other's place."""
    made_ = report(one_sum("565", "97", "56", "412"))
    first = only(made_).options[0]
    assert {label.rsplit(" ", 1)[1] for label in labels(made_, first)} == {"565", "412"}
    assert {s.kind for s in first.suggestions} == {"interchanged"}


def case(*options: str, **changes: Any) -> Case:
    """a = x and b = y, a and b in each other's place."""
    figures = [figure("a", 20, **changes), figure("b", 10), figure("x", 10), figure("y", 20)]
    system = made(figures, {"a": 1, "x": -1}, {"b": 1, "y": -1})
    return Case(oracle(system), Cluster([], [frozenset(o) for o in options]), frozenset())


def test_an_explanation_of_two_figures_may_be_an_interchange() -> None:
    one = case("ab", "ay")
    (pair,) = between([one])
    assert (pair.one.fact_id, pair.other.fact_id, pair.cases) == ("a", "b", (one,))
    assert [(s.figure, s.value, s.other) for s in pair.option.suggestions] == [
        ("a", 10 * TKR, "b"),
        ("b", 20 * TKR, "a"),
    ]


def test_two_cases_are_explained_by_one_interchange() -> None:
    one = case("a", "x")
    other = Case(one.oracle, Cluster([], [frozenset("b")]), frozenset())
    (pair,) = between([one, other])
    assert (pair.one.fact_id, pair.other.fact_id, pair.cases) == ("a", "b", (one, other))


def test_two_cases_that_several_pairs_explain_alike_stay_two() -> None:
    """a and b, or x and y."""
    one = case("a", "x")
    assert between([one, Case(one.oracle, Cluster([], [frozenset("b"), frozenset("y")]), frozenset())]) == []


@pytest.mark.parametrize(
    "changes",
    [{"unit": 2 * TKR}, {"measure": "budget", "line": "9"}, {"text": True}, {"statement": "T2"}],
)
def test_what_is_printed_otherwise_has_not_changed_places(changes: dict[str, Any]) -> None:
    assert between([case("ab", **({"unit": TKR} | changes))]) == []


def test_of_two_pairs_that_fit_alike_none_is_told() -> None:
    system = made([figure("a", 20), figure("b", 10), figure("c", 10)], {"a": 2, "b": -1, "c": -1})
    asked = oracle(system)
    assert within(Case(asked, Cluster([], [frozenset("a"), frozenset("b"), frozenset("c")]), frozenset())) is None
