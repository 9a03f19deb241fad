"""Is a folder read as one submission, with every file that is left out or cannot be read said?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from checker.errors import RuleError, SubmissionError
from checker.intake import read
from checker.model.submission import EXTRACT, PRIOR, THIS, Submission
from checker.run import check
from tests.build import KR, TKR, line_of, rule, run

SKOLE = """Politikområde Skole

Regnskab i 1.000 kr.
| Område | Regnskab 2022 | Regnskab 2023 |
| Skoler | 90 | 100 |
| SFO | 40 | 45 |
| I alt | 130 | 145 |
"""
VEJ = """Politikområde Vej

Regnskab i 1.000 kr.
| Område | Regnskab 2023 |
| Asfalt | 7 |
| Salt | 3 |
| I alt | 10 |
"""
NOTE = "Bemærkninger til skoleområdet.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder called 2023."""
    made = tmp_path / "2023"
    made.mkdir()
    return made


def fill(folder: Path, **files: str) -> Path:
    """Texts in a folder, by name without the ending '.txt'; a name with an underscore for its dot has its own."""
    for name, text in files.items():
        file = name.replace("_", ".") if "_" in name else f"{name}.txt"
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def taken(path: Path, prior: Path | None = None) -> Submission:
    """What is read."""
    return read(path, prior=prior)[0]


def files(made: Submission) -> list[tuple[str, str]]:
    """Every file that was read, with its role."""
    return [(f.path, f.role) for f in made.files]


def said(made: Submission) -> list[tuple[str, str]]:
    """Key and place of what is said of files."""
    return [(r.key, r.place.file) for r in made.remarks if r.key.endswith("left_out")]


def checked(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it."""
    command = [sys.executable, "-m", "checker", "check", *map(str, args)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8")


# Which files are read


def test_one_file(folder: Path) -> None:
    made, declared = read(fill(folder, a=SKOLE) / "a.txt")
    assert (files(made), made.faults, said(made)) == ([("a.txt", THIS)], (), [])
    assert declared.entity == ""
    assert files(read(folder / "a.txt", "mappe/a.txt")[0]) == [("mappe/a.txt", THIS)]


def test_a_folder_is_one_submission_in_the_order_of_names(folder: Path) -> None:
    made = taken(fill(folder, b=VEJ, a=SKOLE, c=NOTE))
    assert files(made) == [("2023/a.txt", THIS), ("2023/b.txt", THIS), ("2023/c.txt", THIS)]
    assert [(s.id, s.entity, s.place.file) for s in made.statements] == [
        ("T1", "Skole", "2023/a.txt"),
        ("T2", "Vej", "2023/b.txt"),
    ]
    assert made.entities == ("Skole", "Vej")
    assert len({f.fact_id for f in made.facts}) == len(made.facts) == 9


def test_the_folder_one_stands_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(fill(folder, a=SKOLE))
    assert files(taken(Path())) == [("./a.txt", THIS)]


def test_what_is_left_out_is_said(folder: Path) -> None:
    fill(folder, a=SKOLE, billede_png="x", brev_odt="x")
    (folder / "bilag").mkdir()
    fill(folder / "bilag", b=VEJ)
    made = taken(folder)
    assert files(made) == [("2023/a.txt", THIS)]
    assert said(made) == [
        ("reading.folder_left_out", "2023/bilag"),
        ("reading.file_left_out", "2023/billede.png"),
        ("reading.file_left_out", "2023/brev.odt"),
    ]
    assert [dict(r.args) for r in made.remarks[:3]] == [
        {"file": "bilag"},
        {"file": "billede.png"},
        {"file": "brev.odt"},
    ]
    assert made.faults == ()


def test_files_of_the_tool_and_of_office_are_no_part_and_not_worth_saying(folder: Path) -> None:
    fill(folder, a=SKOLE)
    for name in ("regnskab.yaml", "waivers.yaml", ".skjult.txt", "~$bog.xlsx", "a.kontrol.txt", "rapport.kontrol.json"):
        (folder / name).write_text("kommune: A\n", encoding="utf-8")
    made = taken(folder)
    assert (files(made), said(made), made.faults) == ([("2023/a.txt", THIS)], [], ())


@pytest.mark.parametrize("content", [{}, {"billede_png": "x"}])
def test_a_folder_with_nothing_to_read_is_an_error(folder: Path, content: dict[str, str]) -> None:
    with pytest.raises(SubmissionError) as raised:
        taken(fill(folder, **content))
    assert str(raised.value).startswith("2023: mappen har ingen filer, der kan læses; kendte endelser: .txt, ")
    assert checked("2023", cwd=folder.parent).returncode == 2


def test_one_file_of_three_that_cannot_be_read_does_not_hide_the_others(folder: Path) -> None:
    fill(folder, a=SKOLE, c=VEJ)
    (folder / "b.txt").write_bytes(b"PK\x03\x04\x00\x00binary")
    (folder / "d.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    made = taken(folder)
    assert files(made) == [("2023/a.txt", THIS), ("2023/c.txt", THIS)]
    assert [(f.key, f.place.file) for f in made.faults] == [
        ("input.not_text", "2023/b.txt"),
        ("input.damaged_workbook", "2023/d.xlsx"),
    ]
    assert made.entities == ("Skole", "Vej")
    ran = checked("2023", cwd=folder.parent)
    assert ran.returncode == 2
    assert "2023/b.txt: filen er ikke læsbar tekst" in ran.stderr
    assert "2023/d.xlsx: projektmappen er beskadiget" in ran.stderr
    (folder / "b.txt").unlink()
    (folder / "d.xlsx").unlink()
    assert checked("2023", cwd=folder.parent).returncode == 0


def test_a_fault_keeps_its_line(folder: Path) -> None:
    fill(folder, a=SKOLE, b_csv='Navn;Regnskab 2023\nA;1\n"B;2\n' + "C;3\n" * 2000)
    assert [(f.key, f.place.line) for f in taken(folder).faults] == [("input.quote_not_closed", 3)]


def test_where_no_file_can_be_read_the_first_fault_is_the_error(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(b"PK\x03\x04\x00\x00binary")
    with pytest.raises(SubmissionError, match=r"^2023/a\.txt: filen er tom"):
        taken(folder)


# regnskab.yaml


def test_what_the_folder_declares_goes_for_files_that_do_not_say_it(folder: Path) -> None:
    text = "| Område | Regnskab |\n| Skoler | 90 |\n| SFO | 40 |\n"
    fill(folder, a=text, regnskab_yaml="kommune: Testby\nomraade: Skole\naar: 2023\nenhed: 1.000 kr.\n")
    made, declared = read(folder)
    assert (made.municipality, made.entities, made.year) == ("Testby", ("Skole",), 2023)
    assert {(f.entity, f.year, f.value, f.unit, f.unit_known) for f in made.facts} == {
        ("Skole", 2023, 90 * TKR, TKR, True),
        ("Skole", 2023, 40 * TKR, TKR, True),
    }
    assert (declared.entity, declared.year) == ("Skole", 2023)
    assert [(c.about, c.value, c.place.file, c.place.line) for c in made.claims if c.kind == "declared"] == [
        ("omraade", "Skole", "2023/regnskab.yaml", 2),
        ("aar", "2023", "2023/regnskab.yaml", 3),
        ("enhed", "100000", "2023/regnskab.yaml", 4),
    ]


def test_what_a_file_says_itself_is_not_overruled(folder: Path) -> None:
    text = SKOLE.replace("1.000 kr.", "kr.").replace("2023", "2021").replace("2022", "2020")
    fill(folder, a=text, regnskab_yaml="omraade: Dagtilbud\naar: 2023\nenhed: 1.000 kr.\n")
    made = taken(folder)
    assert (made.entities, made.year, {f.unit for f in made.facts}) == (("Skole",), 2021, {KR})
    judged = [line_of(o) for o in run(made, rule("declared")).outcomes]
    assert judged == [
        "failed omraade: found [Skole] allowed [Dagtilbud]",
        "failed aar: found [2021] allowed [2023]",
        "failed enhed: found [@unit.100] allowed [@unit.100000]",
    ]


def test_a_faulty_regnskab_yaml_stops_the_run(folder: Path) -> None:
    fill(folder, a=SKOLE, regnskab_yaml="aar: 23\nenhed: pund\n")
    with pytest.raises(RuleError) as raised:
        taken(folder)
    assert [line.split(" ")[0] for line in str(raised.value).splitlines()] == [
        "2023/regnskab.yaml:1:6:",
        "2023/regnskab.yaml:2:8:",
    ]
    assert checked("2023", cwd=folder.parent).returncode == 2


def test_the_rule_set_it_names_is_used(folder: Path) -> None:
    fill(folder, a=SKOLE, regnskab_yaml="regelsaet: dk-faelles\n")
    assert check(folder).ruleset_id == "dk-faelles"
    own = "ruleset: {id: vores, version: '1', extends: [dk-faelles]}\n"
    fill(folder, regnskab_yaml="regelsaet: vores.yaml\n", vores_yaml=own)
    assert check(folder).ruleset_id == "vores"
    assert check(folder, "dk-bemaerkninger").ruleset_id == "dk-bemaerkninger"


# Last year's submission and an extract


def test_last_year_by_regnskab_yaml_or_by_the_command(folder: Path) -> None:
    before = folder.parent / "2022"
    before.mkdir()
    fill(before, gammel=SKOLE.replace("| 90 |", "| 91 |"), regnskab_yaml="aar: 1900\n")
    fill(folder, a=SKOLE)
    given = taken(folder, before)
    assert files(given) == [("2023/a.txt", THIS), ("2022/gammel.txt", PRIOR)]
    assert {f.submission for f in given.others} == {PRIOR}
    (wrong,) = [o for o in run(given, rule("prior_year")).outcomes if o.status == "failed"]
    assert [(p.file, p.line) for p in wrong.places] == [("2023/a.txt", 5), ("2022/gammel.txt", 5)]
    fill(folder, regnskab_yaml="sidste_aar: ../2022\n")
    named = taken(folder)
    assert files(named) == [("2023/a.txt", THIS), ("../2022/gammel.txt", PRIOR)]
    assert [f.value for f in named.others] == [f.value for f in given.others]


def test_the_command_goes_before_regnskab_yaml(folder: Path) -> None:
    for name, value in (("x.txt", "91"), ("y.txt", "92")):
        (folder.parent / name).write_text(SKOLE.replace("| 90 |", f"| {value} |"), encoding="utf-8")
    fill(folder, a=SKOLE, regnskab_yaml="sidste_aar: ../x.txt\n")
    assert files(taken(folder))[1:] == [("../x.txt", PRIOR)]
    assert files(taken(folder, folder.parent / "y.txt"))[1:] == [("y.txt", PRIOR)]


def test_a_file_of_last_year_that_cannot_be_read_is_a_fault_and_nothing_at_all_an_error(folder: Path) -> None:
    before = folder.parent / "2022"
    before.mkdir()
    fill(folder, a=SKOLE)
    with pytest.raises(SubmissionError, match=r"^2022: mappen har ingen filer"):
        taken(folder, before)
    fill(before, b=SKOLE, billede_png="x")
    (before / "c.txt").write_bytes(b"PK\x03\x04\x00\x00binary")
    made = taken(folder, before)
    assert [(f.key, f.place.file) for f in made.faults] == [("input.not_text", "2022/c.txt")]
    assert said(made) == [("reading.file_left_out", "2022/billede.png")]
    with pytest.raises(SubmissionError, match=r"^mangler: filen findes ikke"):
        taken(folder, folder.parent / "mangler")


@pytest.mark.parametrize("written", ["bog.csv", "./bog.csv", "bilag/../bog.csv"])
def test_the_extract_is_read_for_itself_and_once(folder: Path, written: str) -> None:
    (folder / "bilag").mkdir()
    fill(folder, a=SKOLE, bog_csv="Navn;Regnskab 2023 i kr.\nSkoler;100.000,00\n")
    fill(folder, regnskab_yaml=f"udtraek: {written}\n")
    made = taken(folder)
    assert files(made) == [("2023/a.txt", THIS), (f"2023/{written}", EXTRACT)]
    assert [(f.submission, f.line, f.value) for f in made.others] == [(EXTRACT, "skoler", 100_000 * KR)]


@pytest.mark.parametrize("written", ["2022", "./2022", "2022/a.txt", "arkiv/../2022"])
def test_last_year_may_lie_in_the_folder(folder: Path, written: str) -> None:
    for name in ("2022", "arkiv"):
        (folder / name).mkdir()
    fill(folder / "2022", a=SKOLE)
    fill(folder, a=SKOLE, regnskab_yaml=f"sidste_aar: {written}\n")
    made = taken(folder)
    assert [role for _, role in files(made)] == [THIS, PRIOR]
    assert said(made) == [("reading.folder_left_out", "2023/arkiv")]


def test_a_file_of_last_year_in_the_folder_is_not_this_years_too(folder: Path) -> None:
    fill(folder, a=SKOLE, gammel=SKOLE)
    fill(folder, regnskab_yaml="sidste_aar: gammel.txt\n")
    assert files(taken(folder)) == [("2023/a.txt", THIS), ("gammel.txt", PRIOR)]
    (folder / "regnskab.yaml").unlink()
    assert files(taken(folder, folder / "gammel.txt")) == [("2023/a.txt", THIS), ("gammel.txt", PRIOR)]


def test_files_it_names_that_are_not_there_are_a_clear_error(folder: Path) -> None:
    fill(folder, a=SKOLE, regnskab_yaml="sidste_aar: ../2022\nudtraek: bog.csv\n")
    ran = checked("2023", cwd=folder.parent)
    assert ran.returncode == 2
    assert ran.stderr.splitlines() == [
        'regnskabstjek: 2023/regnskab.yaml:1:13: "../2022" findes ikke; stien regnes fra mappen med regnskab.yaml',
        '2023/regnskab.yaml:2:10: "bog.csv" findes ikke; stien regnes fra mappen med regnskab.yaml',
    ]


def test_an_extract_that_cannot_be_read_is_an_error(folder: Path) -> None:
    fill(folder, a=SKOLE, bog_csv="", regnskab_yaml="udtraek: bog.csv\n")
    with pytest.raises(SubmissionError, match=r"^2023/bog\.csv: filen er tom"):
        taken(folder)


def test_all_of_it_in_one_check(folder: Path) -> None:
    before = folder.parent / "2022"
    before.mkdir()
    fill(before, a=SKOLE.replace("| 90 |", "| 95 |"))
    fill(folder, a=SKOLE, bog_csv="Navn;Regnskab 2023 i kr.\nSkoler;100.400,00\nSFO;45.501,00\nAndet;3,00\n")
    fill(folder, regnskab_yaml="kommune: Testby\nomraade: Skole\naar: 2023\nsidste_aar: ../2022\nudtraek: bog.csv\n")
    report = check(folder)
    kinds = ("reconcile", "prior_year", "declared")
    wrong = [o for o in report.outcomes if o.status == "failed" and o.kind in kinds]
    failed = sorted((o.rule_id, o.at.label, o.places[0].file) for o in wrong)
    assert failed == [
        ("AFS001", "SFO", "2023/a.txt"),
        ("AFS001", "unmapped", "2023/bog.csv"),
        ("PRV001", "Skoler", "2023/a.txt"),
    ]
    assert report.coverage.facts == 6
    assert report.coverage.checked <= 6


# Several areas


TWO = f"{SKOLE}\n{VEJ}".replace("| Asfalt |", "| Skoler |").replace("| Salt |", "| SFO |")


def test_two_areas_of_one_file_are_two_entities_whose_lines_are_not_compared(folder: Path) -> None:
    made = taken(fill(folder, a=TWO))
    assert (made.entity, made.entities) == ("Skole", ("Skole", "Vej"))
    assert [(s.id, s.entity) for s in made.statements] == [("T1", "Skole"), ("T2", "Vej")]
    both = [(f.entity, f.line, f.value // TKR) for f in made.facts if f.year == 2023 and f.label == "Skoler"]
    assert both == [("Skole", "skoler", 100), ("Vej", "skoler", 7)]
    assert run(made, rule("same_figure")).outcomes == ()
    assert [line_of(o) for o in run(made, rule("total")).outcomes] == [
        "passed T1 I alt regnskab 2022: stated 130 computed 130 off 0 most 1,5",
        "passed T1 I alt regnskab 2023: stated 145 computed 145 off 0 most 1,5",
        "passed T2 I alt regnskab 2023: stated 10 computed 10 off 0 most 1,5",
    ]


def test_one_area_in_two_files_is_one_entity_whose_lines_are_compared(folder: Path) -> None:
    again = SKOLE.replace("| 45 |", "| 46 |").replace("| 145 |", "| 146 |")
    made = taken(fill(folder, a=SKOLE, b=again))
    assert made.entities == ("Skole",)
    wrong = [line_of(o) for o in run(made, rule("same_figure")).outcomes if o.status == "failed"]
    assert wrong == [
        "failed T2 SFO regnskab 2023: stated 46 computed 45 off 1 most 0",
        "failed T2 I alt regnskab 2023: stated 146 computed 145 off 1 most 0",
    ]


def test_a_file_that_names_no_area_is_of_the_only_one_named(folder: Path) -> None:
    nameless = SKOLE.partition("\n\n")[2]
    assert taken(fill(folder, a=SKOLE, b=nameless)).entities == ("Skole",)
    made = taken(fill(folder, c=VEJ))
    assert made.entities == ("Skole", "Vej")
    assert [s.entity for s in made.statements] == ["Skole", "", "Vej"]


def test_last_years_areas_are_matched_each_with_its_own(folder: Path) -> None:
    before = folder.parent / "2022.txt"
    before.write_text(TWO.replace("2023", "2021").replace("| 90 |", "| 88 |"), encoding="utf-8")
    made = taken(fill(folder, a=TWO), before)
    assert {(f.entity, f.year) for f in made.others} == {("Skole", 2022), ("Skole", 2021), ("Vej", 2021)}
    wrong = [line_of(o) for o in run(made, rule("prior_year")).outcomes if o.status == "failed"]
    assert wrong == ["failed T1 Skoler regnskab 2022: stated 90 computed 88 off 2 most 0"]


# Names of lines


def test_lines_known_by_another_name_are_matched(folder: Path) -> None:
    other = SKOLE.replace("Skoler", "Folkeskoler mv.").replace("SFO", "Fritid").replace("| 45 |", "| 47 |")
    fill(folder, a=SKOLE, b=other.replace("| 145 |", "| 147 |"))
    apart = run(taken(folder), rule("same_figure")).outcomes
    assert {o.at.label for o in apart} == set()
    fill(folder, regnskab_yaml="linjer:\n  Skoler: folkeskoler MV\n  SFO: [Fritid, Klub]\n")
    made = taken(folder)
    assert {f.line for f in made.facts} == {"skoler", "sfo", "i alt"}
    assert {f.label for f in made.facts if f.statement == "T2"} == {"Folkeskoler mv.", "Fritid", "I alt"}
    wrong = [line_of(o) for o in run(made, rule("same_figure")).outcomes if o.status == "failed"]
    assert wrong[0] == "failed T2 Fritid regnskab 2023: stated 47 computed 45 off 2 most 0"


def test_a_line_may_be_named_by_its_number(folder: Path) -> None:
    numbered = "Politikområde Skole\n\n| Nr | I 1.000 kr. | Regnskab 2023 |\n| 1 | Skoler | 100 |\n| 2 | SFO | 45 |\n"
    fill(folder, a=numbered, b=SKOLE.replace("Skoler", "Folkeskoler"))
    fill(folder, regnskab_yaml="linjer: {1: Folkeskoler}\n")
    assert {(f.label, f.line) for f in taken(folder).facts if f.statement == "T2" and f.label != "I alt"} == {
        ("Folkeskoler", "1"),
        ("SFO", "2"),
    }
