"""Are CSV files of every habit read as the rows and cells they mean?"""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.model.document import Table, TokenCount
from checker.readers.csvfile import find_separator, parse
from tests.readers.sheets import outline, read

ROWS = (
    ["Område", "Budget 2021", "Regnskab 2021"],
    ["Skoler", "1.234,5", "5-"],
    ["SFO", "7", "(8)"],
    ["I alt", "1.241,5", "3"],
)
EXPECTED = [
    "T",
    "1 | Område | Budget 2021 | Regnskab 2021",
    "2 | Skoler | 1.234,5 | 5-",
    "3 | SFO | 7 | (8)",
    "4 | I alt | 1.241,5 | 3",
]


def written(tmp_path: Path, raw: bytes, name: str = "a.csv") -> Path:
    """The bytes as a file."""
    path = tmp_path / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "cp1252"), ("utf-16", "utf-16")]
)
def test_separators_line_ends_and_encodings(tmp_path: Path, separator: str, end: str, encoding: str, said: str) -> None:
    raw = end.join(separator.join(row) for row in ROWS).encode(encoding)
    document = read(written(tmp_path, raw))
    assert outline(document) == EXPECTED
    assert (document.encoding, document.counts) == (said, (TokenCount("", 8),))
    assert [b.separator for b in document.blocks if isinstance(b, Table)] == ["csv"]


def test_commas_and_quotes() -> None:
    text = 'Område,Budget,Regnskab\n"Skoler, alle","1.234,5",7\n"Den ""gamle"" SFO",8,9\n'
    assert outline(parse(text, "a.csv")) == [
        "T",
        "1 | Område | Budget | Regnskab",
        "2 | Skoler, alle | 1.234,5 | 7",
        '3 | Den "gamle" SFO | 8 | 9',
    ]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;1,5;2,5\nb;3,5;4,5", ";"),
        ("a\t1,5\nb\t3,5", "\t"),
        ("a,1,2\nb,3,4", ","),
        ("a,1;b\nc,2;d", ";"),
        ('"a;b",1\n"c;d",2', ","),
        ("navn,by\nHansen, Ole,Køge\nJensen,Ry", ","),
        ("En sætning, med komma.\nEn til uden.\nOg en tredje.", None),
        ("bare ord\nflere ord", None),
        ("a;b", ";"),
        ("titel\n\na;1;2\nb;3;4\nnote, med komma", ";"),
    ],
)
def test_the_separator_is_counted(text: str, separator: str | None) -> None:
    assert find_separator(text) == separator


@pytest.mark.parametrize(("first", "separator"), [("sep=;", ";"), ('"sep=,"', ","), ("SEP=\\t", "\t"), ("sep=|", "|")])
def test_a_separator_that_excel_states(first: str, separator: str) -> None:
    text = f"{first}\nLinje{separator}Beløb\na{separator}5\n"
    assert outline(parse(text, "a.csv")) == ["T", "2 | Linje | Beløb", "3 | a | 5"]


def test_titles_notes_and_blank_lines() -> None:
    text = (
        "Regnskab 2021;;\nBeløb i 1.000 kr.\n\nOmråde;2020;2021\nDrift;;\nSkoler;1;2\n\nI alt;1;2\n"
        "Anm.: årets priser; uden moms\n\nTabel 2;;\nEnhed;Antal;\nx;7;\n"
    )
    assert outline(parse(text, "a.csv")) == [
        "P1 Regnskab 2021",
        "P2 Beløb i 1.000 kr.",
        "T",
        "4 | Område | 2020 | 2021",
        "5 | Drift |  | ",
        "6 | Skoler | 1 | 2",
        "8 | I alt | 1 | 2",
        "P9 Anm.: årets priser; uden moms",
        "P11 Tabel 2",
        "T",
        "12 | Enhed | Antal",
        "13 | x | 7",
    ]


def test_ragged_rows_keep_their_cells() -> None:
    text = "Linje;A;B;C\na;1;2;3\nb;4;5\nc;6;7;8;9\n;1\n"
    made = parse(text, "a.csv")
    assert outline(made) == [
        "T",
        "1 | Linje | A | B | C",
        "2 | a | 1 | 2 | 3",
        "3 | b | 4 | 5",
        "4 | c | 6 | 7 | 8 | 9",
        "5 |  | 1",
    ]
    assert isinstance(made[0], Table)
    assert [c.column for c in made[0].rows[1].cells] == [1, 2, 3, 4]


def test_cells_over_several_lines_count_as_lines() -> None:
    text = 'Linje;"Korrigeret\nbudget\n2021";Regnskab\na;1;2\n"b\nto";3;4\n'
    assert outline(parse(text, "a.csv")) == [
        "T",
        "1 | Linje | Korrigeret\nbudget\n2021 | Regnskab",
        "4 | a | 1 | 2",
        "5 | b\nto | 3 | 4",
    ]


def test_a_leading_blank_column_is_left_out_and_blanks_before_labels_are_kept() -> None:
    text = ";Linje;Beløb\n;Løn;5\n;  heraf lærere;3\n"
    assert outline(parse(text, "a.csv")) == ["T", "1 | Linje | Beløb", "2 | Løn | 5", "3 |   heraf lærere | 3"]


def test_without_separators_it_is_read_as_text() -> None:
    text = "Område        2020    2021\nSkoler           1       2\nSFO              3       4\n\nEn note, med komma.\n"
    assert outline(parse(text, "a.csv")) == [
        "T",
        "1 | Område | 2020 | 2021",
        "2 | Skoler | 1 | 2",
        "3 | SFO | 3 | 4",
        "P5 En note, med komma.",
    ]


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".tab", ".CSV"])
def test_endings(tmp_path: Path, ending: str) -> None:
    assert outline(read(written(tmp_path, b"a\t5\nb\t6\n", "a" + ending))) == ["T", "1 | a | 5", "2 | b | 6"]
