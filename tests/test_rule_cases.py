"""Does every shipped rule do what its own cases say, and say in both languages what it is for?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from checker.casetest import CaseResult, run_cases
from checker.kinds import KINDS
from checker.messages import catalogue
from checker.model.rules import Grounding, Rule
from checker.model.submission import Submission
from checker.rulefile import load_rules, shipped
from checker.yamlsource import read_yaml

SETS = {name: load_rules(name) for name in shipped()}
RULES = {rule.id: rule for made in SETS.values() for rule in made.rules}
RESULTS = {f"{r.rule}: {r.case}": r for name in SETS for r in run_cases(SETS[name], name)}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_a_case_gives_what_it_expects(result: CaseResult) -> None:
    assert result.found == result.expected
    assert result.ok


def test_every_case_is_run() -> None:
    assert len(RESULTS) == sum(len(rule.cases) for rule in RULES.values()) >= 5 * len(RULES) > 0
    assert CaseResult("A", "c", "failed (1)", "failed (2)").ok is False


def test_a_rule_that_crashes_in_a_case_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(rule: Rule, submission: Submission) -> Grounding:
        raise ValueError(f"{rule.id} met {len(submission.statements)}")

    monkeypatch.setitem(KINDS, "line_name", replace(KINDS["line_name"], ground=crash))
    made = SETS["dk-faelles"]
    only = replace(made, rules=tuple(r for r in made.rules if r.id == "LIN001"))
    assert {r.found for r in run_cases(only, "dk-faelles")} == {f"ValueError: LIN001 met {n}" for n in (1, 2)}
    assert not any(r.ok for r in run_cases(only, "dk-faelles"))


def test_ids_are_unique_over_all_files() -> None:
    ids = [rule["id"] for path in shipped().values() for rule in read_yaml(path).data["rules"]]
    assert [i for i, times in Counter(ids).items() if times > 1] == []
    assert set(ids) == set(RULES)
    names = [rule.name for rule in RULES.values()]
    assert [n for n, times in Counter(names).items() if times > 1] == []


def test_the_default_set_holds_all_rules() -> None:
    assert {r.id for r in load_rules().rules} == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_what_it_is_for(rule: Rule) -> None:
    for lang in ("da", "en"):
        assert 10 <= len(rule.title[lang]) <= 80
        assert len(rule.why[lang]) >= 40
        assert rule.why[lang].endswith(".")
        assert not rule.title[lang].endswith(".")
    assert rule.title["da"] != rule.title["en"]
    assert rule.why["da"] != rule.why["en"]
    assert not re.search("[æøåÆØÅ]", rule.title["en"] + rule.why["en"])
    assert rule.authority
    assert f"next.{rule.kind}" in catalogue("da")


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_has_cases_on_both_sides_of_its_bound(rule: Rule) -> None:
    """Passes, fails, exactly at the bound, one unit past it, facts missing; a predicate has no bound."""
    expected = [case.expect for case in rule.cases]
    assert len(expected) >= 5
    assert {"passed", "failed", "not_evaluated"} <= set(expected)
    assert len({case.name for case in rule.cases}) == len(rule.cases)
    assert all(case.findings for case in rule.cases if case.expect == "failed")
    if KINDS[rule.kind].predicate:
        assert "passed_rounding" not in expected
