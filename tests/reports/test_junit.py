"""Does a program for tests see every check: failed, skipped with its reason, crashed, or passed?"""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, Report
from checker.reports import View
from tests.reports.made import accepted, changed, crashed, right, sample, told_in, with_fault, wrong


def root(given: Report, lang: str = "da") -> ET.Element:
    """The document, parsed."""
    text = told_in("junit", given, View(lang))
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    return ET.fromstring(text)


def suite(given: Report, rule: str) -> ET.Element:
    """The suite of a rule."""
    return next(s for s in root(given) if s.get("name", "").startswith(rule))


@pytest.mark.parametrize("name", ["naestved-it-2021/regnskab.txt", "social-mio-2024/regnskab.xlsx"])
def test_every_check_of_a_sample_is_a_case(name: str) -> None:
    given = sample(name)
    made = root(given)
    cases = list(made.iter("testcase"))
    idle = [r for r in given.rules if all(o.rule_id != r.id for o in given.outcomes)]
    assert len(cases) == len(given.outcomes) + len(idle)
    assert made.get("tests") == str(len(cases))
    told = [o for o in given.outcomes if o.status == FAILED and o.severity != "note"]
    assert made.get("failures") == str(len(told)) == str(len(list(made.iter("failure"))))
    assert (made.get("errors"), made.get("skipped")) == ("0", str(len(list(made.iter("skipped")))))
    assert all(len({c.get("name") for c in s}) == len(s) for s in made)
    assert [s.get("name", "").split()[0] for s in made] == [r.id for r in given.rules]


def test_a_failure_says_what_is_wrong_with_its_calculation() -> None:
    (case,) = [c for c in suite(sample("naestved-it-2021/regnskab.txt"), "FIG001") if len(c)]
    assert case.get("classname") == "same-figure-differs"
    assert case.get("name", "").startswith("3 Leasing · regnskab 2021 · „Forudsætninger")
    assert case.get("name", "").endswith("(linje 86)")
    assert (case.get("file"), case.get("line")) == ("samples/naestved-it-2021/regnskab.txt", "86")
    assert case[0].tag == "failure"
    assert case[0].get("type") == "advarsel"
    assert case[0].get("message", "").startswith("Samme tal står forskelligt")
    lines = (case[0].text or "").split("\n")
    assert lines[0].endswith("10.588 t.kr.")
    assert lines[-1].startswith("Næste skridt: Slå 3 Leasing")


def test_places_are_told_in_the_language_of_the_report() -> None:
    names = [c.get("name", "") for c in root(sample("naestved-it-2021/regnskab.txt"), "en").iter("testcase")]
    assert any(n.endswith("(line 86)") for n in names) and not any("linje 86" in n for n in names)


def test_what_could_not_be_checked_is_skipped_with_its_reason() -> None:
    given = sample("social-mio-2024/regnskab.xlsx")
    ids = {o.rule_id for o in given.outcomes if o.status == NOT_EVALUATED}
    skipped = [s.get("message", "") for rule in ids for s in suite(given, rule).iter("skipped")]
    assert any(m.startswith("Kunne ikke kontrolleres") for m in skipped)
    (idle,) = suite(given, "AFS001")
    assert idle[0].attrib == {"message": "intet udtræk fra økonomisystemet"}


def test_what_is_for_notice_is_skipped_and_says_so() -> None:
    (case,) = [c for c in suite(sample("naestved-it-2021/regnskab.txt"), "TXT003") if len(c)]
    assert (case[0].tag, case[0].get("type")) == ("skipped", "til orientering")


def test_accepted_deviations_are_skipped_with_the_reason() -> None:
    made = root(accepted(wrong()))
    assert (made.get("failures"), list(made.iter("failure"))) == ("0", [])
    said = [s.get("message", "") for s in made.iter("skipped")]
    assert sum(m.startswith("accepteret med begrundelse: Aftalt med revisionen. ") for m in said) == sum(
        o.status == FAILED for o in wrong().outcomes
    )


def test_crashes_and_unread_files_are_errors() -> None:
    made = root(crashed(wrong()))
    (error,) = made.iter("error")
    assert made.get("errors") == "1"
    assert "ZeroDivisionError: x" in error.get("message", "")
    made = root(with_fault(wrong()))
    assert made[-1].get("name") == "Læsning af materialet"
    assert (made[-1][0].get("file"), made[-1][0][0].tag) == ("mappe/tom.txt", "error")


def test_accounts_in_which_all_adds_up_fail_nowhere() -> None:
    made = root(right())
    assert (made.get("failures"), made.get("errors")) == ("0", "0")
    assert made.get("name") == " ".join(p for p in ("regnskabstjek", right().submission.entity, "2023") if p)


def test_figures_that_cannot_all_be_right_fail_though_every_check_holds() -> None:
    holding = next(o for o in right().outcomes if o.status == PASSED)
    finding = replace(wrong().findings[0], cause="joint", severity="error", outcomes=(holding,), heading=None)
    made = replace(right(), findings=(finding,))
    (case,) = [c for c in suite(made, holding.rule_id) if len(c)]
    assert (case[0].tag, case[0].get("type")) == ("failure", "fejl")


def test_control_characters_leave_the_xml_valid() -> None:
    bad = "a\x00\x08\x1b[31m\ufffe\ud800]]><b>&"
    given = changed(wrong(), lambda o: replace(o, at=replace(o.at, label=bad, title=bad)))
    assert any("]]><b>&" in c.get("name", "") for c in root(given).iter("testcase"))
