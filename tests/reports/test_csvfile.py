"""Does Danish Excel open the rows as they are meant: cells, amounts, no formulas?"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from checker.messages import text
from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, Report
from checker.reports import View
from checker.reports.csvfile import _safe
from tests.reports.made import accepted, compared, crashed, right, sample, told_in, wrong

NAESTVED = "naestved-it-2021/regnskab.txt"


def rows(given: Report, lang: str = "da") -> list[dict[str, str]]:
    """Every row by the names of its columns."""
    made = told_in("csv", given, View(lang))
    assert made.startswith("\ufeff") and made.endswith("\r\n")
    assert "\n" not in made.replace("\r\n", "")
    return list(csv.DictReader(io.StringIO(made[1:], newline=""), delimiter=";"))


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("name", [NAESTVED, "social-mio-2024/regnskab.xlsx"])
def test_there_is_a_row_per_check_failed_ones_first(name: str, lang: str) -> None:
    given = sample(name)
    made = rows(given, lang)
    assert len(made) == len(given.outcomes)
    assert len(made[0]) == 21 and all(None not in row and None not in row.values() for row in made)
    column = "resultat" if lang == "da" else "result"
    failed = {text("status.failed", lang), text("status.not_met", lang)}
    states = [row[column] in failed for row in made]
    assert states == sorted(states, reverse=True)
    assert sum(states) == given.count(FAILED)


def test_a_row_holds_every_field() -> None:
    first = rows(sample(NAESTVED))[0]
    said = "Samme tal står forskelligt: Aktivitetsområder i regnskabet: 10.588; Forudsætninger for budget og regnskab."
    assert first.pop("forklaring").startswith(said)
    assert first.pop("næste skridt").startswith("Slå 3 Leasing, regnskab 2021 op")
    assert len(first.pop("kendetegn")) == 16
    assert first == {
        "resultat": "stemmer ikke",
        "alvor": "advarsel",
        "regel": "FIG001",
        "titel": "Samme tal står forskelligt to steder",
        "tabel": "Forudsætninger for budget og regnskab. Tabellen viser…",
        "linje": "3 Leasing",
        "mål": "regnskab",
        "år": "2021",
        "fil": "samples/naestved-it-2021/regnskab.txt",
        "sted": "linje 86",
        "oplyst": "10589000,00",
        "beregnet": "10588000,00",
        "difference": "1000,00",
        "afrunding højst": "0,00",
        "enhed": "kr.",
        "accepteret fordi": "",
        "accepteret af": "",
        "siden sidst": "",
    }
    assert {row["linje"] for row in rows(sample(NAESTVED)) if not row["mål"]} == {""}


def test_cells_are_named_and_unevaluated_checks_have_no_amounts() -> None:
    made = rows(sample("social-mio-2024/regnskab.xlsx"))
    assert made[0]["sted"] == "„Regnskab 2024“ F10"
    undone = [row for row in made if row["resultat"] == "kunne ikke kontrolleres"]
    assert len(undone) == sample("social-mio-2024/regnskab.xlsx").count(NOT_EVALUATED)
    assert {row["beregnet"] for row in undone} == {""}


def test_waivers_and_the_earlier_report_have_their_columns() -> None:
    made = [row for row in rows(accepted(wrong())) if row["resultat"] in ("stemmer ikke", "ikke opfyldt")]
    assert {(row["accepteret fordi"], row["accepteret af"]) for row in made} == {("Aftalt med revisionen", "Bo")}
    states = [row["siden sidst"] for row in rows(compared(wrong())) if row["siden sidst"]]
    assert set(states) == {"ny", "uændret", "ændrede tal"}


def test_a_check_that_holds_in_a_finding_stands_with_what_is_to_be_done() -> None:
    holding = next(o for o in right().outcomes if o.status == PASSED)
    finding = replace(wrong().findings[0], cause="joint", severity="warning", outcomes=(holding,))
    first = rows(replace(right(), findings=(finding,)))[0]
    assert (first["resultat"], first["alvor"], first["regel"]) == ("stemmer", "advarsel", holding.rule_id)
    assert first["næste skridt"]


def test_a_crash_has_its_row() -> None:
    made = [row for row in rows(crashed(wrong())) if row["resultat"] == "reglen fejlede"]
    assert len(made) == 1 and "ZeroDivisionError: x" in made[0]["forklaring"]


def test_formulas_become_text_and_numbers_stay_numbers() -> None:
    assert [_safe(cell) for cell in ("-1437,50", "+5", "-7", "12")] == ["-1437,50", "+5", "-7", "12"]
    harmful = ("=cmd", "+1+1", "-2+3", "@SUM(A1)", "\tx", "\rx", "＝1", "-1.437", "-")
    assert [_safe(cell) for cell in harmful] == [f"'{cell}" for cell in harmful]
    assert _safe("a=b") == "a=b"
