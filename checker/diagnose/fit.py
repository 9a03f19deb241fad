"""With which value do most checks hold to the last digit?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.diagnose.oracle import Oracle
from checker.diagnose.system import System


def best_fit(oracle: Oracle, figure: str, values: Iterable[int]) -> int | None:
    """The value with which most checks hold as printed, and the others come nearest; None where several do equally."""
    system = oracle.system
    if system.lead(figure).fact_id not in system.of_fact:
        return None
    scores = {value: (exactly(system, {figure: value}), -_off(system, figure, value)) for value in values}
    most = max(scores.values(), default=(0, 0))
    best = [value for value, score in scores.items() if score == most]
    return best[0] if len(best) == 1 else None


def exactly(system: System, values: Mapping[str, int]) -> int:
    """How many relations hold to the last digit with what is printed, these figures set to other values."""
    return sum(not off for off in _residuals(system, values))


def _off(system: System, figure: str, value: int) -> int:
    """By how much all relations of a figure together are off as printed."""
    return sum(map(abs, _residuals(system, {figure: value})))


def _residuals(system: System, values: Mapping[str, int]) -> list[int]:
    changed = {system.of_fact[system.lead(f).fact_id]: 2 * value for f, value in values.items()}
    printed = system.printed | changed
    rows = [r for r in system.rows if r.op == "=" and any(v in changed for v, _ in r.coefficients)]
    return [sum(c * printed[v] for v, c in row.coefficients) - row.constant for row in rows]
