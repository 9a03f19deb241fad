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


FORMATS: dict[str, Callable[[Report, View], str]] = {"text": _text, "json": _json}
"""Name of --format -> renderer; each renderer's module is loaded when it is used."""
