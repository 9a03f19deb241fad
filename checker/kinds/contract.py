"""Does every row of a long table keep the contract of long form?"""

from __future__ import annotations

from checker.kinds.base import Kind
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Submission

_SHOWN = 20
"""So many different values are named in the message; the places are complete."""

Table = tuple[str, int | None]


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per long table, column and check: no cell breaks it. One per table where all cells hold.

    Per table and not per statement, since it is the file that is to be mended: one slip of an export stands in all
    statements. `found` is what the cells hold.
    """
    tables: dict[Table, int] = {}
    broken: dict[Table, dict[tuple[str, str], list[tuple[int, str]]]] = {}
    for index, claim in enumerate(submission.claims):
        if claim.kind != "long_form":
            continue
        table = (claim.place.file, claim.place.table)
        if not claim.about:
            tables[table] = index
            continue
        check, _, found = claim.value.partition(": ")
        broken.setdefault(table, {}).setdefault((claim.about, check), []).append((index, found))
    predicates: list[Predicate] = []
    for table, index in tables.items():
        key = f"{rule.id}/{table[0]}/{table[1]}"
        own = broken.get(table, {})
        if not own:
            predicates.append(Predicate(key, rule.id, "", "", (), (), (index,)))
        predicates += [_predicate(rule, f"{key}/{c}/{check}", c, check, cells) for (c, check), cells in own.items()]
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.no_long_form")


def _predicate(rule: Rule, key: str, column: str, check: str, cells: list[tuple[int, str]]) -> Predicate:
    values = list(dict.fromkeys(found for _, found in cells))
    left_out = len(values) - _SHOWN
    shown = (*values[:_SHOWN], *((f"… (+{left_out})",) if left_out > 0 else ()))
    return Predicate(
        key,
        rule.id,
        "",
        column,
        shown,
        (),
        tuple(index for index, _ in cells),
        args=(("about", column), ("check", f"@contract.{check}"), ("n", str(len(cells)))),
    )


KIND = Kind(ground, predicate=True, where=())
