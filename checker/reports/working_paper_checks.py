"""The sheets of checks and of their calculations: a row for each outcome, and one for each figure of a calculation."""

from __future__ import annotations

from dataclasses import dataclass

from checker.messages import text
from checker.model.outcomes import (
    ERROR_STATUS,
    FAILED,
    NOT_EVALUATED,
    PASSED,
    PASSED_ROUNDING,
    Outcome,
    Report,
)
from checker.printed import printed
from checker.reports.places import where
from checker.reports.working_paper_book import LAST_ROW, Book, Sheet
from checker.reports.working_paper_result import Result, result
from checker.reports.working_paper_scale import Scale
from checker.reports.working_paper_sums import Number, Row
from checker.reports.working_paper_terms import Item, Known
from checker.reports.working_paper_words import about, label, places, severity, status, status_word, title_of, waived
from checker.wording import say

_CHECKS = (
    *(("number", 6), ("rule", 9), ("title", 28), ("about", 34), ("place", 18), ("status", 19), ("severity", 13)),
    *(("demand", 8), ("unit", 9), ("stated", 14), ("computed", 14), ("difference", 12), ("tolerance", 13)),
    *(("verdict", 19), ("same", 9), ("how", 24), ("message", 50), ("accepted", 24), ("tick", 8)),
    *(("reviewer", 12), ("date", 11), ("comment", 28)),
)
_SUMS = (
    *(("paper.check.number", 6), ("paper.check.rule", 9), ("role", 13), ("label", 44), ("printed", 18)),
    *(("paper.check.place", 24), ("value", 16), ("paper.check.unit", 11), ("rounded", 12), ("clip", 16)),
    *(("weight", 8), ("part", 16), ("down", 13), ("up", 13)),
)
_TICKS = ["✓", "✗", "–"]
FIRST = 5
"""The first row of a check, and of a term."""
STATED_COLUMN = 10


@dataclass(frozen=True, slots=True)
class Written:
    """Where the checks stand: the row of each outcome, by its identity, and its result."""

    rows: dict[int, int]
    results: dict[int, Result]


def write(book: Book, report: Report) -> Written:
    """Both sheets."""
    checks, sums = book.sheet("checks"), book.sheet("sums")
    _head(checks, sums, report)
    known = Known({f.fact_id: f for f in (*report.submission.facts, *report.submission.others)})
    written = Written({}, {})
    for number, outcome in enumerate(report.outcomes, 1):
        first = sums.row
        written.rows[id(outcome)] = checks.row
        made = _result(outcome, known, first, checks.row, book)
        if made is not None and first + len(made.rows) > LAST_ROW:
            made = None
        if made is not None:
            written.results[id(outcome)] = made
            _terms(sums, number, outcome, made, report, checks.row)
        _check(checks, number, outcome, made, report, first)
        checks.row += 1
    _finish(checks, sums, len(report.outcomes))
    return written


def _result(outcome: Outcome, known: Known, first: int, at: int, book: Book) -> Result | None:
    """The calculation as it is printed; None where there is none."""
    if outcome.evidence is None or not outcome.evidence.terms:
        return None
    return result(outcome, printed(outcome.evidence), known, first, at, book.name("sums"))


def _head(checks: Sheet, sums: Sheet, report: Report) -> None:
    lang = checks.book.lang
    s = report.submission
    key = "paper.title_year" if s.year and str(s.year) not in s.entity else "paper.title"
    title = text(key, lang, {"entity": s.entity or (s.files[0].path if s.files else ""), "year": str(s.year or "")})
    counts = {
        "n": str(len(report.outcomes)),
        "passed": str(report.count(PASSED)),
        "rounding": str(report.count(PASSED_ROUNDING)),
        "failed": str(report.count(FAILED)),
        "other": str(report.count(NOT_EVALUATED) + report.count(ERROR_STATUS)),
    }
    checks.heading(title, text("paper.check.heading", lang, counts))
    checks.text(2, text("paper.check.live", lang, {"sheet": checks.book.name("sums")}), "plain")
    last = max(FIRST, FIRST + len(report.outcomes) - 1)
    checks.formula(1, f'=COUNTIF(O{FIRST}:O{last},"{text("paper.no", lang)}")', 0, style="bold")
    checks.row += 1
    checks.columns(_CHECKS, "check")
    sums.heading(text("paper.sheet.sums", lang), text("paper.sum.heading", lang))
    sums.row = FIRST - 1
    sums.columns(_SUMS, "sum")


def _check(sheet: Sheet, number: int, outcome: Outcome, made: Result | None, report: Report, first: int) -> None:
    """One check; the auditor's cells stay empty."""
    lang = sheet.book.lang
    sheet.number(1, number)
    sheet.text(2, outcome.rule_id)
    sheet.text(3, title_of(outcome, report, lang))
    sheet.text(4, about(outcome.at, lang))
    at = places(outcome.places if outcome.predicate else outcome.places[:1], report, lang)
    if made is not None and made.rows:
        sheet.link(5, "sums", first, at)
    else:
        sheet.text(5, at)
    sheet.text(6, status(outcome, lang), "error" if outcome.status == ERROR_STATUS else outcome.status)
    failed = outcome.status == FAILED
    sheet.text(7, severity(outcome.severity, lang) if failed else "", outcome.severity if failed else "")
    _figures(sheet, outcome, made, lang)
    sheet.text(17, say(outcome.message, lang))
    sheet.text(18, waived(outcome.waiver, lang) if outcome.waiver else "")
    for column in (19, 20, 22):
        sheet.text(column, "", "input")
    sheet.raw.write_blank(sheet.row - 1, 20, None, sheet.book.style("input", date=True))


def _figures(sheet: Sheet, outcome: Outcome, made: Result | None, lang: str) -> None:
    how = "predicate" if outcome.predicate else "not_evaluated"
    if made is None and outcome.evidence is not None and outcome.evidence.computed is not None:
        how = "no_room"
    sheet.text(16, text(f"paper.how.{made.how if made else how}", lang))
    if made is None or made.stated is None:
        return
    sheet.text(8, text(f"paper.demand.{made.demand}", lang))
    sheet.text(9, made.scale.word(lang))
    for column, figure in enumerate((made.stated, made.computed, made.difference, made.tolerance), STATED_COLUMN):
        if figure is not None:
            sheet.formula(column, figure[0], figure[1], made.scale.decimals)
    formula, given = made.verdict
    word = status_word(given, lang)
    if not formula:
        sheet.text(14, word)
        sheet.text(15, "–")
        return
    words = {key: status_word(key, lang).replace('"', "") for key in (PASSED, PASSED_ROUNDING, FAILED)}
    sheet.formula(14, formula.format_map(words), word)
    yes, no = text("paper.yes", lang), text("paper.no", lang)
    sheet.formula(15, f'=IF(N{sheet.row}=F{sheet.row},"{yes}","{no}")', yes)


def _terms(sheet: Sheet, number: int, outcome: Outcome, made: Result, report: Report, check_row: int) -> None:
    lang = sheet.book.lang
    for n, row in enumerate(made.rows):
        item, top = row.item, n == 0
        sheet.number(1, number, top=top)
        if top:
            sheet.link(2, "checks", check_row, outcome.rule_id, top)
        else:
            sheet.text(2, outcome.rule_id)
        sheet.text(3, text(f"paper.role.{item.role}", lang), "", top)
        sheet.text(4, label(item, lang), "", top)
        sheet.text(5, item.as_printed, "", top)
        sheet.text(6, _where(item, report, lang), "", top)
        _figure(sheet, 7, row.value, item.scale, top)
        sheet.text(8, item.scale.word(lang), "", top)
        _figure(sheet, 9, row.unit, item.scale, top)
        sheet.text(10, _counts(row, made.demand != "agree", lang), "", top)
        _figure(sheet, 11, None if item.weight is None else ("", item.weight), None, top)
        for column, figure in ((12, row.part), (13, row.down), (14, row.up)):
            _figure(sheet, column, figure, made.scale, top)
        sheet.row += 1


def _where(item: Item, report: Report, lang: str) -> str:
    """The place of a figure, or the row of the sheet that a sum was written in already."""
    if item.like is not None:
        return text("paper.sum.like", lang, {"row": str(item.like)})
    return where(item.place, report.submission.files, lang) if item.place else ""


def _figure(sheet: Sheet, column: int, figure: Number | None, scale: Scale | None, top: bool) -> None:
    if figure is None:
        sheet.text(column, "", "", top)
    else:
        sheet.formula(column, figure[0], figure[1], scale.decimals if scale else 0, top=top)


def _counts(row: Row, clipped: bool, lang: str) -> str:
    keys = [row.item.clip] if row.item.clip and clipped else []
    keys += ["turned"] if row.item.turned else []
    return ", ".join(text(f"paper.clip.{key}", lang) for key in keys)


def _finish(checks: Sheet, sums: Sheet, count: int) -> None:
    """Filters, frozen headers, drop-downs and colours."""
    lang, last = checks.book.lang, max(FIRST, FIRST + count - 1)
    for sheet, wide, filtered in ((checks, len(_CHECKS), True), (sums, len(_SUMS), False)):
        end = sheet.row - 1
        sheet.row = FIRST
        sheet.freeze(end, wide, filtered)
    checks.raw.data_validation(
        f"S{FIRST}:S{last}",
        {
            "validate": "list",
            "source": _TICKS,
            "input_title": text("paper.check.tick_title", lang)[:32],
            "input_message": text("paper.check.tick_help", lang)[:255],
        },
    )
    begins = {"✓": PASSED, "≈": PASSED_ROUNDING, "✗": FAILED}
    for symbol, style in begins.items():
        rule = {"type": "text", "criteria": "begins with", "value": symbol, "format": checks.book.colours(style)}
        checks.raw.conditional_format(f"N{FIRST}:N{last}", rule)
    no = {"type": "cell", "criteria": "==", "value": f'"{text("paper.no", lang)}"'}
    checks.raw.conditional_format(f"O{FIRST}:O{last}", {**no, "format": checks.book.colours(FAILED)})
