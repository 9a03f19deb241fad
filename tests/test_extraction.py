"""Is every number-like piece of a file accounted for, and does a piece that gets lost show?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checker.model.document import Document, TokenCount
from checker.model.submission import Extraction
from checker.readers.text import parse, token_counts
from checker.recognise import extraction, recognise
from checker.recognise.draft import Draft
from checker.run import read

ROOT = Path(__file__).parent.parent
FILES = sorted([*ROOT.glob("samples/*/*.txt"), *ROOT.glob("tests/layouts/*.txt"), *ROOT.glob("tests/cases/*/*.csv")])
TEXT = """
Regnskab 2023 for Skoler

| Nr | I 1.000 kr. | Budget 2023 | Regnskab 2023 |
| 1 | Skoler | 110 | 1.100* |
| 2 | SFO | 40 | ca. 3 4 |
| | I alt | 150 | 136 |
Anm.: Der er 14 skoler, og der er brugt 3,4 mio. kr. på byggeri.
"""


def _document(counts: tuple[TokenCount, ...]) -> Document:
    return Document("a.txt", "", "utf-8", parse(TEXT), counts=counts)


def test_pieces_are_amounts_no_amounts_or_not_read() -> None:
    made = recognise(_document(token_counts(TEXT)))
    assert made.extraction == (Extraction("a.txt", "", 15, 6, 7, 2),)
    assert made.extraction[0].unexplained == 0


def test_a_piece_the_reader_lost_is_unexplained() -> None:
    made = recognise(replace(_document(token_counts(TEXT + "| 99 |")), blocks=parse(TEXT)))
    assert [row.unexplained for row in made.extraction] == [1]


def test_a_piece_in_a_column_of_amounts_that_nothing_became_of_is_unexplained(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = extraction.account
    monkeypatch.setattr(
        "checker.recognise.account",
        lambda documents, drafts, facts, not_read: kept(documents, _without_a_cell(drafts), facts[1:], not_read),
    )
    made = recognise(_document(token_counts(TEXT)))
    assert [row.unexplained for row in made.extraction] == [1]


def _without_a_cell(drafts: list[Draft]) -> list[Draft]:
    del drafts[0].cells[min(drafts[0].cells)]
    return drafts


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_everything_is_accounted_for(path: Path) -> None:
    assert [(row.where, row.unexplained) for row in read(path).extraction] == [("", 0)]
