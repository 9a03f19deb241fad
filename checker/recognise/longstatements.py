"""Which statements do the facts of long tables stand in: title, kind, columns, lines and structure?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from checker.model.submission import KR, Column, Fact, Parts, Statement
from checker.recognise.layouts import layout_of
from checker.recognise.longparts import Key, LongLine, lines_of, model_lines, parts_of
from checker.recognise.longrows import Rows, shortened
from checker.recognise.vocabulary import vocabulary

_NAMING = ("entity", "statement", "submission", "scope", "line")
"""Columns that must hold for a row to be a row of a line."""


def statements(
    rows: Rows, facts: Mapping[int, Fact], statement_of: Sequence[str]
) -> tuple[list[Statement], list[Parts]]:
    """The statements and their part/whole groups in the order of their first facts; `facts` are by their row.

    A row whose figure could not be read still makes a line: its whole then lacks a part, and is not summed without.
    """
    own: dict[str, dict[int, Fact]] = {fact.statement: {} for fact in facts.values()}
    for row, fact in facts.items():
        own[fact.statement][row] = fact
    named: dict[str, list[int]] = {id_: [] for id_ in own}
    for row, id_ in enumerate(statement_of):
        if id_ in named and rows.get(row, "line") and not any(rows.is_bad(row, column) for column in _NAMING):
            named[id_].append(row)
    found: list[Statement] = []
    parts: list[Parts] = []
    for id_, members in own.items():
        lines = lines_of(rows, named[id_])
        parts += parts_of(rows, id_, lines)
        found.append(_statement(rows, members, lines))
    return found, parts


def _statement(rows: Rows, facts: Mapping[int, Fact], lines: Mapping[Key, LongLine]) -> Statement:
    title = _said_of_all(rows, facts, "statement_title") or ""
    columns = _columns(list(facts.values()))
    layout = _said_of_all(rows, facts, "layout") or layout_of(title, {c.measure for c in columns}, vocabulary())
    scopes = {fact.scope for fact in facts.values()}
    first = next(iter(facts.values()))
    return Statement(
        id=first.statement,
        title=title,
        layout=layout,
        expense_sign="",
        place=replace(first.place, column=None, row=None, cell=None, snippet=None),
        scope=scopes.pop() if len(scopes) == 1 else None,
        columns=columns,
        lines=model_lines(lines),
        years=tuple(sorted({c.year for c in columns if c.year})),
        entity=first.entity,
    )


def _said_of_all(rows: Rows, members: Iterable[int], column: str) -> str | None:
    """What rows say of their statement; two that say different things break the contract, the first counts."""
    first: str | None = None
    for row in members:
        text = None if rows.is_bad(row, column) else rows.get(row, column)
        if first is not None and text is not None and text != first:
            rows.violate(row, column, "differs", f"{shortened(first)} ≠ {shortened(text)}")
        first = first or text
    return first


def _columns(facts: Sequence[Fact]) -> tuple[Column, ...]:
    """The columns the figures would stand in, in the order of their first figures."""
    groups: dict[tuple[str, int | None, str | None, str | None], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.measure, fact.year, fact.basis, fact.as_of), []).append(fact)
    found = []
    for index, ((measure, year, basis, as_of), own) in enumerate(groups.items()):
        units = {fact.unit if fact.unit_known else None for fact in own}
        turned = {fact.orientation for fact in own}
        dimension = Counter(fact.dimension for fact in own).most_common(1)[0][0]
        found.append(
            Column(
                index=index,
                header="",
                measure=measure,
                year=year,
                basis=basis,
                as_of=as_of,
                unit_kr=next(iter(units)) if len(units) == 1 and dimension == KR else None,
                dimension=dimension,
                orientation=turned.pop() if len(turned) == 1 else 1,
            )
        )
    return tuple(found)
