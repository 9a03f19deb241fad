"""Does a figure have the sign it must have?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting, tables_of
from checker.model.rules import Grounding, Relation, Rule, Term
from checker.model.submission import Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per statement and measure: -x <= 0 for 'positive', x <= 0 for 'negative'."""
    relations: list[Relation] = []
    terms: list[Term] = []
    weight = -1 if rule.settings["must_be"] == "positive" else 1
    for statement in tables_of(rule, submission):
        for measure in sorted({c.measure for c in statement.columns if not c.empty} & set(rule.settings["measures"])):
            key = f"{rule.id}/{statement.id}/{measure}"
            free = ("scope", "line", "year", "basis", "as_of")
            relations.append(Relation(key, rule.id, "<=", "within", free, rule.missing, statement.id))
            terms.append(Term(key, weight, statement.id, measure=measure, stated=True))
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_measures")


KIND = Kind(
    ground,
    {
        "measures": Setting("measures", required=True, help="The measures whose sign is checked."),
        "must_be": Setting(
            "choice", choices=("positive", "negative"), default="positive", help="Not below zero, or not above."
        ),
    },
)
