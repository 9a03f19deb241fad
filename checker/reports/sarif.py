"""SARIF 2.1.0: every check is a result, those that hold too; waivers and an earlier report in SARIF's own fields."""

from __future__ import annotations

import json
from typing import Any

from checker.messages import LANGUAGES, text
from checker.model.outcomes import ERROR_STATUS, Report
from checker.reports import View
from checker.reports.notices import notices
from checker.reports.plain import line
from checker.reports.sarif_parts import Places, notification, rules
from checker.reports.sarif_results import Results

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, view: View) -> str:
    """The same input and rule set give the same bytes: no times, no identifiers made by chance."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, view.lang)]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _run(report: Report, lang: str) -> dict[str, Any]:
    places = Places(report, lang)
    first = next((f.path for f in report.submission.files), "")
    name, other = "regnskabstjek", next(each for each in LANGUAGES if each != lang)
    crashed = any(o.status == ERROR_STATUS for o in report.outcomes)
    return {
        "tool": {
            "driver": {
                "name": name,
                "version": report.tool_version,
                "language": lang,
                "rules": rules(report, lang, full=True),
            }
        },
        "translations": [
            {
                "name": name,
                "version": report.tool_version,
                "language": other,
                "contents": ["localizedData"],
                "translationMetadata": {"name": f"{name} {other}"},
                "associatedComponent": {"name": name},
                "rules": rules(report, other, full=False),
            }
        ],
        "automationDetails": {"id": f"{name}/{line(report.ruleset_id)}/{line(first)}/"},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not crashed and not report.submission.faults,
                "toolExecutionNotifications": _notifications(report, places, lang),
            }
        ],
        "artifacts": places.artifacts(),
        "results": Results(report, places, lang).all(),
        "properties": {
            "ruleset": {
                "id": line(report.ruleset_id),
                "version": line(report.ruleset_version),
                "sha256": report.ruleset_sha256,
            },
            "coverage": {"facts": report.coverage.facts, "checked": report.coverage.checked},
            **({"baseline": line(report.baseline)} if report.baseline else {}),
        },
    }


def _notifications(report: Report, places: Places, lang: str) -> list[dict[str, Any]]:
    """What kept the check from being made, then the amounts that could not be read."""
    told = [n for n in notices(report, lang) if n.finding is None]
    made = [notification(f"{n.title}: {n.said}", "error", n.id, n.place, places) for n in told]
    for item in report.submission.not_read:
        if item.is_amount:
            said = f"{text('reason.not_read', lang)}: {item.text} ({text(item.reason, lang)})"
            made.append(notification(said, "warning", "", item.place, places))
    return made
