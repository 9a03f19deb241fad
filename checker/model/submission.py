"""What a submission states: facts, claims and structure, with what was not read and what was assumed."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.document import Place

KR, NUMBER, PERCENT = "kr", "number", "percent"
"""The three dimensions. A value in kr is int øre; the others are int millionths (of one, of one per cent)."""

THIS, PRIOR, EXTRACT = "this", "prior", "extract"
"""Where a fact comes from: the submission itself, last year's, or an extract of the accounting system."""

SCALE = {KR: 100, NUMBER: 1_000_000, PERCENT: 1_000_000}
"""How many value steps make one kr., one, or one per cent."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement: what a row is about.

    `key` is canonical in the submission: rows of two tables that are the same line share it. `role` is
    'line', 'total' (the printed sum of the whole table), 'subtotal', 'of_which' or 'result'. `texts` are the
    headings and cells of the columns that hold no figures, '' where a cell is blank.
    """

    key: str
    name: str
    number: str | None = None
    role: str = "line"
    scope: str | None = None
    texts: tuple[tuple[str, str], ...] = ()


PART_MARK = "·"
"""Between the key of a line and the number of a part of it that only the text names."""


@dataclass(frozen=True, slots=True)
class DataPoint:
    """What a figure is about; two facts with equal data points must agree."""

    entity: str
    scope: str | None
    line: str
    measure: str
    year: int | None
    basis: str | None
    price_year: int | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated figure: an interval with a source.

    `value` and `unit` are in the steps of `SCALE[dimension]`; `unit` is the step the figure was rounded to
    (0 = exact), so the true value lies in [value - unit/2, value + unit/2]. The sign is canonical: regnskab
    and budget + = udgift, over_underskud + = better than budget; `orientation` is -1 where the column prints
    the opposite. `as_printed` is the cell's text, untouched.
    """

    fact_id: str
    entity: str
    scope: str | None
    statement: str
    line: str
    label: str
    number: str | None
    measure: str
    year: int | None
    basis: str | None
    value: int
    unit: int
    dimension: str
    unit_known: bool
    as_printed: str
    orientation: int
    place: Place
    as_of: str | None = None
    price_year: int | None = None
    submission: str = THIS
    remarks: tuple[str, ...] = ()
    exact: int | None = None  # the value stored behind the shown one, in steps; None where it says nothing more
    exact_unit: int = 0  # what that was rounded to: more than 0 only where it is finer than a step
    text: bool = False  # it stands in a sentence, not in a table
    coarse: int = 0  # what a round amount in a sentence may have been rounded to instead of `unit`; 0: no doubt
    sign_word: str = ""  # the words that say the sign of an amount in a sentence (overskud, underskud …)
    of_which: bool = False  # told with 'heraf': more of the same may be left untold
    sure: bool = True  # what it is stands right beside it in the sentence; always so in a table
    refers: str = ""  # id of the fact whose amount the sentence refers back to ('Beløbet søges overført')

    @property
    def point(self) -> DataPoint:
        """The data point; prices of the figure's own year are the rule, so only another price year sets it apart."""
        price_year = None if self.price_year == self.year else self.price_year
        return DataPoint(
            self.entity, self.scope, self.line, self.measure, self.year, self.basis, price_year, self.as_of
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """Something a document says about its figures.

    `kind` is unit, sign, price_year, price_basis, year_named, title_year, empty_column, selected, line_name,
    footnote_mark, footnote, declared (by regnskab.yaml), trap, unmapped (a row of an extract), long_form, or what a
    sentence says: text_transfer_year, text_contradiction, text_double_negative, text_no_line, text_explained;
    `about` is what it concerns (a measure, an expense, a mark) and `value` what it says (a sign, a year).
    """

    kind: str
    statement: str
    about: str
    value: str
    place: Place
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """An amount column of a statement as recognised."""

    index: int
    header: str
    measure: str
    year: int | None
    basis: str | None
    as_of: str | None
    unit_kr: int | None  # in øre: the unit of the header ('I 1.000 kr.' = 100.000), None where none is stated
    dimension: str
    orientation: int = 1
    orientation_why: str = "as_printed"  # rows, same_heading, same_lines, heading, as_printed or undecided
    better_sign: str = ""  # of a deviation, by the figures: the sign that 'better than budget' has as printed
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """Who is part of whom in one statement, and how that was seen (numbering, indentation, section, total_row)."""

    statement: str
    whole: str
    parts: tuple[str, ...]
    seen_by: str
    whole_label: str
    without_figures: tuple[str, ...] = ()
    selected: bool = False  # the statement says it lists selected parts and nothing shows that it lists them all
    certain: bool = True  # False: the rows could be read otherwise, and the parts add up in no column
    scope: str | None = None
    part_scopes: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class TextParts:
    """Amounts that a text says are parts of another ('heraf'), by the ids of their facts."""

    whole: str
    parts: tuple[str, ...]
    measure: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A recognised table, or a paragraph of text that states figures (layout 'text', no columns and lines)."""

    id: str
    title: str
    layout: str  # id of the layout that knew it, or 'generic'
    expense_sign: str  # by the figures: the sign an expense has as printed, '' where undecided
    place: Place
    scope: str | None
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    years: tuple[int, ...] = ()
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader did or assumed and says: catalogue key, arguments, place."""

    key: str
    args: tuple[tuple[str, str], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class NotRead:
    """Text that looks like a figure and did not become a fact, with the reason's catalogue key."""

    reason: str
    text: str
    place: Place
    is_amount: bool = True


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the submission: relative path, hash and encoding of its bytes."""

    path: str
    sha256: str
    encoding: str
    role: str = THIS


@dataclass(frozen=True, slots=True)
class Extract:
    """How an extract from the accounting system is mapped: printed line (number or name) -> patterns of its rows.

    A pattern is the row's number or name; `*` at its end takes everything that begins so. Without `lines` the rows
    are matched by number and name as those of any table are.
    """

    file: str
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """What a folder's regnskab.yaml states; None or '' where it says nothing.

    `unit_kr` is in øre; `expense_sign` is '+' or '-'; `aliases` are (other name, the line's name or number);
    `claims` are the statements that must agree with what is read.
    """

    municipality: str = ""
    entity: str = ""
    year: int | None = None
    unit_kr: int | None = None
    expense_sign: str = ""
    ruleset: str = ""
    prior: str = ""
    extract: Extract | None = None
    aliases: tuple[tuple[str, str], ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """The account of one sheet, page or file: every number-like piece is an amount, no amount, or not read.

    `tokens` is counted apart from the reading; what the three do not explain is `tokens` less their sum.
    """

    file: str
    where: str  # sheet or page, '' for the whole file
    tokens: int
    amounts: int
    non_amounts: int
    not_read: int

    @property
    def unexplained(self) -> int:
        """Pieces that nothing accounts for."""
        return self.tokens - self.amounts - self.non_amounts - self.not_read


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything read from one submission.

    `statements` are tables and `texts` paragraphs that state figures; `facts` are of both.
    `facts`, `statements`, `claims` and `structure` are of the submission itself; `others` are the facts of last
    year's submission and of an extract from the accounting system, `other_statements` the tables they stand in.
    `entity` is the first of `entities`.
    """

    files: tuple[SourceFile, ...]
    entity: str
    year: int | None
    statements: tuple[Statement, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]
    structure: tuple[Parts, ...]
    remarks: tuple[Remark, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    others: tuple[Fact, ...] = ()
    other_statements: tuple[Statement, ...] = ()
    extraction: tuple[Extraction, ...] = ()
    entities: tuple[str, ...] = ()
    municipality: str = ""
    texts: tuple[Statement, ...] = ()
    text_parts: tuple[TextParts, ...] = ()
    faults: tuple[Remark, ...] = ()  # files that could not be read at all; the run ends with exit code 2
