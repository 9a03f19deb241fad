"""All facts of a submission as a table for people, CSV for Excel, long form to be read again, or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

from checker.amounts.show import figure
from checker.messages import catalogue, text
from checker.model.submission import DataPoint, Fact, Statement, Submission
from checker.reports.json_parts import fact as fact_json
from checker.reports.places import where
from checker.reports.writing import clean

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_table(submission: Submission, lang: str) -> str:
    """Columns aligned with blanks, one fact a row, with the tables' titles above their facts.

    An amount in a sentence stands right below the figure of the same data point in a table; those of which no table
    has the figure come last, paragraph by paragraph.
    """
    lines: list[str] = []
    said: dict[DataPoint, list[Fact]] = {}
    for item in submission.facts:
        if item.text:
            said.setdefault(item.point, []).append(item)
    for statement in submission.statements:
        rows = []
        for item in (f for f in submission.facts if f.statement == statement.id):
            rows += [_row(f, submission, lang) for f in (item, *said.pop(item.point, ()))]
        lines += _block(statement, rows, lang)
    alone = {f.fact_id: f for facts in said.values() for f in facts}
    for statement in submission.texts:
        rows = [_row(f, submission, lang) for f in alone.values() if f.statement == statement.id]
        lines += _block(statement, rows, lang) if rows else []
    lines.append(
        text("facts.count", lang, {"facts": str(len(submission.facts)), "unread": str(len(submission.not_read))})
    )
    return "\n".join(lines) + "\n"


def _block(statement: Statement, rows: Sequence[Sequence[str]], lang: str) -> list[str]:
    """A title and its rows, the columns as wide as their widest cell."""
    layout = text("facts.text" if statement.layout == "text" else f"layout.{statement.layout}", lang)
    lines = [f"{statement.id}  {clean(statement.title)} ({layout})"]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [c.rjust(w) if i in (4, 5) else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))]
        lines.append("  " + "  ".join(cells).rstrip())
    return [*lines, ""]


def _row(item: Fact, submission: Submission, lang: str) -> list[str]:
    number = f"{item.number} " if item.number and not item.label.startswith(item.number) else ""
    measure = text(f"measure.{item.measure}", lang)
    basis = f" ({_basis(item.basis, lang)})" if item.basis else ""
    label = text("facts.in_text", lang) if item.text else ""
    return [
        clean(f"{number}{item.label}{label}")[:50],
        text(f"scope.{item.scope}", lang) if item.scope else "",
        f"{measure}{basis}",
        str(item.year or ""),
        _shown(item, lang),
        clean(item.as_printed),
        clean(where(item.place, submission.files, lang)),
    ]


def _basis(basis: str, lang: str) -> str:
    """What a figure is measured against: a measure, two ('regnskab/korrigeret_budget'), or the words of a heading."""
    known = catalogue(lang)
    return " / ".join(known.get(f"measure.{part}", clean(part)) for part in basis.split("/"))


def _shown(item: Fact, lang: str) -> str:
    return figure(item.value, item.unit, item.dimension, lang, word=item.unit_known)


def as_csv(submission: Submission, lang: str) -> str:
    """Semicolons and a byte order mark, so that Danish Excel opens it; values in kr. with comma.

    A text that Excel would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(text("facts.columns", lang).split(";"))
    for item in submission.facts:
        value = figure(item.value, 1, item.dimension, "da", word=False).replace(".", "")
        unit = figure(item.unit, 1, item.dimension, "da", word=False).replace(".", "") if item.unit_known else ""
        writer.writerow(
            [
                item.fact_id,
                item.statement,
                item.scope or "",
                *map(_safe, (item.line, item.label)),
                item.measure,
                item.year or "",
                item.basis or "",
                value,
                unit,
                _safe(item.as_printed),
                *map(_safe, (item.place.file, item.place.sheet or "", item.place.cell or "")),
                item.place.line or "",
                text("facts.text" if item.text else "facts.table", lang),
            ]
        )
    return "\ufeff" + out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def as_json(submission: Submission, lang: str) -> str:  # noqa: ARG001 - every format has the same signature
    """A list of facts as in the report's `facts`."""
    return json.dumps([fact_json(f) for f in submission.facts], ensure_ascii=False, indent=1) + "\n"


def as_long(submission: Submission, lang: str) -> str:  # noqa: ARG001 - every format has the same signature
    """Long form, one fact a row, which `check` reads; see checker/reports/long_form.py."""
    from checker.reports.long_form import render

    return render(submission)


FORMATS: dict[str, Callable[[Submission, str], str]] = {
    "table": as_table,
    "csv": as_csv,
    "long": as_long,
    "json": as_json,
}
"""Name of --format for `facts` -> renderer."""
