"""The report as JSON: every outcome, passed ones too, by the contract in schemas/report.schema.json."""

from __future__ import annotations

import json
from typing import Any

from checker.amounts.show import plain_decimal
from checker.fingerprints import fingerprints, value_hash
from checker.messages import LANGUAGES, text
from checker.model.accepted import Waiver
from checker.model.outcomes import STATUSES, Outcome, Report
from checker.model.rules import Adjustment
from checker.model.submission import Remark, SourceFile
from checker.reports import View
from checker.reports.json_findings import Findings
from checker.reports.json_parts import evidence, fact, place
from checker.wording import adjustment, both

SCHEMA_VERSION = "1.0"


def render(report: Report, view: View) -> str:
    """The same input and rule set give the same bytes. Amounts are decimal strings in kr. (or numbers, per cent)."""
    known_by = fingerprints(report.outcomes, report.submission)
    found = Findings(report, known_by)
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "regnskabstjek", "version": report.tool_version},
        "ruleset": {
            "id": report.ruleset_id,
            "version": report.ruleset_version,
            "sha256": report.ruleset_sha256,
            "adjusted": [_adjusted(a) for a in report.adjusted],
        },
        **({"basis": [_basis(f) for f in report.basis]} if report.basis else {}),
        "submission": {
            "files": [
                {"path": f.path, "sha256": f.sha256, "encoding": f.encoding, "role": f.role}
                for f in report.submission.files
            ],
            "unreadable": [_fault(f) for f in report.submission.faults],
            "municipality": report.submission.municipality or None,
            "entities": [e for e in report.submission.entities if e],
            "year": report.submission.year,
            "tables": [
                {"id": s.id, "title": s.title, "layout": s.layout, "location": place(s.place)}
                for s in report.submission.statements
            ],
            "texts": [{"id": s.id, "title": s.title, "location": place(s.place)} for s in report.submission.texts],
        },
        "counts": {status: report.count(status) for status in STATUSES},
        **({"by_rule": _by_rule(report)} if report.tally is not None else {}),
        "coverage": {
            "facts": report.coverage.facts,
            "checked": report.coverage.checked,
            "unchecked": [
                {
                    "location": place(u.place),
                    "value": plain_decimal(u.fact.value, u.fact.dimension) if u.fact else None,
                    "unit": plain_decimal(u.fact.unit, u.fact.dimension) if u.fact else None,
                    "as_printed": u.as_printed,
                    "reason": _texts(u.reason),
                    "reason_code": u.reason,
                }
                for u in report.coverage.unchecked
            ],
        },
        "not_read": [
            {
                "location": place(n.place),
                "as_printed": n.text,
                "reason": _texts(n.reason),
                "reason_code": n.reason,
                "is_amount": n.is_amount,
            }
            for n in report.submission.not_read
        ],
        "extraction": [
            {
                "file": e.file,
                "where": e.where,
                "tokens": e.tokens,
                "amounts": e.amounts,
                "non_amounts": e.non_amounts,
                "not_read": e.not_read,
                "unexplained": e.unexplained,
            }
            for e in report.submission.extraction
        ],
        "reading": [_remark(r) for r in report.submission.remarks],
        "plan": [
            {
                "rule_id": p.rule_id,
                "table": p.statement,
                "checks": p.checks,
                "reason": _texts(p.reason) if p.reason else None,
            }
            for p in report.plan
        ],
        "switched_off": [{"rule_id": i, "reason": r} for i, r in report.switched_off],
        "diagnosis": {
            "parts": report.diagnosis.parts,
            "parts_looked_into": report.diagnosis.asked,
            "parts_not_finished": report.diagnosis.unfinished,
        },
        "outcomes": [_outcome(o, known_by[n], found) for n, o in enumerate(report.outcomes)],
        "findings": found.all(),
        "waivers": [{**_waiver(w.waiver, full=True), "state": w.state} for w in report.waivers],
        "baseline": _baseline(report),
    }
    if view.with_facts:
        data["facts"] = [fact(f) for f in report.submission.facts]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _by_rule(report: Report) -> list[dict[str, Any]]:
    """The outcomes of each rule counted, where not all are held; `not_shown` failed and are not among `outcomes`."""
    tally, left = report.tally or {}, report.unlisted
    rules = dict.fromkeys(rule for rule, _ in tally)
    return [{"rule_id": r, **{s: tally.get((r, s), 0) for s in STATUSES}, "not_shown": left.get(r, 0)} for r in rules]


def _basis(file: SourceFile) -> dict[str, str]:
    return {"path": file.path, "sha256": file.sha256, "role": file.role}


def _adjusted(made: Adjustment) -> dict[str, Any]:
    return {
        "rule_id": made.rule,
        "changes": [{"what": c.what, "from": list(c.before), "to": list(c.after)} for c in made.what],
        "text": {lang: adjustment(made, lang) for lang in LANGUAGES},
        "reason": made.reason,
        "author": made.author or None,
        "approved_by": made.approved_by or None,
        "date": made.date or None,
    }


def _fault(fault: Remark) -> dict[str, Any]:
    """A file of the submission that could not be read."""
    said = {lang: text(fault.key, lang, dict(fault.args)) for lang in LANGUAGES}
    return {"path": fault.place.file, "reason": said, "reason_code": fault.key}


def _texts(key: str) -> dict[str, str]:
    return {lang: text(key, lang) for lang in LANGUAGES}


def _remark(remark: Remark) -> dict[str, Any]:
    def said(lang: str) -> str:
        args = {
            k: ", ".join(text(w[1:], lang) if w.startswith("@") else w for w in v.split(", ")) for k, v in remark.args
        }
        return text(remark.key, lang, args)

    return {"code": remark.key, "text": {lang: said(lang) for lang in LANGUAGES}, "location": place(remark.place)}


def _outcome(outcome: Outcome, fingerprint: str, found: Findings) -> dict[str, Any]:
    at = outcome.at
    finding = found.of_outcome.get(id(outcome))
    return {
        "rule_id": outcome.rule_id,
        "rule_name": outcome.rule_name,
        "severity": outcome.severity,
        "status": outcome.status,
        "at": {
            "entity": at.entity,
            "scope": at.scope,
            "statement": at.statement,
            "title": at.title,
            "line": at.line,
            "label": at.label,
            "measure": at.measure,
            "year": at.year,
        },
        "message": both(outcome.message),
        "reason_code": outcome.reason or None,
        "evidence": evidence(outcome.evidence) if outcome.evidence else None,
        "locations": [place(p) for p in outcome.places],
        "fingerprint": fingerprint,
        "value_hash": value_hash(outcome),
        "cause": (finding.cause or None) if finding else None,
        "suggestion": found.suggestion(finding),
        "suspect": outcome.suspect or outcome.scale_slip or None,
        **({"round_amount": True} if outcome.coarse else {}),
        **({"corrected": evidence(outcome.corrected)} if outcome.corrected else {}),
        "waiver": _waiver(outcome.waiver) if outcome.waiver else None,
        "baseline": outcome.baseline or None,
    }


def _waiver(made: Waiver, full: bool = False) -> dict[str, str | None]:
    """What accepts an outcome; in full also which check it is, as in the file of waivers."""
    which = {"fingerprint": made.fingerprint, "value_hash": made.value_hash}
    about = {"rule": made.rule or None, "about": made.about or None}
    return {
        **(which if full else {}),
        "reason": made.reason,
        "by": made.by,
        "date": made.date,
        "approved_by": made.approved_by or None,
        "until": made.until or None,
        **(about if full else {}),
    }


def _baseline(report: Report) -> dict[str, Any] | None:
    """The earlier report, and what failed in it and does no more."""
    gone = [{"fingerprint": g.fingerprint, "rule_id": g.rule_id, "message": dict(g.message)} for g in report.gone]
    return {"name": report.baseline, "gone": gone} if report.baseline else None
