"""Which points does a term take, and which combination of the free dimensions does each go with?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.engine.join import Key, group, sortable, taken
from checker.facts import ANY, Point, Pool, point
from checker.model.rules import Term
from tests.build import fact

Told = dict[Key, list[tuple[int, int]]]


def at(value: int, **about: str | int | None) -> Point:
    """A stated point."""
    return point((fact(value, 1, **about),))


def made(value: int, *over: str, **about: str | int | None) -> Point:
    """A derived point of the measure 'd', made over some dimensions."""
    return replace(at(value, **{"measure": "d", **about}), over=over, op="sum")


def meets(term: Term, p: Point) -> bool:
    """Whether the term takes the point."""
    return list(taken(term, [Pool([p])])) == [p]


def grouped(free: str, terms: list[Term], *points: Point) -> Told:
    """Key without the entity -> weight of the term and value of the point, of each member, in their order."""
    found = group(tuple(free.split()), terms, {id(term): [Pool(points)] for term in terms})
    assert {key[0] for key in found} <= {"IT"}
    return {key[1:]: sorted((t.weight, p.value) for t, p in members) for key, members in found.items()}


def test_points_go_together_by_the_free_dimensions() -> None:
    points = [at(1, line="a"), at(2, line="b"), at(3, line="a", year=2022), at(4, line="a", scope="drift")]
    term = [Term("r", 1, measure="regnskab")]
    assert grouped("line", term, *points) == {("a",): [(1, 1), (1, 3), (1, 4)], ("b",): [(1, 2)]}
    assert grouped("year line", term, *points) == {
        (2023, "a"): [(1, 1), (1, 4)],
        (2023, "b"): [(1, 2)],
        (2022, "a"): [(1, 3)],
    }
    assert grouped("", term, *points) == {(): [(1, 1), (1, 2), (1, 3), (1, 4)]}
    assert grouped("line", [], *points) == grouped("line", term) == {}


def test_entities_are_never_put_together() -> None:
    term = Term("r", 1)
    found = group((), [term], {id(term): [Pool([at(1), at(2, entity="Skole")])]})
    assert [(key, [p.value for _, p in members]) for key, members in found.items()] == [
        (("IT",), [1]),
        (("Skole",), [2]),
    ]


def test_each_term_takes_its_points_from_its_own_pools() -> None:
    said, table, rate = (Term("r", n, measure=m) for n, m in ((1, "regnskab"), (-1, "regnskab"), (2, "d")))
    derived = Pool([made(5)])
    pools = {id(said): [Pool([at(1)])], id(table): [Pool([at(3), at(4, year=2022)]), derived], id(rate): [derived]}
    found = group(("year",), [said, table, rate], pools)
    assert {key[1:]: [(t.weight, p.value) for t, p in members] for key, members in found.items()} == {
        (2023,): [(1, 1), (-1, 3), (2, 5)],
        (2022,): [(-1, 4)],
    }


def test_last_years_figure_joins_this_years_and_opens_no_year() -> None:
    terms = [Term("r", 1, measure="ultimo", year_offset=-1), Term("r", -1, measure="primo")]
    points = [
        at(1, measure="ultimo", year=2021),
        at(2, measure="ultimo", year=2022),
        at(3, measure="primo", year=2023),
        at(4, measure="primo", year=2022),
        at(5, measure="ultimo", year=2023),
        at(6, measure="ultimo", year=None),
        at(7, measure="primo", year=None),
    ]
    assert grouped("year", terms, *points) == {
        (2023,): [(-1, 3), (1, 2)],
        (2022,): [(-1, 4), (1, 1)],
        (None,): [(-1, 7), (1, 6)],
    }


def test_an_offset_forwards() -> None:
    terms = [Term("r", 1, measure="budget", year_offset=2), Term("r", -1, measure="regnskab")]
    points = [at(1, measure="budget", year=2025), at(2, measure="budget", year=2024), at(3)]
    assert grouped("year", terms, *points) == {(2023,): [(-1, 3), (1, 1)]}


def test_without_a_free_year_an_offset_only_opens_nothing() -> None:
    terms = [Term("r", 1, measure="ultimo", year_offset=-1), Term("r", -1, measure="primo")]
    assert grouped("line", terms, at(1, measure="ultimo", line="a"), at(2, measure="primo", line="a")) == {
        ("a",): [(-1, 2), (1, 1)]
    }
    assert grouped("line", terms, at(1, measure="ultimo", line="a")) == {}


def test_a_term_with_its_year_still_moves_by_its_offset() -> None:
    terms = [Term("r", 1, measure="ultimo", year=2022, year_offset=-1), Term("r", -1, measure="primo")]
    points = [at(1, measure="ultimo", year=2022), at(9, measure="ultimo", year=2021), at(2, measure="primo", year=2023)]
    assert grouped("year", terms, *points) == {(2023,): [(-1, 2), (1, 1)]}


@pytest.mark.parametrize("over", ["scope", "line", "year", "basis", "as_of"])
def test_a_point_made_over_a_dimension_goes_with_every_value_of_it(over: str) -> None:
    values = {
        "scope": ("drift", "anlaeg", None),
        "line": ("a", "b"),
        "year": (2022, 2023, None),
        "basis": ("budget", None),
        "as_of": ("31 marts", None),
    }[over]
    terms = [Term("r", 1, measure="d"), Term("r", -1, measure="regnskab")]
    points = [at(n, **{over: value}) for n, value in enumerate(values)]
    assert grouped(over, terms, made(100, over), *points) == {
        (value,): [(-1, n), (1, 100)] for n, value in enumerate(values)
    }


def test_it_opens_no_group_by_itself_unless_the_dimension_is_not_free() -> None:
    terms = [Term("r", 1, measure="d"), Term("r", -1, measure="regnskab")]
    assert grouped("line", terms, made(100, "line")) == {}
    assert grouped("year", terms, made(100, "line")) == {(2023,): [(1, 100)]}
    assert grouped("", terms, made(100, "line", "year", "scope")) == {(): [(1, 100)]}


def test_it_goes_only_with_its_own_values_of_the_other_dimensions() -> None:
    terms = [Term("r", 1, measure="d"), Term("r", -1, measure="regnskab")]
    points = [at(1, line="a", year=2022), at(2, line="a", year=2023), at(3, line="b", year=2023)]
    totals = [made(100, "line", year=2022), made(200, "line", year=2023), made(300, "line", year=2024)]
    assert grouped("year line", terms, *points, *totals) == {
        (2022, "a"): [(-1, 1), (1, 100)],
        (2023, "a"): [(-1, 2), (1, 200)],
        (2023, "b"): [(-1, 3), (1, 200)],
    }
    other = [replace(p, entity="Skole") for p in totals]
    assert grouped("year line", terms, *points, *other)[2022, "a"] == [(-1, 1)]


def test_two_points_made_over_different_dimensions() -> None:
    terms = [Term("r", 1, measure="d"), Term("r", 2, measure="e"), Term("r", -1, measure="regnskab")]
    by_year, by_line = made(100, "line"), made(7, "year", measure="e", line="a")
    assert grouped("line year", terms, by_year, by_line, at(1, line="a"), at(2, line="b")) == {
        ("a", 2023): [(-1, 1), (1, 100), (2, 7)],
        ("b", 2023): [(-1, 2), (1, 100)],
    }


def test_one_made_over_the_year_goes_with_every_year_in_spite_of_an_offset() -> None:
    terms = [Term("r", 1, measure="d", year_offset=-1), Term("r", -1, measure="regnskab")]
    assert grouped("year", terms, made(100, "year"), at(1, year=2022), at(2, year=2023)) == {
        (2022,): [(-1, 1), (1, 100)],
        (2023,): [(-1, 2), (1, 100)],
    }


def test_what_a_term_takes() -> None:
    stated = at(1, line="a", scope="drift", basis="budget")
    assert meets(Term("r", 1), stated)
    assert meets(Term("r", 1, scope="drift", line="a", measure="regnskab", basis="budget", year=2023), stated)
    assert not meets(Term("r", 1, measure="rest"), stated)
    assert not meets(Term("r", 1, line="b", scope="drift"), stated)
    assert not meets(Term("r", 1, line="a"), stated)  # a line brings its scope with it, none too
    assert meets(Term("r", 1, scope="anlaeg"), stated)  # a scope without a line says nothing
    assert not meets(Term("r", 1, basis="regnskab"), stated)
    assert not meets(Term("r", 1, year=2022), stated)
    assert meets(Term("r", 1, year=2022, year_offset=-1), at(1, year=2022))


def test_coordinates_of_points() -> None:
    stated = at(1, line="a", scope="drift", basis="budget", as_of="31 marts")
    names = ("scope", "line", "year", "basis", "as_of")
    assert [stated.coordinate(n) for n in names] == ["drift", "a", 2023, "budget", "31 marts"]
    assert [made(1, "line", "year").coordinate(n) for n in names] == [None, ANY, ANY, None, None]
    with pytest.raises(KeyError):
        stated.coordinate("measure")


def test_keys_are_sorted_with_nothing_first_and_years_as_numbers() -> None:
    keys: list[Key] = [("b", 2023), ("a", 2023), ("a", None), (None, 5), ("a", 999), ("a", "x")]
    assert sorted(keys, key=sortable) == [(None, 5), ("a", None), ("a", 999), ("a", 2023), ("a", "x"), ("b", 2023)]
