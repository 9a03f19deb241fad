"""What does a message say in Danish or English? Texts live in da.yaml, en.yaml and da-….yaml beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("da", "en")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """All messages of one language by their dotted key."""
    files = [Path(__file__).parent / f"{lang}.yaml", *sorted(Path(__file__).parent.glob(f"{lang}-*.yaml"))]
    trees = (yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader) for file in files)
    return dict(row for tree in trees for row in _flat("", tree))


def _flat(prefix: str, tree: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        rows += _flat(f"{name}.", value) if isinstance(value, Mapping) else [(name, str(value))]
    return rows


def text(key: str, lang: str = "da", args: Mapping[str, str] | None = None) -> str:
    """The message `key` in `lang` with its arguments put in; raises KeyError where the catalogue lacks it.

    An argument written `@other.key` is itself a message, so that words inside a sentence are translated too;
    so is each part of a list joined by ', '.
    """
    filled = {name: _translated(value, lang) for name, value in (args or {}).items()}
    return catalogue(lang)[key].format_map(filled)


def _translated(value: str, lang: str) -> str:
    if "@" not in value:
        return value
    return ", ".join(word(part, lang) for part in value.split(", "))


def word(value: str, lang: str) -> str:
    """The message that '@key' names; anything else as it is, a document's own '@…' and what must be filled in too."""
    found = catalogue(lang).get(value[1:], "{") if value.startswith("@") else "{"
    return value if "{" in found else found
