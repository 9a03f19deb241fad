"""A message with its figures, as a sentence in Danish or English."""

from __future__ import annotations

from checker.amounts.show import figure
from checker.messages import LANGUAGES, text
from checker.model.outcomes import Figure, Message


def figure_text(value: Figure, lang: str) -> str:
    """One figure; without a unit word where the document stated no unit."""
    return figure(value.value, value.show, value.dimension, lang, value.halves, value.signed, value.known)


def say(message: Message, lang: str) -> str:
    """The sentence."""
    args = {k: figure_text(v, lang) if isinstance(v, Figure) else v for k, v in message.args.items()}
    return text(message.key, lang, args).strip().replace("..", ".").replace("….", "…")


def both(message: Message) -> dict[str, str]:
    """The sentence in every language, as the JSON report holds it."""
    return {lang: say(message, lang) for lang in LANGUAGES}
