"""What may stand in a YAML file: shapes, declared once, for checking a file and for making its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from checker.errors import Complaint
from checker.yamlsource import Source, YamlPath, nearest, unknown_keys

NOTHING: tuple[object, ...] = (None, "", [])
"""Values that count as not given."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value; checked elsewhere."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is not empty; `wrong` is the message, filled in with what was found."""

    pattern: re.Pattern[str] | None = None
    wrong: str = "rulefile.not_a_text"
    least: int = 1


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text or a number, such as a version."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, both included."""

    least: int = 0
    most: int | None = None
    wrong: str = "rulefile.not_a_whole_number"


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the names; `help` says in a sentence what each means, as far as it is known."""

    known: tuple[str, ...]
    help: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one shape. `alone` says that a single value may stand for a list of it."""

    item: Shape
    least: int = 0
    alone: bool = False
    wrong: str = "rulefile.not_a_list"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what its value must be, whether it must be there, and what it means (for editors)."""

    shape: Shape
    help: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping with these keys and no others; `missing` is the message and its argument for one that lacks."""

    keys: Mapping[str, Key]
    wrong: str = "rulefile.not_a_mapping"
    missing: tuple[str, str] = ("rulefile.key_missing", "key")


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping whose keys are names of one shape, and whose values are all of another."""

    value: Shape
    name: Text | Choice | None = None


Shape = Anything | Text | Scalar | Whole | Flag | Choice | ListOf | Keys | Table


def check(source: Source, path: YamlPath, value: Any, shape: Shape) -> list[Complaint]:
    """Every complaint about the value that stands at `path`; an optional section without a value is not given."""
    match shape:
        case Anything():
            return []
        case Keys():
            return _keys(source, path, value, shape)
        case Table():
            return _table(source, path, value, shape)
        case ListOf():
            return _list(source, path, value, shape)
        case Choice():
            ok = isinstance(value, str) and value in shape.known
            return [] if ok else [not_a_choice(source, path, value, shape.known)]
        case Text():
            return (
                []
                if _is_text(value, shape)
                else [source.complaint(path, shape.wrong, None, False, **_asked(value, shape))]
            )
        case Scalar():
            ok = value != "" and isinstance(value, (str, int, Decimal)) and not isinstance(value, bool)
            return [] if ok else [source.complaint(path, "rulefile.not_a_text")]
        case Whole():
            ok = isinstance(value, int) and not isinstance(value, bool) and value >= shape.least
            ok = ok and (shape.most is None or value <= shape.most)
            return [] if ok else [source.complaint(path, shape.wrong, found=str(value))]
        case Flag():
            ok = isinstance(value, bool)
            return [] if ok else [source.complaint(path, "rulefile.not_true_or_false", found=str(value))]


def not_a_choice(source: Source, path: YamlPath, found: Any, known: tuple[str, ...]) -> Complaint:
    """The complaint that a value is not one of those known."""
    return source.complaint(
        path, "rulefile.not_a_choice", nearest(str(found), known), found=str(found), known=", ".join(known)
    )


def _is_text(value: Any, shape: Text) -> bool:
    if not isinstance(value, str) or len(" ".join(value.split())) < shape.least:
        return False
    return shape.pattern is None or shape.pattern.fullmatch(value) is not None


def _asked(value: Any, shape: Text) -> dict[str, str]:
    """What the message about a text may say: what was found, or how long it must be."""
    return {"found": str(value)} if shape.pattern else {"least": str(shape.least)} if shape.least > 1 else {}


def _keys(source: Source, path: YamlPath, value: Any, shape: Keys) -> list[Complaint]:
    if not isinstance(value, Mapping):
        return [source.complaint(path, shape.wrong)]
    found = unknown_keys(source, path, value, shape.keys)
    message, argument = shape.missing
    for name, key in shape.keys.items():
        given = value.get(name)
        if key.required and given in NOTHING:
            found.append(source.complaint(path, message, None, False, **{argument: name}))
        elif name in value and not (given is None and isinstance(key.shape, ListOf | Keys | Table)):
            found += check(source, (*path, name), given, key.shape)
    return found


def _table(source: Source, path: YamlPath, value: Any, shape: Table) -> list[Complaint]:
    if not isinstance(value, Mapping):
        return [source.complaint(path, "rulefile.not_a_mapping")]
    found: list[Complaint] = []
    for name, each in value.items():
        if shape.name is not None:
            found += [_at_key(source, (*path, name), c) for c in check(source, (*path, name), name, shape.name)]
        found += check(source, (*path, name), each, shape.value)
    return found


def _at_key(source: Source, path: YamlPath, made: Complaint) -> Complaint:
    return source.complaint(path, made.key, made.suggestion, True, **made.args)


def _list(source: Source, path: YamlPath, value: Any, shape: ListOf) -> list[Complaint]:
    if shape.alone and not isinstance(value, list):
        return check(source, path, value, shape.item)
    if not isinstance(value, list):
        return [_few(source, path, shape)]
    found = [_few(source, path, shape)] if len(value) < shape.least else []
    for number, each in enumerate(value):
        found += check(source, (*path, number), each, shape.item)
    return found


def _few(source: Source, path: YamlPath, shape: ListOf) -> Complaint:
    return source.complaint(path, shape.wrong, None, False, **({"least": str(shape.least)} if shape.least > 1 else {}))
