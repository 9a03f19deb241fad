"""Is a printed difference the difference of its columns (over_underskud = korrigeret_budget - regnskab)?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting, tables_of
from checker.model.rules import Grounding, Relation, Rule, Term
from checker.model.submission import Column, Fact, Statement, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per difference column whose table has the other two; line and year are free.

    `minuend: basis` takes what the column is measured against (its heading, a note or the table's only budget).
    Where the table lacks a column and `figures: any_table` allows it, each line that no other table checks uses
    the best known figures of all tables.
    """
    relations: list[Relation] = []
    terms: list[Term] = []
    checked: set[tuple[object, ...]] = set()
    lacking: list[tuple[Statement, Column, str]] = []
    for statement, column, minuend in _columns(rule, submission):
        pair = {(minuend, column.year), (rule.settings["subtrahend"], column.year)}
        if not pair <= {(c.measure, c.year) for c in statement.columns if not c.empty}:
            lacking.append((statement, column, minuend))
            continue
        key = f"{rule.id}/{statement.id}/{column.index}"
        relations.append(Relation(key, rule.id, "=", "within", ("scope", "line", "year"), rule.missing, statement.id))
        terms += _terms(key, statement.id, column, minuend, rule.settings["subtrahend"])
        checked |= {_about(f) for f in submission.facts if f.statement == statement.id and f.measure == column.measure}
    for statement, column, minuend in lacking:
        held = {f.measure for f in submission.facts if f.year == column.year}
        if rule.settings["figures"] == "same_table" or not {minuend, rule.settings["subtrahend"]} <= held:
            key = f"{rule.id}/{statement.id}/{column.index}"
            relations.append(
                Relation(key, rule.id, "=", "within", (), rule.missing, statement.id, blocked="reason.no_basis_column")
            )
            terms.append(Term(key, -1, statement.id, measure=column.measure, basis=column.basis, stated=True))
            continue
        for fact in (f for f in submission.facts if not f.text):
            if fact.statement == statement.id and _is_in(fact, column) and _about(fact) not in checked:
                checked.add(_about(fact))
                key = f"{rule.id}/{column.measure}/{column.basis}/{column.year}/{fact.scope or ''}/{fact.line}"
                relations.append(Relation(key, rule.id, "=", "across", ("year",), rule.missing))
                terms += _terms(key, None, column, minuend, rule.settings["subtrahend"], fact)
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_difference")


def _columns(rule: Rule, submission: Submission) -> list[tuple[Statement, Column, str]]:
    wanted = rule.settings["minuend"]
    return [
        (s, c, (c.basis or "") if wanted == "basis" else wanted)
        for s in tables_of(rule, submission)
        for c in s.columns
        if c.measure == rule.settings["stated"] and not c.empty
    ]


def _is_in(fact: Fact, column: Column) -> bool:
    return (fact.measure, fact.basis, fact.year) == (column.measure, column.basis, column.year)


def _about(fact: Fact) -> tuple[object, ...]:
    return (fact.scope, fact.line, fact.measure, fact.basis, fact.year)


def _terms(
    key: str, statement: str | None, column: Column, minuend: str, subtrahend: str, line: Fact | None = None
) -> list[Term]:
    """The three terms: of every line, or of the one line that `line` states."""
    scope, key_line, year = (line.scope if line else None), (line.line if line else None), column.year
    return [
        Term(key, 1, statement, scope, key_line, minuend, None, year),
        Term(key, -1, statement, scope, key_line, subtrahend, None, year),
        Term(key, -1, statement, scope, key_line, column.measure, column.basis, year, stated=True),
    ]


KIND = Kind(
    ground,
    {
        "stated": Setting("measure", required=True, help="The measure of the printed difference."),
        "minuend": Setting(
            "measure",
            required=True,
            choices=("basis",),
            help="What is subtracted from: a measure, or `basis` for what the column is measured against.",
        ),
        "subtrahend": Setting("measure", required=True, help="The measure that is subtracted."),
        "figures": Setting(
            "choice",
            choices=("same_table", "any_table"),
            default="same_table",
            help="Whether the figures of other tables are used where the table lacks a column.",
        ),
    },
)
