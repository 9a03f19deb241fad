"""Has a figure moved further from its reference than both limits allow, one in kroner and one in per cent?"""

from __future__ import annotations

from fractions import Fraction

from checker.kinds.base import Kind, Setting
from checker.kinds.columns import stating_lines
from checker.model.rules import ACROSS, YEARS, Derived, Grounding, Relation, Rule, Term
from checker.model.submission import KR, PRIOR, SCALE, Submission

_FREE = ("scope", "line", "year")


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per line that is no sum and states the figure and its reference: |figure - reference| <= limit.

    The limit is the larger of `limit_kr` and `limit_pct` of the reference's size. A reference of last year is that
    of an earlier column or of last year's submission; then only the submission's own year is looked at, since the
    years before it were looked at then.
    """
    settings = rule.settings
    offset = -1 if settings["reference_year"] == "last_year" else 0
    mode, only = (YEARS, submission.year) if offset else (ACROSS, None)
    lines = _lines_with_both(rule, offset, only, submission)
    if not lines:
        return Grounding(unbound="plan.no_reference")
    moved, limit = f"{rule.id}/moved", f"{rule.id}/limit"
    share = Fraction(str(settings["limit_pct"])) / 100
    least = int(Fraction(str(settings["limit_kr"])) * SCALE[KR])
    derived = (
        Derived(moved, rule.id, "difference", mode, _FREE, KR),
        Derived(limit, rule.id, "greatest", mode, _FREE, KR, scale=share.denominator, constant=least),
    )
    relations: list[Relation] = []
    terms = [
        Term(moved, 1, measure=settings["figure"]),
        Term(moved, -1, measure=settings["reference"], year_offset=offset),
        Term(limit, share.numerator, measure=settings["reference"], clip="abs"),
    ]
    for scope, line in lines:
        key = f"{rule.id}/{scope or ''}/{line}"
        relations.append(Relation(key, rule.id, "<=", mode, ("year",), rule.missing))
        reference_year = None if only is None else only + offset
        terms += [
            Term(key, 1, None, scope, line, moved, year=only, clip="abs", stated=True),
            Term(key, -1, None, scope, line, limit, None, reference_year, offset, label="@derived.greatest"),
        ]
    return Grounding(tuple(relations), tuple(terms), derived=derived)


def _lines_with_both(
    rule: Rule, offset: int, only: int | None, submission: Submission
) -> list[tuple[str | None, str | None]]:
    """Lines of which the figure and its reference are stated, in the year that is looked at."""
    prior = [f for f in submission.others if f.submission == PRIOR] if offset else []
    references = {
        (f.scope, f.line, f.year) for f in [*submission.facts, *prior] if f.measure == rule.settings["reference"]
    }
    pairs = {
        (f.scope, f.line)
        for f in submission.facts
        if f.measure == rule.settings["figure"]
        and (only is None or f.year == only)
        and (f.scope, f.line, f.year + offset if f.year else None) in references
        and (f.year or not offset)
    }
    return [line for line in stating_lines(rule, rule.settings["figure"], submission) if line in pairs]


KIND = Kind(
    ground,
    {
        "figure": Setting("measure", required=True, help="The measure that has changed."),
        "reference": Setting("measure", required=True, help="The measure that it is held against."),
        "reference_year": Setting(
            "choice",
            choices=("same_year", "last_year"),
            default="same_year",
            help="Whether the reference is of the figure's own year, or of the year before it.",
        ),
        "limit_kr": Setting("number", required=True, help="A change of at most so many kroner is none."),
        "limit_pct": Setting("number", required=True, help="Nor is one of at most so many per cent of the reference."),
    },
    where=("table", "scope"),
    law=False,
)
