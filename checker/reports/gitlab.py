"""Code quality of GitLab: a JSON list with description, check_name, fingerprint, severity and location."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from checker.fingerprints import fingerprints
from checker.messages import text
from checker.model.outcomes import Report
from checker.model.rules import ERROR, NOTE, WARNING
from checker.reports import View
from checker.reports.notices import Notice, notices, spot
from checker.reports.plain import line

_SEVERITIES = {ERROR: "blocker", WARNING: "major", NOTE: "info"}


def render(report: Report, view: View) -> str:
    """One entry per finding; an accepted one is for information. A place without a line is told in words."""
    known_by = dict(zip(map(id, report.outcomes), fingerprints(report.outcomes, report.submission), strict=True))
    seen: dict[str, int] = {}
    entries = []
    for notice in notices(report, view.lang):
        found = notice.finding
        key = f"{found.cause}|{known_by[id(found.outcomes[0])]}" if found else f"{notice.id}|{notice.title}"
        seen[key] = seen.get(key, 0) + 1
        entries.append(_entry(notice, f"{key}|{seen[key]}", report, view.lang))
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _entry(notice: Notice, key: str, report: Report, lang: str) -> dict[str, Any]:
    place = notice.place
    at = spot(place, lang) if place and place.line is None else ""
    said = [": ".join(part for part in (at, notice.about, notice.said) if part)]
    if notice.accepted:
        said.append(text("formats.accepted_because", lang, {"reason": notice.accepted}))
    elif notice.next_step:
        said.append(f"{text('report.next_step', lang)}: {notice.next_step}")
    file = place.file if place else next((f.path for f in report.submission.files), "")
    return {
        "description": f"{notice.title}. {' '.join(said)}",
        "check_name": notice.id or notice.title,
        "fingerprint": hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32],
        "severity": _SEVERITIES[NOTE if notice.accepted else notice.severity],
        "location": {"path": line(file), "lines": {"begin": (place and place.line) or 1}},
    }
