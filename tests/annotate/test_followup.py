"""Does the sheet for following up say what a controller needs, and is what is typed there read back?"""

from __future__ import annotations

import datetime
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from checker import run
from checker.annotate import annotate, copy_name, read_back
from checker.annotate.followup import COLUMNS, FIRST, HEADER, KEYS, PER_CELL
from checker.errors import SubmissionError
from checker.fingerprints import fingerprints, value_hash
from checker.model.accepted import Waiver
from checker.model.outcomes import PASSED, Report
from tests.annotate.books import (
    FILE,
    MAIN,
    SAMPLES,
    hard,
    opened,
    parts,
    remark,
    report,
    rewrite,
    sheet_xml,
    small,
    with_waiver,
)

PLAIN = small({"Ark1": sheet_xml('<row r="1"><c r="A1"/></row>'), "Ark 'to'": sheet_xml("")})
AT = {name: number for number, (name, _) in enumerate(COLUMNS, 1)}


def made(path: Path) -> tuple[bytes, Report]:
    """The copy of a workbook, and its report."""
    found = run.check(path)
    return annotate(path.read_bytes(), found, path.name), found


def rows(copy: bytes, first: int = FIRST) -> list[list[Any]]:
    """What the sheet shows from a row on."""
    book = opened(copy)
    return [list(row)[:14] for row in book.worksheets[-1].iter_rows(min_row=first, values_only=True)]


def link(copy: bytes) -> str | None:
    """Where the link of the first row leads."""
    found = opened(copy).worksheets[-1].cell(FIRST, AT["where"]).hyperlink
    return found.location if found else None


def sample(name: str) -> Path:
    """The workbook of a sample."""
    return next(p for p in SAMPLES if name in p.parts)


def test_a_row_tells_what_is_wrong_where_and_what_to_do() -> None:
    copy, _ = made(sample("social-mio-2024"))
    assert rows(copy, HEADER) == [
        [
            *("Nr.", "Alvor", "Regel", "Sted", "Hvad er galt", "Næste skridt", "Forslag", "Difference", "Enhed"),
            *("Accepteret med begrundelse", "Hvem", "Dato", "Godkendt af", "Gælder til"),
        ],
        [
            1,
            "✗ fejl",
            "FIG001 Et tal passer ikke med de øvrige",
            "„Regnskab 2024“ F10",
            "Hjælpemidler, over-/underskud 2024:\nDer står 0,9. Det er det eneste tal, der alene kan forklare fejlen.\n"
            "Efter alt at dømme skal der stå -0,9, med modsat fortegn.",
            "Slå Hjælpemidler, over-/underskud 2024 op i økonomisystemet. Står der -0,9, så ret 0,9.",
            "-0,9",
            1_800_000,
            "kr.",
            *[None] * 5,
        ],
    ]
    sheet = opened(copy).worksheets[-1]
    assert link(copy) == "'Regnskab 2024'!F10"
    assert sheet.freeze_panes == f"A{FIRST}"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == f"${HEADER}:${HEADER}"
    assert sheet.row_dimensions[KEYS].hidden and sheet.column_dimensions["O"].hidden
    assert sheet.cell(FIRST, AT["what"]).alignment.wrap_text


def test_a_row_without_a_cell_to_note_tells_the_calculation_and_leads_to_the_sheet() -> None:
    copy, _ = made(sample("boern-2024"))
    ((number, severity, _, where, *_),) = rows(copy)
    assert (number, severity, where) == (1, "i til orientering", "Grundlag")
    assert link(copy) == "'Grundlag'!A1"


def test_english() -> None:
    path = sample("social-mio-2024")
    copy = annotate(path.read_bytes(), run.check(path), path.name, "en")
    assert opened(copy).sheetnames[-1] == "Follow-up"
    assert rows(copy, HEADER)[0][:4] == ["No.", "Severity", "Rule", "Place"]
    assert rows(copy)[0][1:4] == ["✗ error", rows(copy)[0][2], "“Regnskab 2024” F10"]


def test_nothing_found_gives_a_sheet_that_says_so() -> None:
    copy = annotate(PLAIN, report(), FILE)
    assert [row[0] for row in rows(copy, 1)] == [
        "Opfølgning på kontrollen af regnskab.xlsx",
        "Kontrollen fandt intet at følge op på.",
        *(row[0] for row in rows(copy, 3)),
    ]
    assert read_back(copy) == []


def test_the_sheet_has_a_name_of_its_own_and_is_last() -> None:
    raw = small({"opfølgning": sheet_xml(""), "Opfølgning (2)": sheet_xml("")})
    copy = annotate(raw, report(remark("A1", sheet="opfølgning")), FILE)
    assert opened(copy).sheetnames == ["opfølgning", "Opfølgning (2)", "Opfølgning (3)"]
    assert "Se nr. 1 i arket Opfølgning (3)." in str(opened(copy)["opfølgning"]["A1"].comment)


def test_defined_names_stay_and_one_is_added(tmp_path: Path) -> None:
    path = hard(tmp_path / FILE)
    names = [
        re.findall(r"<definedName .*?</definedName>", parts(raw)["xl/workbook.xml"].decode())
        for raw in (path.read_bytes(), made(path)[0])
    ]
    assert names[1] == [
        *names[0],
        '<definedName name="_xlnm.Print_Titles" localSheetId="3">\'Opfølgning\'!$6:$6</definedName>',
    ]


def test_a_copy_is_not_marked_again() -> None:
    copy, found = made(sample("social-mio-2024"))
    with pytest.raises(SubmissionError) as error:
        annotate(copy, found, FILE)
    assert error.value.key == "copy.already"
    saved = io.BytesIO()
    opened(copy).save(saved)
    with pytest.raises(SubmissionError):
        annotate(saved.getvalue(), found, FILE)


def test_names_of_copies() -> None:
    assert copy_name("mappe/regnskab 2023.xlsx") == "mappe/regnskab 2023.kontrol.xlsx"
    assert copy_name("A.B.XLSM") == "A.B.kontrol.XLSM"
    with pytest.raises(SubmissionError):
        copy_name("regnskab.ods")


def typed(copy: bytes, *found: dict[str, Any], row: int = FIRST) -> bytes:
    """The copy with cells typed into the rows, as another program saves it: with shared texts."""
    book = opened(copy)
    for number, values in enumerate(found, row):
        for name, value in values.items():
            book.worksheets[-1].cell(number, AT[name], value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_what_is_typed_is_read_back() -> None:
    copy, found = made(sample("social-mio-2024"))
    known = dict(zip(fingerprints(found.outcomes, found.submission), found.outcomes, strict=True))
    saved = typed(
        copy,
        {
            "reason": "  Aftalt med revisor\nden 3. ",
            "by": "Anna Sø",
            "date": datetime.date(2026, 1, 5),
            "approved_by": "Bo",
            "until": "31.12.2026",
        },
    )
    waivers = read_back(saved)
    failed = [o for o in found.findings[0].outcomes if o.status not in (PASSED,)]
    assert [w.rule for w in waivers] == [o.rule_id for o in failed] and len(waivers) >= 3
    for waiver in waivers:
        assert waiver.value_hash == value_hash(known[waiver.fingerprint])
    first = waivers[0]
    assert first == Waiver(
        *(first.fingerprint, first.value_hash, "Aftalt med revisor\nden 3.", "Anna Sø", "2026-01-05"),
        approved_by="Bo",
        until="2026-12-31",
        rule="FIG001",
        about="„Regnskab 2024“ F10: Et tal passer ikke med de øvrige",
        line=FIRST,
    )


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (datetime.datetime(2026, 3, 1, 12), "2026-03-01"),
        (46_082, "2026-03-01"),
        ("1/3-26", "2026-03-01"),
        ("1-3-2026", "2026-03-01"),
        ("01 03 2026", "2026-03-01"),
        ("2026-03-01", "2026-03-01"),
        ("31-02-2026", "31-02-2026"),
        ("snart", "snart"),
    ],
)
def test_dates_however_they_are_typed(value: datetime.datetime | int | str, read: str) -> None:
    copy = annotate(PLAIN, report(remark("A1")), FILE)
    assert [w.until for w in read_back(typed(copy, {"until": value}))] == [read]
    book = opened(copy)
    book.worksheets[-1].cell(FIRST, AT["until"], value).number_format = "General"
    target = io.BytesIO()
    book.save(target)
    assert [w.until for w in read_back(target.getvalue())] == [read]


def test_rows_may_be_sorted_columns_moved_and_the_sheet_renamed() -> None:
    copy = annotate(PLAIN, report(remark("A1"), remark("A2", said="Noget andet")), FILE)
    book = openpyxl.load_workbook(io.BytesIO(typed(copy, {"reason": "et"}, {"reason": "to"})))
    sheet = book.worksheets[-1]
    for cells in sheet.iter_rows(min_row=FIRST, max_row=FIRST + 1):
        for cell in cells:
            cell.hyperlink = None
    before = [(w.fingerprint, w.reason) for w in read_back(typed(copy, {"reason": "et"}, {"reason": "to"}))]
    first, second = ([c.value for c in sheet[n]] for n in (FIRST, FIRST + 1))
    for column, (one, two) in enumerate(zip(first, second, strict=True), 1):
        sheet.cell(FIRST, column, two)
        sheet.cell(FIRST + 1, column, one)
    sheet.insert_cols(3)
    sheet.title = "Vores svar"
    book.move_sheet(sheet, -2)
    target = io.BytesIO()
    book.save(target)
    assert [(w.fingerprint, w.reason) for w in read_back(target.getvalue())] == before[::-1]
    assert [reason for _, reason in before] == ["et", "to"]


def test_what_is_accepted_already_stands_there_and_is_read_back_once_it_is_changed() -> None:
    waiver = Waiver("f", "v", "=Aftalt\nmundtligt ", "Anna", "2026-01-05", until="1-2-2027", approved_by="senere")
    copy = annotate(PLAIN, report(with_waiver(remark("A1"), waiver)), FILE)
    assert rows(copy)[0][9:] == ["=Aftalt\nmundtligt ", "Anna", datetime.datetime(2026, 1, 5), "senere", "1-2-2027"]
    assert read_back(copy) == []
    assert read_back(typed(copy, {"by": "Anna", "date": datetime.date(2026, 1, 5)})) == []
    (read,) = read_back(typed(copy, {"until": "2027-02-02"}))
    assert (read.reason, read.by, read.date, read.until) == ("=Aftalt\nmundtligt", "Anna", "2026-01-05", "2027-02-02")
    assert (read.rule, len(read.fingerprint), len(read.value_hash)) == ("CEL001", 16, 16)


def test_a_finding_of_checks_that_hold_cannot_be_accepted() -> None:
    finding = remark("A1")
    finding = replace(finding, outcomes=(replace(finding.outcomes[0], status=PASSED),))
    copy = annotate(PLAIN, report(finding), FILE)
    assert rows(copy)[0][9] == "Kan ikke accepteres for sig; hver kontrol stemmer."
    assert read_back(copy) == []


def test_very_many_checks_of_one_finding_go_over_several_cells() -> None:
    one = remark("A1")
    many = replace(one, outcomes=tuple(replace(one.outcomes[0]) for _ in range(2 * PER_CELL + 1)))
    copy = annotate(PLAIN, report(many), FILE)
    assert len({w.fingerprint for w in read_back(typed(copy, {"reason": "alle"}))}) == 2 * PER_CELL + 1


def test_a_workbook_without_the_sheet_gives_nothing() -> None:
    assert read_back(PLAIN) == []
    assert read_back(rewrite(PLAIN, {"xl/workbook.xml": (MAIN.encode(), MAIN.encode())})) == []
    with pytest.raises(SubmissionError):
        read_back(b"PK no zip")
