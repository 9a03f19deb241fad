"""What is wrong or idle in a vocabulary?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checker.errors import Complaint
from checker.lint.found import Found
from checker.lint.patterns import Written, faults, idle, written
from checker.lint.texts import without_message
from checker.recognise.shape import BY_WEIGHT, LISTS, TABLES, VOCABULARY
from checker.yamlshape import check, not_a_choice
from checker.yamlsource import Source, YamlPath


def check_vocabulary(source: Source) -> Found:
    """Complaints about keys, values and patterns of a vocabulary, and warnings about patterns that change nothing."""
    found = Found([*source.complaints, *check(source, (), source.data, VOCABULARY), *_names(source)])
    for patterns, by_weight in _tables(source.data):
        for path, listed in patterns.items():
            found.complaints += faults(source, path, listed)
        made: list[Written] = []
        for path, listed in patterns.items():
            made += written(path, listed, "/".join(str(part) for part in path))
        found.warnings += idle(source, made, by_weight)
    return found


def _tables(data: Mapping[str, Any]) -> Iterator[tuple[dict[YamlPath, Any], bool]]:
    """Every set of patterns that are tried together, with their places, and whether the heaviest wins."""
    measures = _mapping(data.get("measures"))
    yield {("measures", name, "headers"): _mapping(raw).get("headers") for name, raw in measures.items()}, True
    for name in TABLES:
        yield {(name, key): listed for key, listed in _mapping(data.get(name)).items()}, name in BY_WEIGHT
    for name in LISTS:
        yield {(name,): data.get(name)}, False


def _names(source: Source) -> Iterator[Complaint]:
    """Names that have no message, and bases that are no measure."""
    measures = tuple(_mapping(source.data.get("measures")))
    for name in measures:
        yield from without_message(source, ("measures", name), f"measure.{name}")
    for name in _mapping(source.data.get("scopes")):
        yield from without_message(source, ("scopes", name), f"scope.{name}")
    for name in _mapping(source.data.get("deviation_basis")):
        if measures and name not in measures:
            made = not_a_choice(source, ("deviation_basis", name), name, measures)
            yield source.complaint(("deviation_basis", name), made.key, made.suggestion, True, **made.args)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
