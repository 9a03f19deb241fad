"""Which line does a sentence name before a colon: 'Dagpleje: Mindreforbruget på …', 'Funktion 5.25.11: …'?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.recognise.narrative.amounts import amounts
from checker.recognise.narrative.cues import hits, says
from checker.recognise.narrative.lexicon import Lexicon
from checker.recognise.narrative.mentions import LineRef, Names, content
from checker.recognise.narrative.sentences import AMOUNT, Sentence
from checker.recognise.rows import number_key
from checker.recognise.words import any_meets, fold, plain, words

MOST_WORDS = 5
"""A label has no more."""
_LABEL = re.compile(r"(?:[-–•·*]\s+)?(?P<label>[^\W_][^:\n!?;]{1,60}?):(?=\s)")
_NUMBER = re.compile(r"(?:(?P<word>[^\W\d_]+)\s+)?(?P<number>\d+(?:\.\d+)*\.?[a-zæøå]?)$", re.IGNORECASE)


def label(text: str, sentence: Sentence, names: Names, topic: LineRef, lex: Lexicon) -> LineRef | None:
    """The line of the label that a sentence begins a line with, None where it has none or one that names no line.

    A name that only resembles that of a line ('Midlertidige botilbud' where the tables have Botilbud), or is like no
    line at all, is a line that the tables lack: what is said of it is not held against the line before it.
    """
    start = next((t.start for t in sentence.tokens if t.text != "\n"), sentence.start)
    before = text[:start].rstrip(" \t\"„»'")
    match = _LABEL.match(text, start)
    if match is None or (before and not before.endswith("\n")):
        return None
    said = plain(match["label"])
    own = words(said)
    cues = [h for h in hits(sentence, lex) if sentence.tokens[h.start].start < match.end()]
    if not any(t.kind == AMOUNT for t in sentence.tokens) or amounts(said) or cues or not said[0].isalnum():
        return None
    numbered = _NUMBER.match(said)
    if numbered is not None and (numbered["word"] is None or any_meets(lex.lists["number_labels"], own[:1])):
        line = names.by_number.get(number_key(numbered["number"].rstrip(".")))
        return line or _lacking(said, topic)
    if len(own) > MOST_WORDS or not said[0].isupper() or _is_heading(own, lex):
        return None
    wanted = content(said)
    exact = names.named(said)
    if exact is not None and (set(wanted) <= set(content(exact.name)) or wanted[:1] == content(exact.name)[:1]):
        return exact
    return _lacking(said, topic) if wanted else None


def _is_heading(own: Sequence[str], lex: Lexicon) -> bool:
    """Whether it names an aspect or the whole and no line: 'Konklusion:', 'Samlet resultat:'."""
    headings = (*lex.headings["whole"], *lex.headings["same"], *lex.headings["entity"])
    return any(any_meets(headings, (w,)) or says(lex.lists["references"], w) for w in own)


def _lacking(said: str, topic: LineRef) -> LineRef:
    return LineRef(topic.entity, fold(said), topic.scope, said, None, known=False)
