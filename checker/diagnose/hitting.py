"""Which smallest sets of figures have one of every conflict? All of them, up to a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.diagnose.work import Work

_COST = 3_000
"""What looking at one conflict costs, in the solver's steps."""


def hitting_sets(conflicts: Iterable[frozenset[str]], most: int, work: Work) -> tuple[list[frozenset[str]], bool]:
    """Every set of fewest figures that meets all conflicts, in order, and whether these are all of them.

    Exact: branches over the figures of the first conflict that is not met, each branch without the figures tried
    before it; cut off where it has, with one figure for each open conflict that shares none with the others, more
    figures than the best. Raises Exhausted.
    """
    family = _least(conflicts)
    best: list[frozenset[str]] = []
    least = len(_greedy(family))
    full = True

    def branch(chosen: frozenset[str], cost: int, barred: frozenset[str]) -> None:
        nonlocal least, full
        work.spend(_COST * (len(family) + 1))
        if cost > least:
            return
        open_ = [c for c in family if chosen.isdisjoint(c)]
        if not open_:
            if cost < least:
                least = cost
                best.clear()
                full = True
            if len(best) < most:
                best.append(chosen)
            else:
                full = False
            return
        if cost + _bound(open_, barred) > least:
            return
        pivot = min(open_, key=lambda c: (len(c - barred), sorted(c)))
        tried = barred
        for figure in sorted(pivot - barred):
            branch(chosen | {figure}, cost + 1, tried)
            tried |= {figure}

    branch(frozenset(), 0, frozenset())
    return sorted(best, key=sorted), full


def _least(conflicts: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The conflicts that hold no other conflict."""
    ordered = sorted(set(conflicts), key=lambda c: (len(c), sorted(c)))
    kept: list[frozenset[str]] = []
    for conflict in ordered:
        if not any(k <= conflict for k in kept):
            kept.append(conflict)
    return kept


def _greedy(family: Sequence[frozenset[str]]) -> set[str]:
    """Some set that meets all: the figure in most open conflicts, again and again."""
    chosen: set[str] = set()
    open_ = list(family)
    while open_:
        counts: dict[str, int] = {}
        for conflict in open_:
            for figure in conflict:
                counts[figure] = counts.get(figure, 0) + 1
        figure = min(counts, key=lambda f: (-counts[f], f))
        chosen.add(figure)
        open_ = [c for c in open_ if figure not in c]
    return chosen


def _bound(open_: Sequence[frozenset[str]], barred: frozenset[str]) -> int:
    """What meeting the open conflicts costs at least."""
    used: set[str] = set()
    total = 0
    for conflict in open_:
        own = conflict - barred
        if not own:
            return 10**9
        if used.isdisjoint(own):
            used |= own
            total += 1
    return total
