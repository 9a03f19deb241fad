"""Is a table long form (one fact per row), and which of its columns is which?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from checker.model.document import Cell, Document, Paragraph, Row, Table
from checker.recognise.words import fold
from checker.schemas import facts_schema_path
from checker.yamlsource import read_yaml

_LOOK_AT = 10
"""How many rows may stand above the headings."""
_MEANT = 5
"""So many required columns, measure and value among them, and the table is meant as long form."""


@dataclass(frozen=True, slots=True)
class Contract:
    """The columns of long form: folded heading (English name or Danish title) -> column, and code lists."""

    columns: Mapping[str, str]
    required: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]


@cache
def contract() -> Contract:
    """The columns as schemas/facts.schema.yaml declares them, without loading pandera."""
    path = facts_schema_path()
    declared: Mapping[str, Mapping[str, object]] = read_yaml(path).data["columns"]
    names: dict[str, str] = {}
    choices: dict[str, tuple[str, ...]] = {}
    for name, column in declared.items():
        names |= {fold(name): name, fold(str(column["title"])): name}
        checks = column.get("checks")
        if isinstance(checks, dict) and "isin" in checks:
            choices[name] = tuple(checks["isin"]["value"])
    return Contract(names, tuple(n for n, c in declared.items() if c["required"]), choices)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns stand: position of the cell in a row (see `cells_at`) per column of the contract.

    `row` is the index of the heading row; `others` are headings the contract does not know, `twice` those that
    name a column a second time, `missing` the required columns that no heading names.
    """

    row: int
    columns: Mapping[str, int]
    headings: Mapping[int, str]
    others: tuple[int, ...]
    twice: tuple[int, ...]
    missing: tuple[str, ...]


def cells_at(row: Row, table: Table) -> dict[int, Cell]:
    """A row's cells by position: the number of the column in a sheet or CSV file, else their order, from 1."""
    if table.separator in ("csv", "sheet"):
        return {cell.column: cell for cell in row.cells}
    return dict(enumerate(row.cells, start=1))


def header_of(table: Table) -> Header | None:
    """The headings of a table that is, or is meant as, long form; None where it is an ordinary table."""
    for number, row in enumerate(table.rows[:_LOOK_AT]):
        written = {at: cell.text.strip() for at, cell in cells_at(row, table).items() if cell.text.strip()}
        if len(written) < _MEANT:
            continue
        known = contract()
        columns: dict[str, int] = {}
        others: list[int] = []
        twice: list[int] = []
        for at, heading in written.items():
            name = known.columns.get(fold(heading))
            if name is None:
                others.append(at)
            elif name in columns:
                twice.append(at)
            else:
                columns[name] = at
        missing = tuple(n for n in known.required if n not in columns)
        if {"measure", "value"} <= columns.keys() and len(known.required) - len(missing) >= _MEANT:
            return Header(number, columns, written, tuple(others), tuple(twice), missing)
    return None


def is_long(table: Table) -> bool:
    """Whether a heading row names every required column, by English name or Danish title, in any order."""
    header = header_of(table)
    return header is not None and not header.missing


@dataclass(frozen=True, slots=True)
class LongTable:
    """A long table; `number` counts all tables of the document from 1."""

    number: int
    table: Table
    header: Header

    def position(self, column: str) -> int | None:
        """Where a column stands; one that has no heading is called by its number."""
        return int(column) if column.isdigit() else self.header.columns.get(column)


def split(document: Document) -> tuple[Document, list[LongTable]]:
    """The document without its long tables, and these.

    A table without headings goes on the long table right before it if its rows are as wide as the headings.
    """
    found: list[LongTable] = []
    rest: list[Table | Paragraph] = []
    number, last = 0, False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            rest.append(block)
            last = False
            continue
        number += 1
        if header := header_of(block):
            found.append(LongTable(number, block, header))
            last = True
        elif last and _goes_on(found[-1], block):
            joined = replace(found[-1].table, rows=(*found[-1].table.rows, *block.rows))
            found[-1] = replace(found[-1], table=joined)
        else:
            rest.append(block)
            last = False
    return (replace(document, blocks=tuple(rest)) if found else document), found


def _goes_on(before: LongTable, table: Table) -> bool:
    """A blank line in a text ends a table for its reader; the rows behind it are the same table's."""
    own = before.table
    width = len(own.rows[before.header.row].cells)
    alike = (table.separator, table.sheet) == (own.separator, own.sheet)
    return alike and all(len(row.cells) == width for row in table.rows)
