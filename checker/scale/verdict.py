"""What the sums of one check say: the same words as the Python engine has for it (see ROUNDING.md 3, 4, 6 and 7)."""

from __future__ import annotations

from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING
from checker.scale.model import Instance

PLACE = 1 << 15
"""Which members are there is one number: so many figures, stated ones, required ones, and ones of the year itself,
each counted in its own place of this size."""


def code(stated: bool, required: bool, anchored: bool) -> int:
    """What one member adds to that number."""
    return 1 + PLACE * stated + PLACE**2 * required + PLACE**3 * anchored


def judged(instance: Instance, members: int, bad: int, printed: int, low: int, high: int) -> str | None:
    """The status of a check, None where nothing is said.

    `members` is the sum of `code` of what is there, `bad` how many points cannot be used; `printed` the weighted sum of
    the values, `low` and `high` twice the ends of its interval, all in steps and without the relation's constant.
    """
    relation = instance.relation
    if not members // PLACE**3:
        return None
    if members == instance.expected and instance.status != "":
        return NOT_EVALUATED if bad and instance.status == FAILED else instance.status
    figures = members % PLACE
    stated_missing = members // PLACE % PLACE < instance.stated
    if relation.blocked:
        return NOT_EVALUATED
    if stated_missing and figures < 2:
        return None
    parts = figures - members // PLACE % PLACE
    if stated_missing or (instance.terms > 1 and not parts) or bad:
        return NOT_EVALUATED
    if figures < instance.terms:
        if relation.missing == "fail":
            return FAILED
        if relation.missing != "zero" or members // PLACE**2 % PLACE < instance.required:
            return NOT_EVALUATED
    return decided(relation.op, relation.constant, instance.strict, printed, low, high)


def decided(op: str, constant: int, strict: bool, printed: int, low: int, high: int) -> str:
    """Passed as printed, passed by rounding, or failed; ends count as closed."""
    printed, low, high = printed - constant, low - 2 * constant, high - 2 * constant
    if (printed <= 0) if op == "<=" else printed == 0:
        return PASSED
    if strict or low > 0 or (op == "=" and high < 0):
        return FAILED
    return PASSED_ROUNDING
