"""Does a stated sign convention say what the figures show?"""

from __future__ import annotations

from checker.kinds.base import Kind, tables_of
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Statement, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per table and convention: the claimed sign against the one the figures show."""
    predicates: list[Predicate] = []
    for statement in tables_of(rule, submission):
        for about in ("udgift", "bedre"):
            said = [
                (i, c)
                for i, c in enumerate(submission.claims)
                if c.statement == statement.id and c.kind == "sign" and c.about == about
            ]
            if not said:
                continue
            shown = _shown(statement, about)
            predicates.append(
                Predicate(
                    f"{rule.id}/{statement.id}/{about}",
                    rule.id,
                    statement.id,
                    about,
                    tuple(sorted({c.value for _, c in said})),
                    shown,
                    tuple(i for i, _ in said),
                    undecided="" if shown else "reason.sign_undecided",
                    args=(("about", f"@sign.{about}"),),
                )
            )
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.no_sign_note")


def _shown(statement: Statement, about: str) -> tuple[str, ...]:
    """The sign by the figures: of expenses in the table, or of 'better' in its deviation columns."""
    if about == "udgift":
        return (statement.expense_sign,) if statement.expense_sign else ()
    signs = {c.better_sign for c in statement.columns if c.better_sign}
    return tuple(signs) if len(signs) == 1 else ()


KIND = Kind(ground, predicate=True)
