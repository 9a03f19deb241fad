"""What tests of the working paper are made of: reports of the samples and of the rules' own cases, and read-back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from checker.casetest import _submission
from checker.model.outcomes import Outcome, Report
from checker.printed import printed
from checker.reports import View
from checker.reports.working_paper import render
from checker.reports.working_paper_result import Result, result
from checker.reports.working_paper_scale import scale
from checker.reports.working_paper_terms import Known
from checker.resources import data_dir
from checker.rulefile import load_rules
from checker.rulefile.adjust import as_written
from checker.run import check, check_submission

ROOT = Path(__file__).parent.parent.parent / "samples"
SAMPLES = (
    *("naestved-it-2021/regnskab.txt", "havn-og-vej-2023/regnskab.txt", "kultur-mio-2024/budgetopfoelgning.txt"),
    *("social-mio-2024/regnskab.xlsx", "dagtilbud-priser-2023/regnskab.csv", "skoler-2024/2024"),
    *("natur-udtraek-2023/materiale", "boern-2024/regnskab.xlsx"),
)
CHECKS, SUMS, FINDINGS, SCOPE, OPEN, BASIS = (
    *("Kontroller", "Regnestykker", "Fund", "Kontrolomfang", "Ikke rettede forskelle", "Grundlag"),
)
FIRST = 5
"""The row of the first check."""


@cache
def sample(name: str) -> Report:
    """The report of a sample."""
    return check(ROOT / name, name=name)


@cache
def cases(truncated: bool = False) -> tuple[Report, ...]:
    """A report for every case of every rule that ships, against its rule alone; or as if all figures were cut off."""
    return tuple(_cases(truncated))


def _cases(truncated: bool) -> Iterator[Report]:
    for file in sorted((data_dir("rules")).glob("*.yaml")):
        base = load_rules(file)
        for rule in base.rules:
            for case in rule.cases if rule.file == file.name else ():
                ruleset = load_rules(file, case.parameters) if case.parameters else base
                own = as_written(next(r for r in ruleset.rules if r.id == rule.id), ruleset.adjusted)
                yield check_submission(_submission(case, "xlsx"), replace(ruleset, rules=(own,), truncated=truncated))


def results(report: Report) -> Iterator[tuple[Outcome, Result]]:
    """Every outcome with a calculation, and what the formulas make of it."""
    known = Known({f.fact_id: f for f in (*report.submission.facts, *report.submission.others)})
    first = FIRST
    for number, outcome in enumerate(report.outcomes):
        if outcome.evidence is not None and outcome.evidence.terms:
            made = result(outcome, printed(outcome.evidence), known, first, FIRST + number, SUMS)
            first += len(made.rows)
            yield outcome, made


def paper(report: Report, lang: str = "da") -> bytes:
    """The working paper of a report."""
    return render(report, View(lang))


def read(data: bytes, values: bool = False) -> Workbook:
    """The workbook with its formulas, or with the values stored beside them."""
    return load_workbook(BytesIO(data), data_only=values)


def columns(sheet: Worksheet, header: int = FIRST - 1) -> dict[str, int]:
    """The columns of a sheet by their headings."""
    return {str(c.value): c.column for c in sheet[header] if c.value is not None}


@dataclass(frozen=True, slots=True)
class Expected:
    """The tool's figures of one check, in the unit that it is shown in."""

    stated: Fraction
    computed: Fraction
    difference: Fraction
    tolerance: Fraction


def expected(outcome: Outcome) -> Expected | None:
    """The figures of an outcome as they are printed; None where nothing was computed."""
    e = printed(outcome.evidence) if outcome.evidence else None
    if e is None or e.stated is None or e.computed is None or e.difference is None or e.tolerance2 is None:
        return None
    own = scale(e.show, e.dimension)
    one, half = e.divisor * own.steps, 2 * e.divisor * own.steps
    stated, computed, difference = (Fraction(v, one) for v in (e.stated, e.computed, e.difference))
    return Expected(stated, computed, difference, Fraction(e.tolerance2, half))


def close(found: Any, wanted: Fraction) -> bool:
    """Whether a number of a cell is the exact one, as near as a cell can hold it."""
    allowed = (1 + abs(wanted)) / 10**9
    return isinstance(found, int | float) and abs(Fraction(found) - wanted) <= allowed
