"""The deviations of a table's lines as bars: which lines are better than the budget, which worse, and how much?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.messages import text
from checker.model.submission import Fact, Statement
from checker.names import numbered
from checker.reports.writing import clean

FEWEST = 3
"""Below so many lines a chart shows nothing that the table does not."""
WIDTH = 200
"""Of the drawing, in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its name, the figure as printed, and where its bar begins and how wide it is."""

    name: str
    printed: str
    positive: bool
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Deviations:
    """All bars on one scale; `zero` is where nothing deviates."""

    caption: str
    zero: float
    rows: list[Bar]


def deviations(statement: Statement, facts: Sequence[Fact], lang: str) -> Deviations | None:
    """The column of deviations of the latest year (over_underskud, better than the budget is positive), sums apart.

    None where the table has no such column or too few lines.
    """
    lines = {(line.key, line.scope) for line in statement.lines if line.role == "line"}
    own = [f for f in facts if f.measure == "over_underskud" and (f.line, f.scope) in lines]
    latest = max((f.year or 0 for f in own), default=0)
    first = next((f for f in own if (f.year or 0) == latest), None)
    shown = [f for f in own if first and (f.year, f.basis, f.as_of) == (first.year, first.basis, first.as_of)]
    most, least = max([0, *(f.value for f in shown)]), min([0, *(f.value for f in shown)])
    if first is None or len(shown) < FEWEST or most == least:
        return None

    def at(value: int) -> float:
        return round(WIDTH * (value - least) / (most - least), 1)

    rows = []
    for fact in shown:
        ends = sorted((at(0), at(fact.value)))
        name, width = clean(numbered(fact.number, fact.label)), round(ends[1] - ends[0], 1)
        rows.append(Bar(name, clean(fact.as_printed), fact.value >= 0, ends[0], width))
    return Deviations(text("html.deviations", lang, {"year": str(first.year or "")}).strip(), at(0), rows)
