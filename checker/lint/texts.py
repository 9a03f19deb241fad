"""Does everything that is said have its message, in every language and with the same figures put in?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import checker.messages
from checker.errors import Complaint
from checker.kinds import KINDS
from checker.kinds.base import Kind
from checker.lint.found import Found
from checker.messages import LANGUAGES, catalogue
from checker.model.outcomes import FAILED, PASSED, PASSED_ROUNDING, STATUSES
from checker.model.rules import SEVERITIES
from checker.outcomes import SORTS
from checker.yamlsource import Source, YamlPath, nearest

FOLDER = Path(checker.messages.__file__).parent


def of_kind(name: str, kind: Kind) -> list[str]:
    """The messages that outcomes and findings of a kind are said with."""
    statuses = (PASSED, FAILED) if kind.predicate else (PASSED, PASSED_ROUNDING, FAILED)
    sort = next((kind.settings[key] for key in SORTS if kind.predicate and key in kind.settings), None)
    parts = [f".{choice}" for choice in sort.choices] if sort else [""]
    return [f"next.{name}", *(f"outcome.{name}{part}.{status}" for part in parts for status in statuses)]


def needed() -> list[str]:
    """Messages that names in the code ask for."""
    made = [key for name, kind in KINDS.items() for key in of_kind(name, kind)]
    made += [f"{section}.{name}" for name in SEVERITIES for section in ("severity", "severity_long")]
    return [*made, *(f"status.{status}" for status in STATUSES)]


def without_message(source: Source, path: YamlPath, key: str) -> Iterator[Complaint]:
    """A complaint for each language that lacks the name of what stands at `path`."""
    for lang in LANGUAGES:
        if key not in catalogue(lang):
            yield source.complaint(path, "lint.no_message", None, path[-1] != "id", key=key, lang=lang)


def check_texts(sources: Mapping[str, Source]) -> Found:
    """Complaints about the message files, by language."""
    found = Found([c for source in sources.values() for c in source.complaints])
    texts = {lang: dict(_flat(source.data, ())) for lang, source in sources.items()}
    for lang, source in sources.items():
        own = {".".join(path): path for path in texts[lang]}
        for other, others in texts.items():
            for path in others:
                if path not in texts[lang]:
                    made = sources[other].complaint(path, "lint.no_message", None, True, key=".".join(path), lang=lang)
                    found.complaints.append(made)
        for key in needed():
            if key not in own and not any(tuple(key.split(".")) in others for others in texts.values()):
                args = {"key": key, "lang": lang}
                found.complaints.append(source.complaint((), "lint.no_message", nearest(key, own), False, **args))
        found.complaints += _faults(source, texts[lang], texts[LANGUAGES[0]])
    return found


def _flat(tree: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(tree, Mapping):
        yield path, tree
        return
    for key, value in tree.items():
        yield from _flat(value, (*path, key))


def _faults(
    source: Source, own: Mapping[tuple[str, ...], Any], first: Mapping[tuple[str, ...], Any]
) -> Iterator[Complaint]:
    """Messages that are no text, or whose places for figures are not those of the first language."""
    for path, value in own.items():
        if not isinstance(value, str) or not value.strip():
            yield source.complaint(path, "rulefile.not_a_text")
            continue
        mine, theirs = _places(value), _places(first.get(path, value))
        if mine is None:
            yield source.complaint(path, "lint.not_a_message", found=value)
        elif theirs is not None and mine != theirs:
            args = {"found": _listed(mine), "other": _listed(theirs), "lang": LANGUAGES[0]}
            yield source.complaint(path, "lint.other_places", None, False, **args)


def _places(message: Any) -> frozenset[str] | None:
    """The names in braces; None where the braces do not pair."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(str(message)) if name is not None)
    except ValueError:
        return None


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "–"
