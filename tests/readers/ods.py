"""OpenDocument spreadsheets made by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("draw", "drawing"),
        ("calcext", "calcext"),
    )
)


def ods(sheets: Mapping[str, str], styles: str = "", encrypted: bool = False, after: str = "") -> bytes:
    """A file of sheets by name, each the XML of its rows; a name may carry the style of its sheet ('A/ta1')."""
    tables = ""
    for name, rows in sheets.items():
        title, _, style = name.partition("/")
        tables += f'<table:table table:name="{title}" table:style-name="{style}">{rows}</table:table>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}{after}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        inside = "<manifest:encryption-data/>" if encrypted else ""
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="m">{inside}</manifest:manifest>')
    return out.getvalue()


def row(*cells: str, attributes: str = "") -> str:
    """One row of cells."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def words(text: str, attributes: str = "") -> str:
    """A cell of text; `text` may hold markup."""
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def number(value: str, shown: str, attributes: str = "", kind: str = "float") -> str:
    """A cell of a number as stored and as shown."""
    value_ = f'office:value-type="{kind}" office:value="{value}" {attributes}'
    return f"<table:table-cell {value_}><text:p>{shown}</text:p></table:table-cell>"
