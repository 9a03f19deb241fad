"""Do the amounts that a text explains a deviation with make up enough of it?"""

from __future__ import annotations

from fractions import Fraction

from checker.kinds.base import Kind, Setting
from checker.kinds.told import LineKey, in_scopes, tables, term_of, told
from checker.model.rules import BESIDE, TABLE, Grounding, Relation, Rule, Term
from checker.model.submission import PART_MARK, Fact, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per line with explained amounts: percent of the deviation <= what is explained, in its direction."""
    share = Fraction(str(rule.settings["percent"])) / 100
    groups: dict[tuple[LineKey, int | None], list[Fact]] = {}
    for fact in told(submission, "forklaret"):
        if in_scopes(rule, fact):
            line = (fact.entity, fact.scope, fact.line.partition(PART_MARK)[0])
            groups.setdefault((line, fact.year), []).append(fact)
    known = tables(submission)
    relations: list[Relation] = []
    terms: list[Term] = []
    for (line, year), own in groups.items():
        result = known.figure(line, "over_underskud", year)
        if result is None or not result.value:
            continue
        key = f"{rule.id}/{line[0]}/{line[1] or ''}/{line[2]}/{year or ''}"
        sign = 1 if result.value > 0 else -1
        relations.append(Relation(key, rule.id, "<=", BESIDE, (), rule.missing))
        terms.append(
            Term(
                key,
                sign * share.numerator,
                None,
                line[1],
                line[2],
                "over_underskud",
                result.basis,
                year,
                stated=True,
                source=TABLE,
                label="@measure.over_underskud",
            )
        )
        terms += [term_of(key, -sign * share.denominator, f, "@measure.forklaret") for f in own]
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_amounts_in_text")


KIND = Kind(
    ground,
    {"percent": Setting("number", required=True, help="So much of the deviation must be explained, in per cent.")},
    where=("scope",),
    law=False,
)
