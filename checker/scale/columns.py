"""Which columns of a source are which of the contract, and how are they stored?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.errors import SubmissionError
from checker.recognise.longheader import contract
from checker.recognise.words import fold
from checker.scale.model import DATE, FLAG, FLOAT, NUMBER, TEXT, Source, Stored


def matched(name: str, table: Any, described: Sequence[tuple[str, str]], sha256: str = "") -> Source:
    """The source with its columns known by English name or Danish title; raises where one that must be is missing.

    `described` are names and types as DuckDB writes them.
    """
    columns: dict[str, Stored] = {}
    others: list[str] = []
    for own, type_ in described:
        known = contract().columns.get(fold(own))
        if known is None or known in columns:
            others.append(own)
        else:
            columns[known] = _stored(own, type_.upper())
    missing = [n for n in contract().required if n not in columns and n not in ("entity", "unit", "year")]
    if missing:
        found = ", ".join(own for own, _ in described)
        raise SubmissionError(name, "scale.columns", missing=", ".join(missing), found=found)
    return Source(name, table, columns, tuple(others), sha256)


def _stored(name: str, type_: str) -> Stored:
    if type_.startswith(("DECIMAL", "NUMERIC")):
        inside = type_.partition("(")[2].rstrip(")").split(",")
        return Stored(name, NUMBER, int(inside[1]) if len(inside) > 1 else 0)
    if type_.endswith("INT") or type_ in ("INTEGER", "LONG", "SHORT", "BYTE"):
        return Stored(name, NUMBER)
    if type_ in ("DOUBLE", "FLOAT", "REAL"):
        return Stored(name, FLOAT)
    return Stored(name, next((sort for start, sort in (("BOOLEAN", FLAG), ("DATE", DATE)) if type_ == start), TEXT))
