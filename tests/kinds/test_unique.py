"""Does the kind `unique` find lines and figures that stand twice, and leave numbers that are no numbering?"""

from __future__ import annotations

from dataclasses import replace

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.document import Place
from checker.model.rules import Grounding, Predicate
from checker.wording import both
from tests.build import ground, rule, run, submission, told

LINES = rule("unique", {"of": "lines"})
FACTS = rule("unique", {"of": "facts"})

NUMBERED = """
Oversigt i 1.000 kr.
| Nr. | Område | Budget 2023 | Regnskab 2023 |
| 1 | Skoler | 110 | 100 |
| 2 | SFO | 50 | 40 |
| 2 | Klubber | 5 | 10 |
| 3 | Havn | 5 | 5 |
| 4 | Vej | 5 | 5 |
"""


def test_a_number_on_two_lines_is_named_with_its_places() -> None:
    read = submission(NUMBERED)
    places = tuple(f.place for f in read.facts if f.number == "2" and f.measure == "budget")
    assert len(places) == 2
    assert ground(LINES, read).predicates == (
        Predicate("R/T1", "R", "T1", "", ("2 (SFO / Klubber)",), (), places=places),
    )
    (outcome,) = run(read, LINES).outcomes
    assert outcome.places == places
    assert both(outcome.message) == {
        "da": "Det samme står flere gange i tabellen: 2 (SFO / Klubber).",
        "en": "The same stands more than once in the table: 2 (SFO / Klubber).",
    }


def test_a_row_that_is_repeated_has_one_name() -> None:
    assert told(NUMBERED.replace("Klubber", "SFO"), LINES) == ["failed T1: found [2 (SFO)] allowed []"]
    assert told(NUMBERED.replace("| 2 | Klubber", "| 5 | Klubber"), LINES) == ["passed T1: found [] allowed []"]


def test_a_number_may_stand_again_under_another_heading_or_in_another_scope() -> None:
    for first, second in (("Drift", "Anlæg"), ("Børn", "Ældre")):
        text = f"""
Oversigt i 1.000 kr.
| Nr. | Område | Regnskab 2023 |
| | {first} | |
| 1 | Skoler | 100 |
| 2 | SFO | 40 |
| | {second} | |
| 1 | Ny skole | 10 |
| 2 | Legeplads | 7 |
"""
        assert told(text, LINES) == ["passed T1: found [] allowed []"]
        twice = text + "| 2 | Bane | 3 |\n"
        assert told(twice, LINES) == ["failed T1: found [2 (Legeplads / Bane)] allowed []"]


def test_a_column_of_accounts_or_categories_is_no_numbering() -> None:
    text = """
Oversigt i 1.000 kr.
| Konto | Område | Regnskab 2023 |
| 3 | Skoler | 100 |
| 3 | SFO | 40 |
| 5 | Pleje | 10 |
| 5 | Hjælpemidler | 7 |
| 6 | Administration | 7 |
"""
    assert ground(LINES, text) == Grounding(unbound="plan.nothing_to_repeat")
    half = text + "| 7 | Renter | 7 |\n| 8 | Lån | 7 |\n| 9 | Skat | 7 |\n"
    assert told(half, LINES) == ["failed T1: found [3 (Skoler / SFO), 5 (Pleje / Hjælpemidler)] allowed []"]


def test_accounts_and_functions_may_stand_again() -> None:
    text = """
Regnskab i 1.000 kr.
| Funktion | Navn | Regnskab 2023 |
| 3.22.01 | Folkeskoler | 100 |
| 3.22.01 | Folkeskoler, refusion | -40 |
| 3.22.05 | SFO | 10 |
| 3.22.06 | Befordring | 7 |
| 3.22.08 | Kommunale specialskoler | 7 |
"""
    assert ground(LINES, text) == Grounding(unbound="plan.nothing_to_repeat")
    assert ground(LINES, text.replace("3.22.", "61500")) == Grounding(unbound="plan.nothing_to_repeat")


def test_rows_without_figures_and_totals_repeat_nothing() -> None:
    text = """
Oversigt i 1.000 kr.
| Nr. | Område | Regnskab 2023 |
| 1 | Skoler | |
| 2 | SFO | 40 |
| 1 | Klubber | 10 |
| 2 | SFO i alt | 40 |
"""
    assert told(text, LINES) == ["passed T1: found [] allowed []"]
    bare = "Oversigt i kr.\n| Område | Regnskab 2023 |\n| Skoler | 1 |\n| Skoler | 2 |\n"
    assert ground(LINES, bare) == Grounding(unbound="plan.nothing_to_repeat")
    assert ground(replace(LINES, tables=("overfoersler",)), NUMBERED) == Grounding(unbound="plan.nothing_to_repeat")


LONG = """entity;statement;line;measure;year;value;unit
Skole;Resultat;Skoler;regnskab;2023;100000;1000
Skole;Resultat;SFO;regnskab;2023;40000;1000
Skole;Resultat;Skoler;regnskab;2023;90000;1000
Skole;Resultat;Skoler;regnskab;2022;90000;1000
Skole;Oversigt;Skoler;regnskab;2023;100000;1000
"""


def test_a_figure_in_two_rows_of_one_table() -> None:
    read = submission(LONG)
    doubled = tuple(f.place for f in read.facts if (f.statement, f.label, f.year) == ("Resultat", "Skoler", 2023))
    assert told(read, FACTS) == [
        "failed Resultat: found [Skoler 2023 (100000 / 90000)] allowed []",
        "passed Oversigt: found [] allowed []",
    ]
    assert ground(FACTS, read).predicates[0].places == doubled


def test_a_figure_without_a_year() -> None:
    text = LONG.replace(";2023;", ";;")
    assert told(text, FACTS)[0] == "failed Resultat: found [Skoler (100000 / 90000)] allowed []"


def test_two_figures_in_one_row_are_a_matter_of_headings() -> None:
    text = "Beløb i kr.\n| Område | Regnskab 2023 | Regnskab 2023 |\n| Skoler | 100 | 101 |\n"
    read = submission(text)
    assert len({f.point for f in read.facts}) == 1
    assert told(read, FACTS) == ["passed T1: found [] allowed []"]
    apart = tuple(replace(f, place=Place("x", sheet=str(at))) for at, f in enumerate(read.facts))
    assert told(replace(read, facts=apart), FACTS) == ["failed T1: found [Skoler 2023 (100 / 101)] allowed []"]


def test_without_figures_nothing_repeats() -> None:
    assert ground(FACTS, "Ingen tabel.") == Grounding(unbound="plan.nothing_to_repeat")
    read = submission(NUMBERED)
    assert ground(FACTS, replace(read, facts=())) == Grounding(unbound="plan.nothing_to_repeat")


def test_the_settings() -> None:
    assert KINDS["unique"].settings == {"of": Setting("choice", required=True, choices=("lines", "facts"))}
    assert KINDS["unique"].predicate
    assert KINDS["unique"].where == ("table",)
