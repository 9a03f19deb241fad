"""Are points made of others what their definition says, and is nothing made where an operand is missing?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from checker.amounts.intervals import Interval
from checker.engine.derive import derive
from checker.engine.python import Result, evaluate
from checker.facts import Index, Point
from checker.model.rules import Derived, Relation, Term
from checker.model.submission import Fact
from tests.build import PROPERTY, TKR, fact

MOVED = Derived("moved", "R", "difference", "years", ("line", "year"), "kr")
THIS_YEAR = Term("moved", 1, measure="regnskab")
LAST_YEAR = Term("moved", -1, measure="regnskab", year_offset=-1)


def made(definition: Derived, terms: list[Term], facts: list[Fact]) -> list[Point]:
    """The points of one definition."""
    return derive(Index(facts), [definition], {definition.id: terms})


def told(points: list[Point]) -> list[tuple[str, int | None, Fraction | int]]:
    """Line, year and value of every point."""
    return [(p.line, p.year, Fraction(p.value, p.grain)) for p in points]


def test_a_difference_is_this_year_less_last() -> None:
    facts = [fact(90 * TKR, year=2022), fact(120 * TKR), fact(5 * TKR, line="2"), fact(7 * TKR, line="3", year=2022)]
    (point,) = made(MOVED, [THIS_YEAR, LAST_YEAR], facts)
    assert told([point]) == [("1", 2023, 30 * TKR)]
    assert point.span == Interval(58 * TKR, 62 * TKR)
    assert [p.year for p in point.members] == [2023, 2022]


def test_a_difference_that_lacks_an_operand_is_not_made() -> None:
    assert made(MOVED, [THIS_YEAR, LAST_YEAR], [fact(120 * TKR)]) == []
    assert made(MOVED, [THIS_YEAR, LAST_YEAR], [fact(90 * TKR, year=2022)]) == []


def test_two_figures_for_one_operand_are_ambiguous() -> None:
    facts = [fact(90 * TKR, year=2022), fact(120 * TKR), fact(125 * TKR, scope="drift")]
    assert [p.bad for p in made(MOVED, [THIS_YEAR, LAST_YEAR], facts)] == ["reason.ambiguous"]


@PROPERTY
@given(*[st.integers(-9, 9)] * 2, *[st.integers(0, 5)] * 2)
def test_a_difference_holds_every_difference_of_what_its_figures_may_be(a: int, b: int, u: int, v: int) -> None:
    (point,) = made(MOVED, [THIS_YEAR, LAST_YEAR], [fact(a * u, u), fact(b * v, v, year=2022)])
    ends = [Fraction(end, 2 * point.grain) for end in (point.span.lo, point.span.hi)]
    assert ends == [a * u - b * v - Fraction(u + v, 2), a * u - b * v + Fraction(u + v, 2)]


def test_the_greatest_of_a_share_and_a_constant() -> None:
    limit = Derived("limit", "R", "greatest", "across", ("line", "year"), "kr", scale=100, constant=5 * TKR)
    share = [Term("limit", 10, measure="regnskab", clip="abs")]
    facts = [fact(90 * TKR), fact(-40 * TKR, line="2"), fact(51 * TKR, line="3")]
    points = made(limit, share, facts)
    assert told(points) == [("1", 2023, 9 * TKR), ("2", 2023, 5 * TKR), ("3", 2023, Fraction(51 * TKR, 10))]
    assert [Fraction(end, 2 * p.grain) for p in points for end in (p.span.lo, p.span.hi)] == [
        *(Fraction(895, 100) * TKR, Fraction(905, 100) * TKR),
        *(5 * TKR, 5 * TKR),
        *(Fraction(505, 100) * TKR, Fraction(515, 100) * TKR),
    ]


# What a relation may ask of its terms


def judged(facts: list[Fact], relation: Relation, *terms: Term) -> Result:
    """The one result."""
    (result,) = evaluate(Index(facts), [relation], terms)
    return result


def test_a_required_figure_is_never_taken_as_zero() -> None:
    relation = Relation("r", "R", "=", "within", ("year",), "zero", "T1")
    terms = [
        Term("r", 1, line="from", measure="regnskab", required=True),
        Term("r", 1, line="step", measure="regnskab"),
        Term("r", -1, line="to", measure="regnskab", stated=True, required=True),
    ]
    start, step, end = (fact(v * TKR, line=n) for n, v in (("from", 100), ("step", 101), ("to", 100)))
    assert judged([start, end], relation, *terms).status == "passed"
    lacking = judged([step, end], relation, *terms)
    assert (lacking.status, lacking.reason) == ("not_evaluated", "reason.part_missing")
    optional = [replace(t, required=False) for t in terms]
    assert judged([step, end], relation, *optional).status == "passed_rounding"
    assert judged([step, end], replace(relation, missing="fail"), *terms).status == "failed"


def test_an_exact_relation_leaves_nothing_to_rounding_within_one_unit() -> None:
    relation = Relation("r", "R", "=", "within", ("year",), statement="T1", exact=True)
    terms = [Term("r", 1, line="a", measure="regnskab"), Term("r", -1, line="b", measure="regnskab", stated=True)]
    assert judged([fact(100 * TKR, line="a"), fact(100 * TKR, line="b")], relation, *terms).status == "passed"
    off = judged([fact(101 * TKR, line="a"), fact(100 * TKR, line="b")], relation, *terms)
    assert (off.status, off.difference, off.tolerance2) == ("failed", TKR, 0)
    finer = [fact(101 * TKR, line="a"), fact(100 * TKR + TKR // 2, TKR // 2, line="b")]
    assert judged(finer, relation, *terms).status == "passed_rounding"
    loose = judged([fact(101 * TKR, line="a"), fact(100 * TKR, line="b")], replace(relation, exact=False), *terms)
    assert (loose.status, loose.tolerance2) == ("passed_rounding", 2 * TKR)


def test_members_are_in_the_order_of_the_terms_though_last_year_opens_no_group() -> None:
    relation = Relation("r", "R", "=", "years", ("line", "year"))
    terms = [
        Term("r", 1, measure="ultimo", year_offset=-1),
        Term("r", -1, measure="primo", stated=True),
    ]
    facts = [fact(5 * TKR, measure="primo"), fact(5 * TKR, measure="ultimo", year=2022)]
    assert [p.measure for _, p in judged(facts, relation, *terms).members] == ["ultimo", "primo"]
