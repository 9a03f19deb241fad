"""A data frame of facts in, a data frame of outcomes out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from checker.model.rules import RuleSet
from checker.scale import plain
from checker.scale.check import evaluate, prepare
from checker.scale.duck import Duck
from checker.scale.outcomes import KEY, every
from checker.scale.report import report

COLUMNS = ("entity", "rule", *KEY, "status", "difference", "tolerance")
"""Of the outcomes; difference and tolerance in kr. as exact decimals, null where nothing was compared."""


def outcomes(frame: Any, ruleset: RuleSet) -> Any:
    """Every outcome of the rules on a pandas, Polars or Arrow table in long form, as a table of the same library.

    One row per outcome of a relation, passed too, with COLUMNS; then the failures of rules that are no sums (a line
    told twice, a cell that breaks the contract), with what is known of their key. Raises SubmissionError where a column
    that must be there is missing.
    """
    backend = Duck("data frame", frame=frame)
    try:
        scaled = prepare(backend, ruleset)
        evaluate(backend, scaled, 0, plain.run)
        found = report(backend, scaled, ruleset, 1_000_000)
        query = every(backend, scaled).sql("duckdb")
        rows = [list(row) for row in backend.connection.execute(query).fetchall()]
    finally:
        backend.close()
    for outcome in found.outcomes:
        at = outcome.at
        key = (at.statement, at.scope, at.line or None, at.measure or None, at.year, None, None)
        rows.append([at.entity, outcome.rule_id, *key, outcome.status, None, None])
    return _as(frame, sorted(rows, key=lambda row: [str(part) for part in row[:9]]))


def _as(frame: Any, rows: list[list[Any]]) -> Any:
    """The rows as a table of the library that the frame is of."""
    columns = {name: [row[n] for row in rows] for n, name in enumerate(COLUMNS)}
    library = type(frame).__module__.partition(".")[0]
    if library == "polars":
        import polars

        amounts = {name: polars.Decimal(38, 3) for name in ("difference", "tolerance")}
        return polars.DataFrame(columns, schema_overrides=amounts, strict=False)
    if library == "pyarrow":
        import pyarrow

        return pyarrow.table(columns)
    import pandas

    made = pandas.DataFrame({**columns, "year": pandas.array(columns["year"], dtype="Int64")})
    assert all(isinstance(n, Decimal | None) for n in columns["difference"])
    return made
