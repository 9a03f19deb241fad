"""Is a pattern rewritten so that it means the same, and one that engines read differently refused?"""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.schemas.contract import SPACE, columns
from checker.schemas.patterns import RAGGED, SOMETHING, padded, portable, words
from tests.build import PROPERTY
from tests.schemas.build import ALPHABET, RIGHT

PATTERNS = sorted({column.pattern for column in columns().values() if column.pattern})
TEXTS = st.text(ALPHABET, max_size=8) | st.sampled_from(sorted({text for texts in RIGHT.values() for text in texts}))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_of_the_contract_means_the_same_when_rewritten(pattern: str) -> None:
    """`$` of Python lets a line break follow; no stripped text ends with one."""

    @PROPERTY
    @given(TEXTS)
    def alike(text: str) -> None:
        stripped = text.strip(SPACE)
        assert stripped == text.strip()
        expected = re.match(pattern, stripped) is not None
        assert (re.match(portable(pattern), stripped) is not None) is expected
        assert (re.fullmatch(portable(pattern)[1:-1], stripped) is not None) is expected
        assert (re.match(padded(pattern), text) is not None) is (expected or not stripped)

    alike()


@pytest.mark.parametrize("pattern", [p for p in PATTERNS if "[0-9]" in p])
def test_a_digit_is_one_of_ten(pattern: str) -> None:
    r"""`\d` of Python, Polars and Java is three different sets; [0-9] is the one of them all in plain texts."""

    @PROPERTY
    @given(TEXTS)
    def alike(text: str) -> None:
        found = re.match(pattern, text) is not None
        assert found is (re.match(pattern.replace("[0-9]", r"\d"), text, re.ASCII) is not None)

    alike()


def test_the_words_of_parent_as_are_parted_as_by_a_word_boundary() -> None:
    r"""RE2, PostgreSQL and Java have no boundary that is written alike, so the contract does without `\b`."""
    pattern = columns()["parent_as"].pattern
    assert pattern is not None
    before = re.compile(r"^((ladder|uncertain|selected)\b\+?|\|)*$")
    texts = [
        "".join(parts) for n in range(6) for parts in product(("ladder", "uncertain", "+", "|", "x", " "), repeat=n)
    ]
    alike = [bool(before.match(text)) is bool(re.match(pattern, text)) for text in texts]
    assert all(alike)
    assert sum(1 for text in texts if before.match(text)) > 150


@PROPERTY
@given(TEXTS | st.sampled_from(["a.b", "ab", " a.b\u2028", "c|", "a.b|c"]))
def test_words_and_blanks_are_met_with_blanks_around_them(text: str) -> None:
    assert (re.match(words(["a.b", "c|"]), text) is not None) is (text.strip() in {"a.b", "c|", ""})
    assert (re.search(SOMETHING, text) is not None) is (text.strip() != "")
    assert (re.search(RAGGED, text) is not None) is (text.strip() != text)


def test_what_is_rewritten() -> None:
    assert portable(r"^[+\-−]?\d{2,}(\u00a0\.|[a\]^\u00e6-]*)$") == "^[+\\-−]?[0-9]{2,}(\u00a0\\.|[a\\]\\^æ\\-]*)$"
    assert portable(r"^[a-c&~\d]+\|-'$") == r"^[a-c\&\~0-9]+\|-'$"
    assert portable(r"^[{2}]$") == "^[{2}]$"


@pytest.mark.parametrize(
    "pattern",
    [
        *("a", "^a", "a$", r"^a\$", "^a.c$", r"^\w$", r"^a\b$", r"^\S+$", "^a|b$", "^(?:a)$", "^(?=a)a$", "^a+?$"),
        *(
            "^a*+$",
            "^a??$",
            "^a{2}{3}$",
            "^a{2$",
            "^a}$",
            "^[^a]$",
            "^[]a]$",
            "^[a$",
            r"^[\w]$",
            "^a^b$",
            "^a$b$",
            "^a]$",
        ),
    ],
)
def test_what_engines_read_differently_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"pattern {pattern}: ")):
        portable(pattern)
