"""A calculation as rows of text: every figure with its sign, computed, stated, difference, tolerance."""

from __future__ import annotations

from collections.abc import Sequence

from checker.amounts.intervals import clipped
from checker.amounts.show import figure, grouped
from checker.messages import text, word
from checker.model.outcomes import Evidence, EvidenceTerm
from checker.model.submission import SCALE, SourceFile
from checker.reports.places import where

_WIDEST = 72
"""Characters of what a figure is called and where it stands."""

_OPERANDS = ("from", "less")
"""What a stated difference is made of."""


def calculation(evidence: Evidence, files: Sequence[SourceFile], lang: str) -> list[str]:
    """The rows, figures right-aligned in one column; `files` are those of the submission, for the places."""
    if not evidence.terms:
        return []
    rows = cells(evidence, files, lang)
    label_width = min(_WIDEST, max(len(label) for _, label, _ in rows))
    width = max(len(value) for _, _, value in rows)
    lines = [f"{sign:>1} {label[:_WIDEST]:<{label_width}}  {value:>{width}}" for sign, label, value in rows]
    return lines + remarks(evidence, lang)


def cells(evidence: Evidence, files: Sequence[SourceFile], lang: str) -> list[tuple[str, str, str]]:
    """The rows as sign, name and figure."""
    if evidence.op == "agree":
        return [("", _table(t, files, lang), _shown(evidence, t.value, lang)) for t in evidence.terms]
    return _relation(evidence, lang) if evidence.terms else []


def _relation(evidence: Evidence, lang: str) -> list[tuple[str, str, str]]:
    stated = next((t for t in evidence.terms if t.stated), None)
    flip = -1 if stated is not None and stated.weight > 0 else 1
    rows = []
    operands = [t for t in evidence.terms if t.join in _OPERANDS]
    others = [t for t in evidence.terms if not t.stated and t.join not in _OPERANDS]
    for number, term in enumerate(others):
        weight = term.weight * flip
        sign = "-" if weight < 0 and evidence.op == "=" else "+" if number else ""
        sign = {"times": "×", "over": "÷"}.get(term.join, sign)
        rows.append((sign, _label(term, lang), _term_shown(evidence, term, lang)))
    if evidence.op == "=" and evidence.computed is not None:
        rows.append(("=", text("report.computed", lang), _shown(evidence, whole(evidence, evidence.computed), lang)))
    over = evidence.op == "<=" and evidence.computed is not None and bool(rows)
    if over and stated is not None and evidence.constant:
        allowed = _shown(evidence, evidence.constant // abs(stated.weight), lang)
        rows.append(("-" if flip > 0 else "+", text("report.allowance", lang), allowed))
    at_least = stated is not None and stated.weight < 0 and len(others) > 1  # parts that are at most the whole
    if over and [t.label for t in others] != ["@derived.greatest"]:
        name = text("report.computed" if at_least else "report.limit", lang)
        rows.append(("=", name, _shown(evidence, whole(evidence, evidence.computed or 0), lang)))
    rows += [("-" if t.join == "less" else "", _label(t, lang), _shown(evidence, t.value, lang)) for t in operands]
    if stated is not None:
        told = evidence.computed is not None and not operands
        label = f"{text('report.stated', lang)}: {_label(stated, lang)}" if told else _label(stated, lang)
        rows.append(("", label + _counted_as(evidence, stated, lang), _shown(evidence, stated.value, lang)))
    if over and stated is not None and evidence.difference and evidence.difference * stated.weight > 0:
        exceeded = _shown(evidence, whole(evidence, evidence.difference), lang, signed=True)
        rows.append(("", text("report.difference" if at_least else "report.exceeded", lang), exceeded))
    if evidence.difference is not None and evidence.difference and evidence.op == "=":
        rows.append(
            (
                "",
                text("report.difference", lang),
                _shown(evidence, whole(evidence, evidence.difference), lang, signed=True),
            )
        )
    return rows


def _counted_as(evidence: Evidence, stated: EvidenceTerm, lang: str) -> str:
    """What a stated figure counts as where only its positive or negative part does."""
    counted = clipped(stated.value, stated.clip)
    if counted == stated.value or stated.clip == "abs":
        return ""
    return f" ({text('report.counted_as', lang, {'value': _shown(evidence, counted, lang)})})"


def whole(evidence: Evidence, value: int) -> int:
    """In whole steps; a quotient to a thousandth of what the stated figure is rounded to."""
    steps = (2 * value + evidence.divisor) // (2 * evidence.divisor)
    made = any(t.join for t in evidence.terms)
    step = max(1, evidence.show // 1000) if made else 1
    return step * ((2 * steps + step) // (2 * step))


def _label(term: EvidenceTerm, lang: str) -> str:
    label = word(term.label, lang)
    label = f"{label}, {text(f'measure.{term.measure}', lang)}" if term.measure else label
    label = f"{label} {term.year}" if term.year is not None else label
    return (
        f"{label} ({text('report.printed_as', lang, {'printed': term.as_printed})})" if term.orientation < 0 else label
    )


def _table(term: EvidenceTerm, files: Sequence[SourceFile], lang: str) -> str:
    place = where(term.place, files, lang)
    label = term.label if len(term.label) <= 45 else term.label[: term.label.rfind(" ", 0, 45)].rstrip(" .,…") + "…"
    quoted = text("report.quoted", lang, {"text": label})
    return place if place.startswith(label) else f"{quoted}, {place}"


def _term_shown(evidence: Evidence, term: EvidenceTerm, lang: str) -> str:
    """A figure in its own unit where it is of another kind than the stated one."""
    own = term.dimension in ("", evidence.dimension)
    if own and (not term.as_printed or not any(t.join for t in evidence.terms)):
        return _shown(evidence, term.value, lang)
    dimension = term.dimension or evidence.dimension
    return figure(term.value, term.unit or SCALE[dimension], dimension, lang, word=evidence.unit_known)


def _shown(evidence: Evidence, value: int, lang: str, signed: bool = False) -> str:
    return figure(value, evidence.show, evidence.dimension, lang, signed=signed, word=evidence.unit_known)


def remarks(evidence: Evidence, lang: str) -> list[str]:
    """What is told below the rows: what rounding explains and why, and what is missing."""
    lines = []
    if evidence.tolerance2 is not None and evidence.difference:
        if evidence.tolerance2 == 0 and evidence.op == "agree":
            lines.append(text("report.tolerance_zero", lang))
        elif evidence.tolerance2 == 0 and evidence.op == "=":
            lines.append(text("report.tolerance_exact", lang))
        elif evidence.tolerance2:
            halves = figure(
                whole(evidence, evidence.tolerance2),
                evidence.show,
                evidence.dimension,
                lang,
                halves=True,
                word=evidence.unit_known,
            )
            printed = sum(bool(t.as_printed) for t in evidence.terms)
            why = "report.tolerance_why_one" if printed == 1 else "report.tolerance_why"
            count = f" ({text(why, lang, {'n': str(printed)})})" if printed else ""
            lines.append(text("report.tolerance", lang, {"tolerance": halves}) + count)
    for key, value in evidence.also:
        shown = figure(value, evidence.show, evidence.dimension, lang, word=evidence.unit_known)
        lines.append(text(key, lang, {"value": shown}))
    if evidence.odds:
        lines.append(text("report.improbable", lang, {"odds": grouped(evidence.odds, 0, lang)}))
    if evidence.missing:
        names = ", ".join(word(m, lang) for m in evidence.missing)
        key = "report.missing" if evidence.computed is None else "report.missing_zero"
        lines.append(text(key, lang, {"missing": names}))
    if evidence.without_figures:
        lines.append(text("report.without_figures", lang, {"names": ", ".join(evidence.without_figures)}))
    return lines
