"""What does the cue make of an amount, with what else the clause says: the claim of one amount?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from checker.recognise.narrative.against import direction, measured
from checker.recognise.narrative.claim import NOTHING, Claim, Spot
from checker.recognise.narrative.cues import Hit, says
from checker.recognise.narrative.lexicon import spots
from checker.recognise.narrative.sentences import AMOUNT, MARK, Sentence
from checker.recognise.narrative.signs import compared, moved, near_sign, of_income, result_sign, sign_of

_STEPS = ("tillaegsbevilling", "budgetaendring", "budget", "korrigeret_budget", "omplacering")


def qualified(spot: Spot) -> Claim:
    """The claim that a cue makes of an amount, with what else the clause says of it."""
    hit, cue = spot.hit, spot.hit.cue
    said = spot.sentence.tokens[spot.at].said
    made = Claim(spot.sentence, spot.at, said, hit, cue.measure, sign_of(cue.sign), cue.income, part=is_part(spot))
    if cue.sign in ("more", "less"):
        made = compared(made, spot)
    if made.measure == "over_underskud" and (carrier := _carried(spot)):
        made = replace(made, measure="overfoersel", hit=carrier)
    if made.measure in _BY_MEASURE:
        made = _BY_MEASURE[made.measure](made, spot)
    if made.measure in ("over_underskud", "regnskab", "budget", "korrigeret_budget"):
        made = measured(made, spot)
    for further in (_from_last_year, _part_of_transfer, _of_next_year, _explained, _turned, _unreal):
        made = further(made, spot)
    return made


def is_part(spot: Spot) -> bool:
    """Whether 'heraf' or its like stands before the amount."""
    return any(says(spot.lex.lists["parts"], w) for w in spot.sentence.words[: spot.at])


def _budget(made: Claim, spot: Spot) -> Claim:
    if spot.hit.cue.id not in ("budget_haevet", "budget_nedsat") or _is_whole_change(spot):
        return made
    return replace(made, measure="tillaegsbevilling")


def _is_whole_change(spot: Spot) -> bool:
    """Whether all changes of the budget are told together: 'netto', 'i årets løb', or the steps follow."""
    whole = spot.lex.small["in_all"]
    return any(w in whole for w in spot.inside) or any(says(spot.lex.lists["parts"], w) for w in spot.after(5))


def _transfer(made: Claim, spot: Spot) -> Claim:
    if spots(spot.lex.bases["sidste_aar"], spot.inside):
        return replace(made, measure=NOTHING)
    made = replace(made, measure=direction(spot), sign=made.sign or result_sign(spot))
    near = range(max(spot.start, spot.hit.start - 3), min(spot.end, spot.hit.end + 2))
    negated = any(says(spot.lex.lists["negations"], spot.sentence.words[i]) for i in near)
    return replace(made, measure="rest_efter_overfoersel") if negated and made.measure == "overfoersel_soegt" else made


def _remainder(made: Claim, spot: Spot) -> Claim:
    """'Resten' is what is left of what was just told: of an explanation, a move of budget, a result."""
    before, cue = spot.before, spot.hit.cue.id
    made = replace(made, sign=result_sign(spot, before.sign if before and before.sign else 1))
    if cue == "rest" and spot.sentence.words[spot.hit.start].startswith("restbeløb"):
        told = before is not None and before.measure in ("over_underskud", "overfoersel_soegt", "rest")
        return made if told else replace(made, measure="rest", sign=1)
    if before is None:
        return made
    if cue == "kassen" and before.measure in ("omplacering", "tillaegsbevilling", "budgetaendring"):
        return replace(made, measure="tillaegsbevilling", sign=-1)
    if cue == "rest" and before.measure in ("forklaret", "omplacering", "tillaegsbevilling"):
        return replace(made, measure=before.measure, sign=before.sign, part=True)
    return made


def _move(made: Claim, spot: Spot) -> Claim:
    return replace(made, sign=moved(spot))


def _level(made: Claim, spot: Spot) -> Claim:
    income = made.income or of_income(spot.sentence, spot.start, max(spot.at, spot.hit.end), spot.lex)
    return replace(made, income=income)


_BY_MEASURE: dict[str, Callable[[Claim, Spot], Claim]] = {
    "budgetaendring": _budget,
    "overfoersel": _transfer,
    "rest_efter_overfoersel": _remainder,
    "omplacering": _move,
    "regnskab": _level,
    "budget": _level,
}
"""What each measure asks further of the clause."""


def _carried(spot: Spot) -> Hit | None:
    """The word for carrying that governs a result: 'der overføres et merforbrug på 3 mio. kr.'"""
    for other in spot.own:
        gap = spot.sentence.tokens[other.end : spot.hit.start]
        near = other.end <= spot.hit.start < spot.at and len(gap) <= 6
        joined = any(t.text in spot.lex.small["joining"] for t in gap)
        joined = joined and not any(t.kind in (AMOUNT, MARK) for t in gap)
        if other.cue.measure == "overfoersel" and near and joined:
            return other
    return None


def _from_last_year(made: Claim, spot: Spot) -> Claim:
    """'Budgettet er hævet med 3 mio. kr. fra 2022' is carried in."""
    after, year = spot.after(2), spot.context.year
    since = after[:1] == ["fra"] and after[1:2] and after[1].isdigit() and year is not None and int(after[1]) < year
    if made.measure in ("tillaegsbevilling", "budgetaendring") and since:
        return replace(made, measure="overfoersel_ind", sign=1)
    return made


def _part_of_transfer(made: Claim, spot: Spot) -> Claim:
    """'Der overføres 2 mio. kr., nemlig mindreforbrug på 3 mio. kr. og merforbrug på 1 mio. kr.'"""
    before = spot.previous
    if made.measure != "over_underskud" or before is None or before.measure != "overfoersel_soegt":
        return made
    between = spot.sentence.words[before.token + 1 : spot.at]
    if before.part or any(w in spot.lex.small["divided"] for w in between):
        return replace(made, measure="overfoersel_soegt", basis=None, part=True)
    return made


def _of_next_year(made: Claim, spot: Spot) -> Claim:
    """What is done to next year's budget is no figure of these accounts."""
    year = spot.context.year
    later = any(w.isdigit() and len(w) == 4 and year is not None and int(w) > year for w in spot.inside)
    return replace(made, measure=NOTHING) if later and made.measure in _STEPS else made


def _explained(made: Claim, spot: Spot) -> Claim:
    """An explanation has the sign of what it explains; what explains a change from last year is left alone."""
    if made.measure != "forklaret":
        return made
    before, result = spot.before, spot.context.result
    if before is not None and before.hit is not None and before.hit.cue.id == "aendring":
        return replace(made, measure=NOTHING)
    said = (made.sign, near_sign(spot.own, spot.at), before.sign if before else 0, result.sign if result else 0)
    return replace(made, sign=next((s for s in said if s), 1))


def _turned(made: Claim, spot: Spot) -> Claim:
    """'… trækker 3 mio. kr. den anden vej', and what is only said of a part."""
    other_way = "trækker" in spot.inside and any(w in spot.lex.small["other_way"] for w in spot.inside)
    aside = any(says(spot.lex.lists["aside"], w) for w in spot.sentence.words[spot.start : spot.at])
    part = aside and made.measure in ("over_underskud", "regnskab")
    return replace(made, sign=-made.sign if other_way else made.sign, apart=made.apart or part)


def _unreal(made: Claim, spot: Spot) -> Claim:
    """A result that would have been is none."""
    return replace(made, measure=NOTHING) if made.measure == "over_underskud" and "ville" in spot.inside else made


def listed(sentence: Sentence, one: int, other: int) -> bool:
    """Whether two amounts are items of one list: a comma, 'og' or their like between, no new thought."""
    between: Sequence[str] = [t.text for t in sentence.tokens[one + 1 : other]]
    joins = ("og", "samt", ",", "eller", "(", ")", "mens", "dels", "plus", "hhv", "henholdsvis")
    return any(t in joins for t in between) and not any(t in (".", ";") for t in between)
