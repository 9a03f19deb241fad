"""The sheet of what was checked: amounts covered of all, every unchecked one, and what was not read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from checker.messages import text
from checker.model.document import Place
from checker.model.outcomes import Report
from checker.model.submission import Remark
from checker.names import Names
from checker.reports.places import where
from checker.reports.working_paper_book import LAST_ROW, Book, Sheet
from checker.reports.working_paper_words import about_fact, places, yes

_WIDTHS = (30, 24, 40, 20, 20, 16, 14)


def write(book: Book, report: Report) -> None:
    """The sheet."""
    sheet = book.sheet("scope")
    sheet.widths(_WIDTHS)
    sheet.raw.set_paper(9)
    sheet.heading(book.name("scope"), text("paper.scope.heading", book.lang))
    sheet.row += 1
    _counts(sheet, report)
    _account(sheet, report)
    _unchecked(sheet, report)
    _not_read(sheet, report)
    _read(sheet, report)
    _plan(sheet, report)


def _part(sheet: Sheet, key: str, columns: Sequence[str], help_: str = "") -> None:
    """The heading of a part of the sheet, and its header row."""
    sheet.row += 1
    sheet.text(1, text(f"paper.scope.{key}", sheet.book.lang), "part")
    sheet.row += 1
    if help_:
        sheet.text(1, text(f"paper.scope.{help_}", sheet.book.lang), "plain")
        sheet.row += 1
    for column, name in enumerate(columns, 1):
        sheet.text(column, text(name if "." in name else f"paper.scope.{name}", sheet.book.lang), sheet.head(name))
    sheet.row += 1


def _none(sheet: Sheet, rows: Sequence[object]) -> None:
    if not rows:
        sheet.text(1, text("paper.none", sheet.book.lang), "plain")
        sheet.row += 1


def _counts(sheet: Sheet, report: Report) -> None:
    """How many amounts stand there, and how many are covered; what is left is a formula."""
    every, checked, first = report.coverage.facts, report.coverage.checked, sheet.row
    share = round(Fraction(100 * checked, every), 1) if every else Fraction(0)
    rows: tuple[tuple[str, str, int | Fraction, int], ...] = (
        ("amounts", "", every, 0),
        ("checked", "", checked, 0),
        ("unchecked", f"=B{first}-B{first + 1}", every - checked, 0),
        ("share", f"=IF(B{first}=0,0,ROUND(100*B{first + 1}/B{first},1))", share, 1),
    )
    for key, formula, value, places_ in rows:
        sheet.text(1, text(f"paper.scope.{key}", sheet.book.lang), "bold")
        sheet.formula(2, formula, value, places_)
        sheet.row += 1


def _account(sheet: Sheet, report: Report) -> None:
    """Everything that looks like a number, by file, sheet or page."""
    columns = ("file", "where", "tokens", "read", "no_amount", "not_read", "unexplained")
    _part(sheet, "account", columns, "account_help")
    for row in report.submission.extraction:
        sheet.text(1, row.file)
        sheet.text(2, row.where)
        for column, value in enumerate((row.tokens, row.amounts, row.non_amounts, row.not_read), 3):
            sheet.number(column, value)
        at = sheet.row
        sheet.formula(7, f"=C{at}-D{at}-E{at}-F{at}", row.unexplained, style="failed" if row.unexplained else "passed")
        sheet.row += 1
    _none(sheet, report.submission.extraction)


def _unchecked(sheet: Sheet, report: Report) -> None:
    lang, names = sheet.book.lang, Names(report.submission)
    _part(sheet, "unchecked_heading", ("paper.check.place", "paper.sum.printed", "about", "reason"))
    for item in report.coverage.unchecked[:LAST_ROW]:
        sheet.text(1, where(item.place, report.submission.files, lang))
        sheet.text(2, item.as_printed)
        sheet.text(3, about_fact(item.fact, names, lang) if item.fact else item.place.snippet or "")
        sheet.text(4, text(item.reason, lang))
        sheet.row += 1
    _none(sheet, report.coverage.unchecked)


def _not_read(sheet: Sheet, report: Report) -> None:
    lang = sheet.book.lang
    _part(sheet, "not_read_heading", ("paper.check.place", "paper.sum.printed", "reason", "is_amount"))
    for item in report.submission.not_read:
        sheet.text(1, where(item.place, report.submission.files, lang))
        sheet.text(2, item.text)
        sheet.text(3, text(item.reason, lang))
        sheet.text(4, yes(item.is_amount, lang))
        sheet.row += 1
    _none(sheet, report.submission.not_read)


def _read(sheet: Sheet, report: Report) -> None:
    """Files that could not be read, and what the reader did or assumed."""
    s = report.submission
    for key, remarks in (("faults", s.faults), ("remarks", s.remarks)):
        _part(sheet, key, ("file", "paper.check.place", "paper.check.message"))
        for remark, at in _together(remarks):
            args = {k: ", ".join(_word(w, sheet.book.lang) for w in v.split(", ")) for k, v in remark.args}
            sheet.text(1, remark.place.file)
            sheet.text(2, places(at, report, sheet.book.lang))
            sheet.text(3, text(remark.key, sheet.book.lang, args))
            sheet.row += 1
        _none(sheet, remarks)


def _together(remarks: Sequence[Remark]) -> list[tuple[Remark, list[Place]]]:
    """The same remark on many places of a file is one."""
    found: dict[tuple[object, ...], tuple[Remark, list[Place]]] = {}
    for remark in remarks:
        found.setdefault((remark.key, remark.args, remark.place.file), (remark, []))[1].append(remark.place)
    return list(found.values())


def _word(value: str, lang: str) -> str:
    return text(value[1:], lang) if value.startswith("@") else value


def _plan(sheet: Sheet, report: Report) -> None:
    """Rules that met nothing, and why."""
    unused = [row for row in report.plan if row.reason]
    titles = {r.id: r.title[sheet.book.lang] for r in report.rules}
    _part(sheet, "plan", ("paper.check.rule", "table", "paper.check.title", "reason"))
    for row in unused:
        sheet.text(1, row.rule_id)
        sheet.text(2, row.statement)
        sheet.text(3, titles.get(row.rule_id, ""))
        sheet.text(4, text(row.reason, sheet.book.lang))
        sheet.row += 1
    for rule, reason in report.switched_off:
        sheet.text(1, rule)
        sheet.text(3, titles.get(rule, ""))
        sheet.text(4, f"{text('adjusted.off', sheet.book.lang)}: {reason}")
        sheet.row += 1
    _none(sheet, [*unused, *report.switched_off])
