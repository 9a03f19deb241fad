"""Logging commands of Azure Pipelines: `##vso[task.logissue type=error;sourcepath=…;linenumber=…;code=…]…`."""

from __future__ import annotations

from checker.findings import exit_code
from checker.messages import text
from checker.model.outcomes import Report
from checker.model.rules import NOTE
from checker.reports import View
from checker.reports.notices import Notice, character, notices, spot
from checker.reports.plain import harmless, line

_FAILED = "##vso[task.complete result=Failed;]"
_ESCAPES = (("%", "%AZP25"), ("\r", "%0D"), ("\n", "%0A"), (";", "%3B"), ("]", "%5D"))


def render(report: Report, view: View) -> str:
    """One command per finding, and a last one where the check fails: by errors, or because it could not be made.

    Azure knows errors and warnings; what is for notice or accepted is told on a line of the log.
    """
    lines = [_line(notice, view.lang) for notice in notices(report, view.lang)]
    if code := exit_code(report):
        lines.append(_FAILED + _escaped(text("formats.failed" if code == 1 else "formats.not_made", view.lang)))
    return "".join(f"{each}\n" for each in lines)


def _line(notice: Notice, lang: str) -> str:
    place = notice.place
    at = spot(place, lang) if place and place.line is None else ""
    said = ": ".join(part for part in (at, notice.title, notice.about, notice.said) if part)
    if notice.accepted or notice.severity == NOTE:
        word = text(
            "formats.accepted_because" if notice.accepted else "severity.note", lang, {"reason": notice.accepted}
        )
        where = f"{place.file}:{place.line}" if place and place.line else place.file if place else ""
        return harmless(" ".join(part for part in (where, notice.id, f"({word})", said) if part))
    given = {
        "type": notice.severity,
        "sourcepath": line(place.file) if place else None,
        "linenumber": place.line if place else None,
        "columnnumber": character(place) if place else None,
        "code": notice.id or None,
    }
    properties = "".join(f"{key}={_escaped(str(value))};" for key, value in given.items() if value is not None)
    step = f" {text('report.next_step', lang)}: {notice.next_step}" if notice.next_step else ""
    return f"##vso[task.logissue {properties}]{_escaped(said + step)}"


def _escaped(said: str) -> str:
    for character_, code in _ESCAPES:
        said = said.replace(character_, code)
    return said
