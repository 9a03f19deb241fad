"""Which way round, and against what, are deviations read in tables that say it in their own way?"""

from __future__ import annotations

from checker.model.rules import NOTE
from checker.model.submission import Column
from checker.recognise.notes import sign_claims
from checker.recognise.vocabulary import vocabulary
from checker.rulefile import load_rules
from checker.run import check_submission
from tests.build import submission


def columns(text: str) -> list[Column]:
    """Every column of amounts, table by table."""
    return [c for s in submission(text).statements for c in s.columns]


def findings(text: str) -> list[str]:
    """Rules with a finding above note."""
    return [
        f.outcomes[0].rule_id for f in check_submission(submission(text), load_rules()).findings if f.severity != NOTE
    ]


FORECAST = """
| I 1.000 kr. | Korrigeret budget 2024 | Forbrug 2024 | Forventet regnskab 2024 | Afvigelse (FR - KB) |
| Skoler | 100 | 60 | 110 | 10 |
| SFO | 50 | 30 | 45 | -5 |
| Klubber | 40 | 20 | 43 | 3 |
"""


def test_fr_less_kb_is_a_deviation_of_the_expected_accounts_from_the_revised_budget() -> None:
    last = columns(FORECAST)[-1]
    assert (last.measure, last.basis, last.orientation) == ("forventet_over_underskud", "korrigeret_budget", -1)
    assert findings(FORECAST) == []


def test_a_dash_before_a_sign_convention_is_no_sign() -> None:
    vocab = vocabulary()
    assert sign_claims("mio. kr., 1 decimal – udgifter +, indtægter -", vocab) == [("udgift", "+")]
    assert sign_claims("- udgifter, + indtægter", vocab) == [("udgift", "-")]


def test_what_a_deviation_is_made_of_is_in_kroner() -> None:
    text = """
| I 1.000 kr. | Afvigelse | Afvigelse |
| Ydelse | Mængde | Pris |
| Pleje | 15 | -20 |
| Hjælp | 12 | 4 |
"""
    assert {(c.measure, c.dimension) for c in columns(text)} == {("beloeb", "kr")}


def test_merforbrug_beside_mindreforbrug_are_two_sides_and_not_one_figure() -> None:
    text = """
| I 1.000 kr. | Merforbrug | Mindreforbrug | Netto |
| Skoler | 10 | -4 | 6 |
| SFO | 8 | -9 | -1 |
"""
    assert [c.measure for c in columns(text)][:2] == ["beloeb", "beloeb"]
    assert findings(text) == []


def test_a_deviation_that_nothing_decides_turns_as_the_same_lines_of_another_table() -> None:
    text = """
Resultat
| I 1.000 kr. | Korr. budget 2024 | Regnskab 2024 | Afvigelse til korr. budget |
| Skoler | 100 | 110 | 10 |
| SFO | 50 | 45 | -5 |
| Klubber | 40 | 43 | 3 |

De enkelte områder
| I 1.000 kr. | Mindreforbrug til korr. budget 2024 |
| Skoler | 10 |
| SFO | -5 |
| Klubber | 3 |
"""
    assert [(c.orientation, c.orientation_why) for c in columns(text) if c.measure == "over_underskud"] == [
        (-1, "rows"),
        (-1, "same_lines"),
    ]
    assert findings(text) == []
