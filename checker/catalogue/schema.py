"""A shape of YAML -> its JSON Schema, with descriptions, so that an editor shows help."""

from __future__ import annotations

from typing import Any

from checker.yamlshape import Anything, Choice, Flag, Key, Keys, ListOf, Scalar, Shape, Table, Text, Whole

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
"""The newest draft that the YAML language server, which most editors use, supports."""


def of_shape(shape: Shape) -> Schema:
    """The schema that refuses what `yamlshape.check` complains of."""
    match shape:
        case Anything():
            return {}
        case Text():
            return {"type": "string", **_text(shape)}
        case Scalar():
            return {"type": ["string", "number"], "minLength": 1}
        case Whole():
            most = {} if shape.most is None else {"maximum": shape.most}
            return {"type": "integer", "minimum": shape.least, **most}
        case Flag():
            return {"type": "boolean"}
        case Choice():
            told = [shape.help.get(name, "") for name in shape.known]
            return {"enum": list(shape.known), **({"enumDescriptions": told} if any(told) else {})}
        case ListOf():
            item = of_shape(shape.item)
            many = {"type": "array", "items": item, **({"minItems": shape.least} if shape.least else {})}
            return {"anyOf": [item, many]} if shape.alone else many
        case Table():
            names = {} if shape.name is None else {"propertyNames": of_shape(shape.name)}
            value = {} if isinstance(shape.value, Anything) else {"additionalProperties": of_shape(shape.value)}
            return {"type": "object", **names, **value}
        case Keys():
            return closed(
                {name: of_key(key) for name, key in shape.keys.items()},
                [name for name, key in shape.keys.items() if key.required],
            )


def of_key(key: Key) -> Schema:
    """The schema of a key's value, with what the key means."""
    return {"description": key.help, **of_shape(key.shape)}


def closed(properties: Schema, required: list[str]) -> Schema:
    """A mapping with these keys and no others."""
    must = {"required": required} if required else {}
    return {"type": "object", "properties": properties, **must, "additionalProperties": False}


def _text(shape: Text) -> Schema:
    least = {"minLength": shape.least} if shape.least else {}
    return least if shape.pattern is None else {"pattern": f"^(?:{shape.pattern.pattern})$"}
