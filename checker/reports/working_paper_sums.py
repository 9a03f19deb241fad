"""The rows of a calculation with the formulas that perform it, and what the formulas give, in exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from checker.amounts.show import base_and_decimals
from checker.model.outcomes import Evidence
from checker.model.submission import KR, PERCENT
from checker.reports.working_paper_terms import COMMON, FROM, OVER, STATED, TIMES, Item

VALUE, UNIT, WEIGHT, PART, DOWN, UP = "G", "I", "K", "L", "M", "N"
"""The columns of the sheet of terms that formulas speak of."""

Number = tuple[str, Fraction]
"""A formula, or '' for what is typed in, and what it gives."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the figure, what it is rounded to, what it contributes and how far rounding may move that.

    `part`, `down` and `up` are None where the row does not count; `down` and `up` too where only the tool knows them.
    """

    item: Item
    at: int  # row of the sheet, from 1
    value: Number
    unit: Number | None
    part: Number | None = None
    down: Number | None = None
    up: Number | None = None


def rows(items: Sequence[Item], evidence: Evidence, first: int, sizes: bool, rate: Fraction | None = None) -> list[Row]:
    """Every row with its formulas; `first` is the row of the sheet that the first one stands in.

    `sizes` takes the operands of a quotient without their signs. `rate` is the common rate that the tool found.
    """
    made: list[Row] = []
    for number, item in enumerate(items):
        made.append(_row(item, first + number, made, evidence, sizes, rate))
    return made


def _row(item: Item, at: int, before: Sequence[Row], evidence: Evidence, sizes: bool, rate: Fraction | None) -> Row:
    value, found = _figure(item, before)
    unit: Number | None = found
    if item.made == COMMON:
        value, unit = ("", item.value if rate is None else rate), None
    elif item.made.startswith("@derived.") and not found[0]:
        unit = None  # what it is made of is not shown, so it is not known how exact it is
    if item.weight is None:
        return Row(item, at, value, unit)
    if item.factor is not None:
        return _joined(Row(item, at, value, unit), before[item.factor], evidence, sizes and item.role == OVER)
    return _counted(Row(item, at, value, unit))


def _figure(item: Item, before: Sequence[Row]) -> tuple[Number, Number]:
    """What the row holds: typed in, or made of other rows where these make what the tool found."""
    if item.like is not None:
        return (f"=${VALUE}${item.like}", item.value), (f"=${UNIT}${item.like}", item.unit)
    parts = [before[n] for n in item.made_of]
    less = bool(parts) and parts[0].item.role == FROM
    values = [p.value[1] for p in parts]
    total = values[0] - values[1] if less and len(values) == 2 else sum(values, Fraction(0))
    if not parts or total != item.value:
        return ("", item.value), ("", item.unit)
    exact = sum((p.unit[1] for p in parts if p.unit), Fraction(0))
    first, last = parts[0].at, parts[-1].at
    value = f"={VALUE}{first}-{VALUE}{last}" if less else f"=SUM({VALUE}{first}:{VALUE}{last})"
    return (value, total), (f"=SUM({UNIT}{first}:{UNIT}{last})", exact)


def _counted(row: Row) -> Row:
    """A row that counts with its weight; of a figure that is clipped, rounding moves only what is left of it."""
    item, at = row.item, row.at
    weight = item.weight or Fraction(0)
    v, w, (value, half) = f"{VALUE}{at}", f"{WEIGHT}{at}", (row.value[1], row.unit[1] / 2 if row.unit else None)
    says, clip = _CLIPS[item.clip]
    part = (f"={w}*{says(v)}", weight * clip(value))
    if half is None:
        return _with(row, part, None, None)
    if not item.clip:
        moved = (f"=ABS({w})*{UNIT}{at}/2", abs(weight) * half)
        return _with(row, part, moved, moved)
    below, above = f"{v}-{UNIT}{at}/2", f"{v}+{UNIT}{at}/2"
    if item.clip == "abs":
        low, high = (
            (f"MAX(ABS({v})-{UNIT}{at}/2,0)", max(abs(value) - half, Fraction(0))),
            (
                f"(ABS({v})+{UNIT}{at}/2)",
                abs(value) + half,
            ),
        )
    else:
        low, high = (says(below), clip(value - half)), (says(above), clip(value + half))
    ends = [(f"{w}*{said}", weight * end) for said, end in ((low, high) if weight > 0 else (high, low))]
    return _between(row, part, ends[0], ends[1])


def _joined(row: Row, first: Row, evidence: Evidence, sizes: bool) -> Row:
    """A product or quotient of two rows, in the unit of the evidence; its ends are among those of its corners."""
    item, weight = row.item, row.item.weight or Fraction(0)
    sign = "/" if item.role == OVER else "*"
    shown = Fraction(base_and_decimals(evidence.show)[0], 100) if evidence.dimension == KR else Fraction(1)
    worth = first.item.scale.worth * item.scale.worth if sign == "*" else first.item.scale.worth / item.scale.worth
    worth *= Fraction(100) if evidence.dimension == PERCENT and sign == "/" else 1 / shown
    factor = (f"*{worth.numerator}" if worth.numerator != 1 else "") + (
        f"/{worth.denominator}" if worth.denominator != 1 else ""
    )

    def times(a: Fraction, b: Fraction) -> Fraction:
        return weight * worth * (a / b if sign == "/" else a * b)

    def said(a: str, b: str) -> str:
        return f"{WEIGHT}{row.at}*{a}{sign}{b}{factor}"

    if sign == "/" and row.value[1] == 0:
        return row
    both = [_size(r) if sizes else ((f"{VALUE}{r.at}", r.value[1]), *_ends(r)) for r in (first, row)]
    part = (f"={said(both[0][0][0], both[1][0][0])}", times(both[0][0][1], both[1][0][1]))
    if first.unit is None or row.unit is None or (sign == "/" and both[1][1][1] * both[1][2][1] <= 0):
        return _with(row, part, None, None)
    if sizes:
        (_, low, high), (_, least, most) = both
        ends = ((low, most), (high, least)) if weight > 0 else ((high, least), (low, most))
        under, over = ((said(a[0], b[0]), times(a[1], b[1])) for a, b in ends)
        return _between(row, part, under, over)
    corners = [(said(a[0], b[0]), times(a[1], b[1])) for a, b in product(both[0][1:], both[1][1:])]
    listed = ",".join(dict.fromkeys(c[0] for c in corners))
    values = [c[1] for c in corners]
    return _between(row, part, (f"MIN({listed})", min(values)), (f"MAX({listed})", max(values)))


def _ends(row: Row) -> tuple[Number, Number]:
    half = row.unit[1] / 2 if row.unit else Fraction(0)
    cell, unit = f"{VALUE}{row.at}", f"{UNIT}{row.at}/2"
    return (f"({cell}-{unit})", row.value[1] - half), (f"({cell}+{unit})", row.value[1] + half)


def _size(row: Row) -> tuple[Number, Number, Number]:
    """A figure without its sign, and its ends."""
    half, size = row.unit[1] / 2 if row.unit else Fraction(0), abs(row.value[1])
    cell, unit = f"ABS({VALUE}{row.at})", f"{UNIT}{row.at}/2"
    low = (f"MAX({cell}-{unit},0)", max(size - half, Fraction(0)))
    return (cell, size), low, (f"({cell}+{unit})", size + half)


def _between(row: Row, part: Number, low: Number, high: Number) -> Row:
    cell = f"{PART}{row.at}"
    return _with(row, part, (f"={cell}-{low[0]}", part[1] - low[1]), (f"={high[0]}-{cell}", high[1] - part[1]))


def _with(row: Row, part: Number, down: Number | None, up: Number | None) -> Row:
    return Row(row.item, row.at, row.value, row.unit, part, down, up)


_CLIPS: dict[str, tuple[Callable[[str], str], Callable[[Fraction], Fraction]]] = {
    "": (lambda x: x, lambda x: x),
    "pos": (lambda x: f"MAX({x},0)", lambda x: max(x, Fraction(0))),
    "neg": (lambda x: f"MIN({x},0)", lambda x: min(x, Fraction(0))),
    "abs": (lambda x: f"ABS({x})", abs),
}
"""How a figure counts, as a formula and as a number."""

__all__ = ["DOWN", "PART", "STATED", "TIMES", "UNIT", "UP", "VALUE", "WEIGHT", "Number", "Row", "rows"]
