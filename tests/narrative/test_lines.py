"""Which line is a sentence about: by number, name, label, heading, or the one spoken of before?"""

from __future__ import annotations

import pytest

from checker.model.document import Document
from checker.model.submission import Submission
from checker.readers.text import parse
from checker.recognise import recognise
from checker.recognise.narrative.facts import Told
from checker.recognise.narrative.mentions import stem
from tests.build import TKR, fact

TABLE = """Politikområde Børn

| Nr. | I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| 5.25.11 | Dagpleje | 1.000 | 900 | 100 |
| 5.25.14 | Svømmehal | 500 | 520 | -20 |
| | I alt | 1.500 | 1.420 | 80 |

"""


def read(text: str) -> Submission:
    return recognise(Document("prøve.txt", "", "utf-8", parse(TABLE + text)))


def lines(text: str) -> list[tuple[str, str]]:
    """Line and measure of every amount of the text."""
    return [(f.line, f.measure) for f in read(text).facts if f.text]


@pytest.mark.parametrize(
    "text",
    [
        "Dagpleje\n\nDer er et mindreforbrug på 100.000 kr.",
        "Dagplejen har et mindreforbrug på 100.000 kr.",
        "Dagpleje: Mindreforbruget på 100.000 kr. skyldes ledige stillinger.",
        "Funktion 5.25.11: Mindreforbruget på 100.000 kr. skyldes ledige stillinger.",
        "5.25.11\nDer er et mindreforbrug på 100.000 kr.",
        "Dagpleje (5.25.11)\n\nDer er et mindreforbrug på 100.000 kr.",
    ],
)
def test_the_line_is_known_by_number_or_name(text: str) -> None:
    assert lines(text) == [("5.25.11", "over_underskud")]


def test_a_name_is_met_as_it_is_inflected() -> None:
    assert lines("Svømmehallen har et merforbrug på 20.000 kr.") == [("5.25.14", "over_underskud")]
    assert stem("svømmehallen") == stem("svømmehal")


LISTED = "5.25.11 Dagpleje: Mindreforbrug på 100.000 kr.\n\n5.25.14 Svømmehal: Merforbrug på 20.000 kr.\n\n"


def test_a_paragraph_after_a_numbered_list_that_speaks_of_the_whole_is_about_the_whole() -> None:
    said = LISTED + "Samlet giver det et mindreforbrug på 80.000 kr."
    assert lines(said)[-1] == ("i alt", "over_underskud")


def test_a_paragraph_after_a_numbered_list_that_names_nothing_is_no_sure_figure_of_the_last_item() -> None:
    last = read(LISTED + "Der er herefter et mindreforbrug på 80.000 kr.").facts[-1]
    assert (last.line.split("·")[0], last.sure) == ("5.25.14", False)
    named = read(LISTED + "Svømmehallen har tidligere haft et merforbrug på 20.000 kr.").facts[-1]
    assert (named.line, named.sure) == ("5.25.14", True)


def test_what_is_said_of_a_line_that_no_table_has_is_not_held_against_another() -> None:
    made = read(
        "Dagpleje\n\nDer er et mindreforbrug på 100.000 kr.\n\nBiblioteker\n\nDer er et mindreforbrug på 7.000 kr."
    )
    assert [(f.line, f.label) for f in made.facts if f.text] == [
        ("5.25.11", "Dagpleje"),
        ("biblioteker", "Biblioteker"),
    ]
    assert [c.kind for c in made.claims if c.kind == "text_no_line"] == ["text_no_line"]


def test_a_label_within_the_section_of_a_line_is_a_part_of_it() -> None:
    (told,) = lines("Dagpleje\n\nVikarer: Merforbrug på 30.000 kr.")
    assert told[0].startswith("5.25.11·")


def test_a_title_over_a_line_of_units_heads_no_section() -> None:
    table = "| | Antal 2023 |\n| Huse | 3 |\n| Haller | 4 |"
    text = f"Bygninger\nEnhed: antal\n{table}\n\nSamlet er der et mindreforbrug på 80.000 kr."
    assert lines(text) == [("i alt", "over_underskud")]


def test_what_seems_to_be_of_the_whole_is_doubted_where_a_table_was_not_read() -> None:
    told = Told(facts=[fact(100 * TKR, line="i alt", text=True), fact(100 * TKR, line="1", text=True)])
    told.doubt_wholes()
    assert [f.sure for f in told.facts] == [False, True]
