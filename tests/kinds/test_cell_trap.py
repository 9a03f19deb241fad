"""Does the kind `cell_trap` say what its sort of trap was found where, workbook by workbook?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.model.document import TRAPS, Place, Trap
from checker.model.rules import Grounding, Predicate
from tests.build import gathered, ground, rule, run, told

TEXT = "| I 1.000 kr. | Regnskab 2023 |\n| Skoler | 90 |\n"
HIDDEN = rule("cell_trap", {"trap": "hidden"})


def trap(code: str, what: str, file: str = "this", sheet: str = "Ark1", cell: str = "A1") -> Trap:
    """One trap as a reader says it."""
    return Trap(code, what, Place(file, sheet=sheet, cell=cell))


ROWS, COLUMN = trap("hidden", "rækker 4-9"), trap("hidden", "kolonne F", sheet="Ark2", cell="F1")
TEXT_NUMBER = trap("text_number", "B4")


def test_all_that_is_found_in_a_workbook_is_one_predicate() -> None:
    read = gathered(TEXT, "", "", "", TEXT_NUMBER, ROWS, COLUMN)
    claims = tuple(i for i, c in enumerate(read.claims) if c.kind == "trap" and c.about == "hidden")
    assert ground(HIDDEN, read) == Grounding(
        predicates=(Predicate("R/this", "R", "", "hidden", ("Ark1: rækker 4-9", "Ark2: kolonne F"), (), claims),)
    )
    (outcome,) = run(read, HIDDEN).outcomes
    assert told(read, HIDDEN) == ["failed hidden: found [Ark1: rækker 4-9, Ark2: kolonne F] allowed []"]
    assert [(p.sheet, p.cell) for p in outcome.places] == [("Ark1", "A1"), ("Ark2", "F1")]
    assert outcome.message.key == "outcome.cell_trap.hidden.failed"


def test_another_sort_of_trap_is_another_rules() -> None:
    read = gathered(TEXT, "", "", "", TEXT_NUMBER)
    assert told(read, HIDDEN) == ["passed hidden: found [] allowed []"]
    assert told(read, rule("cell_trap", {"trap": "text_number"})) == ["failed text_number: found [Ark1: B4] allowed []"]


@pytest.mark.parametrize("code", TRAPS)
def test_every_sort_of_trap(code: str) -> None:
    read = gathered(TEXT, "", "", "", trap(code, "D5"))
    for other in TRAPS:
        (line,) = told(read, rule("cell_trap", {"trap": other}))
        assert line == (
            f"failed {code}: found [Ark1: D5] allowed []" if other == code else f"passed {other}: found [] allowed []"
        )


def test_two_workbooks_are_judged_apart() -> None:
    read = gathered(TEXT, "", "", "", ROWS)
    (file, *_) = read.files
    two = replace(read, files=(file, replace(file, path="anden.xlsx", encoding="xlsm")))
    assert [(p.id, p.found) for p in ground(HIDDEN, two).predicates] == [
        ("R/this", ("Ark1: rækker 4-9",)),
        ("R/anden.xlsx", ()),
    ]


@pytest.mark.parametrize("encoding", ["xlsx", "xlsm", "xls", "xlsb", "ods"])
def test_every_sort_of_workbook(encoding: str) -> None:
    read = gathered(TEXT, "", "", "", ROWS)
    book = replace(read, files=tuple(replace(f, encoding=encoding) for f in read.files))
    assert [p.found for p in ground(HIDDEN, book).predicates] == [("Ark1: rækker 4-9",)]


def test_no_workbook_is_nothing_to_check() -> None:
    assert ground(HIDDEN, gathered(TEXT)) == Grounding(unbound="plan.no_workbook")


def test_the_settings() -> None:
    assert KINDS["cell_trap"].settings == {"trap": Setting("choice", required=True, choices=TRAPS)}
    assert KINDS["cell_trap"].predicate
    assert KINDS["cell_trap"].where == ()
