"""Are all smallest sets that meet every conflict found, and is it said where there are more?"""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.diagnose.hitting import hitting_sets
from checker.diagnose.work import Exhausted, Work
from tests.build import PROPERTY

Family = list[frozenset[str]]
FAMILIES = st.lists(st.frozensets(st.sampled_from("abcdefg"), min_size=1, max_size=5), max_size=8)


def by_trying_all(family: Family) -> Family:
    """Every set of fewest letters that meets all, by trying each set of letters, smallest first."""
    letters = sorted(frozenset(chain.from_iterable(family)))
    for size in range(len(letters) + 1):
        sets = [frozenset(c) for c in combinations(letters, size)]
        found = [s for s in sets if all(s & conflict for conflict in family)]
        if found:
            return found
    raise AssertionError("all letters together meet every conflict")


def found(family: Family, most: int = 1000, work: int = 10**9) -> tuple[Family, bool]:
    return hitting_sets(family, most, Work(work))


def sets(*words: str) -> Family:
    return [frozenset(word) for word in words]


@PROPERTY
@given(FAMILIES)
def test_all_smallest_sets_are_found_in_order(family: Family) -> None:
    options, complete = found(family)
    assert (options, complete) == (sorted(by_trying_all(family), key=sorted), True)


@PROPERTY
@given(FAMILIES, st.integers(1, 6))
def test_a_cap_lists_some_of_the_smallest_and_says_whether_there_are_more(family: Family, most: int) -> None:
    options, complete = found(family, most)
    every = by_trying_all(family)
    assert len(options) == len(set(options)) == min(most, len(every))
    assert set(options) <= set(every)
    assert options == sorted(options, key=sorted)
    assert complete is (len(every) <= most)


@PROPERTY
@given(FAMILIES)
def test_the_order_of_the_conflicts_changes_nothing(family: Family) -> None:
    assert found(family) == found([*reversed(family), *family])


def test_no_conflict_asks_for_nothing() -> None:
    assert found([]) == ([frozenset()], True)


def test_one_conflict_has_each_of_its_figures_as_an_answer() -> None:
    assert found(sets("cab")) == (sets("a", "b", "c"), True)


def test_a_conflict_that_holds_another_asks_for_nothing_more() -> None:
    assert found(sets("ab", "abcd", "ab")) == (sets("a", "b"), True)


def test_what_many_conflicts_share_is_the_only_answer() -> None:
    assert found(sets("ab", "bc", "bd")) == (sets("b"), True)


def test_a_choice_that_looks_best_first_may_be_wrong() -> None:
    """'x' is in most conflicts, and no smallest set has it."""
    assert found(sets("ax1", "ax2", "bx3", "bx4", "a5", "b6")) == (sets("ab"), True)


def test_exactly_as_many_as_the_cap_are_complete() -> None:
    assert found(sets("abc"), most=3) == (sets("a", "b", "c"), True)
    assert found(sets("abc"), most=2) == (sets("a", "b"), False)


def test_little_work_is_used_up() -> None:
    family = sets("abc", "cde", "efg", "gha", "bdf")
    with pytest.raises(Exhausted):
        found(family, work=1)
    assert found(family)[1]
