"""What do long tables (one fact per row) state, and which of their cells break the contract of facts.schema.yaml?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from checker.model.document import Document, Table
from checker.model.submission import THIS, Claim, Fact, NotRead, Parts, Remark, Statement
from checker.recognise.longfacts import check_rows, make
from checker.recognise.longheader import LongTable, contract, is_long, split
from checker.recognise.longnumbers import read_numbers
from checker.recognise.longrows import Hints, Rows, above_headings, claims, read_rows, remarks, shortened

__all__ = ["LongForm", "is_long", "read_long", "take_all", "take_long"]

_CHECKS = {"not_nullable": "missing", "isin": "unknown", "str_matches": "form", "field_uniqueness": "duplicate"}
"""What pandera calls a check -> what the contract calls it."""


@dataclass(frozen=True, slots=True)
class LongForm:
    """What the long tables of a document state, in the terms of a Submission.

    `facts`, `statements` and `structure` are of the submission itself; `others` and `other_statements` those of
    rows that say they are last year's or an extract's.
    """

    facts: tuple[Fact, ...] = ()
    statements: tuple[Statement, ...] = ()
    structure: tuple[Parts, ...] = ()
    claims: tuple[Claim, ...] = ()
    remarks: tuple[Remark, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    others: tuple[Fact, ...] = ()
    other_statements: tuple[Statement, ...] = ()
    entities: tuple[str, ...] = ()


def take_all(documents: Iterable[tuple[Document, str]]) -> tuple[list[tuple[Document, str]], LongForm]:
    """The documents without their long tables, and what these state together; that of other roles is in `others`."""
    rest: list[tuple[Document, str]] = []
    every: list[LongForm] = []
    for document, role in documents:
        left, long = take_long(document)
        rest.append((left, role))
        every.append(long if role == THIS else _of_role(long, role))
    named = {f.name: tuple(x for long in every for x in getattr(long, f.name)) for f in fields(LongForm)}
    return rest, LongForm(**named)


def _of_role(long: LongForm, role: str) -> LongForm:
    """Facts of last year's submission or of an extract, which are of no statement of this one."""
    facts = tuple(replace(f, submission=role) for f in (*long.facts, *long.others))
    return LongForm(
        remarks=long.remarks,
        not_read=tuple(replace(n, is_amount=False) for n in long.not_read),
        others=facts,
        other_statements=(*long.statements, *long.other_statements),
    )


def take_long(document: Document) -> tuple[Document, LongForm]:
    """The document without its long tables, and what these state. Without one the document comes back as it is."""
    rest, tables = split(document)
    if not tables:
        return document, LongForm()
    return rest, read_long(document, tables, mixed=any(isinstance(block, Table) for block in rest.blocks))


def read_long(document: Document, tables: Sequence[LongTable], mixed: bool = False) -> LongForm:
    """Facts, statements and structure of the rows that hold; a claim for every cell that breaks the contract.

    All long tables of a document are one list of facts: rows of two sheets with the same statement are one
    statement. `mixed` says that the document has other tables too; then ids get 'L.' in front.
    """
    rows = read_rows(document.file, tables)
    for row, column, check, found in _failures(rows):
        rows.violate(row, column, check, found)
    numbers, assumed = read_numbers(rows)
    made = make(rows, numbers, check_rows(rows, numbers), mixed)
    own = {f.statement for f in made.facts if f.submission == THIS}
    return LongForm(
        facts=tuple(f for f in made.facts if f.submission == THIS),
        statements=tuple(s for s in made.statements if s.id in own),
        structure=tuple(p for p in made.parts if p.statement in own),
        claims=tuple(claims(rows, made.statement_of)),
        remarks=(*remarks(rows), *assumed),
        not_read=(*above_headings(rows), *made.not_read),
        others=tuple(f for f in made.facts if f.submission != THIS),
        other_statements=tuple(s for s in made.statements if s.id not in own),
        entities=tuple(dict.fromkeys(f.entity for f in made.facts if f.entity and f.submission == THIS)),
    )


def _failures(rows: Rows) -> Iterator[tuple[int, str, str, str]]:
    """What pandera finds, as row, column, check and found text.

    Its list has one case per cell and check, and both of two equal ids, of which the upper one stands. A table
    that lacks a column is left to its heading; blank cells then stand for it.
    """
    import pandas
    from pandera.errors import SchemaErrors

    from checker.schemas import facts_schema

    if not rows.at:
        return
    frame = pandas.DataFrame(rows.cells, dtype="string")
    schema = facts_schema().remove_columns([name for name in contract().required if name not in rows.cells])
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        hints = Hints()
        first = {text: row for row, text in reversed(list(enumerate(rows.cells.get("fact_id", ()))))}
        for index, column, check in zip(cases["index"], cases["column"], cases["check"], strict=True):
            row, name, kind = int(index), str(column), _CHECKS[str(check).partition("(")[0]]
            text = rows.cells[name][row] or ""
            if kind == "missing" and name in rows.at[row][0].header.missing:
                continue
            if kind == "duplicate" and first[text] == row:
                continue
            known = contract().choices.get(name, ())
            found = "–" if kind == "missing" else hints.of(text, known) if kind == "unknown" else shortened(text)
            yield row, name, kind, found
