"""Facts in long form, as the text that the ordinary path reads and as a file that a database reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from checker.confront import confront
from checker.model.document import Document
from checker.model.rules import RuleSet
from checker.readers.csvfile import parse
from checker.recognise import recognise
from checker.scale import dense, plain
from checker.scale.check import Scaled, evaluate, prepare
from checker.scale.duck import Duck

COLUMNS = ("entity", "statement", "line", "measure", "year", "value", "unit", "basis", "role", "parent")


class Row(NamedTuple):
    """One fact; value and unit in kr., None where the cell is blank."""

    entity: str
    statement: str
    line: str
    measure: str
    year: int | None
    value: Decimal | None
    unit: Decimal | None
    basis: str | None = None
    role: str | None = None
    parent: str | None = None


def _said(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


def as_csv(rows: Iterable[Row]) -> str:
    """As Danish Excel would write it."""
    lines = [";".join(COLUMNS), *(";".join(map(_said, row)) for row in rows)]
    return "\n".join(lines) + "\n"


def as_parquet(rows: Sequence[Row], path: Path) -> Path:
    """Typed columns: years whole numbers, values and units decimals."""
    con = duckdb.connect()
    types = "entity VARCHAR, statement VARCHAR, line VARCHAR, measure VARCHAR, year INTEGER, value DECIMAL(22,2), "
    con.execute(f"CREATE TABLE facts ({types} unit DECIMAL(22,2), basis VARCHAR, role VARCHAR, parent VARCHAR)")
    if rows:
        con.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * len(COLUMNS))})", [list(r) for r in rows])
    con.execute(f"COPY facts TO '{path}' (FORMAT parquet)")
    con.close()
    return path


Counts = Counter[tuple[str, str]]


def by_python(rows: Sequence[Row], ruleset: RuleSet) -> tuple[Counts, set[tuple[Any, ...]]]:
    """What the ordinary path says: outcomes by rule and status, and the keys of those that fail."""
    document = Document("fakta.csv", "", "utf-8", parse(as_csv(rows), "fakta.csv"))
    outcomes = confront(recognise(document), ruleset).outcomes
    failed = {(o.rule_id, o.at.entity, o.at.line, o.at.measure, o.at.year) for o in outcomes if o.status == "failed"}
    return Counter((o.rule_id, o.status) for o in outcomes), failed


def scaled(path: Path, ruleset: RuleSet) -> tuple[Duck, Scaled]:
    """A source made ready."""
    backend = Duck(str(path))
    return backend, prepare(backend, ruleset)


def by_plans(path: Path, ruleset: RuleSet, most: int = 1000) -> list[Counts]:
    """What both plans say, with what the Python engine adds."""
    from checker.scale.report import report

    found = []
    for plan in (plain.run, dense.run):
        backend, made = scaled(path, ruleset)
        try:
            evaluate(backend, made, most, plan)
            counts = report(backend, made, ruleset, most).tally or {}
            found.append(Counter({key: n for key, n in counts.items() if n}))
        finally:
            backend.close()
    return found
