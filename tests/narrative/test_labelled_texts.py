"""Does the reader understand as much of the labelled texts as it did, and does `check` find as many planted errors?

The floors are a little below the scores of the day: a change may cost one text and gain another, but not the whole.
"""

from __future__ import annotations

from collections import Counter

from benchmarks.narrative import load
from benchmarks.narrative import score as claims_of
from benchmarks.planted import HERE, score


def test_most_amounts_are_understood() -> None:
    n = Counter(s.result for text in load(HERE) for s in claims_of(text))
    told = n["found"] + n["wrong"] + n["invented"] + n["taken"]
    asked = n["found"] + n["wrong"] + n["missed"]
    assert asked > 2000
    assert n["found"] / told > 0.84
    assert n["found"] / asked > 0.78


def test_most_planted_errors_are_found_and_little_else() -> None:
    scores = [score(path) for path in sorted(HERE.glob("*.txt"))]
    assert sum(planted for planted, _, _, _ in scores) == 168
    assert sum(found for _, found, _, _ in scores) >= 110
    assert sum(len(others) for _, _, others, _ in scores) <= 25
