"""Does the kind `net_zero` hold what must come to nothing to zero, without counting a part and its sum?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Derived, Grounding, Relation, Rule, Term
from checker.wording import both
from tests.build import PROPERTY, ground, relation_lines, rule, run, told


def zero(over: str, **check: Any) -> Rule:
    """What must come to nothing."""
    return rule("net_zero", {"over": over, **check})


MOVED = zero("total", measures=["omplacering"])

NUMBERED = """
Budgetændringer i 1.000 kr.
| Nr. | Område | Opr. budget 2023 | Omplacering |
| 1 | Skoler | 100 | 5 |
| 1.a | Undervisning | 60 | 3 |
| 1.b | SFO | 40 | 2 |
| 2 | Kultur | 50 | -3 |
"""


def test_the_total_of_a_table_where_it_states_the_figure() -> None:
    text = NUMBERED + "| | I alt | 150 | 2 |\n"
    made = ground(MOVED, text)
    assert made.relations == (Relation("R/T1/3", "R", "=", "within", ("year",), statement="T1"),)
    assert made.terms == (Term("R/T1/3", 1, "T1", None, "i alt", "omplacering", year=2023, stated=True),)
    assert made.derived == ()
    assert told(text, MOVED) == ["failed T1 I alt omplacering 2023: stated 2 computed 0 off 2 most 0,5"]


def test_else_the_lines_that_are_no_sums() -> None:
    made = ground(MOVED, NUMBERED)
    assert made.derived == (Derived("R/T1/3/sum", "R", "sum", "within", ("year",), "kr", "T1"),)
    assert [t.line for t in made.terms] == ["1.a", "1.b", "2", None]
    assert made.terms[3] == Term("R/T1/3", 1, measure="R/T1/3/sum", stated=True)
    assert told(NUMBERED, MOVED) == ["failed T1 omplacering 2023: stated 2 computed 0 off 2 most 1,5"]
    blank_total = NUMBERED + "| | I alt | 150 | |\n"
    assert told(blank_total, MOVED) == told(NUMBERED, MOVED)


def test_a_sum_of_lines_says_what_it_is() -> None:
    (outcome,) = run(NUMBERED, MOVED).outcomes
    at = outcome.at
    assert (at.statement, at.line, at.label, at.measure, at.year) == ("T1", "", "", "omplacering", 2023)
    assert both(outcome.message)["da"] == (
        "Beløbet skal gå i nul, men der er +2 t.kr. til rest; afrunding kan højst forklare 1,5 t.kr."
    )


def test_one_line_is_no_sum() -> None:
    text = "Budget i 1.000 kr.\n| Område | Omplacering 2023 |\n| Skoler | 5 |\n"
    assert ground(MOVED, text) == Grounding(unbound="plan.nothing_to_net")


def test_only_the_tables_whose_title_says_so() -> None:
    titled = zero("total", measures=["omplacering"], titles=["hele kommunen", "budgetændringer i"])
    assert len(ground(titled, NUMBERED).relations) == 1
    whole = NUMBERED.replace("Budgetændringer i 1.000", "Omplaceringer, Hele kommunen, i 1.000")
    assert len(ground(titled, whole).relations) == 1
    other = NUMBERED.replace("Budgetændringer i 1.000", "Hele Børneudvalget og kommunen i 1.000")
    assert ground(titled, other) == Grounding(unbound="plan.nothing_to_net")


def test_columns_are_kept_apart_and_only_amounts_of_the_wanted_measures_count() -> None:
    text = """
Budgetændringer i 1.000 kr.
| Område | Omplacering 2022 | Omplacering 2023 | Andel i pct. 2023 | Tillægsbevilling 2023 | Omplacering 2024 |
| Skoler | 5 | 5 | 50 | 9 | |
| SFO | -5 | -9 | 50 | 9 | |
"""
    assert told(text, MOVED) == [
        "passed T1 omplacering 2022: stated 0 computed 0 off 0 most 1",
        "failed T1 omplacering 2023: stated -4 computed 0 off -4 most 1",
    ]
    every = ground(zero("total"), text)
    assert [r.id for r in every.relations] == ["R/T1/1", "R/T1/2", "R/T1/4"]
    assert ground(replace(MOVED, tables=("overfoersler",)), text).unbound == "plan.nothing_to_net"


CARRIED = """
Beløb i 1.000 kr.
| Nr. | Område | Over-/underskud 2023 | Søgt overført til 2024 |
| 1 | Renovation | -50 | 0 |
| 2 | Skoler | 20 | 20 |
| 3 | renovation: genbrug | 10 | 3 |
| 4 | Spildevand | 5 | -1 |
| 5 | Vand | 5 | |
"""


def test_each_line_that_is_named_carries_nothing() -> None:
    given_ = zero("each_line", measures=["overfoersel_soegt"], texts=["Renovation", "4", "Vand"])
    assert relation_lines(ground(given_, CARRIED)) == [
        f"R/T1/3//{line}: +1*(T1.-.{line}.overfoersel_soegt.-.2023.-) = 0 | within T1 free year missing not_evaluated"
        for line in ("1", "3", "4")
    ]
    assert told(CARRIED, given_) == [
        "passed T1 1 Renovation overfoersel_soegt 2023: stated 0 computed 0 off 0 most 0,5",
        "failed T1 3 renovation: genbrug overfoersel_soegt 2023: stated 3 computed 0 off 3 most 0,5",
        "failed T1 4 Spildevand overfoersel_soegt 2023: stated -1 computed 0 off -1 most 0,5",
    ]
    assert ground(zero("each_line", texts=["Renovatio", ""]), CARRIED) == Grounding(unbound="plan.nothing_to_net")
    assert ground(zero("each_line"), CARRIED) == Grounding(unbound="plan.nothing_to_net")


EQUAL = zero("lines", texts=["aktiver", "passiver"], tolerance="none")


def balance(*rows: str) -> str:
    """A balance with two columns."""
    return "\n".join(["Balance i 1.000 kr.", "| Konto | Primo 2023 | Ultimo 2023 |", *(f"| {r} |" for r in rows), ""])


@pytest.mark.parametrize("sign", [1, -1])
def test_two_lines_are_equal_whichever_sign_is_printed(sign: int) -> None:
    text = balance("Aktiver | |", "Grunde | 90 | 99", "Aktiver tilhørende fonds | 10 | 11", "Aktiver i alt | 100 | 110")
    text += (
        f"| Passiver | | |\n| Gæld | {sign * 100} | {sign * 111} |\n| Passiver i alt | {sign * 100} | {sign * 111} |\n"
    )
    made = ground(EQUAL, text)
    assert [(r.exact, r.free) for r in made.relations] == [(True, ("year",))] * 2
    assert [(t.weight, t.stated) for t in made.terms] == [(1, False), (-sign, True)] * 2
    assert [line.partition(":")[0] for line in told(text, EQUAL)] == [
        "passed T1 Passiver i alt primo 2023",
        "failed T1 Passiver i alt ultimo 2023",
    ]
    loose = zero("lines", texts=["aktiver", "passiver"])
    assert [line.partition(" ")[0] for line in told(text, loose)] == ["passed", "passed_rounding"]


def test_every_text_names_exactly_one_line() -> None:
    nothing = Grounding(unbound="plan.nothing_to_net")
    assert ground(EQUAL, balance("Grunde | 90 | 99", "Aktiver i alt | 90 | 99")) == nothing
    twice = balance("Aktiver i alt | 90 | 99", "Aktiver | 90 | 99", "Passiver i alt | 90 | 99")
    assert ground(EQUAL, twice) == nothing
    one = balance("Aktiver i alt | 90 | 99", "Passiver i alt | 90 | 99")
    assert len(ground(EQUAL, one).relations) == 2
    assert ground(zero("lines", texts=["aktiver"]), one) == nothing
    assert ground(zero("lines"), one) == nothing
    half = balance("Aktiver i alt | 90 | 99", "Passiver i alt | 90 | ")
    assert [r.id for r in ground(EQUAL, half).relations] == ["R/T1/1"]


def test_three_lines_add_up_to_zero() -> None:
    three = zero("lines", texts=["drift", "anlæg", "finansiering"])
    text = balance("Drift | 90 | 99", "Anlæg | 10 | 11", "Finansiering | -100 | -120")
    assert [t.weight for t in ground(three, text).terms] == [1] * 6
    assert told(text, three) == [
        "passed T1 Finansiering primo 2023: stated -100 computed -100 off 0 most 1,5",
        "failed T1 Finansiering ultimo 2023: stated -120 computed -110 off -10 most 1,5",
    ]


@PROPERTY
@given(st.lists(st.integers(-9, 9), min_size=2, max_size=6))
def test_a_sum_of_lines_may_be_off_by_half_a_unit_for_each(moved: list[int]) -> None:
    rows = "".join(f"| Område {chr(65 + at)} | {100 + at} | {value} |\n" for at, value in enumerate(moved))
    text = f"Budgetændringer i 1.000 kr.\n| Område | Opr. budget 2023 | Omplacering |\n{rows}"
    (line,) = told(text, MOVED)
    total = abs(sum(moved))
    expected = "passed" if total == 0 else "passed_rounding" if 2 * total <= len(moved) else "failed"
    assert line.partition(" ")[0] == expected


def test_the_settings() -> None:
    assert KINDS["net_zero"].settings == {
        "over": Setting("choice", required=True, choices=("total", "each_line", "lines")),
        "measures": Setting("measures"),
        "texts": Setting("texts"),
        "titles": Setting("texts"),
        "tolerance": Setting("choice", choices=("rounding", "none"), default="rounding"),
    }
    assert not KINDS["net_zero"].predicate
    assert KINDS["net_zero"].where == ("table",)
