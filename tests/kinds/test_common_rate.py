"""Does the kind `common_rate` find the rate that nearly all lines share, and the lines that fall outside it?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Derived, Grounding, Relation, Term
from tests.build import exactly, ground, rule, submission

RATE = rule("common_rate")
HEAD = "| Kommune | Antal børn | Bidrag i kr. |\n"
FIVE = (
    f"{HEAD}| Aby | 100 | 15.000 |\n| Bede | 200 | 30.000 |\n| Ceby | 50 | 7.500 |\n"
    "| Dal | 10 | 1.500 |\n| Engby | 40 | 6.000 |\n"
)
AGREE = [
    "passed T1 Aby beloeb: stated 15000 computed 15000 off 0 most 0.75",
    "passed T1 Bede beloeb: stated 30000 computed 30000 off 0 most 1",
    "passed T1 Ceby beloeb: stated 7500 computed 7500 off 0 most 0.625",
    "passed T1 Dal beloeb: stated 1500 computed 1500 off 0 most 0.525",
    "passed T1 Engby beloeb: stated 6000 computed 6000 off 0 most 0.6",
]
"""200 children of Bede make the rate the most exact: 150 give or take 0,0025."""


def last(rows: str, *, check: dict[str, Any] | None = None, head: str = FIVE) -> str:
    """What is said of the last line."""
    return exactly(head + rows, rule("common_rate", check))[-1]


def statuses(text: str, **check: Any) -> list[str]:
    """The status or reason of every line."""
    lines = exactly(text, rule("common_rate", check))
    return [line.split()[0] if "reason" not in line else line.rpartition(".")[2] for line in lines]


def test_the_relations_and_their_terms_in_full() -> None:
    made = ground(
        rule("common_rate", {"outliers_pct": 20, "least_lines": 2}, missing="fail"), "\n".join(FIVE.splitlines()[:3])
    )
    free, within = ("scope", "line"), "within"
    amount: dict[str, Any] = {"measure": "beloeb", "basis": "bidrag i kr"}
    assert made == Grounding(
        relations=tuple(Relation(f"R/T1/{n}", "R", "=", within, free, "fail", "T1") for n in (0, 1)),
        terms=(
            Term("R/T1/each", 1, "T1", **amount),
            Term("R/T1/each", -1, "T1", measure="maengde"),
            *(Term("R/T1/rate", 1, "T1", None, line, "R/T1/each") for line in ("aby", "bede")),
            Term("R/T1/amount", 1, "T1", measure="R/T1/rate"),
            Term("R/T1/amount", 1, "T1", measure="maengde"),
            *(
                term
                for n, line in enumerate(("aby", "bede"))
                for term in (
                    Term(f"R/T1/{n}", 1, "T1", None, line, "R/T1/amount", label="@derived.product"),
                    Term(f"R/T1/{n}", -1, "T1", None, line, **amount, stated=True),
                )
            ),
        ),
        derived=(
            Derived("R/T1/each", "R", "quotient", within, free, "kr", "T1", 1_000_000),
            Derived("R/T1/rate", "R", "common", within, (), "kr", "T1", 1, None, 20, 2),
            Derived("R/T1/amount", "R", "product", within, free, "kr", "T1", 1_000_000),
        ),
    )


def test_one_rate() -> None:
    assert exactly(FIVE, RATE) == AGREE


def test_the_line_outside_is_the_one_that_fails() -> None:
    assert exactly(FIVE + "| Fuby | 30 | 4.510 |\n", RATE) == [
        *AGREE,
        "failed T1 Fuby beloeb: stated 4510 computed 4500 off 10 most 0.575",
    ]


@pytest.mark.parametrize(
    ("amount", "status"),
    [("150.003", "passed"), ("150.004", "failed"), ("149.997", "passed"), ("149.996", "failed")],
)
def test_exactly_at_the_bound_and_one_krone_past_it(amount: str, status: str) -> None:
    """Two lines of 200 children leave 149,9975 to 150,0025, which 150.003 for 1.000 children rounded may begin at."""
    assert last(f"| Gaby | 200 | 30.000 |\n| Fuby | 1.000 | {amount} |\n").split()[0] == status


def test_two_groups_that_overlap_and_are_as_large_are_no_rate() -> None:
    """Without Gaby, as many lines meet 150.004 for 1.000 children as meet Bede."""
    assert last("| Fuby | 1.000 | 150.003 |\n").split()[0] == "passed"
    assert statuses(f"{FIVE}| Fuby | 1.000 | 150.004 |\n") == ["no_common_rate"] * 6


@pytest.mark.parametrize(
    ("lines", "outside", "pct", "found"),
    [
        (9, 1, 10, True),
        (9, 2, 10, True),
        (8, 2, 10, False),
        (18, 2, 10, True),
        (17, 3, 10, False),
        (19, 1, 0, False),
        (19, 0, 0, True),
        (19, 1, 1, True),
        (38, 2, Decimal("2.5"), False),
        (39, 1, Decimal("2.5"), True),
        (39, 2, Decimal("2.5"), True),
        (39, 3, Decimal("2.5"), False),
    ],
)
def test_how_many_lines_may_have_another_rate_is_rounded_up(
    lines: int, outside: int, pct: int | Decimal, found: bool
) -> None:
    """2,5 per cent of 40 lines is one line, of 41 lines 1,025, which is two."""
    rows = [f"| L{n} | 10 | 1.500 |\n" for n in range(lines)] + [
        f"| X{n} | 10 | {2 + n}.000 |\n" for n in range(outside)
    ]
    said = statuses(HEAD + "".join(rows), outliers_pct=pct)
    assert said == (["passed"] * lines + ["failed"] * outside if found else ["no_common_rate"] * (lines + outside))


def test_so_many_lines_must_share_the_rate() -> None:
    four = "".join(FIVE.splitlines(keepends=True)[:5])
    assert ground(RATE, four) == Grounding(unbound="plan.no_common_rate")
    assert statuses(four, least_lines=4) == ["passed"] * 4
    assert statuses(four + "| Fuby | 30 | 4.510 |\n") == ["no_common_rate"] * 5
    assert statuses(four + "| Fuby | 30 | 4.510 |\n", least_lines=4) == [*["passed"] * 4, "failed"]
    assert statuses(f"{FIVE}| Fuby | 30 | 4.510 |\n", least_lines=6) == ["no_common_rate"] * 6


def test_two_rates_that_as_many_lines_share_are_no_rate() -> None:
    rows = "".join(
        f"| {name} | 10 | {amount} |\n" for name, amount in zip("ABCDEF", ["1.500", "1.700"] * 3, strict=True)
    )
    assert statuses(HEAD + rows, outliers_pct=50, least_lines=3) == ["no_common_rate"] * 6
    assert statuses(f"{HEAD}{rows}| G | 20 | 3.000 |\n", outliers_pct=50, least_lines=3) == [
        *["passed", "failed"] * 3,
        "passed",
    ]


def test_a_line_of_nothing_has_no_rate_and_its_amount_must_be_nothing() -> None:
    assert exactly(f"{FIVE}| Nul | 0 | 0 |\n| Mere | 0 | 5 |\n", RATE) == [
        *AGREE,
        "passed T1 Nul beloeb: stated 0 computed 0 off 0 most 0.5",
        "failed T1 Mere beloeb: stated 5 computed 0 off 5 most 0.5",
    ]
    nothing = HEAD + "".join(f"| {name} | 0 | 0 |\n" for name in "ABCDE")
    assert statuses(nothing) == ["division_by_zero"] * 5


def test_a_missing_figure_is_left_out_of_the_rate_and_not_evaluated() -> None:
    rows = "| Uden antal | | 400 |\n| Uden beløb | 5 | |\n| Uden begge | | |\n"
    for missing in ("not_evaluated", "zero", "fail"):
        assert exactly(FIVE + rows, rule("common_rate", missing=missing)) == [
            *AGREE,
            "not_evaluated T1 Uden antal beloeb: reason.parts_missing",
        ]


def test_totals_are_no_lines_of_their_own() -> None:
    assert exactly(f"{FIVE}| I alt | 400 | 61.000 |\n", RATE) == AGREE


@pytest.mark.parametrize(
    "head",
    [
        "| Kommune | Antal børn | Antal voksne |\n",
        "| Kommune | Bidrag i kr. | Regnskab i kr. |\n",
        "| Kommune | Antal børn | Pris i kr. |\n",
    ],
    ids=["no amount", "no quantity", "only a price"],
)
def test_other_columns_are_no_rate(head: str) -> None:
    assert ground(RATE, FIVE.replace(HEAD, head)) == Grounding(unbound="plan.no_common_rate")


@pytest.mark.parametrize("third", ["Antal voksne", "Regnskab i kr.", "Pris i kr."])
def test_only_one_quantity_and_one_amount(third: str) -> None:
    wider = HEAD.replace(" |\n", f" | {third} |\n")
    more = FIVE.replace(HEAD, wider).replace("0 |\n", "0 | 5 |\n")
    assert [c.empty for c in submission(more).statements[0].columns] == [False] * 3
    assert ground(RATE, more) == Grounding(unbound="plan.no_common_rate")
    empty = FIVE.replace(HEAD, wider).replace("0 |\n", "0 | |\n")
    assert statuses(empty) == ["passed"] * 5


def test_each_table_has_its_own_rate() -> None:
    other = FIVE.replace("5.000", "6.000").replace("30.000", "32.000").replace("7.5", "8.0").replace("1.5", "1.6")
    both = (
        FIVE + "\nOg nu de andre:\n" + other.replace("6.000 |\n| Bede", "16.000 |\n| Bede").replace("116.000", "16.000")
    )
    made = ground(RATE, both)
    assert [d.statement for d in made.derived] == ["T1"] * 3 + ["T2"] * 3
    assert [r.id for r in made.relations] == [f"R/T{t}/{n}" for t in (1, 2) for n in range(5)]


def test_layouts() -> None:
    layout = submission(FIVE).statements[0].layout
    assert len(ground(rule("common_rate", tables=(layout,)), FIVE).relations) == 5
    assert ground(rule("common_rate", tables=("overfoersler",)), FIVE).unbound == "plan.no_common_rate"


def test_the_settings() -> None:
    assert KINDS["common_rate"].settings == {
        "outliers_pct": Setting("number", default=10),
        "least_lines": Setting("number", default=5),
    }
    assert not KINDS["common_rate"].predicate
    assert KINDS["common_rate"].where == ("table",)
