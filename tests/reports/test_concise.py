"""Is each finding one line with file, place, severity, rule and what is wrong?"""

from __future__ import annotations

from checker.model.document import Place
from checker.model.outcomes import Report
from checker.reports import View
from checker.reports.concise import _where
from tests.reports.made import accepted, crashed, report, right, sample, told_in, with_fault, wrong


def lines(given: Report, lang: str = "da") -> list[str]:
    """Every line."""
    return told_in("concise", given, View(lang)).splitlines()


def test_a_finding_is_one_line() -> None:
    given = sample("naestved-it-2021/regnskab.txt")
    assert len(lines(given)) == len(given.findings)
    assert lines(given)[3] == (
        "samples/naestved-it-2021/regnskab.txt:50: advarsel TXT001 [note-names-another-year] "
        "„Aktivitetsområder i regnskabet“: Noten nævner korrigeret budget 2020, men tabellen har kun 2021."
    )
    assert lines(given)[0].startswith("samples/naestved-it-2021/regnskab.txt:131:47: fejl TXT011 [")
    assert lines(given, "en")[3].startswith("samples/naestved-it-2021/regnskab.txt:50: warning TXT001 [")
    assert [row.partition(": ")[2].partition(" TXT")[0] for row in lines(given)[6:]] == ["til orientering"] * 3


def test_a_place_without_lines_is_told_as_the_file_has_it() -> None:
    (first,) = lines(sample("social-mio-2024/regnskab.xlsx"))
    assert first.startswith("samples/social-mio-2024/regnskab.xlsx:Regnskab 2024!F10: fejl FIG001 [")
    places = {
        Place("a.xlsx", sheet="Ark1"): "a.xlsx:Ark1",
        Place("a.pdf", page=3, table=2, row=4, position=9): "a.pdf: side 3, tabel 2, række 4",
        Place("a.csv", line=7, column=3): "a.csv:7",
        Place("a.txt"): "a.txt",
    }
    assert [_where(place, "da") for place in places] == list(places.values())


def test_accepted_findings_say_so() -> None:
    assert all(": accepteret " in row for row in lines(accepted(wrong())))
    assert all(row.endswith("accepteret med begrundelse: Aftalt med revisionen") for row in lines(accepted(wrong())))


def test_nothing_is_said_where_nothing_is_wrong_and_a_crash_is() -> None:
    assert told_in("concise", right(), View()) == ""
    assert lines(crashed(right()))[0].startswith("fejl SUM001 [total-differs-from-parts] Reglen SUM001 fejlede")
    assert lines(with_fault(right())) == ["mappe/tom.txt: fejl filen er tom; forventede tekst med tabeller"]
    assert lines(report("Intet.\n"))[0] == "case: fejl Ingen beregning kunne kontrolleres; resultatet er ikke godkendt."
