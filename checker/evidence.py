"""The calculation of a result: which figures, with which weights, what do they make, how far is the stated from it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.amounts.intervals import clipped
from checker.engine.python import Result
from checker.facts import Point
from checker.model.outcomes import FAILED, NOT_EVALUATED, Evidence, EvidenceTerm
from checker.model.rules import YEARS, Term
from checker.model.submission import Fact
from checker.names import Names, numbered
from checker.odds import odds


def made_of(p: Point) -> tuple[Point, ...]:
    """The figures that a point is made of, in their order; a figure is made of itself."""
    return tuple(each for member in p.members for each in made_of(member)) if p.members else (p,)


def evidence_of(result: Result, names: Names) -> Evidence:
    """The figures of a result and, where it was judged, stated, computed, difference and what rounding explains."""
    agree = result.relation.op == "agree"
    stated = next((p for t, p in result.members if t.stated), result.members[0][1] if result.members else None)
    kind = stated.kind if stated else "kr"
    every = [e for t, p in result.members for e in evidence_terms(result, t, p, names)]
    terms = tuple(replace(e, dimension="") if e.dimension == kind else e for e in every)
    derived = any(p.op for _, p in result.members)
    units = [best(p).unit if agree else p.unit for _, p in result.members]
    show = _show([p.unit for p in made_of(stated)]) if derived and stated else _show(units)
    base = Evidence(
        terms,
        result.relation.op,
        kind,
        show,
        unit_known=all(f.unit_known for _, p in result.members for f in p.facts),
        missing=tuple(_missing(t, names) for t in result.missing),
        without_figures=result.relation.without_figures,
        constant=result.relation.constant,
        also=result.relation.also if result.status == FAILED else (),
    )
    if result.status == NOT_EVALUATED or result.reason:
        return base
    if agree:
        high = max(best(p).value for _, p in result.members)
        return replace(
            base,
            stated=high,
            computed=high - result.difference,
            difference=result.difference,
            tolerance2=result.tolerance2,
        )
    own, point = next(((t, p) for t, p in result.members if t.stated), (None, None))
    if own is None or point is None:  # what the terms add up to is set by the rule
        constant = result.grain * result.relation.constant
        return replace(
            base,
            divisor=result.grain,
            stated=constant,
            computed=constant + result.difference,
            difference=-result.difference,
            tolerance2=result.tolerance2,
            odds=_odds(result),
        )
    divisor = abs(own.weight) * result.grain
    difference = result.difference if own.weight > 0 else -result.difference
    value = divisor * clipped(point.value, own.clip) // point.grain
    return replace(
        base,
        divisor=divisor,
        stated=value,
        computed=value - difference,
        difference=difference,
        tolerance2=result.tolerance2,
        odds=_odds(result),
    )


def _odds(result: Result) -> int:
    """One in how many sums is off by as much; 0 where that is nothing out of the ordinary."""
    if not result.improbable:
        return 0
    return odds(result.difference, [t.weight * p.unit for t, p in result.members])


def evidence_terms(result: Result, term: Term, p: Point, names: Names) -> list[EvidenceTerm]:
    """One figure, or the operands of a product, quotient or difference; a sum over many lines stays one figure.

    A difference comes after its operands. Where there are more operands than two, it is not known which are meant.
    """
    pair = len(p.members) == 2
    if p.op in ("product", "quotient") and pair:
        first, second = p.members
        joined = "times" if p.op == "product" else "over"
        rest = [replace(e, join=joined) for e in evidence_terms(result, Term("", 1), second, names)]
        return [*evidence_terms(result, replace(term, stated=False, label=""), first, names), *rest]
    operands: list[EvidenceTerm] = []
    if p.op == "difference" and pair:
        operands = [
            replace(e, join=join)
            for join, each in zip(("from", "less"), p.members, strict=True)
            for e in evidence_terms(result, Term("", 1 if join == "from" else -1), each, names)
        ]
    fact = best(made_of(p)[0])
    made = bool(p.op)
    value, unit = p.value if p.grain == 1 else round_half(p.value, p.grain), p.unit
    if result.relation.op == "agree":  # what is shown is compared, not what is stored behind it
        value, unit = fact.value, fact.unit
    return [
        *operands,
        EvidenceTerm(
            f"@derived.{p.op}" if made else _label(result, term, p, names),
            term.weight,
            value,
            unit,
            "" if made else fact.as_printed,
            fact.place,
            term.stated,
            term.clip,
            1 if made else fact.orientation,
            "" if made else fact.fact_id,
            fact.statement,
            dimension=p.kind,
            year=fact.year if result.relation.mode == YEARS and not made else None,
        ),
    ]


def round_half(value: int, divisor: int) -> int:
    """`value / divisor` to the nearest whole, halves upwards."""
    return (2 * value + divisor) // (2 * divisor)


def best(p: Point) -> Fact:
    """The most exact fact of a point."""
    return min(p.facts, key=lambda f: (f.unit, f.fact_id))


def _label(result: Result, term: Term, p: Point, names: Names) -> str:
    """What a figure is called in the calculation: its line in a sum, its measure in a row, its table across."""
    fact = best(p)
    if result.relation.op == "agree":
        return names.own_title(fact.statement)
    lines = {(t.line, t.measure) for t, _ in result.members if t.line is not None and not t.label}
    of_lines = len({line for line, _ in lines}) > 1 == len({measure for _, measure in lines})
    if term.line is not None and not term.label and (result.relation.op == "=" or of_lines):
        return numbered(fact.number, fact.label)
    return term.label or f"@measure.{p.measure}"


def _missing(term: Term, names: Names) -> str:
    if term.label:
        return term.label
    if term.line is not None and term.statement is not None:
        return names.label(term.statement, term.line, term.scope)
    return f"@measure.{term.measure}"


def _show(units: Sequence[int]) -> int:
    """Print in the common unit, or in the finest where they differ (0 = exact prints as øre)."""
    return min(units, default=100) if len(set(units)) > 1 else next(iter(units), 100)
