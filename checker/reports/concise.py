"""One line per finding, as compilers write them: `fil.txt:161: fejl TXT004 [navn] linjen: hvad der er galt`."""

from __future__ import annotations

from checker.messages import text
from checker.model.document import Place
from checker.model.outcomes import Report
from checker.reports import View
from checker.reports.notices import Notice, character, notices, spot
from checker.reports.plain import harmless


def render(report: Report, view: View) -> str:
    """Nothing where there is nothing to say."""
    return "".join(f"{harmless(_line(notice, view.lang))}\n" for notice in notices(report, view.lang))


def _line(notice: Notice, lang: str) -> str:
    word = text("formats.accepted" if notice.accepted else f"severity.{notice.severity}", lang)
    rule = f"{notice.id} [{notice.name}]" if notice.id else ""
    said = ": ".join(part for part in (notice.about, notice.said) if part)
    because = text("formats.accepted_because", lang, {"reason": notice.accepted}) if notice.accepted else ""
    told = " ".join(part for part in (word, rule, said, because) if part)
    return f"{_where(notice.place, lang)}: {told}" if notice.place else told


def _where(place: Place, lang: str) -> str:
    """`fil.txt:161:30` where there are lines, `fil.xlsx:Ark1!B7` in a workbook, else the place in words."""
    if place.line is not None and place.sheet is None:
        column = character(place)
        return f"{place.file}:{place.line}" + (f":{column}" if column else "")
    if place.sheet is not None:
        return f"{place.file}:{place.sheet}" + (f"!{place.cell}" if place.cell else "")
    said = spot(place, lang)
    return f"{place.file}: {said}" if said else place.file
