"""Are .xls and .xlsb read as they are shown? The values are compared with those that calamine reads."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import load_workbook

from checker.model.document import Place, Trap
from checker.readers.binary_book import rk_number
from tests.readers import binary
from tests.readers.binary import Cells, Error, Formula, Shared, compound, mini_compound, xls, xlsb
from tests.readers.sheets import outline, read, refused, traps

FORMATS = ["#,##0,", "#,##0;#,##0", "dd-mm-yyyy", "0.0%", ";;;"]
CELLS: Cells = {
    (0, 0): ("Område", 0),
    (0, 1): (2021, 0),
    (0, 2): (2022, 0),
    (0, 3): ("Bem.", 0),
    (1, 0): ("Løn", 0),
    (1, 1): (69631470.25, 1),
    (1, 2): (2_000_000, 1),
    (2, 0): (Shared(0), 0),
    (2, 1): (-5, 2),
    (2, 2): (Formula(0.1 + 0.2), 0),
    (2, 3): (Formula("tekst ▲"), 0),
    (3, 0): ("Varer", 0),
    (3, 1): (Error(0x17), 0),
    (3, 2): (Formula(Error(0x2A)), 0),
    (3, 3): (44197.0, 3),
    (4, 0): ("Leje", 0),
    (4, 1): (0.1234, 4),
    (4, 2): (7.0, 5),
    (4, 3): (Formula(True), 0),
    (5, 0): ("  ", 0),
    (6, 0): ("I alt", 0),
    (6, 1): (-1234.5, 0),
    (6, 2): (False, 0),
}
OUTLINE = [
    "T Ark 1",
    "1 | Område | 2021 | 2022 | Bem.",
    "2 | Løn | 69.631 (69631470.25 : 1000) | 2.000 (None : 1000) | ",
    "3 | Køb ▼ | 5 (-5 : 1) | 0,3 | tekst ▲",
    "4 | Varer | #REF! | #N/A | 2021-01-01",
    "5 | Leje | 12,3% (0.1234 : 1) |  (7 : 1) | SAND",
    "7 | I alt | -1234,5 | FALSK | ",
    "P1 x",
]
TRAPS = [
    "hidden 4 @ Ark 1!row:4",
    "hidden C @ Ark 1!column:3",
    "hidden C5 @ Ark 1!C5",
    "error_value #REF! @ Ark 1!B4",
    "error_value #N/A @ Ark 1!C4",
    "minus_hidden B3 @ Ark 1!B3",
    "scale_in_format #,##0,: B2, C2 @ Ark 1!B2",
    "hidden Skjult @ Skjult",
]
Maker = Callable[..., bytes]


def both() -> pytest.MarkDecorator:
    """Run a test for the two formats."""
    return pytest.mark.parametrize(("make", "ending"), [(xls, "xls"), (xlsb, "xlsb")])


def written(tmp_path: Path, raw: bytes, ending: str) -> Path:
    """The bytes as a file."""
    path = tmp_path / f"a.{ending}"
    path.write_bytes(raw)
    return path


@both()
def test_cells_as_shown(tmp_path: Path, make: Maker, ending: str) -> None:
    raw = make(
        {"Ark 1": CELLS, "Skjult": {(0, 0): ("x", 0)}},
        formats=FORMATS,
        hidden=["Skjult"],
        hidden_rows=[3],
        hidden_columns=[2],
        texts=["Køb ▼"],
    )
    document = read(written(tmp_path, raw, ending))
    assert document.encoding == ending
    assert outline(document) == OUTLINE
    assert traps(document) == TRAPS
    assert [(c.where, c.tokens) for c in document.counts] == [("Ark 1", 11), ("Skjult", 0)]


@both()
def test_calamine_reads_the_same_values(make: Maker, ending: str) -> None:
    book = load_workbook(io.BytesIO(make({"Ark 1": CELLS}, formats=FORMATS, texts=["Køb ▼"])))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[:2] for row in rows] == [
        ["Område", 2021.0],
        ["Løn", 69631470.25],
        ["Køb ▼", -5.0],
        ["Varer", ""],
        ["Leje", 0.1234],
        ["  ", ""],
        ["I alt", -1234.5],
    ], ending
    assert rows[2][2:] == [0.1 + 0.2, "tekst ▲"]


@both()
def test_merged_headings(tmp_path: Path, make: Maker, ending: str) -> None:
    cells: Cells = {
        (0, 1): ("Budget", 0),
        (1, 0): ("Linje", 0),
        (1, 1): (2021, 0),
        (1, 2): (2022, 0),
        (2, 0): ("a", 0),
        (2, 1): (1, 0),
        (2, 2): (2, 0),
        (3, 0): ("b", 0),
        (3, 1): (3, 0),
    }
    document = read(written(tmp_path, make({"A": cells}, merges=[(0, 0, 1, 2), (3, 3, 1, 2)]), ending))
    assert outline(document)[1:] == [
        "1 |  | Budget | Budget",
        "2 | Linje | 2021 | 2022",
        "3 | a | 1 | 2",
        "4 | b | 3 | ",
    ]
    assert traps(document) == ["merged_figures B4:C4 @ A!B4"]


@both()
def test_shared_texts_that_go_on_in_the_next_record(tmp_path: Path, make: Maker, ending: str) -> None:
    texts = [f"{n} " + "ab▲æ"[n % 4] * (n * 7 % 300) for n in range(120)] + ["latin " * 50 + "▲" * 90 + "x" * 300]
    cells: Cells = {(n, 0): (Shared(n), 0) for n in range(len(texts))}
    raw = make({"A": cells}, texts=texts)
    assert [r[0] for r in load_workbook(io.BytesIO(raw)).get_sheet_by_index(0).to_python()] == texts
    said = " ".join(line.split(" ", 1)[1] for line in outline(read(written(tmp_path, raw, ending))))
    assert said.split() == " ".join(texts).split()


def test_many_numbers_in_one_record(tmp_path: Path) -> None:
    """MULRK, which Excel writes for neighbours, is put together by hand."""
    numbers = struct.pack("<HH", 0, 1)
    for packed in (
        5 << 2 | 2,
        (-5 << 2 | 2) & 0xFFFFFFFF,
        1234 << 2 | 3,
        struct.unpack("<Q", struct.pack("<d", 0.5))[0] >> 32,
    ):
        numbers += struct.pack("<HI", 0, packed)
    record = binary._record(0xBD, numbers + struct.pack("<H", 4))
    cells = binary._xls_cell(struct.pack("<HHH", 0, 0, 0), "a") + record
    sheet = binary._bof(0x10) + cells + binary._record(0x0A)
    head = binary._bof(5) + binary._record(0x42, struct.pack("<H", 1200))
    at = len(head) + 14 + 4
    head += binary._record(0x85, struct.pack("<IBBBB", at, 0, 0, 1, 1) + "A".encode("utf-16-le")) + binary._record(0x0A)
    assert at == len(head)
    path = written(tmp_path, compound(head + sheet), "xls")
    assert outline(read(path)) == ["T A", "1 | a | 5 | -5 | 12,34 | 0,5"]
    assert load_workbook(path).get_sheet_by_index(0).to_python() == [["a", 5.0, -5.0, 12.34, 0.5]]


def test_numbers_in_the_short_form() -> None:
    assert [rk_number(packed) for packed in (0, 2, 6, 0xFFFFFFFE, 0x3FF00000, 0x3FF00001, 4 * 12345 + 3)] == [
        0.0,
        0.0,
        1.0,
        -1.0,
        1.0,
        0.01,
        123.45,
    ]


def test_a_small_file_lies_in_short_sectors(tmp_path: Path) -> None:
    path = written(tmp_path, xls({"A": {(0, 0): ("Hej", 0)}}, mini=True), "xls")
    assert outline(read(path)) == ["P1 Hej"]


def test_a_large_file_lists_its_sectors_in_more_than_the_header(tmp_path: Path) -> None:
    raw = xls({"A": {(0, 0): ("Hej", 0)}}, extra=b"".join(binary._record(0x99, bytes(8000)) for _ in range(1100)))
    assert len(raw) > 8_000_000
    path = written(tmp_path, raw, "xls")
    assert outline(read(path)) == ["P1 Hej"]
    assert load_workbook(path).get_sheet_by_index(0).to_python() == [["Hej"]]


def test_a_chain_of_sectors_in_a_circle(tmp_path: Path) -> None:
    raw = bytearray(xls({"A": {(0, 0): ("Hej", 0)}}))
    fat = int.from_bytes(raw[76:80], "little") * 512 + 512
    raw[fat : fat + 4] = (0).to_bytes(4, "little")
    assert refused(written(tmp_path, bytes(raw), "xls")) == "input.damaged_workbook"
    small = bytearray(xls({"A": {(0, 0): ("Hej", 0)}}, mini=True))
    fat = (int.from_bytes(small[60:64], "little") + 1) * 512
    small[fat : fat + 4] = (0).to_bytes(4, "little")
    assert refused(written(tmp_path, bytes(small), "xls")) == "input.damaged_workbook"


def test_a_file_of_excel_95(tmp_path: Path) -> None:
    book = b"\x09\x08\x08\x00\x00\x05\x05\x00\xbb\x0d\xcc\x07\x0a\x00\x00\x00"
    assert refused(written(tmp_path, compound(book, "Book"), "xls")) == "input.old_xls"
    assert refused(written(tmp_path, mini_compound(b"x" * 100), "xls")) == "input.damaged_workbook"


def test_workbooks_that_an_xls_links_to(tmp_path: Path) -> None:
    name = "\x01\x01Cdata\x03Regnskab 2020.xls"
    link = binary._record(0x1AE, struct.pack("<HHB", 1, len(name), 1) + name.encode("utf-16-le"))
    own = binary._record(0x1AE, struct.pack("<HH", 1, 0x0401))
    raw = xls({"A": {(0, 0): ("x", 0)}}, extra=link + own)
    document = read(written(tmp_path, raw, "xls"))
    assert document.traps == (Trap("external_link", "Regnskab 2020.xls", Place("a.xls")),)
