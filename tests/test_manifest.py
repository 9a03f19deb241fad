"""Is everything a regnskab.yaml states taken, and every mistake in it told with its line and column?"""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import RuleError
from checker.manifest import NAME, parse_manifest, read_manifest
from checker.model.document import Place
from checker.model.submission import Claim, Declared, Extract

FULL = """
kommune: Testby
område: Skole og dagtilbud
år: 2023
enhed: 1.000 kr.
fortegn: {udgift: +}
regelsæt: vores-regler.yaml
sidste_år: ../2022
udtræk:
  fil: udtraek.csv
  linjer:
    Leasing: [5.25*, 32]
    1.a: Leje
linjer:
  Leasing: [Leje af udstyr, Leje]
  12: Bus
"""


def complaints(text: str) -> list[str]:
    """Every complaint as 'line:column: message'."""
    with pytest.raises(RuleError) as raised:
        parse_manifest(text, "regnskab.yaml")
    found = [c.render("da") for c in raised.value.complaints]
    assert all(line.startswith("regnskab.yaml:") for line in found)
    return [line.removeprefix("regnskab.yaml:") for line in found]


def claim(about: str, value: str, line: int, column: int, snippet: str) -> Claim:
    """What the manifest claims, at its place."""
    return Claim("declared", "", about, value, Place("regnskab.yaml", line=line, column=column, snippet=snippet))


def test_everything() -> None:
    assert parse_manifest(FULL, "regnskab.yaml") == Declared(
        municipality="Testby",
        entity="Skole og dagtilbud",
        year=2023,
        unit_kr=100_000,
        expense_sign="+",
        ruleset="vores-regler.yaml",
        prior="../2022",
        extract=Extract("udtraek.csv", (("Leasing", ("5.25*", "32")), ("1.a", ("Leje",)))),
        aliases=(("Leje af udstyr", "Leasing"), ("Leje", "Leasing"), ("Bus", "12")),
        claims=(
            claim("omraade", "Skole og dagtilbud", 3, 9, "område: Skole og dagtilbud"),
            claim("aar", "2023", 4, 5, "år: 2023"),
            claim("enhed", "100000", 5, 8, "enhed: 1.000 kr."),
            claim("fortegn", "+", 6, 10, "fortegn: {'udgift': '+'}"),
        ),
    )


@pytest.mark.parametrize(
    "text", ["", "# intet endnu\n", "{}\n", "---\n", "kommune:\naar:\nfortegn:\nudtraek:\nlinjer:\n"]
)
def test_nothing(text: str) -> None:
    assert parse_manifest(text) == Declared()


@pytest.mark.parametrize("fold", ["plain", "upper", "decomposed"])
def test_keys_may_be_written_with_danish_letters_or_without(fold: str) -> None:
    """Files saved on a Mac may write å as a and a ring."""
    plain = FULL
    for danish, latin in (("område", "omraade"), ("år", "aar"), ("æt", "aet"), ("udtræk:", "udtraek:")):
        plain = plain.replace(danish, latin)
    given = {
        "plain": plain,
        "upper": FULL.replace("område", "Område").replace("\når", "\nÅr").replace("udtræk:", "Udtræk:"),
        "decomposed": FULL.replace("å", "a\u030a"),
    }[fold]
    made, usual = parse_manifest(given), parse_manifest(FULL)
    assert (made.entity, made.year, made.ruleset, made.prior) == (usual.entity, 2023, usual.ruleset, usual.prior)
    assert (made.extract, made.aliases) == (usual.extract, usual.aliases)
    assert [(c.about, c.value) for c in made.claims] == [(c.about, c.value) for c in usual.claims]


@pytest.mark.parametrize(
    ("written", "oere"),
    [("kr.", 100), ("1.000 kr.", 100_000), ("t.kr.", 100_000), ("mio. kr.", 10**8), ("'1000 kr.'", 100_000)],
)
def test_units(written: str, oere: int) -> None:
    assert parse_manifest(f"enhed: {written}\n").unit_kr == oere


@pytest.mark.parametrize(
    ("written", "sign"),
    [("+", "+"), ("plus", "+"), ("Minus", "-"), ("'-'", "-"), ("{udgift: minus}", "-"), ("{udgift: +}", "+")],
)
def test_signs(written: str, sign: str) -> None:
    assert parse_manifest(f"fortegn: {written}\n").expense_sign == sign


def test_a_folder_without_one_declares_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == Declared()
    (tmp_path / NAME).mkdir()
    assert read_manifest(tmp_path) == Declared()


def test_the_extract_may_be_a_file_alone() -> None:
    assert parse_manifest("udtraek: bogført.csv\n").extract == Extract("bogført.csv")
    assert parse_manifest("udtraek: {fil: bogført.csv, linjer: }\n").extract == Extract("bogført.csv")


# Mistakes

NO_EXTRACT = 'udtræk skal være en fil eller "fil:" og "linjer:"; fandt'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kommune: [A, B]\n", ["1:10: her skal stå en tekst"]),
        ("omraade: {a: b}\n", ["1:10: her skal stå en tekst"]),
        ("kommune: true\n", ["1:10: her skal stå en tekst"]),
        ("kommune: ''\n", ["1:10: her skal stå en tekst"]),
        ("regelsaet: [x]\n", ["1:12: her skal stå en tekst"]),
        ("sidste_aar: [x]\n", ["1:13: her skal stå en tekst"]),
        ("aar: to tusind\n", ['1:6: "to tusind" er ikke et regnskabsår']),
        ("aar: 1969\n", ['1:6: "1969" er ikke et regnskabsår']),
        ("aar: 2101\n", ['1:6: "2101" er ikke et regnskabsår']),
        ("aar: '2023'\n", ['1:6: "2023" er ikke et regnskabsår']),
        ("aar: true\n", ['1:6: "True" er ikke et regnskabsår']),
        ("aar: 2023.5\n", ['1:6: "2023.5" er ikke et regnskabsår']),
        ("enhed: stk.\n", ['1:8: "stk." er ikke en enhed, fx "1.000 kr." eller "mio. kr."']),
        ("enhed: 1.000\n", ['1:8: "1.000" er ikke en enhed, fx "1.000 kr." eller "mio. kr."']),
        ("enhed: kr. og mio. kr.\n", ['1:8: "kr. og mio. kr." er ikke en enhed, fx "1.000 kr." eller "mio. kr."']),
        ("enhed: [kr.]\n", ["1:8: her skal stå en tekst"]),
        ("fortegn: positiv\n", ['1:10: "positiv" er ikke et fortegn; skriv + eller -']),
        ("fortegn: {}\n", ['1:10: "" er ikke et fortegn; skriv + eller -']),
        ("fortegn: [+]\n", ["""1:10: "['+']" er ikke et fortegn; skriv + eller -"""]),
        (
            "fortegn: {indtægt: +}\n",
            ['1:10: "" er ikke et fortegn; skriv + eller -', '1:11: ukendt nøgle "indtægt"'],
        ),
        ("fortegn: {udgift: +, udgifter: +}\n", ['1:22: ukendt nøgle "udgifter". Mente du "udgift"?']),
        ("linjer: [Leasing]\n", ["1:9: her skal stå nøgler med værdier (nøgle: værdi)"]),
        ("linjer: {Leasing: }\n", ["1:19: her skal stå en tekst"]),
        ("linjer: {Leasing: [Leje, {a: b}]}\n", ["1:26: her skal stå en tekst"]),
        ("linjer: {Leasing: {a: b}}\n", ["1:19: her skal stå en tekst"]),
        (
            "linjer:\n  Leasing: Leje\n  Bus: [Leje, Kørsel]\n",
            ['3:8: "Leje" kan ikke høre til både "Leasing" og "Bus"'],
        ),
        ("udtraek: {linjer: {A: B}}\n", [f"1:10: {NO_EXTRACT} {{'linjer': {{'A': 'B'}}}}"]),
        ("udtraek: []\n", [f"1:10: {NO_EXTRACT} []"]),
        ("udtraek: {fil: [a]}\n", ["1:16: her skal stå en tekst"]),
        ("udtraek: {fil: a, linjer: [b]}\n", [f"1:10: {NO_EXTRACT} {{'fil': 'a', 'linjer': ['b']}}"]),
        ("udtraek: {fil: a, linje: {}}\n", ['1:19: ukendt nøgle "linje". Mente du "linjer"?']),
        ("udtraek: {fil: a, linjer: {A: [1, 2], B: 2}}\n", ['1:42: "2" kan ikke høre til både "A" og "B"']),
        ("udtraek: {fil: a, linjer: {A: }}\n", ["1:31: her skal stå en tekst"]),
        ("kommun: A\n", ['1:1: ukendt nøgle "kommun". Mente du "kommune"?']),
        ("kommune: A\nxyz: B\n", ['2:1: ukendt nøgle "xyz"']),
        ("kommune: A\nkommune: B\n", ['2:1: nøglen "kommune" står to gange']),
        ("aar: 2022\når: 2023\n", ['2:1: nøglen "år" står to gange']),
        ("- kommune: A\n", ["1:1: her skal stå nøgler med værdier (nøgle: værdi)"]),
        ("[]\n", ["1:1: her skal stå nøgler med værdier (nøgle: værdi)"]),
        ("Testby\n", ["1:1: her skal stå nøgler med værdier (nøgle: værdi)"]),
        ("kommune: !python A\n", ["1:10: mærket !python er ikke tilladt"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_line_and_column(text: str, said: list[str]) -> None:
    assert complaints(text) == said


def test_what_is_no_yaml() -> None:
    assert complaints("fortegn: -\n")[0].startswith("1:10: ikke gyldig YAML")
    assert complaints("kommune: {a\n")[0].startswith("2:1: ikke gyldig YAML")


def test_every_mistake_is_told_at_once_in_the_order_of_the_file() -> None:
    text = "aar: 23\nenhed: pund\nfortegn: x\nlinjer: y\nudtraek: {}\nkommun: z\nomraade: [w]\n"
    assert [line.split(":")[0] for line in complaints(text)] == ["1", "2", "3", "4", "5", "6", "7"]


def test_files_that_are_not_there_are_told_where_they_are_named(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(
        "kommune: A\nsidste_år: 2022\nudtræk:\n  linjer: {A: B}\n  fil: bog/ført.csv\n", encoding="utf-8"
    )
    with pytest.raises(RuleError) as raised:
        read_manifest(tmp_path, "mappe/regnskab.yaml")
    assert raised.value.render("da").splitlines() == [
        'mappe/regnskab.yaml:2:12: "2022" findes ikke; stien regnes fra mappen med regnskab.yaml',
        'mappe/regnskab.yaml:5:8: "bog/ført.csv" findes ikke; stien regnes fra mappen med regnskab.yaml',
    ]
    assert "does not exist; the path is from the folder" in raised.value.render("en")
    (tmp_path / "2022").mkdir()
    (tmp_path / "bog").mkdir()
    (tmp_path / "bog" / "ført.csv").write_text("x", encoding="utf-8")
    made = read_manifest(tmp_path)
    assert (made.prior, made.extract) == ("2022", Extract("bog/ført.csv", (("A", ("B",)),)))
    (tmp_path / NAME).write_text("udtræk: ført.csv\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r'regnskab.yaml:1:9: "ført.csv" findes ikke'):
        read_manifest(tmp_path)


def test_a_file_that_cannot_be_read_as_text_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"kommune: T\xf8nder\n")
    with pytest.raises(RuleError, match="ikke UTF-8"):
        read_manifest(tmp_path)
