"""Are facts found where they lie: Parquet, folders, CSV, DuckDB files; and is it told why where they are not?"""

from __future__ import annotations

import gzip
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import duckdb
import pyarrow
import pyarrow.parquet
import pytest

from checker.confront import confront
from checker.errors import RequestError, SubmissionError
from checker.model.document import Document
from checker.readers.csvfile import parse
from checker.recognise import recognise
from checker.rulefile import load_rules
from checker.scale.run import LARGE_CSV, check_large, engine_for
from tests.scale.build import Row, as_csv, as_parquet, by_python

TKR = Decimal(1000)
TREE = {"i alt": ("total", None), "A": (None, "i alt"), "B": (None, "i alt")}
ROWS = [
    Row(entity, "Regnskab", line, "regnskab", year, TKR * value, TKR, None, *TREE[line])
    for entity in ("Nord", "Syd")
    for year in (2022, 2023)
    for line, value in (("i alt", 5 if year == 2022 else 9), ("A", 2), ("B", 3))
]
"""In 2023 both areas have a total that is 4.000 kr. too large."""


def counts(path: str | Path) -> dict[tuple[str, str], int]:
    """What is counted."""
    return {k: n for k, n in (check_large(str(path), load_rules()).tally or {}).items() if n}


@pytest.fixture(scope="module")
def expected() -> dict[tuple[str, str], int]:
    """What the ordinary path says."""
    found, _ = by_python(ROWS, load_rules())
    assert found["SUM001", "failed"] == 2
    return dict(found)


def test_parquet_and_a_folder_of_it_by_year(tmp_path: Path, expected: dict[tuple[str, str], int]) -> None:
    file = as_parquet(ROWS, tmp_path / "f.parquet")
    assert counts(file) == expected
    folder = tmp_path / "opdelt"
    duckdb.connect().execute(f"COPY (FROM '{file}') TO '{folder}' (FORMAT parquet, PARTITION_BY (year))")
    assert counts(folder) == expected


@pytest.mark.parametrize("name", ["f.csv", "f.csv.gz"])
def test_csv_as_danish_excel_writes_it_and_packed(
    name: str, tmp_path: Path, expected: dict[tuple[str, str], int]
) -> None:
    plain = tmp_path / "fakta.csv"
    plain.write_text(as_csv(ROWS), encoding="utf-8")
    file = tmp_path / name
    if name.endswith(".gz"):
        file.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        plain.rename(file)
    assert counts(file) == expected


def test_a_table_of_a_duckdb_file(tmp_path: Path, expected: dict[tuple[str, str], int]) -> None:
    parquet, file = as_parquet(ROWS, tmp_path / "f.parquet"), tmp_path / "f.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute(f"CREATE TABLE fakta AS FROM '{parquet}'")
    assert counts(file) == expected
    with duckdb.connect(str(file)) as con:
        con.execute("CREATE TABLE andet (x INTEGER)")
    assert counts(f"{file}#fakta") == expected
    with pytest.raises(RequestError, match=r"main\.andet, main\.fakta"):
        counts(file)


def test_an_arrow_file(tmp_path: Path, expected: dict[tuple[str, str], int]) -> None:
    table = pyarrow.parquet.read_table(as_parquet(ROWS, tmp_path / "f.parquet"))
    file = tmp_path / "f.arrow"
    with pyarrow.ipc.new_file(str(file), table.schema) as writer:
        writer.write_table(table)
    assert counts(file) == expected


VALUES = ("2", "3", "1.234,56", "1000", "234,50", "5,5", "-2", "1.000")


@pytest.mark.parametrize("seed", range(6))
def test_where_no_unit_is_stated_the_decimals_of_a_text_tell_it(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    lines = ["entity;statement;line;measure;year;value;unit;role;parent"]
    for entity in ("Nord", "Syd"):
        for line, role, parent in (("i alt", "total", ""), ("A", "", "i alt"), ("B", "", "i alt")):
            for measure in ("regnskab", "oprindeligt_budget"):
                value, unit = random.choice(VALUES), random.choice(["", "", "1", "1000"])
                lines.append(f"{entity};R;{line};{measure};2023;{value};{unit};{role};{parent}")
    written = "\n".join(lines) + "\n"
    outcomes = confront(recognise(Document("f.csv", "", "utf-8", parse(written, "f.csv"))), load_rules()).outcomes
    file = tmp_path / "f.csv.gz"
    file.write_bytes(gzip.compress(written.encode()))
    assert counts(file) == dict(Counter((o.rule_id, o.status) for o in outcomes))


def test_danish_headings_and_columns_that_are_not_known(tmp_path: Path, expected: dict[tuple[str, str], int]) -> None:
    file = as_parquet(ROWS, tmp_path / "f.parquet")
    renamed = tmp_path / "g.parquet"
    columns = 'entity AS "område", statement AS tabel, line AS linje, measure AS "mål", year AS "år", value AS "værdi"'
    query = f'SELECT {columns}, unit AS "afrundet til", role AS rolle, parent AS "del af", 7 AS omkostningssted'
    duckdb.connect().execute(f"COPY ({query} FROM '{file}') TO '{renamed}' (FORMAT parquet)")
    report = check_large(str(renamed), load_rules())
    assert {k: n for k, n in (report.tally or {}).items() if n} == expected
    assert [r.args for r in report.submission.remarks if r.key == "reading.open_dimensions"] == [
        (("columns", "omkostningssted"),)
    ]


def test_columns_that_only_describe_are_counted_where_they_break_the_contract(tmp_path: Path) -> None:
    file, odd = as_parquet(ROWS, tmp_path / "f.parquet"), tmp_path / "g.parquet"
    query = "SELECT *, CASE WHEN line = 'A' THEN '0' ELSE '2' END AS page, CASE WHEN line = 'B' THEN 'b' END AS fact_id"
    duckdb.connect().execute(f"COPY ({query} FROM '{file}') TO '{odd}' (FORMAT parquet)")
    report = check_large(str(odd), load_rules())
    told = [dict(o.message.args) for o in report.outcomes if o.rule_id == "LNG001"]
    assert {(t["about"], t["check"], t["n"]) for t in told} == {
        ("fact_id", "@contract.duplicate", "3"),
        ("page", "@contract.form", "4"),
    }
    assert (report.tally or {})["SUM001", "failed"] == 2


def test_values_as_binary_numbers_are_read_to_the_oere(tmp_path: Path, expected: dict[tuple[str, str], int]) -> None:
    file, floats = as_parquet(ROWS, tmp_path / "f.parquet"), tmp_path / "g.parquet"
    query = f"SELECT * REPLACE (CAST(value AS DOUBLE) AS value, CAST(unit AS DOUBLE) AS unit) FROM '{file}'"
    duckdb.connect().execute(f"COPY ({query}) TO '{floats}' (FORMAT parquet)")
    assert counts(floats) == expected


def test_it_is_told_what_is_wrong_with_a_source(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="filen findes ikke"):
        counts(tmp_path / "nej.parquet")
    (tmp_path / "f.parquet").write_bytes(b"PAR1 er det ikke")
    with pytest.raises(SubmissionError, match="kan ikke læses"):
        counts(tmp_path / "f.parquet")
    duckdb.connect().execute(f"COPY (SELECT 1 AS line, 2 AS value) TO '{tmp_path}/g.parquet' (FORMAT parquet)")
    with pytest.raises(SubmissionError, match=r"mangler statement, measure; fundet er line, value"):
        counts(tmp_path / "g.parquet")
    (tmp_path / "f.txt").write_text("tekst", encoding="utf-8")
    with pytest.raises(RequestError, match=r"kendte endelser: \.parquet"):
        check_large(str(tmp_path / "f.txt"), load_rules())


def test_the_engine_follows_from_the_source(tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text("Tekst", encoding="utf-8")
    (tmp_path / "f.csv").write_text(as_csv(ROWS), encoding="utf-8")
    assert (
        engine_for("a/b.parquet", "auto") == engine_for("b.csv.gz", "auto") == engine_for("b.db#t", "auto") == "duckdb"
    )
    assert engine_for("postgresql://db/x?table=y", "auto") == "postgres"
    assert engine_for(str(tmp_path / "f.txt"), "auto") == engine_for(str(tmp_path / "f.csv"), "auto") == "python"
    assert engine_for(str(tmp_path), "auto") == "python"
    assert engine_for("a.parquet", "spark") == "spark"
    big = tmp_path / "stor.csv"
    text = as_csv(ROWS)
    big.write_text(text + text.partition("\n")[2] * (LARGE_CSV // len(text) * 2), encoding="utf-8")
    assert engine_for(str(big), "auto") == "duckdb"
    prose = tmp_path / "andet.csv"
    prose.write_text("a;b\n" + "1;2\n" * (LARGE_CSV // 4 + 1), encoding="utf-8")
    assert engine_for(str(prose), "auto") == "python"


def test_rows_that_are_left_out_are_counted(tmp_path: Path) -> None:
    rows = [*ROWS, ROWS[0]._replace(line="C", value=None), ROWS[0]._replace(measure="regnskap")]
    told = {
        r.key: dict(r.args)
        for r in check_large(str(as_parquet(rows, tmp_path / "f.parquet")), load_rules()).submission.remarks
    }
    assert told["reading.left_out"] == {"n": "2"}
    whole = check_large(str(as_parquet(ROWS, tmp_path / "g.parquet")), load_rules()).submission.remarks
    assert "reading.left_out" not in {r.key for r in whole}


@pytest.mark.parametrize("form", ["cp1252", "utf-16", "utf-8-sig", "sep", "mac"])
def test_csv_in_other_encodings_and_with_its_separator_stated(
    form: str, tmp_path: Path, expected: dict[tuple[str, str], int]
) -> None:
    text = as_csv([r._replace(entity=f"Område {r.entity} – vest") for r in ROWS])
    file = tmp_path / "f.csv"
    special = {"sep": f"sep=;\n{text}".encode(), "mac": text.replace("\n", "\r").encode()}
    file.write_bytes(special[form] if form in special else text.encode(form))
    report = check_large(str(file), load_rules(), "duckdb")
    assert {k: n for k, n in (report.tally or {}).items() if n} == expected
    assert {o.at.entity for o in report.outcomes if o.at.entity} == {"Område Nord – vest", "Område Syd – vest"}
    packed = tmp_path / "g.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert check_large(str(packed), load_rules()).tally == report.tally


@pytest.mark.parametrize(
    ("row", "key"), [("Nord;Regnskab", "scale.csv_fewer"), (";".join("abcdefghijkl"), "scale.csv_more")]
)
def test_a_row_that_does_not_fit_the_heading_is_told_by_its_line(row: str, key: str, tmp_path: Path) -> None:
    lines = as_csv(ROWS).splitlines()
    (tmp_path / "f.csv").write_text("\n".join([*lines[:4], row, *lines[4:]]), encoding="utf-8")
    with pytest.raises(SubmissionError) as error:
        check_large(str(tmp_path / "f.csv"), load_rules(), "duckdb")
    assert (error.value.key, error.value.line) == (key, 5)


def test_what_is_no_text_is_told_so(tmp_path: Path) -> None:
    text = as_csv(ROWS)
    packed = gzip.compress(text.encode())
    for name, raw, key in (
        ("undefined.csv", b"\x81\x8d" + text.encode(), "input.not_text"),
        ("half.csv", text.encode("utf-16")[:-1], "input.not_text"),
        ("cut.csv.gz", packed[:-20], "scale.unreadable"),
        ("no.csv.gz", text.encode(), "scale.unreadable"),
    ):
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(SubmissionError) as error:
            check_large(str(tmp_path / name), load_rules(), "duckdb")
        assert error.value.key == key


def test_a_heading_that_goes_on_in_the_next_line(tmp_path: Path, expected: dict[tuple[str, str], int]) -> None:
    heading, *rows = as_csv(ROWS).splitlines()
    text = "\n".join([f'{heading};"af\nhvem"', *(f"{row};x" for row in rows)])
    (tmp_path / "f.csv").write_text(text, encoding="utf-8")
    report = check_large(str(tmp_path / "f.csv"), load_rules(), "duckdb")
    assert {k: n for k, n in (report.tally or {}).items() if n} == expected


def test_a_file_that_is_damaged_within_is_an_error_of_the_file(tmp_path: Path) -> None:
    rows = [r._replace(line=f"{r.line} {n}", value=Decimal(n * 7919 % 10007)) for n in range(3000) for r in ROWS[:2]]
    file = as_parquet(rows, tmp_path / "f.parquet")
    raw = bytearray(file.read_bytes())
    for n in range(200, 1200):
        raw[n] ^= 0x5A
    file.write_bytes(raw)
    with pytest.raises(SubmissionError) as error:
        check_large(str(file), load_rules())
    assert error.value.key == "scale.unreadable"
