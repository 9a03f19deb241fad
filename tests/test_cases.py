"""Are published tables with known truth, and the vectors of the arithmetic, judged as they must be?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker import check, judge
from checker.model.outcomes import FAILED, Outcome
from checker.model.rules import NOTE

ROOT = Path(__file__).parent / "cases"
TABLES = sorted(path.parent.name for path in ROOT.glob("*/truth.yaml"))
VECTORS: list[dict[str, Any]] = json.loads((ROOT / "rounding-vectors.json").read_text(encoding="utf-8"))
EXPECTED = {"consistent": ("passed", "passed_rounding"), "inconsistent": ("failed",), "not_checked": ("not_evaluated",)}
REASONS = {
    "excess_digits": "reason.excess_digits",
    "no_addends_bound": "reason.parts_missing",
    "total_missing": "reason.total_missing",
    None: "",
}


def _meets(outcome: Outcome, wanted: dict[str, Any]) -> bool:
    """Whether an outcome is the check a line of truth.yaml speaks of."""
    kinds = wanted["kind"] if isinstance(wanted["kind"], list) else [wanted["kind"]]
    return (
        outcome.kind in kinds
        and wanted.get("label", outcome.at.label) == outcome.at.label
        and wanted.get("measure", outcome.at.measure) == outcome.at.measure
        and wanted.get("line", outcome.places[0].line) == outcome.places[0].line
    )


@pytest.mark.parametrize("name", TABLES)
def test_published_table(name: str) -> None:
    truth = yaml.safe_load((ROOT / name / "truth.yaml").read_text(encoding="utf-8"))
    report = check(ROOT / name / "table.csv")
    found = {}
    for wanted in truth:
        met = [o.status for o in report.outcomes if _meets(o, wanted)]
        found[wanted["id"]] = met.count(wanted["status"]) if "times" in wanted else ", ".join(met) or "no outcome"
    assert found == {w["id"]: w.get("times", w["status"]) for w in truth}


@pytest.mark.parametrize("name", TABLES)
def test_nothing_but_the_truth_is_found_in_a_published_table(name: str) -> None:
    truth = yaml.safe_load((ROOT / name / "truth.yaml").read_text(encoding="utf-8"))
    report = check(ROOT / name / "table.csv")
    real = sum(w["status"] == FAILED for w in truth)
    assert [
        f.outcomes[0].rule_id for f in report.findings if f.severity != NOTE and not _is_real(f.outcomes[0], truth)
    ] == []
    assert len([f for f in report.findings if f.severity != NOTE]) == real


def _is_real(outcome: Outcome, truth: list[dict[str, Any]]) -> bool:
    return any(w["status"] == FAILED and _meets(outcome, w) for w in truth)


def _stated(figure: dict[str, Any]) -> list[tuple[str, str]]:
    if figure.get("missing"):
        return []
    return [
        (each["value"], "0" if each["decimals"] == "INF" else f"1e{-each['decimals']}")
        for each in (figure, *figure.get("duplicates", ()))
    ]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["id"])
def test_rounding_vector(vector: dict[str, Any]) -> None:
    parts = [(int(part["weight"]), _stated(part)) for part in vector["addends"]]
    verdict = judge(_stated(vector["total"]), parts, truncated=vector["mode"] != "round")
    assert verdict.status in EXPECTED[vector["expected"]]
    assert verdict.reason == REASONS[vector["reason"]]
