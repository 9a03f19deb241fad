"""Is a stated per cent what its two columns make (deviation of budget, spending of budget)?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting, tables_of
from checker.kinds.columns import term
from checker.model.rules import WITHIN, Derived, Grounding, Relation, Rule, Term
from checker.model.submission import PERCENT, SCALE, Column, Statement, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per column of per cents: numerator over denominator, free over lines, signs ignored.

    What the column is a per cent of was read from its heading, unless the rule names both measures. A per cent
    that agrees when the printed quotient is rounded has passed as printed.
    """
    made: list[tuple[Derived, Relation, list[Term]]] = []
    for statement in tables_of(rule, submission):
        for column in statement.columns:
            pair = _pair(rule, statement, column)
            if pair:
                made.append(_rows(rule, statement, column, *pair))
    return Grounding(
        tuple(r for _, r, _ in made),
        tuple(t for _, _, terms in made for t in terms),
        derived=tuple(d for d, _, _ in made),
        unbound="" if made else "plan.no_percents",
    )


def _pair(rule: Rule, statement: Statement, column: Column) -> tuple[Column, Column] | None:
    """The numerator and the denominator of a column of per cents, where the table has both."""
    if column.measure != "andel" or column.empty:
        return None
    upper, _, lower = (column.basis or "").partition("/")
    if rule.settings["numerator"] and (upper, lower) != (rule.settings["numerator"], rule.settings["denominator"]):
        return None
    over, under = _column(statement, upper, column.year, lower), _column(statement, lower, column.year, None)
    return (over, under) if over and under else None


def _column(statement: Statement, measure: str, year: int | None, basis: str | None) -> Column | None:
    """The column of a measure: of that year and, where deviations from two budgets stand there, from that budget."""
    found = [c for c in statement.columns if c.measure == measure and not c.empty]
    return min(found, key=lambda c: (c.year != year, c.basis != basis), default=None)


def _rows(
    rule: Rule, statement: Statement, column: Column, upper: Column, lower: Column
) -> tuple[Derived, Relation, list[Term]]:
    key = f"{rule.id}/{statement.id}/{column.index}"
    quotient = f"{key}/quotient"
    free = ("scope", "line")
    return (
        Derived(quotient, rule.id, "quotient", WITHIN, free, PERCENT, statement.id, 100 * SCALE[PERCENT]),
        Relation(key, rule.id, "=", WITHIN, free, rule.missing, statement.id),
        [
            term(quotient, 1, statement, upper, "abs"),
            term(quotient, -1, statement, lower, "abs"),
            Term(key, 1, statement.id, measure=quotient, label="@derived.quotient"),
            term(key, -1, statement, column, "abs", stated=True),
        ],
    )


KIND = Kind(
    ground,
    {
        "numerator": Setting("measure", help="Only per cents of this measure; all of them, unless it says."),
        "denominator": Setting("measure", help="What they are per cents of; with `numerator`."),
    },
)
