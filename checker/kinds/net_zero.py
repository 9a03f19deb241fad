"""Is what must come to nothing zero: a table's total, lines that must carry nothing, lines that must be equal?"""

from __future__ import annotations

from collections.abc import Iterator

from checker.kinds.base import ALL, Kind, Setting, tables_of
from checker.kinds.columns import LineKey, begins, is_called, named_lines, own_lines, term, total_line
from checker.model.rules import WITHIN, Derived, Grounding, Relation, Rule, Term
from checker.model.submission import KR, Column, Fact, Statement, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per column (and line, for `each_line`) of the tables that the rule is for.

    `total`: the row that is the sum of the whole table, else the sum of the lines that are no sums themselves.
    `each_line`: every line that a text names. `lines`: one line for each text; two that mostly have the same sign
    are to be equal, all others are to add up to zero. `tolerance: none` leaves nothing to rounding in one unit.
    """
    made: list[Grounding] = []
    for statement in tables_of(rule, submission):
        titles = rule.settings["titles"]
        if titles is not None and not any(_holds(statement.title, text) for text in titles):
            continue
        facts = [f for f in submission.facts if f.statement == statement.id]
        for column in statement.columns:
            wanted = rule.settings["measures"]
            if column.empty or column.dimension != KR or (wanted is not None and column.measure not in wanted):
                continue
            own = [f for f in facts if (f.measure, f.year, f.basis) == (column.measure, column.year, column.basis)]
            made += _OVER[rule.settings["over"]](rule, statement, column, own, submission)
    return Grounding(
        tuple(r for g in made for r in g.relations),
        tuple(t for g in made for t in g.terms),
        derived=tuple(d for g in made for d in g.derived),
        unbound="" if made else "plan.nothing_to_net",
    )


def _holds(title: str, text: str) -> bool:
    """Whether the words of a text stand somewhere in a title."""
    words = title.split()
    return any(begins(" ".join(words[at:]), text) for at in range(len(words)))


def _relation(rule: Rule, statement: Statement, column: Column, at: str = "") -> Relation:
    key = f"{rule.id}/{statement.id}/{column.index}{at}"
    exact = rule.settings["tolerance"] == "none"
    return Relation(key, rule.id, "=", WITHIN, ("year",), rule.missing, statement.id, exact=exact)


def _total(
    rule: Rule, statement: Statement, column: Column, facts: list[Fact], submission: Submission
) -> Iterator[Grounding]:
    relation = _relation(rule, statement, column)
    total = total_line(statement)
    if total and any((f.scope, f.line) == total for f in facts):
        yield Grounding((relation,), (term(relation.id, 1, statement, column, at=total, stated=True),))
        return
    lines = [at for at in own_lines(statement, submission) if any((f.scope, f.line) == at for f in facts)]
    if len(lines) < 2:
        return
    added = Derived(f"{relation.id}/sum", rule.id, "sum", WITHIN, ("year",), KR, statement.id)
    parts = [term(added.id, 1, statement, column, at=at) for at in lines]
    yield Grounding((relation,), (*parts, Term(relation.id, 1, measure=added.id, stated=True)), derived=(added,))


def _each_line(
    rule: Rule, statement: Statement, column: Column, facts: list[Fact], submission: Submission
) -> Iterator[Grounding]:
    named = named_lines(rule.settings["texts"] or (), submission)
    for at in dict.fromkeys((f.scope, f.line) for f in facts):
        if at in named:
            relation = _relation(rule, statement, column, f"/{at[0] or ''}/{at[1]}")
            yield Grounding((relation,), (term(relation.id, 1, statement, column, at=at, stated=True),))


def _lines(rule: Rule, statement: Statement, column: Column, facts: list[Fact], _: Submission) -> Iterator[Grounding]:
    values: dict[LineKey, int] = {(f.scope, f.line): f.value for f in facts}
    found: list[LineKey] = []
    for text in rule.settings["texts"] or ():
        called = [(n.scope, n.key) for n in statement.lines if is_called(n.name, text) and (n.scope, n.key) in values]
        if len(called) != 1:
            return
        found += called
    if len(found) < 2:
        return
    alike = len(found) == 2 and values[found[0]] * values[found[1]] > 0
    relation = _relation(rule, statement, column)
    weights = [1] * (len(found) - 1) + [-1 if alike else 1]
    yield Grounding(
        (relation,),
        tuple(
            term(relation.id, weight, statement, column, at=at, stated=at == found[-1])
            for at, weight in zip(found, weights, strict=True)
        ),
    )


_OVER = {"total": _total, "each_line": _each_line, "lines": _lines}

KIND = Kind(
    ground,
    {
        "over": Setting(
            "choice",
            required=True,
            choices=tuple(_OVER),
            help="The total of a table, each line that `texts` names, or one line for each of `texts` together.",
        ),
        "measures": Setting("measures", help="Only columns of these measures; all amounts, unless it says."),
        "texts": Setting("texts", help="Lines: numbers or how names begin; for `lines` the whole name but 'i alt'."),
        "titles": Setting("texts", help="Only tables in whose title the words of one of these stand."),
        "tolerance": Setting(
            "choice",
            choices=("rounding", "none"),
            default="rounding",
            help="Whether rounding may explain a rest, or figures in one unit must hold as printed.",
        ),
    },
    by_figures=lambda rule: ALL if rule.settings["over"] == "lines" else "",
)
