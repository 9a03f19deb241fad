"""The report as JSON: every outcome, passed ones too, by the contract in schemas/report.schema.json."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from checker.amounts.show import figure, plain_decimal
from checker.messages import LANGUAGES, text
from checker.model.document import Place
from checker.model.outcomes import STATUSES, Evidence, Finding, Outcome, Report
from checker.model.rules import Adjustment
from checker.model.submission import Fact, Remark
from checker.reports import View
from checker.wording import adjustment, both

SCHEMA_VERSION = "1.0"


def render(report: Report, view: View) -> str:
    """The same input and rule set give the same bytes. Amounts are decimal strings in kr. (or numbers, per cent)."""
    fingerprints = _fingerprints(report)
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "regnskabstjek", "version": report.tool_version},
        "ruleset": {
            "id": report.ruleset_id,
            "version": report.ruleset_version,
            "sha256": report.ruleset_sha256,
            "adjusted": [_adjusted(a) for a in report.adjusted],
        },
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
        "outcomes": [_outcome(o, fingerprints[n]) for n, o in enumerate(report.outcomes)],
        "findings": [_finding(f, report, fingerprints) for f in report.findings],
    }
    if view.with_facts:
        data["facts"] = [fact(f) for f in report.submission.facts]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


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


def place(where: Place) -> dict[str, Any]:
    """A location: whichever of its parts the format has."""
    names = ("file", "sheet", "cell", "page", "table", "row", "paragraph", "line", "column", "snippet", "mark")
    return {name: value for name in names if (value := getattr(where, name)) is not None}


def fact(item: Fact) -> dict[str, Any]:
    """One fact with everything a reader of the list may ask."""
    return {
        "fact_id": item.fact_id,
        "submission": item.submission,
        "entity": item.entity,
        "scope": item.scope,
        "statement": item.statement,
        "line": item.line,
        "number": item.number,
        "label": item.label,
        "measure": item.measure,
        "year": item.year,
        "basis": item.basis,
        "as_of": item.as_of,
        "price_year": item.price_year,
        "dimension": item.dimension,
        "value": plain_decimal(item.value, item.dimension),
        "unit": plain_decimal(item.unit, item.dimension) if item.unit_known else None,
        "stored": None if item.exact is None else plain_decimal(item.exact, item.dimension),
        "as_printed": item.as_printed,
        "in_text": item.text,
        "printed_sign_turned": item.orientation < 0,
        "remarks": list(item.remarks),
        "location": place(item.place),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    def amount(value: int | None) -> str | None:
        return None if value is None else plain_decimal(value, evidence.dimension, evidence.divisor)

    return {
        "terms": [
            {
                "label": {lang: text(t.label[1:], lang) if t.label.startswith("@") else t.label for lang in LANGUAGES},
                "weight": t.weight,
                "value": plain_decimal(t.value, t.dimension or evidence.dimension),
                "unit": plain_decimal(t.unit, t.dimension or evidence.dimension) if evidence.unit_known else None,
                **({"join": t.join} if t.join else {}),
                **({"dimension": t.dimension} if t.dimension not in ("", evidence.dimension) else {}),
                **({"year": t.year} if t.year is not None else {}),
                "as_printed": t.as_printed,
                "stated": t.stated,
                "fact_id": t.fact_id,
                "location": place(t.place),
            }
            for t in evidence.terms
        ],
        "relation": evidence.op,
        "stated": amount(evidence.stated),
        "computed": amount(evidence.computed),
        "difference": amount(evidence.difference),
        "tolerance": None
        if evidence.tolerance2 is None
        else plain_decimal(evidence.tolerance2, evidence.dimension, 2 * evidence.divisor),
        "unit": plain_decimal(evidence.show, evidence.dimension) if evidence.unit_known else None,
        "dimension": evidence.dimension,
        **({"constant": plain_decimal(evidence.constant, evidence.dimension)} if evidence.constant else {}),
        **({"also": _also(evidence)} if evidence.also else {}),
        "improbable": evidence.improbable,
        "missing": list(evidence.missing),
        "without_figures": list(evidence.without_figures),
    }


def _also(evidence: Evidence) -> list[dict[str, Any]]:
    """Further figures that are shown."""

    def said(key: str, value: int, lang: str) -> str:
        shown = figure(value, evidence.show, evidence.dimension, lang, word=evidence.unit_known)
        return text(key, lang, {"value": shown})

    return [
        {
            "text": {lang: said(key, value, lang) for lang in LANGUAGES},
            "value": plain_decimal(value, evidence.dimension),
        }
        for key, value in evidence.also
    ]


def _outcome(outcome: Outcome, fingerprint: str) -> dict[str, Any]:
    at = outcome.at
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
        "evidence": _evidence(outcome.evidence) if outcome.evidence else None,
        "locations": [place(p) for p in outcome.places],
        "fingerprint": fingerprint,
        "value_hash": _value_hash(outcome),
        "cause": "unit" if outcome.scale_slip else "figure" if outcome.suspect else None,
        "suggestion": None,
        "suspect": outcome.suspect or outcome.scale_slip or None,
        **({"round_amount": True} if outcome.coarse else {}),
        **({"corrected": _evidence(outcome.corrected)} if outcome.corrected else {}),
        "waiver": None,
        "baseline": None,
    }


def _finding(finding: Finding, report: Report, fingerprints: list[str]) -> dict[str, Any]:
    by_identity = {id(o): fingerprints[n] for n, o in enumerate(report.outcomes)}
    return {
        "cause": finding.cause or None,
        "severity": finding.severity,
        "outcomes": [by_identity[id(o)] for o in finding.outcomes],
        "message": both(finding.message),
        "next_step": both(finding.next_step),
    }


def _fingerprints(report: Report) -> list[str]:
    """One per outcome: the rule and what it is about, without values, table numbers or line numbers.

    Of a paragraph, which is called by its first words, the figures among them are left out.
    """
    texts = {s.id for s in report.submission.texts}
    seen: dict[str, int] = {}
    result = []
    for outcome in report.outcomes:
        at = outcome.at
        title = re.sub(r"\d[\d.,]*", "", at.title) if at.statement in texts else at.title
        about = (outcome.rule_id, at.entity, title, at.scope, at.line, at.label, at.measure, at.year)
        key = "|".join(str(part) for part in about)
        seen[key] = seen.get(key, 0) + 1
        result.append(_hash(f"{key}|{seen[key]}"))
    return result


def _value_hash(outcome: Outcome) -> str:
    terms = outcome.evidence.terms if outcome.evidence else ()
    values = [f"{t.weight}*{t.value}/{t.unit}" for t in terms] or [str(v) for v in outcome.message.args.values()]
    return _hash("|".join(values))


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:16]
