"""From a source of facts and a rule set to counted outcomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from checker.amounts.show import grouped
from checker.engine.predicates import verdict
from checker.model.outcomes import NOT_EVALUATED
from checker.model.rules import RuleSet
from checker.scale import plain
from checker.scale.binding import Binding, bind
from checker.scale.coded import Coded, classes, code
from checker.scale.contract import beside
from checker.scale.model import Backend, Violation
from checker.scale.notation import notation
from checker.scale.plain import Found, Step, no_step
from checker.scale.shapes import Shapes, shapes
from checker.scale.skeleton import Skeleton, readable, skeleton, structural

Plan = Callable[[Backend, Coded, Sequence[int], Binding, int, Step, int], Found]


@dataclass(slots=True)
class Scaled:
    """What a run over a large source found, and what it was made with."""

    found: Found
    shapes: Shapes
    coded: Coded
    of: Sequence[int]
    crowded: Sequence[int]
    skeleton: Skeleton
    binding: Binding
    ruleset: RuleSet
    violations: list[Violation] = field(default_factory=list)
    left_out: int = 0  # rows that are no facts, and in no check


def prepare(backend: Backend, ruleset: RuleSet) -> Scaled:
    """Everything but the evaluation itself."""
    read = notation(backend)
    found = shapes(backend, read)
    good, wrong = readable(found, backend.source)
    wrong += [*read.violations, *beside(backend)]
    coded = code(backend, found, good, read)
    if coded.beyond:
        most = max((n for s in found.all for n in (s.least, s.most)), key=abs)
        wrong.append(Violation("value", "limit", coded.beyond, grouped(most // 100, 0, "da")))
    alike, of, crowded, facts = classes(backend, coded, found)
    size = [sum(c == n for c in of) for n in range(len(alike))]
    made = skeleton(found, backend.source, alike, size)
    bound = bind(ruleset, made)
    bound.shapes = [frozenset(shape for shape, there in own.items() if there) for own in alike]
    bound.wide = not bound.fits(max((max(abs(s.least), abs(s.most)) for s in found.all), default=0))
    return Scaled(
        Found(), found, coded, of, crowded, made, bound, ruleset, [*wrong, *structural(made)], found.rows - facts
    )


def evaluate(
    backend: Backend, scaled: Scaled, most: int, plan: Plan = plain.run, step: Step = no_step, at_once: int = 0
) -> Found:
    """The outcomes of all rules, counted; `at_once` is how many entities are taken together, 0 for as many as fit."""
    found = plan(backend, scaled.coded, scaled.of, scaled.binding, most, step, at_once)
    _unmet(found, scaled)
    _predicates(found, scaled)
    scaled.found = found
    return found


def _unmet(found: Found, scaled: Scaled) -> None:
    """Relations that no figure meets: an inner join never shows them."""
    for instance in scaled.binding.instances:
        if not instance.points:
            found.tally.add(instance.rule.id, NOT_EVALUATED, _times(scaled, instance.relation.statement))


def _predicates(found: Found, scaled: Scaled) -> None:
    """What is no arithmetic is decided by what is stated: once for every entity of the class."""
    apart = {rule.id for rule, _ in scaled.binding.apart} | {
        rule.id for rule in scaled.ruleset.rules if rule.kind == "contract"
    }
    for rule, grounding in scaled.binding.groundings.items():
        for predicate in () if rule in apart else grounding.predicates:
            found.tally.add(rule, verdict(predicate), _times(scaled, predicate.statement))


def _times(scaled: Scaled, statement: str | None) -> int:
    """How many entities have the statement: those of its class."""
    own = next((s for s in scaled.skeleton.submission.statements if s.id == statement), None)
    return scaled.skeleton.size[int(own.entity)] if own and own.entity else 1
