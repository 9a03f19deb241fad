"""The tool's own ways to check large sources: the plan every database runs, the same in batches, and the fused one."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

from benchmarks.big_shape import Counts, Key
from checker.model.outcomes import Outcome
from checker.rulefile import load_rules
from checker.scale import plain
from checker.scale.check import Plan, evaluate, prepare
from checker.scale.duck import Duck
from checker.scale.oracle import Oracle
from checker.scale.report import report

ALL = 10**9
gc.set_threshold(50_000)  # as the command does


def counts(path: Path, plan: Plan, memory: int = 0, at_once: int = 0) -> Counts:
    """Every outcome counted by rule and status, with a report of twenty failures of each rule."""
    return counted(Duck(str(path), memory), plan, at_once)


def keys(path: Path, plan: Plan, memory: int = 0, at_once: int = 0) -> dict[Key, int | None]:
    """The keys of all outcomes that failed, with the sizes of their differences in øre."""
    return listed(Duck(str(path), memory), plan, at_once)


def counted(backend: Any, plan: Plan = plain.run, at_once: int = 0) -> Counts:
    """The same, by any engine."""
    ruleset = load_rules()
    scaled = prepare(backend, ruleset)
    evaluate(backend, scaled, 20, plan, at_once=at_once)
    made: Counts = {}
    for (rule, status), n in (report(backend, scaled, ruleset, 20).tally or {}).items():
        made.setdefault(rule, {})[status] = n
    backend.close()
    return made


def listed(backend: Any, plan: Plan = plain.run, at_once: int = 0) -> dict[Key, int | None]:
    """The same, by any engine."""
    scaled = prepare(backend, load_rules())
    found = evaluate(backend, scaled, ALL, plan, at_once=at_once)
    oracle = Oracle(backend, scaled)
    made: dict[Key, int | None] = {}
    for own in found.failed.values():
        for first in range(0, len(own), 5000):
            some = own[first : first + 5000]
            outcomes, _ = oracle.failures(some)
            for (_, number), outcome in zip(some, outcomes, strict=True):
                within = number >= 0 and scaled.binding.instances[number].relation.statement is not None
                at = outcome.at
                statement = at.statement if within else ""
                made[outcome.rule_id, at.entity, statement, at.line, at.measure, at.year or 0] = _difference(outcome)
    for outcome in oracle.apart(found, ALL):
        made[outcome.rule_id, outcome.at.entity, outcome.at.statement, "", "", 0] = None
    for each in scaled.violations:
        made["LNG001", "", "", each.column, "", 0] = None
    backend.close()
    return made


def _difference(outcome: Outcome) -> int | None:
    """In øre; None where nothing is calculated."""
    evidence = outcome.evidence
    if evidence is None or evidence.difference is None or evidence.op == "agree":
        return None
    return abs(evidence.difference) // evidence.divisor
