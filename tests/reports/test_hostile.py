"""Can text of a submission become a command, markup, a formula or an escape in any format? Is Danish only Danish?"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checker.model.outcomes import Report
from checker.reports import View
from checker.reports.csvfile import _FORMULA, _NUMBER
from checker.reports.notices import notices
from tests.build import PROPERTY
from tests.reports import test_azure, test_github
from tests.reports.made import accepted, crashed, poisoned, sample, told_in, with_fault, wrong
from tests.reports.test_markdown import PARSER, parsed
from tests.reports.test_sarif import validator
from tests.test_messages import NOT_DANISH

NAMES = ("sarif", "junit", "github", "gitlab", "azure", "markdown", "csv", "concise")
FRAGMENTS = (
    *("\n", "\r", "\r\n", "\u2028", "\x85", "\t", " ", "\x00", "\x1b[31m", "\x9b2J", "\u202e", "\ufeff", "\ud800"),
    *("::error file=a::x", "::", "##vso[task.complete result=Succeeded;]", "##[error]", "%0A", "%250A", "%3A", "]"),
    *("<script>alert(1)</script>", "<!--", "]]>", "&amp;", '"', "'", "\\", "`", "```", "~~~", "|", "**", "_", "$x$"),
    *("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", ";", "@bruger", "#12", "https://a.dk", "www.a.dk", "[a](b)"),
    *("![a](b)", "# a", "- a", "1. a", "> a", "    a", "{", "}", "a", "Skoler", "1.234", "./", "../", "=", "---"),
)
HOSTILE = st.one_of(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=5).map("".join), st.text(max_size=20))
LANGS = st.sampled_from(("da", "en"))
KINDS = {"open": "_open", "close": "_close"}
INERT = {"inline", "text", "text_special", "fence", "hr"} | {
    f"{name}{way}"
    for name in ("paragraph", "heading", "table", "thead", "tbody", "tr", "th", "td")
    for way in KINDS.values()
}
DANISH_TOO = ("budget minus",)  # stands in the title of a rule, which is Danish
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def bad(said: str, waived: bool = False) -> Report:
    """A report with the text everywhere."""
    base = accepted(wrong(), said) if waived else with_fault(crashed(wrong()))
    return poisoned(base, said)


def texts(node: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(node, str):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from texts(child)


@pytest.mark.parametrize("name", ["naestved-it-2021/regnskab.txt", "social-mio-2024/regnskab.xlsx"])
@pytest.mark.parametrize("format_", NAMES)
def test_the_same_report_gives_the_same_text(format_: str, name: str) -> None:
    for lang in ("da", "en"):
        first, second = (told_in(format_, sample(name), View(lang)) for _ in range(2))
        assert first == second and first.encode()


@PROPERTY
@given(HOSTILE, LANGS, st.booleans())
@example("::error::x\n::error::y", "da", False)
def test_no_text_is_a_command_in_a_log(said: str, lang: str, waived: bool) -> None:
    given_ = bad(said, waived)
    told = notices(given_, lang)
    made = test_github.commands(given_, lang)  # every line is one command of ours
    assert len(made) == len(told)
    assert all(set(c[1]) <= {"file", "line", "col", "title"} for c in made)
    for row in test_azure.lines(given_, lang):
        if row.startswith("##vso["):
            name, properties, _ = test_azure.command(row)
            assert set(properties) <= {"type", "sourcepath", "linenumber", "columnnumber", "code", "result"}
            assert name == "logissue" or properties == {"result": "Failed"}
        else:
            assert not re.search(r"##\w*\[|::", row)
    assert len(test_azure.lines(given_, lang)) == len(told) + (not waived)
    concise = told_in("concise", given_, View(lang)).split("\n")[:-1]
    assert len(concise) == len(told)
    assert not any(re.search(r"##\w*\[|::", row) for row in concise)


@settings(PROPERTY, max_examples=60)
@given(HOSTILE, LANGS)
def test_no_text_is_markup_a_link_or_a_mention(said: str, lang: str) -> None:
    given_ = bad(said)
    text = told_in("markdown", given_, View(lang))
    tokens = parsed(text)
    assert {t.type for t in tokens} <= INERT
    assert [t.type for t in tokens].count("heading_open") == 1 + len(notices(given_, lang))
    assert [t.type for t in tokens].count("tr_open") == 1 + len(notices(given_, lang))
    words = " ".join(t.content for t in tokens if t.type in ("text", "text_special"))
    assert not re.search(r"@[\w-]|#\d|://[^\s\u200b]|\bwww\.\w", words)
    assert not re.search(r"(?m)^\s*::|##\w*\[", text)
    assert PARSER.parse(text)[-2].content.endswith(".")  # nothing opened stays open to the end


@PROPERTY
@given(HOSTILE, LANGS, st.booleans())
def test_no_text_is_a_formula_or_breaks_a_row(said: str, lang: str, waived: bool) -> None:
    made = list(csv.reader(io.StringIO(told_in("csv", bad(said, waived), View(lang))[1:], newline=""), delimiter=";"))
    assert {len(row) for row in made} == {21}
    cells = [cell for row in made[1:] for cell in row]
    assert all(not cell.startswith(_FORMULA) or _NUMBER.fullmatch(cell) for cell in cells)


@PROPERTY
@given(HOSTILE, LANGS, st.booleans())
def test_xml_and_json_hold_whatever_the_text_is(said: str, lang: str, waived: bool) -> None:
    given_ = bad(said, waived)
    root = ET.fromstring(told_in("junit", given_, View(lang)).encode())
    tags = {"testsuites", "testsuite", "testcase", "failure", "skipped", "error"}
    assert {element.tag for element in root.iter()} <= tags
    for entry in json.loads(told_in("gitlab", given_, View(lang)).encode()):
        assert not any(map(UNSEEN.search, texts(entry)))
    log = json.loads(told_in("sarif", given_, View(lang)).encode())
    assert not any(map(UNSEEN.search, texts(log)))
    (run,) = log["runs"]
    uris = [a["location"]["uri"] for a in run["artifacts"]]
    assert all(re.fullmatch(r"(?:[\w.~/-]|%[0-9A-F]{2})*", each, re.ASCII) for each in uris)


@pytest.mark.parametrize("said", FRAGMENTS[::4])
def test_the_log_stays_valid_sarif(said: str) -> None:
    for waived in (True, False):
        assert list(validator().iter_errors(json.loads(told_in("sarif", bad(said, waived), View())))) == []


@PROPERTY
@given(HOSTILE, LANGS, st.sampled_from(NAMES))
def test_no_format_holds_a_control_character_or_what_no_file_can_hold(said: str, lang: str, format_: str) -> None:
    text = told_in(format_, bad(said), View(lang)).removeprefix("\ufeff")
    assert text.encode()
    assert not UNSEEN.search(text.replace("\r\n", "\n"))
    assert "\ufeff" not in text


def said_in(format_: str, given_: Report) -> str:
    """What a Danish reader meets in a format, without the names that are the same in every language."""
    text = told_in(format_, given_, View())
    if format_ == "github":
        return "\n".join(f"{c[1]['title']} {c[2]}" for c in test_github.commands(given_))
    if format_ == "azure":
        return "\n".join(re.sub(r"^##vso\[[^\]]*\]", "", row) for row in text.splitlines())
    if format_ == "gitlab":
        return "\n".join(entry["description"] for entry in json.loads(text))
    if format_ == "junit":
        elements = list(ET.fromstring(text).iter())
        return "\n".join(f"{e.get('name')} {e.get('message')} {e.get('type')} {e.text}" for e in elements[1:])
    if format_ == "sarif":
        run = json.loads(text)["runs"][0]
        rules = [t for r in run["tool"]["driver"]["rules"] for t in texts([r["shortDescription"], r["help"]])]
        found = [
            t for r in run["results"] for t in texts([r["message"], r.get("locations"), r.get("relatedLocations")])
        ]
        more = [
            t
            for r in run["results"]
            for key in ("explanation", "calculation", "nextStep", "reason")
            for t in texts(r.get("properties", {}).get(key))
        ]
        return "\n".join([*rules, *found, *more])
    return re.sub(r"\[[a-z-]+\]|```text", "", text)


@pytest.mark.parametrize("format_", NAMES)
def test_danish_holds_no_english_and_no_comma_between_thousands(format_: str) -> None:
    for given_ in (
        sample("naestved-it-2021/regnskab.txt"),
        sample("social-mio-2024/regnskab.xlsx"),
        accepted(wrong()),
        with_fault(crashed(wrong())),
    ):
        said = said_in(format_, given_)
        words = re.sub(r"\S+\.(?:txt|xlsx)\S*|\S*Error: x", " ", said).lower()
        found = [w for w in NOT_DANISH if w not in DANISH_TOO and re.search(rf"(?<![\wæøå]){w}(?![\wæøå])", words)]
        assert found == []
        assert not re.search(r"\d,\d{3}(?!\d)", said)


@PROPERTY
@given(said=HOSTILE, lang=LANGS)
@example(said="\n::error file=a::x", lang="da")
@example(said="##vso[task.complete result=Succeeded;]", lang="da")
def test_the_text_report_holds_no_command_of_a_build_log(said: str, lang: str) -> None:
    shown = told_in("text", bad(said), View(lang, show_passed=True, show_coverage=True))
    assert not re.search(r"^\s*::|##\w*\[", shown, re.MULTILINE)
