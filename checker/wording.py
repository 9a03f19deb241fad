"""A message with its figures, as a sentence in Danish or English."""

from __future__ import annotations

from checker.amounts.show import figure
from checker.messages import LANGUAGES, text
from checker.model.outcomes import Argument, Figure, Message
from checker.model.rules import Adjustment, Change


def figure_text(value: Figure, lang: str) -> str:
    """One figure; without a unit word where the document stated no unit."""
    return figure(value.value, value.show, value.dimension, lang, value.halves, value.signed, value.known)


def say(message: Message, lang: str) -> str:
    """The sentence."""
    args = {k: _said(v, lang) for k, v in message.args.items()}
    return text(message.key, lang, args).strip().replace("..", ".").replace("….", "…")


def _said(value: Argument, lang: str) -> str:
    if isinstance(value, Figure):
        return figure_text(value, lang)
    if isinstance(value, Message):
        return say(value, lang)
    if isinstance(value, tuple):
        *before, last = (say(each, lang) for each in value)
        return f"{', '.join(before)} {text('report.and', lang)} {last}" if before else last
    return value


def both(message: Message) -> dict[str, str]:
    """The sentence in every language, as the JSON report holds it."""
    return {lang: say(message, lang) for lang in LANGUAGES}


def adjustment(made: Adjustment, lang: str) -> str:
    """What was changed of a rule: 'severity note instead of error, only in tables of type budget'."""
    return ", ".join(_change(change, lang) for change in made.what) or text("adjusted.nothing", lang)


def _change(change: Change, lang: str) -> str:
    section = {"table": "layout"}.get(change.what, change.what)
    before, after = (", ".join(f"@{section}.{name}" for name in names) for names in (change.before, change.after))
    return text(f"adjusted.{change.what}", lang, {"before": before, "after": after})


def adjusted(made: Adjustment, lang: str) -> str:
    """An adjustment as a line: rule, what was changed, the reason, who answers for it and when."""
    key = "report.switched_off" if made.off else "report.adjusted"
    said = text(key, lang, {"id": made.rule, "what": adjustment(made, lang), "reason": made.reason})
    named = (("author", made.author), ("approved_by", made.approved_by), ("date", made.date))
    who = ", ".join(text(f"adjusted.{key}", lang, {"name": name}) for key, name in named if name)
    return f"{said} ({who})" if who else said
