"""An extract of the accounting system -> facts of the printed lines: rows mapped and added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from checker.amounts.units import KRONE
from checker.model.submission import EXTRACT, KR, Claim, Column, Extract, Fact
from checker.recognise.assemble import assemble
from checker.recognise.draft import Draft
from checker.recognise.grid import is_number_cell
from checker.recognise.lines import names_agree
from checker.recognise.rows import RowInfo, number_key
from checker.recognise.words import fold, plain, words

LineKey = tuple[str, str | None, str]
"""Entity, scope and key of a printed line."""
_DRANST = {"1": "drift", "2": "drift", "3": "anlaeg"}


@dataclass(slots=True)
class Sums:
    """What the rows of one line add up to, per column; the first row's place stands for all.

    `unread` are the columns in which a row has something that is no amount; `unit` is the coarsest of the rows.
    """

    values: dict[int, int] = field(default_factory=dict)
    unread: set[int] = field(default_factory=set)
    row: int = 0
    count: int = 0
    unit: int = 0

    def known(self, column: Column) -> bool:
        """Whether the sum of the column is known: every row read, and not several rows in 1.000 kr. or more."""
        exact = self.count == 1 or self.unit <= KRONE
        return exact and column.index in self.values and column.index not in self.unread


def reconcile(item: Draft, printed: Sequence[Draft], mapped: Extract) -> tuple[list[Fact], list[Claim]]:
    """Facts of the extract per printed line, and a claim for every row that belongs to no printed line.

    Rows that are sums of others are left out. A column headed 'dranst' tells drift (1, 2) from anlæg (3). What is
    booked in kroner is exact; the sum of rows in 1.000 kr. is not, and makes no fact. A column whose signs nothing
    in the extract decides is turned where more lines then agree with the printed ones.
    """
    sums: dict[LineKey, Sums] = {}
    claims: list[Claim] = []
    wholes = {w.row for w in item.wholes}
    columns = [c for c in item.columns if c.dimension == KR and not c.empty and not _is_dranst(item, c.index)]
    for row in item.rows:
        stated = [c for c in columns if plain(item.grid.body[row.index].cells[c.index])]
        if not stated or row.index in wholes or row.role == "total":
            continue
        key = _line(item, row, printed, mapped)
        if key is None:
            place = item.place(item.grid.body[row.index])
            claims.append(Claim("unmapped", item.id, row.label, f"{row.number or ''} {row.name}".strip(), place))
            continue
        _add(item, row, stated, sums.setdefault(key, Sums(row=row.index)))
    if rounded := sum(mine.count > 1 and mine.unit > KRONE for mine in sums.values()):
        item.remark("reading.extract_rounded", n=str(rounded))
    stated_facts = assemble([item])[1]
    names = {(d.entity, d.scopes[i], d.keys[i]): r for d in printed for i, r in enumerate(d.rows)}
    facts = [
        _fact(item, stated_facts, column, key, mine, names)
        for column in (_turned(c, sums, printed) for c in columns)
        for key, mine in sums.items()
        if mine.known(column)
    ]
    return facts, claims


def _add(item: Draft, row: RowInfo, stated: Sequence[Column], mine: Sums) -> None:
    mine.count += 1
    for column in stated:
        cell = item.cells.get((row.index, column.index))
        if cell is None:
            mine.unread.add(column.index)
            continue
        mine.values[column.index] = mine.values.get(column.index, 0) + cell.amount.value
        mine.unit = max(mine.unit, cell.amount.unit)


def _turned(column: Column, sums: Mapping[LineKey, Sums], printed: Sequence[Draft]) -> Column:
    """The column with the signs that two lines or more, and more than the other way round, agree with."""
    if column.orientation_why != "as_printed":
        return column
    same = opposite = 0
    for item in printed:
        for theirs in item.columns:
            if (theirs.measure, theirs.year, theirs.basis) != (column.measure, column.year, column.basis):
                continue
            for row in range(len(item.rows)):
                mine = sums.get((item.entity, item.scopes[row], item.keys[row]))
                cell = item.cells.get((row, theirs.index))
                if cell and mine and mine.known(column):
                    value, unit = theirs.orientation * cell.amount.value, cell.amount.unit + mine.unit
                    own = column.orientation * mine.values[column.index]
                    same, opposite = same + (2 * abs(value - own) <= unit), opposite + (2 * abs(value + own) <= unit)
    return replace(column, orientation=-column.orientation) if opposite >= 2 and opposite > same else column


def _fact(
    item: Draft,
    stated: Sequence[Fact],
    column: Column,
    key: LineKey,
    mine: Sums,
    names: Mapping[LineKey, RowInfo],
) -> Fact:
    """The sum as one fact of the printed line."""
    about = (column.measure, column.year, column.basis)
    first = next(f for f in stated if (f.measure, f.year, f.basis) == about)
    cell = item.cells.get((mine.row, column.index))
    info, (entity, scope, line) = names[key], key
    return replace(
        first,
        fact_id=f"{item.id}.{entity}.{scope or ''}.{line}.{column.index + 1}",
        entity=entity,
        scope=scope,
        line=line,
        label=info.label or info.name,
        number=info.number,
        value=column.orientation * mine.values[column.index],
        unit=0 if mine.unit <= KRONE else mine.unit,
        exact=None,
        as_printed=cell.printed if cell and mine.count == 1 else "",
        orientation=column.orientation,
        place=cell.place if cell else first.place,
        submission=EXTRACT,
        remarks=(),
    )


def _line(item: Draft, row: RowInfo, printed: Sequence[Draft], mapped: Extract) -> LineKey | None:
    """The printed line a row belongs to: by the mapping of regnskab.yaml, else by number and name.

    None where there is none, and where the lines of two entities are as good.
    """
    scope = _scope(item, row)
    for line, patterns in mapped.lines:
        if any(_meets(pattern, row, item) for pattern in patterns):
            return _only(_named(line, scope, other) for other in printed)
    if mapped.lines:
        return None
    return _only(_alike(row, scope, other) for other in printed)


def _only(found: Iterable[LineKey | None]) -> LineKey | None:
    """The first line found, if all are of one entity."""
    lines = [line for line in found if line]
    return lines[0] if len({line[0] for line in lines}) == 1 else None


def _alike(row: RowInfo, scope: str | None, other: Draft) -> LineKey | None:
    for i, theirs in enumerate(other.rows):
        if not theirs.filled or not (scope is None or other.scopes[i] in (scope, None)):
            continue
        numbers = row.number is not None and row.number == theirs.number
        alike = names_agree(row.words, theirs.words) if numbers else fold(row.name) == fold(theirs.name) != ""
        if alike and (numbers or not (row.number and theirs.number)):
            return other.entity, other.scopes[i], other.keys[i]
    return None


def _scope(item: Draft, row: RowInfo) -> str | None:
    """What a column 'dranst' says: drift, anlæg or, for refinancing and the like, a scope that no printed line has."""
    for index in (*item.grid.texts, *item.grid.amounts, *item.grid.labels):
        if _is_dranst(item, index):
            code = plain(item.grid.body[row.index].cells[index])
            return _DRANST.get(code, code or None)
    return item.scopes[row.index]


def _is_dranst(item: Draft, index: int) -> bool:
    return any("dranst" in words(level[index]) for level in item.grid.header)


def _meets(pattern: str, row: RowInfo, item: Draft) -> bool:
    """Whether a pattern of the mapping takes the row: its number, its name, or any cell of it that is no amount."""
    body, grid = item.grid.body[row.index].cells, item.grid
    said = [row.number or "", row.label, row.name, *(plain(body[i]) for i in (*grid.labels, *grid.texts))]
    if pattern.endswith("*"):
        start = pattern[:-1].lower()
        return any(s.lower().startswith(start) for s in said if s)
    return any(fold(s) == fold(pattern) for s in said if s)


def _named(line: str, scope: str | None, other: Draft) -> LineKey | None:
    number = number_key(line) if is_number_cell(line) else None
    for i, row in enumerate(other.rows):
        named = row.number == number if number else fold(line) in (fold(row.name), other.keys[i])
        if row.filled and named and (scope is None or other.scopes[i] in (scope, None)):
            return other.entity, other.scopes[i], other.keys[i]
    return None
