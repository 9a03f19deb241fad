"""How are figures, suggestions and conflicts told in sentences?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.amounts.intervals import interval
from checker.model.causes import CERTAIN, Cause, Conflict, Option, Suggestion
from checker.model.outcomes import Evidence, EvidenceTerm, Message, Outcome
from checker.model.submission import Fact, Submission
from checker.names import Names, numbered
from checker.printed import as_printed, shown_value

_FITTING = 0.2
"""Only of slips that fit by chance no more often than this is told what they would make of a figure."""
_LISTED = 6
"""So many possibilities are listed one by one; of more, only those for which a slip is known."""


class Told:
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
        return {"value": printed_as(fact, suggestion.value, suggestion.unit)}

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
        bounds = bounds_of(fact, suggestion)
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
            else Message("cause.one_of", {"n": count(len(cause.options))})
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
            if suggestion.low == suggestion.high:
                return Message("cause.option_only", {"what": named, "value": printed_as(fact, suggestion.low)})
            return Message("cause.option_range", {"what": named, **bounds_of(fact, suggestion)})
        return named

    def conflicts(self, conflicts: Sequence[Conflict]) -> tuple[tuple[Message, Evidence], ...]:
        """Conflicts as a sentence with their calculation."""
        return tuple((self._conflict(c), self.sum_of(c)) for c in conflicts if c.terms)

    def _conflict(self, conflict: Conflict) -> Message:
        figures = tuple(self.named(self.fact(f)) for f in conflict.figures)
        key = "cause.conflict" if len(figures) > 1 else "cause.conflict_one"
        return Message(key, {"n": count(len(figures)), "figures": figures})

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


def printed_as(fact: Fact, value: int | None, unit: int | None = None) -> str:
    """What the figure would be printed as, were it this value in this unit; '' where there is none."""
    return "" if value is None else as_printed(replace(fact, value=value, unit=fact.unit if unit is None else unit))


def bounds_of(fact: Fact, suggestion: Suggestion) -> dict[str, str | Message]:
    """What the others allow, as it would be printed, the smaller first; a turned sign turns the ends."""
    ends = [end for end in (suggestion.low, suggestion.high) if end is not None]
    if len(ends) < 2:
        return {"low": "", "high": ""}
    low, high = sorted(ends, key=lambda end: shown_value(replace(fact, value=end)))
    return {"low": printed_as(fact, low), "high": printed_as(fact, high)}


def count(number: int) -> str:
    """A small number as a word."""
    return f"@count.{number}" if 2 <= number <= 12 else str(number)
