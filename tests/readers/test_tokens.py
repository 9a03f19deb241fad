"""Are number-like pieces counted alike whatever stands around them?"""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.amounts.tokens import count
from checker.model.document import TokenCount
from checker.readers.text import token_counts
from tests.readers.sheets import read


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("ingen tal", 0),
        ("69.631", 1),
        ("1.234,5", 1),
        ("-1.234.567,89 kr.", 1),
        ("2021", 1),
        ("12-05-2021", 3),
        ("2021-12-31", 3),
        ("1 234 567", 1),
        ("1\u00a0234\u202f567,5", 1),
        ("1'234", 1),
        ("12 34", 2),
        ("1234 567", 2),
        ("tabel 2: 5 pct.", 2),
        ("§ 18, stk. 2", 2),
        ("3.22.01", 1),
        ("note 2b", 1),
        ("5, 6 og 7.", 3),
        ("R2021", 1),
    ],
)
def test_pieces(text: str, tokens: int) -> None:
    assert count(text) == tokens


def test_pages_of_a_text() -> None:
    assert token_counts("1 og 2\n3 4") == (TokenCount("", 4),)
    assert token_counts("side 1: 5\f6 7\f") == (TokenCount("1", 2), TokenCount("2", 2), TokenCount("3", 0))


def test_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Regnskab 2021\n\nLinje;Beløb\na;1.234\nb;5\n", encoding="utf-8")
    assert read(path).counts == (TokenCount("", 3),)
