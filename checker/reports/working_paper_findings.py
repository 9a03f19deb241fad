"""The sheet of findings: what is wrong, by cause, what to do, what is suspected, and the checks that show it."""

from __future__ import annotations

from checker.messages import text
from checker.model.causes import POSSIBLE, Suggestion
from checker.model.outcomes import Finding, Outcome, Report
from checker.model.rules import ERROR, NOTE, WARNING
from checker.model.submission import Fact
from checker.names import Names
from checker.reports.working_paper_book import Book, Sheet
from checker.reports.working_paper_scale import scale_of
from checker.reports.working_paper_words import about_fact, places, severity, status, title_of, waived, yes
from checker.wording import say

_COLUMNS = (
    *(("paper.check.number", 5), ("severity", 14), ("title", 30), ("message", 56), ("paper.check.place", 18)),
    *(("step", 40), ("suspect", 32), ("printed", 15), ("suggestion", 14), ("paper.check.unit", 9), ("sure", 16)),
    *(("accepted", 10), ("reason", 30), ("checks", 20), ("paper.check.title", 30), ("paper.check.status", 20)),
)
_FIRST = 5
_CHECK = 14
"""The column of the first of the cells about a check."""


def write(book: Book, report: Report, rows: dict[int, int]) -> dict[int, int]:
    """The sheet; `rows` are those of the outcomes among the checks. Returns the row of each finding, by identity."""
    sheet, lang = book.sheet("findings"), book.lang
    found = report.findings
    counts = {f"{s}s": str(sum(f.severity == s for f in found)) for s in (ERROR, WARNING, NOTE)}
    counts["accepted"] = str(sum(f.accepted for f in found))
    sheet.heading(book.name("findings"), text("paper.finding.heading", lang, counts))
    sheet.row = _FIRST - 1
    sheet.columns(_COLUMNS, "finding")
    numbers = {id(o): n for n, o in enumerate(report.outcomes, 1)}
    facts = {f.fact_id: f for f in (*report.submission.facts, *report.submission.others)}
    names = Names(report.submission)
    written: dict[int, int] = {}
    for number, finding in enumerate(found, 1):
        written[id(finding)] = sheet.row
        sheet.number(1, number, top=True)
        _finding(sheet, finding, report, facts, names)
        for n, outcome in enumerate(finding.outcomes):
            _check(sheet, outcome, report, rows, numbers, n == 0)
            sheet.row += 1
        sheet.row += not finding.outcomes
    if not found:
        sheet.text(1, text("paper.none", lang), "plain")
        sheet.row += 1
    last, sheet.row = sheet.row - 1, _FIRST
    sheet.freeze(last, len(_COLUMNS), filtered=False)
    return written


def _finding(sheet: Sheet, finding: Finding, report: Report, facts: dict[str, Fact], names: Names) -> None:
    lang = sheet.book.lang
    first = finding.outcomes[0]
    about = finding.about or facts.get(first.suspect)
    sheet.text(2, severity(finding.severity, lang), finding.severity, top=True)
    heading = say(finding.heading, lang) if finding.heading else title_of(first, report, lang)
    sheet.text(3, heading, "bold", top=True)
    said = [say(finding.message, lang), *(say(m, lang) for m in finding.further)]
    sheet.text(4, "\n".join(said), top=True)
    at = [about.place] if about and finding.heading else first.places if first.predicate else first.places[:1]
    sheet.text(5, places(at, report, lang), top=True)
    sheet.text(6, say(finding.next_step, lang), top=True)
    sheet.text(7, about_fact(about, names, lang) if about else "", top=True)
    sheet.text(8, about.as_printed if about else "", top=True)
    suggestion = _suggestion(finding, about)
    if suggestion and suggestion.value is not None and about:
        unit, sure = scale_of(about, suggestion.unit), text(f"paper.finding.{suggestion.certainty}", lang)
        value = abs(suggestion.value) if about.sign_word else suggestion.value * about.orientation
        sheet.number(9, unit.of(value), unit.decimals, top=True)
        sheet.text(10, unit.word(lang), top=True)
        word = text("cause.with_word", lang) if about.sign_word and suggestion.value * about.value < 0 else ""
        sheet.text(11, f"{sure}, {word}" if word else sure, top=True)
    else:
        for column in (9, 10, 11):
            sheet.text(column, "", top=True)
    waivers = list(dict.fromkeys(o.waiver for o in finding.outcomes if o.waiver))
    partly = text("paper.finding.partly", lang)
    sheet.text(12, partly if waivers and not finding.accepted else yes(finding.accepted, lang), top=True)
    sheet.text(13, "\n".join(waived(w, lang) for w in waivers), top=True)


def _suggestion(finding: Finding, about: Fact | None) -> Suggestion | None:
    """What the suspected figure should be, where that is known with some certainty."""
    options = finding.diagnosis.options if finding.diagnosis else ()
    own = [s for s in options[0].suggestions if about and s.figure == about.fact_id] if options else []
    return own[0] if own and own[0].certainty != POSSIBLE else None


def _check(
    sheet: Sheet, outcome: Outcome, report: Report, rows: dict[int, int], numbers: dict[int, int], top: bool
) -> None:
    lang = sheet.book.lang
    if id(outcome) in rows:
        said = text("paper.finding.check", lang, {"n": str(numbers[id(outcome)]), "id": outcome.rule_id})
        sheet.link(_CHECK, "checks", rows[id(outcome)], said, top)
    else:
        sheet.text(_CHECK, outcome.rule_id, top=top)
    sheet.text(_CHECK + 1, title_of(outcome, report, lang), top=top)
    sheet.text(_CHECK + 2, status(outcome, lang), outcome.status, top=top)
