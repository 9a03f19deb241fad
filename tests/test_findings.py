"""Are findings complete, sorted and honest, is every amount counted, and is a gate never green on nothing?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.findings import coverage, exit_code, findings, nothing_evaluated
from checker.kinds.presence import WHAT
from checker.model.document import Place
from checker.model.outcomes import At, Coverage, Evidence, Finding, Message, Outcome, Report, Unchecked
from checker.model.submission import NotRead
from checker.wording import say
from tests.build import fact, rule, run, submission

EMPTY = submission("Ingen tal.")


def outcome(
    status: str = "failed", off: int | None = 5, line: int = 1, file: str = "case", **changes: object
) -> Outcome:
    """An outcome of a sum that is `off` øre off, at a line of a file."""
    made = Outcome(
        *("R1", "some-defect", "total", "error", status, At(label="I alt")),
        Message("outcome.total.failed", {"label": "I alt"}),
        Evidence((), "=", difference=off),
        (Place(file, line=line),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def report(*outcomes: Outcome, checked: int = 1, facts: int = 1) -> Report:
    """A report of these outcomes."""
    made = findings(outcomes, EMPTY)
    return Report("0", "s", "1", "", (), EMPTY, outcomes, made, Coverage(facts, checked), ())


def test_every_failed_outcome_is_a_finding_and_nothing_else_is() -> None:
    failed = outcome()
    others = [outcome(status) for status in ("passed", "passed_rounding", "not_evaluated", "error")]
    assert findings([*others, failed], EMPTY) == (
        Finding("", "error", (failed,), failed.message, Message("next.total")),
    )
    assert findings([], EMPTY) == ()


def test_the_gravest_and_largest_come_first_then_as_they_stand() -> None:
    outcomes = {
        "note": outcome(severity="note", off=900),
        "warning": outcome(severity="warning", off=800),
        "small": outcome(off=7),
        "large below": outcome(off=-70),
        "share": replace(outcome(), evidence=Evidence((), "<=", divisor=100, difference=6_950)),
        "later": outcome(off=7, line=5),
        "other file": outcome(off=7, file="d", line=0),
        "by rule": outcome(off=7, rule_id="R0"),
        "no place": replace(outcome(off=7), places=()),
        "no line": replace(outcome(off=7), places=(Place("case"),)),
        "no arithmetic": replace(outcome(), evidence=None),
        "nothing told": outcome(off=None, line=9),
    }
    names = {id(made): name for name, made in outcomes.items()}
    found = findings(list(outcomes.values()), EMPTY)
    assert [names[id(f.outcomes[0])] for f in found] == [
        *("large below", "share"),
        *("no place", "no line", "by rule", "small", "later", "other file"),
        *("no arithmetic", "nothing told"),
        *("warning", "note"),
    ]
    assert [f.severity for f in found] == ["error"] * 10 + ["warning", "note"]


def test_an_improbable_rounding_is_a_note() -> None:
    made = outcome("passed_rounding")
    unlikely = replace(made, evidence=replace(made.evidence or Evidence((), "="), odds=2_400))
    assert findings([made, unlikely], EMPTY) == (
        Finding("improbable", "note", (unlikely,), unlikely.message, Message("next.improbable")),
    )
    assert findings([replace(unlikely, status="passed"), replace(made, evidence=None)], EMPTY) == ()


def test_an_uncertain_total_that_fails_in_several_columns_is_one_warning() -> None:
    one, two = outcome(group="T1/i alt"), outcome(group="T1/i alt", off=9)
    passed, other, plain = outcome("passed", group="T1/i alt"), outcome(group="T2/sum", off=1), outcome(off=2)
    assert findings([one, passed, other, two, plain], EMPTY) == (
        Finding("", "error", (plain,), plain.message, Message("next.total")),
        Finding(
            *("structure", "warning", (one, two)),
            Message("outcome.total.unclear", {"label": "I alt", "n": "2"}),
            Message("next.structure"),
        ),
        Finding(
            *("structure", "warning", (other,)),
            Message("outcome.total.unclear", {"label": "I alt", "n": "1"}),
            Message("next.structure"),
        ),
    )


SUM = """
Regnskab i 1.000 kr.
| Område | Regnskab 2023 |
| Skoler | 100 |
| SFO | 40 |
| I alt | 140.000 |
"""


def test_a_figure_in_the_wrong_unit_says_so() -> None:
    read = submission(SUM)
    (finding,) = findings(run(read, rule("total", severity="warning")).outcomes, read)
    assert (finding.cause, finding.severity, finding.next_step) == (
        *("unit", "warning"),
        Message("next.scale", {"printed": "140.000"}),
    )
    assert finding.message.key == "outcome.total.failed"
    assert "140.000" in say(finding.next_step, "da")


@pytest.mark.parametrize("what", WHAT)
def test_what_is_not_there_has_its_own_next_step(what: str) -> None:
    absent = outcome(kind="presence", predicate=True, at=At(label=what))
    (finding,) = findings([absent], EMPTY)
    expected = "next.presence" if what == "figures_in_columns" else f"next.presence_{what}"
    assert finding.next_step == Message(expected)
    assert say(finding.next_step, "da") != say(finding.next_step, "en")
    (other,) = findings([outcome(at=At(label=what))], EMPTY)
    assert other.next_step == Message("next.total")


def test_every_amount_is_checked_or_listed_with_its_reason() -> None:
    def at(line: int, column: int = 1, file: str = "case") -> Place:
        return Place(file, line=line, column=column)

    facts = tuple(
        fact(1, fact_id=i, place=p, as_printed=i)
        for i, p in {"a": at(9), "b": at(2), "c": at(4, 7), "d": at(4, 3), "e": at(5), "f": at(6)}.items()
    )
    unread = (
        NotRead("unread.sentence", "5 mio. kr.", at(3)),
        NotRead("unread.ragged", "7", at(1, file="a")),
        NotRead("unread.not_a_number", "x", at(1), is_amount=False),
    )
    read = replace(EMPTY, facts=facts, not_read=unread)
    outcomes = [
        outcome("passed", facts=("a",)),
        outcome("passed_rounding", facts=("e",)),
        outcome("failed", facts=("a", "f")),
        outcome("not_evaluated", facts=("b", "a")),
        outcome("error", facts=("c",)),
    ]
    assert coverage(outcomes, read) == Coverage(
        facts=8,
        checked=3,
        unchecked=(
            Unchecked(at(1, file="a"), "7", "unread.ragged"),
            Unchecked(at(2), "b", "reason.rule_not_evaluated", facts[1]),
            Unchecked(at(3), "5 mio. kr.", "reason.text_not_read"),
            Unchecked(at(4, 3), "d", "reason.no_rule", facts[3]),
            Unchecked(at(4, 7), "c", "reason.no_rule", facts[2]),
        ),
    )


def test_what_only_refers_back_to_an_amount_is_no_amount_more() -> None:
    told = (fact(1, fact_id="a", text=True), fact(1, fact_id="b", text=True, refers="a"))
    read = replace(EMPTY, facts=told)
    assert (coverage([], read).facts, [u.fact for u in coverage([], read).unchecked]) == (1, [told[0]])
    assert coverage([outcome("passed", facts=("b",))], read).checked == 0


def test_an_amount_without_line_or_column_is_listed_first() -> None:
    places = [Place("case", line=1, column=1), Place("case", line=1), Place("case"), Place("b", line=9)]
    read = replace(EMPTY, facts=tuple(fact(1, fact_id=str(i), place=p) for i, p in enumerate(places)))
    assert [u.place for u in coverage([], read).unchecked] == [places[3], places[2], places[1], places[0]]


@pytest.mark.parametrize(
    ("outcomes", "nothing"),
    [
        ([], True),
        ([outcome("not_evaluated"), outcome("error")], True),
        ([outcome("passed", predicate=True), outcome("failed", predicate=True)], True),
        ([outcome("passed")], False),
        ([outcome("passed_rounding")], False),
        ([outcome("failed"), outcome("passed", predicate=True)], False),
    ],
)
def test_only_a_calculation_approves_anything(outcomes: list[Outcome], nothing: bool) -> None:
    assert nothing_evaluated(report(*outcomes)) is nothing


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("error", "error", 1),
        ("warning", "error", 0),
        ("warning", "warning", 1),
        ("error", "warning", 1),
        ("note", "warning", 0),
        ("note", "note", 1),
    ],
)
def test_findings_at_or_above_the_level_give_1(severity: str, fail_on: str, code: int) -> None:
    assert exit_code(report(outcome(severity=severity)), fail_on) == code


def test_exit_codes() -> None:
    assert exit_code(report(outcome("passed"))) == 0
    assert exit_code(report(outcome(severity="warning"))) == 0
    assert exit_code(report(outcome())) == 1
    assert exit_code(report()) == 2
    assert exit_code(report(outcome("not_evaluated"))) == 2
    assert exit_code(report(outcome(predicate=True))) == 2
    assert exit_code(report(outcome("passed"), outcome("error"))) == 3
    assert exit_code(report(outcome(), outcome("error"))) == 3
    assert exit_code(report(outcome("error"))) == 3


@pytest.mark.parametrize(
    ("checked", "facts", "least", "code"), [(1, 2, 50, 0), (1, 2, 51, 2), (0, 0, 100, 0), (2, 3, 66, 0), (2, 3, 67, 2)]
)
def test_too_little_coverage_gives_2(checked: int, facts: int, least: int, code: int) -> None:
    made = report(outcome("passed"), checked=checked, facts=facts)
    assert exit_code(made, min_coverage=least) == code
    assert exit_code(made) == 0
    assert exit_code(report(outcome(), checked=checked, facts=facts), min_coverage=least) == max(code, 1)


def test_figures_of_last_years_submission_are_no_covered_amounts() -> None:
    read = submission("| I kr. | Regnskab 2022 | Regnskab 2023 |\n| Skoler | 90 | 100 |\n")
    checked = outcome("passed", facts=(read.facts[0].fact_id, "prior.T1.R2.C2"))
    made = coverage([checked], read)
    assert (made.facts, made.checked, [u.fact for u in made.unchecked]) == (2, 1, [read.facts[1]])
