"""The Python engine on a few of the facts: the calculation of what failed, and rules that sums do not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sqlglot import exp

from checker.amounts.show import plain_decimal
from checker.confront import confront
from checker.engine.python import evaluate
from checker.facts import Index
from checker.kinds import KINDS
from checker.kinds.base import DOUBLED
from checker.model.document import Place
from checker.model.outcomes import FAILED, PASSED, Outcome
from checker.model.rules import Grounding, Rule, RuleSet, Term
from checker.model.submission import Fact, Statement, Submission
from checker.names import Names
from checker.outcomes import from_result
from checker.scale.check import Scaled
from checker.scale.model import Backend, Instance
from checker.scale.plain import Found
from checker.scale.tree import col

Listed = Sequence[tuple[int, int]]
"""Entities with instances; an agreement is -1 less its number."""


class Oracle:
    """The facts of single entities, made again from the skeleton and the source."""

    def __init__(self, backend: Backend, scaled: Scaled) -> None:
        self._backend, self._scaled = backend, scaled
        self._terms: dict[str, list[Term]] = {}
        for grounding in scaled.binding.groundings.values():
            for term in grounding.terms:
                self._terms.setdefault(term.relation, []).append(term)
        submission = scaled.skeleton.submission
        self._statements = (*submission.statements, *submission.other_statements)
        self._plain = {s.id: s.id.removesuffix(f" · {s.entity}") for s in self._statements}

    def failures(self, listed: Listed) -> tuple[list[Outcome], list[Fact]]:
        """The outcomes of these checks with their calculations, and the facts they look at."""
        wanted = [(entity, shape) for entity, n in listed for shape in self._shapes(self._instance(n))]
        facts = dict(self._facts(wanted))
        outcomes = []
        for entity, n in listed:
            instance = self._instance(n)
            shapes = self._shapes(instance)
            own = [f for shape, f in facts.get(entity, ()) if shape in shapes]
            outcomes.append(self._outcome(instance, entity, own))
        return outcomes, [self._shown(f) for own in facts.values() for _, f in own]

    def _instance(self, number: int) -> Instance:
        binding = self._scaled.binding
        return binding.instances[number] if number >= 0 else binding.agreements[-1 - number]

    def _shapes(self, instance: Instance) -> set[int]:
        return {shape for p in instance.points for shape in self._scaled.binding.points[p]}

    def _outcome(self, instance: Instance, entity: int, facts: Sequence[Fact]) -> Outcome:
        """The one check of the relation that is about the instance's key."""
        key = (self._scaled.coded.entities[entity], *instance.key)
        index = Index(facts, others=[f for f in facts if f.submission != "this"])
        results = evaluate(index, [instance.relation], self._terms.get(instance.relation.id, []))
        result = next(r for r in results if r.key == key)
        own = self._of_class(self._scaled.of[entity], facts)
        made = from_result(instance.rule, result, Names(own))
        return self._told(made)

    def _told(self, outcome: Outcome) -> Outcome:
        """The outcome with the name of its table as the source has it, and whose it is."""
        at = outcome.at
        title = f"{at.title} · {at.entity}" if at.entity and len(self._scaled.coded.entities) > 1 else at.title
        return replace(outcome, at=replace(at, statement=self._plain.get(at.statement, at.statement), title=title))

    def _of_class(self, number: int, facts: Sequence[Fact]) -> Submission:
        """What an entity of the class submits, with these facts."""
        submission = self._scaled.skeleton.submission
        ids = {s.id for s in self._statements if s.entity in ("", str(number))}
        entity = facts[0].entity if facts else ""
        return replace(
            submission,
            entity=entity,
            entities=(entity,),
            facts=tuple(f for f in facts if f.submission == "this"),
            others=tuple(f for f in facts if f.submission != "this"),
            statements=tuple(self._named(s, entity) for s in submission.statements if s.id in ids),
            structure=tuple(p for p in submission.structure if p.statement in ids),
            claims=(),
        )

    def _named(self, statement: Statement, entity: str) -> Statement:
        return replace(statement, entity=entity, title=statement.title or self._plain[statement.id])

    def _shown(self, fact: Fact) -> Fact:
        return replace(fact, statement=self._plain.get(fact.statement, fact.statement))

    def _facts(self, wanted: Iterable[tuple[int, int]]) -> Iterator[tuple[int, list[tuple[int, Fact]]]]:
        """The facts of these entities and shapes, entity by entity."""
        if pairs := sorted(set(wanted)):
            yield from self._grouped(self._of_pairs(pairs))

    def _of_pairs(self, wanted: Iterable[tuple[int, int]]) -> exp.Select:
        pairs = sorted(wanted)
        asked = self._backend.small(
            "wanted", {"entity": ("INTEGER", [e for e, _ in pairs]), "shape": ("INTEGER", [s for _, s in pairs])}
        )
        on = exp.and_(col("entity", "c").eq(col("entity", "w")), col("shape", "c").eq(col("shape", "w")))
        return self._select().join(exp.alias_(asked, "w", table=True), on=on)

    def _select(self) -> exp.Select:
        columns = [col(n, "c") for n in ("entity", "shape", "value")]
        return exp.select(*columns).from_(exp.alias_(self._scaled.coded.table.copy(), "c", table=True))

    def _grouped(self, query: exp.Select) -> Iterator[tuple[int, list[tuple[int, Fact]]]]:
        ordered = query.order_by(col("entity", "c"), col("shape", "c"), col("value", "c"))
        rows = self._backend.rows(ordered)
        for entity, own in groupby(rows, key=lambda row: int(row[0])):
            made = [self._fact(entity, int(shape), int(value), n) for n, (_, shape, value) in enumerate(own)]
            yield entity, [each for each in made if each]

    def _fact(self, entity: int, shape: int, value: int, number: int) -> tuple[int, Fact] | None:
        model = self._scaled.skeleton.facts.get((self._scaled.of[entity], shape))
        if model is None:
            return None
        name = self._scaled.coded.entities[entity]
        shown = plain_decimal(value, model.dimension).replace(".", ",")
        place = Place(self._backend.source.name, row=number + 1)
        made = replace(
            model, fact_id=f"{entity}:{shape}:{number}", entity=name, value=value, as_printed=shown, place=place
        )
        return shape, made

    def apart(self, found: Found, most: int) -> list[Outcome]:
        """Rules that sums do not say, on the entities that they are about: their failures, all counted in `found`."""
        made: list[Outcome] = []
        for rule, grounding in self._scaled.binding.apart:
            made += self._apart(rule, grounding, found, most)
        return made

    def _apart(self, rule: Rule, grounding: Grounding, found: Found, most: int) -> Iterator[Outcome]:
        doubled = KINDS[rule.kind].by_figures(rule) == DOUBLED
        ruleset = RuleSet("", "", "", (rule,))
        listed = 0
        said: dict[tuple[int, str], int] = {}
        for entity, own in self._grouped(self._doubled(found) if doubled else self._taken(grounding)):
            facts = [f for _, f in own]
            for outcome in confront(self._of_class(self._scaled.of[entity], facts), ruleset).outcomes:
                if doubled:
                    said[entity, outcome.at.statement] = 1
                found.tally.add(rule.id, outcome.status)
                if outcome.status == FAILED and listed < most:
                    listed += 1
                    yield self._told(outcome)
        if doubled:
            for predicate in grounding.predicates:
                statement = next(s for s in self._statements if s.id == predicate.statement)
                number = int(statement.entity or 0)
                size = self._scaled.skeleton.size[number]
                told = sum(n == predicate.statement and self._scaled.of[e] == number for e, n in said)
                found.tally.add(rule.id, PASSED, size - told)

    def _taken(self, grounding: Grounding) -> exp.Select:
        """All facts of the measures that the rule's terms take, or of the tables that its predicates are about."""
        measures = {t.measure for t in grounding.terms}
        statements = {p.statement for p in grounding.predicates}
        submission = self._scaled.skeleton.submission
        shapes = {
            int(f.fact_id.partition(":")[2])
            for f in (*submission.facts, *submission.others)
            if None in measures or f.measure in measures or f.statement in statements
        }
        asked = self._backend.small("taken", {"shape": ("INTEGER", sorted(shapes))})
        on = col("shape", "c").eq(col("shape", "w"))
        return self._select().join(exp.alias_(asked, "w", table=True), on=on)

    def _doubled(self, found: Found) -> exp.Select:
        """The facts that state a figure of one table more than once."""
        submission = self._scaled.skeleton.submission
        facts = (*submission.facts, *submission.others)
        one = len({(f.statement, f.submission, f.point) for f in facts}) == len(facts)
        if one and (found.doubled is not None or not self._scaled.crowded):  # it is known who states a figure twice
            return self._of_pairs(found.doubled or ())
        groups: dict[object, int] = {}
        place = {}
        for fact in facts:
            key = (self._plain.get(fact.statement, fact.statement), replace(fact, entity="").point)
            place[int(fact.fact_id.partition(":")[2])] = groups.setdefault(key, len(groups))
        coded = exp.alias_(self._scaled.coded.table.copy(), "c", table=True)
        same = self._backend.small(
            "same_figure", {"shape": ("INTEGER", [*place]), "figure": ("INTEGER", [*place.values()])}
        )
        keys = [col("entity", "c"), col("figure", "s")]
        twice = (
            exp.select(*keys)
            .from_(coded.copy())
            .join(exp.alias_(same.copy(), "s", table=True), on=col("shape", "c").eq(col("shape", "s")))
            .group_by(*(k.copy() for k in keys))
            .having(exp.Count(this=exp.Star()) > 1)
        )
        if one:
            crowded = self._backend.small("crowded", {"entity": ("INTEGER", self._scaled.crowded)})
            its = col("entity", "c").eq(col("entity", "m"))
            twice = twice.join(exp.alias_(crowded, "m", table=True), on=its)
        on = exp.and_(col("entity", "c").eq(col("entity", "t")), col("figure", "s").eq(col("figure", "t")))
        return (
            exp.select(*(col(n, "c") for n in ("entity", "shape", "value")))
            .from_(coded)
            .join(exp.alias_(same, "s", table=True), on=col("shape", "c").eq(col("shape", "s")))
            .join(twice.subquery("t"), on=on)
        )
