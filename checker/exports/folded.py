"""Conditions of which some are known already, so that a query says only what its data decides."""

from __future__ import annotations

from sqlglot import exp

Condition = exp.Expr | bool


def every(*conditions: Condition) -> Condition:
    """All of them."""
    if any(each is False for each in conditions):
        return False
    open_ = [each.copy() for each in conditions if not isinstance(each, bool)]
    return exp.and_(*open_) if open_ else True


def either(*conditions: Condition) -> Condition:
    """Any of them."""
    if any(each is True for each in conditions):
        return True
    open_ = [each.copy() for each in conditions if not isinstance(each, bool)]
    return exp.or_(*open_) if open_ else False


def no(condition: Condition) -> Condition:
    """Not so."""
    return not condition if isinstance(condition, bool) else exp.not_(condition.copy())


def where(query: exp.Select, condition: Condition) -> exp.Select:
    """The query of rows of which it holds."""
    if condition is True:
        return query
    return query.where(exp.Literal.number(1).eq(0) if condition is False else condition)


def choose(*whens: tuple[Condition, exp.Expr], otherwise: exp.Expr | None = None) -> exp.Expr:
    """CASE of what is open."""
    made = exp.Case()
    for condition, value in whens:
        if condition is True:
            otherwise = value
            break
        if condition is not False:
            made = made.when(condition.copy(), value.copy())
    if not made.args.get("ifs"):
        return otherwise if otherwise is not None else exp.null()
    return made.else_(otherwise.copy()) if otherwise is not None else made
