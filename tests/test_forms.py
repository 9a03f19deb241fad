"""Does the same submission as text, CSV, workbook and long form give equal outcomes, locations aside?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from checker.kinds import KINDS
from checker.model.outcomes import Outcome, Report
from checker.readers import read_document
from checker.reports.fact_list import FORMATS
from checker.rulefile import load_rules
from checker.run import check, check_submission, read
from checker.version import DEFAULT_RULES
from samples.make.__main__ import main as make
from samples.make.forms import FORMS, SAMPLES, TEXTS
from tests.test_samples import SAMPLES as SUBMISSIONS

ARITHMETIC_FREE = ("cell_trap", "contract")
"""Kinds that ask about one form alone: the cells of a workbook, the columns of long form. They must be met there."""

OF_NOTES = (
    *("sign_note", "price_year", "year_in_note", "presence"),
    *(kind for kind in KINDS if kind.startswith(("text_", "explained"))),
)
"""Kinds that ask what notes, headings and sentences say; long form carries figures and their meaning, but no words."""

COPIES = [(sample, Path(text).stem + ending) for sample, text in TEXTS.items() for ending in (".csv", ".xlsx")]


class Said(NamedTuple):
    """What an outcome says, without its places."""

    rule: str
    entity: str
    scope: str | None
    line: str
    label: str
    measure: str
    year: int | None
    status: str
    severity: str
    message: str
    stated: int | None = None
    computed: int | None = None
    difference: int | None = None
    tolerance2: int | None = None
    unit: int | None = None


def _said(outcome: Outcome) -> Said:
    at, e = outcome.at, outcome.evidence
    about = (outcome.rule_id, at.entity, at.scope, at.line, at.label, at.measure, at.year)
    figures = (e.stated, e.computed, e.difference, e.tolerance2, e.show) if e else ()
    return Said(*about, outcome.status, outcome.severity, str(outcome.message), *figures)


def _outcomes(report: Report, without: tuple[str, ...] = ARITHMETIC_FREE) -> Counter[Said]:
    return Counter(_said(o) for o in report.outcomes if o.kind not in without)


def _findings(report: Report) -> list[tuple[str, str, str, str, list[Said]]]:
    """Findings without the order of places, which decides between those of one severity and size."""
    return sorted(
        (f.cause, f.severity, str(f.message), str(f.next_step), sorted(map(_said, f.outcomes), key=str))
        for f in report.findings
    )


def _text(sample: str) -> Report:
    return check(SAMPLES / sample / TEXTS[sample])


def _without_sentences(sample: str) -> Report:
    """The report of what long form can carry of a text."""
    made = read(SAMPLES / sample / TEXTS[sample])
    in_tables = tuple(f for f in made.facts if not f.text)
    return check_submission(replace(made, facts=in_tables, texts=(), text_parts=()), load_rules(DEFAULT_RULES))


@pytest.mark.parametrize(("sample", "file"), COPIES)
def test_csv_and_workbook_give_the_outcomes_of_the_text(sample: str, file: str) -> None:
    text, other = _text(sample), check(SAMPLES / sample / FORMS / file)
    assert _outcomes(other) == _outcomes(text)
    assert _findings(other) == _findings(text)
    assert [(o.rule_id, o.status) for o in other.outcomes if o.kind in ARITHMETIC_FREE and o.status != "passed"] == []


@pytest.mark.parametrize(("sample", "file"), COPIES)
def test_csv_and_workbook_leave_the_same_amounts_unchecked_as_the_text(sample: str, file: str) -> None:
    text, other = _text(sample).coverage, check(SAMPLES / sample / FORMS / file).coverage
    assert (other.facts, other.checked) == (text.facts, text.checked)
    assert Counter((u.as_printed, u.reason) for u in other.unchecked) == Counter(
        (u.as_printed, u.reason) for u in text.unchecked
    )


@pytest.mark.parametrize("sample", TEXTS)
def test_long_form_gives_the_outcomes_of_the_text_but_those_about_notes(sample: str) -> None:
    text, long = _without_sentences(sample), check(SAMPLES / sample / FORMS / "lang-form.csv")
    assert _outcomes(long, (*ARITHMETIC_FREE, *OF_NOTES)) == _outcomes(text, (*ARITHMETIC_FREE, *OF_NOTES))
    assert {o.kind for o in long.outcomes} - {o.kind for o in text.outcomes} == {"contract"}
    about_notes = [o for o in long.outcomes if o.kind in (*ARITHMETIC_FREE, *OF_NOTES)]
    assert [o.rule_id for o in about_notes if o.status != "passed"] == []


@pytest.mark.parametrize("sample", [s for s in SUBMISSIONS if s not in TEXTS])
def test_long_form_of_workbooks_folders_and_other_sources_gives_the_same_calculations(
    sample: str, tmp_path: Path
) -> None:
    """With last year's figures and those of an extract, which are rows of the one file then."""
    path = SAMPLES / sample / SUBMISSIONS[sample]
    (tmp_path / "lang-form.csv").write_bytes(FORMATS["long"](read(path), "da").encode())
    own, long = check(path), check(tmp_path / "lang-form.csv")
    assert len(_calculations(own)) > 20
    assert _calculations(long) == _calculations(own)


def _calculations(report: Report) -> Counter[Said]:
    """Outcomes of relations; messages name files, which are others."""
    return Counter(_said(o)._replace(message="") for o in report.outcomes if not o.predicate)


@pytest.mark.parametrize("sample", TEXTS)
def test_long_form_says_where_a_figure_stood(sample: str) -> None:
    """So that an outcome of long form points at the line of the text it was made from."""
    text, long = _without_sentences(sample), check(SAMPLES / sample / FORMS / "lang-form.csv")
    assert [(f.place.file, f.place.line, f.as_printed) for f in long.submission.facts] == [
        (f.place.file, f.place.line, f.as_printed) for f in text.submission.facts
    ]


def test_the_files_are_those_that_are_made(tmp_path: Path) -> None:
    """`python -m samples.make` gives what lies under samples/; a workbook's bytes depend on who writes it."""
    make(tmp_path)
    made = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*.*"))
    assert len(made) >= 9
    for path in made:
        new, kept = tmp_path / path, SAMPLES / path
        if path.suffix == ".xlsx":
            one, other = read_document(new, "x"), read_document(kept, "x")
            assert (one.blocks, one.traps, one.counts) == (other.blocks, other.traps, other.counts), path
        else:
            assert new.read_bytes() == kept.read_bytes(), path
