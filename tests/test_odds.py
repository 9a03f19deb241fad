"""Are the odds of an improbable rounding right, and rather too small than too large?"""

from __future__ import annotations

import random

import pytest

from checker.odds import odds


@pytest.mark.parametrize(
    ("difference", "widths", "often"),
    [
        (9, [1] * 51, 26_000),  # (9 - 0,5) / sqrt(51/12) = 4,12 standard deviations
        (-9, [1] * 51, 26_000),
        (8, [1] * 51, 3_600),
        (900, [100] * 51, 26_000),
        (3, [1] * 6, 2_400),
        (10**9, [1] * 4, 10**12),
    ],
)
def test_the_odds_of_a_rounding(difference: int, widths: list[int], often: int) -> None:
    assert odds(difference, widths) == often


def test_the_odds_are_no_better_than_the_truth() -> None:
    """Of 200.000 sums of 50 rounded parts drawn at random, fewer are off by 8 than the odds say."""
    draw = random.Random(1)
    off = sum(abs(round(sum(draw.random() - 0.5 for _ in range(50)))) >= 8 for _ in range(20_000))
    assert off <= 20_000 / odds(8, [1] * 51)
