"""Does a re-run that says the same say so, is everything that differs told, and where do two submissions differ?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.baseline import compare
from checker.errors import SubmissionError
from checker.model.outcomes import Report
from checker.model.submission import Fact, SourceFile
from checker.reports import View
from checker.reports.differences import cells, columns, compared, verified
from checker.reports.json_report import render as as_json
from checker.verify import Row, diff, verify
from checker.waivers import apply
from tests.build import KR, MIO, PROPERTY, TKR, fact, of_facts
from tests.test_waivers import TABLE, TODAY, made, marks, waiver

REPORT = made()


def told(report: Report) -> Any:
    """The report as parsed JSON."""
    return json.loads(as_json(report, View()))


def said(before: Report, now: Report, lang: str = "da") -> list[str]:
    """What differs, in sentences."""
    return [d.render(lang) for d in verify(told(before), now)]


def test_the_same_check_says_the_same() -> None:
    assert verify(told(REPORT), made()) == []
    assert verified([], REPORT, "da") == "Samme resultat (filer: 1, kontroller: 2, fund: 2).\n"
    assert verified([], REPORT, "en") == "Same result (files: 1, checks: 2, findings: 2).\n"


def test_waivers_and_comparisons_are_no_part_of_it() -> None:
    marked = compare(apply(REPORT, [waiver(REPORT)], TODAY, False), told(REPORT), "x.json")
    assert said(REPORT, marked) == said(marked, REPORT) == []


def files(*named: tuple[str, str]) -> Report:
    """The report of files of these names and contents."""
    made_ = tuple(SourceFile(name, content * 64, "utf-8") for name, content in named)
    return replace(REPORT, submission=replace(REPORT.submission, files=made_))


A, B, C = "a", "b", "c"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([("x.txt", A)], [("andet/y.txt", A)], []),
        ([("x.txt", A), ("y.txt", B)], [("y.txt", A), ("x.txt", B)], []),
        (
            [("x.txt", A)],
            [("mappe/x.txt", B)],
            ["filen x.txt er ændret: SHA-256 aaaaaaaaaaaa… før, bbbbbbbbbbbb… nu"],
        ),
        (
            [("x.txt", A)],
            [("y.txt", B)],
            ["filen x.txt var med dengang og er det ikke nu", "filen y.txt var ikke med dengang"],
        ),
        ([("x.txt", A), ("y.txt", A)], [("x.txt", A)], ["filen y.txt var med dengang og er det ikke nu"]),
        (
            [("1/x.txt", A), ("2/x.txt", B)],
            [("2/x.txt", C)],
            [
                "filen 1/x.txt var med dengang og er det ikke nu",
                "filen 2/x.txt er ændret: SHA-256 bbbbbbbbbbbb… før, cccccccccccc… nu",
            ],
        ),
    ],
)
def test_files_are_held_against_each_other_by_content(
    before: list[tuple[str, str]], now: list[tuple[str, str]], expected: list[str]
) -> None:
    assert said(files(*before), files(*now)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ruleset_version": "2"}, "regelsættet var set 1 og er nu set 2"),
        ({"ruleset_id": "andet"}, "regelsættet var set 1 og er nu andet 1"),
        ({"tool_version": "9.9"}, f"værktøjet var version {REPORT.tool_version} og er nu 9.9"),
        (
            {"ruleset_sha256": "1" * 64},
            f"regelsættet set 1 er ændret: SHA-256 {REPORT.ruleset_sha256[:12]}… før, 111111111111… nu",
        ),
    ],
)
def test_another_tool_or_rule_set_is_told(changes: dict[str, str], expected: str) -> None:
    assert said(REPORT, replace(REPORT, **changes)) == [expected]  # type: ignore[arg-type]


def test_a_check_that_ends_otherwise_is_told_with_counts_and_findings() -> None:
    mark = marks(REPORT)[0]
    assert said(REPORT, made(TABLE.replace("125", "120"))) == [
        'kontroller med udfaldet "stemmer": 0 før, 1 nu',
        'kontroller med udfaldet "stemmer ikke": 2 før, 1 nu',
        f"R ({mark}): stemmer ikke før, stemmer nu",
        "et fund fra dengang er der ikke nu: fejl, R",
    ]
    assert said(made(TABLE.replace("125", "120")), REPORT)[2:] == [
        f"R ({mark}): stemmer før, stemmer ikke nu",
        "et fund var der ikke dengang: fejl, R",
    ]


def test_other_figures_with_the_same_outcome_are_told() -> None:
    assert said(REPORT, made(TABLE.replace("125", "126"))) == [f"R ({marks(REPORT)[0]}): samme udfald, men andre tal"]


def test_checks_that_only_one_of_them_has_are_told() -> None:
    fewer = made(TABLE.replace("Regnskab 2022", "Regnskab 2021"))
    found = said(REPORT, fewer)
    assert [line for line in found if line.startswith("R (")] == [
        f"R ({marks(REPORT)[0]}): stemmer ikke før, findes ikke nu",
        f"R ({marks(fewer)[0]}): fandtes ikke før, stemmer ikke nu",
    ]


def test_another_severity_is_another_finding() -> None:
    assert sorted(said(REPORT, made(severity="warning"))) == [
        *["et fund fra dengang er der ikke nu: fejl, R"] * 2,
        *["et fund var der ikke dengang: advarsel, R"] * 2,
    ]


def test_the_order_of_findings_makes_no_difference() -> None:
    assert verify(told(REPORT), replace(REPORT, findings=tuple(reversed(REPORT.findings)))) == []


def test_what_differs_is_written_line_by_line_with_its_number() -> None:
    one = verify(told(REPORT), made(TABLE.replace("125", "126")))
    assert verified(one, REPORT, "da") == f"- {one[0].render('da')}\n1 forskel.\n"
    more = verify(told(files(("x\x1b.txt", A))), files(("y.txt", B)))
    assert verified(more, REPORT, "en").splitlines() == [
        "- the file x\ufffd.txt was there then and is not now",
        "- the file y.txt was not there then",
        "2 differences.",
    ]


def test_a_damaged_report_is_refused() -> None:
    with pytest.raises(SubmissionError):
        verify({"schema_version": "1.0"}, REPORT, "x.json")


# Two submissions


def having(*facts: Fact) -> Report:
    """A report of these facts."""
    return replace(REPORT, submission=of_facts(*facts))


def rows(first: Report, second: Report) -> list[tuple[str | None, str | None, int | None, bool]]:
    """The rows as ids of facts, the difference and whether it may be rounding."""
    return [
        (r.first.fact_id if r.first else None, r.second.fact_id if r.second else None, r.difference, r.rounding)
        for r in diff(first, second)
    ]


ONE = fact(10 * TKR, fact_id="a")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([ONE], [ONE], []),
        ([ONE], [replace(ONE, statement="T9", as_printed="10", fact_id="b")], []),
        ([ONE], [fact(10 * TKR, KR, fact_id="b")], []),
        ([ONE], [fact(11 * TKR, fact_id="b")], [("a", "b", TKR, False)]),
        ([ONE], [fact(10 * TKR + 300 * KR, KR, fact_id="b")], [("a", "b", 300 * KR, True)]),
        ([ONE], [fact(10 * TKR + 501 * KR, KR, fact_id="b")], [("a", "b", 501 * KR, False)]),
        ([ONE], [], [("a", None, None, False)]),
        ([], [ONE], [(None, "a", None, False)]),
        ([ONE], [replace(ONE, year=2022, fact_id="b")], [("a", None, None, False), (None, "b", None, False)]),
        ([ONE], [replace(ONE, measure="budget", fact_id="b")], [("a", None, None, False), (None, "b", None, False)]),
        ([ONE], [replace(ONE, basis="budget", fact_id="b")], [("a", None, None, False), (None, "b", None, False)]),
        ([ONE], [replace(ONE, as_of="2023-06-30", fact_id="b")], [("a", None, None, False), (None, "b", None, False)]),
        ([ONE], [replace(ONE, scope="drift", fact_id="b")], [("a", None, None, False), (None, "b", None, False)]),
        ([ONE], [replace(ONE, line="2", fact_id="b")], [("a", None, None, False), (None, "b", None, False)]),
        ([ONE], [replace(ONE, entity="Skole", fact_id="b")], [("a", None, None, False), (None, "b", None, False)]),
        ([ONE], [replace(ONE, dimension="number", fact_id="b")], [("a", "b", None, False)]),
        ([ONE, replace(ONE, fact_id="c", value=MIO)], [ONE], [("c", "a", -MIO + 10 * TKR, False)]),
        ([ONE], [ONE, replace(ONE, fact_id="c", value=MIO, statement="T2")], [("a", "c", MIO - 10 * TKR, False)]),
        ([ONE], [ONE, replace(ONE, fact_id="c", value=MIO, refers="a")], []),
    ],
)
def test_figures_differ_by_data_point_and_value(first: list[Fact], second: list[Fact], expected: list[Any]) -> None:
    assert rows(having(*first), having(*second)) == expected


def test_a_figure_that_differs_in_one_table_stands_beside_that_of_the_same_table() -> None:
    two = replace(ONE, statement="T2", fact_id="b")
    other = replace(two, value=MIO, fact_id="c")
    assert rows(having(ONE, two), having(ONE, other)) == [("b", "c", MIO - 10 * TKR, False)]
    assert rows(having(ONE, other), having(ONE, two)) == [("c", "b", 10 * TKR - MIO, False)]


VALUES = st.lists(
    st.builds(
        lambda value, line, unit: fact(value * TKR, unit, line=line, fact_id=f"{line}.{value}.{unit}"),
        st.integers(-3, 3),
        st.sampled_from("12"),
        st.sampled_from([KR, TKR]),
    ),
    max_size=6,
)


@PROPERTY
@given(first=VALUES, second=VALUES)
def test_rows_are_the_values_that_only_one_of_them_has(first: list[Fact], second: list[Fact]) -> None:
    ours, theirs = ({(f.line, f.value) for f in facts} for facts in (first, second))
    found = diff(having(*first), having(*second))
    assert (found == []) is (ours == theirs)
    assert {(r.first.line, r.first.value) for r in found if r.first} >= ours - theirs
    assert {(r.second.line, r.second.value) for r in found if r.second} >= theirs - ours
    turned = diff(having(*second), having(*first))
    assert sorted(r.difference or 0 for r in turned) == sorted(-(r.difference or 0) for r in found)
    assert diff(having(*first), having(*second)) == found


def test_a_table_shows_area_line_figures_and_places() -> None:
    changed = made(TABLE.replace("| 90 |", "| 95 |").replace("| SFO |", "| Klub |"))
    found = diff(REPORT, changed)
    table = [cells(r, REPORT, changed, "da") for r in found]
    assert columns("da") == ["område", "omfang", "linje", "mål", "år", "før", "nu", "forskel", "sted før", "sted nu"]
    assert [row[2:] for row in table] == [
        ["Skoler", "regnskab", "2022", "90 t.kr.", "95 t.kr.", "+5 t.kr.", "linje 4", "linje 4"],
        ["SFO", "regnskab", "2022", "30 t.kr.", "", "står ikke længere", "linje 5", ""],
        ["SFO", "regnskab", "2023", "40 t.kr.", "", "står ikke længere", "linje 5", ""],
        ["Klub", "regnskab", "2022", "", "30 t.kr.", "stod ikke før", "", "linje 5"],
        ["Klub", "regnskab", "2023", "", "40 t.kr.", "stod ikke før", "", "linje 5"],
    ]
    text = compared(found, REPORT, changed, "da")
    assert text.endswith("\n\n5 tal er forskellige.\n")
    assert compared(found[:1], REPORT, changed, "en").endswith("\n\n1 figure differs.\n")
    assert compared([], REPORT, REPORT, "da") == "Ingen forskelle i de læste tal.\n"


def test_a_long_name_is_cut_in_the_table_and_a_rounding_is_said() -> None:
    long = replace(ONE, label="Meget " * 20)
    row = Row(long.point, long, replace(long, value=ONE.value + 300 * KR, unit=KR), 300 * KR, True)
    text = compared([row], having(long), having(long), "da")
    assert "  Meget Meget Meget Meget Meget Meget Meg…  " in text
    assert "+300 kr. (kan være afrunding)" in text
    assert max(map(len, text.splitlines())) < 220
