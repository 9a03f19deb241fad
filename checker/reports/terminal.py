"""The report as a controller reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from checker.amounts.show import figure
from checker.messages import text
from checker.model.document import Place
from checker.model.outcomes import (
    ERROR_STATUS,
    FAILED,
    NOT_EVALUATED,
    PASSED,
    PASSED_ROUNDING,
    At,
    Evidence,
    Finding,
    Outcome,
    Report,
)
from checker.model.rules import ERROR, NOTE, WARNING
from checker.model.submission import Extraction, Fact
from checker.names import numbered
from checker.printed import printed
from checker.reports import View
from checker.reports.accepted import mark, reasons
from checker.reports.calculation import calculation, whole
from checker.reports.places import joined, where
from checker.reports.plain import commandless
from checker.reports.summary import head, tail
from checker.reports.writing import clean, paint, wrapped
from checker.wording import say

LISTED = ("cause.option_value", "cause.option_only", "cause.option_range", "cause.named")
"""Sentences that are one of several possibilities."""


def render(report: Report, view: View) -> str:
    """The whole report; text from the submission can hold no terminal escape and no command of a build log."""
    lines: list[str] = []
    lines += head(report, view)
    lines += _findings(report, view)
    if view.show_passed:
        lines += _section(report, view, "report.passed_heading", (PASSED, PASSED_ROUNDING))
    if view.show_coverage:
        lines += _section(report, view, "report.not_evaluated_heading", (NOT_EVALUATED,))
        lines += _coverage(report, view)
        lines += _remarks(report, view)
    if view.show_plan:
        lines += _plan(report, view)
    lines += _crashes(report, view)
    lines += tail(report, view)
    return commandless("\n".join(lines) + "\n")


def _findings(report: Report, view: View) -> Iterator[str]:
    """Those to be dealt with by severity, then those that are accepted; a number is the place in the report."""
    places = list(enumerate(report.findings, 1))
    for severity in (ERROR, WARNING, NOTE):
        chosen = [(n, f) for n, f in places if f.severity == severity and not f.accepted]
        if not chosen:
            continue
        word = text(f"severity.{severity}", view.lang).upper()
        long = text(f"severity_long.{severity}", view.lang)
        yield paint(view, severity, word if long.upper() == word else f"{word}  {long}")
        for number, finding in chosen:
            yield from _finding(number, finding, report, view)
        yield ""
    accepted = [(n, f) for n, f in places if f.accepted]
    if accepted:
        yield paint(view, "bold", text("waiver.heading", view.lang))
        for number, finding in accepted:
            yield from _finding(number, finding, report, view)
        yield ""


def _finding(number: int, finding: Finding, report: Report, view: View) -> Iterator[str]:
    outcome = finding.outcomes[0]
    title = say(finding.heading, view.lang) if finding.heading else _title_of(outcome, report, view)
    place = finding.about.place if finding.about and finding.heading else next(iter(outcome.places), None)
    line = _where(place, report, view) if place else ""
    size = f"{_size(finding, view)}  {_marks(finding, view)}"
    yield paint(
        view,
        "bold",
        f"{number:>2}  {outcome.rule_id} {title:<62} {line:<9}  {size}".rstrip(),
    )
    subject = _about(finding.about, report, view) if finding.about and finding.heading else _subject(outcome, view)
    if subject:
        yield from wrapped(subject, 4, view)
    yield from wrapped(say(finding.message, view.lang), 4, view)
    if not finding.heading:
        yield from _proof(outcome, report, view)
        yield from _corrected(outcome, finding, view)
    for sentence in finding.further:
        listed = sentence.key in LISTED
        yield from wrapped(f"{'– ' if listed else ''}{say(sentence, view.lang)}", 6 if listed else 4, view)
    for place in outcome.places if outcome.predicate else outcome.places[:1]:
        if place.snippet and (outcome.predicate or place.mark):
            snippet = text("report.quoted", view.lang, {"text": _marked(place)})
            yield from wrapped(f"{_where(place, report, view)}: {snippet}", 6, view)
    for sentence, evidence in finding.shown:
        yield from wrapped(f"{text('report.proof', view.lang)}: {say(sentence, view.lang)}", 4, view)
        for row in calculation(printed(evidence), report.submission.files, view.lang):
            yield clean(f"      {row}")
    for further in finding.outcomes if finding.heading else finding.outcomes[1:]:
        yield from _further(further, finding, report, view)
    for line in reasons(finding, view.lang):
        yield from wrapped(line, 4, view)
    if not finding.accepted:
        yield from wrapped(f"{text('report.next_step', view.lang)}: {say(finding.next_step, view.lang)}", 4, view)


def _marks(finding: Finding, view: View) -> str:
    """How grave an accepted finding is, and whether it is new since the earlier report."""
    grave = f"[{text(f'severity.{finding.severity}', view.lang)}]" if finding.accepted else ""
    return f"{grave} {mark(finding, view.lang)}".strip()


def _size(finding: Finding, view: View) -> str:
    """The amount at stake: how far the figure is from what it should be, else the difference."""
    about = finding.about
    if finding.off and about:
        return figure(finding.off, about.unit, about.dimension, view.lang, word=about.unit_known)
    evidence = finding.outcomes[0].evidence
    if evidence is None or not evidence.difference:
        return ""
    value = abs(whole(evidence, evidence.difference))
    return figure(value, evidence.show, evidence.dimension, view.lang, word=evidence.unit_known)


def _further(outcome: Outcome, finding: Finding, report: Report, view: View) -> Iterator[str]:
    """A check that shows the cause: as it stands, and with the figure put right."""
    said = {"id": outcome.rule_id, "title": _title_of(outcome, report, view)}
    yield from wrapped(
        f"{text('report.proof', view.lang)}: {text('report.proof_as_written', view.lang, said)}", 4, view
    )
    yield from _proof(outcome, report, view)
    yield from _corrected(outcome, finding, view)


def _corrected(outcome: Outcome, finding: Finding, view: View) -> Iterator[str]:
    """What the check says once the figure is put right."""
    made = printed(outcome.corrected) if outcome.corrected else None
    if made is None or made.op == "agree" or made.computed is None or made.stated is None or not finding.repaired:
        return
    figures = {k: _amount(made, v, view) for k, v in (("computed", made.computed), ("stated", made.stated))}
    figures["repaired"] = say(finding.repaired, view.lang)
    yield from wrapped(text("report.proof_corrected", view.lang, figures), 6, view)


def _amount(evidence: Evidence, value: int, view: View) -> str:
    return figure(whole(evidence, value), evidence.show, evidence.dimension, view.lang, word=evidence.unit_known)


def _title_of(outcome: Outcome, report: Report, view: View) -> str:
    """The title of the outcome's rule."""
    return next(r for r in report.rules if r.id == outcome.rule_id).title[view.lang]


def _about(fact: Fact, report: Report, view: View) -> str:
    """Line, measure, year and table of one figure."""
    statements = (*report.submission.statements, *report.submission.texts)
    title = next((s.title for s in statements if s.id == fact.statement), "")
    at = At(fact.entity, fact.statement, title, fact.line, numbered(fact.number, fact.label), fact.measure, fact.year)
    return _at(at, view)


def _marked(place: Place, most: int = 160) -> str:
    """What is quoted, the meant words between » and «, cut at its ends where it is long."""
    snippet = place.snippet or ""
    if place.mark is None:
        return snippet if len(snippet) <= most else snippet[: most - 3] + "…"
    start, end = place.mark
    low = max(0, min(start - (most - (end - start)) // 2, len(snippet) - most))
    high = min(len(snippet), low + most)
    before, after = ("…" if low else ""), ("…" if high < len(snippet) else "")
    return f"{before}{snippet[low:start]}»{snippet[start:end]}«{snippet[end:high]}{after}"


def _subject(outcome: Outcome, view: View) -> str:
    """Line, measure, year and table: '3 Leasing · regnskab 2021 · „Titel“'."""
    return _at(outcome.at, view)


def _at(at: At, view: View) -> str:
    measure = text(f"measure.{at.measure}", view.lang) if at.measure else ""
    what = f"{measure} {at.year or ''}".strip()
    pieces = [
        at.label if at.measure else "",
        what,
        _title(at.title, view) if at.title and at.title != at.statement else "",
    ]
    return " · ".join(p for p in pieces if p)


def _title(title: str, view: View) -> str:
    """The title in the language's quotation marks, cut between words."""
    short = title if len(title) <= 50 else title[: title.rfind(" ", 0, 50)].rstrip(" .,…") + "…"
    return text("report.quoted", view.lang, {"text": short})


def _where(place: Place, report: Report, view: View) -> str:
    return clean(where(place, report.submission.files, view.lang))


def _proof(outcome: Outcome, report: Report, view: View) -> Iterator[str]:
    if outcome.evidence is None:
        return
    for line in calculation(printed(outcome.evidence), report.submission.files, view.lang):
        yield clean(f"      {line}")


def _section(report: Report, view: View, heading: str, statuses: tuple[str, ...]) -> Iterator[str]:
    chosen = [o for o in report.outcomes if o.status in statuses]
    yield paint(view, "bold", f"{text(heading, view.lang)} ({len(chosen)})")
    for outcome in chosen:
        word = _status_word(outcome, view)
        place = _where(outcome.places[0], report, view) if outcome.places else ""
        about = " · ".join(said for said in (_subject(outcome, view), place) if said)
        said = "" if outcome.status == NOT_EVALUATED else f": {word}"
        yield from wrapped(f"{outcome.rule_id}{'  ' if about else ''}{about}{said}", 2, view)
        yield from wrapped(say(outcome.message, view.lang), 4, view)
        if view.show_passed and outcome.status in (PASSED, PASSED_ROUNDING):
            yield from _proof(outcome, report, view)
    yield ""


def _status_word(outcome: Outcome, view: View) -> str:
    if outcome.predicate and outcome.status in (PASSED, FAILED):
        return text("status.met" if outcome.status == PASSED else "status.not_met", view.lang)
    return text(f"status.{outcome.status}", view.lang)


def _coverage(report: Report, view: View) -> Iterator[str]:
    for row in report.submission.extraction:
        yield from wrapped(_account(row, view), 0, view)
    yield ""
    yield paint(view, "bold", f"{text('report.coverage_heading', view.lang)} ({len(report.coverage.unchecked)})")
    for item in report.coverage.unchecked:
        about = ""
        if item.fact:
            measure = text(f"measure.{item.fact.measure}", view.lang)
            about = f" ({item.fact.label}, {measure} {item.fact.year or ''})".replace(" )", ")")
        line = f"{_where(item.place, report, view)}: {item.as_printed}{about}: {text(item.reason, view.lang)}"
        yield from wrapped(line, 2, view)
        if item.fact is None and item.place.mark:
            yield from wrapped(text("report.quoted", view.lang, {"text": _marked(item.place)}), 4, view)
    yield ""


def _account(row: Extraction, view: View) -> str:
    """What became of every number-like piece of a file or sheet."""
    where = f"{row.file}, {row.where}" if row.where else row.file
    numbers = {k: str(getattr(row, k)) for k in ("tokens", "amounts", "non_amounts", "not_read", "unexplained")}
    return text("report.account", view.lang, {"where": where, **numbers})


def _remarks(report: Report, view: View) -> Iterator[str]:
    if not report.submission.remarks:
        return
    yield paint(view, "bold", text("report.remarks_heading", view.lang))
    places: dict[tuple[str, tuple[tuple[str, str], ...]], list[Place]] = {}
    for remark in report.submission.remarks:
        places.setdefault((remark.key, remark.args), []).append(remark.place)
    for (key, given), at in places.items():
        args = {k: ", ".join(_word(w, view) for w in v.split(", ")) for k, v in given}
        said = joined(at, report.submission.files, view.lang)
        yield from wrapped(f"{said}: {text(key, view.lang, args)}", 2, view)
    yield ""


def _word(value: str, view: View) -> str:
    return text(value[1:], view.lang) if value.startswith("@") else value


def _plan(report: Report, view: View) -> Iterator[str]:
    yield paint(view, "bold", text("report.plan_heading", view.lang))
    for row in report.plan:
        said = (
            text(row.reason, view.lang)
            if row.reason
            else text(f"report.plan_checks_{'one' if row.checks == 1 else 'many'}", view.lang, {"n": str(row.checks)})
        )
        title = f"  {_title(row.statement, view)}" if row.statement else ""
        yield from wrapped(f"{row.rule_id}{title}: {said}", 2, view)
    yield ""


def _crashes(report: Report, view: View) -> Iterator[str]:
    crashed = [o for o in report.outcomes if o.status == ERROR_STATUS]
    if crashed:
        yield paint(view, ERROR, text("report.error_heading", view.lang))
        for outcome in crashed:
            yield from wrapped(say(outcome.message, view.lang), 4, view)
        yield ""
