"""The sheet of what the paper rests on: files and hashes, rule set, adjustments, waivers, sign-off, how to read it."""

from __future__ import annotations

from collections.abc import Sequence

from checker.messages import text
from checker.model.accepted import USED
from checker.model.outcomes import Report
from checker.model.submission import THIS
from checker.reports.working_paper_book import Book, Sheet
from checker.reports.working_paper_words import severity, status_word
from checker.wording import adjustment

_WIDTHS = (32, 30, 64, 22, 22, 20, 26)
_METHOD = ("method_checks", "method_tolerance", "method_tool", "method_colour")


def write(book: Book, report: Report) -> None:
    """The sheet."""
    sheet, lang = book.sheet("basis"), book.lang
    sheet.widths(_WIDTHS)
    sheet.raw.set_paper(9)
    sheet.heading(book.name("basis"), text("paper.basis.heading", lang))
    sheet.row += 1
    facts = (
        ("tool", text("paper.basis.tool_version", lang, {"version": report.tool_version})),
        ("ruleset", report.ruleset_id),
        ("version", report.ruleset_version),
        ("sha", report.ruleset_sha256),
    )
    for key, said in facts:
        sheet.text(1, text(f"paper.basis.{key}", lang), "bold")
        sheet.text(2, said, "plain")
        sheet.row += 1
    files = [
        (f.path, text(f"paper.basis.{f.role or THIS}", lang), f.sha256, f.encoding)
        for f in (*report.submission.files, *report.basis)
    ]
    _table(sheet, "files", ("paper.scope.file", "role", "sha_file", "encoding"), files)
    adjusted = [(a.rule, adjustment(a, lang), a.reason, a.author, a.approved_by, a.date) for a in report.adjusted]
    columns = ("paper.check.rule", "change", "paper.scope.reason", "author", "approved", "paper.check.date")
    _table(sheet, "adjusted", columns, adjusted)
    _waivers(sheet, report)
    _sign_off(sheet)
    _legend(sheet)
    sheet.row += 1
    sheet.text(1, text("report.disclaimer", lang), "plain")


def _part(sheet: Sheet, key: str) -> None:
    sheet.row += 1
    sheet.text(1, text(f"paper.basis.{key}", sheet.book.lang), "part")
    sheet.row += 1


def _heads(sheet: Sheet, columns: Sequence[str]) -> None:
    for column, name in enumerate(columns, 1):
        sheet.text(column, text(name if "." in name else f"paper.basis.{name}", sheet.book.lang), sheet.head(name))
    sheet.row += 1


def _table(sheet: Sheet, key: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    _part(sheet, key)
    _heads(sheet, columns)
    for row in rows:
        for column, said in enumerate(row, 1):
            sheet.text(column, said)
        sheet.row += 1
    if not rows:
        sheet.text(1, text("paper.none", sheet.book.lang), "plain")
        sheet.row += 1


def _waivers(sheet: Sheet, report: Report) -> None:
    """Every waiver of the file, whether it counts or not."""
    lang = sheet.book.lang
    columns = ("paper.check.rule", "waiver_key", "paper.scope.reason", "by", "approved", "until", "state")
    _part(sheet, "waivers")
    _heads(sheet, columns)
    for each in report.waivers:
        w = each.waiver
        by = text("paper.finding.by", lang, {"by": w.by, "date": w.date})
        for column, said in enumerate((w.rule, w.fingerprint, w.reason, by, w.approved_by, w.until), 1):
            sheet.text(column, said)
        sheet.text(7, text(f"paper.basis.state_{each.state}", lang), "note" if each.state == USED else "warning")
        sheet.row += 1
    if not report.waivers:
        sheet.text(1, text("paper.none", lang), "plain")
        sheet.row += 1


def _sign_off(sheet: Sheet) -> None:
    """Empty cells for who prepared and who reviewed the paper."""
    lang = sheet.book.lang
    _part(sheet, "sign_off")
    sheet.text(2, text("paper.basis.name", lang), "head")
    sheet.text(3, text("paper.check.comment", lang), "head")
    sheet.text(4, text("paper.check.date", lang), "head")
    for key in ("prepared", "reviewed"):
        sheet.row += 1
        sheet.text(1, text(f"paper.basis.{key}", lang), "bold")
        for column in (2, 3):
            sheet.text(column, "", "input")
        sheet.raw.write_blank(sheet.row - 1, 3, None, sheet.book.style("input", date=True))
    sheet.row += 1


def _legend(sheet: Sheet) -> None:
    """What the signs and colours mean, and how a check is read."""
    lang = sheet.book.lang
    _part(sheet, "legend")
    for status in ("passed", "passed_rounding", "failed", "not_evaluated"):
        sheet.text(1, status_word(status, lang), status)
        sheet.row += 1
    for key in ("error", "warning", "note"):
        sheet.text(1, severity(key, lang), key)
        sheet.text(2, text(f"severity_long.{key}", lang), "plain")
        sheet.row += 1
    _part(sheet, "method")
    for key in _METHOD:
        sheet.text(1, text(f"paper.basis.{key}", lang), "plain")
        sheet.row += 1
