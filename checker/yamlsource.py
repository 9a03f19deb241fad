"""What does a YAML file say, and where does each thing stand? Safe, without floats, duplicate keys or bombs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from checker.errors import Complaint, RuleError, reason

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_NODES = 200_000
_MAX_DEPTH = 60
_STR, _INT, _FLOAT, _BOOL, _NULL = (f"tag:yaml.org,2002:{t}" for t in ("str", "int", "float", "bool", "null"))

YamlPath = tuple[str | int, ...]


@dataclass(slots=True)
class Source:
    """A YAML file as plain Python values, with the line and column (from 1) of every key and value.

    Decimals are `Decimal`, never float; only true/false are booleans ('no' is a text); dates are texts.
    """

    file: str
    data: Any
    sha256: str
    values: dict[YamlPath, tuple[int, int]] = field(default_factory=dict)
    keys: dict[YamlPath, tuple[int, int]] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)  # of form: duplicate keys, tags; the first key counts

    def complaint(
        self, path: YamlPath, message: str, suggestion: str | None = None, at_key: bool = False, **args: str
    ) -> Complaint:
        """A complaint at the value (or the key) that stands at `path`, or at the nearest enclosing one."""
        where = self.keys if at_key else self.values
        while path and path not in where:
            path, where = path[:-1], self.values
        line, column = where.get(path, (1, 1))
        return Complaint(self.file, line, column, message, args, suggestion)


def read_yaml(path: Path, name: str | None = None) -> Source:
    """Read one file; raises RuleError where it is no readable YAML. Lesser faults are in `complaints`."""
    file = name or path.name
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise RuleError([Complaint(file, 1, 1, "yaml.unreadable", {"why": reason(error)})]) from error
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RuleError([Complaint(file, line, 1, "yaml.not_utf8")]) from error
    return parse_yaml(text, file, hashlib.sha256(raw).hexdigest())


def parse_yaml(text: str, file: str, sha256: str = "") -> Source:
    """Parse YAML text; see `read_yaml`."""
    source = Source(file, None, sha256 or hashlib.sha256(text.encode()).hexdigest())
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise RuleError([Complaint(file, line, column, "yaml.invalid", {"why": str(error.problem)})]) from error
    except yaml.YAMLError as error:
        raise RuleError([Complaint(file, 1, 1, "yaml.invalid", {"why": str(error)})]) from error
    if node is None:
        return source
    builder = _Builder(source)
    source.data = builder.build(node, (), 0)
    source.complaints += builder.complaints
    return source


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source, self.complaints, self.nodes = source, list[Complaint](), 0

    def build(self, node: yaml.Node, path: YamlPath, depth: int) -> Any:
        self.nodes += 1
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.source.values[path] = (line, column)
        if self.nodes > _MAX_NODES or depth > _MAX_DEPTH:
            raise RuleError([Complaint(self.source.file, line, column, "yaml.too_large")])
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, i), depth + 1) for i, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: YamlPath, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.complaints.append(Complaint(self.source.file, line, column, "yaml.key_not_text"))
                continue
            key = str(key_node.value)
            if key in result:
                self.complaints.append(Complaint(self.source.file, line, column, "yaml.duplicate_key", {"key": key}))
                continue
            self.source.keys[(*path, key)] = (line, column)
            result[key] = self.build(value_node, (*path, key), depth + 1)
        return result

    def _scalar(self, node: yaml.Node) -> str | int | bool | Decimal | None:
        text = str(node.value)
        if node.tag == _NULL:
            return None
        if node.tag == _BOOL and text.lower() in ("true", "false"):
            return text.lower() == "true"
        if node.tag == _INT and text.lstrip("+-").isdigit() and not text.lstrip("+-").startswith("0" * 2):
            return int(text)
        if node.tag == _FLOAT and text.replace(".", "", 1).lstrip("+-").isdigit():
            return Decimal(text)
        if node.tag.startswith("tag:yaml.org,2002:"):
            return text
        self.complaints.append(
            Complaint(
                self.source.file,
                node.start_mark.line + 1,
                node.start_mark.column + 1,
                "yaml.tag_not_allowed",
                {"tag": str(node.tag)},
            )
        )
        return text


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word the writer may have meant, or None."""
    from difflib import get_close_matches  # only when something is wrong

    found = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return found[0] if found else None


def unknown_keys(source: Source, path: YamlPath, found: Mapping[str, Any], known: Iterable[str]) -> list[Complaint]:
    """A complaint for every key of `found` that is not among `known`, with the nearest one suggested."""
    known = tuple(known)
    return [
        source.complaint((*path, key), "yaml.unknown_key", nearest(key, known), at_key=True, key=key)
        for key in found
        if key not in known
    ]
