"""Do the reports of several submissions make one file that its readers take?"""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from checker.reports import View
from checker.reports.joining import joined
from tests.reports.made import right, sample, told_in, wrong
from tests.reports.test_sarif import validator

ONE_FILE = ("text", "json", "sarif", "junit", "gitlab", "csv", "github", "azure", "markdown", "concise")
BOTH = (wrong(), sample("social-mio-2024/regnskab.xlsx"))


def texts(format_: str) -> list[str]:
    """The reports of two submissions."""
    return [told_in(format_, each, View()) for each in BOTH]


@pytest.mark.parametrize("format_", ONE_FILE)
def test_one_report_stays_as_it_is(format_: str) -> None:
    text = told_in(format_, right(), View())
    assert joined([text], format_) == text


def test_lists_of_lines_follow_each_other() -> None:
    for format_ in ("github", "azure", "markdown", "concise"):
        assert joined(texts(format_), format_) == "".join(texts(format_))


def test_json_is_a_list_of_reports() -> None:
    assert json.loads(joined(texts("json"), "json")) == [json.loads(t) for t in texts("json")]


def test_sarif_is_one_log_with_a_run_each() -> None:
    log = json.loads(joined(texts("sarif"), "sarif"))
    assert list(validator().iter_errors(log)) == []
    assert log["runs"] == [json.loads(t)["runs"][0] for t in texts("sarif")]
    assert len({run["automationDetails"]["id"] for run in log["runs"]}) == 2


def test_gitlab_is_one_list_without_a_fingerprint_twice() -> None:
    first = texts("gitlab")[0]
    made = json.loads(joined([first, first], "gitlab"))
    assert len(made) == 2 * len(json.loads(first)) == len({entry["fingerprint"] for entry in made})


def test_junit_is_one_document_with_all_suites() -> None:
    root = ET.fromstring(joined(texts("junit"), "junit"))
    assert [s.get("name") for s in root] == [s.get("name") for t in texts("junit") for s in ET.fromstring(t)]
    assert root.get("tests") == str(len(list(root.iter("testcase"))))
    assert root.get("failures") == str(len(list(root.iter("failure"))))


def test_csv_has_one_head_and_one_byte_order_mark() -> None:
    text = joined(texts("csv"), "csv")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert text.count("\ufeff") == 1 and sum(row[0] == "resultat" for row in rows) == 1
    assert len(rows) == 1 + sum(len(each.outcomes) for each in BOTH)
