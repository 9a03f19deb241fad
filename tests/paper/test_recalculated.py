"""Does a spreadsheet program that performs every formula again find what the tool found?"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from checker.model.outcomes import Report
from checker.reports.working_paper_words import status
from tests.paper.papers import CHECKS, FIRST, OPEN, SAMPLES, SCOPE, SUMS, cases, close, columns, expected, paper, sample

pytestmark = pytest.mark.outside
_STORED = re.compile(r"(</f>)<v>[^<]*</v>")


def without_values(data: bytes) -> bytes:
    """The workbook without what its formulas gave, so that nothing is left but to perform them."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = _STORED.sub(r"\1", content.decode()).encode()
            new.writestr(name, content)
    return made.getvalue()


def recalculated(papers: Mapping[str, bytes], folder: Path) -> dict[str, Workbook]:
    """The workbooks as LibreOffice saves them once it has performed their formulas."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.fail("LibreOffice (soffice) is needed; .ci/run installs it")
    given, done = folder / "given", folder / "done"
    given.mkdir()
    for name, data in papers.items():
        (given / f"{name}.xlsx").write_bytes(without_values(data))
    command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "xlsx"]
    files = [str(f) for f in sorted(given.iterdir())]
    subprocess.run([*command, "--outdir", str(done), *files], check=True, capture_output=True, timeout=600)
    return {name: load_workbook(done / f"{name}.xlsx", data_only=True) for name in papers}


def compare(report: Report, book: Workbook, data: bytes) -> int:
    """How many checks were performed again; every figure must be the tool's, and every sheet without an error."""
    sheet = book[CHECKS]
    at, count = columns(sheet), 0
    for row, outcome in enumerate(report.outcomes, FIRST):
        wanted = expected(outcome)
        if wanted is None:
            continue
        count += 1
        for heading, number in (
            ("Oplyst", wanted.stated),
            ("Beregnet", wanted.computed),
            ("Difference", wanted.difference),
            ("Afrunding kan højst forklare", wanted.tolerance),
        ):
            found = sheet.cell(row, at[heading]).value
            assert close(found, number), f"{outcome.rule_id} {heading}: {found} is not {float(number)}"
        assert sheet.cell(row, at["Formlen siger"]).value == status(outcome, "da"), outcome.rule_id
        assert sheet.cell(row, at["Siger det samme"]).value in ("ja", "–"), outcome.rule_id
    assert sheet.cell(3, 1).value == 0
    stored = load_workbook(BytesIO(data), data_only=True)
    for name in (SUMS, SCOPE, OPEN):
        for cells, kept in zip(book[name].iter_rows(), stored[name].iter_rows(), strict=False):
            for again, own in zip(cells, kept, strict=False):
                same = again.value == own.value if isinstance(own.value, str | None) else _near(again.value, own.value)
                assert same, f"{name} {own.coordinate}: {again.value} is not {own.value}"
    return count


def _near(found: object, kept: object) -> bool:
    numbers = isinstance(found, int | float) and isinstance(kept, int | float)
    return numbers and abs(found - kept) <= 1e-9 * (1 + abs(kept))  # type: ignore[operator,arg-type]


def test_a_figure_that_the_auditor_changes_changes_the_verdict_and_the_sums(tmp_path: Path) -> None:
    """The total of note 3 by a million, and a limit under which all but that difference fall."""
    report = sample(SAMPLES[0])
    book = load_workbook(BytesIO(paper(report)))
    sums = book[SUMS]
    row = next(r for r in range(FIRST, sums.max_row) if sums.cell(r, 2).value == "SUM001")
    number = int(str(sums.cell(row, 1).value))
    sums.cell(row, 7).value = float(str(sums.cell(row, 7).value)) + 1_000_000
    book[OPEN]["F4"].value = 100_000
    made = BytesIO()
    book.save(made)
    again = recalculated({"changed": made.getvalue()}, tmp_path)["changed"]
    checks = again[CHECKS]
    at = columns(checks)
    assert checks.cell(FIRST + number - 1, at["Formlen siger"]).value == "✗ stemmer ikke"
    assert checks.cell(FIRST + number - 1, at["Siger det samme"]).value == "nej"
    assert checks.cell(3, 1).value == 1
    assert [again[OPEN].cell(r, 6).value for r in range(4, 9)] == [100_000, 2, 2_999_070, 2, 15_257]


def _performed(reports: Iterable[tuple[str, Report]], folder: Path) -> int:
    known = dict(reports)
    papers = {name: paper(report) for name, report in known.items()}
    books = recalculated(papers, folder)
    return sum(compare(known[name], books[name], papers[name]) for name in known)


def test_libreoffice_finds_what_the_tool_found_in_every_sample(tmp_path: Path) -> None:
    assert _performed(((n.replace("/", "-"), sample(n)) for n in SAMPLES), tmp_path) > 350


def test_so_it_does_in_cases_of_every_kind_of_rule(tmp_path: Path) -> None:
    chosen: dict[str, Report] = {}
    seen: set[tuple[str, str]] = set()
    for report in cases():
        own = {(o.kind, o.status) for o in report.outcomes if expected(o)}
        if not own <= seen:
            seen |= own
            chosen[f"case-{len(chosen)}"] = report
    assert _performed(chosen.items(), tmp_path) > 60
