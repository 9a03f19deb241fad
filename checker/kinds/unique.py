"""Does the same line, or the same figure, stand twice in one table?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.kinds.base import DOUBLED, Kind, Setting, tables_of
from checker.kinds.columns import LineKey
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Fact, Line, Statement, Submission

_COUNTED = re.compile(r" \(\d+\)$")
"""What the recogniser puts behind the key of a line that stands there again."""
_ACCOUNT = re.compile(r"\d{4,}.*|\d\.\d\d(?:\.\d\d)?")
"""An account or a function: expense and reimbursement of one function are two lines."""
Doubles = tuple[tuple[str, tuple[Fact, ...]], ...]
"""What stands there twice, as text, and the figures that stand there."""


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per table with numbered lines (`of: lines`) or with figures (`of: facts`): nothing doubled.

    A number may stand again under another heading or in another scope, an account anywhere. Where most lines share
    their number with another, the column is no numbering but categories, and nothing is asked. Two figures in one
    row are a matter of headings, not of the same figure standing twice.
    """
    predicates: list[Predicate] = []
    for statement in tables_of(rule, submission):
        facts = [f for f in submission.facts if f.statement == statement.id]
        found = _lines(statement, facts) if rule.settings["of"] == "lines" else _facts(facts)
        if found is None:
            continue
        places = tuple(fact.place for _, doubled in found for fact in doubled)
        names = tuple(name for name, _ in found)
        predicates.append(Predicate(f"{rule.id}/{statement.id}", rule.id, statement.id, "", names, (), places=places))
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.nothing_to_repeat")


def _lines(statement: Statement, facts: Sequence[Fact]) -> Doubles | None:
    first: dict[LineKey, Fact] = {}
    for fact in facts:
        first.setdefault((fact.scope, fact.line), fact)
    own = [n for n in statement.lines if n.role == "line" and (n.scope, n.key) in first]
    numbered = [n for n in own if n.number and not _ACCOUNT.fullmatch(n.number)]
    groups: dict[tuple[str | None, str | None, str], list[Line]] = {}
    for line in numbered:
        groups.setdefault((line.scope, line.number, _COUNTED.sub("", line.key)), []).append(line)
    doubled = [group for group in groups.values() if len(group) > 1]
    if not numbered or 2 * sum(len(group) for group in doubled) > len(numbered):
        return None
    return tuple(
        (
            f"{group[0].number} ({' / '.join(dict.fromkeys(line.name for line in group))})",
            tuple(first[line.scope, line.key] for line in group),
        )
        for group in doubled
    )


def _facts(facts: Sequence[Fact]) -> Doubles | None:
    groups: dict[object, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.point, []).append(fact)
    return tuple(_doubled(group for group in groups.values() if len(group) > 1)) if facts else None


def _doubled(groups: Iterator[list[Fact]]) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    for group in groups:
        rows = {(f.place.file, f.place.sheet, f.place.page, f.place.table, f.place.row, f.place.line): f for f in group}
        if len(rows) > 1:
            stands = tuple(rows.values())
            year = f" {stands[0].year}" if stands[0].year else ""
            yield f"{stands[0].label}{year} ({' / '.join(f.as_printed for f in stands)})", stands


KIND = Kind(
    ground,
    {
        "of": Setting(
            "choice",
            required=True,
            choices=("lines", "facts"),
            help="Whether line numbers may not stand twice in a table, or figures of one line, measure and year.",
        )
    },
    predicate=True,
    by_figures=lambda rule: DOUBLED if rule.settings["of"] == "facts" else "",
)
