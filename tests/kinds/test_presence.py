"""Does the kind `presence` find what a table declares or needs and lacks?"""

from __future__ import annotations

from dataclasses import replace

from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.kinds.presence import WHAT
from checker.model.rules import Grounding, Predicate
from checker.model.submission import Claim
from tests.build import ground, rule, submission, told

DEVIATIONS = """
Beløb i 1.000 kr.
| Område | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| Skoler | 100 | 90 | 10 |
"""

GAPS = """
Tal
| Område | Regnskab 2022 1) | Regnskab 2023 | Budget 2023* |
| Skoler | 100 | | |
| SFO** | 90 | | |
1) Foreløbige tal.
"""

TWO_YEARS = """
Tal i 1.000 kr.
| Område | Regnskab 2022 | Regnskab 2023 |
| Skoler | 100 | 90 |
"""

COUNTS = """
Tal
| Aktivitet | Antal 2023 |
| Dagpleje | 120 |
"""


def says(what: str, text: str) -> list[str]:
    """What the rule of one demand says of a text."""
    return told(text, rule("presence", {"what": what}))


def unbound(what: str, text: str) -> str:
    """Why the rule of one demand met nothing in a text."""
    made = ground(rule("presence", {"what": what}), text)
    assert made == Grounding(unbound=made.unbound)
    return made.unbound


def test_every_column_holds_a_figure() -> None:
    assert says("figures_in_columns", DEVIATIONS) == ["passed T1 figures_in_columns: found [] allowed []"]
    assert says("figures_in_columns", GAPS) == [
        "failed T1 figures_in_columns: found [Regnskab 2023, Budget 2023*] allowed []"
    ]
    assert unbound("figures_in_columns", "Ingen tabel.") == "plan.presence_figures_in_columns"


def test_every_mark_has_its_footnote() -> None:
    assert says("footnotes", GAPS) == ["failed T1 footnotes: found [*, **] allowed []"]
    assert says("footnotes", GAPS + "* Budget.\n** Nyt.\n") == ["passed T1 footnotes: found [] allowed []"]
    assert unbound("footnotes", DEVIATIONS) == "plan.presence_footnotes"
    lettered = GAPS.replace("1)", "b)").replace("2023*", "2023 a)").replace("SFO**", "SFO")
    assert says("footnotes", lettered.replace("b) Fore", "c) Fore")) == ["failed T1 footnotes: found [a, b] allowed []"]


def test_a_failed_demand_points_at_its_claims() -> None:
    read = submission(GAPS)
    empty = tuple(i for i, c in enumerate(read.claims) if c.kind == "empty_column")
    marks = tuple(i for i, c in enumerate(read.claims) if c.kind == "footnote_mark" and c.about != "1")
    assert (len(empty), len(marks)) == (2, 2)
    columns = ("Regnskab 2023", "Budget 2023*")
    assert ground(rule("presence", {"what": "figures_in_columns"}), read).predicates == (
        Predicate("R/T1/figures_in_columns", "R", "T1", "figures_in_columns", columns, (), empty),
    )
    assert ground(rule("presence", {"what": "footnotes"}), read).predicates == (
        Predicate("R/T1/footnotes", "R", "T1", "footnotes", ("*", "**"), (), marks),
    )
    assert ground(rule("presence", {"what": "unit"}), read) == Grounding(
        predicates=(Predicate("R/T1/unit", "R", "T1", "unit", ("Tal",), (), ()),)
    )


def test_money_has_its_unit() -> None:
    assert says("unit", DEVIATIONS) == ["passed T1 unit: found [] allowed []"]
    assert says("unit", GAPS) == ["failed T1 unit: found [Tal] allowed []"]
    assert says("unit", "| Område | Regnskab 2023 |\n| Skoler | 100 |\n") == ["failed T1 unit: found [T1] allowed []"]
    one_of_two = "| Område | Regnskab 2023 | Budget 2023 i 1.000 kr. |\n| Skoler | 100 | 110 |\n"
    assert says("unit", one_of_two) == ["failed T1 unit: found [T1] allowed []"]
    assert unbound("unit", COUNTS) == "plan.presence_unit"
    two = submission(DEVIATIONS + "\nHavne i kr.\n| Sted | Budget 2023 |\n| Havn | 5 |\n")
    unknown = tuple(replace(f, unit_known=f.statement != "T2") for f in two.facts)
    assert told(replace(two, facts=unknown), rule("presence", {"what": "unit"})) == [
        "passed T1 unit: found [] allowed []",
        "failed T2 unit: found [Havne i kr.] allowed []",
    ]


def test_a_deviation_has_its_sign_explained() -> None:
    assert says("sign_note", DEVIATIONS) == ["failed T1 sign_note: found [Beløb i 1.000 kr.] allowed []"]
    assert says("sign_note", DEVIATIONS + "Anm.: + er overskud, - er underskud.\n") == [
        "passed T1 sign_note: found [] allowed []"
    ]
    assert says("sign_note", DEVIATIONS.replace("Beløb i 1.000 kr.\n", "")) == [
        "failed T1 sign_note: found [T1] allowed []"
    ]
    forecast = DEVIATIONS.replace("Regnskab", "Forventet regnskab").replace("Over-/underskud", "Afvigelse")
    assert submission(forecast).statements[0].columns[2].measure == "forventet_over_underskud"
    assert says("sign_note", forecast) == ["failed T1 sign_note: found [Beløb i 1.000 kr.] allowed []"]
    assert unbound("sign_note", DEVIATIONS.replace("| 10 |", "| |")) == "plan.presence_sign_note"
    assert unbound("sign_note", TWO_YEARS) == "plan.presence_sign_note"


def test_accounts_of_several_years_have_their_price_level_stated() -> None:
    assert says("price_year", TWO_YEARS) == ["failed T1 price_year: found [Tal i 1.000 kr.] allowed []"]
    assert says("price_year", TWO_YEARS + "Prisniveau 2023.\n") == ["passed T1 price_year: found [] allowed []"]
    read = submission(TWO_YEARS)
    current = Claim("price_basis", "T1", "", "løbende", read.statements[0].place)
    assert told(replace(read, claims=(*read.claims, current)), rule("presence", {"what": "price_year"})) == [
        "passed T1 price_year: found [] allowed []"
    ]
    assert says("price_year", TWO_YEARS.replace("Tal i 1.000 kr.\n", "")) == [
        "failed T1 price_year: found [T1] allowed []"
    ]
    assert unbound("price_year", TWO_YEARS.replace("2022", "2023")) == "plan.presence_price_year"
    assert unbound("price_year", TWO_YEARS.replace("Regnskab 2022", "Budget 2022")) == "plan.presence_price_year"
    assert unbound("price_year", TWO_YEARS.replace("| 90 |", "| |")) == "plan.presence_price_year"


def test_the_price_level_is_asked_for_once_per_document_and_the_rest_once_per_table() -> None:
    again = "\nIgen i 1.000 kr.\n| Sted | Regnskab 2022 | Regnskab 2023 |\n| Havn | 1 | 2 |\n"
    assert [p.statement for p in ground(rule("presence", {"what": "price_year"}), TWO_YEARS + again).predicates] == [
        "T1"
    ]
    stated = TWO_YEARS + "Prisniveau 2023.\n" + again
    assert [p.statement for p in ground(rule("presence", {"what": "price_year"}), stated).predicates] == ["T1", "T2"]
    twice = DEVIATIONS + "\nIgen i 1.000 kr.\n" + DEVIATIONS.partition("kr.\n")[2].replace("Skoler", "Havn")
    assert [p.statement for p in ground(rule("presence", {"what": "sign_note"}), twice).predicates] == ["T1", "T2"]


def test_a_claim_of_one_table_says_nothing_of_another() -> None:
    havne = "Havne i 1.000 kr.\n| Sted | Regnskab 2022 | Regnskab 2023 |\n| Havn | 1 | 2 |\n"
    assert says("price_year", f"{TWO_YEARS}Prisniveau 2023.\n\n{havne}") == [
        "passed T1 price_year: found [] allowed []",
        "failed T2 price_year: found [Havne i 1.000 kr.] allowed []",
    ]


def test_long_form_has_no_place_for_notes_and_is_not_asked_for_them() -> None:
    rows = "".join(
        f"IT;T;Skoler;{measure};10;0\n" for measure in ("regnskab;2022", "regnskab;2023", "over_underskud;2023")
    )
    text = f"entity;statement;line;measure;year;value;unit\n{rows}"
    assert {what: unbound(what, text) for what in ("figures_in_columns", "sign_note", "price_year")} == {
        "figures_in_columns": "plan.presence_figures_in_columns",
        "sign_note": "plan.presence_sign_note",
        "price_year": "plan.presence_price_year",
    }
    assert says("unit", text) == ["passed T unit: found [] allowed []"]


def test_a_rule_for_one_layout_looks_at_no_other_table() -> None:
    assert ground(rule("presence", {"what": "unit"}, tables=("overfoersler",)), GAPS).unbound == "plan.presence_unit"


def test_the_settings() -> None:
    assert WHAT == ("figures_in_columns", "footnotes", "unit", "sign_note", "price_year")
    assert KINDS["presence"].settings == {"what": Setting("choice", required=True, choices=WHAT)}
    assert KINDS["presence"].predicate
    assert KINDS["presence"].where == ("table",)
