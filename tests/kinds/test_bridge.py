"""Does the kind `bridge` follow the steps from one column to another, whichever columns a table has of them?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.findings import findings
from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.outcomes import Message
from checker.model.rules import Grounding, Relation, Rule, Term
from checker.wording import both
from tests.build import PROPERTY, ground, relation_lines, rule, run, submission, told

STEPS = ["tillaegsbevilling", "omplacering", "overfoersel_ind"]


def budget(missing: str = "zero", **check: Any) -> Rule:
    """From the original to the revised budget."""
    ends = {"from": "oprindeligt_budget", "to": "korrigeret_budget", "steps": STEPS}
    return rule("bridge", ends | check, missing=missing)


def table(heading: str, *rows: str, title: str = "Beløb i 1.000 kr.") -> str:
    """A table with a label before the cells of each row."""
    lines = [f"| {name} | {row} |" for name, row in zip(("Skoler", "SFO", "Klub", "Havn"), rows, strict=False)]
    return "\n".join([title, f"| Område | {heading} |", *lines, ""])


def status(text: str, given: Rule) -> list[str]:
    """The status of every outcome, or why there is none."""
    found = [line.partition(" ")[0] for line in told(text, given)]
    return found or [ground(given, text).unbound]


FULL = table(
    "Opr. budget 2023 | Tillægsbevilling | Omplacering | Overført fra 2022 | Korr. budget 2023",
    "100 | 10 | -5 | 2 | 107",
    "40 | | 5 | | 46",
    "20 | | | | 22",
)


def test_the_steps_between_two_budgets() -> None:
    assert relation_lines(ground(budget(), FULL)) == [
        "R/T1/5: +1(T1.-.-.oprindeligt_budget.-.2023.-) +1(T1.-.-.tillaegsbevilling.-.2023.-)"
        " +1(T1.-.-.omplacering.-.2023.-) +1(T1.-.-.overfoersel_ind.-.2023.-) -1*(T1.-.-.korrigeret_budget.-.2023.-)"
        " = 0 | within T1 free scope,line missing zero"
    ]
    assert told(FULL, budget()) == [
        "passed T1 Skoler korrigeret_budget 2023: stated 107 computed 107 off 0 most 2,5",
        "passed_rounding T1 SFO korrigeret_budget 2023: stated 46 computed 45 off 1 most 1,5",
        "failed T1 Klub korrigeret_budget 2023: stated 22 computed 20 off 2 most 1",
    ]


def test_a_relation_and_its_terms_in_full() -> None:
    text = table("Opr. budget 2023 | Omplacering | Korr. budget 2023", "100 | 10 | 110")
    made = ground(budget(missing="not_evaluated"), text)
    key = "R/T1/3"
    assert made.relations == (Relation(key, "R", "=", "within", ("scope", "line"), "not_evaluated", "T1"),)
    assert made.terms == (
        Term(key, 1, "T1", measure="oprindeligt_budget", year=2023, required=True),
        Term(key, 1, "T1", measure="omplacering", year=2023),
        Term(key, -1, "T1", measure="korrigeret_budget", year=2023, stated=True, required=True),
    )
    assert made.unbound == ""


def test_a_blank_step_means_what_the_rule_says_and_a_blank_end_is_never_zero() -> None:
    text = table(
        "Opr. budget 2023 | Tillægsbevilling | Omplacering | Korr. budget 2023",
        "100 | 10 | | 110",
        "| 10 | 5 | 15",
        "40 | | 5 | ",
    )
    assert status(text, budget()) == ["passed", "not_evaluated", "not_evaluated"]
    assert status(text, budget(missing="not_evaluated")) == ["not_evaluated"] * 3
    assert status(text, budget(missing="fail")) == ["failed", "failed", "not_evaluated"]
    assert [line.partition(": ")[2] for line in told(text, budget())[1:]] == [
        "reason.part_missing",
        "reason.total_missing",
    ]


def test_a_table_without_its_ends_or_with_too_few_steps_is_no_bridge() -> None:
    for heading in (
        "Opr. budget 2023 | Korr. budget 2023 | Regnskab 2023",
        "Opr. budget 2023 | Omplacering | Regnskab 2023",
        "Regnskab 2023 | Omplacering | Korr. budget 2023",
        "Opr. budget 2022 | Omplacering 2023 | Korr. budget 2023",
        "Opr. budget 2023 | Omplacering 2022 | Korr. budget 2023",
    ):
        text = table(heading, "100 | 5 | 105")
        assert ground(budget(), text) == Grounding(unbound="plan.no_bridge"), heading
    assert status(FULL, budget(least_steps=3)) == ["passed", "passed_rounding", "failed"]
    assert status(FULL, budget(least_steps=4)) == ["plan.no_bridge"]
    empty = table("Opr. budget 2023 | Omplacering | Korr. budget 2023", "100 | | 105", "10 | | 12")
    assert status(empty, budget()) == ["plan.no_bridge"]


def test_two_columns_that_could_begin_it_begin_none() -> None:
    text = table("Opr. budget 2023 | Opr. budget 2023 | Omplacering | Korr. budget 2023", "100 | 90 | 5 | 105")
    assert status(text, budget()) == ["plan.no_bridge"]


def test_a_step_that_is_part_of_another_is_left_out() -> None:
    text = table(
        "Opr. budget 2023 | Tillægsbevilling | Heraf omplacering | Korr. budget 2023",
        "100 | 10 | 4 | 110",
        "40 | 5 | 5 | 45",
    )
    assert status(text, budget()) == ["passed", "passed"]


def test_each_year_is_a_bridge_of_its_own() -> None:
    text = table(
        "Opr. budget 2022 | Omplacering 2022 | Korr. budget 2022 | Opr. budget 2023 | Omplacering 2023"
        " | Korr. budget 2023",
        "100 | 10 | 110 | 200 | 20 | 225",
    )
    assert [r.id for r in ground(budget(), text).relations] == ["R/T1/3", "R/T1/6"]
    assert status(text, budget()) == ["passed", "failed"]


def test_a_rule_for_one_layout_looks_at_no_other_table() -> None:
    assert len(ground(replace(budget(), tables=("budgetbro",)), FULL).relations) == 1
    assert ground(replace(budget(), tables=("budget",)), FULL).unbound == "plan.no_bridge"


# Columns that may be steps or not


def test_a_step_outside_the_ends_counts_only_where_most_rows_then_hold() -> None:
    heading = "Opr. budget 2023 | Omplacering | Korr. budget 2023 | Tillægsbevilling"
    part = table(heading, "100 | 5 | 115 | 10", "40 | 5 | 50 | 5", "20 | 5 | 25 | 4")
    assert status(part, budget()) == ["passed", "passed", "failed"]
    applied_for = table(heading, "100 | 5 | 105 | 10", "40 | 5 | 45 | 5", "20 | 5 | 29 | 4")
    assert status(applied_for, budget()) == ["passed", "passed", "failed"]
    assert "tillaegsbevilling" not in relation_lines(ground(budget(), applied_for))[0]
    only = table("Opr. budget 2023 | Korr. budget 2023 | Tillægsbevilling", "100 | 100 | 10", "40 | 40 | 5")
    assert status(only, budget()) == ["plan.no_bridge"]


def test_a_column_of_unknown_name_between_the_ends_counts_where_most_rows_then_hold() -> None:
    heading = "Opr. budget 2023 | Omplacering | Barselspulje | Korr. budget 2023"
    counted = table(heading, "100 | 5 | 10 | 115", "40 | 5 | 5 | 50", "20 | 5 | 4 | 25")
    assert status(counted, budget()) == ["passed", "passed", "failed"]
    assert [t.label for t in ground(budget(), counted).terms] == ["", "", "Barselspulje", ""]
    outcome = run(counted, budget()).outcomes[2]
    assert outcome.evidence is not None
    assert [t.label for t in outcome.evidence.terms] == [
        *("@measure.oprindeligt_budget", "@measure.omplacering", "Barselspulje", "@measure.korrigeret_budget")
    ]
    left_out = table(heading, "100 | 5 | 10 | 105", "40 | 5 | 5 | 45", "20 | 5 | 4 | 29")
    assert status(left_out, budget()) == ["passed", "passed", "failed"]
    beside = table("Barselspulje | Opr. budget 2023 | Omplacering | Korr. budget 2023", "9 | 100 | 5 | 105")
    assert len(ground(budget(), beside).terms) == 3
    shares = table("Opr. budget 2023 | Omplacering | Andel i pct. | Korr. budget 2023", "100 | 5 | 10 | 105")
    assert len(ground(budget(), shares).terms) == 3


def test_where_no_way_holds_in_half_of_the_rows_nothing_is_said_but_that() -> None:
    heading = "Opr. budget 2023 | Omplacering | Barselspulje | Korr. budget 2023"
    half = table(heading, "100 | 5 | 10 | 115", "40 | 5 | 5 | 70")
    assert status(half, budget()) == ["passed", "failed"]
    less = table(heading, "100 | 5 | 10 | 115", "40 | 5 | 5 | 70", "20 | 5 | 4 | 90")
    made = ground(budget(), less)
    assert [(r.free, r.blocked) for r in made.relations] == [((), "reason.unclear_steps")]
    assert told(less, budget()) == ["not_evaluated T1 Skoler korrigeret_budget 2023: reason.unclear_steps"]
    no_ends = table(heading, "| 5 | 10 | 115", "40 | 5 | 5 | ")
    assert status(no_ends, budget()) == ["not_evaluated"]


def test_a_bridge_that_leads_nowhere_in_any_row_is_one_warning() -> None:
    heading = "Opr. budget 2023 | Omplacering | Korr. budget 2023"
    text = table(heading, "100 | 5 | 125", "40 | 5 | 55", "20 | 5 | 65")
    assert [r.group for r in ground(budget(), text).relations] == ["R/T1/3"]
    (finding,) = findings(run(text, budget()).outcomes, submission(text))
    assert (finding.cause, finding.severity, len(finding.outcomes)) == ("structure", "warning", 3)
    assert finding.next_step == Message("next.bridge_unclear")
    assert both(finding.message)["da"] == (
        "Trinnene fører i ingen række (3) frem til det beløb, der står. Enten mangler der en kolonne, eller også skal"
        " en af kolonnerne ikke regnes med."
    )
    one_holds = table(heading, "100 | 5 | 125", "40 | 5 | 55", "20 | 5 | 25")
    assert [r.group for r in ground(budget(), one_holds).relations] == [""]
    two_rows = table(heading, "100 | 5 | 125", "40 | 5 | 55")
    assert [f.severity for f in findings(run(two_rows, budget()).outcomes, submission(two_rows))] == ["error"] * 2


# Which way round, and from which side


NET = rule(
    "bridge",
    {"from": "brutto", "to": "netto", "steps": ["refusion"], "either_sign": ["refusion"]},
    missing="zero",
)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("200 | -60 | 140", "90 | -30 | 60"), ["passed", "passed"]),
        (("200 | 60 | 140", "90 | 30 | 60"), ["passed", "passed"]),
        (("200 | -60 | 140", "90 | -30 | 60", "80 | 20 | 60"), ["passed", "passed", "failed"]),
        (("200 | 60 | 140", "90 | 30 | 60", "80 | -20 | 60"), ["passed", "passed", "failed"]),
        (("200 | 60 | 100",), ["failed"]),
    ],
)
def test_what_tables_print_either_way_is_taken_as_most_rows_do(rows: tuple[str, ...], said: list[str]) -> None:
    assert status(table("Brutto | Refusion | Netto", *rows, title="Regnskab 2023 i 1.000 kr."), NET) == said


def test_a_step_may_be_taken_off() -> None:
    saldo = rule("bridge", {"from": "primo", "to": "ultimo", "steps": ["over_underskud"], "less": ["afviklet"]})
    text = table("Primo 2023 | Over-/underskud | Afviklet | Ultimo 2023", "100 | 20 | 30 | 90", "100 | 20 | 30 | 150")
    assert [t.weight for t in ground(saldo, text).terms] == [1, 1, -1, -1]
    assert status(text, saldo) == ["passed", "failed"]


def test_the_end_may_stand_before_the_beginning() -> None:
    carried = rule("bridge", {"from": "overfoersel_soegt", "to": "over_underskud", "steps": ["rest_efter_overfoersel"]})
    text = table("Over-/underskud 2023 | Søgt overført til 2024 | Tilgår kassen", "50 | 40 | 10", "50 | 40 | 15")
    assert status(text, carried) == ["passed", "failed"]
    unknown = table(
        "Over-/underskud 2023 | Søgt overført til 2024 | Lånefinansieret | Tilgår kassen",
        "50 | 40 | 4 | 6",
        "50 | 40 | 5 | 15",
    )
    assert status(unknown, carried) == ["passed", "failed"]
    assert ground(carried, text.replace("Tilgår kassen", "Bevilget")).unbound == "plan.no_bridge"


def test_parts_of_the_budget_and_of_the_accounts_are_kept_apart() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Budget 2023 | | | Regnskab 2023 | | |
| | Brutto | Refusion | Netto | Brutto | Refusion | Netto |
| Skoler | 200 | -60 | 140 | 210 | -50 | 160 |
| SFO | 90 | -30 | 60 | 90 | -30 | 90 |
"""
    assert [t.basis for t in ground(NET, text).terms] == ["budget"] * 3 + ["regnskab"] * 3
    assert status(text, NET) == ["passed", "passed", "passed", "failed"]


def test_a_sum_over_the_years_has_no_beginning() -> None:
    over_years = rule(
        "bridge",
        {"to": "overfoersel_i_alt", "steps": ["overfoersel_soegt"], "years": "all", "least_steps": 2},
        missing="zero",
    )
    heading = "Søgt overført til 2024 | Søgt overført til 2025 | Overføres i alt"
    text = table(heading, "40 | 10 | 50", "| 5 | 5", "20 | 5 | 20", title="Regnskab 2023 i 1.000 kr.")
    assert [(t.measure, t.year, t.required) for t in ground(over_years, text).terms] == [
        ("overfoersel_soegt", 2023, False),
        ("overfoersel_soegt", 2024, False),
        ("overfoersel_i_alt", 2023, True),
    ]
    assert status(text, over_years) == ["passed", "passed", "failed"]


@PROPERTY
@given(st.integers(-99, 99), st.lists(st.integers(-99, 99), min_size=3, max_size=3), st.integers(-4, 4))
def test_a_row_holds_as_the_formula_says(start: int, steps: list[int], off: int) -> None:
    """Four figures and a stated one in the same unit: a difference of two units and a half at most is rounding."""
    row = " | ".join(str(value) for value in (start, *steps, start + sum(steps) + off))
    text = table("Opr. budget 2023 | Tillægsbevilling | Omplacering | Overført fra 2022 | Korr. budget 2023", row)
    expected = "passed" if off == 0 else "passed_rounding" if 2 * abs(off) <= 5 else "failed"
    assert status(text, budget()) == [expected]


def test_the_settings() -> None:
    assert KINDS["bridge"].settings == {
        "from": Setting("measure"),
        "to": Setting("measure", required=True),
        "steps": Setting("measures", required=True),
        "less": Setting("measures", default=()),
        "either_sign": Setting("measures", default=()),
        "years": Setting("choice", choices=("same", "all"), default="same"),
        "least_steps": Setting("number", default=1),
    }
    assert not KINDS["bridge"].predicate
    assert KINDS["bridge"].where == ("table",)
