"""How does a calculation read with the signs that stand in the tables?

Inside, an expense is plus, and so is a deviation that is better than budget. A reader who sees regnskab 27,0, budget
27,8 and afvigelse -0,8 reckons 27,0 - 27,8, and is to be shown that.
"""

from __future__ import annotations

import re
from dataclasses import replace

from checker.amounts.show import figure
from checker.model.outcomes import Evidence, EvidenceTerm
from checker.model.submission import Fact

_NEUTRAL = {
    "@measure.over_underskud": "@report.deviation",
    "@measure.forventet_over_underskud": "@report.forecast_deviation",
}
"""An over-/underskud is plus for a surplus; printed the other way round it is called a deviation."""


def printed(evidence: Evidence) -> Evidence:
    """The same calculation with every figure as it is printed: the weights take over what the signs give up.

    Bounds, products and quotients stay as they are, since they do not survive a turned sign.
    """
    if evidence.op == "agree":
        turned = {t.orientation for t in evidence.terms} == {-1}
        return _negated(evidence) if turned else evidence
    stated = next((t for t in evidence.terms if t.stated), None)
    plain = evidence.op == "=" and not evidence.constant and not any(t.join or t.clip for t in evidence.terms)
    if stated is None or not plain or all(t.orientation > 0 for t in evidence.terms):
        return evidence
    terms = [replace(_turned(t), weight=t.weight * t.orientation * stated.orientation) for t in evidence.terms]
    added = -stated.weight  # the sign of what is added to make the stated figure
    terms.sort(key=lambda t: not t.stated and t.weight * added < 0)
    made = replace(evidence, terms=tuple(terms))
    return _negated(made, keep_terms=True) if stated.orientation < 0 else made


def _turned(term: EvidenceTerm) -> EvidenceTerm:
    if term.orientation > 0:
        return term
    return replace(term, value=-term.value, orientation=1, label=_NEUTRAL.get(term.label, term.label))


def _negated(evidence: Evidence, keep_terms: bool = False) -> Evidence:
    """Stated, computed and difference with the other sign. Where figures agree, their difference has no sign."""
    agree = evidence.op == "agree"
    return replace(
        evidence,
        terms=evidence.terms if keep_terms else tuple(map(_turned, evidence.terms)),
        stated=None if evidence.stated is None else -evidence.stated,
        computed=None if evidence.computed is None else -evidence.computed,
        difference=evidence.difference if agree or evidence.difference is None else -evidence.difference,
    )


def shown_value(fact: Fact) -> int:
    """The value, in steps, with the sign that it is printed with; a word in a sentence leaves it none."""
    return abs(fact.value) if fact.sign_word else fact.value * fact.orientation


def as_printed(fact: Fact) -> str:
    """A figure as its table or sentence would print it, in Danish; of a sentence the words say the sign."""
    made = figure(shown_value(fact), fact.unit, fact.dimension, "da", word=fact.text and fact.unit_known)
    ungrouped = re.search(r"\d{4}", fact.as_printed) and "." not in fact.as_printed
    return re.sub(r"(?<=\d)\.(?=\d{3})", "", made) if ungrouped else made
