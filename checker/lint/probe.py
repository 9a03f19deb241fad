"""Can a rule meet anything? It is tried on made-up submissions with every table its layouts can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from checker.kinds import KINDS
from checker.lint.reach import held_by
from checker.model.document import Place
from checker.model.rules import Rule
from checker.model.submission import KR, PERCENT, Claim, Column, Fact, Line, Parts, SourceFile, Statement, Submission
from checker.recognise.vocabulary import vocabulary
from checker.rulefile.known import measures, scopes

_PLACE = Place("probe", line=1)
_YEARS = (2022, 2023)
_SHARES = ("over_underskud/korrigeret_budget", "regnskab/korrigeret_budget", "regnskab/sum")
"""What columns of per cents are per cents of."""
_CLAIMS = (
    ("unit", "", "kr"),
    ("sign", "udgift", "+"),
    ("sign", "bedre", "-"),
    ("price_year", "", "2022"),
    ("price_basis", "", "current"),
    ("year_named", "regnskab", "2021"),
    ("title_year", "regnskab", "2021"),
    ("empty_column", "regnskab", ""),
    ("selected", "", ""),
    ("line_name", "1", "a"),
    ("footnote_mark", "1", ""),
    ("footnote", "2", ""),
)


def never_fires(rule: Rule) -> bool:
    """Whether the tables and scopes a rule is limited to are the reason why it can meet nothing.

    A rule that meets nothing in the made-up submission without its limits either is not judged: its kind may need
    what the submission lacks.
    """
    if not rule.tables and not rule.scopes:
        return False
    made = _probe()
    return _meets(replace(rule, tables=(), scopes=()), made) and not _meets(rule, made)


def _meets(rule: Rule, submission: Submission) -> bool:
    try:
        grounding = KINDS[rule.kind].ground(rule, submission)
    except Exception:  # a made-up submission proves nothing about a rule that it makes crash
        return False
    return bool(grounding.predicates) or any(not relation.blocked for relation in grounding.relations)


@cache
def _probe() -> Submission:
    """Two tables of every layout, each with all measures such a table can hold, two years and every scope."""
    tables = [
        _statement(f"{layout}{copy}", layout, held)
        for layout, held in held_by(vocabulary().layouts, measures()).items()
        for copy in (1, 2)
    ]
    return Submission(
        files=(SourceFile("probe", "", "utf-8"),),
        entity="probe",
        year=_YEARS[-1],
        statements=tuple(tables),
        facts=tuple(f for table in tables for f in _facts(table)),
        claims=tuple(Claim(kind, t.id, about, value, _PLACE) for t in tables for kind, about, value in _CLAIMS),
        structure=tuple(p for table in tables for p in _structure(table)),
        entities=("probe",),
    )


def _statement(id_: str, layout: str, held: Iterable[str]) -> Statement:
    known = vocabulary().measures
    columns: list[Column] = []
    for measure in held:
        spec = known.get(measure)  # None for a derived measure, a deviation
        deviates = spec is None or spec.deviation
        dimension = spec.dimension if spec else KR
        shares = _SHARES if dimension == PERCENT else (None,)
        for basis in (None, "budget", *vocabulary().tables["deviation_basis"]) if deviates else shares:
            columns += [
                Column(len(columns) + n, measure, measure, year, basis, None, 100, dimension)
                for n, year in enumerate(_YEARS)
            ]
    lines = tuple(
        Line(f"{key}", name, number, role, scope)
        for scope in _scopes()
        for key, name, number, role in (
            ("1", "a", "1", "line"),
            ("2", "b", "2", "line"),
            ("sum", "i alt", None, "total"),
        )
    )
    return Statement(id_, "probe", layout, "+", _PLACE, None, tuple(columns), lines, _YEARS, "probe")


def _scopes() -> tuple[str | None, ...]:
    return (None, *scopes())


def _facts(table: Statement) -> list[Fact]:
    return [
        Fact(
            fact_id=f"{table.id}.{line.scope}.{line.key}.{column.index}",
            entity="probe",
            scope=line.scope,
            statement=table.id,
            line=line.key,
            label=line.name,
            number=line.number,
            measure=column.measure,
            year=column.year,
            basis=column.basis,
            value=100,
            unit=0 if column.dimension == PERCENT else 100,
            dimension=column.dimension,
            unit_known=True,
            as_printed="1",
            orientation=1,
            place=_PLACE,
        )
        for line in table.lines
        for column in table.columns
    ]


def _structure(table: Statement) -> list[Parts]:
    return [
        Parts(table.id, "sum", ("1", "2"), seen_by, "i alt", scope=scope, part_scopes=(scope, scope))
        for scope in _scopes()
        for seen_by in ("total_row", "ladder")
    ]
