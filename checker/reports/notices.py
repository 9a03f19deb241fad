"""What is a list of findings to say of each: how grave, where, what, why, and what to do? Shared by several formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.amounts.show import figure
from checker.findings import nothing_evaluated
from checker.messages import catalogue, text
from checker.model.document import Place
from checker.model.outcomes import ERROR_STATUS, FAILED, Evidence, Finding, Outcome, Report
from checker.model.rules import ERROR
from checker.model.submission import Fact, SourceFile
from checker.names import numbered
from checker.printed import printed
from checker.reports.calculation import calculation, whole
from checker.reports.places import where
from checker.reports.plain import line
from checker.wording import say

_CELLS = (".csv", ".tsv", ".tab")
"""Endings of files whose places count columns in cells, not in characters."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding, a crash or a file that was not read, in words; every text is one line.

    `said` is what is wrong, `more` further sentences, `sums` the calculation by rows, `next_step` what to do.
    `accepted` is the reason it is accepted with. `id` is the rule's, '' where no rule says it.
    """

    severity: str
    id: str
    name: str
    title: str
    about: str
    said: str
    more: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    next_step: str = ""
    size: str = ""
    place: Place | None = None
    accepted: str = ""
    finding: Finding | None = None


def notices(report: Report, lang: str) -> list[Notice]:
    """All that a reader must be told, gravest first: what kept the check from being made, then the findings."""
    return [*_hindrances(report, lang), *(_notice(f, report, lang) for f in report.findings)]


def _hindrances(report: Report, lang: str) -> Iterator[Notice]:
    for outcome in report.outcomes:
        if outcome.status == ERROR_STATUS:
            title = text("formats.crashed", lang)
            yield Notice(ERROR, outcome.rule_id, outcome.rule_name, title, "", line(say(outcome.message, lang)))
    for fault in report.submission.faults:
        said = line(text(fault.key, lang, dict(fault.args)))
        yield Notice(ERROR, "", "", text("formats.not_read", lang), "", said, place=fault.place)
    if nothing_evaluated(report):
        file = next((Place(f.path) for f in report.submission.files), None)
        yield Notice(ERROR, "", "", text("formats.not_checked", lang), "", text("formats.nothing", lang), place=file)


def _notice(finding: Finding, report: Report, lang: str) -> Notice:
    outcome = finding.outcomes[0]
    own = finding.about if finding.heading else None  # the figure that is wrong, where it is known
    return Notice(
        finding.severity,
        outcome.rule_id,
        outcome.rule_name,
        line(say(finding.heading, lang) if finding.heading else title_of(outcome, report, lang)),
        about_fact(own, report, lang) if own else about(outcome, lang),
        line(say(finding.message, lang)),
        tuple(line(say(m, lang)) for m in finding.further),
        _shown(finding, report, lang) or sums(outcome, report, lang),
        line(say(finding.next_step, lang)),
        size(finding, lang),
        own.place if own else next(iter(outcome.places), None),
        accepted(finding),
        finding,
    )


def accepted(finding: Finding) -> str:
    """The reasons a finding is accepted with; '' where it is not accepted as a whole."""
    if not finding.accepted:
        return ""
    reasons = (o.waiver.reason for o in finding.outcomes if o.waiver is not None and o.status == FAILED)
    return "; ".join(dict.fromkeys(map(line, reasons)))


def title_of(outcome: Outcome, report: Report, lang: str) -> str:
    """The title of the outcome's rule."""
    return line(next((r.title[lang] for r in report.rules if r.id == outcome.rule_id), outcome.rule_name))


def about(outcome: Outcome, lang: str) -> str:
    """Line, measure, year and table: '3 Leasing · regnskab 2021 · „Titel“'."""
    at = outcome.at
    title = at.title if at.title != at.statement else ""
    return _subject(at.label if at.measure else "", at.measure, at.year, title, lang)


def about_fact(fact: Fact, report: Report, lang: str) -> str:
    """The same of one figure."""
    statements = (*report.submission.statements, *report.submission.texts)
    title = next((s.title for s in statements if s.id == fact.statement), "")
    label = numbered(fact.number, fact.label)
    return _subject(label, fact.measure, fact.year, title if title != fact.statement else "", lang)


def _subject(label: str, measure: str, year: int | None, title: str, lang: str) -> str:
    what = text(f"measure.{measure}", lang) if measure else ""
    quoted = text("report.quoted", lang, {"text": line(title)}) if title else ""
    return " · ".join(p for p in (line(label), f"{what} {year or ''}".strip(), quoted) if p)


def sums(outcome: Outcome, report: Report, lang: str) -> tuple[str, ...]:
    """The calculation as rows of text, none where there is none."""
    return () if outcome.evidence is None else tuple(map(line, _rows(outcome.evidence, report, lang)))


def _rows(evidence: Evidence, report: Report, lang: str) -> list[str]:
    made = printed(evidence)
    terms = tuple(replace(t, label=_name(t.label, lang)) for t in made.terms)
    missing = tuple(_name(name, lang) for name in made.missing)
    return calculation(replace(made, terms=terms, missing=missing), report.submission.files, lang)


def _name(label: str, lang: str) -> str:
    """A name that begins with '@' in the document itself, and is no key of the catalogue, as a name."""
    return f" {label}" if label.startswith("@") and label[1:] not in catalogue(lang) else label


def _shown(finding: Finding, report: Report, lang: str) -> tuple[str, ...]:
    """The calculations of figures that cannot all be right by several checks together."""
    rows: list[str] = []
    for sentence, evidence in finding.shown:
        rows += [say(sentence, lang), *_rows(evidence, report, lang)]
    return tuple(map(line, rows))


def size(finding: Finding, lang: str) -> str:
    """The amount at stake: how far the figure is from what it should be, else the difference."""
    fact = finding.about
    if finding.off and fact:
        return figure(finding.off, fact.unit, fact.dimension, lang, word=fact.unit_known)
    made = finding.outcomes[0].evidence
    if made is None or not made.difference:
        return ""
    return figure(abs(whole(made, made.difference)), made.show, made.dimension, lang, word=made.unit_known)


def spot(place: Place, lang: str) -> str:
    """Where in its file: 'linje 7', 'Ark1 B7', 'side 3, afsnit 4'; '' where only the file is known."""
    said = line(where(place, [SourceFile(place.file, "", "")], lang))
    return "" if said == line(place.file.rpartition("/")[2]) else said


def character(place: Place) -> int | None:
    """The column of a place in characters from 1; None where it is not known."""
    return None if place.line is None or place.file.lower().endswith(_CELLS) else place.column
