"""What are checks, figures, places and results called in the working paper?"""

from __future__ import annotations

from collections.abc import Iterable

from checker.messages import catalogue, text
from checker.model.accepted import Waiver
from checker.model.document import Place
from checker.model.outcomes import FAILED, PASSED, At, Outcome, Report
from checker.model.submission import Fact
from checker.names import Names, numbered
from checker.reports.places import joined
from checker.reports.working_paper_terms import Item

_PLACES = 30
"""So many places of one check are listed."""


def status(outcome: Outcome, lang: str) -> str:
    """The result with its symbol: '✓ stemmer'."""
    word = f"status.{outcome.status}"
    if outcome.predicate and outcome.status in (PASSED, FAILED):
        word = "status.met" if outcome.status == PASSED else "status.not_met"
    return text(f"paper.symbol.{outcome.status}", lang, {"word": text(word, lang)})


def status_word(status_: str, lang: str) -> str:
    """The result of a calculation with its symbol."""
    return text(f"paper.symbol.{status_}", lang, {"word": text(f"status.{status_}", lang)})


def severity(value: str, lang: str) -> str:
    """'✗ fejl', '! advarsel', 'i til orientering'."""
    symbol = "failed" if value == "error" else value
    return text(f"paper.symbol.{symbol}", lang, {"word": text(f"severity.{value}", lang)})


def about(at: At, lang: str) -> str:
    """Line, measure, year and table: '3 Leasing · regnskab 2021 · „Titel“'."""
    measure = f"{text(f'measure.{at.measure}', lang)} {at.year or ''}".strip() if at.measure else ""
    title = text("report.quoted", lang, {"text": at.title}) if at.title and at.title != at.statement else ""
    return " · ".join(said for said in (at.label if at.measure else "", measure, title) if said)


def about_fact(fact: Fact, names: Names, lang: str) -> str:
    """The same of one figure."""
    title, label = names.title(fact.statement), numbered(fact.number, fact.label)
    return about(At(fact.entity, fact.statement, title, fact.line, label, fact.measure, fact.year), lang)


def label(item: Item, lang: str) -> str:
    """What a row of a calculation is called."""
    own = item.label.startswith("@") and item.label[1:] in catalogue(lang)
    said = text(item.label[1:], lang) if own else item.label
    said = f"{said}, {text(f'measure.{item.measure}', lang)}" if item.measure else said
    return f"{said} {item.year}" if item.year is not None else said


def places(found: Iterable[Place], report: Report, lang: str) -> str:
    """Where something stands; of many places the first."""
    every = list(dict.fromkeys(found))
    more = " …" if len(every) > _PLACES else ""
    return joined(every[:_PLACES], report.submission.files, lang) + more


def title_of(outcome: Outcome, report: Report, lang: str) -> str:
    """The title of the outcome's rule."""
    return next((r.title[lang] for r in report.rules if r.id == outcome.rule_id), outcome.rule_name)


def waived(waiver: Waiver, lang: str) -> str:
    """The reason, with who accepted it and until when."""
    who = [text("paper.finding.by", lang, {"by": waiver.by, "date": waiver.date})]
    if waiver.approved_by:
        who.append(text("paper.finding.approved", lang, {"by": waiver.approved_by}))
    if waiver.until:
        who.append(text("paper.finding.until", lang, {"date": waiver.until}))
    return text("paper.finding.waived", lang, {"reason": waiver.reason, "who": "; ".join(who)})


def yes(value: bool, lang: str) -> str:
    """'ja' or 'nej'."""
    return text("paper.yes" if value else "paper.no", lang)
