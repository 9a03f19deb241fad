"""What do long tables (one fact per row) state, and which of their cells break the contract of facts.schema.yaml?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checker.model.document import Document, Table
from checker.model.submission import THIS, Claim, Fact, NotRead, Parts, Remark, Statement
from checker.recognise.longfacts import check_rows, make
from checker.recognise.longheader import LongTable, contract, is_long, split
from checker.recognise.longnumbers import read_numbers
from checker.recognise.longrows import Defaults, Hints, Rows, above_headings, claims, read_rows, remarks, shortened

__all__ = ["LongForm", "is_long", "read_long", "take_long"]

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

    @property
    def entities(self) -> tuple[str, ...]:
        """Whose figures of the submission itself these are, in the order of their first statements."""
        return tuple(dict.fromkeys(s.entity for s in self.statements))


def take_long(
    documents: Iterable[tuple[Document, str]], entity: str = ""
) -> tuple[list[tuple[Document, str]], LongForm]:
    """The documents (with their roles) without their long tables, and what all these state.

    A document without a long table comes back as it is. `entity` is whose the rows of a file are that names none.
    Where the submission has other tables or several files of long form, ids get the file's number in front ('L1.').
    """
    parted = [(*split(document), role) for document, role in documents]
    long = [tables for _, tables, _ in parted if tables]
    alone = len(long) == 1 and not any(isinstance(block, Table) for rest, _, _ in parted for block in rest.blocks)
    found: list[LongForm] = []
    for rest, tables, role in parted:
        if tables:
            prefix = "" if alone else f"L{len(found) + 1}."
            found.append(read_long(rest.file, tables, prefix, role, entity))
    return [(rest, role) for rest, _, role in parted], _together(found)


def _together(found: Sequence[LongForm]) -> LongForm:
    return LongForm(
        facts=tuple(f for each in found for f in each.facts),
        statements=tuple(s for each in found for s in each.statements),
        structure=tuple(p for each in found for p in each.structure),
        claims=tuple(c for each in found for c in each.claims),
        remarks=tuple(r for each in found for r in each.remarks),
        not_read=tuple(n for each in found for n in each.not_read),
        others=tuple(f for each in found for f in each.others),
        other_statements=tuple(s for each in found for s in each.other_statements),
    )


Failures = Callable[[Rows], Iterable[tuple[int, str, str, str]]]
"""What breaks the contract: row, column, check and the text that is found."""


def read_long(
    file: str,
    tables: Sequence[LongTable],
    prefix: str = "",
    role: str = THIS,
    entity: str = "",
    failures: Failures | None = None,
) -> LongForm:
    """Facts, statements and structure of the rows that hold; a claim for every cell that breaks the contract.

    All long tables of a file are one list of facts: rows of two sheets with the same statement are one statement.
    `role` is that of the file: all figures of last year's file are last year's, whatever its rows say. Its amounts
    are none of this submission's, so that what could not be read of them is no unchecked amount of it. `failures`
    checks the contract instead of pandera.
    """
    rows = read_rows(file, tables, Defaults(prefix, role, entity))
    for row, column, check, found in (failures or _failures)(rows):
        rows.violate(row, column, check, found)
    numbers, assumed = read_numbers(rows)
    made = make(rows, numbers, check_rows(rows, numbers))
    own = {f.statement for f in made.facts if f.submission == THIS}
    unread = (*above_headings(rows), *made.not_read)
    return LongForm(
        facts=tuple(f for f in made.facts if f.submission == THIS),
        statements=tuple(s for s in made.statements if s.id in own),
        structure=tuple(p for p in made.parts if p.statement in own),
        claims=tuple(claims(rows, made.statement_of)),
        remarks=(*remarks(rows), *assumed),
        not_read=unread if role == THIS else tuple(replace(n, is_amount=False) for n in unread),
        others=tuple(f for f in made.facts if f.submission != THIS),
        other_statements=tuple(s for s in made.statements if s.id not in own),
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
