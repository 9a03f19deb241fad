"""Which words of a sentence say what an amount is, and how near are they to it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.recognise.narrative.lexicon import Cue, Lexicon, begun, spot
from checker.recognise.narrative.sentences import AMOUNT, MARK, PERCENT, YEAR, Sentence
from checker.recognise.vocabulary import LEVELS
from checker.recognise.words import any_meets

_COMMA, _BOUNDARY, _AMOUNT, _NEW_VERB = 1, 6, 4, 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a sentence, from token `start` up to `end`; `basis`: it only says what is compared with."""

    cue: Cue
    start: int
    end: int
    basis: bool = False


def hits(sentence: Sentence, lex: Lexicon) -> list[Hit]:
    """Every cue of the sentence; where two stand in the same words, the one with more of them."""
    order = {cue.id: n for n, cue in enumerate(lex.cues)}
    found = [
        Hit(cue, start, end, _is_basis(sentence, cue, start, lex))
        for start, word in enumerate(sentence.words)
        if word
        for cue, own in begun(lex, word)
        if (end := max(spot(p, sentence.words, start) for p in own))
    ]
    found.sort(key=lambda h: (order[h.cue.id], h.start))
    return [h for h in found if not any(_covers(o, h) for o in found if o is not h)]


def _covers(one: Hit, other: Hit) -> bool:
    return one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start


def _is_basis(sentence: Sentence, cue: Cue, start: int, lex: Lexicon) -> bool:
    """Whether a budget is named only as what is compared with: 'i forhold til budgettet', 'end budgetteret'."""
    if cue.measure == "over_underskud":
        return sentence.words[max(0, start - 1) : start] == ["af"]  # 'kun 3 mio. kr. af overskuddet overføres'
    if cue.measure not in LEVELS:
        return False
    return any(w in lex.against for w in sentence.words[max(0, start - 4) : start])


def cost(sentence: Sentence, hit: Hit, at: int, lex: Lexicon) -> int | None:
    """How far the cue is from the amount at token `at`; None where it cannot be its cue.

    Nothing for 'overskud på 3 mio. kr.', where no word but 'på' and its like stands between.
    """
    if hit.start <= at < hit.end:
        return 0
    before = hit.end <= at
    if not (hit.cue.before if before else hit.cue.after):
        return None
    between = sentence.tokens[hit.end : at] if before else sentence.tokens[at + 1 : hit.start]
    if hit.basis and not (before and _own_amount([t.text for t in between], hit, lex)):
        return None
    direct = lex.direct if before else lex.after
    if all(t.text in direct or (t.kind == MARK and t.text in "(:–") for t in between):
        return (hit.cue.cost if hit.cue.weak else min(hit.cue.cost, 0)) + (0 if before else 1)
    total, words = hit.cue.cost + (0 if before else 1), 0
    for number, token in enumerate(between):
        if token.kind == AMOUNT:
            total += _AMOUNT
        elif token.kind == MARK:
            total += _COMMA if token.text == "," else _BOUNDARY if token.text in ";\n" else 0
        elif token.text in lex.boundaries:
            total += _BOUNDARY
        elif token.text == "og" and number + 1 < len(between) and between[number + 1].text in lex.verbs:
            total += _NEW_VERB
        elif token.kind in (YEAR, PERCENT) or token.text not in lex.connectors:
            words += 1
    return None if words > hit.cue.reach else total + words


def _own_amount(between: Sequence[str], hit: Hit, lex: Lexicon) -> bool:
    """Whether a budget that something is compared with is told itself: 'budgettet på 3 mio. kr.', '…, der var på'."""
    told = [w for w in between if w != ","]
    if hit.cue.measure not in LEVELS:
        return bool(told) and told == list(between) and told[0] == "på"
    if told[:1] in (["der"], ["som"]):
        return all(w in lex.small["told_after"] for w in told)
    return all(w in lex.small["told_at"] for w in told)


def clause(sentence: Sentence, at: int, lex: Lexicon) -> tuple[int, int]:
    """The tokens around one that belong to the same thought: between boundaries and stops."""

    def stops(i: int) -> bool:
        token = sentence.tokens[i]
        return token.text in lex.boundaries or (token.kind == MARK and token.text in ";()\n:")

    start = at
    while start > 0 and not stops(start - 1):
        start -= 1
    end = at + 1
    while end < len(sentence.tokens) and not stops(end):
        end += 1
    if start > 0 and sentence.tokens[start - 1].text in lex.boundaries:
        start -= 1
    return start, end


def says(choices: Sequence, word: str) -> bool:  # type: ignore[type-arg]
    """Whether a word meets one of the patterns; no word meets none."""
    return bool(word) and any_meets(choices, (word,))
