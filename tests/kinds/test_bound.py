"""Does the kind `bound` keep one figure within another, or within its positive or negative part, or a share of it?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Grounding, Relation, Rule, Term
from checker.model.submission import PRIOR
from checker.reports.calculation import calculation
from tests.build import ground, relation_lines, rule, run, submission, told

CARRIED = """
Beløb i 1.000 kr.
| Nr. | Område | Over-/underskud 2023 | Søgt overført til 2024 |
| 1 | Skoler | 50 | 51 |
| 2 | SFO | -20 | 3 |
| 3 | Klub | 5 | |
| | I alt | 35 | 54 |
"""

DEFICIT = """
Beløb i 1.000 kr.
| Nr. | Område | Over-/underskud 2023 | Søgt overført til 2024 |
| 1 | Skoler | -50 | -51 |
| 2 | SFO | 20 | -3 |
| 3 | Klub | -5 | -7 |
"""

CAPPED = """
Beløb i 1.000 kr.
| Nr. | Område | Korr. budget 2023 | Søgt overført til 2024 |
| 1 | Skoler | 990 | 50 |
| 2 | SFO | 990 | 51 |
| 3 | Klub | 1.000 | 50 |
"""


def bound(limit: str = "over_underskud", **check: Any) -> Rule:
    """What is sought carried forward keeps within the limit."""
    return rule("bound", {"figure": "overfoersel_soegt", "limit": limit, **check})


def test_each_line_keeps_within_the_positive_part() -> None:
    """A deficit is a limit of exactly zero: nothing of it is rounded."""
    free = "| across - free year missing not_evaluated"
    assert relation_lines(ground(bound(limit_part="positive"), CARRIED)) == [
        f"R//1: +1*(-.-.1.overfoersel_soegt.-.-.-) -1(-.-.1.over_underskud.-.-.pos) <= 0 {free}",
        f"R//2: +1*(-.-.2.overfoersel_soegt.-.-.-) -1(-.-.2.over_underskud.-.-.pos) <= 0 {free}",
    ]
    assert told(CARRIED, bound(limit_part="positive")) == [
        "passed_rounding T1 1 Skoler overfoersel_soegt 2023: stated 51 computed 50 off 1 most 1",
        "failed T1 2 SFO overfoersel_soegt 2023: stated 3 computed 0 off 3 most 0,5",
    ]


def test_a_relation_and_its_terms_in_full() -> None:
    scoped = CARRIED.replace("Beløb", "Drift, beløb")
    made = ground(rule("bound", {"figure": "overfoersel_soegt", "limit": "over_underskud"}, missing="zero"), scoped)
    key = "R/drift/1"
    assert made.relations[0] == Relation(key, "R", "<=", "across", ("year",), "zero")
    assert made.terms[:2] == (
        Term(key, 1, None, "drift", "1", "overfoersel_soegt", stated=True),
        Term(key, -1, None, "drift", "1", "over_underskud"),
    )
    assert made.unbound == ""


def test_each_line_carries_no_more_of_a_deficit_than_there_is() -> None:
    least = bound(limit_part="negative", direction="at_least")
    assert [t.clip for t in ground(least, DEFICIT).terms[:2]] == ["", "neg"]
    assert [t.weight for t in ground(least, DEFICIT).terms[:2]] == [-1, 1]
    assert told(DEFICIT, least) == [
        "passed_rounding T1 1 Skoler overfoersel_soegt 2023: stated -51 computed -50 off -1 most 1",
        "failed T1 2 SFO overfoersel_soegt 2023: stated -3 computed 0 off -3 most 0,5",
        "failed T1 3 Klub overfoersel_soegt 2023: stated -7 computed -5 off -2 most 1",
    ]


@pytest.mark.parametrize(("percent", "weights"), [(5, (20, -1)), (Decimal("2.5"), (40, -1)), (150, (2, -3))])
def test_a_share_is_whole_numbers(percent: int | Decimal, weights: tuple[int, int]) -> None:
    made = ground(bound("korrigeret_budget", percent=percent), CAPPED)
    assert tuple(t.weight for t in made.terms[:2]) == weights
    turned = ground(bound("korrigeret_budget", percent=percent, direction="at_least"), CAPPED)
    assert tuple(-t.weight for t in turned.terms[:2]) == weights


def test_a_share_of_the_limit() -> None:
    """5 % of 990 is 49,5; half a unit on 50 and 5 % of half a unit on 990 are 0,525 together, 10,5 times 20."""
    assert told(CAPPED, bound("korrigeret_budget", percent=5)) == [
        "passed_rounding T1 1 Skoler overfoersel_soegt 2023: stated 1.000 computed 990 off 10 most 10,5 times 20",
        "failed T1 2 SFO overfoersel_soegt 2023: stated 1.020 computed 990 off 30 most 10,5 times 20",
        "passed T1 3 Klub overfoersel_soegt 2023: stated 1.000 computed 1.000 off 0 most 10,5 times 20",
    ]


def test_no_share_is_the_whole_and_none_per_cent_is_nothing() -> None:
    assert told(CAPPED, bound("korrigeret_budget"))[1] == (
        "passed T1 2 SFO overfoersel_soegt 2023: stated 51 computed 990 off -939 most 1"
    )
    assert told(CAPPED, bound("korrigeret_budget", percent=0))[1] == (
        "failed T1 2 SFO overfoersel_soegt 2023: stated 51 computed 0 off 51 most 0,5"
    )


def test_a_total_is_left_to_the_rules_on_totals_only_where_its_parts_state_the_figure() -> None:
    none_carried = CARRIED.replace("| 51 |", "| |").replace("| 3 |\n", "| |\n")
    assert told(none_carried, bound(limit_part="positive")) == [
        "failed T1 I alt overfoersel_soegt 2023: stated 54 computed 35 off 19 most 1"
    ]


def test_a_total_of_one_scope_is_not_hidden_by_parts_of_another() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Over-/underskud 2023 | Søgt overført til 2024 |
| Drift | | |
| Skoler | 50 | 40 |
| SFO | 10 | 10 |
| Drift i alt | 60 | 50 |
| Anlæg | | |
| Bro | 7 | |
| Vej | 3 | |
| Anlæg i alt | 10 | 12 |
"""
    assert [r.id.rpartition("/")[0] + "/" for r in ground(bound(), text).relations][:2] == ["R/drift/", "R/drift/"]
    assert [line.partition(":")[0] for line in told(text, bound())] == [
        "passed T1 Skoler overfoersel_soegt 2023",
        "passed T1 SFO overfoersel_soegt 2023",
        "failed T1 Anlæg i alt overfoersel_soegt 2023",
    ]


def test_a_group_whose_parts_and_scopes_do_not_pair_is_refused_not_shortened() -> None:
    read = submission(CARRIED.replace("| 51 |", "| |"))
    torn = replace(read, structure=tuple(replace(p, part_scopes=p.part_scopes[:1]) for p in read.structure))
    with pytest.raises(ValueError, match="zip"):
        ground(bound(), torn)


def test_the_figure_and_its_limit_may_stand_in_two_tables() -> None:
    text = """
Oversigt i mio. kr.
| Nr. | Område | Over-/underskud 2023 |
| 1 | Skoler | 1,2 |
| 2 | SFO | 0,4 |

Overførsler i 1.000 kr.
| Nr. | Område | Søgt overført til 2024 |
| 1 | Skoler | 1.250 |
| 2 | SFO | 451 |
"""
    assert told(text, bound()) == [
        "passed_rounding T2 1 Skoler overfoersel_soegt 2023: stated 1.250 computed 1.200 off 50 most 50,5",
        "failed T2 2 SFO overfoersel_soegt 2023: stated 451 computed 400 off 51 most 50,5",
    ]


def test_a_line_without_its_limit_is_not_evaluated() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Over-/underskud 2023 | Søgt overført til 2024 |
| Skoler | | 40 |
| SFO | 5 | |
"""
    assert told(text, bound()) == ["not_evaluated T1 Skoler overfoersel_soegt 2023: reason.parts_missing"]


def test_without_both_measures_there_is_nothing_to_check() -> None:
    assert ground(bound("korrigeret_budget"), CARRIED) == Grounding(unbound="plan.no_measures")
    assert ground(bound("over_underskud"), CAPPED) == Grounding(unbound="plan.no_measures")
    assert ground(rule("bound", {"figure": "rest", "limit": "over_underskud"}), CARRIED).unbound == "plan.no_measures"


def test_a_rule_for_one_layout_or_scope_leaves_the_other_lines() -> None:
    scoped = """
Beløb i 1.000 kr.
| Område | Over-/underskud 2023 | Søgt overført til 2024 |
| Drift | | |
| Skoler | 50 | 40 |
| Anlæg | | |
| Bro | 7 | 12 |
"""

    def lines(**narrowed: Any) -> list[str]:
        return [
            r.id
            for r in ground(
                rule("bound", {"figure": "overfoersel_soegt", "limit": "over_underskud"}, **narrowed), scoped
            ).relations
        ]

    assert lines() == ["R/drift/skoler", "R/anlaeg/bro"]
    assert lines(scopes=("anlaeg",)) == ["R/anlaeg/bro"]
    assert lines(scopes=("drift", "anlaeg")) == ["R/drift/skoler", "R/anlaeg/bro"]
    assert lines(tables=("overfoersler",)) == ["R/drift/skoler", "R/anlaeg/bro"]
    assert lines(tables=("budget",)) == []
    elsewhere = rule("bound", {"figure": "overfoersel_soegt", "limit": "over_underskud"}, tables=("budget",))
    assert ground(elsewhere, scoped) == Grounding(unbound="plan.no_measures")


def calculated(text: str, given_: Rule) -> list[str]:
    """The calculation of the one outcome that fails."""
    (failed,) = [o for o in run(text, given_).outcomes if o.status == "failed"]
    assert failed.evidence is not None
    return calculation(failed.evidence, (), "da")


def test_only_a_part_of_the_figure_may_count() -> None:
    """A deficit of 20 must follow; that 30 of it is carried as a surplus carries nothing of it."""
    text = """
Beløb i 1.000 kr.
| Nr. | Område | Over-/underskud 2023 | Søgt overført til 2024 |
| 1 | Skoler | -50 | -50 |
| 2 | SFO | -20 | 30 |
| 3 | Klub | 10 | 3 |
"""
    follows = bound(figure_part="negative", limit_part="negative")
    assert [t.clip for t in ground(follows, text).terms[:2]] == ["neg", "neg"]
    assert told(text, follows) == [
        "passed T1 1 Skoler overfoersel_soegt 2023: stated -50 computed -50 off 0 most 1",
        "failed T1 2 SFO overfoersel_soegt 2023: stated 0 computed -20 off 20 most 0,5",
        "passed T1 3 Klub overfoersel_soegt 2023: stated 0 computed 0 off 0 most 0",
    ]
    assert calculated(text, follows) == [
        "  over-/underskud                             -20 t.kr.",
        "= grænse                                      -20 t.kr.",
        "  oplyst: søgt overført (regnes som 0 t.kr.)   30 t.kr.",
        "  overskridelse                               +20 t.kr.",
        "afrunding kan højst forklare 0,5 t.kr. (2 afrundede tal)",
    ]
    half = bound(figure_part="negative", limit_part="negative", percent=50)
    assert told(text, half)[1].startswith("failed T1 2 SFO overfoersel_soegt 2023: stated 0 computed -20 off 20")


def test_the_size_of_a_figure_may_count() -> None:
    text = CAPPED.replace("| 51 |", "| -60 |")
    sized = bound("korrigeret_budget", figure_part="size", limit_part="size", percent=5)
    assert [line.partition(" ")[0] for line in told(text, sized)] == ["passed_rounding", "failed", "passed"]
    assert [line.partition(" ")[0] for line in told(text, bound("korrigeret_budget", percent=5))][1] == "passed"


def test_a_limit_may_be_exceeded_by_so_many_kroner() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Korr. budget 2023 | Regnskab 2023 |
| Skoler | 100 | 112 |
| SFO | 20 | 30 |
| Klub | 20 | 31 |
"""
    spent = rule("bound", {"figure": "regnskab", "limit": "korrigeret_budget", "allowance_kr": 10_000})
    assert [r.constant for r in ground(spent, text).relations] == [1_000_000] * 3
    assert told(text, spent) == [
        "failed T1 Skoler regnskab 2023: stated 112 computed 110 off 2 most 1",
        "passed T1 SFO regnskab 2023: stated 30 computed 30 off 0 most 1",
        "passed_rounding T1 Klub regnskab 2023: stated 31 computed 30 off 1 most 1",
    ]
    assert calculated(text, spent) == [
        "  korrigeret budget      100 t.kr.",
        "+ tilladt overskridelse   10 t.kr.",
        "= grænse                 110 t.kr.",
        "  oplyst: regnskab       112 t.kr.",
        "  overskridelse           +2 t.kr.",
        "afrunding kan højst forklare 1 t.kr. (2 afrundede tal)",
    ]
    share = replace(spent, settings={**spent.settings, "percent": 50, "allowance_kr": Decimal("0.5")})
    assert ground(share, text).relations[0].constant == 100
    least = replace(spent, settings={**spent.settings, "direction": "at_least"})
    assert told(text, least)[1] == "passed T1 SFO regnskab 2023: stated 30 computed 10 off 20 most 1"
    low = text.replace("| 112 |", "| 80 |")
    assert calculated(low, least)[:3] == [
        "  korrigeret budget      100 t.kr.",
        "- tilladt overskridelse   10 t.kr.",
        "= grænse                  90 t.kr.",
    ]


def test_the_limit_may_be_last_years() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Søgt overført til 2023 | Overført fra 2022 | Søgt overført til 2024 |
| Skoler | 50 | 50 | 9 |
| SFO | 20 | 25 | 90 |
| Klub | | 5 | 90 |
"""
    carried = {"figure": "overfoersel_ind", "limit": "overfoersel_soegt", "limit_year": "last_year"}
    made = ground(rule("bound", carried), text)
    assert {r.mode for r in made.relations} == {"years"}
    assert [t.year_offset for t in made.terms[:2]] == [0, -1]
    assert told(text, rule("bound", carried)) == [
        "passed T1 Skoler overfoersel_ind 2023: stated 50 computed 50 off 0 most 1",
        "failed T1 SFO overfoersel_ind 2023: stated 25 computed 20 off 5 most 1",
        "not_evaluated T1 Klub overfoersel_ind 2023: reason.parts_missing",
    ]
    this_year = text.replace("Søgt overført til 2023", "Korr. budget 2023")
    assert ground(rule("bound", carried), this_year) == Grounding(unbound="plan.no_measures")
    undated = "Beløb i kr.\n| Område | Overført fra forrige år | Søgt overført |\n| Skoler | 5 | 5 |\n"
    assert ground(rule("bound", carried), undated) == Grounding(unbound="plan.no_measures")


def test_last_years_submission_may_state_the_limit() -> None:
    this = "Beløb i kr.\n| Område | Overført fra 2022 |\n| Skoler | 60 |\n"
    last = "Beløb i kr.\n| Område | Søgt overført til 2023 |\n| Skoler | 50 |\n"
    carried = rule("bound", {"figure": "overfoersel_ind", "limit": "overfoersel_soegt", "limit_year": "last_year"})
    others = tuple(replace(f, submission=PRIOR) for f in submission(last).facts)
    read = replace(submission(this), others=others)
    assert told(read, carried) == ["failed T1 Skoler overfoersel_ind 2023: stated 60 computed 50 off 10 most 1"]
    extract = replace(read, others=tuple(replace(f, submission="extract") for f in others))
    assert ground(carried, extract) == Grounding(unbound="plan.no_measures")
    same = replace(carried, settings={**carried.settings, "limit_year": "same_year"})
    assert ground(same, read) == Grounding(unbound="plan.no_measures")


def test_a_year_that_has_no_limit_anywhere_is_left_out() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Regnskab 2021 | Regnskab 2022 | Korr. budget 2023 | Regnskab 2023 |
| Skoler | 90 | 95 | 100 | 112 |
| SFO | 20 | 20 | | 30 |
| Klub | 20 | 20 | 20 | |
"""
    spent = rule("bound", {"figure": "regnskab", "limit": "korrigeret_budget"})
    made = ground(spent, text)
    assert [r.id for r in made.relations] == ["R//skoler/2023", "R//sfo/2023"]
    assert [t.year for t in made.terms] == [2023] * 4
    assert told(text, spent) == [
        "failed T1 Skoler regnskab 2023: stated 112 computed 100 off 12 most 1",
        "not_evaluated T1 SFO regnskab 2023: reason.parts_missing",
    ]
    both_years = text.replace("Regnskab 2021", "Korr. budget 2022")
    assert [r.id for r in ground(spent, both_years).relations] == ["R//skoler", "R//sfo", "R//klub"]


def test_a_rule_may_name_its_lines() -> None:
    def lines(*texts: str) -> list[str]:
        return [r.id for r in ground(bound("korrigeret_budget", lines=texts), CAPPED).relations]

    assert lines("skoler", "3") == ["R//1", "R//3"]
    assert lines("Skolerne", "4") == []
    assert ground(bound("korrigeret_budget", lines=("x",)), CAPPED) == Grounding(unbound="plan.no_measures")


def test_the_settings() -> None:
    assert KINDS["bound"].settings == {
        "figure": Setting("measure", required=True),
        "figure_part": Setting("choice", choices=("none", "positive", "negative", "size"), default="none"),
        "limit": Setting("measure", required=True),
        "limit_part": Setting("choice", choices=("none", "positive", "negative", "size"), default="none"),
        "limit_year": Setting("choice", choices=("same_year", "last_year"), default="same_year"),
        "direction": Setting("choice", choices=("at_most", "at_least"), default="at_most"),
        "percent": Setting("number"),
        "allowance_kr": Setting("number", default=0),
        "lines": Setting("texts"),
        "level": Setting("choice", choices=("lines", "sums"), default="lines"),
    }
    assert not KINDS["bound"].predicate
    assert KINDS["bound"].where == ("table", "scope")


def test_a_level_of_sums_asks_only_lines_that_are_the_sum_of_others() -> None:
    text = """
I 1.000 kr.
| Nr. | Område | Over-/underskud 2023 | Søgt overført til 2024 |
| 1 | Skoler | 80 | 100 |
| 1.a | Folkeskoler | 100 | 100 |
| 1.b | SFO | -20 | |
"""
    both_ways = {level: [r.id for r in ground(bound(level=level), text).relations] for level in ("lines", "sums")}
    assert both_ways == {"lines": ["R//1.a"], "sums": ["R//1"]}
