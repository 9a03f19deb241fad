"""Facts, relations and terms in few words, for tests."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from checker.model.document import Place
from checker.model.rules import Relation, Term
from checker.model.submission import KR, Fact

_ids = count(1)
_FACT = Fact(
    fact_id="", entity="kommunen", scope=None, statement="t1", line="i alt", label="", number=None,
    measure="regnskab", year=2021, basis=None, value=0, unit=10, dimension=KR, unit_known=True, as_printed="",
    orientation=1, place=Place("test"),
)  # fmt: skip


def fact(line: str, value: int, **others: Any) -> Fact:
    """A figure in øre: regnskab 2021 of a line in table t1, rounded to 10 øre unless said otherwise."""
    return replace(_FACT, fact_id=f"f{next(_ids):06d}", line=line, label=line, value=value, **others)


def facts(values: str, **others: Any) -> list[Fact]:
    """Several figures, as in 'a=10 b=20 total=30'."""
    pairs = [pair.split("=") for pair in values.split()]
    return [fact(line, int(value), **others) for line, value in pairs]


def relation(op: str = "=", free: str = "year", **others: Any) -> Relation:
    """A relation within table t1, R/1 unless said otherwise."""
    made = Relation("R/1", "R", op, "within", tuple(free.split()), statement="t1")
    return replace(made, **others)


def term(weight: int, line: str | None = None, measure: str | None = "regnskab", **others: Any) -> Term:
    """A term of R/1."""
    return replace(Term("R/1", weight, line=line, measure=measure), **others)


def total(parts: str) -> list[Term]:
    """The terms of 'a b': the lines a and b add up to the line total."""
    return [*(term(1, line) for line in parts.split()), term(-1, "total", stated=True)]


def at_most(figure: str, limit: str, **others: Any) -> list[Term]:
    """The terms of line figure <= line limit; `others` are of the limit."""
    return [term(1, figure, stated=True), term(-1, limit, **others)]
