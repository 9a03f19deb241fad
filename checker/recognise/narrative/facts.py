"""Claims -> facts of the model: what tables show filled in, parts told from the whole, repeats from conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from checker.model.document import Place
from checker.model.submission import KR, PART_MARK, PERCENT, Fact, NotRead, Statement, TextParts
from checker.model.submission import Claim as SaidClaim
from checker.recognise.lines import TOTAL_KEY
from checker.recognise.narrative.claim import NOTHING, Claim
from checker.recognise.narrative.cues import says
from checker.recognise.narrative.lexicon import lexicon
from checker.recognise.narrative.reader import Placed
from checker.recognise.narrative.sayings import Saying
from checker.recognise.narrative.sections import Section
from checker.recognise.narrative.sentences import Sentence
from checker.recognise.narrative.shown import Shown
from checker.recognise.places import of_paragraph
from checker.recognise.vocabulary import LEVELS
from checker.recognise.words import plain

SEVERAL = ("tillaegsbevilling", "omplacering", "forklaret")
"""Measures of which a text names several figures of one line that are not the same."""
DIVIDED = ("overfoersel_ind", "overfoersel_soegt", *SEVERAL[:2])
"""Measures whose parts are often told by what they are used for."""
_RESULTS = ("over_underskud", "forklaret", "rest_efter_overfoersel")


@dataclass(slots=True)
class Told:
    """What the text of one file states."""

    statements: list[Statement] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    parts: list[TextParts] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    claims: list[SaidClaim] = field(default_factory=list)

    def doubt_wholes(self) -> None:
        """Where a table or page was not read, what seems to be of the whole area may be of a line that it holds."""
        self.facts[:] = [replace(f, sure=False) if f.line.startswith(TOTAL_KEY) else f for f in self.facts]


class Writer:
    """Makes facts of claims; `tables` are the facts of the tables, which fill in what the text leaves open."""

    def __init__(self, file: str, year: int | None, tables: Sequence[Fact], first: int = 1) -> None:
        self.file, self.year, self.told = file, year, Told()
        self.shown = Shown(tables, year)
        self.number = first - 1
        self.paragraph = -1
        self.before: Fact | None = None  # the fact told last, in this paragraph
        self.main: dict[tuple[str, str | None, str, str, int | None, str | None], Fact] = {}
        self.made: dict[int, str] = {}  # ids of the facts of the claims, for what refers back to them
        self.counts: Counter[tuple[str, str]] = Counter()
        self.groups: dict[str, list[str]] = {}

    def add(self, placed: Placed | Saying) -> None:
        """One claim; an amount of which it is not known what it is is listed as not read."""
        if isinstance(placed, Saying):
            self._say(placed)
            return
        claim = placed.claim
        place = self._place(placed.section, claim.sentence, claim.token)
        if claim.measure == NOTHING or self.shown.is_too_small(claim, placed.line):
            if claim.said is not None:
                self.told.not_read.append(NotRead("unread.sentence", claim.said.text, place))
            return
        fact = self._fact(placed, place)
        self.made[id(placed)] = fact.fact_id
        self.told.facts.append(fact)
        if claim.said is not None and claim.said.value < 0 and claim.sign < 0 and claim.measure in _RESULTS:
            self._claim("text_double_negative", fact, f"{claim.said.text}")
        if not placed.line.known and not claim.back:
            self._claim("text_no_line", fact, f"{fact.as_printed} ({placed.line.name})")

    def finish(self) -> Told:
        """Everything, with the groups of parts."""
        facts = {f.fact_id: f for f in self.told.facts}
        for whole, parts in self.groups.items():
            self.told.parts.append(TextParts(whole, tuple(parts), facts[whole].measure))
        return self.told

    def _claim(self, kind: str, fact: Fact, value: str) -> None:
        self.told.claims.append(SaidClaim(kind, fact.statement, fact.fact_id, value, fact.place, fact.year))

    def _say(self, saying: Saying) -> None:
        """What a sentence says beside amounts; of a word or year, the amount told last is what it is about."""
        place = self._place(saying.section, saying.sentence, saying.at)
        about = saying.line.entity if saying.kind == "text_explained" else ""
        if saying.kind in ("text_contradiction", "text_transfer_year") and self.told.facts:
            about = self.told.facts[-1].fact_id
        self.told.claims.append(SaidClaim(saying.kind, "", about, saying.value, place, saying.year))

    def _place(self, section: Section, sentence: Sentence, at: int) -> Place:
        paragraph, text = section.paragraph, section.paragraph.text
        token = sentence.tokens[at]
        start, end = token.start, token.end
        breaks = text.count("\n", 0, start)
        column = start - (text.rfind("\n", 0, start) + 1)
        moved = replace(paragraph, line=paragraph.line + (0 if paragraph.flow else breaks))
        place = of_paragraph(self.file, moved)
        if place.cell is None:
            place = replace(place, column=column + 1)
        low, high = sentence.start, sentence.end
        snippet = plain(text[low:high])
        printed = plain(text[start:end])
        at = snippet.find(printed, len(plain(text[low:start])) - 2 if start > low else 0)
        mark = (at, at + len(printed)) if at >= 0 else None
        return replace(place, snippet=snippet, mark=mark)

    def _fact(self, placed: Placed, place: Place) -> Fact:
        claim, line = placed.claim, placed.line
        statement = self._statement(placed)
        measure = self.shown.measure(claim, line)
        year = claim.year if claim.year is not None else self.year
        basis = self.shown.basis(claim, measure, line)
        value, unit, orientation = self.shown.value(claim, measure, line, year, basis)
        said = claim.said
        own = sum(f.statement == statement.id for f in self.told.facts) + 1
        remarks = tuple(r for r in (*(said.remarks if said else ()), said.hedge if said else "") if r)
        fact = Fact(
            fact_id=f"{statement.id}.A{own}",
            entity=line.entity,
            scope=line.scope,
            statement=statement.id,
            line=line.key,
            label=line.name,
            number=line.number,
            measure=measure,
            year=year,
            basis=basis,
            value=value,
            unit=unit,
            dimension=PERCENT if measure == "andel" else KR,
            unit_known=True,
            as_printed=plain(said.text) if said else claim.sentence.tokens[claim.token].text,
            orientation=orientation,
            place=place,
            remarks=remarks,
            text=True,
            coarse=said.coarse if said else 0,
            sign_word=claim.hit.cue.id if claim.hit and claim.sign and measure == "over_underskud" else "",
            of_which=claim.of_which,
            sure=claim.sure or claim.measure == "andel",
            refers=self.made.get(id(placed.source), "") if placed.source else "",
        )
        return self._among(fact, claim, self.before is None and _opens(placed))

    def _statement(self, placed: Placed) -> Statement:
        paragraph = placed.section.paragraph
        if paragraph.number != self.paragraph or not self.told.statements:
            self.number += 1
            self.paragraph, self.before = paragraph.number, None
            title = plain(paragraph.text)
            short = title if len(title) <= 40 else title[: title.rfind(" ", 0, 40)].rstrip(" ,;:-–") + "…"
            self.told.statements.append(
                Statement(
                    f"P{self.number}",
                    short,
                    "text",
                    "",
                    of_paragraph(self.file, paragraph),
                    None,
                    (),
                    (),
                    (),
                    placed.line.entity,
                )
            )
        return self.told.statements[-1]

    def _among(self, fact: Fact, claim: Claim, opens: bool) -> Fact:
        """The fact as the figure of its line, as a repeat of it, or as a part of it that only the text names.

        `opens` says that it opens the line's own paragraph: then it is the line's own, whatever was told before.
        """
        if fact.measure == "andel":
            return fact
        before, self.before = self.before, fact
        if claim.part and before is not None and before.measure in DIVIDED and fact.measure in (*LEVELS, "forklaret"):
            fact = self.before = replace(
                fact, measure=before.measure, line=before.line.partition(PART_MARK)[0], value=abs(fact.value)
            )
        part = claim.part and before is not None and before.measure == fact.measure
        if claim.apart or self.shown.is_gross(fact, claim):
            return self._part(fact, None)
        key = (fact.entity, fact.scope, fact.line, fact.measure, fact.year, fact.basis)
        first = self.main.get(key)
        alike = first is not None and 2 * abs(first.value - fact.value) <= first.unit + fact.unit
        if claim.back or (first is None and not part and fact.measure not in SEVERAL):
            self.main.setdefault(key, fact)
            return fact
        if alike and not part:
            return fact
        smaller = first is not None and abs(fact.value) < abs(first.value)
        if first is not None and opens and fact.measure == "over_underskud":
            return fact
        if fact.measure == "over_underskud" and first is not None and (smaller or not self._of_whole(claim)):
            return self._part(replace(fact, measure="forklaret", basis=None), first)
        if first is not None and not (part or smaller or fact.measure in SEVERAL):
            return fact
        if first is None and fact.measure not in SEVERAL:
            self.main[key] = fact
            return fact
        return self._part(fact, first)

    def _of_whole(self, claim: Claim) -> bool:
        """Whether a sentence that tells another result of a line again speaks of all of it."""
        return any(says(lexicon().whole_words, w) or w.startswith("regnskabet") for w in claim.sentence.words[:5])

    def _part(self, fact: Fact, whole: Fact | None) -> Fact:
        self.counts[fact.line, fact.measure] += 1
        made = replace(
            fact, line=f"{fact.line}{PART_MARK}{fact.measure}{PART_MARK}{self.counts[fact.line, fact.measure]}"
        )
        if whole is not None:
            self.groups.setdefault(whole.fact_id, []).append(made.fact_id)
        return made


def _opens(placed: Placed) -> bool:
    """Whether the claim is of the first sentence of a paragraph that begins with its line's number ('2f. RPA …')."""
    section, sentence = placed.section, placed.claim.sentence
    return section.own and 0 < section.offset >= sentence.start - 1


def tell(placed: Iterable[Placed | Saying], file: str, year: int | None, tables: Sequence[Fact], first: int) -> Told:
    """Facts, parts and what was not understood of one file's text."""
    writer = Writer(file, year, tables, first)
    for each in placed:
        writer.add(each)
    return writer.finish()
