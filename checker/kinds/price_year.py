"""Is the stated price year that of the figures?"""

from __future__ import annotations

from checker.kinds.base import Kind, tables_of
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Statement, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per claim: 'Regnskab 2019 er i 2019-priser' must name its own year.

    A claim about the whole table ('i 2021-priser') must name the table's latest accounts year; where the table
    has no accounts it is undecided, since budgets are printed in several price years.
    """
    predicates: list[Predicate] = []
    for statement in tables_of(rule, submission):
        for index, claim in enumerate(submission.claims):
            if claim.statement != statement.id or claim.kind != "price_year":
                continue
            years = (str(claim.year),) if claim.year is not None else _latest_accounts(statement)
            predicates.append(
                Predicate(
                    f"{rule.id}/{statement.id}/{claim.about}/{claim.year or ''}/{claim.value}",
                    rule.id,
                    statement.id,
                    f"{claim.about} {claim.year}" if claim.year else "",
                    (claim.value,),
                    years,
                    (index,),
                    undecided="" if years else "reason.no_accounts_year",
                )
            )
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.no_price_year")


def _latest_accounts(statement: Statement) -> tuple[str, ...]:
    years = [c.year for c in statement.columns if c.measure in ("regnskab", "forventet_regnskab") and c.year]
    return (str(max(years)),) if years else ()


KIND = Kind(ground, predicate=True)
