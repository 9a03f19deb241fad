"""Is the list one that GitLab takes for code quality?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from checker.model.outcomes import Report
from checker.reports import View
from tests.reports.made import WRONG, accepted, crashed, report, right, sample, told_in, with_fault, wrong

KEYS = {"description", "check_name", "fingerprint", "severity", "location"}


def entries(given: Report, lang: str = "da") -> list[dict[str, Any]]:
    """Every entry."""
    made: list[dict[str, Any]] = json.loads(told_in("gitlab", given, View(lang)))
    assert all(set(entry) == KEYS for entry in made)
    assert len({entry["fingerprint"] for entry in made}) == len(made)
    return made


@pytest.mark.parametrize("name", ["naestved-it-2021/regnskab.txt", "social-mio-2024/regnskab.xlsx"])
def test_there_is_an_entry_per_finding_of_its_severity(name: str) -> None:
    given = sample(name)
    graves = {"error": "blocker", "warning": "major", "note": "info"}
    made = entries(given)
    assert [e["severity"] for e in made] == [graves[f.severity] for f in given.findings]
    assert [e["check_name"] for e in made] == [f.outcomes[0].rule_id for f in given.findings]
    assert {e["location"]["path"] for e in made} == {f"samples/{name}"}


def test_an_entry_says_what_is_wrong_and_where() -> None:
    entry = entries(sample("naestved-it-2021/regnskab.txt"))[2]
    assert entry["description"].startswith("Samme tal står forskelligt to steder. 3 Leasing · regnskab 2021")
    assert "Næste skridt: Slå 3 Leasing" in entry["description"]
    assert entry["location"]["lines"] == {"begin": 86}
    cell = entries(sample("social-mio-2024/regnskab.xlsx"))[0]
    assert "„Regnskab 2024“ F10: " in cell["description"] and cell["location"]["lines"] == {"begin": 1}


def test_fingerprints_do_not_follow_lines_or_figures() -> None:
    other = WRONG.replace("2.110", "2.120").replace("Budget og regnskab", "\nBudget og regnskab")
    before, after = entries(wrong()), entries(report(other))
    assert [e["fingerprint"] for e in before] == [e["fingerprint"] for e in after]
    assert before[0]["location"] != after[0]["location"]


def test_accepted_findings_are_for_information_with_the_reason() -> None:
    made = entries(accepted(wrong()))
    assert {e["severity"] for e in made} == {"info"}
    assert all(e["description"].endswith("accepteret med begrundelse: Aftalt med revisionen") for e in made)


def test_what_kept_the_check_from_being_made_is_told() -> None:
    assert entries(right()) == []
    (crash,) = entries(crashed(right()))
    assert (crash["check_name"], crash["severity"], crash["location"]["path"]) == ("SUM001", "blocker", "case")
    (fault,) = entries(with_fault(right()))
    assert (fault["check_name"], fault["location"]["path"]) == ("Filen kunne ikke læses", "mappe/tom.txt")
