"""Is this year's comparative column last year's figure?"""

from __future__ import annotations

from checker.kinds.base import Kind
from checker.kinds.both_state import agreement, settings
from checker.model.rules import PRIOR, Grounding, Rule
from checker.model.submission import Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation over the data points that last year's submission states too."""
    if not any(f.submission == PRIOR for f in submission.others):
        return Grounding(unbound="plan.no_prior")
    return agreement(rule, PRIOR, submission)


KIND = Kind(ground, settings("warning"), where=())
