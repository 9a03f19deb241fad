"""Does the kind `total` make one sum of every part/whole group and additive column?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Relation, Term
from tests.build import ground, relation_lines, rule, submission, told

NUMBERED = """
Regnskab i 1.000 kr.
| Nr. | Område | Budget 2023 | Regnskab 2023 | Andel % | Pris 2023 |
| 1 | Skoler | 150 | 140 | 70 | 5 |
| 1.a | Undervisning | 100 | 100 | 50 | 6 |
| 1.b | SFO | 50 | 42 | 21 | 7 |
| 2 | Dagtilbud | 60 | 60 | 30 | 8 |
| | I alt | 210 | 204 | 100 | 9 |
"""

SCOPES = """
Regnskab i 1.000 kr.
| Område | Regnskab 2023 |
| Drift | |
| Skoler | 100 |
| SFO | 40 |
| Drift i alt | 141 |
| Anlæg | |
| Bro | 10 |
| Vej | 20 |
| Anlæg i alt | 30 |
"""

SELECTED = """
Udvalgte områder, regnskab i 1.000 kr.
| Område | Regnskab 2023 |
| Skoler | 100 |
| SFO | 40 |
| I alt | 200 |
"""


def test_every_level_and_additive_column_is_a_sum_and_prices_and_shares_are_not() -> None:
    lines = relation_lines(ground(rule("total"), NUMBERED))
    assert {line.partition(" = 0")[2] for line in lines} == {" | within T1 free year,as_of missing not_evaluated"}
    assert [line.partition(" = 0")[0] for line in lines] == [
        "R/T1/0/budget/: +1(T1.-.1.a.budget.-.-.-) +1(T1.-.1.b.budget.-.-.-) -1*(T1.-.1.budget.-.-.-)",
        "R/T1/0/regnskab/: +1(T1.-.1.a.regnskab.-.-.-) +1(T1.-.1.b.regnskab.-.-.-) -1*(T1.-.1.regnskab.-.-.-)",
        "R/T1/1/budget/: +1(T1.-.1.budget.-.-.-) +1(T1.-.2.budget.-.-.-) -1*(T1.-.i_alt.budget.-.-.-)",
        "R/T1/1/regnskab/: +1(T1.-.1.regnskab.-.-.-) +1(T1.-.2.regnskab.-.-.-) -1*(T1.-.i_alt.regnskab.-.-.-)",
    ]


def test_only_the_wrong_levels_fail() -> None:
    assert told(NUMBERED, rule("total")) == [
        "passed T1 Skoler budget 2023: stated 150 computed 150 off 0 most 1,5",
        "failed T1 Skoler regnskab 2023: stated 140 computed 142 off -2 most 1,5",
        "passed T1 I alt budget 2023: stated 210 computed 210 off 0 most 1,5",
        "failed T1 I alt regnskab 2023: stated 204 computed 200 off 4 most 1,5",
    ]


def test_a_relation_and_its_terms_in_full() -> None:
    made = ground(rule("total", missing="zero"), SCOPES)
    headed = replace(
        submission(SCOPES), structure=tuple(replace(p, without_figures=("Tom",)) for p in submission(SCOPES).structure)
    )
    (first, second) = ground(rule("total", missing="fail"), headed).relations
    assert first == Relation(
        id="R/T1/0/regnskab/",
        rule="R",
        op="=",
        mode="within",
        free=("year", "as_of"),
        missing="fail",
        statement="T1",
        label="Drift i alt",
        without_figures=("Tom",),
    )
    assert (second.id, second.label, made.relations[0].missing) == ("R/T1/1/regnskab/", "Anlæg i alt", "zero")
    assert made.terms[:2] == (
        Term("R/T1/0/regnskab/", 1, "T1", "drift", "skoler", "regnskab"),
        Term("R/T1/0/regnskab/", 1, "T1", "drift", "sfo", "regnskab"),
    )
    total = made.terms[2]
    assert (total.weight, total.scope, total.measure, total.stated) == (-1, "drift", "regnskab", True)
    assert made.unbound == ""


def test_the_settings_narrow_it() -> None:
    assert [r.id for r in ground(rule("total", {"except": ["regnskab"]}), NUMBERED).relations] == [
        *("R/T1/0/budget/", "R/T1/0/pris/", "R/T1/1/budget/", "R/T1/1/pris/")
    ]
    assert KINDS["total"].settings == {"except": Setting("measures", default=("pris",))}
    assert not Setting("measures").required
    assert not KINDS["total"].predicate
    assert KINDS["total"].where == ("table", "scope")


def test_a_rule_for_one_scope_or_layout_looks_at_nothing_else() -> None:
    assert told(SCOPES, rule("total", scopes=("drift",))) == [
        "passed_rounding T1 Drift i alt regnskab 2023: stated 141 computed 140 off 1 most 1,5"
    ]
    assert len(ground(rule("total", scopes=("drift", "anlaeg")), SCOPES).relations) == 2
    assert [r.label for r in ground(rule("total", scopes=("anlaeg",)), SCOPES).relations] == ["Anlæg i alt"]
    assert ground(rule("total", scopes=("anlaeg",)), NUMBERED).unbound == "plan.no_totals"
    layout = submission(NUMBERED).statements[0].layout
    assert len(ground(rule("total", tables=(layout,)), NUMBERED).relations) == 4
    assert ground(rule("total", tables=("overfoersler",)), NUMBERED).unbound == "plan.no_totals"


def test_years_share_one_relation_and_an_empty_column_has_none() -> None:
    text = """
Regnskab i 1.000 kr.
| Område | Regnskab 2022 | Regnskab 2023 | Budget 2023 |
| Skoler | 90 | 100 | |
| SFO | 30 | 40 | |
| I alt | 120 | 142 | |
"""
    assert [r.id for r in ground(rule("total"), text).relations] == ["R/T1/0/regnskab/"]
    assert told(text, rule("total")) == [
        "passed T1 I alt regnskab 2022: stated 120 computed 120 off 0 most 1,5",
        "failed T1 I alt regnskab 2023: stated 142 computed 140 off 2 most 1,5",
    ]


def test_deviations_from_two_budgets_are_two_sums() -> None:
    text = """
Regnskab i 1.000 kr.
| Område | Afvigelse 2023 i forhold til korr. budget | Afvigelse 2023 i forhold til opr. budget |
| Skoler | 10 | 5 |
| SFO | 20 | 6 |
| I alt | 30 | 12 |
"""
    made = ground(rule("total"), text)
    assert [r.id for r in made.relations] == [
        "R/T1/0/over_underskud/korrigeret_budget",
        "R/T1/0/over_underskud/oprindeligt_budget",
    ]
    assert {t.basis for t in made.terms[:3]} == {"korrigeret_budget"}
    assert told(text, rule("total")) == [
        "passed T1 I alt over_underskud 2023: stated 30 computed 30 off 0 most 1,5",
        "passed_rounding T1 I alt over_underskud 2023: stated 12 computed 11 off 1 most 1,5",
    ]


def test_a_listing_of_selected_parts_is_left_alone() -> None:
    assert told(SELECTED, rule("total")) == ["not_evaluated T1 I alt regnskab 2023: reason.selected"]


def test_an_uncertain_group_is_named_so_that_its_outcomes_stay_together() -> None:
    read = submission(SCOPES)
    unsure = replace(read, structure=tuple(replace(p, certain=False) for p in read.structure))
    assert [r.group for r in ground(rule("total"), read).relations] == ["", ""]
    wholes = [p.whole for p in read.structure]
    assert [r.group for r in ground(rule("total"), unsure).relations] == [
        f"T1/drift/{wholes[0]}",
        f"T1/anlaeg/{wholes[1]}",
    ]


def test_a_missing_part_follows_the_rule() -> None:
    text = """
Regnskab i 1.000 kr.
| Område | Budget 2023 | Regnskab 2023 |
| Skoler | 100 | |
| SFO | 40 | 40 |
| I alt | 140 | 40 |
"""
    good = "passed T1 I alt budget 2023: stated 140 computed 140 off 0 most 1,5"
    assert told(text, rule("total")) == [good, "not_evaluated T1 I alt regnskab 2023: reason.part_missing"]
    assert told(text, rule("total", missing="zero")) == [
        good,
        "passed T1 I alt regnskab 2023: stated 40 computed 40 off 0 most 1",
    ]
    assert told(text, rule("total", missing="fail")) == [
        good,
        "failed T1 I alt regnskab 2023: reason.part_missing",
    ]


def test_no_totals() -> None:
    made = ground(rule("total"), "I kr.\n| Område | Regnskab 2023 |\n| Skoler | 100 |\n| SFO | 90 |\n")
    assert (made.relations, made.terms, made.unbound) == ((), (), "plan.no_totals")


def test_two_tables_do_not_share_groups() -> None:
    made = ground(rule("total"), SELECTED.replace("Udvalgte områder, r", "R") + "\nNæste år\n" + SCOPES)
    assert [r.statement for r in made.relations] == ["T1", "T2", "T2"]
    assert {t.statement for t in made.terms if t.relation.startswith("R/T2/")} == {"T2"}


def test_a_group_whose_parts_and_scopes_do_not_pair_is_refused_not_shortened() -> None:
    read = submission(SCOPES)
    torn = replace(read, structure=tuple(replace(p, part_scopes=p.part_scopes[:1]) for p in read.structure))
    with pytest.raises(ValueError, match="zip"):
        ground(rule("total"), torn)
