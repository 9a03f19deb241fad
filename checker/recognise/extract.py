"""An extract of the accounting system -> facts of the printed lines: rows mapped and added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from checker.model.submission import EXTRACT, KR, Claim, Column, Extract, Fact
from checker.recognise.assemble import assemble
from checker.recognise.draft import Draft
from checker.recognise.grid import is_number_cell
from checker.recognise.lines import names_agree
from checker.recognise.rows import RowInfo, number_key
from checker.recognise.words import fold, plain, words

LineKey = tuple[str | None, str]
_DRANST = {"1": "drift", "2": "drift", "3": "anlaeg"}


@dataclass(slots=True)
class Sums:
    """What the rows of one line add up to, per column; the first row's place stands for all."""

    values: dict[int, int] = field(default_factory=dict)
    row: int = 0
    count: int = 0


def reconcile(item: Draft, printed: Sequence[Draft], mapped: Extract) -> tuple[list[Fact], list[Claim]]:
    """Facts of the extract per printed line, exact, and a claim for every row that belongs to no printed line.

    Rows that are sums of others are left out. A column headed 'dranst' tells drift (1, 2) from anlæg (3).
    """
    sums: dict[LineKey, Sums] = {}
    claims: list[Claim] = []
    wholes = {w.row for w in item.wholes}
    columns = [c for c in item.columns if c.dimension == KR and not c.empty]
    for row in item.rows:
        held = [c for c in columns if (row.index, c.index) in item.cells]
        if not held or row.index in wholes or row.role == "total":
            continue
        key = _line(item, row, printed, mapped)
        if key is None:
            place = item.place(item.grid.body[row.index])
            claims.append(Claim("unmapped", item.id, row.label, f"{row.number or ''} {row.name}".strip(), place))
            continue
        mine = sums.setdefault(key, Sums(row=row.index))
        mine.count += 1
        for column in held:
            value = item.cells[row.index, column.index].amount.value
            mine.values[column.index] = mine.values.get(column.index, 0) + value
    by_row = {f.fact_id: f for f in assemble([item])[1]}
    names = {(d.scopes[i], d.keys[i]): r for d in printed for i, r in enumerate(d.rows)}
    facts = [
        _fact(item, by_row, column, key, mine, names)
        for key, mine in sums.items()
        for column in columns
        if column.index in mine.values
    ]
    return facts, claims


def _fact(
    item: Draft,
    by_id: Mapping[str, Fact],
    column: Column,
    key: LineKey,
    mine: Sums,
    names: Mapping[LineKey, RowInfo],
) -> Fact:
    """The sum as one exact fact of the printed line."""
    first = next(f for f in by_id.values() if f.measure == column.measure and f.year == column.year)
    cell = item.cells.get((mine.row, column.index))
    info = names[key]
    return replace(
        first,
        fact_id=f"{item.id}.{key[0] or ''}.{key[1]}.{column.index + 1}",
        scope=key[0],
        line=key[1],
        label=info.label or info.name,
        number=info.number,
        value=column.orientation * mine.values[column.index],
        unit=0,
        exact=None,
        as_printed=cell.printed if cell and mine.count == 1 else "",
        place=cell.place if cell else first.place,
        submission=EXTRACT,
        remarks=(),
    )


def _line(item: Draft, row: RowInfo, printed: Sequence[Draft], mapped: Extract) -> LineKey | None:
    """The printed line a row belongs to: by the mapping of regnskab.yaml, else by number and name."""
    scope = _scope(item, row)
    for line, patterns in mapped.lines:
        if any(_meets(pattern, row, item) for pattern in patterns):
            return _named(line, scope, printed)
    if mapped.lines:
        return None
    for other in printed:
        for i, theirs in enumerate(other.rows):
            same_scope = scope is None or other.scopes[i] in (scope, None)
            if not theirs.filled or not same_scope:
                continue
            numbers = row.number is not None and row.number == theirs.number
            alike = names_agree(row.words, theirs.words) if numbers else fold(row.name) == fold(theirs.name) != ""
            if alike and (numbers or not (row.number and theirs.number)):
                return other.scopes[i], other.keys[i]
    return None


def _scope(item: Draft, row: RowInfo) -> str | None:
    for index in (*item.grid.texts, *item.grid.amounts, *item.grid.labels):
        heads = {w for level in item.grid.header for w in words(level[index])}
        if "dranst" in heads:
            return _DRANST.get(plain(item.grid.body[row.index].cells[index]))
    return item.scopes[row.index]


def _meets(pattern: str, row: RowInfo, item: Draft) -> bool:
    """Whether a pattern of the mapping takes the row: its number, its name, or any text cell of it."""
    body = item.grid.body[row.index].cells
    said = [row.number or "", row.label, row.name, *(plain(body[i]) for i in range(item.grid.width))]
    if pattern.endswith("*"):
        start = pattern[:-1].lower()
        return any(s.lower().startswith(start) for s in said if s)
    return any(fold(s) == fold(pattern) for s in said if s)


def _named(line: str, scope: str | None, printed: Sequence[Draft]) -> LineKey | None:
    number = number_key(line) if is_number_cell(line) else None
    for item in printed:
        for i, row in enumerate(item.rows):
            named = row.number == number if number else fold(line) in (fold(row.name), item.keys[i])
            if row.filled and named and (scope is None or item.scopes[i] in (scope, None)):
                return item.scopes[i], item.keys[i]
    return None
