"""Does a note or title name only years that the table has for that measure?"""

from __future__ import annotations

from checker.kinds.base import Kind, tables_of
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Claim, Statement, Submission

BUDGETS = ("budget", "oprindeligt_budget", "korrigeret_budget")


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per note: the years it names of a measure are among the years of that measure's columns."""
    predicates: list[Predicate] = []
    for statement in tables_of(rule, submission):
        if not statement.years:
            continue
        said = [
            (i, c)
            for i, c in enumerate(submission.claims)
            if c.statement == statement.id and c.kind in ("year_named", "title_year")
        ]
        for note, measure in dict.fromkeys((c.place, c.about) for _, c in said):
            own = [(i, c) for i, c in said if (c.place, c.about) == (note, measure)]
            predicates.append(_predicate(rule, statement, measure, own))
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.no_years_named")


def _predicate(rule: Rule, statement: Statement, measure: str, own: list[tuple[int, Claim]]) -> Predicate:
    return Predicate(
        f"{rule.id}/{statement.id}/{own[0][1].place.cell or own[0][1].place.line}/{measure}",
        rule.id,
        statement.id,
        measure,
        tuple(sorted({c.value for _, c in own})),
        tuple(str(y) for y in _years(statement, measure)),
        tuple(i for i, _ in own),
        args=(("measure", f"@measure.{measure}"),),
    )


def _years(statement: Statement, measure: str) -> list[int]:
    """Years of the columns of the measure; any budget answers for 'budget'; all years where it has no column."""
    alike = BUDGETS if measure in BUDGETS else (measure,)
    exact = {c.year for c in statement.columns if c.year and c.measure == measure}
    found = (
        exact if measure != "budget" and exact else {c.year for c in statement.columns if c.year and c.measure in alike}
    )
    return sorted(found or set(statement.years))


KIND = Kind(ground, predicate=True)
