"""Does a year begin with what the year before ended with (opening balance = last year's closing balance)?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting
from checker.model.rules import YEARS, Grounding, Relation, Rule, Term
from checker.model.submission import PRIOR, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per year whose opening is stated here and the closing of the year before here or last year.

    It is the same figure stated twice: in one unit the two must be equal. The lines are free; one whose closing
    figure is not stated is not evaluated. What happens within the year is left to the kind `bridge`.
    """
    opening, closing = rule.settings["opening"], rule.settings["closing"]
    known = [*submission.facts, *(f for f in submission.others if f.submission == PRIOR)]
    closed = {f.year for f in known if f.measure == closing and f.year is not None}
    opened = {f.year for f in submission.facts if f.measure == opening and f.year is not None}
    relations: list[Relation] = []
    terms: list[Term] = []
    for year in sorted(y for y in opened if y - 1 in closed):
        key = f"{rule.id}/{year}"
        relations.append(Relation(key, rule.id, "=", YEARS, ("scope", "line"), rule.missing, exact=True))
        terms += [
            Term(key, 1, measure=closing, year=year - 1, year_offset=-1),
            Term(key, -1, measure=opening, year=year, stated=True),
        ]
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_year_before")


KIND = Kind(
    ground,
    {
        "opening": Setting("measure", required=True, help="What a year begins with."),
        "closing": Setting("measure", required=True, help="What the year before ended with."),
        "one_unit": Setting(
            "choice",
            choices=("note", "warning", "error"),
            default="warning",
            help="How grave a difference of exactly one unit is.",
        ),
    },
    where=(),
)
