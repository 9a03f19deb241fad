"""The relation that what this submission and another source (last year's, an extract) both state agrees."""

from __future__ import annotations

from checker.kinds.base import Setting
from checker.model.rules import TABLE, Grounding, Relation, Rule, Term
from checker.model.submission import PERCENT, Submission

ONE_UNIT = ("note", "warning", "error")


def agreement(rule: Rule, mode: str, submission: Submission) -> Grounding:
    """One relation over all data points that both sides state, with a term for every measure compared."""
    left_out = frozenset(rule.settings["except"])
    measures = sorted({f.measure for f in submission.facts if f.dimension != PERCENT and not f.text} - left_out)
    key = f"{rule.id}/{mode}"
    relation = Relation(key, rule.id, "agree", mode, ("scope", "line", "year", "basis", "as_of"))
    return Grounding((relation,), tuple(Term(key, 1, measure=m, source=TABLE) for m in measures))


def settings(one_unit: str) -> dict[str, Setting]:
    """What a rule may set: measures left out, and the severity of a difference of exactly one unit."""
    return {
        "except": Setting("measures", default=("beloeb", "pris"), help="Measures that are not compared."),
        "one_unit": Setting(
            "choice",
            choices=ONE_UNIT,
            default=one_unit,
            help="The severity where the two differ by exactly one unit.",
        ),
    }
