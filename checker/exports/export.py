"""From a source and a rule set to one query for each rule, and a reason for each rule that has none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlglot import exp

from checker.errors import RequestError
from checker.exports.facts import Table, refuse
from checker.exports.plan import plan
from checker.exports.query import compared, sums
from checker.exports.unknown import unknown
from checker.exports.words import Words
from checker.kinds import KINDS
from checker.kinds.base import DOUBLED
from checker.model.outcomes import Message
from checker.model.rules import WITHIN, Grounding, Relation, Rule, RuleSet
from checker.model.submission import THIS
from checker.scale.binding import Part
from checker.scale.check import Scaled, prepare
from checker.scale.model import Backend, Instance
from checker.scale.notation import notation
from checker.scale.report import CONTRACT

UNKNOWN = "unknown_shapes"
"""The query that tells of rows the others do not count."""


@dataclass(frozen=True, slots=True)
class Query:
    """A rule as SQL, without a semicolon behind it; a row for each failed check."""

    rule: Rule
    sql: str


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A rule that the export does not say, and why."""

    rule: str
    why: Message


@dataclass(frozen=True, slots=True)
class Export:
    """All queries of one source in one dialect. `strange` is the query of rows that the others do not count.

    `columns` are those of the contract as the source names them, `value` the one with values.
    """

    source: str
    dialect: str
    ruleset: RuleSet
    queries: tuple[Query, ...]
    strange: str
    unsaid: tuple[Unsaid, ...]
    columns: tuple[str, ...] = ()
    value: str = ""


def export(backend: Backend, ruleset: RuleSet, dialect: str, name: exp.Expr) -> Export:
    """The queries on the table `name` (what stands after FROM), which is stored as the source is."""
    return queries(backend, prepare(backend, ruleset), dialect, name)


def queries(backend: Backend, scaled: Scaled, dialect: str, name: exp.Expr) -> Export:
    """The same of a source that is made ready."""
    ruleset = scaled.ruleset
    words = Words(dialect)
    table = Table(name, backend.source, notation(backend))
    refuse(scaled, table, words)
    made: list[Query] = []
    unsaid: list[Unsaid] = []
    for rule in ruleset.rules:
        tree = _of_rule(scaled, table, words, rule)
        if tree is not None:
            made.append(Query(rule, written(tree, words)))
        why = _why_not(scaled, rule, tree is not None)
        unsaid += [Unsaid(rule.id, why)] if why else []
    strange = unknown(scaled, table, words)
    if strange is None:
        raise RequestError("export.no_facts", file=backend.source.name)
    columns = backend.source.columns
    return Export(
        backend.source.name,
        dialect,
        ruleset,
        tuple(made),
        written(strange, words),
        tuple(unsaid),
        tuple(stored.name for stored in columns.values()),
        columns["value"].name,
    )


def written(tree: exp.Expr, words: Words) -> str:
    """As text, indented."""
    return tree.sql(words.dialect, pretty=True)


def _of_rule(scaled: Scaled, table: Table, words: Words, rule: Rule) -> exp.Select | None:
    binding = scaled.binding
    agreements = [a for a in binding.agreements if a.rule.id == rule.id]
    if agreements:
        made = plan(scaled, table.source, agreements, binding.points)
        return compared(scaled, table, words, rule, made, doubled=False)
    figures = _figures(scaled, rule)
    if figures:
        relation = Relation(rule.id, rule.id, "agree", WITHIN, ())
        each = [_alone(rule, relation, n) for n in range(len(figures))]
        return compared(scaled, table, words, rule, plan(scaled, table.source, each, figures), doubled=True)
    instances = [i for i in binding.instances if i.rule.id == rule.id and i.points]
    return (
        sums(scaled, table, words, rule, plan(scaled, table.source, instances, binding.points)) if instances else None
    )


def _figures(scaled: Scaled, rule: Rule) -> list[dict[int, Part]]:
    """Where no figure may stand twice in a table: each figure by the shapes that state it there."""
    grounding = scaled.binding.groundings.get(rule.id)
    if grounding is None or KINDS[rule.kind].by_figures(rule) != DOUBLED:
        return []
    asked = {p.statement for p in grounding.predicates}
    figures: dict[object, dict[int, Part]] = {}
    for (_, shape), fact in scaled.skeleton.facts.items():
        if fact.statement in asked and fact.submission == THIS:
            table = fact.statement.removesuffix(f" · {fact.entity}")
            figures.setdefault((table, replace(fact, entity="").point), {})[shape] = Part(shape, 0, 0, 0, 0)
    return list(figures.values())


def _alone(rule: Rule, relation: Relation, point: int) -> Instance:
    return Instance(-1, rule, relation, (), -1, (point,), (1,), ("",), (1,), 1, 0, 0)


def _why_not(scaled: Scaled, rule: Rule, said: bool) -> Message | None:
    """Why a rule is not said, or not all of it."""
    binding = scaled.binding
    crashed = next((error for own, error in binding.crashed if own.id == rule.id), None)
    if crashed is not None:
        return Message("export.crashed", {"what": f"{type(crashed).__name__}: {crashed}"})
    if any(own.id == rule.id for own, _ in binding.apart) and not said:
        return Message("export.apart", {})
    grounding: Grounding | None = binding.groundings.get(rule.id)
    if rule.kind == CONTRACT:
        return Message("export.contract", {"file": UNKNOWN})
    if grounding and grounding.predicates and KINDS[rule.kind].by_figures(rule) != DOUBLED:
        return Message("export.partly" if said else "export.predicate", {})
    if said:
        return None
    planned = next((p.reason for p in binding.plan if p.rule_id == rule.id and p.reason), "")
    return Message(planned or "reason.no_facts", {})
