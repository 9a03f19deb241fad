"""Annotations of GitHub Actions: `::error file=…,line=…,col=…,title=…::…`, one per finding."""

from __future__ import annotations

from checker.messages import text
from checker.model.outcomes import Report
from checker.model.rules import ERROR, NOTE, WARNING
from checker.reports import View
from checker.reports.notices import Notice, character, notices, spot
from checker.reports.plain import line

_COMMANDS = {ERROR: "error", WARNING: "warning", NOTE: "notice"}


def render(report: Report, view: View) -> str:
    """An accepted finding is a notice that says so; what kept the check from being made is an error."""
    return "".join(_command(notice, view.lang) for notice in notices(report, view.lang))


def _command(notice: Notice, lang: str) -> str:
    place, title = notice.place, f"{notice.id} {notice.title}".strip()
    if notice.accepted:
        title = text("formats.accepted_title", lang, {"title": title})
    given: dict[str, str | int | None] = {
        "file": line(place.file) if place else None,
        "line": place.line if place else None,
        "col": character(place) if place else None,
        "title": title,
    }
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in given.items() if value is not None)
    name = _COMMANDS[NOTE if notice.accepted else notice.severity]
    return f"::{name} {properties}::{_data(_message(notice, lang))}\n"


def _message(notice: Notice, lang: str) -> str:
    """What an annotation says: where, if that is no line; what is wrong, its calculation and what to do."""
    place = notice.place
    at = spot(place, lang) if place and place.line is None else ""
    said = ": ".join(part for part in (at, notice.about, notice.said) if part)
    lines = [said, *notice.sums, *notice.more]
    if notice.accepted:
        lines.append(text("formats.accepted_because", lang, {"reason": notice.accepted}))
    elif notice.next_step:
        lines.append(f"{text('report.next_step', lang)}: {notice.next_step}")
    return "\n".join(lines)


def _data(said: str) -> str:
    return said.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(said: str) -> str:
    return _data(said).replace(":", "%3A").replace(",", "%2C")
