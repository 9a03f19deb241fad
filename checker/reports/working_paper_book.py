"""How is the working paper written: sheets, styles, safe texts, exact numbers, print settings?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

from checker.messages import text
from checker.model.outcomes import FAILED, NOT_EVALUATED, PASSED, PASSED_ROUNDING
from checker.model.rules import ERROR, NOTE, WARNING
from checker.reports.working_paper_scale import decimals

LAST_ROW = 1_048_000
"""Rows of a sheet that are used; Excel has a few more."""
_LINKS = 65_000
_LONGEST = 32_767
_TALLEST = 405.0
_CREATED = datetime(2000, 1, 1)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, those that turn the direction of writing, and what XML cannot hold."""

_BAD = {"font_color": "#9C0006", "bg_color": "#FFC7CE"}
_GOOD = {"font_color": "#006100", "bg_color": "#C6EFCE"}
_CARE = {"font_color": "#7A4B00", "bg_color": "#FFEB9C"}
_GREY = {"font_color": "#3F3F3F", "bg_color": "#EDEDED"}
_COLOURS = {
    **dict.fromkeys((ERROR, FAILED), _BAD),
    **dict.fromkeys((PASSED, PASSED_ROUNDING), _GOOD),
    WARNING: _CARE,
    **dict.fromkeys((NOTE, NOT_EVALUATED), _GREY),
}
_STYLES: dict[str, dict[str, Any]] = {
    "": {},
    "title": {"bold": True, "font_size": 14, "text_wrap": False},
    "plain": {"text_wrap": False},
    "part": {"bold": True, "font_size": 11, "text_wrap": False},
    "bold": {"bold": True},
    "head": {"bold": True, "bg_color": "#D9E1F2", "bottom": 1},
    "head_number": {"bold": True, "bg_color": "#D9E1F2", "bottom": 1, "align": "right"},
    "link": {"font_color": "#0B4A8F", "underline": 1},
    "input": {"bg_color": "#FFFBE0", "border": 1, "border_color": "#BFBFBF"},
    **{name: {"bold": True, **colours} for name, colours in _COLOURS.items()},
}


_FIGURES = (
    *("number", "stated", "computed", "difference", "tolerance", "value", "rounded", "weight", "part", "down", "up"),
    *("suggestion", "off", "assessed", "tokens", "read", "no_amount", "not_read", "unexplained"),
)
"""Names of columns that hold numbers."""


def clean(said: str, lang: str) -> str:
    """Text of the submission as a cell can hold it."""
    kept = _CONTROL.sub("", said)
    mark = text("paper.cut", lang)
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - len(mark)] + mark


class Book:
    """The workbook in memory."""

    def __init__(self, lang: str, header: str, footer: str) -> None:
        from xlsxwriter import Workbook

        self.lang, self._header, self._footer = lang, header, footer
        self._bytes = BytesIO()
        options = {"in_memory": True, **{f"strings_to_{what}": False for what in ("formulas", "urls", "numbers")}}
        self.file = Workbook(self._bytes, options)
        self.file.set_properties({"created": _CREATED, "author": "regnskabstjek", "title": clean(header, lang)[:200]})
        self._made: dict[tuple[Any, ...], Any] = {}
        self._sheets: list[Sheet] = []

    def name(self, key: str) -> str:
        """The name of a sheet."""
        return text(f"paper.sheet.{key}", self.lang)

    def sheet(self, key: str) -> Sheet:
        """A new sheet at the end."""
        made = self.file.add_worksheet(self.name(key))
        made.hide_gridlines(2)
        made.set_landscape()
        made.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        made.fit_to_pages(1, 0)
        page = text("paper.page", self.lang, {"page": "&P", "pages": "&N"})
        made.set_header(f"&L{_told(self._header)}&R&A")
        made.set_footer(f"&L{_told(self._footer)}&R{page}")
        self._sheets.append(Sheet(self, made))
        return self._sheets[-1]

    def style(self, name: str = "", places: int | None = None, top: bool = False, date: bool = False) -> Any:
        """A cell style; `places` are the decimals of numbers, `top` draws a line above."""
        key = (name, places, top, date)
        if key not in self._made:
            look: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
            look |= _STYLES[name]
            if places is not None:
                look |= {"num_format": "#,##0" + ("." + "0" * places if places else "") + "_ ", "text_wrap": False}
            if top:
                look |= {"top": 1, "top_color": "#8EA9DB"}
            if date:
                look |= {"num_format": "yyyy-mm-dd"}
            self._made[key] = self.file.add_format(look)
        return self._made[key]

    def colours(self, name: str) -> Any:
        """Only the colours of a style, for conditional formats."""
        key = ("only", name)
        if key not in self._made:
            self._made[key] = self.file.add_format(_COLOURS[name])
        return self._made[key]

    def close(self) -> bytes:
        """The finished file."""
        for sheet in self._sheets:
            sheet.heights()
        self.file.close()
        return self._bytes.getvalue()


class Sheet:
    """One sheet; rows and columns count from 1, as formulas do."""

    def __init__(self, book: Book, made: Any) -> None:
        self.book, self.raw, self.row = book, made, 1
        self._links = 0
        self._widths: tuple[float, ...] = ()
        self._lines: dict[int, int] = {}

    def text(self, column: int, said: str, style: str = "", top: bool = False) -> None:
        """A text in the current row, never anything else than text."""
        format_ = self.book.style(style, top=top)
        kept = clean(said, self.book.lang)
        self._fit(column, kept, style)
        if kept:
            self.raw.write_string(self.row - 1, column - 1, kept, format_)
        else:
            self.raw.write_blank(self.row - 1, column - 1, None, format_)

    def number(self, column: int, value: Fraction | int, places: int = 0, style: str = "", top: bool = False) -> None:
        """A number; decimals are added where it has more."""
        exact = Fraction(value)
        format_ = self.book.style(style, decimals(exact, places), top)
        self.raw.write_number(self.row - 1, column - 1, _plain(exact), format_)

    def formula(
        self,
        column: int,
        formula: str,
        value: Fraction | int | str,
        places: int = 0,
        style: str = "",
        top: bool = False,
    ) -> None:
        """A formula with the value that it gives; without a formula the value alone."""
        if isinstance(value, str):
            self.raw.write_formula(self.row - 1, column - 1, formula, self.book.style(style, top=top), value)
            return
        exact = Fraction(value)
        if not formula:
            self.number(column, exact, places, style, top)
            return
        format_ = self.book.style(style, decimals(exact, places), top)
        self.raw.write_formula(self.row - 1, column - 1, formula, format_, _plain(exact))

    def link(self, column: int, sheet: str, row: int, said: str, top: bool = False) -> None:
        """A text that leads to a row of a sheet; only the text where the file holds too many links."""
        self._links += 1
        if self._links > _LINKS:
            self.text(column, said, "", top)
            return
        kept = clean(said, self.book.lang) or "→"
        self._fit(column, kept, "link")
        target = f"internal:'{self.book.name(sheet)}'!A{row}"
        format_ = self.book.style("link", top=top)
        self.raw.write_url(self.row - 1, column - 1, target, format_, kept)

    def _fit(self, column: int, said: str, style: str) -> None:
        """Notes how many lines a text needs; not every program makes rows as high as their texts."""
        if said and _STYLES[style].get("text_wrap", True) and column <= len(self._widths):
            width = self._widths[column - 1] * (1 if _STYLES[style].get("bold") else 1.1)
            lines = sum(max(1, math.ceil(len(each) / width)) for each in said.split("\n"))
            self._lines[self.row] = max(lines, self._lines.get(self.row, 1))

    def heights(self) -> None:
        """Makes every row as high as its texts."""
        for row, lines in self._lines.items():
            if lines > 1:
                self.raw.set_row(row - 1, min(_TALLEST, 13.5 * lines + 1.5))

    def heading(self, title: str, help_: str = "") -> None:
        """The title, a line of help, and an empty row."""
        for said, style in ((title, "title"), (help_, "plain")):
            if said:
                self.text(1, said, style)
                self.row += 1

    def widths(self, widths: Sequence[float]) -> None:
        """How wide the columns are, in characters."""
        self._widths = tuple(widths)
        for column, width in enumerate(widths):
            self.raw.set_column(column, column, width)

    def columns(self, widths: Sequence[tuple[str, float]], key: str) -> None:
        """The header row in the current row; `widths` gives the texts (under `key`, or in full) and widths."""
        self.widths([width for _, width in widths])
        for column, (name, _) in enumerate(widths, 1):
            self.text(column, text(name if "." in name else f"paper.{key}.{name}", self.book.lang), self.head(name))
        self.row += 1

    @staticmethod
    def head(name: str) -> str:
        """The style of a heading: that of figures stands above them."""
        return "head_number" if name.rpartition(".")[2] in _FIGURES else "head"

    def freeze(self, last: int, wide: int, filtered: bool = True) -> None:
        """Freezes and repeats all above the current row; the row above it is the header, `last` the last row."""
        self.raw.freeze_panes(self.row - 1, 0)
        self.raw.repeat_rows(self.row - 2)
        if filtered:
            self.raw.autofilter(self.row - 2, 0, max(last, self.row) - 1, wide - 1)
        if wide > 12:
            self.raw.set_paper(8)  # A3
        else:
            self.raw.set_paper(9)


def _plain(value: Fraction) -> int | float:
    whole = value.denominator == 1 and abs(value.numerator) < 2**53
    return value.numerator if whole else float(value)


def _told(said: str) -> str:
    """Text for a header or footer: short, on one line, and with no codes of its own."""
    return re.sub(r"\s+", " ", clean(said, "da"))[:90].replace("&", "&&")
