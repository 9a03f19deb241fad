"""What is each column of per cents a per cent of? Its heading says; the rows only choose between its readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.amounts.intervals import Interval, interval
from checker.model.submission import PERCENT, SCALE, Column
from checker.recognise.draft import Draft
from checker.recognise.vocabulary import DEVIATIONS, LEVELS, Vocabulary
from checker.recognise.words import best, words

WHOLE = "sum"
"""The denominator of a share: the column's total."""
BUDGETS = ("korrigeret_budget", "budget", "oprindeligt_budget", "forventet_regnskab")
Reading = tuple[Column, Column | None]
"""Numerator and denominator; None for the column's own total."""


def decide_percents(drafts: Sequence[Draft], vocab: Vocabulary) -> None:
    """Set the basis of every column of per cents to 'numerator/denominator' (measures), '' where undecided.

    Of the readings that the heading admits the one that most rows fit is taken, if more than half of them do;
    a single reading of at most three rows is taken as it stands. What is undecided is said.
    """
    for item in drafts:
        for at, column in enumerate(item.columns):
            if column.measure != "andel" or column.empty:
                continue
            readings = _readings(item, column, vocab)
            fits = _nearest_share(readings, [_fits(item, column, reading) for reading in readings])
            top = max(range(len(fits)), key=lambda i: (fits[i][0], -i), default=None)
            chosen = None
            if top is not None:
                good, tried = fits[top]
                few = len(readings) == 1 and 0 < tried <= 3
                chosen = readings[top] if few or (good >= 2 and 2 * good > tried) else None
            if chosen is None:
                item.remark("reading.percent_undecided", column=column.header or "%")
                item.columns[at] = replace(column, basis=f"?/{column.index}")
            else:
                over = chosen[1]
                name = f"{chosen[0].measure}/{over.measure if over else WHOLE}"
                year = chosen[0].year if over is None or over.year == chosen[0].year else column.year
                item.columns[at] = replace(column, basis=name, year=year)


def _nearest_share(readings: Sequence[Reading], fits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of the shares that three rows of four fit, only the nearest column's counts: the others may be in proportion."""
    found = False
    result = []
    for (_, lower), (good, tried) in zip(readings, fits, strict=True):
        fitting = lower is None and 4 * good >= 3 * tried > 0
        result.append((0, tried) if fitting and found else (good, tried))
        found = found or fitting
    return result


def _readings(item: Draft, column: Column, vocab: Vocabulary) -> list[Reading]:
    """What the heading admits, likeliest first: the nearest column to the left before the others."""
    said = best(vocab.tables["percents"], words(column.header))
    amounts = [c for c in item.columns if not c.empty and c.measure not in ("andel", "pris") and c is not column]
    near = sorted(amounts, key=lambda c: (c.index > column.index, abs(c.index - column.index)))
    levels = [c for m in BUDGETS for c in near if c.measure == m]
    result: list[Reading] = []
    if said in (None, "deviation"):
        result += [(c, b) for c in near if c.measure in DEVIATIONS for b in _bases(c, levels)]
    if said in (None, "consumption"):
        spent = [c for c in near if c.measure in ("regnskab", "forventet_regnskab", "forbrug_samlet")]
        result += [(c, b) for c in spent for b in levels if b is not c and (b.year == c.year or b.year is None)]
    if said in (None, "share"):
        result += [(c, None) for c in near if c.measure not in DEVIATIONS]
    named = best({m: vocab.headers[m] for m in (*LEVELS, "over_underskud", "maengde")}, words(column.header))
    return sorted(result, key=lambda r: named not in (None, r[0].measure, r[1].measure if r[1] else None))


def _bases(deviation: Column, levels: Sequence[Column]) -> list[Column]:
    own = [b for b in levels if b.measure == deviation.basis]
    return own or [b for b in levels if b.measure != "forventet_regnskab"]


def _fits(item: Draft, column: Column, reading: Reading) -> tuple[int, int]:
    """In how many rows the per cent is that of the reading, and how many could be tried."""
    upper, lower = reading
    whole = _whole(item, upper) if lower is None else None
    good = tried = 0
    for row in range(len(item.rows)):
        stated, over = item.cells.get((row, column.index)), item.cells.get((row, upper.index))
        under = item.cells.get((row, lower.index)) if lower else None
        below = whole if lower is None else interval(under.amount.value, under.amount.unit) if under else None
        if not stated or not over or below is None or stated.amount.dimension != PERCENT:
            continue
        base = below.clipped("abs")
        if base.lo <= 0:
            continue
        tried += 1
        part = interval(over.amount.value, over.amount.unit).clipped("abs").times(200 * SCALE[PERCENT])
        product = interval(stated.amount.value, stated.amount.unit).clipped("abs").product(base)
        good += product.meets(part)
    return good, tried


def _whole(item: Draft, column: Column) -> Interval | None:
    """The column's printed total, or what its own lines add up to."""
    if item.root is not None and (cell := item.cells.get((item.root, column.index))):
        return interval(cell.amount.value, cell.amount.unit)
    found = [c for row in own_rows(item) if (c := item.cells.get((row, column.index)))]
    result = Interval(0, 0)
    for cell in found:
        result = result.plus(interval(cell.amount.value, cell.amount.unit))
    return result if found else None


def own_rows(item: Draft) -> list[int]:
    """The rows that are no sum of others and no part 'of which'."""
    wholes = {w.row for w in item.wholes}  # a running result is a whole too
    return [r.index for r in item.rows if r.index not in wholes and r.role in ("line", "subtotal")]
