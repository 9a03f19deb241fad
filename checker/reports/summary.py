"""What does the report say first and last: the verdict, the counts, the rule set?"""

from __future__ import annotations

from collections.abc import Iterator

from checker.amounts.show import grouped
from checker.findings import EVALUATED, nothing_evaluated
from checker.messages import text
from checker.model.outcomes import ERROR_STATUS, FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING, Report
from checker.model.rules import ERROR, NOTE, WARNING
from checker.reports import View
from checker.reports.accepted import idle, since
from checker.reports.writing import clean, paint, wrapped
from checker.wording import adjusted


def head(report: Report, view: View) -> list[str]:
    """The verdict and the counts that matter before anything else, as lines."""
    title, colour, facts = headline(report, view)
    return ["", paint(view, colour, title), *wrapped(" · ".join(facts), 0, view), ""]


def headline(report: Report, view: View) -> tuple[str, str, list[str]]:
    """The verdict, its colour (a severity, or good), and the counts that matter before anything else."""

    def said(key: str, **args: str) -> str:
        return text(f"report.{key}", view.lang, args)

    def count(n: int) -> str:
        return grouped(n, 0, view.lang)

    counts = {s: sum(f.severity == s and not f.accepted for f in report.findings) for s in (ERROR, WARNING, NOTE)}
    accepted = sum(f.accepted for f in report.findings)
    crashed = report.count(ERROR_STATUS) > 0
    unread = sum(n.is_amount and n.reason != "unread.sentence" for n in report.submission.not_read)
    if crashed:
        verdict, colour = "crashed", ERROR
    elif counts[ERROR]:
        verdict, colour = "not_ready", ERROR
    elif nothing_evaluated(report):
        verdict, colour = "nothing", WARNING
    else:
        verdict, colour = ("explain", WARNING) if counts[WARNING] or unread else ("ready", "good")
    s = report.submission
    good = text("waiver.ready", view.lang) if verdict == "ready" and accepted else ""
    name = clean(s.entity or (s.files[0].path if s.files else ""))
    title = said(
        "title" if s.year and str(s.year) not in name else "title_no_year",
        entity=name,
        year=str(s.year or ""),
        verdict=good or said(verdict),
    )
    facts = [
        *([said("must_fix", n=str(counts[ERROR]))] if counts[ERROR] else []),
        *([said("must_explain", n=str(counts[WARNING]))] if counts[WARNING] else []),
        *([said("accepted", n=str(accepted))] if accepted else []),
        *([said("unread_one" if unread == 1 else "unread_many", n=str(unread))] if unread else []),
        said("covered", checked=count(report.coverage.checked), facts=count(report.coverage.facts)),
        _reconciled(report, view),
    ]
    lost = sum(abs(row.unexplained) for row in report.submission.extraction)
    if lost:
        facts.append(said("unexplained", n=str(lost)))
    return title, colour, facts


def _reconciled(report: Report, view: View) -> str:
    """How many printed figures were held against the accounting system."""
    held = [o for o in report.outcomes if o.kind == "reconcile" and not o.predicate and o.status in EVALUATED]
    wrong = sum(o.status == FAILED for o in held)
    key = "not_reconciled" if not held else "reconciled_wrong" if wrong else "reconciled"
    return text(f"report.{key}", view.lang, {"n": str(len(held)), "wrong": str(wrong)})


def tail(report: Report, view: View) -> Iterator[str]:
    """The counts of all checks, what is new, waivers that do not count, adjustments, the rule set, what is not said."""
    passed = report.count(PASSED) + report.count(PASSED_ROUNDING)
    args = {k: grouped(n, 0, view.lang) for k, n in (("n", passed), ("rounding", report.count(PASSED_ROUNDING)))}
    yield text("report.passed_count_shown" if view.show_passed else "report.passed_count", view.lang, args)
    unchecked = {"n": grouped(report.coverage.facts - report.coverage.checked, 0, view.lang)}
    shown = "report.unchecked_count_shown" if view.show_coverage else "report.unchecked_count"
    yield " · ".join(
        (
            text("report.not_evaluated_count", view.lang, {"n": grouped(report.count(NOT_EVALUATED), 0, view.lang)}),
            text(shown, view.lang, unchecked),
        )
    )
    yield _sums(report, view)
    yield from _unlisted(report, view)
    for line in (*since(report, view.lang), *idle(report, view.lang)):
        yield from wrapped(line, 0, view)
    yield from _searched(report, view)
    for made in report.adjusted:
        yield from wrapped(adjusted(made, view.lang), 0, view)
    yield text("report.ruleset", view.lang, {"id": report.ruleset_id, "version": report.ruleset_version})
    yield text("report.disclaimer", view.lang)


def _unlisted(report: Report, view: View) -> Iterator[str]:
    """How many checks of each rule failed beside those that are shown."""
    for rule, n in report.unlisted.items():
        yield text(
            f"report.unlisted_{'one' if n == 1 else 'many'}", view.lang, {"rule": rule, "n": grouped(n, 0, view.lang)}
        )


def _searched(report: Report, view: View) -> Iterator[str]:
    """Where causes were looked for, if not everywhere, and where the search was not finished."""
    found = report.diagnosis
    args = {"asked": str(found.asked), "parts": str(found.parts), "n": str(found.unfinished)}
    if view.show_coverage and found.asked < found.parts:
        yield from wrapped(text("report.searched", view.lang, args), 0, view)
    if found.unfinished:
        yield from wrapped(text("report.search_not_finished", view.lang, args), 0, view)


def _sums(report: Report, view: View) -> str:
    counts = []
    for severity in (ERROR, WARNING, NOTE):
        n = sum(f.severity == severity and not f.accepted for f in report.findings)
        counts.append(text(f"report.count_{severity}_{'one' if n == 1 else 'many'}", view.lang, {"n": str(n)}))
    accepted = {"n": str(sum(f.accepted for f in report.findings))}
    return f"{', '.join(counts)} · {text('report.accepted', view.lang, accepted)}"
