"""Does a shape complain of what its JSON Schema refuses, at the place, and of nothing else?"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft7Validator

from checker.catalogue.schema import of_shape
from checker.yamlshape import (
    Anything,
    Choice,
    Flag,
    Key,
    Keys,
    ListOf,
    Scalar,
    Shape,
    Table,
    Text,
    Whole,
    check,
)
from checker.yamlsource import parse_yaml
from tests.test_rulefile import line_of

OWN = Keys(
    {
        "name": Key(Text(), "What it is called.", required=True),
        "sort": Key(Choice(("a", "b"), {"a": "the first"}), "One of two."),
        "many": Key(ListOf(Whole(1, 9)), "Digits."),
    }
)


def told(yaml: str, shape: Shape) -> list[str]:
    source = parse_yaml(f"v: {yaml}\n", "f")
    return [line_of(c).removeprefix("f:1:") for c in check(source, ("v",), source.data["v"], shape)]


def refused(yaml: str, shape: Shape) -> bool:
    """Whether the JSON Schema refuses the same value."""
    schema = of_shape(shape)
    Draft7Validator.check_schema(schema)
    return not Draft7Validator(schema).is_valid(plain(parse_yaml(f"v: {yaml}\n", "f").data["v"]))


def plain(value: Any) -> Any:
    """YAML values as JSON has them."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize(
    ("yaml", "shape", "complaints"),
    [
        ("[1, {a: b}]", Anything(), []),
        ("ord", Text(), []),
        ("''", Text(), ["4 rulefile.not_a_text()"]),
        ("5", Text(), ["4 rulefile.not_a_text()"]),
        ("", Text(), ["3 rulefile.not_a_text()"]),
        ("AB", Text(re.compile("[A-Z]+"), "lint.bad_name"), []),
        ("Ab", Text(re.compile("[A-Z]+"), "lint.bad_name"), ["4 lint.bad_name(found=Ab)"]),
        ("for kort", Text(least=10, wrong="adjust.reason_too_short"), ["4 adjust.reason_too_short(least=10)"]),
        ("lige præcis", Text(least=11), []),
        ("'1.0'", Scalar(), []),
        ("1.5", Scalar(), []),
        ("7", Scalar(), []),
        ("true", Scalar(), ["4 rulefile.not_a_text()"]),
        ("''", Scalar(), ["4 rulefile.not_a_text()"]),
        ("[1]", Scalar(), ["4 rulefile.not_a_text()"]),
        ("0", Whole(), []),
        ("-1", Whole(), ["4 rulefile.not_a_whole_number(found=-1)"]),
        ("-1", Whole(-9, 9), []),
        ("10", Whole(-9, 9), ["4 rulefile.not_a_whole_number(found=10)"]),
        ("1.5", Whole(), ["4 rulefile.not_a_whole_number(found=1.5)"]),
        ("true", Whole(), ["4 rulefile.not_a_whole_number(found=True)"]),
        ("1969", Whole(1970, 2100, "rulefile.not_a_year"), ["4 rulefile.not_a_year(found=1969)"]),
        ("true", Flag(), []),
        ("false", Flag(), []),
        ("ja", Flag(), ["4 rulefile.not_true_or_false(found=ja)"]),
        ("1", Flag(), ["4 rulefile.not_true_or_false(found=1)"]),
        ("b", Choice(("a", "b")), []),
        ("bb", Choice(("aa", "bbb")), ["4 rulefile.not_a_choice(found=bb) -> bbb"]),
        ("[a]", Choice(("a", "b")), ["4 rulefile.not_a_choice(found=['a'])"]),
        ("[]", ListOf(Text()), []),
        ("[a, 5, '']", ListOf(Text()), ["8 rulefile.not_a_text()", "11 rulefile.not_a_text()"]),
        ("a", ListOf(Text()), ["4 rulefile.not_a_list()"]),
        ("a", ListOf(Text(), alone=True), []),
        ("5", ListOf(Text(), alone=True), ["4 rulefile.not_a_text()"]),
        ("[5]", ListOf(Text(), alone=True), ["5 rulefile.not_a_text()"]),
        ("[]", ListOf(Text(), 1), ["4 rulefile.not_a_list()"]),
        ("[a]", ListOf(Text(), 2, wrong="rulefile.too_few_cases"), ["4 rulefile.too_few_cases(least=2)"]),
        ("{a: 1, b: x}", Table(Whole()), ["14 rulefile.not_a_whole_number(found=x)"]),
        ("{a: 1, bb: 1}", Table(Whole(), Choice(("a", "b"))), ["11 rulefile.not_a_choice(found=bb) -> b"]),
        ("{a: 1}", Table(Anything(), Text(re.compile("[A-Z]"), "lint.bad_name")), ["5 lint.bad_name(found=a)"]),
        ("[a]", Table(Anything()), ["4 rulefile.not_a_mapping()"]),
        ("{name: x}", OWN, []),
        ("{name: x, sort: b, many: [1, 9]}", OWN, []),
        ("{}", OWN, ["4 rulefile.key_missing(key=name)"]),
        ("{name: ''}", OWN, ["4 rulefile.key_missing(key=name)"]),
        ("{name: x, srt: a}", OWN, ["14 yaml.unknown_key(key=srt) -> sort"]),
        ("{name: x, sort: }", OWN, ["20 rulefile.not_a_choice(found=None)"]),
        (
            "{sort: c, many: [0]}",
            OWN,
            [
                "4 rulefile.key_missing(key=name)",
                "11 rulefile.not_a_choice(found=c)",
                "21 rulefile.not_a_whole_number(found=0)",
            ],
        ),
        ("x", OWN, ["4 rulefile.not_a_mapping()"]),
        ("x", Keys({}, wrong="rulefile.not_translated"), ["4 rulefile.not_translated()"]),
        (
            "{}",
            Keys({"da": Key(Text(), "", True)}, missing=("rulefile.language_missing", "lang")),
            ["4 rulefile.language_missing(lang=da)"],
        ),
    ],
)
def test_a_shape_and_its_schema_refuse_the_same(yaml: str, shape: Shape, complaints: list[str]) -> None:
    assert told(yaml, shape) == complaints
    assert refused(yaml, shape) == bool(complaints)


def test_a_section_without_a_value_is_not_given() -> None:
    """`rules:` with nothing under it yet; the editor still says that a list is expected."""
    assert told("{name: x, many: }", OWN) == []
    assert refused("{name: x, many: }", OWN)


def test_the_schema_tells_what_keys_and_names_mean() -> None:
    assert of_shape(OWN) == {
        "type": "object",
        "properties": {
            "name": {"description": "What it is called.", "type": "string", "minLength": 1},
            "sort": {"description": "One of two.", "enum": ["a", "b"], "enumDescriptions": ["the first", ""]},
            "many": {
                "description": "Digits.",
                "type": "array",
                "items": {"type": "integer", "minimum": 1, "maximum": 9},
            },
        },
        "required": ["name"],
        "additionalProperties": False,
    }
