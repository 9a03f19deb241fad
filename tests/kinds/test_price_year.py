"""Does the kind `price_year` hold a stated price year against the year of the figures?"""

from __future__ import annotations

from checker.kinds import KINDS
from checker.model.rules import Grounding, Predicate
from tests.build import ground, rule, submission, told

PRICES = rule("price_year")

YEARS = """
| I 1.000 kr. | Regnskab 2022 | Regnskab 2023 | Budget 2024 |
| Skoler | 90 | 100 | 110 |
"""


def test_a_column_is_in_the_prices_of_its_own_year() -> None:
    text = YEARS + "Anm.: Regnskab 2022 er i 2021-priser; Regnskab 2023 er i 2023-priser.\n"
    read = submission(text)
    first, second = (i for i, c in enumerate(read.claims) if c.kind == "price_year")
    assert ground(PRICES, read) == Grounding(
        predicates=(
            Predicate("R/T1/regnskab/2022/2021", "R", "T1", "regnskab 2022", ("2021",), ("2022",), (first,)),
            Predicate("R/T1/regnskab/2023/2023", "R", "T1", "regnskab 2023", ("2023",), ("2023",), (second,)),
        )
    )
    assert told(text, PRICES) == [
        "failed T1 regnskab 2022: found [2021] allowed [2022]",
        "passed T1 regnskab 2023: found [2023] allowed [2023]",
    ]


def test_a_price_year_for_the_whole_table_is_that_of_its_latest_accounts() -> None:
    assert told(YEARS + "Alle beløb er i 2023-priser.\n", PRICES) == ["passed T1: found [2023] allowed [2023]"]
    assert told(YEARS + "Alle beløb er i 2022-priser.\n", PRICES) == ["failed T1: found [2022] allowed [2023]"]
    assert told(YEARS + "Alle beløb er i 2024-priser.\n", PRICES) == ["failed T1: found [2024] allowed [2023]"]
    (predicate,) = ground(PRICES, YEARS + "Alle beløb er i 2022-priser.\n").predicates
    assert (predicate.id, predicate.about) == ("R/T1///2022", "")


def test_expected_accounts_count_as_accounts() -> None:
    text = "| I 1.000 kr. | Budget 2024 | Forventet regnskab 2023 |\n| Skoler | 90 | 100 |\n"
    assert told(text + "Alle beløb er i 2023-priser.\n", PRICES) == ["passed T1: found [2023] allowed [2023]"]


def test_budgets_alone_may_be_in_any_prices() -> None:
    text = "| I 1.000 kr. | Budget 2024 | Budget 2025 |\n| Skoler | 90 | 100 |\nAlle beløb er i 2023-priser.\n"
    (predicate,) = ground(PRICES, text).predicates
    assert (predicate.found, predicate.allowed, predicate.undecided) == (("2023",), (), "reason.no_accounts_year")
    assert told(text, PRICES) == ["not_evaluated T1: reason.no_accounts_year"]


def test_accounts_without_a_year_leave_it_undecided() -> None:
    text = "| I 1.000 kr. | Regnskab | Budget |\n| Skoler | 90 | 100 |\nAlle beløb er i 2023-priser.\n"
    read = submission(text)
    assert {c.year for c in read.statements[0].columns} == {None}
    assert told(read, PRICES) == ["not_evaluated T1: reason.no_accounts_year"]


def test_each_table_is_held_against_its_own_years() -> None:
    text = (
        f"Først\n{YEARS}Alle beløb er i 2023-priser.\n\nSå\n"
        "| I 1.000 kr. | Regnskab 2021 |\n| Skoler | 90 |\nAlle beløb er i 2022-priser.\n"
    )
    assert told(text, PRICES) == [
        "passed T1: found [2023] allowed [2023]",
        "failed T2: found [2022] allowed [2021]",
    ]


def test_without_a_price_year_there_is_nothing_to_check() -> None:
    none = Grounding(unbound="plan.no_price_year")
    assert ground(PRICES, YEARS) == none
    noted = YEARS + "Alle beløb er i 2023-priser.\n"
    assert ground(rule("price_year", tables=("overfoersler",)), noted) == none


def test_it_is_a_predicate_without_settings() -> None:
    assert (KINDS["price_year"].predicate, dict(KINDS["price_year"].settings)) == (True, {})
    assert KINDS["price_year"].where == ("table",)
