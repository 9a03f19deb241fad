"""Does the kind `difference` hold a printed difference against its columns, or against what other tables say?"""

from __future__ import annotations

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Relation, Rule, Term
from tests.build import ground, relation_lines, rule, told

DEVIATION = {"stated": "over_underskud", "minuend": "basis", "subtrahend": "regnskab"}
HERE = rule("difference", DEVIATION)
ANYWHERE = rule("difference", {**DEVIATION, "figures": "any_table"})

ONE_TABLE = """
Beløb i 1.000 kr.
| Område | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| Skoler | 100 | 90 | 10 |
| SFO | 40 | 45 | -7 |
| Klubber | 20 | 12 | 9 |
"""

OVERVIEW = """
Oversigt i 1.000 kr.
| Nr. | Område | Korr. budget 2023 | Regnskab 2023 |
| 1 | Digitaliseringspuljen | 2.921 | 2.593 |
| 2 | Leasing | 40 | 45 |
| 3 | KMD | 4 | 5 |
"""

RESULT = """
Resultat i kr.
| Nr. | Område | Over-/underskud 2023 i forhold til korr. budget |
| 1 | Digitaliseringspuljen | 328.455 |
| 2 | Leasing | -7.000 |
"""


def test_the_columns_of_one_table() -> None:
    assert relation_lines(ground(HERE, ONE_TABLE)) == [
        "R/T1/3: +1(T1.-.-.korrigeret_budget.-.2023.-) -1(T1.-.-.regnskab.-.2023.-)"
        " -1*(T1.-.-.over_underskud.korrigeret_budget.2023.-) = 0"
        " | within T1 free scope,line,year missing not_evaluated"
    ]
    assert relation_lines(ground(ANYWHERE, ONE_TABLE)) == relation_lines(ground(HERE, ONE_TABLE))
    assert told(ONE_TABLE, HERE) == [
        "passed T1 Skoler over_underskud 2023: stated 10 computed 10 off 0 most 1,5",
        "failed T1 SFO over_underskud 2023: stated -7 computed -5 off -2 most 1,5",
        "passed_rounding T1 Klubber over_underskud 2023: stated 9 computed 8 off 1 most 1,5",
    ]


def test_a_relation_and_its_terms_in_full() -> None:
    made = ground(rule("difference", DEVIATION, missing="zero"), ONE_TABLE)
    key = "R/T1/3"
    assert made.relations == (Relation(key, "R", "=", "within", ("scope", "line", "year"), "zero", "T1"),)
    assert made.terms == (
        Term(key, 1, "T1", measure="korrigeret_budget", year=2023),
        Term(key, -1, "T1", measure="regnskab", year=2023),
        Term(key, -1, "T1", measure="over_underskud", basis="korrigeret_budget", year=2023, stated=True),
    )
    assert made.unbound == ""


def test_the_columns_may_be_named_instead() -> None:
    text = """
Anlæg, beløb i 1.000 kr.
| Projekt | Korrigeret budget 2023 | Regnskab 2023 | Restbudget |
| Cykelsti | 900 | 400 | 502 |
"""
    rest = rule("difference", {"stated": "rest", "minuend": "korrigeret_budget", "subtrahend": "regnskab"})
    assert told(text, rest) == ["failed T1 Cykelsti rest 2023: stated 502 computed 500 off 2 most 1,5"]
    assert ground(rest, ONE_TABLE).unbound == "plan.no_difference"
    assert ground(rest, ONE_TABLE).relations == ()


def test_the_years_of_a_table_are_kept_apart() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Korr. budget 2022 | Regnskab 2022 | Afvigelse 2022 | Korr. budget 2023 | Regnskab 2023 | Afvigelse 2023 |
| Skoler | 80 | 70 | 10 | 100 | 90 | 10 |
| SFO | 50 | 45 | 5 | 40 | 30 | 12 |
"""
    assert [r.id for r in ground(HERE, text).relations] == ["R/T1/3", "R/T1/6"]
    assert told(text, HERE) == [
        "passed T1 Skoler over_underskud 2022: stated 10 computed 10 off 0 most 1,5",
        "passed T1 Skoler over_underskud 2023: stated 10 computed 10 off 0 most 1,5",
        "passed T1 SFO over_underskud 2022: stated 5 computed 5 off 0 most 1,5",
        "failed T1 SFO over_underskud 2023: stated 12 computed 10 off 2 most 1,5",
    ]


def test_by_default_no_other_table_is_asked() -> None:
    made = ground(HERE, OVERVIEW + RESULT)
    key = "R/T2/2"
    assert made.relations == (
        Relation(key, "R", "=", "within", (), "not_evaluated", "T2", blocked="reason.no_basis_column"),
    )
    assert made.terms == (Term(key, -1, "T2", measure="over_underskud", basis="korrigeret_budget", stated=True),)
    assert told(OVERVIEW + RESULT, HERE) == [
        "not_evaluated T2 1 Digitaliseringspuljen over_underskud 2023: reason.no_basis_column"
    ]


def test_where_the_rule_allows_it_each_line_uses_the_best_known_figures_of_all_tables() -> None:
    """ROUNDING.md: 328.455 kr. against 2.921 - 2.593 = 328 in 1.000 kr. holds, with a bound of 1.000,5 kr."""
    made = ground(ANYWHERE, OVERVIEW + RESULT)
    ids = ["R/over_underskud/korrigeret_budget/2023//1", "R/over_underskud/korrigeret_budget/2023//2"]
    assert made.relations == tuple(Relation(i, "R", "=", "across", ("year",)) for i in ids)
    assert made.terms[:3] == (
        Term(ids[0], 1, line="1", measure="korrigeret_budget", year=2023),
        Term(ids[0], -1, line="1", measure="regnskab", year=2023),
        Term(ids[0], -1, line="1", measure="over_underskud", basis="korrigeret_budget", year=2023, stated=True),
    )
    assert {t.relation for t in made.terms[3:]} == {ids[1]}
    assert told(OVERVIEW + RESULT, ANYWHERE) == [
        "passed_rounding T2 1 Digitaliseringspuljen over_underskud 2023:"
        " stated 328.455 computed 328.000 off 455 most 1.000,5",
        "failed T2 2 Leasing over_underskud 2023: stated -7.000 computed -5.000 off -2.000 most 1.000,5",
    ]


def test_a_line_keeps_its_scope_in_other_tables() -> None:
    def scoped(text: str) -> str:
        return text.replace("Oversigt", "Drift, oversigt").replace("Resultat", "Drift, resultat")

    made = ground(ANYWHERE, scoped(OVERVIEW + RESULT))
    assert made.relations[0].id == "R/over_underskud/korrigeret_budget/2023/drift/1"
    assert {(t.scope, t.line) for t in made.terms[:3]} == {("drift", "1")}


def test_a_line_that_its_own_table_checks_is_not_checked_again() -> None:
    full = """
Oversigt i 1.000 kr.
| Nr. | Område | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| 1 | Digitaliseringspuljen | 2.921 | 2.593 | 328 |
| 2 | Leasing | 40 | 45 | -5 |
"""
    made = ground(ANYWHERE, full + RESULT)
    assert [r.id for r in made.relations] == ["R/T1/4"]


def test_a_line_that_only_another_table_states_is_still_checked() -> None:
    first = """
Oversigt i 1.000 kr.
| Nr. | Område | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| 1 | Digitaliseringspuljen | 2.921 | 2.593 | 328 |
| 2 | Leasing | 40 | 45 | |
"""
    lines = told(first + RESULT, ANYWHERE)
    assert "failed T2 2 Leasing over_underskud 2023: stated -7.000 computed -5.000 off -2.000 most 1.000,5" in lines
    assert [line for line in lines if "Digitaliseringspuljen" in line] == [
        "passed T1 1 Digitaliseringspuljen over_underskud 2023: stated 328 computed 328 off 0 most 1,5"
    ]


def test_only_the_stated_column_of_tables_the_rule_looks_at_is_checked() -> None:
    carried = """
Overførsler i kr.
| Nr. | Område | Søgt overført til 2024 | Over-/underskud 2023 i forhold til korr. budget |
| 2 | Leasing | 5.000 | -7.000 |
"""
    given = rule("difference", {**DEVIATION, "figures": "any_table"}, tables=("overfoersler",))
    made = ground(given, OVERVIEW + RESULT + carried)
    assert [r.id for r in made.relations] == ["R/over_underskud/korrigeret_budget/2023//2"]
    assert len(made.terms) == 3


def test_a_column_that_cannot_be_checked_does_not_stop_the_next() -> None:
    before = """
Sidste år i kr.
| Nr. | Område | Over-/underskud 2021 i forhold til korr. budget |
| 1 | Digitaliseringspuljen | 5 |
"""
    assert [line.partition(":")[0] for line in told(before + ONE_TABLE, HERE)] == [
        "not_evaluated T1 1 Digitaliseringspuljen over_underskud 2021",
        "passed T2 Skoler over_underskud 2023",
        "failed T2 SFO over_underskud 2023",
        "passed_rounding T2 Klubber over_underskud 2023",
    ]
    assert [line.partition(":")[0] for line in told(before + OVERVIEW + RESULT, ANYWHERE)] == [
        "not_evaluated T1 1 Digitaliseringspuljen over_underskud 2021",
        "passed_rounding T3 1 Digitaliseringspuljen over_underskud 2023",
        "failed T3 2 Leasing over_underskud 2023",
    ]


def test_the_same_line_in_two_tables_without_columns_is_checked_once() -> None:
    again = RESULT.replace("Resultat", "Gentaget")
    made = ground(ANYWHERE, OVERVIEW + RESULT + again)
    assert [r.id for r in made.relations] == [
        "R/over_underskud/korrigeret_budget/2023//1",
        "R/over_underskud/korrigeret_budget/2023//2",
    ]


def test_without_the_columns_anywhere_the_check_is_blocked() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Regnskab 2023 | Over-/underskud 2023 |
| Skoler | 90 | 10 |
"""
    for given in (HERE, ANYWHERE):
        assert told(text, given) == ["not_evaluated T1 Skoler over_underskud 2023: reason.no_basis_column"]
    last_year = OVERVIEW.replace("2023", "2022")
    assert told(last_year + RESULT, ANYWHERE) == [
        "not_evaluated T2 1 Digitaliseringspuljen over_underskud 2023: reason.no_basis_column"
    ]


def test_an_empty_column_is_no_column() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 | Restbudget 2023 |
| Skoler | 100 | | 10 | |
| SFO | 40 | | -5 | |
"""
    assert told(text, HERE) == ["not_evaluated T1 Skoler over_underskud 2023: reason.no_basis_column"]
    rest = rule("difference", {"stated": "rest", "minuend": "korrigeret_budget", "subtrahend": "regnskab"})
    assert ground(rest, text).unbound == "plan.no_difference"


def limited(*layouts: str) -> Rule:
    """The rule for the tables of some layouts only."""
    return rule("difference", DEVIATION, tables=layouts)


def test_a_rule_for_one_layout_looks_at_no_other_table() -> None:
    assert len(ground(limited("regnskab_mod_budget"), ONE_TABLE).relations) == 1
    assert ground(limited("overfoersler"), ONE_TABLE).unbound == "plan.no_difference"


def test_the_settings() -> None:
    assert KINDS["difference"].settings == {
        "stated": Setting("measure", required=True),
        "minuend": Setting("measure", required=True, choices=("basis",)),
        "subtrahend": Setting("measure", required=True),
        "figures": Setting("choice", choices=("same_table", "any_table"), default="same_table"),
    }
    assert not KINDS["difference"].predicate
    assert KINDS["difference"].where == ("table",)
