"""Does the kind `product` hold an amount against its quantity times its price, level by level and line by line?"""

from __future__ import annotations

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Derived, Grounding, Relation, Term
from tests.build import derived_lines, exactly, ground, relation_lines, rule, submission

ONE = """
| I 1.000 kr. | Antal | Pris | Regnskab 2023 |
| Skoler | 12 | 1.000 | 12 |
| SFO | 2.001 | 1.000 | 2.000 |
| Klub | 2.003 | 1.000 | 2.000 |
"""

LEVELS = """
| I kr. | Antal budget 2023 | Pris budget 2023 | Budget 2023 | Antal regnskab | Pris regnskab 2023 | Regnskab 2023 |
| Skoler | 12 | 1.000 | 12.000 | 13 | 1.100 | 14.301 |
| SFO | 5 | 200 | 1.001 | 5 | 300 | 1.500 |
"""


def in_kroner(quantity: str, price: str, amount: str, truncated: bool = False) -> list[str]:
    """What is said of one line of a table in kroner, beside a line that agrees."""
    text = f"| I kr. | Antal | Pris | Regnskab 2023 |\n| A | {quantity} | {price} | {amount} |\n| B | 1 | 1 | 1 |\n"
    lines = exactly(text, rule("product"), truncated)
    return [line.removeprefix("T1 A regnskab 2023") for line in lines if " T1 A " in line]


def test_a_relation_and_its_terms_in_full() -> None:
    made = ground(rule("product", missing="zero"), ONE)
    key, product = "R/T1/0", "R/T1/0/product"
    free = ("scope", "line")
    assert made == Grounding(
        relations=(Relation(key, "R", "=", "within", free, "zero", "T1"),),
        terms=(
            Term(product, 1, "T1", measure="maengde", year=2023),
            Term(product, 1, "T1", measure="pris", year=2023),
            Term(key, 1, "T1", measure=product, label="@derived.product"),
            Term(key, -1, "T1", measure="regnskab", year=2023, stated=True),
        ),
        derived=(Derived(product, "R", "product", "within", free, "kr", "T1", 1_000_000),),
    )


def test_each_line_is_its_quantity_times_its_price() -> None:
    """The bound is the quantity times half a krone and half of 1.000 kr.; the quantity is a count and exact."""
    assert exactly(ONE, rule("product")) == [
        "passed T1 Skoler regnskab 2023: stated 12000 computed 12000 off 0 most 506",
        "passed_rounding T1 SFO regnskab 2023: stated 2000000 computed 2001000 off -1000 most 1500.5",
        "failed T1 Klub regnskab 2023: stated 2000000 computed 2003000 off -3000 most 1501.5",
    ]


@pytest.mark.parametrize(
    ("amount", "status"),
    [
        ("1.001.000", "passed"),
        ("1.001.501", "passed_rounding"),
        ("1.001.502", "failed"),
        ("1.000.499", "passed_rounding"),
        ("1.000.498", "failed"),
    ],
)
def test_exactly_at_the_bound_and_one_krone_past_it(amount: str, status: str) -> None:
    """1.001 times half a krone is 500,5 kr., and half a krone of the amount."""
    (line,) = in_kroner("1.001", "1.000", amount)
    assert (line.split()[0], line.split()[-1]) == (status, "501")


def test_a_printed_amount_that_the_product_rounds_to_has_passed_as_printed() -> None:
    """25 times 500 is 12.500, which rounds to 12 or 13 thousand; 25 times 501 is 12.525 and does not round to 12."""
    table = "| I 1.000 kr. | Antal | Pris | Regnskab 2023 |\n"
    rows = ("| A | 25 | 500 | 12 |\n", "| B | 25 | 500 | 13 |\n", "| C | 25 | 501 | 12 |\n", "| D | 25 | 502 | 12 |\n")
    assert exactly(table + "".join(rows), rule("product")) == [
        "passed T1 A regnskab 2023: stated 12000 computed 12500 off -500 most 512.5",
        "passed T1 B regnskab 2023: stated 13000 computed 12500 off 500 most 512.5",
        "failed T1 C regnskab 2023: stated 12000 computed 12525 off -525 most 512.5",
        "failed T1 D regnskab 2023: stated 12000 computed 12550 off -550 most 512.5",
    ]
    assert exactly(f"{table}{rows[0]}| C | 25 | 500,5 | 12 |\n", rule("product"))[1] == (
        "failed T1 C regnskab 2023: stated 12000 computed 12512.5 off -512.5 most 501.25"
    )


def test_a_quantity_with_decimals_is_rounded_too() -> None:
    """12,5 is 12,45 to 12,55: 0,05 times 1.000 kr., half a krone times 12,5, their product, and half a krone."""
    assert in_kroner("12,5", "1.000", "12.556") == [
        "passed_rounding T1 A regnskab 2023: stated 12556 computed 12500 off 56 most 56.775"
    ]
    assert in_kroner("12,5", "1.000", "12.557") == [
        "failed T1 A regnskab 2023: stated 12557 computed 12500 off 57 most 56.775"
    ]
    (low,) = in_kroner("12,5", "1.000", "12.444")
    assert low == "passed_rounding T1 A regnskab 2023: stated 12444 computed 12500 off -56 most 56.725"


def test_negative_figures_turn_the_ends_round() -> None:
    assert in_kroner("-10", "1.000", "-10.005") == [
        "passed_rounding T1 A regnskab 2023: stated -10005 computed -10000 off -5 most 5.5"
    ]
    assert in_kroner("-10", "1.000", "-10.006") == [
        "failed T1 A regnskab 2023: stated -10006 computed -10000 off -6 most 5.5"
    ]


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("9.998", "failed T1 A regnskab 2023: stated 9998 computed 10000 off -2 most 1"),
        ("9.999", "failed T1 A regnskab 2023: stated 9999 computed 10000 off -1 most 1"),
        ("10.000", "passed T1 A regnskab 2023: stated 10000 computed 10000 off 0 most 10"),
        ("10.009", "passed_rounding T1 A regnskab 2023: stated 10009 computed 10000 off 9 most 10"),
        ("10.010", "passed_rounding T1 A regnskab 2023: stated 10010 computed 10000 off 10 most 10"),
        ("10.011", "failed T1 A regnskab 2023: stated 10011 computed 10000 off 11 most 10"),
    ],
)
def test_figures_that_are_cut_off_explain_only_more(amount: str, said: str) -> None:
    """Cut off, the price is 1.000 to 1.001 (the end of a factor counts as closed), and 9.999 is below 10.000."""
    assert in_kroner("10", "1.000", amount, truncated=True) == [said]


def test_an_amount_that_is_cut_off_is_what_the_product_is_cut_off_to() -> None:
    table = "| I 1.000 kr. | Antal | Pris | Regnskab 2023 |\n"
    assert exactly(f"{table}| A | 126 | 100,00 | 12 |\n| B | 126 | 100,00 | 13 |\n", rule("product"), True) == [
        "passed T1 A regnskab 2023: stated 12000 computed 12600 off -600 most 1000",
        "failed T1 B regnskab 2023: stated 13000 computed 12600 off 400 most 1.26",
    ]


def test_a_missing_figure_is_not_zero() -> None:
    text = """
| I kr. | Antal | Pris | Regnskab 2023 |
| Uden pris | 12 | | 12 |
| Uden antal | | 500 | 15 |
| Uden beløb | 12 | 500 | |
| Uden noget | | | |
| Uden begge | | | 7 |
| Ja | 1 | 5 | 5 |
"""
    said = [
        "not_evaluated T1 Uden pris regnskab 2023: reason.parts_missing",
        "not_evaluated T1 Uden antal regnskab 2023: reason.parts_missing",
        "not_evaluated T1 Uden begge regnskab 2023: reason.parts_missing",
        "passed T1 Ja regnskab 2023: stated 5 computed 5 off 0 most 1",
    ]
    for missing in ("not_evaluated", "zero", "fail"):
        assert exactly(text, rule("product", missing=missing)) == said


def test_budget_and_accounts_of_one_table_are_kept_apart() -> None:
    made = ground(rule("product"), LEVELS)
    tail = "| within T1 free scope,line"
    assert derived_lines(made) == [
        "R/T1/0/product: product +1(T1.-.-.maengde.budget.2023.-) +1(T1.-.-.pris.budget.2023.-)"
        f" {tail} kr scale 1000000 constant None",
        "R/T1/1/product: product +1(T1.-.-.maengde.regnskab.2023.-) +1(T1.-.-.pris.regnskab.2023.-)"
        f" {tail} kr scale 1000000 constant None",
    ]
    assert relation_lines(made) == [
        f"R/T1/0: +1(T1.-.-.R/T1/0/product.-.-.-) -1*(T1.-.-.budget.-.2023.-) = 0 {tail} missing not_evaluated",
        f"R/T1/1: +1(T1.-.-.R/T1/1/product.-.-.-) -1*(T1.-.-.regnskab.-.2023.-) = 0 {tail} missing not_evaluated",
    ]
    assert exactly(LEVELS, rule("product")) == [
        "passed T1 Skoler budget 2023: stated 12000 computed 12000 off 0 most 6.5",
        "passed_rounding T1 Skoler regnskab 2023: stated 14301 computed 14300 off 1 most 7",
        "passed_rounding T1 SFO budget 2023: stated 1001 computed 1000 off 1 most 3",
        "passed T1 SFO regnskab 2023: stated 1500 computed 1500 off 0 most 3",
    ]


def test_years_are_kept_apart() -> None:
    text = """
| I kr. | Antal 2022 | Pris 2022 | Regnskab 2022 | Antal 2023 | Pris 2023 | Regnskab 2023 |
| Skoler | 10 | 100 | 1.000 | 20 | 100 | 1.000 |
"""
    assert exactly(text, rule("product")) == [
        "passed T1 Skoler regnskab 2022: stated 1000 computed 1000 off 0 most 5.5",
        "failed T1 Skoler regnskab 2023: stated 1000 computed 2000 off -1000 most 10.5",
    ]


def test_an_amount_that_names_no_level_goes_with_the_only_price() -> None:
    text = """
| I kr. | Antal | Pris | Beløb | Afvigelse |
| Skoler | 10 | 100 | 1.006 | 3 |
"""
    assert exactly(text, rule("product")) == [
        "failed T1 Skoler beloeb: stated 1006 computed 1000 off 6 most 5.5",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "| I kr. | Antal | Regnskab 2023 |\n| Skoler | 12 | 1.000 |\n",
        "| I kr. | Pris | Regnskab 2023 |\n| Skoler | 12 | 1.000 |\n",
        "| I kr. | Antal | Pris |\n| Skoler | 12 | 1.000 |\n",
        "| I kr. | Antal | Pris | Budget 2023 | Regnskab 2023 |\n| Skoler | 12 | 1.000 | 12 | 13 |\n",
        "| I kr. | Antal budget 2023 | Pris regnskab 2023 | Regnskab 2023 |\n| Skoler | 12 | 1.000 | 12 |\n",
        "| I kr. | Antal 2022 | Pris 2023 | Regnskab 2023 |\n| Skoler | 12 | 1.000 | 12 |\n",
        "| I kr. | Antal 2023 | Pris 2023 | Regnskab 2022 |\n| Skoler | 12 | 1.000 | 12 |\n",
        "| I kr. | Antal | Pris | Afvigelse |\n| Skoler | 12 | 1.000 | 12 |\n",
        "| I kr. | Antal | Pris | Regnskab 2023 |\n| Skoler | 12 | | 12 |\n",
    ],
    ids=[
        *("no price", "no quantity", "no amount", "two amounts", "quantity of another level"),
        *("quantity of another year", "amount of another year", "only a deviation", "an empty column"),
    ],
)
def test_without_a_quantity_a_price_and_one_amount_nothing_is_bound(text: str) -> None:
    assert ground(rule("product"), text) == Grounding(unbound="plan.no_product")


def test_tables_and_layouts() -> None:
    both = ONE + "\nOg så den næste:\n" + ONE.replace("2.001", "2.000")
    assert [r.id for r in ground(rule("product"), both).relations] == ["R/T1/0", "R/T2/0"]
    layout = submission(ONE).statements[0].layout
    assert len(ground(rule("product", tables=(layout,)), ONE).relations) == 1
    assert ground(rule("product", tables=("overfoersler",)), ONE).unbound == "plan.no_product"


def test_the_measures_may_be_named() -> None:
    swapped = rule("product", {"quantity": "pris", "price": "maengde"})
    assert exactly(ONE, swapped) == exactly(ONE, rule("product"))
    assert ground(rule("product", {"quantity": "andel"}), ONE).unbound == "plan.no_product"


def test_the_settings() -> None:
    assert KINDS["product"].settings == {
        "quantity": Setting("measure", default="maengde"),
        "price": Setting("measure", default="pris"),
    }
    assert not KINDS["product"].predicate
    assert KINDS["product"].where == ("table",)
