"""Does the working paper hold every check, with formulas, and with the tool's numbers beside them?"""

from __future__ import annotations

from collections import Counter

import pytest

from checker.messages import text
from checker.model.outcomes import FAILED, PASSED, PASSED_ROUNDING, Report
from checker.model.rules import Rule, RuleSet
from checker.reports.working_paper_words import status
from checker.run import check_submission
from checker.wording import say
from tests.build import rule, submission
from tests.paper.papers import (
    CHECKS,
    FIRST,
    SAMPLES,
    SUMS,
    cases,
    close,
    columns,
    expected,
    paper,
    read,
    results,
    sample,
)

TABLE = """
Regnskab i kr.
| Nr. | Område | Regnskab 2023 |
| 1 | Skoler | 1.000 |
| 2 | SFO | 2.000 |
| | I alt | 3.001 |
"""


def of_text(given: str, own: Rule) -> Report:
    """A report of one hand-made rule."""
    made = submission(given)
    return check_submission(made, RuleSet("set", "1", "", (own,)))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_outcome_has_its_row(name: str) -> None:
    report = sample(name)
    sheet = read(paper(report), values=True)[CHECKS]
    at = columns(sheet)
    assert sheet.max_row == FIRST + len(report.outcomes) - 1
    for number, outcome in enumerate(report.outcomes, 1):
        row = FIRST + number - 1
        assert sheet.cell(row, at["Nr."]).value == number
        assert sheet.cell(row, at["Regel"]).value == outcome.rule_id
        assert sheet.cell(row, at["Værktøjet siger"]).value == status(outcome, "da")
        assert sheet.cell(row, at["Besked"]).value == say(outcome.message, "da")
        assert all(sheet.cell(row, at[name]).value is None for name in ("Mærke", "Gennemgået af", "Dato"))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_calculation_is_a_formula_with_the_tools_number_beside_it(name: str) -> None:
    report = sample(name)
    formulas, values = (read(paper(report), values=v)[CHECKS] for v in (False, True))
    at = columns(values)
    for row, outcome in enumerate(report.outcomes, FIRST):
        wanted = expected(outcome)
        if wanted is None:
            assert values.cell(row, at["Beregnet"]).value is None
            continue
        how = values.cell(row, at["Sådan er den genberegnet"]).value
        for heading, number in (
            ("Oplyst", wanted.stated),
            ("Beregnet", wanted.computed),
            ("Difference", wanted.difference),
            ("Afrunding kan højst forklare", wanted.tolerance),
        ):
            assert close(values.cell(row, at[heading]).value, number), (outcome.rule_id, heading)
            if str(how).startswith("formler") and heading != "Afrunding kan højst forklare":
                assert formulas.cell(row, at[heading]).data_type == "f", (outcome.rule_id, heading)
        if how == text("paper.how.formulas", "da"):
            assert formulas.cell(row, at["Afrunding kan højst forklare"]).data_type == "f"
            assert formulas.cell(row, at["Formlen siger"]).data_type == "f"
        assert values.cell(row, at["Formlen siger"]).value == status(outcome, "da")


@pytest.mark.parametrize("name", SAMPLES)
def test_figures_of_linear_checks_are_exact_to_the_last_decimal(name: str) -> None:
    report = sample(name)
    sheet = read(paper(report), values=True)[CHECKS]
    at = columns(sheet)
    for row, outcome in enumerate(report.outcomes, FIRST):
        wanted = expected(outcome)
        if wanted and outcome.evidence and outcome.evidence.divisor == 1:
            assert sheet.cell(row, at["Beregnet"]).value == float(wanted.computed)
            assert sheet.cell(row, at["Difference"]).value == float(wanted.difference)


@pytest.mark.parametrize("truncated", [False, True])
def test_formulas_give_the_tools_numbers_in_every_case_of_every_rule(truncated: bool) -> None:
    seen: Counter[str] = Counter()
    for report in cases(truncated):
        for outcome, made in results(report):
            wanted = expected(outcome)
            assert (wanted is None) == (made.stated is None)
            if wanted is None or not (made.stated and made.computed and made.difference and made.tolerance):
                continue
            found = (made.stated[1], made.computed[1], made.difference[1], made.tolerance[1])
            assert found == (wanted.stated, wanted.computed, wanted.difference, wanted.tolerance), outcome.rule_id
            assert made.verdict[1] == outcome.status
            assert all(figure[0] for figure in (made.stated, made.computed, made.difference))
            seen[made.how] += 1
            if made.how == "tolerance" and not truncated:
                assert outcome.kind == "change"  # its limit is the larger of two, which the outcome does not tell
    assert set(seen) <= {"formulas", "rate", "tolerance", "strict", "verdict"}
    assert truncated or seen["formulas"] > 0.9 * (seen.total() - seen["rate"])


def test_the_cases_of_the_rules_can_be_written() -> None:
    for report in cases()[::7]:
        assert paper(report) == paper(report)


def test_terms_stand_with_what_is_printed_and_where() -> None:
    report = sample(SAMPLES[0])
    sheet = read(paper(report), values=True)[SUMS]
    at = columns(sheet)
    rows = list(sheet.iter_rows(min_row=FIRST, values_only=True))
    for number, outcome in enumerate(report.outcomes, 1):
        own = [r for r in rows if r[at["Nr."] - 1] == number]
        wanted = Counter(t.as_printed for t in outcome.evidence.terms) if outcome.evidence else Counter()
        assert Counter(str(r[at["Som trykt"] - 1]) for r in own) == wanted
        assert all(r[at["Sted"] - 1] for r in own)
        assert all(isinstance(r[at["Værdi"] - 1], int | float) for r in own)


def test_a_sum_is_the_sum_of_its_rows() -> None:
    report = of_text(TABLE, rule("total"))
    book = read(paper(report))
    checks, sums = book[CHECKS], book[SUMS]
    assert [c.value for c in checks[FIRST]][9:14] == [
        "='Regnestykker'!$L$7",
        "=SUM('Regnestykker'!$L$5:$L$6)",
        "=ROUND(J5-K5,2)",
        "=ROUND(SUM('Regnestykker'!$M$5:$M$7),3)",
        '=IF(L5=0,"✓ stemmer",IF(ABS(L5)<=M5,"≈ stemmer inden for afrunding","✗ stemmer ikke"))',
    ]
    assert [sums.cell(5, c).value for c in (5, 7, 9, 11, 12, 13, 14)] == [
        *("1.000", 1000, 1, 1, "=K5*G5", "=ABS(K5)*I5/2", "=ABS(K5)*I5/2"),
    ]
    values = read(paper(report), values=True)[CHECKS]
    assert [c.value for c in values[FIRST]][9:14] == [3001, 3000, 1, 1.5, "≈ stemmer inden for afrunding"]


def test_a_figure_is_written_with_the_sign_it_is_printed_with() -> None:
    """The surplus column prints a deficit as plus; its terms are 26.958 less 30.074 then."""
    report = sample(SAMPLES[0])
    sheet = read(paper(report), values=True)[SUMS]
    for row in sheet.iter_rows(min_row=FIRST, values_only=True):
        printed, value, counts = str(row[4]), row[6], str(row[9] or "")
        digits = printed.replace(".", "").replace("−", "-")
        if digits.lstrip("-").isdigit() and "modsat fortegn" not in counts:
            assert value in (int(digits), 1000 * int(digits))


def test_a_verdict_by_formula_is_the_tools() -> None:
    statuses: Counter[str] = Counter()
    for name in SAMPLES:
        report = sample(name)
        sheet = read(paper(report), values=True)[CHECKS]
        at = columns(sheet)
        for row, outcome in enumerate(report.outcomes, FIRST):
            said = sheet.cell(row, at["Siger det samme"]).value
            assert said == ("ja" if expected(outcome) else None)
            statuses[outcome.status] += said == "ja"
    assert min(statuses[s] for s in (PASSED, PASSED_ROUNDING, FAILED)) >= 5


def test_rows_lead_to_their_terms_and_back() -> None:
    report = sample(SAMPLES[0])
    book = read(paper(report))
    checks, sums = book[CHECKS], book[SUMS]
    linked = 0
    for cell in (row[4] for row in checks.iter_rows(min_row=FIRST)):
        if cell.hyperlink is None:
            continue
        sheet, _, target = str(cell.hyperlink.location).partition("!")
        row = int(target.removeprefix("A"))
        assert sheet.strip("'") == SUMS
        assert sums.cell(row, 1).value == checks.cell(cell.row or 0, 1).value
        assert str(sums.cell(row, 2).hyperlink.location) == f"'{CHECKS}'!A{cell.row}"  # type: ignore[union-attr]
        linked += 1
    assert linked == sum(o.evidence is not None for o in report.outcomes)
