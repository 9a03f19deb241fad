"""Does a diagnosis tell every cause once, and what cannot be right together though every check holds?"""

from __future__ import annotations

import pytest

from checker.confront import confront
from checker.diagnose import causes
from checker.diagnose.causes import diagnose
from checker.model.causes import NOTHING, POSSIBLE, Diagnosis
from checker.model.outcomes import FAILED, PASSED_ROUNDING, Report
from tests.build import submission
from tests.diagnose.build import default_rules, labels, only, report
from tests.diagnose.texts import ALL, BUDGET, KLUB, LINES, NOTE, REGNSKAB, SFO, SKOLER, accounts, one_sum


def roundings(klub: str, whole: str) -> str:
    """Three lines with a deviation each one unit too large, which the sum has as well."""
    rows = ("1 | Skoler | 100 | 90 | 11", "2 | SFO | 100 | 80 | 21", f"3 | Klub | 100 | 70 | {klub}")
    head = "Regnskab i 1.000 kr.\n| Nr. | Område | Budget 2023 | Regnskab 2023 | Over-/underskud |\n"
    return f"{head}{''.join(f'| {r} |' + chr(10) for r in rows)}| | I alt | 300 | 240 | {whole} |\n{NOTE}"


def test_what_is_right_has_no_cause() -> None:
    assert report(accounts()).diagnosis == NOTHING
    assert report("Ingen tal.").diagnosis == NOTHING


def test_figures_that_hold_check_by_check_and_not_together_are_a_joint_cause() -> None:
    """11 + 21 + 31 is at least 61,5 and at most 61,5 may be left of 300 and 240 — which is at most 61."""
    made = report(roundings("31", "61"))
    assert [o for o in made.outcomes if o.status == FAILED] == []
    cause = only(made)
    assert (cause.joint, cause.checks, made.diagnosis.asked) == (True, (), 1)
    assert sorted(made.outcomes[n].kind for n in cause.conflicts[0].checks) == ["difference", "total"]
    assert {made.outcomes[n].status for n in cause.conflicts[0].checks} == {PASSED_ROUNDING}
    printed = {f.fact_id: f.as_printed for f in made.submission.facts}
    assert sorted(printed[f] for f in cause.conflicts[0].figures) == ["11", "21", "240", "300", "31"]
    assert {o.figures[0] for o in cause.options} == set(cause.conflicts[0].figures)
    assert {s.certainty for o in cause.options for s in o.suggestions} == {POSSIBLE}
    (finding,) = made.findings
    assert (finding.cause, finding.severity) == ("joint", "warning")


@pytest.mark.parametrize(("klub", "whole"), [("30", "61"), ("31", "62"), ("30", "60")])
def test_figures_close_to_it_that_may_be_right_together_are_no_joint_cause(klub: str, whole: str) -> None:
    made = report(roundings(klub, whole))
    assert not any(c.joint for c in made.diagnosis.causes)
    assert not any(f.cause == "joint" for f in made.findings)


def sums_of_sums(*values: str) -> str:
    """A figure in two tables, a part of one sum and the sum of the other, in thousands and in millions."""
    skoler, sfo, whole, total = values
    return (
        f"Oversigt i mio. kr.\n| Nr. | Område | Regnskab 2023 |\n| 1 | Skoler | {skoler} |\n| 2 | SFO | {sfo} |\n"
        f"| | I alt | {whole} |\n\n" + one_sum("1.149", "549", "", total)
    )


def test_a_finer_table_and_a_rougher_one_are_one_system() -> None:
    """1.149 and 549 make 1.698; 1,1 and 0,5 make 1,7 by rounding, which is right; 1,8 is not."""
    assert report(sums_of_sums("1,1", "0,5", "1,7", "1.698")).findings == ()
    made = report(sums_of_sums("1,1", "0,5", "1,8", "1.698"))
    (option,) = only(made).options
    assert labels(made, option) == ("I alt regnskab 1,8",)


def test_one_wrong_figure_is_one_cause_of_all_its_checks() -> None:
    made = report(accounts((SKOLER, REGNSKAB, "1.153")))
    failed = tuple(n for n, o in enumerate(made.outcomes) if o.status == FAILED)
    assert only(made).checks == failed
    assert len(failed) == 2
    assert made.diagnosis.unfinished == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ((SKOLER, REGNSKAB, "1.153"), (KLUB, BUDGET, "380")),
        ((SKOLER, REGNSKAB, "1.153"), (SFO, BUDGET, "150")),
        ((SKOLER, REGNSKAB, "1.153"), (ALL, BUDGET, "2.100"), (KLUB, 4, "11")),
    ],
)
def test_independent_wrong_figures_are_causes_of_their_own(wrong: tuple[tuple[int, int, str], ...]) -> None:
    made = report(accounts(*wrong))
    found = {labels(made, o) for c in made.diagnosis.causes for o in c.options}
    assert {label[0].rsplit(" ", 1)[1] for label in found} == {printed for _, _, printed in wrong}
    assert len(found) == len(made.diagnosis.causes) == len(wrong)
    assert {label[0].split(" regnskab")[0].split(" budget")[0].split(" over")[0] for label in found} == {
        LINES[line][1] for line, _, _ in wrong
    }


def test_conflicts_of_fewest_checks_and_figures_come_first() -> None:
    made = report(accounts((SKOLER, REGNSKAB, "1.153"), (SKOLER, BUDGET, "1.020")))
    for cause in made.diagnosis.causes:
        order = [(len(c.checks), len(c.figures)) for c in cause.conflicts]
        assert order == sorted(order)
        assert len({c.figures for c in cause.conflicts}) == len(cause.conflicts)


def test_a_diagnosis_is_the_same_every_time() -> None:
    text = accounts((SKOLER, REGNSKAB, "1.153"), (KLUB, BUDGET, "380"), (SFO, 4, "82"))
    assert report(text).diagnosis == report(text).diagnosis


def with_work(text: str, work: int, monkeypatch: pytest.MonkeyPatch) -> Diagnosis:
    monkeypatch.setattr(causes, "WORK", work)
    read = submission(text)
    return diagnose(read, confront(read, default_rules()))


def test_a_part_for_which_the_work_is_used_up_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    text = accounts((SKOLER, REGNSKAB, "1.153"))
    assert with_work(text, 1, monkeypatch) == Diagnosis((), unfinished=1, parts=1, asked=1)


def test_with_any_work_a_cause_is_told_in_full_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the work is used up after a cause is found, what should stand there is left out."""
    text = accounts((SKOLER, REGNSKAB, "1.153"))
    seen = set()
    for work in (2**n for n in range(32)):
        found = with_work(text, work, monkeypatch)
        options = {o.figures for c in found.causes for o in c.options}
        assert found.unfinished == (not found.causes)
        assert len(options) <= 1
        seen.add((bool(found.causes), any(o.suggestions for c in found.causes for o in c.options)))
    assert (False, False) in seen
    assert (True, True) in seen


def report_of(sentence: str, *wrong: tuple[int, int, str]) -> Report:
    return report(accounts(*wrong) + f"Skoler\n{sentence}\n")


def test_a_sentence_that_echoes_the_sign_of_a_table_is_no_cause() -> None:
    """'Udgifter på …' has no sign of its own: it takes the table's, and only that is wrong."""
    made = report_of("Skoler har udgifter på 1.135.000 kr.", (SKOLER, REGNSKAB, "-1.135"))
    (option,) = only(made).options
    assert labels(made, option) == ("Skoler regnskab -1.135",)
    assert len([f for f in made.findings if f.severity == "error"]) == 1
