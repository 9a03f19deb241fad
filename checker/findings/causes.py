"""A cause -> the finding that a reader meets: which figure, why it, what it should be, and the checks that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.findings.told import Told, count
from checker.kinds.told import OF_ONE
from checker.model.causes import POSSIBLE, Cause, Conflict, Option
from checker.model.outcomes import Finding, Message, Outcome
from checker.model.rules import SEVERITIES, WARNING
from checker.model.submission import KR, Fact, Submission
from checker.names import Names


def cause_finding(
    cause: Cause, own: Sequence[Outcome], plain: Finding | None, submission: Submission, names: Names
) -> Finding:
    """The finding of a cause. `own` are the outcomes it explains, the telling one first, and `plain` the finding that
    this one would be by itself; without them the cause is one that no check shows alone."""
    told = Told(submission, names)
    if plain is not None and own[0].coarse:  # that it is only rounded is what the other figures speak against
        plain = replace(plain, next_step=Message(f"next.{own[0].kind}"))
    if plain is None:
        return _joint(cause, own, told)
    first = cause.options[0]
    decided = len(cause.options) == 1 or _likely(first)
    about = told.fact(first.figures[0]) if decided and len(first.figures) == 1 else None
    made = replace(plain, outcomes=tuple(own), diagnosis=cause, about=about, severity=_gravest(own))
    made = replace(made, repaired=told.repaired(first) if decided else None)
    if first.suggestions and decided and first.suggestions[0].kind == "interchanged":
        return _interchanged(made, first, told)
    if not decided:
        return replace(made, cause="one_of", further=told.alternatives(cause, own[0]))
    if about is None:
        return _several(made, cause, told)
    return _one(made, cause, about, told)


def _likely(option: Option) -> bool:
    return bool(option.suggestions) and all(s.certainty != POSSIBLE for s in option.suggestions)


def _gravest(own: Sequence[Outcome]) -> str:
    return max((o.severity for o in own), key=SEVERITIES.index)


def _one(made: Finding, cause: Cause, about: Fact, told: Told) -> Finding:
    """One figure is wrong."""
    suggestion = next(iter(cause.options[0].suggestions), None)
    what = Message("cause.what", told.what(about))
    further = told.should_be(about, suggestion)
    kind = "unit" if suggestion and suggestion.kind == "scale" else "figure"
    proofs = told.conflicts(_deciding(cause)) if len(made.outcomes) == 1 and len(cause.options) == 1 else ()
    amount = about.dimension == KR and about.measure != "pris"  # of a price the amount that it makes is at stake
    off = abs(suggestion.value - about.value) if amount and suggestion and suggestion.value is not None else 0
    made = replace(made, cause=kind, shown=proofs, off=off)
    if about.text and made.outcomes[0].kind in OF_ONE:  # the check says itself which figure of the text is wrong
        return replace(made, further=() if suggestion and suggestion.kind == "sign" else further)
    if suggestion and suggestion.value is not None:
        step = Message("next.figure", {"what": what, **told.value(about, suggestion), "printed": about.as_printed})
    else:
        step = Message("next.figure_open", {"what": what, "printed": about.as_printed})
    if len(cause.options) > 1:
        return replace(
            made, further=(Message("cause.likeliest", {"what": told.named(about)}), *further), next_step=step
        )
    evidence = made.outcomes[0].evidence
    if len(made.outcomes) == 1 and evidence is not None and evidence.op == "agree":
        where = Message("cause.wrong", {"printed": about.as_printed, "table": told.names.own_title(about.statement)})
        first = (where,) if made.outcomes[0].kind == "same_figure" else ()
        return replace(made, further=(*first, *further), next_step=step)
    return replace(
        made,
        heading=Message("cause.heading.figure"),
        message=Message("cause.figure", {"printed": about.as_printed}),
        further=further,
        next_step=step,
    )


def _deciding(cause: Cause) -> tuple[Conflict, ...]:
    """The conflict of several checks that speaks against the figure, where one check alone would leave others open."""
    return tuple(c for c in cause.conflicts if len(c.checks) > 1 and c.terms)[:1]


def _several(made: Finding, cause: Cause, told: Told) -> Finding:
    """Several figures together are wrong."""
    option = cause.options[0]
    facts = [told.fact(f) for f in option.figures]
    further = [
        Message("cause.option_value", {"what": told.named(f), **told.value(f, s), "slip": told.slip(f, s)})
        for f, s in zip(facts, option.suggestions, strict=False)
        if s.value is not None
    ]
    return replace(
        made,
        cause="figure",
        heading=Message("cause.heading.figures"),
        message=Message(
            "cause.figures" if len(cause.options) == 1 else "cause.likeliest_several",
            {"figures": tuple(told.named(f) for f in facts)},
        ),
        further=tuple(further),
    )


def _interchanged(made: Finding, option: Option, told: Told) -> Finding:
    one, two = (told.fact(f) for f in option.figures)
    args: dict[str, str | Message] = {"one": one.as_printed, "two": two.as_printed}
    args |= {"first": Message("cause.what", told.what(one)), "second": Message("cause.what", told.what(two))}
    return replace(
        made,
        cause="figure",
        about=one,
        heading=Message("cause.heading.interchanged"),
        message=Message("cause.interchanged", args),
        next_step=Message("next.interchanged"),
    )


def _joint(cause: Cause, own: Sequence[Outcome], told: Told) -> Finding:
    """Every check holds, and all figures together cannot be right."""
    conflict = cause.conflicts[0]
    facts = [told.fact(f) for f in conflict.figures]
    figures = tuple(told.named(f) for f in facts)
    key = "cause.joint" if len(facts) > 1 else "cause.joint_one"
    decided = len(cause.options) == 1 and len(cause.options[0].figures) == 1
    about = told.fact(cause.options[0].figures[0]) if decided else None
    further: tuple[Message, ...] = ()
    if about is not None:
        further = (
            Message("cause.likeliest", {"what": told.named(about)}),
            *told.should_be(about, next(iter(cause.options[0].suggestions), None)),
        )
    return Finding(
        "joint",
        WARNING,
        tuple(own),
        Message(key, {"n": count(len(facts)), "figures": figures}),
        Message("next.joint"),
        heading=Message("cause.heading.joint"),
        about=about,
        further=further,
        diagnosis=cause,
        shown=told.conflicts((conflict,)),
    )
