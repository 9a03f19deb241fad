"""Which way round does a column print its signs? The figures decide; a note never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.model.submission import KR, Column
from checker.recognise.draft import Draft
from checker.recognise.vocabulary import DEVIATIONS, LEVELS, Vocabulary
from checker.recognise.words import any_meets, best, fold, words

TRANSFERS = ("overfoersel_soegt", "overfoersel_i_alt", "overfoersel_bevilget", "rest_efter_overfoersel")


def orient(drafts: Sequence[Draft], vocab: Vocabulary) -> None:
    """Set the orientation of every column, and what the figures say of the sign of expenses and of 'better'."""
    by_words = {d.id: _expense_sign_by_words(d, vocab) or _by_deviation(d, vocab) for d in drafts}
    for item in drafts:
        flip = -1 if by_words[item.id] == "-" else 1
        why = "rows" if by_words[item.id] else "as_printed"
        item.columns[:] = [
            replace(c, orientation=flip, orientation_why=why) if c.measure in LEVELS else c for c in item.columns
        ]
    votes = {(d.id, c.index): _votes(d, c) for d in drafts for c in d.columns if c.measure in DEVIATIONS}
    for item in drafts:
        for at, column in enumerate(item.columns):
            if column.measure in DEVIATIONS:
                item.columns[at] = _orient_deviation(item, column, drafts, votes, vocab)
    for item in drafts:
        for at, column in enumerate(item.columns):
            if column.measure in DEVIATIONS and column.orientation_why in ("heading", "undecided"):
                item.columns[at] = _as_twin(item, column, drafts)
                if item.columns[at].orientation_why == "undecided":
                    item.remark("reading.sign_undecided", column=column.header)
    for item in drafts:
        item.columns[:] = [_orient_transfer(item, c, drafts) if c.measure in TRANSFERS else c for c in item.columns]
    for item in drafts:
        item.expense_sign = by_words[item.id]
    for item in drafts:
        item.expense_sign = item.expense_sign or _expense_sign_by_twin(item, drafts) or _expense_sign_by_majority(item)


def _expense_sign_by_words(item: Draft, vocab: Vocabulary) -> str:
    """The sign expenses have in the rows whose labels say income or expense; '' where fewer than two speak alike."""
    plus = minus = 0
    said = [_income_or_expense(r.words[:2], vocab) for r in item.rows]
    for (row, index), cell in item.cells.items():
        if cell.amount.value == 0 or not any(
            c.index == index and c.measure in (*LEVELS, "beloeb") for c in item.columns
        ):
            continue
        if said[row] == "":
            continue
        positive = (cell.amount.value > 0) == (said[row] == "expense")
        plus, minus = plus + positive, minus + (not positive)
    if plus + minus < 2 or max(plus, minus) * 3 < 2 * (plus + minus):
        return ""
    return "+" if plus > minus else "-"


def _income_or_expense(label: Sequence[str], vocab: Vocabulary) -> str:
    rows = vocab.tables["rows"]
    income, expense = any_meets(rows["income"], label), any_meets(rows["expense"], label)
    return "" if income == expense else "income" if income else "expense"


def _votes(item: Draft, column: Column) -> tuple[int, int]:
    """In how many different lines the deviation is basis - actual, and in how many the reverse (canonical signs)."""
    actual = "forventet_regnskab" if column.measure == DEVIATIONS[1] else "regnskab"
    minuend = _column(item, column.basis, column.year)
    subtrahend = _column(item, actual, column.year)
    better, worse = set[tuple[int, int]](), set[tuple[int, int]]()
    if minuend is None or subtrahend is None:
        return 0, 0
    for row in range(len(item.rows)):
        found = [item.cells.get((row, c.index)) for c in (minuend, subtrahend, column)]
        if any(f is None for f in found):
            continue
        a, b, d = (f.amount for f in found if f)
        expected = minuend.orientation * (a.value - b.value)
        bound2 = a.unit + b.unit + d.unit
        if 2 * abs(d.value) <= bound2:
            continue
        if 2 * abs(expected - d.value) <= bound2:
            better.add((a.value, b.value))
        elif 2 * abs(expected + d.value) <= bound2:
            worse.add((a.value, b.value))
    return len(better), len(worse)


def _by_deviation(item: Draft, vocab: Vocabulary) -> str:
    """As the deviations say; where nearly all figures are positive 'mer-/mindreforbrug' only names the column."""
    found = _expense_sign_by_deviation(item, vocab)
    return "" if found == "-" and _expense_sign_by_majority(item) == "+" else found


def _orient_transfer(item: Draft, column: Column, drafts: Sequence[Draft]) -> Column:
    """Turned round where two lines or more are carried with the opposite sign of their result, and more than not."""
    results = {
        (d.keys[r], d.scopes[r]): c.orientation * cell.amount.value
        for d in drafts
        if d.entity == item.entity
        for c in d.columns
        if c.measure == DEVIATIONS[0] and c.year == column.year and c.orientation_why != "undecided"
        for (r, index), cell in d.cells.items()
        if index == c.index
    }
    same: set[int] = set()  # amounts, so that a total of the one line that is carried does not count again
    opposite: set[int] = set()
    for (row, index), cell in item.cells.items():
        result = results.get((item.keys[row], item.scopes[row]), 0) if index == column.index else 0
        if result * cell.amount.value:
            (same if result * cell.amount.value > 0 else opposite).add(cell.amount.value)
    if len(opposite) < 2 or len(opposite) <= len(same):
        return column
    return replace(column, orientation=-1, orientation_why="rows")


def _column(item: Draft, measure: str | None, year: int | None) -> Column | None:
    found = [c for c in item.columns if c.measure == measure and not c.empty and (c.year == year or year is None)]
    return found[0] if len(found) == 1 else None


def _orient_deviation(
    item: Draft,
    column: Column,
    drafts: Sequence[Draft],
    votes: dict[tuple[str, int], tuple[int, int]],
    vocab: Vocabulary,
) -> Column:
    """The column's own lines, else the same heading in other tables, else the heading's words, else one line."""
    better, worse = votes[item.id, column.index]
    said = _plus_means(column, vocab)
    if better != worse and max(better, worse) >= 2:
        sign, why = better > worse, "rows"
    else:
        same = [
            votes[d.id, c.index]
            for d in drafts
            for c in d.columns
            if fold(c.header) == fold(column.header) and (d.id, c.index) in votes
        ]
        good, bad = sum(v[0] for v in same), sum(v[1] for v in same)
        if good != bad and max(good, bad) >= 2:
            sign, why = good > bad, "same_heading"
        elif said:
            sign, why = said == "bedre", "heading"
        elif better != worse:
            sign, why = better > worse, "rows"
        else:
            return replace(column, orientation_why="undecided")
    seen = ("+" if sign else "-") if better != worse or why == "same_heading" else ""
    return replace(column, orientation=1 if sign else -1, orientation_why=why, better_sign=seen)


def _as_twin(item: Draft, column: Column, drafts: Sequence[Draft]) -> Column:
    """Turned round where two lines or more have the opposite figure in a table whose own rows decide its signs."""
    own = {(item.keys[r], item.scopes[r]): c.amount.value for (r, i), c in item.cells.items() if i == column.index}
    same = opposite = 0
    for other in drafts:
        for theirs in other.columns:
            alike = (theirs.measure, theirs.year, theirs.basis) == (column.measure, column.year, column.basis)
            decided = theirs.orientation_why in ("rows", "same_heading")
            if other is item or other.entity != item.entity or not alike or not decided:
                continue
            for (row, index), cell in other.cells.items():
                value = own.get((other.keys[row], other.scopes[row]), 0) if index == theirs.index else 0
                twin = theirs.orientation * cell.amount.value
                if value and twin and 2 * abs(abs(value) - abs(twin)) <= 2 * cell.amount.unit:
                    same, opposite = same + (value * twin > 0), opposite + (value * twin < 0)
    if same == opposite or max(same, opposite) < 2:
        return column
    return replace(column, orientation=1 if same > opposite else -1, orientation_why="same_lines")


def _plus_means(column: Column, vocab: Vocabulary) -> str | None:
    return best(vocab.tables["deviation_plus"], words(column.header))


def _expense_sign_by_deviation(item: Draft, vocab: Vocabulary) -> str:
    """Where the heading says what plus means and two lines say which way they subtract, expenses are decided."""
    for column in item.columns:
        said = _plus_means(column, vocab) if column.measure in DEVIATIONS else None
        as_printed, reverse = _votes(item, column) if said else (0, 0)
        if as_printed != reverse and max(as_printed, reverse) >= 2:
            return "+" if (said == "bedre") == (as_printed > reverse) else "-"
    return ""


def _expense_sign_by_twin(item: Draft, drafts: Sequence[Draft]) -> str:
    """The same lines with the same signs in a table where it is decided."""
    own = {
        (item.keys[r], item.scopes[r], c.measure, c.year): cell.amount.value
        for (r, i), cell in item.cells.items()
        for c in item.columns
        if c.index == i and c.measure in LEVELS
    }
    for other in drafts:
        if other is item or other.entity != item.entity or not other.expense_sign:
            continue
        same = opposite = 0
        for (row, index), cell in other.cells.items():
            for column in other.columns:
                if column.index != index or cell.amount.value == 0:
                    continue
                twin = own.get((other.keys[row], other.scopes[row], column.measure, column.year))
                if twin:
                    same, opposite = same + (twin * cell.amount.value > 0), opposite + (twin * cell.amount.value < 0)
        if same + opposite >= 2 and same != opposite:
            as_other = other.expense_sign
            return as_other if same > opposite else ("-" if as_other == "+" else "+")
    return ""


def _expense_sign_by_majority(item: Draft) -> str:
    """Nine of ten figures positive: expenses are positive. All negative says nothing: it may be income."""
    values = [
        cell.amount.value
        for (_, index), cell in item.cells.items()
        for c in item.columns
        if c.index == index and c.measure in LEVELS and c.dimension == KR and cell.amount.value
    ]
    return "+" if len(values) >= 4 and 10 * sum(v > 0 for v in values) >= 9 * len(values) else ""
