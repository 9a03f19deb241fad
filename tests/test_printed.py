"""Are calculations shown with the signs that stand in the tables, and do they still add up?"""

from __future__ import annotations

from checker.model.outcomes import Evidence
from checker.model.rules import Rule
from checker.printed import printed
from checker.reports.calculation import calculation
from checker.wording import say
from tests.build import rule, run

DIFFERENCE = rule("difference", {"stated": "over_underskud", "minuend": "basis", "subtrahend": "regnskab"})
TOTAL = rule("total")
SAME = rule("same_figure")
BOUND = rule("bound", {"figure": "overfoersel_soegt", "limit": "over_underskud", "limit_part": "positive"})

WORSE_IS_PLUS = """
| I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Afvigelse 2023 |
| Skoler | 100 | 110 | 10 |
| SFO | 50 | 45 | -5 |
| Klub | 30 | 30 | 9 |
| I alt | 180 | 185 | 5 |
"""

EXPENSES_BELOW_ZERO = """
| I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| Udgifter til skoler | -100 | -110 | -10 |
| Udgifter til SFO | -50 | -45 | 5 |
| Indtægter | 30 | 33 | 3 |
"""


def shown(text: str, rule_: Rule, label: str) -> tuple[str, list[str]]:
    """The message and the calculation of the outcome about a line."""
    (outcome,) = [o for o in run(text, rule_).outcomes if o.at.label == label and o.at.measure == "over_underskud"]
    assert outcome.evidence is not None
    adds_up(printed(outcome.evidence))
    lines = calculation(printed(outcome.evidence), (), "da")
    return say(outcome.message, "da"), [line.strip() for line in lines]


def adds_up(evidence: Evidence) -> None:
    """The terms make the difference that is stated."""
    if evidence.op == "=":
        stated = next(t for t in evidence.terms if t.stated)
        left = sum(t.weight * t.value for t in evidence.terms)
        assert left * (1 if stated.weight > 0 else -1) == evidence.difference


def test_a_deviation_printed_as_accounts_less_budget_is_reckoned_so() -> None:
    assert shown(WORSE_IS_PLUS, DIFFERENCE, "Skoler") == (
        "Kolonnerne giver 10 t.kr., som oplyst.",
        [
            "regnskab           110 t.kr.",
            "- korrigeret budget  100 t.kr.",
            "= beregnet            10 t.kr.",
            "oplyst: afvigelse   10 t.kr.",
        ],
    )
    message, lines = shown(WORSE_IS_PLUS, DIFFERENCE, "Klub")
    assert message == (
        "Kolonnerne giver 0 t.kr., men der står 9 t.kr. Forskellen er +9 t.kr.; afrunding kan højst forklare 1,5 t.kr."
    )
    assert lines[3:5] == ["oplyst: afvigelse   9 t.kr.", "difference         +9 t.kr."]


def test_the_sum_of_a_turned_column_is_shown_as_printed() -> None:
    message, lines = shown(WORSE_IS_PLUS, TOTAL, "I alt")
    assert message.startswith("Delposterne giver 14 t.kr., men der står 5 t.kr. Forskellen er -9 t.kr.")
    assert lines[:5] == ["Skoler         10 t.kr.", "+ SFO            -5 t.kr.", "+ Klub            9 t.kr.",
                         "= beregnet       14 t.kr.", "oplyst: I alt   5 t.kr."]  # fmt: skip


def test_expenses_below_zero_keep_their_sign_and_the_weights_turn() -> None:
    assert shown(EXPENSES_BELOW_ZERO, DIFFERENCE, "Udgifter til skoler") == (
        "Kolonnerne giver -10 t.kr., som oplyst.",
        [
            "regnskab                 -110 t.kr.",
            "- korrigeret budget        -100 t.kr.",
            "= beregnet                  -10 t.kr.",
            "oplyst: over-/underskud   -10 t.kr.",
        ],
    )


def test_figures_that_agree_are_shown_as_printed_where_all_are_turned() -> None:
    report = run(f"{WORSE_IS_PLUS}\nIgen\n{WORSE_IS_PLUS}", SAME)
    evidence = next(o.evidence for o in report.outcomes if (o.at.label, o.at.measure) == ("SFO", "over_underskud"))
    assert evidence is not None
    assert [t.value for t in evidence.terms] == [500_000, 500_000]
    assert [t.value for t in printed(evidence).terms] == [-500_000, -500_000]
    assert printed(evidence).difference == evidence.difference == 0


def test_what_is_printed_as_it_is_reckoned_and_bounds_stay_as_they_are() -> None:
    better = (
        "| I kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |\n| A | 9 | 4 | 5 |\n| B | 7 | 8 | -1 |\n"
    )
    for outcome in run(better, DIFFERENCE).outcomes:
        assert outcome.evidence is not None
        assert printed(outcome.evidence) == outcome.evidence
    transfers = WORSE_IS_PLUS.replace("Afvigelse 2023 |", "Afvigelse 2023 | Søgt overført til 2024 |").replace(
        "| -5 |", "| -5 | 4 |"
    )
    (outcome,) = [o for o in run(transfers, BOUND).outcomes if o.evidence and o.status == "passed"]
    assert outcome.evidence is not None
    assert [t.orientation for t in outcome.evidence.terms] == [1, -1]
    assert printed(outcome.evidence) == outcome.evidence
