"""Is the likeliest of several explanations told first, and as likely only where its slip is telling?"""

from __future__ import annotations

import pytest

from checker.diagnose.likely import TELLING, TIMES, held, ranked, surer
from checker.model.causes import CERTAIN, LIKELY, POSSIBLE, Option, Suggestion
from tests.build import TKR
from tests.diagnose.build import figure, made

SYSTEM = made([figure("a", 10), figure("b", 20), figure("c", 30)])


def option(name: str, luck: float, certainty: str = POSSIBLE) -> Option:
    return Option((name,), (Suggestion(name, "digit", certainty, TKR, luck=luck),))


def told(*options: Option) -> list[tuple[str, str]]:
    return [(o.figures[0], o.suggestions[0].certainty) for o in ranked(list(options), SYSTEM)]


def test_the_slip_that_fits_least_by_chance_comes_first() -> None:
    assert [name for name, _ in told(option("a", 0.9), option("b", 0.2), option("c", 0.5))] == ["b", "c", "a"]


def test_equally_likely_figures_stand_as_in_the_document() -> None:
    assert [name for name, _ in told(option("b", 0.5), option("a", 0.5))] == ["b", "a"]


@pytest.mark.parametrize(
    ("first", "second", "certainty"),
    [
        (TELLING, TELLING * TIMES, LIKELY),
        (TELLING * 1.01, 1.0, POSSIBLE),
        (TELLING, TELLING * TIMES * 0.99, POSSIBLE),
        (0.0001, 0.001, LIKELY),
        (0.001, 0.001, POSSIBLE),
    ],
)
def test_only_a_telling_slip_that_no_other_comes_near_is_likely(first: float, second: float, certainty: str) -> None:
    assert told(option("a", first), option("b", second)) == [("a", certainty), ("b", POSSIBLE)]


def test_an_explanation_without_suggestions_is_the_least_likely() -> None:
    plain = Option(("c",))
    assert ranked([plain, option("a", 0.01)], SYSTEM) == [surer(option("a", 0.01)), plain]


def test_the_chances_of_several_figures_are_multiplied() -> None:
    two = Option(("a", "b"), (*option("a", 0.1).suggestions, *option("b", 0.1).suggestions))
    assert ranked([option("c", 0.02), two], SYSTEM)[0].figures == ("a", "b")


def test_what_may_be_nothing_but_what_it_is_is_no_explanation() -> None:
    same = Option(("a",), (Suggestion("a", "sums", CERTAIN, 10 * TKR, 10 * TKR, 10 * TKR),))
    other = Option(("a",), (Suggestion("a", "sums", CERTAIN, 11 * TKR, 11 * TKR, 11 * TKR),))
    wide = Option(("a",), (Suggestion("a", "sums", CERTAIN, 10 * TKR, 9 * TKR, 11 * TKR),))
    assert [held(o, SYSTEM) for o in (same, other, wide, Option(("a",)))] == [True, False, False, False]
