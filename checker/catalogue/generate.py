"""Make the JSON Schemas of our YAML files from the code, so that editors know what is accepted."""

from __future__ import annotations

import json
from pathlib import Path

from checker.catalogue.schema import DRAFT, Schema, closed, of_shape
from checker.kinds import KINDS
from checker.kinds.base import Kind, Setting
from checker.messages import catalogue
from checker.recognise.narrative.shape import narrative_shape
from checker.recognise.shape import VOCABULARY, layouts_shape
from checker.resources import data_dir
from checker.rulefile.known import layouts, measures, scopes
from checker.rulefile.shape import about_kind, adjustment_shape, file_shape, rule_shape
from checker.waivers.reading import FILE

_PARAMETER = {"type": "string", "pattern": r"^\$", "description": "A parameter, as $name."}


def rules_schema() -> Schema:
    """The schema of a rule file."""
    made = of_shape(file_shape(rule_shape(), adjustment_shape()))
    properties = made["properties"]
    properties["rules"]["items"]["allOf"] = [_of_kind(name, kind) for name, kind in KINDS.items()]
    adjustment = properties["adjust"]["items"]
    adjustment["oneOf"] = [{"required": ["off"]}, {"anyOf": [{"required": ["severity"]}, {"required": ["where"]}]}]
    return {"$schema": DRAFT, "title": "regnskabstjek rule file", **_with_names(made)}


def layouts_schema() -> Schema:
    """The schema of layouts.yaml."""
    made = of_shape(layouts_shape(measures()))
    made["properties"]["layouts"]["items"]["anyOf"] = [{"required": ["all"]}, {"required": ["any"]}]
    return {"$schema": DRAFT, "title": "regnskabstjek layouts", **_with_names(made)}


def vocabulary_schema() -> Schema:
    """The schema of vocabulary.yaml."""
    return {"$schema": DRAFT, "title": "regnskabstjek vocabulary", **of_shape(VOCABULARY)}


def narrative_schema() -> Schema:
    """The schema of narrative.yaml."""
    return {"$schema": DRAFT, "title": "regnskabstjek words for running text", **of_shape(narrative_shape(measures()))}


def waivers_schema() -> Schema:
    """The schema of waivers.yaml."""
    return {"$schema": DRAFT, "title": "regnskabstjek accepted deviations", **of_shape(FILE)}


def _with_names(schema: Schema) -> Schema:
    """The schema with each list of measures, tables or scopes told once, and what each name means."""
    lists = {"measure": [*measures()], "layout": ["any", *layouts()], "scope": ["any", *scopes()]}
    danish, english = catalogue("da"), catalogue("en")

    def told(section: str, name: str) -> str:
        key = f"{section}.{name}"
        return f"{danish[key]} ({english[key]})" if key in danish and key in english else ""

    def named(part: object) -> object:
        if isinstance(part, list):
            return [named(each) for each in part]
        if not isinstance(part, dict):
            return part
        found = next((section for section, names in lists.items() if part == {"enum": names}), None)
        return {"$ref": f"#/definitions/{found}"} if found else {key: named(value) for key, value in part.items()}

    made = {key: named(value) for key, value in schema.items()}
    used = [section for section in lists if f"#/definitions/{section}" in json.dumps(made)]
    defs = {s: {"enum": lists[s], "enumDescriptions": [told(s, n) for n in lists[s]]} for s in used}
    return {**made, "definitions": defs}


def _of_kind(name: str, kind: Kind) -> Schema:
    """What a rule of this kind may say under `check` and `where`."""
    required = [key for key, s in kind.settings.items() if s.required]
    check = {"description": about_kind(name), **closed({k: _setting(s) for k, s in kind.settings.items()}, required)}
    unheeded = {key: {"const": "any"} for key in ("table", "scope") if key not in kind.where}
    where = {"where": {"properties": unheeded}} if unheeded else {}
    return {
        "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
        "then": {"properties": {"check": check, **where}, **({"required": ["check"]} if required else {})},
    }


def _setting(setting: Setting) -> Schema:
    one: list[Schema] = [{"enum": [*setting.choices]}] if setting.choices else []
    if setting.type.startswith("measure"):
        one.append({"enum": [*measures()]})
    values: dict[str, list[Schema]] = {
        "measures": [{"type": "array", "minItems": 1, "items": one[0] if len(one) == 1 else {"anyOf": one}}],
        "number": [{"type": "number"}],
        "text": [{"type": "string", "minLength": 1}],
        "texts": [{"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}],
        "pattern": [{"type": "string", "minLength": 1, "format": "regex"}],
    }
    made: Schema = {"anyOf": [*values.get(setting.type, one), _PARAMETER]}
    told = setting.help or f"Of the type {setting.type}."
    if setting.default is not None:
        told += f" Default: {json.dumps(setting.default, ensure_ascii=False)}."
    return {"description": told, **made}


def generated() -> dict[str, str]:
    """File name under schemas/ -> content, for writing and for proving that what is there is current."""
    made = {
        "rules": rules_schema(),
        "layouts": layouts_schema(),
        "vocabulary": vocabulary_schema(),
        "narrative": narrative_schema(),
        "waivers": waivers_schema(),
    }
    return {f"{n}.schema.json": json.dumps(s, ensure_ascii=False, indent=2) + "\n" for n, s in made.items()}


def main() -> None:
    """Write the generated files."""
    for name, content in generated().items():
        Path(data_dir("schemas") / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
