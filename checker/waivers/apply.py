"""Which failed checks does a waiver accept, and which waivers do not count, and why?"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from checker.fingerprints import fingerprints, value_hash
from checker.model.accepted import (
    EXPIRED,
    STALE,
    UNAPPROVED,
    USED,
    VOID,
    Waiver,
    WaiverState,
)
from checker.model.outcomes import FAILED, Outcome, Report
from checker.remade import with_outcomes


def apply(report: Report, waivers: Sequence[Waiver], today: date, two_people: bool) -> Report:
    """The report with every waiver and its state, and on each failed outcome the waiver that counts for it.

    `two_people` asks for another person's approval. No count of checks changes, and nothing but a failed check can be
    accepted: not a crash, not a file that could not be read.
    """
    known_by = fingerprints(report.outcomes, report.submission)
    failed = {mark: o for mark, o in zip(known_by, report.outcomes, strict=True) if o.status == FAILED}
    states = tuple(WaiverState(w, _state(w, failed, today, two_people)) for w in waivers)
    counting = {s.waiver.fingerprint: s.waiver for s in states if s.state == USED}
    outcomes = [
        _with(o, counting.get(mark) if o.status == FAILED else None)
        for mark, o in zip(known_by, report.outcomes, strict=True)
    ]
    return replace(with_outcomes(report, outcomes), waivers=states)


def _with(outcome: Outcome, waiver: Waiver | None) -> Outcome:
    return outcome if outcome.waiver == waiver else replace(outcome, waiver=waiver)


def _state(waiver: Waiver, failed: Mapping[str, Outcome], today: date, two_people: bool) -> str:
    """The first that holds of: nothing fails there, other figures, its date has passed, nobody else approved it."""
    outcome = failed.get(waiver.fingerprint)
    if outcome is None:
        return STALE
    if value_hash(outcome) != waiver.value_hash:
        return VOID
    if waiver.until and waiver.until < today.isoformat():
        return EXPIRED
    if two_people and (not waiver.approved_by or same_person(waiver.by, waiver.approved_by)):
        return UNAPPROVED
    return USED


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for case and blanks."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()
