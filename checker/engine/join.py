"""Which points does a relation's term take, and for which combination of the free dimensions?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.facts import ANY, Point
from checker.model.rules import Term

Key = tuple[str | int | None, ...]
Members = list[tuple[Term, Point]]


def sortable(key: Key) -> tuple[tuple[bool, str], ...]:
    """Keys in order: None first, years as numbers."""
    return tuple((part is not None, f"{part:020d}" if isinstance(part, int) else str(part)) for part in key)


def group(free: Sequence[str], terms: Sequence[Term], points: Iterable[Point]) -> dict[Key, Members]:
    """The join of points with terms, grouped by entity and the free dimensions.

    Only a point of year offset 0 opens a group: last year's figure invents no next year.
    """
    by_measure: dict[str | None, list[Point]] = {None: list(points)}
    for p in by_measure[None]:
        by_measure.setdefault(p.measure, []).append(p)
    groups: dict[Key, Members] = {}
    later: list[tuple[Key, Term, Point]] = []
    for term in terms:
        for p in by_measure.get(term.measure, ()):
            if not meets(term, p):
                continue
            key = (p.entity, *(_coordinate(name, p, term) for name in free))
            if ANY in key or term.year_offset:
                later.append((key, term, p))
            else:
                groups.setdefault(key, []).append((term, p))
    for key, term, p in later:
        if ANY not in key:
            if key in groups:
                groups[key].append((term, p))
            continue
        for wanted, members in groups.items():
            if all(mine in (ANY, theirs) for mine, theirs in zip(key, wanted, strict=True)):
                members.append((term, p))
    return groups


def meets(term: Term, p: Point) -> bool:
    """Whether the term takes the point."""
    return (
        (term.measure is None or term.measure == p.measure)
        and (term.line is None or (term.line == p.line and term.scope == p.scope))
        and (term.basis is None or term.basis == p.basis)
        and (term.year is None or term.year == p.year)
    )


def _coordinate(name: str, p: Point, term: Term) -> str | int | None:
    value = p.coordinate(name)
    return value - term.year_offset if name == "year" and isinstance(value, int) else value
