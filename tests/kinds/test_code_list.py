"""Does the kind `code_list` name the line numbers that look like codes and are on no list?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Grounding, Predicate, Rule
from checker.wording import both
from tests.build import ground, rule, run, submission, told


def functions(*codes: str, **changes: Any) -> Rule:
    """Functions of the chart of accounts."""
    return rule("code_list", {"shape": r"\d\.\d\d\.\d\d", "codes": codes}, **changes)


ACCOUNTS = """
Regnskab i 1.000 kr.
| Funktion | Navn | Regnskab 2023 |
| 3.22 | Folkeskolen m.m. | 140 |
| 3.22.01 | Folkeskoler | 100 |
| 3.22.05 | Skolefritidsordninger | 40 |
| 3.22.99 | Andet | |
"""


def test_a_code_that_is_not_on_the_list_is_named_with_its_place() -> None:
    read = submission(ACCOUNTS)
    place = next(f.place for f in read.facts if f.number == "3.22.05")
    assert ground(functions("3.22.01"), read).predicates == (
        Predicate("R/T1", "R", "T1", "", ("3.22.05", "3.22.99"), (), places=(place,)),
    )
    (outcome,) = run(read, functions("3.22.01")).outcomes
    assert both(outcome.message) == {
        "da": "Koder, der ikke findes på kodelisten: 3.22.05, 3.22.99.",
        "en": "Codes that are not on the list of codes: 3.22.05, 3.22.99.",
    }
    assert outcome.places == (place,)


def test_all_codes_are_on_the_list() -> None:
    assert told(ACCOUNTS, functions("3.22.01", "3.22.05", "3.22.99", "5.22.01")) == ["passed T1: found [] allowed []"]


def test_only_numbers_that_are_such_codes_from_end_to_end_are_asked() -> None:
    assert told(ACCOUNTS, rule("code_list", {"shape": r"\d\.\d\d", "codes": ("3.23",)})) == [
        "failed T1: found [3.22] allowed []"
    ]
    nothing = Grounding(unbound="plan.no_codes")
    assert ground(rule("code_list", {"shape": r"\d", "codes": ("1",)}), ACCOUNTS) == nothing
    assert ground(functions("3.22.01"), "I kr.\n| Område | Regnskab 2023 |\n| Skoler | 100 |\n") == nothing
    assert ground(functions("3.22.01", tables=("overfoersler",)), ACCOUNTS) == nothing


def test_a_code_may_stand_before_the_name_and_each_table_is_asked() -> None:
    text = """
Regnskab i 1.000 kr.
| Område | Regnskab 2023 |
| 3.22.01 Folkeskoler | 100 |

Budget i 1.000 kr.
| Område | Budget 2024 |
| 3.22.02 Fællesudgifter | 100 |
"""
    assert told(text, functions("3.22.01")) == [
        "passed T1: found [] allowed []",
        "failed T2: found [3.22.02] allowed []",
    ]
    first = next(f.place for f in submission(text).facts if f.statement == "T2")
    assert ground(functions("3.22.01"), text).predicates[1].places == (first,)


def test_where_no_figure_stands_the_table_is_the_place() -> None:
    read = submission(ACCOUNTS)
    (outcome,) = run(replace(read, facts=()), functions("3.22.01")).outcomes
    assert outcome.places == (read.statements[0].place,)


def test_the_settings() -> None:
    assert KINDS["code_list"].settings == {
        "shape": Setting("pattern", required=True),
        "codes": Setting("texts", required=True),
    }
    assert KINDS["code_list"].predicate
    assert KINDS["code_list"].where == ("table",)
