"""Is a per cent that a sentence states of a result what the result is of the budget?"""

from __future__ import annotations

from checker.kinds.base import Kind
from checker.kinds.told import in_scopes, term_of, told
from checker.model.rules import ACROSS, BESIDE, Derived, Grounding, Relation, Rule, Term
from checker.model.submission import PERCENT, SCALE, Fact, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per stated per cent whose two amounts are known: 100 x amount / basis, signs ignored."""
    derived: list[Derived] = []
    relations: list[Relation] = []
    terms: list[Term] = []
    known = {(f.entity, f.scope, f.line, f.measure, f.year) for f in submission.facts}
    for fact in told(submission, "andel"):
        upper, _, lower = (fact.basis or "").partition("/")
        at = (fact.entity, fact.scope, fact.line)
        if not in_scopes(rule, fact) or any((*at, m, fact.year) not in known for m in (upper, lower)):
            continue
        key = f"{rule.id}/{fact.fact_id}"
        quotient = f"{key}/quotient"
        derived.append(Derived(quotient, rule.id, "quotient", ACROSS, (), PERCENT, None, 100 * SCALE[PERCENT]))
        relations.append(Relation(key, rule.id, "=", BESIDE, (), rule.missing))
        terms += [
            _operand(quotient, 1, fact, upper, lower),
            _operand(quotient, -1, fact, lower, None),
            Term(key, 1, measure=quotient, label="@derived.quotient"),
            term_of(key, -1, fact, "@report.in_text", stated=True),
        ]
    return Grounding(
        tuple(relations), tuple(terms), derived=tuple(derived), unbound="" if relations else "plan.no_percents_in_text"
    )


def _operand(name: str, weight: int, fact: Fact, measure: str, basis: str | None) -> Term:
    wanted = basis if measure == "over_underskud" else None
    return Term(name, weight, None, fact.scope, fact.line, measure, wanted, fact.year, clip="abs")


KIND = Kind(ground, where=("scope",))
