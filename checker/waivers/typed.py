"""Can what was typed in a marked workbook be accepted, as the submission stands now?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from checker.errors import RequestError
from checker.fingerprints import fingerprints, value_hash
from checker.model.accepted import Waiver
from checker.model.outcomes import FAILED, Report
from checker.waivers.apply import same_person
from checker.waivers.reading import is_date


def as_typed(report: Report, typed: Iterable[Waiver], file: str, today: date) -> tuple[Waiver, ...]:
    """The rows, dated `today` where no date was typed.

    Raises RequestError by the row of the sheet for the first that cannot count: without reason or name, with a date
    that no calendar has or that is yet to come, with a last day before it, approved by the one who accepts it where the
    rule set asks for two, and where the submission has no such failed check with the same figures any more.
    """
    marks = fingerprints(report.outcomes, report.submission)
    failed = {m: value_hash(o) for m, o in zip(marks, report.outcomes, strict=True) if o.status == FAILED}
    made = []
    for row in typed:
        waiver = row if row.date else replace(row, date=today.isoformat())
        if wrong := _wrong(waiver, failed, report.two_people, today):
            key, args = wrong
            raise RequestError(key, file=file, row=str(row.line), **args)
        made.append(waiver)
    return tuple(made)


def _wrong(waiver: Waiver, failed: dict[str, str], two_people: bool, today: date) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a row, as a message and what goes into it."""
    for key, value in (("reason", waiver.reason), ("by", waiver.by)):
        if not value.strip():
            return "accept.incomplete", {"what": f"@accept.{key}"}
    for value in (waiver.date, waiver.until):
        if value and not is_date(value):
            return "accept.bad_date", {"found": value}
    if waiver.date > today.isoformat():
        return "accept.future", {"found": waiver.date}
    if waiver.until and waiver.until < waiver.date:
        return "accept.until_before", {"found": waiver.until}
    if two_people and waiver.approved_by and same_person(waiver.by, waiver.approved_by):
        return "accept.own_approval", {"name": waiver.by}
    if failed.get(waiver.fingerprint) != waiver.value_hash:
        return "accept.other_figures", {"rule": waiver.rule, "about": waiver.about}
    return None
