"""Do checks that are no laws, since a sentence may be misread, speak for one of several explanations?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from checker.confront import Confronted
from checker.diagnose.leave import put_right
from checker.diagnose.system import System, is_of_sources, lawful
from checker.engine.derive import remade
from checker.engine.python import Result
from checker.kinds import KINDS
from checker.model.causes import Option
from checker.model.outcomes import FAILED
from checker.model.submission import Fact


def doubtful(confronted: Confronted) -> list[Result]:
    """Failed arithmetic that is no law."""
    return [
        result
        for outcome, result in zip(confronted.outcomes, confronted.results, strict=True)
        if result is not None
        and outcome.status == FAILED
        and not outcome.reason
        and not outcome.group
        and KINDS[outcome.kind].law
        and not lawful(outcome, result)
        and not is_of_sources(result)
    ]


def spoken_for(system: System, option: Option, failed: Iterable[Result]) -> int:
    """How many of the failed checks hold with the explanation's figures put right."""
    changed = {
        i: fact
        for s in option.suggestions
        if s.value is not None
        for i, fact in put_right(system, s.figure, s.value, s.unit).items()
    }
    return sum(_holds(system, result, changed) for result in failed)


def _holds(system: System, result: Result, changed: dict[str, Fact]) -> bool:
    if not any(f.fact_id in changed for _, p in result.members for f in p.facts):
        return False
    low = high = Fraction(-2 * result.relation.constant)
    for term, p in result.members:
        made = remade(system.definitions, p, changed, system.truncated)
        if made.bad:
            return False
        span = made.span.clipped(term.clip).times(term.weight)
        low, high = low + Fraction(span.lo, made.grain), high + Fraction(span.hi, made.grain)
    return low <= 0 and (high >= 0 or result.relation.op == "<=")
