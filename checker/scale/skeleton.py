"""A small submission that has one fact of every shape of every class of entities: what rules are grounded in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.model.document import Cell, Row, Table
from checker.model.submission import Claim, Fact, SourceFile, Submission
from checker.recognise.longform import LongForm, read_long
from checker.recognise.longheader import LongTable, header_of
from checker.scale.contract import broken
from checker.scale.model import FLOAT, NUMBER, Shape, Source, Violation
from checker.scale.shapes import DESCRIBED, KEY, Shapes, cell

_SAID = "long_form"
_OF_LINES = ("parent", "circle", "roots", "differs")
"""Checks of lines, not of single cells: those are counted row by row."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The submission; `facts` are its facts by class and shape, `size` the number of entities of each class."""

    submission: Submission
    facts: Mapping[tuple[int, int], Fact]
    size: Sequence[int]


def readable(found: Shapes, source: Source) -> tuple[frozenset[int], list[Violation]]:
    """The shapes that keep the contract, and what is wrong with the others, counted in rows of the source.

    Checked by the reader of long form itself, on one row for each shape: what it says of a cell holds for all rows
    that have that cell.
    """
    names = [n for n in KEY if n in source.columns]
    read = _read(source, names, [(s, "", True) for s in found.all])
    good = frozenset(int(f.fact_id.partition(":")[2]) for f in (*read.facts, *read.others))
    counts: dict[tuple[str, str, str], list[Shape]] = {}
    for claim in read.claims:
        if claim.kind == _SAID and claim.about and claim.place.line is not None and claim.place.line > 1:
            shape = found.all[claim.place.line - 2]
            check, _, example = claim.value.partition(": ")
            about = (claim.about, check, example)
            counts.setdefault(about, []).append(shape)
    wrong = [
        Violation(column, check, sum(s.facts + s.blank for s in own), example, frozenset(s.id for s in own))
        for (column, check, example), own in counts.items()
    ]
    blank = [s for s in found.all if s.blank]
    if blank:
        wrong.append(Violation("value", "missing", sum(s.blank for s in blank), "–", frozenset(s.id for s in blank)))
    return good, wrong


def skeleton(found: Shapes, source: Source, classes: Sequence[Mapping[int, bool]], size: Sequence[int]) -> Skeleton:
    """The submission of all classes; each class is an entity, and has the shapes that its entities have."""
    names = [n for n in (*KEY, *DESCRIBED) if n in source.columns]
    listed = [(found.all[s], str(number), there) for number, own in enumerate(classes) for s, there in own.items()]
    submission = _submission(source, _read(source, names, listed))
    facts: dict[tuple[int, int], Fact] = {}
    for fact in (*submission.facts, *submission.others):
        number, _, shape = fact.fact_id.partition(":")
        facts[int(number), int(shape)] = fact
    return Skeleton(submission, facts, size)


def structural(made: Skeleton) -> list[Violation]:
    """What is wrong with lines and their parents: once for every entity of the class."""
    counts: dict[tuple[str, str, str], int] = {}
    for claim in made.submission.claims:
        if claim.kind == _SAID and claim.about and claim.value.partition(":")[0] in _OF_LINES:
            check, _, example = claim.value.partition(": ")
            about = (claim.about, check, example)
            counts[about] = counts.get(about, 0) + _entities(made, claim)
    return [Violation(column, check, n, example) for (column, check, example), n in counts.items()]


def _entities(made: Skeleton, claim: Claim) -> int:
    statement = next((s for s in made.submission.statements if s.id == claim.statement), None)
    return made.size[int(statement.entity)] if statement and statement.entity else 1


def _submission(source: Source, read: LongForm) -> Submission:
    entities = read.entities
    return Submission(
        files=(SourceFile(source.name, source.sha256, "utf-8"),),
        entity=entities[0] if entities else "",
        year=max((y for s in read.statements for y in s.years), default=None),
        statements=read.statements,
        facts=read.facts,
        claims=read.claims,
        structure=read.structure,
        remarks=read.remarks,
        others=read.others,
        other_statements=read.other_statements,
        entities=entities,
    )


def _read(source: Source, names: Sequence[str], listed: Sequence[tuple[Shape, str, bool]]) -> LongForm:
    """The shapes (with their class, and whether they have a value) as the reader of long form reads them."""
    heads = ["fact_id", "entity", *names, "value"]
    heads += [n for n in ("statement", "line", "measure", "year", "unit") if n not in heads]
    rows = [_row(heads, 1)]
    for number, (shape, entity, there) in enumerate(listed, 2):
        own = {n: cell(shape.values, n, source) for n in names}
        own |= {"fact_id": f"{entity}:{shape.id}", "entity": entity, "value": _example(shape, source) if there else ""}
        rows.append(_row([own.get(h, "") for h in heads], number))
    table = Table(tuple(rows), "csv")
    header = header_of(table)
    assert header is not None
    return read_long(source.name, [LongTable(1, table, header)], failures=broken)


def _row(texts: Sequence[str], line: int) -> Row:
    return Row(tuple(Cell(text, column) for column, text in enumerate(texts, 1)), line)


def _example(shape: Shape, source: Source) -> str:
    """Nothing, with as many decimals as its kind of number has: where no unit is stated they tell it.

    Zeros agree with each other in whatever unit, so that only what is stated decides, and no figure.
    """
    stored = source.columns["value"]
    if shape.values.get("fine"):
        return "0,001"
    if (shape.values.get("decimals") or 0) > 0:
        return f"0,{'0' * min(int(shape.values['decimals']), 6)}"
    return "0,00" if stored.sort == FLOAT or (stored.sort == NUMBER and stored.decimals) else "0"
