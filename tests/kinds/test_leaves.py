"""Does the kind `leaves` add up the lines at the bottom, past the rounding of every subtotal?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.rules import Grounding, Relation, Term
from checker.model.submission import Parts, Submission
from tests.build import ground, relation_lines, rule, submission, told

LEAVES = rule("leaves")

TWO_LEVELS = """
| Nr | I 1.000 kr. | Budget 2023 | Regnskab 2023 | Pris 2023 | Andel |
| 1 | Skoler | 30 | 31 | 1 | 86% |
| 1.a | Nord | 10 | 10 | 2 | 29% |
| 1.b | Syd | 20 | 20 | 3 | 57% |
| 2 | SFO | 5 | 5 | 4 | 14% |
| | I alt | 35 | 37 | 5 | 100% |
"""

THREE_LEVELS = """
| Nr | I 1.000 kr. | Regnskab 2023 |
| 1 | Skoler | 32 |
| 1.1 | By | 21 |
| 1.1.1 | Nord | 10 |
| 1.1.2 | Syd | 10 |
| 1.2 | Land | 10 |
| 2 | SFO | 5 |
| | I alt | 37 |
"""

FREE = " = 0 | within T1 free year,as_of missing not_evaluated"


def changed(text: str, whole: str, **changes: object) -> Submission:
    """A submission in which the group of one whole is another."""
    read = submission(text)
    return replace(
        read,
        structure=tuple(replace(p, **changes) if p.whole == whole else p for p in read.structure),  # type: ignore[arg-type]
    )


def test_one_relation_per_total_above_subtotals_and_additive_column() -> None:
    assert relation_lines(ground(LEAVES, TWO_LEVELS)) == [
        f"R/T1/1/budget/: +1(T1.-.1.a.budget.-.-.-) +1(T1.-.1.b.budget.-.-.-) +1(T1.-.2.budget.-.-.-)"
        f" -1*(T1.-.i_alt.budget.-.-.-){FREE}",
        f"R/T1/1/regnskab/: +1(T1.-.1.a.regnskab.-.-.-) +1(T1.-.1.b.regnskab.-.-.-) +1(T1.-.2.regnskab.-.-.-)"
        f" -1*(T1.-.i_alt.regnskab.-.-.-){FREE}",
    ]


def test_a_relation_and_its_terms_in_full() -> None:
    made = ground(rule("leaves", missing="zero"), TWO_LEVELS)
    key = "R/T1/1/regnskab/"
    assert made.relations[1] == Relation(key, "R", "=", "within", ("year", "as_of"), "zero", "T1", "I alt")
    assert made.terms[4:] == (
        *(Term(key, 1, "T1", None, line, "regnskab") for line in ("1.a", "1.b", "2")),
        Term(key, -1, "T1", None, "i alt", "regnskab", stated=True),
    )
    assert (made.derived, made.predicates, made.unbound) == ((), (), "")


@pytest.mark.parametrize(
    ("subtotal", "total", "said"),
    [
        ("30", "35", "passed T1 I alt regnskab 2023: stated 35 computed 35 off 0 most 2"),
        ("31", "37", "passed_rounding T1 I alt regnskab 2023: stated 37 computed 35 off 2 most 2"),
        ("29", "33", "passed_rounding T1 I alt regnskab 2023: stated 33 computed 35 off -2 most 2"),
        ("31", "38", "failed T1 I alt regnskab 2023: stated 38 computed 35 off 3 most 2"),
        ("29", "32", "failed T1 I alt regnskab 2023: stated 32 computed 35 off -3 most 2"),
    ],
)
def test_at_the_bound_of_three_lines_and_a_total_and_one_past_it(subtotal: str, total: str, said: str) -> None:
    text = TWO_LEVELS.replace("| 31 |", f"| {subtotal} |").replace("| 37 |", f"| {total} |")
    assert told(text, LEAVES)[-1] == said


def test_it_finds_what_no_level_shows_by_itself() -> None:
    text = """
| Nr | I 1.000 kr. | Regnskab 2023 |
| 1 | Skoler | 42 |
| 1.a | Nord | 10 |
| 1.b | Syd | 20 |
| 1.c | Vest | 10 |
| 2 | SFO | 5 |
| | I alt | 48 |
"""
    assert told(text, rule("total")) == [
        "passed_rounding T1 Skoler regnskab 2023: stated 42 computed 40 off 2 most 2",
        "passed_rounding T1 I alt regnskab 2023: stated 48 computed 47 off 1 most 1,5",
    ]
    assert told(text, LEAVES) == ["failed T1 I alt regnskab 2023: stated 48 computed 45 off 3 most 2,5"]


def test_three_levels_are_added_at_each_total_above_another() -> None:
    assert [line.partition(" = ")[0] for line in relation_lines(ground(LEAVES, THREE_LEVELS))] == [
        "R/T1/0/regnskab/: +1(T1.-.1.1.1.regnskab.-.-.-) +1(T1.-.1.1.2.regnskab.-.-.-) +1(T1.-.1.2.regnskab.-.-.-)"
        " -1*(T1.-.1.regnskab.-.-.-)",
        "R/T1/2/regnskab/: +1(T1.-.1.1.1.regnskab.-.-.-) +1(T1.-.1.1.2.regnskab.-.-.-) +1(T1.-.1.2.regnskab.-.-.-)"
        " +1(T1.-.2.regnskab.-.-.-) -1*(T1.-.i_alt.regnskab.-.-.-)",
    ]
    assert told(THREE_LEVELS, LEAVES) == [
        "passed_rounding T1 Skoler regnskab 2023: stated 32 computed 30 off 2 most 2",
        "passed_rounding T1 I alt regnskab 2023: stated 37 computed 35 off 2 most 2,5",
    ]


@pytest.mark.parametrize("doubt", [{"certain": False}, {"selected": True}])
def test_a_total_with_a_doubtful_level_is_left_to_the_rule_on_totals(doubt: dict[str, bool]) -> None:
    none = Grounding(unbound="plan.no_levels")
    assert ground(LEAVES, changed(TWO_LEVELS, "1", **doubt)) == none
    assert ground(LEAVES, changed(TWO_LEVELS, "i alt", **doubt)) == none
    upper = ground(LEAVES, changed(THREE_LEVELS, "i alt", **doubt))
    assert [r.label for r in upper.relations] == ["Skoler"]
    assert ground(LEAVES, changed(THREE_LEVELS, "1.1", **doubt)) == none


def test_groups_that_hold_each_other_do_not_run_round() -> None:
    read = submission(TWO_LEVELS)
    within = Parts("T1", "1.a", ("1", "9"), "numbering", "Nord", part_scopes=(None, None))
    (_, row) = relation_lines(ground(LEAVES, replace(read, structure=(*read.structure, within))))[:2]
    assert row.partition(" = ")[0] == (
        "R/T1/0/regnskab/: +1(T1.-.1.regnskab.-.-.-) +1(T1.-.9.regnskab.-.-.-) +1(T1.-.1.b.regnskab.-.-.-)"
        " -1*(T1.-.1.regnskab.-.-.-)"
    )


def test_a_line_keeps_its_scope() -> None:
    read = submission(TWO_LEVELS)
    scoped = tuple(
        replace(
            p,
            scope="drift" if p.whole == "1" else None,
            part_scopes=("anlaeg",) * 2 if p.whole == "1" else ("drift", None),
        )
        for p in read.structure
    )
    terms = ground(LEAVES, replace(read, structure=scoped)).terms[:4]
    assert [(t.scope, t.line) for t in terms] == [("anlaeg", "1.a"), ("anlaeg", "1.b"), (None, "2"), (None, "i alt")]
    other = tuple(replace(p, scope="drift") if p.whole == "1" else p for p in read.structure)
    assert ground(LEAVES, replace(read, structure=other)).unbound == "plan.no_levels"


def test_a_running_result_is_no_level() -> None:
    read = changed(TWO_LEVELS, "1", seen_by="ladder")
    assert ground(LEAVES, read) == Grounding(unbound="plan.no_levels")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("not_evaluated", "not_evaluated T1 I alt regnskab 2023: reason.part_missing"),
        ("zero", "failed T1 I alt regnskab 2023: stated 37 computed 15 off 22 most 1,5"),
        ("fail", "failed T1 I alt regnskab 2023: reason.part_missing"),
    ],
)
def test_a_missing_line_follows_the_rule(missing: str, said: str) -> None:
    text = TWO_LEVELS.replace("| 1.b | Syd | 20 | 20 |", "| 1.b | Syd | 20 | |")
    assert told(text, rule("leaves", missing=missing))[-1] == said


def test_a_missing_total_is_never_judged() -> None:
    text = TWO_LEVELS.replace("| 37 |", "| |")
    assert "not_evaluated T1 I alt regnskab 2023: reason.total_missing" in told(text, LEAVES)


def test_nothing_to_check() -> None:
    flat = "| I kr. | Regnskab 2023 |\n| Skoler | 30 |\n| SFO | 5 |\n| I alt | 35 |\n"
    assert ground(LEAVES, flat) == Grounding(unbound="plan.no_levels")


def test_layouts_tables_and_measures() -> None:
    layout = submission(TWO_LEVELS).statements[0].layout
    assert len(ground(rule("leaves", tables=(layout,)), TWO_LEVELS).relations) == 2
    assert ground(rule("leaves", tables=("overfoersler",)), TWO_LEVELS).unbound == "plan.no_levels"
    left = ground(rule("leaves", {"except": ["budget"]}), TWO_LEVELS)
    assert [r.id for r in left.relations] == ["R/T1/1/regnskab/", "R/T1/1/pris/"]
    both = ground(LEAVES, TWO_LEVELS + "\nOg så den næste:\n" + THREE_LEVELS)
    assert {r.statement for r in both.relations} == {"T1", "T2"}
    assert all(t.statement == t.relation.split("/")[1] for t in both.terms)


def test_a_group_whose_parts_and_scopes_do_not_pair_is_refused_not_shortened() -> None:
    for whole in ("i alt", "1"):
        with pytest.raises(ValueError, match="zip"):
            ground(LEAVES, changed(TWO_LEVELS, whole, part_scopes=(None,)))


def test_the_settings() -> None:
    assert KINDS["leaves"].settings == {"except": Setting("measures", default=("pris",))}
    assert not KINDS["leaves"].predicate
    assert KINDS["leaves"].where == ("table",)
