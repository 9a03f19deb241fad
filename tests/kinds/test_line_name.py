"""Does the kind `line_name` find numbers that stand for two different lines?"""

from __future__ import annotations

from checker.kinds import KINDS
from checker.model.rules import Grounding, Predicate
from tests.build import ground, rule, submission, told

NAMES = rule("line_name")

OVERVIEW = """
Oversigt i 1.000 kr.
| Nr. | Område | Regnskab 2023 |
| 1 | Skoler | 100 |
| 2 | SFO | 40 |
| 3 | Klubber | 10 |
| | I alt | 150 |
"""

DETAILS = """
Specifikation i 1.000 kr.
| Nr. | Område | Budget 2023 |
| 1 | Skoler | 100 |
| 2 | SFO | 40 |
| 3 | {name} | 10 |
"""

UNNUMBERED = """
Uden numre i 1.000 kr.
| Sted | Budget 2023 |
| Havn | 4 |
| Vej | 5 |
"""


def test_a_number_has_one_name() -> None:
    read = submission(OVERVIEW + DETAILS.format(name="Dagpleje"))
    (claim,) = (i for i, c in enumerate(read.claims) if c.kind == "line_name")
    assert ground(NAMES, read) == Grounding(
        predicates=(Predicate("R/T2", "R", "T2", "line_name", ("3 Klubber ≠ Dagpleje",), (), (claim,)),)
    )
    assert told(read, NAMES) == ["failed T2 line_name: found [3 Klubber ≠ Dagpleje] allowed []"]
    assert told(OVERVIEW + DETAILS.format(name="Klubber"), NAMES) == ["passed T2 line_name: found [] allowed []"]


def test_every_numbered_table_but_the_first_is_asked() -> None:
    text = (
        UNNUMBERED + OVERVIEW + DETAILS.format(name="Klubber") + DETAILS.format(name="Dagpleje").replace("Sp", "Ny sp")
    )
    found = {p.statement: p.found for p in ground(NAMES, text).predicates}
    assert list(found) == ["T3", "T4"]
    assert found["T3"] == ()
    assert set(found["T4"]) == {"3 Klubber ≠ Dagpleje"}


def test_without_two_numbered_tables_there_is_nothing_to_check() -> None:
    none = Grounding(unbound="plan.no_shared_numbers")
    assert ground(NAMES, OVERVIEW) == none
    assert ground(NAMES, OVERVIEW + UNNUMBERED) == none
    assert ground(NAMES, "Ingen tal.") == none


def test_it_is_a_predicate_without_settings() -> None:
    assert (KINDS["line_name"].predicate, dict(KINDS["line_name"].settings)) == (True, {})
    assert KINDS["line_name"].where == ()
