"""Which parts of a system share no figure with each other? Each is a system of its own, solved apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from checker.diagnose.shared import Shared
from checker.diagnose.system import System


def parts(system: System) -> list[System]:
    """The system in parts that share no variable, each a system of its own; rows keep the numbers of their checks."""
    shared = Shared()
    for v in range(system.variables):
        shared.join([str(v)])
    for row in system.rows:
        shared.join([str(v) for v, _ in row.coefficients])
    tied: dict[str, list[int]] = {}
    for guard in system.guards:
        for figure in guard.figures:
            tied.setdefault(figure, []).append(guard.variable)
    for variables in tied.values():
        shared.join([str(v) for v in variables])
    for figures, _ in system.contradictions:
        shared.join([str(v) for f in sorted(figures) for v in tied.get(f, ())])
    part_of = {int(v): n for v, n in shared.numbers().items()}
    found: dict[int, System] = {}
    local: dict[int, int] = {}
    for v in sorted(part_of):
        if part_of[v] not in found:
            found[part_of[v]] = System(system.facts, definitions=system.definitions, truncated=system.truncated)
        own = found[part_of[v]]
        local[v] = own.variables
        own.variables += 1
    _fill(system, found, part_of, local, tied)
    return list(found.values())


def _fill(
    system: System,
    found: Mapping[int, System],
    part_of: Mapping[int, int],
    local: Mapping[int, int],
    tied: Mapping[str, Sequence[int]],
) -> None:
    for row in system.rows:
        coefficients = tuple((local[v], c) for v, c in row.coefficients)
        part = found[part_of[row.coefficients[0][0]]]
        part.rows.append(replace(row, coefficients=coefficients))
    for guard in system.guards:
        found[part_of[guard.variable]].guards.append(replace(guard, variable=local[guard.variable]))
    for figures, check in system.contradictions:
        first = next((v for f in sorted(figures) for v in tied.get(f, ())), None)
        if first is not None:
            found[part_of[first]].contradictions.append((figures, check))
    for v, made in system.derived.items():
        found[part_of[v]].derived[local[v]] = made
    for id_, v in system.of_fact.items():
        found[part_of[v]].of_fact[id_] = local[v]
