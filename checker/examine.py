"""One check with all that is asked of it: accepted deviations, an earlier report, without the document's words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from checker.baseline import compare
from checker.earlier import load
from checker.manifest import NAME as MANIFEST
from checker.model.accepted import BASELINE, DECLARED, WAIVED
from checker.model.outcomes import Report
from checker.model.rules import RuleSet
from checker.model.submission import SourceFile
from checker.readers.source import read_bytes, sha256
from checker.run import check
from checker.waivers import NAME, apply, read


@dataclass(frozen=True, slots=True)
class Extras:
    """What is done to a report beside checking; `waivers` is a file other than the one beside the submission."""

    waivers: Path | None = None
    ignore_waivers: bool = False
    baseline: Path | None = None
    redact: bool = False
    today: date = field(default_factory=date.today)


def examine(
    path: Path, rules: str | RuleSet | None, name: str | None, prior: Path | None = None, extras: Extras | None = None
) -> Report:
    """Check a file or folder. Raises what `run.check`, `waivers.read` and `earlier.load` do."""
    asked = extras or Extras()
    report = check(path, rules, name, prior)
    basis = {DECLARED: path / MANIFEST} if (path / MANIFEST).is_file() else {}
    file = asked.waivers or beside(path)
    if not asked.ignore_waivers and (asked.waivers or file.is_file()):
        report = apply(report, read(file, file.name), asked.today, report.two_people)
        basis[WAIVED] = file
    if asked.baseline:
        report = compare(report, load(asked.baseline), asked.baseline.name)
        basis[BASELINE] = asked.baseline
    report = replace(report, basis=tuple(_hashed(file, role) for role, file in basis.items()))
    if asked.redact:
        from checker.redact import redacted

        report = redacted(report)
    return report


def _hashed(file: Path, role: str) -> SourceFile:
    return SourceFile(file.name, sha256(read_bytes(file, file.name)), "utf-8", role)


def beside(path: Path) -> Path:
    """The waivers that belong to a submission: in its folder, or beside its file."""
    return (path if path.is_dir() else path.parent) / NAME
