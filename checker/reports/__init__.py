"""Report -> text in a format; a renderer only formats. One format per file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.model.outcomes import Report


@dataclass(frozen=True, slots=True)
class View:
    """What the reader asked to see. `width` is the terminal's; `colour` whether it can show any."""

    lang: str = "da"
    show_passed: bool = False
    show_coverage: bool = False
    show_plan: bool = False
    with_facts: bool = False
    width: int = 100
    colour: bool = False


def _text(report: Report, view: View) -> str:
    from checker.reports.terminal import render

    return render(report, view)


def _json(report: Report, view: View) -> str:
    from checker.reports.json_report import render

    return render(report, view)


def _sarif(report: Report, view: View) -> str:
    from checker.reports.sarif import render

    return render(report, view)


def _junit(report: Report, view: View) -> str:
    from checker.reports.junit import render

    return render(report, view)


def _github(report: Report, view: View) -> str:
    from checker.reports.github import render

    return render(report, view)


def _gitlab(report: Report, view: View) -> str:
    from checker.reports.gitlab import render

    return render(report, view)


def _azure(report: Report, view: View) -> str:
    from checker.reports.azure import render

    return render(report, view)


def _markdown(report: Report, view: View) -> str:
    from checker.reports.markdown import render

    return render(report, view)


def _csv(report: Report, view: View) -> str:
    from checker.reports.csvfile import render

    return render(report, view)


def _concise(report: Report, view: View) -> str:
    from checker.reports.concise import render

    return render(report, view)


def _html(report: Report, view: View) -> str:
    from checker.reports.html import render

    return render(report, view)


def _xlsx(report: Report, view: View) -> bytes:
    from checker.reports.working_paper import render

    return render(report, view)


FORMATS: dict[str, Callable[[Report, View], str]] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
    "azure": _azure,
    "markdown": _markdown,
    "csv": _csv,
    "concise": _concise,
}
"""Name of --format -> renderer; each renderer's module is loaded when it is used."""

BINARY: dict[str, Callable[[Report, View], bytes]] = {"xlsx": _xlsx}
"""Formats that are no text, and need a file."""
