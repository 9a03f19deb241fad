"""Does an amount in a sentence say what the tables say, in size?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting
from checker.kinds.told import Tables, in_scopes, opposite, table_term, tables, term_of, told
from checker.model.rules import BESIDE, Grounding, Relation, Rule, Term
from checker.model.submission import Fact, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per figure of a sentence that a table states, or whose parts tables state (budget less accounts).

    Where only the sign differs, the size is compared: the sign is another rule's (`text_sign`). A figure that the
    tables state in the same unit must be equal; of what is made of others, rounding is allowed for.
    """
    relations: list[Relation] = []
    terms: list[Term] = []
    known = tables(submission)
    left_out = frozenset(rule.settings["except"])
    for fact in told(submission):
        if fact.measure in left_out or not in_scopes(rule, fact):
            continue
        made = _relation(rule, fact, known)
        if made:
            relations.append(made[0])
            terms += made[1]
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_amounts_in_text")


def _relation(rule: Rule, fact: Fact, known: Tables) -> tuple[Relation, list[Term]] | None:
    made = known.made(fact)
    if not made:
        return None
    key = f"{rule.id}/{fact.fact_id}"
    sign = -1 if opposite(fact, made) else 1
    relation = Relation(key, rule.id, "=", BESIDE, (), rule.missing, exact=len(made) == 1, turned=sign < 0)
    label = "@report.in_table" if len(made) == 1 else ""
    own = [table_term(key, -weight, point, label or f"@measure.{point.measure}") for point, weight in made]
    return relation, [*own, term_of(key, sign, fact, "@report.in_text", stated=True)]


KIND = Kind(
    ground,
    {
        "except": Setting("measures", default=("andel",), help="Measures that are not compared."),
        "one_unit": Setting(
            "choice",
            choices=("note", "warning", "error"),
            default="warning",
            help="The severity where the two differ by exactly one unit.",
        ),
    },
    where=("scope",),
)
