"""Does one figure keep within another: a <= b, a <= max(b, 0), or a <= so many per cent of b?"""

from __future__ import annotations

from fractions import Fraction

from checker.kinds.base import Kind, Setting, tables_of
from checker.model.rules import Grounding, Relation, Rule, Term
from checker.model.submission import Submission

_CLIPS = {"none": "", "positive": "pos", "negative": "neg"}


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per line that states the figure itself; the year is free.

    A line that is the sum of others that state it is left to the rules on totals: what is carried of its parts
    may be more than its own net result. `at_least` turns the relation round (a >= b). With `percent: p` it is
    100 a - p b <= 0, in whole numbers so that a decimal p stays exact.
    """
    held = {f.measure for f in submission.facts}
    first, second = rule.settings["figure"], rule.settings["limit"]
    if not {first, second} <= held:
        return Grounding(unbound="plan.no_measures")
    share = Fraction(str(rule.settings["percent"])) / 100 if rule.settings["percent"] is not None else Fraction(1)
    sign = -1 if rule.settings["direction"] == "at_least" else 1
    relations: list[Relation] = []
    terms: list[Term] = []
    for scope, line in _own_lines(rule, first, submission):
        key = f"{rule.id}/{scope or ''}/{line}"
        relations.append(Relation(key, rule.id, "<=", "across", ("year",), rule.missing))
        clip = _CLIPS[rule.settings["limit_part"]]
        terms.append(Term(key, sign * share.denominator, None, scope, line, first, stated=True))
        terms.append(Term(key, -sign * share.numerator, None, scope, line, second, clip=clip))
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_measures")


def _own_lines(rule: Rule, measure: str, submission: Submission) -> list[tuple[str | None, str]]:
    """Lines that state the measure in the rule's tables and scopes, without those whose parts state it."""
    tables = {s.id for s in tables_of(rule, submission)}
    stated = dict.fromkeys(
        (f.scope, f.line)
        for f in submission.facts
        if f.measure == measure and f.statement in tables and (not rule.scopes or f.scope in rule.scopes)
    )
    sums = {
        (group.scope, group.whole)
        for group in submission.structure
        if any((scope, part) in stated for part, scope in zip(group.parts, group.part_scopes, strict=True))
    }
    return [line for line in stated if line not in sums]


KIND = Kind(
    ground,
    {
        "figure": Setting("measure", required=True, help="The measure that must keep within the limit."),
        "limit": Setting("measure", required=True, help="The measure that is the limit."),
        "limit_part": Setting(
            "choice",
            choices=("none", "positive", "negative"),
            default="none",
            help="`positive` for max(limit, 0), `negative` for min(limit, 0).",
        ),
        "direction": Setting(
            "choice",
            choices=("at_most", "at_least"),
            default="at_most",
            help="Whether the figure may be at most the limit, or must be at least it.",
        ),
        "percent": Setting("number", help="The share of the limit in per cent; all of it, unless it says."),
    },
    where=("table", "scope"),
)
