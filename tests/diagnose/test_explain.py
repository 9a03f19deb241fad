"""Are the smallest explanations of what contradicts itself found, each cause apart from the others?"""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.diagnose.explain import MOST, Cluster, Explained, explain
from checker.diagnose.oracle import Oracle
from checker.diagnose.system import System
from checker.diagnose.work import Work
from tests.build import PROPERTY, TKR
from tests.diagnose.build import PLENTY, figure, made, total
from tests.diagnose.exact import feasible, limits

GRID = {
    "a1": 120, "a2": 45, "as": 165,
    "b1": 230, "b2": 60, "bs": 290,
    "c1": 310, "c2": 75, "cs": 385,
    "t1": 660, "t2": 180, "ts": 840,
}  # fmt: skip
SUMS = [
    *(total(f"{row}s", f"{row}1", f"{row}2") for row in "abct"),
    *(total(f"t{column}", f"a{column}", f"b{column}", f"c{column}") for column in "12s"),
]


def grid(**changes: int) -> System:
    """A table of three lines and two columns with all its sums, some figures changed."""
    return made([figure(n, v) for n, v in (GRID | changes).items()], *SUMS)


def explained(system: System, work: int = PLENTY) -> Explained:
    """What explains a system."""
    spent = Work(work)
    return explain(Oracle(system, spent), spent)


def options(found: Explained) -> list[list[str]]:
    """Every cluster as its explanations, each in one word."""
    assert found.finished
    return sorted([" ".join(sorted(o)) for o in c.options] for c in found.clusters)


def test_what_is_right_has_no_explanation() -> None:
    assert explained(grid()) == Explained([])
    assert explained(made([figure("a", 1)])) == Explained([])


def test_a_sum_alone_has_all_its_figures_as_explanations() -> None:
    system = made([figure("a", 10), figure("b", 20), figure("s", 39)], total("s", "a", "b"))
    found = explained(system)
    assert options(found) == [["a", "b", "s"]]
    assert found.clusters[0].complete
    assert [c.figures for c in found.clusters[0].conflicts] == [frozenset("abs")]


@pytest.mark.parametrize("name", sorted(GRID))
def test_one_wrong_figure_of_a_table_with_all_sums_is_the_only_explanation(name: str) -> None:
    assert options(explained(grid(**{name: GRID[name] + 90}))) == [[name]]


def test_a_figure_off_by_what_rounding_explains_of_all_sums_is_none() -> None:
    assert explained(grid(a1=GRID["a1"] + 1)) == Explained([])


def test_two_wrong_figures_are_two_causes() -> None:
    assert options(explained(grid(a1=210, b2=6))) == [["a1"], ["b2"]]


def test_three_wrong_figures_are_three_causes() -> None:
    assert options(explained(grid(a1=210, b2=6, cs=358))) == [["a1"], ["b2"], ["cs"]]


def test_two_wrong_figures_of_one_line_are_two_causes() -> None:
    assert options(explained(grid(a1=210, a2=5))) == [["a1"], ["a2"]]


def test_a_forced_figure_does_not_hide_what_is_open_beside_it() -> None:
    """x is in both its sums; u, v and w are in one sum that fails by itself."""
    figures = [figure(n, v) for n, v in {"x": 50, "a": 1, "b": 2, "u": 3, "v": 4, "w": 90}.items()]
    system = made(figures, {"x": 1, "a": -1}, {"x": 1, "b": -1}, total("w", "u", "v"))
    assert options(explained(system)) == [["u", "v", "w"], ["x"]]


def test_sums_that_share_no_figure_are_explained_apart() -> None:
    figures = [figure(n, v) for n, v in {"a": 1, "b": 20, "c": 3, "d": 40}.items()]
    assert options(explained(made(figures, {"a": 1, "b": -1}, {"c": 1, "d": -1}))) == [["a", "b"], ["c", "d"]]


def test_what_no_relation_shows_alone_is_explained_too() -> None:
    """Each step is one unit, as rounding of two figures allows; the ends are three units apart."""
    figures = [figure(n, v) for n, v in {"a": 10, "b": 11, "c": 12, "d": 13}.items()]
    system = made(figures, {"a": 1, "b": -1}, {"b": 1, "c": -1}, {"c": 1, "d": -1})
    assert not any(row.failed for row in system.rows)
    found = explained(system)
    (cluster,) = found.clusters
    checks = frozenset(n for c in cluster.conflicts for n in c.checks)
    assert checks == {0, 1, 2}
    assert options(found) == [["a b", "a d", "c d"]]


def test_statements_that_differ_are_explained_though_there_is_no_relation() -> None:
    system = made([figure("a", 10), figure("b", 11)])
    system.contradictions.append((frozenset("ab"), 7))
    found = explained(system)
    assert options(found) == [["a", "b"]]
    assert [c.checks for c in found.clusters[0].conflicts] == [frozenset({7})]


def test_a_contradiction_of_figures_that_are_not_doubted_is_none() -> None:
    system = made([figure("a", 10)])
    system.contradictions.append((frozenset(), 7))
    assert explained(system) == Explained([])


def test_many_explanations_are_listed_up_to_a_number() -> None:
    names = [f"p{n:02}" for n in range(MOST + 5)]
    system = made([*(figure(n, 10) for n in names), figure("s", 9999)], total("s", *names))
    (cluster,) = explained(system).clusters
    assert (len(cluster.options), cluster.complete) == (MOST, False)


@pytest.mark.parametrize("work", [0, 1, 200, 1500])
def test_with_too_little_work_it_is_told_that_it_is_not_finished(work: int) -> None:
    found = explained(grid(a1=210, b2=6, cs=358, t2=810), work)
    assert not found.finished


def test_contradictions_of_what_is_not_doubted_alone_cannot_be_explained() -> None:
    system = made([figure("a", 10), figure("b", 90)], {"a": 1, "b": -1})
    system.guards = [g.__class__(g.variable, g.lo, g.hi, (), g.fact) for g in system.guards]
    assert explained(system) == Explained([], finished=False)


def smallest(system: System, most: int) -> set[frozenset[str]]:
    """Every set of fewest figures with which freed the rest can be right, by trying all up to a size."""
    for size in range(most + 1):
        tried = (frozenset(c) for c in combinations(sorted(system.facts), size))
        found = {s for s in tried if feasible(limits(system, s), system.variables)}
        if found:
            return found
    return set()


def together(clusters: list[Cluster], but: Cluster) -> frozenset[str]:
    """The first explanations of the other clusters."""
    return frozenset(f for c in clusters if c is not but for f in c.options[0])


SMALL = {"a1": 12, "a2": 4, "as": 16, "b1": 12, "b2": 6, "bs": 18, "t": 34}
TIES = (total("as", "a1", "a2"), total("bs", "b1", "b2"), total("t", "as", "bs"), {"a1": 1, "b1": -1})


@settings(PROPERTY, max_examples=30)
@given(st.dictionaries(st.sampled_from(sorted(SMALL)), st.integers(-9, 9), max_size=3), st.sampled_from([0, 1]))
def test_explanations_are_those_that_trying_all_finds(changes: dict[str, int], unit: int) -> None:
    """Units are 0 or 1 øre, values off by a few: some hold by rounding, some do not together, some not at all."""
    values = SMALL | {n: SMALL[n] + off for n, off in changes.items()}
    system = made([figure(n, v, unit) for n, v in values.items()], *TIES)
    found = explained(system)
    wanted = smallest(system, 3)
    assert found.finished
    assert all(
        option | together(found.clusters, cluster) in wanted for cluster in found.clusters for option in cluster.options
    )
    if not found.clusters:
        assert wanted == {frozenset()}
    if len(found.clusters) == 1:
        assert set(found.clusters[0].options) == wanted


def test_units_of_their_own_decide_what_is_explained() -> None:
    """A million says less than a thousand: only the finer figures contradict each other."""
    fine = made([figure("a", 10), figure("b", 14), figure("s", 14)], {"a": 1, "b": -1}, {"a": 1, "s": -1})
    assert options(explained(fine)) == [["a"]]
    rough = made([figure("a", 10), figure("b", 14), figure("s", 0, 1000 * TKR)], {"a": 1, "b": -1}, {"a": 1, "s": -1})
    assert options(explained(rough)) == [["a", "b"]]
