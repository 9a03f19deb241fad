"""Parts of a SARIF log: rules, files and places, and what is told of the run itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from checker.messages import LANGUAGES, text
from checker.model.document import Place
from checker.model.outcomes import Report
from checker.model.submission import THIS
from checker.reports.notices import character, spot
from checker.reports.plain import line


def rules(report: Report, lang: str, full: bool) -> list[dict[str, Any]]:
    """What is said of each rule in one language; the rest, which no language changes, where it is `full`."""
    made: list[dict[str, Any]] = []
    for rule in report.rules:
        authority = text("explain.unverified", lang) if rule.authority == "unverified" else rule.authority
        grounds = f"{text('explain.authority', lang)}: {line(authority)}"
        title, why = line(rule.title[lang]), line(rule.why[lang])
        said: dict[str, Any] = {
            "id": rule.id,
            "name": rule.name,
            "shortDescription": {"text": title},
            "fullDescription": {"text": why},
            "help": {"text": "\n".join((why, grounds, text(f"next.{rule.kind}", lang)))},
        }
        if full:
            said["defaultConfiguration"] = {"level": rule.severity}
            said["properties"] = {
                "kind": rule.kind,
                "title": {each: line(rule.title[each]) for each in LANGUAGES},
                "why": {each: line(rule.why[each]) for each in LANGUAGES},
            }
        made.append(said)
    return made


def uri(path: str) -> str:
    """A path as a relative reference, every other character percent-encoded."""
    return quote(line(path).removeprefix("./"), safe="/")


class Places:
    """Places as locations; files are named by their number among those of the submission."""

    def __init__(self, report: Report, lang: str) -> None:
        self._files, self._lang = report.submission.files, lang
        self._numbers = {file.path: n for n, file in enumerate(self._files)}

    def artifacts(self) -> list[dict[str, Any]]:
        """The files of the submission with their hashes."""
        return [
            {
                "location": {"uri": uri(f.path)},
                "roles": ["analysisTarget" if f.role == THIS else "referencedOnCommandLine"],
                **({"hashes": {"sha-256": f.sha256}} if f.sha256 else {}),
                "properties": {"role": f.role},
            }
            for f in self._files
        ]

    def location(self, place: Place) -> dict[str, Any]:
        """File, line and column; a sheet's cell and a page are places within the file, told in words too."""
        artifact: dict[str, Any] = {"uri": uri(place.file)}
        if place.file in self._numbers:
            artifact["index"] = self._numbers[place.file]
        physical: dict[str, Any] = {"artifactLocation": artifact}
        if place.line is not None and place.line > 0:
            column = character(place)
            physical["region"] = {"startLine": place.line, **({"startColumn": column} if column else {})}
        made: dict[str, Any] = {"physicalLocation": physical}
        if inner := self._inner(place):
            made["logicalLocations"] = [inner]
        if said := spot(place, self._lang):
            made["message"] = {"text": said}
        return made

    def _inner(self, place: Place) -> dict[str, Any]:
        """The sheet or its cell, or the page."""
        if place.sheet is not None:
            sheet, cell = line(place.sheet), place.cell
            if cell is None:
                return {"name": sheet, "fullyQualifiedName": sheet, "kind": "sheet"}
            return {"name": cell, "fullyQualifiedName": f"{sheet}!{cell}", "kind": "cell"}
        return {"name": str(place.page), "kind": "page"} if place.page is not None else {}

    def of(self, places: Sequence[Place]) -> dict[str, Any]:
        """The first place as the location, the others as related ones; each once."""
        made: list[dict[str, Any]] = []
        for place in places:
            found = self.location(place)
            if found not in made:
                made.append(found)
        related = [{"id": n, **each} for n, each in enumerate(made[1:], 1)]
        return {**({"locations": made[:1]} if made else {}), **({"relatedLocations": related} if related else {})}


def notification(said: str, level: str, rule: str, place: Place | None, places: Places) -> dict[str, Any]:
    """Something about the run itself: a rule that crashed, a file or an amount that was not read."""
    made: dict[str, Any] = {"level": level, "message": {"text": line(said)}}
    if rule:
        made["associatedRule"] = {"id": rule}
    if place:
        made["locations"] = [places.location(place)]
    return made
