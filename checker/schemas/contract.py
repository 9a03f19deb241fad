"""What does schemas/facts.schema.yaml ask of every column, without any library of data frames?"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from checker.schemas import facts_schema_path

SPACE = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
"""What counts as blank at either end of a cell: all that `str.strip` takes off."""

CHECKS = {
    "not_nullable": "missing",
    "isin": "unknown",
    "str_matches": "form",
    "in_range": "form",
    "whole": "form",
    "dtype": "form",
    "coerce_dtype": "form",
    "field_uniqueness": "duplicate",
    "column_in_dataframe": "column",
}
"""What pandera calls a check -> what the contract calls it. 'whole' is of checker.schemas alone."""

_TRIED = sorted({*range(-1, 10_000), *(10**n for n in range(4, 19)), *(10**n - 1 for n in range(4, 19))})
"""Whole numbers by which a pattern is asked for the least and the greatest it allows."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What numbers a column may hold: from `low` to `high`, both included; None is without bound."""

    low: int | None
    high: int | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Column:
    """What the contract asks of a column. `choices` are its words, `pattern` the form of its text (`re.match`)."""

    name: str
    required: bool
    nullable: bool
    unique: bool
    choices: tuple[str, ...] = ()
    pattern: str | None = None

    @property
    def numerals(self) -> tuple[int, ...]:
        """The words as numbers, where all of them are."""
        return tuple(map(int, self.choices)) if all(re.fullmatch("-?[0-9]+", c) for c in self.choices) else ()

    @property
    def bounds(self) -> Bounds | None:
        """What its pattern says of numbers; None where none keeps to it.

        A pattern that takes decimals bounds them by sign alone; one of whole numbers by the least and the greatest.
        """
        if self.pattern is None:
            return None
        form = re.compile(self.pattern)
        fit = [n for n in _TRIED if form.match(str(n))]
        if not fit:
            return None
        if form.match("1,5"):
            return Bounds(None if -1 in fit else 0, None, whole=False)
        return Bounds(fit[0], fit[-1], whole=True)

    @property
    def may_be_numbers(self) -> bool:
        """Whether a source may store the column as numbers and mean the same."""
        return bool(self.numerals) or self.bounds is not None


@cache
def columns() -> Mapping[str, Column]:
    """The columns by name, in the order of the contract."""
    return {name: _column(name, declared) for name, declared in _declared()["columns"].items()}


@cache
def _declared() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(facts_schema_path().read_text(encoding="utf-8"))
    return loaded


def _column(name: str, declared: Mapping[str, Any]) -> Column:
    checks = dict(declared.get("checks", {}))
    choices = tuple(checks.pop("isin", {}).get("value", ()))
    pattern = checks.pop("str_matches", None)
    if checks:
        raise ValueError(f"{facts_schema_path()}: {name}: {', '.join(checks)}; expected isin or str_matches")
    return Column(name, declared["required"], declared["nullable"], declared.get("unique", False), choices, pattern)


def known(names: Iterable[str]) -> None:
    """ValueError where a name is no column of the contract."""
    if unknown := sorted(set(names) - columns().keys()):
        raise ValueError(f"no column of long form: {', '.join(unknown)}; expected some of {', '.join(columns())}")


def document(kind: str, typed: Collection[str] = ()) -> str:
    """The contract as YAML that pandera reads for a backend.

    `kind` is its `schema_type`; `typed` columns are taken as numbers. ValueError where one cannot be numbers.
    """
    known(typed)
    made = deepcopy(_declared()) | {"schema_type": kind}
    for name in typed:
        column = columns()[name]
        if not column.may_be_numbers:
            able = ", ".join(n for n, c in columns().items() if c.may_be_numbers)
            raise ValueError(f"column {name} cannot hold numbers; expected some of {able}")
        made["columns"][name] |= {"dtype": None, "coerce": False, "checks": _number_checks(column)}
    if kind != "dataframe":
        del made["unique_column_names"]  # other libraries than pandas have no two columns of one name
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=120)


def _number_checks(column: Column) -> dict[str, Any]:
    bounds = column.bounds
    if bounds is None:
        return {"isin": {"value": list(column.numerals)}}
    low = -math.inf if bounds.low is None else bounds.low
    high = math.inf if bounds.high is None else bounds.high
    return {
        "in_range": {
            "min_value": low,
            "max_value": high,
            "include_min": bounds.low is not None,
            "include_max": bounds.high is not None,
        }
    }
