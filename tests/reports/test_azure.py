"""Does each finding become one logging command that Azure reads as it is meant?"""

from __future__ import annotations

import re

import pytest

from checker.model.outcomes import Report
from checker.reports import View
from tests.reports.made import accepted, crashed, report, right, sample, told_in, with_fault, wrong

COMMAND = re.compile(r"##vso\[task\.(logissue|complete) ((?:\w+=[^;\]\r\n]*;)+)\]([^\r\n]*)")
CODES = (("%5D", "]"), ("%3B", ";"), ("%0A", "\n"), ("%0D", "\r"), ("%AZP25", "%"))


def lines(given: Report, lang: str = "da") -> list[str]:
    """Every line of the log."""
    text = told_in("azure", given, View(lang))
    assert text == "" or text.endswith("\n")
    return text.split("\n")[:-1]


def command(row: str) -> tuple[str, dict[str, str], str]:
    """A line as Azure reads it."""
    match = COMMAND.fullmatch(row)
    assert match, row
    pairs = (pair.split("=", 1) for pair in match[2].split(";")[:-1])
    return match[1], {key: read(value) for key, value in pairs}, read(match[3])


def read(said: str) -> str:
    """What is escaped, as it was."""
    for code, character in CODES:
        said = said.replace(code, character)
    return said


@pytest.mark.parametrize("name", ["naestved-it-2021/regnskab.txt", "social-mio-2024/regnskab.xlsx"])
def test_errors_and_warnings_are_issues_and_a_last_command_fails(name: str) -> None:
    given = sample(name)
    made = lines(given)
    graves = [f.severity for f in given.findings]
    assert [command(row)[1]["type"] for row in made[:-1] if row.startswith("##")] == [g for g in graves if g != "note"]
    assert sum(not row.startswith("##") for row in made) == graves.count("note")
    assert command(made[-1]) == ("complete", {"result": "Failed"}, "Regnskabet er ikke klar til aflevering.")


def test_an_issue_names_file_line_column_and_rule() -> None:
    made = lines(sample("naestved-it-2021/regnskab.txt"))
    name, given, said = command(made[2])
    assert (name, given) == (
        "logissue",
        {
            "type": "warning",
            "sourcepath": "samples/naestved-it-2021/regnskab.txt",
            "linenumber": "86",
            "columnnumber": "23",
            "code": "FIG001",
        },
    )
    assert said.startswith("Samme tal står forskelligt to steder: 3 Leasing · regnskab 2021")
    assert "10.588; Forudsætninger" in said
    assert "Næste skridt: Slå 3 Leasing" in said
    assert made[-2].startswith("samples/naestved-it-2021/regnskab.txt:119 TXT012 (til orientering) Noten siger både")


def test_a_cell_is_told_in_words() -> None:
    _, given, said = command(lines(sample("social-mio-2024/regnskab.xlsx"))[0])
    assert set(given) == {"type", "sourcepath", "code"}
    assert said.startswith("„Regnskab 2024“ F10: ")


def test_nothing_fails_where_nothing_is_wrong_or_all_is_accepted() -> None:
    assert lines(right()) == []
    made = lines(accepted(wrong(), "Aftalt"))
    assert made and not any(row.startswith("##") for row in made)
    assert all("(accepteret med begrundelse: Aftalt)" in row for row in made)


def test_what_kept_the_check_from_being_made_fails() -> None:
    for given, start in ((crashed(right()), "Reglen fejlede"), (with_fault(right()), "Filen kunne ikke læses")):
        first, last = lines(given)
        assert command(first)[1]["type"] == "error" and command(first)[2].startswith(start)
        assert command(last)[2] == "Kontrollen er ikke gennemført."
    assert command(lines(with_fault(right()))[0])[1]["sourcepath"] == "mappe/tom.txt"
    assert command(lines(report("Intet.\n"), "en")[-1])[2] == "The check was not carried out."
