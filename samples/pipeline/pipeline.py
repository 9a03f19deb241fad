"""Reads long form from a CSV file, says which cells break the contract, and goes on with the rows that hold.

python -m samples.pipeline.pipeline samples/pipeline/fakta.csv
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas
from pandera.errors import SchemaErrors

from checker.schemas import facts_schema
from checker.schemas.cells import BrokenCell, broken_cells
from checker.schemas.pandas import stripped

WHY = {
    "missing": "er tom, men skal udfyldes",
    "unknown": "er ikke et af kontraktens ord",
    "form": "er skrevet på en måde, som kontrakten ikke tillader",
    "duplicate": "står i flere rækker",
}


def read(path: Path) -> pandas.DataFrame:
    """The file as text. Without keep_default_na=False a line called 'NA' would be read as blank."""
    frame = pandas.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return stripped(frame)


def find(frame: pandas.DataFrame) -> list[BrokenCell]:
    """Every cell that breaks the contract, not only the first (`lazy=True`)."""
    try:
        facts_schema().validate(frame, lazy=True)
    except SchemaErrors as error:
        return broken_cells(error)
    return []


def say(cell: BrokenCell) -> str:
    """One line for a reader of the file, whose headings are row 1."""
    if cell.row is None:
        return f"Kolonnen {cell.column} mangler."
    found = f"„{cell.found}“" if cell.found else "cellen"
    return f"Række {cell.row + 2}, kolonne {cell.column}: {found} {WHY[cell.check]}."


def main(path: Path) -> int:
    """Print what is wrong and what goes on; 0 where every row holds, else 1."""
    frame = read(path)
    found = find(frame)
    for cell in found:
        print(say(cell))
    # Without a column no row can be trusted; else only the rows with a broken cell are left out.
    lost = {cell.row for cell in found if cell.row is not None}
    holds = frame.iloc[:0] if any(cell.row is None for cell in found) else frame.drop(index=frame.index[sorted(lost)])
    print(f"{len(holds)} af {len(frame)} rækker overholder kontrakten og går videre:")
    # From here on the pipeline does its own work, here a count per table.
    for statement, rows in holds.groupby("statement", sort=True) if "statement" in holds else ():
        print(f"  {statement}: {len(rows)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
