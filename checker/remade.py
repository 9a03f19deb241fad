"""How is a report made anew with other outcomes in the place of its own?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.model.outcomes import Outcome, Report


def with_outcomes(report: Report, outcomes: Sequence[Outcome]) -> Report:
    """The report with these outcomes, one for each of its own in their order; its findings hold the very same."""
    put = {id(old): new for old, new in zip(report.outcomes, outcomes, strict=True)}
    findings = tuple(replace(f, outcomes=tuple(put.get(id(o), o) for o in f.outcomes)) for f in report.findings)
    return replace(report, outcomes=tuple(outcomes), findings=findings)
