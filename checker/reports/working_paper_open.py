"""The sheet of uncorrected differences in kroner, one per cause, held against a limit that the auditor sets."""

from __future__ import annotations

from fractions import Fraction

from checker.messages import text
from checker.model.outcomes import FAILED, Finding, Outcome, Report
from checker.model.submission import KR, SCALE
from checker.reports.working_paper_book import Book, Sheet
from checker.reports.working_paper_checks import Written
from checker.reports.working_paper_words import places, severity, title_of, yes
from checker.wording import say

_COLUMNS = (
    *(("paper.check.number", 6), ("paper.check.severity", 15), ("paper.check.rule", 9), ("finding", 44)),
    *(("paper.check.place", 20), ("difference", 16), ("off", 16), ("assessed", 16), ("over", 11)),
    *(("paper.finding.accepted", 11), ("paper.check.how", 34), ("paper.check.comment", 30)),
)
_LIMIT, _HEAD, _TOTALS = 4, 11, 6


def write(book: Book, report: Report, written: Written, findings: dict[int, int]) -> None:
    """The sheet, with the limit as a named cell."""
    sheet, lang = book.sheet("open"), book.lang
    chosen = [(f, own) for f in report.findings if (own := _failed(f))]
    sheet.heading(book.name("open"), text("paper.open.heading", lang))
    sheet.row = _HEAD
    sheet.columns(_COLUMNS, "open")
    numbers = {id(f): n for n, f in enumerate(report.findings, 1)}
    assessed = []
    for finding, own in chosen:
        sheet.number(1, numbers[id(finding)])
        assessed.append(_row(sheet, finding, own, report, written, findings))
        sheet.row += 1
    if not chosen:
        sheet.text(1, text("paper.none", lang), "plain")
        sheet.row += 1
    last, sheet.row = max(sheet.row - 1, _HEAD + 1), _HEAD + 1
    sheet.freeze(last, len(_COLUMNS))
    _totals(sheet, [a for a in assessed if a is not None], last)


def _failed(finding: Finding) -> list[Outcome]:
    """The failed checks of a finding: calculations first, that with the largest difference at the head."""
    own = [o for o in finding.outcomes if o.status == FAILED]
    return sorted(own, key=lambda o: (o.predicate, -abs(_kroner(o) or Fraction(0))))


def _kroner(outcome: Outcome) -> Fraction | None:
    e = outcome.evidence
    if e is None or e.difference is None or e.dimension != KR:
        return None
    return Fraction(e.difference, e.divisor * SCALE[KR])


def _row(
    sheet: Sheet,
    finding: Finding,
    own: list[Outcome],
    report: Report,
    written: Written,
    findings: dict[int, int],
) -> Fraction | None:
    """One finding; what is assessed is the larger of the difference and what the figure is wrong by."""
    lang, outcome, at = sheet.book.lang, own[0], sheet.row
    heading = say(finding.heading, lang) if finding.heading else title_of(finding.outcomes[0], report, lang)
    sheet.text(2, severity(finding.severity, lang), finding.severity)
    sheet.text(3, outcome.rule_id)
    sheet.link(4, "findings", findings[id(finding)], f"{heading}: {outcome.at.label}".rstrip(": "))
    sheet.text(5, places([finding.about.place] if finding.about else outcome.places[:1], report, lang))
    made, difference = written.results.get(id(outcome)), _kroner(outcome)
    if made and made.difference and difference is not None:
        signed = made.difference[1] * made.scale.worth
        cell = f"'{sheet.book.name('checks')}'!$L${written.rows[id(outcome)]}"
        worth = made.scale.worth
        sheet.formula(6, f"={cell}" if worth == 1 else f"={cell}*{worth.numerator}", signed, 2)
    off = finding.off if finding.about and finding.about.dimension == KR else 0
    if off:
        sheet.number(7, Fraction(off, SCALE[KR]), 2)
    sheet.text(10, yes(finding.accepted, lang))
    sheet.text(12, "", "input")
    if difference is None and not off:
        sheet.text(11, text("paper.open.not_money", lang), "warning")
        return None
    sheet.text(11, text("paper.how." + (made.how if made else "no_room"), lang))
    value = max(abs(difference or Fraction(0)), Fraction(off, SCALE[KR]))
    sheet.formula(8, f"=MAX(ABS(N(F{at})),N(G{at}))", value, 2)
    name, over, under = (text(f"paper.{key}", lang) for key in ("limit_name", "yes", "no"))
    sheet.formula(9, f'=IF(H{at}>{name},"{over}","{under}")', over if value else under)
    return value


def _totals(sheet: Sheet, assessed: list[Fraction], last: int) -> None:
    """The limit, and how many differences are over and under it, with their sums."""
    book, lang = sheet.book, sheet.book.lang
    name, yes_, no = (text(f"paper.{key}", lang) for key in ("limit_name", "yes", "no"))
    sheet.row = _LIMIT
    sheet.text(1, text("paper.open.limit", lang), "part")
    sheet.number(_TOTALS, 0, 2, "input")
    at_least = {"validate": "decimal", "criteria": ">=", "value": 0}
    sheet.raw.data_validation(_LIMIT - 1, _TOTALS - 1, _LIMIT - 1, _TOTALS - 1, at_least)
    book.file.define_name(name, f"='{book.name('open')}'!$F${_LIMIT}")
    first = _HEAD + 1
    answers, amounts = f"I{first}:I{last}", f"H{first}:H{last}"
    over = [a for a in assessed if a]
    rows: tuple[tuple[str, str, int | Fraction, int], ...] = (
        ("over_count", f'=COUNTIF({answers},"{yes_}")', len(over), 0),
        ("over_sum", f'=SUMIFS({amounts},{answers},"{yes_}")', sum(over, Fraction(0)), 2),
        ("under_count", f'=COUNTIF({answers},"{no}")', len(assessed) - len(over), 0),
        ("under_sum", f'=SUMIFS({amounts},{answers},"{no}")', Fraction(0), 2),
    )
    for key, formula, value, places_ in rows:
        sheet.row += 1
        sheet.text(1, text(f"paper.open.{key}", lang), "part")
        sheet.formula(_TOTALS, formula, value, places_, "bold")
    sheet.row += 1
    sheet.text(1, text("paper.open.assessed_help", lang), "plain")
