"""What is wrong or idle in a file of layouts?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.lint.found import Found
from checker.lint.patterns import faults, idle, written
from checker.lint.reach import GENERIC, wins
from checker.lint.texts import without_message
from checker.recognise.shape import layouts_shape
from checker.recognise.vocabulary import layout
from checker.rulefile.known import measures
from checker.yamlshape import check
from checker.yamlsource import Source, YamlPath


def check_layouts(source: Source) -> Found:
    """Complaints about the layouts of a file, and warnings about those that no table can ever be."""
    found = Found([*source.complaints, *check(source, (), source.data, layouts_shape(measures()))])
    entries = source.data.get("layouts")
    seen: set[str] = set()
    for number, raw in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(raw, Mapping):
            found.add(_entry(source, ("layouts", number), raw, seen))
    if not found.complaints:
        known = [layout(raw) for raw in entries]
        for number, made in enumerate(known):
            if not wins(made, known):
                found.warnings.append(source.complaint(("layouts", number, "id"), "lint.never_wins", id=made.id))
    return found


def _entry(source: Source, path: YamlPath, raw: Mapping[str, Any], seen: set[str]) -> Found:
    found = Found()
    id_ = raw.get("id")
    if isinstance(id_, str) and id_:
        if id_ in seen or id_ == GENERIC:
            found.complaints.append(source.complaint((*path, "id"), "lint.layout_twice", id=id_))
        seen.add(id_)
        found.complaints += without_message(source, (*path, "id"), f"layout.{id_}")
    if not raw.get("all") and not raw.get("any"):
        found.complaints.append(source.complaint(path, "lint.layout_asks_nothing"))
    titles = (*path, "titles")
    found.complaints += faults(source, titles, raw.get("titles"))
    found.warnings += idle(source, written(titles, raw.get("titles")), by_weight=False)
    return found
