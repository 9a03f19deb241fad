"""Are linear systems feasible, and how far may a variable go? By elimination in fractions, apart from any solver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import inf

from checker.diagnose.system import System

Limit = tuple[tuple[Fraction, ...], Fraction]
"""`sum(coefficient * variable) <= bound`."""


def limits(
    system: System,
    freed: frozenset[str] = frozenset(),
    kept: frozenset[str] | None = None,
    checks: frozenset[int] | None = None,
) -> list[Limit]:
    """The rows, and what is printed of the figures that are not freed.

    Of the figures `kept` alone, and of the rows those of `checks`, where they are given.
    """
    found: list[Limit] = []

    def add(weights: Iterable[tuple[int, int]], most: int) -> None:
        row = [Fraction(0)] * system.variables
        for v, c in weights:
            row[v] += c
        found.append((tuple(row), Fraction(most)))

    for row in (r for r in system.rows if checks is None or r.check in checks):
        add(row.coefficients, row.constant)
        if row.op == "=":
            add([(v, -c) for v, c in row.coefficients], -row.constant)
    for guard in system.guards:
        if guard.figures.isdisjoint(freed) and (kept is None or guard.figures <= kept):
            add([(guard.variable, 1)], guard.hi)
            add([(guard.variable, -1)], -guard.lo)
    return found


def feasible(given: Sequence[Limit], variables: int) -> bool:
    """Whether some values meet all limits."""
    return _reduced(given, range(variables)) is not None


def span(given: Sequence[Limit], variables: int, kept: int) -> tuple[Fraction | float, Fraction | float] | None:
    """The least and largest value of one variable; None where nothing meets all limits."""
    left = _reduced(given, [v for v in range(variables) if v != kept])
    if left is None:
        return None
    low: Fraction | float = -inf
    high: Fraction | float = inf
    for row, most in left:
        if row[kept] > 0:
            high = min(high, most / row[kept])
        elif row[kept] < 0:
            low = max(low, most / row[kept])
    return (low, high) if low <= high else None


def _reduced(given: Sequence[Limit], gone: Iterable[int]) -> list[Limit] | None:
    """The limits without some variables; None where they contradict each other."""
    rows = _tidy(given)
    waiting = list(gone)
    while rows is not None and waiting:
        costs = {v: _cost(rows, v) for v in waiting}
        variable = min(waiting, key=lambda v: (costs[v], v))
        waiting.remove(variable)
        rows = _tidy(_without(rows, variable))
    return rows


def _cost(rows: Sequence[Limit], variable: int) -> int:
    return sum(r[variable] > 0 for r, _ in rows) * sum(r[variable] < 0 for r, _ in rows)


def _without(rows: Sequence[Limit], variable: int) -> list[Limit]:
    """Solved for the variable where two limits make an equality, else each upper with each lower limit."""
    known = dict(rows)
    for row, most in rows:
        opposite = tuple(-c for c in row)
        if row[variable] and known.get(opposite) == -most:
            return [
                _sum(other, (row, most), -other[0][variable] / row[variable])
                for other in rows
                if other[0] not in (row, opposite)
            ]
    plain = [r for r in rows if not r[0][variable]]
    upper = [r for r in rows if r[0][variable] > 0]
    lower = [r for r in rows if r[0][variable] < 0]
    return plain + [_sum(u, lo, -u[0][variable] / lo[0][variable]) for u in upper for lo in lower]


def _sum(one: Limit, other: Limit, times: Fraction) -> Limit:
    return tuple(a + times * b for a, b in zip(one[0], other[0], strict=True)), one[1] + times * other[1]


def _tidy(rows: Sequence[Limit]) -> list[Limit] | None:
    """Each direction once, with its tightest bound."""
    best: dict[tuple[Fraction, ...], Fraction] = {}
    for row, most in rows:
        first = next((abs(c) for c in row if c), None)
        if first is None:
            if most < 0:
                return None
            continue
        scaled, bound = tuple(c / first for c in row), most / first
        best[scaled] = min(bound, best.get(scaled, bound))
    for row, most in best.items():
        if best.get(tuple(-c for c in row), -most) < -most:
            return None
    return list(best.items())
