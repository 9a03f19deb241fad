"""Make the JSON Schema of rule files from the code, so that editors complete what the checker accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.resources import data_dir
from checker.rulefile.adjust import LEAST_REASON, TEXTS
from checker.rulefile.compile import LEAST_CASES
from checker.rulefile.known import layouts, measures, scopes
from checker.rulefile.shape import (
    ADJUST_KEYS,
    CASE_KEYS,
    HEAD_KEYS,
    ID,
    MISSING,
    NAME,
    REQUIRED,
    ROUNDINGS,
    RULE_KEYS,
    SEVERITIES,
    STATUSES,
    TOP_KEYS,
)

Schema = dict[str, Any]
_PARAMETER = {"type": "string", "pattern": r"^\$"}


def rules_schema() -> Schema:
    """The schema of a rule file (JSON Schema 2020-12)."""
    head = {
        "id": {"type": "string"},
        "version": {"type": ["string", "number"]},
        "extends": {"type": "array", "items": {"type": "string"}},
        "declares": {"type": "array", "items": {"type": "string"}},
        "rounding": {"enum": list(ROUNDINGS)},
        "title": _translated(),
    }
    top = {
        "ruleset": _closed({k: head[k] for k in HEAD_KEYS}, ["id", "version"]),
        "parameters": {"type": "object"},
        "adjust": {"type": "array", "items": _adjustment()},
        "retired": {"type": "array", "items": {"type": "string"}},
        "rules": {"type": "array", "items": _rule()},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "regnskabstjek rule file",
        **_closed({k: top[k] for k in TOP_KEYS}, ["ruleset"]),
    }


def _closed(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _translated() -> Schema:
    return _closed({"da": {"type": "string"}, "en": {"type": "string"}}, ["da", "en"])


def _one_or_more(names: tuple[str, ...]) -> Schema:
    each = {"enum": ["any", *names]}
    return {"oneOf": [each, {"type": "array", "items": each}]}


def _adjustment() -> Schema:
    text = {"type": "string", "minLength": 1}
    properties = {
        "rule": {"type": "string", "pattern": f"^{ID.pattern}$"},
        "off": {"type": "boolean"},
        "severity": {"enum": list(SEVERITIES)},
        "where": _where(),
        "reason": {"type": "string", "minLength": LEAST_REASON},
        **dict.fromkeys(TEXTS, text),
    }
    return {
        **_closed({k: properties[k] for k in ADJUST_KEYS}, ["rule", "reason"]),
        "oneOf": [{"required": ["off"]}, {"anyOf": [{"required": ["severity"]}, {"required": ["where"]}]}],
    }


def _where() -> Schema:
    return _closed({"table": _one_or_more(layouts()), "scope": _one_or_more(scopes())}, [])


def _rule() -> Schema:
    case = {
        "name": {"type": "string"},
        "given": {"type": "string"},
        "expect": {"enum": list(STATUSES)},
        "findings": {"type": "integer", "minimum": 0},
        "parameters": {"type": "object"},
        "prior": {"type": "string"},
        "extract": {"type": "string"},
        "manifest": {"type": "string"},
        "traps": {"type": "array", "items": {"type": "string"}},
    }
    year = {"type": "integer", "minimum": 1970, "maximum": 2100}
    properties = {
        "id": {"type": "string", "pattern": f"^{ID.pattern}$"},
        "name": {"type": "string", "pattern": f"^{NAME.pattern}$"},
        "kind": {"enum": list(KINDS)},
        "severity": {"enum": list(SEVERITIES)},
        "title": _translated(),
        "why": _translated(),
        "authority": {"type": "string"},
        "valid": _closed({"from": year, "to": year}, []),
        "where": _where(),
        "missing": {"enum": list(MISSING)},
        "check": {"type": "object"},
        "cases": {
            "type": "array",
            "minItems": LEAST_CASES,
            "items": _closed({k: case[k] for k in CASE_KEYS}, ["name", "given", "expect"]),
        },
    }
    by_kind = [
        {
            "if": {"properties": {"kind": {"const": name}}},
            "then": {
                "properties": {
                    "check": _closed(
                        {key: _setting(s) for key, s in kind.settings.items()},
                        [key for key, s in kind.settings.items() if s.required],
                    )
                },
                **({"required": ["check"]} if any(s.required for s in kind.settings.values()) else {}),
            },
        }
        for name, kind in KINDS.items()
    ]
    return {**_closed({k: properties[k] for k in RULE_KEYS}, list(REQUIRED)), "allOf": by_kind}


def _setting(setting: Setting) -> Schema:
    known = [*setting.choices, *(measures() if setting.type.startswith("measure") else ())]
    value: Schema = {"enum": known}
    if setting.type == "measures":
        value = {"type": "array", "minItems": 1, "items": {"enum": known}}
    elif setting.type == "texts":
        value = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
    elif setting.type == "pattern":
        value = {"type": "string", "format": "regex"}
    elif setting.type == "number":
        value = {"type": "number"}
    return {"anyOf": [value, _PARAMETER]}


def generated() -> dict[str, str]:
    """File name under schemas/ -> content, for writing and for proving that what is there is current."""
    return {"rules.schema.json": json.dumps(rules_schema(), ensure_ascii=False, indent=2) + "\n"}


def main() -> None:
    """Write the generated files."""
    for name, content in generated().items():
        Path(data_dir("schemas") / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
