"""Do the printed figures agree with an extract of the accounting system, and is every row of it mapped?"""

from __future__ import annotations

from checker.kinds.base import Kind
from checker.kinds.both_state import agreement, settings
from checker.model.rules import EXTRACT, Grounding, Predicate, Rule
from checker.model.submission import Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation over the data points that the extract states too, and one predicate on rows without a line.

    Figures of an extract in long form belong to lines already; the predicate is asked of an extract's own file.
    """
    file = any(f.role == EXTRACT for f in submission.files)
    if not file and not any(f.submission == EXTRACT for f in submission.others):
        return Grounding(unbound="plan.no_extract")
    made = agreement(rule, EXTRACT, submission)
    if not file:
        return made
    left = [(i, c) for i, c in enumerate(submission.claims) if c.kind == "unmapped"]
    found = tuple(c.value for _, c in left)
    rows = Predicate(f"{rule.id}/unmapped", rule.id, "", "unmapped", found, (), tuple(i for i, _ in left))
    return Grounding(made.relations, made.terms, (rows,))


KIND = Kind(ground, settings("error"), where=())
