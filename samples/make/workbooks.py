"""Samples that are workbooks: accounts in millions, accounts with last year's beside them, and a book without fault."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from samples.make.book import Book

MILLIONS = """
Udgifter
Hjemmepleje|118,4|121,1|116,2|119,6|-1,4
Plejecentre|164,9|166,2|159,8|168,5|2,3
Hjælpemidler|27,3|27,8|26,4|27,0|0,9
Botilbud til voksne|92,2|94,4|90,0|97,5|3,1
Forebyggelse og træning|21,6|22,1|21,0|21,8|-0,4
Udgifter i alt|424,4|431,7|413,3|434,3|2,7
Indtægter
Beboernes egenbetaling|-31,2|-31,2|-30,7|-31,7|-0,5
Statsrefusion i særligt dyre enkeltsager|-14,8|-15,4|-13,9|-16,1|-0,8
Salg af pladser til andre kommuner|-19,4|-19,4|-18,3|-18,9|0,6
Indtægter i alt|-65,4|-66,0|-62,9|-66,7|-0,7
Netto i alt|358,9|365,7|350,5|367,6|2,0
"""
"""The deviation of Hjælpemidler lacks its minus."""

CARRIED = """
Hjemmepleje|-1,4|1,0
Plejecentre|2,3|-1,2
Hjælpemidler|-0,9|0,9
Botilbud til voksne|3,1|-
"""


def social(root: Path) -> None:
    """Millions, deviations as accounts less budget, income below zero, headings of two rows over merged cells."""
    book = Book(root / "social-mio-2024" / "regnskab.xlsx", "Social og Sundhed")
    book.add("Regnskab 2024", 40, *[15] * 5)
    book.words("Social- og Sundhedsudvalget", "Regnskab 2024", bold=True, skip=1)
    book.words("Regnskab 2024 fordelt på områder")
    upper = ["Mio. kr.", "Budget 2024", "", "Regnskab", "", "Afvigelse 2024"]
    book.heading(upper, ["", "Oprindeligt", "Korrigeret", "2023", "2024", ""], merge=True)
    book.body(rows(MILLIONS))
    book.words(
        "Anm.: Afvigelsen er regnskab minus korrigeret budget. Minus er mindreforbrug eller merindtægt, "
        "plus er merforbrug eller mindreindtægt.",
        "Udgifter er plus, indtægter er minus. Regnskab 2023 er i 2023-priser, regnskab 2024 i 2024-priser.",
        "Beløbene er afrundet hver for sig.",
        skip=1,
    )
    book.words("Merforbruget på botilbud skyldes flere borgere i midlertidige ophold end ventet i budgettet.")
    book.add("Overførsler", 40, 18, 22)
    book.words("Overførsler fra 2024 til 2025", bold=True)
    book.words("Beløb i mio. kr.", skip=1)
    book.heading(["Område", "Afvigelse 2024", "Søges overført til 2025"])
    book.body(rows(CARRIED))
    book.words("Anm.: I kolonnen med afvigelser er minus et mindreforbrug. En overførsel med minus er et underskud.")
    book.close()


SCHOOLS = """
Folkeskoler|412.318|421.774|433.906|431.200|-2.706
Heraf specialundervisning|61.240|66.301|71.384|69.500|-1.884
Skolefritidsordninger|38.905|39.418|38.760|39.900|1.140
Skolebusser|11.467|11.902|12.655|12.400|-255
Ungdomsskole|9.382|9.514|9.471|9.600|129
Pædagogisk psykologisk rådgivning|14.226|14.980|15.602|15.450|-152
Skoler i alt|486.298|497.588|510.394|508.550|-1.844
"""
"""In last year's accounts special needs education was 66.031 in 2023."""


def schools(root: Path) -> None:
    """This year's accounts with two earlier years beside them; last year's lie as text in the folder of that year."""
    book = Book(root / "skoler-2024" / "2024" / "regnskab.xlsx", "Børn og Skole")
    book.add("Skoler", 36, *[14] * 5)
    book.words("Politikområde Skoler", "Regnskab 2024", bold=True, skip=1)
    book.words("Regnskab på aktiviteter", bold=True)
    upper = ["I 1.000 kr.", "Regnskab", "", "", "Korr. budget", "Over-/underskud"]
    book.heading(upper, ["", "2022", "2023", "2024", "2024", "2024"], merge=True)
    book.body(rows(SCHOOLS))
    book.words(
        "Anm.: Over-/underskud er korrigeret budget minus regnskab; + er overskud, - er underskud.",
        "Regnskaberne står i årets priser.",
        skip=1,
    )
    book.words("Der går flere elever i specialklasser end ventet; det forklarer underskuddet på folkeskolerne.")
    book.close()


CHILDREN = """
Dagpleje|38.420.000|37.912.500|37.455.318,42
Vuggestuer|61.150.000|62.004.000|62.731.904,17
Børnehaver|84.300.000|84.955.250|84.402.117,63
Specialpladser|12.700.000|13.480.000|13.912.466,08
Ledelse og fælles formål|9.850.000|9.612.750|9.248.730,55
Søskende- og fripladstilskud|15.300.000|15.620.000|15.984.611,25
Forældrebetaling|-48.900.000|-48.900.000|-48.377.240,90
"""

PLACES = """
Dagpleje|418|405
Vuggestuer|662|671
Børnehaver|1.884|1.861
Specialpladser|38|41
"""


def children(root: Path) -> None:
    """Formulas whose results have more decimals than they show, per cents, and a hidden sheet they come from."""
    book = Book(root / "boern-2024" / "regnskab.xlsx", "Børn og Skole")
    book.add("Resultat", 32, *[15] * 6)
    book.words("Politikområde Dagtilbud", "Regnskab 2024", bold=True, skip=1)
    book.words("Regnskab på aktiviteter", bold=True)
    book.heading(
        ["I 1.000 kr.", "Opr. budget 2024", "Korr. budget 2024", "Regnskab 2024", "Over-/underskud 2024",
         "Forbrug i % af korr. budget"],
    )  # fmt: skip
    lines = [(name, [exact(cell) for cell in cells]) for name, *cells in rows(CHILDREN)]
    lines.append(("Dagtilbud i alt", [sum((c[i] for _, c in lines), Decimal()) for i in range(3)]))
    first = book.row
    for at, (name, (original, revised, spent)) in enumerate(lines):
        columns = "BCD"
        source = [f"=Grundlag!{c}{at + 4}/1000" for c in columns]
        if at == len(lines) - 1:
            source = [f"=SUM({c}{first + 1}:{c}{first + at})" for c in columns]
        row = first + at + 1
        shown = [original, revised, spent, revised - spent]
        book.formulas(
            name,
            [*zip([*source, f"=C{row}-D{row}"], [value / 1000 for value in shown], ["#,##0"] * 4, strict=True),
             (f"=D{row}/C{row}", spent / revised, "0.0%")],
            strong=at == len(lines) - 1,
        )  # fmt: skip
    book.row += 1
    book.words(
        "Anm.: + er overskud, - er underskud. Udgifter er plus, indtægter er minus.",
        "Beløbene er afrundet hver for sig; summer kan derfor afvige.",
        skip=1,
    )
    book.words("Antallet af børn i dagpleje er faldet hurtigere end ventet, mens der er flere i vuggestuer.")
    book.add("Overførsler", 32, 18, 22)
    book.words("Overførsler fra 2024 til 2025", bold=True)
    book.words("Beløb i 1.000 kr.", skip=1)
    book.heading(["Aktivitet", "Over-/underskud 2024", "Søgt overført til 2025"])
    book.body(rows("Dagpleje|457|400\nLedelse og fælles formål|364|300\nSpecialpladser|-432|-432"))
    book.words("Anm.: + er overskud, - er underskud.")
    book.add("Børnetal", 32, 18, 18)
    book.words("Antal børn i gennemsnit over året", bold=True, skip=1)
    book.heading(["Tilbud", "Budget 2024", "Regnskab 2024"])
    book.body(rows(PLACES))
    book.add("Grundlag", 32, *[18] * 3, hidden=True)
    book.words("Udtræk fra økonomisystemet, i kr.", skip=1)
    book.heading(["Aktivitet", "Opr. budget 2024", "Korr. budget 2024", "Regnskab 2024"])
    book.body([[name, *(danish(cell) for cell in cells)] for name, cells in lines[:-1]])
    book.close()


def rows(table: str) -> list[list[str]]:
    """The rows of a table that is written with bars."""
    return [line.split("|") for line in table.strip().split("\n")]


def exact(cell: str) -> Decimal:
    """'1.234,50' as a decimal."""
    return Decimal(cell.replace(".", "").replace(",", "."))


def danish(value: Decimal) -> str:
    """1234.5 as '1.234,50'."""
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,}".translate(str.maketrans(",.", ".,"))
