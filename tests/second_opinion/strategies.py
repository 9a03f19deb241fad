"""Random facts, relations and terms over domains so small that they meet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from checker.facts import DIMENSIONS
from checker.model.rules import Relation, Term
from checker.model.submission import KR, NUMBER, Fact
from tests.second_opinion.build import fact, term

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """Everything an engine is asked."""

    facts: tuple[Fact, ...]
    relations: tuple[Relation, ...]
    terms: tuple[Term, ...]
    truncated: bool


def _mostly(usual: T, *others: T) -> SearchStrategy[T]:
    return st.sampled_from([usual] * 14 + list(others))


_LINES = st.sampled_from(["a", "b", "c", "total"])
_UNITS = st.sampled_from([*[10] * 12, 0, 1, 2, 3, 25, 100, 10**18])


@st.composite
def _facts(draw: DrawFn) -> Fact:
    unit = draw(_UNITS)
    steps = draw(st.integers(-3, 3))
    value = steps * (unit or draw(st.sampled_from([1, 5, 10, 10**18])))
    return fact(
        draw(_LINES),
        value + draw(_mostly(0, 1, 5)),
        unit=unit,
        entity=draw(_mostly("A", "B")),
        scope=draw(_mostly(None, "drift")),
        statement=draw(st.sampled_from(["t1", "t1", "t2"])),
        measure=draw(_mostly("regnskab", "budget")),
        year=draw(st.sampled_from([2021, 2021, 2021, 2020, None])),
        basis=draw(_mostly(None, "budget")),
        as_of=draw(_mostly(None, "2021-05-31")),
        price_year=draw(_mostly(None, 2020, 2021)),
        dimension=draw(_mostly(KR, NUMBER)),
        unit_known=draw(_mostly(True, False)),
    )


@st.composite
def _terms(draw: DrawFn, line: str | None, stated: bool) -> Term:
    weight = draw(st.sampled_from([1, 1, 1, -1, -1, 0, 7, -100]))
    return term(
        -1 if stated and draw(st.booleans()) else weight,
        line,
        draw(_mostly("regnskab", "budget", None)),
        scope=draw(_mostly(None, "drift")),
        basis=draw(_mostly(None, "budget")),
        year=draw(_mostly(None, 2020, 2021)),
        year_offset=draw(_mostly(0, -1, 1)),
        clip=draw(_mostly("", "pos", "neg")),
        stated=stated != draw(_mostly(False, True)),
    )


@st.composite
def _relations(draw: DrawFn, id_: str) -> tuple[Relation, list[Term]]:
    op = draw(st.sampled_from(["=", "=", "<=", "agree"]))
    free = tuple(name for name in draw(st.permutations(DIMENSIONS)) if draw(st.booleans()))
    made = Relation(
        id_,
        "R",
        op,
        draw(st.sampled_from(["within", "within", "across"])),
        free,
        draw(st.sampled_from(["not_evaluated", "zero", "fail"])),
        draw(_mostly("t1", "t2", "t3", None)),
        blocked="" if op == "agree" else draw(_mostly("", "reason.blocked")),
    )
    by_line = draw(st.booleans())
    parts = draw(st.lists(_LINES.filter(lambda line: line != "total"), max_size=3, unique=draw(_mostly(True, False))))
    if by_line:
        terms = [draw(_terms(line, False)) for line in parts] + [draw(_terms("total", True))]
    else:
        terms = [draw(_terms(None, False)) for _ in parts[:1]] + [draw(_terms(None, True))]
    return made, [replace(each, relation=id_) for each in terms if draw(_mostly(True, False))]


@st.composite
def questions(draw: DrawFn) -> Question:
    """Up to fourteen facts, some of them stated twice, and up to three relations in one question."""
    facts = draw(st.lists(_facts(), min_size=1, max_size=14))
    if draw(st.booleans()):
        facts += [replace(each, statement="t2", fact_id=f"again {each.fact_id}") for each in facts[:3]]
    asked = [draw(_relations(f"R/{number}")) for number in range(draw(st.integers(1, 3)))]
    terms = [each for _, own in asked for each in own]
    return Question(tuple(facts), tuple(r for r, _ in asked), tuple(terms), draw(st.booleans()))
