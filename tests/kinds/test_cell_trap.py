"""Does the kind `cell_trap` say what was found on which sheet of a workbook?"""

from __future__ import annotations

from dataclasses import replace

from checker.model.document import Document, Place, Trap
from checker.model.rules import Grounding, Predicate
from checker.readers.text import parse
from checker.recognise import recognise
from tests.build import ground, rule

TABLE = "| I kr. | Regnskab 2023 |\n| Skoler | 100 |\n"
BOOK = Document("bog.xlsx", "", "xlsx", parse(TABLE))
TRAPS = (
    Trap("hidden", "Grundlag", Place("bog.xlsx", sheet="Grundlag")),
    Trap("hidden", "4-9", Place("bog.xlsx", line=4, sheet="Resultat")),
    Trap("external_link", "[sidste.xlsx]", Place("bog.xlsx")),
)


def predicates(trap: str) -> tuple[Predicate, ...]:
    """What the rule of one trap becomes in a workbook with all of them."""
    return ground(rule("cell_trap", {"trap": trap}), recognise(replace(BOOK, traps=TRAPS))).predicates


def test_a_sheet_is_named_once_and_what_stands_on_no_sheet_by_itself() -> None:
    assert [(p.id, p.found, p.claims) for p in predicates("hidden")] == [
        ("R/bog.xlsx", ("Grundlag", "Resultat: 4-9"), _claims("hidden"))
    ]
    assert [p.found for p in predicates("external_link")] == [("[sidste.xlsx]",)]
    assert [p.found for p in predicates("error_value")] == [()]


def _claims(code: str) -> tuple[int, ...]:
    read = recognise(replace(BOOK, traps=TRAPS))
    return tuple(i for i, c in enumerate(read.claims) if (c.kind, c.about) == ("trap", code))


def test_a_text_file_has_no_cells() -> None:
    text = recognise(replace(BOOK, file="tekst.txt", encoding="utf-8", traps=TRAPS))
    assert ground(rule("cell_trap", {"trap": "hidden"}), text) == Grounding(unbound="plan.no_workbook")
