"""The outcomes of a report as a data frame, for those who go on in pandas."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from checker.amounts.show import plain_decimal
from checker.fingerprints import fingerprints
from checker.model.outcomes import Evidence, Outcome, Report
from checker.wording import say

if TYPE_CHECKING:
    import pandas as pd


def frame(report: Report, lang: str = "da") -> pd.DataFrame:
    """One row per outcome, passed ones too. Amounts are Decimals in kr. (or numbers, per cent), None where not judged.

    Columns: rule_id, severity, status, entity, scope, table, line, label, measure, year, stated, computed, difference,
    tolerance, dimension, message, cause, file, sheet, cell, page, row, fingerprint.
    """
    import pandas as pd

    causes = {id(o): f.cause or None for f in report.findings for o in f.outcomes}
    known_by = fingerprints(report.outcomes, report.submission)
    rows = [_row(o, causes.get(id(o)), mark, lang) for o, mark in zip(report.outcomes, known_by, strict=True)]
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else _COLUMNS)


_COLUMNS = [
    *("rule_id", "severity", "status", "entity", "scope", "table", "line", "label", "measure", "year", "stated"),
    *("computed", "difference", "tolerance", "dimension", "message", "cause", "file", "sheet", "cell", "page", "row"),
    "fingerprint",
]


def _row(outcome: Outcome, cause: str | None, mark: str, lang: str) -> dict[str, Any]:
    at, made = outcome.at, outcome.evidence
    place = outcome.places[0] if outcome.places else None
    values = [
        *(outcome.rule_id, outcome.severity, outcome.status, at.entity, at.scope, at.title, at.line, at.label),
        *(at.measure, at.year),
        *(_amount(made, value) for value in ((made.stated, made.computed, made.difference) if made else (None,) * 3)),
        _amount(made, made.tolerance2, 2) if made else None,
        made.dimension if made else None,
        say(outcome.message, lang),
        cause,
        *((place.file, place.sheet, place.cell, place.page, place.line) if place else (None,) * 5),
        mark,
    ]
    return dict(zip(_COLUMNS, values, strict=True))


def _amount(made: Evidence | None, value: int | None, halves: int = 1) -> Decimal | None:
    if made is None or value is None:
        return None
    return Decimal(plain_decimal(value, made.dimension, made.divisor * halves))
