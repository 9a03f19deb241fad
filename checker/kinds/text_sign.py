"""Does a word such as 'overskud' say the sign that the tables show?"""

from __future__ import annotations

from checker.kinds.base import Kind
from checker.kinds.told import in_scopes, opposite, size_meets, span, tables, told
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Fact, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per result in a sentence whose size agrees with the tables and whose sign they decide."""
    known = tables(submission)
    predicates = []
    for fact in told(submission, "over_underskud"):
        made = known.made(fact)
        if not fact.sign_word or not fact.value or not made or not in_scopes(rule, fact) or not size_meets(fact, made):
            continue
        shown = span(made)
        if shown.lo <= 0 <= shown.hi:
            continue
        predicates.append(_predicate(rule, fact, -1 if opposite(fact, made) else 1))
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.no_amounts_in_text")


def _predicate(rule: Rule, fact: Fact, right: int) -> Predicate:
    said = fact.value > 0
    return Predicate(
        f"{rule.id}/{fact.fact_id}",
        rule.id,
        fact.statement,
        f"{fact.number} {fact.label}" if fact.number else fact.label,
        (_word(said),),
        (_word(said if right > 0 else not said),),
        facts=(fact.fact_id,),
        args=(("amount", fact.as_printed),),
        places=(fact.place,),
    )


def _word(better: bool) -> str:
    return "@sign_word.bedre" if better else "@sign_word.daarligere"


KIND = Kind(ground, predicate=True, where=("scope",))
