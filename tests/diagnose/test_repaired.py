"""Is a copy of the submission with known inconsistencies clean once everything is done that its findings suggest?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from checker.model.document import Document
from checker.readers.text import parse
from checker.reports import FORMATS, View
from checker.rulefile import load_rules
from checker.run import check_document

SAMPLE = Path(__file__).parents[2] / "samples" / "naestved-it-2021" / "regnskab.txt"

BY_HAND = {
    "TXT001": [("det korrigerede budget for 2020", "det korrigerede budget for 2021")],
    "SGN002": [("- = udgift; + = indtægt.", "+ = udgift; - = indtægt.")],
    "TXT012": [
        ("et underskud på 15.143 kr. Overskuddet", "et underskud på 15.143 kr. Underskuddet"),
        ("et underskud på 586.341 kr. Overskuddet", "et underskud på 586.341 kr. Underskuddet"),
    ],
    "TXT014": [("Heraf er 1.143.000 kr. søgt", "Heraf er 1.157.257 kr. søgt")],
    "TXT011": [("viser et overskud på 1.436.529 kr. Over", "viser et underskud på 1.436.529 kr. Under")],
}
"""What the next step of a finding asks for where it is not a figure that is to be changed."""


def report_of(text: str) -> dict[str, Any]:
    """The report as JSON."""
    report = check_document(Document("regnskab.txt", "", "utf-8", parse(text)), load_rules())
    made: dict[str, Any] = json.loads(FORMATS["json"](report, View()))
    return made


def put(text: str, location: dict[str, Any], before: str, after: str) -> str:
    """The text with a figure changed where it stands."""
    lines = text.split("\n")
    line, column = location["line"] - 1, location["column"] - 1
    at = lines[line].index(before, 0 if lines[line].find(before, column) < 0 else column)
    lines[line] = lines[line][:at] + after + lines[line][at + len(before) :]
    return "\n".join(lines)


def without_empty_columns(text: str) -> str:
    """The table of prices with its columns that hold no figure taken out, and with them the footnote mark."""
    lines = text.split("\n")
    for n, line in enumerate(lines):
        cells = line.split("\t")
        if line.startswith("Nr.\tAktivitet"):
            lines[n] = "Nr.\tAktivitet\tBudget 2021\tRegnskab 2021"
        elif line.startswith("\t\t\tMængde"):
            lines[n] = "\t\tBudget i 1.000 kr.\tRegnskab i 1.000 kr."
        elif len(cells) >= 8 and not cells[2]:
            lines[n] = "\t".join([*cells[:2], *(c for c in cells[2:] if c)])
    return "\n".join(lines)


def test_every_finding_is_of_one_cause_and_the_repaired_copy_has_none() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    report = report_of(text)
    rule_of = {o["fingerprint"]: o["rule_id"] for o in report["outcomes"]}
    told = [rule_of[f["outcomes"][0]] for f in report["findings"]]
    assert sorted(told) == [
        *("FIG001", "SGN002", "TXT001", "TXT002", "TXT003", "TXT011", "TXT012", "TXT014", "TXT015"),
    ]
    for finding, rule in zip(report["findings"], told, strict=True):
        if rule in BY_HAND:
            for before, after in BY_HAND[rule]:
                assert text.count(before) == 1, before
                text = text.replace(before, after)
        elif finding["suggestion"]:
            (option,) = finding["diagnosis"]["explanations"]
            (figure,) = option["figures"]
            text = put(text, figure["location"], figure["as_printed"], finding["suggestion"]["as_printed"])
        elif finding["cause"] == "one_of":  # either of the two may be mended: here the amount that is left
            left = next(
                o for o in finding["diagnosis"]["explanations"] if o["figures"][0]["measure"].startswith("rest")
            )
            assert left["suggestions"][0]["as_printed"] == "1,4 mio. kr."
            text = put(text, left["figures"][0]["location"], "1,3 mio. kr.", "1,4 mio. kr.")
    text = without_empty_columns(text)
    assert [f["message"]["da"] for f in report_of(text)["findings"]] == []


def test_every_finding_of_a_figure_has_its_proof() -> None:
    """The calculation that does not hold; where that leaves several figures open, the one that decides between them."""
    report = report_of(SAMPLE.read_text(encoding="utf-8"))
    by_fingerprint = {o["fingerprint"]: o for o in report["outcomes"]}
    for finding in report["findings"]:
        if finding["cause"] in ("figure", "one_of"):
            shown = [by_fingerprint[i]["evidence"] for i in finding["outcomes"]]
            assert any(e and e["difference"] for e in shown)
    (leasing,) = (f for f in report["findings"] if by_fingerprint[f["outcomes"][0]]["rule_id"] == "FIG001")
    assert leasing["suggestion"]["certainty"] == "certain"
    (proof,) = leasing["proofs"]
    assert proof["evidence"]["difference"] == "-1025.00"
    assert proof["evidence"]["tolerance"] == "1000.50"
