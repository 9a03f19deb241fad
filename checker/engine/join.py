"""Which points does a relation's term take, and for which combination of the free dimensions?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.facts import Index, Point
from checker.model.rules import Term

Key = tuple[str | int | None, ...]
Members = list[tuple[Term, Point]]
ANY = "*"
"""The coordinate of a derived point that was made over a dimension: it goes with every value of it."""


def sortable(key: Key) -> tuple[tuple[bool, str], ...]:
    """Keys in order: None first, years as numbers."""
    return tuple((part is not None, f"{part:020d}" if isinstance(part, int) else str(part)) for part in key)


class Pool:
    """Points that are found by their measure, or by measure, scope and line."""

    def __init__(self, points: Iterable[Point]) -> None:
        self._all = list(points)
        self._by: dict[tuple[str | None, ...], list[Point]] = {}
        for p in self._all:
            self._by.setdefault((p.measure,), []).append(p)
            self._by.setdefault((p.measure, p.scope, p.line), []).append(p)

    def taken(self, term: Term) -> Iterator[Point]:
        """The points the term takes, in their order."""
        key = (term.measure,) if term.line is None else (term.measure, term.scope, term.line)
        return (p for p in (self._all if term.measure is None else self._by.get(key, ())) if meets(term, p))


class Pools:
    """The points that relations of each mode see, as pools that are made once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._made: dict[tuple[str, str | None], Pool] = {}

    def of(self, mode: str, statement: str | None) -> Pool:
        """The pool of one mode, and within one statement of that."""
        if (mode, statement) not in self._made:
            self._made[mode, statement] = Pool(self._index.points(mode, statement))
        return self._made[mode, statement]


def group(free: Sequence[str], terms: Sequence[Term], points: Pool, made: Pool) -> dict[Key, Members]:
    """The join of points with terms, grouped by entity and the free dimensions.

    `made` are derived points, which a term takes by their name only. Only a point of year offset 0 opens a group:
    last year's figure invents no next year. Members are in the order of the terms.
    """
    groups: dict[Key, Members] = {}
    later: list[tuple[Key, Term, Point]] = []
    for term in terms:
        for p in taken(term, points, made):
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


def taken(term: Term, points: Pool, made: Pool) -> Iterator[Point]:
    """The points the term takes, derived ones after the others."""
    yield from points.taken(term)
    if term.measure is not None:
        yield from made.taken(term)


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
