"""What a sentence says of one amount, and what stands before it."""

from __future__ import annotations

from dataclasses import dataclass

from checker.recognise.narrative.amounts import Said
from checker.recognise.narrative.cues import Hit, clause
from checker.recognise.narrative.lexicon import Lexicon, lexicon
from checker.recognise.narrative.sentences import Sentence

NOTHING = "none"
"""The measure of an amount of which it is not known what it is."""


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


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before a sentence: the year of the accounts, the amount told last in the paragraph, a lead-in
    ('Merforbruget skyldes:') whose list the sentence may be part of, and the last result of the line."""

    year: int | None
    last: Claim | None = None
    lead: Claim | None = None
    result: Claim | None = None


class Spot:
    """An amount (or what stands for one) in its sentence with the cue that decides, and what is around them."""

    def __init__(
        self, sentence: Sentence, at: int, hit: Hit, own: list[Hit], context: Context, previous: Claim | None
    ) -> None:
        self.sentence, self.at, self.hit, self.own = sentence, at, hit, own
        self.context, self.previous = context, previous
        self.lex: Lexicon = lexicon()
        self.start, self.end = clause(sentence, at, self.lex)

    @property
    def inside(self) -> list[str]:
        """The words of the clause."""
        return self.sentence.words[self.start : self.end]

    @property
    def before(self) -> Claim | None:
        """What was told last, in the sentence or before it."""
        return self.previous or self.context.last

    def after(self, count: int) -> list[str]:
        """So many words after the amount."""
        return self.sentence.words[self.at + 1 : self.at + 1 + count]
