"""One table on its way to a statement: its cells read as amounts, its rows named, its notes collected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from checker.amounts.numbers import column_style, is_ambiguous, is_zero_dash
from checker.amounts.units import Amount, declared_unit, is_unit_phrase, read_amount, split_unit, stored_value
from checker.model.document import Document, Paragraph, Place, Table
from checker.model.submission import KR, THIS, Column, NotRead, Remark
from checker.recognise.furniture import Chunked
from checker.recognise.grid import BodyRow, Grid, build, is_amount
from checker.recognise.headers import Context, columns, dimension_of
from checker.recognise.notes import is_note, stands_above
from checker.recognise.places import of_cell
from checker.recognise.prose import amounts_in
from checker.recognise.rows import RowInfo, row_infos
from checker.recognise.structure import Whole
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import fold, plain, words


@dataclass(frozen=True, slots=True)
class Common:
    """What the document says before its first table, for tables that do not say it: year and unit (øre)."""

    year: int | None
    unit_kr: int | None


@dataclass(slots=True)
class DraftCell:
    """One figure: the amount, the text as printed and its place."""

    amount: Amount
    printed: str
    place: Place
    exact: tuple[int, int] | None = None  # the value stored behind the shown one and its unit, in steps


@dataclass(slots=True)
class Draft:
    """A table while it is being recognised; `scopes`, `keys` and `roles` have one entry per body row."""

    id: str
    file: str
    number: int
    title: str
    intro: str
    notes: list[Paragraph]
    grid: Grid
    columns: list[Column]
    rows: list[RowInfo]
    cells: dict[tuple[int, int], DraftCell]
    layout: str = "generic"
    scopes: list[str | None] = field(default_factory=list)
    scope: str | None = None
    keys: list[str] = field(default_factory=list)
    wholes: list[Whole] = field(default_factory=list)
    root: int | None = None
    remarks: list[Remark] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    selected: bool = False
    expense_sign: str = ""  # '+', '-' or '' by the figures: which sign an expense has as printed
    price_years: dict[tuple[str, int], int] = field(default_factory=dict)  # (measure, year) -> what a note says
    entity: str = ""
    role: str = THIS
    chunk: Chunked | None = None

    @property
    def sheet(self) -> str | None:
        """The sheet of a workbook the table stands on."""
        return self.chunk.table.sheet if self.chunk else None

    def place(self, row: BodyRow | None = None, column: int | None = None) -> Place:
        """The place of the table, a row or a cell."""
        flow, page = self.grid.flow, self.grid.page
        if row is None:
            return of_cell(self.file, self.sheet, self.grid.first_line, table=self.number, flow=flow, page=page)
        at = row.columns[column] if column is not None else None
        return of_cell(self.file, self.sheet, row.line, at, self.number, row.number, row.snippet, flow, row.page)

    def remark(self, key: str, place: Place | None = None, **args: str) -> None:
        """Say something the reader did or assumed."""
        self.remarks.append(Remark(key, tuple(sorted(args.items())), place or self.place()))

    def values(self, row: int) -> list[tuple[int, int] | None]:
        """The printed value and unit of a row per amount column, for structure by arithmetic."""
        return [
            (c.amount.value, c.amount.unit) if (c := self.cells.get((row, col.index))) else None
            for col in self.columns
            if col.dimension == KR and not col.empty
        ]


def draft(
    number: int, file: str, chunk: Chunked, skip: frozenset[str], common: Common, vocab: Vocabulary
) -> Draft | None:
    """Read one table; None where it holds no figures."""
    grid = build(chunk.table, vocab)
    if grid is None:
        return None
    before = [p for p in chunk.before if fold(p.text) not in skip] or chunk.before
    notes = _notes_after(chunk, skip, vocab)
    title, intro, above = _title(before, grid, vocab)
    trailing = _note_rows(grid, vocab)
    notes = [*above, *trailing, *notes]
    repeated = [p.text for p in reversed(chunk.before) if fold(p.text) in skip]  # 'i 1.000 kr.' over every table
    texts = (*(n.text for n in notes), intro, *repeated)
    unit = declared_unit(title) or next((u for t in texts if (u := _unit_of(t))), None)
    if unit is None:
        unit = common.unit_kr
    years = set(_years(words(title)))
    context = Context(title, unit, years.pop() if len(years) == 1 else common.year)
    result = Draft(
        f"T{number}",
        file,
        number,
        title,
        intro,
        notes,
        grid,
        list(columns(grid, context, vocab)),
        row_infos(grid, vocab),
        {},
        chunk=chunk,
    )
    for line in chunk.joined_at:
        page = next((row.page for row in chunk.table.rows if row.line == line), None)
        place = of_cell(file, result.sheet, line, table=number, flow=chunk.table.flow, page=page)
        result.remark("reading.joined", place)
    return result


def _years(found: Sequence[str]) -> Iterator[int]:
    """The years of a title; 'Overførsler til 2024' is a table of 2023."""
    carried = any(w.startswith(("overfør", "genbevil")) for w in found)
    for at, word in enumerate(found):
        if word.isdigit() and 1990 <= int(word) <= 2100:
            yield int(word) - (carried and found[at - 1 : at] == ("til",))


def _unit_of(text: str) -> int | None:
    """A unit declared in a note or standing alone; an amount in running text ('på 3,4 mio. kr.') declares none."""
    if is_unit_phrase(text):
        return declared_unit(text)
    return None if amounts_in(text) else declared_unit(text)


def common_unit(document: Document, vocab: Vocabulary) -> int | None:
    """The unit a note declares before the first table for the whole document; None where there is none, or two."""
    units = set()
    for block in document.blocks:
        if isinstance(block, Table):
            break
        if is_note(block.text, vocab) and (unit := _unit_of(block.text)) is not None:
            units.add(unit)
    return units.pop() if len(units) == 1 else None


def _title(before: Sequence[Paragraph], grid: Grid, vocab: Vocabulary) -> tuple[str, str, list[Paragraph]]:
    """The heading over a table, the sentence that introduces it, and notes that stand above it."""
    above: list[Paragraph] = []
    rest = list(before)
    while len(rest) > 1 and stands_above(rest[-1].text, vocab):
        above.insert(0, rest.pop())
    if grid.title_rows:
        return " ".join(grid.title_rows), rest[-1].text if rest else "", above
    if not rest:
        return "", "", above
    last = rest[-1]
    if len(last.text) <= 120 and not last.text.rstrip().endswith("."):
        return plain(last.text), "", above
    heading = next(
        (p for p in reversed(rest[-3:-1]) if len(p.text) <= 120 and not p.text.rstrip().endswith((".", ":"))), None
    )
    return (plain(heading.text) if heading else plain(last.text)[:120]), plain(last.text), above


def _notes_after(chunk: Chunked, skip: frozenset[str], vocab: Vocabulary) -> list[Paragraph]:
    """The notes directly under a table; the first paragraph that is none ends them."""
    result: list[Paragraph] = []
    for paragraph in chunk.after:
        if fold(paragraph.text) in skip:
            continue
        caption = not result and words(paragraph.text)[:1] == ("tabel",)
        if not caption and not is_note(paragraph.text, vocab):
            break
        result.append(paragraph)
    return result


def _note_rows(grid: Grid, vocab: Vocabulary) -> list[Paragraph]:
    """Notes that stand as the last rows of the table itself."""
    notes: list[Paragraph] = []
    while grid.body:
        row = grid.body[-1]
        filled = [plain(c) for c in row.cells if plain(c)]
        if len(filled) != 1 or not is_note(filled[0], vocab):
            break
        notes.insert(0, Paragraph(filled[0], row.line, 0, grid.sheet, flow=grid.flow, page=row.page))
        grid.body.pop()
    return notes


def read_cells(drafts: Sequence[Draft]) -> None:
    """Read every amount cell, each column in the number style that its cells, table or document decide."""
    styles: dict[tuple[str, int], str | None] = {}
    for item in drafts:
        for column in item.columns:
            styles[item.id, column.index] = column_style(_digits(item, column.index))
    known = {s for s in styles.values() if s}
    common = known.pop() if len(known) == 1 else None
    for item in drafts:
        in_table = {s for c in item.columns if (s := styles[item.id, c.index])}
        table_style = in_table.pop() if len(in_table) == 1 else None
        for at, column in enumerate(item.columns):
            texts = _digits(item, column.index)
            style = styles[item.id, column.index] or table_style or common
            if (
                style is None
                and any(is_ambiguous(t) for t in texts)
                and column.unit_kr is None
                and column.dimension == KR
            ):
                item.remark("reading.style_assumed", column=column.header or str(column.index + 1))
            raw = [row.cells[column.index] for row in item.grid.body if plain(row.cells[column.index])]
            item.columns[at] = replace(column, dimension=dimension_of(column, raw))
            _read_column(item, item.columns[at], style)
        _unread_texts(item)


def _digits(item: Draft, index: int) -> list[str]:
    return [split_unit(plain(row.cells[index]))[0] for row in item.grid.body if plain(row.cells[index])]


def _read_column(item: Draft, column: Column, style: str | None) -> None:
    in_cells = {split_unit(plain(row.cells[column.index]))[1] for row in item.grid.body} - {None}
    of_cells = next(iter(in_cells)) if len(in_cells) == 1 else None
    for at, row in enumerate(item.grid.body):
        text = plain(row.cells[column.index])
        if not text or item.rows[at].role == "note":
            continue
        place = item.place(row, column.index)
        if row.state == "unreadable":
            item.not_read.append(NotRead("unread.ragged", text, place))
            continue
        unit = column.unit_kr
        if unit is None and isinstance(of_cells, int) and is_zero_dash(text):
            unit = of_cells  # a dash among '1.234 t.kr.' is zero t.kr.
        amount = read_amount(text, unit, column.dimension, style)
        if amount is None:
            digits = any(ch.isdigit() for ch in text)
            reason = "unread.other_style" if is_amount(text) else "unread.not_a_number"
            item.not_read.append(NotRead(reason, text, place, digits))
            continue
        exact = stored_value(text, row.stored[column.index], unit, amount) if column.index in row.stored else None
        item.cells[at, column.index] = DraftCell(amount, row.cells[column.index].strip(), place, exact)
    _round_dashes(item, column)


def _round_dashes(item: Draft, column: Column) -> None:
    """A dash is a zero that was rounded as the other figures of its column were: '-' among '3,4' is '0,0'."""
    own = [cell for (_, index), cell in item.cells.items() if index == column.index]
    dashes = [cell for cell in own if is_zero_dash(plain(cell.printed))]
    units = [c.amount.unit for c in own if c not in dashes and c.amount.unit and c.amount.unit_stated]
    for cell in dashes:
        if units and cell.amount.unit_stated and cell.amount.dimension == KR:
            cell.amount = replace(cell.amount, unit=min(cell.amount.unit, *units))


def drop_dashes(item: Draft) -> None:
    """A dash in the row of a total whose parts are not nothing says that they are not added up: no figure."""
    for whole in item.wholes:
        for column in item.columns:
            cell = item.cells.get((whole.row, column.index))
            parts = [item.cells[p, column.index].amount.value for p in whole.parts if (p, column.index) in item.cells]
            if cell is not None and is_zero_dash(plain(cell.printed)) and sum(parts) != 0:
                item.remark("reading.dash_in_total", cell.place)
                del item.cells[whole.row, column.index]


def _unread_texts(item: Draft) -> None:
    """Figures that stand in columns of text, and rows moved into place."""
    for row in item.grid.body:
        item.not_read += [NotRead("unread.ragged", plain(t), item.place(row), is_amount(t)) for t in row.beyond]
        for index in item.grid.texts:
            if is_amount(row.cells[index]):
                item.not_read.append(NotRead("unread.text_column", plain(row.cells[index]), item.place(row, index)))
        if row.state == "realigned":
            item.remark("reading.realigned", item.place(row))
        elif row.state == "unreadable":
            item.remark("reading.ragged", item.place(row))
