"""What is a row of a sheet: does it hold figures, a label alone, or words as a heading or a note does?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from checker.amounts.numbers import is_zero_dash
from checker.amounts.units import looks_like_figure
from checker.model.document import Cell
from checker.readers.sheet import DATE, TEXT, GridRow

YEAR = re.compile(r"^(?:19|20)\d\d$")
_NOTE = re.compile(
    r"^(?:anm\b|anmærkning|note\b|noter\b|kilde\b|kilder\b|bemærk|obs\b|\*|[¹²³⁴-⁹]|\(?(?:\d{1,2}|[a-z])\)\s)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:i alt|ialt|sum|total|totalt|samlet|resultat|netto|balance)\b|^\*+\s", re.IGNORECASE)
_TITLE = re.compile(r"^(?:tabel|oversigt|bilag|skema)\s+\d", re.IGNORECASE)
_SHORT = 60


class Line(NamedTuple):
    """A row of one lane of a sheet.

    `gap` counts the blank rows above it; `figures` are the columns that hold a figure, years among them, and
    `amounts` those without years.
    """

    row: GridRow
    gap: int
    figures: frozenset[int]
    amounts: frozenset[int]

    @property
    def line(self) -> int:
        """The row's number in the sheet."""
        return self.row.line

    @property
    def first(self) -> int:
        """The column of the leftmost filled cell."""
        return self.row.cells[0].column

    @property
    def text(self) -> str:
        """Everything in the row."""
        return " ".join(c.text.strip() for c in self.row.cells)

    @property
    def is_single(self) -> bool:
        """One cell of words and nothing else."""
        return len(self.row.cells) == 1 and not self.figures

    @property
    def is_note(self) -> bool:
        """Words that speak of a table and are none of its rows: marked so, or a sentence."""
        text = self.row.cells[0].text.strip()
        if len(self.row.cells) > 1:  # a mark, and the note in the next cell; 'Note' may head a column
            return len(self.row.cells) == 2 and bool(_NOTE.match(text + " ")) and len(self.text) > _SHORT
        return bool(_NOTE.match(text)) or len(text) > _SHORT or (text.endswith(".") and text.count(" ") >= 4)

    @property
    def is_title(self) -> bool:
        """'Tabel 2 …': never a row inside a table."""
        return bool(_TITLE.match(self.text))

    @property
    def is_total(self) -> bool:
        """A row whose label is that of a sum."""
        return any(c.column not in self.figures and _TOTAL.search(c.text) for c in self.row.cells)

    def words(self, columns: Collection[int]) -> int:
        """How many of `columns` hold words or a year, but neither a figure nor a dash for zero."""
        return sum(c.column in columns and c.column not in self.amounts for c in self.row.cells)

    def is_data(self, known: Collection[int] = ()) -> bool:
        """Whether the row states figures: one behind a label, two of them, or one in a column of figures.

        A row with nothing but years beside its words is none: it is a heading, or says which year it is.
        """
        if not self.amounts:
            return bool(self.figures & frozenset(known)) and not self.is_years
        behind = [column for column in self.amounts if column != self.first]
        return bool(behind) or (len(self.row.cells) > 1 and len(self.amounts) > 1) or self.first in known

    @property
    def is_years(self) -> bool:
        """Two years or more that stand in a row as headings do: each differs by one, or all are alike."""
        years = [int(c.text) for c in self.row.cells if c.column in self.figures and YEAR.match(c.text.strip())]
        if self.amounts or len(years) < 2:
            return False
        steps = {b - a for a, b in itertools.pairwise(years)}
        return steps <= {-1, 0, 1}


def line_of(row: GridRow, gap: int) -> Line:
    """A row with its figures found."""
    figures, amounts = [], []
    for cell, kind in zip(row.cells, row.kinds, strict=True):
        if kind == TEXT:
            if not _is_figure(cell):
                continue
        elif kind == DATE:
            continue
        figures.append(cell.column)
        if len(cell.text) != 4 or not YEAR.match(cell.text):
            amounts.append(cell.column)
    return Line(row, gap, frozenset(figures), frozenset(amounts))


def _is_figure(cell: Cell) -> bool:
    return len(cell.text) <= 40 and _looks(cell.text.strip())


@lru_cache(maxsize=20_000)
def _looks(text: str) -> bool:
    return bool(text) and (is_zero_dash(text) or (any(c.isdigit() for c in text) and looks_like_figure(text)))
