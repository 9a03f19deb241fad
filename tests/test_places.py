"""Is a reader told where something stands: line, or sheet and cell, and which file where there are several?"""

from __future__ import annotations

from checker.model.document import Place, cell_name, cell_position
from checker.model.submission import SourceFile
from checker.reports.places import joined, where


def files(*paths: str) -> list[SourceFile]:
    """Files of a submission."""
    return [SourceFile(path, "", "utf-8") for path in paths]


ONE = files("2023/regnskab.txt")


def test_the_only_file_is_not_named() -> None:
    assert where(Place("2023/regnskab.txt", line=7, column=3), ONE, "da") == "linje 7"
    assert where(Place("2023/regnskab.txt", line=7), ONE, "en") == "line 7"
    book = files("bog.xlsx")
    assert where(Place("bog.xlsx", sheet="Ark1", cell="B7"), book, "da") == "Ark1 B7"
    assert where(Place("bog.xlsx", sheet="Regnskab 2023", cell="B7"), book, "da") == "„Regnskab 2023“ B7"
    assert where(Place("bog.xlsx", sheet="Regnskab 2023", cell="B7"), book, "en") == "“Regnskab 2023” B7"
    assert where(Place("bog.xlsx", sheet="Grundlag"), book, "da") == "Grundlag"
    assert where(Place("bog.xlsx"), book, "da") == "bog.xlsx"


def test_one_of_several_files_is_named_and_so_is_a_file_that_long_form_was_made_from() -> None:
    several = files("2023/regnskab.txt", "2023/bog.xlsx")
    assert where(Place("2023/regnskab.txt", line=7), several, "da") == "regnskab.txt, linje 7"
    assert where(Place("2023/bog.xlsx", sheet="Ark1", cell="B7"), several, "da") == "bog.xlsx, Ark1 B7"
    assert where(Place("2023/noter.docx"), several, "da") == "noter.docx"
    assert where(Place("regnskab.txt", line=7), files("fakta.csv"), "da") == "regnskab.txt, linje 7"


def test_files_of_one_name_are_named_with_their_folders() -> None:
    two = files("2023/regnskab.txt", "2022/regnskab.txt", "2022/bilag.txt")
    assert where(Place("2022/regnskab.txt", line=7), two, "da") == "2022/regnskab.txt, linje 7"
    assert where(Place("2022/bilag.txt", line=7), two, "da") == "bilag.txt, linje 7"


def test_places_of_one_file_or_sheet_stand_together() -> None:
    lines = [Place("2023/regnskab.txt", line=n) for n in (7, 9, 7)]
    assert joined(lines, ONE, "da") == "linje 7, 9"
    cells = [
        Place("bog.xlsx", sheet=sheet, cell=cell) for sheet, cell in (("Ark1", "B7"), ("Ark2", "A1"), ("Ark1", "B9"))
    ]
    assert joined(cells, files("bog.xlsx"), "da") == "Ark1 B7, B9; Ark2 A1"


def test_places_sort_as_they_stand() -> None:
    text = [Place("a.txt", line=9), Place("a.txt", line=10, column=4), Place("a.txt", line=10, column=40)]
    turned = text[::-1]
    turned.sort(key=lambda p: p.order)
    assert turned == text
    sheets = [
        Place("b.xlsx", sheet="Ark1", cell="B9", table=1),
        Place("b.xlsx", sheet="Ark1", cell="AA9", table=1),
        Place("b.xlsx", sheet="Ark1", cell="B10", table=1),
        Place("b.xlsx", sheet="Ark1", cell="A12", table=1, paragraph=4),
        Place("b.xlsx", sheet="Ark2", cell="A2", table=2),
        Place("b.xlsx", sheet="Ark1", cell="A30", paragraph=2),
        Place("b.xlsx", sheet="Ark2", cell="A20", paragraph=3),
    ]
    turned = sheets[::-1]
    turned.sort(key=lambda p: p.order)
    assert turned == sheets


def test_a_cell_has_one_name() -> None:
    for row, column, name in ((1, 1, "A1"), (7, 28, "AB7"), (1_048_576, 16_384, "XFD1048576"), (3, 26, "Z3")):
        assert (cell_name(row, column), cell_position(name)) == (name, (row, column))
