"""What is new since an earlier report, what is as it was, and what is gone?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checker.earlier import Check, earlier, load
from checker.fingerprints import fingerprints, value_hash
from checker.model.accepted import CHANGED, NEW, UNCHANGED, Gone
from checker.model.outcomes import FAILED, Outcome, Report
from checker.remade import with_outcomes

__all__ = ["compare", "load"]


def compare(report: Report, before: Mapping[str, Any], name: str) -> Report:
    """The report with every failed check held against an earlier JSON report: new, unchanged, or with other figures.

    Checks are known again by rule and data point, not by line number. Those that failed before and do not now are
    `gone`, in the order and words of the earlier report. `name` is the earlier report's; raises SubmissionError where
    it is damaged or no report of this tool.
    """
    made = earlier(before, name)
    failed = made.failed
    known_by = fingerprints(report.outcomes, report.submission)
    outcomes = [_held(o, failed.get(mark)) for mark, o in zip(known_by, report.outcomes, strict=True)]
    now = {mark for mark, o in zip(known_by, outcomes, strict=True) if o.status == FAILED}
    gone = tuple(Gone(mark, c.rule_id, dict(c.message)) for mark, c in failed.items() if mark not in now)
    foreign = not set(known_by) & set(made.checks)
    return replace(with_outcomes(report, outcomes), baseline=name, gone=gone, baseline_foreign=foreign)


def _held(outcome: Outcome, before: Check | None) -> Outcome:
    if outcome.status != FAILED:
        return replace(outcome, baseline="") if outcome.baseline else outcome
    if before is None:
        return replace(outcome, baseline=NEW)
    same = before.value_hash == value_hash(outcome)
    return replace(outcome, baseline=UNCHANGED if same else CHANGED)
