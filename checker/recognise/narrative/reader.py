"""The claims of all paragraphs, each with its line: by what its sentence names, else by the section it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from checker.recognise.lines import TOTAL_KEY
from checker.recognise.narrative.against import direction
from checker.recognise.narrative.claim import Claim, Context, Spot
from checker.recognise.narrative.claims import claims, is_lead
from checker.recognise.narrative.cues import Hit, clause, hits, says
from checker.recognise.narrative.labels import label
from checker.recognise.narrative.lexicon import Lexicon, lexicon, spots
from checker.recognise.narrative.meaning import qualified
from checker.recognise.narrative.mentions import LineRef, Mention, Names
from checker.recognise.narrative.sayings import Saying, contradictions, explanations, percents, transfer_years
from checker.recognise.narrative.sections import Section
from checker.recognise.narrative.sentences import AMOUNT, Sentence, sentences
from checker.recognise.narrative.topics import is_partial, line_of, subject

_NOUNS = ("overførs", "genbevilling", "fra")
"""How words for carrying begin that say nothing of what is carried."""
_RESULTS = ("over_underskud", "rest", "forklaret")


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim with the line it is about and the paragraph it stands in; `source` is the claim it refers back to."""

    claim: Claim
    line: LineRef
    section: Section
    source: Placed | None = None


@dataclass(slots=True)
class State:
    """What was read before: the last result of each line, and the lead-in of a list that may go on."""

    year: int | None
    results: dict[LineRef, Placed] = field(default_factory=dict)
    lead: Claim | None = None
    under: LineRef | None = None  # the section of the lead
    topic: LineRef | None = None  # of the paragraph before, for one that stands right under it
    section: Section | None = None
    lines: bool = False  # some line has had a section of its own


def read(found: Iterable[Section], names: Mapping[str, Names], year: int | None) -> Iterator[Placed | Saying]:
    """Every claim, in order; those that only refer back to an amount follow it, and what else the sentence says."""
    state = State(year)
    for section in found:
        yield from _paragraph(section, names[section.entity], state)


def _paragraph(section: Section, names: Names, state: State) -> Iterator[Placed | Saying]:
    lex = lexicon()
    topic, last = _first_topic(section, state), None
    item, opening = section.paragraph.kind == "list", True
    for sentence in sentences(section.paragraph.text):
        if sentence.end <= section.offset:
            continue
        named = names.mentions(sentence.words, topic)
        listed = sentence.item or item
        state.lead = state.lead if listed and section.line == state.under else None
        called = None if state.lead else label(section.paragraph.text, sentence, names, topic, lex)
        found = called or subject(sentence, named, hits(sentence, lex), lex)
        first = next((w for w in sentence.words if w), "")
        aside = called is not None and not called.known and section.own  # 'Vikarer: …' in the section of a line
        if aside:
            found = None
        outside = topic if called is not None and not called.known and not aside else None
        area = first in lex.whole_area
        whole = section.whole if area and opening else None
        opening = False
        topic = found or whole or (section.line if sentence.item or area else topic)
        made = [
            _placed(_aside(claim) if aside else claim, sentence, named, topic, section, found is not None, state, lex)
            for claim in claims(sentence, Context(state.year, last, state.lead, _result(state, topic)))
        ]
        yield from contradictions(sentence, section, topic, _result(state, topic), lex)
        yield from explanations(sentence, section, topic, lex)
        for placed in made:
            yield placed
            if placed.claim.measure in _RESULTS:
                state.results[placed.line] = placed
        last = made[-1].claim if made else last
        for percent, of in percents(sentence, [p.claim for p in made], lex):
            yield Placed(percent, next(p.line for p in made if p.claim is of), section)
        yield from _balanced(sentence, section, topic, lex)
        back = list(_back(sentence, made, section, topic, state, last, lex))
        yield from back
        for placed in (*made, *back):
            yield from transfer_years(placed.claim, section, placed.line, state.year, lex)
        if is_lead(sentence):
            state.under = section.line
            state.lead = _lead(sentence, last, state, topic, lex)
        topic = outside or topic
    state.topic = topic


def _first_topic(section: Section, state: State) -> LineRef:
    """The section's line; of a line of text right under the one before it, the line that was spoken of there."""
    before, own = state.section, section.paragraph
    state.section = section
    if before is None or state.topic is None or own.flow or section.line != before.line or section.offset:
        return section.line
    ends = before.paragraph.line + before.paragraph.text.count("\n")
    return state.topic if own.line == ends + 1 and own.sheet == before.paragraph.sheet else section.line


def _placed(
    claim: Claim,
    sentence: Sentence,
    named: Sequence[Mention],
    topic: LineRef,
    section: Section,
    is_subject: bool,
    state: State,
    lex: Lexicon,
) -> Placed:
    """A claim at its line. Once lines have had their own sections, the whole area must be spoken of by name."""
    line = line_of(claim, sentence, named, topic, lex)
    state.lines = state.lines or section.own
    general = not section.own and not section.heading and line == section.line and not is_subject and state.lines
    whole = general and any(says(lex.whole_words, w) for w in sentence.words)
    general = general or (
        section.own
        and not is_subject
        and section.line.key != TOTAL_KEY
        and any(says(lex.lists["committee"], w) for w in sentence.words)
    )
    made = _partial(claim, sentence, named, topic, lex)
    explains = (
        state.lead is not None
        and state.lead.measure == "forklaret"
        and (sentence.item or section.paragraph.kind == "list")
    )
    if explains and made.measure == "over_underskud" and line == topic == section.line:
        made = replace(made, measure="forklaret", basis=None, part=True)
    adrift = section.whole is not None and not is_subject and line == section.line
    return Placed(replace(made, sure=made.sure and (whole or not general) and not adrift), line, section)


def _aside(claim: Claim) -> Claim:
    """A claim of a part that only the text names."""
    if claim.measure == "over_underskud":
        return replace(claim, measure="forklaret", basis=None, part=True)
    return replace(claim, apart=True)


def _partial(claim: Claim, sentence: Sentence, named: Sequence[Mention], topic: LineRef, lex: Lexicon) -> Claim:
    named_here = any(start < claim.token for start, _, _ in named)
    if not (claim.apart and not named_here) and not is_partial(claim, sentence, named, topic, lex):
        return replace(claim, apart=False)
    return _aside(claim)


def _result(state: State, topic: LineRef) -> Claim | None:
    return state.results[topic].claim if topic in state.results else None


def _lead(sentence: Sentence, last: Claim | None, state: State, topic: LineRef, lex: Lexicon) -> Claim | None:
    """What the items after 'Merforbruget skyldes:' are: as the last cue of the sentence says."""
    own = [h for h in hits(sentence, lex) if not h.basis and h.cue.measure != "none"]
    if not own:
        told = _result(state, topic)
        return replace(told, measure="forklaret", basis=None, part=True) if told else None
    explains = next((h for h in own if h.cue.measure in ("forklaret", "overfoersel")), own[-1])
    context = Context(state.year, last or _result(state, topic))
    made = qualified(Spot(sentence, len(sentence.tokens) - 1, explains, own, context, None))
    if made.measure == "over_underskud":
        made = replace(made, measure="forklaret", basis=None)
    return replace(made, part=True)


def _balanced(sentence: Sentence, section: Section, topic: LineRef, lex: Lexicon) -> Iterator[Placed]:
    """'Regnskabet balancerer' is a result of nothing."""
    for start, end in spots(lex.lists["balanced"], sentence.words):
        near = sentence.words[max(0, start - 4) : end + 3]
        if not any(says(lex.lists["not_balanced"], w) for w in near):
            yield Placed(Claim(sentence, start, None, None, "over_underskud"), topic, section)
            return


def _back(
    sentence: Sentence,
    made: Sequence[Placed],
    section: Section,
    topic: LineRef,
    state: State,
    last: Claim | None,
    lex: Lexicon,
) -> Iterator[Placed]:
    """A transfer or remainder told of an amount that stands elsewhere: 'Beløbet søges overført', 'X, som overføres'."""
    used = {(p.claim.hit.start, p.claim.hit.end) for p in made if p.claim.hit}
    for hit in hits(sentence, lex):
        verb = not sentence.words[hit.start].startswith(_NOUNS)
        wanted = (hit.cue.measure == "overfoersel" and verb) or hit.cue.id in ("kassen", "ikke_overfoert")
        if not wanted or (hit.start, hit.end) in used:
            continue
        start, end = clause(sentence, hit.start, lex)
        if any(t.kind == AMOUNT for t in sentence.tokens[hit.end : min(end, hit.end + 4)]):
            continue
        source = _source(sentence, hit, start, made, topic, state, lex)
        if source is None or source.claim.said is None:
            continue
        context = Context(state.year, last)
        measure = (
            hit.cue.measure
            if hit.cue.measure != "overfoersel"
            else direction(Spot(sentence, hit.start, hit, [], context, None))
        )
        near = sentence.words[max(start, hit.start - 3) : hit.end + 2]
        if measure == "overfoersel_soegt" and any(says(lex.lists["negations"], w) for w in near):
            measure = "rest_efter_overfoersel"
        if measure == "overfoersel_ind" or any(p.claim.measure == measure for p in made):
            continue
        claim = replace(
            source.claim, sentence=sentence, token=hit.start, measure=measure, hit=hit, back=True, basis=None,
            part=False, sign=source.claim.sign or 1, year=None,
        )  # fmt: skip
        yield Placed(claim, source.line, section, source)
        return


def _source(
    sentence: Sentence, hit: Hit, start: int, made: Sequence[Placed], topic: LineRef, state: State, lex: Lexicon
) -> Placed | None:
    """The result that is spoken of: before it in the sentence, else the line's last where a word refers back."""
    here = [p for p in made if p.claim.token < hit.start and p.claim.measure in _RESULTS]
    if here:
        return here[-1]
    if any(t.kind == AMOUNT for t in sentence.tokens[: hit.start]):
        return None
    refers = [w for w in sentence.words[max(0, start - 1) : hit.start] if w]
    if any(w.startswith("rest") for w in refers):
        return None  # what is left is another amount than the one told
    first = not refers
    if first or any(says(lex.lists["references"], w) for w in refers):
        found = state.results.get(topic)
        return found if found is None or found.claim.measure != "forklaret" else None
    return None
