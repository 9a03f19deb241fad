"""What do the facts of a source have in common, and which of them break the contract of long form?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlglot import exp

from checker.errors import SubmissionError
from checker.model.submission import KR, SCALE
from checker.recognise.vocabulary import vocabulary
from checker.scale.model import FLOAT, NUMBER, TEXT, Backend, Shape, Source
from checker.scale.notation import Notation, plain_number
from checker.scale.tree import col, number, select_from

KEY = (
    *("statement", "scope", "line", "measure", "year", "basis", "as_of", "price_year", "dimension", "unit"),
    *("submission", "role", "parent", "parent_scope", "parent_as", "number", "layout"),
)
"""What tells one shape from another."""
DESCRIBED = ("label", "statement_title")
"""What one of its facts says of a shape; the first in the order of the alphabet is taken."""
MOST = 1_000_000
"""More shapes than this are no common shapes: every fact has its own."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """All shapes by their number; `varying` are the columns of KEY in which they differ, `no_entity` rows of nobody."""

    all: tuple[Shape, ...]
    varying: tuple[str, ...]
    no_entity: int
    fine: bool

    @property
    def facts(self) -> int:
        """How many rows have a value."""
        return sum(s.facts for s in self.all)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(s.facts + s.blank for s in self.all)


def shapes(backend: Backend, notation: Notation) -> Shapes:
    """One pass over the source: its columns grouped by KEY, with counts and the range of values."""
    source = backend.source
    keys = [name for name in KEY if name in source.columns]
    described = [name for name in DESCRIBED if name in source.columns]
    value = notation.value(source)
    fine = is_fine(source, value)
    decimals = notation.decimals(source)
    more = {name: made for name, made in (("fine", fine), ("decimals", decimals)) if made is not None}
    grouped = [*(col(source.columns[name].name) for name in keys), *more.values()]
    entity = source.columns.get("entity")
    nobody = exp.Count(this=exp.case().when(col(entity.name).is_(exp.null()), number(1))) if entity else number(0)
    query = (
        select_from(source)
        .select(
            *(each.as_(f"k{n}") for n, each in enumerate(grouped)),
            *(exp.Min(this=col(source.columns[name].name)).as_(f"d{n}") for n, name in enumerate(described)),
            exp.Count(this=value.copy()).as_("facts"),
            exp.Count(this=exp.Star()).as_("all_rows"),
            exp.Min(this=value.copy()).as_("least"),
            exp.Max(this=value.copy()).as_("most"),
            nobody.as_("nobody"),
        )
        .group_by(*(each.copy() for each in grouped))
        .limit(MOST + 1)
    )
    found = list(backend.rows(query))
    if len(found) > MOST:
        raise SubmissionError(source.name, "scale.too_many_shapes", most=str(MOST))
    names = [*keys, *more, *described]
    made = sorted((_row(names, row) for row in found), key=lambda each: [_sortable(each[0].get(n)) for n in names])
    varying = tuple(n for n in (*keys, *more) if len({repr(values[n]) for values, _ in made}) > 1)
    numbered = tuple(_shape(n, values, counts) for n, (values, counts) in enumerate(made))
    return Shapes(numbered, varying, sum(int(counts[4]) for _, counts in made), fine is not None)


def is_fine(source: Source, value: exp.Expr) -> exp.Expr | None:
    """Whether a value is finer than an øre (no value is not), where the source can hold such values."""
    stored = source.columns["value"]
    if stored.sort == NUMBER and stored.decimals <= 2:
        return None
    hundred = exp.paren(value.copy() * number(100))
    return exp.func("coalesce", exp.Round(this=hundred, decimals=number(0)).neq(hundred.copy()), exp.false())


Counts = Sequence[Any]


def _row(names: Sequence[str], row: Sequence[Any]) -> tuple[dict[str, Any], Counts]:
    return dict(zip(names, row[: len(names)], strict=True)), row[len(names) :]


def _sortable(value: Any) -> tuple[bool, str]:
    return (value is not None, str(value))


def _shape(number_: int, values: Mapping[str, Any], counts: Counts) -> Shape:
    facts, rows, least, most, _ = counts
    scale = scale_of(values)
    return Shape(number_, values, int(facts), int(rows) - int(facts), _steps(least, scale), _steps(most, scale))


def scale_of(values: Mapping[str, Any]) -> int:
    """How many steps make one of what the shape counts: 100 øre, a million of anything else."""
    declared = vocabulary().measures.get(str(values.get("measure") or "").strip())
    dimension = str(values.get("dimension") or "").strip() or (declared.dimension if declared else KR)
    return SCALE.get(dimension, SCALE[KR])


def _steps(value: Any, scale: int) -> int:
    if value is None:
        return 0
    return int((Decimal(str(value)) * scale).to_integral_value(ROUND_HALF_UP))


def cell(values: Mapping[str, Any], name: str, source: Source) -> str:
    """A value of a shape as text, as a CSV file in Danish would have it."""
    value = values.get(name)
    if value is None:
        return ""
    stored = source.columns[name]
    return plain_number(value) if stored.sort in (NUMBER, FLOAT) else str(value) if stored.sort != TEXT else value
