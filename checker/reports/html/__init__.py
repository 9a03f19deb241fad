"""The report as one HTML file: offline, without outside addresses, readable without scripts, printable."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path

from checker.messages import LANGUAGES, text
from checker.model.outcomes import Report
from checker.reports import View

_HERE = Path(__file__).parent


def render(report: Report, view: View) -> str:
    """The whole report in both languages, the reader's first; what scripts add is only filtering and searching.

    The policy in its head forbids everything but the styles and the script of the file itself, by their hashes.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from checker.reports.html.content import Content
    from checker.reports.json_report import render as as_json

    style = (_HERE / "style.css").read_text(encoding="utf-8")
    script = (_HERE / "script.js").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    languages = (view.lang, *(lang for lang in LANGUAGES if lang != view.lang))
    embedded = as_json(report, view).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return environment.get_template("report.html.j2").render(
        contents=[Content(report, lang) for lang in languages],
        lang=view.lang,
        say=text,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        embedded=Markup(embedded),
    )


def _hash(source: str) -> str:
    return b64encode(hashlib.sha256(source.encode()).digest()).decode()
