"""How is a reader told where something stands: 'linje 7', 'Ark1 B7', 'regnskab.csv, linje 7'?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.messages import text
from checker.model.document import Place
from checker.model.submission import PRIOR, SourceFile


def where(place: Place, files: Sequence[SourceFile], lang: str) -> str:
    """The line, or the sheet and cell, with the file's name where the submission has several files."""
    return joined([place], files, lang)


def joined(places: Iterable[Place], files: Sequence[SourceFile], lang: str) -> str:
    """Several places, those of one file or sheet together: 'linje 7, 9', 'Ark1 B7, B9'."""
    found: dict[tuple[str, str], list[str]] = {}
    for place in places:
        flow = place.position is not None
        key = (_file(place, files, lang), place.sheet or _page(place, lang) if flow else place.sheet or "")
        found.setdefault(key, []).append(_in_flow(place, lang) if flow else place.cell or str(place.line or ""))
    return "; ".join(_said(file, part, at, lang) for (file, part), at in found.items())


def _page(place: Place, lang: str) -> str:
    return text("report.page", lang, {"page": str(place.page)}) if place.page else ""


def _in_flow(place: Place, lang: str) -> str:
    """The paragraph, or the table and row, of a file that has no lines to count."""
    if place.paragraph:
        return text("report.paragraph", lang, {"paragraph": str(place.paragraph)})
    key = "report.table_row" if place.row else "report.table"
    return text(key, lang, {"table": str(place.table), "row": str(place.row)}) if place.table else ""


def _said(file: str, sheet: str, at: Sequence[str], lang: str) -> str:
    listed = ", ".join(dict.fromkeys(a for a in at if a))
    flowing = any(" " in a for a in at) or (sheet and not listed)
    if flowing:
        listed = ", ".join(said for said in (sheet, listed) if said)
    elif sheet:
        quoted = text("report.quoted", lang, {"text": sheet}) if " " in sheet else sheet
        listed = f"{quoted} {listed}".rstrip()
    elif listed:
        listed = text("report.line", lang, {"line": listed})
    return ", ".join(said for said in (file, listed) if said)


def _file(place: Place, files: Sequence[SourceFile], lang: str) -> str:
    """The name of the file, '' where there is no other; with its folder where two files have one name."""
    name = _name(place, files)
    prior = any(f.path == place.file and f.role == PRIOR for f in files)
    return text("report.of_last_year", lang, {"file": name}) if prior else name


def _name(place: Place, files: Sequence[SourceFile]) -> str:
    if len(files) == 1 and files[0].path == place.file and (place.line or place.sheet or place.position):
        return ""
    name = place.file.rpartition("/")[2]
    alike = {f.path for f in files if f.path.rpartition("/")[2] == name}
    return place.file if len(alike) > 1 else name
