"""What a reader hands over: tables of text cells and paragraphs, each with its place, and nothing judged."""

from __future__ import annotations

from dataclasses import dataclass

_AFTER_TABLES = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file, in the terms the format has; the rest is None.

    `line` and `column` count from 1 (column in characters for text), `table` and `row` count tables in the
    file and rows in the table from 1, header rows included.
    """

    file: str
    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    sheet: str | None = None
    cell: str | None = None
    page: int | None = None
    paragraph: int | None = None
    snippet: str | None = None
    position: int | None = None
    mark: tuple[int, int] | None = None

    @property
    def order(self) -> tuple[str, int, int, int, int]:
        """Sorts places as they stand in their files; of a workbook by table and cell, words outside tables last."""
        if self.cell is None:
            return (self.file, self.line or self.position or 0, self.table or 0, self.row or 0, self.column or 0)
        row, column = cell_position(self.cell)
        if self.table is None:
            return (self.file, _AFTER_TABLES, self.paragraph or 0, row, column)
        return (self.file, self.table, 0, row, column)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as text, as it is shown (leading blanks are kept: they may be the indentation).

    `stored` is the exact decimal text ('69631470.25') of the number behind a shown one, only where it says more
    than what is shown; `scale` is what the number format divides it by before it is shown (1000 for '#,##0,').
    """

    text: str
    column: int  # character position in the line, or number of the sheet's column; from 1
    stored: str | None = None
    scale: int = 1
    repeated: bool = False  # the text of merged cells, written into another cell that they cover


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row of a table; `line` is the line of the text or the row of the sheet, from 1.

    Where the table is `flow`, `line` is the running number of the row among all rows and paragraphs of the file.
    """

    cells: tuple[Cell, ...]
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together: separator 'tab', 'pipe', 'semicolon', 'spaces', 'csv', 'sheet', 'word', 'ruled' or
    'unruled' (columns seen from where words stand on a page, which is a guess until the table is shown to add up).

    `flow` says that the file has no lines to count (Word, PDF).
    """

    rows: tuple[Row, ...]
    separator: str
    sheet: str | None = None
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text between tables; printed lines that belong together are joined by a line break.

    In a sheet `line` is the row and `column` the number of the column; where `flow` is set, `line` is the running
    number among all rows and paragraphs of the file. `level` is that of a heading by its style (1 is the highest),
    0 where the file has no styles or the style is no heading. `kind` is one of PARAGRAPH_KINDS.
    """

    text: str
    line: int
    number: int  # paragraph number in the file, from 1
    sheet: str | None = None
    column: int | None = None
    flow: bool = False
    page: int | None = None
    level: int = 0
    kind: str = ""


PARAGRAPH_KINDS = ("", "list", "footnote", "text_box", "furniture")
"""What sort of paragraph it is by the file itself: an item of a list, a footnote, in a text box, a running head."""


@dataclass(frozen=True, slots=True)
class Trap:
    """Something about a cell, row, column or sheet that must be said before any arithmetic.

    `code` is one of TRAPS, `what` what was found there ('#REF!', 'rækker 4-9').
    """

    code: str
    what: str
    place: Place


TRAPS = (
    "text_number",  # text that looks like a number in a cell
    "not_calculated",  # a formula without a stored result
    "error_value",  # #REF!, #N/A, #DIV/0! …
    "hidden",  # a hidden sheet, row or column; its figures are read all the same
    "merged_figures",  # merged cells that hold a figure
    "external_link",  # a formula that takes its value from another workbook
    "minus_hidden",  # a number format that shows no minus on a negative number
    "scale_in_format",  # a number format that divides by 1.000
    "ambiguous_date",  # a date in a column of figures, perhaps a figure turned into a date
    "tracked_change",  # a change in a Word file that nobody has accepted yet; read as accepted
    "hidden_text",  # text in a Word file that is not shown; not read
    "comment",  # comments in a Word or PDF file; not read
    "page_not_read",  # a page that holds only a picture
    "table_not_read",  # a table without lines whose columns could not be proven
)
"""Every code a reader may give a trap."""


@dataclass(frozen=True, slots=True)
class TokenCount:
    """How many number-like pieces stand in one sheet, page or file, counted apart from all reading of tables.

    `where` is the sheet's name, the page's number, or '' for a whole file.
    """

    where: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as its reader saw it; `blocks` is in document order."""

    file: str
    sha256: str
    encoding: str
    blocks: tuple[Table | Paragraph, ...]
    traps: tuple[Trap, ...] = ()
    counts: tuple[TokenCount, ...] = ()


def cell_name(row: int, column: int) -> str:
    """The A1 address of a row and column, both from 1: (7, 28) is 'AB7'."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def cell_position(name: str) -> tuple[int, int]:
    """The row and column of an A1 address, both from 1: 'AB7' is (7, 28)."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return int(name[len(letters) :] or 0), column
