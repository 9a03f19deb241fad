"""How does a submission look as a PDF: the tables and paragraphs of a text, printed with or without rules?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as Printed
from reportlab.platypus import SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Drawn

from checker.amounts.units import is_unit_phrase, looks_like_figure
from checker.model.document import Document, Paragraph, Table

LAYOUTS = ("ruled-a", "ruled-b", "unruled-a", "unruled-b")
"""A grid; a grid with shades and merged headings on landscape pages; nothing but blanks; nothing but rules across."""
_TAGS = re.compile(r"</?[a-z]+>|\*\*|^#+\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
Command = tuple[Any, ...]


def write(document: Document, path: Path, layout: str) -> None:
    """Print the document in one of LAYOUTS, the same bytes every time.

    The small layouts ('-b') have a running head and page numbers, and break tables over pages with their heading
    printed again.
    """
    ruled, large = layout.startswith("ruled"), layout.endswith("a")
    size = A4 if large else landscape(A4)
    page = SimpleDocTemplate(
        str(path), pagesize=size, leftMargin=56, rightMargin=56, topMargin=64, bottomMargin=60, invariant=1,
        title=document.file, author="Økonomi", pageCompression=1,
    )  # fmt: skip
    look = Look(10 if large else 8, page.width, ruled, large)
    story: list[Any] = []
    for block in document.blocks:
        if isinstance(block, Table):
            story += [look.table(block), Spacer(1, look.size)]
        else:
            story.append(look.paragraph(block))
    page.build(story, onFirstPage=_furniture(large), onLaterPages=_furniture(large))


def _furniture(large: bool) -> Callable[[Canvas, Any], None]:
    def draw(canvas: Canvas, page: Any) -> None:
        if not large:
            width, height = page.pagesize
            canvas.setFont("Helvetica", 7)
            canvas.drawString(56, height - 36, "Årsberetning – bilag")
            canvas.drawRightString(width - 56, height - 36, "Økonomisk Forvaltning")
            canvas.drawCentredString(width / 2, 30, f"Side {page.page}")

    return draw


class Look:
    """Type, widths and rules of one layout."""

    def __init__(self, size: float, width: float, ruled: bool, large: bool) -> None:
        self.size, self.width, self.ruled, self.large = size, width, ruled, large
        text = ParagraphStyle(
            "text", fontName="Helvetica", fontSize=size, leading=1.2 * size, spaceAfter=0.6 * size, splitLongWords=0
        )
        self.text = text
        self.heading = ParagraphStyle(
            "heading", text, fontName="Helvetica-Bold", fontSize=size + 2, leading=1.3 * size + 2
        )
        self.cell = ParagraphStyle("cell", text, spaceAfter=0)
        self.figure = ParagraphStyle("figure", self.cell, alignment=TA_RIGHT)
        self.strong = ParagraphStyle("strong", self.cell, fontName="Helvetica-Bold")
        self.strong_figure = ParagraphStyle("strong figure", self.figure, fontName="Helvetica-Bold")
        self.over = ParagraphStyle("over", self.strong, alignment=TA_CENTER)

    def paragraph(self, block: Paragraph) -> Printed:
        """A heading where the text is short and no sentence, else running text."""
        text = plain(block.text)
        short = len(text) <= 60 and not text.endswith((".", ":")) and not text.startswith(("-", "Anm"))
        return Printed("<br/>".join(escaped(line) for line in text.split("\n")), self.heading if short else self.text)

    def table(self, block: Table) -> Drawn:
        """The rows as they are, in smaller type where they are too wide; a short row gets blank cells at its right."""
        width = max(len(row.cells) for row in block.rows)
        rows = [[plain(c.text) for c in row.cells] + [""] * (width - len(row.cells)) for row in block.rows]
        head = next((i for i, row in enumerate(rows) if any(_is_amount(c) for c in row[1:])), 1)
        while head > 1 and sum(map(bool, rows[head - 1])) == 1:
            head -= 1
        if head == 1 and _is_amount(rows[0][-1]):
            head = 0
        widths = self._widths(rows, head)
        if sum(widths) > self.width and self.size > 5:
            return Look(self.size - 0.5, self.width, self.ruled, self.large).table(block)
        bold = [n < head or any(re.search(r"i alt\b", c) for c in row) for n, row in enumerate(rows)]
        figures = [any(_is_amount(row[c]) for row in rows[head:]) for c in range(width)]
        cells: list[list[Any]] = [
            [self._cell(row, c, n < head, bold[n], figures[c]) for c in range(width)] for n, row in enumerate(rows)
        ]
        spans = [] if self.large else list(_spans(rows[:head]))
        for (left, top), _ in spans:
            cells[top][left] = Printed(escaped(rows[top][left]), self.over)
        style = [*self._style(head, spans), *(("SPAN", *span) for span in spans)]
        return Drawn(cells, colWidths=widths, style=style, repeatRows=0 if self.large else head, hAlign="LEFT")

    def _cell(self, row: Sequence[str], column: int, is_head: bool, bold: bool, is_figure: bool) -> Printed:
        text = row[column]
        figure = column > 0 and (_is_amount(text) or (is_figure and (is_head or not text)))
        style = (self.strong_figure if bold else self.figure) if figure else (self.strong if bold else self.cell)
        if column == 0 and text.startswith(" ") and not is_head:
            style = ParagraphStyle("in", style, leftIndent=3.0 * (len(text) - len(text.lstrip())))
        return Printed(escaped(text.strip()), style)

    def _widths(self, rows: Sequence[Sequence[str]], head: int) -> list[float]:
        """As wide as the words of the heading and the cells of the body need, a third of the page at most."""
        found = []
        for column in range(len(rows[0])):
            texts = [w for row in rows[:head] for w in row[column].split()] + [row[column] for row in rows[head:]]
            longest = max(stringWidth(text, "Helvetica-Bold", self.size) for text in [*texts, "000"])
            found.append(min(longest + 14, self.width / 3))
        spare = max(0.0, self.width - sum(found))
        return [w + min(spare / len(found), 24) for w in found]

    def _style(self, head: int, spans: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> list[Command]:
        everything: tuple[Any, ...] = ((0, 0), (-1, -1))
        tight = 2 if self.large else 1.2
        style: list[Command] = [
            ("VALIGN", *everything, "BOTTOM"),
            ("TOPPADDING", *everything, tight),
            ("BOTTOMPADDING", *everything, tight),
        ]
        if self.ruled:
            style.append(("GRID", *everything, 0.5, colors.black if self.large else colors.grey))
            if not self.large and head:
                style.append(("BACKGROUND", (0, 0), (-1, head - 1), colors.lightgrey))
        elif not self.large:
            style += [
                ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
                ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
            ]
            if head:
                style.append(("LINEBELOW", (0, head - 1), (-1, head - 1), 0.5, colors.black))
            style += [("LINEBELOW", (*start,), (*end,), 0.4, colors.black) for start, end in spans]
        return style


def _spans(heading: Sequence[Sequence[str]]) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    """Cells of upper heading rows with the blank ones to their right that have a heading below."""
    for number, row in enumerate(heading[:-1]):
        for column, text in enumerate(row):
            end = column
            while text and column and end + 1 < len(row) and not row[end + 1] and heading[number + 1][end + 1]:
                end += 1
            if end > column:
                yield (column, number), (end, number)


def _is_amount(text: str) -> bool:
    text = text.strip()
    return bool(text) and looks_like_figure(text) and not _YEAR.fullmatch(text) and not is_unit_phrase(text)


def plain(text: str) -> str:
    """The text without tags and stars."""
    return _TAGS.sub("", text) if text.strip() else ""


def escaped(text: str) -> str:
    """The text for reportlab's own markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
