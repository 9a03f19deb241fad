"""Findings as JSON: the cause, what is suspected, what it should be, and what shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from checker.amounts.show import plain_decimal
from checker.model.causes import POSSIBLE, Cause, Option, Suggestion
from checker.model.outcomes import Finding, Report
from checker.model.submission import Fact
from checker.printed import as_printed
from checker.reports.json_parts import evidence, place
from checker.wording import both


class Findings:
    """The findings of a report as JSON, and what they say of each outcome."""

    def __init__(self, report: Report, fingerprints: Sequence[str]) -> None:
        self._facts = {f.fact_id: f for f in (*report.submission.facts, *report.submission.others)}
        self._fingerprints = fingerprints
        self._by_identity = {id(o): fingerprints[n] for n, o in enumerate(report.outcomes)}
        self.of_outcome: Mapping[int, Finding] = {id(o): f for f in reversed(report.findings) for o in f.outcomes}
        self._report = report

    def all(self) -> list[dict[str, Any]]:
        """Every finding, gravest first."""
        return [self._finding(f) for f in self._report.findings]

    def suggestion(self, finding: Finding | None) -> dict[str, Any] | None:
        """What the one figure that is wrong should be; None where that is not known, or others are as likely."""
        options = finding.diagnosis.options if finding and finding.diagnosis else ()
        if not options or len(options[0].suggestions) != 1:
            return None
        only = options[0].suggestions[0]
        return None if only.value is None or only.certainty == POSSIBLE else self._suggestion(only)

    def _finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "cause": finding.cause or None,
            "severity": finding.severity,
            "outcomes": [self._by_identity[id(o)] for o in finding.outcomes],
            "heading": both(finding.heading) if finding.heading else None,
            "message": both(finding.message),
            "further": [both(m) for m in finding.further],
            "next_step": both(finding.next_step),
            "suggestion": self.suggestion(finding),
            **({"accepted": True} if finding.accepted else {}),
            **({"diagnosis": self._diagnosis(finding.diagnosis)} if finding.diagnosis else {}),
            **(
                {"proofs": [{"text": both(m), "evidence": evidence(e)} for m, e in finding.shown]}
                if finding.shown
                else {}
            ),
        }

    def _diagnosis(self, cause: Cause) -> dict[str, Any]:
        return {
            "explanations": [self._option(o) for o in cause.options],
            "complete": cause.complete,
            "joint": cause.joint,
            "conflicts": [
                {"figures": [self._figure(f) for f in c.figures], "checks": [self._fingerprints[n] for n in c.checks]}
                for c in cause.conflicts
            ],
        }

    def _option(self, option: Option) -> dict[str, Any]:
        return {
            "figures": [self._figure(f) for f in option.figures],
            "suggestions": [self._suggestion(s) for s in option.suggestions],
        }

    def _figure(self, id_: str) -> dict[str, Any]:
        fact = self._facts[id_]
        return {
            "fact_id": id_,
            "label": fact.label,
            "measure": fact.measure,
            "year": fact.year,
            "as_printed": fact.as_printed,
            "location": place(fact.place),
        }

    def _suggestion(self, made: Suggestion) -> dict[str, Any]:
        fact = self._facts[made.figure]
        return {
            "fact_id": made.figure,
            "kind": made.kind,
            "certainty": made.certainty,
            "value": _value(fact, made.value),
            "as_printed": None
            if made.value is None
            else as_printed(replace(fact, value=made.value, unit=fact.unit if made.unit is None else made.unit)),
            "least": _value(fact, made.low),
            "largest": _value(fact, made.high),
            "other": made.other or None,
        }


def _value(fact: Fact, value: int | None) -> str | None:
    return None if value is None else plain_decimal(value, fact.dimension)
