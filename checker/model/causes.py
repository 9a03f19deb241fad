"""What is wrong behind several failed checks: which figures cannot all be right, which one is it, what should it be?"""

from __future__ import annotations

from dataclasses import dataclass

CERTAIN, LIKELY, POSSIBLE = "certain", "likely", "possible"
"""How sure a suggestion is: nothing else fits; this fits best; one of several that fit."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one figure probably should be. Source: DIAGNOSIS.md 4.

    `kind` is the slip that explains it: sign, swapped, digit, digit_missing, digit_extra, scale, last_year,
    line_missing, line_twice, interchanged, or 'sums' where only the other figures say it. `value` is in steps of the
    figure's dimension, None where only the bounds are known; `low` and `high` are the least and largest value, as
    printed with the figure's unit, that the other figures leave (None: no bound). `other` is the id of the figure
    that the slip is about. `luck` is how often, of figures wrong by as much, some such slip would fit by chance.
    """

    figure: str
    kind: str
    certainty: str
    value: int | None
    low: int | None = None
    high: int | None = None
    other: str = ""
    luck: float = 1.0
    unit: int | None = None  # what the value is rounded to, where not as the printed figure


@dataclass(frozen=True, slots=True)
class Option:
    """Figures (ids of facts) that together explain a cause: with them unknown, all others can be right."""

    figures: tuple[str, ...]
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures that cannot all be right; none can be left out. `checks` are the outcomes, by number, that show it.

    Several checks, added up, make one calculation: `terms` are its facts with their whole weights, and the sum is to
    be `constant` (steps times the weights). It is empty where a figure that is made of others is among them.
    """

    figures: tuple[str, ...]
    checks: tuple[int, ...]
    terms: tuple[tuple[str, int], ...] = ()
    constant: int = 0


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: the smallest ways to explain its conflicts, the likeliest first.

    `options` has one element where only one explanation is as small. `complete` is False where there are more
    options than listed. `joint` says that every check by itself holds. `checks` are the failed outcomes, by number,
    that it explains.
    """

    options: tuple[Option, ...]
    conflicts: tuple[Conflict, ...]
    checks: tuple[int, ...]
    complete: bool = True
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All causes of a submission; `unfinished` counts parts of it where the work allowed was used up.

    `parts` and `asked` are how many parts of the submission share no figure with each other, and how many of them
    were looked into: those in which something fails, or figures are rounded.
    """

    causes: tuple[Cause, ...] = ()
    unfinished: int = 0
    parts: int = 0
    asked: int = 0


NOTHING = Diagnosis()
"""Nothing was looked into."""
