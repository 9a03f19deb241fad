"""Which line is an amount about: the one its sentence names, the paragraph's, or a part that no table has?"""

from __future__ import annotations

from collections.abc import Sequence

from checker.recognise.narrative.claim import Claim
from checker.recognise.narrative.cues import Hit, clause, says
from checker.recognise.narrative.lexicon import Lexicon
from checker.recognise.narrative.mentions import LineRef, Mention, content, stem
from checker.recognise.narrative.sentences import AMOUNT, MARK, WORD, Sentence

_BESIDE = frozenset(("til", "med", "af", "i", "og", "mod", "end", "samt", "fra", "som"))
_ATTACHED = ("på", "for", "hos", "under", "vedrørende", "vedr", "inden", "ved", "i")
_PART = ("på", "til", "vedr", "vedrørende", "fra", "inden", "ved", "for", "hos", "af", "i")
_MOVED = ("overfoersel", "rest_efter", "omplacering", "tillaegs")


def subject(sentence: Sentence, named: Sequence[Mention], own: Sequence[Hit], lex: Lexicon) -> LineRef | None:
    """The line that a sentence speaks of: named before its first amount, not as what something else goes to.

    'Dagplejen har …', 'På Skoler er …', 'I årets løb er skolernes budget …'; who decides something is no line.
    """
    first = next((i for i, t in enumerate(sentence.tokens) if t.kind == WORD), 0)
    amount = next((i for i, t in enumerate(sentence.tokens) if t.kind == AMOUNT), len(sentence.tokens))
    told = min((h.end for h in own if h.cue.measure in ("over_underskud", "overfoersel", "rest")), default=amount)
    moved = any(h.cue.measure == "omplacering" for h in own)
    for start, end, line in named:
        if start > amount:
            return None
        before = [w for w in sentence.words[first:start] if w]
        while before and before[-1] in lex.small["rest_names"]:
            before = before[:-1]
        if any(says(lex.actors, w) for w in sentence.words[end : end + 4]):
            continue
        if not before or (len(before) == 1 and before[0] in _BESIDE | {"på", "for", "hos", "til"}):
            if before[:1] != ["til"] or not moved:
                return line
        elif before[-1] not in _BESIDE and start - first <= 12 and start < told:
            return line
    return None


def line_of(claim: Claim, sentence: Sentence, named: Sequence[Mention], topic: LineRef, lex: Lexicon) -> LineRef:
    """The line named by a preposition after amount or cue ('merforbrug på Skoler på 3 mio. kr.'), else the topic."""
    if claim.hit is None:
        return topic
    at = claim.token
    allowed: tuple[str, ...] = _ATTACHED
    if claim.measure.startswith("overfoersel"):
        allowed = (*allowed, "fra")
    away = any(w in lex.small["given_away"] for w in sentence.words)
    for start, end, line in named:  # 'og 1,1 mio. kr. på Skoler'; several lines in a row are what it is spent on
        alone = not any(end < other <= end + 2 for other, _, _ in named)
        to = (claim.measure.startswith(_MOVED) or claim.part) and sentence.words[start - 1] == "til" and not away
        to = to and not (claim.measure == "omplacering" and claim.sign < 0)
        if at + 1 < start <= at + 2 and (to or sentence.words[start - 1] in allowed) and alone:
            return line
    low, high = min(claim.hit.start, at), max(claim.hit.end, at + 1)
    own = sentence.tokens
    for start, end, line in named:
        near = low < start < high or high <= start <= high + 1
        if not near or sentence.words[start - 1] not in allowed:
            continue
        between = own[end:at] if end <= at else own[at + 1 : start]
        if not any(t.kind == AMOUNT or (t.kind == MARK and t.text in ",;") for t in between):
            return line
    start, _ = clause(sentence, at, lex)
    for (
        first,
        _,
        line,
    ) in named:  # a new thought with a subject of its own: 'mens Skoler har et merforbrug på 3 mio. kr.'
        if start <= first <= start + 2 and first < at and start > 0:
            return line
    return topic


def is_partial(claim: Claim, sentence: Sentence, named: Sequence[Mention], topic: LineRef, lex: Lexicon) -> bool:
    """Whether a result or level is only that of a part that no table has: 'et merforbrug til vikarer på 3 mio. kr.'"""
    if claim.measure not in ("over_underskud", "regnskab", "korrigeret_budget", "oprindeligt_budget", "budget"):
        return False
    if claim.hit is None or claim.hit.end > claim.token + 4:
        return False
    starts = {start for start, _, _ in named}
    first = next((i for i, t in enumerate(sentence.tokens) if t.kind == WORD), 0)
    begins = (claim.hit.end, *((claim.token + 1,) if claim.hit.start > claim.token + 2 else ()))
    if sentence.words[first] in ("på", "for", "vedrørende", "vedr", "inden") and first < min(
        claim.hit.start, claim.token
    ):
        begins = (*begins, first)
    return any(_names_part(sentence, at, starts, topic, lex) for at in begins)


def _names_part(sentence: Sentence, at: int, starts: set[int], topic: LineRef, lex: Lexicon) -> bool:
    if at >= len(sentence.words) or sentence.words[at] not in _PART:
        return False
    at += 1
    while at < len(sentence.words) and sentence.words[at] in ("for", "den", "det", "de", "køb", "salg", "drift"):
        at += 1
    if at >= len(sentence.tokens) or sentence.tokens[at].kind != WORD or at in starts:
        return False
    near = [w for w in sentence.words[at : at + 3] if w]
    return not says(lex.generic, sentence.words[at]) and not any(_akin(w, topic) for w in near)


def _akin(word: str, topic: LineRef) -> bool:
    """Whether a word is much like one of the line's name: 'kontanthjælpen' in Kontant- og uddannelseshjælp."""
    own = stem(word)
    return any(min(len(own), len(n)) >= 5 and (own[:5] == n[:5] or own[-5:] == n[-5:]) for n in content(topic.name))
