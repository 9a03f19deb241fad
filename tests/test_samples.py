"""Do the samples give the reports that were read and accepted? `make accept` rewrites them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.model.outcomes import Report
from checker.reports import FORMATS, View
from checker.run import check, exit_code

ROOT = Path(__file__).parent.parent / "samples"
SAMPLES = sorted(ROOT.glob("*/*.txt"))
GOLDENS = {
    "rapport.da.txt": ("text", View("da", show_passed=True, show_coverage=True, show_plan=True)),
    "rapport.en.txt": ("text", View("en")),
    "rapport.json": ("json", View()),
}
EXIT_CODES = {"naestved-it-2021": 0, "havn-og-vej-2023": 1, "kultur-mio-2024": 0}


def _report(path: Path) -> Report:
    return check(path, name=path.relative_to(ROOT).as_posix())


@pytest.mark.parametrize("golden", GOLDENS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.parent.name)
def test_report_is_the_accepted_one(path: Path, golden: str) -> None:
    format_, view = GOLDENS[golden]
    text = FORMATS[format_](_report(path), view)
    accepted = path.parent / "golden" / golden
    if os.environ.get("REGNSKABSTJEK_ACCEPT"):
        accepted.parent.mkdir(exist_ok=True)
        accepted.write_text(text, encoding="utf-8")
    assert text == accepted.read_text(encoding="utf-8")


def test_every_sample_has_its_exit_code() -> None:
    assert {p.parent.name: exit_code(_report(p)) for p in SAMPLES} == EXIT_CODES


def test_the_same_input_gives_the_same_bytes() -> None:
    path = SAMPLES[0]
    view = View(with_facts=True)
    assert FORMATS["json"](_report(path), view) == FORMATS["json"](_report(path), view)


def _found(name: str, least: str) -> list[tuple[str, int | None]]:
    report = _report(next(p for p in SAMPLES if p.parent.name == name))
    order = ("note", "warning", "error")
    return [
        (f.outcomes[0].rule_id, f.outcomes[0].places[0].line)
        for f in report.findings
        if order.index(f.severity) >= order.index(least)
    ]


def test_the_submission_with_known_inconsistencies_gives_each_of_them_once() -> None:
    """Leasing 10.588 against 10.589; a note about 2020 under a table of 2021; a sign note that is turned round."""
    assert _found("naestved-it-2021", "warning") == [("FIG001", 86), ("TXT001", 50), ("SGN002", 101)]


def test_the_clean_submission_gives_no_error_and_no_warning() -> None:
    assert _found("kultur-mio-2024", "warning") == []


def test_the_submission_with_one_planted_error_gives_that_one() -> None:
    assert _found("havn-og-vej-2023", "warning") == [("OVF001", 27)]
