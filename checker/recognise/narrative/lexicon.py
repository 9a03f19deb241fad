"""The words of schemas/narrative.yaml, compiled once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.recognise.words import Pattern, Step, patterns
from checker.resources import data_dir
from checker.yamlsource import read_yaml

MAX_GAP = 4
"""So many other words may stand between two words of a pattern."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say what an amount near them is; see narrative.yaml for the fields."""

    id: str
    measure: str
    sign: str
    before: bool  # the cue may stand before the amount
    after: bool
    reach: int
    cost: int
    income: bool
    weak: bool  # costs what it costs even right beside the amount
    words: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled words; `sets` are plain words, `tables` patterns by meaning."""

    cues: tuple[Cue, ...]
    connectors: frozenset[str]
    direct: frozenset[str]
    after: frozenset[str]
    against: frozenset[str]
    verbs: frozenset[str]
    whole_area: frozenset[str]
    boundaries: frozenset[str]
    actors: tuple[Pattern, ...]
    generic: tuple[Pattern, ...]
    reasons: tuple[Pattern, ...]
    whole: tuple[Pattern, ...]
    common_names: tuple[Pattern, ...]
    whole_words: tuple[Pattern, ...]
    opposites: Mapping[str, tuple[Pattern, ...]]
    hedges: Mapping[str, tuple[Pattern, ...]]
    number_words: Mapping[str, str]
    bases: Mapping[str, tuple[Pattern, ...]]
    lists: Mapping[str, tuple[Pattern, ...]]
    transfer: Mapping[str, tuple[Pattern, ...]]
    headings: Mapping[str, tuple[Pattern, ...]]
    abbreviations: frozenset[str]
    begun: dict[str, tuple[tuple[Cue, tuple[Pattern, ...]], ...]]  # by word: the cues and patterns it may begin
    small: Mapping[str, frozenset[str]]


LISTS = (
    "committee", "expected", "granted", "negations", "balanced", "not_balanced", "references", "income", "expense",
    "budget_words",
    "number_labels", "own_area", "parts", "aside", "whole_subjects",
)  # fmt: skip

SMALL = ("divided", "given_away", "in_all", "joining", "of_which", "other_way", "rest_names", "told_after", "told_at")


@cache
def lexicon() -> Lexicon:
    """The shipped words."""
    data: Mapping[str, Any] = read_yaml(data_dir("schemas") / "narrative.yaml").data
    return Lexicon(
        tuple(_cue(name, entry) for name, entry in data["cues"].items()),
        frozenset(data["connectors"]),
        frozenset(data["direct"]),
        frozenset(data["after"]),
        frozenset(data["against"]),
        frozenset(data["verbs"]),
        frozenset(data["whole_area"]),
        frozenset(data["boundaries"]),
        patterns(data["actors"]),
        patterns(data["generic"]),
        patterns(data["reasons"]),
        patterns(data["whole"]),
        patterns(data["common_names"]),
        patterns(data["whole_words"]),
        {key: patterns(p) for key, p in data["opposites"].items()},
        {key: patterns(p) for key, p in data["hedges"].items()},
        dict(data["number_words"]),
        {key: patterns(p) for key, p in data["bases"].items()},
        {key: patterns(data[key]) for key in LISTS},
        {key: patterns(p) for key, p in data["transfer"].items()},
        {key: patterns(p) for key, p in data["headings"].items()},
        frozenset(data["abbreviations"]),
        {},
        {key: frozenset(data[key]) for key in SMALL},
    )


def _cue(name: str, entry: Mapping[str, Any]) -> Cue:
    stands = entry["stands"]
    return Cue(
        name,
        entry["measure"],
        entry.get("sign", ""),
        stands in ("before", "both"),
        stands in ("after", "both"),
        entry.get("reach", 8),
        entry.get("cost", 0),
        entry.get("income", False),
        entry.get("weak", False),
        patterns(entry["words"]),
    )


def begun(lex: Lexicon, word: str) -> tuple[tuple[Cue, tuple[Pattern, ...]], ...]:
    """The cues with patterns that begin with a word; each word is looked up once."""
    found = lex.begun.get(word)
    if found is None:
        near = ((cue, tuple(p for p in cue.words if p.steps[0].fits(word))) for cue in lex.cues)
        found = lex.begun[word] = tuple((cue, own) for cue, own in near if own)
    return found


def spot(pattern: Pattern, found: Sequence[str], start: int) -> int:
    """The index after the last word where the pattern is met from `start` on, 0 where it is not.

    The first word must stand at `start`; a step written with '+' right after the one before it. Between two words at
    most MAX_GAP others may stand, and no amount or mark.
    """
    if not pattern.steps[0].fits(found[start]):
        return 0
    at = start + 1
    for written in pattern.steps[1:]:
        tight = any(w.startswith("+") for w in (*written.words, *written.prefixes))
        step = _without_plus(written) if tight else written
        end = min(len(found), at + (1 if tight else MAX_GAP + 1))
        while at < end and found[at] and not step.fits(found[at]):
            at += 1
        if at >= end or not found[at]:
            return 0
        at += 1
    return at


@cache
def _without_plus(step: Step) -> Step:
    """The step of '+i|sidste': it must stand right after the word before it."""
    plain = (frozenset(w.lstrip("+") for w in step.words), tuple(w.lstrip("+") for w in step.prefixes))
    return Step(plain[0], plain[1], step.suffixes)


def spots(choices: Sequence[Pattern], found: Sequence[str]) -> list[tuple[int, int]]:
    """Where any of the patterns is met: (first word, after the last), the longest at each start."""
    result = []
    for start, word in enumerate(found):
        if word and (end := max((spot(p, found, start) for p in choices), default=0)):
            result.append((start, end))
    return result
