"""Can all figures be right but some? A linear program over the printed intervals, its answer proven in whole numbers.

Values are counted from the middle of what is printed, so that the solver's binary numbers are small. That a system
has no solution is believed only with a certificate that holds exactly: rows that, each taken so many times, add up
to a sum that no values within the intervals can make. A system with a solution is believed within the solver's
tolerance of 1e-7 steps; figures are whole steps, so what really contradicts itself does so by far more.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import inf
from typing import Any

from checker.diagnose.certificate import Bounds, Certificate, End, Unproven, certified, narrow, proof
from checker.diagnose.system import System
from checker.diagnose.work import Work

Put = Mapping[str, Mapping[int, Bounds]]
"""Figures set to another value: their variables with bounds."""
_COST = 700
"""What setting the bounds of one variable costs, in the solver's steps."""
_SETTINGS: dict[str, bool | int | str] = {
    "output_flag": False,
    "presolve": "off",  # a certificate is of the system as it stands
    "solver": "simplex",
    "threads": 1,
    "random_seed": 0,
}


class Oracle:
    """One part of a submission, asked again and again with other figures free or set to other values."""

    def __init__(self, system: System, work: Work) -> None:
        from highspy import _core  # what the package wraps prints a banner when it is made

        self.system, self._work, self._solver_module = system, work, _core
        self._by_variable: list[list[int]] = [[] for _ in range(system.variables)]
        for n, guard in enumerate(system.guards):
            self._by_variable[guard.variable].append(n)
        self._of_figure: dict[str, set[int]] = {}
        for guard in system.guards:
            for figure in guard.figures:
                self._of_figure.setdefault(figure, set()).add(guard.variable)
        self._middle = [sum(self._hull(v)) // 2 for v in range(system.variables)]
        self._scale = [self._scaled(v) for v in range(system.variables)]
        self._row_scale = [
            max([1, *(abs(c) * self._scale[v] for v, c in row.coefficients)])
            if any(v in system.derived for v, _ in row.coefficients)
            else 1
            for row in system.rows
        ]
        self._nonzeros = sum(len(row.coefficients) for row in system.rows) + 1
        self._bounds: dict[int, tuple[float, float]] = {}
        self._solver = self._built()

    def _hull(self, variable: int) -> tuple[int, int]:
        own = [self.system.guards[n] for n in self._by_variable[variable]]
        return min((g.lo for g in own), default=0), max((g.hi for g in own), default=0)

    def _scaled(self, variable: int) -> int:
        """What is derived is counted in halves of its own width: its grain may be beyond what the solver can tell."""
        low, high = self._hull(variable)
        return max(1, (high - low) // 2) if variable in self.system.derived else 1

    def _built(self) -> Any:
        import numpy as np

        solver = self._solver_module._Highs()
        for option, value in _SETTINGS.items():
            solver.setOptionValue(option, value)
        n = self.system.variables
        solver.addVars(n, np.full(n, -inf), np.full(n, inf))
        starts, columns = list[int](), list[int]()
        values, low, high = list[float](), list[float](), list[float]()
        for row, scale in zip(self.system.rows, self._row_scale, strict=True):
            rest = (row.constant - sum(c * self._middle[v] for v, c in row.coefficients)) / scale
            starts.append(len(columns))
            columns += [v for v, _ in row.coefficients]
            values += [c * self._scale[v] / scale for v, c in row.coefficients]
            high.append(rest)
            low.append(rest if row.op == "=" else -inf)
        solver.addRows(
            len(low), np.array(low), np.array(high), len(columns),
            np.array(starts, dtype=np.int32), np.array(columns, dtype=np.int32), np.array(values),
        )  # fmt: skip
        return solver

    def conflict(self, freed: frozenset[str], put: Put | None = None) -> Certificate | None:
        """Figures that cannot all be right though those freed may be anything; None where all the others can be.

        `put` gives figures other bounds, by variable; they are then none that may be freed. Raises Unproven and
        Exhausted.
        """
        active = self._active(freed, put or {})
        for lower, upper in active.values():
            if lower[0] > upper[0]:
                return Certificate(lower[1] | upper[1], frozenset())
        self._set(active)
        if self._run() == self._solver_module.HighsModelStatus.kOptimal:
            return None
        _, has, ray = self._solver.getDualRay()
        if not has:
            raise Unproven
        return certified(self.system, ray, active, self._row_scale)

    def failing(self) -> list[Certificate]:
        """The relations that by themselves cannot hold, as conflicts; those of no doubtful figure left out."""
        active = self._active(frozenset(), {})
        found = []
        for n, row in enumerate(self.system.rows):
            if row.failed:
                for weight in (1, -1):
                    alone = proof(self.system, {n: Fraction(weight)}, active)
                    if alone is not None and alone.figures:
                        found.append(alone)
        return found

    def span(self, variable: int, freed: frozenset[str], put: Put | None = None) -> tuple[float, float]:
        """The least and largest value (doubled steps) that the figures which are not freed leave a variable."""
        self._set(self._active(freed, put or {}))
        ends = []
        for sense in (1.0, -1.0):
            self._solver.changeColCost(variable, sense)
            status = self._run()
            found = self._solver.getInfo().objective_function_value * sense
            ends.append(found if status == self._solver_module.HighsModelStatus.kOptimal else -inf * sense)
            self._solver.changeColCost(variable, 0.0)
        middle, scale = self._middle[variable], self._scale[variable]
        return ends[0] * scale + middle, ends[1] * scale + middle

    def variables(self, figure: str) -> set[int]:
        """The variables whose bounds a figure is among."""
        return self._of_figure.get(figure, set())

    def _active(self, freed: frozenset[str], put: Put) -> dict[int, tuple[End, End]]:
        """For each variable with bounds, its lower and upper bound with the figures they are by."""
        found: dict[int, tuple[End, End]] = {}
        loose = freed | put.keys()
        for guard in self.system.guards:
            if guard.holds(loose):
                by = guard.figures - loose
                narrow(found, guard.variable, (guard.lo, guard.hi), by, guard.fact)
        for by_variable in put.values():
            for variable, bounds in by_variable.items():
                narrow(found, variable, bounds, frozenset(), "")
        return found

    def _set(self, active: Mapping[int, tuple[End, End]]) -> None:
        for v in range(self.system.variables):
            if v in active:
                wanted = tuple(float(Fraction(end[0] - self._middle[v], self._scale[v])) for end in active[v])
                low, high = min(wanted), max(wanted)
            else:
                low, high = -inf, inf
            if self._bounds.get(v) != (low, high):
                self._bounds[v] = (low, high)
                self._solver.changeColBounds(v, low, high)

    def _run(self) -> Any:
        self._solver.run()
        iterations = max(0, self._solver.getInfo().simplex_iteration_count)
        asked = len(self.system.guards) + self.system.variables
        self._work.spend((iterations + 5) * self._nonzeros + _COST * asked)
        return self._solver.getModelStatus()
