"""Is each running result the result before it and what stands between them?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting
from checker.kinds.total import ground_groups
from checker.model.rules import Grounding, Rule
from checker.model.submission import Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per running result and additive measure; blocked where no column shows how the rows go together."""
    return ground_groups(rule, submission, ladder=True)


KIND = Kind(
    ground,
    {"except": Setting("measures", default=("pris",), help="Measures that are not summed.")},
    where=("table", "scope"),
)
