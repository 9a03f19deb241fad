"""JUnit XML: a suite per rule, a case per check; what holds too, and what could not be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from checker.messages import text
from checker.model.document import Place
from checker.model.outcomes import ERROR_STATUS, FAILED, NOT_EVALUATED, Finding, Outcome, Report
from checker.model.rules import NOTE
from checker.reports import View
from checker.reports.notices import Notice, about, notices, spot, sums
from checker.reports.plain import line
from checker.wording import say

FAILURE, SKIPPED, ERROR = "failure", "skipped", "error"
_COUNTED = (("failures", FAILURE), ("errors", ERROR), ("skipped", SKIPPED))
_KEPT = "\n\u00a0\u202f\u00ad"


@dataclass(frozen=True, slots=True)
class _Case:
    """A check: `result` is '' where it holds; `said` says why it does not, `more` stands below."""

    name: str
    place: Place | None
    result: str = ""
    said: str = ""
    type: str = ""
    more: Sequence[str] = ()


def render(report: Report, view: View) -> str:
    """Any program for tests reads it. What is only for notice and what is accepted is skipped, with its text."""
    name = " ".join(
        p for p in ("regnskabstjek", line(report.submission.entity), str(report.submission.year or "")) if p
    )
    root = ET.Element("testsuites", name=_xml(name))
    told = notices(report, view.lang)
    steps = {id(o): n.next_step for n in reversed(told) if n.finding for o in n.finding.outcomes}
    for rule in report.rules:
        cases = [_case(o, steps.get(id(o), ""), report, view.lang) for o in report.outcomes if o.rule_id == rule.id]
        cases += [_together(n, view.lang) for n in told if n.id == rule.id and n.finding and _holds(n.finding)]
        suite = f"{rule.id} {line(rule.title[view.lang])}"
        _suite(root, suite, rule.name, cases or [_idle(rule.id, report, view.lang)], view.lang)
    hindered = [n for n in told if n.finding is None and not n.id]
    if hindered:
        cases = [_Case(n.place.file if n.place else n.title, n.place, ERROR, n.said, n.title) for n in hindered]
        _suite(root, text("formats.reading", view.lang), "regnskabstjek", cases, view.lang)
    for key in ("tests", *(key for key, _ in _COUNTED)):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _holds(finding: Finding) -> bool:
    """Whether every check of a finding holds by itself."""
    return all(o.status != FAILED for o in finding.outcomes)


def _together(notice: Notice, lang: str) -> _Case:
    """Figures that cannot all be right, or a rounding that is hardly one, though every check holds."""
    kind, word = _grade(notice.severity, lang)
    name = ": ".join(p for p in (notice.title, notice.about) if p)
    return _Case(
        name, notice.place, kind, notice.said, word, (*notice.sums, *notice.more, _step(notice.next_step, lang))
    )


def _idle(rule: str, report: Report, lang: str) -> _Case:
    """A rule that had nothing to check, with the reason."""
    reasons = [p.reason for p in report.plan if p.rule_id == rule and p.reason]
    return _Case(rule, None, SKIPPED, text(reasons[0] if reasons else "plan.met_nothing", lang))


def _case(outcome: Outcome, step: str, report: Report, lang: str) -> _Case:
    place = next(iter(outcome.places), None)
    name = about(outcome, lang) or outcome.rule_id
    said = line(say(outcome.message, lang))
    if outcome.status == ERROR_STATUS:
        return _Case(name, place, ERROR, said, text("formats.crashed", lang))
    if outcome.status == NOT_EVALUATED:
        return _Case(name, place, SKIPPED, said)
    if outcome.status != FAILED:
        return _Case(name, place)
    rows = sums(outcome, report, lang)
    if outcome.waiver:
        because = text("formats.accepted_because", lang, {"reason": line(outcome.waiver.reason)})
        return _Case(name, place, SKIPPED, f"{because}. {said}", more=rows)
    kind, word = _grade(outcome.severity, lang)
    return _Case(name, place, kind, said, word, (*rows, _step(step, lang)))


def _grade(severity: str, lang: str) -> tuple[str, str]:
    return SKIPPED if severity == NOTE else FAILURE, text(f"severity.{severity}", lang)


def _step(step: str, lang: str) -> str:
    return f"{text('report.next_step', lang)}: {step}" if step else ""


def _suite(root: ET.Element, name: str, class_: str, cases: Sequence[_Case], lang: str) -> None:
    counts = {key: str(sum(c.result == kind for c in cases)) for key, kind in _COUNTED}
    suite = ET.SubElement(root, "testsuite", {"name": _xml(name), "tests": str(len(cases)), **counts})
    seen: dict[str, int] = {}
    for case in cases:
        where = spot(case.place, lang) if case.place else ""
        called = f"{case.name} ({where})" if where else case.name
        seen[called] = seen.get(called, 0) + 1
        told = {"classname": class_, "name": called if seen[called] == 1 else f"{called} [{seen[called]}]"}
        if case.place:
            told["file"] = case.place.file
            told |= {"line": str(case.place.line)} if case.place.line else {}
        made = ET.SubElement(suite, "testcase", {key: _xml(line(value)) for key, value in told.items()})
        if case.result:
            given = {"message": _xml(case.said), **({"type": _xml(case.type)} if case.type else {})}
            inner = ET.SubElement(made, case.result, given)
            inner.text = _xml("\n".join(m for m in case.more if m)) or None


def _xml(said: str) -> str:
    """The text without what XML may not hold."""
    return "".join(c for c in said if c in _KEPT or (c.isprintable() and c not in "\ufffe\uffff"))
