"""Is every rule grounded and evaluated once, in order, and does the fault of one leave the others alone?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.confront import Confronted, confront, not_applicable
from checker.kinds import KINDS
from checker.model.document import Place
from checker.model.outcomes import At, Message, Outcome, PlanRow
from checker.model.rules import Derived, Grounding, Rule, RuleSet
from checker.model.submission import Submission
from tests.build import KR, TKR, fact, ground, line_of, rule, run, submission

TABLES = """
Oversigt i 1.000 kr.
| Nr. | Område | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| 1 | Skoler | 100 | 90 | 10 |
| 2 | SFO | 40 | 45 | -7 |
| | I alt | 140 | 135 | 3 |

Specifikation i 1.000 kr.
| Nr. | Område | Regnskab 2023 |
| 1 | Skoler | 90 |
| 2 | SFO | 46 |
| | I alt | 136 |
"""

TOTAL = rule("total", id="AAA001")
DEVIATION = rule("difference", {"stated": "over_underskud", "minuend": "basis", "subtrahend": "regnskab"}, id="BBB001")
SAME = rule("same_figure", id="CCC001")


def test_rules_come_in_their_order_and_outcomes_as_they_stand_in_the_document() -> None:
    found = run(TABLES, SAME, DEVIATION, TOTAL)
    assert [(o.rule_id, line_of(o)) for o in found.outcomes] == [
        ("CCC001", "passed T2 1 Skoler regnskab 2023: stated 90 computed 90 off 0 most 0"),
        ("CCC001", "failed T2 2 SFO regnskab 2023: stated 46 computed 45 off 1 most 0"),
        ("CCC001", "failed T2 I alt regnskab 2023: stated 136 computed 135 off 1 most 0"),
        ("BBB001", "passed T1 1 Skoler over_underskud 2023: stated 10 computed 10 off 0 most 1,5"),
        ("BBB001", "failed T1 2 SFO over_underskud 2023: stated -7 computed -5 off -2 most 1,5"),
        ("BBB001", "failed T1 I alt over_underskud 2023: stated 3 computed 5 off -2 most 1,5"),
        ("AAA001", "passed T1 I alt korrigeret_budget 2023: stated 140 computed 140 off 0 most 1,5"),
        ("AAA001", "passed T1 I alt regnskab 2023: stated 135 computed 135 off 0 most 1,5"),
        ("AAA001", "passed T1 I alt over_underskud 2023: stated 3 computed 3 off 0 most 1,5"),
        ("AAA001", "passed T2 I alt regnskab 2023: stated 136 computed 136 off 0 most 1,5"),
    ]
    places = [[o.places[0].line for o in found.outcomes if o.rule_id == r] for r in ("BBB001", "AAA001")]
    assert places == [[4, 5, 6], [6, 6, 6, 12]]


def test_the_plan_says_how_many_checks_each_rule_made_in_each_table() -> None:
    found = run(TABLES, TOTAL, DEVIATION, rule("price_year", id="DDD001"))
    assert found.plan == (
        PlanRow("AAA001", "Oversigt i 1.000 kr.", 3),
        PlanRow("AAA001", "Specifikation i 1.000 kr.", 1),
        PlanRow("BBB001", "Oversigt i 1.000 kr.", 3),
        PlanRow("DDD001", "", 0, "plan.no_price_year"),
    )


def test_the_groundings_are_kept_for_other_engines() -> None:
    read = submission(TABLES)
    found = run(read, TOTAL, SAME)
    assert dict(found.groundings) == {"AAA001": ground(TOTAL, read), "CCC001": ground(SAME, read)}


def test_predicates_and_relations_are_both_evaluated() -> None:
    found = run("Tal\n| Område | Regnskab 2023 |\n| Skoler | 100 |\n", rule("presence", {"what": "unit"}))
    assert [line_of(o) for o in found.outcomes] == ["failed T1 unit: found [Tal] allowed []"]
    assert found.plan == (PlanRow("R", "Tal", 1),)


def test_no_rules_give_nothing() -> None:
    assert run(TABLES) == Confronted((), (), (), {})


def test_truncation_reaches_the_engine() -> None:
    text = "Regnskab i 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 10 |\n| SFO | 10 |\n| I alt | 19 |\n"
    assert [o.status for o in run(text, TOTAL).outcomes] == ["passed_rounding"]
    assert [o.status for o in run(text, TOTAL, truncated=True).outcomes] == ["failed"]


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "year", "reason"),
    [
        (None, None, 2023, ""),
        (2023, 2023, 2023, ""),
        (2024, None, 2023, "plan.other_years"),
        (2023, None, 2023, ""),
        (2022, None, 2023, ""),
        (None, 2022, 2023, "plan.other_years"),
        (None, 2023, 2023, ""),
        (None, 2024, 2023, ""),
        (2024, 2022, None, ""),
    ],
)
def test_the_years_of_a_rule(valid_from: int | None, valid_to: int | None, year: int | None, reason: str) -> None:
    read = replace(submission(TABLES), year=year)
    limited = replace(TOTAL, valid_from=valid_from, valid_to=valid_to)
    assert not_applicable(limited, read) == reason
    found = confront(read, RuleSet("s", "1", "", (limited,)))
    assert bool(found.outcomes) is not bool(reason)
    assert (found.plan[0] == PlanRow("AAA001", "", 0, reason)) is bool(reason)
    assert bool(found.groundings) is not bool(reason)


def test_a_rule_whose_parameter_nobody_set_is_left_out() -> None:
    unset = replace(TOTAL, unset="loft", valid_from=2024)
    found = run(TABLES, unset, DEVIATION)
    assert found.plan[0] == PlanRow("AAA001", "", 0, "plan.parameter_unset")
    assert {o.rule_id for o in found.outcomes} == {"BBB001"}
    assert list(found.groundings) == ["BBB001"]


def test_a_rule_that_crashes_is_one_outcome_of_status_error_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crash(rule: Rule, submission: Submission) -> Grounding:
        raise ZeroDivisionError(f"{rule.id} met {len(submission.statements)} tables")

    monkeypatch.setitem(KINDS, "total", replace(KINDS["total"], ground=crash))
    found = run(TABLES, TOTAL, DEVIATION)
    what = "ZeroDivisionError: AAA001 met 2 tables"
    assert found.outcomes[0] == Outcome(
        rule_id="AAA001",
        rule_name="some-defect",
        kind="total",
        severity="error",
        status="error",
        at=At(),
        message=Message("outcome.error", {"rule": "AAA001", "what": what}),
        reason=what,
    )
    assert [o.status for o in found.outcomes[1:]] == ["passed", "failed", "failed"]
    assert found.plan[:2] == (PlanRow("AAA001", "", 0, "plan.crashed"), PlanRow("BBB001", "Oversigt i 1.000 kr.", 3))
    assert list(found.groundings) == ["BBB001"]


def test_a_relation_that_cannot_be_evaluated_crashes_its_rule_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A derived point of an operation nobody knows: half an answer is no answer."""

    def broken(rule: Rule, submission: Submission) -> Grounding:
        made = KINDS["difference"].ground(rule, submission)
        unknown = Derived("made", rule.id, "cube", "within", ("line",), "kr", made.terms[0].statement)
        return replace(made, terms=(*made.terms, replace(made.terms[0], relation="made")), derived=(unknown,))

    monkeypatch.setitem(KINDS, "total", replace(KINDS["total"], ground=broken))
    found = run(TABLES, replace(DEVIATION, id="AAA001", kind="total"), SAME)
    assert [o.status for o in found.outcomes if o.rule_id == "AAA001"] == ["error"]
    assert [o.status for o in found.outcomes if o.rule_id == "CCC001"] == ["passed", "failed", "failed"]
    assert list(found.groundings) == ["CCC001"]


def test_a_rule_that_grounds_to_nothing_says_why() -> None:
    found = run("Ingen tal.", TOTAL, SAME)
    assert found.outcomes == ()
    assert found.plan == (PlanRow("AAA001", "", 0, "plan.no_totals"), PlanRow("CCC001", "", 0, "plan.one_table"))


def test_a_rule_whose_relations_give_no_result_says_that_it_met_nothing() -> None:
    text = TABLES.replace("| 90 |\n| 2 | SFO | 46 |", "| 90 |\n| 3 | Klub | 46 |").replace("136", "137")
    apart = run(text.replace("Regnskab 2023 |\n| 1 | Skoler | 90 |", "Budget 2022 |\n| 1 | Skoler | 90 |"), SAME)
    assert apart.outcomes == ()
    assert apart.plan == (PlanRow("CCC001", "", 0, "plan.met_nothing"),)


def test_outcomes_without_a_place_come_first_and_files_in_order() -> None:
    """A relation that meets no figure has no place; files, then lines, then columns decide the rest."""

    def at(file: str, line: int | None, column: int | None) -> Place:
        return Place(file, line=line, column=column)

    places = [
        at("b", 1, 1),
        at("a", 2, 1),
        at("a", 1, 9),
        at("a", 1, 3),
        at("a", None, 4),
        at("a", 1, 1),
        at("a", 1, None),
    ]
    facts = tuple(
        fact(-5 * TKR, measure="pris", line=str(i), label=str(i), place=place) for i, place in enumerate(places)
    )
    read = submission("I kr.\n| Aktivitet | Pris 2023 |\n| Dagpleje | 5 |\n")
    sign = rule("sign", {"measures": ["pris"]})
    found = run(replace(read, facts=facts), sign)
    assert [o.at.label for o in found.outcomes] == ["4", "6", "5", "3", "2", "1", "0"]
    none = run(replace(read, facts=(fact(5 * KR, statement="T9"),)), sign)
    assert [(o.status, o.reason, o.places) for o in none.outcomes] == [("not_evaluated", "reason.no_facts", ())]
    assert none.plan == (PlanRow("R", read.statements[0].title, 1),)


def test_an_outcome_without_a_place_comes_before_those_with_one() -> None:
    read = submission("I kr.\n| Ting | Pris 2023 |\n| Bil | 5 |\n\nI kr.\n| Sted | Pris 2023 |\n| Havn | 5 |\n")
    only_first = tuple(replace(f, place=Place("A", line=1)) for f in read.facts if f.statement == "T1")
    found = run(replace(read, facts=only_first), rule("sign", {"measures": ["pris"]}))
    assert [(o.at.statement, o.status) for o in found.outcomes] == [("T2", "not_evaluated"), ("T1", "passed")]


def test_the_place_of_the_stated_figure_decides_and_not_those_it_is_held_against() -> None:
    text = """
Oversigt i 1.000 kr.
| Nr. | Område | Regnskab 2023 |
| 1 | Skoler | 90 |
| 2 | SFO | 45 |

Omvendt i 1.000 kr.
| Nr. | Område | Regnskab 2023 |
| 2 | SFO | 45 |
| 1 | Skoler | 90 |
"""
    assert [o.at.label for o in run(text, SAME).outcomes] == ["2 SFO", "1 Skoler"]
