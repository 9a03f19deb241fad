"""Is it decided by the heading and most rows what a column of per cents is a per cent of, and said where it is not?"""

from __future__ import annotations

import pytest

from checker.model.submission import Column
from tests.build import submission

LINES = ((100, 80), (200, 100), (50, 45), (10, 7))
"""Four lines with a budget of 360 and accounts of 232."""
SPENT = ["80,0", "50,0", "90,0", "70,0"]
OF_BUDGETS = ["27,8", "55,6", "13,9", "2,8"]
OF_ACCOUNTS = ["34,5", "43,1", "19,4", "3,0"]


def table(head: str, stated: list[str], *, deviation: bool = False, lines: int = 4) -> str:
    """A table of budget and accounts (and the deviation) with a column of per cents."""
    extra = " Afvigelse |" if deviation else ""
    text = f"I 1.000 kr.\n| Område | Budget 2023 | Regnskab 2023 |{extra} {head} |\n"
    rows = []
    for n, ((budget, used), per_cent) in enumerate(zip(LINES, stated, strict=True)):
        left = f" {budget - used} |" if deviation else ""
        rows.append(f"| L{n} | {budget} | {used} |{left} {per_cent} |\n")
    return text + "".join(rows[:lines])


def per_cents(text: str) -> list[Column]:
    """The columns of per cents of the first table."""
    return [c for c in submission(text).statements[0].columns if c.measure == "andel"]


def bases(text: str) -> list[str | None]:
    """What each of them is a per cent of: numerator/denominator."""
    return [c.basis for c in per_cents(text)]


def undecided(text: str) -> list[str]:
    """Headings of columns that are said to be undecided."""
    return [dict(r.args)["column"] for r in submission(text).remarks if r.key == "reading.percent_undecided"]


# What the heading says


@pytest.mark.parametrize("head", ["%", "Pct.", "Procent"])
def test_a_heading_of_nothing_but_per_cent_is_decided_by_the_rows(head: str) -> None:
    assert bases(table(head, SPENT)) == ["regnskab/budget"]
    assert bases(table(head, OF_ACCOUNTS)) == ["regnskab/sum"]
    assert bases(table(head, OF_BUDGETS)) == ["budget/sum"]
    assert bases(table(head, ["20,0", "50,0", "10,0", "30,0"], deviation=True)) == ["over_underskud/budget"]
    assert undecided(table(head, SPENT)) == []


@pytest.mark.parametrize("head", ["Forbrugsprocent", "Forbrug i %", "Forbrugspct.", "Udnyttelsesprocent"])
def test_a_heading_of_spending_admits_no_share(head: str) -> None:
    assert bases(table(head, SPENT)) == ["regnskab/budget"]
    shares = table(head, OF_ACCOUNTS)
    assert (bases(shares), undecided(shares)) == (["?/3"], [head])


@pytest.mark.parametrize("head", ["Andel", "Fordeling i %", "% af total"])
def test_a_heading_of_shares_admits_no_spending(head: str) -> None:
    assert bases(table(head, OF_ACCOUNTS)) == ["regnskab/sum"]
    spent = table(head, SPENT)
    assert (bases(spent), undecided(spent)) == (["?/3"], [head])


@pytest.mark.parametrize("head", ["Afvigelse i %", "Afv. %", "Mer-/mindreforbrug i %"])
def test_a_heading_of_deviations(head: str) -> None:
    assert bases(table(head, ["20,0", "50,0", "10,0", "30,0"], deviation=True)) == ["over_underskud/budget"]
    assert bases(table(head, ["-20,0", "-50,0", "-10,0", "-30,0"], deviation=True)) == ["over_underskud/budget"]
    without = table(head, ["20,0", "50,0", "10,0", "30,0"])
    assert (bases(without), undecided(without)) == (["?/3"], [head])


@pytest.mark.parametrize("head", ["Ændring i %", "Vækst i pct.", "Udvikling i %"])
def test_a_change_from_something_else_is_never_guessed(head: str) -> None:
    text = table(head, SPENT)
    assert (bases(text), undecided(text)) == (["?/3"], [head])


def test_what_the_heading_names_goes_first() -> None:
    """With budget and accounts in proportion both shares fit; the nearest column's is taken unless one is named."""
    in_proportion = """I 1.000 kr.
| Område | Budget 2023 | Regnskab 2023 | {} |
| A | 100 | 80 | 40 |
| B | 100 | 80 | 40 |
| C | 50 | 40 | 20 |
"""
    assert bases(in_proportion.format("Andel")) == ["regnskab/sum"]
    assert bases(in_proportion.format("Andel af budget")) == ["budget/sum"]
    assert bases(in_proportion.format("Andel af regnskab")) == ["regnskab/sum"]


def test_the_nearest_column_to_the_left_comes_before_those_to_the_right() -> None:
    text = """I 1.000 kr.
| Område | Regnskab 2023 | Andel | Budget 2023 | Andel |
| A | 80 | 40 | 100 | 40 |
| B | 80 | 40 | 100 | 40 |
| C | 40 | 20 | 50 | 20 |
"""
    assert bases(text) == ["regnskab/sum", "budget/sum"]


# What the rows say


def test_one_line_that_does_not_fit_does_not_change_what_it_is_a_per_cent_of() -> None:
    for at in range(4):
        stated = [v if n != at else "66,6" for n, v in enumerate(SPENT)]
        assert bases(table("%", stated)) == ["regnskab/budget"]


def test_more_than_half_of_the_lines_must_fit() -> None:
    half = table("%", [*SPENT[:2], "1,0", "2,0"])
    assert (bases(half), undecided(half)) == (["?/3"], ["%"])
    assert bases(table("%", [*SPENT[:2], "1,0", ""])) == ["regnskab/budget"]


def test_two_lines_at_least_must_fit_where_there_is_a_choice() -> None:
    one = table("%", SPENT, lines=1)
    assert (bases(one), undecided(one)) == (["?/3"], ["%"])
    assert bases(table("%", SPENT, lines=2)) == ["regnskab/budget"]


def test_the_only_reading_of_a_few_lines_is_taken_as_it_stands() -> None:
    wrong = ["1,0", "2,0", "3,0", "4,0"]
    for lines in (1, 2, 3):
        assert bases(table("Forbrugsprocent", wrong, lines=lines)) == ["regnskab/budget"]
    four = table("Forbrugsprocent", wrong)
    assert (bases(four), undecided(four)) == (["?/3"], ["Forbrugsprocent"])
    blank = "I kr.\n| Område | Budget 2023 | Regnskab 2023 | Forbrugsprocent |\n| A | | 5 | 5 |\n| B | 7 | | 6 |\n"
    assert bases(blank) == ["?/3"]  # no line could be tried


def test_of_two_budgets_the_one_that_most_lines_fit_is_taken_and_the_revised_one_where_both_do() -> None:
    head = "I 1.000 kr.\n| Område | Opr. budget 2023 | Korr. budget 2023 | Regnskab 2023 | Forbrugsprocent |\n"
    original = "| A | 100 | 120 | 80 | 80 |\n| B | 200 | 300 | 100 | 50 |\n| C | 50 | 60 | 45 | 90 |\n"
    assert bases(head + original) == ["regnskab/oprindeligt_budget"]
    revised = "| A | 100 | 120 | 80 | 66,7 |\n| B | 200 | 300 | 100 | 33,3 |\n| C | 50 | 60 | 45 | 75 |\n"
    assert bases(head + revised) == ["regnskab/korrigeret_budget"]
    both = "| A | 100 | 100 | 80 | 80 |\n| B | 200 | 200 | 100 | 50 |\n| C | 50 | 50 | 45 | 90 |\n"
    assert bases(head + both) == ["regnskab/korrigeret_budget"]
    mixed = "| A | 100 | 90 | 80 | 40 |\n| B | 100 | 90 | 80 | 41 |\n"
    assert (bases(head + mixed), undecided(head + mixed)) == (["?/4"], ["Forbrugsprocent"])


def test_rounding_is_allowed_for_and_signs_are_not_looked_at() -> None:
    """2 of 3 may be 1,5 of 3,5 to 2,5 of 2,5, and 4 of 5 may be 3,5 of 5,5: 43 to 100 and 64 to 100."""
    text = """I mio. kr.
| Område | Budget 2023 | Regnskab 2023 | Forbrugsprocent |
| A | -3 | -2 | 43 |
| B | 5 | 4 | 64 |
| C | 7 | 2 | -33 |
| D | 7 | 2 | 90 |
"""
    assert bases(text) == ["regnskab/budget"]
    assert bases(text.replace("| 43 |", "| 42 |").replace("| 64 |", "| 62 |")) == ["?/3"]


def test_lines_of_a_budget_of_nothing_are_not_tried() -> None:
    text = table("%", SPENT).replace("| 100 | 80 | 80,0 |", "| 0 | 80 | 100,0 |")
    assert bases(text) == ["regnskab/budget"]


def test_shares_are_of_the_printed_total_or_of_the_lines_that_are_no_sums() -> None:
    text = """I 1.000 kr.
| Nr | Område | Regnskab 2023 | % |
| 1 | A | 60 | 30 |
| 1.a | A1 | 20 | 10 |
| 1.b | A2 | 40 | 20 |
| 2 | B | 140 | 70 |
"""
    assert bases(text) == ["regnskab/sum"]
    assert bases(text + "| | I alt | 200 | 100 |\n") == ["regnskab/sum"]
    head = "I kr.\n| Område | Regnskab 2023 | % |\n"
    selected = f"{head}| A | 60 | 6,0 |\n| B | 140 | 14,0 |\n| C | 200 | 20,0 |\n| D | 50 | 5,0 |\n"
    assert bases(selected + "| I alt | 1.000 | 100,0 |\n") == ["regnskab/sum"]
    assert bases(selected) == ["?/2"]


def test_counts_have_shares_too_and_prices_none() -> None:
    text = "| Skole | Antal elever | Klasser | Andel |\n| A | 25 | 9 | 25 |\n| B | 35 | 1 | 35 |\n| C | 40 | 2 | 40 |\n"
    assert bases(text) == ["maengde/sum"]
    prices = "| Skole | Pris i kr. | Andel |\n| A | 25 | 25 |\n| B | 35 | 35 |\n| C | 40 | 40 |\n"
    assert (bases(prices), undecided(prices)) == (["?/2"], ["Andel"])


# Years and columns


def test_each_year_has_its_own() -> None:
    text = """I 1.000 kr.
| Område | Budget 2022 | Regnskab 2022 | % | Budget 2023 | Regnskab 2023 | % |
| A | 100 | 80 | 80 | 100 | 70 | 70 |
| B | 200 | 100 | 50 | 200 | 80 | 40 |
| C | 50 | 45 | 90 | 50 | 35 | 70 |
"""
    assert [(c.basis, c.year) for c in per_cents(text)] == [("regnskab/budget", 2022), ("regnskab/budget", 2023)]


def test_shares_take_the_year_of_their_column() -> None:
    text = """I 1.000 kr.
| Område | Regnskab 2022 | Andel | Regnskab 2023 | Andel |
| A | 25 | 25 | 30 | 30 |
| B | 35 | 35 | 30 | 30 |
| C | 40 | 40 | 40 | 40 |
"""
    assert [(c.basis, c.year) for c in per_cents(text)] == [("regnskab/sum", 2022), ("regnskab/sum", 2023)]


def test_deviations_from_two_budgets_are_each_of_their_own() -> None:
    text = """I 1.000 kr.
| Område | Opr. budget 2023 | Korr. budget 2023 | Afvigelse ift. korr. budget | % | Afvigelse ift. opr. budget | % |
| A | 800 | 1.000 | 40 | 4,0 | -160 | 20,0 |
| B | 200 | 300 | -10 | 3,3 | -110 | 55,0 |
| C | 400 | 500 | 50 | 10,0 | -50 | 12,5 |
"""
    assert bases(text) == ["over_underskud/korrigeret_budget", "over_underskud/oprindeligt_budget"]


def test_an_empty_column_is_left_as_it_is() -> None:
    text = table("Forbrugsprocent", ["", "", "", ""])
    assert (bases(text), undecided(text)) == ([None], [])
