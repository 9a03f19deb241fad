"""The words and layouts of schemas/, compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.recognise.shape import LISTS, TABLES
from checker.recognise.words import Pattern, patterns
from checker.resources import data_dir
from checker.yamlsource import read_yaml

LEVELS = ("regnskab", "oprindeligt_budget", "korrigeret_budget", "budget", "forventet_regnskab")
"""Measures of what is spent, received or meant to be: an expense is plus inside the tool."""
DEVIATIONS = ("over_underskud", "forventet_over_underskud")
"""Differences of two levels: better than budget is plus."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measure is: its dimension, whether parts may be added, and how its year is read."""

    id: str
    dimension: str
    additive: bool
    deviation: bool = False
    own_unit: bool = False  # a price is in kr. even where the table is in 1.000 kr.
    year_shift: Mapping[str, int] | None = None
    weak: bool = False  # names a part: it counts only where the heading names nothing else
    several: bool = False  # a table may have several columns of it that are not the same figures
    beside: str = ""  # only where a column of this measure stands beside it; else it is that measure


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of statement."""

    id: str
    titles: tuple[Pattern, ...]
    all: frozenset[str]
    any: frozenset[str]
    title_required: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled vocabulary; every table maps a meaning to the patterns that express it."""

    measures: Mapping[str, Measure]
    headers: Mapping[str, tuple[Pattern, ...]]
    tables: Mapping[str, Mapping[str, tuple[Pattern, ...]]]
    lists: Mapping[str, tuple[Pattern, ...]]
    layouts: tuple[Layout, ...]

    def named(self, *names: str, weak: bool | None = None) -> Mapping[str, tuple[Pattern, ...]]:
        """The headings of the measures of these names, or of all weak or all other ones."""
        return {m: p for m, p in self.headers.items() if m in names or self.measures[m].weak is weak}


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary and layouts."""
    words: Mapping[str, Any] = read_yaml(data_dir("schemas") / "vocabulary.yaml").data
    layouts: Mapping[str, Any] = read_yaml(data_dir("schemas") / "layouts.yaml").data
    measures = {
        key: Measure(
            key,
            m["dimension"],
            m["additive"],
            m.get("deviation", False),
            "own_unit" in m,
            m.get("year_shift"),
            m.get("weak", False),
            m.get("several", False),
            m.get("beside", ""),
        )
        for key, m in words["measures"].items()
    }
    return Vocabulary(
        measures,
        {key: patterns(m["headers"]) for key, m in words["measures"].items()},
        {name: {key: patterns(p) for key, p in words[name].items()} for name in TABLES},
        {name: patterns(words[name]) for name in LISTS},
        tuple(layout(entry) for entry in layouts["layouts"]),
    )


def layout(entry: Mapping[str, Any]) -> Layout:
    """One entry of layouts.yaml."""
    return Layout(
        entry["id"],
        patterns(entry.get("titles", ())),
        frozenset(entry.get("all", ())),
        frozenset(entry.get("any", ())),
        entry.get("title_required", False),
    )
