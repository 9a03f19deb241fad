"""A run over a large source -> the same Report as of one document, with all outcomes counted and some of them shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from checker.confront import crashed
from checker.engine.predicates import verdict
from checker.findings import findings
from checker.kinds import KINDS
from checker.model.document import Place
from checker.model.outcomes import (
    ERROR_STATUS,
    FAILED,
    PASSED,
    Coverage,
    Outcome,
    PlanRow,
    Report,
    RuleInfo,
)
from checker.model.rules import Grounding, Predicate, Rule, RuleSet
from checker.model.submission import THIS, Claim, Fact, Remark, SourceFile, Submission
from checker.names import Names
from checker.outcomes import from_predicate
from checker.scale.check import Scaled
from checker.scale.model import Backend, Violation
from checker.scale.oracle import Oracle
from checker.version import __version__

SHOWN = 3
"""So many rows that break the contract in one way are named."""
CONTRACT = "contract"
"""The kind of the rule that rows keep the contract of long form."""


def report(backend: Backend, scaled: Scaled, ruleset: RuleSet, most: int) -> Report:
    """Everything that was found; of each rule at most so many failures are shown with their calculation."""
    oracle = Oracle(backend, scaled)
    found = scaled.found
    shown: list[Outcome] = oracle.apart(found, most)
    outcomes, facts = oracle.failures([each for listed in found.failed.values() for each in listed])
    shown += outcomes
    submission = _submission(backend, scaled, facts)
    rules = {rule.id: rule for rule in ruleset.rules}
    shown += _predicates(scaled, submission, rules, most)
    shown += _contract(scaled, submission, rules)
    crashes = [crashed(rule, error) for rule, error in scaled.binding.crashed]
    for outcome in crashes:
        found.tally.add(outcome.rule_id, ERROR_STATUS)
    shown = sorted([*shown, *crashes], key=lambda o: (o.rule_id, o.at.entity, o.at.line, o.at.year or 0))
    counts = {rule: sum(n for (own, _), n in found.tally.counts.items() if own == rule) for rule in rules}
    return Report(
        tool_version=__version__,
        ruleset_id=ruleset.id,
        ruleset_version=ruleset.version,
        ruleset_sha256=ruleset.sha256,
        rules=tuple(map(RuleInfo.of, ruleset.rules)),
        submission=submission,
        outcomes=tuple(shown),
        findings=findings(shown, submission),
        coverage=_coverage(scaled),
        plan=(*scaled.binding.plan, *(PlanRow(rule, "", n) for rule, n in counts.items() if n)),
        switched_off=ruleset.switched_off,
        adjusted=ruleset.adjusted,
        two_people=ruleset.two_people,
        tally=dict(sorted(found.tally.counts.items())),
    )


def _submission(backend: Backend, scaled: Scaled, facts: list[Fact]) -> Submission:
    source, skeleton = backend.source, scaled.skeleton.submission
    remarks = [Remark("reading.long_form", (), Place(source.name))]
    if scaled.left_out:
        remarks.append(Remark("reading.left_out", (("n", str(scaled.left_out)),), Place(source.name)))
    if source.others:
        remarks.append(Remark("reading.open_dimensions", (("columns", ", ".join(source.others)),), Place(source.name)))
    statements = {s.id.removesuffix(f" · {s.entity}"): s for s in reversed(skeleton.statements)}
    return Submission(
        files=(SourceFile(source.name, source.sha256, "utf-8"),),
        entity=scaled.coded.entities[0] if len(scaled.coded.entities) == 1 else "",
        year=skeleton.year,
        statements=tuple(replace(s, id=name, entity="", place=Place(source.name)) for name, s in statements.items()),
        facts=tuple(f for f in facts if f.submission == THIS),
        claims=(),
        structure=(),
        remarks=tuple(remarks),
        others=tuple(f for f in facts if f.submission != THIS),
        entities=tuple(dict.fromkeys(f.entity for f in facts)),
    )


def _predicates(scaled: Scaled, submission: Submission, rules: Mapping[str, Rule], most: int) -> list[Outcome]:
    """Predicates that fail, one for each class of entities; how many these are is counted already."""
    apart = {rule.id for rule, _ in scaled.binding.apart}
    names = Names(replace(submission, claims=scaled.skeleton.submission.claims))
    made: list[Outcome] = []
    for id_, grounding in scaled.binding.groundings.items():
        if id_ in apart or rules[id_].kind == CONTRACT:
            continue
        failed = [p for p in grounding.predicates if verdict(p) == FAILED][:most]
        made += [from_predicate(rules[id_], _placed(p, submission), FAILED, names) for p in failed]
    return made


def _placed(predicate: Predicate, submission: Submission) -> Predicate:
    return replace(predicate, places=(Place(submission.files[0].path),), claims=())


def _contract(scaled: Scaled, submission: Submission, rules: Mapping[str, Rule]) -> list[Outcome]:
    """One outcome per column and check that rows break, with how many they are; one where all hold."""
    made: list[Outcome] = []
    for rule in (r for r in rules.values() if r.kind == CONTRACT and r.id in scaled.binding.groundings):
        groups: dict[tuple[str, str], list[Violation]] = {}
        for each in scaled.violations:
            groups.setdefault((each.column, each.check), []).append(each)
        if not groups:
            scaled.found.tally.add(rule.id, PASSED)
        claims = tuple(
            Claim("long_form", "", about, value, Place(submission.files[0].path))
            for about, value in [
                ("", str(scaled.shapes.rows)),
                *((c, f"{check}: {v.example}{_rows(scaled, v)}") for (c, check), own in groups.items() for v in own),
            ]
        )
        named = replace(submission, claims=claims)
        grounding: Grounding = KINDS[CONTRACT].ground(rule, named)
        for predicate in grounding.predicates if groups else ():
            args = dict(predicate.args)
            count = sum(v.count for (c, check), own in groups.items() for v in own if args["about"] == c
                        and args["check"] == f"@contract.{check}")  # fmt: skip
            counted = replace(predicate, args=tuple((args | {"n": str(count)}).items()))
            made.append(from_predicate(rule, counted, FAILED, Names(named)))
            scaled.found.tally.add(rule.id, FAILED)
    return made


def _rows(scaled: Scaled, violation: Violation) -> str:
    """The first rows that break the contract, by area, table, line, measure and year."""
    found = [(entity, shape) for entity, shape in scaled.coded.odd if shape in violation.shapes][:SHOWN]
    told = []
    for entity, shape in found:
        values = scaled.shapes.all[shape].values
        parts = [scaled.coded.entities[entity], *(values.get(n) for n in ("statement", "line", "measure", "year"))]
        told.append(", ".join(str(part) for part in parts if part not in (None, "")))
    more = "; …" if len(found) == SHOWN and violation.count > SHOWN else ""
    return f" ({'; '.join(told)}{more})" if told else ""


def _coverage(scaled: Scaled) -> Coverage:
    """Figures whose shape takes part in a check that values decide; counted by shape, not figure by figure."""
    binding = scaled.binding
    asked = [i for i in binding.instances if i.status == ""]
    compared = [a for a in binding.agreements if len(binding.points[a.points[0]]) > 1]
    shapes = {shape for i in (*asked, *compared) for p in i.points for shape in binding.points[p]}
    checked = sum(scaled.shapes.all[shape].facts for shape in shapes)
    return Coverage(scaled.shapes.rows, checked)
