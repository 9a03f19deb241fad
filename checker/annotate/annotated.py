"""The workbook as it was handed in -> its copy with marks, notes and a sheet for following up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from checker.annotate.back import link_back
from checker.annotate.cells import Styled, mark
from checker.annotate.followup import FIRST, Check, Line
from checker.annotate.followup import sheet as followup_sheet
from checker.annotate.grid import anchors, grid
from checker.annotate.marks import Cell, Entry, cell, entries, looks
from checker.annotate.markup import Run, plain, shortened
from checker.annotate.notes import RULE, write
from checker.annotate.parts import Parts
from checker.annotate.readback import is_copy
from checker.annotate.shapes import draw, lines
from checker.annotate.sheets import Sheets
from checker.annotate.spots import Edits
from checker.annotate.styles import Styles
from checker.annotate.told import Teller, say_own
from checker.errors import SubmissionError
from checker.fingerprints import fingerprints, value_hash
from checker.messages import text
from checker.model.outcomes import FAILED, Report
from checker.readers.sheet import Position

ENDINGS = (".xlsx", ".xlsm")
"""The workbooks of which a copy can be made."""
MAX_NOTES = 50
"""Cells of one finding that get its note; further ones are only coloured."""

Look = tuple[str, str]


def copy_name(path: str) -> str:
    """'regnskab.xlsx' as 'regnskab.kontrol.xlsx'; raises SubmissionError for a file of which there can be no copy."""
    known = PurePath(path)
    if known.suffix.lower() not in ENDINGS:
        raise SubmissionError(path, "copy.only_xlsx")
    return str(known.with_name(f"{known.stem}.kontrol{known.suffix}"))


def annotate(original: bytes, report: Report, file: str, lang: str = "da") -> bytes:
    """The copy. `file` is the path as the report's places name it; findings about other files only are left out.

    Raises SubmissionError where the bytes are no xlsx workbook, are damaged, or are such a copy already: marks put on
    marks could not be told from what the workbook held.
    """
    if not original.startswith(b"PK"):
        raise SubmissionError(file, "copy.only_xlsx")
    parts = Parts(original, file)
    if is_copy(original, parts.package):
        raise SubmissionError(file, "copy.already")
    sheets = Sheets(parts)
    name = sheets.free(say_own("sheet", lang))
    found, teller = entries(report, file), Teller(report, lang, name)
    styles = Styles(parts)
    noted = _mark(parts, sheets, styles, found, teller)
    rows = _lines(report, found, teller, noted)
    content = followup_sheet(rows, teller, styles, parts.main, _heading(report, file, len(found), lang))
    sheets.add(name, content)
    styles.close()
    return parts.made()


def _mark(parts: Parts, sheets: Sheets, styles: Styles, found: Sequence[Entry], teller: Teller) -> set[Cell]:
    """Mark and note the cells, sheet by sheet; the cells that got a note."""
    by_sheet: dict[str, dict[Position, Look]] = {}
    for (name, at), look in looks(found).items():
        by_sheet.setdefault(name, {})[at] = look
    noted: set[Cell] = set()
    notes, rows = _notes(found, teller), _rows(found)
    for name, wanted in by_sheet.items():
        part = sheets.parts.get(name)
        if part is not None:
            own = {at: note for (sheet, at), note in notes.items() if sheet == name}
            back = {at: row for (sheet, at), row in rows.items() if sheet == name}
            noted |= {(name, at) for at in _Marked(parts, part, styles, teller.sheet).write(wanted, own, back)}
    return noted


@dataclass(slots=True)
class _Marked:
    """One sheet on its way."""

    parts: Parts
    part: str
    styles: Styles
    followup: str

    def write(
        self, wanted: Mapping[Position, Look], notes: Mapping[Position, list[Run]], rows: Mapping[Position, int]
    ) -> list[Position]:
        xml = self.parts.read(self.part)
        shown = anchors(xml, wanted)
        marks: dict[Position, Styled] = {}
        for at, look in wanted.items():
            marks.setdefault(shown[at], self._styled(look))
        said: dict[Position, list[Run]] = {}
        for at, note in notes.items():
            said[shown[at]] = [*said[shown[at]], Run(RULE), *note] if shown[at] in said else note
        edits, found = Edits(xml), grid(xml, marks, self.parts.relations, self.parts.name)
        mark(edits, found, marks)
        link_back(edits, found, {shown[at]: row for at, row in reversed(list(rows.items()))}, self.followup)
        written = write(self.parts, self.part, said)
        new, added = ({at: lines(said[at]) for at in listed} for listed in (written.new, written.added))
        draw(self.parts, self.part, edits, found, new, {at: count + 2 for at, count in added.items()})
        self.parts.put(self.part, edits.made())
        return [at for at in notes if shown[at] not in written.threaded]

    def _styled(self, look: Look) -> Styled:
        return lambda style: self.styles.marked(style, *look)


def _notes(found: Sequence[Entry], teller: Teller) -> dict[Cell, list[Run]]:
    """The notes by cell; one that several findings are about has the gravest first."""
    made: dict[Cell, list[Run]] = {}
    for entry in found:
        cells = [at for place in entry.strong if (at := cell(place)) is not None]
        for number, at in enumerate(cells[:MAX_NOTES]):
            note = teller.brief(entry) if number else teller.note(entry)
            made[at] = [*made[at], Run(RULE), *note] if at in made else note
    return made


def _rows(found: Sequence[Entry]) -> dict[Cell, int]:
    """The row of each noted cell in the sheet for following up; of the first of several findings about it."""
    made: dict[Cell, int] = {}
    for number, entry in enumerate(found, FIRST):
        for place in entry.strong[:MAX_NOTES]:
            if (at := cell(place)) is not None:
                made.setdefault(at, number)
    return made


def _lines(report: Report, found: Sequence[Entry], teller: Teller, noted: set[Cell]) -> list[Line]:
    known = {id(o): f for o, f in zip(report.outcomes, fingerprints(report.outcomes, report.submission), strict=True)}
    made = []
    for entry in found:
        failed = [o for o in entry.finding.outcomes if o.status == FAILED and id(o) in known]
        checks = [Check(o.rule_id, known[id(o)], value_hash(o)) for o in failed]
        waiver = next((o.waiver for o in failed if o.waiver), None)
        has_note = any(cell(place) in noted for place in entry.strong)
        made.append(Line(entry, teller.row(entry, has_note), checks, waiver))
    return made


def _heading(report: Report, file: str, count: int, lang: str) -> list[str]:
    """What the sheet is, how it is used and what the colours mean, and what it was made with."""
    name = shortened(plain(file.rpartition("/")[2]), 80)
    total = len(report.findings)
    elsewhere = say_own("elsewhere", lang, n=str(total - count)) if total > count else ""
    ruleset = text("report.ruleset", lang, {"id": report.ruleset_id, "version": report.ruleset_version})
    return [
        say_own("title", lang, file=name),
        say_own("how", lang) if count else say_own("nothing", lang),
        say_own("colours", lang),
        " · ".join(s for s in (elsewhere, ruleset, text("report.disclaimer", lang)) if s),
    ]
