"""All facts of a submission in long form: the CSV file that, read again, states the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from checker.amounts.show import plain_decimal
from checker.amounts.units import KRONE
from checker.model.submission import KR, Fact, Line, Parts, Statement, Submission
from checker.schemas import facts_schema_path
from checker.yamlsource import read_yaml

Key = tuple[str, str | None, str]
"""Statement, scope and line."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(submission: Submission) -> str:
    """Semicolons, a byte order mark and decimal comma, as Danish Excel opens it; every column of the contract.

    The comma is what makes the file safe to read again: of '1234,50' and '12,345' no reading but the Danish one is
    ever taken. An amount of unknown unit has as many decimals as its digits were read with. A text that Excel would
    take for a formula gets an apostrophe in front, which reading takes off. Lines without any figure are left out,
    and so are amounts in sentences: long form has no place for words.
    """
    out = io.StringIO()
    columns = list(read_yaml(facts_schema_path()).data["columns"])
    writer = csv.DictWriter(out, columns, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    statements = {s.id: s for s in (*submission.statements, *submission.other_statements)}
    lines = {(s.id, line.scope, line.key): line for s in statements.values() for line in s.lines}
    wholes = _wholes(submission.structure)
    for fact in (*submission.facts, *submission.others):
        if fact.text:
            continue
        writer.writerow(_figures(fact) | {k: _safe(v) for k, v in _texts(fact, statements, lines, wholes).items()})
    return "\ufeff" + out.getvalue()


def _wholes(structure: Iterable[Parts]) -> dict[Key, list[tuple[Parts, str]]]:
    """Of every part the groups it belongs to, each with the scope of the whole as seen from the part."""
    found: dict[Key, list[tuple[Parts, str]]] = {}
    for group in structure:
        for part, scope in zip(group.parts, group.part_scopes, strict=True):
            seen = "" if scope == group.scope else group.scope or "-"
            found.setdefault((group.statement, scope, part), []).append((group, seen))
    return found


def _figures(fact: Fact) -> dict[str, object]:
    """The columns that can be no formula: numbers and words of the contract."""
    place = fact.place
    return {
        "measure": fact.measure,
        "year": fact.year,
        "value": _value(fact),
        "unit": _decimal(fact.unit, fact.dimension) if fact.unit_known else None,
        "scope": fact.scope,
        "dimension": fact.dimension,
        "price_year": fact.price_year,
        "exact": None if fact.exact is None else _decimal(fact.exact, fact.dimension),
        "exact_unit": _decimal(fact.exact_unit, fact.dimension) if fact.exact_unit else None,
        "submission": fact.submission,
        "orientation": fact.orientation,
        "page": place.page,
        "table": place.table,
        "row": place.row,
        "paragraph": place.paragraph,
        "line_no": place.line,
        "column_no": place.column,
    }


def _texts(
    fact: Fact,
    statements: Mapping[str, Statement],
    lines: Mapping[Key, Line],
    wholes: Mapping[Key, list[tuple[Parts, str]]],
) -> dict[str, str | None]:
    key = (fact.statement, fact.scope, fact.line)
    groups = wholes.get(key, [])
    statement, line = statements.get(fact.statement), lines.get(key)
    return {
        "entity": fact.entity,
        "statement": fact.statement,
        "line": fact.line,
        "fact_id": fact.fact_id,
        "label": fact.label,
        "number": fact.number,
        "basis": fact.basis,
        "as_of": fact.as_of,
        "role": line.role if line else None,
        "parent": "|".join(group.whole for group, _ in groups),
        "parent_scope": _joined(scope for _, scope in groups),
        "parent_as": _joined(_how(group) for group, _ in groups),
        "statement_title": statement.title if statement else None,
        "layout": statement.layout if statement else None,
        "as_printed": fact.as_printed,
        "file": fact.place.file,
        "sheet": fact.place.sheet,
        "cell": fact.place.cell,
    }


def _joined(texts: Iterable[str]) -> str:
    """As many texts as there are parents, nothing where all are blank."""
    found = list(texts)
    return "|".join(found) if any(found) else ""


def _how(group: Parts) -> str:
    said = {"ladder": group.seen_by == "ladder", "uncertain": not group.certain, "selected": group.selected}
    return "+".join(word for word, holds in said.items() if holds)


def _value(fact: Fact) -> str:
    """The value; where the unit is not known, with the decimals that it follows from (3 where finer than an øre)."""
    if fact.dimension != KR or fact.unit_known:
        return _decimal(fact.value, fact.dimension)
    decimals = next((d for d in range(3) if fact.unit * 10**d == KRONE), 3)
    sign = "-" if fact.value < 0 else ""
    whole, rest = divmod(abs(fact.value) * 10**decimals // KRONE, 10**decimals)
    return f"{sign}{whole},{rest:0{decimals}d}" if decimals else f"{sign}{whole}"


def _decimal(value: int, dimension: str) -> str:
    return plain_decimal(value, dimension).replace(".", ",")


def _safe(text: str | None) -> str | None:
    """A text with an apostrophe in front where it would be a formula, or where one stands there already."""
    return f"'{text}" if text and text.lstrip("'").startswith(_FORMULA) else text
