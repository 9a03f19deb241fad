"""Does the kind `text_parts` add up what a text tells of parts and hold it against what it tells of the whole?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import TEXT, Grounding, Relation, Rule, Term
from checker.model.submission import Fact, Parts, Submission, TextParts
from tests.build import EMPTY, KR, PROPERTY, TKR, fact, ground, relation_lines, rule, run, submission, told

NOTHING = Grounding(unbound="plan.no_parts_in_text")

TABLES = """
| Nr. | I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 |
| 1 | Skoler | 1.500 | 1.420 |
| 1.a | Folkeskoler | 1.000 | 900 |
| 1.b | SFO | 500 | 520 |

"""
RESULTS = """1. Skoler

Der er et overskud på {} kr.

1a. Folkeskoler har et overskud på 100.000 kr.

1b. SFO har et underskud på 20.000 kr.
"""
CARRIED = "overfoersel_soegt"


def parts_rule(figure: str = CARRIED, **check: str) -> Rule:
    return rule("text_parts", {"figure": figure} | check)


LOOSE, EVERY = parts_rule(), parts_rule(every_part="yes")


def group(whole: str = "1", parts: tuple[str, ...] = ("1.a", "1.b"), **changes: Any) -> Parts:
    return replace(Parts("T1", whole, parts, "numbering", "", part_scopes=(None,) * len(parts)), **changes)


def read(*facts: Fact, structure: tuple[Parts, ...] = (group(),), within: tuple[TextParts, ...] = ()) -> Submission:
    return replace(EMPTY, facts=facts, structure=structure, text_parts=within)


def said(value: int, line: str = "1", unit: int = KR, **changes: Any) -> Fact:
    return fact(value, unit, **{"statement": "P1", "text": True, "measure": CARRIED, "line": line} | changes)


def result(value: int, line: str, **changes: Any) -> Fact:
    return said(value, line, measure="over_underskud", basis="korrigeret_budget", **changes)


def sums(given_: Rule, made: Submission) -> list[str]:
    """What each relation adds up, without where its figures are looked for."""
    return [line.partition(" | ")[0] for line in relation_lines(ground(given_, made))]


def term(line: str, weight: str = "+1", measure: str = CARRIED) -> str:
    return f"{weight}(-.-.{line}.{measure}.-.2023.-)"


ALL_TOLD = f"R/P1.1.{CARRIED}.2023: {term('1.a')} {term('1.b')} {term('1', '-1*')} = 0"


def test_the_relation_and_its_terms_in_full() -> None:
    made = ground(
        rule("text_parts", {"figure": "over_underskud", "every_part": "yes"}, missing="zero"),
        TABLES + RESULTS.format("80.000"),
    )
    key, rest = "R/P1.A1", ("over_underskud", "korrigeret_budget", 2023)
    assert made == Grounding(
        (Relation(key, "R", "=", "beside", (), "zero"),),
        (
            Term(key, 1, None, None, "1.a", *rest, source=TEXT),
            Term(key, 1, None, None, "1.b", *rest, source=TEXT),
            Term(key, -1, None, None, "1", *rest, stated=True, source=TEXT),
        ),
    )


@pytest.mark.parametrize(
    ("whole", "line"),
    [
        ("80.000", "passed P1 1 Skoler over_underskud 2023: stated 80.000 computed 80.000 off 0 most 1,5"),
        ("80.001", "passed_rounding P1 1 Skoler over_underskud 2023: stated 80.001 computed 80.000 off 1 most 1,5"),
        ("80.002", "failed P1 1 Skoler over_underskud 2023: stated 80.002 computed 80.000 off 2 most 1,5"),
    ],
)
def test_exactly_at_the_bound_of_three_amounts_and_one_krone_past_it(whole: str, line: str) -> None:
    every = parts_rule("over_underskud", every_part="yes")
    assert told(TABLES + RESULTS.format(whole), every) == [line]


def test_where_all_parts_are_told_they_make_the_whole() -> None:
    facts = (said(9 * TKR), said(4 * TKR, "1.a"), said(5 * TKR, "1.b"))
    assert sums(LOOSE, read(*facts)) == [ALL_TOLD]
    assert sums(EVERY, read(*facts)) == [ALL_TOLD]


def test_where_some_are_not_told_they_are_at_most_the_whole_or_nothing_is_checked() -> None:
    facts = (said(9 * TKR), said(4 * TKR, "1.a"))
    assert sums(LOOSE, read(*facts)) == [f"R/P1.1.{CARRIED}.2023: {term('1.a')} {term('1', '-1*')} <= 0"]
    assert ground(EVERY, read(*facts)) == NOTHING


def test_one_part_that_is_all_there_is_makes_the_whole_but_is_no_sum() -> None:
    made = read(said(9 * TKR), said(9 * TKR, "1.a"), structure=(group(parts=("1.a",)),))
    assert sums(LOOSE, made) == [f"R/P1.1.{CARRIED}.2023: {term('1.a')} {term('1', '-1*')} = 0"]
    assert ground(EVERY, made) == NOTHING


def test_of_a_deficit_that_is_told_in_part_the_parts_are_at_least_the_whole() -> None:
    facts = (said(-9 * TKR), said(-4 * TKR, "1.a"))
    assert sums(LOOSE, read(*facts)) == [f"R/P1.1.{CARRIED}.2023: {term('1.a', '-1')} {term('1', '+1*')} <= 0"]
    statuses = [
        run(read(said(-9 * TKR), said(value, "1.a")), LOOSE).outcomes[0].status
        for value in (-4 * TKR, -9 * TKR, -9 * TKR - KR, -9 * TKR - 2 * KR)
    ]
    assert statuses == ["passed", "passed", "passed_rounding", "failed"]


def test_parts_against_the_whole_say_nothing_of_it_while_others_are_not_told() -> None:
    assert ground(LOOSE, read(said(9 * TKR), said(-4 * TKR, "1.a"))) == NOTHING
    assert ground(LOOSE, read(said(-9 * TKR), said(4 * TKR, "1.a"))) == NOTHING
    assert len(sums(LOOSE, read(said(9 * TKR), said(-4 * TKR, "1.a"), said(13 * TKR, "1.b")))) == 1
    assert len(sums(LOOSE, read(said(9 * TKR), said(0, "1.a")))) == 1


def test_without_the_whole_or_any_part_or_a_structure_nothing_is_checked() -> None:
    whole, first, second = said(9 * TKR), said(4 * TKR, "1.a"), said(5 * TKR, "1.b")
    assert ground(LOOSE, read(first, second)) == NOTHING
    assert ground(LOOSE, read(whole)) == NOTHING
    assert ground(LOOSE, read(whole, first, second, structure=())) == NOTHING
    assert ground(LOOSE, read(whole, first, second, structure=(group("2"),))) == NOTHING
    assert ground(LOOSE, read(whole, first, second, structure=(group(scope="drift"),))) == NOTHING
    assert ground(LOOSE, read(whole, replace(first, entity="Havn"), replace(second, entity="Havn"))) == NOTHING


def test_neither_a_ladder_nor_a_selection_is_a_whole_of_its_parts() -> None:
    facts = (said(9 * TKR), said(4 * TKR, "1.a"), said(5 * TKR, "1.b"))
    assert ground(LOOSE, read(*facts, structure=(group(seen_by="ladder"),))) == NOTHING
    assert ground(LOOSE, read(*facts, structure=(group(selected=True),))) == NOTHING
    assert sums(LOOSE, read(*facts, structure=(group(seen_by="ladder"), group(selected=True), group()))) == [ALL_TOLD]


def test_a_whole_is_checked_once_by_the_first_group_that_can_be() -> None:
    facts = (said(9 * TKR), said(4 * TKR, "1.a"), said(5 * TKR, "1.b"))
    again, untold = group(parts=("1.b", "1.a"), statement="T2"), group(parts=("1.x",), statement="T3")
    assert sums(LOOSE, read(*facts, structure=(untold, group(), again))) == [ALL_TOLD]


def test_parts_of_another_scope_are_found_there() -> None:
    drift = group(scope=None, part_scopes=("drift", "anlaeg"), parts=("1", "1"), whole="i alt")
    facts = (
        said(9 * TKR, "i alt"),
        said(4 * TKR, "1", scope="drift", fact_id="one"),
        said(5 * TKR, "1", scope="anlaeg", fact_id="two"),
    )
    assert [(t.scope, t.line) for t in ground(LOOSE, read(*facts, structure=(drift,))).terms] == [
        ("drift", "1"),
        ("anlaeg", "1"),
        (None, "i alt"),
    ]
    only = rule("text_parts", {"figure": CARRIED}, scopes=("drift",))
    assert ground(only, read(*facts, structure=(drift,))) == NOTHING


def test_a_rule_of_one_scope_looks_at_no_other() -> None:
    own = group(scope="drift", part_scopes=("drift", "drift"))
    facts = [said(v, k, scope="drift", fact_id=f"d{k}") for k, v in (("1", 9), ("1.a", 4), ("1.b", 5))]
    other = (said(9 * TKR), said(4 * TKR, "1.a"), said(5 * TKR, "1.b"))
    made = read(*other, *facts, structure=(group(), own))
    only = rule("text_parts", {"figure": CARRIED}, scopes=("drift",))
    assert [r.id for r in ground(only, made).relations] == ["R/d1"]
    assert [r.id for r in ground(LOOSE, made).relations] == [f"R/P1.1.{CARRIED}.2023", "R/d1"]


def test_a_part_that_is_not_told_is_looked_for_in_its_own_parts() -> None:
    inner = group("1.b", ("1.b.1", "1.b.2"), statement="T2")
    facts = (said(9 * TKR), said(4 * TKR, "1.a"), said(2 * TKR, "1.b.1"), said(3 * TKR, "1.b.2"))
    whole = f"R/P1.1.{CARRIED}.2023: {term('1.a')} {term('1.b.1')} {term('1.b.2')} {term('1', '-1*')} = 0"
    assert sums(LOOSE, read(*facts, structure=(group(), inner))) == [whole]
    assert sums(EVERY, read(*facts, structure=(group(), inner))) == [whole]
    own = said(5 * TKR, "1.b")
    assert sums(LOOSE, read(*facts, own, structure=(group(), inner)))[0] == ALL_TOLD


def test_a_part_of_which_some_parts_are_not_told_is_not_all_told() -> None:
    inner = group("1.b", ("1.b.1", "1.b.2"), statement="T2")
    facts = (said(9 * TKR), said(4 * TKR, "1.a"), said(2 * TKR, "1.b.1"))
    assert sums(LOOSE, read(*facts, structure=(group(), inner))) == [
        f"R/P1.1.{CARRIED}.2023: {term('1.a')} {term('1.b.1')} {term('1', '-1*')} <= 0"
    ]
    assert ground(EVERY, read(*facts, structure=(group(), inner))) == NOTHING


def test_a_ladder_does_not_tell_the_parts_of_a_part() -> None:
    ladder = group("1.b", ("1.b.1",), seen_by="ladder")
    elsewhere = group("1.b", ("1.b.1",), scope="drift")
    facts = (said(9 * TKR), said(4 * TKR, "1.a"), said(5 * TKR, "1.b.1"))
    assert sums(LOOSE, read(*facts, structure=(group(), ladder, elsewhere))) == [
        f"R/P1.1.{CARRIED}.2023: {term('1.a')} {term('1', '-1*')} <= 0"
    ]


def test_of_a_figure_that_is_told_twice_the_finest_counts() -> None:
    coarse, fine = said(9_000 * TKR, unit=1000 * TKR, statement="P2"), said(9_001 * TKR)
    parts = (said(4_000 * TKR, "1.a"), said(5_001 * TKR, "1.b"))
    for order in ((coarse, fine), (fine, coarse)):
        assert [r.id for r in ground(LOOSE, read(*order, *parts)).relations] == [f"R/{fine.fact_id}"]
    same = said(8 * TKR, statement="P3")
    assert [r.id for r in ground(LOOSE, read(fine, same, *parts)).relations] == [f"R/{fine.fact_id}"]


def test_a_figure_that_refers_back_counts_as_told() -> None:
    facts = (said(9 * TKR), said(4 * TKR, "1.a", refers="P9.A1"), said(5 * TKR, "1.b"))
    assert sums(LOOSE, read(*facts)) == [ALL_TOLD]


def test_figures_of_tables_and_of_other_measures_are_no_parts() -> None:
    table = fact(4 * TKR, measure=CARRIED, line="1.a")
    assert ground(LOOSE, read(said(9 * TKR), table, said(5 * TKR, "1.b", measure="overfoersel_ind"))) == NOTHING
    assert ground(parts_rule("overfoersel_ind"), read(said(9 * TKR), said(9 * TKR, "1.a"))) == NOTHING


def test_a_deviation_is_added_up_against_one_basis() -> None:
    results = parts_rule("over_underskud")
    first = result(4 * TKR, "1.a")
    other = result(5 * TKR, "1.b", fact_id="other")
    assert len(sums(results, read(result(9 * TKR, "1"), first, other))) == 1
    original = replace(other, basis="oprindeligt_budget")
    assert sums(results, read(result(9 * TKR, "1"), first, original))[0].endswith("<= 0")


def test_a_deficit_of_which_nothing_is_told_may_be_carried_too() -> None:
    facts = (said(9 * TKR), said(12 * TKR, "1.a"))
    assert len(sums(LOOSE, read(*facts, result(3 * TKR, "1.b")))) == 1
    assert ground(LOOSE, read(*facts, result(-3 * TKR, "1.b"))) == NOTHING
    left = said(-3 * TKR, "1.b", measure="rest_efter_overfoersel")
    assert sums(LOOSE, read(*facts, result(-3 * TKR, "1.b"), left)) == [
        f"R/P1.1.{CARRIED}.2023: {term('1.a')} {term('1', '-1*')} <= 0"
    ]
    assert sums(LOOSE, read(*facts, result(-3 * TKR, "1.b"), said(-3 * TKR, "1.b"))) == [ALL_TOLD]
    back = replace(left, refers="P9.A1")
    assert len(sums(LOOSE, read(*facts, result(-3 * TKR, "1.b"), back))) == 1
    assert len(sums(LOOSE, read(*facts, result(0, "1.b")))) == 1


def test_the_first_result_that_is_told_of_a_part_counts() -> None:
    facts = (said(9 * TKR), said(12 * TKR, "1.a"))
    better, worse = result(3 * TKR, "1.b", statement="P2"), result(-3 * TKR, "1.b", statement="P3")
    assert len(ground(LOOSE, read(*facts, better, worse)).relations) == 1
    assert ground(LOOSE, read(*facts, worse, better)) == NOTHING


def test_the_sum_less_the_deficits_of_the_other_parts_is_shown_where_it_is_wanted() -> None:
    net = parts_rule(net_of_deficits="yes")
    left = said(-3 * TKR, "1.b", measure="rest_efter_overfoersel")
    facts = (said(9 * TKR), said(12 * TKR, "1.a"), result(-3 * TKR, "1.b"), left)
    (relation,) = ground(net, read(*facts)).relations
    assert relation.also == (("report.net_of_deficits", 9 * TKR),)
    (without,) = ground(LOOSE, read(*facts)).relations
    (none,) = ground(net, read(*facts[:2])).relations
    (told_too,) = ground(net, read(*facts[:3], said(-3 * TKR, "1.b"))).relations
    (surplus,) = ground(net, read(*facts[:2], result(3 * TKR, "1.b"))).relations
    assert [r.also for r in (without, none, told_too, surplus)] == [(), (), (), ()]


def test_with_the_best_known_value_a_table_makes_a_figure_more_exact() -> None:
    parts = (said(40 * TKR, "1.a"), said(51 * TKR, "1.b"))
    whole = said(90 * TKR, unit=10 * TKR)
    table = fact(90 * TKR, measure=CARRIED, line="1")
    best = parts_rule(best_known="yes")
    assert [r.mode for given_ in (LOOSE, best) for r in ground(given_, read(whole, *parts)).relations] == [
        "beside",
        "across",
    ]
    statuses = [run(read(whole, *parts, table), given_).outcomes[0].status for given_ in (LOOSE, best)]
    assert statuses == ["passed_rounding", "failed"]


def heraf(*values: int, whole: int = 90 * TKR, **changes: Any) -> Submission:
    """A whole and parts of it that a sentence tells with 'heraf'."""
    parts = [said(v, f"1·{CARRIED}·{i}", fact_id=f"part {i}", **changes) for i, v in enumerate(values)]
    own = TextParts("whole", tuple(p.fact_id for p in parts), CARRIED)
    return read(said(whole, fact_id="whole"), *parts, structure=(), within=(own,))


def test_parts_that_a_sentence_tells_in_full() -> None:
    key = "R/whole/heraf"
    made = heraf(60 * TKR, 20 * TKR)
    assert ground(rule("text_parts", {"figure": CARRIED}, missing="fail"), made) == Grounding(
        (Relation(key, "R", "<=", "beside", (), "fail"),),
        (
            Term(key, 1, "P1", None, f"1·{CARRIED}·0", CARRIED, None, 2023),
            Term(key, 1, "P1", None, f"1·{CARRIED}·1", CARRIED, None, 2023),
            Term(key, -1, "P1", None, "1", CARRIED, None, 2023, stated=True),
        ),
    )


@pytest.mark.parametrize(
    ("second", "status"),
    [("30.000", "passed"), ("30.001", "passed_rounding"), ("30.002", "failed"), ("9.000", "passed")],
)
def test_parts_that_a_sentence_tells_are_at_most_what_they_are_parts_of(second: str, status: str) -> None:
    text = TABLES + (
        f"1a. Folkeskoler\n\nDer søges overført 90.000 kr. til 2024, "
        f"fordelt med 60.000 kr. til inventar og {second} kr. til bøger."
    )
    assert [line.split()[0] for line in told(text, LOOSE)] == [status]


def test_parts_of_a_negative_amount_are_at_most_as_negative() -> None:
    def statuses(*values: int) -> list[str]:
        return [o.status for o in run(heraf(*values, whole=-90 * TKR), LOOSE).outcomes]

    assert [statuses(-60 * TKR, -20 * TKR), statuses(-60 * TKR, -40 * TKR)] == [["passed"], ["failed"]]
    assert ground(LOOSE, heraf(-60 * TKR, 20 * TKR, whole=-90 * TKR)) == NOTHING
    assert ground(LOOSE, heraf(60 * TKR, -20 * TKR)) == NOTHING
    assert len(ground(LOOSE, heraf(60 * TKR, 0)).relations) == 1
    assert [o.status for o in run(heraf(60 * TKR, whole=0), LOOSE).outcomes] == ["failed"]


def test_parts_of_another_measure_or_scope_are_other_rules() -> None:
    assert ground(parts_rule("overfoersel_ind"), heraf(60 * TKR)) == NOTHING
    assert ground(LOOSE, heraf(60 * TKR, measure="over_underskud")) == NOTHING
    assert ground(rule("text_parts", {"figure": CARRIED}, scopes=("drift",)), heraf(60 * TKR)) == NOTHING


def test_a_group_that_cannot_be_checked_does_not_stop_the_next() -> None:
    made = heraf(60 * TKR)
    turned = said(-1, "1·x", fact_id="turned")
    bad = (TextParts("whole", ("turned",), CARRIED), TextParts("whole", ("part 0",), "overfoersel_ind"))
    made = replace(made, facts=(*made.facts, turned), text_parts=(*bad, *made.text_parts))
    assert [r.id for r in ground(LOOSE, made).relations] == ["R/whole/heraf"]


def test_lines_and_sentences_are_both_added_up() -> None:
    made = heraf(60 * TKR)
    made = replace(made, facts=(*made.facts, said(90 * TKR, "1.a")), structure=(group(),))
    assert [r.id for r in ground(LOOSE, made).relations] == ["R/whole", "R/whole/heraf"]


@PROPERTY
@given(st.lists(st.integers(-99, 99), min_size=2, max_size=5), st.integers(-5, 5), st.booleans())
def test_parts_that_are_all_told_are_off_by_half_of_each_unit_at_most(
    values: list[int], off: int, every_part: bool
) -> None:
    keys = tuple(f"1.{i}" for i in range(len(values)))
    facts = [said(v * TKR, k) for k, v in zip(keys, values, strict=True)]
    made = read(said(sum(values) * TKR + off * KR), *facts, structure=(group(parts=keys),))
    (outcome,) = run(made, EVERY if every_part else LOOSE).outcomes
    assert (outcome.status == "failed") == (2 * abs(off) > len(values) + 1)


@PROPERTY
@given(st.lists(st.integers(1, 99), min_size=1, max_size=5), st.integers(-500, 500), st.booleans(), st.booleans())
def test_parts_that_are_not_all_told_are_too_many_only_above_the_whole(
    values: list[int], off: int, deficit: bool, in_a_sentence: bool
) -> None:
    sign = -1 if deficit else 1
    whole = sum(values) * TKR + off * KR
    if in_a_sentence:
        made = heraf(*(sign * v * TKR for v in values), whole=sign * whole)
    else:
        keys = tuple(f"1.{i}" for i in range(len(values)))
        facts = [said(sign * v * TKR, k) for k, v in zip(keys, values, strict=True)]
        made = read(said(sign * whole), *facts, structure=(group(parts=(*keys, "untold")),))
    (outcome,) = run(made, LOOSE).outcomes
    assert (outcome.status == "failed") == (-2 * off > len(values) + 1)


def test_a_figure_of_another_year_is_not_the_whole_of_this_year_s_parts() -> None:
    before = said(70 * TKR, year=2022)
    made = read(before, said(9 * TKR), said(4 * TKR, "1.a"), said(5 * TKR, "1.b"))
    assert [o.status for o in run(made, EVERY).outcomes] == ["passed"]


def test_selected_parts_of_a_part_do_not_tell_all_of_it() -> None:
    inner = group("1.b", ("1.b.1",), selected=True)
    made = read(said(9 * TKR), said(4 * TKR, "1.a"), said(2 * TKR, "1.b.1"), structure=(group(), inner))
    assert [o.status for o in run(made, LOOSE).outcomes] == ["passed"]


def test_the_text_of_two_lines_makes_one_relation() -> None:
    made = submission(TABLES + RESULTS.format("80.000"))
    assert [r.id for r in ground(parts_rule("over_underskud"), made).relations] == ["R/P1.A1"]


def test_its_settings() -> None:
    kind = KINDS["text_parts"]
    yes_or_no: dict[str, Any] = {"choices": ("yes", "no"), "default": "no"}
    assert dict(kind.settings) == {
        "figure": Setting("measure", required=True),
        "every_part": Setting("choice", **yes_or_no),
        "net_of_deficits": Setting("choice", **yes_or_no),
        "best_known": Setting("choice", **yes_or_no),
    }
    assert (kind.predicate, kind.where) == (False, ("scope",))
