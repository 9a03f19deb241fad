"""Drafts -> statements, facts, claims and structure of the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.model.document import Paragraph, Place
from checker.model.submission import KR, Claim, Column, Fact, Line, Parts, Statement
from checker.recognise.draft import Draft
from checker.recognise.lines import TOTAL_KEY
from checker.recognise.notes import claims, footnote_mark, named_years
from checker.recognise.places import of_paragraph
from checker.recognise.structure import Values, Whole, adds_up
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import plain

_MARK = re.compile(r"(?:(?<=\S)(\*+)|\s(\d|[a-z])\)|([¹²³⁴-⁹]))$", re.IGNORECASE)


def assemble(drafts: Sequence[Draft]) -> tuple[tuple[Statement, ...], tuple[Fact, ...], tuple[Parts, ...]]:
    """The statements with their facts and part/whole groups, in document order."""
    _name_totals(drafts)
    statements = tuple(_statement(d) for d in drafts)
    facts = tuple(f for d in drafts for f in _facts(d))
    parts = tuple(p for d in drafts for p in _parts(d))
    return statements, facts, parts


def _name_totals(drafts: Sequence[Draft]) -> None:
    """The first table's total in each scope gets the plain key; totals joined with it keep sharing it."""
    taken: set[tuple[str, str | None]] = set()
    for item in drafts:
        if item.root is None or (item.entity, item.scopes[item.root]) in taken:
            continue
        scope, old = item.scopes[item.root], item.keys[item.root]
        taken.add((item.entity, scope))
        for other in drafts:
            if other.entity != item.entity:
                continue
            other.keys = [
                TOTAL_KEY if k == old and s == scope else k for k, s in zip(other.keys, other.scopes, strict=True)
            ]


def _statement(item: Draft) -> Statement:
    whole_rows = {w.row for w in item.wholes}
    without_figures = [(i, " ".join(h[i] for h in item.grid.header if h[i])) for i in item.grid.texts + item.grid.empty]
    headings = sorted((index, heading) for index, heading in without_figures if heading)
    lines = tuple(
        Line(
            item.keys[at],
            row.label or row.name,
            row.number,
            "total" if at == item.root else "subtotal" if row.role == "total" and at in whole_rows else row.role,
            item.scopes[at],
            tuple((heading, plain(item.grid.body[at].cells[index])) for index, heading in headings),
        )
        for at, row in enumerate(item.rows)
    )
    years = tuple(sorted({c.year for c in item.columns if c.year}))
    return Statement(
        item.id,
        _shortened(item.title),
        item.layout,
        item.expense_sign,
        item.place(),
        item.scope,
        tuple(item.columns),
        lines,
        years,
        item.entity,
    )


def _shortened(title: str, most: int = 60) -> str:
    """A title of one line: where a heading and a sentence ran together, as much as a heading would be."""
    return title if len(title) <= most else title[: title.rfind(" ", 0, most)].rstrip(" ,;:-–") + "…"


def _facts(item: Draft) -> Iterator[Fact]:
    columns = {c.index: c for c in item.columns}
    for (row, index), cell in sorted(item.cells.items()):
        column, info = columns[index], item.rows[row]
        yield Fact(
            fact_id=f"{item.id}.R{item.grid.body[row].number}.C{index + 1}",
            entity=item.entity,
            scope=item.scopes[row],
            statement=item.id,
            line=item.keys[row],
            label=info.label or info.name,
            number=info.number,
            measure=column.measure,
            year=column.year,
            basis=column.basis,
            value=column.orientation * cell.amount.value,
            unit=cell.amount.unit,
            dimension=cell.amount.dimension,
            unit_known=cell.amount.unit_stated or cell.amount.dimension != KR,
            as_printed=cell.printed,
            orientation=column.orientation,
            place=cell.place,
            as_of=column.as_of if column.measure.startswith("forventet") else None,
            price_year=_price_year(item, column),
            submission=item.role,
            exact=None if cell.exact is None else column.orientation * cell.exact[0],
            exact_unit=cell.exact[1] if cell.exact else 0,
            remarks=cell.amount.remarks,
        )


def _price_year(item: Draft, column: Column) -> int | None:
    return None if column.year is None else item.price_years.get((column.measure, column.year))


def _parts(item: Draft) -> Iterator[Parts]:
    values = [item.values(r) for r in range(len(item.rows))] if item.wholes else []
    known = [_holds_somewhere(w, values) for w in item.wholes]
    for whole, holds in zip(item.wholes, known, strict=True):
        shown = holds or 2 * sum(known) > len(known)
        yield Parts(
            statement=item.id,
            whole=item.keys[whole.row],
            parts=tuple(item.keys[p] for p in whole.parts),
            seen_by=whole.seen_by,
            whole_label=item.rows[whole.row].label,
            without_figures=tuple(whole.headings),
            selected=item.selected and not shown,
            certain=whole.certain,
            scope=item.scopes[whole.row],
            part_scopes=tuple(item.scopes[p] for p in whole.parts),
        )


def _holds_somewhere(whole: Whole, values: Sequence[Values]) -> bool:
    """Whether a listing said to be selected is shown to be complete: some column adds up."""
    return any(adds_up(whole.row, whole.parts, values, c) for c in range(len(values[whole.row])))


def claims_of(item: Draft, vocab: Vocabulary) -> Iterator[Claim]:
    """What the table's notes, title, headings and empty columns claim."""
    known = {c.index: c for c in item.columns}
    for column in item.columns:
        if column.unit_kr is not None and not column.empty:
            yield Claim("unit", item.id, column.header, str(column.unit_kr), item.place())
    for index in sorted(item.grid.empty):
        header = known[index].header if index in known else " ".join(h[index] for h in item.grid.header if h[index])
        if header:
            yield Claim(
                "empty_column", item.id, header, "", item.place(), known[index].year if index in known else None
            )
    for note in item.notes:
        for found in claims(note.text, vocab):
            yield Claim(found.kind, item.id, found.about, found.value, _at(item, note), found.year)
    for found in named_years(item.title, vocab):
        yield Claim(
            "title_year", item.id, found.about, found.value, replace(item.place(), snippet=item.title), found.year
        )
    if item.selected:
        yield Claim("selected", item.id, item.title, "", item.place())
    yield from _marks(item)
    for paragraph in item.chunk.after if item.chunk else ():
        if paragraph not in item.notes and (mark := footnote_mark(paragraph.text)):
            yield Claim("footnote", item.id, mark, plain(paragraph.text), _at(item, paragraph))


def _at(item: Draft, note: Paragraph) -> Place:
    return of_paragraph(item.file, note, item.number)


def _marks(item: Draft) -> Iterator[Claim]:
    """Footnote marks in headings and labels."""
    for row in item.grid.header:
        for text in row:
            if match := _MARK.search(text):
                yield Claim(
                    "footnote_mark",
                    item.id,
                    next(g for g in match.groups() if g),
                    text,
                    replace(item.place(), snippet=text),
                )
    for info, body in zip(item.rows, item.grid.body, strict=True):
        if info.mark:
            yield Claim("footnote_mark", item.id, info.mark, info.label, item.place(body))
