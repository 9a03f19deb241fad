"""Are the predicates met? Everything found must be among what is allowed."""

from __future__ import annotations

from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED
from checker.model.rules import Predicate


def verdict(predicate: Predicate) -> str:
    """passed, failed, or not_evaluated where the figures leave it undecided."""
    if predicate.undecided:
        return NOT_EVALUATED
    return PASSED if set(predicate.found) <= set(predicate.allowed) else FAILED
