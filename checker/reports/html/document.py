"""The submission itself with a mark on every amount: exact, rounded, wrong, doubtful or not checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from checker.messages import text
from checker.model.outcomes import FAILED, PASSED, PASSED_ROUNDING, Report
from checker.model.rules import NOTE
from checker.model.submission import Column, Fact, Line, Statement
from checker.names import numbered
from checker.redact import LEFT_OUT
from checker.reports.html.deviations import Deviations, deviations
from checker.reports.places import where
from checker.reports.writing import clean

EXACT, ROUNDED, WRONG, DOUBTFUL, UNCHECKED = "exact", "rounded", "wrong", "doubtful", "unchecked"
MARKS = {EXACT: "✓", ROUNDED: "≈", WRONG: "✗", DOUBTFUL: "!", UNCHECKED: "○"}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as printed with its mark and where it leads: the finding, else the first check."""

    fact_id: str
    printed: str
    mark: str
    symbol: str
    word: str
    target: str
    checks: list[int]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: headings, rows of a name, whether it is a sum, and the amounts; and its deviations as bars."""

    id: str
    title: str
    headings: list[str]
    rows: list[tuple[str, bool, list[Amount | None]]]
    deviations: Deviations | None


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence cut at its amounts: pieces of text and amounts by turns."""

    place: str
    pieces: list[str | Amount]


class Document:
    """Tables and sentences with marks."""

    def __init__(self, report: Report, lang: str, numbers: Mapping[int, int], finding_of: Mapping[int, int]) -> None:
        self._submission, self._lang, self._finding_of = report.submission, lang, finding_of
        self._by_fact: dict[str, list[tuple[int, str, str, int]]] = {}
        for outcome in report.outcomes:
            for fact in outcome.facts:
                self._by_fact.setdefault(fact, []).append(
                    (numbers[id(outcome)], outcome.status, outcome.severity, finding_of.get(id(outcome), 0))
                )
        self._unread = sum(u.fact is None for u in report.coverage.unchecked)
        self._suspects = {f.about.fact_id for f in report.findings if f.about}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many amounts have each mark; what could not be read or placed is not checked."""
        found = dict.fromkeys(MARKS, 0)
        for fact in self._submission.facts:
            if not fact.refers:
                found[self._mark(fact)] += 1
        found[UNCHECKED] += self._unread
        return found

    def _mark(self, fact: Fact) -> str:
        told = [(status, severity) for _, status, severity, _ in self._by_fact.get(fact.fact_id, ())]
        if any(status == FAILED and severity != NOTE for status, severity in told):
            return WRONG if fact.fact_id in self._suspects or not self._suspects else DOUBTFUL
        if any(status == FAILED for status, _ in told):
            return DOUBTFUL
        statuses = {status for status, _ in told}
        if PASSED_ROUNDING in statuses:
            return ROUNDED
        return EXACT if PASSED in statuses else UNCHECKED

    def _amount(self, fact: Fact) -> Amount:
        mark = self._mark(fact)
        told = self._by_fact.get(fact.fact_id, [])
        finding = next((n for _, _, _, n in told if n), 0)
        checks = [number for number, *_ in told]
        target = f"f{finding}" if finding else f"c{checks[0]}" if checks else ""
        word = text(f"html.mark_{mark}", self._lang)
        return Amount(fact.fact_id, clean(fact.as_printed), mark, MARKS[mark], word, target, checks)

    @cached_property
    def tables(self) -> list[TableView]:
        """Every recognised table."""
        return [self._table(s) for s in self._submission.statements]

    def _table(self, statement: Statement) -> TableView:
        own = [f for f in self._submission.facts if f.statement == statement.id]
        columns = [c for c in statement.columns if not c.empty and any(_in(f, c) for f in own)]
        rows = []
        for line in statement.lines:
            found = [f for f in own if (f.line, f.scope) == (line.key, line.scope)]
            amounts = [next((self._amount(f) for f in found if _in(f, c)), None) for c in columns]
            rows.append((clean(_name(line)), line.role != "line", amounts))
        heads = [self._heading(c) for c in columns]
        chart = deviations(statement, own, self._lang)
        return TableView(statement.id, clean(statement.title), heads, rows, chart)

    def _heading(self, column: Column) -> str:
        if column.header != LEFT_OUT:
            return clean(column.header)
        return f"{text(f'measure.{column.measure}', self._lang)} {column.year or ''}".strip()

    @cached_property
    def sentences(self) -> list[SentenceView]:
        """Every sentence that states amounts, in order."""
        groups: dict[tuple[str, str], list[Fact]] = {}
        for fact in self._submission.facts:
            if fact.text and fact.place.snippet and not fact.refers:
                at = clean(where(fact.place, self._submission.files, self._lang))
                groups.setdefault((at, fact.place.snippet), []).append(fact)
        return [SentenceView(at, self._pieces(snippet, facts)) for (at, snippet), facts in groups.items()]

    def _pieces(self, snippet: str, facts: list[Fact]) -> list[str | Amount]:
        pieces: list[str | Amount] = []
        at = 0
        for fact in sorted((f for f in facts if f.place.mark), key=lambda f: f.place.mark or (0, 0)):
            start, end = fact.place.mark or (0, 0)
            if start >= at:
                pieces += [clean(snippet[at:start]), self._amount(fact)]
                at = end
        return [*pieces, clean(snippet[at:])]


def _in(fact: Fact, column: Column) -> bool:
    return (fact.measure, fact.year, fact.basis, fact.as_of) == (
        column.measure,
        column.year,
        column.basis,
        column.as_of,
    )


def _name(line: Line) -> str:
    return numbered(line.number, line.name)
