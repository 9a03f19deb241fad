"""What a rule file and a rule may hold: keys, types and choices, for checking and for the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from checker.errors import Complaint
from checker.kinds.base import Setting
from checker.yamlsource import Source, YamlPath, nearest, unknown_keys

TOP_KEYS = ("ruleset", "parameters", "adjust", "rules", "retired")
HEAD_KEYS = ("id", "version", "extends", "declares", "rounding", "title")
RULE_KEYS = (
    "id", "name", "kind", "severity", "title", "why", "authority", "valid", "where", "missing", "check", "cases",
)  # fmt: skip
REQUIRED = ("id", "name", "kind", "severity", "title", "why", "authority", "cases")
WHERE_KEYS = ("table", "scope")
ADJUST_KEYS = ("rule", "off", "severity", "where", "reason", "author", "approved_by", "date")
CASE_KEYS = ("name", "given", "expect", "findings", "parameters", "prior", "extract", "manifest", "traps")
SEVERITIES = ("error", "warning", "note")
MISSING = ("not_evaluated", "zero", "fail")
STATUSES = ("passed", "passed_rounding", "failed", "not_evaluated")
ROUNDINGS = ("nearest", "truncated")
ID = re.compile(r"[A-ZÆØÅ]{2,6}\d{3}")
NAME = re.compile(r"[a-z0-9æøå]+(?:-[a-z0-9æøå]+)+")


def check_head(source: Source) -> list[Complaint]:
    """Complaints about the file's outer shape; with any of these nothing else can be said about it."""
    data = source.data
    if not isinstance(data, Mapping):
        return [source.complaint((), "rulefile.not_a_mapping")]
    head = data.get("ruleset")
    if not isinstance(head, Mapping):
        return [source.complaint((), "rulefile.no_head")]
    found = unknown_keys(source, (), data, TOP_KEYS) + unknown_keys(source, ("ruleset",), head, HEAD_KEYS)
    found += [
        source.complaint(("ruleset",), "rulefile.key_missing", key=k)
        for k in ("id", "version")
        if head.get(k) in (None, "")
    ]
    found += [
        source.complaint(("ruleset", key), "rulefile.not_a_list")
        for key in ("extends", "declares")
        if head.get(key) is not None and not isinstance(head[key], list)
    ]
    if head.get("rounding", "nearest") not in ROUNDINGS:
        found.append(choice(source, ("ruleset", "rounding"), head["rounding"], ROUNDINGS))
    for key, wanted in (("rules", list), ("adjust", list), ("parameters", Mapping), ("retired", list)):
        if data.get(key) is not None and not isinstance(data[key], wanted):
            found.append(
                source.complaint((key,), "rulefile.not_a_list" if wanted is list else "rulefile.not_a_mapping")
            )
    return found


def choice(source: Source, path: YamlPath, found: Any, known: tuple[str, ...]) -> Complaint:
    """The complaint that a value is not one of those known."""
    return source.complaint(
        path, "rulefile.not_a_choice", nearest(str(found), known), found=str(found), known=", ".join(known)
    )


def check_setting(
    source: Source, path: YamlPath, setting: Setting, value: Any, measures: tuple[str, ...]
) -> list[Complaint]:
    """Complaints about one value under `check:`."""
    known = (*setting.choices, *measures)
    if setting.type == "choice":
        return [] if value in setting.choices else [choice(source, path, value, setting.choices)]
    if setting.type == "measure":
        return [] if value in known else [choice(source, path, value, known)]
    if setting.type == "measures":
        if not isinstance(value, list) or not value:
            return [source.complaint(path, "rulefile.not_a_list")]
        return [choice(source, (*path, i), v, known) for i, v in enumerate(value) if v not in known]
    if setting.type == "texts":
        if not isinstance(value, list) or not value:
            return [source.complaint(path, "rulefile.not_a_list")]
        wrong = [i for i, v in enumerate(value) if not isinstance(v, str) or not v]
        return [source.complaint((*path, i), "rulefile.not_a_text") for i in wrong]
    if setting.type == "number":
        ok = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
        return [] if ok else [source.complaint(path, "rulefile.not_a_number", found=str(value))]
    if not isinstance(value, str) or not value:
        return [source.complaint(path, "rulefile.not_a_text")]
    return [] if setting.type != "pattern" or _is_pattern(value) else [source.complaint(path, "rulefile.not_a_pattern")]


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
