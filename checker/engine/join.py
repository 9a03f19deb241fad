"""Which points does a relation's term take, and for which combination of the free dimensions?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checker.facts import ANY, Point, Pool
from checker.model.rules import Term

Key = tuple[str | int | None, ...]
Members = list[tuple[Term, Point]]
Pools = Mapping[int, Sequence[Pool]]
"""Where each term (by its `id`) takes its points from: those that facts state, and then the derived ones."""


def sortable(key: Key) -> tuple[tuple[bool, str], ...]:
    """Keys in order: None first, years as numbers."""
    return tuple((part is not None, f"{part:020d}" if isinstance(part, int) else str(part)) for part in key)


def group(free: Sequence[str], terms: Sequence[Term], pools: Pools) -> dict[Key, Members]:
    """The join of points with terms, grouped by entity and the free dimensions.

    Derived points, the last of `pools`, are taken by their name only. Only a point of year offset 0 opens a group:
    last year's figure invents no next year. Members are in the order of the terms.
    """
    groups: dict[Key, Members] = {}
    later: list[tuple[Key, Term, Point]] = []
    for term in terms:
        for p in taken(term, pools[id(term)]):
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
    if later:
        order = {id(term): number for number, term in enumerate(terms)}
        for members in groups.values():
            members.sort(key=lambda m: order[id(m[0])])
    return groups


def taken(term: Term, pools: Sequence[Pool]) -> Iterator[Point]:
    """The points the term takes: of the first pool, and by their name the derived ones of the others."""
    for pool in pools if term.measure is not None else pools[:1]:
        for p in pool.take(term.measure, term.scope, term.line):
            if term.basis in (None, p.basis) and term.year in (None, p.year):
                yield p


def _coordinate(name: str, p: Point, term: Term) -> str | int | None:
    value = p.coordinate(name)
    return value - term.year_offset if name == "year" and isinstance(value, int) else value
