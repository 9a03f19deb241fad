"""What do lines of a report say of accepted deviations, and of what is new since an earlier report?"""

from __future__ import annotations

from collections.abc import Iterator

from checker.messages import text
from checker.model.accepted import (
    CHANGED,
    EXPIRED,
    NEW,
    UNAPPROVED,
    UNCHANGED,
    USED,
    Waiver,
    WaiverState,
)
from checker.model.outcomes import FAILED, Finding, Report

MOST_GONE = 10


def reasons(finding: Finding, lang: str) -> Iterator[str]:
    """Why its failed checks are accepted, by whom and until when; one line for each reason that is told apart.

    Where only some of them are accepted, the line says of how many.
    """
    failed = [o for o in finding.outcomes if o.status == FAILED]
    counts: dict[tuple[str, ...], list[Waiver]] = {}
    for waiver in (o.waiver for o in failed if o.waiver):
        told = (waiver.reason, waiver.by, waiver.date, waiver.approved_by, waiver.until)
        counts.setdefault(told, []).append(waiver)
    for same in counts.values():
        part = {"n": str(len(same)), "all": str(len(failed))}
        opening = text("waiver.reason", lang) if finding.accepted else text("waiver.part", lang, part)
        yield f"{opening}: {_who(same[0], lang)}"


def _who(waiver: Waiver, lang: str) -> str:
    """'Begrundelse (Bo, 2026-03-01, godkendt af Eva, til og med 2026-12-31)'; what people wrote is left as it is."""
    until = text("waiver.until", lang, {"date": waiver.until}) if waiver.until else text("waiver.no_until", lang)
    approved = text("adjusted.approved_by", lang, {"name": ""}) + waiver.approved_by if waiver.approved_by else ""
    said = ", ".join(part for part in (waiver.by, waiver.date, approved, until) if part)
    return f"{waiver.reason} ({said})"


def idle(report: Report, lang: str) -> Iterator[str]:
    """A line for each waiver that does not count, with why."""
    return (_idle(made, lang) for made in report.waivers if made.state != USED)


def _idle(made: WaiverState, lang: str) -> str:
    waiver = made.waiver
    about = " ".join(part for part in (waiver.rule or waiver.fingerprint, waiver.about) if part)
    args = {EXPIRED: {"date": waiver.until}, UNAPPROVED: {"by": waiver.by}}.get(made.state)
    return f"{text('waiver.line', lang, {'line': str(waiver.line)})} ({about}): {_state(made.state, lang, args)}."


def _state(state: str, lang: str, args: dict[str, str] | None) -> str:
    return text(f"waiver.{state}", lang, args)


def since(report: Report, lang: str) -> Iterator[str]:
    """How many failed checks are new, as they were, or gone since the earlier report, and which are gone."""
    if not report.baseline:
        return
    if report.baseline_foreign:
        yield text("since.foreign", lang, {"name": report.baseline})
        return
    failed = [o.baseline for o in report.outcomes if o.status == FAILED]
    new, changed, unchanged = (failed.count(state) for state in (NEW, CHANGED, UNCHANGED))
    said = [_counted("new", new, lang)]
    said += [text("since.changed", lang, {"n": str(changed)})] if changed else []
    said += [_counted("unchanged", unchanged, lang), text("since.gone", lang, {"n": str(len(report.gone))})]
    yield f"{text('since.heading', lang, {'name': report.baseline})}: {', '.join(said)}"
    for gone in report.gone[:MOST_GONE]:
        yield f"{text('since.went', lang)}: {gone.rule_id} {gone.message[lang]}"
    if len(report.gone) > MOST_GONE:
        yield text("since.more", lang, {"n": str(len(report.gone) - MOST_GONE)})


def _counted(what: str, n: int, lang: str) -> str:
    return text(f"since.{what}_{'one' if n == 1 else 'many'}", lang, {"n": str(n)})


def mark(finding: Finding, lang: str) -> str:
    """'[ny]' where no check of the finding failed in the earlier report, '[andre tal …]' where not all failed alike."""
    states = {o.baseline for o in finding.outcomes if o.status == FAILED and o.baseline}
    if not states - {UNCHANGED}:
        return ""
    return f"[{text('since.is_new' if states == {NEW} else 'since.is_changed', lang)}]"
