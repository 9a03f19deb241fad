"""Do the steps lead from one column to another, row by row (original budget + additions = revised budget)?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from checker.amounts.intervals import holds, interval, total
from checker.kinds.base import Kind, Setting, tables_of
from checker.model.rules import Grounding, Relation, Rule, Term
from checker.model.submission import KR, Column, Fact, Statement, Submission

Weighted = tuple[tuple[Column, int], ...]
"""Steps with the sign they are added with."""
Row = dict[int, Fact]
"""The figures of a line by the index of their column."""
SEVERAL = 3
"""So many rows show that it is the bridge that is read wrong, not one row."""
UNKNOWN = "beloeb"
"""The measure of a column whose heading says nothing known."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The columns of one bridge: `sure` steps stand between its ends; `start` is None where it is all steps.

    `named` are steps that stand elsewhere (what is only applied for is not part of the budget yet), `unknown`
    columns between the ends whose heading says nothing known: both may be steps or not.
    """

    start: Column | None
    end: Column
    sure: tuple[Column, ...]
    named: tuple[Column, ...]
    unknown: tuple[Column, ...]


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per column that ends a bridge whose table has its beginning and steps enough; the line is free.

    Columns that may be steps, and signs that tables print either way, are taken so that most rows hold. Where no way
    holds in half of the rows and it is not clear which columns are steps, the bridge is blocked: once per column.
    Where it is clear and no row holds, the rows are one finding: a step is missing, or one is none. A blank step
    means what the rule's `missing` says; without its ends no row is evaluated.
    """
    relations: list[Relation] = []
    terms: list[Term] = []
    for statement in tables_of(rule, submission):
        facts = [f for f in submission.facts if f.statement == statement.id]
        for ways in _bridges(rule, statement):
            rows = _rows(ways, facts)
            score, steps = _choose(rule, ways, rows)
            if len(steps) < rule.settings["least_steps"]:
                continue
            key = f"{rule.id}/{statement.id}/{ways.end.index}"
            doubt = (ways.named or ways.unknown) and not 2 * score >= len(rows) > 0
            relation = Relation(key, rule.id, "=", "within", ("scope", "line"), rule.missing, statement.id)
            if doubt:
                relation = replace(relation, free=(), blocked="reason.unclear_steps")
            elif score == 0 and len(rows) >= SEVERAL:
                relation = replace(relation, group=key)
            relations.append(relation)
            terms += _terms(key, statement.id, ways, steps)
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_bridge")


def _bridges(rule: Rule, statement: Statement) -> Iterator[Ways]:
    """Every column of the measure that ends it, with its beginning of the same year."""
    wanted = rule.settings
    columns = [c for c in statement.columns if not c.empty and c.dimension == KR and not _is_of_which(c)]
    for end in (c for c in columns if c.measure == wanted["to"]):
        near = [c for c in columns if c is not end and _same_level(c, end)]
        near = near if wanted["years"] == "all" else [c for c in near if c.year == end.year]
        named = tuple(c for c in near if c.measure in (*wanted["steps"], *wanted["less"]))
        if wanted["from"] is None:
            yield Ways(None, end, named, (), ())
            continue
        starts = [c for c in near if c.measure == wanted["from"]]
        if len(starts) != 1:
            continue
        last = max((c.index for c in named), default=starts[0].index)
        low, high = (starts[0].index, end.index) if starts[0].index < end.index else (end.index, last)
        sure = tuple(c for c in named if low < c.index <= high)
        unknown = tuple(c for c in near if c.measure == UNKNOWN and low < c.index < high)
        yield Ways(starts[0], end, sure, tuple(c for c in named if c not in sure), unknown)


def _is_of_which(column: Column) -> bool:
    """Whether a heading says that the column is part of the one before it."""
    return column.header.lower().startswith(("heraf", "deraf", "hvoraf", "- heraf"))


def _same_level(one: Column, other: Column) -> bool:
    """Whether both are of the budget, or of the accounts, as far as their headings say so ('Budget 2023 | Netto')."""
    if UNKNOWN in (one.measure, other.measure) or one.basis is None or other.basis is None:
        return True
    return one.basis == other.basis


def _choose(rule: Rule, ways: Ways, rows: Sequence[Row]) -> tuple[int, Weighted]:
    """The steps under which most rows hold, the usual ones where several do as well; and how many rows hold."""
    best: tuple[int, Weighted] = (-1, ())
    for more in (ways.named, (), ways.unknown, ways.named + ways.unknown):
        for steps in _signed(rule, ways.sure + more):
            score = sum(_holds(row, ways, steps, rule.missing) for row in rows)
            best = max(best, (score, steps), key=lambda each: each[0])
    return best


def _signed(rule: Rule, columns: Sequence[Column]) -> Iterator[Weighted]:
    """The steps with each choice of sign for those that tables print either way; as the rule says first."""
    either = rule.settings["either_sign"]
    usual = [-1 if c.measure in rule.settings["less"] else 1 for c in columns]
    choices = [(sign, -sign) if c.measure in either else (sign,) for c, sign in zip(columns, usual, strict=True)]
    for signs in product(*choices):
        yield tuple(zip(columns, signs, strict=True))


def _rows(ways: Ways, facts: Sequence[Fact]) -> list[Row]:
    """The figures of each line that states both ends."""
    ends = [c for c in (ways.start, ways.end) if c]
    columns = (*ends, *ways.sure, *ways.named, *ways.unknown)
    by_line: dict[tuple[str, str | None, str], Row] = {}
    for fact in facts:
        for column in columns:
            if (fact.measure, fact.year, fact.basis) == (column.measure, column.year, column.basis):
                by_line.setdefault((fact.entity, fact.scope, fact.line), {})[column.index] = fact
    return [row for row in by_line.values() if all(c.index in row for c in ends)]


def _holds(row: Row, ways: Ways, steps: Weighted, missing: str) -> bool:
    if missing != "zero" and any(c.index not in row for c, _ in steps):
        return False
    weighted = [*([(ways.start, 1)] if ways.start else []), *steps, (ways.end, -1)]
    members = [(row[c.index], weight) for c, weight in weighted if c.index in row]
    return holds("=", total(interval(f.value, f.unit).times(weight) for f, weight in members))


def _terms(key: str, statement: str, ways: Ways, steps: Weighted) -> list[Term]:
    ends = [(ways.start, 1)] if ways.start else []
    return [
        Term(
            key,
            weight,
            statement,
            measure=column.measure,
            basis=column.basis,
            year=column.year,
            stated=column is ways.end,
            label=column.header if column.measure == UNKNOWN else "",
            required=column in (ways.start, ways.end),
        )
        for column, weight in (*ends, *steps, (ways.end, -1))
    ]


KIND = Kind(
    ground,
    {
        "from": Setting("measure", help="The column it begins with; without it the steps alone make the end."),
        "to": Setting("measure", required=True, help="The column it ends with."),
        "steps": Setting("measures", required=True, help="The columns that are added, as far as a table has them."),
        "less": Setting("measures", default=(), help="The columns that are taken off."),
        "either_sign": Setting(
            "measures", default=(), help="Those of them that tables print with either sign: as most rows hold."
        ),
        "years": Setting(
            "choice",
            choices=("same", "all"),
            default="same",
            help="Whether only columns of the end's own year count, or those of all years.",
        ),
        "least_steps": Setting("number", default=1, help="With fewer columns of steps a table is no bridge."),
    },
)
