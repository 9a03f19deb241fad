"""Do the shipped YAML files and the JSON report keep to their schemas, and are generated schemas current?"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker.catalogue.generate import generated
from checker.reports import View
from checker.reports.json_report import render
from checker.resources import data_dir
from checker.run import check
from checker.yamlsource import read_yaml

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
    Draft202012Validator.check_schema(document)
    return [f"{list(e.absolute_path)}: {e.message}" for e in Draft202012Validator(document).iter_errors(value)]


@pytest.mark.parametrize("name", ["vocabulary", "layouts"])
def test_recognition_knowledge_keeps_to_its_schema(name: str) -> None:
    assert _errors(f"{name}.schema.json", _plain(read_yaml(SCHEMAS / f"{name}.yaml").data)) == []


@pytest.mark.parametrize("path", sorted(data_dir("rules").glob("*.yaml")), ids=lambda p: p.stem)
def test_rule_files_keep_to_the_schema(path: Path) -> None:
    assert _errors("rules.schema.json", _plain(read_yaml(path).data)) == []


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
