"""What is said of a finding: in the note at its cell, and in its row of the sheet for following up?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.amounts.show import plain_decimal
from checker.annotate.marks import Entry
from checker.annotate.markup import Run
from checker.messages import catalogue, text
from checker.model.causes import POSSIBLE, Suggestion
from checker.model.document import Place
from checker.model.outcomes import Evidence, Finding, Report
from checker.model.submission import KR, PERCENT, Fact
from checker.names import numbered
from checker.printed import as_printed, printed
from checker.reports.calculation import calculation
from checker.reports.places import joined
from checker.reports.terminal import LISTED
from checker.wording import say

_LONGEST = 8
"""Rows of a calculation in a note; of a longer one only the sum and what follows it."""
_WIDEST = 30
_NAMED = 6
"""Places that are named one by one."""
_FIGURE = re.compile(r"^(.) (.*?)  +(\S.*)$")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in the words of a row; `difference` is an exact decimal text in kr., per cent or as a number."""

    severity: str
    rule: str
    where: str
    what: str
    step: str
    suggestion: str
    difference: str
    unit: str


def say_own(key: str, lang: str, **args: str) -> str:
    """A text of the copy; what somebody typed and is put in is never taken for a key of the catalogue."""
    return catalogue(lang)[f"copy.{key}"].format_map(args)


class Teller:
    """Says findings in one language; `sheet` is the name of the sheet for following up."""

    def __init__(self, report: Report, lang: str, sheet: str) -> None:
        self.report, self.lang, self.sheet = report, lang, sheet
        self._titles = {r.id: r.title[lang] for r in report.rules}
        self._facts = {f.fact_id: f for f in (*report.submission.facts, *report.submission.others)}

    def severity(self, finding: Finding) -> str:
        """Symbol and word: '✗ fejl'."""
        return f"{self._text(f'symbol.{finding.severity}')} {text(f'severity.{finding.severity}', self.lang)}"

    def note(self, entry: Entry) -> list[Run]:
        """What is wrong, the calculation in short, the next step, and where it stands in the list."""
        finding, outcome = entry.finding, entry.finding.outcomes[0]
        made = [Run(f"{self.severity(finding)} · {self._rule(finding)}\n", bold=True)]
        made.append(Run("\n".join([self._about(finding), *self._sentences(finding)]).strip() + "\n"))
        rows = self._short(outcome.evidence)
        if rows:
            made.append(Run("\n".join(rows) + "\n", mono=True))
        waiver = next((o.waiver for o in finding.outcomes if o.waiver), None) if finding.accepted else None
        if waiver is not None:
            made.append(Run(self._text("note_accepted", reason=waiver.reason, by=waiver.by, date=waiver.date) + "\n"))
        else:
            made.append(Run(f"{text('report.next_step', self.lang)}: {say(finding.next_step, self.lang)}\n"))
        made.append(Run(self._text("see", n=str(entry.number), sheet=self.sheet), bold=True))
        return made

    def brief(self, entry: Entry) -> list[Run]:
        """The note at further cells of a finding: it leads to the first."""
        where = joined(entry.strong[:1], self.report.submission.files, self.lang)
        said = self._text("also_doubtful" if entry.finding.cause == "one_of" else "also", where=where)
        return [
            Run(f"{self.severity(entry.finding)} · {self._rule(entry.finding)}\n", bold=True),
            Run(said + "\n"),
            Run(self._text("see", n=str(entry.number), sheet=self.sheet), bold=True),
        ]

    def row(self, entry: Entry, noted: bool) -> Told:
        """The finding as a row; the calculation is told where no cell has a `noted` one."""
        finding = entry.finding
        said = [self._about(finding), *self._sentences(finding)]
        evidence = finding.outcomes[0].evidence
        if not noted:
            said += [re.sub(r" {2,}", "  ", row).strip() for row in self._short(evidence)]
        difference, unit = self._difference(finding, evidence)
        return Told(
            self.severity(finding),
            self._rule(finding),
            self._where(entry),
            "\n".join(s for s in said if s),
            say(finding.next_step, self.lang),
            self._suggestion(finding),
            difference,
            unit,
        )

    def _text(self, key: str, **args: str) -> str:
        return say_own(key, self.lang, **args)

    def _rule(self, finding: Finding) -> str:
        outcome = finding.outcomes[0]
        title = self._titles.get(outcome.rule_id, outcome.rule_name)
        return f"{outcome.rule_id} {say(finding.heading, self.lang) if finding.heading else title}"

    def _about(self, finding: Finding) -> str:
        """Line, measure and year."""
        fact, at = finding.about, finding.outcomes[0].at
        if fact is not None:
            label, measure, year = numbered(fact.number, fact.label), fact.measure, fact.year
        else:
            label, measure, year = at.label, at.measure, at.year
        if not measure:
            return ""
        named = f"{text(f'measure.{measure}', self.lang)} {year or ''}".strip()
        return f"{label}, {named}:" if label else f"{named}:"

    def _sentences(self, finding: Finding) -> Iterator[str]:
        yield say(finding.message, self.lang)
        for sentence in finding.further:
            yield ("– " if sentence.key in LISTED else "") + say(sentence, self.lang)

    def _short(self, evidence: Evidence | None) -> list[str]:
        """The calculation, narrow enough for a note; of very many figures only what they make."""
        if evidence is None:
            return []
        shown = calculation(printed(evidence), self.report.submission.files, self.lang)
        found = [m for row in shown if (m := _FIGURE.match(row))]
        if evidence.op == "agree":  # of figures that should be the same, where they stand tells them apart
            places = [joined([t.place], self.report.submission.files, self.lang) for t in evidence.terms]
            return _aligned([("", place, m[3]) for place, m in zip(places, found, strict=False)])
        terms = next((n for n, m in enumerate(found) if m[1] == "="), 0)
        left_out = terms if len(found) > _LONGEST and terms else 0
        first = [self._text("left_out", n=str(left_out))] if left_out else []
        return first + _aligned([(m[1], m[2].strip(), m[3]) for m in found[left_out:]])

    def _where(self, entry: Entry) -> str:
        files = self.report.submission.files
        outcome = entry.finding.outcomes[0]
        places = list(entry.strong) or list(outcome.places)
        said = joined(places[:_NAMED], files, self.lang)
        more = len(places) - _NAMED
        return f"{said} {self._text('more', n=str(more))}" if more > 0 else said

    def _right(self, finding: Finding) -> list[tuple[Fact, Suggestion]]:
        """The figures that are wrong with what they should be; none where that is only possible."""
        cause = finding.diagnosis
        if cause is None or not cause.options or finding.cause == "one_of":
            return []
        found = [s for s in cause.options[0].suggestions if s.value is not None and s.certainty != POSSIBLE]
        return [(self._facts[s.figure], s) for s in found if s.figure in self._facts]

    def _suggestion(self, finding: Finding) -> str:
        right = self._right(finding)
        return "\n".join(self._shown(fact, suggestion, len(right) > 1) for fact, suggestion in right)

    def _shown(self, fact: Fact, suggestion: Suggestion, named: bool) -> str:
        if suggestion.kind == "sign" and fact.text:
            return self._text("opposite_word")
        unit = fact.unit if suggestion.unit is None else suggestion.unit
        value = as_printed(replace(fact, value=suggestion.value or 0, unit=unit))
        return f"{_cell(fact.place)}: {value}" if named else value

    def _difference(self, finding: Finding, evidence: Evidence | None) -> tuple[str, str]:
        """How far what stands is from what it should be, by the suggestion, else by the check."""
        right = self._right(finding)
        if len(right) == 1 and finding.off:
            fact, suggestion = right[0]
            off = (fact.value - (suggestion.value or 0)) * fact.orientation
            return plain_decimal(off, fact.dimension), self._unit(fact.dimension, fact.unit_known)
        made = printed(evidence) if evidence else None
        if made is None or not made.difference:
            return "", ""
        return plain_decimal(made.difference, made.dimension, made.divisor), self._unit(made.dimension, made.unit_known)

    def _unit(self, dimension: str, known: bool) -> str:
        if dimension == KR:
            return self._text("unit.kr") if known else ""
        return "%" if dimension == PERCENT else self._text("unit.number")


def _aligned(rows: list[tuple[str, str, str]]) -> list[str]:
    """Sign, label and figure in columns."""
    rows = [(sign, _cut(label), value) for sign, label, value in rows]
    width = max((len(label) for _, label, _ in rows), default=0)
    end = max((len(value) for _, _, value in rows), default=0)
    return [f"{sign:>1} {label:<{width}}  {value:>{end}}" for sign, label, value in rows]


def _cell(place: Place) -> str:
    return place.cell or str(place.line or "")


def _cut(label: str) -> str:
    return label if len(label) <= _WIDEST else label[: _WIDEST - 1].rstrip() + "…"
