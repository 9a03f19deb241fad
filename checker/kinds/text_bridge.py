"""Do the steps that a text tells lead from the original to the revised budget?"""

from __future__ import annotations

from dataclasses import replace

from checker.kinds.base import Kind, Setting
from checker.kinds.told import LineKey, in_scopes, line_of, table_term, tables, term_of, told
from checker.model.rules import BESIDE, Grounding, Relation, Rule, Term
from checker.model.submission import PART_MARK, Fact, Submission

STEPS = ("overfoersel_ind", "tillaegsbevilling", "omplacering")


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per line of which a sentence tells how much its budget was changed, and two steps or more.

    What is told to be part of a step ('heraf') is no step; a step that is told twice counts once. The steps are held
    against the tables' revised less original budget where they have both, else against the change that is told.
    """
    relations: list[Relation] = []
    terms: list[Term] = []
    inner = {i for group in submission.text_parts for i in group.parts if group.measure == "overfoersel_ind"}
    steps: dict[tuple[LineKey, int | None], list[Fact]] = {}
    for fact in told(submission, *STEPS):
        at = ((fact.entity, fact.scope, fact.line.partition(PART_MARK)[0]), fact.year)
        own = steps.setdefault(at, [])
        if fact.fact_id not in inner and not any((s.measure, s.value) == (fact.measure, fact.value) for s in own):
            own.append(fact)
    changes = {(line_of(f), f.year): f for f in reversed(list(told(submission, "budgetaendring")))}
    known = tables(submission)
    for (line, year), own in steps.items():
        change = changes.get((line, year))
        if not own or len(own) < rule.settings["least_steps"] or not in_scopes(rule, own[0]) or change is None:
            continue
        key = f"{rule.id}/{change.fact_id}"
        if any(s.of_which for s in own):  # 'heraf' need not tell all steps, but no more than all
            if change.value > 0 and all(s.value > 0 for s in own):
                relations.append(Relation(key, rule.id, "<=", BESIDE, (), rule.missing))
                terms += [term_of(key, 1, s, f"@measure.{s.measure}") for s in own]
                terms.append(term_of(key, -1, change, "@measure.budgetaendring", stated=True))
            continue
        relations.append(Relation(key, rule.id, "=", BESIDE, (), rule.missing))
        terms += [term_of(key, 1, s, f"@measure.{s.measure}") for s in own]
        made = known.made(change)
        if len(made) == 2:
            terms += [table_term(key, -weight, p, f"@measure.{p.measure}") for p, weight in made]
            terms[-2] = replace(terms[-2], stated=True)
        else:
            terms.append(term_of(key, -1, change, "@measure.budgetaendring", stated=True))
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_bridge_in_text")


KIND = Kind(
    ground,
    {"least_steps": Setting("number", default=2, help="With fewer steps the text does not tell the way.")},
    where=("scope",),
)
