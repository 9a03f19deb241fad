"""Do the checks of a submission become one system of what must hold, and of nothing that only is allowed or usual?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.confront import Confronted, confront
from checker.diagnose.parts import parts
from checker.diagnose.system import System, bounds, build, lawful
from checker.engine.python import Result
from checker.model.outcomes import FAILED, NOT_EVALUATED, Outcome
from checker.model.submission import Submission
from tests.build import KR, MIO, TKR, fact, gathered, rule, run, submission
from tests.diagnose.build import default_rules, figure, made, total
from tests.diagnose.texts import ALL, BEFORE, NOW, REGNSKAB, accounts, last_years, one_sum, two_years


def system_of(given: str | Submission, truncated: bool = False) -> System:
    """The system of all that the default rules say."""
    read = submission(given) if isinstance(given, str) else given
    return build((*read.facts, *read.others), confront(read, default_rules()), truncated)


def summed(printed: str, **changes: object) -> tuple[Outcome, Result]:
    """The check of one sum, with its outcome changed."""
    confronted = run(one_sum("1.135", "482", "311", printed), rule("total"))
    ((outcome, result),) = zip(confronted.outcomes, confronted.results, strict=True)
    assert result is not None
    return replace(outcome, **changes), result  # type: ignore[arg-type]


@pytest.mark.parametrize("printed", ["1.928", "1.929", "1.999"])
def test_arithmetic_that_was_judged_is_law(printed: str) -> None:
    assert lawful(*summed(printed))


@pytest.mark.parametrize(
    "changes",
    [
        {"severity": "note"},
        {"status": NOT_EVALUATED},
        {"status": "error"},
        {"reason": "reason.part_missing"},
        {"kind": "bound"},
        {"kind": "change"},
        {"group": "T1/i alt"},
    ],
)
def test_what_is_allowed_usual_or_doubtful_is_no_law(changes: dict[str, object]) -> None:
    assert not lawful(*summed("1.999", **changes))


def test_a_doubtful_reading_that_holds_is_law() -> None:
    assert lawful(*summed("1.928", group="T1/i alt", coarse=True))
    assert not lawful(summed("1.928")[0], None)


def test_every_figure_of_a_check_is_a_variable_and_every_check_a_row() -> None:
    system = system_of(one_sum(*NOW))
    assert (system.variables, len(system.guards), len(system.rows)) == (4, 4, 1)
    (row,) = system.rows
    assert (row.op, row.constant, row.failed) == ("=", 0, False)
    assert sorted(c for _, c in row.coefficients) in ([-1, -1, -1, 1], [-1, 1, 1, 1])
    assert sorted(system.printed.values()) == sorted(2 * n * TKR for n in (1135, 482, 311, 1928))


def test_a_row_has_the_number_of_its_outcome_and_says_whether_it_failed() -> None:
    read = submission(accounts((ALL, REGNSKAB, "1.999")))
    confronted = confront(read, default_rules())
    system = build(read.facts, confronted, False)
    failed = {n for n, o in enumerate(confronted.outcomes) if o.status == FAILED}
    assert {row.check for row in system.rows if row.failed} == failed
    assert len(failed) == 2


def test_statements_of_one_figure_share_a_variable() -> None:
    system = system_of(one_sum(*NOW) + one_sum("1.135", "482", "311", "", title="Bilag"))
    assert (system.variables, len(system.guards)) == (4, 7)
    assert system.contradictions == []


def test_statements_in_the_same_unit_that_differ_contradict_each_other() -> None:
    system = system_of(one_sum(*NOW) + one_sum("1.135", "483", "311", "", title="Bilag"))
    ((figures, _),) = system.contradictions
    assert sorted(system.facts[f].as_printed for f in figures) == ["482", "483"]


def test_statements_in_two_units_contradict_each_other_only_where_rounding_cannot_explain_it() -> None:
    def bilag(value: str) -> str:
        return f"Bilag i mio. kr.\n| Nr. | Område | Regnskab 2023 |\n| 1 | Skoler | {value} |\n| 2 | SFO | 0,5 |\n\n"

    assert system_of(one_sum(*NOW) + bilag("1,1")).contradictions == []
    assert len(system_of(one_sum(*NOW) + bilag("1,2")).contradictions) == 1


def test_figures_of_other_sources_bound_and_are_not_doubted() -> None:
    system = system_of(gathered(two_years(BEFORE, NOW), last_years(*BEFORE)))
    others = [g for g in system.guards if g.fact.startswith("prior")]
    assert len(others) == 4
    assert {g.figures for g in others} == {frozenset()}
    assert all(g.figures == frozenset({g.fact}) for g in system.guards if not g.fact.startswith("prior"))


def test_an_amount_that_a_sentence_refers_back_to_is_the_same_figure() -> None:
    own, again = figure("P1.A1", 10, text=True), figure("P1.A2", 10, text=True, refers="P1.A1")
    system = made([own, again])
    assert [system.figure(f) for f in (own, again)] == ["P1.A1", "P1.A1"]
    assert system.stating("P1.A1") == [own, again]
    del system.of_fact["P1.A1"]
    assert system.lead("P1.A1") is again
    assert system.figure(replace(own, refers="elsewhere")) == "P1.A1"


@pytest.mark.parametrize(
    ("given", "truncated", "span"),
    [
        (fact(12 * TKR), False, (23 * TKR, 25 * TKR)),
        (fact(12 * TKR), True, (24 * TKR, 26 * TKR)),
        (fact(-12 * TKR), True, (-26 * TKR, -24 * TKR)),
        (fact(0), True, (-2 * TKR, 2 * TKR)),
        (fact(12 * KR, 0), True, (24 * KR, 24 * KR)),
        (fact(3 * MIO, KR, coarse=MIO), False, (5 * MIO, 7 * MIO)),
        (fact(3 * MIO, KR, coarse=MIO), True, (5 * MIO, 7 * MIO)),
        (fact(12 * TKR, exact=12_400 * KR), False, (24_800 * KR, 24_800 * KR)),
        (fact(12 * TKR, exact=12_600 * KR), False, (23 * TKR, 25 * TKR)),
        (fact(12 * TKR, exact=12_600 * KR), True, (25_200 * KR, 25_200 * KR)),
    ],
)
def test_what_a_figure_may_truly_be(given: object, truncated: bool, span: tuple[int, int]) -> None:
    """A stored value counts where it is shown rightly; a round amount of a sentence may be a rounded one."""
    assert bounds(given, truncated) == span  # type: ignore[arg-type]


def test_the_printed_value_is_that_of_the_narrowest_statement() -> None:
    rough = figure("rough", 2, MIO)
    system = made([figure("fine", 1600)])
    system.guards.insert(0, replace(system.guards[0], lo=2 * rough.value - MIO, hi=2 * rough.value + MIO))
    assert system.printed == {0: 2 * 1600 * TKR}


def test_parts_share_no_variable_no_figure_and_no_contradiction() -> None:
    names = "abcdefgh"
    system = made([figure(n, 10) for n in names], {"a": 1, "b": -1}, total("e", "c", "d"))
    system.contradictions.append((frozenset("ef"), 5))
    system.guards[6] = replace(system.guards[6], groups=(frozenset("gb"),))
    found = parts(system)
    assert [sorted(p.of_fact) for p in found] == [["a", "b", "g"], ["c", "d", "e", "f"], ["h"]]
    assert [[r.check for r in p.rows] for p in found] == [[0], [1], []]
    assert [p.contradictions for p in found] == [[], [(frozenset("ef"), 5)], []]
    assert sum(p.variables for p in found) == system.variables
    for part in found:
        for name, variable in part.of_fact.items():
            assert part.printed[variable] == system.printed[system.of_fact[name]]


def test_columns_that_meet_in_no_check_are_parts_of_their_own() -> None:
    assert len(parts(system_of(two_years(BEFORE, NOW)))) == 2
    assert len(parts(system_of(accounts()))) == 1


def test_nothing_that_was_read_is_an_empty_system() -> None:
    empty = build((), Confronted((), (), (), {}), False)
    assert (empty.variables, empty.rows, empty.guards, parts(empty)) == (0, [], [], [])
