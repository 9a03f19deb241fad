"""What do the words say of an amount's sign: better or worse, more or less, in or out?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.recognise.narrative.claim import NOTHING, Claim, Spot
from checker.recognise.narrative.cues import Hit, clause, says
from checker.recognise.narrative.lexicon import Lexicon, spots
from checker.recognise.narrative.sentences import MARK, Sentence


def sign_of(said: str) -> int:
    return {"plus": 1, "minus": -1}.get(said, 0)


def near_sign(own: Sequence[Hit], at: int) -> int:
    """The sign of the nearest word for better or worse."""
    said = [
        (min(abs(h.end - at), abs(h.start - at)), s)
        for h in own
        if h.cue.measure == "over_underskud" and (s := sign_of(h.cue.sign))
    ]
    return min(said)[1] if said else 0


def word_sign(word: str, lex: Lexicon) -> int:
    """What one word says of better or worse: 'merforbrug' is -1."""
    return next(
        (s for c in lex.cues if c.measure == "over_underskud" and (s := sign_of(c.sign)) and says(c.words, word)), 0
    )


def result_sign(spot: Spot, otherwise: int = 1) -> int:
    """What is carried, or left, of a deficit is minus: as the nearest word for one before the amount says."""
    sentence, hit, at, lex = spot.sentence, spot.hit, spot.at, spot.lex
    said = [
        (abs(h.end - at), s)
        for h in spot.own
        if h.cue.measure == "over_underskud" and (s := sign_of(h.cue.sign)) and h.start <= max(at, hit.end)
    ]
    kind = sentence.words[hit.end : hit.end + 2]
    if kind[:1] == ["som"] and kind[1:] and (told := word_sign(kind[1], lex)):
        return told  # 'overføres som underskud'
    inside = next((s for w in sentence.words[hit.start : hit.end] if (s := word_sign(w, lex))), 0)
    return inside or (min(said)[1] if said else otherwise)


def moved(spot: Spot) -> int:
    """Budget that goes to others is minus: 'omplaceret til …'; what comes 'fra …' first is plus."""
    sentence, at, hit = spot.sentence, spot.at, spot.hit
    first = next((w for w in sentence.words if w), "")
    away = any(w in spot.lex.small["given_away"] for w in sentence.words)
    own_area = any(w == "fra" and sentence.words[i + 1 : i + 2] == ["området"] for i, w in enumerate(sentence.words))
    if away or own_area or (first == "til" and hit.start > 1):
        return -1
    after = sentence.words[min(at, hit.start) : max(at, hit.end) + 4]
    start = next((i for i in range(hit.start - 1, -1, -1) if sentence.tokens[i].kind == MARK), 0)
    named = [w for w in (*sentence.words[start : hit.start], *after) if w in ("fra", "til")]
    to = after[after.index("til") + 1 : after.index("til") + 2] if "til" in after else []
    own = any(says(spot.lex.lists["own_area"], w) for w in to)
    return -1 if named[:1] == ["til"] and not own else 1


def of_income(sentence: Sentence, start: int, end: int, lex: Lexicon) -> bool:
    """Whether income is spoken of last before the amount, and not expenses."""
    last = ""
    for word in sentence.words[start:end]:
        if says(lex.lists["income"], word):
            last = "income"
        elif says(lex.lists["expense"], word):
            last = "expense"
    return last == "income"


def compared(made: Claim, spot: Spot) -> Claim:
    """'3 mio. kr. højere end …': of the budget itself, of income or of expenses?"""
    sentence, hit, lex = spot.sentence, spot.hit, spot.lex
    more = 1 if hit.cue.sign == "more" else -1
    start, end = clause(sentence, hit.start, lex)
    before, after = sentence.words[start : hit.start], sentence.words[hit.end - 1 : end]
    budget = any(
        says(lex.lists["budget_words"], w) and not any(v in lex.against for v in before[max(0, i - 4) : i])
        for i, w in enumerate(before)
    )
    given = any(says(lex.lists["granted"], w) for w in sentence.words[: hit.start])
    if hit.cue.reach == 0 and (budget or given):
        return replace(made, measure=NOTHING)  # the budget is lower, and nothing says than what
    if budget and spots(lex.bases["oprindeligt_budget"], after):
        return replace(made, measure="budgetaendring", sign=more)
    if hit.cue.measure == "budgetaendring":
        return replace(made, sign=more)
    income = of_income(sentence, start, hit.start, lex)
    made = replace(made, income=income)
    whole = any(says(lex.lists["whole_subjects"], w) for w in before) or not any(w for w in before if len(w) > 3)
    noun = next(
        (i for i, w in enumerate(before) if says(lex.lists["income"], w) or says(lex.lists["expense"], w)), None
    )
    if noun is not None and before[noun + 1 : noun + 2] and before[noun + 1] in ("fra", "til", "på", "ved", "for"):
        of = next((w for w in before[noun + 2 :] if w not in ("den", "det", "de")), "")
        whole = whole and (not of or says(lex.generic, of))
    return replace(made, sign=more if income else -more, apart=not whole)
