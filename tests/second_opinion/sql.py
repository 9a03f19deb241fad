"""What does DuckDB say of the relations, and does the engine in plain Python say the same?"""

from __future__ import annotations

import atexit
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import duckdb

from checker.engine.join import Key
from checker.engine.python import Result, evaluate
from checker.facts import Index
from checker.model.rules import Relation, Term
from checker.model.submission import Fact
from tests.second_opinion.statement import RESULT, statement
from tests.second_opinion.tables import load

AGREE_KEY = ("entity", "scope", "line", "year", "basis", "as_of", "measure", "price_year")
"""The key of an 'agree' relation: the whole data point."""


class Row(NamedTuple):
    """What both engines can say of a relation and a key; difference in steps, tolerance in half steps.

    `coarse`: it failed, and would hold with the round amounts of sentences taken as rounded.
    """

    relation_id: str
    key: Key
    status: str
    reason: str
    difference: int
    tolerance2: int
    coarse: bool


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    atexit.register(_connection.cache_clear)
    return duckdb.connect(":memory:")


def evaluate_sql(
    facts: Sequence[Fact], relations: Iterable[Relation], terms: Iterable[Term], truncated: bool = False
) -> list[Row]:
    """Every result by SQL, relations in the given order, keys sorted with null first."""
    relations = list(relations)
    connection = _connection()
    load(connection, facts, relations, list(terms))
    found: list[tuple[int, Row]] = []
    for values in connection.execute(statement(truncated)).fetchall():
        record = dict(zip(RESULT, values, strict=True))
        relation = relations[record["relation"]]
        free = AGREE_KEY if relation.op == "agree" else ("entity", *relation.free)
        key = () if record["entity"] is None else tuple(record[name] for name in free)
        difference, tolerance2 = int(record["difference"]), int(record["tolerance2"])
        row = Row(relation.id, key, record["status"], record["reason"], difference, tolerance2, record["coarse"])
        found.append((record["relation"], row))
    found.sort(key=lambda each: (each[0], [(part is not None, part) for part in each[1].key]))
    return [row for _, row in found]


def python_rows(results: Iterable[Result]) -> list[Row]:
    """The results of the engine in plain Python, as rows."""
    return [Row(r.relation.id, r.key, r.status, r.reason, r.difference, r.tolerance2, r.coarse) for r in results]


def both(
    facts: Sequence[Fact], relations: Sequence[Relation], terms: Sequence[Term], truncated: bool = False
) -> list[Row]:
    """What the engines agree on; AssertionError with both answers where they do not."""
    results = list(evaluate(Index(facts, truncated), relations, terms))
    plain = python_rows(results)
    pairwise = {r.id for r in relations if r.op == "agree"}  # their difference is of two facts, not of the point
    alike = [row._replace(difference=0, tolerance2=0) if row.relation_id in pairwise else row for row in plain]
    second = evaluate_sql(facts, relations, terms, truncated)
    if alike != second:
        odd = [f"python only {row}" for row in alike if row not in second]
        odd += [f"sql only    {row}" for row in second if row not in alike]
        raise AssertionError("the engines differ\n" + "\n".join(odd or ["in the order of their rows"]))
    return plain
