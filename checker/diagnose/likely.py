"""Which slip is the likeliest of those that fit, and which of several explanations?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import prod

from checker.diagnose.cases import Case
from checker.diagnose.certificate import Unproven
from checker.diagnose.fit import best_fit
from checker.diagnose.leave import Leave, leave
from checker.diagnose.misprints import Misprint
from checker.diagnose.suggest import Context, guesses, luck
from checker.diagnose.system import System
from checker.diagnose.work import Exhausted
from checker.model.causes import CERTAIN, LIKELY, POSSIBLE, Option, Suggestion


def suggestions(case: Case, figures: list[str], context: Context) -> tuple[Suggestion, ...]:
    """What each figure of an explanation probably should be."""
    alone = len(case.cluster.options) == 1
    freed = case.others
    try:
        left = {f: leave(case.oracle, f, freed | set(figures)) for f in figures}
        ways = guesses(case.oracle, figures, freed, context, len(case.cluster.options))
    except (Exhausted, Unproven):
        return ()
    return tuple(
        _suggestion(case, f, left[f], [w.slips[n] for w in ways], context, alone) for n, f in enumerate(figures)
    )


def _suggestion(
    case: Case, figure: str, left: Leave, slips: Sequence[Misprint], context: Context, alone: bool
) -> Suggestion:
    fact = case.oracle.system.lead(figure)
    by_value = {s.value: s for s in slips}
    values = left.values
    only = values[0] if values is not None and len(values) == 1 else None
    if any(s.unit != fact.unit for s in slips):  # the unit itself may be the slip, and says how exact the value is
        only = None
    value = only
    if value is None and len(by_value) == 1:
        value = next(iter(by_value))
    if value is None and (by_value or values is not None):
        value = best_fit(case.oracle, figure, sorted(by_value) or values or ())
    slip = by_value.get(value) if value is not None else None
    kind, other = (slip.kind, slip.other) if slip else ("sums", "")
    chance = luck(fact, slip, context.slips(fact), left)
    if context.last_years(fact) and chance > LAST_YEARS:
        kind, other, chance = "last_year", "", LAST_YEARS
    certainty = POSSIBLE if not alone else CERTAIN if only is not None else LIKELY
    unit = slip.unit if slip and slip.unit != fact.unit else None
    low, high = (None, None) if unit is not None else (left.low, left.high)
    return Suggestion(figure, kind, certainty, value, low, high, other, chance, unit)


LAST_YEARS = 0.02
"""How often a wrong figure is last year's by chance."""
TELLING, TIMES = 0.05, 10
"""A slip that fits by chance no more often tells which figure is wrong, where that of no other fits nearly as well."""


def held(option: Option, system: System) -> bool:
    """Whether the other figures leave one of the explanation nothing but what it is printed as."""
    return any(s.low == s.high == system.lead(s.figure).value for s in option.suggestions)


def _luck(option: Option) -> float:
    return prod(s.luck for s in option.suggestions) if option.suggestions else 1.0


def ranked(options: list[Option], system: System) -> list[Option]:
    """The likeliest first: that of which the slip fits least by chance; told as likely where it is telling."""
    ordered = sorted(options, key=lambda o: (_luck(o), [system.lead(f).place.order for f in o.figures]))
    first, second = _luck(ordered[0]), _luck(ordered[1])
    if first <= TELLING and second >= TIMES * first:
        ordered[0] = surer(ordered[0])
    return ordered


def surer(option: Option) -> Option:
    """The option told as likely."""
    return replace(option, suggestions=tuple(replace(s, certainty=LIKELY) for s in option.suggestions))
