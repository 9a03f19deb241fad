"""How are the numbers of a text column written, and how does SQL read them? Typed columns are numbers already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlglot import exp

from checker.amounts.numbers import DANISH, ENGLISH, column_style, read_number
from checker.errors import SubmissionError
from checker.scale.model import FLOAT, TEXT, Backend, Source, Violation
from checker.scale.tree import col, select_from, text

MOST_FORMS = 10_000
_DECIMAL = exp.DataType.build("decimal(38,6)")
_MINUS = "\u2212"
_SPACES = " \u00a0"
FINITE = 10**16
"""A float of this size or more (in kr.) cannot be read to the øre."""


@dataclass(frozen=True, slots=True)
class Notation:
    """The style of the value column (None: it holds numbers), and forms of cells that are not of it, with counts."""

    style: str | None = None
    bad: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = field(default=())

    def value(self, source: Source) -> exp.Expr:
        """The value as a number, null where it cannot be read."""
        stored = source.columns["value"]
        own = col(stored.name)
        if stored.sort == FLOAT:
            finite = exp.and_(own < exp.Literal.number(FINITE), own > exp.Neg(this=exp.Literal.number(FINITE)))
            return exp.case().when(finite, exp.cast(own.copy(), _DECIMAL))
        if stored.sort != TEXT:
            return own
        good = exp.not_(_form(own).isin(*(text(form) for form in (*self.bad, ""))))
        return exp.case().when(good, _read(own.copy(), self.style or DANISH))

    def decimals(self, source: Source) -> exp.Expr | None:
        """How many decimals a cell of text has, where no unit is stated and they tell it; else -1. None for numbers.

        A blank cell has none.
        """
        stored, unit = source.columns["value"], source.columns.get("unit")
        if stored.sort != TEXT:
            return None
        own = exp.Trim(this=col(stored.name))
        at = exp.StrPosition(this=own, substr=text("." if self.style == ENGLISH else ","))
        behind = exp.case().when(at.eq(0), exp.Literal.number(0)).else_(exp.Length(this=own.copy()) - at.copy())
        count = exp.func("coalesce", behind, exp.Literal.number(0))
        if unit is None:
            return count
        blank = exp.func("coalesce", exp.Trim(this=exp.cast(col(unit.name), "varchar")), text("")).eq(text(""))
        return exp.case().when(blank, count).else_(exp.Neg(this=exp.Literal.number(1)))


def notation(backend: Backend) -> Notation:
    """The notation of the value column as its cells show it: one example of every form they have decides.

    A form is the cell with 9 for every digit: however many rows there are, they have few forms.
    """
    source = backend.source
    stored = source.columns["value"]
    if stored.sort != TEXT:
        return Notation()
    own = col(stored.name)
    form = _form(own)
    query = (
        select_from(source)
        .select(form.as_("form"), exp.Min(this=own.copy()).as_("example"), exp.Count(this=exp.Star()).as_("n"))
        .where(own.copy().is_(exp.null()).not_())
        .group_by(form.copy())
        .limit(MOST_FORMS + 1)
    )
    found = sorted((str(f), str(e).strip(), int(n)) for f, e, n in backend.rows(query))
    if len(found) > MOST_FORMS:
        raise SubmissionError(source.name, "scale.no_numbers", column=stored.name)
    examples = [e for _, e, n in found for _ in range(min(n, 2)) if e]
    style = column_style(examples) or DANISH
    bad = [(f, e, n) for f, e, n in found if e and read_number(e, style) is None]
    violations = tuple(Violation("value", "notation", n, e) for _, e, n in bad)
    return Notation(style, tuple(f for f, _, _ in bad), violations)


def _form(own: exp.Expr) -> exp.Expr:
    """The cell, trimmed, with 9 for every digit."""
    pattern = exp.RegexpReplace(this=exp.Trim(this=own.copy()), expression=text("[0-9]"), replacement=text("9"))
    pattern.set("modifiers", text("g"))
    return exp.func("coalesce", pattern, text(""))


def _read(own: exp.Expr, style: str) -> exp.Expr:
    groups, decimal = (",", ".") if style == ENGLISH else (".", ",")
    made: exp.Expr = exp.Trim(this=own)
    for found, instead in ((_MINUS, "-"), *((s, "") for s in _SPACES), (groups, ""), (decimal, "."), ("+", "")):
        made = exp.func("replace", made, text(found), text(instead))
    return exp.cast(made, _DECIMAL)


def plain_number(value: Any) -> str:
    """A stored number as Danish text: decimal comma, no exponent, no zeros that say nothing."""
    made = Decimal(str(value))
    shown = f"{made:f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace(".", ",")


__all__ = ["Mapping", "Notation", "Sequence", "notation", "plain_number"]
