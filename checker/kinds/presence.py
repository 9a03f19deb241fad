"""Is everything there that a table declares or needs: figures in its columns, its footnotes, unit and notes?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting, tables_of
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Claim, Statement, Submission

WHAT = ("figures_in_columns", "footnotes", "unit", "sign_note", "price_year")
_OF_PRINTED_TABLES = ("figures_in_columns", "sign_note", "price_year")
"""What long form has no place for: its columns are those of its figures, its signs those of its contract."""


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per table to which the demand applies: what is lacking must be nothing."""
    what = rule.settings["what"]
    predicates: list[Predicate] = []
    for statement in tables_of(rule, submission):
        claims = [(i, c) for i, c in enumerate(submission.claims) if c.statement == statement.id]
        lacking = _lacking(what, statement, claims, submission)
        if lacking is not None:
            indices = tuple(
                i for i, c in claims if c.kind == _CLAIM.get(what) and (c.about in lacking or c.value in lacking)
            )
            predicates.append(
                Predicate(f"{rule.id}/{statement.id}/{what}", rule.id, statement.id, what, tuple(lacking), (), indices)
            )
        if what == "price_year" and lacking:
            break  # once per document is enough
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else f"plan.presence_{what}")


_CLAIM = {"figures_in_columns": "empty_column", "footnotes": "footnote_mark"}


def _lacking(
    what: str, statement: Statement, claims: list[tuple[int, Claim]], submission: Submission
) -> list[str] | None:
    """What lacks, [] where nothing does, None where the demand does not apply to the table."""
    kinds = {c.kind for _, c in claims}
    if what in _OF_PRINTED_TABLES and _is_long(statement, submission):
        return None
    if what == "figures_in_columns":
        return [c.about for _, c in claims if c.kind == "empty_column"]
    if what == "footnotes":
        marks = {c.about: c.value for _, c in claims if c.kind == "footnote_mark"}
        there = {c.about for _, c in claims if c.kind == "footnote"}
        return [mark for mark in sorted(marks) if mark not in there] if marks else None
    if what == "unit":
        facts = [f for f in submission.facts if f.statement == statement.id and f.dimension == "kr"]
        return ([statement.title or statement.id] if any(not f.unit_known for f in facts) else []) if facts else None
    if what == "sign_note":
        if not any(c.measure.endswith("over_underskud") and not c.empty for c in statement.columns):
            return None
        return [] if "sign" in kinds else [statement.title or statement.id]
    years = {c.year for c in statement.columns if c.measure == "regnskab" and not c.empty}
    if len(years) < 2:
        return None
    return [] if kinds & {"price_year", "price_basis"} else [statement.title or statement.id]


def _is_long(statement: Statement, submission: Submission) -> bool:
    """Whether a statement comes from long form, which has no headings of its own."""
    return any(c.kind == "long_form" for c in submission.claims) and not any(c.header for c in statement.columns)


KIND = Kind(
    ground, {"what": Setting("choice", required=True, choices=WHAT, help="What must be there.")}, predicate=True
)
