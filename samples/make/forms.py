"""The same submission in other forms: what are the CSV file, the workbook and the long form of a text?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from checker.reports.fact_list import FORMATS
from checker.run import read
from samples.make.book import Book, csv_text

SAMPLES = Path(__file__).parent.parent
FORMS = "andre-former"
"""The folder beside a text with the same submission in other forms."""

TEXTS = {
    "naestved-it-2021": "regnskab.txt",
    "havn-og-vej-2023": "regnskab.txt",
    "kultur-mio-2024": "budgetopfoelgning.txt",
}


def lines_of(sample: str, file: str) -> list[list[str]]:
    """The lines of a sample's text as cells, parted by tabs, bars or two blanks; a blank line is an empty list."""
    found = []
    for line in (SAMPLES / sample / file).read_text(encoding="utf-8").splitlines():
        text = re.sub(r"</?i>|^# ", "", line)
        if text.startswith("|--"):
            continue
        if "\t" in text:
            cells = text.split("\t")
        elif text.startswith("|"):
            cells = [cell.strip() for cell in text.strip("|").split("|")]
        else:
            indent, first = len(text) - len(text.lstrip()), re.split(r"\s{2,}", text.strip())
            cells = ["", *first] if indent > 9 else [" " * indent + first[0], *first[1:]]
        found.append(cells if any(cells) else [])
    return found


def part(lines: Sequence[list[str]], start: str, nth: int = 0) -> Sequence[list[str]]:
    """The lines from the nth that begins with these words to the next blank one."""
    at = [i for i, cells in enumerate(lines) if " ".join(cells).strip().startswith(start)][nth]
    return lines[at : next((i for i in range(at, len(lines)) if not lines[i]), len(lines))]


def whole_table(lines: Sequence[list[str]]) -> list[list[str]]:
    """The lines without the page break inside a table, the cells that its last rows lack put in."""
    on = next(i for i, cells in enumerate(lines) if cells[:1] == ["5.a"])
    at = max(i for i, cells in enumerate(lines[:on]) if cells[:1] == ["5"])
    last = next(i for i in range(on, len(lines)) if not lines[i])
    return [*lines[: at + 1], *([*row[:-1], "", row[-1]] for row in lines[on:last]), *lines[last:]]


def naestved(root: Path) -> None:
    """Four sheets, two tables on the first, merged headings; the table that the text breaks over two pages is whole."""
    lines = whole_table(lines_of("naestved-it-2021", "regnskab.txt"))
    book = Book(root / "naestved-it-2021" / FORMS / "regnskab.xlsx", "Økonomi")
    book.add("Hovedtal", 34, *[15] * 5)
    words = [line[0] for line in lines if len(line) == 1]
    book.words(words[0], bold=True)
    book.words(words[1], words[2], skip=1)
    for nth in (0, 1):
        table = part(lines, "I 1.000 kr.", nth)
        book.heading(table[0])
        book.body(table[1:])
    notes, areas = words.index("Noter til regnskab 2021"), words.index("Aktivitetsområder i regnskabet")
    amounts = next(i for i, text in enumerate(words) if text.startswith("Forudsætninger for"))
    sign = words.index("- = udgift; + = indtægt.")
    book.words(*words[3:notes])
    book.add("Aktivitetsområder", 5, 34, *[15] * 4)
    book.words(*words[notes:areas], skip=1)
    book.words(words[areas], bold=True)
    table = part(lines, "I 1.000 kr.", 2)
    book.heading(table[0])
    book.body(table[1:])
    book.words(*words[areas + 1 : amounts - 1])
    book.add("Forudsætninger", 6, 38, 10, *[13] * 6)
    book.words(*words[amounts - 1 : amounts + 1], skip=1)
    table = part(lines, "Nr.")
    book.heading(*table[:2], merge=True)
    book.body(table[2:])
    book.words(words[sign])
    book.add("Forklaring", 100)
    book.words(*words[sign + 1 :])
    book.close()
    save_csv(root, "naestved-it-2021", "regnskab.csv", csv_text(lines, pad=True).encode("cp1252"))


def havn(root: Path) -> None:
    """Both tables on one sheet, years below their headings, indents as cell formats, a dash that is a zero."""
    lines = lines_of("havn-og-vej-2023", "regnskab.txt")
    book = Book(root / "havn-og-vej-2023" / FORMS / "regnskab.xlsx", "Teknik og Miljø")
    book.add("Regnskab 2023", 30, *[14] * 5)
    book.words("Teknik- og Miljøudvalget", "Regnskab 2023", bold=True, skip=1)
    book.words("Resultat på udvalgets områder", bold=True)
    table = part(lines, "Beløb i 1.000 kr.")
    book.heading(table[0], table[1])
    book.body(table[2:])
    book.words(*(line[0] for line in part(lines, "Anm.:")), skip=1)
    book.words("Overførsler fra 2023 til 2024 (i hele kr.)", skip=1, bold=True)
    table = part(lines, "Område")
    book.heading(table[0])
    book.body(table[1:])
    book.words(lines[-1][0])
    book.close()
    save_csv(root, "havn-og-vej-2023", "regnskab.csv", b"\xef\xbb\xbf" + csv_text(lines, pad=False).encode())


def kultur(root: Path) -> None:
    """A table inside the sheet below a merged title, per cents with their own format, millions with one decimal."""
    lines = lines_of("kultur-mio-2024", "budgetopfoelgning.txt")
    book = Book(root / "kultur-mio-2024" / FORMS / "budgetopfoelgning.xlsx", "Kultur og Fritid")
    book.add("Opfølgning", 32, *[15] * 5, top=1, left=1)
    book.words(lines[0][0], bold=True, over=6)
    book.words(lines[2][0], over=6, skip=1)
    table = part(lines, "Område")
    book.heading(table[0])
    book.body(table[1:])
    book.words(*(line[0] for line in part(lines, "Anm.:")), skip=1)
    book.words(lines[-1][0])
    book.close()
    save_csv(root, "kultur-mio-2024", "budgetopfoelgning.csv", csv_text(lines, pad=True).encode("cp1252"))


def save_csv(root: Path, sample: str, file: str, content: bytes) -> None:
    """Write the submission as CSV."""
    (root / sample / FORMS / file).write_bytes(content)


def long_form(root: Path) -> None:
    """Each text in long form, as `facts --format long` writes it."""
    for sample, file in TEXTS.items():
        text = FORMATS["long"](read(SAMPLES / sample / file), "da")
        save_csv(root, sample, "lang-form.csv", text.encode())
