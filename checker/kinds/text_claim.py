"""Is anything said that cannot be: two words against each other, a transfer to a wrong year, a double minus?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Claim, Submission

WHAT = ("contradiction", "transfer_year", "double_negative", "no_line")


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate for the whole submission, so that the same remark on many lines is one finding.

    For `transfer_year` what is found are the years that a transfer is said to go to, and only the year after the
    accounts is allowed; of the others nothing may be found.
    """
    what = rule.settings["what"]
    said = [(i, c) for i, c in enumerate(submission.claims) if c.kind == f"text_{what}"]
    wrong = [(i, c) for i, c in said if not _right(c)]
    if not submission.texts or (what == "transfer_year" and not said):
        return Grounding(unbound="plan.no_amounts_in_text")
    facts = tuple(c.about for _, c in (wrong or said) if c.about)
    return Grounding(
        predicates=(
            Predicate(
                f"{rule.id}/{what}",
                rule.id,
                "",
                what,
                tuple(dict.fromkeys(c.value for _, c in wrong)),
                (),
                tuple(i for i, _ in wrong),
                facts=facts,
                args=(("expected", str(next((c.year for _, c in said if c.year), ""))),),
            ),
        )
    )


def _right(claim: Claim) -> bool:
    return claim.kind == "text_transfer_year" and claim.year is not None and claim.value == str(claim.year)


KIND = Kind(
    ground,
    {"what": Setting("choice", required=True, choices=WHAT, help="What must not be said.")},
    predicate=True,
    where=(),
)
