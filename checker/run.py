"""One check from paths to Report: what the command line and the library share."""

from __future__ import annotations

from pathlib import Path

from checker.confront import confront
from checker.diagnose.arbiter import name_suspects
from checker.findings import EVALUATED, coverage, findings
from checker.model.document import Document
from checker.model.outcomes import ERROR_STATUS, FAILED, Report, RuleInfo
from checker.model.rules import SEVERITIES, RuleSet
from checker.model.submission import Submission
from checker.readers import read_document
from checker.recognise import recognise
from checker.rulefile import load_rules
from checker.version import DEFAULT_RULES as DEFAULT
from checker.version import __version__


def read(path: str | Path, name: str | None = None) -> Submission:
    """What a file states. `name` is the path to report (default: the file's own name).

    Raises SubmissionError where the file cannot be read.
    """
    return recognise(read_document(Path(path), name))


def check(path: str | Path, rules: str | Path | RuleSet = DEFAULT, name: str | None = None) -> Report:
    """Check one file against a rule set (by id, file or loaded).

    Raises SubmissionError, RuleError or RequestError; everything else that is wrong is in the report.
    """
    ruleset = rules if isinstance(rules, RuleSet) else load_rules(rules)
    return check_submission(read(path, name), ruleset)


def check_document(document: Document, ruleset: RuleSet) -> Report:
    """Check a document that a reader has made."""
    return check_submission(recognise(document), ruleset)


def check_submission(submission: Submission, ruleset: RuleSet) -> Report:
    """Check what was read."""
    confronted = confront(submission, ruleset)
    outcomes = confronted.outcomes
    if any(o.kind == "same_figure" and o.status == FAILED for o in outcomes):
        outcomes = name_suspects(outcomes, submission, confronted.groundings, ruleset.truncated)
    return Report(
        tool_version=__version__,
        ruleset_id=ruleset.id,
        ruleset_version=ruleset.version,
        ruleset_sha256=ruleset.sha256,
        rules=tuple(RuleInfo(r.id, r.name, r.severity, r.title, r.why, r.authority, r.kind) for r in ruleset.rules),
        submission=submission,
        outcomes=outcomes,
        findings=findings(outcomes, submission),
        coverage=coverage(outcomes, submission),
        plan=confronted.plan,
        switched_off=ruleset.switched_off,
    )


def nothing_evaluated(report: Report) -> bool:
    """Whether no calculation could be carried out: then nothing is approved, whatever else was found."""
    return not any(o.status in EVALUATED and not o.predicate for o in report.outcomes)


def exit_code(report: Report, fail_on: str = "error", min_coverage: int = 0) -> int:
    """The exit code by the contract.

    0 nothing at or above `fail_on`; 1 findings; 2 nothing evaluated or coverage (per cent) too low; 3 a crash.
    """
    codes = [0]
    if any(SEVERITIES.index(f.severity) >= SEVERITIES.index(fail_on) for f in report.findings):
        codes.append(1)
    if nothing_evaluated(report) or 100 * report.coverage.checked < min_coverage * report.coverage.facts:
        codes.append(2)
    if any(o.status == ERROR_STATUS for o in report.outcomes):
        codes.append(3)
    return max(codes)
