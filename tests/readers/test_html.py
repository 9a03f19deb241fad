"""Is a web page under Excel's ending read, and a text with separators too?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.sheets import outline, read, refused, traps

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><title>Titel</title>
<style>td {a: b}</style></head><body><h2>Regnskab
 2021</h2><p>I 1.000 kr.</p><table border=1>
<tr><th rowspan=2>Område<th colspan=2>Beløb</th></tr><tr><th>2020</th><th>2021</tr>
<tr><td>Skoler &amp; <b>SFO</b><br>i alt</td><td x:num="1234.5">1,235</td><td>-5&nbsp;000</td></tr><tr><td></td></tr>
<tr><td>I alt</td><td>7</td><td>5</table>
<p>Anm.: årets priser</p><table><tr><td>Enhed<td>Antal<tr><td>a<td>7</table></body></html>"""
EXPECTED = [
    "P1 Regnskab 2021",
    "P2 I 1.000 kr.",
    "T",
    "4 | Område | Beløb | Beløb",
    "5 |  | 2020 | 2021",
    "6 | Skoler & SFO\ni alt | 1.235 (1234.5 : 1) | -5 000",
    "8 | I alt | 7 | 5",
    "P10 Anm.: årets priser",
    "T",
    "12 | Enhed | Antal",
    "13 | a | 7",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_web_page(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(PAGE.encode(encoding))
    document = read(path)
    assert outline(document) == EXPECTED
    assert document.encoding == encoding.removesuffix("-sig")
    assert traps(document) == []


def test_a_table_that_is_never_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<table><tr><td>Linje<td>Beløb<tr><td>a<td>5<tr><td>b<td>6", encoding="utf-8")
    assert outline(read(path)) == ["T", "1 | Linje | Beløb", "2 | a | 5", "3 | b | 6"]


def test_a_page_without_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<html><table><tr><td></table></html>", encoding="utf-8")
    assert refused(path) == "input.no_cells"


def test_a_page_with_cells_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<table><tr>" + "<td colspan=999999>x" * 3, encoding="utf-8")
    assert refused(path) == "input.damaged_workbook"


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_a_text_with_separators(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(f"Område{separator}Beløb\r\nSkoler{separator}1.234,5\r\n".encode("cp1252"))
    assert outline(read(path)) == ["T", "1 | Område | Beløb", "2 | Skoler | 1.234,5"]
