"""What tests are made of: facts, rules and submissions from text, and results as short lines to compare whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, settings

from checker.amounts.show import figure
from checker.confront import Confronted, confront
from checker.engine.python import Result, evaluate
from checker.facts import Index
from checker.kinds import KINDS
from checker.manifest import parse_manifest
from checker.model.document import Document, Place, Trap
from checker.model.outcomes import Outcome
from checker.model.rules import Derived, Grounding, Predicate, Relation, Rule, RuleSet, Term
from checker.model.submission import EXTRACT, PRIOR, SCALE, THIS, Fact, Submission
from checker.readers.text import parse
from checker.recognise import recognise, recognise_all

OERE, KR, TKR, MIO = 1, 100, 100_000, 100_000_000
"""Units of rounding in øre: one øre, a krone, 1.000 kr., a million."""

PROPERTY = settings(
    deadline=None, max_examples=150, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
"""How property tests run: the same examples on every run, and no time limit on one of them."""

_FACT = Fact(
    fact_id="",
    entity="IT",
    scope=None,
    statement="T1",
    line="1",
    label="Skoler",
    number=None,
    measure="regnskab",
    year=2023,
    basis=None,
    value=0,
    unit=TKR,
    dimension="kr",
    unit_known=True,
    as_printed="",
    orientation=1,
    place=Place("case", line=1),
)


def fact(value: int, unit: int = TKR, **changes: Any) -> Fact:
    """A fact of `value` and `unit` (both in øre); its id tells statement, line, measure and year."""
    made = replace(_FACT, value=value, unit=unit, **changes)
    name = f"{made.statement}.{made.line}.{made.measure}.{made.year}"
    return made if made.fact_id else replace(made, fact_id=name)


EMPTY = Submission((), "IT", 2023, (), (), (), ())
"""A submission of IT's accounts of 2023 in which nothing stands."""


def of_facts(*facts: Fact) -> Submission:
    """A submission of these facts alone."""
    return replace(EMPTY, facts=facts)


def submission(text: str) -> Submission:
    """What the recogniser makes of a text."""
    return recognise(Document("case", "", "utf-8", parse(text)))


def gathered(given: str, prior: str = "", extract: str = "", manifest: str = "", *traps: Trap) -> Submission:
    """What several texts state together; `traps` make the first a workbook in which they were found."""
    texts = ((given, THIS), (prior, PRIOR), (extract, EXTRACT))
    documents = [(Document(role, "", "utf-8", parse(text)), role) for text, role in texts if text]
    if traps:
        documents[0] = (replace(documents[0][0], encoding="xlsx", traps=traps), THIS)
    return recognise_all(documents, parse_manifest(manifest, "regnskab.yaml"))


def rule(kind: str, check: dict[str, Any] | None = None, **changes: Any) -> Rule:
    """A rule of one kind with the settings under `check`, the others at their defaults."""
    given = {key: setting.default for key, setting in KINDS[kind].settings.items()} | (check or {})
    words = {"da": "titel", "en": "title"}
    return replace(Rule("R", "some-defect", kind, "error", words, words, "unverified", given), **changes)


def ground(given: Rule, text: str | Submission) -> Grounding:
    """What a rule becomes in a submission."""
    return KINDS[given.kind].ground(given, submission(text) if isinstance(text, str) else text)


def run(text: str | Submission, *rules: Rule, truncated: bool = False) -> Confronted:
    """The rules confronted with a submission."""
    made = submission(text) if isinstance(text, str) else text
    return confront(made, RuleSet("set", "1", "", rules, truncated=truncated))


def results(facts: Sequence[Fact], relation: Relation, terms: Sequence[Term], truncated: bool = False) -> list[Result]:
    """Every result of one relation over hand-made facts."""
    return list(evaluate(Index(facts, truncated), [relation], terms))


def told(text: str | Submission, given: Rule, truncated: bool = False) -> list[str]:
    """Every outcome of one rule as a line."""
    return [line_of(outcome) for outcome in run(text, given, truncated=truncated).outcomes]


def line_of(outcome: Outcome) -> str:
    """An outcome in one line: status, what it is about and, where it was evaluated, the calculation."""
    at = outcome.at
    about = " ".join(str(part) for part in (at.statement, at.label, at.measure, at.year) if part not in ("", None))
    evidence = outcome.evidence
    if outcome.reason:
        return f"{outcome.status} {about}: {outcome.reason}"
    if evidence is None:
        found, allowed = outcome.message.args["found"], outcome.message.args["allowed"]
        return f"{outcome.status} {about}: found [{found}] allowed [{allowed}]"

    def shown(value: int | None, halves: bool = False) -> str:
        assert value is not None
        return figure(value, evidence.show, evidence.dimension, "da", halves=halves, word=False)

    times = f" times {evidence.divisor}" if evidence.divisor != 1 else ""
    return (
        f"{outcome.status} {about}: stated {shown(evidence.stated)} computed {shown(evidence.computed)} "
        f"off {shown(evidence.difference)} most {shown(evidence.tolerance2, halves=True)}{times}"
    )


def exactly(text: str | Submission, given: Rule, truncated: bool = False) -> list[str]:
    """Every outcome of one rule as a line with exact numbers in kroner, ones or per cent ('1/3' where it must)."""
    return [_exact_line(outcome) for outcome in run(text, given, truncated=truncated).outcomes]


def _exact_line(outcome: Outcome) -> str:
    line, evidence = line_of(outcome), outcome.evidence
    if evidence is None or outcome.reason:
        return line
    one = evidence.divisor * SCALE[evidence.dimension]

    def said(value: int | None, halves: int = 1) -> str:
        assert value is not None
        number = Fraction(value, one * halves)
        whole = number * 10**9
        return str(number) if whole.denominator > 1 else f"{Decimal(int(whole)).scaleb(-9).normalize():f}"

    return (
        f"{line.partition(':')[0]}: stated {said(evidence.stated)} computed {said(evidence.computed)} "
        f"off {said(evidence.difference)} most {said(evidence.tolerance2, 2)}"
    )


def derived_lines(grounding: Grounding) -> list[str]:
    """Every derived point with its operands in one line."""
    return [_derived_line(d, [t for t in grounding.terms if t.relation == d.id]) for d in grounding.derived]


def _derived_line(derived: Derived, terms: Sequence[Term]) -> str:
    where = f"{derived.mode} {derived.statement or '-'} free {','.join(derived.free) or '-'}"
    how = f"{derived.dimension} scale {derived.scale} constant {derived.constant}"
    extra = f" outliers {derived.outliers} least {derived.least}" if derived.op == "common" else ""
    return f"{derived.id}: {derived.op} {' '.join(_term_word(t) for t in terms)} | {where} {how}{extra}"


def relation_lines(grounding: Grounding) -> list[str]:
    """Every relation with its terms in one line; '*' marks the stated term."""
    return [_relation_line(r, [t for t in grounding.terms if t.relation == r.id]) for r in grounding.relations]


def _relation_line(relation: Relation, terms: Sequence[Term]) -> str:
    where = (
        f"{relation.mode} {relation.statement or '-'} free {','.join(relation.free) or '-'} missing {relation.missing}"
    )
    extra = f" blocked {relation.blocked}" if relation.blocked else ""
    extra += f" group {relation.group}" if relation.group else ""
    return f"{relation.id}: {' '.join(_term_word(t) for t in terms)} {relation.op} {relation.constant} | {where}{extra}"


def _term_word(term: Term) -> str:
    named = [term.statement, term.scope, term.line, term.measure, term.basis, term.year, term.clip]
    parts = ".".join("-" if part in (None, "") else str(part).replace(" ", "_") for part in named)
    return f"{term.weight:+d}{'*' if term.stated else ''}({parts})"


def predicate_line(predicate: Predicate) -> str:
    """A predicate in one line."""
    undecided = f" undecided {predicate.undecided}" if predicate.undecided else ""
    return (
        f"{predicate.id}: {predicate.about or '-'} found {list(predicate.found)} allowed {list(predicate.allowed)}"
        f" claims {list(predicate.claims)}{undecided}"
    )
