"""Do both plans say what the Python engine says of random facts and random relations?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.engine.python import evaluate as by_engine
from checker.facts import Index
from checker.kinds import KINDS
from checker.kinds.base import Kind
from checker.model.document import Document
from checker.model.rules import Grounding, Relation, Rule, RuleSet, Term
from checker.model.submission import KR, Fact
from checker.readers.csvfile import parse
from checker.recognise import recognise
from checker.scale import dense, plain
from checker.scale.check import evaluate, prepare
from checker.scale.duck import Duck
from tests.second_opinion.strategies import question

COLUMNS = ("entity", "statement", "line", "measure", "year", "value", "unit", "scope", "basis", "as_of", "price_year")
Said = Counter[tuple[str, str]]
UNMET = "reason.no_facts"
"""A relation that no figure meets is told once for every table that a rule grounds it for; here nothing grounds it."""


def rows(facts: list[Fact]) -> list[list[object]]:
    """The facts in kr.; a unit that is not stated is left blank."""
    return [
        [
            *(f.entity, f.statement, f.line, f.measure, f.year, Decimal(f.value) / 100),
            Decimal(f.unit) / 100 if f.unit_known else None,
            *(f.scope, f.basis, f.as_of, f.price_year),
        ]
        for f in facts
    ]


def as_text(listed: list[list[object]]) -> str:
    """The same as CSV."""

    def said(value: object) -> str:
        if value is None:
            return ""
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else str(value)

    return "\n".join([";".join(COLUMNS), *(";".join(map(said, row)) for row in listed)]) + "\n"


def ruleset(relations: list[Relation]) -> RuleSet:
    """One rule for each relation."""
    rules = tuple(Rule(r.id, r.id, "random", "error", {}, {}, "", {}) for r in relations)
    return RuleSet("random", "1", "", rules)


def by_python(listed: list[list[object]], relations: list[Relation], terms: list[Term]) -> Said:
    """What the Python engine says of the text."""
    read = recognise(Document("f.csv", "", "utf-8", parse(as_text(listed), "f.csv")))
    results = by_engine(Index(read.facts, False, read.others), relations, terms)
    return Counter((r.relation.id, r.status) for r in results if r.reason != UNMET)


def by_plans(
    listed: list[list[object]], relations: list[Relation], terms: list[Term], file: Path
) -> tuple[list[Said], set[str]]:
    """What the plans say of the file, and which relations they leave to the Python engine."""
    grounded = {r.id: Grounding((r,), tuple(t for t in terms if t.relation == r.id)) for r in relations}
    kind = Kind(lambda rule, _: grounded[rule.id])
    con = duckdb.connect()
    types = "entity VARCHAR, statement VARCHAR, line VARCHAR, measure VARCHAR, year INTEGER, value DECIMAL(30,2), "
    types += "unit DECIMAL(30,2), "
    con.execute(f"CREATE TABLE f ({types} scope VARCHAR, basis VARCHAR, as_of VARCHAR, price_year INTEGER)")
    con.executemany(f"INSERT INTO f VALUES ({', '.join('?' * len(COLUMNS))})", listed)
    con.execute(f"COPY f TO '{file}' (FORMAT parquet)")
    con.close()
    found: list[Said] = []
    apart: set[str] = set()
    with patch.dict(KINDS, {"random": kind}):
        for plan in (plain.run, dense.run):
            backend = Duck(str(file))
            scaled = prepare(backend, ruleset(relations))
            if plan is plain.run or not scaled.binding.wide:
                made = evaluate(backend, scaled, 10, plan)
                found.append(Counter({k: n for k, n in made.tally.counts.items() if n}))
            apart = {rule.id for rule, _ in scaled.binding.apart}
            backend.close()
    return found, apart


def taken(facts: Iterable[Fact], entity: str) -> list[Fact]:
    """Those that long form can say, as facts of the area."""
    return [
        replace(f, entity=entity, unit=f.unit if f.unit_known else 1)
        for f in facts
        if not f.text and f.dimension == KR and f.entity == "kommunen"
    ]


def asked(random: Random) -> tuple[list[Fact], list[Relation], list[Term]]:
    """A random question without what long form cannot say, or only the Python engine evaluates."""
    made = question(random, 4)
    facts = [*taken(made.facts, "kommunen"), *taken(question(random, 4).facts, "Nord")]
    unit = random.choice([1, 100, 100_000])
    facts += [replace(f, entity="Syd", unit=unit) for f in taken(made.facts, "Syd") if random.random() < 0.9]
    relations = [
        replace(r, exact=r.exact or random.random() < 0.3) if r.op == "=" else r
        for r in made.relations
        if r.mode != "beside"
    ]
    terms = [replace(t, source="") for t in made.terms]
    return facts, relations, terms


@pytest.mark.parametrize("seed", [*range(25), 110])
def test_both_plans_say_what_the_python_engine_says(seed: int, tmp_path: Path) -> None:
    compare(Random(seed), tmp_path)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.large_base_example, HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_the_same_by_hypothesis(random: Random) -> None:
    with TemporaryDirectory() as folder:
        compare(random, Path(folder))


def compare(random: Random, folder: Path) -> None:
    """Hold the plans against the engine."""
    facts, relations, terms = asked(random)
    if not facts or not relations:
        return
    listed = rows(facts)
    expected = by_python(listed, relations, terms)
    relations = [r for r in relations if any(rule == r.id for rule, _ in expected)]
    every, apart = by_plans(listed, relations, terms, folder / "f.parquet")
    for found in every:
        assert dict(found) == {k: n for k, n in expected.items() if n and k[0] not in apart}


def test_random_questions_reach_every_status() -> None:
    said: Said = Counter()
    for seed in range(25):
        facts, relations, terms = asked(Random(seed))
        if facts:
            said += by_python(rows(facts), relations, terms)
    assert {status for _, status in said} == {"passed", "passed_rounding", "failed", "not_evaluated"}
