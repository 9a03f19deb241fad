"""What do the rows of long tables hold, cell by cell, and where does each cell stand?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from checker.amounts.units import KRONE, looks_like_figure, split_unit
from checker.model.document import Cell, Place
from checker.model.submission import THIS, Claim, NotRead, Remark
from checker.recognise.longheader import LongTable, cells_at
from checker.recognise.places import of_cell
from checker.yamlsource import nearest

DECIMALS = ("value", "unit", "exact", "exact_unit")
"""Columns of decimal numbers."""

_SHOWN = 25
"""So many cells of one column and check are shown with their row; the rest only with their place."""
_LENGTH = 60
_GUARDED = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Violation:
    """One cell that breaks the contract: which check, and what was found. `row` is None for a whole table."""

    table: LongTable
    row: int | None
    column: str
    check: str
    found: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for all rows of a file: a prefix of ids, its role, and whose the rows are that do not say it."""

    prefix: str = ""
    role: str = THIS
    entity: str = ""


@dataclass(slots=True)
class Rows:
    """All rows of all long tables, column by column; a blank cell is None.

    `at` is the table of a row and its index there. `shown` keeps the cells of a sheet that show their number in
    another way than it is (rounded, in thousands, with 'kr.'). `open` holds what stands in columns that the
    contract does not know.
    """

    file: str
    tables: Sequence[LongTable]
    defaults: Defaults = Defaults()
    at: list[tuple[LongTable, int]] = field(default_factory=list)
    cells: dict[str, list[str | None]] = field(default_factory=dict)
    shown: dict[tuple[int, str], Cell] = field(default_factory=dict)
    open: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    violations: dict[tuple[int, int, str], Violation] = field(default_factory=dict)

    def get(self, row: int, column: str) -> str | None:
        """The text of a cell, None where it is blank or no table has the column."""
        column_cells = self.cells.get(column)
        return column_cells[row] if column_cells else None

    def violate(self, row: int, column: str, check: str, found: str) -> None:
        """Note the first thing that is wrong with a cell."""
        table, index = self.at[row]
        self.violations.setdefault((table.number, index, column), Violation(table, row, column, check, found))

    def entity(self, row: int) -> str:
        """Whose the figure is."""
        return self.get(row, "entity") or self.defaults.entity

    def role(self, row: int) -> str:
        """Which submission the figure is of."""
        return (self.get(row, "submission") or THIS) if self.defaults.role == THIS else self.defaults.role

    def is_bad(self, row: int, column: str) -> bool:
        """Whether something is wrong with a cell."""
        if not self.violations:
            return False
        table, index = self.at[row]
        return (table.number, index, column) in self.violations

    def place(self, row: int, column: str | None = None, snippet: str | None = None) -> Place:
        """The place of a row, or of its cell in a column."""
        table, index = self.at[row]
        return place(self.file, table, index, table.position(column) if column else None, snippet)

    def text(self, row: int) -> str:
        """The whole row as it stands."""
        table, index = self.at[row]
        return " ".join(c.text.strip() for c in table.table.rows[index].cells if c.text.strip())


def place(file: str, table: LongTable, index: int, position: int | None = None, snippet: str | None = None) -> Place:
    """The place of a row or cell of a long table: sheet and address, or line and column."""
    row = table.table.rows[index]
    cell = cells_at(row, table.table).get(position) if position is not None else None
    sheet = table.table.sheet
    column = position if sheet is not None else cell.column if cell else None
    return of_cell(file, sheet, row.line, column, table.number, index + 1, snippet, table.table.flow, row.page)


def read_rows(file: str, tables: Sequence[LongTable], defaults: Defaults = Defaults()) -> Rows:
    """The rows under the headings of every table; rows without any text are skipped."""
    names = dict.fromkeys(name for table in tables for name in table.header.columns)
    rows = Rows(file, tables, defaults, cells={name: [] for name in names})
    for table in tables:
        header, number_of = table.header, {name: table.header.columns.get(name) for name in names}
        for index in range(header.row + 1, len(table.table.rows)):
            found = cells_at(table.table.rows[index], table.table)
            if not any(cell.text.strip() for cell in found.values()):
                continue
            rows.at.append((table, index))
            for name, position in number_of.items():
                cell = found.get(position) if position is not None else None
                text = _text(cell)
                if cell and name in DECIMALS and table.table.separator == "sheet":
                    number = _number_in_sheet(cell)
                    if cell.scale != 1 or number != text:
                        rows.shown[len(rows.at) - 1, name] = cell
                    text = number
                rows.cells[name].append(text)
            rows.open.append(tuple((header.headings[p], t) for p in header.others if (t := _text(found.get(p)))))
            _beyond(rows, found)
    return rows


def _number_in_sheet(cell: Cell) -> str | None:
    """The number a cell of a sheet holds, not how its format shows it ('1.234 kr.')."""
    if cell.stored is not None:
        return cell.stored
    digits, unit, _ = split_unit(cell.text)
    return digits if unit == KRONE else _text(cell)


def _text(cell: Cell | None) -> str | None:
    """A cell's text; the apostrophe that keeps a spreadsheet from taking it for a formula is no part of it."""
    text = cell.text.strip() if cell else ""
    if text.startswith("'") and text.lstrip("'").startswith(_GUARDED):
        text = text[1:]
    return text or None


def _beyond(rows: Rows, found: dict[int, Cell]) -> None:
    """Cells under no heading: the row may have slipped."""
    header = rows.at[-1][0].header
    for position, cell in found.items():
        if position not in header.headings and (text := cell.text.strip()):
            rows.violate(len(rows.at) - 1, str(position), "beyond", shortened(text))


def shortened(text: str) -> str:
    """As much of a text as a message has room for."""
    return text if len(text) <= _LENGTH else text[:_LENGTH] + "…"


class Hints:
    """What the writer of an unknown word may have meant; only for the first few words, since a search is slow."""

    def __init__(self) -> None:
        self._said: dict[str, str] = {}

    def of(self, word: str, known: Iterable[str]) -> str:
        """The word, with the nearest known one: 'regnskap (regnskab?)'."""
        if word not in self._said:
            hint = nearest(word, known) if len(self._said) < _SHOWN else None
            told = hint is not None and hint != word
            self._said[word] = f"{shortened(word)} ({shortened(hint or '')}?)" if told else shortened(word)
        return self._said[word]


def header_violations(tables: Iterable[LongTable]) -> list[Violation]:
    """Required columns that are missing, and headings that stand twice."""
    found = []
    for table in tables:
        header = table.header
        found += [Violation(table, None, name, "column", name) for name in header.missing]
        found += [Violation(table, None, header.headings[p], "twice", header.headings[p]) for p in header.twice]
    return found


def claims(rows: Rows, statement_of: Sequence[str]) -> list[Claim]:
    """One claim per table that says it is long form, and one per cell that breaks the contract."""
    shown: dict[tuple[int, str, str], int] = {}
    said = []
    for table in rows.tables:
        own = [v for v in rows.violations.values() if v.table is table]
        heading = place(rows.file, table, table.header.row)
        said.append(Claim("long_form", "", "", str(len(table.table.rows) - table.header.row - 1), heading))
        for each in sorted([*header_violations([table]), *own], key=_as_they_stand):
            key = (table.number, each.column, each.check)
            shown[key] = shown.get(key, 0) + 1
            said.append(_claim(rows, each, statement_of, with_row=shown[key] <= _SHOWN))
    return said


def _as_they_stand(each: Violation) -> tuple[int, int]:
    return (-1 if each.row is None else each.row, each.table.position(each.column) or 0)


def _claim(rows: Rows, each: Violation, statement_of: Sequence[str], with_row: bool) -> Claim:
    headings, columns = each.table.header.headings, each.table.header.columns
    about = headings[columns[each.column]] if each.column in columns else each.column
    value = f"{each.check}: {each.found}"
    if each.row is None:
        index = each.table.header.row
        text = " ".join(headings.values()) if with_row else None
        return Claim("long_form", "", about, value, place(rows.file, each.table, index, snippet=text))
    where = rows.place(each.row, each.column, rows.text(each.row) if with_row else None)
    return Claim("long_form", statement_of[each.row], about, value, where)


def above_headings(rows: Rows) -> list[NotRead]:
    """What stands over the heading row of a long table."""
    return [
        NotRead("unread.above_header", cell.text.strip(), place(rows.file, table, index), looks_like_figure(cell.text))
        for table in rows.tables
        for index in range(table.header.row)
        for cell in table.table.rows[index].cells
        if cell.text.strip()
    ]


def remarks(rows: Rows) -> list[Remark]:
    """That the tables were read as long form, and which of their columns are not used."""
    said = []
    for table in rows.tables:
        heading = place(rows.file, table, table.header.row)
        said.append(Remark("reading.long_form", (), heading))
        if table.header.others:
            names = ", ".join(table.header.headings[p] for p in table.header.others)
            said.append(Remark("reading.open_dimensions", (("columns", names),), heading))
    return said
