"""What tests of the diagnosis are made of: small systems by hand, tables as text, and causes as short lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from checker.diagnose.oracle import Oracle
from checker.diagnose.system import Guard, Row, System
from checker.diagnose.work import Work
from checker.model.causes import Cause, Option, Suggestion
from checker.model.outcomes import Finding, Message, Report
from checker.model.rules import RuleSet
from checker.model.submission import Fact, Submission
from checker.rulefile import load_rules
from checker.run import check_submission
from checker.wording import say
from tests.build import TKR, fact, submission

PLENTY = 10**9
"""More work than any test asks for."""


@cache
def default_rules() -> RuleSet:
    """The full default rule set, loaded once."""
    return load_rules()


def report(given: str | Submission) -> Report:
    """What the default rules say of a submission."""
    return check_submission(submission(given) if isinstance(given, str) else given, default_rules())


def told(finding: Finding) -> list[str]:
    """What a reader meets of a finding, in Danish."""
    heading = () if finding.heading is None else (finding.heading,)
    return [say(m, "da") for m in (*heading, finding.message, *finding.further, finding.next_step)]


def text_of(*messages: Message) -> list[str]:
    """Messages in Danish."""
    return [say(m, "da") for m in messages]


def figure(name: str, value: int, unit: int = TKR, **changes: Any) -> Fact:
    """A figure of so many units by its name."""
    return fact(value * unit if unit else value, unit, **{"fact_id": name, "line": name} | changes)


def made(figures: Sequence[Fact], *rows: Mapping[str, int], also: Sequence[Guard] = ()) -> System:
    """A system of figures, each a variable of its own, in which every row adds up to 0; row n is check n."""
    numbers = {f.fact_id: n for n, f in enumerate(figures)}
    system = System({f.fact_id: f for f in figures}, variables=len(figures), of_fact=numbers)
    system.guards = [
        Guard(n, 2 * f.value - f.unit, 2 * f.value + f.unit, (frozenset({f.fact_id}),), f.fact_id)
        for n, f in enumerate(figures)
    ] + list(also)
    values = {f.fact_id: f for f in figures}
    for check, weights in enumerate(rows):
        off = abs(2 * sum(w * values[name].value for name, w in weights.items()))
        failed = off > sum(abs(w) * values[name].unit for name, w in weights.items())
        coefficients = tuple(sorted((numbers[name], w) for name, w in weights.items()))
        system.rows.append(Row("=", coefficients, 0, check, failed))
    return system


def oracle(system: System, work: int = PLENTY) -> Oracle:
    """An oracle of a system with plenty of work."""
    return Oracle(system, Work(work))


def total(whole: str, *parts: str) -> dict[str, int]:
    """The parts add up to the whole."""
    return {whole: -1} | dict.fromkeys(parts, 1)


def labels(given: Report, option: Option) -> tuple[str, ...]:
    """The figures of an explanation as line, measure and what is printed."""
    facts = {f.fact_id: f for f in given.submission.facts}
    return tuple(f"{facts[f].label} {facts[f].measure} {facts[f].as_printed}" for f in option.figures)


def slip(found: Suggestion) -> tuple[str, str, int | None]:
    """Kind, certainty and value in thousands of kroner of a suggestion."""
    return found.kind, found.certainty, None if found.value is None else found.value // TKR


def only(given: Report) -> Cause:
    """The one cause of a report."""
    (cause,) = given.diagnosis.causes
    return cause
