"""Is every line number that looks like a code on the list of codes?"""

from __future__ import annotations

import re

from checker.kinds.base import Kind, Setting, tables_of
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per table that has codes: line numbers that are of the `shape` from end to end.

    Which years a list of codes is for is said by the rule's `valid`.
    """
    shape, known = re.compile(rule.settings["shape"]), frozenset(rule.settings["codes"])
    predicates: list[Predicate] = []
    for statement in tables_of(rule, submission):
        codes = {n.number: (n.scope, n.key) for n in statement.lines if n.number and shape.fullmatch(n.number)}
        if not codes:
            continue
        unknown = {number: key for number, key in codes.items() if number not in known}
        first = {(f.scope, f.line): f.place for f in reversed(submission.facts) if f.statement == statement.id}
        places = tuple(first[key] for key in unknown.values() if key in first)
        key = f"{rule.id}/{statement.id}"
        predicates.append(Predicate(key, rule.id, statement.id, "", tuple(unknown), (), places=places))
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.no_codes")


KIND = Kind(
    ground,
    {
        "shape": Setting("pattern", required=True, help="A regular expression: the numbers that are such codes."),
        "codes": Setting("texts", required=True, help="The codes there are."),
    },
    predicate=True,
)
