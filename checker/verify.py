"""Does a check that is run again say the same as its report, and in which figures do two submissions differ?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from checker.amounts.intervals import interval
from checker.earlier import Check, Earlier, earlier, load
from checker.fingerprints import fingerprints, value_hash
from checker.messages import text
from checker.model.outcomes import STATUSES, Report
from checker.model.submission import DataPoint, Fact
from checker.wording import both

__all__ = ["Difference", "Row", "diff", "load", "verify"]

FILE, RULESET, TOOL, COUNT, OUTCOME, FINDING = "file", "ruleset", "tool", "count", "outcome", "finding"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the re-run says otherwise: `what` it is about (FILE … FINDING), and the message that tells it."""

    what: str
    key: str
    args: Mapping[str, str]

    def render(self, lang: str) -> str:
        """The sentence in Danish or English."""
        return text(self.key, lang, self.args)


def verify(before: Mapping[str, Any], report: Report, name: str = "") -> list[Difference]:
    """What differs between an earlier JSON report and the re-run; empty where they say the same.

    Held against each other: the hashes of all files (a file may have another name), rule set, version of the tool,
    counts, each outcome by fingerprint (status and figures) and the findings. Waivers and baselines are no part of it:
    they belong to the day of the run. Raises SubmissionError where the earlier report is damaged or foreign; `name` is
    its file's.
    """
    old = earlier(before, name)
    known_by = fingerprints(report.outcomes, report.submission)
    now = {
        mark: Check(o.rule_id, mark, value_hash(o), o.status, both(o.message))
        for mark, o in zip(known_by, report.outcomes, strict=True)
    }
    by_identity = {id(o): mark for mark, o in zip(known_by, report.outcomes, strict=True)}
    findings = [(f.cause, f.severity, tuple(by_identity[id(o)] for o in f.outcomes)) for f in report.findings]
    return [
        *_files(old.files, [(f.path, f.sha256) for f in report.submission.files]),
        *_made_by(old, report),
        *(
            _said(COUNT, "verify.count", status=f"@status.{status}", before=str(old.counts[status]), now=str(n))
            for status in STATUSES
            if old.counts[status] != (n := report.count(status))
        ),
        *_checks(old.checks, now),
        *_findings(old, findings, {**old.checks, **now}),
    ]


def _said(what: str, key: str, **args: str) -> Difference:
    return Difference(what, key, args)


def _files(before: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]) -> Iterator[Difference]:
    """Files of the same content are the same, whatever they are called; then those of the same name are one changed."""
    same = Counter(sha for _, sha in before) & Counter(sha for _, sha in now)
    old, new = _left(before, same), _left(now, same)
    named = {path for path, _ in old}
    for path, sha in old:
        alike = [f for f in new if f[0] == path] or [f for f in new if _base(f[0]) == _base(path) and f[0] not in named]
        if not alike:
            yield _said(FILE, "verify.file_gone", file=path)
            continue
        new.remove(alike[0])
        yield _said(FILE, "verify.file_changed", file=path, before=sha[:12], now=alike[0][1][:12])
    yield from (_said(FILE, "verify.file_new", file=path) for path, _ in new)


def _left(files: Sequence[tuple[str, str]], same: Counter[str]) -> list[tuple[str, str]]:
    """The files but as many of each content as both have."""
    skip = Counter(same)
    left = []
    for path, sha in files:
        if skip[sha]:
            skip[sha] -= 1
        else:
            left.append((path, sha))
    return left


def _base(path: str) -> str:
    return path.rpartition("/")[2]


def _made_by(old: Earlier, report: Report) -> Iterator[Difference]:
    id_, version, sha = old.ruleset
    if (id_, version) != (report.ruleset_id, report.ruleset_version):
        was, now = f"{id_} {version}", f"{report.ruleset_id} {report.ruleset_version}"
        yield _said(RULESET, "verify.ruleset", before=was, now=now)
    elif sha != report.ruleset_sha256:
        args = {"id": id_, "version": version, "before": sha[:12], "now": report.ruleset_sha256[:12]}
        yield _said(RULESET, "verify.ruleset_content", **args)
    if old.tool_version != report.tool_version:
        yield _said(TOOL, "verify.tool", before=old.tool_version, now=report.tool_version)


def _checks(before: Mapping[str, Check], now: Mapping[str, Check]) -> Iterator[Difference]:
    """In the order of the earlier report, then what only the re-run has."""
    for mark, old in before.items():
        new = now.get(mark)
        if new is None:
            yield _said(OUTCOME, "verify.check_gone", **_about(old), before=f"@status.{old.status}")
        elif new.status != old.status:
            args = {"before": f"@status.{old.status}", "now": f"@status.{new.status}"}
            yield _said(OUTCOME, "verify.check_status", **_about(old), **args)
        elif new.value_hash != old.value_hash:
            yield _said(OUTCOME, "verify.check_figures", **_about(old))
    for mark, new in now.items():
        if mark not in before:
            yield _said(OUTCOME, "verify.check_new", **_about(new), now=f"@status.{new.status}")


def _about(check: Check) -> dict[str, str]:
    return {"rule": check.rule_id, "fingerprint": check.fingerprint}


_Finding = tuple[str, str, tuple[str, ...]]


def _findings(old: Earlier, now: Sequence[_Finding], checks: Mapping[str, Check]) -> Iterator[Difference]:
    """Findings are the same where cause, severity and checks are; their order does not matter."""
    before, after = Counter(map(_sorted, old.findings)), Counter(map(_sorted, now))
    for key, only in (("verify.finding_gone", before - after), ("verify.finding_new", after - before)):
        for (_, severity, marks), n in only.items():
            rules = dict.fromkeys(checks[mark].rule_id for mark in marks if mark in checks)
            for _ in range(n):
                yield _said(FINDING, key, severity=f"@severity.{severity}", rules=", ".join(rules) or "–")


def _sorted(finding: _Finding) -> _Finding:
    cause, severity, marks = finding
    return cause, severity, tuple(sorted(marks))


@dataclass(frozen=True, slots=True)
class Row:
    """A data point that two submissions state otherwise: the fact of each, None where one does not state it.

    `difference` is the second's value less the first's, in steps of the dimension; `rounding` says that the two may
    be one figure, rounded otherwise.
    """

    point: DataPoint
    first: Fact | None
    second: Fact | None
    difference: int | None = None
    rounding: bool = False


def diff(first: Report, second: Report) -> list[Row]:
    """Where the figures of two submissions differ, by data point: in the order of the first, then what is only in the
    second.

    A figure that is printed several times counts once for each of its values; what stands in another place, or in
    another unit with the same value, does not differ. Figures of last year's files and of extracts are left out.
    """
    ours, theirs = _points(first), _points(second)
    rows: list[Row] = []
    for point in {**ours, **theirs}:
        rows += _rows(point, ours.get(point, []), theirs.get(point, []))
    return rows


def _points(report: Report) -> dict[DataPoint, list[Fact]]:
    """The facts that state each data point, the most precise first; points in the order of the submission."""
    found: dict[DataPoint, list[Fact]] = {}
    for fact in report.submission.facts:
        if not fact.refers:
            found.setdefault(fact.point, []).append(fact)
    return {point: sorted(facts, key=lambda f: f.unit) for point, facts in found.items()}


def _rows(point: DataPoint, ours: Sequence[Fact], theirs: Sequence[Fact]) -> Iterator[Row]:
    """One for each value that only one of them has, the two sides' paired; else beside the other's in that table."""
    for one, other in zip_longest(_only(ours, theirs), _only(theirs, ours)):
        a, b = one or _beside(other, ours), other or _beside(one, theirs)
        if a is None or b is None or a.dimension != b.dimension:
            yield Row(point, a, b)
            continue
        meets = a.unit != b.unit and interval(a.value, a.unit).meets(interval(b.value, b.unit))
        yield Row(point, a, b, b.value - a.value, meets)


def _only(these: Sequence[Fact], those: Sequence[Fact]) -> list[Fact]:
    """One fact for each value that no fact of the others has."""
    known = {(f.dimension, f.value) for f in those}
    own = {(f.dimension, f.value): f for f in reversed(these)}
    return [f for f in these if (f.dimension, f.value) not in known and own[f.dimension, f.value] is f]


def _beside(fact: Fact | None, others: Sequence[Fact]) -> Fact | None:
    same = (f for f in others if fact and f.statement == fact.statement)
    return next(same, next(iter(others), None))
