"""The auditor's working paper: a workbook whose formulas perform every check again.

The same report gives the same bytes: the workbook is made in memory, and no date or time of the run is in it.
"""

from __future__ import annotations

from checker.messages import text
from checker.model.outcomes import Report
from checker.model.submission import THIS
from checker.reports import View
from checker.reports import working_paper_basis as basis
from checker.reports import working_paper_checks as checks
from checker.reports import working_paper_findings as findings
from checker.reports import working_paper_open as open_
from checker.reports import working_paper_scope as scope
from checker.reports.working_paper_book import Book


def render(report: Report, view: View) -> bytes:
    """An .xlsx file."""
    files = ", ".join(f.path for f in report.submission.files if f.role == THIS)
    version = text("paper.ruleset", view.lang, {"id": report.ruleset_id, "version": report.ruleset_version})
    book = Book(view.lang, files, version)
    written = checks.write(book, report)
    rows = findings.write(book, report, written.rows)
    scope.write(book, report)
    open_.write(book, report, written, rows)
    basis.write(book, report)
    return book.close()
