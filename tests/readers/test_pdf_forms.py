"""Does the same submission printed as PDF say what the text says?"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.cells import RIGHT, compare, tables
from checker.model.document import Table
from checker.model.submission import Submission
from checker.readers import read_document
from checker.recognise import recognise
from checker.rulefile import load_rules
from checker.run import check_submission
from checker.version import DEFAULT_RULES
from samples.make.pdf_form import LAYOUTS, write
from tests.readers.test_pdf import held

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted(p for p in ROOT.glob("samples/*/*.txt"))
RULED = [layout for layout in LAYOUTS if layout.startswith("ruled")]


def facts(submission: Submission) -> list[tuple[str, str, int, int, int, str]]:
    """Everything that a fact says but its place."""
    return sorted((f.label, f.measure, f.year or 0, f.value, f.unit, f.as_printed) for f in submission.facts)


def outcomes(submission: Submission) -> list[tuple[str, str, str]]:
    """What each check says, its figures included; what is asked of Word and PDF files alone is left out."""
    report = check_submission(submission, load_rules(DEFAULT_RULES))
    return sorted((o.rule_id, o.status, str(o.message)) for o in report.outcomes if o.kind != "cell_trap")


@pytest.mark.parametrize("layout", RULED)
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name)
def test_a_pdf_with_rules_says_what_the_text_says(tmp_path: Path, source: Path, layout: str) -> None:
    document = read_document(source)
    write(document, tmp_path / "a.pdf", layout)
    read = recognise(read_document(tmp_path / "a.pdf"))
    wanted = recognise(document)
    assert len(wanted.facts) > 30
    assert facts(read) == facts(wanted)
    assert outcomes(read) == outcomes(wanted)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name)
def test_cells_of_every_layout(tmp_path: Path, source: Path, layout: str) -> None:
    document = read_document(source)
    write(document, tmp_path / "a.pdf", layout)
    read = read_document(tmp_path / "a.pdf")
    verdicts = compare(tables(document), tables(read))
    cells, right = len(verdicts), sum(verdict == RIGHT for verdict, _, _ in verdicts)
    assert right == cells or (layout.startswith("unruled") and 100 * right >= 90 * cells)
    separators = {b.separator for b in read.blocks if isinstance(b, Table)}
    assert separators == {layout.split("-", maxsplit=1)[0]}
    assert not read.traps
    there = held(read)
    assert {c.where: c.tokens for c in read.counts} == {c.where: there[c.where] for c in read.counts}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_forms_are_the_same_every_time(tmp_path: Path, layout: str) -> None:
    document = read_document(SOURCES[0])
    for name in ("a.pdf", "b.pdf"):
        write(document, tmp_path / name, layout)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
