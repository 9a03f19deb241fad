"""How does a reader see what a re-run says otherwise, and in which figures two submissions differ?"""

from __future__ import annotations

from collections.abc import Sequence

from checker.amounts.show import figure
from checker.messages import text
from checker.model.outcomes import Report
from checker.model.submission import Fact
from checker.names import numbered
from checker.reports.places import where
from checker.reports.writing import clean
from checker.verify import Difference, Row


def verified(found: Sequence[Difference], report: Report, lang: str) -> str:
    """One line for each difference and their number, or that the result is the same."""
    if not found:
        args = {"files": len(report.submission.files), "checks": len(report.outcomes), "findings": len(report.findings)}
        return text("verify.same", lang, {key: str(n) for key, n in args.items()}) + "\n"
    lines = [clean(f"- {each.render(lang)}") for each in found]
    n = len(found)
    return "\n".join([*lines, text(f"verify.differs_{'one' if n == 1 else 'many'}", lang, {"n": str(n)})]) + "\n"


def columns(lang: str) -> list[str]:
    """The headings of `cells`."""
    return text("compared.columns", lang).split(";")


def cells(row: Row, first: Report, second: Report, lang: str) -> list[str]:
    """A row of the table: area, scope, line, measure, year, both figures as printed, the difference, both places."""
    fact = row.second or row.first
    assert fact is not None
    return [
        clean(cell)
        for cell in (
            fact.entity,
            text(f"scope.{fact.scope}", lang) if fact.scope else "",
            numbered(fact.number, fact.label),
            text(f"measure.{fact.measure}", lang),
            str(fact.year or ""),
            _shown(row.first, lang),
            _shown(row.second, lang),
            _difference(row, lang),
            where(row.first.place, first.submission.files, lang) if row.first else "",
            where(row.second.place, second.submission.files, lang) if row.second else "",
        )
    ]


def _shown(fact: Fact | None, lang: str) -> str:
    return figure(fact.value, fact.unit, fact.dimension, lang, word=fact.unit_known) if fact else ""


def _difference(row: Row, lang: str) -> str:
    if row.second is None:
        return text("compared.only_first", lang)
    if row.first is None or row.difference is None:
        return text("compared.only_second", lang) if row.first is None else ""
    finest = min(row.first, row.second, key=lambda f: f.unit)
    said = figure(row.difference, finest.unit, finest.dimension, lang, signed=True, word=finest.unit_known)
    return text("compared.rounding", lang, {"difference": said}) if row.rounding else said


def compared(rows: Sequence[Row], first: Report, second: Report, lang: str) -> str:
    """The rows as a table for people, columns aligned with blanks, and how many they are."""
    if not rows:
        return text("compared.none", lang) + "\n"
    table = [columns(lang), *(cells(row, first, second, lang) for row in rows)]
    widths = [min(40, max(len(cell) for cell in column)) for column in zip(*table, strict=True)]
    lines = ["  ".join(_fit(c, w, n) for n, (c, w) in enumerate(zip(line, widths, strict=True))) for line in table]
    n = len(rows)
    count = text(f"compared.count_{'one' if n == 1 else 'many'}", lang, {"n": str(n)})
    return "\n".join([*(line.rstrip() for line in lines), "", count]) + "\n"


def _fit(cell: str, width: int, column: int) -> str:
    """The cell in its column: amounts to the right, what is too long cut."""
    shown = cell if len(cell) <= width else cell[: width - 1] + "…"
    return shown.rjust(width) if column in (5, 6, 7) else shown.ljust(width)
