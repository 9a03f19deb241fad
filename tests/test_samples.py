"""Do the samples give the reports that were read and accepted? `make accept` rewrites them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema.validators import validator_for

from checker.model.document import Place
from checker.model.outcomes import Report
from checker.reports import FORMATS, View
from checker.reports.fact_list import FORMATS as FACT_FORMATS
from checker.resources import data_dir
from checker.run import check, exit_code, read

ROOT = Path(__file__).parent.parent / "samples"
SAMPLES = {
    "naestved-it-2021": "regnskab.txt",
    "havn-og-vej-2023": "regnskab.txt",
    "kultur-mio-2024": "budgetopfoelgning.txt",
    "social-mio-2024": "regnskab.xlsx",
    "dagtilbud-priser-2023": "regnskab.csv",
    "skoler-2024": "2024",
    "natur-udtraek-2023": "materiale",
    "boern-2024": "regnskab.xlsx",
}
GOLDENS = {
    "rapport.da.txt": ("text", View("da", show_passed=True, show_coverage=True, show_plan=True)),
    "rapport.en.txt": ("text", View("en")),
    "rapport.json": ("json", View()),
}
EXIT_CODES = {
    "naestved-it-2021": 1,
    "havn-og-vej-2023": 1,
    "kultur-mio-2024": 0,
    "social-mio-2024": 1,
    "dagtilbud-priser-2023": 1,
    "skoler-2024": 1,
    "natur-udtraek-2023": 1,
    "boern-2024": 0,
}


def _report(sample: str) -> Report:
    path = ROOT / sample / SAMPLES[sample]
    return check(path, name=path.relative_to(ROOT).as_posix())


@pytest.mark.parametrize("golden", GOLDENS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_report_is_the_accepted_one(sample: str, golden: str) -> None:
    format_, view = GOLDENS[golden]
    text = FORMATS[format_](_report(sample), view)
    accepted = ROOT / sample / "golden" / golden
    if os.environ.get("REGNSKABSTJEK_ACCEPT"):
        accepted.parent.mkdir(exist_ok=True)
        accepted.write_text(text, encoding="utf-8")
    assert text == accepted.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_accepted_json_keeps_its_schema(sample: str) -> None:
    schema = json.loads((data_dir("schemas") / "report.schema.json").read_text(encoding="utf-8"))
    accepted = json.loads((ROOT / sample / "golden" / "rapport.json").read_text(encoding="utf-8"))
    assert [e.message for e in validator_for(schema)(schema).iter_errors(accepted)] == []


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_fact_is_listed_in_every_format(sample: str, lang: str) -> None:
    submission = read(ROOT / sample / SAMPLES[sample])
    rows = {name: render(submission, lang).splitlines() for name, render in FACT_FORMATS.items()}
    n = len(submission.facts)
    assert sum(line.startswith("  ") for line in rows["table"]) == n
    assert len(rows["csv"]) == n + 1
    in_tables = sum(not f.text for f in submission.facts)
    assert len(rows["long"]) == in_tables + len(submission.others) + 1
    assert len(json.loads("\n".join(rows["json"]))) == n


def test_every_sample_has_its_exit_code() -> None:
    assert {sample: exit_code(_report(sample)) for sample in SAMPLES} == EXIT_CODES


def test_every_folder_of_samples_is_one_of_them() -> None:
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith("__")}
    assert folders - {"make", "datalager", "pipeline"} == set(SAMPLES)


@pytest.mark.parametrize("sample", ["naestved-it-2021", "natur-udtraek-2023", "boern-2024"])
def test_the_same_input_gives_the_same_bytes(sample: str) -> None:
    view = View(with_facts=True)
    assert FORMATS["json"](_report(sample), view) == FORMATS["json"](_report(sample), view)


def _found(sample: str, least: str) -> list[tuple[str, str]]:
    """Rule and place of every finding of a severity or graver: the line, or sheet and cell."""
    order = ("note", "warning", "error")
    return [
        (f.outcomes[0].rule_id, _at(f.outcomes[0].places[0]))
        for f in _report(sample).findings
        if order.index(f.severity) >= order.index(least)
    ]


def _at(place: Place) -> str:
    return f"{place.sheet} {place.cell}" if place.sheet else f"{Path(place.file).name} {place.line}"


def test_the_submission_with_known_inconsistencies_gives_each_of_them_once() -> None:
    """In the text: what is left beside what is carried, 'overskud' for a deficit, the carry-forwards of area 1.

    In the tables: Leasing 10.588 against 10.589; a note about 2020 under a table of 2021; a sign note turned round.
    """
    assert _found("naestved-it-2021", "warning") == [
        ("TXT011", "regnskab.txt 131"),
        ("TXT015", "regnskab.txt 35"),
        ("FIG001", "regnskab.txt 86"),
        ("TXT001", "regnskab.txt 50"),
        ("SGN002", "regnskab.txt 101"),
        ("TXT014", "regnskab.txt 109"),
    ]


def test_the_submission_with_one_planted_error_gives_that_one() -> None:
    """Drift af havnen has a deficit and seeks 50.000 kr. carried forward."""
    assert _found("havn-og-vej-2023", "warning") == [("OVF001", "regnskab.txt 27")]


@pytest.mark.parametrize("sample", ["kultur-mio-2024", "boern-2024"])
def test_the_clean_submissions_give_no_error_and_no_warning(sample: str) -> None:
    assert _found(sample, "warning") == []


def test_a_hidden_sheet_with_figures_is_a_note() -> None:
    """The book's formulas take their figures from it, and they agree with what the formulas show."""
    assert _found("boern-2024", "note") == [("CEL004", "Grundlag None")]
    report = _report("boern-2024")
    assert (report.coverage.checked, report.coverage.facts) == (75, 75)


def test_a_deviation_without_its_minus_is_found_in_its_row_its_total_and_another_table() -> None:
    """Hjælpemidler spent 0,9 mio. less than the budget, printed without minus: one finding, four proofs."""
    (found,) = (f for f in _report("social-mio-2024").findings if f.severity != "note")
    assert sorted(o.rule_id for o in found.outcomes) == ["DEV001", "FIG001", "SUM001", "SUM002"]
    assert found.about and _at(found.about.place) == "Regnskab 2024 F10"
    assert found.diagnosis
    assert [(s.kind, s.value) for s in found.diagnosis.options[0].suggestions] == [("sign", 90_000_000)]


def test_a_price_with_two_digits_swapped_is_found_by_its_quantity() -> None:
    """A place in skolefritidsordning costs 27.915 kr.; 29.715 is printed."""
    assert _found("dagtilbud-priser-2023", "note") == [("QTY001", "regnskab.csv 10")]


def test_a_comparative_figure_with_two_digits_swapped_is_found_in_last_years_file() -> None:
    """Special needs education was 66.031 in last year's accounts; 66.301 stands in this year's."""
    assert _found("skoler-2024", "note") == [("PRV001", "Skoler C8")]


def test_a_figure_that_is_not_booked_and_a_row_without_a_line_are_found_by_the_extract() -> None:
    """2.824.803,90 kr. is booked on Stier og broer, 2.861 printed; account 485990 belongs to no printed line."""
    assert _found("natur-udtraek-2023", "note") == [("AFS001", "regnskab.txt 22"), ("AFS001", "posteringer.csv 9")]
