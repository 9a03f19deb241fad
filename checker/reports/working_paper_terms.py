"""Which rows make the calculation of a check, in which order, and which figure does which row hold?

The rows of a check stand together, what is stated last. A row that counts has a weight; operands of a product, a
quotient, a difference or a sum have none, since the row they belong to counts for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from checker.model.document import Place
from checker.model.outcomes import Evidence, EvidenceTerm, Outcome
from checker.model.submission import SCALE, Fact
from checker.names import numbered
from checker.reports.working_paper_scale import Scale, scale

STATED, TERM, CONSTANT, SAME = "stated", "term", "constant", "same"
FACTOR, DIVIDEND, TIMES, OVER = "factor", "dividend", "times", "over"
FROM, LESS, COMPONENT = "from", "less", "component"
SUM, COMMON, DIFFERENCE = "@derived.sum", "@derived.common", "@derived.difference"


@dataclass(frozen=True, slots=True)
class Item:
    """One row before its formulas: a figure in the unit `scale`, and how it goes into the calculation.

    `made_of` are the rows, by their number among those of the check, that the value is made of: added up, or the
    first less the second; `like` is the row of the sheet that holds the same sum already. `factor` is the row that a
    product or quotient begins with. `weight` is None where the row itself does not count.
    """

    role: str
    label: str
    value: Fraction
    unit: Fraction
    scale: Scale
    weight: Fraction | None = None
    as_printed: str = ""
    place: Place | None = None
    clip: str = ""
    turned: bool = False
    year: int | None = None
    measure: str = ""
    made_of: tuple[int, ...] = ()
    like: int | None = None
    factor: int | None = None
    made: str = ""  # what sort of made figure it is, which a name in the submission cannot say


@dataclass(slots=True)
class Known:
    """All figures of the report by their id, and the sums that were written, by their figures: row of the sheet."""

    facts: Mapping[str, Fact]
    sums: dict[tuple[str, ...], int] = field(default_factory=dict)


def items(outcome: Outcome, evidence: Evidence, known: Known, first: int) -> list[Item]:
    """The rows of one check, whose first is row `first` of the sheet."""
    shown = scale(evidence.show, evidence.dimension, evidence.unit_known)
    if evidence.op == "agree":
        return [_item(SAME, t, shown, None) for t in evidence.terms]
    stated = next((t for t in evidence.terms if t.stated), None)
    turn = Fraction(-1, stated.weight) if stated else Fraction(1)
    rows: list[Item] = []
    blocks = list(_blocks(evidence.terms))
    for block in (b for b in blocks if not any(t.stated for t in b)):
        _add(rows, block, turn, shown, evidence, outcome, known, first)
    constant = Fraction(evidence.constant, shown.steps)
    if stated and constant:
        rows.append(Item(CONSTANT, "@paper.fixed", constant, Fraction(0), shown, -turn))
    for block in (b for b in blocks if any(t.stated for t in b)):
        _add(rows, block, Fraction(1, block[-1].weight), shown, evidence, outcome, known, first)
    if stated is None and evidence.computed is not None:
        rows.append(Item(STATED, "@paper.fixed", constant, Fraction(0), shown, Fraction(1)))
    return rows


def _blocks(terms: Sequence[EvidenceTerm]) -> Iterator[list[EvidenceTerm]]:
    """Terms that make one figure together: operands before a difference, factors after the first."""
    block: list[EvidenceTerm] = []
    for term in terms:
        joined = term.join in (TIMES, OVER) or (block and block[-1].join in (FROM, LESS))
        if block and not joined:
            yield block
            block = []
        block.append(term)
    if block:
        yield block


def _add(
    rows: list[Item],
    block: Sequence[EvidenceTerm],
    turn: Fraction,
    shown: Scale,
    evidence: Evidence,
    outcome: Outcome,
    known: Known,
    first: int,
) -> None:
    """The rows of one block; its last row counts, with the weight of its first term that is no operand."""
    counted = next((t for t in block if t.join not in (FROM, LESS)), block[0])
    weight = counted.weight * turn
    operands: list[int] = []
    factor: int | None = None
    for number, each in enumerate(block):
        term, last = each, number == len(block) - 1
        joined = term.join in (TIMES, OVER)
        starts = not last and block[number + 1].join in (TIMES, OVER)
        own = _own_scale(term, evidence) if joined or starts else shown
        made_of: tuple[int, ...] = ()
        like: int | None = None
        if _made(term) == SUM:
            parts = _parts(term, evidence, outcome, known)
            key = tuple(f.fact_id for f in parts)
            like = known.sums.get(key)
            term = replace(term, unit=sum(f.unit for f in parts))
            if parts and like is None:
                made_of = tuple(range(len(rows), len(rows) + len(parts)))
                rows += [_part(f, own) for f in parts]
                known.sums[key] = first + len(rows)
        if _made(term) == DIFFERENCE:
            made_of = tuple(operands)
        role = STATED if term.stated else term.join or TERM
        if starts and not joined:
            role = DIVIDEND if block[number + 1].join == OVER else FACTOR
        if term.join in (FROM, LESS):
            operands.append(len(rows))
        rows.append(_item(role, term, own, weight if last else None, made_of, like, factor if joined else None))
        factor = len(rows) - 1 if starts and not joined else factor


def _made(term: EvidenceTerm) -> str:
    """The label of a figure that is made of others; '' of one that is printed."""
    return "" if term.fact_id else term.label


def _own_scale(term: EvidenceTerm, evidence: Evidence) -> Scale:
    dimension = term.dimension or evidence.dimension
    return scale(term.unit or (1 if _made(term) == COMMON else SCALE[dimension]), dimension, evidence.unit_known)


def _item(
    role: str,
    term: EvidenceTerm,
    own: Scale,
    weight: Fraction | None,
    made_of: tuple[int, ...] = (),
    like: int | None = None,
    factor: int | None = None,
) -> Item:
    return Item(
        role,
        term.label,
        own.of(term.value),
        own.of(term.unit),
        own,
        weight,
        term.as_printed,
        term.place if term.as_printed else None,
        term.clip,
        term.orientation < 0,
        term.year,
        term.measure,
        made_of,
        like,
        factor,
        _made(term),
    )


def _parts(term: EvidenceTerm, evidence: Evidence, outcome: Outcome, known: Known) -> list[Fact]:
    """The figures that a sum is made of, where those that the check looked at make it; else none."""
    named = {t.fact_id for t in evidence.terms}
    stated = {t.fact_id for t in evidence.terms if t.stated}
    dimension = term.dimension or evidence.dimension
    looked_at = [known.facts[i] for i in dict.fromkeys(outcome.facts) if i in known.facts]
    for without in (named, stated):
        found = [f for f in looked_at if f.fact_id not in without and f.dimension == dimension]
        if found and sum(f.value for f in found) == term.value:
            return sorted(found, key=lambda f: f.place.order)
    return []


def _part(fact: Fact, own: Scale) -> Item:
    value, unit, name = own.of(fact.value), own.of(fact.unit), numbered(fact.number, fact.label)
    turned = fact.orientation < 0
    return Item(COMPONENT, name, value, unit, own, None, fact.as_printed, fact.place, turned=turned)
