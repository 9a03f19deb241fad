"""Does the kind `declared` hold what regnskab.yaml states against what is read?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.kinds import KINDS
from checker.model.rules import Grounding, Predicate
from checker.model.submission import Submission
from tests.build import gathered, ground, rule, run, told

DECLARED = rule("declared")

TEXT = """
Politikområde Skole

| I 1.000 kr. | Budget 2023 | Regnskab 2023 |
| Løn | 90 | 100 |
| Forældrebetaling | -40 | -45 |
"""

ALL = "kommune: Testby\nomraade: Skole\naar: 2023\nenhed: 1.000 kr.\nfortegn: +\n"


def judged(manifest: str, text: str = TEXT) -> list[str]:
    """What is said of every statement of the manifest."""
    return told(gathered(text, manifest=manifest), DECLARED)


def test_everything_as_stated() -> None:
    assert judged(ALL) == [
        "passed omraade: found [Skole] allowed [Skole]",
        "passed aar: found [2023] allowed [2023]",
        "passed enhed: found [@unit.100000] allowed [@unit.100000]",
        "passed fortegn: found [+] allowed [+]",
    ]


def test_the_predicates_in_full() -> None:
    read = gathered(TEXT, manifest="aar: 2022\nenhed: mio. kr.\n")
    year, unit = (i for i, c in enumerate(read.claims) if c.kind == "declared")
    units = (("@unit.100000",), ("@unit.100000000",))
    assert ground(DECLARED, read) == Grounding(
        predicates=(
            Predicate("R/aar", "R", "", "aar", ("2023",), ("2022",), (year,), args=(("about", "@declared.aar"),)),
            Predicate("R/enhed", "R", "", "enhed", *units, (unit,), args=(("about", "@declared.enhed"),)),
        )
    )


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("omraade: Dagtilbud\n", "failed omraade: found [Skole] allowed [Dagtilbud]"),
        ("aar: 2024\n", "failed aar: found [2023] allowed [2024]"),
        ("enhed: kr.\n", "failed enhed: found [@unit.100000] allowed [@unit.100]"),
        ("fortegn: '-'\n", "failed fortegn: found [+] allowed [-]"),
    ],
)
def test_each_may_be_wrong(manifest: str, said: str) -> None:
    assert judged(manifest) == [said]


def test_the_place_is_that_of_the_statement_in_the_manifest() -> None:
    (wrong,) = run(gathered(TEXT, manifest="kommune: Testby\naar: 2024\n"), DECLARED).outcomes
    assert [(p.file, p.line, p.column) for p in wrong.places] == [("regnskab.yaml", 2, 6)]
    assert wrong.message.args["about"] == "@declared.aar"


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ("omraade: Skole\n", "Ingen tal."),
        ("aar: 2023\n", "| I kr. | Budget | Regnskab |\n| Løn | 90 | 100 |\n"),
        ("enhed: kr.\n", "| Område | Regnskab 2023 |\n| Løn | 100 |\n"),
        ("fortegn: +\n", "| I kr. | Regnskab 2023 |\n| Skoler | 100 |\n"),
    ],
)
def test_what_the_files_do_not_say_is_undecided(about: str, text: str) -> None:
    read = gathered(text, manifest=about)
    nothing: Submission = replace(
        read,
        entities=(),
        year=None,
        statements=tuple(
            replace(s, columns=tuple(replace(c, unit_kr=None) for c in s.columns)) for s in read.statements
        ),
    )
    (predicate,) = ground(DECLARED, nothing).predicates
    assert (predicate.found, predicate.undecided) == ((), "reason.not_stated_in_files")
    (line,) = told(nothing, DECLARED)
    assert line.startswith("not_evaluated") and line.endswith("reason.not_stated_in_files")


def test_units_are_those_of_columns_in_kroner_that_are_no_prices_and_not_empty() -> None:
    both = f"{TEXT}\nOg så i kroner:\n| I kr. | Regnskab 2023 |\n| Løn | 100.000 |\n"
    assert judged("enhed: 1.000 kr.\n", both) == [
        "failed enhed: found [@unit.100, @unit.100000] allowed [@unit.100000]"
    ]
    priced = "| I 1.000 kr. | Antal | Pris | Regnskab 2023 |\n| Løn | 10 | 9.000 | 90 |\n"
    assert judged("enhed: 1.000 kr.\n", priced) == ["passed enhed: found [@unit.100000] allowed [@unit.100000]"]
    only_prices = "| I kr. | Pris 2022 | Pris 2023 |\n| Løn | 10 | 11 |\n"
    assert judged("enhed: kr.\n", only_prices) == ["passed enhed: found [@unit.100] allowed [@unit.100]"]
    read = gathered(TEXT, manifest="enhed: 1.000 kr.\n")
    emptied = replace(
        read,
        statements=tuple(
            replace(s, columns=(*s.columns, replace(s.columns[0], unit_kr=100, empty=True))) for s in read.statements
        ),
    )
    assert told(emptied, DECLARED) == ["passed enhed: found [@unit.100000] allowed [@unit.100000]"]


def test_signs_of_tables_that_contradict_each_other() -> None:
    read = gathered(TEXT, manifest="fortegn: +\n")
    other = tuple(replace(s, expense_sign="-") for s in read.statements)
    undecided = tuple(replace(s, expense_sign="") for s in read.statements)
    both = replace(read, statements=(*read.statements, *other, *undecided))
    assert told(both, DECLARED) == ["failed fortegn: found [+, -] allowed [+]"]


def test_several_areas_are_not_the_one_that_is_stated() -> None:
    two = f"{TEXT}\nPolitikområde Dagtilbud\n\n| I 1.000 kr. | Regnskab 2023 |\n| Løn | 90 |\n| Mad | 9 |\n"
    assert judged("omraade: Skole\n", two) == ["failed omraade: found [Skole, Dagtilbud] allowed [Skole]"]


def test_without_a_manifest_there_is_nothing_to_check() -> None:
    none = Grounding(unbound="plan.no_manifest")
    assert ground(DECLARED, gathered(TEXT)) == none
    assert ground(DECLARED, gathered(TEXT, manifest="kommune: Testby\n")) == none


def test_it_is_a_predicate_without_settings() -> None:
    assert (KINDS["declared"].predicate, dict(KINDS["declared"].settings), KINDS["declared"].where) == (True, {}, ())
