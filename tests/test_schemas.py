"""Do the shipped YAML files and the JSON report keep to their schemas, and are generated schemas current?"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from jsonschema.validators import validator_for

from checker.catalogue.generate import generated
from checker.errors import RuleError
from checker.kinds import KINDS
from checker.lint.layouts import check_layouts
from checker.lint.vocabulary import check_vocabulary
from checker.reports import View
from checker.reports.json_report import render
from checker.resources import data_dir
from checker.rulefile import load_rules
from checker.run import check
from checker.waivers import parse as parse_waivers
from checker.yamlsource import parse_yaml, read_yaml
from tests.test_rulefile import GOOD

SCHEMAS = data_dir("schemas")
SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*/*.txt"))


def _plain(value: Any) -> Any:
    """YAML values as JSON has them; decimals become numbers."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return (
        int(value)
        if isinstance(value, Decimal) and value == int(value)
        else 0.5
        if isinstance(value, Decimal)
        else value
    )


def _errors(schema: str, value: Any) -> list[str]:
    document = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    validator = validator_for(document)
    validator.check_schema(document)
    return [f"{list(e.absolute_path)}: {e.message}" for e in validator(document).iter_errors(value)]


@pytest.mark.parametrize("name", ["vocabulary", "layouts"])
def test_recognition_knowledge_keeps_to_its_schema(name: str) -> None:
    assert _errors(f"{name}.schema.json", _plain(read_yaml(SCHEMAS / f"{name}.yaml").data)) == []


@pytest.mark.parametrize("path", sorted(data_dir("rules").glob("*.yaml")), ids=lambda p: p.stem)
def test_rule_files_keep_to_the_schema(path: Path) -> None:
    assert _errors("rules.schema.json", _plain(read_yaml(path).data)) == []


FULL = """\
ruleset:
  {id: x, version: "1", extends: [grund.yaml], declares: [p], rounding: nearest, two_people: true,
   title: {da: Titel, en: Title}}
parameters: {p: 5, loft: 4}
adjust:
  - rule: ABC001
    severity: note
    where: {table: [budget], scope: drift}
    reason: Byrådet har besluttet det
    author: Bo
    approved_by: Eva
    date: 2026-03-01
retired: [OLD002]
rules:
""" + GOOD.partition("rules:\n")[2].replace("ABC001", "XYZ001").replace("$loft", "$p").replace("{loft: 3}", "{p: 3}")
"""A rule file that uses every key."""
VALUES: tuple[Any, ...] = (5, "tekst", "", [], {}, True, ["x"], {"x": 1}, [5], Decimal("2.5"))
OF_OTHERS = (
    *("rulefile.unknown_base", "rulefile.unknown_parameter", "adjust.unknown_rule", "adjust.own_rule"),
    *("rulefile.id_reused", "rulefile.id_retired", "rulefile.years_turned", "adjust.not_narrower"),
)
"""Complaints that need more than the value that is wrong: no schema can have them."""


def _places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inside for place in _places(each, (*path, key)))]


def _changed(data: Any, path: tuple[str | int, ...]) -> Iterator[Any]:
    """The file with one value left out, replaced by others, or with another key beside it."""
    for change in (None, *VALUES, "another key"):
        made = copy.deepcopy(data)
        around = made
        for key in path[:-1]:
            around = around[key]
        if change is None:
            del around[path[-1]]
        elif change == "another key":
            if not isinstance(around, dict):
                continue
            around["zzz"] = 1
        else:
            around[path[-1]] = change
        yield made


def _complaints(folder: Path, data: Any) -> set[str]:
    text = json.dumps(data, ensure_ascii=False, default=float)
    (folder / "x.yaml").write_text(text, encoding="utf-8")  # JSON is YAML
    try:
        load_rules(folder / "x.yaml")
    except RuleError as error:
        return {complaint.key for complaint in error.complaints}
    return set()


def test_the_rule_schema_refuses_what_the_checker_refuses_and_nothing_else(tmp_path: Path) -> None:
    """Every value of a file that uses every key is left out or replaced, one at a time."""
    (tmp_path / "grund.yaml").write_text(GOOD.replace("id: vores", "id: grund"), encoding="utf-8")
    data = parse_yaml(FULL, "x.yaml").data
    validator = Draft7Validator(json.loads((SCHEMAS / "rules.schema.json").read_text(encoding="utf-8")))
    assert _complaints(tmp_path, data) == set()
    assert validator.is_valid(_plain(data))
    differ, tried = [], 0
    for path in _places(data)[1:]:
        for made in _changed(data, path):
            tried += 1
            found = _complaints(tmp_path, made) - set(OF_OTHERS)
            if path[0] != "parameters" and bool(found) == validator.is_valid(_plain(made)):
                differ.append((path, found, made))
    assert tried > 600
    assert differ == []


BROKEN = {
    "layouts": [
        ("all: [regnskab]", "all: [regnskb]"),
        ("id: budgetbro", "id: Budgetbro"),
        ("title_required: true", "title_required: ja"),
        ("    all: [forventet_regnskab]\n", ""),
        ("titles:", "title:"),
        ("version: 1", "version: ny"),
    ],
    "vocabulary": [
        ("dimension: number", "dimension: antal"),
        ("own_unit: kr", "own_unit: mio"),
        ("continued:", "fortsat:"),
        ("  of_which:", "  ofwhich:"),
        ("additive: false", "additive: nej"),
        ("year_shift: {til: -1}", "year_shift: {til: et}"),
        ("  omplacering:\n", "  Omplacering:\n"),
        ("headers: [omplacering*", "header: [omplacering*"),
    ],
}


@pytest.mark.parametrize(("name", "old", "new"), [(name, *change) for name in BROKEN for change in BROKEN[name]])
def test_a_broken_file_is_refused_by_its_schema_and_by_lint(name: str, old: str, new: str) -> None:
    text = (SCHEMAS / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    source = parse_yaml(text.replace(old, new, 1), name)
    assert _errors(f"{name}.schema.json", _plain(source.data)) != []
    found = check_layouts(source) if name == "layouts" else check_vocabulary(source)
    assert found.complaints != []


def test_every_key_kind_and_setting_has_its_help() -> None:
    for name, content in generated().items():
        assert [path for path, key in _keys(json.loads(content)) if not key.get("description")] == [], name


def _keys(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every key that a schema knows, but for those that only narrow what is said of them elsewhere."""
    if not isinstance(schema, (dict, list)):
        return
    for name, each in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if name == "properties" and set(schema) - {"properties", "required"}:
            yield from ((f"{path}/{key}", value) for key, value in each.items())
        if name != "if":
            yield from _keys(each, f"{path}/{name}")


def test_every_kind_and_measure_is_explained() -> None:
    schema = json.loads(generated()["rules.schema.json"])
    rule_ = schema["properties"]["rules"]["items"]
    kind = rule_["properties"]["kind"]
    assert kind["enum"] == list(KINDS)
    assert kind["enumDescriptions"][0] == "Do the parts add up to their total, on every level of a table?"
    assert all(len(told) > 10 for told in kind["enumDescriptions"])
    assert [each["if"]["properties"]["kind"]["const"] for each in rule_["allOf"]] == list(KINDS)
    named = schema["definitions"]["measure"]
    assert dict(zip(named["enum"], named["enumDescriptions"], strict=True))["korrigeret_budget"] == (
        "korrigeret budget (revised budget)"
    )
    assert all(named["enumDescriptions"])


def test_the_rule_schema_refuses_what_the_checker_refuses() -> None:
    data = _plain(read_yaml(data_dir("rules") / "dk-faelles.yaml").data)
    data["rules"][0]["kindd"] = "total"
    data["rules"][1]["check"]["stated"] = "overskud"
    assert len(_errors("rules.schema.json", data)) == 2


def test_generated_schemas_are_current() -> None:
    for name, content in generated().items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == content, "run `make generate`"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.parent.name)
def test_the_json_report_keeps_to_its_schema(path: Path) -> None:
    report = json.loads(render(check(path), View(with_facts=True)))
    assert _errors("report.schema.json", report) == []
    assert len(report["outcomes"]) == sum(report["counts"].values())


@pytest.mark.parametrize("name", sorted(p.name for p in SCHEMAS.glob("*.schema.json")))
def test_a_schema_refuses_an_unknown_key(name: str) -> None:
    assert _errors(name, {"ukendt": 1}) != []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [({}, 0), ({"reason": ""}, 1), ({"fingerprint": "abc"}, 1), ({"until": "1. marts"}, 1), ({"who": "Anne"}, 1)],
)
def test_the_schema_of_waivers_takes_what_the_reader_takes(change: dict[str, str], wrong: int) -> None:
    good = {"fingerprint": "0" * 15 + "a", "value_hash": "b" * 16, "reason": "Ok", "by": "Bo", "date": "2026-03-01"}
    data = {"waivers": [good | change]}
    assert len(_errors("waivers.schema.json", data)) == wrong
    try:
        parse_waivers(yaml.safe_dump(data))
        complaints = 0
    except RuleError as error:
        complaints = len(error.complaints)
    assert complaints == wrong
