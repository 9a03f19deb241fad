"""Which cells does a finding mark, and how strongly?

A controller who opens the sheet must see at once where to look, and not be led to doubt what is right:

* **strong** (fill and text in the colours of the severity, and a note): the figure that is wrong where that is known;
  else every figure that may be it, where few enough are left; else the stated figure of the check, or each place that
  the remark is about.
* **light** (a pale fill, no note): the other figures of the calculation that shows it, so that it can be followed with
  the eye. The further proofs of the same cause are only told in words.
* what somebody has accepted with a reason is light, with its note.
* figures that merely stand in checks that hold are never marked.

A conditional format of the workbook that paints the same cell wins over the fill, as Excel has it; the note tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.model.causes import Cause
from checker.model.document import Place, cell_position
from checker.model.outcomes import Finding, Outcome, Report
from checker.model.rules import ERROR, NOTE, WARNING
from checker.readers.sheet import Position

STRONG = {ERROR: ("FFC7CE", "9C0006"), WARNING: ("FFEB9C", "7A4B00"), NOTE: ("DDEBF7", "1F4E79")}
LIGHT = {ERROR: ("FFEDEF", "000000"), WARNING: ("FFF8DF", "000000"), NOTE: ("F1F7FC", "000000")}
"""Fill and text by severity; all at least 4.5:1."""
MAX_DOUBTFUL = 12
"""Of more figures than these that may be wrong, only the stated one is marked strongly."""
MAX_LIGHT = 60

GRAVITY = (ERROR, WARNING, NOTE)
Cell = tuple[str, Position]
"""Sheet and position."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding with its number in the report, and the places in the workbook that it marks."""

    number: int
    finding: Finding
    strong: tuple[Place, ...]
    light: tuple[Place, ...]

    @property
    def first(self) -> Place | None:
        """Where to look first."""
        return next(iter(self.strong), None)


def entries(report: Report, file: str) -> list[Entry]:
    """The findings that are about a file or about no file at all, the gravest first and those accepted last.

    They have the numbers of the whole report, which go by their places in it.
    """
    made = []
    places = {f.fact_id: f.place for f in (*report.submission.facts, *report.submission.others)}
    for number, finding in enumerate(report.findings, start=1):
        named = list(_named(finding))
        strong = _in_file(_strong(finding, places), file)
        light = [p for p in _in_file(_calculation(finding), file) if p.cell and p not in strong]
        if any(p.file == file for p in named) or not named:
            made.append(Entry(number, finding, tuple(strong), tuple(light[:MAX_LIGHT])))
    return sorted(made, key=lambda e: (e.finding.accepted, GRAVITY.index(e.finding.severity), e.number))


def cell(place: Place) -> Cell | None:
    """The cell of a place, None where it is a whole row, column or sheet."""
    return (place.sheet, cell_position(place.cell)) if place.sheet and place.cell else None


def looks(found: Iterable[Entry]) -> dict[Cell, tuple[str, str]]:
    """Fill and colour of the text of every marked cell: the strongest mark, then the first of the findings."""
    made: dict[Cell, tuple[str, str]] = {}
    for strong in (True, False):
        for entry in found:
            look = STRONG if strong and not entry.finding.accepted else LIGHT
            for place in entry.strong if strong else entry.light:
                if (at := cell(place)) is not None:
                    made.setdefault(at, look[entry.finding.severity])
    return made


def _named(finding: Finding) -> Iterator[Place]:
    """Every place that the finding speaks of."""
    if finding.about:
        yield finding.about.place
    for outcome in finding.outcomes:
        yield from outcome.places
        yield from (t.place for t in outcome.evidence.terms if t.as_printed) if outcome.evidence else ()


def _strong(finding: Finding, places: dict[str, Place]) -> list[Place]:
    if finding.diagnosis is not None and (found := _doubtful(finding, finding.diagnosis, places)):
        return found
    if finding.about is not None:
        return [finding.about.place]
    return [p for outcome in finding.outcomes for p in _own(outcome)]


def _doubtful(finding: Finding, cause: Cause, places: dict[str, Place]) -> list[Place]:
    """The figures that are wrong, or among which the wrong one is."""
    if finding.cause == "one_of":
        ids = [f for option in cause.options for f in option.figures] if cause.complete else []
    elif finding.cause == "joint" and finding.about is None:
        ids = [f for conflict in cause.conflicts for f in conflict.figures]
    else:
        ids = list(cause.options[0].figures) if cause.options else []
    ids = list(dict.fromkeys(ids))
    found = [places[f] for f in ids if f in places] if len(ids) <= MAX_DOUBTFUL else []
    stated = [(p.file, p.sheet, p.cell) for p in finding.outcomes[0].places[:1]] if finding.outcomes else []
    return sorted(found, key=lambda p: (p.file, p.sheet, p.cell) not in stated)


def _own(outcome: Outcome) -> Iterable[Place]:
    """What a check by itself points at: the stated figure, or all places of a remark."""
    return outcome.places if outcome.predicate else outcome.places[:1]


def _calculation(finding: Finding) -> Iterator[Place]:
    outcome = finding.outcomes[0] if finding.outcomes else None
    if outcome is not None and outcome.evidence is not None:
        yield from (t.place for t in outcome.evidence.terms if t.as_printed)
    for _, evidence in finding.shown:
        yield from (t.place for t in evidence.terms if t.as_printed)


def _in_file(places: Iterable[Place], file: str) -> list[Place]:
    """Those in the sheets of the file, each cell once."""
    found: dict[tuple[str | None, str | None, int | None, int | None], Place] = {}
    for place in places:
        if place.file == file and place.sheet:
            lines = (None, None) if place.cell else (place.line, place.column)
            found.setdefault((place.sheet, place.cell, *lines), place)
    return list(found.values())
