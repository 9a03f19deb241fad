"""One check from paths to Report: what the command line and the library share."""

from __future__ import annotations

from pathlib import Path

from checker import intake
from checker.confront import confront
from checker.diagnose.causes import diagnose
from checker.diagnose.repair import mark, symptoms
from checker.findings import coverage, exit_code, findings, nothing_evaluated
from checker.model.document import Document
from checker.model.outcomes import Report, RuleInfo
from checker.model.rules import RuleSet
from checker.model.submission import Submission
from checker.recognise import recognise
from checker.rulefile import load_rules
from checker.version import DEFAULT_RULES as DEFAULT
from checker.version import __version__

__all__ = ["check", "check_document", "check_submission", "exit_code", "nothing_evaluated", "read"]


def read(path: str | Path, name: str | None = None) -> Submission:
    """What a file or folder states. `name` is the path to report (default: its own name).

    Raises SubmissionError where it cannot be read.
    """
    return intake.read(path, name)[0]


def check(
    path: str | Path,
    rules: str | Path | RuleSet | None = None,
    name: str | None = None,
    prior: str | Path | None = None,
) -> Report:
    """Check one file or folder against a rule set (by id, file or loaded), with last year's submission if given.

    Without `rules` the folder's regnskab.yaml decides, else the default set is used. Raises SubmissionError,
    RuleError or RequestError; everything else that is wrong is in the report.
    """
    submission, declared = intake.read(path, name, prior)
    if not isinstance(rules, RuleSet):
        own = Path(path) / declared.ruleset
        stated: str | Path = own if declared.ruleset and own.is_file() else declared.ruleset or DEFAULT
        rules = load_rules(rules or stated)
    return check_submission(submission, rules)


def check_document(document: Document, ruleset: RuleSet) -> Report:
    """Check a document that a reader has made."""
    return check_submission(recognise(document), ruleset)


def check_submission(submission: Submission, ruleset: RuleSet) -> Report:
    """Check what was read."""
    confronted = confront(submission, ruleset)
    diagnosis = diagnose(submission, confronted, ruleset.truncated)
    explained = symptoms(diagnosis.causes, submission, ruleset, confronted.outcomes)
    outcomes = mark(confronted.outcomes, diagnosis.causes, explained)
    return Report(
        tool_version=__version__,
        ruleset_id=ruleset.id,
        ruleset_version=ruleset.version,
        ruleset_sha256=ruleset.sha256,
        rules=tuple(map(RuleInfo.of, ruleset.rules)),
        submission=submission,
        outcomes=outcomes,
        findings=findings(outcomes, submission, diagnosis, explained),
        coverage=coverage(outcomes, submission),
        plan=confronted.plan,
        switched_off=ruleset.switched_off,
        adjusted=ruleset.adjusted,
        diagnosis=diagnosis,
        two_people=ruleset.two_people,
    )
