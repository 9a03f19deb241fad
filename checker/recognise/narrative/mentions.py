"""Which line is a heading or a sentence about? Names are met as they are inflected: 'Dagplejen' is Dagpleje."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.recognise.lines import TOTAL_KEY
from checker.recognise.narrative.lexicon import lexicon
from checker.recognise.rows import number_key
from checker.recognise.words import any_meets, fold, words

_ENDINGS = ("ernes", "erne", "enes", "ene", "ers", "ens", "ets", "er", "en", "et", "ne", "es", "e", "s", "n", "t")
_SMALL = frozenset(
    (
        "og",
        "i",
        "til",
        "af",
        "på",
        "for",
        "m",
        "v",
        "mv",
        "mm",
        "div",
        "diverse",
        "øvrige",
        "andre",
        "alt",
        "samt",
        "med",
    )
)
_AREA = (
    "området", "område", "områder", "områderne", "udvalget", "drift", "budgettet", "udgifterne", "udgifter", "udgiften",
    "indtægterne", "indtægter", "indtægten", "ordningerne", "ordningen",
)  # fmt: skip
_NET = "netto"
_NUMBER = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,3})*(?:\.?\s?[a-zæøå])?)(?:[.):]|(?=\s))\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LineRef:
    """A line of the accounts: key and scope as in tables; `known` is False for one that only the text names."""

    entity: str
    key: str
    scope: str | None
    name: str
    number: str | None = None
    known: bool = True


def stem(word: str) -> str:
    """A word without its Danish endings, four letters of it left at least, and the last consonant once ('hallen')."""
    while True:
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 4), "")
        if not ending:
            return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiouyæøå" else word
        word = word[: -len(ending)]


def content(name: str) -> tuple[str, ...]:
    """The stems of the words that a name is known by."""
    return tuple(stem(w) for w in words(name) if w not in _SMALL and not w.isdigit())


Mention = tuple[int, int, LineRef]
"""First word, after the last, and the line that is named there."""


class Names:
    """The lines of one entity, by number and by name."""

    def __init__(self, lines: Iterable[LineRef]) -> None:
        self.lines = list(dict.fromkeys(lines))
        self.by_number = {line.number: line for line in reversed(self.lines) if line.number}
        self.stems = [(line, content(line.name)) for line in self.lines if line.key != TOTAL_KEY]
        self.stems += _of_totals(self.stems)
        counts = Counter(s for _, own in self.stems for s in set(own))
        self.unique = {
            s: line
            for line, own in self.stems
            for at, s in enumerate(own)
            if counts[s] == 1 and len(s) >= 3 and (_tells(own, at, line.name) or s in _acronyms(line.name))
        }

    def numbered(self, text: str) -> tuple[LineRef, int] | None:
        """The line whose number a text begins with, and where the rest begins."""
        match = _NUMBER.match(text)
        if match is None:
            return None
        line = self.by_number.get(number_key(match[1]))
        rest = text[match.end() :]
        if line is None or (rest[:1].islower() and match[1].isdigit()):
            return None
        return line, match.end()

    def named(self, heading: str) -> LineRef | None:
        """The line that a heading names: all words of its name, or the heading's words all among them."""
        own = [s for s in content(heading) if s not in _AREA]
        if not own:
            return None
        exact = [line for line, name in self.stems if name and tuple(own) == name]
        if len(exact) == 1:
            return exact[0]
        near = [line for line, name in self.stems if name and (set(name) <= set(own) or set(own) <= set(name))]
        keys = {line.key for line in near}
        return near[0] if len(keys) == 1 else None

    def mentions(self, found: Sequence[str], topic: LineRef | None = None) -> list[tuple[int, int, LineRef]]:
        """Where lines are named among the words of a sentence ('' where no word stands): first, after the last.

        Of lines with one name ('Løn' of each institution) it is that of the line spoken of last, `topic` at first;
        where none of them is, it is a line that no table has.
        """
        own = [stem(w) if w else "" for w in found]
        bare = [_bare(w) if w else "" for w in found]
        result: list[tuple[int, int, LineRef]] = []
        for line, name in self.stems:
            if not name:
                continue
            for at, word in enumerate(own):
                if word and word == name[0] and (end := _run(own, at, name)):
                    result.append((at, end, line))
                elif word and len(name) == 1 and bare[at] == name[0]:
                    result.append((at, at + 1, line))
        covered = {i for start, end, _ in result for i in range(start, end)}
        for at, word in enumerate(own):
            named = self.unique.get(word) or self.unique.get(bare[at])
            if at not in covered and word and named:
                result.append((at, at + 1, named))
        longest = [
            m
            for m in result
            if not any(o is not m and o[0] <= m[0] and m[1] <= o[1] and o[1] - o[0] > m[1] - m[0] for o in result)
        ]
        return self._told_apart(sorted(longest, key=lambda m: (m[0], -m[1])), topic)

    def _told_apart(self, found: list[Mention], topic: LineRef | None) -> list[Mention]:
        """Each place once, with the line that is meant of those of one name."""
        result: list[Mention] = []
        for start, end in dict.fromkeys((s, e) for s, e, _ in found):
            lines = [line for s, e, line in found if (s, e) == (start, end)]
            line = _meant(lines, topic)
            topic = line if len(lines) == 1 else topic
            result.append((start, end, line))
        return result


def _meant(lines: Sequence[LineRef], topic: LineRef | None) -> LineRef:
    """Of lines with one name the part of the line spoken of, or that of its scope; else one that the tables lack."""
    first = lines[0]
    if len({line.key for line in lines}) == 1:
        return next((line for line in lines if topic and line.scope == topic.scope), first)
    under = [line for line in lines if topic and fold(line.key).startswith(f"{fold(topic.name)} / ")]
    if len(under) == 1:
        return under[0]
    whole = next((line for line in lines if " / " not in line.key), None)
    return whole or LineRef(first.entity, fold(first.name), first.scope, first.name, None, known=False)


def _of_totals(named: Sequence[tuple[LineRef, tuple[str, ...]]]) -> list[tuple[LineRef, tuple[str, ...]]]:
    """'Netto drift' is also called Drift where no other line is."""
    taken = {name for _, name in named}
    bare = [(line, name[1:]) for line, name in named if name[:1] == (_NET,) and len(name) > 1]
    return [(line, name) for line, name in bare if name not in taken]


def _tells(own: Sequence[str], at: int, name: str) -> bool:
    """Whether the first word of a name is enough to know it by."""
    first = next((w for w in words(name) if stem(w) == own[at]), "")
    return at == 0 and (len(own) == 1 or not any_meets(lexicon().common_names, (first,)))


def _acronyms(name: str) -> set[str]:
    return {stem(w.lower()) for w in re.findall(r"\b[A-ZÆØÅ]{3,}\b", name)}


def _bare(word: str) -> str:
    for ending in _AREA:
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return stem(word[: -len(ending)])
    return stem(word)


def _run(own: Sequence[str], at: int, name: Sequence[str]) -> int:
    """The index after the last word where all words of the name follow each other, small words left out."""
    for wanted in name:
        steps = 0
        while at < len(own) and own[at] != wanted and steps < 2 and (own[at] == "" or own[at] in _SMALL):
            at, steps = at + 1, steps + 1
        if at >= len(own) or own[at] != wanted:
            return 0
        at += 1
    return at
