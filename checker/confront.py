"""Submission x rule set -> outcomes: every rule grounded and evaluated, a crash of one kept apart from the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.engine.predicates import verdict
from checker.engine.python import Result, evaluate
from checker.facts import Index
from checker.kinds import KINDS
from checker.model.outcomes import ERROR_STATUS, At, Message, Outcome, PlanRow
from checker.model.rules import Grounding, Rule, RuleSet
from checker.model.submission import Submission
from checker.names import Names
from checker.outcomes import from_predicate, from_result

Checked = tuple[Outcome, Result | None]


@dataclass(frozen=True, slots=True)
class Confronted:
    """All outcomes in rule order, what each rule met, and the relation rows (for other engines and diagnosis).

    `results` are those the outcomes were made of, in the same order; None for predicates and crashes.
    """

    outcomes: tuple[Outcome, ...]
    results: tuple[Result | None, ...]
    plan: tuple[PlanRow, ...]
    groundings: Mapping[str, Grounding]


def not_applicable(rule: Rule, submission: Submission) -> str:
    """Why a rule is not for this submission: its years, or a parameter that nobody set. '' where it is."""
    if rule.unset:
        return "plan.parameter_unset"
    year = submission.year
    if year is not None and (
        (rule.valid_from is not None and year < rule.valid_from) or (rule.valid_to is not None and year > rule.valid_to)
    ):
        return "plan.other_years"
    return ""


def confront(submission: Submission, ruleset: RuleSet) -> Confronted:
    """Ground and evaluate every rule. A rule that raises gives one outcome of status error; the others run."""
    index = Index(submission.facts, ruleset.truncated, submission.others)
    names = Names(submission)
    checked: list[Checked] = []
    plan: list[PlanRow] = []
    groundings: dict[str, Grounding] = {}
    for rule in ruleset.rules:
        reason = not_applicable(rule, submission)
        if reason:
            plan.append(PlanRow(rule.id, "", 0, reason))
            continue
        try:
            grounding = KINDS[rule.kind].ground(rule, submission)
            found = sorted(_outcomes(rule, grounding, index, names), key=_where)
        except Exception as error:  # a rule's own fault must not stop the others, and is never a finding
            checked.append((crashed(rule, error), None))
            plan.append(PlanRow(rule.id, "", 0, "plan.crashed"))
            continue
        groundings[rule.id] = grounding
        checked += found
        plan += _plan(rule, grounding, [outcome for outcome, _ in found])
    return Confronted(tuple(o for o, _ in checked), tuple(r for _, r in checked), tuple(plan), groundings)


def _outcomes(rule: Rule, grounding: Grounding, index: Index, names: Names) -> Iterator[Checked]:
    for result in evaluate(index, grounding.relations, grounding.terms, grounding.derived):
        yield from_result(rule, result, names), result
    for predicate in grounding.predicates:
        yield from_predicate(rule, predicate, verdict(predicate), names), None


def _where(checked: Checked) -> tuple[str, int, int, int, int]:
    """Outcomes of a rule are listed as they stand in the document."""
    outcome = checked[0]
    return outcome.places[0].order if outcome.places else ("", 0, 0, 0, 0)


def crashed(rule: Rule, error: Exception) -> Outcome:
    """The outcome of a rule that raised."""
    what = f"{type(error).__name__}: {error}"
    message = Message("outcome.error", {"rule": rule.id, "what": what})
    return Outcome(rule.id, rule.name, rule.kind, rule.severity, ERROR_STATUS, At(), message, reason=what)


def _plan(rule: Rule, grounding: Grounding, found: list[Outcome]) -> list[PlanRow]:
    if not found:
        return [PlanRow(rule.id, "", 0, grounding.unbound or "plan.met_nothing")]
    counts: dict[str, int] = {}
    for outcome in found:
        counts[outcome.at.title] = counts.get(outcome.at.title, 0) + 1
    return [PlanRow(rule.id, title, count) for title, count in counts.items()]
