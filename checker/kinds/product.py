"""Is mængde x pris the amount?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting, tables_of
from checker.kinds.columns import term
from checker.model.rules import WITHIN, Derived, Grounding, Relation, Rule, Term
from checker.model.submission import KR, SCALE, Column, Statement, Submission

LEVELS = ("regnskab", "korrigeret_budget", "budget", "oprindeligt_budget", "forventet_regnskab", "beloeb")


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per amount column whose table has a quantity and a price for it, free over lines."""
    relations: list[Relation] = []
    terms: list[Term] = []
    derived: list[Derived] = []
    for statement in tables_of(rule, submission):
        for number, (quantity, price, amount) in enumerate(_triples(rule, statement)):
            key = f"{rule.id}/{statement.id}/{number}"
            product, free = f"{key}/product", ("scope", "line")
            derived.append(Derived(product, rule.id, "product", WITHIN, free, KR, statement.id, SCALE["number"]))
            relations.append(Relation(key, rule.id, "=", WITHIN, free, rule.missing, statement.id))
            terms += [
                term(product, 1, statement, quantity),
                term(product, 1, statement, price),
                Term(key, 1, statement.id, measure=product, label="@derived.product"),
                term(key, -1, statement, amount, stated=True),
            ]
    return Grounding(tuple(relations), tuple(terms), (), tuple(derived), "" if relations else "plan.no_product")


def _triples(rule: Rule, statement: Statement) -> list[tuple[Column, Column, Column]]:
    """Quantity, price and amount of one level and year; a level that no heading names takes the only amount."""
    columns = [c for c in statement.columns if not c.empty]
    result = []
    for price in (c for c in columns if c.measure == rule.settings["price"]):
        alike = [c for c in columns if c.measure == rule.settings["quantity"] and _goes_with(c, price)]
        amounts = [c for c in columns if c.dimension == KR and c.measure in LEVELS and _is_level(c, price)]
        if len(alike) == 1 and len(amounts) == 1:
            result.append((alike[0], price, amounts[0]))
    return result


def _goes_with(quantity: Column, price: Column) -> bool:
    return quantity.basis in (price.basis, None) and (
        quantity.year == price.year or None in (quantity.year, price.year)
    )


def _is_level(amount: Column, price: Column) -> bool:
    named = price.basis in (None, amount.measure) or amount.measure == "beloeb"
    return named and (amount.year == price.year or None in (amount.year, price.year))


KIND = Kind(
    ground,
    {
        "quantity": Setting("measure", default="maengde", help="The measure of the quantity."),
        "price": Setting("measure", default="pris", help="The measure of the price."),
    },
)
