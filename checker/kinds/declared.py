"""Does what regnskab.yaml states agree with what is read?"""

from __future__ import annotations

from checker.kinds.base import Kind
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import KR, Claim, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per statement of the manifest: area, year, unit of the tables, sign of expenses."""
    predicates = []
    for index, claim in enumerate(submission.claims):
        if claim.kind != "declared":
            continue
        read = _words(claim.about, _read(claim, submission))
        predicates.append(
            Predicate(
                f"{rule.id}/{claim.about}",
                rule.id,
                "",
                claim.about,
                read,
                _words(claim.about, (claim.value,)),
                (index,),
                undecided="" if read else "reason.not_stated_in_files",
                args=(("about", f"@declared.{claim.about}"),),
            )
        )
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.no_manifest")


def _read(claim: Claim, submission: Submission) -> tuple[str, ...]:
    """What the files say of it; nothing where they do not."""
    if claim.about == "omraade":
        return submission.entities
    if claim.about == "aar":
        return (str(submission.year),) if submission.year else ()
    if claim.about == "enhed":
        units = {c.unit_kr for s in submission.statements for c in s.columns if c.dimension == KR and not c.empty}
        units -= {None}
        prices = {c.unit_kr for s in submission.statements for c in s.columns if c.measure == "pris"}
        return tuple(sorted(str(u) for u in units - prices or units))
    return tuple(sorted({s.expense_sign for s in submission.statements if s.expense_sign}))


def _words(about: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """A unit as its word, not as øre."""
    return tuple(f"@unit.{value}" for value in values) if about == "enhed" else values


KIND = Kind(ground, predicate=True, where=())
