"""Does the kind `text_claim` make one finding of all that a text says and that cannot be?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.document import Place
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import Claim, Submission
from tests.build import ground, predicate_line, rule, submission, told

NOTHING = Grounding(unbound="plan.no_amounts_in_text")
CONTRADICTION, YEAR, NEGATIVE, NO_LINE = (
    rule("text_claim", {"what": what}) for what in ("contradiction", "transfer_year", "double_negative", "no_line")
)

TABLE = """
| I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 |
| Skoler | 1.000 | 900 |
| SFO | 500 | 520 |

Skoler

"""
PLAIN = TABLE + "Der er et overskud på 100.000 kr.\n"


def claim(kind: str, about: str, value: str, year: int | None = None) -> Claim:
    return Claim(kind, "", about, value, Place("case", line=9), year)


def claiming(*claims: Claim) -> Submission:
    """A text with an amount in it that makes these claims and no others."""
    return replace(submission(PLAIN), claims=claims)


def test_the_years_of_transfers_in_full() -> None:
    made = submission(TABLE + "Overskuddet på 100.000 kr. søges overført til 2025.\n")
    (index,) = (i for i, c in enumerate(made.claims) if c.kind == "text_transfer_year")
    assert ground(YEAR, made) == Grounding(
        predicates=(
            Predicate(
                "R/transfer_year", "R", "", "transfer_year", ("2025",), (), (index,),
                facts=("P1.A2",), args=(("expected", "2024"),),
            ),
        )
    )  # fmt: skip
    assert told(made, YEAR) == ["failed transfer_year: found [2025] allowed []"]


@pytest.mark.parametrize(("year", "found"), [("2024", "passed"), ("2023", "failed"), ("2022", "failed")])
def test_money_is_carried_to_the_year_after_the_accounts(year: str, found: str) -> None:
    text = TABLE + f"Overskuddet på 100.000 kr. søges overført til {year}.\n"
    assert [line.split()[0] for line in told(text, YEAR)] == [found]


def test_a_right_year_is_said_of_its_facts_and_found_nowhere() -> None:
    made = claiming(claim("text_transfer_year", "P1.A1", "2024", 2024))
    assert [predicate_line(p) for p in ground(YEAR, made).predicates] == [
        "R/transfer_year: transfer_year found [] allowed [] claims []"
    ]
    (predicate,) = ground(YEAR, made).predicates
    assert (predicate.facts, predicate.args) == (("P1.A1",), (("expected", "2024"),))


def test_only_what_is_wrong_is_found_and_the_same_once() -> None:
    made = claiming(
        claim("text_transfer_year", "P1.A1", "2024", 2024),
        claim("text_transfer_year", "P1.A2", "2025", 2024),
        claim("price_year", "P1.A9", "2025", 2024),
        claim("text_transfer_year", "P1.A3", "2025", 2024),
        claim("text_transfer_year", "", "2021", 2024),
    )
    (predicate,) = ground(YEAR, made).predicates
    assert (predicate.found, predicate.claims, predicate.facts) == (("2025", "2021"), (1, 3, 4), ("P1.A2", "P1.A3"))


def test_the_year_that_is_expected_is_the_first_that_is_known() -> None:
    made = claiming(
        claim("text_transfer_year", "P1.A1", "2025"),
        claim("text_transfer_year", "P1.A2", "2025", 2024),
        claim("text_transfer_year", "P1.A3", "2025", 2026),
    )
    (predicate,) = ground(YEAR, made).predicates
    assert predicate.args == (("expected", "2024"),)
    assert predicate.claims == (0, 1, 2)
    assert ground(YEAR, claiming(claim("text_transfer_year", "", "2025"))).predicates[0].args == (("expected", ""),)


def test_a_text_that_names_no_year_of_a_transfer_has_nothing_to_check() -> None:
    assert ground(YEAR, PLAIN) == NOTHING
    assert ground(YEAR, TABLE + "Overskuddet på 100.000 kr. søges overført.\n") == NOTHING


def test_two_words_against_each_other() -> None:
    text = PLAIN.rstrip() + " Underskuddet indgår i det samlede resultat.\n"
    assert told(text, CONTRADICTION) == ["failed contradiction: found [Skoler] allowed []"]
    assert told(PLAIN, CONTRADICTION) == ["passed contradiction: found [] allowed []"]


def test_a_word_for_a_deficit_with_a_minus() -> None:
    text = TABLE + "Der er et underskud på -20.000 kr.\n"
    assert told(text, NEGATIVE) == ["failed double_negative: found [-20.000 kr.] allowed []"]
    assert told(PLAIN, NEGATIVE) == ["passed double_negative: found [] allowed []"]


def test_amounts_that_belong_to_no_line_are_one_finding() -> None:
    text = PLAIN + "\nKlubber\n\nDer er et overskud på 70.000 kr.\n\nMusikskole\n\nDer er et underskud på 30.000 kr.\n"
    assert told(text, NO_LINE) == ["failed no_line: found [70.000 kr. (Klubber), 30.000 kr. (Musikskole)] allowed []"]
    assert told(PLAIN, NO_LINE) == ["passed no_line: found [] allowed []"]


def test_of_other_things_a_year_that_is_right_is_no_excuse() -> None:
    made = claiming(claim("text_contradiction", "P1.A1", "2024", 2024))
    (predicate,) = ground(CONTRADICTION, made).predicates
    assert (predicate.found, predicate.claims) == (("2024",), (0,))


def test_a_claim_of_another_kind_is_another_rule_s() -> None:
    made = claiming(claim("text_no_line", "P1.A1", "70.000 kr. (Klubber)"))
    assert ground(NEGATIVE, made).predicates[0].found == ()
    assert ground(NO_LINE, made).predicates[0].found == ("70.000 kr. (Klubber)",)
    assert ground(YEAR, made) == NOTHING


@pytest.mark.parametrize("given", [CONTRADICTION, YEAR, NEGATIVE, NO_LINE], ids=lambda r: str(r.settings["what"]))
def test_a_text_without_amounts_is_not_checked(given: Rule) -> None:
    assert ground(given, TABLE) == NOTHING
    wrong = claim(f"text_{given.settings['what']}", "P1.A1", "2022", 2024)
    assert ground(given, replace(submission(TABLE), claims=(wrong,))) == NOTHING


def test_its_settings() -> None:
    kind = KINDS["text_claim"]
    assert dict(kind.settings) == {
        "what": Setting(
            "choice", required=True, choices=("contradiction", "transfer_year", "double_negative", "no_line")
        )
    }
    assert (kind.predicate, kind.where) == (True, ())
