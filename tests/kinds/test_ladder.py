"""Does the kind `ladder` hold each running result against the one before it and what stands between them?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Grounding, Relation, Term
from tests.build import ground, relation_lines, rule, submission, told

LADDER = rule("ladder")

STEPS = """
| I 1.000 kr. | Budget 2023 | Regnskab 2023 |
| Skatter | -900 | -910 |
| Løn | 800 | 820 |
| Driftsresultat | -100 | -90 |
| Renter | 10 | 12 |
| Resultat | -90 | -78 |
"""

ONE_STEP = """
| I 1.000 kr. | Regnskab 2023 |
| Skatter | 910 |
| Løn | 820 |
| Driftsresultat | 90 |
"""

FREE = " = 0 | within T1 free year,as_of missing not_evaluated"


def stating(last: str, step: str = "-90") -> list[str]:
    """What is said of the accounts when the results are these."""
    text = STEPS.replace("| -78 |", f"| {last} |").replace("| -100 | -90 |", f"| -100 | {step} |")
    return [line for line in told(text, LADDER) if "regnskab" in line]


def test_every_result_is_one_relation_per_column() -> None:
    assert relation_lines(ground(LADDER, STEPS)) == [
        f"R/T1/0/budget/: +1(T1.-.skatter.budget.-.-.-) +1(T1.-.løn.budget.-.-.-)"
        f" -1*(T1.-.driftsresultat.budget.-.-.-){FREE}",
        f"R/T1/0/regnskab/: +1(T1.-.skatter.regnskab.-.-.-) +1(T1.-.løn.regnskab.-.-.-)"
        f" -1*(T1.-.driftsresultat.regnskab.-.-.-){FREE}",
        f"R/T1/1/budget/: +1(T1.-.driftsresultat.budget.-.-.-) +1(T1.-.renter.budget.-.-.-)"
        f" -1*(T1.-.resultat.budget.-.-.-){FREE}",
        f"R/T1/1/regnskab/: +1(T1.-.driftsresultat.regnskab.-.-.-) +1(T1.-.renter.regnskab.-.-.-)"
        f" -1*(T1.-.resultat.regnskab.-.-.-){FREE}",
    ]
    assert told(STEPS, LADDER) == [
        "passed T1 Driftsresultat budget 2023: stated -100 computed -100 off 0 most 1,5",
        "passed T1 Driftsresultat regnskab 2023: stated -90 computed -90 off 0 most 1,5",
        "passed T1 Resultat budget 2023: stated -90 computed -90 off 0 most 1,5",
        "passed T1 Resultat regnskab 2023: stated -78 computed -78 off 0 most 1,5",
    ]


def test_a_relation_and_its_terms_in_full() -> None:
    made = ground(rule("ladder", missing="zero"), STEPS)
    key = "R/T1/1/regnskab/"
    assert made.relations[3] == Relation(key, "R", "=", "within", ("year", "as_of"), "zero", "T1", "Resultat")
    assert [t for t in made.terms if t.relation == key] == [
        Term(key, 1, "T1", None, "driftsresultat", "regnskab"),
        Term(key, 1, "T1", None, "renter", "regnskab"),
        Term(key, -1, "T1", None, "resultat", "regnskab", stated=True),
    ]
    assert (made.predicates, made.derived, made.unbound) == ((), (), "")


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("-78", "passed T1 Resultat regnskab 2023: stated -78 computed -78 off 0 most 1,5"),
        ("-79", "passed_rounding T1 Resultat regnskab 2023: stated -79 computed -78 off -1 most 1,5"),
        ("-77", "passed_rounding T1 Resultat regnskab 2023: stated -77 computed -78 off 1 most 1,5"),
        ("-80", "failed T1 Resultat regnskab 2023: stated -80 computed -78 off -2 most 1,5"),
        ("-76", "failed T1 Resultat regnskab 2023: stated -76 computed -78 off 2 most 1,5"),
    ],
)
def test_a_whole_unit_is_within_the_bound_of_one_and_a_half_and_two_are_past_it(last: str, said: str) -> None:
    assert stating(last) == ["passed T1 Driftsresultat regnskab 2023: stated -90 computed -90 off 0 most 1,5", said]


def test_exactly_at_the_bound() -> None:
    """Half a million of the result before, half of 0,1 of the item and of the result: 0,6, the bound included."""
    text = STEPS.replace("I 1.000 kr.", "I mio. kr.").replace("| 12 |", "| 12,0 |").replace("| -78 |", "| -79,0 |")
    lines = [line for line in told(text, LADDER) if " Resultat regnskab" in line]
    assert lines == ["failed T1 Resultat regnskab 2023: stated -79,0 computed -78,0 off -1,0 most 0,6"]
    at = text.replace("| -79,0 |", "| -78,6 |")
    assert [line for line in told(at, LADDER) if " Resultat regnskab" in line] == [
        "passed_rounding T1 Resultat regnskab 2023: stated -78,6 computed -78,0 off -0,6 most 0,6"
    ]


def test_a_wrong_result_in_the_middle_is_said_of_both_steps() -> None:
    assert stating("-78", "-95") == [
        "failed T1 Driftsresultat regnskab 2023: stated -95 computed -90 off -5 most 1,5",
        "failed T1 Resultat regnskab 2023: stated -78 computed -83 off 5 most 1,5",
    ]


def test_a_result_that_nothing_proves_is_blocked_and_not_grouped_with_uncertain_totals() -> None:
    assert relation_lines(ground(LADDER, ONE_STEP)) == [
        "R/T1/0/regnskab/: +1(T1.-.skatter.regnskab.-.-.-) +1(T1.-.løn.regnskab.-.-.-)"
        f" -1*(T1.-.driftsresultat.regnskab.-.-.-){FREE} blocked reason.ladder_unclear"
    ]
    assert told(ONE_STEP, LADDER) == ["not_evaluated T1 Driftsresultat regnskab 2023: reason.ladder_unclear"]


def test_selected_items_owe_no_result() -> None:
    read = submission(STEPS)
    some = replace(read, structure=tuple(replace(p, selected=True) for p in read.structure))
    assert {r.blocked for r in ground(LADDER, some).relations} == {"reason.selected"}


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("not_evaluated", "not_evaluated T1 Resultat regnskab 2023: reason.part_missing"),
        ("zero", "passed T1 Resultat regnskab 2023: stated -90 computed -90 off 0 most 1"),
        ("fail", "failed T1 Resultat regnskab 2023: reason.part_missing"),
    ],
)
def test_a_missing_item_follows_the_rule(missing: str, said: str) -> None:
    text = STEPS.replace("| 12 |", "| |").replace("| -78 |", "| -90 |")
    assert told(text, rule("ladder", missing=missing))[-1] == said


def test_a_missing_result_is_never_judged() -> None:
    text = STEPS.replace("| -78 |", "| |")
    assert "not_evaluated T1 Resultat regnskab 2023: reason.total_missing" in told(text, LADDER)


def test_totals_are_left_to_their_own_kind_and_the_other_way_round() -> None:
    text = STEPS.replace("Resultat |", "Resultat i alt |")
    assert [r.label for r in ground(LADDER, text).relations] == ["Driftsresultat"] * 2
    assert [r.label for r in ground(rule("total"), text).relations] == ["Resultat i alt"] * 2
    assert ground(rule("total"), STEPS) == Grounding(unbound="plan.no_totals")


def test_nothing_to_check() -> None:
    text = "| I kr. | Regnskab 2023 |\n| Skoler | 30 |\n| SFO | 5 |\n| I alt | 35 |\n"
    assert ground(LADDER, text) == Grounding(unbound="plan.no_ladder")


def test_scopes_layouts_and_measures_narrow_it() -> None:
    assert ground(rule("ladder", scopes=("anlaeg",)), STEPS).unbound == "plan.no_ladder"
    whole = replace(submission(STEPS), structure=tuple(replace(p, scope="drift") for p in submission(STEPS).structure))
    assert len(ground(rule("ladder", scopes=("drift",)), whole).relations) == 4
    assert ground(rule("ladder", tables=("overfoersler",)), STEPS).unbound == "plan.no_ladder"
    layout = submission(STEPS).statements[0].layout
    assert len(ground(rule("ladder", tables=(layout,)), STEPS).relations) == 4
    left = ground(rule("ladder", {"except": ["regnskab"]}), STEPS)
    assert [r.id for r in left.relations] == ["R/T1/0/budget/", "R/T1/1/budget/"]


def test_the_settings() -> None:
    assert KINDS["ladder"].settings == {"except": Setting("measures", default=("pris",))}
    assert not KINDS["ladder"].predicate
    assert KINDS["ladder"].where == ("table", "scope")
