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
    r"^(?:(?:anm|anmærkning(?:er)?|note|kilder?|bemærk|obs)\b|(?:\*+\)?|[¹²³⁴-⁹])\s*\S.{25}"
    r"|\(?(?:\d{1,2}|[a-z])\)\s*\S.{35})",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:i alt|ialt|sum|total|totalt|samlet|resultat|netto|balance)\b|^\*+\s", re.IGNORECASE)
_TITLE = re.compile(r"^(?:tabel|oversigt|bilag|skema)\s+\d", re.IGNORECASE)
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d*)(?:,\d+)?$", re.ASCII)
_WORD = re.compile(r"(?!kr|dkk|d\.|dkr|m[ilkrd]|minus|t|øre|p)[^\W\d_]", re.IGNORECASE)
"""Plain Danish numbers, and words that begin no figure (only units and 'minus' stand before one): most cells of a
large sheet are one of them and need no closer look."""
_SHORT = 60
_NEAR = 3


class Line(NamedTuple):
    """A row of one lane of a sheet.

    `gap` counts the blank rows above it. `figures` are all columns that hold a figure, `values` those that can be
    amounts (right of the first words; without words, all but the first), `amounts` those less years.
    """

    row: GridRow
    gap: int
    figures: frozenset[int]
    values: frozenset[int]
    amounts: frozenset[int]
    first_word: int  # the column of the first cell that is no figure, 0 where all are

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
        """How many of `columns` hold words, neither a figure nor a dash for zero."""
        return sum(c.column in columns and c.column not in self.figures for c in self.row.cells)

    def is_data(self, known: Collection[int] = ()) -> bool:
        """Whether the row states figures: behind a label, two of them, or one in a `known` column of figures.

        A row with nothing but years beside its words is none: it is a heading, or says which year it is.
        """
        if self.amounts:
            return True
        return not self.is_years and not self.words(known) and any(column in known for column in self.figures)

    @property
    def is_years(self) -> bool:
        """Two years or more that stand in a row as headings do: near each other, or alike."""
        years = [int(c.text) for c in self.row.cells if c.column in self.figures and YEAR.match(c.text.strip())]
        if self.amounts or len(years) < 2:
            return False
        return all(abs(b - a) <= _NEAR for a, b in itertools.pairwise(years))


def line_of(row: GridRow, gap: int) -> Line:
    """A row with its figures found."""
    figures, years, first_word = [], [], 0
    for cell, kind in zip(row.cells, row.kinds, strict=True):
        if kind == DATE or (kind == TEXT and not _is_figure(cell)):
            first_word = first_word or cell.column
            continue
        figures.append(cell.column)
        if len(cell.text) == 4 and YEAR.match(cell.text):
            years.append(cell.column)
    if first_word == 1 or not figures:
        values = figures
    else:
        values = [c for c in figures if c > first_word] if first_word else figures[1:]
    amounts = [c for c in values if c not in years] if years else values
    return Line(row, gap, frozenset(figures), frozenset(values), frozenset(amounts), first_word)


def _is_figure(cell: Cell) -> bool:
    text = cell.text.strip()
    if _PLAIN.match(text):
        return True
    return len(text) <= 40 and not _WORD.match(text) and _looks(text)


@lru_cache(maxsize=20_000)
def _looks(text: str) -> bool:
    return bool(text) and (is_zero_dash(text) or (any(c.isdigit() for c in text) and looks_like_figure(text)))
