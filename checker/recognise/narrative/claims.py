"""What is each amount of a sentence: a result, a transfer, a level …? The nearest cue decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from checker.recognise.narrative.amounts import Said
from checker.recognise.narrative.cues import Hit, clause, cost, hits, says
from checker.recognise.narrative.lexicon import Lexicon, lexicon, spots
from checker.recognise.narrative.sentences import AMOUNT, MARK, Sentence
from checker.recognise.words import any_meets, patterns

NOTHING = "none"
LIMIT = 12
"""An amount whose best cue costs more is not classified."""
BASES = ("oprindeligt_budget", "forventet_regnskab", "sidste_aar", "korrigeret_budget")
"""What a result may be measured against; of two as near, the first."""
_INHERITED, _LEAD, _TAKEN = 3, 4, 5


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says of one amount.

    `token` is that of the amount (of the words where there is none: 'balancerer'), `hit` the cue that decided.
    `sign` is +1 or -1 as the words say, 0 where they say nothing. `measure` is that of the vocabulary or 'none'.
    """

    sentence: Sentence
    token: int
    said: Said | None
    hit: Hit | None
    measure: str
    sign: int = 0
    income: bool = False
    basis: str | None = None
    year: int | None = None
    part: bool = False
    back: bool = False
    of_which: bool = False
    sure: bool = False  # the words stand right beside the amount
    apart: bool = False  # of a part of the line that no table has ('udgifterne til vikarer')
    remarks: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before a sentence: the year of the accounts, the amount told last in the paragraph, a lead-in
    ('Merforbruget skyldes:') whose list the sentence may be part of, and the last result of the line."""

    year: int | None
    last: Claim | None = None
    lead: Claim | None = None
    result: Claim | None = None


def claims(sentence: Sentence, context: Context) -> list[Claim]:
    """One claim per amount of the sentence, in order."""
    lex = lexicon()
    own = hits(sentence, lex)
    at = [i for i, t in enumerate(sentence.tokens) if t.kind == AMOUNT]
    direct = {id(h): _direct(sentence, h, at, lex) for h in own}
    result: list[Claim] = []
    for number, i in enumerate(at):
        priced = [(c, n) for n, h in enumerate(own) if (c := _priced(sentence, h, i, direct[id(h)], lex)) is not None]
        best = min(priced, key=lambda p: (p[0], own[p[1]].start - own[p[1]].end, own[p[1]].cue.cost), default=(99, 0))
        previous = result[-1] if result else None
        if previous is not None and best[0] > _INHERITED and _listed(sentence, at[number - 1], i):
            result.append(_inherited(previous, sentence, i, context.year, lex))
            continue
        if context.result is not None and best[0] > _LEAD and _is_part(sentence, i, lex):
            result.append(replace(context.result, sentence=sentence, token=i, said=sentence.tokens[i].said, measure="forklaret", basis=None, part=True, back=False))
            continue
        if best[0] > LIMIT or (context.lead is not None and best[0] > _LEAD):
            said = sentence.tokens[i].said
            lead = context.lead
            result.append(replace(lead, sentence=sentence, token=i, said=said, part=True) if lead else Claim(sentence, i, said, None, NOTHING))
            continue
        made = qualified(sentence, i, own[best[1]], own, context, previous)
        beside = best[0] <= 1 and not (made.hit is not None and made.hit.cue.id == "mod" and not _after_level(previous))
        result.append(replace(made, sure=beside, of_which=_is_of_which(sentence, i)))
    return _net_levels(sentence, pairs(sentence, result, lex))


EXPLAIN = patterns(["skyldes", "skyldtes", "henføres", "fordel*", "sammens*", "består", "vedrører"])


def _direct(sentence: Sentence, hit: Hit, at: Sequence[int], lex: Lexicon) -> list[int]:
    """The amounts that are surely the cue's own: those right beside it, the ones after it before those before it."""
    priced = {i: c for i in at if (c := cost(sentence, hit, i, lex)) is not None and c <= 1}
    least = min(priced.values(), default=0)
    return [i for i, c in priced.items() if c == least]


def _inherited(previous: Claim, sentence: Sentence, at: int, year: int | None, lex: Lexicon) -> Claim:
    """An item of a list is what the one before it is; a result may be measured against another budget."""
    made = replace(previous, token=at, said=sentence.tokens[at].said, part=_is_part(sentence, at, lex))
    if made.measure == "over_underskud" and made.hit is not None:
        start, end = clause(sentence, at, lex)
        stop = next((i for i in range(at + 1, end) if sentence.tokens[i].kind == AMOUNT), end)
        if basis := nearest_basis(sentence, at, stop, at, BASES, lex):
            return replace(made, basis=basis)
    return made


def _net_levels(sentence: Sentence, made: list[Claim]) -> list[Claim]:
    """'Et overskud på A mod budgetteret B': an area that earns money tells its accounts so, and no deviation."""
    for at in range(len(made) - 1):
        one, other = made[at], made[at + 1]
        between = sentence.words[one.token + 1 : other.token]
        level = other.hit is not None and other.hit.cue.id == "mod" or "budgetteret" in between
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
    if hit.cue.measure in ("over_underskud", "rest_efter_overfoersel") and any(says(EXPLAIN, w) for w in sentence.words[hit.end : at]):
        return found + _TAKEN
    if not direct:
        return found
    nearest = min(direct, key=lambda d: abs(d - at))
    same_side = (nearest < hit.start) == (at < hit.start)
    if same_side and _listed(sentence, *sorted((nearest, at))):
        return found
    return None if hit.cue.measure == "over_underskud" and same_side else found + _TAKEN


def _listed(sentence: Sentence, one: int, other: int) -> bool:
    """Whether two amounts are items of one list: a comma, 'og' or their like between, no new thought."""
    between = sentence.tokens[one + 1 : other]
    joined = any(t.text in ("og", "samt", ",", "eller", "(", ")", "mens", "dels", "plus", "hhv", "henholdsvis") for t in between)
    return joined and not any(t.kind == MARK and t.text in ".;" for t in between)


def _is_of_which(sentence: Sentence, at: int) -> bool:
    return any(w in ("heraf", "hvoraf", "deraf", "herunder") for w in sentence.words[:at])


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
        if one.measure == other.measure == "over_underskud" and any(w in ("hhv", "henholdsvis") for w in (*after, *between)):
            named = [b for w in after for b in ("oprindeligt_budget", "korrigeret_budget") if spots(lex.bases[b], [w])]
            if len(named) >= 2:
                made[at], made[at + 1] = replace(one, basis=named[0]), replace(other, basis=named[1])
    return made


def qualified(
    sentence: Sentence, at: int, hit: Hit, own: Sequence[Hit], context: Context, previous: Claim | None
) -> Claim:
    """The claim that a cue makes of an amount, with what else the clause says of it."""
    lex = lexicon()
    said = sentence.tokens[at].said
    start, end = clause(sentence, at, lex)
    made = Claim(sentence, at, said, hit, hit.cue.measure, _sign(hit.cue.sign), hit.cue.income, part=_is_part(sentence, at, lex))
    if hit.cue.sign in ("more", "less"):
        made = _compared(made, sentence, hit, lex)
    if made.measure == "over_underskud" and (carrier := _carried(sentence, hit, own, at)):
        made = replace(made, measure="overfoersel", hit=carrier)
    if made.measure == "budgetaendring" and hit.cue.id in ("budget_haevet", "budget_nedsat"):
        made = made if _is_whole_change(sentence, at, start, end, lex) else replace(made, measure="tillaegsbevilling")
    if made.measure == "overfoersel":
        sign = made.sign or _result_sign(sentence, own, hit, at, lex)
        made = replace(made, measure=direction(sentence, at, hit, context, previous, lex), sign=sign)
        made = _negated(made, sentence, hit, start, end, lex)
    elif made.measure == "rest_efter_overfoersel":
        before = previous or context.last
        sign = _result_sign(sentence, own, hit, at, lex, before.sign if before and before.sign else 1)
        made = _left(replace(made, sign=sign), before, hit)
    elif made.measure == "omplacering":
        made = replace(made, sign=_moved(sentence, at, hit))
    elif made.measure in ("regnskab", "budget") and not made.income:
        made = replace(made, income=_of_income(sentence, start, max(at, hit.end), lex))
    if made.measure in ("over_underskud", "regnskab", "budget", "korrigeret_budget"):
        made = _measured(made, sentence, start, end, hit, context.year, lex)
    if made.measure in ("tillaegsbevilling", "budgetaendring") and context.year:
        after = sentence.words[at + 1 : at + 3]
        if after[:1] == ["fra"] and after[1:2] and after[1].isdigit() and int(after[1]) < context.year:
            made = replace(made, measure="overfoersel_ind", sign=1)
    if made.measure == "over_underskud" and previous is not None and previous.measure == "overfoersel_soegt":
        between = sentence.words[previous.token + 1 : at]
        if previous.part or any(w in ("nemlig", "fordelt", "bestående", "sammensat") for w in between):
            made = replace(made, measure="overfoersel_soegt", basis=None, part=True)
    inside_words = sentence.words[start:end]
    later = {int(w) for w in sentence.words[start:end] if w.isdigit() and len(w) == 4 and context.year and int(w) > context.year}
    if later and made.measure in ("tillaegsbevilling", "budgetaendring", "budget", "korrigeret_budget", "omplacering"):
        made = replace(made, measure=NOTHING)
    before = previous or context.last
    if made.measure == "forklaret" and before is not None and before.hit is not None and before.hit.cue.id == "aendring":
        made = replace(made, measure=NOTHING)
    if made.measure == "forklaret":
        made = replace(made, sign=made.sign or _near_sign(own, at) or (previous or context.last or made).sign or (context.result.sign if context.result else 0) or 1)
    if "trækker" in inside_words and any(w in ("anden", "modsat", "modsatte") for w in inside_words):
        made = replace(made, sign=-made.sign)
    if any(says(lex.lists["aside"], w) for w in sentence.words[start:at]) and made.measure in ("over_underskud", "regnskab"):
        made = replace(made, apart=True)
    if made.measure == "over_underskud" and "ville" in sentence.words[start:end]:
        made = replace(made, measure=NOTHING)
    return made


def _is_whole_change(sentence: Sentence, at: int, start: int, end: int, lex: Lexicon) -> bool:
    """Whether all changes of the budget are told together: 'netto', 'i årets løb', or the steps follow."""
    inside = sentence.words[start:end]
    told = any(w in ("samlet", "netto", "alt", "ialt", "løb", "løbet", "totalt", "siden", "altså") for w in inside)
    return told or any(says(lex.lists["parts"], w) for w in sentence.words[at + 1 : at + 6])


def _sign(said: str) -> int:
    return {"plus": 1, "minus": -1}.get(said, 0)


def _near_sign(own: Sequence[Hit], at: int) -> int:
    """The sign of the nearest word for better or worse."""
    said = [(min(abs(h.end - at), abs(h.start - at)), s) for h in own if h.cue.measure == "over_underskud" and (s := _sign(h.cue.sign))]
    return min(said)[1] if said else 0


def _word_sign(word: str, lex: Lexicon) -> int:
    """What one word says of better or worse: 'merforbrug' is -1."""
    return next((s for c in lex.cues if c.measure == "over_underskud" and (s := _sign(c.sign)) and says(c.words, word)), 0)


def _result_sign(
    sentence: Sentence, own: Sequence[Hit], hit: Hit, at: int, lex: Lexicon, otherwise: int = 1
) -> int:
    """What is carried, or left, of a deficit is minus: as the nearest word for one before the amount says."""
    said = [(abs(h.end - at), s) for h in own if h.cue.measure == "over_underskud" and (s := _sign(h.cue.sign)) and h.start <= max(at, hit.end)]
    inside = next((s for w in sentence.words[hit.start : hit.end] if (s := _word_sign(w, lex))), 0)
    return inside or (min(said)[1] if said else otherwise)


def _carried(sentence: Sentence, hit: Hit, own: Sequence[Hit], at: int) -> Hit | None:
    """The word for carrying that governs a result: 'der overføres et merforbrug på 3 mio. kr.'"""
    for other in own:
        gap = sentence.tokens[other.end : hit.start]
        if other.cue.measure == "overfoersel" and other.end <= hit.start < at and len(gap) <= 6:
            texts = [t.text for t in gap]
            if not any(t.kind in (AMOUNT, MARK) for t in gap) and any(w in ("et", "en", "sit", "sin", "dermed", "derfor") for w in texts):
                return other
    return None


def _left(made: Claim, before: Claim | None, hit: Hit) -> Claim:
    """'Resten' is what is left of what was just told: of an explanation, a move of budget, a result."""
    if hit.cue.id == "rest" and made.sentence.words[hit.start].startswith("restbeløb"):
        if before is None or before.measure not in ("over_underskud", "overfoersel_soegt", "rest"):
            return replace(made, measure="rest", sign=1)
    if before is None:
        return made
    if hit.cue.id == "kassen" and before.measure in ("omplacering", "tillaegsbevilling", "budgetaendring"):
        return replace(made, measure="tillaegsbevilling", sign=-1)
    if hit.cue.id != "rest":
        return made
    if before.measure in ("forklaret", "omplacering", "tillaegsbevilling"):
        return replace(made, measure=before.measure, sign=before.sign, part=True)
    return made


def _moved(sentence: Sentence, at: int, hit: Hit) -> int:
    """Budget that goes to others is minus: 'omplaceret til …'; what comes 'fra …' first is plus."""
    first = next((w for w in sentence.words if w), "")
    away = any(w in ("herfra", "trukket", "afgivet") for w in sentence.words)
    own_area = any(w == "fra" and sentence.words[i + 1 : i + 2] == ["området"] for i, w in enumerate(sentence.words))
    if away or own_area or (first == "til" and hit.start > 1):
        return -1
    after = sentence.words[min(at, hit.start) : max(at, hit.end) + 4]
    start = next((i for i in range(hit.start - 1, -1, -1) if sentence.tokens[i].kind == MARK), 0)
    named = [w for w in (*sentence.words[start : hit.start], *after) if w in ("fra", "til")]
    to = after[after.index("til") + 1 : after.index("til") + 2] if "til" in after else []
    own = any(w.startswith(("området", "indeværende")) for w in to)
    return -1 if named[:1] == ["til"] and not own else 1


def _of_income(sentence: Sentence, start: int, end: int, lex: Lexicon) -> bool:
    """Whether income is spoken of last before the amount, and not expenses."""
    last = ""
    for word in sentence.words[start:end]:
        if says(lex.lists["income"], word):
            last = "income"
        elif says(lex.lists["expense"], word):
            last = "expense"
    return last == "income"


def _compared(made: Claim, sentence: Sentence, hit: Hit, lex: Lexicon) -> Claim:
    """'3 mio. kr. højere end …': of the budget itself, of income or of expenses?"""
    more = 1 if hit.cue.sign == "more" else -1
    start, end = clause(sentence, hit.start, lex)
    before, after = sentence.words[start : hit.start], sentence.words[hit.end - 1 : end]
    budget = any(
        says(lex.lists["budget_words"], w) and not any(v in lex.against for v in before[max(0, i - 4) : i])
        for i, w in enumerate(before)
    )
    if budget and hit.cue.reach == 0:
        return replace(made, measure=NOTHING)  # the budget is lower, and nothing says than what
    if budget and spots(lex.bases["oprindeligt_budget"], after):
        return replace(made, measure="budgetaendring", sign=more)
    if hit.cue.measure == "budgetaendring":
        return replace(made, sign=more)
    income = _of_income(sentence, start, hit.start, lex)
    made = replace(made, income=income)
    whole = any(says(lex.lists["whole_subjects"], w) for w in before) or not any(w for w in before if len(w) > 3)
    noun = next((i for i, w in enumerate(before) if says(lex.lists["income"], w) or says(lex.lists["expense"], w)), None)
    if noun is not None and before[noun + 1 : noun + 2] and before[noun + 1] in ("fra", "til", "på", "ved", "for"):
        of = next((w for w in before[noun + 2 :] if w not in ("den", "det", "de")), "")
        whole = whole and (not of or says(lex.generic, of))
    return replace(made, sign=more if income else -more, apart=not whole)


def direction(
    sentence: Sentence, at: int, hit: Hit, context: Context, previous: Claim | None, lex: Lexicon
) -> str:
    """Whether money is carried out of the year of the accounts or into it, by the years and words near it."""
    start, end = clause(sentence, at, lex)
    inside = sentence.words[start:end]
    year = context.year
    if any(says(lex.transfer["sought"], w) for w in inside):
        return "overfoersel_soegt"
    to, since = _year_after(inside, "til"), _year_after(inside, "fra")
    if not to and not since:
        to, since = _year_after(sentence.words, "til"), _year_after(sentence.words, "fra")
    if year is not None:
        if to is not None:
            return "overfoersel_soegt" if to > year else "overfoersel_ind"
        if since is not None:
            return "overfoersel_ind" if since < year else "overfoersel_soegt"
    if spots(lex.transfer["in_words"], inside):
        return "overfoersel_ind"
    before = previous or context.last
    if before is not None and before.measure in ("budgetaendring", "tillaegsbevilling", "omplacering", "overfoersel_ind", "oprindeligt_budget"):
        return "overfoersel_ind"
    return "overfoersel_soegt"


def _year_after(found: Sequence[str], preposition: str) -> int | None:
    for at, word in enumerate(found):
        if word.isdigit() and len(word) == 4 and preposition in found[max(0, at - 2) : at]:
            return int(word)
    return None


def _negated(made: Claim, sentence: Sentence, hit: Hit, start: int, end: int, lex: Lexicon) -> Claim:
    near = range(max(start, hit.start - 3), min(end, hit.end + 2))
    if made.measure == "overfoersel_soegt" and any(says(lex.lists["negations"], sentence.words[i]) for i in near):
        return replace(made, measure="rest_efter_overfoersel")
    return made


def _measured(
    made: Claim, sentence: Sentence, start: int, end: int, hit: Hit, year: int | None, lex: Lexicon
) -> Claim:
    """The basis that is named, an expectation instead of the accounts, another year."""
    inside = sentence.words[start:end]
    basis = nearest_basis(sentence, start, end, made.token, BASES, lex)
    since = sentence.words[max(0, start - 2) : start] if sentence.words[start] == "hvor" else []
    low = max((i for i in range(start, made.token) if sentence.tokens[i].text == "," or sentence.tokens[i].kind == AMOUNT), default=start)
    high = next((i for i in range(made.token + 1, end) if sentence.tokens[i].text == "," or sentence.tokens[i].kind == AMOUNT), end)
    near = inside if made.measure == "over_underskud" else sentence.words[low:high]
    years = {int(w) for w in (*since, *near) if w.isdigit() and len(w) == 4}
    low = max((i + 1 for i in range(start, hit.start) if sentence.tokens[i].kind in (AMOUNT, MARK)), default=start)
    low = start if sentence.tokens[low - 1].text in "()" else low
    expected = any(
        says(lex.lists["expected"], w) and not any(v in lex.against for v in sentence.words[max(0, i - 3) : i])
        for i, w in enumerate(sentence.words[: hit.end])
        if i >= low
    )
    expected = expected or (hit.cue.measure == "regnskab" and says(lex.lists["expected"], sentence.words[hit.start - 1]))
    earlier = {y for y in years if year is not None and y < year}
    if made.measure == "over_underskud":
        if expected and basis != "oprindeligt_budget":
            return replace(made, measure="forventet_over_underskud", basis=None)
        if basis == "sidste_aar" or (earlier and year not in years):
            about = bool(earlier) and not any(w in lex.against for w in inside)
            return replace(made, measure="over_underskud" if about else NOTHING, year=min(earlier) if about else None)
        return replace(made, basis=basis)
    after = sentence.words[made.token + 1 : made.token + 3]
    if hit.cue.id == "mod" and after[:1] == ["i"] and after[1:2] and after[1].isdigit() and year and int(after[1]) < year:
        return replace(made, measure="regnskab", year=int(after[1]))
    if expected and made.measure == "regnskab":
        return replace(made, measure="forventet_regnskab")
    if made.measure == "regnskab" and earlier and year not in years:
        return replace(made, year=max(earlier))
    if basis == "sidste_aar" and made.measure == "regnskab" and year:
        return replace(made, year=year - 1)
    return made


def nearest_basis(
    sentence: Sentence, start: int, end: int, at: int, bases: Sequence[str], lex: Lexicon
) -> str | None:
    """The basis named nearest to the amount within its clause and before the next amount."""
    stop = next((i for i in range(at + 1, end) if sentence.tokens[i].kind == AMOUNT), end)
    found = []
    for rank, basis in enumerate(bases):
        for first, last in spots(lex.bases[basis], sentence.words[start:stop]):
            first, last = first + start, last + start
            if not any(w in lex.against for w in sentence.words[max(0, first - 4) : first]) and basis != "sidste_aar":
                continue
            amounts = sum(sentence.tokens[i].kind == AMOUNT for i in range(min(last, at + 1), max(first, at)))
            found.append((amounts, min(abs(first - at), abs(last - at)), rank, basis))
    return min(found)[3] if found else None


def is_lead(sentence: Sentence) -> bool:
    """Whether a sentence only leads in what follows: it ends in a colon, or breaks off where a list begins."""
    last = sentence.tokens[-1]
    return last.text == ":" or last.text in ("med", "på", "af", "fra", "til", "følgende", "således")


__all__ = ["NOTHING", "Claim", "Context", "any_meets", "claims", "direction", "is_lead", "qualified"]
