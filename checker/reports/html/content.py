"""What the HTML report holds, in one language: findings, the submission with marks, all checks, coverage, grounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from checker.amounts.show import figure
from checker.messages import text
from checker.model.document import Place
from checker.model.outcomes import (
    FAILED,
    NOT_EVALUATED,
    PASSED,
    PASSED_ROUNDING,
    At,
    Evidence,
    Finding,
    Outcome,
    Report,
    RuleInfo,
)
from checker.model.rules import ERROR, NOTE, SEVERITIES, WARNING
from checker.names import numbered
from checker.printed import as_printed, printed
from checker.reports import View
from checker.reports.calculation import cells, remarks, whole
from checker.reports.html.document import Document
from checker.reports.html.views import Calculation, CheckView, FindingView
from checker.reports.places import where
from checker.reports.summary import headline
from checker.reports.terminal import LISTED
from checker.reports.writing import clean
from checker.wording import adjusted, say

SYMBOLS = {ERROR: "✗", WARNING: "!", NOTE: "i"}
STATUS_SYMBOLS = {PASSED: "✓", PASSED_ROUNDING: "≈", FAILED: "✗", NOT_EVALUATED: "○", "error": "‼"}


class Content:
    """Everything of one language; made when the template asks for it."""

    def __init__(self, report: Report, lang: str) -> None:
        self.report, self.lang = report, lang
        self.files = report.submission.files
        self._rules: dict[str, RuleInfo] = {r.id: r for r in report.rules}
        self._numbers = {id(o): n for n, o in enumerate(report.outcomes, start=1)}
        self._finding_of = {id(o): n for n, f in enumerate(report.findings, start=1) for o in f.outcomes}

    def t(self, key: str, **args: object) -> str:
        """A text of the page."""
        return text(f"html.{key}", self.lang, {k: str(v) for k, v in args.items()})

    @cached_property
    def head(self) -> tuple[str, str, list[str]]:
        """The verdict with its colour, and the facts below it."""
        return headline(self.report, View(self.lang))

    @cached_property
    def findings(self) -> list[FindingView]:
        """Every finding that is not accepted, then those that are."""
        return [self._finding(n, f) for n, f in enumerate(self.report.findings, start=1)]

    @cached_property
    def checks(self) -> list[CheckView]:
        """Every check in the order of the rules."""
        return [self._check(n, o) for n, o in enumerate(self.report.outcomes, start=1)]

    @cached_property
    def document(self) -> Document:
        """The submission with a mark on every amount."""
        return Document(self.report, self.lang, self._numbers, self._finding_of)

    @cached_property
    def unchecked(self) -> list[tuple[str, str, str]]:
        """Amounts that no check covers: place, what is printed, why."""
        return [
            (self._where(u.place), clean(u.as_printed), text(u.reason, self.lang))
            for u in self.report.coverage.unchecked
        ]

    @cached_property
    def not_applied(self) -> list[tuple[str, str, str]]:
        """Rules that were not used: id, title, why."""
        return [
            (p.rule_id, self._rules[p.rule_id].title[self.lang], text(p.reason, self.lang))
            for p in self.report.plan
            if p.reason and p.rule_id in self._rules
        ]

    @cached_property
    def adjusted(self) -> list[str]:
        """What the municipality has adjusted."""
        return [clean(adjusted(a, self.lang)) for a in self.report.adjusted]

    @cached_property
    def remarks(self) -> list[tuple[str, str]]:
        """How the material was read: place and remark."""
        found = dict.fromkeys(self.report.submission.remarks)
        return [(self._where(r.place), clean(self._remark(r.key, r.args))) for r in found]

    def _remark(self, key: str, args: tuple[tuple[str, str], ...]) -> str:
        def word(value: str) -> str:
            return text(value[1:], self.lang) if value.startswith("@") else value

        return text(key, self.lang, {k: ", ".join(map(word, v.split(", "))) for k, v in args})

    def count(self, severity: str) -> int:
        """Findings of a severity that are not accepted."""
        return sum(f.severity == severity and not f.accepted for f in self.report.findings)

    def _where(self, place: Place) -> str:
        return clean(where(place, self.files, self.lang))

    def _finding(self, number: int, finding: Finding) -> FindingView:
        outcome = finding.outcomes[0]
        rule = self._rules[outcome.rule_id]
        place = finding.about.place if finding.about and finding.heading else next(iter(outcome.places), None)
        waiver = outcome.waiver
        accepted = self.t("accepted_by", reason=waiver.reason, by=waiver.by) if finding.accepted and waiver else ""
        about = finding.about if finding.heading else None
        subject = self._fact_subject(finding) if about else self._subject(outcome.at)
        return FindingView(
            number,
            finding.severity,
            SYMBOLS[finding.severity],
            text(f"severity.{finding.severity}", self.lang),
            outcome.rule_id,
            clean(say(finding.heading, self.lang) if finding.heading else rule.title[self.lang]),
            self._where(place) if place else "",
            self._amount(finding),
            clean(subject),
            clean(self._brief(finding)),
            clean(say(finding.message, self.lang)),
            [(clean(say(m, self.lang)), m.key in LISTED) for m in finding.further],
            list(self._quoted(outcome)),
            list(self._calculations(finding)),
            clean(say(finding.next_step, self.lang)),
            rule.why[self.lang],
            rule.authority,
            clean(accepted),
            sorted({i for o in finding.outcomes for i in o.facts}),
        )

    def _brief(self, finding: Finding) -> str:
        """What stands there and what it probably should be, where that is known."""
        options = finding.diagnosis.options if finding.diagnosis else ()
        only = options[0].suggestions if options else ()
        if finding.about is None or len(only) != 1 or only[0].value is None or finding.cause == "one_of":
            return ""
        unit = finding.about.unit if only[0].unit is None else only[0].unit
        right = as_printed(replace(finding.about, value=only[0].value, unit=unit))
        if right == finding.about.as_printed:
            return ""
        said = self.t("brief", printed=finding.about.as_printed, right=right)
        return said.replace("..", ".")

    def _amount(self, finding: Finding) -> str:
        about, evidence = finding.about, finding.outcomes[0].evidence
        if finding.off and about:
            return figure(finding.off, about.unit, about.dimension, self.lang, word=about.unit_known)
        if evidence is None or not evidence.difference:
            return ""
        value = abs(whole(evidence, evidence.difference))
        return figure(value, evidence.show, evidence.dimension, self.lang, word=evidence.unit_known)

    def _fact_subject(self, finding: Finding) -> str:
        fact = finding.about
        if fact is None:
            return ""
        statements = (*self.report.submission.statements, *self.report.submission.texts)
        title = next((s.title for s in statements if s.id == fact.statement), "")
        return self._subject(
            At(
                fact.entity,
                fact.statement,
                title,
                fact.line,
                numbered(fact.number, fact.label),
                fact.measure,
                fact.year,
            )
        )

    def _subject(self, at: At) -> str:
        measure = text(f"measure.{at.measure}", self.lang) if at.measure else ""
        title = text("report.quoted", self.lang, {"text": at.title}) if at.title and at.title != at.statement else ""
        pieces = (at.label if at.measure else "", f"{measure} {at.year or ''}".strip(), title)
        return " · ".join(p for p in pieces if p)

    def _quoted(self, outcome: Outcome) -> Iterator[tuple[str, str, str, str]]:
        """Sentences that the finding is about: place, before, the marked words, after."""
        for place in outcome.places if outcome.predicate else outcome.places[:1]:
            if place.snippet and (outcome.predicate or place.mark):
                start, end = place.mark or (0, 0)
                yield (
                    self._where(place),
                    clean(place.snippet[:start]),
                    clean(place.snippet[start:end]),
                    clean(place.snippet[end:]),
                )

    def _calculations(self, finding: Finding) -> Iterator[Calculation]:
        for number, outcome in enumerate(finding.outcomes):
            if outcome.evidence is None:
                continue
            title = self._rules[outcome.rule_id].title[self.lang]
            main = number == 0 and not finding.heading
            caption = self.t("calculation") if main else self.t("proof", id=outcome.rule_id, title=title)
            more = self._corrected(outcome, finding)
            yield self._calculation(outcome.evidence, caption, more)
        for sentence, evidence in finding.shown:
            yield self._calculation(evidence, clean(say(sentence, self.lang)), [])

    def _corrected(self, outcome: Outcome, finding: Finding) -> list[str]:
        made = printed(outcome.corrected) if outcome.corrected else None
        if made is None or made.op == "agree" or made.computed is None or made.stated is None or not finding.repaired:
            return []

        def amount(value: int) -> str:
            return figure(whole(made, value), made.show, made.dimension, self.lang, word=made.unit_known)

        args = {"computed": amount(made.computed), "stated": amount(made.stated)}
        return [text("report.proof_corrected", self.lang, {**args, "repaired": say(finding.repaired, self.lang)})]

    def _calculation(self, evidence: Evidence, caption: str, more: list[str]) -> Calculation:
        shown = printed(evidence)
        rows = [(sign, clean(name), value) for sign, name, value in cells(shown, self.files, self.lang)]
        return Calculation(caption, rows, [clean(r) for r in (*remarks(shown, self.lang), *more)])

    def _check(self, number: int, outcome: Outcome) -> CheckView:
        key = f"status.{outcome.status}"
        if outcome.predicate and outcome.status in (PASSED, FAILED):
            key = "status.met" if outcome.status == PASSED else "status.not_met"
        rule = self._rules[outcome.rule_id]
        return CheckView(
            number,
            outcome.rule_id,
            rule.title[self.lang],
            outcome.status,
            STATUS_SYMBOLS[outcome.status],
            text(key, self.lang),
            clean(self._subject(outcome.at)),
            self._where(outcome.places[0]) if outcome.places else "",
            clean(say(outcome.message, self.lang)),
            self._calculation(outcome.evidence, self.t("calculation"), []) if outcome.evidence else None,
        )


ORDER = tuple(reversed(SEVERITIES))
"""Severities from the gravest."""
