"""Do the other sheets hold findings, scope, uncorrected differences and the basis, in both languages?"""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from checker.messages import LANGUAGES, catalogue, text
from checker.model.accepted import Waiver, WaiverState
from checker.model.outcomes import FAILED, Report
from checker.model.rules import Adjustment, Change
from checker.wording import say
from tests.paper.papers import (
    BASIS,
    CHECKS,
    FINDINGS,
    FIRST,
    OPEN,
    SAMPLES,
    SCOPE,
    SUMS,
    columns,
    paper,
    read,
    sample,
)

NAESTVED = SAMPLES[0]
ACCEPTED = Waiver("0123456789abcdef", "v", "Aftalt med revisionen", "Bo", "2024-02-01", "Eva", "2024-12-31", "SUM001")


def column(sheet: Worksheet, number: int) -> list[object]:
    """The cells of a column that are not empty."""
    return [c.value for row in sheet.iter_rows(min_col=number, max_col=number) for c in row if c.value is not None]


def accepted(report: Report) -> Report:
    """The report with everything that fails accepted."""
    made = {id(o): replace(o, waiver=ACCEPTED) if o.status == FAILED else o for o in report.outcomes}
    findings = tuple(replace(f, outcomes=tuple(made[id(o)] for o in f.outcomes)) for f in report.findings)
    states = (WaiverState(ACCEPTED, "used"), WaiverState(replace(ACCEPTED, approved_by=""), "expired"))
    return replace(report, outcomes=tuple(made[id(o)] for o in report.outcomes), findings=findings, waivers=states)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheets_have_the_names_of_the_language(lang: str) -> None:
    names = read(paper(sample(NAESTVED), lang)).sheetnames
    keys = ("checks", "sums", "findings", "scope", "open", "basis")
    assert names == [text(f"paper.sheet.{key}", lang) for key in keys]
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names)
    assert names == [CHECKS, SUMS, FINDINGS, SCOPE, OPEN, BASIS] or lang == "en"


def test_every_finding_has_its_row_and_its_checks_a_link() -> None:
    report = sample(NAESTVED)
    book = read(paper(report))
    sheet = book[FINDINGS]
    at = columns(sheet)
    rows = [r for r in range(FIRST, sheet.max_row + 1) if sheet.cell(r, 1).value is not None]
    assert len(rows) == len(report.findings)
    for row, finding in zip(rows, report.findings, strict=True):
        assert str(sheet.cell(row, at["Alvor"]).value).endswith(text(f"severity.{finding.severity}", "da"))
        assert str(sheet.cell(row, at["Hvad er der galt"]).value).startswith(say(finding.message, "da"))
        assert sheet.cell(row, at["Næste skridt"]).value == say(finding.next_step, "da")
        for further, outcome in enumerate(finding.outcomes):
            link = sheet.cell(row + further, at["Kontroller, der viser det"]).hyperlink
            assert link is not None
            name, _, cell = str(link.location).partition("!")
            target = book[name.strip("'")][cell]
            assert report.outcomes[int(target.value) - 1] is outcome


def test_a_suggestion_is_a_number_in_the_unit_of_the_figure() -> None:
    """3 Leasing: 10.589 is printed where the other tables say 10.588 t.kr."""
    sheet = read(paper(sample(NAESTVED)))[FINDINGS]
    at = columns(sheet)
    row = next(r for r in range(FIRST, sheet.max_row) if sheet.cell(r, at["Står som"]).value == "10.589")
    said = [sheet.cell(row, at[name]).value for name in ("Forslag", "Enhed", "Hvor sikkert", "Accepteret")]
    assert said == [10588, "t.kr.", "efter alt at dømme", "nej"]


def test_what_is_accepted_is_told_with_reason_and_names() -> None:
    report = accepted(sample(NAESTVED))
    book = read(paper(report))
    sheet = book[FINDINGS]
    at = columns(sheet)
    assert sheet.cell(FIRST, at["Accepteret"]).value == "ja"
    reason = "Aftalt med revisionen (Bo, 2024-02-01; godkendt af Eva; gælder til 2024-12-31)"
    assert sheet.cell(FIRST, at["Begrundelse"]).value == reason
    assert column(book[CHECKS], columns(book[CHECKS])["Accepteret med begrundelse"])[1:] == [reason] * 10
    assert column(book[BASIS], 7)[1:] == ["tæller", "udløbet"]


def test_the_scope_accounts_for_every_amount_and_every_token() -> None:
    report = sample(NAESTVED)
    sheet = read(paper(report), values=True)[SCOPE]
    assert column(sheet, 2)[:4] == [139, 135, 4, 97.1]
    every = [tuple(r[:7]) for r in sheet.iter_rows(values_only=True)]
    own = report.submission.extraction[0]
    assert (own.file, None, own.tokens, own.amounts, own.non_amounts, own.not_read, own.unexplained) in every
    listed = [str(r[1]) for r in every if str(r[0]).startswith("linje") and r[3] is not None]
    assert [u.as_printed for u in report.coverage.unchecked] == listed[: len(report.coverage.unchecked)]
    formulas = read(paper(report))[SCOPE]
    assert [formulas.cell(r, 2).value for r in (6, 7)] == ["=B4-B5", "=IF(B4=0,0,ROUND(100*B5/B4,1))"]


def test_uncorrected_differences_are_in_kroner_and_held_against_the_limit() -> None:
    data = paper(sample(NAESTVED))
    sheet, book = read(data, values=True)[OPEN], read(data)
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=12)]
    assert [row[5:9] for row in rows if row[7] is not None] == [
        [2873070, 2873058, 2873070, "ja"],
        [-126000, None, 126000, "ja"],
        [1000, 1000, 1000, "ja"],
        [-14257, None, 14257, "ja"],
    ]
    assert [row[0] for row in rows] == list(range(1, 10))
    assert {row[10] for row in rows if row[7] is None} == {
        "Forskellen er ikke i kroner eller kan ikke gøres op; vurder den for sig."
    }
    assert [sheet.cell(r, 6).value for r in range(4, 9)] == [0, 4, 3014327, 0, 0]
    assert book[OPEN]["I12"].value == '=IF(H12>Bagatelgraense,"ja","nej")'
    assert book[OPEN]["F8"].value == '=SUMIFS(H12:H20,I12:I20,"nej")'
    assert book.defined_names["Bagatelgraense"].attr_text == f"'{OPEN}'!$F$4"


def test_without_differences_the_sheet_says_none() -> None:
    sheet = read(paper(sample("kultur-mio-2024/budgetopfoelgning.txt")), values=True)[OPEN]
    assert sheet["A12"].value == "Ingen."
    assert [sheet.cell(r, 6).value for r in range(4, 9)] == [0] * 5


def test_the_basis_names_hashes_versions_and_adjustments() -> None:
    report = sample(NAESTVED)
    change = Adjustment("SUM001", (Change("severity", ("error",), ("note",)),), "Aftalt", "Bo", "Eva", "2024-01-01")
    sheet = read(paper(replace(report, adjusted=(change,))))[BASIS]
    cells = {str(c.value) for row in sheet.iter_rows() for c in row}
    wanted = {report.ruleset_sha256, report.ruleset_version, report.ruleset_id, report.submission.files[0].sha256}
    assert wanted | {"til orientering i stedet for fejl", "Aftalt", "Bo", "Eva", "2024-01-01"} <= cells
    assert {"Udarbejdet af", "Gennemgået af"} <= cells
    assert f"regnskabstjek version {report.tool_version}" in cells


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_number_stands_as_text_but_what_is_printed(name: str, lang: str) -> None:
    """And what has the form of a number without being one: versions, dates, places."""
    book = read(paper(sample(name), lang))
    allowed = {text("paper.sum.printed", lang), text("paper.finding.printed", lang), text("paper.check.place", lang)}
    for sheet in book:
        printed = {c.column for row in sheet.iter_rows() for c in row if c.value in allowed}
        for row in sheet.iter_rows():
            for cell in row:
                number = isinstance(cell.value, str) and re.fullmatch(r"[-−]?\d[\d.,]*", cell.value)
                fine = cell.column in printed or sheet.title == text("paper.sheet.basis", lang)
                assert not number or fine, (sheet.title, cell.coordinate, cell.value)
                if isinstance(cell.value, int | float):
                    assert cell.number_format.startswith("#,##0"), cell.coordinate


def test_every_part_is_set_up_for_reading_and_printing() -> None:
    book = read(paper(sample(NAESTVED)))
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        header, footer = sheet.oddHeader, sheet.oddFooter
        assert header and header.left.text == NAESTVED
        assert footer and "dk-bemaerkninger version 2026.1" in str(footer.left.text)
    checks = book[CHECKS]
    assert checks.freeze_panes == "A5"
    assert checks.print_title_rows == "$4:$4"
    assert checks.auto_filter.ref == f"A4:V{checks.max_row}"
    (ticks,) = checks.data_validations.dataValidation
    assert ticks.formula1 == '"✓,✗,–"'
    assert str(ticks.sqref) == f"S5:S{checks.max_row}"


def test_the_same_report_gives_the_same_bytes() -> None:
    report = sample(NAESTVED)
    assert paper(report) == paper(report)
    with zipfile.ZipFile(BytesIO(paper(report))) as packed:
        assert {i.date_time for i in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in packed.read("docProps/core.xml")
        assert not [n for n in packed.namelist() if "external" in n or n.endswith(".bin")]


def test_every_text_of_the_paper_is_used_in_some_sheet() -> None:
    """Those that the samples give no occasion for are named here."""
    seen = set()
    for report in (*map(sample, SAMPLES), accepted(sample(NAESTVED))):
        for sheet in read(paper(report)):
            seen |= {str(c.value) for row in sheet.iter_rows() for c in row if isinstance(c.value, str)}
    own = {k: v for k, v in catalogue("da").items() if k.startswith("paper.check.") and "{" not in v}
    assert {k for k, v in own.items() if v not in seen} == {"paper.check.tick_title", "paper.check.tick_help"}
