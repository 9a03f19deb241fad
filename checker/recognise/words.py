"""Which words does a text hold, and which pattern of the vocabulary do they meet?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from checker.amounts.numbers import tidy

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<!\w)([*_]{1,3})(?=\S)(.*?\S)\1(?!\w)|^#+\s+")
_PLUS_MINUS = re.compile(r"\+\s?/\s?[-–−÷]|[-–−÷]\s?/\s?\+|±")
_LEADERS = re.compile(r"(?:\s?\.){3,}\s*$|…+\s*$")
_NOT_WORD = re.compile(r"[^\w%#]+")
_LETTER_DIGIT = re.compile(r"(?<=[a-zæøå])(?=(?:19|20)?\d\d\b)")


_SPECIAL = re.compile(r"[^A-Za-z0-9 ,./%&()+:;=æøåÆØÅ-]|  |\.\s?\.|^\s|\s$")
"""What may have to be tidied: anything but plain letters, digits and marks with single blanks between them."""


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """`text` without tags, links and markdown emphasis, with tidy white space."""
    if not _SPECIAL.search(text):
        return text
    return tidy(_LEADERS.sub("", _EMPHASIS.sub(lambda m: m.group(2) or "", _TAG.sub(lambda m: m.group(1) or "", text))))


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Lower-case words of `text`; hyphens and punctuation separate, 'R2021' is 'r', '2021'."""
    lowered = _PLUS_MINUS.sub(" plusminus ", plain(text).lower()).replace("%", " % ")
    return tuple(_LETTER_DIGIT.sub(" ", _NOT_WORD.sub(" ", lowered)).split())


def fold(text: str) -> str:
    """The words of `text` joined by blanks: two texts that differ only in case and punctuation are equal."""
    return " ".join(words(text))


class Step(NamedTuple):
    """One word of a pattern: equal to one of, or beginning or ending with one of."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]

    def fits(self, word: str) -> bool:
        """Whether a word of the text is this one."""
        return word in self.words or word.startswith(self.prefixes) or word.endswith(self.suffixes)


class Pattern(NamedTuple):
    """A row of words with wildcards, as written in the vocabulary; the weight is (words, characters)."""

    steps: tuple[Step, ...]
    weight: tuple[int, int]

    def meets(self, found: Sequence[str], start: int = 0) -> int:
        """The index after the last word used, or 0 where the pattern is not met."""
        at, end = start, len(found)
        for step in self.steps:
            while at < end and not step.fits(found[at]):
                at += 1
            if at >= end:
                return 0
            at += 1
        return at

    def begins(self, found: Sequence[str]) -> int | None:
        """The index of the first word used, or None where the pattern is not met."""
        first = self.steps[0]
        for at, word in enumerate(found):
            if first.fits(word):
                return at if self.meets(found, at) else None
        return None


def pattern(written: str) -> Pattern:
    """Compile 'korr|korrigere* budget*'."""
    steps = []
    for step in written.split():
        every = step.split("|")
        begins = tuple(w.rstrip("*") for w in every if w.endswith("*"))
        ends = tuple(w.lstrip("*") for w in every if w.startswith("*") and not w.endswith("*"))
        steps.append(Step(frozenset(w for w in every if "*" not in w), begins, ends))
    return Pattern(tuple(steps), (len(steps), sum(len(s) for s in written.split())))


def patterns(written: Iterable[str]) -> tuple[Pattern, ...]:
    """Compile a list of patterns."""
    return tuple(pattern(w) for w in written)


def any_meets(choices: Iterable[Pattern], found: Sequence[str]) -> bool:
    """Whether one of the patterns is met."""
    return any(p.meets(found) for p in choices)


def best(table: Mapping[str, Sequence[Pattern]], found: Sequence[str]) -> str | None:
    """The key whose met pattern begins first, then has the most words, then is longest; None where none is met.

    What a heading names first is what the column holds: 'Afvigelse til korrigeret budget' is a deviation.
    """
    winner, weight = None, (-len(found) - 1, 0, 0)
    for key, choices in table.items():
        for choice in choices:
            if choice.weight > weight[1:] or -weight[0] > 0:
                at = choice.begins(found)
                if at is not None and (-at, *choice.weight) > weight:
                    winner, weight = key, (-at, *choice.weight)
    return winner
