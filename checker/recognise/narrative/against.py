"""What is an amount measured against, is it an expectation, of which year is it, and which way is money carried?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.recognise.narrative.claim import NOTHING, Claim, Spot
from checker.recognise.narrative.cues import says
from checker.recognise.narrative.lexicon import Lexicon, spots
from checker.recognise.narrative.sentences import AMOUNT, MARK, Sentence

BASES = ("oprindeligt_budget", "forventet_regnskab", "sidste_aar", "korrigeret_budget")
"""What a result may be measured against; of two as near, the first."""
_OF_BUDGET = ("budgetaendring", "tillaegsbevilling", "omplacering", "overfoersel_ind", "oprindeligt_budget")
"""After these, what is carried is carried into the budget."""


def direction(spot: Spot) -> str:
    """Whether money is carried out of the year of the accounts or into it, by the years and words near it."""
    sentence, inside, lex, year = spot.sentence, spot.inside, spot.lex, spot.context.year
    if any(says(lex.transfer["sought"], w) for w in inside):
        return "overfoersel_soegt"
    near = sentence.words[max(0, spot.hit.start - 4) : max(spot.hit.end, spot.at) + 4]
    to, since = year_after(inside, "til"), year_after(inside, "fra")
    if to and since and not year_after(near, "til"):
        to = None  # '… til puljerne, som nu er flyttet til juni 2025'
    if not to and not since:
        to, since = year_after(sentence.words, "til"), year_after(sentence.words, "fra")
    if year is not None:
        if to is not None:
            onward = to > year or (
                to == year and since is None and any(says(lex.transfer["present"], w) for w in inside)
            )
            return "overfoersel_soegt" if onward else "overfoersel_ind"
        if any(w == ["ind", "i", str(year)] for w in (sentence.words[i : i + 3] for i in range(len(sentence.words)))):
            return "overfoersel_ind"
        if since is not None:
            return "overfoersel_ind" if since < year else "overfoersel_soegt"
    if spots(lex.transfer["in_words"], inside):
        return "overfoersel_ind"
    if spot.before is not None and spot.before.measure in _OF_BUDGET:
        return "overfoersel_ind"
    return "overfoersel_soegt"


def year_after(found: Sequence[str], preposition: str) -> int | None:
    """The first year after a preposition, one word between them at most."""
    for at, word in enumerate(found):
        if word.isdigit() and len(word) == 4 and preposition in found[max(0, at - 2) : at]:
            return int(word)
    return None


def measured(made: Claim, spot: Spot) -> Claim:
    """The basis that is named, an expectation instead of the accounts, another year."""
    year = spot.context.year
    basis = nearest_basis(spot.sentence, spot.start, spot.end, made.token, spot.lex)
    expected = _is_expected(spot)
    years = _years(made, spot)
    earlier = {y for y in years if year is not None and y < year}
    if made.measure == "over_underskud":
        if expected and basis != "oprindeligt_budget":
            return replace(made, measure="forventet_over_underskud", basis=None)
        if basis == "sidste_aar" or (earlier and year not in years):
            about = bool(earlier) and not any(w in spot.lex.against for w in spot.inside)
            return replace(made, measure="over_underskud" if about else NOTHING, year=min(earlier) if about else None)
        return replace(made, basis=basis)
    after = year_after(spot.after(2), "i")
    if spot.hit.cue.id == "mod" and after is not None and year and after < year:
        return replace(made, measure="regnskab", year=after)
    if made.measure != "regnskab":
        return made
    if expected:
        return replace(made, measure="forventet_regnskab")
    if earlier and year not in years:
        return replace(made, year=max(earlier))
    return replace(made, year=year - 1) if basis == "sidste_aar" and year else made


def _years(made: Claim, spot: Spot) -> set[int]:
    """The years of the clause; of a level, those between the amounts and commas around it; and of '2022, hvor …'."""
    tokens, words = spot.sentence.tokens, spot.sentence.words
    ends = [i for i in range(spot.start, spot.end) if tokens[i].text == "," or tokens[i].kind == AMOUNT]
    low = max((i for i in ends if i < made.token), default=spot.start)
    high = min((i for i in ends if i > made.token), default=spot.end)
    near = spot.inside if made.measure == "over_underskud" else words[low:high]
    since = words[max(0, spot.start - 2) : spot.start] if words[spot.start] == "hvor" else []
    return {int(w) for w in (*since, *near) if w.isdigit() and len(w) == 4}


def _is_expected(spot: Spot) -> bool:
    """Whether the cue stands after a word of expectation that is not what something is compared with."""
    tokens, words, lex, hit = spot.sentence.tokens, spot.sentence.words, spot.lex, spot.hit
    low = max((i + 1 for i in range(spot.start, hit.start) if tokens[i].kind in (AMOUNT, MARK)), default=spot.start)
    low = spot.start if low and tokens[low - 1].text in ("(", ")") else low
    told = (i for i in range(low, hit.end) if says(lex.lists["expected"], words[i]))
    if any(not any(w in lex.against for w in words[max(0, i - 3) : i]) for i in told):
        return True
    return hit.cue.measure == "regnskab" and hit.start > 0 and says(lex.lists["expected"], words[hit.start - 1])


def nearest_basis(sentence: Sentence, start: int, end: int, at: int, lex: Lexicon) -> str | None:
    """The basis named nearest to the amount within its clause and before the next amount."""
    stop = next((i for i in range(at + 1, end) if sentence.tokens[i].kind == AMOUNT), end)
    found = []
    for rank, basis in enumerate(BASES):
        for begins, ends in spots(lex.bases[basis], sentence.words[start:stop]):
            first, last = begins + start, ends + start
            near = sentence.words[max(0, first - 4) : first + 1]
            if not any(w in lex.against for w in near) and basis != "sidste_aar":
                continue
            amounts = sum(sentence.tokens[i].kind == AMOUNT for i in range(min(last, at + 1), max(first, at)))
            found.append((amounts, min(abs(first - at), abs(last - at)), rank, basis))
    return min(found)[3] if found else None
