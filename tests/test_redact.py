"""Is a redacted report without the document's words, and otherwise the same?"""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.model.outcomes import Report
from checker.redact import LEFT_OUT, redacted
from checker.reports import FORMATS, View
from checker.run import check

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = ["naestved-it-2021/regnskab.txt", "social-mio-2024/regnskab.xlsx", "skoler-2024/2024"]


def report(name: str) -> Report:
    """The report of a sample, with last year's where there is one."""
    prior = SAMPLES / "skoler-2024" / "2023" if name.startswith("skoler") else None
    return check(SAMPLES / name, name="materiale", prior=prior)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_", ["text", "json"])
def test_no_line_title_or_sentence_is_left(name: str, format_: str) -> None:
    plain = report(name)
    view = View("da", show_passed=True, show_coverage=True, show_plan=True, with_facts=True)
    made = FORMATS[format_](redacted(plain), view)
    s = plain.submission
    secret = {f.label for f in s.facts} | {t.title for t in (*s.statements, *s.texts)}
    secret |= {f.place.snippet for f in s.facts if f.text and f.place.snippet}
    left = {w for w in secret if len(w) > 12 and " " in w.strip() and w in made}
    assert left == set()


@pytest.mark.parametrize("name", NAMES)
def test_figures_statuses_and_places_stay(name: str) -> None:
    plain, made = report(name), redacted(report(name))
    assert [o.status for o in made.outcomes] == [o.status for o in plain.outcomes]
    assert [f.severity for f in made.findings] == [f.severity for f in plain.findings]
    assert [(p.file, p.line, p.cell, bool(p.sheet)) for o in made.outcomes for p in o.places] == [
        (p.file, p.line, p.cell, bool(p.sheet)) for o in plain.outcomes for p in o.places
    ]
    for before, after in zip(plain.outcomes, made.outcomes, strict=True):
        if before.evidence and after.evidence:
            assert (after.evidence.stated, after.evidence.difference) == (
                before.evidence.stated,
                before.evidence.difference,
            )


def test_findings_hold_the_outcomes_of_the_list() -> None:
    made = redacted(report(NAMES[0]))
    own = {id(o) for o in made.outcomes}
    assert all(id(o) in own for f in made.findings for o in f.outcomes)
    assert LEFT_OUT in FORMATS["text"](made, View("da", show_passed=True))


def test_sheets_are_called_by_number_and_columns_by_what_they_measure() -> None:
    plain = report("social-mio-2024/regnskab.xlsx")
    sheets = list(dict.fromkeys(p.sheet for o in plain.outcomes for p in o.places))
    assert len(sheets) == 2
    made = redacted(plain)
    page = FORMATS["html"](made, View("da"))
    assert not [s for s in sheets if (s and f"{s}:" in page) or f"{s} B" in page]
    assert {p.sheet for o in made.outcomes for p in o.places} == {"Ark1", "Ark2"}
    assert "korrigeret budget 2024" in page
    assert "Rapporten er uden dokumentets ord" in page
