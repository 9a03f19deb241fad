"""Can a pattern of the vocabulary be met at all, and does another one always come before it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.errors import Complaint
from checker.recognise.words import Pattern, Step, pattern, words
from checker.yamlsource import Source, YamlPath

_FORM = re.compile(r"\*?[^*]+|[^*]+\*|\*")


@dataclass(frozen=True, slots=True)
class Written:
    """A pattern where it stands: its key in its table, and what it compiles to."""

    path: YamlPath
    key: str
    text: str
    compiled: Pattern


def faults(source: Source, path: YamlPath, listed: Any) -> list[Complaint]:
    """Complaints about patterns that are wrongly written or that no text can meet."""
    return [
        complaint
        for number, text in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(text, str)
        for complaint in _faults(source, (*path, number), text)
    ]


def _faults(source: Source, path: YamlPath, text: str) -> Iterator[Complaint]:
    for step in text.split():
        for choice in step.split("|"):
            stem = choice.strip("*")
            if not _FORM.fullmatch(choice):
                yield source.complaint(path, "lint.pattern_form", found=step)
            elif stem and words(stem) != (stem,):
                hint = text.replace(choice, choice.replace(stem, " ".join(words(stem)))).split()
                yield source.complaint(path, "lint.pattern_never_met", " ".join(hint) or None, found=choice)


def written(path: YamlPath, listed: Any, key: str = "") -> list[Written]:
    """The patterns of a list that are rightly written, with their places."""
    return [
        Written((*path, number), key, text, pattern(text))
        for number, text in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(text, str) and text.split() and all(map(_FORM.fullmatch, re.split(r"[\s|]+", text.strip())))
    ]


def idle(source: Source, found: Sequence[Written], by_weight: bool) -> list[Complaint]:
    """Warnings about patterns that make no difference, for another one always comes before them.

    `by_weight` is for tables where the heaviest pattern wins (`words.best`): there a lighter pattern makes a
    difference even where a heavier one is met too, and patterns of other keys come before it as well. Elsewhere
    any pattern of the same key does (`words.any_meets`).
    """
    warnings: list[Complaint] = []
    for at, one in enumerate(found):
        for before, other in enumerate(found):
            if before == at or not _covers(other, one, earlier=before < at, by_weight=by_weight):
                continue
            message = "lint.pattern_twice" if other.text == one.text else "lint.pattern_shadowed"
            line = source.values.get(other.path, (0, 0))[0]
            args: Mapping[str, str] = {"found": one.text, "other": other.text, "line": str(line), "key": other.key}
            warnings.append(source.complaint(one.path, message, None, False, **args))
            break
    return warnings


def _covers(other: Written, one: Written, earlier: bool, by_weight: bool) -> bool:
    if other.key != one.key and not by_weight:
        return False
    if not _wider(other.compiled.steps, one.compiled.steps):
        return False
    if by_weight:
        return (other.compiled.weight, earlier) > (one.compiled.weight, False)
    return earlier or not _wider(one.compiled.steps, other.compiled.steps)


def _wider(wide: Sequence[Step], narrow: Sequence[Step]) -> bool:
    """Whether every text that meets `narrow` meets `wide` too, from the same word or an earlier one."""
    if not _holds(wide[0], narrow[0]):
        return False
    at = 0
    for step in narrow:
        if at < len(wide) and _holds(wide[at], step):
            at += 1
    return at == len(wide)


def _holds(wide: Step, narrow: Step) -> bool:
    """Whether every word that fits `narrow` fits `wide`."""
    return (
        all(wide.fits(word) for word in narrow.words)
        and all(begin.startswith(wide.prefixes) for begin in narrow.prefixes)
        and all(end.endswith(wide.suffixes) for end in narrow.suffixes)
    )
