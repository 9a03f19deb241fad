"""Is amount / quantity the same for all lines, where nearly all of them share one rate?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting, tables_of
from checker.kinds.columns import own_lines, term
from checker.model.rules import WITHIN, Derived, Grounding, Relation, Rule, Term
from checker.model.submission import KR, NUMBER, SCALE, Column, Statement, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per line of a table with one column of quantities, one of amounts and no price.

    The rate is what the lines' quotients have in common; where more than `outliers_pct` of them (rounded up) lie
    outside it, or fewer than `least_lines` share it, no line is evaluated: the table has no common rate.
    """
    relations: list[Relation] = []
    terms: list[Term] = []
    derived: list[Derived] = []
    for statement in tables_of(rule, submission):
        pair = _pair(statement)
        lines = own_lines(statement, submission)
        if pair is None or len(lines) < rule.settings["least_lines"]:
            continue
        quantity, amount = pair
        key = f"{rule.id}/{statement.id}"
        derived += _derived(rule, key, statement)
        terms += [
            term(f"{key}/each", 1, statement, amount),
            term(f"{key}/each", -1, statement, quantity),
            *(Term(f"{key}/rate", 1, statement.id, scope, line, f"{key}/each") for scope, line in lines),
            Term(f"{key}/amount", 1, statement.id, measure=f"{key}/rate"),
            term(f"{key}/amount", 1, statement, quantity),
        ]
        for number, (scope, line) in enumerate(lines):
            relation = f"{key}/{number}"
            relations.append(Relation(relation, rule.id, "=", WITHIN, ("scope", "line"), rule.missing, statement.id))
            terms += [
                Term(relation, 1, statement.id, scope, line, f"{key}/amount", label="@derived.product"),
                term(relation, -1, statement, amount, at=(scope, line), stated=True),
            ]
    return Grounding(tuple(relations), tuple(terms), (), tuple(derived), "" if relations else "plan.no_common_rate")


def _pair(statement: Statement) -> tuple[Column, Column] | None:
    """The only quantity and the only amount of a table without prices."""
    held = [c for c in statement.columns if not c.empty]
    quantities = [c for c in held if c.dimension == NUMBER]
    amounts = [c for c in held if c.dimension == KR]
    one_each = len(quantities) == len(amounts) == 1 and amounts[0].measure != "pris"
    return (quantities[0], amounts[0]) if one_each else None


def _derived(rule: Rule, key: str, statement: Statement) -> list[Derived]:
    free, scale = ("scope", "line"), SCALE[NUMBER]
    outliers, least = rule.settings["outliers_pct"], rule.settings["least_lines"]
    return [
        Derived(f"{key}/each", rule.id, "quotient", WITHIN, free, KR, statement.id, scale),
        Derived(f"{key}/rate", rule.id, "common", WITHIN, (), KR, statement.id, 1, None, outliers, least),
        Derived(f"{key}/amount", rule.id, "product", WITHIN, free, KR, statement.id, scale),
    ]


KIND = Kind(
    ground,
    {
        "outliers_pct": Setting(
            "number", default=10, help="How many per cent of the lines may have another rate, rounded up."
        ),
        "least_lines": Setting("number", default=5, help="How many lines must share the rate at least."),
    },
    law=False,
)
