"""Checking many submissions of one folder: a report for each, and one overview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checker.cli.progress import progress
from checker.cli.shared import complain, write
from checker.errors import RequestError, reason
from checker.messages import text
from checker.reports import BINARY
from checker.reports.overview import Entry, as_html, as_json, as_markdown
from checker.repository import OVERVIEW, Request, changed_since, check_all

if TYPE_CHECKING:
    from checker.cli.check import Asked

ENDINGS = {"text": ".txt", "html": ".html", "markdown": ".md", "csv": ".csv", "junit": ".xml", "sarif": ".sarif"}
"""How a report's file ends, where not in .json or .txt."""


def check_many(root: Path, paths: list[Path], asked: Asked) -> int:
    """Check all; write the reports into a folder, or to standard output. The highest code of all."""
    if asked.format in BINARY or asked.annotate or asked.prior:
        raise RequestError("check.not_for_many")
    lang = asked.view.lang
    if asked.changed_since:
        paths = changed_since(paths, asked.changed_since)
        if not paths:
            complain(text("check.nothing_changed", lang, {"revision": asked.changed_since}))
            return 0
    request = Request(
        asked.rules,
        asked.format,
        asked.view,
        asked.fail_on,
        asked.min_coverage,
        str(asked.cache or ""),
        asked.extras,
    )
    base = root if root.is_dir() else root.parent
    found: list[Entry] = []
    with progress(str(root), lang, len(paths)) as step:
        for made in check_all(base, paths, request, asked.processes):
            found.append(made)
            step(len(found))
            if made.fault:
                complain(made.fault)
    _write(found, asked)
    return max(e.code for e in found)


def _write(found: list[Entry], asked: Asked) -> None:
    lang = asked.view.lang
    if asked.output is None:
        head = "\n== {}" if asked.format == "text" else ""
        write("".join(head.format(e.path) + e.text for e in found if not e.fault))
        if asked.format == "text":
            write("\n" + "\n".join(_line(e) for e in found) + "\n")
        return
    ending = ENDINGS.get(asked.format, ".json" if asked.format in ("json", "gitlab") else ".txt")
    folder = asked.output
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for e in found:
            if not e.fault:
                file = folder / f"{e.path}{ending}"
                file.parent.mkdir(parents=True, exist_ok=True)
                write(e.text, file)
    except OSError as error:
        raise RequestError("cli.write_failed", file=str(folder), why=reason(error)) from error
    write(as_html(found, lang, ending), folder / "oversigt.html")
    write(as_json(found), folder / OVERVIEW)
    write(as_markdown(found, lang), folder / "oversigt.md")


def _line(e: Entry) -> str:
    return f"{e.path}: {e.fault or e.verdict}"
