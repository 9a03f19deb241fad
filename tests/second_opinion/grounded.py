"""What the shipped rules become in their own cases and in the samples, put to both engines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from checker.kinds import KINDS
from checker.model.document import Document
from checker.model.rules import Relation, RuleCase, RuleSet, Term
from checker.model.submission import Submission
from checker.readers.text import parse
from checker.recognise import recognise
from checker.rulefile import load_rules, shipped
from checker.rulefile.shape import MISSING
from checker.run import read
from checker.version import DEFAULT_RULES
from tests.second_opinion.sql import Row, both

SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass(frozen=True, slots=True)
class Grounded:
    """A rule's case or a sample (`path`), with the rule set that is put to it."""

    name: str
    ruleset: str
    case: RuleCase | None = None
    path: Path | None = None

    def submission(self) -> Submission:
        """What the case or the sample states; a case is read as `checker.casetest` reads it."""
        if self.path is not None:
            return read(self.path)
        assert self.case is not None
        return recognise(Document("case", "", "utf-8", parse(self.case.given)))

    def rules(self) -> RuleSet:
        """The rule set, with the case's own parameters."""
        return (
            load_rules(self.ruleset, self.case.parameters) if self.case and self.case.parameters else _set(self.ruleset)
        )


@cache
def _set(name: str) -> RuleSet:
    return load_rules(name)


def cases() -> list[Grounded]:
    """Every case of every shipped rule of arithmetic once, each with the largest rule set that holds the rule."""
    found: dict[str, Grounded] = {}
    for name in sorted(shipped(), key=lambda each: len(_set(each).rules)):
        for rule in _set(name).rules:
            for case in () if KINDS[rule.kind].predicate else rule.cases:
                found[f"{rule.id}: {case.name}"] = Grounded(f"{rule.id}: {case.name}", name, case)
    return list(found.values())


def samples() -> list[Grounded]:
    """Every text under samples/ with the default rule set, which holds all rules."""
    paths = sorted(SAMPLES.glob("*/*.txt"))
    return [Grounded(path.relative_to(SAMPLES).as_posix(), DEFAULT_RULES, path=path) for path in paths]


def rows_of(grounded: Grounded, truncated: bool) -> list[Row]:
    """What both engines say of every rule, grounded, with each meaning of a missing part."""
    submission = grounded.submission()
    relations: list[Relation] = []
    terms: list[Term] = []
    for rule in grounded.rules().rules:
        if rule.unset:
            continue
        met = KINDS[rule.kind].ground(rule, submission)
        for missing in MISSING:
            relations += [replace(r, id=f"{r.id} {missing}", missing=missing) for r in met.relations]
            terms += [replace(t, relation=f"{t.relation} {missing}") for t in met.terms]
    return both(submission.facts, relations, terms, truncated)
