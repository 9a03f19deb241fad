"""Are the headings of steps, parts and what remains told from each other, and from the columns they resemble?"""

from __future__ import annotations

import pytest

from tests.build import submission

Told = tuple[str, int | None, str | None]


def told(heading: str, title: str = "Beløb i 1.000 kr.") -> list[Told]:
    """Measure, year and basis of every column of a table with these headings."""
    width = heading.count("|") + 1
    rows = [[name, *(str(10 * at + column) for column in range(width))] for at, name in enumerate(("Skoler", "SFO"), 1)]
    lines = [title, f"| Område | {heading} |", *(f"| {' | '.join(row)} |" for row in rows)]
    return [(c.measure, c.year, c.basis) for c in submission("\n".join(lines)).statements[0].columns]


def measures(heading: str, title: str = "Beløb i 1.000 kr.") -> list[str]:
    """The measures alone."""
    return [measure for measure, _, _ in told(heading, title)]


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("Tekniske korrektioner", "teknisk_korrektion"),
        ("P/L-regulering", "pl_regulering"),
        ("PL-regulering", "pl_regulering"),
        ("Pris- og lønregulering", "pl_regulering"),
        ("Pris", "pris"),
        ("DUT", "lovaendring"),
        ("Lov- og cirkulæreprogram", "lovaendring"),
        ("Rest efter overførsel", "rest_efter_overfoersel"),
        ("Ikke overført til 2024", "rest_efter_overfoersel"),
        ("Tilgår kassen", "rest_efter_overfoersel"),
        ("Restbudget", "rest"),
        ("Overførsel", "overfoersel_soegt"),
        ("Overførselsudgifter", "overfoerselsudgift"),
        ("Budgetgaranterede udgifter", "overfoerselsudgift"),
        ("Serviceudgifter", "serviceudgift"),
        ("Øvrig drift", "oevrig_drift"),
        ("Drift i alt", "drift_i_alt"),
        ("I alt", "beloeb"),
        ("Bruttoudgifter", "brutto"),
        ("Statsrefusion", "refusion"),
        ("Netto", "netto"),
        ("Netto budget", "budget"),
        ("Regnskab netto", "regnskab"),
        ("Serviceudgifter i regnskab", "regnskab"),
        ("Årets bevægelse", "bevaegelse"),
        ("Afviklet i året", "afviklet"),
    ],
)
def test_what_a_heading_names(heading: str, measure: str) -> None:
    assert measures(heading) == [measure]


def test_a_part_belongs_to_what_its_title_or_the_heading_above_names() -> None:
    assert told("Brutto | Netto", "Regnskab 2023 i 1.000 kr.") == [
        ("brutto", 2023, "regnskab"),
        ("netto", 2023, "regnskab"),
    ]
    assert told("Brutto | Netto") == [("brutto", None, None), ("netto", None, None)]
    under = """
Beløb i 1.000 kr.
| Område | Budget 2023 | | Regnskab 2023 | |
| | Brutto | Netto | Brutto | Netto |
| Skoler | 10 | 5 | 12 | 6 |
| SFO | 20 | 15 | 22 | 16 |
"""
    assert [(c.measure, c.year, c.basis) for c in submission(under).statements[0].columns] == [
        ("brutto", 2023, "budget"),
        ("netto", 2023, "budget"),
        ("brutto", 2023, "regnskab"),
        ("netto", 2023, "regnskab"),
    ]


def test_two_supplementary_grants_are_not_the_same_figure() -> None:
    assert measures("Opr. budget | Tillægsbevilling 1 | Tillægsbevilling 2 | Korr. budget") == [
        *("oprindeligt_budget", "beloeb", "beloeb", "korrigeret_budget")
    ]
    assert measures("Opr. budget | Tillægsbevilling | Korr. budget") == [
        *("oprindeligt_budget", "tillaegsbevilling", "korrigeret_budget")
    ]


def test_what_is_carried_in_all_is_a_sum_only_beside_what_is_carried_to_each_year() -> None:
    assert told("Søgt overført til 2024 | Søgt overført til 2025 | Overføres i alt", "Regnskab 2023") == [
        ("overfoersel_soegt", 2023, None),
        ("overfoersel_soegt", 2024, None),
        ("overfoersel_i_alt", 2023, None),
    ]
    assert told("Regnskab 2023 | Overføres i alt til 2024")[1] == ("overfoersel_soegt", 2023, None)


def test_a_column_without_a_year_takes_the_only_one_there_is() -> None:
    assert [year for _, year, _ in told("Primo 2023 | Bevægelse | Ultimo 2023")] == [2023, 2023, 2023]
    assert [year for _, year, _ in told("Primo 2022 | Bevægelse | Ultimo 2023")] == [2022, None, 2023]


def test_what_was_used_until_last_year_belongs_to_this() -> None:
    assert told("Forbrug til og med 2022 | Regnskab 2023 | Samlet forbrug") == [
        ("forbrug_tidligere", 2023, None),
        ("regnskab", 2023, None),
        ("forbrug_samlet", 2023, None),
    ]


def test_columns_of_words_keep_their_cells() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Regnskab 2023 | Formål | Bemærkning |
| Skoler | 10 | **Legeplads** | |
| SFO | 20 | - | |
"""
    assert [line.texts for line in submission(text).statements[0].lines] == [
        (("Formål", "Legeplads"), ("Bemærkning", "")),
        (("Formål", "-"), ("Bemærkning", "")),
    ]


def test_a_dash_among_words_makes_no_column_of_amounts_and_a_column_of_dashes_is_one() -> None:
    text = "Beløb i kr.\n| Område | Regnskab 2023 | Mål |\n| Skoler | 10 | Ro |\n| SFO | 20 | - |\n| Klub | 5 | - |\n"
    assert [c.header for c in submission(text).statements[0].columns] == ["Regnskab 2023"]
    dashes = text.replace("Ro", "-")
    assert [c.header for c in submission(dashes).statements[0].columns] == ["Regnskab 2023", "Mål"]
