"""The claims of all paragraphs, each with its line: by what its sentence names, else by the section it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checker.recognise.narrative.claims import NOTHING, Claim, claims, clause, direction, hits
from checker.recognise.narrative.lexicon import Lexicon, lexicon, spots
from checker.recognise.narrative.mentions import LineRef, Names
from checker.recognise.narrative.sections import Section
from checker.recognise.narrative.sentences import AMOUNT, MARK, WORD, Sentence, sentences
from checker.recognise.words import any_meets

_RESULTS = ("over_underskud", "rest")


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim with the line it is about and the paragraph it stands in."""

    claim: Claim
    line: LineRef
    section: Section


def read(found: Iterable[Section], names: dict[str, Names], year: int | None) -> Iterator[Placed]:
    """Every claim, in order; those that only refer back to an amount follow it."""
    last: dict[LineRef, Placed] = {}
    for section in found:
        yield from _paragraph(section, names[section.entity], year, last)


def _paragraph(section: Section, names: Names, year: int | None, last: dict[LineRef, Placed]) -> Iterator[Placed]:
    lex = lexicon()
    topic = section.line
    for sentence in sentences(section.paragraph.text):
        if sentence.end <= section.offset:
            continue
        named = names.mentions(sentence.words)
        subject = _subject(sentence, named, lex)
        if subject is not None:
            topic = subject
        elif sentence.item:
            topic = section.line
        made: list[Placed] = []
        for claim in claims(sentence, year):
            line = _line_of(claim, sentence, named, topic, lex)
            made.append(Placed(claim, line, section))
        for placed in made:
            yield placed
            if placed.claim.measure in _RESULTS:
                last[placed.line] = placed
        own = list(_balanced(sentence, section, topic, year, lex))
        yield from own
        yield from _back(sentence, made, section, topic, year, last, lex)


def _subject(sentence: Sentence, named: Sequence[tuple[int, int, LineRef]], lex: Lexicon) -> LineRef | None:
    """The line that a sentence begins with, a preposition or 'Regnskabet for' before it."""
    first = next((i for i, t in enumerate(sentence.tokens) if t.kind == WORD), 0)
    for start, _, line in named:
        before = [w for w in sentence.words[first:start] if w]
        if not before or (len(before) <= 4 and before[-1] in lex.topics and not any(t.kind == AMOUNT for t in sentence.tokens[:start])):
            return line
        if len(before) == 1 and before[0] in ("også", "den", "det", "de"):
            return line
    return None


def _line_of(
    claim: Claim, sentence: Sentence, named: Sequence[tuple[int, int, LineRef]], topic: LineRef, lex: Lexicon
) -> LineRef:
    """The line named right after cue or amount by a preposition ('merforbrug på Skoler på 3 mio. kr.'), else the topic."""
    if claim.hit is None or claim.token is None:
        return topic
    low, high = min(claim.hit.start, claim.token), max(claim.hit.end, claim.token + 1)
    allowed = ("på", "for", "hos", "under", "vedrørende", "vedr", "inden", "ved")
    if claim.measure.startswith("overfoersel"):
        allowed = (*allowed, "fra")
    for start, end, line in named:
        before = [w for w in sentence.words[max(0, start - 2) : start] if w]
        near = low <= start < high or high <= start <= high + 2
        if near and before and before[-1] in allowed:
            between = sentence.tokens[high:start]
            if not any(t.kind == AMOUNT or (t.kind == MARK and t.text in ",;") for t in between):
                return line
    start, _ = clause(sentence, claim.token, lex)
    for at, _, line in named:  # a new clause with a subject of its own: 'mens Skoler har et merforbrug på 3 mio. kr.'
        if start <= at <= start + 2 and at < low:
            return line
    return topic


def _balanced(sentence: Sentence, section: Section, topic: LineRef, year: int | None, lex: Lexicon) -> Iterator[Placed]:
    """'Regnskabet balancerer' is a result of nothing."""
    for start, end in spots(lex.lists["balanced"], sentence.words):
        near = sentence.words[max(0, start - 4) : end + 3]
        if not any(w and any_meets(lex.lists["not_balanced"], (w,)) for w in near):
            yield Placed(Claim(sentence, start, None, None, "over_underskud"), topic, section)
            return
    del year


def _back(
    sentence: Sentence,
    made: Sequence[Placed],
    section: Section,
    topic: LineRef,
    year: int | None,
    last: dict[LineRef, Placed],
    lex: Lexicon,
) -> Iterator[Placed]:
    """A transfer or remainder told of an amount that stands elsewhere: 'Beløbet søges overført', 'X, som overføres'."""
    used = {id_ for p in made if p.claim.hit for id_ in [(p.claim.hit.start, p.claim.hit.end)]}
    for hit in hits(sentence, lex):
        if hit.cue.measure not in ("overfoersel", "rest_efter_overfoersel") or (hit.start, hit.end) in used:
            continue
        if hit.cue.measure == "rest_efter_overfoersel" and hit.cue.id not in ("kassen", "ikke_overfoert"):
            continue
        start, end = clause(sentence, hit.start, lex)
        if any(t.kind == AMOUNT for t in sentence.tokens[hit.end : min(end, hit.end + 4)]):
            continue
        source = _source(sentence, hit.start, start, made, topic, last, lex)
        if source is None or source.claim.said is None:
            continue
        measure = direction(sentence, hit.start, hit, year, lex) if hit.cue.measure == "overfoersel" else hit.cue.measure
        if measure == "overfoersel_ind":
            continue
        near = sentence.words[max(start, hit.start - 3) : hit.end + 3]
        if measure == "overfoersel_soegt" and any(w and any_meets(lex.lists["negations"], (w,)) for w in near):
            measure = "rest_efter_overfoersel"
        claim = replace(source.claim, measure=measure, hit=hit, back=True, basis=None, part=False, sign=source.claim.sign or 1)
        yield Placed(claim, source.line, section)
        return


def _source(
    sentence: Sentence,
    at: int,
    start: int,
    made: Sequence[Placed],
    topic: LineRef,
    last: dict[LineRef, Placed],
    lex: Lexicon,
) -> Placed | None:
    """The result that is spoken of: in the same sentence before it, else the last of the line where a word refers back."""
    here = [p for p in made if p.claim.token is not None and p.claim.token < at and p.claim.measure in _RESULTS]
    if here:
        return here[-1]
    if any(t.kind == AMOUNT for t in sentence.tokens[:at]):
        return None
    refers = [w for w in sentence.words[max(0, start - 1) : at] if w]
    if any(w.startswith("rest") for w in refers):
        return None  # what is left is another amount than the one told
    if any(any_meets(lex.lists["references"], (w,)) for w in refers):
        return last.get(topic)
    return None
