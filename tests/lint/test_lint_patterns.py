"""Does lint find patterns that no text can meet, and those that another one always comes before?"""

from __future__ import annotations

import pytest

from checker.lint.patterns import faults, idle, written
from checker.recognise.words import pattern, words
from checker.yamlsource import parse_yaml
from tests.test_rulefile import line_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("regnskab*", []),
        ("*pris", []),
        ("politikområde *", []),
        ("korr|korrigere* bud*", []),
        ("%", []),
        ("#", []),
        ("m2", []),
        ("a*b", ["lint.pattern_form(found=a*b)"]),
        ("*midt*", ["lint.pattern_form(found=*midt*)"]),
        ("bud**", ["lint.pattern_form(found=bud**)"]),
        ("opr||oprindelig", ["lint.pattern_form(found=opr||oprindelig)"]),
        ("|opr", ["lint.pattern_form(found=|opr)"]),
        ("nr.", ["lint.pattern_never_met(found=nr.) -> nr"]),
        ("Regnskab*", ["lint.pattern_never_met(found=Regnskab*) -> regnskab*"]),
        ("over-/underskud*", ["lint.pattern_never_met(found=over-/underskud*) -> over underskud*"]),
        ("- heraf", ["lint.pattern_never_met(found=-) -> heraf"]),
        ("+", ["lint.pattern_never_met(found=+)"]),
        ("r2021", ["lint.pattern_never_met(found=r2021) -> r 2021"]),
        ("rest a*b nr.", ["lint.pattern_form(found=a*b)", "lint.pattern_never_met(found=nr.) -> rest a*b nr"]),
    ],
)
def test_a_pattern_is_rightly_written(text: str, expected: list[str]) -> None:
    source = parse_yaml(f"a: ['{text}']\n", "f")
    assert [line_of(c) for c in faults(source, ("a",), [text])] == [f"f:1:5 {line}" for line in expected]


@pytest.mark.parametrize("text", ["nr.", "Regnskab*", "over-/underskud*"])
def test_what_is_suggested_is_met_by_the_text_itself(text: str) -> None:
    source = parse_yaml("a: [x]\n", "f")
    (found,) = faults(source, ("a",), [text])
    assert found.suggestion
    assert pattern(found.suggestion).meets(words(text))
    assert not pattern(text).meets(words(text))


def told(*patterns: str | tuple[str, str], by_weight: bool = False) -> list[str]:
    """Which patterns are idle and why; a pair is a key and a pattern, and all keys are in one table."""
    pairs = [("k", p) if isinstance(p, str) else p for p in patterns]
    source = parse_yaml("".join(f"- '{text}'\n" for _, text in pairs), "f")
    made = [written((), [text], key)[0] for key, text in pairs]
    made = [type(one)((at,), one.key, one.text, one.compiled) for at, one in enumerate(made)]
    return [line_of(c) for c in idle(source, made, by_weight)]


def test_any_wider_pattern_of_the_same_key_makes_a_narrower_one_idle() -> None:
    assert told("total*", "totalt") == [
        "f:2:3 lint.pattern_shadowed(found=totalt, other=total*, line=1, key=k)",
    ]
    assert told("totalt", "total*") == [
        "f:1:3 lint.pattern_shadowed(found=totalt, other=total*, line=2, key=k)",
    ]
    assert told("sum", "sum") == ["f:2:3 lint.pattern_twice(found=sum, other=sum, line=1, key=k)"]
    assert told("resultat*", "resultat* før*") == [
        "f:2:3 lint.pattern_shadowed(found=resultat* før*, other=resultat*, line=1, key=k)",
    ]
    assert told("*udvalget", "skoleudvalget") == [
        "f:2:3 lint.pattern_shadowed(found=skoleudvalget, other=*udvalget, line=1, key=k)",
    ]
    assert told("a|b", "b") == ["f:2:3 lint.pattern_shadowed(found=b, other=a|b, line=1, key=k)"]
    assert told("område *", "område nord") == [
        "f:2:3 lint.pattern_shadowed(found=område nord, other=område *, line=1, key=k)",
    ]


def test_patterns_that_differ_are_left_alone() -> None:
    assert told("total*", "sum") == []
    assert told("totalt", "totals") == []
    assert told("*tal", "total*") == []
    assert told("a|b", "b|c") == []
    assert told("budget* ny", "budget*") == [
        "f:1:3 lint.pattern_shadowed(found=budget* ny, other=budget*, line=2, key=k)"
    ]
    assert told("ny", "budget* ny") == [], "the second begins earlier in the text"
    assert told("ny budget*", "budget* ny") == []
    assert told(("total", "sum*"), ("result", "sum")) == [], "each key is asked for by itself"


def test_where_the_heaviest_wins_only_a_heavier_one_or_an_equal_one_before_it_counts() -> None:
    assert told("budget*", "budget", by_weight=True) == [
        "f:2:3 lint.pattern_shadowed(found=budget, other=budget*, line=1, key=k)"
    ]
    assert told("budget*", "budgettet", by_weight=True) == [], "longer, so it wins over patterns of other keys"
    assert told("budget*", "budget* ny", by_weight=True) == []
    assert told(("a", "budget*"), ("b", "budget"), by_weight=True) == [
        "f:2:3 lint.pattern_shadowed(found=budget, other=budget*, line=1, key=a)"
    ]
    assert told(("a", "budget"), ("b", "budget"), by_weight=True) == [
        "f:2:3 lint.pattern_twice(found=budget, other=budget, line=1, key=a)"
    ]


def test_only_patterns_that_can_be_read_are_compared() -> None:
    assert [one.text for one in written((), ["a*b", "", " ", 5, "ok*", "*", "a|"])] == ["ok*", "*"]
    assert written((), "no list") == []
