"""Is it told what is new since an earlier report, what is as it was and what is gone, by data point?"""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema.validators import validator_for

from checker.baseline import compare, load
from checker.errors import SubmissionError
from checker.model.accepted import BASELINES, Gone
from checker.model.outcomes import Report
from checker.reports import View
from checker.reports.json_report import render as as_json
from checker.reports.terminal import render as as_text
from checker.resources import data_dir
from checker.waivers import apply
from tests.build import PROPERTY
from tests.test_waivers import TABLE, TODAY, made, marks, waiver

NAME = "forrige.json"


def told(report: Report) -> Any:
    """The report as parsed JSON."""
    return json.loads(as_json(report, View()))


def states(report: Report) -> list[str]:
    """The baselines of the failed outcomes."""
    return [o.baseline for o in report.outcomes if o.status == "failed"]


def test_what_fails_alike_is_unchanged() -> None:
    compared = compare(made(), told(made()), NAME)
    assert (states(compared), compared.gone, compared.baseline) == (["unchanged"] * 2, (), NAME)
    assert [o.baseline for o in compared.outcomes if o.status != "failed"] == [""] * (len(compared.outcomes) - 2)


def test_what_fails_with_other_figures_is_changed() -> None:
    assert states(compare(made(TABLE.replace("125", "126")), told(made()), NAME)) == ["changed", "unchanged"]


def test_what_did_not_fail_before_is_new() -> None:
    before = told(made(TABLE.replace("125", "120")))
    assert states(compare(made(), before, NAME)) == ["new", "unchanged"]


def test_what_fails_no_more_is_gone_in_the_words_of_the_earlier_report() -> None:
    before = told(made())
    compared = compare(made(TABLE.replace("125", "120")), before, NAME)
    was = next(o for o in before["outcomes"] if o["status"] == "failed")
    assert states(compared) == ["unchanged"]
    assert compared.gone == (Gone(marks(made())[0], "R", was["message"]),)
    assert set(compared.gone[0].message) == {"da", "en"}


def test_a_report_of_another_submission_is_told_as_that() -> None:
    other = TABLE.replace("2023", "2019").replace("2022", "2018").replace("Skoler", "Broer").replace("SFO", "Stier")
    compared = compare(made(), told(made(other)), NAME)
    assert compared.baseline_foreign
    assert f"Rapporten {NAME} har ingen kontroller fælles med denne." in as_text(compared, View("da"))
    assert not compare(made(), told(made()), NAME).baseline_foreign


def test_a_check_is_known_again_where_lines_were_put_in_above() -> None:
    moved = made("Indledning uden tal.\n\nEndnu en linje.\n" + TABLE)
    assert states(compare(moved, told(made()), NAME)) == ["unchanged"] * 2


def test_findings_hold_the_very_outcomes_of_the_report_and_waivers_stay() -> None:
    report = apply(made(), [waiver(made())], TODAY, False)
    compared = compare(report, told(made()), NAME)
    own = {id(o) for o in compared.outcomes}
    assert all(id(o) in own for f in compared.findings for o in f.outcomes)
    assert compared.waivers == report.waivers
    assert [f.accepted for f in compared.findings] == [f.accepted for f in report.findings]
    assert apply(compared, [waiver(made())], TODAY, False) == compared


def test_comparing_again_forgets_the_first_comparison() -> None:
    once = compare(made(), told(made(TABLE.replace("125", "120"))), "ældre.json")
    assert compare(once, told(made()), NAME) == compare(made(), told(made()), NAME)


REPORTS = {
    (one, other): made(TABLE.replace("125", one).replace("150", other))
    for one in ("120", "125", "126")
    for other in ("140", "150")
}
SOME = st.sampled_from(sorted(REPORTS))


@PROPERTY
@given(now=SOME, before=SOME)
def test_every_failed_check_of_either_report_is_told_once(now: tuple[str, str], before: tuple[str, str]) -> None:
    report, earlier = REPORTS[now], REPORTS[before]
    compared = compare(report, told(earlier), NAME)
    assert set(states(compared)) <= set(BASELINES)
    known = {m for m, s in zip(marks(compared), states(compared), strict=True) if s != "new"}
    assert known | {g.fingerprint for g in compared.gone} == set(marks(earlier))
    assert known & {g.fingerprint for g in compared.gone} == set()
    assert [replace(o, baseline="") for o in compared.outcomes] == list(report.outcomes)
    assert (states(compared).count("unchanged") == len(marks(report)) == len(marks(earlier))) is (now == before)
    assert compare(report, told(earlier), NAME) == compared


# Earlier reports that are none


def error(data: Any) -> str:
    """What is said of an earlier report, in Danish; in English it is something else."""
    with pytest.raises(SubmissionError) as raised:
        compare(made(), data, NAME)
    assert raised.value.render("en") != raised.value.render("da")
    assert raised.value.render("da").startswith(f"{NAME}: ")
    return raised.value.render("da").removeprefix(f"{NAME}: ")


TEXT, OBJECT, LIST = "ventede en tekst", "ventede et objekt med nøgler", "ventede en liste"
HASH = "ventede en kontrolsum af 0-9 og a-f"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("schema_version",), None, f"schema_version: fandt ingenting; {TEXT}"),
        (("schema_version",), 1, f"schema_version: fandt 1; {TEXT}"),
        (("schema_version",), "2.0", 'rapporten har formatversion "2.0"; ventede version 1'),
        (("tool",), "x", f'tool: fandt "x"; {OBJECT}'),
        (("tool", "name"), "andet", 'rapporten er lavet af "andet"; ventede en rapport fra regnskabstjek'),
        (("tool", "version"), 1, f"tool.version: fandt 1; {TEXT}"),
        (("ruleset",), None, f"ruleset: fandt ingenting; {OBJECT}"),
        (("ruleset", "sha256"), "abc", f'ruleset.sha256: fandt "abc"; {HASH}'),
        (("submission", "files"), {}, f"submission.files: fandt {{}}; {LIST}"),
        (("submission", "files", 0), "x", f'submission.files[0]: fandt "x"; {OBJECT}'),
        (("submission", "files", 0, "sha256"), None, f"submission.files[0].sha256: fandt ingenting; {HASH}"),
        (("counts", "failed"), "2", 'counts.failed: fandt "2"; ventede et helt tal'),
        (("counts", "failed"), True, "counts.failed: fandt true; ventede et helt tal"),
        (("outcomes",), None, f"outcomes: fandt ingenting; {LIST}"),
        (("outcomes", 0), 5, f"outcomes[0]: fandt 5; {OBJECT}"),
        (("outcomes", 0, "status"), None, f"outcomes[0].status: fandt ingenting; {TEXT}"),
        (
            ("outcomes", 0, "status"),
            "fejl",
            'outcomes[0].status: fandt "fejl"; ventede passed, passed_rounding, failed, not_evaluated, error',
        ),
        (("outcomes", 0, "fingerprint"), "x", f'outcomes[0].fingerprint: fandt "x"; {HASH}'),
        (("outcomes", 0, "value_hash"), 7, f"outcomes[0].value_hash: fandt 7; {HASH}"),
        (("outcomes", 0, "message"), "x" * 90, f'outcomes[0].message: fandt "{"x" * 38}…; {OBJECT}'),
        (("outcomes", 0, "message", "en"), None, f"outcomes[0].message.en: fandt ingenting; {TEXT}"),
        (("findings", 0), [], f"findings[0]: fandt []; {OBJECT}"),
        (("findings", 0, "outcomes"), [1], f"findings[0].outcomes: fandt [1]; {LIST}"),
        (("findings", 0, "cause"), 1, f"findings[0].cause: fandt 1; {TEXT}"),
    ],
)
def test_a_damaged_report_is_told_with_what_was_found_and_expected(
    path: tuple[str | int, ...], value: Any, said: str
) -> None:
    data = copy.deepcopy(told(made()))
    around = data
    for key in path[:-1]:
        around = around[key]
    if value is None:
        del around[path[-1]]
    else:
        around[path[-1]] = value
    assert error(data) == said


def test_a_later_report_of_the_same_contract_and_an_older_without_our_keys_will_do() -> None:
    data = told(made()) | {"schema_version": "1.7", "nyt": 1}
    del data["waivers"], data["baseline"]
    assert states(compare(made(), data, NAME)) == ["unchanged"] * 2


def test_another_json_is_no_report() -> None:
    assert error([]) == f"filen: fandt []; {OBJECT}"
    assert error({}) == f"schema_version: fandt ingenting; {TEXT}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", f"{NAME}:1: ikke gyldig JSON ved tegn 2; ventede en JSON-rapport fra regnskabstjek"),
        (b"", f"{NAME}:1: ikke gyldig JSON ved tegn 1; ventede en JSON-rapport fra regnskabstjek"),
        (b'{"a":\n x}', f"{NAME}:2: ikke gyldig JSON ved tegn 2; ventede en JSON-rapport fra regnskabstjek"),
        (b"[" * 200_000, f"{NAME}:1: ikke gyldig JSON ved tegn 1; ventede en JSON-rapport fra regnskabstjek"),
        (b"9" * 9_000, f"{NAME}:1: ikke gyldig JSON ved tegn 1; ventede en JSON-rapport fra regnskabstjek"),
        (b'"\xe6"', f"{NAME}: rapporten er ikke UTF-8; ventede en JSON-rapport fra regnskabstjek"),
        (b"[{}, {}]", f"{NAME}: filen er en liste med 2 rapporter; ventede én rapport"),
        (b"5", f"{NAME}: filen: fandt 5; ventede et objekt med nøgler"),
        (None, f"{NAME}: rapporten kan ikke læses: filen eller mappen findes ikke"),
    ],
)
def test_a_file_that_is_no_report_is_told(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / NAME
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SubmissionError) as raised:
        load(path)
    assert raised.value.render("da") == said


def test_a_report_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text("\ufeff" + as_json(made(), View()), encoding="utf-8")
    assert load(path, "andet navn") == told(made())


# Reports


def shown(report: Report, lang: str = "da") -> str:
    """The report as text."""
    return as_text(report, View(lang))


def test_the_last_lines_tell_what_is_new() -> None:
    text = shown(compare(made(), told(made(TABLE.replace("150", "140"))), NAME))
    assert "Siden sidst (forrige.json), kontroller der ikke stemmer: 1 ny, 1 uændret, 0 væk\n" in text
    text = shown(compare(made(TABLE.replace("150", "151")), told(made()), NAME))
    assert "kontroller der ikke stemmer: 0 nye, 1 med andre tal, 1 uændret, 0 væk\n" in text
    assert "Siden sidst" not in shown(made())


def test_new_findings_are_marked() -> None:
    before = told(made(TABLE.replace("150", "140")))
    lines = [line for line in shown(compare(made(), before, NAME)).splitlines() if "  R titel" in line]
    assert [line.endswith("[ny]") for line in lines] == [True, False]
    changed = shown(compare(made(TABLE.replace("150", "151")), told(made()), NAME), "en")
    assert changed.count("[other figures than last time]") == 1


def test_what_is_gone_is_told_as_it_was_said() -> None:
    before = told(made())
    text = shown(compare(made(TABLE.replace("150", "140")), before, NAME))
    was = next(o for o in before["outcomes"] if o["status"] == "failed" and o["at"]["year"] == 2023)
    assert f"Væk: R {was['message']['da'][:40]}" in text
    many = replace(compare(made(), before, NAME), gone=tuple(Gone(f"{n:016}", "R", was["message"]) for n in range(13)))
    assert shown(many).count("Væk: R") == 10
    assert "og 3 til\n" in shown(many)
    assert "and 3 more\n" in shown(many, "en")


def test_waivers_and_comparison_keep_to_the_schema_of_the_json() -> None:
    schema = json.loads((data_dir("schemas") / "report.schema.json").read_text(encoding="utf-8"))
    given_ = [waiver(made(), approved_by="Eva", until="2026-12-31"), waiver(made(), 1, value_hash="0" * 16)]
    report = apply(made(TABLE.replace("90", "80")), given_, TODAY, True)
    for each in (report, compare(report, told(made(TABLE.replace("90", "70"))), NAME), compare(made(), GONE, NAME)):
        assert [e.message for e in validator_for(schema)(schema).iter_errors(told(each))] == []


GONE = told(made("Et år tidligere\n" + TABLE.replace("2022", "2020")))
"""An earlier report of which one check is gone."""


def test_the_json_holds_the_comparison() -> None:
    data = told(compare(made(TABLE.replace("125", "120")), told(made()), NAME))
    assert [o["baseline"] for o in data["outcomes"] if o["status"] == "failed"] == ["unchanged"]
    assert {o["baseline"] for o in data["outcomes"] if o["status"] != "failed"} == {None}
    assert data["baseline"]["name"] == NAME
    assert [set(g) for g in data["baseline"]["gone"]] == [{"fingerprint", "rule_id", "message"}]
