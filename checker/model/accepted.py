"""Deviations that are accepted, and what an earlier report says of a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NEW, UNCHANGED, CHANGED = "new", "unchanged", "changed"
BASELINES = (NEW, UNCHANGED, CHANGED)
"""A failed check that did not fail before, that failed alike, or with other figures."""
DECLARED, WAIVED, BASELINE = "declared", "waived", "baseline"
BASES = (DECLARED, WAIVED, BASELINE)
"""Roles of files that decide what a report says: regnskab.yaml, accepted deviations, an earlier report."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A deviation that is accepted: which check (fingerprint), with which figures, why, by whom and until when.

    `value_hash` is that of the figures it was accepted with; other figures make it void. Dates are ISO texts.
    """

    fingerprint: str
    value_hash: str
    reason: str
    by: str
    date: str
    approved_by: str = ""
    until: str = ""
    rule: str = ""
    about: str = ""  # what it is about, for the reader of the file
    line: int = 0


USED, VOID, EXPIRED, STALE, UNAPPROVED = "used", "void", "expired", "stale", "unapproved"
WAIVER_STATES = (USED, VOID, EXPIRED, STALE, UNAPPROVED)
"""A waiver counts; the figures are others than those accepted; its date has passed; nothing fails there any more; the
rule set asks for another person's approval."""


@dataclass(frozen=True, slots=True)
class WaiverState:
    """A waiver of the file and whether it counts."""

    waiver: Waiver
    state: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A check that failed in the earlier report and does no more; texts by language."""

    fingerprint: str
    rule_id: str
    message: Mapping[str, str]
