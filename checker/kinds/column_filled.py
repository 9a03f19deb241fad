"""Where a figure stands in a row, does a column stand filled that must say more of it (a purpose, a decision)?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from checker.amounts.intervals import interval
from checker.kinds.base import ALL, Kind, Setting, tables_of
from checker.kinds.columns import LineKey, heads, own_lines
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Fact, Line, Statement, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per table that has both the figure and a column headed so: no row with a figure lacks it.

    Sums need no word of their own. With `above_percent` and `of` only a figure counts that is more than this share
    of the other one in its row, whatever rounding may have done; a row that does not state the other is left out.
    """
    predicates: list[Predicate] = []
    for statement in tables_of(rule, submission):
        column = _column(rule, statement)
        asked = [(line, row, fact) for line, row in _rows(statement, submission) if (fact := _counted(rule, row))]
        if not column or not asked:
            continue
        lacking = [(line, fact) for line, row, fact in asked if not _is_filled(rule, line, row)]
        predicates.append(
            Predicate(
                f"{rule.id}/{statement.id}",
                rule.id,
                statement.id,
                "",
                tuple(_name(line) for line, _ in lacking),
                (),
                args=(("column", column),),
                places=tuple(fact.place for _, fact in lacking),
            )
        )
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.no_text_column")


def _rows(statement: Statement, submission: Submission) -> Iterator[tuple[Line, list[Fact]]]:
    """The lines that are no sums, with their figures."""
    rows: dict[LineKey, list[Fact]] = {}
    for fact in (f for f in submission.facts if not f.text):
        if fact.statement == statement.id:
            rows.setdefault((fact.scope, fact.line), []).append(fact)
    own = set(own_lines(statement, submission))
    for line in statement.lines:
        key = (line.scope, line.key)
        if key in own and key in rows:
            yield line, rows[key]


def _column(rule: Rule, statement: Statement) -> str:
    """What the column that must be filled is called in this table, '' where it has none."""
    measure = rule.settings["measure"]
    if measure is not None:
        return f"@measure.{measure}" if any(c.measure == measure for c in statement.columns) else ""
    headings = dict.fromkeys(heading for line in statement.lines for heading, _ in line.texts)
    return next((h for h in headings if _is_wanted(rule, h)), "")


def _is_wanted(rule: Rule, heading: str) -> bool:
    return any(heads(heading, text) for text in rule.settings["texts"] or ())


def _counted(rule: Rule, row: Sequence[Fact]) -> Fact | None:
    """The figure of a row that calls for more, if it has one."""
    positive = rule.settings["when"] == "positive"
    figures = [f for f in row if f.measure == rule.settings["figure"] and (f.value > 0 if positive else f.value)]
    if rule.settings["above_percent"] is not None:
        figures = [f for f in figures if any(_is_above(rule, f, other) for other in row)]
    return figures[0] if figures else None


def _is_above(rule: Rule, fact: Fact, other: Fact) -> bool:
    if (other.measure, other.year) != (rule.settings["of"], fact.year):
        return False
    share = Fraction(str(rule.settings["above_percent"])) / 100
    least, most = (interval(f.value, f.unit).clipped("abs") for f in (fact, other))
    return least.lo > share * most.hi


def _is_filled(rule: Rule, line: Line, row: Sequence[Fact]) -> bool:
    measure = rule.settings["measure"]
    if measure is not None:
        return any(f.measure == measure for f in row)
    return any(_is_wanted(rule, heading) and any(ch.isalnum() for ch in text) for heading, text in line.texts)


def _name(line: Line) -> str:
    return f"{line.number} {line.name}" if line.number and not line.name.startswith(line.number) else line.name


KIND = Kind(
    ground,
    {
        "figure": Setting("measure", required=True, help="The measure beside which the column must be filled in."),
        "when": Setting(
            "choice",
            choices=("not_zero", "positive"),
            default="not_zero",
            help="Whether every figure but zero calls for it, or only one above zero.",
        ),
        "texts": Setting("texts", help="How the words of the column's heading begin."),
        "measure": Setting("measure", help="Instead of `texts`: the measure of the column."),
        "above_percent": Setting("number", help="Only a figure above so many per cent of `of` calls for it."),
        "of": Setting("measure", help="The measure that `above_percent` is a share of."),
    },
    predicate=True,
    by_figures=lambda _: ALL,
)
