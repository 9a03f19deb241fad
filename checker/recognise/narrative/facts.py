"""Claims -> facts of the model: sign, unit, year and basis filled in, parts told from the whole, repeats from conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from checker.amounts.units import KRONE, THOUSAND
from checker.model.document import Place
from checker.model.submission import KR, PERCENT, Fact, NotRead, Statement, TextParts
from checker.model.submission import Claim as SaidClaim
from checker.recognise.narrative.amounts import Said
from checker.recognise.narrative.claim import NOTHING, Claim
from checker.recognise.narrative.cues import says
from checker.recognise.narrative.lexicon import lexicon
from checker.recognise.narrative.mentions import LineRef
from checker.recognise.narrative.reader import Placed
from checker.recognise.narrative.sayings import Saying
from checker.recognise.narrative.sections import Section
from checker.recognise.narrative.sentences import Sentence
from checker.recognise.places import of_paragraph
from checker.recognise.words import plain

SEVERAL = ("tillaegsbevilling", "omplacering", "forklaret")
"""Measures of which a text names several figures of one line that are not the same."""
DIVIDED = ("overfoersel_ind", "overfoersel_soegt", *SEVERAL[:2])
"""Measures whose parts are often told by what they are used for."""
LEVELS = ("regnskab", "budget", "oprindeligt_budget", "korrigeret_budget", "forventet_regnskab")
_RESULTS = ("over_underskud", "forklaret", "rest_efter_overfoersel")
MARK = "·"
"""Between the key of a line and the number of a part of it that only the text names."""


@dataclass(slots=True)
class Told:
    """What the text of one file states."""

    statements: list[Statement] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    parts: list[TextParts] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    claims: list[SaidClaim] = field(default_factory=list)


class Writer:
    """Makes facts of claims; `tables` are the facts of the tables, which fill in what the text leaves open."""

    def __init__(self, file: str, year: int | None, tables: Sequence[Fact], first: int = 1) -> None:
        self.file, self.year, self.told = file, year, Told()
        self.tables = tables
        self.number = first - 1
        self.paragraph = -1
        self.before: Fact | None = None  # the fact told last, in this paragraph
        self.measure = ""  # what it was before it became a part
        self.main: dict[tuple[str, str | None, str, str, int | None, str | None], Fact] = {}
        self.made: dict[int, str] = {}  # ids of the facts of the claims, for what refers back to them
        self.counts: Counter[tuple[str, str]] = Counter()
        self.whole: dict[str, Fact] = {}  # the last figure a 'heraf' may be part of, by measure
        self.groups: dict[str, list[str]] = {}

    def add(self, placed: Placed | Saying) -> None:
        """One claim; an amount of which it is not known what it is is listed as not read."""
        if isinstance(placed, Saying):
            self._say(placed)
            return
        claim = placed.claim
        place = self._place(placed.section, claim.sentence, claim.token)
        if claim.measure == NOTHING or self._too_small(claim, placed.line):
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

    def _too_small(self, claim: Claim, line: LineRef) -> bool:
        """A price or a fee: less than half of what the tables of the line's area are rounded to."""
        if claim.said is None or claim.back:
            return False
        own = [f for f in self.tables if f.entity == line.entity and f.dimension == KR and f.unit]
        if not own or claim.said.unit > KRONE:
            return False
        if claim.measure in LEVELS and 50_000 * abs(claim.said.value) < max(abs(f.value) for f in own):
            return True
        return 2 * abs(claim.said.value) < min(f.unit for f in own)

    def _fact(self, placed: Placed, place: Place) -> Fact:
        claim, line = placed.claim, placed.line
        statement = self._statement(placed)
        measure = self._measure(claim, line)
        year = claim.year if claim.year is not None else self.year
        basis = self._basis(claim, measure, line)
        value, unit, orientation = self._value(claim, measure, line, year, basis)
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
        return self._among(fact, claim)

    def _statement(self, placed: Placed) -> Statement:
        paragraph = placed.section.paragraph
        if paragraph.number != self.paragraph or not self.told.statements:
            self.number += 1
            self.paragraph, self.before = paragraph.number, None
            title = placed.section.heading or plain(paragraph.text)
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

    def _measure(self, claim: Claim, line: LineRef) -> str:
        if claim.measure != "budget":
            return claim.measure
        held = {f.measure for f in self.tables if f.entity == line.entity}
        own = {
            f.measure: f
            for f in self.tables
            if (f.entity, f.scope, f.line, f.year) == (line.entity, line.scope, line.key, self.year)
        }
        if claim.said and "oprindeligt_budget" in own and "korrigeret_budget" in own:
            fits = [m for m in ("korrigeret_budget", "oprindeligt_budget") if _meets(claim.said, own[m])]
            if fits == ["oprindeligt_budget"]:
                return fits[0]  # 'budgettet' says not which; the figure does
        return next((m for m in ("korrigeret_budget", "budget", "oprindeligt_budget") if m in held), "budget")

    def _basis(self, claim: Claim, measure: str, line: LineRef) -> str | None:
        """What a deviation is measured against: what the words say, else what the tables measure against."""
        if measure == "andel":
            return claim.basis
        if measure not in ("over_underskud", "forventet_over_underskud"):
            return None
        if claim.basis and measure == "over_underskud":
            return claim.basis
        held = Counter(f.basis for f in self.tables if f.entity == line.entity and f.measure == measure)
        if "korrigeret_budget" in held or not held:
            measures = {f.measure for f in self.tables if f.entity == line.entity}
            options = ("korrigeret_budget", "budget", "oprindeligt_budget")
            return "korrigeret_budget" if held else next((m for m in options if m in measures), "korrigeret_budget")
        return held.most_common(1)[0][0]

    def _value(
        self, claim: Claim, measure: str, line: LineRef, year: int | None, basis: str | None
    ) -> tuple[int, int, int]:
        """Value, unit and orientation; what the words leave open of the sign is as in the table."""
        if claim.said is None:
            unit = next(
                (f.unit for f in self.tables if f.entity == line.entity and f.dimension == KR and f.unit), THOUSAND
            )
            return 0, 2 * unit, 1
        value, unit = claim.said.value, claim.said.unit
        twin = next(
            (
                f
                for f in self.tables
                if (f.entity, f.scope, f.line, f.measure, f.year) == (line.entity, line.scope, line.key, measure, year)
                and f.basis in (basis, None)
            ),
            None,
        )
        if measure in LEVELS and claim.income and twin is not None and twin.value > 0:
            return -value, unit, -1
        if measure in LEVELS:
            negative = twin.value < 0 if twin and twin.value else claim.income
            flip = negative and value > 0
            return (-value, unit, -1) if flip else (value, unit, 1)
        if claim.sign == 0 and measure in ("over_underskud", "forventet_over_underskud"):
            if value < 0:  # a printed minus means what it means in the table
                turned = twin.orientation if twin is not None else 1
                return turned * value, unit, turned
            flip = twin is not None and twin.value < 0
            return (-value, unit, -1) if flip else (value, unit, 1)
        if (
            claim.hit is not None
            and claim.hit.cue.sign in ("more", "less")
            and self._is_income_line(line)
            and not claim.income
        ):
            return (value, unit, 1) if claim.sign < 0 else (-value, unit, -1)
        if claim.sign < 0 and value < 0 and measure in ("overfoersel_soegt", "rest_efter_overfoersel", "forklaret"):
            return value, unit, 1  # '-5 mio. kr. overføres': the minus is printed
        return (-value, unit, -1) if claim.sign < 0 else (value, unit, 1)

    def _is_income_line(self, line: LineRef) -> bool:
        """Whether the tables show the line as income: more of it is better."""
        own = [
            f.value
            for f in self.tables
            if (f.entity, f.scope, f.line) == (line.entity, line.scope, line.key) and f.measure in LEVELS
        ]
        return bool(own) and all(v < 0 for v in own)

    def _among(self, fact: Fact, claim: Claim) -> Fact:
        """The fact as the figure of its line, as a repeat of it, or as a part of it that only the text names."""
        if fact.measure == "andel":
            return fact
        before, self.before = self.before, fact
        if claim.part and before is not None and before.measure in DIVIDED and fact.measure in (*LEVELS, "forklaret"):
            fact = self.before = replace(
                fact, measure=before.measure, line=before.line.partition(MARK)[0], value=abs(fact.value)
            )
        part = claim.part and before is not None and before.measure == fact.measure
        if claim.apart or self._is_gross(fact, claim):
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
        if fact.measure == "over_underskud" and first is not None and (smaller or not self._of_whole(claim)):
            return self._part(replace(fact, measure="forklaret", basis=None), first)
        if first is not None and not (part or smaller or fact.measure in SEVERAL):
            return fact
        if first is None and fact.measure not in SEVERAL:
            self.main[key] = fact
            return fact
        return self._part(fact, first)

    def _is_gross(self, fact: Fact, claim: Claim) -> bool:
        """Income of a line that the tables show as an expense: a part of it, not the line's own figure."""
        own = (fact.entity, fact.scope, fact.line, fact.measure)
        shown = [f.value for f in self.tables if (f.entity, f.scope, f.line, f.measure) == own and f.value]
        return claim.income and fact.measure in LEVELS and bool(shown) and all(v > 0 for v in shown)

    def _of_whole(self, claim: Claim) -> bool:
        """Whether a sentence that tells another result of a line again speaks of all of it."""
        return any(says(lexicon().whole_words, w) or w.startswith("regnskabet") for w in claim.sentence.words[:5])

    def _part(self, fact: Fact, whole: Fact | None) -> Fact:
        self.counts[fact.line, fact.measure] += 1
        made = replace(fact, line=f"{fact.line}{MARK}{fact.measure}{MARK}{self.counts[fact.line, fact.measure]}")
        if whole is not None:
            self.groups.setdefault(whole.fact_id, []).append(made.fact_id)
        return made


def _meets(said: Said, fact: Fact) -> bool:
    return 2 * abs(abs(said.value) - abs(fact.value)) <= max(said.unit, said.coarse) + fact.unit


def tell(placed: Iterable[Placed | Saying], file: str, year: int | None, tables: Sequence[Fact], first: int) -> Told:
    """Facts, parts and what was not understood of one file's text."""
    writer = Writer(file, year, tables, first)
    for each in placed:
        writer.add(each)
    return writer.finish()
