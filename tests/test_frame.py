"""Do the library's own ways out, HTML and data frame, say what the report says?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from checker import check
from tests.build import submission

SAMPLE = Path(__file__).parent.parent / "samples" / "social-mio-2024" / "regnskab.xlsx"


def test_a_frame_has_a_row_for_every_outcome_with_exact_amounts() -> None:
    report = check(SAMPLE)
    made = report.to_frame()
    assert len(made) == len(report.outcomes)
    assert list(made["status"]) == [o.status for o in report.outcomes]
    failed = made[(made["rule_id"] == "DEV001") & (made["status"] == "failed")].iloc[0]
    assert (failed["difference"], failed["tolerance"], failed["cause"]) == (Decimal("-1700000.00"), 150_000, "figure")
    assert (failed["sheet"], failed["cell"]) == ("Regnskab 2024", "F10")
    assert "Kolonnerne giver" in failed["message"]


def test_a_frame_of_nothing_has_its_columns() -> None:
    from dataclasses import replace

    report = replace(check(SAMPLE), outcomes=(), findings=(), submission=submission("Intet."))
    assert list(report.to_frame().columns)[:3] == ["rule_id", "severity", "status"]


def test_html_is_the_page_in_the_language_asked_for() -> None:
    assert check(SAMPLE).to_html("en").startswith('<!DOCTYPE html>\n<html lang="en">')
