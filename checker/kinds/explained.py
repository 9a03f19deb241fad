"""Is every material deviation explained in the text?"""

from __future__ import annotations

from fractions import Fraction

from checker.facts import Point
from checker.kinds.base import Kind, Setting
from checker.kinds.told import tables
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import SCALE, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per line whose deviation is surely larger than the limit: the text says why.

    `limit_kr` and `limit_percent` (of the revised budget) are both to be exceeded where both are set. A line is
    explained where a sentence of its section, or of a part of it, gives a reason. A text without any figure says
    nothing of lines, and nothing is checked; nor is a line without a budget where a share of it is the limit.
    """
    known = tables(submission)
    explained = {(c.about, c.value) for c in submission.claims if c.kind == "text_explained"}
    parts = {(g.scope, g.whole): list(zip(g.part_scopes, g.parts, strict=True)) for g in submission.structure}
    predicates = []
    for (line, measure, year), points in known.points.items() if submission.texts else ():
        if measure != "over_underskud" or len(points) != 1 or year != submission.year:
            continue
        _, scope, key = line
        point, least = points[0], _least(rule, known.figure(line, "korrigeret_budget", year))
        low, high = point.span.lo, point.span.hi
        if (rule.scopes and scope not in rule.scopes) or low <= 0 <= high or least is None:
            continue
        if 2 * least >= min(abs(low), abs(high)):
            continue
        own = [(scope, key), *parts.get((scope, key), [])]
        found = any((line[0], k) in explained for _, k in own)
        fact = point.facts[0]
        name = f"{fact.number} {fact.label}" if fact.number else fact.label
        predicates.append(
            Predicate(
                f"{rule.id}/{key}/{scope or ''}",
                rule.id,
                fact.statement,
                name,
                () if found else (name,),
                (),
                facts=tuple(f.fact_id for f in point.facts),
                args=(("amount", fact.as_printed),),
                places=(fact.place,),
            )
        )
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.nothing_material")


def _least(rule: Rule, budget: Point | None) -> int | None:
    """The limit in øre: the larger of so many kroner and so many per cent of the budget; None without that budget."""
    kroner = int(rule.settings["limit_kr"] or 0) * SCALE["kr"]
    share = Fraction(str(rule.settings["limit_percent"] or 0)) / 100
    if share and budget is None:
        return None
    return max(kroner, int(abs(budget.value) * share)) if budget else kroner


KIND = Kind(
    ground,
    {
        "limit_kr": Setting("number", help="Deviations up to so many kroner need no explanation."),
        "limit_percent": Setting("number", help="Nor do those up to so many per cent of the revised budget."),
    },
    predicate=True,
    where=("scope",),
)
