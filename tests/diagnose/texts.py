"""Made-up accounts with all their sums, and copies of them in which figures are wrong."""

from __future__ import annotations

LINES = (
    ("1", "Skoler", "1.200", "1.135", "65"),
    ("2", "SFO", "510", "482", "28"),
    ("3", "Klub", "300", "311", "-11"),
    ("", "I alt", "2.010", "1.928", "82"),
)
BUDGET, REGNSKAB, REST = 2, 3, 4
SKOLER, SFO, KLUB, ALL = 0, 1, 2, 3
NOTE = "\n+ er overskud, - er underskud.\n\n"


def accounts(*wrong: tuple[int, int, str], unit: str = "1.000 kr.") -> str:
    """Budget, accounts and what is left, with what is printed instead at (line, column)."""
    rows = [list(line) for line in LINES]
    for line, column, printed in wrong:
        rows[line][column] = printed
    head = f"Budget og regnskab i {unit}\n| Nr. | Område | Budget 2023 | Regnskab 2023 | Over-/underskud |\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows) + NOTE


def one_sum(*printed: str, title: str = "Regnskab") -> str:
    """A table of Skoler, SFO, Klub and their sum, or of as many lines as are given; '' for a line left out."""
    names = (("1", "Skoler"), ("2", "SFO"), ("3", "Klub"), ("", "I alt"))
    rows = (f"| {nr} | {name} | {value} |\n" for (nr, name), value in zip(names, printed, strict=True) if value)
    return f"{title} i 1.000 kr.\n| Nr. | Område | Regnskab 2023 |\n{''.join(rows)}\n"


def two_years(before: tuple[str, str, str, str], now: tuple[str, str, str, str]) -> str:
    """A table of two years' accounts with the sum of each."""
    names = (("1", "Skoler"), ("2", "SFO"), ("3", "Klub"), ("", "I alt"))
    rows = (f"| {nr} | {name} | {a} | {b} |\n" for (nr, name), a, b in zip(names, before, now, strict=True))
    head = "Regnskab i 1.000 kr. (løbende priser)\n| Nr. | Område | Regnskab 2022 | Regnskab 2023 |\n"
    return f"{head}{''.join(rows)}\nBeløbene er i løbende priser.\n"


BEFORE = ("1.187", "457", "302", "1.946")
NOW = ("1.135", "482", "311", "1.928")


def last_years(*printed: str) -> str:
    """Last year's accounts."""
    return one_sum(*printed).replace("2023", "2022")


def extract(*kroner: str) -> str:
    """An extract of the accounting system: Skoler, SFO and Klub."""
    names = ("1;Skoler", "2;SFO", "3;Klub")
    rows = "".join(f"{name};{value}\n" for name, value in zip(names, kroner, strict=True))
    return f"Nr;Navn;Regnskab 2023 i kr.\n{rows}"


BOOKED = ("1.135.000,00", "482.000,00", "311.000,00")
