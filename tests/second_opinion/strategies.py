"""Random facts, relations and terms over domains so small that they meet.

Made from a `Random`: a seeded one spreads evenly, that of hypothesis (`st.randoms`) shrinks to a small example.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any, TypeVar

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


def question(random: Random, relations: int) -> Question:
    """One or two columns of tables, some odd figures and some sentences, a few stated twice, and so many relations."""
    facts = [each for _ in range(random.randint(1, 2)) for each in _column(random)]
    facts += [_odd(random) for _ in range(random.choice([0, 0, 1, 2, 4]))]
    facts += [_sentence(random, random.choice(facts)) for _ in range(random.choice([0, 0, 1, 2, 4])) if facts]
    facts += [replace(each, fact_id=f"again {each.fact_id}") for each in facts if random.random() < 0.1]
    random.shuffle(facts)
    asked = [_relation(random, f"R/{number}") for number in range(relations)]
    terms = [each for _, own in asked for each in own]
    return Question(tuple(facts), tuple(r for r, _ in asked), tuple(terms), random.random() < 0.4)


def _mostly(random: Random, usual: T, *others: T) -> T:
    return random.choice(others) if random.random() < 0.03 else usual


def _figure(random: Random, line: str, **others: Any) -> Fact:
    unit = _mostly(random, 10, 0, 1, 2, 3, 25, 100, 10**18)
    value = random.randint(-3, 3) * (unit or random.choice([1, 5, 10, 10**18]))
    return fact(line, value + _mostly(random, 0, 1, 5), unit=unit, **others)


def _column(random: Random) -> Iterator[Fact]:
    """A column of a table, mostly whole, with a total near what its parts add up to."""
    own: dict[str, Any] = {
        "statement": random.choice(["t1", "t1", "t2"]),
        "year": _mostly(random, 2021, 2020, None),
        "unit_known": _mostly(random, True, False),
    }
    parts = [_figure(random, line, **own) for line in "abc" if random.random() < 0.93]
    yield from parts
    if random.random() < 0.93:
        yield fact("total", sum(p.value for p in parts) // 10 * 10 + random.choice([0, 10, -10, 20, -20, 30]), **own)


def _odd(random: Random) -> Fact:
    """A figure that may differ from the others in every way."""
    return _figure(
        random,
        random.choice(["a", "b", "c", "total"]),
        entity=_mostly(random, "kommunen", "B"),
        scope=_mostly(random, None, "drift"),
        statement=random.choice(["t1", "t2"]),
        measure=_mostly(random, "regnskab", "budget"),
        year=random.choice([2021, 2021, 2020, None]),
        basis=_mostly(random, None, "budget", "korrigeret_budget", "forventet"),
        as_of=_mostly(random, None, "2021-05-31"),
        price_year=_mostly(random, None, 2020, 2021),
        dimension=_mostly(random, KR, NUMBER),
        unit_known=_mostly(random, True, False),
    )


def _sentence(random: Random, about: Fact) -> Fact:
    """A sentence about a figure: often as a table states it or more exactly, sometimes against another basis."""
    unit = random.choice([about.unit, about.unit, 1, 1, 10, 100])
    near = about.value + random.choice([0, 0, 0, 1, -4, 5, 6, 10])
    return replace(
        about,
        fact_id=f"said {about.fact_id}",
        statement=random.choice(["s1", "s2"]),
        line=_mostly(random, about.line, "a", "b", "c"),
        year=_mostly(random, about.year, 2020),
        basis=random.choice([about.basis, about.basis, None, "budget", "korrigeret_budget", "forventet", ""]),
        value=near // unit * unit if unit else near,
        unit=unit,
        unit_known=_mostly(random, about.unit_known, True),
        text=True,
        coarse=random.choice([0, 0, 0, 10, 20, 40, 100]),
    )


def _relation(random: Random, id_: str) -> tuple[Relation, list[Term]]:
    op = random.choice(["=", "=", "=", "<=", "<=", "agree"])
    by_line = random.random() < 0.7
    free = [name for name in DIMENSIONS if random.random() < (0.3 if by_line and name == "line" else 0.6)]
    random.shuffle(free)
    made = Relation(
        id_,
        "R",
        op,
        random.choice(["within", "across", "years", *(["beside"] if op != "agree" else [])]),
        tuple(free),
        random.choice(["not_evaluated", "zero", "fail"]),
        _mostly(random, "t1", "t2", "t3", "s1", None),
        blocked="" if op == "agree" else _mostly(random, "", "reason.blocked"),
        constant=_mostly(random, 0, 10, -15),
        exact=_mostly(random, False, True),
    )
    parts = random.choice(["abc", "abc", "ab", "aa", "a", ""]) if by_line else random.choice(["a", ""])
    terms = [_term(random, line if by_line else None, False) for line in parts]
    terms.append(_term(random, "total" if by_line else None, True))
    if op == "agree":
        source = random.choice(["", "table", "text"])
        terms = [replace(each, source=source) for each in terms]
    elif made.mode == "beside":
        terms = [_beside(random, each) for each in terms]
    return made, [replace(each, relation=id_) for each in terms if random.random() < 0.96]


def _beside(random: Random, plain: Term) -> Term:
    """The term, of one statement or of one source."""
    statement = random.choice([None, None, None, None, "t1", "s1", "s2"])
    return replace(plain, statement=statement, source=random.choice(["", "table", "text"]))


def _term(random: Random, line: str | None, stated: bool) -> Term:
    return term(
        _mostly(random, -1 if stated else 1, -1, 0, 7, -100),
        line,
        _mostly(random, "regnskab", "budget", None),
        scope=_mostly(random, None, "drift"),
        basis=_mostly(random, None, "budget"),
        year=_mostly(random, None, 2020, 2021),
        year_offset=_mostly(random, 0, -1, 1),
        clip=_mostly(random, "", "pos", "neg", "abs"),
        stated=_mostly(random, stated, not stated),
        required=_mostly(random, False, True),
    )
