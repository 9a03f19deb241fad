"""Who is part of whom in a table? From numbering, indentation, headings and total rows; sums only break ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.amounts.intervals import holds, interval, total
from checker.recognise.rows import RowInfo, parent_number
from checker.recognise.totals import Labels, Open, candidates, residue
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import any_meets

Values = Sequence[tuple[int, int] | None]
"""One row's figures as (value, unit) per amount column, None where blank."""

LADDER = "ladder"
"""How a running result is seen: the result before it and what stands between them."""


@dataclass(slots=True)
class Whole:
    """A row and the rows it is the sum of (indices into the body)."""

    row: int
    parts: list[int]
    seen_by: str
    headings: list[str] = field(default_factory=list)
    certain: bool = True  # False where the rows could be read otherwise and no column holds


def structure(rows: Sequence[RowInfo], values: Sequence[Values], vocab: Vocabulary) -> list[Whole]:
    """All part/whole groups of a table, in the order of their wholes.

    `values` hold the printed figures; they choose between readings of a total row only where two columns or
    more speak for one reading and fewer for the usual one, so that no single figure decides about itself.
    """
    groups = _by_numbering(rows)
    nested = {p for g in groups for p in g.parts}
    groups += _by_indentation(rows, nested | {g.row for g in groups})
    nested = {p for g in groups for p in g.parts}
    groups += _by_totals(rows, nested, values, vocab)
    return sorted((g for g in groups if g.parts), key=lambda g: g.row)


def _by_numbering(rows: Sequence[RowInfo]) -> list[Whole]:
    latest: dict[str, int] = {}
    groups: dict[int, Whole] = {}
    for row in rows:
        if row.number is None:
            continue
        parent = parent_number(row.number)
        if parent in latest and rows[latest[parent]].filled and row.filled and row.role != "of_which":
            at = latest[parent]
            groups.setdefault(at, Whole(at, [], "numbering")).parts.append(row.index)
        latest[row.number] = row.index
    return list(groups.values())


def _by_indentation(rows: Sequence[RowInfo], taken: set[int]) -> list[Whole]:
    """Rows set in under a row with figures are its parts, two at least; total rows close, they are no parts."""
    groups: dict[int, Whole] = {}
    stack: list[RowInfo] = []
    for row in rows:
        if not row.label:
            continue
        while stack and stack[-1].indent >= row.indent:
            stack.pop()
        closing = stack and stack[-1].role == "total" and _is_deeper(rows, stack[-1].index - 1, stack[-1])
        if (
            stack
            and row.filled
            and stack[-1].filled
            and not closing
            and row.role not in ("total", "of_which", "result")
        ):
            parent = stack[-1].index
            if not {parent, row.index} & taken and stack[-1].role not in ("of_which", "result"):
                groups.setdefault(parent, Whole(parent, [], "indentation")).parts.append(row.index)
        stack.append(row)
    return [g for g in groups.values() if len(g.parts) > 1]


def _is_deeper(rows: Sequence[RowInfo], at: int, row: RowInfo) -> bool:
    """Whether the row above is set in deeper: then `row` closes what stands above it and heads nothing."""
    return at >= 0 and bool(rows[at].label) and rows[at].indent > row.indent


def _by_totals(rows: Sequence[RowInfo], nested: set[int], values: Sequence[Values], vocab: Vocabulary) -> list[Whole]:
    top = [r for r in rows if r.index not in nested and r.role != "of_which"]
    filled = [r for r in top if r.filled]
    if len(filled) > 1 and filled[0].role == "total" and filled[1].role != "result":
        first = _totals_first(top, vocab)
        for group in first:
            group.certain = _votes(group.row, group.parts, values) > 0 or len(first) == 1
        return first + _hidden_sums(first, values)
    groups: list[Whole] = []
    ladder: list[Whole] = []
    state = Open(labels=Labels(rows))
    last = filled[-1].index if filled else -1
    complete = [all(v is not None for v in row_values) for row_values in values]
    for row in top:
        if row.role == "heading":
            state.heading(row)
        elif row.role in ("result", "stock"):
            if row.role == "result" and len(state.rows) > 1:
                ladder.append(Whole(row.index, list(state.rows), LADDER))
            state.restart(row)
        elif row.role in ("total", "subtotal"):
            usual, others, named = candidates(row, state, rows, complete, vocab, is_last=row.index == last)
            choice = _choose(row, usual, [*others, *_later_starts(usual)], values)
            holds_somewhere = _votes(row.index, choice, values) > 0
            if len(choice) == 1 and rows[choice[0]].role == "total" and not (named or holds_somewhere):
                choice = []  # two totals of different names stand beside each other
            if choice:
                only = all(not c or c == choice for c in others) and row.role == "total"
                sole = row.index == last and sum(r.role in ("total", "subtotal") for r in filled) == 1
                certain = holds_somewhere or named or sole or (only and len(choice) > 1)
                groups.append(Whole(row.index, choice, "total_row", state.headings_over(choice), certain))
            state.close(row, choice, keep=bool(choice) or row.role == "total")
        elif row.filled:
            state.rows.append(row.index)
    _totals_in_the_middle(groups, values)
    return groups + _hidden_sums(groups, values) + _proven(ladder, values)


def _proven(ladder: list[Whole], values: Sequence[Values]) -> list[Whole]:
    """Running results; certain where two columns of their own add up, or another step of the ladder does."""
    votes = [_votes(w.row, w.parts, values) for w in ladder]
    for step, own in zip(ladder, votes, strict=True):
        step.certain = own > 1 or sum(votes) > own
    return ladder


def _hidden_sums(groups: list[Whole], values: Sequence[Values]) -> list[Whole]:
    """A total that holds in no column may count a row twice that is itself the sum of rows after it.

    Taken only where both sums then hold in two columns or more; the row becomes a whole of its own.
    """
    found: list[Whole] = []
    for group in groups:
        if _votes(group.row, group.parts, values):
            continue
        for at, whole in enumerate(group.parts):
            for end in range(at + 3, len(group.parts) + 1):
                inner = group.parts[at + 1 : end]
                rest = group.parts[: at + 1] + group.parts[end:]
                if _votes(whole, inner, values) >= 2 and _votes(group.row, rest, values) >= 2:
                    group.parts, group.certain = rest, True
                    found.append(Whole(whole, inner, "total_row"))
                    break
            if group.certain and found and found[-1].row == whole:
                break
    return found


def _totals_in_the_middle(groups: list[Whole], values: Sequence[Values]) -> None:
    """A total that holds in no column may be that of the other totals, some of which stand below it."""
    for group in groups:
        if group.certain or _votes(group.row, group.parts, values):
            continue
        inner = {p for g in groups if g is not group for p in g.parts}
        tops = [g.row for g in groups if g is not group and g.row not in inner - {group.row}]
        if len(tops) > 1 and _votes(group.row, tops, values) >= 2:
            for other in groups:
                other.parts = [p for p in other.parts if p != group.row]
            group.parts, group.certain = tops, True


def _totals_first(top: Sequence[RowInfo], vocab: Vocabulary) -> list[Whole]:
    """Each total covers the rows after it up to the next total.

    A total that has none (the last row, or the first before another total) covers the other totals.
    """
    groups: list[Whole] = []
    current: Whole | None = None
    rows_by = {r.index: r for r in top}
    for row in top:
        if row.role in ("total", "subtotal"):
            current = Whole(row.index, [], "total_row")
            groups.append(current)
        elif row.role == "result":
            current = None
        elif row.filled and current is not None:
            current.parts.append(row.index)
        elif row.role == "heading" and current is not None:
            current.headings.append(row.label)
    for grand in (groups[-1], groups[0]):
        others = [g for g in groups if g is not grand]
        if others and not grand.parts and all(g.parts for g in others):
            grand.parts = [g.row for g in others]
            return groups
    if len(groups) > 1 and all(g.parts for g in groups) and not _names_something(rows_by[groups[0].row], vocab):
        groups[0].parts += [g.row for g in groups[1:]]
    return groups


def _names_something(row: RowInfo, vocab: Vocabulary) -> bool:
    """Whether a total names more than the whole area: a part of it, or a scope ('Drift i alt')."""
    return bool(residue(row.words, vocab)) or any(any_meets(p, row.words) for p in vocab.tables["scopes"].values())


def _later_starts(usual: list[int], most: int = 40) -> list[list[int]]:
    """The usual reading without its first rows: 'Driftsudgifter i alt' may leave out the taxes above."""
    return [usual[at:] for at in range(1, len(usual) - 1)] if len(usual) <= most else []


def _choose(row: RowInfo, usual: list[int], others: list[list[int]], values: Sequence[Values]) -> list[int]:
    """The usual reading, unless two columns or more, and more than for it, speak for another."""
    least = max(2, _votes(row.index, usual, values) + 1)
    best = max((c for c in others if c), key=lambda parts: _votes(row.index, parts, values), default=[])
    return best if best and _votes(row.index, best, values) >= least else usual


def _votes(whole: int, parts: Sequence[int], values: Sequence[Values]) -> int:
    """In how many columns the parts add up to the whole as far as rounding allows; blank parts count nothing."""
    return sum(adds_up(whole, parts, values, column) for column in range(len(values[whole])))


def adds_up(whole: int, parts: Sequence[int], values: Sequence[Values], column: int) -> bool:
    """Whether the printed parts can add up to the printed whole in one column."""
    stated = values[whole][column]
    found = [v for p in parts if (v := values[p][column]) is not None]
    if stated is None or not found or all(v[0] == 0 for v in [stated, *found]):
        return False
    summed = total([interval(v, u) for v, u in found])
    return holds("=", summed.plus(interval(*stated).times(-1)))
