"""PDF files for tests: words, rules and tables put where a test wants them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from checker.model.document import Document, Paragraph, Table
from checker.readers.pdf import read

WIDTH, HEIGHT = 595.0, 842.0
Cells = Sequence[Sequence[str]]


class Paper:
    """A page that is written on from the upper left corner."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def put(self, x: float, y: float, text: str, size: float = 10, bold: bool = False, right: bool = False) -> None:
        """A text whose baseline is `y` points below the upper edge; `right` ends it at x."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        (self.canvas.drawRightString if right else self.canvas.drawString)(x, HEIGHT - y, text)

    def text(self, x: float, y: float, *lines: str, size: float = 10, bold: bool = False) -> float:
        """Lines below each other; the place of the next one."""
        for line in lines:
            self.put(x, y, line, size, bold)
            y += 1.2 * size
        return y

    def across(self, y: float, x0: float, x1: float) -> None:
        """A rule from left to right."""
        self.canvas.line(x0, HEIGHT - y, x1, HEIGHT - y)

    def down(self, x: float, y0: float, y1: float) -> None:
        """A rule from top to bottom."""
        self.canvas.line(x, HEIGHT - y0, x, HEIGHT - y1)

    def box(self, x: float, y: float, width: float, height: float, shade: float = 0.8, edge: bool = False) -> None:
        """A filled rectangle; 0 is black."""
        self.canvas.setFillGray(shade)
        self.canvas.rect(x, HEIGHT - y - height, width, height, fill=1, stroke=int(edge))
        self.canvas.setFillGray(0)

    def rows(self, xs: Sequence[float], y: float, rows: Cells, step: float = 14, size: float = 10) -> float:
        """Rows of cells: the first begins at the first x, the others end 4 points before the edge to their right."""
        for row in rows:
            for at, text in enumerate(row):
                if text and at == 0:
                    self.put(xs[0] + 4 + 3 * (len(text) - len(text.lstrip())), y, text.strip(), size)
                elif text:
                    self.put(xs[at + 1] - 4, y, text, size, right=True)
            y += step
        return y

    def grid(self, xs: Sequence[float], y: float, rows: Cells, step: float = 14) -> float:
        """A table with all its rules; the first line's baseline is 10 below `y`."""
        for x in xs:
            self.down(x, y, y + step * len(rows))
        for number in range(len(rows) + 1):
            self.across(y + step * number, xs[0], xs[-1])
        self.rows(xs, y + 10, rows, step)
        return y + step * len(rows)

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """A picture, as of a scanned page."""
        stream = io.BytesIO()
        Image.new("L", (8, 8), 200).save(stream, "PNG")
        self.canvas.drawImage(ImageReader(stream), x, HEIGHT - y - height, width, height)


def pdf(path: Path, *pages: Callable[[Paper], Any], **named: Any) -> Path:
    """A file with a page for each function, which writes on it."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1, **named)
    for write in pages:
        write(Paper(canvas))
        canvas.showPage()
    canvas.save()
    return path


def read_pdf(path: Path) -> Document:
    """What the reader makes of the file."""
    return read(path, path.name)


def said(document: Document) -> list[Any]:
    """Tables as lists of rows (separator first), paragraphs as texts with their kind or level before them."""
    found: list[Any] = []
    for block in document.blocks:
        if isinstance(block, Table):
            found.append([block.separator, *([_cell(c.text, c.repeated) for c in row.cells] for row in block.rows)])
        else:
            found.append(_mark(block) + block.text)
    return found


def _cell(text: str, repeated: bool) -> str:
    return text + "*" if repeated else text


def _mark(block: Paragraph) -> str:
    return f"{block.kind}: " if block.kind else f"{'#' * block.level} " if block.level else ""
