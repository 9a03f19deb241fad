"""Many submissions in one view: as HTML, JSON and Markdown."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from checker.messages import text

SCHEMA_VERSION = "1.0"
_COLUMNS = ("submission", "verdict", "errors", "warnings", "notes", "accepted", "covered")


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission checked: its path in the repository, the verdict, what was found, its report in the format asked.

    `fault` tells why it could not be checked; then nothing else is known.
    """

    path: str
    code: int
    verdict: str = ""
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    accepted: int = 0
    checked: int = 0
    amounts: int = 0
    text: str = ""
    fault: str = ""


def as_json(entries: Sequence[Entry]) -> str:
    """Every submission with its verdict and counts, without the reports."""
    rows = [{k: v for k, v in asdict(e).items() if k != "text"} for e in entries]
    return json.dumps({"schema_version": SCHEMA_VERSION, "submissions": rows}, ensure_ascii=False, indent=1) + "\n"


def as_markdown(entries: Sequence[Entry], lang: str) -> str:
    """A table for a job's summary."""
    heads = [text(f"overview.{key}", lang) for key in _COLUMNS]
    lines = [f"# {text('overview.title', lang)}", "", _row(heads), _row(["---", "---", *["---:"] * 5])]
    for e in entries:
        covered = f"{e.checked}/{e.amounts}" if not e.fault else ""
        counts = ["" if e.fault else str(n) for n in (e.errors, e.warnings, e.notes, e.accepted)]
        lines.append(_row([e.path, e.fault or e.verdict, *counts, covered]))
    return "\n".join([*lines, "", _sum(entries, lang), ""])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_plain(c) for c in cells)} |"


def _plain(cell: str) -> str:
    """Text that is no markup."""
    flat = " ".join(cell.split())
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#@!~" else c for c in flat)


def _sum(entries: Sequence[Entry], lang: str) -> str:
    wrong = sum(e.code != 0 for e in entries)
    return text("overview.sum", lang, {"n": str(len(entries)), "wrong": str(wrong)})


def as_html(entries: Sequence[Entry], lang: str, ending: str) -> str:
    """A table with links to the reports, which stand beside it with this ending."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = Path(__file__).parent / "html"
    style = (folder / "style.css").read_text(encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("overview.html.j2").render(
        entries=entries,
        lang=lang,
        ending=ending,
        style=Markup(style),
        style_hash=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        say=lambda key: text(f"overview.{key}", lang),
        sum=_sum(entries, lang),
    )
