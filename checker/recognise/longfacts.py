"""Which facts and statements do the rows of long tables make?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from checker.amounts.numbers import Number
from checker.amounts.units import Amount, looks_like_figure
from checker.model.document import Place
from checker.model.submission import KR, THIS, Fact, NotRead, Parts, Statement
from checker.recognise.longheader import contract
from checker.recognise.longnumbers import Numbers, amount, exact
from checker.recognise.longrows import Hints, Rows, shortened
from checker.recognise.longstatements import statements
from checker.recognise.vocabulary import vocabulary

SOURCE = ("file", "sheet", "cell", "page", "table", "row", "paragraph", "line_no", "column_no")
"""Columns that say where a figure comes from."""
DESCRIBING = frozenset(
    ("label", "number", "role", "parent", "parent_scope", "parent_as", "statement_title", "layout", "as_printed")
) | frozenset(SOURCE)
"""Columns whose faults leave the figure itself standing."""


@dataclass(slots=True)
class LongFacts:
    """What the rows that hold make; `statement_of` has the statement of every row, '' where it names none."""

    facts: list[Fact] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    parts: list[Parts] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    statement_of: list[str] = field(default_factory=list)


def check_rows(rows: Rows, numbers: Numbers) -> dict[int, Amount]:
    """What a single row shows beyond its cells; gives the amount of every row that has one.

    An entity that only some rows name, a basis that is no measure, a value too large or too fine.
    """
    named = any(rows.get(row, "entity") for row in range(len(rows.at)))
    known = frozenset(contract().choices["measure"])
    hints = Hints()
    amounts: dict[int, Amount] = {}
    for row in range(len(rows.at)):
        basis, measure = rows.get(row, "basis"), rows.get(row, "measure")
        if named and rows.get(row, "entity") is None:
            rows.violate(row, "entity", "missing", "–")
        if basis is not None and not _is_basis(basis, measure, known):
            rows.violate(row, "basis", "unknown", hints.of(basis, known))
        value = _number(numbers, "value", row)
        if measure not in known or value is None or rows.is_bad(row, "dimension"):
            continue
        made = amount(value, _number(numbers, "unit", row), _dimension(rows, row))
        if isinstance(made, Amount):
            amounts[row] = made
        else:
            rows.violate(row, "value", made, shortened(rows.get(row, "value") or ""))
    return amounts


def _is_basis(basis: str, measure: str | None, known: Set[str]) -> bool:
    """Whether the basis is one of the measure; of an undecided per cent ('?/3') and of beloeb it only tells apart."""
    if measure == "andel":
        upper, _, lower = basis.partition("/")
        return upper == "?" or (upper in known and (lower in known or lower == "sum"))
    return measure == "beloeb" or basis in known


def _number(numbers: Numbers, column: str, row: int) -> Number | None:
    return numbers[column][row] if column in numbers else None


def _dimension(rows: Rows, row: int) -> str:
    measure = rows.get(row, "measure") or ""
    declared = vocabulary().measures.get(measure)
    return rows.get(row, "dimension") or (declared.dimension if declared else KR)


def make(rows: Rows, numbers: Numbers, amounts: Mapping[int, Amount]) -> LongFacts:
    """Facts, statements and structure of the rows that hold; the others are not read, with the reason."""
    bad = {v.row for v in rows.violations.values() if v.row is not None and v.column not in DESCRIBING}
    bad |= {row for row, (table, _) in enumerate(rows.at) if table.header.missing}
    good = [row for row in range(len(rows.at)) if row not in bad]
    result = LongFacts(not_read=[_not_read(rows, row, "unread.contract") for row in sorted(bad)])
    ids = result.statement_of = _statement_ids(rows)
    names = _fact_ids(rows, ids)
    made = {row: _fact(rows, row, ids[row], names[row], amounts[row], numbers) for row in good}
    for row in _alike_but_for_open_columns(rows, made):
        del made[row]
        result.not_read.append(_not_read(rows, row, "unread.open_dimension"))
    result.facts = list(made.values())
    result.statements, result.parts = statements(rows, made, ids)
    return result


def _not_read(rows: Rows, row: int, reason: str) -> NotRead:
    value = rows.get(row, "value")
    text = rows.get(row, "as_printed") or value or rows.text(row)
    return NotRead(reason, text, rows.place(row, "value"), value is not None and looks_like_figure(value))


def _statement_ids(rows: Rows) -> list[str]:
    """The id of every row's statement: what the row says, with its entity where several have one of that name."""
    about = [(rows.get(row, "statement") or "", rows.entity(row), rows.role(row)) for row in range(len(rows.at))]
    entities = Counter(name for name, _ in {(name, entity) for name, entity, _ in about})
    submissions = Counter(name for name, _ in {(name, of) for name, _, of in about})
    ids: dict[tuple[str, str, str], str] = {}
    taken: set[str] = set()
    for name, entity, of in dict.fromkeys(about):
        own = f"{name} · {entity}" if entities[name] > 1 and entity else name
        own = f"{own} · {of}" if submissions[name] > 1 and of != THIS else own
        own = f"{rows.defaults.prefix}{own}" if own else own
        while own in taken:
            own += "'"
        taken.add(own)
        ids[name, entity, of] = own
    return [ids[key] for key in about]


def _fact_ids(rows: Rows, statements: Sequence[str]) -> list[str]:
    """The id of every row: what it says, else its statement, table and row."""
    given = [rows.get(row, "fact_id") for row in range(len(rows.at))]
    result = [f"{rows.defaults.prefix}{own}" if own else "" for own in given]
    taken = set(result)
    for row, (table, index) in enumerate(rows.at):
        if not result[row]:
            result[row] = f"{statements[row]}.{table.number}.{index + 1}"
            while result[row] in taken:
                result[row] += "'"
    return result


def _fact(rows: Rows, row: int, statement: str, fact_id: str, made: Amount, numbers: Numbers) -> Fact:
    line = rows.get(row, "line") or ""
    return Fact(
        fact_id=fact_id,
        entity=rows.entity(row),
        scope=rows.get(row, "scope"),
        statement=statement,
        line=line,
        label=_described(rows, row, "label") or line,
        number=_described(rows, row, "number"),
        measure=rows.get(row, "measure") or "",
        year=_whole(rows.get(row, "year")),
        basis=rows.get(row, "basis"),
        value=made.value,
        unit=made.unit,
        dimension=made.dimension,
        unit_known=made.unit_stated,
        as_printed=_described(rows, row, "as_printed") or _shown(rows, row),
        orientation=_whole(rows.get(row, "orientation")) or 1,
        place=_source(rows, row),
        as_of=rows.get(row, "as_of"),
        price_year=_whole(rows.get(row, "price_year")),
        submission=rows.role(row),
        remarks=made.remarks,
        exact=exact(_number(numbers, "exact", row), made.dimension),
        exact_unit=exact(_number(numbers, "exact_unit", row), made.dimension) or 0,
    )


def _described(rows: Rows, row: int, column: str) -> str | None:
    return None if rows.is_bad(row, column) else rows.get(row, column)


def _shown(rows: Rows, row: int) -> str:
    """The value as its cell shows it."""
    cell = rows.shown.get((row, "value"))
    return (cell.text.strip() if cell else rows.get(row, "value")) or ""


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None else None


def _source(rows: Rows, row: int) -> Place:
    """Where the figure comes from as the row says, else the row itself."""
    said = {column: text for column in SOURCE if column in rows.cells and (text := _described(rows, row, column))}
    if not said:
        return rows.place(row, "value")
    number = {c: int(said[c]) for c in ("page", "table", "row", "paragraph", "line_no", "column_no") if c in said}
    return Place(
        file=said.get("file", rows.file),
        line=number.get("line_no"),
        column=number.get("column_no"),
        table=number.get("table"),
        row=number.get("row"),
        sheet=said.get("sheet"),
        cell=said.get("cell"),
        page=number.get("page"),
        paragraph=number.get("paragraph"),
    )


def _alike_but_for_open_columns(rows: Rows, made: Mapping[int, Fact]) -> list[int]:
    """Rows that only columns unknown to the contract tell apart: as facts they would seem to contradict each other."""
    if not any(table.header.others for table in rows.tables):
        return []
    together: dict[object, list[int]] = {}
    for row, fact in made.items():
        together.setdefault((fact.statement, fact.submission, fact.point), []).append(row)
    return [row for group in together.values() if len({rows.open[r] for r in group}) > 1 for row in group]
