"""What kinds that calculate from column to column share: terms of a column, the lines that are no sums, their names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.kinds.base import tables_of
from checker.model.rules import Rule, Term
from checker.model.submission import PART_MARK, Column, Statement, Submission

_SUM = ("i", "alt", "ialt", "sum", "total", "samlede", "samlet")
LineKey = tuple[str | None, str | None]


def term(
    relation: str,
    weight: int,
    statement: Statement,
    column: Column,
    clip: str = "",
    at: LineKey = (None, None),
    stated: bool = False,
) -> Term:
    """The term that takes a column's figures: of every line, or of the line `at` (scope and key)."""
    scope, line = at
    return Term(
        relation,
        weight,
        statement.id,
        scope,
        line,
        column.measure,
        column.basis,
        column.year,
        clip=clip,
        stated=stated,
    )


def own_lines(statement: Statement, submission: Submission) -> list[LineKey]:
    """Scope and key of the lines that are no sum, no running result and no part 'of which'."""
    groups = [p for p in submission.structure if p.statement == statement.id]
    wholes = {(p.scope, p.whole) for p in groups}
    return [
        (line.scope, line.key)
        for line in statement.lines
        if line.role in ("line", "subtotal") and (line.scope, line.key) not in wholes
    ]


def total_line(statement: Statement) -> LineKey | None:
    """Scope and key of the row that is the sum of the whole table, if one is."""
    return next(((line.scope, line.key) for line in statement.lines if line.role == "total"), None)


def stating_lines(rule: Rule, measure: str, submission: Submission, sums_only: bool = False) -> list[LineKey]:
    """Lines that state the measure in the rule's tables and scopes, without those whose parts state it, or only those.

    Where the rule is for any table, what sentences state of a line of the tables counts too.
    """
    tables = {s.id for s in tables_of(rule, submission)}
    stated = dict.fromkeys(
        (f.scope, f.line)
        for f in submission.facts
        if f.measure == measure
        and (f.statement in tables or (f.text and not rule.tables and PART_MARK not in f.line))
        and (not rule.scopes or f.scope in rule.scopes)
    )
    sums = {
        (group.scope, group.whole)
        for group in submission.structure
        if any((scope, part) in stated for part, scope in zip(group.parts, group.part_scopes, strict=True))
    }
    told = {(f.scope, f.line) for f in submission.facts if f.measure == measure and f.text}
    whole = {(group.scope, group.whole) for group in submission.structure}
    by_table = {(f.scope, f.line) for f in submission.facts if f.measure == measure and f.statement in tables}
    made = sums | ((told - by_table) & whole)
    return [line for line in stated if (line in made) == sums_only]


def named_lines(texts: Sequence[str], submission: Submission) -> set[LineKey]:
    """Scope and key of every line that one of the texts names, in any table: its number, or how its name begins."""
    return {
        (line.scope, line.key)
        for statement in submission.statements
        for line in statement.lines
        if any(line.number == text or begins(line.name, text) for text in texts)
    }


def is_called(name: str, text: str) -> bool:
    """Whether a name is a text, apart from words that say that it is a sum ('Aktiver i alt' is called 'aktiver')."""
    return [w for w in _words(name) if w not in _SUM] == _words(text)


def begins(name: str, text: str) -> bool:
    """Whether a name begins with the words of a text, whatever its case and punctuation ('Aktiver i alt:')."""
    own, wanted = _words(name), _words(text)
    return bool(wanted) and own[: len(wanted)] == wanted


def heads(heading: str, text: str) -> bool:
    """Whether words that begin with those of a text stand somewhere in a heading ('Dato for beslutningen')."""
    own, wanted = _words(heading), _words(text)
    return any(
        all(word.startswith(start) for word, start in zip(own[at:], wanted, strict=False))
        for at in range(len(own) - len(wanted) + 1)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
