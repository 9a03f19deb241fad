"""Is the SARIF log valid by OASIS' schema, and does every check stand in it as what it is?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from checker.fingerprints import fingerprints, value_hash
from checker.model.document import Place
from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING, Report
from checker.reports import View
from checker.reports.sarif_parts import Places, uri
from checker.wording import say
from tests.reports.made import (
    WRONG,
    accepted,
    changed,
    compared,
    crashed,
    report,
    right,
    sample,
    told_in,
    with_fault,
    wrong,
)

SCHEMA = Path(__file__).parent.parent / "data" / "sarif-schema-2.1.0.json"
NAESTVED, SOCIAL = "naestved-it-2021/regnskab.txt", "social-mio-2024/regnskab.xlsx"


@cache
def validator() -> Draft4Validator:
    """OASIS' schema."""
    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run(given: Report, lang: str = "da") -> dict[str, Any]:
    """The run of a valid log."""
    log = json.loads(told_in("sarif", given, View(lang)))
    assert list(validator().iter_errors(log)) == []
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    made: dict[str, Any] = log["runs"][0]
    return made


def results(given: Report, kind: str, lang: str = "da") -> list[dict[str, Any]]:
    """The results of a kind."""
    return [r for r in run(given, lang)["results"] if r["kind"] == kind]


def test_the_schema_is_as_oasis_published_it() -> None:
    digest = hashlib.sha256(SCHEMA.read_bytes()).hexdigest()
    assert digest == "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
    assert digest in (SCHEMA.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("name", [NAESTVED, SOCIAL, "skoler-2024/2024"])
def test_samples_give_valid_logs(name: str, lang: str) -> None:
    run(sample(name), lang)


def test_the_log_says_which_tool_rules_and_language() -> None:
    made = run(wrong())
    driver = made["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("regnskabstjek", wrong().tool_version)
    assert (driver["language"], made["language"], made["columnKind"]) == ("da", "da", "unicodeCodePoints")
    assert made["properties"]["ruleset"]["sha256"] == wrong().ruleset_sha256
    assert made["properties"]["coverage"] == {
        "facts": wrong().coverage.facts,
        "checked": wrong().coverage.checked,
    }
    assert made["automationDetails"] == {"id": f"regnskabstjek/{wrong().ruleset_id}/case/"}
    rule = next(r for r in driver["rules"] if r["id"] == "SUM001")
    info = next(r for r in wrong().rules if r.id == "SUM001")
    assert rule["name"] == info.name
    assert rule["shortDescription"] == {"text": info.title["da"]}
    assert rule["fullDescription"] == {"text": info.why["da"]}
    assert rule["help"]["text"].startswith(info.why["da"]) and "Grundlag" in rule["help"]["text"]
    assert rule["defaultConfiguration"] == {"level": info.severity}
    assert rule["properties"] == {"kind": "total", "title": dict(info.title), "why": dict(info.why)}


def test_the_other_language_of_the_rules_is_a_translation() -> None:
    (other,) = run(wrong())["translations"]
    rule = next(r for r in other["rules"] if r["id"] == "SUM001")
    info = next(r for r in wrong().rules if r.id == "SUM001")
    assert (other["language"], other["associatedComponent"]) == ("en", {"name": "regnskabstjek"})
    assert (rule["shortDescription"]["text"], rule["fullDescription"]["text"]) == (info.title["en"], info.why["en"])
    assert run(wrong(), "en")["translations"][0]["language"] == "da"


def test_every_outcome_is_a_result_in_its_order() -> None:
    given = sample(NAESTVED)
    kinds = {PASSED: "pass", PASSED_ROUNDING: "pass", FAILED: "fail", NOT_EVALUATED: "open"}
    made = run(given)["results"]
    known_by = fingerprints(given.outcomes, given.submission)
    rules = [r["id"] for r in run(given)["tool"]["driver"]["rules"]]
    for outcome, key, result in zip(given.outcomes, known_by, made, strict=False):
        assert (result["ruleId"], result["kind"]) == (outcome.rule_id, kinds[outcome.status])
        assert rules[result["ruleIndex"]] == outcome.rule_id
        assert (result["level"] == "none") == (outcome.status != FAILED)
        assert say(outcome.message, "da") in result["message"]["text"]
        assert result["partialFingerprints"] == {"checkFingerprint/v1": key}
        assert result["properties"]["status"] == outcome.status
        assert result["properties"]["valueHash"] == value_hash(outcome)
        assert "suppressions" not in result and "baselineState" not in result


def test_a_failed_check_says_how_grave_why_and_what_to_do() -> None:
    (word,) = [r for r in results(sample(NAESTVED), "fail") if r["ruleId"] == "TXT011"]
    assert word["level"] == "error"
    assert word["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "samples/naestved-it-2021/regnskab.txt", "index": 0},
                "region": {"startLine": 131, "startColumn": 47},
            },
            "message": {"text": "linje 131"},
        }
    ]
    assert word["properties"]["cause"] == "figure"
    assert word["properties"]["nextStep"].startswith("Slå linjen op i økonomisystemet.")
    levels = {r["ruleId"]: r["level"] for r in results(sample(NAESTVED), "fail")}
    assert levels["FIG001"] == "warning" and levels["TXT002"] == "note"
    (same,) = [r for r in results(sample(NAESTVED), "fail") if r["ruleId"] == "FIG001"]
    assert [p["physicalLocation"]["region"]["startLine"] for p in same["relatedLocations"]] == [45]
    assert same["properties"]["suggestion"]["as_printed"] == "10.588"
    assert same["properties"]["calculation"][0].endswith("10.588 t.kr.")
    assert any("10.588" in sentence for sentence in same["properties"]["explanation"])


def test_cells_and_pages_are_places_within_the_file() -> None:
    (first, *_) = results(sample(SOCIAL), "fail")
    assert first["locations"][0]["logicalLocations"] == [
        {"name": "F10", "fullyQualifiedName": "Regnskab 2024!F10", "kind": "cell"}
    ]
    assert "region" not in first["locations"][0]["physicalLocation"]
    places = Places(right(), "da")
    sheet = places.location(Place("bog.xlsx", sheet="Ark 1"))
    assert sheet["logicalLocations"] == [{"name": "Ark 1", "fullyQualifiedName": "Ark 1", "kind": "sheet"}]
    page = places.location(Place("a.pdf", page=3, paragraph=4, position=9))
    assert page["logicalLocations"] == [{"name": "3", "kind": "page"}]
    assert page["message"] == {"text": "side 3, afsnit 4"}
    assert "startColumn" not in places.location(Place("a.csv", line=3, column=4))["physicalLocation"]["region"]


def test_paths_are_relative_references() -> None:
    assert uri("mappe/Børn & unge 100%.txt") == "mappe/B%C3%B8rn%20%26%20unge%20100%25.txt"
    assert uri("./a:b.txt") == "a%3Ab.txt"


def test_what_could_not_be_checked_is_open_and_idle_rules_do_not_apply() -> None:
    (open_, *_) = results(sample(SOCIAL), "open")
    assert open_["message"]["text"].count("Kunne ikke kontrolleres") == 1
    assert open_["properties"]["reason"]
    idle = results(right(), "notApplicable")
    assert {r["ruleId"]: r["message"]["text"] for r in idle}["AFS001"] == "intet udtræk fra økonomisystemet"


def test_a_waiver_is_a_suppression() -> None:
    made = results(accepted(wrong()), "fail")
    assert [r["suppressions"] for r in made] == [
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "Aftalt med revisionen",
                "properties": {"by": "Bo", "date": "2024-02-01", "approvedBy": "Eva", "until": "2024-12-31"},
            }
        ]
    ] * len(made)
    assert all(r["suppressions"] == [] for r in results(accepted(wrong()), "pass"))


def test_an_earlier_report_gives_the_state_of_each_failed_check_and_what_is_gone() -> None:
    made = run(compared(wrong()))["results"]
    states = [r["baselineState"] for r in made if r["kind"] == "fail"]
    assert states[:3] == ["new", "unchanged", "updated"]
    (gone,) = [r for r in made if r.get("baselineState") == "absent"]
    assert (gone["ruleId"], gone["kind"], gone["level"]) == ("SUM001", "informational", "none")
    assert (gone["message"], gone["partialFingerprints"]) == ({"text": "Der stod 5."}, {"checkFingerprint/v1": "abcd"})
    without = replace(compared(wrong()), baseline="")
    assert all("baselineState" not in r for r in run(without)["results"])


def test_a_crash_and_an_unread_file_are_told_of_the_run() -> None:
    assert run(wrong())["invocations"][0]["executionSuccessful"] is True
    (invocation,) = run(crashed(wrong()))["invocations"]
    (told,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert (told["level"], told["associatedRule"]) == ("error", {"id": "SUM001"})
    assert "ZeroDivisionError: x" in told["message"]["text"]
    assert len(run(crashed(wrong()))["results"]) == len(run(wrong())["results"])
    (invocation,) = run(with_fault(wrong()))["invocations"]
    (told,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert told["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "mappe/tom.txt"}


def test_figures_that_cannot_all_be_right_are_a_result_though_every_check_holds() -> None:
    given = wrong()
    finding = next(f for f in given.findings if f.outcomes[0].status == FAILED)
    holding = next(o for o in given.outcomes if o.status == PASSED)
    joint = replace(given, findings=(replace(finding, cause="joint", severity="error", outcomes=(holding,)),))
    made = results(joint, "fail")[-1]
    assert (made["ruleId"], made["level"], made["properties"]["cause"]) == (holding.rule_id, "error", "joint")
    assert made["partialFingerprints"]["checkFingerprint/v1"].startswith("joint/")
    note = replace(joint, findings=(replace(joint.findings[0], severity="note"),))
    assert [r["level"] for r in results(note, "review")] == ["none"]


def test_a_proof_is_at_most_as_grave_as_its_finding() -> None:
    given = changed(sample(NAESTVED), lambda o: replace(o, severity="error") if o.status == FAILED else o)
    levels = {r["ruleId"]: r["level"] for r in results(given, "fail")}
    assert (levels["TXT011"], levels["TXT013"], levels["TXT002"]) == ("error", "error", "note")


def test_there_are_no_times_and_the_same_input_gives_the_same_bytes() -> None:
    text = told_in("sarif", wrong(), View())
    assert "Utc" not in text and "guid" not in text.lower()
    assert text == told_in("sarif", report(WRONG), View())
