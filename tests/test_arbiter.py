"""Where the same figure differs between tables, is the wrong one named only when something decides it?"""

from __future__ import annotations

from checker.model.document import Document
from checker.model.outcomes import FAILED, Outcome
from checker.readers.text import parse
from checker.rulefile import load_rules
from checker.run import check_document

HEAD = "| Nr. | Område | Regnskab 2023 |\n"
LINES = "| 1 | Skoler | {} |\n| 2 | SFO | 40 |\n"


def differing(text: str) -> Outcome:
    """The one same_figure outcome that failed."""
    report = check_document(Document("x", "", "utf-8", parse(text)), load_rules())
    (found,) = [o for o in report.outcomes if o.kind == "same_figure" and o.status == FAILED]
    return found


def table(title: str, value: int, total: str = "") -> str:
    """A table in which Skoler has `value`."""
    return f"{title} i 1.000 kr.\n{HEAD}{LINES.format(value)}{total}\n"


def test_two_tables_alone_decide_nothing() -> None:
    assert differing(table("Oversigt", 100) + table("Specifikation", 109)).suspect == ""


def test_the_total_of_one_table_decides() -> None:
    text = table("Oversigt", 100, "| | I alt | 140 |\n") + table("Specifikation", 109)
    assert differing(text).suspect == "T2.R2.C3"


def test_two_against_one_decide() -> None:
    text = table("Oversigt", 100) + table("Specifikation", 109) + table("Bilag", 100)
    assert differing(text).suspect == "T2.R2.C3"


def test_a_difference_of_one_unit_is_a_warning_and_a_larger_one_an_error() -> None:
    assert differing(table("Oversigt", 100) + table("Specifikation", 101)).severity == "warning"
    assert differing(table("Oversigt", 100) + table("Specifikation", 102)).severity == "error"
