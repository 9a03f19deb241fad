"""Does the kind `contract` say which cells of a long table break its contract?"""

from __future__ import annotations

from dataclasses import replace

from checker.kinds import KINDS
from checker.model.document import Document
from checker.model.rules import Grounding, Predicate
from checker.readers.text import parse
from checker.recognise import recognise
from tests.build import ground, predicate_line, rule, run, submission, told

CONTRACT = rule("contract")

GOOD = """
entity;statement;line;measure;year;value;unit
IT;Resultat;Skoler;regnskab;2023;100;0
IT;Resultat;SFO;regnskab;2023;40;0
"""

BAD = """
entity;statement;line;measure;year;value;unit
IT;Resultat;Skoler;regnskap;2023;100;0
IT;Resultat;SFO;regnskap;23;40;0
IT;Resultat;;rest;2023;40;0
IT;Resultat;Bus;forbrug;2023;40;0
"""

ORDINARY = """
Beløb i 1.000 kr.
| Område | Regnskab 2023 |
| Skoler | 100 |
"""


def test_a_table_that_keeps_the_contract_is_one_predicate_at_its_headings() -> None:
    assert told(GOOD, CONTRACT) == ["passed : found [] allowed []"]
    (outcome,) = run(GOOD, CONTRACT).outcomes
    assert [(p.line, p.table) for p in outcome.places] == [(2, 1)]


def test_a_table_that_breaks_it_is_one_predicate_per_column_and_check() -> None:
    assert [predicate_line(p) for p in ground(CONTRACT, BAD).predicates] == [
        "R/case/1/measure/unknown: measure found ['regnskap (regnskab?)', 'forbrug (forbrug_samlet?)'] allowed []"
        " claims [1, 2, 5]",
        "R/case/1/year/form: year found ['23'] allowed [] claims [3]",
        "R/case/1/line/missing: line found ['–'] allowed [] claims [4]",
    ]
    outcomes = run(BAD, CONTRACT).outcomes
    assert {o.at.label: [p.line for p in o.places] for o in outcomes} == {
        "measure": [3, 4, 6],
        "year": [4],
        "line": [5],
    }
    assert outcomes[0].message.args == {
        "about": "measure",
        "check": "@contract.unknown",
        "n": "3",
        "found": "regnskap (regnskab?), forbrug (forbrug_samlet?)",
        "allowed": "",
        "table": "",
        "label": "measure",
        "reason": "",
        "missing": "",
    }


def test_many_values_are_not_all_named_and_their_places_are() -> None:
    head = "entity;statement;line;measure;year;value;unit\n"
    text = head + "".join(f"IT;R;l{i};rest;{year};1;0\n" for i, year in enumerate(range(100, 123)))
    (predicate,) = ground(CONTRACT, text).predicates
    assert (len(predicate.claims), predicate.found[19:]) == (23, ("119", "… (+3)"))
    exactly = head + "".join(f"IT;R;l{i};rest;{year};1;0\n" for i, year in enumerate(range(100, 120)))
    assert ground(CONTRACT, exactly).predicates[0].found[19:] == ("119",)


def test_each_table_is_judged_by_itself() -> None:
    made = run(f"{GOOD}\nSå et afsnit.\n{BAD}\nOg et til.\n{ORDINARY}", CONTRACT)
    assert [(o.status, o.at.label, o.places[0].table) for o in made.outcomes] == [
        ("passed", "", 1),
        ("failed", "measure", 2),
        ("failed", "year", 2),
        ("failed", "line", 2),
    ]


def test_tables_of_two_files_are_two() -> None:
    one, other = (recognise(Document(name, "", "utf-8", parse(GOOD))) for name in ("a.csv", "b.csv"))
    both = replace(one, claims=(*one.claims, *other.claims))
    assert ground(CONTRACT, both) == Grounding(
        predicates=(
            Predicate("R/a.csv/1", "R", "", "", (), (), (0,)),
            Predicate("R/b.csv/1", "R", "", "", (), (), (1,)),
        )
    )


def test_without_a_long_table_there_is_nothing_to_check() -> None:
    none = Grounding(unbound="plan.no_long_form")
    assert ground(CONTRACT, ORDINARY) == none
    assert ground(CONTRACT, "Ingen tal.") == none
    assert ground(CONTRACT, submission(ORDINARY + "Prisniveau 2023.\n")) == none


def test_it_is_a_predicate_without_settings() -> None:
    assert (KINDS["contract"].predicate, dict(KINDS["contract"].settings), KINDS["contract"].where) == (True, {}, ())
