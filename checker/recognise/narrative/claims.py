"""What is each amount of a sentence: a result, a transfer, a level …? The nearest cue decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.recognise.narrative.against import nearest_basis
from checker.recognise.narrative.claim import NOTHING, Claim, Context, Spot
from checker.recognise.narrative.cues import Hit, clause, cost, hits, says
from checker.recognise.narrative.lexicon import Lexicon, lexicon, spots
from checker.recognise.narrative.meaning import listed, qualified
from checker.recognise.narrative.sentences import AMOUNT, Sentence
from checker.recognise.words import patterns

LIMIT = 12
"""An amount whose best cue costs more is not classified."""
_INHERITED, _LEAD, _TAKEN = 3, 4, 5
EXPLAIN = patterns(["skyldes", "skyldtes", "henføres", "fordel*", "sammens*", "består", "vedrører"])
"""Words between a result and an amount that make the amount an explanation."""


def claims(sentence: Sentence, context: Context) -> list[Claim]:
    """One claim per amount of the sentence, in order."""
    lex = lexicon()
    own = hits(sentence, lex)
    at = [i for i, t in enumerate(sentence.tokens) if t.kind == AMOUNT]
    direct = {id(h): _direct(sentence, h, at, lex) for h in own}
    result: list[Claim] = []
    for number, i in enumerate(at):
        priced = [(c, h) for h in own if (c := _priced(sentence, h, i, direct[id(h)], lex)) is not None]
        least, hit = min(priced, key=lambda p: (p[0], p[1].start - p[1].end, p[1].cue.cost), default=(99, None))
        previous = result[-1] if result else None
        if previous is not None and least > _INHERITED and listed(sentence, at[number - 1], i):
            result.append(_inherited(previous, sentence, i, lex))
        elif hit is None or least > LIMIT or (least > _LEAD and _follows(sentence, i, context, lex)):
            result.append(_without_cue(sentence, i, context, lex))
        else:
            made = qualified(Spot(sentence, i, hit, own, context, previous))
            sure = least <= 1 and not (hit.cue.id == "mod" and not _after_level(previous))
            result.append(replace(made, sure=sure, of_which=_is_of_which(sentence, i, lex)))
    return _net_levels(sentence, pairs(sentence, result, lex))


def _follows(sentence: Sentence, at: int, context: Context, lex: Lexicon) -> bool:
    """Whether a distant cue counts for less than a lead-in, or than a result that the amount is a part of."""
    return context.lead is not None or (context.result is not None and _is_part(sentence, at, lex))


def _without_cue(sentence: Sentence, at: int, context: Context, lex: Lexicon) -> Claim:
    """What the lead-in says, a part of the last result ('Heraf vikarer 3 mio. kr.'), or nothing."""
    said = sentence.tokens[at].said
    if context.result is not None and _is_part(sentence, at, lex):
        made = replace(context.result, measure="forklaret", basis=None, back=False)
    elif context.lead is not None:
        made = context.lead
    else:
        return Claim(sentence, at, said, None, NOTHING)
    return replace(made, sentence=sentence, token=at, said=said, part=True)


def _direct(sentence: Sentence, hit: Hit, at: Sequence[int], lex: Lexicon) -> list[int]:
    """The amounts that are surely the cue's own: those right beside it, the ones after it before those before it."""
    priced = {i: c for i in at if (c := cost(sentence, hit, i, lex)) is not None and c <= 1}
    least = min(priced.values(), default=0)
    return [i for i, c in priced.items() if c == least]


def _inherited(previous: Claim, sentence: Sentence, at: int, lex: Lexicon) -> Claim:
    """An item of a list is what the one before it is; a result may be measured against another budget."""
    made = replace(previous, token=at, said=sentence.tokens[at].said, part=_is_part(sentence, at, lex))
    if made.measure == "over_underskud" and made.hit is not None:
        _, end = clause(sentence, at, lex)
        stop = next((i for i in range(at + 1, end) if sentence.tokens[i].kind == AMOUNT), end)
        if basis := nearest_basis(sentence, at, stop, at, lex):
            return replace(made, basis=basis)
    return made


def _net_levels(sentence: Sentence, made: list[Claim]) -> list[Claim]:
    """'Et overskud på A mod budgetteret B': an area that earns money tells its accounts so, and no deviation."""
    for at in range(len(made) - 1):
        one, other = made[at], made[at + 1]
        between = sentence.words[one.token + 1 : other.token]
        level = (other.hit is not None and other.hit.cue.id == "mod") or "budgetteret" in between
        if one.measure == "over_underskud" and level and not any(w in ("end", "forhold") for w in between):
            made[at] = replace(one, measure=NOTHING)
            if other.measure == "over_underskud":
                made[at + 1] = replace(other, measure=NOTHING)
    return made


def _after_level(previous: Claim | None) -> bool:
    """Whether accounts were told right before: 'brugt 3 mio. kr. mod 4 mio. kr.' tells the budget."""
    return previous is not None and previous.sure and previous.measure in ("regnskab", "forventet_regnskab")


def _priced(sentence: Sentence, hit: Hit, at: int, direct: Sequence[int], lex: Lexicon) -> int | None:
    found = cost(sentence, hit, at, lex)
    if found is None or at in direct:
        return found
    if hit.cue.measure in ("over_underskud", "rest_efter_overfoersel") and any(
        says(EXPLAIN, w) for w in sentence.words[hit.end : at]
    ):
        return found + _TAKEN
    if not direct:
        return found
    nearest = min(direct, key=lambda d: abs(d - at))
    same_side = (nearest < hit.start) == (at < hit.start)
    if same_side and listed(sentence, *sorted((nearest, at))):
        return found
    return None if hit.cue.measure == "over_underskud" and same_side else found + _TAKEN


def _is_of_which(sentence: Sentence, at: int, lex: Lexicon) -> bool:
    return any(w in lex.small["of_which"] for w in sentence.words[:at])


def _is_part(sentence: Sentence, at: int, lex: Lexicon) -> bool:
    return any(says(lex.lists["parts"], w) for w in sentence.words[:at])


def pairs(sentence: Sentence, made: list[Claim], lex: Lexicon) -> list[Claim]:
    """'Budgettet er hævet fra A til B' and 'A og B i forhold til hhv. oprindeligt og korrigeret budget'."""
    for at in range(len(made) - 1):
        one, other = made[at], made[at + 1]
        between = [t.text for t in sentence.tokens[one.token + 1 : other.token]]
        before = sentence.words[max(0, one.token - 1) : one.token]
        of_budget = any(says(lex.lists["budget_words"], w) for w in sentence.words[: one.token])
        if of_budget and before == ["fra"] and between[:1] == ["til"] and len(between) <= 2:
            made[at] = replace(one, measure="oprindeligt_budget", sign=0, part=False)
            made[at + 1] = replace(other, measure="korrigeret_budget", sign=0, part=False)
        after = sentence.words[other.token :]
        if one.measure == other.measure == "over_underskud" and any(
            w in ("hhv", "henholdsvis") for w in (*after, *between)
        ):
            named = [b for w in after for b in ("oprindeligt_budget", "korrigeret_budget") if spots(lex.bases[b], [w])]
            if len(named) >= 2:
                made[at], made[at + 1] = replace(one, basis=named[0]), replace(other, basis=named[1])
    return made


def is_lead(sentence: Sentence) -> bool:
    """Whether a sentence only leads in what follows: it ends in a colon, or breaks off where a list begins."""
    last = sentence.tokens[-1]
    return last.text in (":", "med", "på", "af", "fra", "til", "følgende", "således")
