"""Do both engines say what DESIGN.md and ROUNDING.md 2 say of amounts in sentences beside those of tables?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from checker.model.rules import Relation, Term
from checker.model.submission import Fact
from tests.second_opinion.build import fact, facts, relation, term, total
from tests.second_opinion.sql import both
from tests.second_opinion.strategies import question

ACROSS, BESIDE = relation(mode="across"), relation(mode="beside")


def said(values: str, **others: object) -> list[Fact]:
    """Amounts in a sentence, exact to one øre unless said otherwise."""
    return facts(values, **{"statement": "s1", "unit": 1, "text": True, **others})


def say(stated: Sequence[Fact], asked: Relation, terms: Sequence[Term], truncated: bool = False) -> list[str]:
    """What both engines say, one text per key; 'round' where it would hold with round amounts taken as rounded."""
    return [
        f"{row.status} {row.reason or f'{row.difference} of {row.tolerance2 / 2:g}'}{' round' * row.coarse}"
        for row in both(stated, [asked], terms, truncated)
    ]


# ---- what is best known: a sentence counts where it agrees with the tables


def test_a_sentence_makes_a_figure_of_a_table_more_exact() -> None:
    stated = facts("a=10 b=20 total=30")
    assert say(stated + said("a=14"), ACROSS, total("a b")) == ["passed_rounding 4 of 10.5"]
    assert say(stated + said("a=14 b=20 total=30"), ACROSS, total("a b")) == ["failed 4 of 1.5"]


def test_a_sentence_that_contradicts_the_table_is_left_out() -> None:
    stated = facts("a=10 b=20 total=30")
    assert say(stated + said("a=16"), ACROSS, total("a b")) == ["passed 0 of 15"]
    assert say(stated + said("a=20", unit=10), ACROSS, total("a b")) == ["passed 0 of 15"]
    assert say(stated + said("a=15"), ACROSS, total("a b")) == ["passed_rounding 5 of 10.5"]


def test_sentences_that_contradict_each_other_are_left_out_beside_a_table() -> None:
    stated = facts("a=10 b=20 total=30") + said("a=12") + said("a=13", statement="s2")
    assert say(stated, ACROSS, total("a b")) == ["passed 0 of 15"]


def test_a_figure_that_only_sentences_state_counts() -> None:
    parts = facts("a=10 total=30")
    assert say(parts + said("b=20"), ACROSS, total("a b")) == ["passed 0 of 10.5"]
    assert say(parts + said("b=20") + said("b=21", statement="s2"), ACROSS, total("a b")) == [
        "not_evaluated reason.conflict"
    ]


def test_tables_that_contradict_each_other_get_no_help_from_a_sentence() -> None:
    stated = facts("a=10 total=10") + facts("a=20", statement="t2") + said("a=10")
    assert say(stated, ACROSS, total("a")) == ["not_evaluated reason.conflict"]


@pytest.mark.parametrize(
    ("basis", "counts"),
    [(None, True), ("", True), ("budget", True), ("korrigeret_budget", True), ("forventet", False), ("x/y", False)],
)
def test_alone_a_sentence_counts_against_the_usual_bases_only(basis: str | None, counts: bool) -> None:
    stated = facts("total=30") + said("a=30", basis=basis)
    told = "passed 0 of 5.5" if counts else "not_evaluated reason.parts_missing"
    assert say(stated, ACROSS, total("a")) == [told]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"basis": None}, "not_evaluated reason.parts_missing"),  # the tables measure it against something else
        ({"basis": "forventet"}, "not_evaluated reason.parts_missing"),
        ({"as_of": "2021-05-31"}, "not_evaluated reason.parts_missing"),
        ({"year": 2020}, "passed 0 of 5.5"),
        ({"scope": "drift"}, "passed 0 of 5.5"),
        ({"entity": "B"}, "passed 0 of 5.5"),
        ({"measure": "budget"}, "passed 0 of 5.5"),
    ],
)
def test_a_basis_of_a_sentence_counts_where_no_table_has_another(table: dict[str, object], told: str) -> None:
    stated = facts("total=30", year=2021) + said("a=30", basis="budget") + facts("a=90", **table)
    terms = [term(1, "a", basis="budget"), term(-1, "total", stated=True)]
    assert (both(stated, [ACROSS], terms)[-1].reason or "passed 0 of 5.5") == told.removeprefix("not_evaluated ")


# ---- who sees a sentence


def test_within_its_statement_a_sentence_is_seen_alone() -> None:
    stated = facts("a=10 b=20 total=30") + said("a=14 total=16")
    assert say(stated, relation(), total("a b")) == ["passed 0 of 15"]
    assert say(stated, relation(statement="s1"), total("a")) == ["failed -2 of 1"]


def test_over_the_years_only_tables_count() -> None:
    stated = facts("a=10 total=10") + said("a=14 total=6 b=8")
    assert say(stated, relation(mode="years"), total("a")) == ["passed 0 of 10"]
    assert say(stated, relation(mode="years"), [term(1, "b")]) == ["not_evaluated reason.no_facts"]
    assert say(stated, ACROSS, total("a")) == ["failed 8 of 1"]


def test_agreement_looks_at_the_sources_of_its_terms() -> None:
    agree = relation("agree", mode="across")
    tables = facts("a=10") + facts("a=10", statement="t2")
    stated = tables + said("a=30") + said("a=31", statement="s2") + said("b=1") + facts("b=10")
    assert say(stated, agree, [term(1, source="table")]) == ["passed 0 of 0"]
    assert say(stated, agree, [term(1, source="text")]) == ["failed 1 of 0"]
    everything = [row[1:3] for row in both(stated, [agree], [term(1)])]
    assert [(key[2], status) for key, status in everything] == [("a", "failed"), ("b", "failed")]


# ---- beside each other: each term names what it takes


def test_beside_each_other_a_sentence_is_held_against_the_tables() -> None:
    stated = facts("a=10") + facts("a=0", statement="t2", unit=100) + said("a=18")
    terms = [term(1, "a", source="table"), term(-1, "a", source="text", stated=True)]
    assert say(stated, BESIDE, terms) == ["failed -8 of 5.5"]
    assert say(stated[:2] + said("a=15"), BESIDE, terms) == ["passed_rounding -5 of 5.5"]
    assert say(stated[:2], BESIDE, terms) == []


def test_beside_each_other_a_term_may_name_its_statement() -> None:
    stated = said("a=18") + said("a=30", statement="s2") + facts("a=10")
    one = [term(1, "a", statement="s1"), term(-1, "a", statement="s2", stated=True)]
    assert say(stated, BESIDE, one) == ["failed -12 of 1"]
    twice = [term(1, "a", statement="s1"), term(-1, "a", statement="t1", stated=True)]
    assert say(stated, BESIDE, twice) == ["failed 8 of 5.5"]
    named = [term(1, "a", statement="s1", source="table"), term(-1, "a", statement="s1", stated=True)]
    assert say(stated, BESIDE, named) == ["passed 0 of 1"]
    unmet = [term(1, "a", statement="s9"), term(-1, "b", source="text", stated=True)]
    assert say(stated, BESIDE, unmet) == ["not_evaluated reason.no_facts"]


def test_beside_each_other_a_term_that_names_nothing_takes_what_is_best_known() -> None:
    terms = [term(1, "a"), term(-1, "a", source="table", stated=True)]
    assert say(facts("a=10") + said("a=13"), BESIDE, terms) == ["passed_rounding 3 of 5.5"]
    assert say(facts("a=10") + said("a=18"), BESIDE, terms) == ["passed 0 of 10"]


def test_sentences_that_contradict_each_other_are_no_source() -> None:
    stated = facts("a=10") + said("a=12") + said("a=13", statement="s2")
    terms = [term(1, "a", source="table"), term(-1, "a", source="text", stated=True)]
    assert say(stated, BESIDE, terms) == ["not_evaluated reason.conflict"]


# ---- round amounts


def test_a_round_amount_that_does_when_taken_as_rounded() -> None:
    table, terms = facts("a=634", unit=1), [term(1, "a", source="table"), term(-1, "a", source="text", stated=True)]
    assert say(table + said("a=600", coarse=100), BESIDE, terms) == ["failed 34 of 1 round"]
    assert say(table + said("a=500", coarse=100), BESIDE, terms) == ["failed 134 of 1"]
    assert say(table + said("a=600"), BESIDE, terms) == ["failed 34 of 1"]
    assert say(table + said("a=634", coarse=100), BESIDE, terms) == ["passed 0 of 1"]


@pytest.mark.parametrize(("value", "told"), [(651, "failed 51 of 1"), (650, "failed 50 of 1 round")])
def test_the_bound_of_a_round_amount_is_closed(value: int, told: str) -> None:
    terms = [term(1, "a", source="table"), term(-1, "a", source="text", stated=True)]
    for sign in (1, -1):
        stated = [fact("a", sign * value, unit=0), *said(f"a={sign * 600}", unit=0, coarse=100)]
        found = say(stated, BESIDE, terms)
        assert found == [told.replace("failed ", "failed -" if sign < 0 else "failed ").replace("of 1", "of 0")]


def test_a_round_amount_does_not_help_what_is_missing() -> None:
    stated = facts("total=700") + said("a=600", coarse=100)
    asked = relation(mode="beside", missing="fail")
    assert say(stated, asked, total("a b")) == ["failed reason.part_missing"]


def test_a_round_amount_below_another() -> None:
    asked = relation("<=", mode="beside")
    terms = [term(1, "a", source="text", stated=True), term(-1, "b", source="table")]
    assert say(said("a=600", coarse=100) + facts("b=560", unit=1), asked, terms) == ["failed 40 of 1 round"]
    assert say(said("a=600", coarse=100) + facts("b=540", unit=1), asked, terms) == ["failed 60 of 1"]
    clipped = [term(1, "a", source="text", stated=True, clip="pos"), term(-1, "b", source="table")]
    assert say(said("a=20", coarse=100) + facts("b=-10", unit=1), asked, clipped) == ["failed 30 of 1"]


# ---- that the questions put to both engines are about sentences


def test_questions_reach_every_use_of_sentences() -> None:
    seen: Counter[str] = Counter()
    for seed in range(20):
        asked = question(Random(seed), 60)
        mode = {r.id: f"{r.op} {r.mode}" for r in asked.relations}
        rows = both(asked.facts, asked.relations, asked.terms, asked.truncated)
        seen.update(f"{mode[row.relation_id]} {row.status}" for row in rows)
        seen["round"] += sum(row.coarse for row in rows)
        plain = both([f for f in asked.facts if not f.text], asked.relations, asked.terms, asked.truncated)
        changed = {row.relation_id for row in set(rows) ^ set(plain)}
        assert not any(mode[each].endswith("years") and not mode[each].startswith("agree") for each in changed)
        seen.update(f"changed {mode[each]}" for each in changed)
    verdicts = ("passed", "passed_rounding", "failed", "not_evaluated")
    few = [f"{op} beside {status}" for op in ("=", "<=") for status in verdicts]
    often = ("round", "changed = across", "changed = beside", "changed agree across")
    assert all(seen[each] for each in few) and all(seen[each] >= 5 for each in often), seen
