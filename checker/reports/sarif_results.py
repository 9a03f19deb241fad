"""Results of a SARIF log: the checks in their order, findings that no failed check says, and what is gone."""

from __future__ import annotations

from typing import Any

from checker.fingerprints import fingerprints, value_hash
from checker.messages import text
from checker.model.accepted import CHANGED, NEW, UNCHANGED, Gone
from checker.model.outcomes import ERROR_STATUS, FAILED, NOT_EVALUATED, Outcome, Report
from checker.model.rules import NOTE, SEVERITIES
from checker.reports.json_findings import Findings
from checker.reports.notices import about, notices, sums
from checker.reports.plain import line
from checker.reports.sarif_parts import Places
from checker.wording import say

_BASELINE = {NEW: "new", UNCHANGED: "unchanged", CHANGED: "updated"}


class Results:
    """The results of a report in one language."""

    def __init__(self, report: Report, places: Places, lang: str) -> None:
        self._report, self._places, self._lang = report, places, lang
        self._known_by = fingerprints(report.outcomes, report.submission)
        self._found = Findings(report, self._known_by)
        self._rules = {r.id: n for n, r in enumerate(report.rules)}
        self._suppressed = any(o.waiver for o in report.outcomes)

    def all(self) -> list[dict[str, Any]]:
        """Every result."""
        pairs = zip(self._report.outcomes, self._known_by, strict=True)
        return [
            *(self._outcome(o, key) for o, key in pairs if o.status != ERROR_STATUS),
            *self._findings(),
            *self._idle(),
            *(self._gone(g) for g in self._report.gone if self._report.baseline),
        ]

    def _result(self, rule_id: str, kind: str, level: str, said: str) -> dict[str, Any]:
        made: dict[str, Any] = {"ruleId": rule_id, "kind": kind, "level": level, "message": {"text": line(said)}}
        if rule_id in self._rules:
            made["ruleIndex"] = self._rules[rule_id]
        return made

    def _outcome(self, outcome: Outcome, key: str) -> dict[str, Any]:
        lang, finding = self._lang, self._found.of_outcome.get(id(outcome))
        kind = {FAILED: "fail", NOT_EVALUATED: "open"}.get(outcome.status, "pass")
        level = self._level(outcome) if kind == "fail" else "none"
        subject = about(outcome, lang)
        made = self._result(outcome.rule_id, kind, level, f"{subject}: " * bool(subject) + say(outcome.message, lang))
        made |= self._places.of(outcome.places)
        made["partialFingerprints"] = {"checkFingerprint/v1": key}
        if self._suppressed:
            made["suppressions"] = [_suppression(outcome)] if outcome.waiver else []
        if self._report.baseline and outcome.baseline in _BASELINE:
            made["baselineState"] = _BASELINE[outcome.baseline]
        made["properties"] = {"status": outcome.status, "valueHash": value_hash(outcome)}
        if outcome.reason:
            made["properties"]["reason"] = line(text(outcome.reason, lang))
        if calculation := sums(outcome, self._report, lang):
            made["properties"]["calculation"] = list(calculation)
        if finding and kind == "fail":
            made["properties"] |= {
                "cause": finding.cause or None,
                "suggestion": self._found.suggestion(finding),
                "explanation": [line(say(m, lang)) for m in (finding.message, *finding.further)],
                "nextStep": line(say(finding.next_step, lang)),
            }
        return made

    def _level(self, outcome: Outcome) -> str:
        """The finding's severity for the check that tells it; the others are at most as grave."""
        finding = self._found.of_outcome.get(id(outcome))
        if finding is None or finding.outcomes[0] is outcome:
            return finding.severity if finding else outcome.severity
        return min(outcome.severity, finding.severity, key=SEVERITIES.index)

    def _findings(self) -> list[dict[str, Any]]:
        """Findings whose checks all hold: figures that cannot all be right together, an improbable rounding."""
        results = []
        keys = {id(o): key for o, key in zip(self._report.outcomes, self._known_by, strict=True)}
        for notice in notices(self._report, self._lang):
            found = notice.finding
            if found is None or any(o.status == FAILED for o in found.outcomes):
                continue
            said = ": ".join(part for part in (notice.title, notice.about, notice.said) if part)
            kind, level = ("review", "none") if found.severity == NOTE else ("fail", found.severity)
            made = self._result(notice.id, kind, level, said)
            own = (notice.place,) if notice.place else ()
            made |= self._places.of((*own, *(p for o in found.outcomes for p in o.places)))
            key = f"{found.cause}/{keys[id(found.outcomes[0])]}"
            made["partialFingerprints"] = {"checkFingerprint/v1": key}
            made["properties"] = {
                "cause": found.cause,
                "suggestion": self._found.suggestion(found),
                "explanation": [notice.said, *notice.more],
                "calculation": list(notice.sums),
                "nextStep": notice.next_step,
            }
            results.append(made | ({"suppressions": []} if self._suppressed else {}))
        return results

    def _idle(self) -> list[dict[str, Any]]:
        """Rules that had nothing to check here, with the reason."""
        rows = [p for p in self._report.plan if p.reason and not p.checks and p.reason != "plan.crashed"]
        made = [self._result(p.rule_id, "notApplicable", "none", text(p.reason, self._lang)) for p in rows]
        return [m | ({"suppressions": []} if self._suppressed else {}) for m in made]

    def _gone(self, gone: Gone) -> dict[str, Any]:
        """A check that failed in the earlier report and does no more."""
        made = self._result(gone.rule_id, "informational", "none", gone.message[self._lang])
        made["partialFingerprints"] = {"checkFingerprint/v1": line(gone.fingerprint)}
        made["baselineState"] = "absent"
        return made | ({"suppressions": []} if self._suppressed else {})


def _suppression(outcome: Outcome) -> dict[str, Any]:
    waiver = outcome.waiver
    assert waiver is not None
    who = {"by": waiver.by, "date": waiver.date, "approvedBy": waiver.approved_by, "until": waiver.until}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": line(waiver.reason),
        "properties": {key: line(value) for key, value in who.items() if value},
    }
