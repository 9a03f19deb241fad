"""Does the same material give the same facts whether it comes as text, as a workbook or as CSV?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.model.document import Document, Table
from checker.model.submission import Submission
from checker.readers.csvfile import parse as parse_csv
from checker.readers.text import parse
from checker.recognise import recognise
from tests.readers.binary import xls, xlsb
from tests.readers.ods import ods, row, words
from tests.readers.sheets import Rows, Value, read, workbook

ROOT = Path(__file__).parent.parent.parent
OTHERWISE = {
    "b06.txt",  # a row with too few cells; in a sheet each of its cells has a column
    "b26.txt",  # the same
    "b24.txt",  # headings that stand over their columns by the width of blanks, which no sheet has
}
SOURCES = [
    path
    for path in sorted([*ROOT.glob("samples/*/*.txt"), *ROOT.glob("tests/layouts/*.txt")])
    if path.name not in OTHERWISE
]
_NUMBER = re.compile(r"^-?\d{1,3}(?:\.\d{3})*(?:,\d+)?$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")

Key = tuple[str, str, str, int, int, int, str, str]


def facts(submission: Submission) -> list[Key]:
    """Everything that a fact says but its place."""
    return sorted(
        (f.statement, f.label, f.measure, f.year or 0, f.value, f.unit, f.dimension, f.basis or "")
        for f in submission.facts
    )


def text_of(path: Path) -> Document:
    """A text without the stars that Markdown prints bold with."""
    return Document(path.name, "", "utf-8", parse(path.read_text(encoding="utf-8").replace("**", "")))


def rows_of(document: Document, numbers: bool) -> list[list[Value]]:
    """The text as rows of a sheet, blank lines as one blank row; figures as numbers in a format, or as texts."""
    rows: list[list[Value]] = []
    last = None
    for block in document.blocks:
        first = block.rows[0].line if isinstance(block, Table) else block.line
        if last is not None and first > last + 1:
            rows.append([])
        if isinstance(block, Table):
            for line in block.rows:
                cells = [c.text if at == 0 else c.text.strip() for at, c in enumerate(line.cells)]
                rows.append([_value(cell, numbers) for cell in cells])
            last = block.rows[-1].line
        else:
            rows += [[line] for line in block.text.split("\n")]
            last = block.line + block.text.count("\n")
    return rows


def _value(text: str, numbers: bool) -> Value:
    if not text:
        return None
    if numbers and _YEAR.match(text):
        return int(text)
    if not numbers or not _NUMBER.match(text):
        return text
    decimals = len(text.partition(",")[2])
    value = float(text.replace(".", "").replace(",", "."))
    return value, "#,##0" + ("." + "0" * decimals if decimals else "")


@pytest.mark.parametrize("numbers", [False, True], ids=["texts", "numbers"])
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_workbook_says_what_the_text_says(tmp_path: Path, source: Path, numbers: bool) -> None:
    document = text_of(source)
    path = workbook(tmp_path / "a.xlsx", {"Ark1": rows_of(document, numbers)})
    wanted = facts(recognise(document))
    assert len(wanted) > 10
    assert facts(recognise(read(path))) == wanted


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_csv_says_what_the_text_says(source: Path) -> None:
    document = text_of(source)
    rows = [[str(v or "") for v in row] for row in rows_of(document, numbers=False)]
    width = max(len(row) for row in rows)
    text = "\n".join(
        ";".join('"' + cell.replace('"', '""') + '"' for cell in row + [""] * (width - len(row))) for row in rows
    )
    made = Document("a.csv", "", "utf-8", parse_csv(text, "a.csv"))
    assert facts(recognise(made)) == facts(recognise(document))


@pytest.mark.parametrize("ending", ["xls", "xlsb", "ods"])
@pytest.mark.parametrize("sample", ["havn-og-vej-2023/regnskab.txt", "kultur-mio-2024/budgetopfoelgning.txt"])
def test_other_workbooks_say_what_the_text_says(tmp_path: Path, sample: str, ending: str) -> None:
    document = text_of(ROOT / "samples" / sample)
    rows = rows_of(document, numbers=False)
    path = tmp_path / f"a.{ending}"
    path.write_bytes(
        _ods(rows) if ending == "ods" else (xls if ending == "xls" else xlsb)({"Ark1": dict(_cells(rows))})
    )
    assert facts(recognise(read(path))) == facts(recognise(document))


def _cells(rows: Rows) -> Iterator[tuple[tuple[int, int], tuple[str, int]]]:
    for line, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is not None:
                yield (line, column), (str(value), 0)


def _ods(rows: Rows) -> bytes:
    lines = (row(*(_ods_cell(value) for value in values)) for values in rows)
    return ods({"Ark1": "".join(lines)})


def _ods_cell(value: Value) -> str:
    return "<table:table-cell/>" if value is None else words(_escaped(str(value)))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
