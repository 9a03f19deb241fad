"""Do all tables that state one data point agree?"""

from __future__ import annotations

from collections import Counter

from checker.kinds.base import Kind, Setting
from checker.model.rules import TABLE, Grounding, Relation, Rule, Term
from checker.model.submission import PERCENT, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation over all data points, with a term for every measure compared; none where no area has two tables."""
    left_out = frozenset(rule.settings["except"])
    measures = sorted({f.measure for f in submission.facts if f.dimension != PERCENT and not f.text} - left_out)
    key = f"{rule.id}/agree"
    terms = tuple(Term(key, 1, measure=m, source=TABLE) for m in measures)
    relation = Relation(key, rule.id, "agree", "across", ("scope", "line", "year", "basis", "as_of"))
    tables = Counter(s.entity for s in submission.statements)
    if max(tables.values(), default=0) < 2 or not terms:
        return Grounding(unbound="plan.one_table")
    return Grounding((relation,), terms)


KIND = Kind(
    ground,
    {
        "except": Setting("measures", default=("beloeb", "pris"), help="Measures that are not compared."),
        "one_unit": Setting(
            "choice",
            choices=("note", "warning", "error"),
            default="warning",
            help="The severity where the two differ by exactly one unit.",
        ),
    },
    where=(),
)
