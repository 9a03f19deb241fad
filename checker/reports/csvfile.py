"""A row per check for Excel: semicolons and a byte order mark, what fails first; amounts in kr. with comma."""

from __future__ import annotations

import csv
import io
import re

from checker.amounts.show import plain_decimal
from checker.fingerprints import fingerprints
from checker.messages import text
from checker.model.outcomes import (
    ERROR_STATUS,
    FAILED,
    NOT_EVALUATED,
    PASSED,
    PASSED_ROUNDING,
    Evidence,
    Finding,
    Outcome,
    Report,
)
from checker.model.submission import KR, PERCENT
from checker.printed import printed
from checker.reports import View
from checker.reports.notices import spot, title_of
from checker.reports.plain import line
from checker.wording import say

_ORDER = (FAILED, ERROR_STATUS, NOT_EVALUATED, PASSED_ROUNDING, PASSED)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(,\d+)?")


def render(report: Report, view: View) -> str:
    """A text that Excel would take for a formula gets an apostrophe in front.

    A check that holds and yet is part of a finding (figures that cannot all be right) stands before the others.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(text("formats.csv_columns", view.lang).split(";"))
    finding = {id(o): f for f in reversed(report.findings) for o in f.outcomes}
    known_by = fingerprints(report.outcomes, report.submission)
    pairs = list(zip(report.outcomes, known_by, strict=True))
    pairs.sort(key=lambda pair: (id(pair[0]) not in finding, _ORDER.index(pair[0].status)))
    for outcome, key in pairs:
        row = [*_row(outcome, finding.get(id(outcome)), report, view.lang), key]
        writer.writerow([_safe(line(cell)) for cell in row])
    return "\ufeff" + out.getvalue()


def _row(outcome: Outcome, finding: Finding | None, report: Report, lang: str) -> list[str]:
    at, place, waiver = outcome.at, next(iter(outcome.places), None), outcome.waiver
    failed = outcome.status == FAILED
    severity = outcome.severity if failed else finding.severity if finding else ""
    said = say(outcome.message, lang)
    word = outcome.status
    if outcome.predicate and word in (PASSED, FAILED):
        word = "met" if word == PASSED else "not_met"
    return [
        text(f"status.{word}", lang),
        text(f"severity.{severity}", lang) if severity else "",
        outcome.rule_id,
        title_of(outcome, report, lang),
        at.title if at.title != at.statement else "",
        at.label if at.measure else "",
        text(f"measure.{at.measure}", lang) if at.measure else "",
        str(at.year or ""),
        place.file if place else "",
        spot(place, lang) if place else "",
        *_amounts(outcome.evidence, lang),
        f"{said} {say(finding.message, lang)}" if finding and not failed else said,
        say(finding.next_step, lang) if finding else "",
        waiver.reason if waiver else "",
        waiver.by if waiver else "",
        text(f"formats.baseline_{outcome.baseline}", lang) if outcome.baseline else "",
    ]


def _amounts(evidence: Evidence | None, lang: str) -> list[str]:
    """Stated, computed, difference, the most that rounding explains, and what they are counted in."""
    if evidence is None or evidence.computed is None:
        return [""] * 5
    made = printed(evidence)

    def amount(value: int | None, times: int = 1) -> str:
        exact = "" if value is None else plain_decimal(value, made.dimension, made.divisor * times)
        return exact.replace(".", ",")

    units = {KR: text("unit.100", lang), PERCENT: "%"}
    unit = units.get(made.dimension, "") if made.unit_known else ""
    return [amount(made.stated), amount(made.computed), amount(made.difference), amount(made.tolerance2, 2), unit]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
