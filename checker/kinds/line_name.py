"""Does a line number stand for the same line in every table?"""

from __future__ import annotations

from checker.kinds.base import Kind
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per table: no number it shares with another table has another name there."""
    predicates: list[Predicate] = []
    numbered = [s for s in submission.statements if any(line.number for line in s.lines)]
    for statement in numbered[1:]:
        found = [
            (i, c) for i, c in enumerate(submission.claims) if c.statement == statement.id and c.kind == "line_name"
        ]
        predicates.append(
            Predicate(
                f"{rule.id}/{statement.id}",
                rule.id,
                statement.id,
                "line_name",
                tuple(f"{c.about} ≠ {c.value}" for _, c in found),
                (),
                tuple(i for i, _ in found),
            )
        )
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.no_shared_numbers")


KIND = Kind(ground, predicate=True, where=())
