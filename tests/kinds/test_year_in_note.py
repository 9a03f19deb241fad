"""Does the kind `year_in_note` hold the years a note or title names against those of the table's columns?"""

from __future__ import annotations

from dataclasses import replace

from checker.kinds import KINDS
from checker.kinds.year_in_note import BUDGETS
from checker.model.document import Place
from checker.model.rules import Grounding, Predicate
from checker.model.submission import Claim, Submission
from tests.build import ground, rule, submission, told

YEARS = rule("year_in_note")

TABLE = """
Skoler og SFO
| I 1.000 kr. | Regnskab 2022 | Korr. budget 2023 | Regnskab 2023 |
| Skoler | 90 | 110 | 100 |
"""


def claiming(text: str, *claims: tuple[str, str, int]) -> Submission:
    """The text with these claims alone: measure, year, line of the note."""
    made = tuple(Claim("year_named", "T1", about, year, Place("case", line=at)) for about, year, at in claims)
    return replace(submission(text), claims=made)


def test_a_note_names_years_that_the_table_has_for_that_measure() -> None:
    text = TABLE + "Anm.: Afvigelsen er i forhold til det korrigerede budget for 2022.\n"
    assert told(text, YEARS) == ["failed T1 korrigeret_budget: found [2022] allowed [2023]"]
    text = TABLE + "Anm.: Regnskab 2022 og regnskab 2023 er med.\n"
    assert told(text, YEARS) == ["passed T1 regnskab: found [2022, 2023] allowed [2022, 2023]"]
    text = TABLE + "Anm.: Regnskab 2021 og regnskab 2023 er med.\n"
    assert told(text, YEARS) == ["failed T1 regnskab: found [2021, 2023] allowed [2022, 2023]"]


def test_a_title_names_years_too() -> None:
    text = TABLE.replace("Skoler og SFO", "Regnskab 2021")
    assert told(text, YEARS) == ["failed T1 regnskab: found [2021] allowed [2022, 2023]"]


def test_one_predicate_per_note_and_measure_in_full() -> None:
    read = claiming(
        TABLE,
        ("regnskab", "2023", 5),
        ("budget", "2023", 5),
        ("regnskab", "2022", 5),
        ("regnskab", "2021", 6),
        ("regnskab", "2022", 5),
    )
    assert ground(YEARS, read) == Grounding(
        predicates=(
            Predicate("R/T1/5/regnskab", "R", "T1", "regnskab", ("2022", "2023"), ("2022", "2023"), (0, 2, 4),
                      args=(("measure", "@measure.regnskab"),)),
            Predicate("R/T1/5/budget", "R", "T1", "budget", ("2023",), ("2023",), (1,),
                      args=(("measure", "@measure.budget"),)),
            Predicate("R/T1/6/regnskab", "R", "T1", "regnskab", ("2021",), ("2022", "2023"), (3,),
                      args=(("measure", "@measure.regnskab"),)),
        )
    )  # fmt: skip


def test_notes_in_cells_of_a_sheet_are_told_apart() -> None:
    claims = tuple(
        Claim("year_named", "T1", "regnskab", year, Place("case", sheet="Ark1", cell=cell))
        for year, cell in (("2023", "A9"), ("2021", "A10"))
    )
    found = ground(YEARS, replace(submission(TABLE), claims=claims)).predicates
    assert [(p.id, p.found) for p in found] == [("R/T1/A9/regnskab", ("2023",)), ("R/T1/A10/regnskab", ("2021",))]


def allowed(text: str, measure: str) -> tuple[str, ...]:
    """The years a note may name of a measure."""
    (predicate,) = ground(YEARS, claiming(text, (measure, "1999", 5))).predicates
    return predicate.allowed


def test_any_budget_answers_for_a_budget_and_a_missing_measure_for_any_year() -> None:
    text = """
| I 1.000 kr. | Opr. budget 2021 | Korr. budget 2023 | Regnskab 2022 | Regnskab 2020 |
| Skoler | 90 | 110 | 100 | 80 |
"""
    assert BUDGETS == ("budget", "oprindeligt_budget", "korrigeret_budget")
    assert allowed(text, "budget") == ("2021", "2023")
    assert allowed(text, "oprindeligt_budget") == ("2021",)
    assert allowed(text, "korrigeret_budget") == ("2023",)
    assert allowed(text, "regnskab") == ("2020", "2022")
    assert allowed(text, "forventet_regnskab") == ("2020", "2021", "2022", "2023")
    revised_only = text.replace("Opr. budget 2021", "Rest 2021")
    assert allowed(revised_only, "oprindeligt_budget") == ("2023",)
    assert allowed(text.replace("2021", "2024"), "budget") == ("2023", "2024")
    plain = text.replace("Opr. budget 2021", "Budget 2021")
    assert allowed(plain, "budget") == ("2021", "2023")
    assert allowed(plain, "oprindeligt_budget") == ("2021", "2023")


def test_without_years_there_is_nothing_to_check() -> None:
    none = Grounding(unbound="plan.no_years_named")
    assert ground(YEARS, TABLE) == none
    bare = TABLE.replace(" 2022", "").replace(" 2023", "")
    assert ground(YEARS, claiming(bare, ("regnskab", "2022", 5))) == none
    noted = TABLE + "Anm.: Regnskab 2021 er med.\n"
    assert ground(rule("year_in_note", tables=("overfoersler",)), noted) == none


def test_a_column_without_a_year_names_none() -> None:
    read = claiming(TABLE, ("regnskab", "2023", 5), ("korrigeret_budget", "2023", 5))
    (statement,) = read.statements
    columns = tuple(replace(c, year=None if c.year == 2022 else c.year) for c in statement.columns)
    undated = tuple(replace(c, year=None) if c.measure == "korrigeret_budget" else c for c in columns)
    found = ground(YEARS, replace(read, statements=(replace(statement, columns=undated),))).predicates
    assert [(p.about, p.allowed) for p in found] == [
        ("regnskab", ("2023",)),
        ("korrigeret_budget", ("2022", "2023")),
    ]


def test_a_table_without_years_does_not_stop_the_next() -> None:
    read = submission("Havne\n| I kr. | Regnskab |\n| Havn | 5 |\n\n" + TABLE)
    place = Place("case", line=9)
    claims = tuple(Claim("year_named", f"T{n}", "regnskab", "2021", place) for n in (1, 2))
    bare = replace(read.statements[0], years=())
    read = replace(read, claims=claims, statements=(bare, *read.statements[1:]))
    assert [p.id for p in ground(YEARS, read).predicates] == ["R/T2/9/regnskab"]


def test_a_claim_of_another_kind_or_table_is_not_a_year_named() -> None:
    read = submission(TABLE)
    place = Place("case", line=5)
    other = (Claim("price_year", "T1", "regnskab", "2021", place), Claim("year_named", "T9", "regnskab", "2021", place))
    assert ground(YEARS, replace(read, claims=other)) == Grounding(unbound="plan.no_years_named")


def test_it_is_a_predicate_without_settings() -> None:
    assert (KINDS["year_in_note"].predicate, dict(KINDS["year_in_note"].settings)) == (True, {})
    assert KINDS["year_in_note"].where == ("table",)
