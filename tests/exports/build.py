"""Exports of facts, and what they find: in DuckDB, in SQLite, in PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from checker.amounts.units import LIMIT
from checker.exports.export import Export, queries
from checker.model.outcomes import FAILED
from checker.rulefile import load_rules
from checker.scale.check import Scaled, evaluate
from checker.scale.duck import Duck
from checker.scale.oracle import Oracle
from tests.scale.build import scaled

Found = dict[str, Counter[tuple[Any, ...]]]
"""Rule -> entity, line, measure, year of each failed check, with the size of the difference and the tolerance."""
DOUBLES = "FIG002"
"""Fails once for each table; its query has a row for each figure that stands there twice."""

SQLITE_TYPES = {"year": "INTEGER", "value": "NUMERIC", "unit": "NUMERIC"}


@dataclass
class Ready:
    """A source, made ready and evaluated."""

    backend: Duck
    scaled: Scaled

    def export(self, dialect: str, table: str = "facts") -> Export:
        """The queries."""
        return queries(self.backend, self.scaled, dialect, exp.to_table(table, dialect=dialect))


@contextmanager
def ready(path: Path) -> Iterator[Ready]:
    """The shipped rules on a file."""
    backend, made = scaled(path, load_rules())
    try:
        evaluate(backend, made, 10**6)
        yield Ready(backend, made)
    finally:
        backend.close()


def expected(it: Ready) -> Found:
    """What the engines of this program say fails, with the calculation of the Python engine."""
    oracle = Oracle(it.backend, it.scaled)
    found: Found = {}
    for rule, listed in it.scaled.found.failed.items():
        outcomes, _ = oracle.failures(listed)
        for o in outcomes:
            evidence = o.evidence
            assert evidence is not None
            steps = evidence.divisor * (100 if evidence.dimension == "kr" else 10**6)
            sums = not rule.startswith("FIG")
            off = None if evidence.difference is None or not sums else abs(Decimal(evidence.difference) / steps)
            bound = Decimal(evidence.tolerance2 or 0) / steps / 2 if off is not None else None
            found.setdefault(rule, Counter())[o.at.entity, o.at.line, o.at.measure, o.at.year, off, bound] += 1
    doubled = {o.at.entity for o in oracle.apart(it.scaled.found, 10**6) if o.status == FAILED and o.rule_id == DOUBLES}
    if doubled:
        found[DOUBLES] = Counter((entity,) for entity in doubled)
    return found


def strange_rows(it: Ready) -> int:
    """How many rows are of no shape that is read, or have no value that counts."""
    known = {shape for _, shape in it.scaled.skeleton.facts}
    all_ = it.scaled.shapes.all
    over = {s.id for s in all_ if max(abs(s.least), abs(s.most)) > LIMIT}
    beyond = it.scaled.coded.beyond if over <= known else 0  # else its shape is not read at all
    return beyond + sum(s.blank if s.id in known else s.blank + s.facts for s in all_)


def as_found(made: Export, answers: dict[str, list[tuple[Any, ...]]]) -> Found:
    """What the queries found, in the same form."""
    found: Found = {}
    for query in made.queries:
        rows = answers[query.rule.id]
        if query.rule.id == DOUBLES:
            keys = Counter({(row[0],) for row in rows})
        else:
            keys = Counter(_key(query.rule.id, row) for row in rows)
        assert {row[1] for row in rows} <= {query.rule.id}
        if keys:
            found[query.rule.id] = keys
    return found


def _key(rule: str, row: Sequence[Any]) -> tuple[Any, ...]:
    entity, _, _, _, line, measure, year, difference, tolerance = row
    if rule.startswith("FIG"):
        return entity, line, measure, year, None, None
    off = None if difference is None else abs(Decimal(difference))
    return entity, line, measure, year, off, None if tolerance is None else Decimal(tolerance)


def by_duckdb(made: Export, path: Path) -> tuple[Found, list[tuple[Any, ...]]]:
    """What the queries find, and the rows of shapes that they do not know."""
    with duckdb.connect() as con:
        con.execute(f"CREATE VIEW facts AS FROM '{path}'")
        answers = {q.rule.id: con.execute(q.sql).fetchall() for q in made.queries}
        return as_found(made, answers), con.execute(made.strange).fetchall()


def sqlite_of(path: Path, file: Path | str = ":memory:") -> sqlite3.Connection:
    """The facts as SQLite has them: whole numbers where they are whole, else binary ones."""
    with duckdb.connect() as con:
        result = con.execute(f"FROM '{path}'")
        names = [d[0] for d in result.description or ()]
        rows = [tuple(_plain(v) for v in row) for row in result.fetchall()]
    made = sqlite3.connect(file)
    columns = ", ".join(f"{name} {SQLITE_TYPES.get(name, 'TEXT')}" for name in names)
    made.execute(f"CREATE TABLE facts ({columns})")
    made.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * len(names))})", rows)
    made.commit()
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def by_sqlite(made: Export, path: Path) -> tuple[Found, list[tuple[Any, ...]]]:
    """The same in SQLite."""
    con = sqlite_of(path)
    try:
        answers = {q.rule.id: con.execute(q.sql).fetchall() for q in made.queries}
        return as_found(made, answers), con.execute(made.strange).fetchall()
    finally:
        con.close()
