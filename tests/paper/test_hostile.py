"""Can text of a submission become a formula, a link or a broken file?"""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from checker.model.outcomes import Report
from checker.reports.working_paper_book import clean
from tests.paper.papers import CHECKS, FIRST, SUMS, paper, read
from tests.reports.made import accepted, crashed, poisoned, with_fault, wrong

HOSTILE = (
    *('=HYPERLINK("http://evil.example","x")', "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-1+1", "{=1+1}"),
    *("http://evil.example/a", "internal:'Grundlag'!A1", "mailto:a@b.dk", "&A&[File]&P\n&D", "a\x00b\x1b[31mc\x9b"),
    *("\u202egnp.exe", "_x0041_", "<script>]]>&amp;", "\ud800", "'", '"', "{value}", "@derived.sum", "@x.y", "[…]"),
    *("\r\n=1", "\t=1", "x" * 40_000, "=" + "æ" * 40_000),
)


def bad(said: str) -> Report:
    """A report with the text everywhere, a waiver, a rule that crashed and a file that could not be read."""
    return poisoned(with_fault(crashed(accepted(wrong(), said))), said)


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_text_of_a_submission_stays_text(said: str) -> None:
    harmless, data = paper(bad("Skoler")), paper(bad(said))
    own, wanted = read(data), read(harmless)
    for sheet in own:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert wanted[sheet.title][cell.coordinate].data_type == "f"
                elif isinstance(cell.value, str):
                    assert len(cell.value) <= 32_767
    assert {r.target for sheet in own for row in sheet.iter_rows() for c in row if (r := c.hyperlink)} == {None}


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_every_part_of_the_file_is_whole_and_leads_nowhere_outside(said: str) -> None:
    with zipfile.ZipFile(BytesIO(paper(bad(said)))) as packed:
        for name in packed.namelist():
            tree = ET.fromstring(packed.read(name))
            if name.endswith(".rels"):
                assert not [r for r in tree if r.get("TargetMode") == "External"]


def test_text_that_looks_like_a_formula_is_kept_as_it_is() -> None:
    book = read(paper(bad("=1+1")), values=True)
    rows = [r for r in book[SUMS].iter_rows(min_row=FIRST, values_only=True) if r[2] != "sat af reglen"]
    assert {r[4] for r in rows} == {"=1+1"}
    assert {c.value for c in book[CHECKS]["C"][FIRST - 1 :]} == {"=1+1"}


def test_control_characters_go_and_long_texts_are_cut_with_a_remark() -> None:
    assert clean("a\x00b\x1b[31m\u202ec\nd\te", "da") == "ab[31mc\nd\te"
    cut = clean("x" * 40_000, "da")
    assert len(cut) == 32_767
    assert cut.endswith("afkortet)")
    assert clean("x" * 32_767, "da") == "x" * 32_767
