"""How many cells of the samples' tables are read right from each form of file, in several layouts each?

    python -m benchmarks.cells [--list]

Every sample is read, written anew in each layout (`layouts`) and read back. Tables pair in their order, rows by what
they say, cells by their column; text is equal after white space is tidied. A heading of several rows counts as one,
since print does not tell it from one of several lines. A filled cell that is not right is wrong where its place holds
something else or the row holds it elsewhere, else missing. Refused are tables that recognition would not believe.
--list prints the cells that are not right and the tables that are refused.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

from benchmarks.layouts import Form, Rows, forms
from checker.model.document import Document, Table
from checker.readers import read_document
from checker.recognise import recognise
from checker.recognise.grid import header_length

ROOT = Path(__file__).resolve().parent.parent / "samples"
SAMPLES = (
    *("naestved-it-2021/regnskab.txt", "havn-og-vej-2023/regnskab.txt", "kultur-mio-2024/budgetopfoelgning.txt"),
    *("natur-udtraek-2023/materiale/regnskab.txt", "skoler-2024/2023/regnskab.txt", "skoler-2024/2024/regnskab.xlsx"),
    *("boern-2024/regnskab.xlsx", "social-mio-2024/regnskab.xlsx", "dagtilbud-priser-2023/regnskab.csv"),
)
RIGHT, WRONG, MISSING = "right", "wrong", "missing"
_TAGS = re.compile(r"</?[a-z]+>|\*\*", re.IGNORECASE)
Verdict = tuple[str, str, str]
"""RIGHT, WRONG or MISSING, the cell that was written, and the row that was read."""


def source(path: Path) -> Document:
    """A sample, without what merged cells repeat."""
    document = read_document(path)
    return replace(document, blocks=tuple(_once(b) if isinstance(b, Table) else b for b in document.blocks))


def _once(table: Table) -> Table:
    rows = (replace(r, cells=tuple(replace(c, text="") if c.repeated else c for c in r.cells)) for r in table.rows)
    return replace(table, rows=tuple(rows))


def tables(document: Document) -> list[Rows]:
    """The cells of each table without what a merge repeats: the heading as one row, pieces over page breaks joined."""
    found: list[Rows] = []
    page: int | None = None
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        head = header_length(block.rows)
        rows = [["" if c.repeated else tidy(c.text) for c in row.cells] for row in block.rows]
        heading = [" ".join(filter(None, column)) for column in zip_longest(*rows[:head], fillvalue="")]
        again = bool(found) and heading == found[-1][0] and page != block.rows[0].page
        if found and (not head or again):
            found[-1] += rows[head:]
        else:
            found.append([heading, *rows[head:]])
        page = block.rows[-1].page
    return found


def tidy(text: str) -> str:
    """The text without tags, with single blanks, and a hyphen for every minus."""
    return " ".join(_TAGS.sub("", text).replace("\u2212", "-").split())


def compare(wanted: Sequence[Rows], got: Sequence[Rows]) -> list[Verdict]:
    """What became of every filled cell; each table pairs with the one that gives most, after those paired before."""
    verdicts: list[Verdict] = []
    first = 0
    for rows in wanted:
        tried = [(at, list(_cells(rows, got[at]))) for at in range(first, len(got))]
        at, best = max(tried, key=lambda t: _right(t[1]), default=(first, list(_cells(rows, []))))
        first = at + 1 if _right(best) else first
        verdicts += best
    return verdicts


def _right(verdicts: Sequence[Verdict]) -> int:
    return sum(result == RIGHT for result, _, _ in verdicts)


def _cells(wanted: Rows, got: Rows) -> Iterator[Verdict]:
    """Rows pair where most of their cells do."""
    matcher = SequenceMatcher(None, [_said(row) for row in wanted], [_said(row) for row in got], autojunk=False)
    for _, a0, a1, b0, b1 in matcher.get_opcodes():
        for row, other in zip_longest(wanted[a0:a1], got[b0:b1], fillvalue=()):
            yield from ((_verdict(c, at, other), c, " | ".join(other)) for at, c in enumerate(row) if c)


def _verdict(cell: str, at: int, row: Sequence[str]) -> str:
    found = row[at] if at < len(row) else ""
    if found == cell:
        return RIGHT
    return WRONG if found or cell in row else MISSING


def _said(row: Sequence[str]) -> str:
    return " ".join(c for c in row if c)


def refused(document: Document) -> list[str]:
    """Titles of the tables that were seen and not believed."""
    return [c.value for c in recognise(document).claims if (c.kind, c.about) == ("trap", "table_not_read")]


def measure(form: Form, folder: Path, listed: bool) -> tuple[Counter[str], int]:
    """What became of the cells of all samples in one form, and how many tables were refused."""
    count, doubted = Counter[str](), 0
    for name in SAMPLES:
        document = source(ROOT / name)
        path = folder / f"form{form.ending}"
        form.write(document, path, form.layout)
        read = read_document(path)
        verdicts = compare(tables(document), tables(read))
        count.update(result for result, _, _ in verdicts)
        unproven = refused(read)
        doubted += len(unproven)
        for title in unproven if listed else ():
            print(f"    {name.partition('/')[0]}: refused {title!r}")
        for result, cell, row in verdicts if listed else ():
            if result != RIGHT:
                print(f"    {name.partition('/')[0]}: {result} {cell!r} in {row!r}")
    return count, doubted


def main(arguments: Sequence[str]) -> None:
    """Print a line for each form and layout; --list the cells that are not right before it."""
    heads = f"{'cells':>6}{'right':>7}{'wrong':>7}{'missing':>9}{'share':>10}{'refused tables':>16}"
    print(f"{'form':<13}{'layout':<12}{heads}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for form in forms():
            n, doubted = measure(form, Path(folder), "--list" in arguments)
            share = f"{100 * n[RIGHT] / n.total():.1f} %"
            counts = f"{n.total():>6}{n[RIGHT]:>7}{n[WRONG]:>7}{n[MISSING]:>9}{share:>10}{doubted:>16}"
            print(f"{form.name:<13}{form.layout:<12}{counts}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
