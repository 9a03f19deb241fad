"""What is each amount of a sentence: a result, a transfer, a level …? The nearest cue decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from checker.recognise.narrative.amounts import Said
from checker.recognise.narrative.lexicon import Cue, Lexicon, lexicon, spots
from checker.recognise.narrative.sentences import AMOUNT, MARK, PERCENT, WORD, YEAR, Sentence
from checker.recognise.words import any_meets

NOTHING = "none"
LIMIT = 14
"""An amount whose best cue costs more is not classified."""
_COMMA, _BOUNDARY, _AMOUNT, _TAKEN = 1, 6, 4, 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a sentence, from token `start` up to `end`."""

    cue: Cue
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says of one amount.

    `token` is that of the amount (None: an amount told before, or none: 'balancerer'), `hit` the cue that decided.
    `sign` is +1 or -1 as the words say, 0 where they say nothing. `measure` is that of the vocabulary or 'none'.
    """

    sentence: Sentence
    token: int | None
    said: Said | None
    hit: Hit | None
    measure: str
    sign: int = 0
    income: bool = False
    basis: str | None = None
    year: int | None = None
    part: bool = False
    back: bool = False
    remarks: tuple[str, ...] = field(default=())


def hits(sentence: Sentence, lex: Lexicon) -> list[Hit]:
    """Every cue of the sentence; where two stand in the same words, the one with more of them."""
    found: list[Hit] = []
    for cue in lex.cues:
        found += [Hit(cue, start, end) for start, end in spots(cue.words, sentence.words)]
    return [h for h in found if not any(_covers(o, h) for o in found if o is not h)]


def _covers(one: Hit, other: Hit) -> bool:
    return one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start


def claims(sentence: Sentence, year: int | None) -> list[Claim]:
    """One claim per amount of the sentence, in order; `year` is that of the accounts."""
    lex = lexicon()
    own = hits(sentence, lex)
    at = [i for i, t in enumerate(sentence.tokens) if t.kind == AMOUNT]
    tight = {id(h): {i for i in at if (c := cost(sentence, h, i, lex)) is not None and c <= h.cue.cost} for h in own}
    result: list[Claim] = []
    for i in at:
        priced = [(c, -(h.end - h.start), n) for n, h in enumerate(own) if (c := _priced(sentence, h, i, tight, lex)) is not None]
        best = min(priced, default=None)
        hit = own[best[2]] if best and best[0] <= LIMIT else None
        result.append(_claim(sentence, i, hit, own, year, lex))
    return result


def _priced(sentence: Sentence, hit: Hit, at: int, tight: dict[int, set[int]], lex: Lexicon) -> int | None:
    found = cost(sentence, hit, at, lex)
    taken = tight[id(hit)] - {at}
    if found is None or not taken or at in tight[id(hit)]:
        return found
    return found if _coordinated(sentence, min(taken, key=lambda t: abs(t - at)), at) else found + _TAKEN


def cost(sentence: Sentence, hit: Hit, at: int, lex: Lexicon) -> int | None:
    """How far the cue is from the amount at token `at`; None where it cannot be its cue."""
    if hit.start <= at < hit.end:
        return hit.cue.cost
    before = hit.end <= at
    if not (hit.cue.before if before else hit.cue.after):
        return None
    between = sentence.tokens[hit.end : at] if before else sentence.tokens[at + 1 : hit.start]
    total = hit.cue.cost if before else hit.cue.cost + 1
    words = 0
    for token in between:
        if token.kind == AMOUNT:
            total += _AMOUNT
        elif token.kind == MARK:
            total += _COMMA if token.text == "," else _BOUNDARY if token.text in ";\n" else 0
        elif token.text in lex.boundaries:
            total += _BOUNDARY
        elif token.kind in (YEAR, PERCENT) or token.text not in lex.connectors:
            words += 1
    if words > hit.cue.reach:
        return None
    return total + words


def _coordinated(sentence: Sentence, one: int, other: int) -> bool:
    """Whether only 'og', a comma and a few words stand between two amounts."""
    low, high = sorted((one, other))
    between = sentence.tokens[low + 1 : high]
    return any(t.text in ("og", "samt", ",", "eller") for t in between) and not any(t.text in ".;" for t in between)


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


def _claim(
    sentence: Sentence, at: int, hit: Hit | None, own: Sequence[Hit], year: int | None, lex: Lexicon
) -> Claim:
    said = sentence.tokens[at].said
    if hit is None:
        return Claim(sentence, at, said, None, NOTHING)
    made = Claim(sentence, at, said, hit, hit.cue.measure, _sign(hit.cue.sign), hit.cue.income)
    start, end = clause(sentence, at, lex)
    inside = sentence.words[start:end]
    made = replace(made, part=any_meets(lex.lists["parts"], sentence.words[start : at]))
    if hit.cue.sign in ("more", "less"):
        made = _compared(made, sentence, hit, lex)
    if made.measure == "overfoersel":
        made = replace(made, measure=direction(sentence, at, hit, year, lex), sign=_result_sign(own, hit, at))
    elif made.measure == "rest_efter_overfoersel":
        made = replace(made, sign=_result_sign(own, hit, at))
    elif made.measure in ("regnskab", "budget") and not made.income:
        made = replace(made, income=_of_income(sentence, start, max(at, hit.end), lex))
    if made.measure in ("over_underskud", "regnskab", "budget"):
        made = _qualified(made, sentence, start, end, hit, year, lex)
    if made.measure == "forklaret":
        made = replace(made, sign=_near_sign(own, at))
    negated = [i for i in range(start, end) if sentence.words[i] and any_meets(lex.lists["negations"], (sentence.words[i],))]
    if negated and made.measure == "overfoersel_soegt" and any(abs(i - hit.start) <= 3 for i in negated):
        made = replace(made, measure="rest_efter_overfoersel")
    if any_meets(lex.lists["unreal"], inside) and made.measure in ("over_underskud",) and "ville" in inside:
        made = replace(made, measure=NOTHING)
    return made


def _sign(said: str) -> int:
    return {"plus": 1, "minus": -1}.get(said, 0)


def _near_sign(own: Sequence[Hit], at: int) -> int:
    """The sign of the nearest word for better or worse."""
    said = [(min(abs(h.end - at), abs(h.start - at)), _sign(h.cue.sign)) for h in own if h.cue.measure == "over_underskud" and _sign(h.cue.sign)]
    return min(said)[1] if said else 0


def _result_sign(own: Sequence[Hit], hit: Hit, at: int) -> int:
    """What is carried, or left, of a deficit is minus: as the nearest word for one before the amount says."""
    said = [(abs(h.end - at), _sign(h.cue.sign)) for h in own if h.cue.measure == "over_underskud" and _sign(h.cue.sign) and h.start <= max(at, hit.end)]
    return min(said)[1] if said else 1


def _of_income(sentence: Sentence, start: int, end: int, lex: Lexicon) -> bool:
    """Whether income is spoken of last before the amount, and not expenses."""
    last = ""
    for word in sentence.words[start:end]:
        if word and any_meets(lex.lists["income"], (word,)):
            last = "income"
        elif word.startswith(("udgift", "nettoudgift", "driftsudgift", "forbrug")):
            last = "expense"
    return last == "income"


def _compared(made: Claim, sentence: Sentence, hit: Hit, lex: Lexicon) -> Claim:
    """'3 mio. kr. højere end …': of the budget itself, of income or of expenses?"""
    more = 1 if hit.cue.sign == "more" else -1
    start, end = clause(sentence, hit.start, lex)
    before, after = sentence.words[start : hit.start], sentence.words[hit.end - 1 : end]
    of_budget = any_meets(lex.lists["budget_words"], before) and any_meets(lex.bases["oprindeligt_budget"], after)
    if of_budget:
        return replace(made, measure="budgetaendring", sign=more)
    income = _of_income(sentence, start, hit.start, lex)
    return replace(made, sign=more if income else -more)


def direction(sentence: Sentence, at: int, hit: Hit, year: int | None, lex: Lexicon) -> str:
    """Whether money is carried out of the year of the accounts or into it, by the years and words near it."""
    start, end = clause(sentence, at, lex)
    inside = sentence.words[start:end]
    if any_meets(lex.transfer["sought"], inside):
        return "overfoersel_soegt"
    to, since = _year_after(inside, ("til",)), _year_after(inside, ("fra",))
    if not to and not since:
        to, since = _year_after(sentence.words, ("til",)), _year_after(sentence.words, ("fra",))
    if year is not None:
        if to is not None:
            return "overfoersel_soegt" if to > year else "overfoersel_ind"
        if since is not None:
            return "overfoersel_ind" if since < year else "overfoersel_soegt"
    if any_meets(lex.transfer["in_words"], inside):
        return "overfoersel_ind"
    return "overfoersel_soegt"


def _year_after(found: Sequence[str], prepositions: Sequence[str]) -> int | None:
    for at, word in enumerate(found):
        if word.isdigit() and len(word) == 4 and any(w in prepositions for w in found[max(0, at - 3) : at]):
            return int(word)
    return None


def _qualified(
    made: Claim, sentence: Sentence, start: int, end: int, hit: Hit, year: int | None, lex: Lexicon
) -> Claim:
    """The basis that is named, an expectation instead of the accounts, another year."""
    inside = list(sentence.words[start:end])
    basis = next((b for b in ("oprindeligt_budget", "forventet_regnskab", "sidste_aar", "korrigeret_budget") if spots(lex.bases[b], inside)), None)
    years = {int(w) for i, w in enumerate(inside) if w.isdigit() and len(w) == 4}
    expected = any_meets(lex.lists["expected"], sentence.words[start : max(hit.end, start)])
    if expected and hit.start > 0 and sentence.words[hit.start - 1 : hit.end][:1] == ["end"]:
        expected = False
    if made.measure == "over_underskud":
        if expected and basis in (None, "korrigeret_budget", "forventet_regnskab") and not _is_basis(inside, lex):
            return replace(made, measure="forventet_over_underskud", basis=None)
        earlier = {y for y in years if year is not None and y < year}
        if basis == "sidste_aar" or (earlier and year not in years):
            about = bool(earlier) and not any(w in ("end", "forhold", "mod", "sammenlignet", "siden") for w in inside)
            return replace(made, measure="over_underskud" if about else NOTHING, year=min(earlier) if about else None)
        return replace(made, basis=basis)
    if expected:
        return replace(made, measure="forventet_regnskab" if made.measure == "regnskab" else made.measure)
    other = {y for y in years if year is not None and y != year}
    if other and year not in years:
        return replace(made, year=max(other))
    if basis == "sidste_aar" and made.measure == "regnskab" and year:
        return replace(made, year=year - 1)
    return made


def _is_basis(inside: Sequence[str], lex: Lexicon) -> bool:
    """'bedre end forventet', 'i forhold til det forventede': the expectation is what is measured against."""
    for at, word in enumerate(inside):
        if word and any_meets(lex.lists["expected"], (word,)) and any(w in ("end", "forhold", "mod", "ift") for w in inside[max(0, at - 3) : at]):
            return True
    return False
