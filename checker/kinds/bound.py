"""Does one figure keep within another: a <= b, a <= max(b, 0), or a <= so many per cent of b?"""

from __future__ import annotations

from fractions import Fraction

from checker.kinds.base import Kind, Setting
from checker.model.rules import Grounding, Relation, Rule, Term
from checker.model.submission import Submission

_CLIPS = {"none": "", "positive": "pos", "negative": "neg"}


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation with free line and year. `at_least` turns it round (a >= b); weights are whole numbers.

    With `percent: p` the relation is 100 a - p b <= 0, scaled so that a decimal p stays exact.
    """
    held = {f.measure for f in submission.facts}
    first, second = rule.settings["figure"], rule.settings["limit"]
    if not {first, second} <= held:
        return Grounding(unbound="plan.no_measures")
    share = Fraction(str(rule.settings["percent"])) / 100 if rule.settings["percent"] is not None else Fraction(1)
    sign = -1 if rule.settings["direction"] == "at_least" else 1
    key = f"{rule.id}/{first}/{second}"
    relation = Relation(key, rule.id, "<=", "across", ("scope", "line", "year"), rule.missing)
    figure = Term(key, sign * share.denominator, measure=first, stated=True)
    limit = Term(key, -sign * share.numerator, measure=second, clip=_CLIPS[rule.settings["limit_part"]])
    return Grounding((relation,), (figure, limit))


KIND = Kind(
    ground,
    {
        "figure": Setting("measure", required=True),
        "limit": Setting("measure", required=True),
        "limit_part": Setting("choice", choices=("none", "positive", "negative"), default="none"),
        "direction": Setting("choice", choices=("at_most", "at_least"), default="at_most"),
        "percent": Setting("number"),
    },
)
