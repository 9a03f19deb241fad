"""Is a line that looks like it holds a CPR number told, and what only looks like a number not?"""

from __future__ import annotations

import pytest

from checker.model.document import Document
from checker.readers.text import parse
from checker.recognise.cpr import cpr_like


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Udbetalt til 010190-1234 i maj.", [1]),
        ("Intet.\n\nSag om 3112991234", [3]),
        ("| Navn | Beløb |\n| A (290296-0000) | 5 |", [2]),
        ("320190-1234 og 011390-1234 er ingen datoer", []),
        ("Konto 1234567890123 og 12.345.678,90", []),
        ("Beløbet er 0101901.234", []),
        ("Sagsnr. 24/001187, EAN 5798000000000", []),
    ],
)
def test_ten_digits_that_begin_with_a_date_are_told_by_their_place(text: str, lines: list[int]) -> None:
    found = cpr_like(Document("x.txt", "", "utf-8", parse(text)))
    assert [r.place.line for r in found] == lines
    assert all(r.key == "reading.cpr" and r.args == () for r in found)
