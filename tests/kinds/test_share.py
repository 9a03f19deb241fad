"""Does the kind `share` hold stated shares against the column they are parts of, and do they make 100 per cent?"""

from __future__ import annotations

from typing import Any

import pytest

from checker.kinds import KINDS
from checker.model.rules import Derived, Grounding, Relation, Term
from tests.build import derived_lines, exactly, ground, relation_lines, rule, submission

SHARE = rule("share")

COUNTS = """
| Skole | Elever 2023 | Andel |
| Nord | 100 | 25,0% |
| Syd | 102 | 25,4% |
| Vest | 199 | 49,6% |
"""

PRINTED = """
| I 1.000 kr. | Regnskab 2023 | Andel |
| Nord | 2 | 26,3% |
| Syd | 2 | 20,0% |
| Vest | 6 | 53,7% |
| I alt | 10 | 100,0% |
"""

LEVELS = """
| Nr | I 1.000 kr. | Regnskab 2023 | Andel |
| 1 | Skoler | 60 | 60% |
| 1.a | Nord | 20 | 20% |
| 1.b | Syd | 40 | 40% |
| 2 | SFO | 40 | 40% |
| | heraf bus | 10 | 12% |
"""

TWO_YEARS = """
| I 1.000 kr. | Regnskab 2022 | Andel | Regnskab 2023 | Andel |
| Nord | 100 | 25,0% | 300 | 30,0% |
| Syd | 100 | 25,0% | 300 | 30,0% |
| Vest | 200 | 50,0% | 400 | 41,0% |
"""

SUMMED = "R/T1/2/total: sum +1(T1.-.nord.maengde.-.2023.-) +1(T1.-.syd.maengde.-.2023.-) +1(T1.-.vest.maengde.-.2023.-)"


def test_the_relations_and_their_terms_in_full() -> None:
    made = ground(rule("share", missing="zero"), PRINTED)
    key, free, per_cent = "R/T1/2", ("scope", "line"), 100_000_000
    stated: dict[str, Any] = {"measure": "andel", "basis": "regnskab/sum", "year": 2023}
    assert made == Grounding(
        relations=(
            Relation(key, "R", "=", "within", free, "zero", "T1"),
            Relation(f"{key}/100", "R", "=", "within", (), "zero", "T1", constant=per_cent),
        ),
        terms=(
            Term(f"{key}/total", 1, "T1", None, "i alt", "regnskab", year=2023),
            Term(f"{key}/share", 1, "T1", measure="regnskab", year=2023, clip="abs"),
            Term(f"{key}/share", -1, "T1", measure=f"{key}/total", clip="abs", label="@derived.sum"),
            Term(key, 1, "T1", measure=f"{key}/share", label="@derived.quotient"),
            Term(key, -1, "T1", clip="abs", stated=True, **stated),
            *(Term(f"{key}/100", 1, "T1", None, line, **stated) for line in ("nord", "syd", "vest")),
        ),
        derived=(
            Derived(f"{key}/total", "R", "sum", "within", (), "kr", "T1"),
            Derived(f"{key}/share", "R", "quotient", "within", free, "percent", "T1", per_cent),
        ),
    )


def test_counts_are_exact_so_only_the_per_cent_is_rounded() -> None:
    made = ground(SHARE, COUNTS)
    assert derived_lines(made)[0] == f"{SUMMED} | within T1 free - number scale 1 constant None"
    assert relation_lines(made)[1].partition(" |")[0].endswith("= 100000000")
    assert exactly(COUNTS, SHARE) == [
        "failed T1 Nord andel 2023: stated 25 computed 10000/401 off 25/401 most 0.05",
        "passed T1 Syd andel 2023: stated 25.4 computed 10200/401 off -73/2005 most 0.05",
        "passed T1 Vest andel 2023: stated 49.6 computed 19900/401 off -52/2005 most 0.05",
        "passed T1 andel 2023: stated 100 computed 100 off 0 most 0.15",
    ]


def test_shares_of_a_printed_total() -> None:
    """2,5 of 9,5 is 26,32 per cent and 5,5 of 10,5 is 52,38; half of the last digit comes on top."""
    assert exactly(PRINTED, SHARE) == [
        "passed_rounding T1 Nord andel 2023: stated 26.3 computed 20 off 6.3 most 2419/380",
        "passed T1 Syd andel 2023: stated 20 computed 20 off 0 most 2419/380",
        "passed_rounding T1 Vest andel 2023: stated 53.7 computed 60 off -6.3 most 3221/420",
        "passed T1 andel 2023: stated 100 computed 100 off 0 most 0.15",
        "passed T1 I alt andel 2023: stated 100 computed 100 off 0 most 4019/380",
    ]


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ("20,0", "passed"),
        ("26,3", "passed_rounding"),
        ("26,36", "failed"),
        ("26,4", "failed"),
        ("14,3", "passed_rounding"),
        ("14,29", "passed_rounding"),
        ("14,2", "failed"),
    ],
)
def test_exactly_at_the_bound_and_one_digit_past_it(stated: str, status: str) -> None:
    """2 of 10 is 1,5 of 10,5 at least, which is 14,286 per cent, and 2,5 of 9,5 at most, which is 26,316."""
    (line, *_) = exactly(PRINTED.replace("26,3", stated), SHARE)
    assert line.split()[:3] == [status, "T1", "Nord"]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("34%", "passed T1 andel 2023: stated 100 computed 100 off 0 most 1.5"),
        ("35%", "passed_rounding T1 andel 2023: stated 100 computed 101 off -1 most 1.5"),
        ("36%", "failed T1 andel 2023: stated 100 computed 102 off -2 most 1.5"),
        ("32%", "failed T1 andel 2023: stated 100 computed 98 off 2 most 1.5"),
        ("34,5%", "passed_rounding T1 andel 2023: stated 100 computed 100.5 off -0.5 most 1.05"),
    ],
)
def test_the_shares_make_100_per_cent(stated: str, said: str) -> None:
    text = f"| I mio. kr. | Regnskab 2023 | Andel |\n| A | 1 | 33% |\n| B | 1 | 33% |\n| C | 1 | {stated} |\n"
    assert exactly(text, SHARE)[-1] == said


def test_lines_of_all_levels_are_held_against_the_total_of_the_lowest_and_only_these_make_100() -> None:
    made = ground(SHARE, LEVELS)
    assert [line.partition(" |")[0] for line in (derived_lines(made)[0], relation_lines(made)[1])] == [
        "R/T1/3/total: sum +1(T1.-.1.a.regnskab.-.2023.-) +1(T1.-.1.b.regnskab.-.2023.-) +1(T1.-.2.regnskab.-.2023.-)",
        "R/T1/3/100: +1(T1.-.1.a.andel.regnskab/sum.2023.-) +1(T1.-.1.b.andel.regnskab/sum.2023.-)"
        " +1(T1.-.2.andel.regnskab/sum.2023.-) = 100000000",
    ]
    assert [line.partition(" off")[0] for line in exactly(LEVELS, SHARE)] == [
        "passed T1 1 Skoler andel 2023: stated 60 computed 60",
        "passed T1 1.a Nord andel 2023: stated 20 computed 20",
        "passed T1 1.b Syd andel 2023: stated 40 computed 40",
        "passed T1 2 SFO andel 2023: stated 40 computed 40",
        "passed T1 andel 2023: stated 100 computed 100",
        "failed T1 heraf bus andel 2023: stated 12 computed 10",
    ]


def test_each_year_is_held_against_its_own_amounts() -> None:
    made = ground(SHARE, TWO_YEARS)
    assert {(t.measure, t.year) for t in made.terms if t.relation == "R/T1/4/total"} == {("regnskab", 2023)}
    assert [line.partition(" most")[0] for line in exactly(TWO_YEARS, SHARE)] == [
        "passed T1 Nord andel 2022: stated 25 computed 25 off 0",
        "passed T1 Nord andel 2023: stated 30 computed 30 off 0",
        "passed T1 Syd andel 2022: stated 25 computed 25 off 0",
        "passed T1 Syd andel 2023: stated 30 computed 30 off 0",
        "passed T1 Vest andel 2022: stated 50 computed 50 off 0",
        "passed T1 andel 2022: stated 100 computed 100 off 0",
        "failed T1 Vest andel 2023: stated 41 computed 40 off 1",
        "failed T1 andel 2023: stated 100 computed 101 off -1",
    ]


def test_signs_are_ignored() -> None:
    text = """
| I 1.000 kr. | Regnskab 2023 | Andel |
| Nord | -300 | 30,0% |
| Syd | -700 | 70,0% |
"""
    assert [line.partition(" most")[0] for line in exactly(text, SHARE)] == [
        "passed T1 Nord andel 2023: stated 30 computed 30 off 0",
        "passed T1 Syd andel 2023: stated 70 computed 70 off 0",
        "passed T1 andel 2023: stated 100 computed 100 off 0",
    ]


def test_a_share_that_is_not_stated_leaves_the_100_per_cent_open() -> None:
    text = PRINTED.replace("20,0%", "")
    assert [line.partition(" stated")[0] for line in exactly(text, SHARE)] == [
        "passed_rounding T1 Nord andel 2023:",
        "passed_rounding T1 Vest andel 2023:",
        "not_evaluated T1 andel 2023: reason.part_missing",
        "passed T1 I alt andel 2023:",
    ]


def test_an_amount_that_is_not_stated_leaves_the_total_open_unless_it_is_printed() -> None:
    text = "| Skole | Elever 2023 | Andel |\n| Nord | 20 | 20% |\n| Syd | | 10% |\n| Vest | 70 | 70% |\n"
    assert [line.partition(" off")[0] for line in exactly(text, SHARE)] == [
        "not_evaluated T1 Nord andel 2023: reason.parts_missing",
        "not_evaluated T1 Syd andel 2023: reason.parts_missing",
        "not_evaluated T1 Vest andel 2023: reason.parts_missing",
        "passed T1 andel 2023: stated 100 computed 100",
    ]
    assert [line.partition(" off")[0] for line in exactly(text + "| I alt | 100 | 100% |\n", SHARE)] == [
        "passed T1 Nord andel 2023: stated 20 computed 20",
        "not_evaluated T1 Syd andel 2023: reason.parts_missing",
        "passed T1 Vest andel 2023: stated 70 computed 70",
        "passed T1 andel 2023: stated 100 computed 100",
        "passed T1 I alt andel 2023: stated 100 computed 100",
    ]


def test_a_row_without_figures_is_no_line() -> None:
    text = COUNTS.replace("| Syd", "| Byen | | |\n| Syd")
    assert derived_lines(ground(SHARE, text)) == derived_lines(ground(SHARE, COUNTS))


@pytest.mark.parametrize(
    "text",
    [
        "| I kr. | Regnskab 2023 |\n| Skoler | 10 |\n",
        "| I kr. | Regnskab 2023 | Andel |\n| Skoler | 10 | |\n",
        "| Skole | Elever 2023 | Andel |\n| Nord | | 25,0% |\n| Syd | | 75,0% |\n",
        "| I kr. | Budget 2023 | Regnskab 2023 | Forbrugsprocent |\n| A | 10 | 20 | 200 |\n| B | 10 | 30 | 300 |\n",
    ],
    ids=["no shares", "an empty column", "nothing to be a share of", "another sort of per cent"],
)
def test_nothing_to_check(text: str) -> None:
    assert ground(SHARE, text) == Grounding(unbound="plan.no_shares")


def test_tables_and_layouts() -> None:
    both = COUNTS + "\nOg så den næste:\n" + PRINTED
    assert [r.id for r in ground(SHARE, both).relations] == ["R/T1/2", "R/T1/2/100", "R/T2/2", "R/T2/2/100"]
    layout = submission(COUNTS).statements[0].layout
    assert len(ground(rule("share", tables=(layout,)), COUNTS).relations) == 2
    assert ground(rule("share", tables=("overfoersler",)), COUNTS).unbound == "plan.no_shares"


def test_it_has_no_settings() -> None:
    assert (KINDS["share"].predicate, dict(KINDS["share"].settings), KINDS["share"].where) == (False, {}, ("table",))
