"""What must be written down to accept a finding or a check of a report?"""

from __future__ import annotations

from datetime import date

from checker.errors import RequestError
from checker.fingerprints import fingerprints, value_hash
from checker.messages import text
from checker.model.accepted import Waiver
from checker.model.outcomes import FAILED, At, Outcome, Report
from checker.waivers.apply import same_person
from checker.waivers.reading import HASH, is_date


def propose(
    report: Report, which: str | int, reason: str, by: str, on: date, approved_by: str = "", until: str = ""
) -> tuple[Waiver, ...]:
    """One waiver for each failed check of a finding (by its number in the report, from 1), or for one by fingerprint.

    Checks that the report says are accepted already are left out. `until` is an ISO date. Raises RequestError where
    there is no such finding or check, where nothing in it can be accepted, and where a reason or a name is missing.
    """
    asked = {name: " ".join(given.split()) for name, given in (("reason", reason), ("by", by))}
    for name, given in asked.items():
        if not given:
            raise RequestError(f"waiver.no_{name}")
    if until and not is_date(until):
        raise RequestError("waiver.bad_date", found=until)
    if until and until < on.isoformat():
        raise RequestError("waiver.until_before_date", found=until)
    if report.two_people and approved_by and same_person(by, approved_by):
        raise RequestError("waiver.own_approval", name=" ".join(by.split()))
    known_by = {id(o): mark for o, mark in zip(report.outcomes, _marks(report), strict=True)}
    return tuple(
        Waiver(
            known_by[id(o)],
            value_hash(o),
            asked["reason"],
            asked["by"],
            on.isoformat(),
            " ".join(approved_by.split()),
            until,
            o.rule_id,
            _about(o.at),
        )
        for o in _chosen(report, str(which).strip())
    )


def _marks(report: Report) -> list[str]:
    return fingerprints(report.outcomes, report.submission)


def _chosen(report: Report, which: str) -> list[Outcome]:
    """The failed outcomes that are asked for and not accepted yet."""
    if HASH.fullmatch(which):
        found = [o for o, mark in zip(report.outcomes, _marks(report), strict=True) if mark == which]
        if not found:
            raise RequestError("waiver.no_such_check", which=which)
    elif which.isascii() and which.isdigit() and 1 <= int(which) <= len(report.findings):
        found = list(report.findings[int(which) - 1].outcomes)
    else:
        raise RequestError("waiver.no_such_finding", which=which, n=str(len(report.findings)))
    failed = [o for o in found if o.status == FAILED]
    if not failed:
        raise RequestError("waiver.nothing_failed", which=which)
    left = [o for o in failed if o.waiver is None]
    if not left:
        raise RequestError("waiver.accepted_already", which=which)
    return left


def _about(at: At) -> str:
    """Line, measure, year and table, in Danish: 'Leasing, regnskab 2021, Aktivitetsområder'."""
    measure = text(f"measure.{at.measure}") if at.measure else ""
    said = (at.label if at.measure else "", f"{measure} {at.year or ''}", at.title)
    return ", ".join(part for each in said if (part := " ".join(each.split())))
