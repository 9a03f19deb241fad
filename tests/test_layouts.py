"""Are texts in many layouts, written without sight of the reader, read right and without false alarms?"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.reading import LAYOUTS, score

TEXTS = sorted(LAYOUTS.glob("*.txt"))
NOT_RIGHT = {
    "b07": 8,  # a deviation from the expected accounts, which the truth calls 'andet'
    "b21": 10,  # 'Mellemværende' by year: the truth says accounts, the heading says nothing
    "b22": 20,  # 'Nettoudgifter' by year likewise
    "b23": 5,  # 'Udbetalt' is read as an amount
    "b25": 5,  # 'Løn R2024' is read as accounts of another kind
    "b27": 9,  # 'Salgssum' is read as an amount, and so is the rest of a grant over all years
    "b29": 3,  # 'Regnskab pr. indskreven' is read as a price
    "b43": 14,  # 'Rest' is read as the remaining budget, the truth says surplus
    "b44": 10,  # 'Afvigelse' of the whole project
    "b46": 22,  # 'Rest' with the formula in the heading
}


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_every_figure_is_read_and_nearly_all_are_understood(path: Path) -> None:
    result = score(path)
    assert result.read == result.figures
    assert result.figures - result.right == NOT_RIGHT.get(path.stem, 0)


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_a_clean_text_gives_nothing_above_note_and_one_with_planted_errors_something(path: Path) -> None:
    result = score(path)
    assert (result.findings == 0) == result.clean
