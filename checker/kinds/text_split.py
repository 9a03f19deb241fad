"""Is what is carried forward and what is left, as a text tells it, together the result?"""

from __future__ import annotations

from checker.kinds.base import Kind
from checker.kinds.told import in_scopes, line_of, told
from checker.model.rules import ACROSS, Grounding, Relation, Rule, Term
from checker.model.submission import Fact, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per remainder that a sentence tells of a line whose transfer and result are known somewhere.

    Each figure is taken as exactly as any table or sentence knows it.
    """
    relations: list[Relation] = []
    terms: list[Term] = []
    carried = {(line_of(f), f.year) for f in submission.facts if f.measure == "overfoersel_soegt"}
    results: dict[tuple[object, int | None], Fact] = {}
    for fact in submission.facts:
        if fact.measure == "over_underskud" and fact.basis != "oprindeligt_budget":
            results.setdefault((line_of(fact), fact.year), fact)
    seen = set()
    for left in told(submission, "rest_efter_overfoersel"):
        at = (line_of(left), left.year)
        if at in seen or at not in carried or at not in results or not in_scopes(rule, left):
            continue
        seen.add(at)
        key = f"{rule.id}/{left.fact_id}"
        relations.append(Relation(key, rule.id, "=", ACROSS, (), rule.missing))
        for measure, weight in (("over_underskud", 1), ("overfoersel_soegt", -1), ("rest_efter_overfoersel", -1)):
            basis = results[at].basis if measure == "over_underskud" else None
            stated = measure == "rest_efter_overfoersel"
            label = f"@measure.{measure}"
            terms.append(
                Term(key, weight, None, left.scope, left.line, measure, basis, left.year, stated=stated, label=label)
            )
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_remainder_in_text")


KIND = Kind(ground, where=("scope",))
