"""What do headings leave open that other tables say: which budget a column holds, what a deviation is measured from?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.model.submission import Column
from checker.recognise.draft import Draft

CANDIDATES = ("oprindeligt_budget", "korrigeret_budget")


def decide_budgets(drafts: Sequence[Draft]) -> None:
    """Rename undecided budget columns where two lines or more, and most lines compared, speak for one reading.

    Never cell by cell: a single figure that differs stays a finding. What was decided is said.
    """
    for item in drafts:
        held = {c.measure for c in item.columns}
        for at, column in enumerate(item.columns):
            if column.measure != "budget" or column.empty:
                continue
            votes = {m: _agreement(item, column, m, drafts) for m in CANDIDATES if m not in held}
            best = max(votes, key=lambda m: votes[m][0], default=None)
            if best is None:
                continue
            same, compared = votes[best]
            others = max((votes[m][0] for m in votes if m != best), default=0)
            if same >= 2 and 2 * same > compared and same > others:
                item.columns[at] = replace(column, measure=best)
                item.columns[:] = [
                    replace(c, basis=best) if c.basis == "budget" and c.year == column.year else c for c in item.columns
                ]
                item.remark(
                    "reading.budget_decided",
                    column=column.header,
                    measure=f"@measure.{best}",
                    same=str(same),
                    compared=str(compared),
                )


def decide_bases(drafts: Sequence[Draft], deviations: Sequence[str]) -> None:
    """A deviation that names no basis, in a table without a budget, has that of the other tables if they all agree."""
    named = {
        (c.measure, c.year, c.basis)
        for d in drafts
        for c in d.columns
        if c.measure in deviations and c.basis and not c.empty
    }
    for item in drafts:
        for at, column in enumerate(item.columns):
            if column.measure not in deviations or column.basis or column.empty:
                continue
            bases = {b for m, y, b in named if (m, y) == (column.measure, column.year)}
            if len(bases) == 1:
                basis = bases.pop()
                item.columns[at] = replace(column, basis=basis)
                item.remark("reading.basis_assumed", column=column.header, measure=f"@measure.{basis}")


def _agreement(item: Draft, column: Column, measure: str, drafts: Sequence[Draft]) -> tuple[int, int]:
    """How many lines have the same figure in a column that says `measure`, and how many were compared."""
    same = compared = 0
    for other in drafts:
        if other is item or other.entity != item.entity:
            continue
        theirs = {
            (other.keys[r], other.scopes[r]): cell
            for (r, c), cell in other.cells.items()
            for o in other.columns
            if o.index == c and o.measure == measure and o.year == column.year
        }
        for (row, index), cell in item.cells.items():
            twin = theirs.get((item.keys[row], item.scopes[row]))
            if index != column.index or twin is None:
                continue
            compared += 1
            same += 2 * abs(cell.amount.value - twin.amount.value) <= cell.amount.unit + twin.amount.unit
    return same, compared


def rests_of_grants(drafts: Sequence[Draft]) -> None:
    """What is left of a grant over all years is no year's rest: its table has the grant and no budget of the year."""
    for item in drafts:
        held = {c.measure for c in item.columns if not c.empty}
        if "anlaegsbevilling" in held and not held & {"korrigeret_budget", "budget", "oprindeligt_budget"}:
            item.columns[:] = [replace(c, measure="beloeb") if c.measure == "rest" else c for c in item.columns]
