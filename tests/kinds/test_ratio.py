"""Does the kind `ratio` hold a stated per cent against the two columns it is a per cent of?"""

from __future__ import annotations

from fractions import Fraction

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Derived, Grounding, Relation, Term
from tests.build import derived_lines, exactly, ground, relation_lines, rule, submission

HEAD = "I 1.000 kr.\n| Område | Korr. budget 2023 | Regnskab 2023 | Over-/underskud | Afvigelse i % |\n"
DEVIATION = (
    HEAD + "| Skoler | 67 | 60 | 7 | 11,3 |\n| SFO | 300 | 310 | -10 | 3,3 |\n| Klub | 500 | 450 | 50 | 11,0 |\n"
)

SPENDING = """
I 1.000 kr.
| Område | Korr. budget 2023 | Regnskab 2023 | Forbrugsprocent |
| Skoler | 1.000 | 960 | 96,0 |
| SFO | 300 | 310 | 103,3 |
| Klub | 500 | 450 | 99,0 |
"""

TWO_BUDGETS = """
I 1.000 kr.
| Område | Opr. budget 2023 | Korr. budget 2023 | Afvigelse ift. korr. budget | % | Afvigelse ift. opr. budget | % |
| Skoler | 800 | 1.000 | 40 | 4,0 | -160 | 20,0 |
| SFO | 200 | 300 | -10 | 3,3 | -110 | 55,0 |
| Klub | 400 | 500 | 50 | 10,0 | -50 | 13,0 |
"""

TWO_YEARS = """
I 1.000 kr.
| Område | Budget 2022 | Regnskab 2022 | Forbrugsprocent 2022 | Budget 2023 | Regnskab 2023 | Forbrugsprocent 2023 |
| Skoler | 1.000 | 960 | 96,0 | 1.000 | 950 | 95,0 |
| SFO | 300 | 310 | 103,3 | 300 | 301 | 100,3 |
| Klub | 500 | 450 | 90,0 | 500 | 455 | 91,5 |
"""


def first(text: str) -> str:
    """What is said of the first line."""
    return exactly(text, rule("ratio"))[0]


def test_a_relation_and_its_terms_in_full() -> None:
    made = ground(rule("ratio", missing="fail"), DEVIATION)
    key, quotient, free = "R/T1/4", "R/T1/4/quotient", ("scope", "line")
    assert made == Grounding(
        relations=(Relation(key, "R", "=", "within", free, "fail", "T1"),),
        terms=(
            Term(quotient, 1, "T1", measure="over_underskud", basis="korrigeret_budget", year=2023, clip="abs"),
            Term(quotient, -1, "T1", measure="korrigeret_budget", year=2023, clip="abs"),
            Term(key, 1, "T1", measure=quotient, label="@derived.quotient"),
            Term(
                *(key, -1, "T1"),
                measure="andel",
                basis="over_underskud/korrigeret_budget",
                year=2023,
                clip="abs",
                stated=True,
            ),
        ),
        derived=(Derived(quotient, "R", "quotient", "within", free, "percent", "T1", 100_000_000),),
    )


def test_a_deviation_in_per_cent_of_the_budget_without_regard_to_signs() -> None:
    """7,5 of 66,5 is the most that 7 of 67 may be; half of the last digit of the per cent comes on top."""
    digit = Fraction(1, 20)
    most = Fraction(750, 1) / Fraction("66.5") - Fraction(700, 67) + digit
    least = Fraction(1000, 300) - Fraction(950, 1) / Fraction("300.5") + digit
    wrong = Fraction(5050, 1) / Fraction("499.5") - 10 + digit
    assert exactly(DEVIATION, rule("ratio")) == [
        f"passed_rounding T1 Skoler andel 2023: stated 11.3 computed 700/67 off 571/670 most {most}",
        f"passed T1 SFO andel 2023: stated 3.3 computed 10/3 off -1/30 most {least}",
        f"failed T1 Klub andel 2023: stated 11 computed 10 off 1 most {wrong}",
    ]


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ("10", "passed"),
        ("10,4", "passed"),
        ("10,5", "passed_rounding"),
        ("10,45", "passed"),
        ("10,46", "passed_rounding"),
        ("11,278", "passed_rounding"),
        ("11,279", "failed"),
        ("9,630", "passed_rounding"),
        ("9,629", "failed"),
        ("-11,278", "passed_rounding"),
        ("-11,279", "failed"),
    ],
)
def test_exactly_at_the_bound_and_one_digit_past_it(stated: str, status: str) -> None:
    """7 of 67 is 10,4478; 7,5 of 66,5 is 11,2782 and 6,5 of 67,5 is 9,6296, each rounded once more."""
    line = first(f"{HEAD}| Skoler | 67 | 60 | 7 | {stated} |\n| SFO | 300 | 310 | -10 | 3,333 |\n")
    assert line.split()[:3] == [status, "T1", "Skoler"]


def test_figures_that_are_cut_off_are_judged_as_such() -> None:
    """Cut off, 2 of 3 is at most 3 of 3 and at least 2 of 4."""
    text = f"{HEAD}| A | 3 | 1 | 2 | 66 |\n| B | 3 | 1 | 2 | 67 |\n| C | 3 | 1 | 2 | 50 |\n| D | 3 | 1 | 2 | 49 |\n"
    lines = exactly(text.replace("Afvigelse i %", "Over-/underskud i %"), rule("ratio"), truncated=True)
    assert [line.split()[0] for line in lines] == ["passed", "passed_rounding", "passed_rounding", "failed"]


def test_spending_in_per_cent_of_the_budget() -> None:
    assert exactly(SPENDING, rule("ratio")) == [
        "passed T1 Skoler andel 2023: stated 96 computed 96 off 0 most 5919/39980",
        "passed T1 SFO andel 2023: stated 103.3 computed 310/3 off -1/30 most 14003/36060",
        "failed T1 Klub andel 2023: stated 99 computed 90 off 9 most 4799/19980",
    ]


def test_a_missing_figure_is_not_zero_and_nothing_is_divided_by_what_may_be_zero() -> None:
    text = HEAD + "".join(
        f"| {name} | {cells} |\n"
        for name, cells in (
            ("Ja", "500 | 450 | 50 | 10,0"),
            ("Og ja", "300 | 310 | -10 | 3,3"),
            ("Uden budget", " | 40 | -40 | 5,0"),
            ("Uden afvigelse", "50 | 40 | | 5,0"),
            ("Uden procent", "50 | 40 | 10 | "),
            ("Nul", "0 | 40 | -40 | 100,0"),
        )
    )
    for missing in ("not_evaluated", "zero", "fail"):
        lines = exactly(text, rule("ratio", missing=missing))
        assert lines[2:] == [
            "not_evaluated T1 Uden budget andel 2023: reason.parts_missing",
            "not_evaluated T1 Uden afvigelse andel 2023: reason.parts_missing",
            "not_evaluated T1 Nul andel 2023: reason.division_by_zero",
        ]


def test_deviations_from_two_budgets_each_have_their_per_cent() -> None:
    assert derived_lines(ground(rule("ratio"), TWO_BUDGETS)) == [
        "R/T1/4/quotient: quotient +1(T1.-.-.over_underskud.korrigeret_budget.2023.abs)"
        " -1(T1.-.-.korrigeret_budget.-.2023.abs) | within T1 free scope,line percent scale 100000000 constant None",
        "R/T1/6/quotient: quotient +1(T1.-.-.over_underskud.oprindeligt_budget.2023.abs)"
        " -1(T1.-.-.oprindeligt_budget.-.2023.abs) | within T1 free scope,line percent scale 100000000 constant None",
    ]
    lines = [line.partition(" off")[0] for line in exactly(TWO_BUDGETS, rule("ratio"))]
    assert lines == [
        "passed T1 Skoler andel 2023: stated 4 computed 4",
        "passed T1 Skoler andel 2023: stated 20 computed 20",
        "passed T1 SFO andel 2023: stated 3.3 computed 10/3",
        "passed T1 SFO andel 2023: stated 55 computed 55",
        "passed T1 Klub andel 2023: stated 10 computed 10",
        "failed T1 Klub andel 2023: stated 13 computed 12.5",
    ]


def test_years_are_kept_apart() -> None:
    made = ground(rule("ratio"), TWO_YEARS)
    assert [line.partition(" |")[0] for line in derived_lines(made)] == [
        "R/T1/3/quotient: quotient +1(T1.-.-.regnskab.-.2022.abs) -1(T1.-.-.budget.-.2022.abs)",
        "R/T1/6/quotient: quotient +1(T1.-.-.regnskab.-.2023.abs) -1(T1.-.-.budget.-.2023.abs)",
    ]
    assert [line.partition(" off")[0] for line in exactly(TWO_YEARS, rule("ratio"))] == [
        "passed T1 Skoler andel 2022: stated 96 computed 96",
        "passed T1 Skoler andel 2023: stated 95 computed 95",
        "passed T1 SFO andel 2022: stated 103.3 computed 310/3",
        "passed T1 SFO andel 2023: stated 100.3 computed 301/3",
        "passed T1 Klub andel 2022: stated 90 computed 90",
        "failed T1 Klub andel 2023: stated 91.5 computed 91",
    ]


def test_a_rule_may_be_for_one_sort_of_per_cent() -> None:
    spent = {"numerator": "regnskab", "denominator": "korrigeret_budget"}
    assert ground(rule("ratio", spent), SPENDING) == ground(rule("ratio"), SPENDING)
    for other in (
        {"numerator": "over_underskud", "denominator": "korrigeret_budget"},
        {"numerator": "regnskab", "denominator": "budget"},
    ):
        assert ground(rule("ratio", other), SPENDING) == Grounding(unbound="plan.no_percents")


@pytest.mark.parametrize(
    "text",
    [
        "I kr.\n| Område | Budget 2023 | Regnskab 2023 |\n| Skoler | 10 | 20 |\n",
        SPENDING.replace("96,0", "").replace("103,3", "").replace("99,0", ""),
        SPENDING.replace("Forbrugsprocent", "Ændring i %"),
        SPENDING.replace("Forbrugsprocent", "Andel"),
    ],
    ids=["no per cents", "an empty column", "a change from something else", "a share, which is another kind's"],
)
def test_nothing_to_check(text: str) -> None:
    assert ground(rule("ratio"), text) == Grounding(unbound="plan.no_percents")


def test_tables_and_layouts() -> None:
    both = SPENDING + "\nOg så den næste:\n" + DEVIATION
    assert [line.partition(":")[0] for line in relation_lines(ground(rule("ratio"), both))] == ["R/T1/3", "R/T2/4"]
    layout = submission(SPENDING).statements[0].layout
    assert len(ground(rule("ratio", tables=(layout,)), SPENDING).relations) == 1
    assert ground(rule("ratio", tables=("overfoersler",)), SPENDING).unbound == "plan.no_percents"


def test_the_settings() -> None:
    assert KINDS["ratio"].settings == {"numerator": Setting("measure"), "denominator": Setting("measure")}
    assert not KINDS["ratio"].predicate
    assert KINDS["ratio"].where == ("table",)
