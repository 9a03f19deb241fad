"""Does what is written under a table of one sheet stay on that sheet?"""

from __future__ import annotations

from dataclasses import replace

from checker.model.document import Document, Paragraph, Table
from checker.readers.text import parse
from checker.recognise import recognise

FIRST = "Oversigt i 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 100 |\n| SFO | 40 |\n| I alt | 140 |\n"
NOTE = "Anm.: + er overskud. Musikskolen har brugt 74.000 kr. mere.\n"
SECOND = "| Område | Regnskab 2023 |\n| Skoler | 100 |\n| SFO | 40 |\n"


def test_a_note_of_one_sheet_is_no_title_and_no_unit_of_the_next() -> None:
    def on(sheet: str, text: str) -> tuple[Table | Paragraph, ...]:
        return tuple(replace(block, sheet=sheet) for block in parse(text))

    read = recognise(Document("b.xlsx", "", "xlsx", (*on("A", FIRST + "\n" + NOTE), *on("B", SECOND))))
    first, second = read.statements
    assert "Musikskolen" not in second.title
    assert first.title == "Oversigt i 1.000 kr."
    units = {f.fact_id.partition(".")[0]: f.unit for f in read.facts}
    assert units["T1"] == 100_000
    assert units["T2"] != 100 or not next(f for f in read.facts if f.statement == second.id).unit_known
