"""Does a text say the same when it comes as a Word file, plain or with all that people and systems put into one?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from checker.model.document import Document, Paragraph
from checker.model.outcomes import Report
from checker.readers import read_document
from checker.run import check
from samples.make.docx_form import FOOTNOTE, docx_form
from samples.make.forms import SAMPLES, TEXTS
from tests.test_forms import ARITHMETIC_FREE

FORMS = [(sample, rich) for sample in TEXTS for rich in (False, True)]
IDS = [f"{sample}-{'rich' if rich else 'plain'}" for sample, rich in FORMS]

Facts = Counter[tuple[str, str, int | None, int, int, str]]


def text_of(sample: str) -> Path:
    """The sample as text."""
    return SAMPLES / sample / TEXTS[sample]


def word_of(tmp_path: Path, sample: str, rich: bool) -> Path:
    """The sample as a Word file."""
    path = tmp_path / "regnskab.docx"
    path.write_bytes(docx_form(read_document(text_of(sample)), rich))
    return path


def facts(report: Report) -> Facts:
    """What the figures say."""
    return Counter((f.label, f.measure, f.year, f.value, f.unit, f.as_printed) for f in report.submission.facts)


def outcomes(report: Report) -> Counter[tuple[str, str, str]]:
    """What the rules say, those aside that ask about cells: the rich form has a tracked change to be said."""
    every = (o for o in report.outcomes if o.kind not in ARITHMETIC_FREE)
    return Counter((o.rule_id, o.status, str(o.message)) for o in every)


@pytest.mark.parametrize(("sample", "rich"), FORMS, ids=IDS)
def test_a_word_file_gives_the_facts_and_outcomes_of_the_text(tmp_path: Path, sample: str, rich: bool) -> None:
    text, word = check(text_of(sample)), check(word_of(tmp_path, sample, rich))
    assert len(facts(text)) > 30
    assert facts(word) == facts(text)
    assert outcomes(word) == outcomes(text)


@pytest.mark.parametrize(("sample", "rich"), FORMS, ids=IDS)
def test_nothing_is_lost(tmp_path: Path, sample: str, rich: bool) -> None:
    """Every number-like piece of the text, and the mark of the footnote that the rich form adds."""
    text, word = check(text_of(sample)), check(word_of(tmp_path, sample, rich))
    assert [e.unexplained for e in word.submission.extraction] == [0]
    assert word.submission.extraction[0].tokens == sum(e.tokens for e in text.submission.extraction) + rich


@pytest.mark.parametrize("sample", TEXTS)
def test_the_rich_form_has_the_paragraphs_of_the_text(tmp_path: Path, sample: str) -> None:
    """With numbers that Word makes, text boxes and content controls; the footnote aside."""
    plain = read_document(word_of(tmp_path, sample, rich=False))
    rich = read_document(word_of(tmp_path, sample, rich=True))
    assert said(rich) == said(plain)
    kinds = {b.kind for b in rich.blocks if isinstance(b, Paragraph)}
    assert {"footnote", "text_box"} <= kinds
    assert {b.level for b in rich.blocks if isinstance(b, Paragraph)} == {0, 1, 2}
    assert [t.code for t in rich.traps] == ["tracked_change"]
    assert plain.traps == ()


def test_the_numbers_of_a_rich_form_are_those_of_word(tmp_path: Path) -> None:
    document = read_document(word_of(tmp_path, "naestved-it-2021", rich=True))
    lists = [b.text[:4].rstrip() for b in document.blocks if isinstance(b, Paragraph) and b.kind == "list"]
    assert lists == [
        *("1a.", "1b.", "1c.", "1d.", "1e.", "1f.", "1g."),
        *("2a.", "2b.", "2c.", "2d.", "2e.", "2f.", "2g."),
        *("5a.", "5b.", "5c.", "5d.", "5e."),
    ]
    raw = docx_form(read_document(text_of("naestved-it-2021")), rich=True)
    assert raw == docx_form(read_document(text_of("naestved-it-2021")), rich=True)
    assert b"1a. " not in raw


def said(document: Document) -> list[str]:
    """The texts of all paragraphs but the footnote."""
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    return [text for text in texts if text != f"1) {FOOTNOTE}"]
