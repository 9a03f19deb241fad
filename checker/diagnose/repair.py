"""Which failed checks hold once every suspect figure is put right?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.confront import confront
from checker.model.causes import POSSIBLE, Cause, Suggestion
from checker.model.outcomes import FAILED, PASSED, PASSED_ROUNDING, Evidence, Outcome
from checker.model.rules import RuleSet
from checker.model.submission import Fact, Submission
from checker.printed import as_printed


@dataclass(frozen=True, slots=True)
class Symptom:
    """A failed check, by number, that a cause explains; its calculation with the figure put right, if that is known."""

    check: int
    corrected: Evidence | None = None


def symptoms(
    causes: Sequence[Cause], submission: Submission, ruleset: RuleSet, outcomes: Sequence[Outcome]
) -> list[list[Symptom]]:
    """For each cause what it explains: the checks that show it, and those that hold with its figures put right.

    All figures of which it is known what they should be are put right at once, and the rule set is run again. A check
    that shows several causes goes to each; one that only holds again to the first whose figures it looks at.
    """
    changed: dict[str, Fact] = {}
    known = [_known(cause) for cause in causes]
    for suggestions in known:
        for suggestion in suggestions:
            changed |= corrected(submission, suggestion)
    after = _after(submission, ruleset, changed) if changed else {}
    found: list[list[Symptom]] = [[] for _ in causes]
    for number, outcome in enumerate(outcomes):
        if outcome.status != FAILED:
            continue
        again = after.get(_identity(outcome))
        holds = again is not None and again.status in (PASSED, PASSED_ROUNDING)
        own = [n for n, cause in enumerate(causes) if number in cause.checks]
        touched = [n for n, s in enumerate(known) if holds and _touches(outcome, s, changed)]
        evidence = again.evidence if holds and again is not None else None
        for n in own or touched[:1]:
            found[n].append(Symptom(number, evidence))
    return found


def _known(cause: Cause) -> tuple[Suggestion, ...]:
    """What is known of the figures of the likeliest explanation; nothing where others are as likely."""
    first = cause.options[0].suggestions if cause.options else ()
    return tuple(s for s in first if s.value is not None and s.certainty != POSSIBLE)


def _touches(outcome: Outcome, suggestions: Iterable[Suggestion], changed: Mapping[str, Fact]) -> bool:
    figures = {s.figure for s in suggestions}
    return any(i in changed and (i in figures or changed[i].refers in figures) for i in outcome.facts)


def corrected(submission: Submission, suggestion: Suggestion) -> dict[str, Fact]:
    """The facts that a printed amount states, put right; what refers back to it keeps its own sign."""
    made = {}
    for fact in submission.facts:
        if suggestion.value is not None and suggestion.figure in (fact.fact_id, fact.refers):
            own = fact.fact_id == suggestion.figure
            value = suggestion.value if own else (-1 if fact.value < 0 else 1) * abs(suggestion.value)
            new = fact.unit if suggestion.unit is None else suggestion.unit
            made[fact.fact_id] = _put(replace(fact, unit=new), value)
    return made


def _put(fact: Fact, value: int) -> Fact:
    """The fact with another value, as it would be printed; the words of a sentence say its sign, not a minus."""
    turned = fact.text and (value < 0) != (fact.value < 0)
    orientation = -fact.orientation if turned else fact.orientation
    made = replace(fact, value=value, orientation=orientation, exact=None, coarse=0)
    return made if turned and abs(value) == abs(fact.value) else replace(made, as_printed=as_printed(made))


def _after(submission: Submission, ruleset: RuleSet, changed: Mapping[str, Fact]) -> dict[object, Outcome]:
    made = replace(submission, facts=tuple(changed.get(f.fact_id, f) for f in submission.facts))
    return {_identity(o): o for o in confront(made, ruleset).outcomes}


def _identity(outcome: Outcome) -> tuple[object, ...]:
    at = replace(outcome.at, title="")
    return (outcome.rule_id, at, outcome.facts) if outcome.facts else (outcome.rule_id, at, outcome.places)


def mark(
    outcomes: Sequence[Outcome], causes: Sequence[Cause], explained: Sequence[Sequence[Symptom]]
) -> tuple[Outcome, ...]:
    """The outcomes, those that a cause explains with the figure that is wrong and the calculation with it put right."""
    marked = list(outcomes)
    for cause, own in zip(causes, explained, strict=True):
        first = cause.options[0]
        sure = len(cause.options) == 1 or any(s.certainty != POSSIBLE for s in first.suggestions)
        for symptom in own:
            suspect = next((f for f in first.figures if f in outcomes[symptom.check].facts), first.figures[0])
            marked[symptom.check] = replace(
                outcomes[symptom.check], suspect=suspect if sure else "", corrected=symptom.corrected
            )
    return tuple(marked)
