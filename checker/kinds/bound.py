"""Does one figure keep within another: a <= b, a <= max(b, 0), a <= so many per cent of b, a <= b and so much more?"""

from __future__ import annotations

from fractions import Fraction

from checker.kinds.base import Kind, Setting
from checker.kinds.columns import LineKey, named_lines, stating_lines
from checker.model.rules import ACROSS, YEARS, Grounding, Relation, Rule, Term
from checker.model.submission import PRIOR, SCALE, Submission

_CLIPS = {"none": "", "positive": "pos", "negative": "neg", "size": "abs"}
_PARTS = tuple(_CLIPS)


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per line that states the figure itself; the year is free.

    A line that is the sum of others that state it is left to the rules on totals: what is carried of its parts may
    be more than its own net result. With `level: sums` only those lines are asked. `at_least` turns the relation
    round (a >= b). With `percent: p` it is 100 a - p b <= 0, in whole numbers so that a decimal p stays exact. A
    limit of last year is looked for in the submission and in last year's. Years of which nobody states a limit are
    left out.
    """
    settings = rule.settings
    first, second, offset = settings["figure"], settings["limit"], -1 if settings["limit_year"] == "last_year" else 0
    years = _years(first, second, offset, submission)
    share = Fraction(str(settings["percent"])) / 100 if settings["percent"] is not None else Fraction(1)
    sign = -1 if settings["direction"] == "at_least" else 1
    allowed = Fraction(str(settings["allowance_kr"])) * SCALE["kr"] * share.denominator
    wanted = None if settings["lines"] is None else named_lines(settings["lines"], submission)
    relations: list[Relation] = []
    terms: list[Term] = []
    for scope, line in stating_lines(rule, first, submission, settings["level"] == "sums"):
        for year in years.get((scope, line), ()):
            if wanted is not None and (scope, line) not in wanted:
                continue
            key = f"{rule.id}/{scope or ''}/{line}" + ("" if year is None else f"/{year}")
            mode = YEARS if offset else ACROSS
            relations.append(Relation(key, rule.id, "<=", mode, ("year",), rule.missing, constant=int(allowed)))
            own, clip = _CLIPS[settings["figure_part"]], _CLIPS[settings["limit_part"]]
            terms.append(Term(key, sign * share.denominator, None, scope, line, first, None, year, 0, own, True))
            weight, of = -sign * share.numerator, None if year is None else year + offset
            terms.append(Term(key, weight, None, scope, line, second, None, of, offset, clip))
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_measures")


def _years(first: str, second: str, offset: int, submission: Submission) -> dict[LineKey, list[int | None]]:
    """The years of each line's figures that have a limit somewhere; [None] where all years of the figures have."""
    prior = [f for f in submission.others if f.submission == PRIOR] if offset else []
    limits = {f.year for f in [*submission.facts, *prior] if f.measure == second}
    figures = [f for f in submission.facts if f.measure == first and (f.year or not offset)]
    limited = {y for y in {f.year for f in figures} if (y + offset if y else y) in limits}
    every = all(f.year in limited for f in figures)
    years: dict[LineKey, list[int | None]] = {}
    for fact in figures:
        own = years.setdefault((fact.scope, fact.line), [])
        year = None if every else fact.year
        if fact.year in limited and year not in own:
            own.append(year)
    return years


KIND = Kind(
    ground,
    {
        "figure": Setting("measure", required=True, help="The measure that must keep within the limit."),
        "figure_part": Setting(
            "choice",
            choices=_PARTS,
            default="none",
            help="`positive` for max(figure, 0), `negative` for min(figure, 0), `size` for it without its sign.",
        ),
        "limit": Setting("measure", required=True, help="The measure that is the limit."),
        "limit_part": Setting(
            "choice",
            choices=_PARTS,
            default="none",
            help="`positive` for max(limit, 0), `negative` for min(limit, 0), `size` for it without its sign.",
        ),
        "limit_year": Setting(
            "choice",
            choices=("same_year", "last_year"),
            default="same_year",
            help="Whether the limit is of the figure's own year, or of the year before it.",
        ),
        "direction": Setting(
            "choice",
            choices=("at_most", "at_least"),
            default="at_most",
            help="Whether the figure may be at most the limit, or must be at least it.",
        ),
        "level": Setting(
            "choice",
            choices=("lines", "sums"),
            default="lines",
            help="Whether lines are asked that are no sums of others, or only those that are.",
        ),
        "percent": Setting("number", help="The share of the limit in per cent; all of it, unless it says."),
        "allowance_kr": Setting("number", default=0, help="So many kroner may the limit be exceeded."),
        "lines": Setting("texts", help="Only these lines: numbers, or how their names begin."),
    },
    where=("table", "scope"),
    law=False,
)
