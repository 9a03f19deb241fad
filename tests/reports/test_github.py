"""Does each finding become one annotation that GitHub reads as it is meant?"""

from __future__ import annotations

import re

import pytest

from checker.model.outcomes import Report
from checker.reports import View
from checker.reports.notices import notices
from tests.reports.made import accepted, crashed, report, right, sample, told_in, with_fault, wrong

COMMAND = re.compile(r"::(error|warning|notice) ([^:\r\n]*)::([^\r\n]*)")


def commands(given: Report, lang: str = "da") -> list[tuple[str, dict[str, str], str]]:
    """Every line as GitHub reads it: command, properties, message."""
    found = []
    for row in told_in("github", given, View(lang)).split("\n")[:-1]:
        match = COMMAND.fullmatch(row)
        assert match, row
        pairs = (pair.split("=", 1) for pair in match[2].split(","))
        found.append((match[1], {key: _read(value) for key, value in pairs}, _read(match[3])))
    return found


def _read(said: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        said = said.replace(code, character)
    return said


@pytest.mark.parametrize("name", ["naestved-it-2021/regnskab.txt", "social-mio-2024/regnskab.xlsx"])
def test_there_is_one_command_per_finding_of_its_severity(name: str) -> None:
    given = sample(name)
    names = {"error": "error", "warning": "warning", "note": "notice"}
    assert [c[0] for c in commands(given)] == [names[f.severity] for f in given.findings]


def test_an_annotation_names_file_line_column_rule_and_what_is_wrong() -> None:
    made = commands(sample("naestved-it-2021/regnskab.txt"))
    assert made[0][1] == {
        "file": "samples/naestved-it-2021/regnskab.txt",
        "line": "131",
        "col": "47",
        "title": "TXT011 Ordet i teksten siger det modsatte af tabellen",
    }
    said = made[1][2].split("\n")
    assert said[0].startswith("Politikområde IT-drift i alt · rest efter overførsel 2021 · „")
    assert "Forskellen er -126 t.kr." in said[0]
    assert said[1:3] == ["  over-/underskud                3.426 t.kr.", "- søgt overført                  2.000 t.kr."]
    assert said[-1].startswith("Næste skridt: Kontrollér, hvor meget der er søgt overført")
    assert made[3][1]["title"] == "TXT001 Noten nævner et år, som ikke findes i tabellen"


def test_a_cell_is_told_in_words() -> None:
    (first, *_) = commands(sample("social-mio-2024/regnskab.xlsx"))
    assert set(first[1]) == {"file", "title"}
    assert first[2].startswith("„Regnskab 2024“ F10: Hjælpemidler")


def test_an_accepted_finding_is_a_notice_that_says_so() -> None:
    made = commands(accepted(wrong(), "Aftalt: 5 %"))
    assert {c[0] for c in made} == {"notice"}
    assert all(c[1]["title"].startswith("Accepteret: ") for c in made)
    assert all(c[2].endswith("\naccepteret med begrundelse: Aftalt: 5 %") for c in made)
    assert commands(accepted(wrong()), "en")[0][1]["title"].startswith("Accepted: ")


def test_what_kept_the_check_from_being_made_is_an_error() -> None:
    assert commands(right()) == []
    ((name, given, said),) = commands(crashed(right()))
    assert (name, given) == ("error", {"title": "SUM001 Reglen fejlede (fejl i værktøjet, ikke i regnskabet)"})
    assert "ZeroDivisionError: x" in said
    ((name, given, said),) = commands(with_fault(right()))
    assert (name, given) == ("error", {"file": "mappe/tom.txt", "title": "Filen kunne ikke læses"})
    assert said.endswith("filen er tom; forventede tekst med tabeller")
    made = commands(report("Intet.\n"))[0]
    assert (made[0], made[1]["title"]) == ("error", "Intet er kontrolleret")


def test_all_formats_of_findings_tell_the_same_findings() -> None:
    for lang in ("da", "en"):
        assert [c[1]["title"] for c in commands(wrong(), lang)] == [f"{n.id} {n.title}" for n in notices(wrong(), lang)]
