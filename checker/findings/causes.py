"""A cause -> the finding that a reader meets: which figure, why it, what it should be, and the checks that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.amounts.intervals import interval
from checker.kinds.told import OF_ONE
from checker.model.causes import CERTAIN, POSSIBLE, Cause, Conflict, Option, Suggestion
from checker.model.outcomes import Evidence, EvidenceTerm, Finding, Message, Outcome
from checker.model.rules import SEVERITIES, WARNING
from checker.model.submission import KR, Fact, Submission
from checker.names import Names, numbered
from checker.printed import as_printed

_FITTING = 0.2
"""Only of slips that fit by chance no more often than this is told what they would make of a figure."""
_LISTED = 6
"""So many possibilities are listed one by one; of more, only those for which a slip is known."""


def cause_finding(
    cause: Cause, own: Sequence[Outcome], plain: Finding | None, submission: Submission, names: Names
) -> Finding:
    """The finding of a cause. `own` are the outcomes it explains, the telling one first, and `plain` the finding that
    this one would be by itself; without them the cause is one that no check shows alone."""
    told = _Told(submission, names)
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


def _one(made: Finding, cause: Cause, about: Fact, told: _Told) -> Finding:
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


def _several(made: Finding, cause: Cause, told: _Told) -> Finding:
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


def _interchanged(made: Finding, option: Option, told: _Told) -> Finding:
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


def _joint(cause: Cause, own: Sequence[Outcome], told: _Told) -> Finding:
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
        Message(key, {"n": _count(len(facts)), "figures": figures}),
        Message("next.joint"),
        heading=Message("cause.heading.joint"),
        about=about,
        further=further,
        diagnosis=cause,
        shown=told.conflicts((conflict,)),
    )


class _Told:
    """How figures are called in sentences."""

    def __init__(self, submission: Submission, names: Names) -> None:
        self._facts = {f.fact_id: f for f in (*submission.facts, *submission.others)}
        self.names = names

    def fact(self, figure: str) -> Fact:
        """The fact of a figure."""
        return self._facts[figure]

    def what(self, fact: Fact) -> dict[str, str]:
        """Line, measure and year."""
        year = "" if fact.year is None else str(fact.year)
        word = (
            f"@sign_word.{'bedre' if fact.value > 0 else 'daarligere'}"
            if fact.sign_word
            else f"@measure.{fact.measure}"
        )
        return {"label": numbered(fact.number, fact.label), "measure": word, "year": year}

    def named(self, fact: Fact) -> Message:
        """Line, measure, year and what is printed."""
        return Message("cause.named", {"what": Message("cause.what", self.what(fact)), "printed": fact.as_printed})

    def value(self, fact: Fact, suggestion: Suggestion) -> dict[str, str]:
        """What it should be, as it would be printed."""
        return {"value": _print(fact, suggestion.value, suggestion.unit)}

    def slip(self, fact: Fact, suggestion: Suggestion) -> Message | str:
        """What seems to have happened; nothing where only the other figures say what it should be."""
        if suggestion.kind == "sums":
            return ""
        if suggestion.kind == "sign" and fact.text:
            return Message("slip.word")
        other = self._facts.get(suggestion.other)
        return Message(f"slip.{suggestion.kind}", {"other": numbered(other.number, other.label) if other else ""})

    def repaired(self, option: Option) -> Message | None:
        """With what the checks hold."""
        known = [s for s in option.suggestions if s.value is not None]
        if len(known) != 1:
            return Message("cause.with_all") if known else None
        fact = self.fact(known[0].figure)
        if known[0].kind == "sign" and fact.text:
            return Message("cause.with_word")
        return Message("cause.with_value", self.value(fact, known[0]))

    def should_be(self, fact: Fact, suggestion: Suggestion | None) -> tuple[Message, ...]:
        """What one figure should be, how sure that is, and what the others allow."""
        if suggestion is None:
            return ()
        bounds = {"low": _print(fact, suggestion.low), "high": _print(fact, suggestion.high)}
        if suggestion.value is None:
            known = "" not in bounds.values()
            first = Message("cause.range", bounds) if known else Message("cause.open")
            return (first, Message("cause.last_year")) if suggestion.kind == "last_year" else (first,)
        key = "cause.certain" if suggestion.certainty == CERTAIN else "cause.likely"
        said = Message(key, {**self.value(fact, suggestion), "slip": self.slip(fact, suggestion)})
        wide = suggestion.low != suggestion.high and "" not in bounds.values()
        return (said, Message("cause.within", bounds)) if wide else (said,)

    def alternatives(self, cause: Cause, first: Outcome) -> tuple[Message, ...]:
        """The possibilities, where no one of them is likelier than the others."""
        shown = [o for o in cause.options if len(o.figures) == 1]
        few = len(cause.options) <= _LISTED
        listed = [self._option(o, few) for o in shown]
        lines = tuple(m for m in listed if m is not None)[:_LISTED]
        whole = len(cause.options) == len(set(first.facts)) and not few
        head = (
            Message("cause.one_of_all")
            if whole or not lines
            else Message("cause.one_of", {"n": _count(len(cause.options))})
        )
        more = () if cause.complete else (Message("cause.more"),)
        return (head, *lines, *more)

    def _option(self, option: Option, every: bool) -> Message | None:
        fact = self.fact(option.figures[0])
        suggestion = next(iter(option.suggestions), None)
        named = self.named(fact)
        if suggestion and suggestion.value is not None and suggestion.luck <= _FITTING:
            args: dict[str, str | Message] = {
                "what": named,
                **self.value(fact, suggestion),
                "slip": self.slip(fact, suggestion),
            }
            return Message("cause.option_value", args)
        if not every:
            return None
        if suggestion and suggestion.low is not None and suggestion.high is not None:
            low, high = _print(fact, suggestion.low), _print(fact, suggestion.high)
            return Message("cause.option_range", {"what": named, "low": low, "high": high})
        return named

    def conflicts(self, conflicts: Sequence[Conflict]) -> tuple[tuple[Message, Evidence], ...]:
        """Conflicts as a sentence with their calculation."""
        return tuple((self._conflict(c), self.sum_of(c)) for c in conflicts if c.terms)

    def _conflict(self, conflict: Conflict) -> Message:
        figures = tuple(self.named(self.fact(f)) for f in conflict.figures)
        key = "cause.conflict" if len(figures) > 1 else "cause.conflict_one"
        return Message(key, {"n": _count(len(figures)), "figures": figures})

    def sum_of(self, conflict: Conflict) -> Evidence:
        """The checks of a conflict added up: what its figures make, and how much of that rounding explains."""
        facts = [(self._facts[i], weight) for i, weight in conflict.terms]
        terms = tuple(
            EvidenceTerm(
                numbered(f.number, f.label), w, f.value, f.unit, f.as_printed, f.place,
                orientation=f.orientation, fact_id=f.fact_id, statement=f.statement, measure=f.measure,
            )
            for f, w in facts
        )  # fmt: skip
        made = sum(w * f.value for f, w in facts) - conflict.constant
        spans = [interval(f.value, f.coarse or f.unit).times(w) for f, w in facts]
        return Evidence(
            terms,
            "=",
            facts[0][0].dimension,
            min((f.unit for f, _ in facts), default=100),
            stated=conflict.constant,
            computed=conflict.constant + made,
            difference=-made,
            tolerance2=sum(s.hi - s.lo for s in spans) // 2,
            unit_known=all(f.unit_known for f, _ in facts),
            constant=conflict.constant,
        )


def _print(fact: Fact, value: int | None, unit: int | None = None) -> str:
    return "" if value is None else as_printed(replace(fact, value=value, unit=fact.unit if unit is None else unit))


def _count(number: int) -> str:
    """A small number as a word."""
    return f"@count.{number}" if 2 <= number <= 12 else str(number)
