"""Do the rules do what their own cases say?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from checker.confront import confront
from checker.kinds.cell_trap import OF_DOCUMENTS
from checker.manifest import parse_manifest
from checker.model.document import Document, Place, Trap
from checker.model.outcomes import FAILED, PASSED, PASSED_ROUNDING
from checker.model.rules import Rule, RuleCase, RuleSet
from checker.model.submission import EXTRACT, PRIOR, THIS, Submission
from checker.readers.text import parse
from checker.recognise import recognise_all
from checker.rulefile import load_rules
from checker.rulefile.adjust import as_written


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what the rule said of it and what was expected ('failed (2)' counts findings)."""

    rule: str
    case: str
    expected: str
    found: str

    @property
    def ok(self) -> bool:
        """Whether the rule said what was expected."""
        return self.expected == self.found


def run_cases(ruleset: RuleSet, source: str | Path) -> Iterator[CaseResult]:
    """Every case of every rule, each against its rule alone; `source` is what the rule set was loaded from."""
    for rule in ruleset.rules:
        for case in rule.cases:
            yield CaseResult(rule.id, case.name, _expected(case), _found(rule, case, ruleset, source))


def _expected(case: RuleCase) -> str:
    return case.expect if case.findings is None else f"{case.expect} ({case.findings})"


def _submission(case: RuleCase, book: str) -> Submission:
    """What the case's texts state, with last year's and the extract where it gives them."""
    texts = ((case.given, THIS), (case.prior, PRIOR), (case.extract, EXTRACT))
    documents = [(Document(f"case {role}", "", "utf-8", parse(given)), role) for given, role in texts if given]
    if case.traps is not None:
        first, role = documents[0]
        at = Place(first.file, sheet="Ark1", cell="A1")
        said = tuple(Trap(t.partition(" ")[0], t.partition(" ")[2], at) for t in case.traps)
        documents[0] = (replace(first, encoding=book, traps=said), role)
    return recognise_all(documents, parse_manifest(case.manifest, "regnskab.yaml"))


def _found(rule: Rule, case: RuleCase, ruleset: RuleSet, source: str | Path) -> str:
    if case.parameters:
        ruleset = load_rules(source, case.parameters)
        rule = next(r for r in ruleset.rules if r.id == rule.id)
    rule = as_written(rule, ruleset.adjusted)  # its cases know nothing of where a later file wants it
    own = rule.file == Path(source).name  # an inherited rule's cases were written for rounded figures
    ruleset = replace(ruleset, truncated=ruleset.truncated and own)
    submission = _submission(case, "docx" if rule.settings.get("trap") in OF_DOCUMENTS else "xlsx")
    outcomes = confront(submission, replace(ruleset, rules=(rule,))).outcomes
    statuses = [o.status for o in outcomes]
    if any(o.reason and o.status == "error" for o in outcomes):
        return next(o.reason for o in outcomes if o.status == "error")
    if FAILED in statuses:
        return f"failed ({statuses.count(FAILED)})" if case.findings is not None else "failed"
    return next((s for s in (PASSED_ROUNDING, PASSED) if s in statuses), "not_evaluated")
